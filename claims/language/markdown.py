"""Markdown in words that are shown: links and emphasis, without which names and claims read as they were meant."""

import re

_LINK = re.compile(r"!?\[([^\][]{1,300})\]\((?:https?://|/|#|mailto:)[^\s()]{0,500}(?: \"[^\"]{0,200}\")?\)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,300}?)(?<=[^\s*])\1(?![\w*])")


def without_markdown(words: str) -> str:
    """The words without the addresses of links and the asterisks of emphasis."""
    if "](" in words:
        words = _LINK.sub(r"\1", words)
    return _EMPHASIS.sub(r"\2", words) if "*" in words else words
