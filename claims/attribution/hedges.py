"""Hedges of an attribution: words that keep the outlet or the speaker at a distance from the truth of the content."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from claims.language.lexicons import lexicon_lines
from claims.language.paragraphs import words_at
from claims.language.quotations import Quotation, quotation_at
from claims.terms import Hedge, Relation, Span

# The words that a content opens with: a hedge among them is the speaker's, in a quotation, too.
_HEAD = re.compile(r"\W*(?:[\w’'-]+\W+){0,4}")
_FIRST_PERSON = re.compile(r"\b(?:I|we|you)\s+$", re.IGNORECASE)
_LOOK_BACK = 40
# "the man who may": the words of another clause, not of what is claimed.
_OF_ANOTHER_CLAUSE = re.compile(r"\b(?:who|which|what|whatever|whoever)\s+$|\w\s+that\s+$", re.IGNORECASE)
# "so that he could", "could not see": what one is able to do; "she could be", but not "she could read", may be unsure.
_ABLE_BEFORE = re.compile(
    r"\b(?:so|if|all|everything|anything|whatever|what|how|where|as|wish\w*|than)\s+(?:[\w’'-]+\s+){0,3}$",
    re.IGNORECASE,
)
_ABLE_AFTER = re.compile(
    r"n[’']t|\s+(?:not|hardly|barely|never|only|no|to|easily|afford|care|remember|see|hear|do|[a-z]+\s+no)\b"
)
_ONE_PERSON = re.compile(r"\b(?:he|she|I|we|you|who)\s+$", re.IGNORECASE)
_UNSURE_AFTER = re.compile(r"\s+(?:be|have|become|face|lose|still|also|yet|even|well|very|soon|end|go)\b")
# "the might of the army", "military might": a noun.
_NOUN_BEFORE = re.compile(r"\b(?:the|his|her|its|their|our|military|economic|political|all|full|own|industrial)\s+$")
_NOUN_AFTER = re.compile(r"\s*(?:[.,;:!?]|(?:of|and|is|was|as\s+well)\b|$)")
_WISH = re.compile(r"\s+[A-Z]")  # "may God help them"
_SURELY_UNSURE = re.compile(r"\b(?:will|would|most|very|highly|[’']ll)\s+$")
_COMPARED = re.compile(r"\b(?:more|less|as|equally|the\s+most|are\s+most|is\s+most)\s+$")
_TO_DO = re.compile(r"\s+(?:to|that|of)\b")
_RELATIVE = re.compile(r"\b(?:who|which|that|whose)\b")
_FARTHEST = 24


def hedges(text: str, relation: Relation, quotations: Sequence[Quotation]) -> tuple[Hedge, ...]:
    """The hedges of a relation in reading order.

    The outlet's stand in the cue, in the source or beside them, or in a content that is attributed to nobody; the
    speaker's in the content, outside quotation marks or at the head of a quotation.
    """
    found = dict.fromkeys(_of_the_outlet(text, relation), "outlet")
    attributed = bool(relation.cue or relation.source)
    for number, piece in enumerate(relation.content):
        for kind, span in _matches("content", text, piece):
            if kind == "likely" and not _is_likely(text, piece, span):
                continue
            if kind == "modal" and not _is_possible(text, piece, span):
                continue
            quoted = quotation_at(quotations, span.start) is not None
            if quoted:
                head = _HEAD.match(text, *piece)
                if number or head is None or span.start > head.end():
                    continue
                if kind == "modal" and _FIRST_PERSON.search(text, piece.start, span.start):
                    continue
            found.setdefault(span, "speaker" if attributed or quoted else "outlet")
    return tuple(Hedge(words_at(text, *span), span, by) for span, by in sorted(found.items()))


def _of_the_outlet(text: str, relation: Relation) -> Iterator[Span]:
    for cue in relation.cue:
        for kind, span in _matches("cue", text, cue):
            if kind == "passive":  # "is believed by officials" is those officials' belief
                hedged = not relation.source and _TO_DO.match(text, span.end) is not None
            elif kind == "modal":
                hedged = text[slice(*span)] != "could" and _is_possible(text, cue, span)
            else:
                hedged = kind != "likely" or _is_likely(text, cue, span)
            if hedged:
                yield span
    for source in relation.source:
        for _, span in _matches("source", text, source):
            if not _RELATIVE.search(text, source.start, span.start):
                yield span
    if relation.cue:
        yield from _beside(text, relation)


def _beside(text: str, relation: Relation) -> Iterator[Span]:
    """Adverbs directly before or behind the cue, and one that opens the sentence before the source."""
    edges = [edge for span in relation.content for edge in span]
    for part in (*relation.source, *relation.cue):
        lowest = max([0, part.start - _FARTHEST, *(edge for edge in edges if edge <= part.start)])
        before = _patterns()["before"].search(text, lowest, part.start)
        if before and (part in relation.cue or _opens_sentence(text, before.start(1))):
            yield Span(*before.span(1))
        if part in relation.cue:
            highest = min([len(text), part.end + _FARTHEST, *(edge for edge in edges if edge >= part.end)])
            behind = _patterns()["behind"].match(text, part.end, highest)
            if behind:
                yield Span(*behind.span(1))


def _matches(where: str, text: str, stretch: Span) -> Iterator[tuple[str, Span]]:
    for match in _patterns()[where].finditer(text, *stretch):
        yield match.lastgroup or "", Span(*match.span())


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" \t\u00a0")
    return not before or before[-1] in '.!?\n\r”"'


def _is_possible(text: str, piece: Span, modal: Span) -> bool:
    """Whether "may", "might" or "could" says that something is possible."""
    word, lowest = text[modal.start : modal.end], max(piece.start, modal.start - _LOOK_BACK)
    if _OF_ANOTHER_CLAUSE.search(text, lowest, modal.start):
        return False
    if word == "may":
        return not _WISH.match(text, modal.end)
    if word == "might":
        return not _NOUN_BEFORE.search(text, lowest, modal.start) and not _NOUN_AFTER.match(text, modal.end)
    if _ABLE_BEFORE.search(text, lowest, modal.start) or _ABLE_AFTER.match(text, modal.end):
        return False
    return not _ONE_PERSON.search(text, lowest, modal.start) or _UNSURE_AFTER.match(text, modal.end) is not None


def _is_likely(text: str, piece: Span, word: Span) -> bool:
    """Whether "likely" is said of what is claimed: not in "likely voters", not in "more likely than others"."""
    lowest = max(piece.start, word.start - _LOOK_BACK)
    if _SURELY_UNSURE.search(text, lowest, word.start):
        return True
    return _TO_DO.match(text, word.end) is not None and not _COMPARED.search(text, lowest, word.start)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Patterns by where they are looked for, from `hedges.txt` beside this module."""
    entries = {}
    for line in lexicon_lines(Path(__file__).with_name("hedges.txt")):
        kind, _, listed = line.partition(":")
        words = (r"\s+".join(map(re.escape, entry.split())) for entry in listed.split(","))
        entries[kind] = "(?:" + "|".join(rf"[{word[0].upper()}{word[0]}]{word[1:]}" for word in words) + ")"
    modal, unconfirmed = entries["modal"].replace("[Mm]", "m").replace("[Cc]", "c"), "[Uu]n(?:confirmed|verified)"
    likely = r"(?P<likely>(?:un)?likely)"
    always = rf"(?P<adverb>{entries['adverb']})|(?P<phrase>{entries['phrase']})|{likely}|(?P<modal>{modal})"
    passive = (
        rf"(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+|also\s+|now\s+|still\s+|long\s+)?{entries['participle']}"
    )
    seeming = entries["seeming"]
    return {
        "content": re.compile(
            rf"\b(?:{always}|(?P<passive>{passive}\s+to)|(?P<seeming>{seeming}(?:s|ed)?\s+to(?!\s+(?:me|us|him|her|them)\b))"
            rf"|(?P<adjective>{entries['adjective']}(?!\s+(?:that|to|in|by)\b)(?=\s+[“\"‘']?\w)))\b"
        ),
        "cue": re.compile(
            rf"\b(?:{always}|(?P<passive>{passive})|(?P<unconfirmed>{unconfirmed})"
            rf"|(?P<seeming>seem(?:s|ed)?|appear(?:s|ed)?(?=\s+to\b|\s*\Z)))\b"
        ),
        "source": re.compile(rf"\b(?:{entries['adverb']}|{unconfirmed})\b"),
        "before": re.compile(rf"\b({entries['adverb']})[\s,]*\Z"),
        "behind": re.compile(rf"[\s,]*({entries['adverb']})\b"),
    }
