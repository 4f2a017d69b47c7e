"""Sources as people look at them: lists, one by number or name, the pairs that may be one."""

# ruff: noqa: S608 (what is put together here are this module's own words, values are bound)

from collections.abc import Sequence

from sqlite_utils import Database

from claims.errors import StoreError
from claims.store.decision_log import SOURCE_LOG
from claims.store.source_cards import NAMES_SHOWN, PossiblySame, SourceRow
from claims.store.source_names import name_key, plain

CANDIDATES_SHOWN = 8
"""Of sources that share a name, or have one like it, so many are told to a person who asked for it."""


def list_sources(db: Database, text: str | None, kind: str | None, limit: int, *, unnamed: bool) -> list[SourceRow]:
    """The sources with most attributions, of one kind or with a text in one of their names where that is asked."""
    wanted = ["1"] if unnamed else ["sources.article_id IS NULL"]
    if kind is not None:
        wanted.append("sources.kind = :kind")
    key = name_key(text) if text else ""
    if key:
        wanted.append("sources.id IN (SELECT source_id FROM source_names WHERE instr(key, :key))")
    rows = db.execute(
        f"""
        SELECT sources.id FROM sources
        LEFT JOIN source_tallies ON source_tallies.source_id = sources.id
        WHERE {" AND ".join(wanted)}
        ORDER BY coalesce(times, 0) DESC, sources.id LIMIT :limit
        """,
        {"kind": kind, "key": key, "limit": max(limit, 0)},
    )
    return [source_row(db, number) for (number,) in rows.fetchall()]


def source_row(db: Database, source_id: int) -> SourceRow:
    """One source as a list shows it."""
    name, kind, article_id, renamed, attributions, articles = db.execute(
        """
        SELECT name, kind, article_id, renamed,
          (SELECT count(*) FROM attributions WHERE source_id = sources.id),
          (SELECT count(DISTINCT article_id) FROM source_mentions WHERE source_id = sources.id)
        FROM sources WHERE id = ?
        """,
        (source_id,),
    ).fetchone()
    names = db.execute(
        "SELECT name FROM source_names WHERE source_id = ? AND name <> ?"
        " ORDER BY identifies DESC, articles DESC, rowid LIMIT ?",
        (source_id, name, NAMES_SHOWN),
    )
    others = tuple(other for (other,) in names.fetchall())
    return SourceRow(source_id, name, kind, attributions, articles, others, article_id, bool(renamed))


def find_source(db: Database, ref: str) -> int:
    """The source that a person means, by number or by name; "=112" is the name "112"."""
    asked, number = plain(str(ref)), number_meant(ref)
    if number is not None and (found := SOURCE_LOG.keeper(db, number)) is not None:
        return found
    name = asked.removeprefix("=")
    for bearers in _bearers(db, name_key(name)):
        if len(bearers) == 1:
            return bearers[0]
        if bearers:
            raise StoreError(
                f'"{name}" is a name of {_at_least(len(bearers))} sources: {_told(db, bearers)}. '
                "Say which by its number."
            )
    like = list_sources(db, name, None, CANDIDATES_SHOWN, unnamed=False) if name_key(name) else []
    near = f" Names like it: {_told(db, [row.id for row in like])}." if like else ""
    what = f"no source has the number {number}" if number is not None else f'no source goes by the name "{name}"'
    raise StoreError(f"{what[0].upper()}{what[1:]}.{near or ' `claims sources` lists them.'}")


def number_meant(ref: str) -> int | None:
    """The number that a person wrote for a source, as in "17" or "#17"; None for a name."""
    digits = plain(str(ref)).removeprefix("#")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 18 else None


def who_bears(db: Database, name: str) -> list[int]:
    """Sources known across articles to which a name leads, or that are filed under it."""
    first, second, *_ = _bearers(db, name_key(name))
    return first or second


def described(db: Database, source_id: int) -> str:
    """A source in a message: its number, name and kind."""
    name, kind = db.execute("SELECT name, kind FROM sources WHERE id = ?", (source_id,)).fetchone()
    return f'{source_id} "{name}" ({kind})'


def possible_pairs(db: Database, limit: int, source_id: int | None = None) -> list[PossiblySame]:
    """Pairs that may be one source, surest first; all of one source where one is named."""
    ties = (
        "SELECT rowid FROM source_links WHERE source_id = :id UNION SELECT rowid FROM source_links WHERE other_id = :id"
    )
    mine = "" if source_id is None else f"AND links.rowid IN ({ties})"
    rows = db.execute(
        f"""
        SELECT one.id, one.name, one.kind, other.id, other.name, other.kind, links.score, links.reason
        FROM source_links AS links JOIN sources AS one ON one.id = links.source_id
        JOIN sources AS other ON other.id = links.other_id
        WHERE NOT EXISTS (
          SELECT 1 FROM sources_apart
          WHERE source_id = min(one.id, other.id) AND other_id = max(one.id, other.id)
        ) {mine}
        ORDER BY links.score DESC, links.source_id, links.other_id LIMIT :limit
        """,
        {"limit": max(limit, 0), "id": source_id},
    )
    return [PossiblySame(*row) for row in rows.fetchall()]


def _bearers(db: Database, key: str) -> tuple[list[int], ...]:
    """Sources that bear a name: those filed under it, those it leads to, all others; then those of one article."""
    if not key:
        return ([], [], [], [])

    def ids(condition: str) -> list[int]:
        rows = db.execute(
            "SELECT DISTINCT sources.id FROM source_names JOIN sources ON sources.id = source_names.source_id"
            f" WHERE source_names.key = ? AND {condition} ORDER BY sources.id LIMIT ?",
            (key, CANDIDATES_SHOWN + 1),
        )
        return [number for (number,) in rows.fetchall()]

    everywhere = "sources.article_id IS NULL AND"
    return (
        ids(f"{everywhere} source_names.name = sources.name"),
        ids(f"{everywhere} source_names.identifies = 1"),
        ids(f"{everywhere} 1"),
        ids("sources.article_id IS NOT NULL"),
    )


def _told(db: Database, ids: Sequence[int]) -> str:
    told = [described(db, number) for number in ids[:CANDIDATES_SHOWN]]
    return "; ".join(told) + ("; …" if len(ids) > CANDIDATES_SHOWN else "")


def _at_least(count: int) -> str:
    return f"more than {CANDIDATES_SHOWN}" if count > CANDIDATES_SHOWN else str(count)
