"""How sources are found again: their names and keys, and what of them is compared with a newcomer."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from claims.identity import KnownSource, better_name, identifies, keys, keys_of_names
from claims.store.source_names import SO_CALLED, is_name, name_key
from claims.terms import Role, Source

CANDIDATES = 40
"""Known sources that share most keys with a speaker and are compared with it."""

HUB = 64
"""Sources under one key after which nothing more is filed there; an equal name finds its source all the same."""

MOST_KNOWN = 40
"""Of a source's names and roles so many are compared: names of most articles first, roles the latest first."""


@dataclass(frozen=True)
class SourceState:
    """What a source's own row says, and the names that it goes by as (name, identifies, articles)."""

    id: int
    name: str
    kind: str
    article_id: int | None
    renamed: bool
    country: str
    names: tuple[tuple[str, bool, int], ...]

    @property
    def known_names(self) -> frozenset[str]:
        """The names that alone tell who it is."""
        return frozenset(name for name, alone, _ in self.names if alone)


def new_source(db: Database, name: str, kind: str, article_id: int | None = None, country: str = "") -> int:
    """Add a source and return its number, which no source ever had, not even one that was folded into another."""
    ((number,),) = db.execute("""
        SELECT 1 + max(coalesce((SELECT max(id) FROM sources), 0), coalesce((SELECT max(id) FROM merged_sources), 0))
    """).fetchall()
    db.execute(
        "INSERT INTO sources (id, name, kind, article_id, country) VALUES (?, ?, ?, ?, ?)",
        (number, name, kind, article_id, country),
    )
    return int(number)


def candidates(db: Database, source: Source, *, but: int | None = None) -> list[KnownSource]:
    """Sources known across articles that share keys with a speaker, those with most in common first."""
    rows = db.execute(
        """
        WITH found(source_id, shared) AS (
          SELECT source_id, count(*) FROM source_keys WHERE key IN (SELECT value FROM json_each(:keys))
          GROUP BY source_id
          UNION ALL
          SELECT source_id, 1000 FROM source_names
          WHERE key IN (SELECT value FROM json_each(:names)) AND identifies = 1
        )
        SELECT source_id FROM found CROSS JOIN sources ON sources.id = found.source_id
        WHERE sources.article_id IS NULL AND sources.id IS NOT :but
        GROUP BY source_id ORDER BY sum(shared) DESC, source_id LIMIT :limit
        """,
        {
            "keys": json.dumps(list(keys(source))),
            "names": json.dumps([name_key(name) for name in (source.name, *source.names)]),
            "limit": CANDIDATES,
            "but": but,
        },
    ).fetchall()
    return known_sources(db, [number for (number,) in rows])


def known_sources(db: Database, ids: Sequence[int]) -> list[KnownSource]:
    """Sources as they are compared, in the order of `ids`."""
    wanted = {"ids": json.dumps(list(ids)), "most": MOST_KNOWN}
    names: dict[int, set[str]] = {number: set() for number in ids}
    roles: dict[int, set[Role]] = {number: set() for number in ids}
    for number, name in db.execute(
        """
        SELECT wanted.value, source_names.name FROM json_each(:ids) AS wanted CROSS JOIN source_names
        ON source_names.rowid IN (
          SELECT rowid FROM source_names WHERE source_id = wanted.value AND identifies = 1
          ORDER BY decision_id IS NULL, articles DESC LIMIT :most
        )
        """,
        wanted,
    ).fetchall():
        names[number].add(name)
    for number, *role in db.execute(
        """
        SELECT wanted.value, text, office, affiliation FROM json_each(:ids) AS wanted CROSS JOIN source_roles
        ON source_roles.rowid IN (
          SELECT rowid FROM source_roles WHERE source_id = wanted.value ORDER BY mention_id DESC LIMIT :most
        )
        """,
        wanted,
    ).fetchall():
        roles[number].add(Role(*role))
    rows = db.execute(
        """
        SELECT sources.id, name, kind, country
        FROM json_each(:ids) AS wanted CROSS JOIN sources ON sources.id = wanted.value ORDER BY wanted.key
        """,
        wanted,
    ).fetchall()
    return [
        KnownSource(number, name, kind, frozenset({*names[number], name}), frozenset(roles[number]), country)
        for number, name, kind, country in rows
    ]


