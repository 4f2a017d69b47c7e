r"""Found relations against annotated ones: how many are right, and how far their confidences can be believed.

Spans are compared by tokens, \w+ or a single other character, so that programs which cut words differently compare.
Found and annotated relations are paired one to one, those whose contents share the largest part of their tokens
first; a pair shares half of them at least. All figures are micro-averages over the articles.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.evaluation.corpus import AnnotatedArticle
from claims.terms import Relation, Span

MEASURES = ("content", "content + source", "exact words + source")
"""What a pair has to agree in beyond half of the content: nothing; any token of the source; each word of both."""

FORMS = ("direct", "mixed", "indirect")
BINS = 10

_TOKEN = re.compile(r"\w+|[^\w\s]")
_MARK_OR_BREAK = re.compile(r"\n|''|``|[\"“”„]")


class Tokens:
    """A text as numbered tokens; knows which of them are words and which stand inside quotation marks."""

    def __init__(self, text: str) -> None:
        spans = [match.span() for match in _TOKEN.finditer(text)]
        self._starts, self._ends = [start for start, _ in spans], [end for _, end in spans]
        self.words = frozenset(n for n, (start, _) in enumerate(spans) if re.match(r"\w", text[start]))
        self.quoted = self.of(_quoted(text))

    def of(self, spans: Iterable[Span]) -> frozenset[int]:
        """The tokens that share a character with one of the spans."""
        return frozenset(
            n for start, end in spans for n in range(bisect_right(self._ends, start), bisect_left(self._starts, end))
        )

    def form(self, content: Sequence[Span]) -> str:
        """How a content is quoted: "direct" if all of its words are, "mixed" if some are, else "indirect"."""
        tokens = self.of(content)
        words = tokens & self.words or tokens
        quoted = len(words & self.quoted)
        return "indirect" if not quoted else "direct" if quoted == len(words) else "mixed"


def _quoted(text: str) -> list[Span]:
    """What stands inside double quotation marks of any kind; a paragraph's end closes what is open."""
    found, opened = [], -1
    for match in _MARK_OR_BREAK.finditer(text):
        mark = match[0]
        if opened >= 0 and mark not in "“„``":
            found.append(Span(opened, match.start()))
            opened = -1
        elif mark not in "\n”" and opened < 0:
            opened = match.end()
    return found if opened < 0 else [*found, Span(opened, len(text))]


@dataclass(frozen=True)
class Pair:
    """A found relation that means an annotated one, by their numbers, and what they agree in."""

    annotated: int
    found: int
    agrees: frozenset[str]
    """Which of `MEASURES` hold."""


def pairs(tokens: Tokens, annotated: Sequence[Relation], found: Sequence[Relation]) -> list[Pair]:
    """Relations of one article paired one to one; of equally good pairs those win whose sources agree."""
    wanted = [(tokens.of(r.content), tokens.of(r.source)) for r in annotated]
    holders = defaultdict(list)  # the annotated contents that a token is part of
    for number, (content, _) in enumerate(wanted):
        for token in content:
            holders[token].append(number)
    candidates = []
    for number, relation in enumerate(found):
        content, source = tokens.of(relation.content), tokens.of(relation.source)
        for other, common in Counter(n for token in content for n in holders.get(token, ())).items():
            whole = len(content | wanted[other][0])
            if 2 * common >= whole:
                same = bool(source & wanted[other][1]) or source == wanted[other][1]
                candidates.append((-common / whole, not same, other, number))
    agreed: list[Pair] = []
    taken: set[int] = set()
    used: set[int] = set()
    for _, differs, number, other in sorted(candidates):
        if number in taken or other in used:
            continue
        taken.add(number)
        used.add(other)
        words = (tokens.of(found[other].content) & tokens.words, tokens.of(found[other].source) & tokens.words)
        exact = words == (wanted[number][0] & tokens.words, wanted[number][1] & tokens.words)
        agrees = {"content"} | ({"content + source"} if not differs else set())
        agreed.append(Pair(number, other, frozenset(agrees | ({"exact words + source"} if exact else set()))))
    return agreed


@dataclass(frozen=True)
class Rate:
    """How many relations are right, of those found and of those annotated."""

    right: int
    found: int
    annotated: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.annotated if self.annotated else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.annotated) if self.right else 0.0


@dataclass(frozen=True)
class Recall:
    """How many of the annotated relations of a kind are found, by measure."""

    annotated: int
    right: dict[str, int]

    def share(self, measure: str) -> float:
        return self.right[measure] / self.annotated if self.annotated else 0.0


@dataclass(frozen=True)
class Bin:
    """The relations whose confidence lies in `[start, end)`: their mean confidence, and the share that is right."""

    start: float
    end: float
    found: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Scores:
    """All figures of a corpus, by measure and, for recall, by the form of the annotated content. For `reliability` a
    relation is right whose content and source are."""

    articles: int
    found: int
    annotated: int
    measures: dict[str, Rate]
    forms: dict[str, Recall]
    reliability: tuple[Bin, ...]

    @property
    def calibration_error(self) -> float:
        """Expected calibration error: 0 where each confidence is the share that is right."""
        return calibration_error(self.reliability)


def score(articles: Iterable[tuple[AnnotatedArticle, Sequence[Relation]]]) -> Scores:
    """Annotated articles, each with the relations found in it, in figures."""
    counts: Counter[tuple[str, ...]] = Counter()
    sureness: list[tuple[float, bool]] = []
    for article, found in articles:
        tokens = Tokens(article.text)
        forms = [tokens.form(relation.content) for relation in article.relations]
        agreed = pairs(tokens, article.relations, found)
        counts.update({("articles",): 1, ("found",): len(found), ("annotated",): len(forms)})
        counts.update(("annotated", form) for form in forms)
        counts.update((measure,) for pair in agreed for measure in pair.agrees)
        counts.update((measure, forms[pair.annotated]) for pair in agreed for measure in pair.agrees)
        right = {pair.found for pair in agreed if "content + source" in pair.agrees}
        sureness += [(relation.confidence, number in right) for number, relation in enumerate(found)]
    return Scores(
        articles=counts["articles",],
        found=counts["found",],
        annotated=counts["annotated",],
        measures={m: Rate(counts[m,], counts["found",], counts["annotated",]) for m in MEASURES},
        forms={f: Recall(counts["annotated", f], {m: counts[m, f] for m in MEASURES}) for f in FORMS},
        reliability=reliability(sureness),
    )


def reliability(sureness: Iterable[tuple[float, bool]]) -> tuple[Bin, ...]:
    """Confidences, each with whether it was right, in bins of equal width; empty ones are left out."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in sureness:
        bins[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    return tuple(
        Bin(
            n / BINS,
            (n + 1) / BINS,
            len(held),
            sum(c for c, _ in held) / len(held),
            sum(r for _, r in held) / len(held),
        )
        for n, held in sorted(bins.items())
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """The mean distance between confidence and share that is right, weighted by what the bins hold (0 for none)."""
    total = sum(held.found for held in bins)
    return sum(held.found * abs(held.confidence - held.right) for held in bins) / total if total else 0.0
