"""Speakers across articles: one row for a name, whatever its case, article and apostrophes."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from claims.language.lexicons import lexicon_lines
from claims.store.connection import insert
from claims.terms import Source

_ARTICLES = ("the", "an", "a")
_APOSTROPHES = str.maketrans("‘’ʼ＇`´", "''''''")


@dataclass(frozen=True)
class FoundSource:
    """The row of a speaker, and whether it is a new one."""

    id: int
    new: bool


def name_key(name: str) -> str:
    """A name for comparison; empty where there is no name in it."""
    level = unicodedata.normalize("NFKC", name).translate(_APOSTROPHES).casefold()
    return " ".join(_without_article(level.split()))


def find_or_add_source(db: Database, source: Source) -> FoundSource | None:
    """The row for a speaker, learning its kind and its names; None where it has no name.

    A pronoun that could not be resolved is no name: "I" in two articles is two speakers.
    """
    name = " ".join(source.name.split())
    key = name_key(name)
    if not key or key in _pronouns():
        return None
    # Only the name that a source is filed under decides: a surname that two people share is a name of both.
    row = db.execute(
        "SELECT sources.id, sources.kind FROM sources JOIN source_names"
        " ON source_names.source_id = sources.id AND source_names.name = sources.name"
        " WHERE source_names.key = ? ORDER BY sources.id LIMIT 1",
        (key,),
    ).fetchone()
    if row is None:
        found = FoundSource(insert(db, "sources", {"name": name, "kind": source.kind}), new=True)
    else:
        found = FoundSource(row[0], new=False)
        if row[1] == "unknown" != source.kind:
            db.execute("UPDATE sources SET kind = ? WHERE id = ?", (source.kind, found.id))
    for alias in (name, " ".join(source.text.split())):
        if alias == name or _is_name(alias):
            db.execute(
                "INSERT OR IGNORE INTO source_names (name, key, source_id) VALUES (?, ?, ?)",
                (alias, name_key(alias), found.id),
            )
    return found


def _is_name(words: str) -> bool:
    """Whether an article's words for a source name it: "KCNA" and "the Kremlin" do, "The organization", "He" do not."""
    named = any(letter.isupper() for word in _without_article(words.split()) for letter in word)
    return named and name_key(words) not in _pronouns()


def _without_article(words: list[str]) -> list[str]:
    return words[1:] if len(words) > 1 and words[0].casefold() in _ARTICLES else words


@cache
def _pronouns() -> frozenset[str]:
    return frozenset(lexicon_lines(Path(__file__).with_name("pronouns.txt")))