def source_state(db: Database, source_id: int) -> SourceState:
    """One source with its names: those that a person gave, those that tell who it is, those of most articles first."""
    name, kind, article_id, renamed, country = db.execute(
        "SELECT name, kind, article_id, renamed, country FROM sources WHERE id = ?", (source_id,)
    ).fetchone()
    names = db.execute(
        "SELECT name, identifies, articles FROM source_names WHERE source_id = ?"
        " ORDER BY decision_id IS NULL, identifies DESC, articles DESC, rowid LIMIT ?",
        (source_id, MOST_KNOWN),
    ).fetchall()
    found = tuple((name, bool(alone), articles) for name, alone, articles in names)
    return SourceState(source_id, name, kind, article_id, bool(renamed), country, found)


def roles_of(db: Database, source_id: int) -> frozenset[Role]:
    """What the latest articles say that a source is."""
    rows = db.execute(
        "SELECT text, office, affiliation FROM source_roles WHERE source_id = ? ORDER BY mention_id DESC LIMIT ?",
        (source_id, MOST_KNOWN),
    )
    return frozenset(Role(*row) for row in rows.fetchall())


def file_keys(db: Database, state: SourceState, roles: Iterable[Role]) -> None:
    """File a source under the keys of its names and roles, where it is not yet and there is room.

    What is known in its article alone is filed nowhere: no other article's words may lead there.
    """
    for key in _keys(state, roles):
        db.execute(
            "INSERT OR IGNORE INTO source_keys (key, source_id)"
            " SELECT :key, :source WHERE (SELECT count(*) FROM source_keys WHERE key = :key) < :most",
            {"key": key, "source": state.id, "most": HUB},
        )


def is_filed(db: Database, state: SourceState) -> bool:
    """Whether a source is found under some key of its names and roles, or there is none with room.

    Under all of them it need not be: which keys a name has is for the lexicons to say, and they grow.
    """
    wanted = list(_keys(state, roles_of(db, state.id)))
    filed = {key for (key,) in db.execute("SELECT key FROM source_keys WHERE source_id = ?", (state.id,)).fetchall()}
    if not wanted or not filed.isdisjoint(wanted):
        return True
    room = "SELECT (SELECT count(*) FROM source_keys WHERE key = ?) < ?"
    return not any(db.execute(room, (key, HUB)).fetchone()[0] for key in wanted)


def _keys(state: SourceState, roles: Iterable[Role]) -> Iterable[str]:
    if state.article_id is not None:
        return ()
    names = state.known_names or ({state.name} if is_name(state.name) else ())
    return keys_of_names(sorted(names), state.kind, state.country, sorted(roles, key=_role_order))


def file_name(db: Database, state: SourceState) -> SourceState:
    """File a source under the best of its names, unless a person chose one or it is known in its article alone.

    Returns the state after it.
    """
    fitting = any(name == state.name for name, _, _ in state.names)
    if not state.names or (fitting and (state.renamed or state.article_id is not None)):
        return state
    counts: dict[str, int] = {}
    for names in _spellings(state):
        best = max(names, key=lambda pair: (pair[1], not pair[0].startswith("the ")))[0]
        counts[best] = max(sum(articles for _, articles in names), 1)
    best = better_name(counts, state.kind)
    known = any(name == best for name, _, _ in state.names)
    if best == state.name and known:
        return state
    db.execute("UPDATE sources SET name = ? WHERE id = ?", (best, state.id))
    if not known:  # a government's is the country's, whatever articles call it
        count_name(db, state.id, best, "filed-under", 0, identifies(best, state.kind, state.country))
    return source_state(db, state.id)


