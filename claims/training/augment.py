"""Annotated articles rewritten into other styles: marks, spaces, names, cues and page residue the corpus lacks.

A rewriting is a list of edits; spans move with the text. The words that come in are the corpus' own statistics
(names and cue verbs that annotators marked) or made of syllables; residue comes from the program's own lexicon.
"""

import random
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from pathlib import Path

from claims.evaluation.corpus import AnnotatedArticle
from claims.language.lexicons import lexicon_lines
from claims.language.residue import residue_lines
from claims.speakers.lexicon import countries
from claims.terms import Span

_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_DOUBLE_MARK = re.compile(r"[“”\"]|''|``")
_PLACE = re.compile(r"\b[A-Z][a-z]{3,}(?: [A-Z][a-z]+)?\b")
_PAST = re.compile(r"(?:also |later |then |has |had )?(?P<verb>said|told|wrote|[a-z]+ed)(?: reporters)?")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "Sept.", "October", "November", "Dec.")
# Capitalised words that swapping would turn into nonsense: what opens sentences, titles, calendars.
_NOT_NAMES = frozenset(lexicon_lines(Path(__file__).with_name("not_names.txt")))
_SYLLABLES = tuple(lexicon_lines(Path(__file__).with_name("syllables.txt")))


@dataclass(frozen=True)
class Edit:
    """Put `text` in the place of `[start, end)`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Vocabulary:
    """What the corpus offers for swapping: capitalised words of sources, one-word cues in the past tense."""

    names: tuple[str, ...]
    cues: tuple[str, ...]

    @classmethod
    def of(cls, corpus: Sequence[AnnotatedArticle]) -> "Vocabulary":
        """Collect it from a corpus; cues count when they stand before a content that opens with "that"."""
        names: Counter[str] = Counter()
        cues: Counter[str] = Counter()
        for article in corpus:
            for relation in article.relations:
                for start, end in relation.source:
                    names.update(w for w in _NAME.findall(article.text[start:end]) if w not in _NOT_NAMES)
                cue = " ".join(article.text[s:e] for s, e in relation.cue)
                if re.fullmatch(r"[a-z]+ed", cue) and article.text[relation.content[0].start :].startswith("that "):
                    cues[cue] += 1
        return cls(tuple(sorted(names)), tuple(sorted(cue for cue, count in cues.items() if count >= 2)))


def rewrite(article: AnnotatedArticle, edits: Sequence[Edit]) -> AnnotatedArticle:
    """The article with all edits made; edits that overlap an earlier one are passed over.

    What is inserted at a span's edge stays outside of it. A span that an edit empties is dropped, and with it
    its relation if nothing is left of the content.
    """
    ordered: list[Edit] = []
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if not ordered or edit.start >= ordered[-1].end:
            ordered.append(edit)
    pieces, position = [], 0
    for edit in ordered:
        pieces += [article.text[position : edit.start], edit.text]
        position = edit.end
    text = "".join([*pieces, article.text[position:]])
    stops = [e.end for e in ordered]
    shifts = [0, *accumulate(len(e.text) - (e.end - e.start) for e in ordered)]
    by_start = [e.start for e in ordered]

    def moved(offset: int, is_end: bool) -> int:
        done = bisect_right(stops, offset)
        while is_end and done and ordered[done - 1].start == ordered[done - 1].end == offset:
            done -= 1
        inside = bisect_right(by_start, offset) - 1
        if inside >= done and ordered[inside].start < offset < ordered[inside].end:
            edit = ordered[inside]
            return edit.start + shifts[inside] + (len(edit.text) if is_end else 0)
        return offset + shifts[done]

    def moved_spans(spans: Sequence[Span]) -> tuple[Span, ...]:
        found = (Span(moved(start, False), moved(end, True)) for start, end in spans)
        return tuple(span for span in found if span.end > span.start and text[span.start : span.end].strip())

    relations = [
        replace(r, source=moved_spans(r.source), cue=moved_spans(r.cue), content=moved_spans(r.content))
        for r in article.relations
    ]
    return replace(article, text=text, relations=tuple(r for r in relations if r.content))


def augmented(article: AnnotatedArticle, vocabulary: Vocabulary, rng: random.Random) -> AnnotatedArticle:
    """The article in another style: each change is made or not by the throw of a die."""
    changes = (
        (0.35, _swap_names), (0.3, _swap_countries), (0.5, _vary_cues), (0.12, _in_the_present),
        (0.35, _restyle_marks), (0.25, _lose_marks), (0.3, _restyle_spaces), (0.15, _shout_headline),
        (0.12, _join_paragraphs), (0.25, _open_paragraphs), (0.3, _add_residue),
    )  # fmt: skip
    for chance, change in changes:
        if rng.random() < chance:
            article = rewrite(article, list(change(article, vocabulary, rng)))
    return article


def _swap_names(article: AnnotatedArticle, vocabulary: Vocabulary, rng: random.Random) -> list[Edit]:
    """Other people in the same sentences, so that no name is a sign of a source by itself."""
    own = sorted(
        {w for r in article.relations for s, e in r.source for w in _NAME.findall(article.text[s:e])} - _NOT_NAMES
    )
    other = {name: _made_up_name(rng) if rng.random() < 0.4 else rng.choice(vocabulary.names) for name in own}
    return [Edit(*m.span(), other[m[0]]) for m in _NAME.finditer(article.text) if m[0] in other]


def _made_up_name(rng: random.Random) -> str:
    return "".join(rng.choices(_SYLLABLES, k=rng.randint(2, 3))).capitalize()


def _vary_cues(article: AnnotatedArticle, vocabulary: Vocabulary, rng: random.Random) -> list[Edit]:
    """ "said that" becomes "emphasized that", "says that": the corpus' "said" is four in ten of all cues."""
    edits = []
    for relation in article.relations:
        if len(relation.cue) != 1 or rng.random() < 0.5:
            continue
        (start, end), first = relation.cue[0], relation.content[0].start
        if article.text[start:end] != "said":
            continue
        if article.text.startswith("that ", first) and rng.random() < 0.7:
            edits.append(Edit(start, end, rng.choice(vocabulary.cues)))
        elif relation.source:
            edits.append(Edit(start, end, rng.choice(("says", "stated", "remarked", "added", "told reporters"))))
    return edits


