"""Names that people gave to sources: they lead there before any rule is asked."""

from collections.abc import Sequence

from sqlite_utils import Database

from claims.identity import Possible, Recognition
from claims.store.source_filing import roles_of
from claims.store.source_names import name_key
from claims.terms import Role, Source

MOST_BEARERS = 10
"""So many sources that a person gave one name to are told apart."""


def decided_source(db: Database, source: Source) -> tuple[Recognition, int | None] | None:
    """The source that a person gave the speaker's name to, with the decision; None where nobody did.

    Where several bear the name, it is the one of which the same was said; else a source of this article alone.
    """
    bearers = _bearers(db, source.name)
    if not bearers:
        others = {bearer for name in source.names for bearer in _bearers(db, name)}
        bearers = list(others) if len({number for number, _, _ in others}) == 1 else []
    if len(bearers) == 1:
        ((number, name, decision_id),) = bearers
        return Recognition(number, "decided", f'decision {decision_id}: "{source.name}" is "{name}"', 1.0), decision_id
    if not bearers:
        return None
    agreeing = [bearer for bearer in bearers if _agree(source.roles, roles_of(db, bearer[0]))]
    if len(agreeing) == 1:
        ((number, name, decision_id),) = agreeing
        reason = f'"{source.name}" may be {len(bearers)} sources; what the article says of this one fits "{name}"'
        return Recognition(number, "decided-by-role", reason, 0.9), decision_id
    reason = f'"{source.name}" may be {len(bearers)} sources, and the article does not say which'
    possible = tuple(Possible(number, f'both are called "{source.name}"', 0.5) for number, _, _ in bearers)
    return Recognition(None, "several-bear-this-name", reason, 1.0, possible), None


def _bearers(db: Database, name: str) -> list[tuple[int, str, int]]:
    """Sources that a person gave this name to, as (number, filed name, decision)."""
    rows: list[tuple[int, str, int]] = db.execute(
        """
        SELECT sources.id, sources.name, min(source_names.decision_id)
        FROM source_names JOIN sources ON sources.id = source_names.source_id
        WHERE source_names.key = ? AND source_names.decision_id IS NOT NULL
        GROUP BY sources.id ORDER BY sources.id LIMIT ?
        """,
        (name_key(name), MOST_BEARERS),
    ).fetchall()
    return rows


def _agree(roles: Sequence[Role], known: frozenset[Role]) -> bool:
    """Whether one of the roles is a known one: the same office, and not of two different bodies."""
    return any(
        name_key(role.office) == name_key(other.office) != ""
        and (not role.of or not other.of or name_key(role.of) == name_key(other.of))
        for role in roles
        for other in known
    )