def refresh(db: Database, source_id: int) -> None:
    """Make a source's names, keys, kind and filed name anew from its mentions and from what people decided."""
    before = source_state(db, source_id)
    articles: dict[str, set[int]] = {}
    rules: dict[str, str] = {}
    kinds: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    seen_in: set[int] = set()
    mentions = db.execute(
        "SELECT article_id, kind, country, names FROM source_mentions WHERE source_id = ? ORDER BY id", (source_id,)
    )
    for article_id, kind, country, names in mentions.fetchall():
        seen_in.add(article_id)
        kinds[kind] += 1
        countries[country] += 1
        for name, rule in json.loads(names).items():
            articles.setdefault(name, set()).add(article_id)
            if rules.get(name, SO_CALLED) == SO_CALLED:
                rules[name] = rule
    kind = _voted(kinds) or (before.kind if before.kind != "unknown" else _commonest(kinds, "unknown"))
    country = _commonest(countries, "")
    article_id = before.article_id if seen_in <= {before.article_id} else None
    db.execute(
        "UPDATE sources SET kind = ?, country = ?, article_id = ? WHERE id = ?", (kind, country, article_id, source_id)
    )
    db.execute("DELETE FROM source_names WHERE source_id = ? AND decision_id IS NULL", (source_id,))
    db.execute("UPDATE source_names SET articles = 0 WHERE source_id = ?", (source_id,))
    for name, found in articles.items():
        # What is known in its article alone is found by no name.
        alone = article_id is None and identifies(name, kind, country)
        count_name(db, source_id, name, rules[name], len(found), alone)
    state = file_name(db, source_state(db, source_id))
    db.execute("DELETE FROM source_keys WHERE source_id = ?", (source_id,))
    file_keys(db, state, roles_of(db, source_id))


def count_name(db: Database, source_id: int, name: str, rule: str, articles: int, alone: bool) -> None:
    """Note that so many more articles use a name for a source; `alone` says whether it tells who that is."""
    db.execute(
        "INSERT INTO source_names (name, key, source_id, identifies, articles, rule) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (name, source_id) DO UPDATE SET articles = articles + excluded.articles,"
        " rule = CASE WHEN excluded.identifies > identifies THEN excluded.rule ELSE rule END,"
        " identifies = max(identifies, excluded.identifies)",
        (name, name_key(name), source_id, alone and rule != SO_CALLED, articles, rule),
    )


def _spellings(state: SourceState) -> list[list[tuple[str, int]]]:
    """The names that a source may be filed under with their articles; those that compare equal together."""
    found: dict[str, list[tuple[str, int]]] = {}
    for name, alone, articles in state.names:
        if alone or not state.known_names:
            found.setdefault(name_key(name), []).append((name, articles))
    return list(found.values())


def voted_kind(db: Database, source_id: int) -> str:
    """The kind that most mentions of a source give, "" where none tells one."""
    rows = db.execute("SELECT kind, count(*) FROM source_mentions WHERE source_id = ? GROUP BY kind", (source_id,))
    return _voted(Counter(dict(rows.fetchall())))


def _voted(kinds: Counter[str]) -> str:
    """What most mentions say: first whether it is a person, then which kind; a tie leaves it open, "" for none."""
    told = Counter({kind: count for kind, count in kinds.items() if kind != "unknown"})
    people = told["person"]
    others = told.total() - people
    if people == others:
        return ""
    if people > others:
        return "person"
    del told["person"]
    (first, most), *rest = told.most_common()
    return "" if rest and rest[0][1] == most else first


def _commonest(counts: Counter[str], nothing: str) -> str:
    """What stands most often, `nothing` where nothing else stands; among equals the first."""
    told = [(value, count) for value, count in counts.items() if value != nothing]
    return max(told, key=lambda pair: pair[1])[0] if told else nothing


def _role_order(role: Role) -> tuple[str, str, str]:
    return (role.text, role.office, role.of)