def _swap_countries(article: AnnotatedArticle, vocabulary: Vocabulary, rng: random.Random) -> list[Edit]:
    """The countries, capitals and nationalities of other parts of the world, each swapped for one of its kind."""
    edits = []
    chosen: dict[str, str] = {}
    for match in _PLACE.finditer(article.text):
        for kind in _places():
            if match[0] in kind:
                edits.append(Edit(*match.span(), chosen.setdefault(match[0], rng.choice(kind))))
                break
    return edits


@cache
def _places() -> tuple[tuple[str, ...], ...]:
    """Countries, capitals, and the adjectives for countries; names of one word or two, as they are printed."""
    known = countries()
    return tuple(
        tuple(sorted(name.title() for name in kind if re.fullmatch(r"[a-z]{4,}( [a-z]{4,})?", name)))
        for kind in (known.names, known.capitals, known.adjectives)
    )


def _in_the_present(article: AnnotatedArticle, vocabulary: Vocabulary, rng: random.Random) -> list[Edit]:
    """ "says", "adds", "warns": as many papers write throughout."""
    edits = []
    for relation in article.relations:
        for start, end in relation.cue:
            verb = _PAST.fullmatch(article.text, start, end)
            if verb:
                edits.append(Edit(*verb.span("verb"), _third_person(verb["verb"])))
    return edits


def _third_person(past: str) -> str:
    """ "added" → "adds"."""
    from simplemma import lemmatize

    stem = {"said": "say", "told": "tell", "wrote": "write"}.get(past) or lemmatize(past, "en")
    if re.search(r"(?:s|sh|ch|x|z)$", stem):
        return stem + "es"
    return stem[:-1] + "ies" if re.search(r"[^aeiou]y$", stem) else stem + "s"


def _restyle_marks(article: AnnotatedArticle, vocabulary: Vocabulary, rng: random.Random) -> list[Edit]:
    """All double marks of one kind; British papers write single ones, no stop after a title."""
    kind = rng.choice(("straight", "curly", "typewriter", "british", "guillemets"))
    edits = []
    for match in _DOUBLE_MARK.finditer(article.text):
        before = article.text[match.start() - 1] if match.start() else " "
        opens = match[0] in "“``" or (match[0] != "”" and (before.isspace() or before in "(—–-"))
        mark = {
            "straight": '"',
            "curly": "“" if opens else "”",
            "typewriter": "''",
            "british": "‘" if opens else "’",
            "guillemets": "«" if opens else "»",
        }[kind]
        edits.append(Edit(*match.span(), mark))
    if kind == "british":
        edits += [Edit(m.end() - 1, m.end(), "") for m in re.finditer(r"\b(?:Mr|Mrs|Ms|Dr)\.", article.text)]
    return edits


