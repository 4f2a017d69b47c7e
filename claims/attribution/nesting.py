"""Attributions inside another's words: "Lim said that Seoul said …" holds one by Lim and, in its content, one by Seoul.

The model marks one level. What it took for a content is read again, sentence by sentence, where a verb in it
reports; only acts of speech count, with a speaker of their own and told as facts.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from claims.language.lexicons import lexicon_lines
from claims.language.paragraphs import paragraph_spans, sentence_spans
from claims.terms import ROLES, Relation, Span

RULE = "inside another's words"

LEAST_CONFIDENCE = 0.7
"""What the model sees less surely inside another's words is left out, and what stands in words not surely another's."""

FEWEST_WORDS = 3
"""A shorter inner content is a slip or says nothing of its own."""

_OPENING = re.compile(r"(?:that\s+|[“\"„‘'`]+\s*)+")
_CLOSING = ' \t\u00a0”"`,;:—–-'
_INNER_QUOTATION = re.compile(r"(?<!\w)[‘']((?:[^‘’']|(?<=\w)[’'](?=\w))+)[’'](?!\w)")
_WORD = re.compile(r"\w+")

# Cues of the outer relation that leave open whether what it holds happened: "denied that Seoul said".
_OPEN = re.compile(
    r"\b(?:not|never|den(?:y|ies|ied|ying)|doubt\w*|dismiss\w*|reject\w*|ask(?:s|ed|ing)?|wonder\w*|demand\w*)\b"
    r"|n[’']t\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"(?:if|unless|suppose)\b", re.IGNORECASE)
# The same in front of an inner speaker ("because if he says", "had she told"; "twice as many voters say", too) …
_SUPPOSED = re.compile(
    r"(?:\b(?:if|unless|whether|suppose|imagine|lest|until|should|could|would|will|can|did|does|do|has|have|had)"
    r"(?:n[’']t)?\s+(?:\w+\s+)?|\b(?:times|twice)\s+as\s+)$",
    re.IGNORECASE,
)
# … and between the speaker and the end of the cue: "would say", "refused to say", "tells the truth".
_UNDONE = re.compile(
    r"\b(?:to|not|never|but|would|could|should|might|may|must|can|cannot|will|wo|shall|without|if|refus\w+|declin\w+"
    r"|truth|lies?|stor(?:y|ies)|jokes?)\b|n[’']t\b|[’'](?:d|ll)\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|got|gets?)\s+(?:\w+ly\s+)?(?!\w+ing\b)\w+$", re.IGNORECASE)

# Sources that are no speaker of their own: nobody, anybody, the outer speaker, or only whose the words are.
_NO_SPEAKER = re.compile(
    r"(?:nobody|none|neither|anyone|anybody|everyone|everybody|someone|somebody|you|it|this|that|there|one|people|i|we"
    r"|his|her|my|our|your|its)|(?:no|not|any|every|those)\b.*|.*[’']s?",
    re.IGNORECASE,
)
_ANYBODY = re.compile(
    r"\b(?:any(?:one|body)?|every(?:one|body)|those|nobody|no|none)\b(?:\W+\w+){0,4}\W+$", re.IGNORECASE
)

# What follows a verb that reports nothing: a thing ("said one thing"), a question's word, half a clause.
_NO_STATEMENT = re.compile(
    r"(?:\w+\s+){0,4}(?:things?|stuff|nothing|something|words?)\b|no to\b"
    r"|(?:what|which|when|who|whom|whose|to|is|are|was|were|has|had)\b|that (?:very|only|just|be)\w*\b",
    re.IGNORECASE,
)
# After other verbs than "say" and "tell" a clause must show that it is one: "claimed a loss" is no report.
_PLAIN = frozenset(("say", "says", "said", "saying", "tell", "tells", "told", "telling", "according to"))
_CLAUSE = re.compile(
    r"^\W*(?:\w+\W+){0,3}of \w+ing|^\W*(?:that|I|he|she|they|we|it|you|there)\b|[“\"‘]|n[’']t\b|[’'](?:re|ll|ve)\b"
    r"|\b(?:is|are|was|were|has|had|have|will|would|could|should|can|may|might|must|did|does)\b",
    re.IGNORECASE,
)
_AS_SUBJECT = re.compile(r"\s(?:is|isn|are|aren|was|wasn|does|doesn|will|won)\b")  # "saying ‘trust me’ is not enough"
_TOO_FAR = re.compile(r"\b(?:so|such)\b|[.!?]\s|\b(?:\w+\W+){8}")


@dataclass(frozen=True)
class _Piece:
    """A sentence `[start, end)` of a content of `outer`, at `place` in what is read again."""

    start: int
    end: int
    place: int
    outer: Relation


def nested(text: str, relations: Sequence[Relation], read: Callable[[str], Sequence[Relation]]) -> list[Relation]:
    """The attributions inside the contents of `relations`, in reading order; each names its rule.

    `read` gives the relations that the model sees in a text. It is called once at most, with the sentences that
    may hold an attribution as paragraphs. An inner one is never surer than the outer one. What the first reading
    found already, as it does inside a transcript's turns, is not found again.
    """
    again, pieces = _to_read_again(text, relations)
    if not pieces:
        return []
    places = [piece.place for piece in pieces]
    known = {(relation.source, relation.cue, relation.content) for relation in relations}
    found = []
    for relation in read(again):
        piece = pieces[bisect_right(places, relation.content[0].start) - 1]
        if _lies_in(piece, relation) and _reports(again, relation, piece.place):
            inner = _in_the_article(relation, piece)
            if (inner.source, inner.cue, inner.content) not in known:
                found.append(inner)
    return sorted(found, key=lambda relation: relation.content)


def _to_read_again(text: str, relations: Sequence[Relation]) -> tuple[str, list[_Piece]]:
    """The sentences in contents that may hold an attribution, each as a paragraph that stands alone."""
    paragraphs, length, pieces = [], 0, []
    for start, end, outer in _sentences(text, relations):
        paragraph = _as_a_sentence(text[start:end])
        pieces.append(_Piece(start, end, length, outer))
        paragraphs.append(paragraph)
        length += len(paragraph) + 1
    return "\n".join(paragraphs), pieces


def _sentences(text: str, relations: Sequence[Relation]) -> Iterator[tuple[int, int, Relation]]:
    """The sentences with a verb that reports in contents told as facts, each once, without opening marks and "that"."""
    known = set()
    for relation in relations:
        if relation.confidence < LEAST_CONFIDENCE or any(_OPEN.search(text, *cue) for cue in relation.cue):
            continue
        for content in relation.content:
            if not _reporting().search(text, *content):
                continue
            for first, last in paragraph_spans(text[slice(*content)]):
                for start, end in sentence_spans(text, Span(content.start + first, content.start + last)):
                    opening = _OPENING.match(text, start, end)
                    start = opening.end() if opening else start
                    end = start + len(_without_closing(text[start:end]))
                    if start in known or not _may_report(text, start, end):
                        continue
                    known.add(start)
                    yield start, end, relation


def _may_report(text: str, start: int, end: int) -> bool:
    """Whether a sentence holds a verb that reports, under no condition, and all in one voice."""
    return (
        _reporting().search(text, start, end) is not None
        and not _CONDITION.match(text, start, end)
        and _marks_pair(text[start:end])
    )


def _marks_pair(words: str) -> bool:
    """Whether double quotation marks pair: where not, words of the outlet's stand between two quotations."""
    straight = words.count('"') + len(re.findall(r"''", words))
    depth = 0
    for mark in words:
        depth += (mark == "“") - (mark == "”")
        if depth < 0:
            return False
    return depth == 0 and straight % 2 == 0


