"""From a wording to comparable words: typography levelled, stems taken, synonyms and peoples led back to one name."""

import re
from functools import lru_cache
from pathlib import Path

from claims.language.lexicons import lexicon_lines

_LEXICON = Path(__file__).parent / "lexicon"

_LEVEL = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‛": "'", "`": "'", "´": "'",
    "–": "-", "—": "-", "‒": "-", "―": "-", "−": "-", "‐": "-", "‑": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    "…": " ", "\u00ad": "", "\u200b": "", "\ufeff": "", "€": "$", "£": "$",
})  # fmt: skip

# A number with its sign of money, thousands and suffix; an abbreviation with points; a word with inner apostrophes.
_TOKEN = re.compile(
    r"\$?\d+(?:,\d{3})+(?:\.\d+)?|\$?\d+(?:\.\d+)?|%|(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?|[^\W\d_]+(?:'[^\W\d_]+)*|[?]"
)

UNKNOWN_WEIGHT = 6.5  # for a stem that the table lacks: seen in less than three of 840 articles
NUMBER_WEIGHT = 5.0  # a number shared says about as much as a middling name


def lines(name: str) -> list[list[str]]:
    """The rows of a lexicon file, split at white space; comments and empty lines are left out."""
    return [line.split() for line in lexicon_lines(_LEXICON / name)]


def classes(name: str) -> dict[str, list[str]]:
    """A lexicon file whose rows open with a class: each class with its words, in the order of the file."""
    found: dict[str, list[str]] = {}
    for row in lines(name):
        found.setdefault(row[0], []).extend(row[1:])
    return found


def level(text: str) -> str:
    """`text` with quotation marks, dashes and special spaces led back to their plain forms."""
    return text.translate(_LEVEL)


def tokens(text: str) -> list[str]:
    """The tokens of a levelled text in reading order: numbers, words as written, "%" and "?"."""
    return _TOKEN.findall(text)


_IRREGULAR = {row[0]: row[1] for row in lines("irregular.txt")}
_PLACES = {row[0]: row[1] for row in lines("places.txt")}
STOPWORDS = frozenset(word for row in lines("stopwords.txt") for word in row)

# Longer suffixes first; the second part is what is put back. Only taken where three letters are left (two for "taxes").
_SUFFIXES = (
    ("ization", "ize"), ("isation", "ize"), ("fulness", "ful"), ("ational", "ate"), ("ications", "y"),
    ("ication", "y"), ("ations", "ate"), ("ation", "ate"), ("ically", "ic"), ("iously", "ious"), ("ments", ""),
    ("ment", ""), ("nesses", ""), ("ness", ""), ("ities", "ity"), ("arily", "ary"), ("ingly", ""), ("edly", ""),
    ("ily", "y"), ("ly", ""), ("ies", "y"), ("ied", "y"), ("ises", "ize"), ("ised", "ize"), ("ising", "ize"),
    ("ise", "ize"), ("ings", ""), ("ing", ""), ("eed", "ee"), ("ed", ""), ("sses", "ss"), ("ches", "ch"),
    ("shes", "sh"), ("xes", "x"), ("ors", "or"),
)  # fmt: skip


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of one lower-case English word; not always a word itself ("militariz" for "militarizing")."""
    word = word.removesuffix("'s").removesuffix("'")
    word = _IRREGULAR.get(word, word)
    if word in _PLACES:
        return _PLACES[word]
    if len(word) <= 3:
        return word
    for suffix, instead in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= (2 if suffix == "xes" else 3):
            word = word[: -len(suffix)] + instead
            if suffix in ("ing", "ings", "ed", "ingly", "edly") and word[-1] == word[-2] and word[-1] not in "lsz":
                word = word[:-1]
            break
    else:
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            word = word[:-1]
    word = _IRREGULAR.get(word, word)
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def _groups() -> tuple[dict[str, str], dict[str, list[tuple[tuple[str, ...], str]]]]:
    """Synonym groups by stem: single words to their group's name, and phrases by their first stem, longest first."""
    single: dict[str, str] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in lines("synonyms.txt"):
        name = stem(row[0])
        for entry in row:
            parts = tuple(stem(part) for part in entry.split("_"))
            if len(parts) == 1:
                single.setdefault(parts[0], name)
            else:
                phrases.setdefault(parts[0], []).append((parts, name))
    for found in phrases.values():
        found.sort(key=lambda entry: -len(entry[0]))
    return single, phrases


_SINGLE, PHRASES = _groups()


def is_stopword(word: str) -> bool:
    """Whether a lower-case word carries grammar only; a short form counts as its first part ("she'll" as "she")."""
    return word in STOPWORDS or ("'" in word and (word.split("'")[0] in STOPWORDS or word.endswith("n't")))


@lru_cache(maxsize=100_000)
def canonical(word: str) -> str:
    """The name under which a lower-case word is compared: its synonym group's, or its stem."""
    found = stem(word)
    return _SINGLE.get(found, found)


EMPTY = frozenset(canonical(word) for row in lines("empty.txt") for word in row)


def _weights() -> tuple[dict[str, float], frozenset[str]]:
    """Rarity of stems, as ln(articles / articles with it), and the stems mostly written with a capital."""
    rarity: dict[str, float] = {}
    capital = set()
    for row in lines("frequencies.txt"):
        rarity[row[0]] = float(row[1])
        if len(row) > 2:
            capital.add(row[0])
    return rarity, frozenset(capital)


_RARITY, _CAPITAL = _weights()


@lru_cache(maxsize=100_000)
def weight(found: str) -> float:
    """How much a stem says, 0 (in every article) to 6.5 (hardly ever seen); all numbers and dates weigh the same."""
    if found[0] == "#":
        return NUMBER_WEIGHT
    known = _RARITY.get(found)
    return UNKNOWN_WEIGHT if known is None else known


def often_capital(found: str) -> bool:
    """Whether a stem is mostly written with a capital inside sentences, or was never seen at all."""
    return found in _CAPITAL or found not in _RARITY


def seen(found: str) -> bool:
    """Whether the table of frequencies knows a stem."""
    return found in _RARITY