def _lose_marks(article: AnnotatedArticle, vocabulary: Vocabulary, rng: random.Random) -> list[Edit]:
    """One mark in eight is gone, as pages lose them."""
    return [Edit(*m.span(), "") for m in _DOUBLE_MARK.finditer(article.text) if rng.random() < 0.12]


def _restyle_spaces(article: AnnotatedArticle, vocabulary: Vocabulary, rng: random.Random) -> list[Edit]:
    """Non-breaking spaces, bullets and the other apostrophe."""
    edits = [Edit(*m.span(), "\u00a0") for m in re.finditer(" ", article.text) if rng.random() < 0.02]
    if rng.random() < 0.5:
        plain, typeset = rng.choice((("'", "’"), ("’", "'")))
        edits += [Edit(*m.span(), typeset) for m in re.finditer(rf"(?<=\w){plain}(?=\w)", article.text)]
    if rng.random() < 0.3:
        lines = [m.start() for m in re.finditer(r"^(?=\S)", article.text, re.MULTILINE)]
        edits += [Edit(start, start, "  • ") for start in lines if rng.random() < 0.3]
    return edits


def _join_paragraphs(article: AnnotatedArticle, vocabulary: Vocabulary, rng: random.Random) -> list[Edit]:
    """Paragraph breaks lost: every one, or some."""
    share = rng.choice((1.0, 0.5, 0.25))
    return [Edit(*m.span(), " ") for m in re.finditer(r"\s*[\r\n]+\s*", article.text) if rng.random() < share]


def _shout_headline(article: AnnotatedArticle, vocabulary: Vocabulary, rng: random.Random) -> list[Edit]:
    """The first line in capitals."""
    head = article.text.split("\n", 1)[0]
    if len(head) > 200:
        return []
    return [Edit(*m.span(), m[0].upper()) for m in re.finditer(r"\w+", head)]


def _open_paragraphs(article: AnnotatedArticle, vocabulary: Vocabulary, rng: random.Random) -> list[Edit]:
    """What stands before the prose of a paragraph: the time in a live blog, a dash, a number, an agency's dateline."""
    starts = [m.start() for m in re.finditer(r"^(?=\S)", article.text, re.MULTILINE)]
    kind = rng.choice(("time", "dash", "number", "dateline"))
    if kind == "dateline":
        town, agency = _made_up_name(rng).upper(), _made_up_name(rng)
        day = rng.choice(("", f", {rng.choice(_MONTHS)} {rng.randint(1, 31)}"))
        line = f"{town}{day} ({agency}) {rng.choice('–—-')} "
        return [Edit(start, start, line) for start in starts[1:2]]
    hour, edits = rng.randint(6, 12), []
    for number, start in enumerate(starts):
        if kind == "dash" and rng.random() < 0.4:
            edits.append(Edit(start, start, rng.choice(("- ", "– ", "* "))))
        elif kind == "number" and rng.random() < 0.4:
            edits.append(Edit(start, start, f"{number + 1}. "))
        elif kind == "time" and rng.random() < 0.5:
            clock = f"{hour + number // 4}{rng.choice(':.')}{rng.randint(0, 59):02}"
            edits.append(Edit(start, start, clock + rng.choice((" ", "\n", " GMT "))))
    return edits


def _add_residue(article: AnnotatedArticle, vocabulary: Vocabulary, rng: random.Random) -> list[Edit]:
    """Menus, labels and signatures between paragraphs, captions' labels before them; nobody's claim."""
    breaks = [m.end() for m in re.finditer(r"\n+", article.text) if m.end() < len(article.text)]
    edits = []
    for place in rng.sample(breaks, min(len(breaks), rng.randint(1, 5))):
        name = f"{rng.choice(vocabulary.names)} {_made_up_name(rng)}"
        kind = rng.random()
        if kind < 0.55:
            line = rng.choice(residue_lines())
            edits.append(Edit(place, place, line + (f" {name}" if line.endswith(":") else "") + "\n\n"))
        elif kind < 0.8:
            edits.append(Edit(place, place, f"{name}: "))
        else:
            agency = _made_up_name(rng)
            line = rng.choice((f"-{name}", f"By {name}", f"Photo: {name}/{agency}", f"(Photo by {name}/{agency})"))
            edits.append(Edit(place, place, line + "\n\n"))
    return edits
