"""Words cut down to what names or describes somebody: without quotation marks, conjunctions and relative clauses."""

import re

from claims.language.markdown import without_markdown
from claims.speakers.lexicon import word_set

_LEADING = re.compile(
    r"^(?:(?:according to|as stated by|by|from|both|either|only|even|say|said|then|while|for|and|but|of|to|with)\s+"
    r"(?=[\w“\"])|[-–—•*:,.]\s*)+",
    re.IGNORECASE,
)
_TRAILING = word_set("all each both too also alone alike himself herself themselves itself and or then once")
_EDGES = " ,;:.–—-‘’'"
# "that" and "which" behind a preposition are none: "one of that group", "the world in which".
_RELATIVE_CLAUSE = re.compile(
    r",?(?<! of)(?<! in)(?<! by)(?<! on)(?<! to)(?<! for)\s+"
    r"(?:who|whom|whose|which|that|including)\b"
)
# What a name is said to be, where the words given are a whole sentence: "Mayor Ann Lee is the first to ask".
_PREDICATE = re.compile(r"^((?:[A-Z][\w.’'-]*\s+){1,7}?)(?:is|was|are|were)\s+(?:a|an|the|one|among|now|also)\b")
_EMPTY_HEADS = word_set(
    "those these people anyone everyone someone person one ones some many others all most several few man men woman "
    "women something anything nothing nobody anybody everybody folks the a an"
)


def tidy(text: str) -> str:
    """The phrase without quotation marks, parentheses and what clings to its ends."""
    text = without_markdown(" ".join(text.split()))
    if predicate := _PREDICATE.match(text):
        text = predicate[1].rstrip()
    text = re.sub(r" ?\([^()]*\)| ?\[[^\][]*\]", "", text)
    text = " ".join(re.sub(r"[“”\"„]|''|``", " ", text).split())
    text = re.sub(r" ([,;.’])", r"\1", text)
    kept = _LEADING.sub("", text)
    end = _end_without_edges(kept, len(kept))
    while (space := kept.rfind(" ", 0, end)) >= 0 and kept[space + 1 : end].lower() in _TRAILING:
        end = _end_without_edges(kept, space)
    kept = kept[:end].lstrip(_EDGES)
    if re.search(r"(?:\b[A-Z]|\bJr|\bSr|\bInc)$", kept) and f"{kept}." in text:
        kept += "."  # the point of "U.S." is its own
    return kept or text.strip(_EDGES)


def _end_without_edges(text: str, end: int) -> int:
    """Where `text[:end]` ends without what clings to it; found in place, as sources can be long."""
    while end > 0 and text[end - 1] in _EDGES:
        end -= 1
    return end


def without_article(words: str) -> str:
    """The words without a leading "the", "a" or "an"; a lone article stays."""
    return re.sub(r"^(?:the|an?)\s+(?=\S)", "", words, flags=re.IGNORECASE)


def without_relative(words: str) -> str:
    """A description without the relative clause behind it ("activists who met"); whole where what is left says
    nothing ("those who met")."""
    relative = _RELATIVE_CLAUSE.search(words)
    short = words[: relative.start()].rstrip(" -–—") if relative else words
    return words if short.split(" ")[-1].lower() in _EMPTY_HEADS else short
