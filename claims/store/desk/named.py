"""Sources that are named in what a person asks for, or have names like those."""

import json
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process
from sqlite_utils import Database

from claims.store.desk.asking import Asked, Window, Word, windows
from claims.store.source_names import name_key

BEARERS = 200
"""Of the sources that one name may mean, so many are looked at, the newest ones."""

SHOWN = 5
"""Of these, so many are told, those that speak most."""

MOST_NAMED = 8
"""Of the sources that a search may name, so many are asked what they said."""

LIKE = 78
"""Bound of the likeness, in per cent, from which a name may be a misspelling of another."""

LIKE_SHOWN = 5
_SHORTEST = 4
_SAME_START = 2
_READ = 4000


@dataclass(frozen=True)
class FoundSource:
    """A source that a search finds; `ids` are several where articles name nobody, as by "officials".

    `times` is how often it speaks, `start` to `end` the words asked that are its name.
    """

    ids: tuple[int, ...]
    name: str
    kind: str
    times: int
    start: int = 0
    end: int = 0

    @property
    def id(self) -> int:
        """Its number, the first one where it is several."""
        return self.ids[0]


def named_in(db: Database, asked: Asked) -> list[FoundSource]:
    """The sources that stretches of the words name: the first one asked first, the longest name first."""
    found: dict[tuple[int, ...], FoundSource] = {}
    bearers = _bearers(db, [key for window in windows(asked) for key in window.keys])
    # The longest names come first, so that a source is found by its whole name before it is by a part of it.
    named: list[Window] = []
    for window in sorted(windows(asked), key=lambda window: window.start - window.end):
        # Who asks for "Ada Berg" asks for no other Berg.
        if not any(other.start <= window.start and window.end <= other.end for other in named):
            sources = _of_window(window, bearers)
            found.update({source.ids: source for source in sources if source.ids not in found})
            named += [window] if sources else []
    return sorted(found.values(), key=lambda source: (source.start, -source.end, -source.times))[:MOST_NAMED]


def with_words_in_name(db: Database, words: tuple[Word, ...]) -> list[FoundSource]:
    """Sources that have all the words in one of their names, those that speak most first."""
    keys = [key for key in (name_key(word.text) for word in words) if key]
    if not keys:
        return []
    conditions = " AND ".join(f"instr(key, ?{number + 1})" for number in range(len(keys)))
    rows = db.execute(
        f"""
        SELECT DISTINCT sources.id, sources.name, sources.kind, coalesce(times, 0) FROM (
          SELECT rowid AS number FROM source_names INDEXED BY source_names_key WHERE {conditions} LIMIT {BEARERS}
        ) CROSS JOIN source_names ON source_names.rowid = number
        JOIN sources ON sources.id = source_names.source_id AND sources.article_id IS NULL
        LEFT JOIN source_tallies ON source_tallies.source_id = sources.id
        ORDER BY 4 DESC, 1 LIMIT {SHOWN}
        """,  # noqa: S608 (numbers and placeholders of this module's own)
        keys,
    ).fetchall()
    return [FoundSource((number,), name, kind, times) for number, name, kind, times in rows]


def names_like(db: Database, asked: Asked) -> list[tuple[Window, str]]:
    """Names that stretches of the words may be misspellings of, the likest first."""
    found: dict[str, tuple[float, Window]] = {}
    for window in windows(asked):
        for key in window.keys[:1]:
            if len(key) < _SHORTEST or window.end - window.start > _SAME_START:
                continue
            start = key[:_SAME_START]
            rows = db.execute(
                "SELECT DISTINCT key FROM source_names WHERE key >= ? AND key < ? ORDER BY key LIMIT ?",
                (start, start + "\U0010ffff", _READ),
            ).fetchall()
            known = [name for (name,) in rows if name != key]
            for name, score, _ in process.extract(key, known, scorer=fuzz.ratio, score_cutoff=LIKE, limit=LIKE_SHOWN):
                if score > found.get(name, (0, window))[0]:
                    found[name] = (score, window)
    best = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))[:LIKE_SHOWN]
    return [(window, _as_written(db, key)) for key, (_, window) in best]


def _as_written(db: Database, key: str) -> str:
    ((name,),) = db.execute(
        "SELECT name FROM source_names WHERE key = ? ORDER BY articles DESC, rowid LIMIT 1", (key,)
    ).fetchall()
    return str(name)


def _bearers(db: Database, keys: list[str]) -> dict[str, list[tuple[FoundSource, bool]]]:
    """Who goes by each of some names, most attributions first, and whether it is known in one article alone."""
    rows = db.execute(
        f"""
        SELECT DISTINCT asked.value, sources.id, sources.name, sources.kind, coalesce(times, 0),
          sources.article_id IS NOT NULL
        FROM json_each(?) AS asked
        CROSS JOIN source_names ON source_names.rowid IN (
          SELECT rowid FROM source_names WHERE key = asked.value ORDER BY rowid DESC LIMIT {BEARERS}
        )
        CROSS JOIN sources ON sources.id = source_names.source_id
        LEFT JOIN source_tallies ON source_tallies.source_id = sources.id
        ORDER BY 5 DESC, 2
        """,  # noqa: S608 (a number of this module's own)
        (json.dumps(list(dict.fromkeys(keys))),),
    ).fetchall()
    found: dict[str, list[tuple[FoundSource, bool]]] = {}
    for key, number, name, kind, times, of_one_article in rows:
        found.setdefault(key, []).append((FoundSource((number,), name, kind, times), bool(of_one_article)))
    return found


def _of_window(window: Window, bearers: dict[str, list[tuple[FoundSource, bool]]]) -> list[FoundSource]:
    """The sources that one stretch of words may mean; all that are known in one article alone count as one."""
    borne = [each for key in window.keys for each in bearers.get(key, [])]
    known = [source for source, of_one_article in borne if not of_one_article][:SHOWN]
    nameless = [source for source, of_one_article in borne if of_one_article]
    if nameless:
        ids = tuple(sorted({source.id for source in nameless}, reverse=True))
        known.append(replace(nameless[0], ids=ids, times=sum(source.times for source in nameless)))
    return [replace(source, start=window.start, end=window.end) for source in known]
