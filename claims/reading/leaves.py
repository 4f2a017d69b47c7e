"""The pages of a printed document put together to its text: paragraphs again, words whole, running heads left out."""

import re
from collections import Counter
from statistics import quantiles

_SENTENCE_END = re.compile(r"[.!?…:][\"”’')\]]*$")
_LONGEST_PARAGRAPH = 20_000  # characters; what goes on is another, so that each line costs little
_CUT = re.compile(r"\w(?:-|\s?[\u2010\u00ad])$")
_UNFINISHED = re.compile(r"\b(?:a|an|and|as|at|by|for|from|in|of|on|or|that|the|to|with)$|\w\s?[-\u2010\u00ad,;]$")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
# Letters that print as one, and what marks where a word may be cut.
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_EDGE_LINES = 5
_LONGEST_EDGE = 150
_WITH_HYPHEN = frozenset({"well", "self"})


def text_of_pages(pages: list[str]) -> str:
    """The text of the pages' lines: a line each paragraph, a blank line between two.

    Lines at a page's edges that come again on others (running heads, page numbers) are left out; a paragraph goes on
    over the edge where its last line there ends no sentence.
    """
    leaves = [[line.strip() for line in page.translate(_LIGATURES).splitlines()] for page in pages]
    words = Counter(word.lower() for leaf in leaves for line in leaf for word in _WORD.findall(line))
    text: list[str] = []
    for leaf in _without_running_heads(leaves):
        paragraphs = _paragraphs(leaf, words)
        if text and paragraphs and _goes_on(text[-1], paragraphs[0]):
            text[-1] = _joined(text[-1], paragraphs.pop(0), words)
        text += paragraphs
    return "\n\n".join(text).replace("\u00ad", "")


def _without_running_heads(leaves: list[list[str]]) -> list[list[str]]:
    """The pages without what half of them, two at least, have in the same place at an edge, numbers apart."""
    if len(leaves) < 2:
        return leaves
    edges = [_edges(leaf) for leaf in leaves]
    often = Counter(key for places in edges for key in set(places.values()))
    least = max(2, len(leaves) / 2)
    return [
        [
            line
            for n, line in enumerate(leaf)
            if n not in places or (often[places[n]] < least and not _PAGE_NUMBER.fullmatch(line))
        ]
        for leaf, places in zip(leaves, edges, strict=True)
    ]


def _edges(leaf: list[str]) -> dict[int, tuple[int, str]]:
    """The lines at a page's edges, by their number: the place, and the words without their numbers."""
    filled = [n for n, line in enumerate(leaf) if line]
    places = range(min(_EDGE_LINES, len(filled) // 2))
    return {
        filled[place]: (place, _NUMBER.sub("#", leaf[filled[place]].casefold()))
        for place in (*places, *(-1 - place for place in places))
        if len(leaf[filled[place]]) <= _LONGEST_EDGE
    }


def _goes_on(before: str, after: str) -> bool:
    return not _SENTENCE_END.search(before) and (after[0].islower() or len(before) > 100)


def _paragraphs(lines: list[str], words: Counter[str]) -> list[str]:
    """A page's lines put together. A paragraph ends at a blank line, and where a line ends a sentence and stops short
    of the column's edge."""
    widths = [len(line) for line in lines if line]
    if len(widths) < 2:
        return [line for line in lines if line]
    edge = quantiles(widths, n=10)[-2] * 0.8
    paragraphs: list[str] = [""]
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if not line:
            paragraphs.append("")
            continue
        heading = not paragraphs[-1] and not _UNFINISHED.search(line) and not following[:1].islower()
        paragraphs[-1] = _joined(paragraphs[-1], line, words)
        ends = len(line) < edge and (_SENTENCE_END.search(line) or heading)
        if ends or len(paragraphs[-1]) > _LONGEST_PARAGRAPH:
            paragraphs.append("")
    return [paragraph for paragraph in paragraphs if paragraph]


def _joined(before: str, line: str, words: Counter[str]) -> str:
    """A paragraph and its next line; a word that was cut between them is whole again."""
    if not _CUT.search(before[-4:]) or not line[0].isalnum():
        return f"{before} {line}".strip()
    stem, hyphen = before[:-1].rstrip(), before[-1]
    cut, rest = _LAST_WORD.search(stem[-100:]), _WORD.match(line)
    if not cut or not rest or not line[0].islower():
        return f"{stem}-{line}"  # "Trans-Pacific", "12-year-old"
    own = _is_own_hyphen(cut[0].lower(), rest[0].partition("-")[0], words)
    return f"{stem}-{line}" if own and hyphen != "\u00ad" else stem + line


def _is_own_hyphen(left: str, right: str, words: Counter[str]) -> bool:
    """Whether the hyphen at a line's end is the word's own ("well-known"): as elsewhere in the document, else as the
    dictionary knows the word."""
    if words[f"{left}-{right}"] or words[left + right]:
        return not words[left + right]
    from simplemma import is_known  # here and not above: its dictionary is large, and few documents need it

    if left in _WITH_HYPHEN:
        return len(right) > 3
    return not is_known(left + right, lang="en") and is_known(left, lang="en") and is_known(right, lang="en")
