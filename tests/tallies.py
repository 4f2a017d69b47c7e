"""What the tables of counts must hold, found by going through all attributions."""

import sqlite3
from collections import Counter
from collections.abc import Hashable, Iterable
from itertools import product

from claims.store import tallies

STANDS = {"asserts": "for", "confirms": "for", "accuses": "for", "believes": "for", "warns": "for", "denies": "against"}


def counted(connection: sqlite3.Connection) -> dict[str, dict[tuple[Hashable, ...], tuple[int, ...]]]:
    """Each table as what it counts → how many, from the rows of attributions and articles alone."""
    rows = connection.execute(
        "SELECT claim_id, source_id, stance, article_id, publisher, coalesce(published, ingested_at)"
        " FROM attributions JOIN articles ON articles.id = article_id"
    ).fetchall()
    claims = {}
    clashes: Counter[tuple[Hashable, ...]] = Counter()
    for claim in {row[0] for row in rows}:
        its = [row for row in rows if row[0] == claim]
        stand, deny = ({row[1] for row in its if row[1] and STANDS.get(row[2]) == side} for side in ("for", "against"))
        pairs = {(denier, source) for denier, source in product(deny, stand) if denier != source}
        clashes.update(pairs if len(pairs) <= tallies.PAIRS_TOLD else ())
        several = ({row[place] for row in its if row[place]} for place in (3, 1, 4))
        claims[claim,] = (len(its), *map(len, several), len(stand), len(deny), len(pairs))
    sources = {}
    for source in {row[1] for row in rows if row[1]}:
        its = [row for row in rows if row[1] == source]
        sources[source,] = (len(its), len({row[3] for row in its}))

    def many(keys: Iterable[tuple[Hashable, ...]]) -> dict[tuple[Hashable, ...], tuple[int, ...]]:
        return {key: (count,) for key, count in Counter(keys).items()}

    return {
        "claim_tallies": claims,
        "claim_sides": many((row[0], STANDS.get(row[2], "other"), row[1] or 0) for row in rows),
        "claim_publishers": many({(row[0], row[4], row[3]): row[:1] + row[4:5] for row in rows if row[4]}.values()),
        "claim_spread": many(told[3:4] for told in claims.values()),
        "source_tallies": sources,
        "source_months": many((row[1], row[5][:7], row[2]) for row in rows if row[1]),
        "months": many((row[5][:7], row[2]) for row in rows),
        "source_clashes": {key: (count,) for key, count in clashes.items()},
    }


def check_tallies(connection: sqlite3.Connection) -> None:
    """The tables of counts are true, and no row counts nothing."""
    for table, right in counted(connection).items():
        key = len(next(iter(right))) if right else 0
        found = {row[:key]: row[key:] for row in connection.execute(f"SELECT * FROM {table}")}
        assert found == right, table