def _without_closing(words: str) -> str:
    """Words without the marks that close the outer quotation; those that close one inside it stay."""
    words = words.rstrip(_CLOSING)
    while words.endswith("''"):
        words = words[:-2].rstrip(_CLOSING)
    quoted = [match.end() for match in _INNER_QUOTATION.finditer(words)]
    return words if quoted and quoted[-1] == len(words) else words.rstrip(_CLOSING + "’'")


def _as_a_sentence(words: str) -> str:
    """Words with a capital at their head and a full stop at their end; quotations in them wear double marks.

    No character changes its place.
    """
    words = _INNER_QUOTATION.sub(r"“\1”", re.sub(r"\s", " ", words))
    head = words[:1].upper()
    words = (head if len(head) == 1 else words[:1]) + words[1:]
    return words if words.rstrip('”"').endswith((".", "!", "?")) else words + "."


def _lies_in(piece: _Piece, relation: Relation) -> bool:
    """Whether a relation of what is read again stands in one piece; the full stop that was added counts as in it."""
    spans = [span for role in ROLES for span in getattr(relation, role)]
    stop = piece.place + piece.end - piece.start
    return all(piece.place <= span.start < stop and span.end <= stop + 1 for span in spans)


def _in_the_article(relation: Relation, piece: _Piece) -> Relation:
    """A relation of what is read again in offsets of the article."""
    away = piece.start - piece.place

    def back(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(Span(start + away, min(end + away, piece.end)) for start, end in spans)

    # Of 100 that were read 95 were right: half as often wrong as the model thinks of such a sentence alone.
    confidence = piece.outer.confidence * (1 + relation.confidence) / 2
    return Relation(
        back(relation.source),
        back(relation.cue),
        back(relation.content),
        confidence=round(confidence, 3),
        rule=f"{RULE}, {relation.rule}",
    )


def _reports(text: str, relation: Relation, start: int) -> bool:
    """Whether a relation in the sentence at `start` is an act of speech by a speaker of its own, told as a fact."""
    if len(relation.cue) != 1 or len(relation.content) != 1 or not relation.source:
        return False
    source, cue, content = relation.source[0], relation.cue[0], relation.content[0]
    verb = _cue().match(text, *cue)
    words = text[slice(*content)]
    return (
        verb is not None
        and relation.confidence >= LEAST_CONFIDENCE
        and _has_a_speaker(text, relation, verb, start)
        and not _UNDONE.search(text, min(source.end, cue.start), cue.end)
        and not _SUPPOSED.search(text[start : min(source.start, cue.start)])
        and not (content.start > cue.end and _TOO_FAR.search(text, cue.end, content.start))
        and len(_WORD.findall(words)) >= FEWEST_WORDS
        and not _NO_STATEMENT.match(words)
        and not _AS_SUBJECT.match(text, content.end)
        and (verb[1].lower() in _PLAIN or _CLAUSE.search(words) is not None)
    )


def _has_a_speaker(text: str, relation: Relation, verb: re.Match[str], start: int) -> bool:
    """Whether the source is somebody, somebody else than whose words these are, and who speaks by `verb`."""
    source, cue = relation.source[0], relation.cue[0]
    who = " ".join(text[first:last] for first, last in relation.source).lower()
    if _NO_SPEAKER.fullmatch(who) or (who == "they" and verb[0].lower() == "say"):
        return False
    if who == "who" and (source.start == start or _ANYBODY.search(text, start, source.start)):
        return False
    if source.start > cue.start:
        return True
    if _PASSIVE.search(text, cue.start, verb.end()):  # "Seoul was told"
        return False
    if not verb[1].endswith("ing") and who != "who":
        return True
    return not re.search(r"\band\b", text[source.end : cue.start])  # "scolding Roe and saying"


@cache
def _forms() -> str:
    lines = lexicon_lines(Path(__file__).with_name("nested_cues.txt"))
    return "|".join(form for line in lines for form in line.split())


@cache
def _reporting() -> re.Pattern[str]:
    """A verb that reports, in lower case as inside a sentence, where it is neither a noun nor about saying at all."""
    return re.compile(
        r"(?<!\bto )(?<!\bthe )(?<!\ba )(?<!\bUnited )(?<!\bnot )(?<!n’t )(?<!n't )(?<!\bI )(?<!\byou )(?<!\bwould )"
        rf"\b(?:{_forms()}|[Aa]ccording to)\b(?!-)"
    )


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(rf"(?:\w+\s+){{0,4}}?({_forms()}|according to)(?![\w-])", re.IGNORECASE)
