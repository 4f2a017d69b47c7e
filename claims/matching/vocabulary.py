"""What is known of one word whatever stands around it, looked up once for each spelling."""

from dataclasses import dataclass
from functools import lru_cache

from claims.matching.numbers import is_numeral
from claims.matching.words import PHRASES, canonical, classes, is_stopword, lines, often_capital, seen, stem

_GRAMMAR = classes("grammar.txt")
_POSSIBLE, _TITLES, _NEW_CLAUSE = (frozenset(_GRAMMAR[kind]) for kind in ("possible", "title", "new-clause"))
INITIALS = dict(zip(_GRAMMAR["initials"][::2], _GRAMMAR["initials"][1::2], strict=True))
_TITLE_STEMS = frozenset(canonical(word) for word in _TITLES)
BEFORE, AROUND = 1, 2
_SHORT_NOT = "n't"


def _negators() -> tuple[dict[str, int], dict[str, frozenset[str]], frozenset[tuple[str, str]]]:
    """Words that negate what follows or both sides, two-word negators by their first stem, and pairs of words that
    look like one and negate nothing ("no fewer")."""
    single: dict[str, int] = {}
    phrases: dict[str, frozenset[str]] = {}
    empty = set()
    for kind, *words in lines("negators.txt"):
        if kind == "phrase":
            phrases[stem(words[0])] = phrases.get(stem(words[0]), frozenset()) | {stem(words[1])}
        elif kind == "empty":
            empty.add((words[0], words[1]))
        else:
            single.update(dict.fromkeys(words, AROUND if kind == "around" else BEFORE))
    return single, phrases, frozenset(empty)


_NEGATORS, NEGATING_PHRASES, EMPTY_NEGATIONS = _negators()
_SHORTEST_UNDONE = 5  # letters after "un-" from which "un…ed" is taken for a negation ("unreported", not "united")


@dataclass(frozen=True, slots=True)
class Word:
    """One spelling. `plain`: as written, without the points of an abbreviation. `found`: the stem that is compared;
    `base`: the stem before synonyms. `grammar`: it is left out unless it opens a phrase. `special`: it may turn
    round or weaken what follows. `opens`: a negation before it ends there. `undone`: it negates itself ("unreported" is
    "report")."""

    plain: str
    lower: str
    base: str
    found: str
    grammar: bool
    special: bool
    negates: int
    opens: bool
    possible: bool
    undone: bool
    numeral: bool
    phrase: bool
    capital: bool
    name: bool
    title: bool
    initials: bool
    past: bool


def empty_negation(word: Word, following: Word) -> bool:
    """Whether two words look like a negation and are none: "no fewer", "isn't just"."""
    first = _SHORT_NOT if word.lower.endswith(_SHORT_NOT) else word.lower
    return (first, following.lower) in EMPTY_NEGATIONS


@lru_cache(maxsize=100_000)
def look_up(token: str) -> Word:
    """What is known of a token as written in a levelled text."""
    plain = token.replace(".", "") if token[0].isalpha() else token
    lower = plain.lower()
    undone = (
        lower.startswith("un") and lower.endswith("ed") and len(lower) >= 4 + _SHORTEST_UNDONE and seen(stem(lower[2:]))
    )
    base = stem(lower[2:] if undone else lower)
    found = INITIALS.get(plain) or canonical(lower[2:] if undone else lower)
    comparable = len(found) >= 2 and found[0].isalpha()
    negates = _NEGATORS.get(lower, 0) or (BEFORE if lower.endswith(_SHORT_NOT) else 0)
    possible = plain in _POSSIBLE
    return Word(
        plain=plain,
        lower=lower,
        base=base,
        found=found if comparable else "",
        grammar=is_stopword(lower) and plain not in INITIALS,
        special=bool(negates)
        or possible
        or lower == "and"
        or base in NEGATING_PHRASES
        or any(pair[0] == lower for pair in EMPTY_NEGATIONS)
        or lower in _NEW_CLAUSE,
        negates=negates,
        opens=lower in _NEW_CLAUSE,
        possible=possible,
        undone=undone,
        numeral=is_numeral(lower),
        phrase=base in PHRASES,
        capital=plain[0].isupper(),
        name=often_capital(found),
        title=lower in _TITLES or found in _TITLE_STEMS,
        initials=plain in INITIALS,
        past=lower.endswith("ed"),
    )
