"""What people decide about sources: rename, merge, split, alias, apart. Each holds for all that comes later."""

from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from claims.errors import StoreError
from claims.identity import identifies
from claims.store.decision_log import SOURCE_LOG
from claims.store.folding import fold, move_mentions, to_json
from claims.store.source_filing import SourceState, new_source, refresh, source_state
from claims.store.source_names import LONGEST_NAME, is_name, is_pronoun, name_key, plain
from claims.store.source_reading import described, find_source, who_bears


def rename(db: Database, ref: str, name: str, by: str, why: str) -> int:
    """File a source under a name, and give it that name; returns the decision's number."""
    source_id, name = find_source(db, ref), _usable(name)
    before = source_state(db, source_id)
    _refuse_if_borne(db, name, source_id)
    decision_id = SOURCE_LOG.open(db, "rename", by, why)
    give_name(db, source_id, name, "renamed", decision_id)
    db.execute("UPDATE sources SET name = ?, renamed = 1, article_id = NULL WHERE id = ?", (name, source_id))
    refresh(db, source_id)
    what = f'source {source_id} "{before.name}" is filed under "{name}"'
    return SOURCE_LOG.close(db, decision_id, what, _as_it_was(before), [source_id])


def alias(db: Database, ref: str, names: Sequence[str], by: str, why: str) -> int:
    """Give a source names that lead to it from now on; returns the decision's number."""
    source_id, names = find_source(db, ref), [_usable(name) for name in names]
    if not names:
        raise StoreError("Say which name the source gets.")
    for name in names:
        _refuse_if_borne(db, name, source_id)
    before = source_state(db, source_id)
    what = f"source {described(db, source_id)} goes by {_quoted(names)}"
    decision_id = SOURCE_LOG.open(db, "alias", by, why)
    for name in names:
        give_name(db, source_id, name, "alias", decision_id)
    db.execute("UPDATE sources SET article_id = NULL WHERE id = ?", (source_id,))
    refresh(db, source_id)
    return SOURCE_LOG.close(db, decision_id, what, _as_it_was(before), [source_id])


def keep_apart(db: Database, one: str, other: str, by: str, why: str) -> int:
    """Declare two sources different, each name of the one alone leading to it; returns the decision's number."""
    first, second = find_source(db, one), find_source(db, other)
    if first == second:
        raise StoreError(f"Both are source {described(db, first)}. `claims sources split` makes two of it.")
    known = SOURCE_LOG.apart(db, first, second)
    if known:
        raise StoreError(f"{described(db, first)} and {described(db, second)} are apart already, by decision {known}.")
    what = f"source {described(db, first)} is not source {described(db, second)}"
    decision_id = SOURCE_LOG.open(db, "apart", by, why)
    SOURCE_LOG.set_apart(db, first, second, decision_id)
    for source_id in (first, second):
        for name in source_state(db, source_id).known_names:
            give_name(db, source_id, name, "apart", decision_id)
    return SOURCE_LOG.close(db, decision_id, what, {"sources": [first, second]}, [first, second])


def merge(db: Database, keep: str, others: Sequence[str], by: str, why: str) -> int:
    """Fold the rows of `others` into that of `keep`; returns the decision's number."""
    into = find_source(db, keep)
    folded_ids = list(dict.fromkeys(find_source(db, other) for other in others))
    if not folded_ids or folded_ids == [into]:
        raise StoreError(f"Name two sources to merge: {described(db, into)} is one already.")
    folded_ids = [source_id for source_id in folded_ids if source_id != into]
    SOURCE_LOG.refuse_apart(db, (into, *folded_ids), described)
    states = [source_state(db, source_id) for source_id in folded_ids]
    what = f"source {described(db, into)} takes in {'; '.join(described(db, source_id) for source_id in folded_ids)}"
    decision_id = SOURCE_LOG.open(db, "merge", by, why)
    before = source_state(db, into)
    reason = f"decision {decision_id}: they are one" + (f" ({why.strip()})" if why.strip() else "")
    folded = [
        to_json(fold(db, source_id, into, rule="decided", reason=reason, decision_id=decision_id))
        for source_id in folded_ids
    ]
    for state in states:
        for name in _leading_names(state):
            give_name(db, into, name, "merged", decision_id)
    refresh(db, into)
    detail = {"keep": _as_it_was(before), "others": folded}
    return SOURCE_LOG.close(db, decision_id, what, detail, [into, *folded_ids])


def split(db: Database, ref: str, names: Sequence[str], articles: Sequence[int], by: str, why: str) -> int:
    """Make a source of its own of the mentions by these names and in these articles; returns its number.

    From now on the names given lead to the new source; a name that both bear leads to the one of which an article says
    the same as before, else to neither.
    """
    source_id = find_source(db, ref)
    state = source_state(db, source_id)
    moved, left = _parted(db, state, names, articles)
    what = f"source {described(db, source_id)} is two"
    keys = {name_key(name) for name in names}
    renamed = int(state.renamed and name_key(state.name) in keys)
    decision_id = SOURCE_LOG.open(db, "split", by, why)
    new = new_source(db, moved[0][2], "unknown", _only_article(moved))
    move_mentions(db, [number for number, _, _ in moved], new)
    if renamed:
        db.execute("UPDATE sources SET renamed = 0 WHERE id = ?", (source_id,))
        db.execute("UPDATE sources SET renamed = 1, name = ? WHERE id = ?", (state.name, new))
    _move_decided_names(db, source_id, new, keys)
    refresh(db, source_id)
    refresh(db, new)
    left_keys = {name_key(name) for _, _, name in left}
    for name in sorted({name for _, _, name in moved}):
        if _leads(name, state.kind):
            give_name(db, new, name, "split", decision_id)
            if name_key(name) in left_keys:
                give_name(db, source_id, name, "split", decision_id)
    SOURCE_LOG.set_apart(db, source_id, new, decision_id)
    for number in (source_id, new):
        refresh(db, number)
    detail = {"from": _as_it_was(state), "new": new}
    SOURCE_LOG.close(db, decision_id, f"{what}: {described(db, new)} is another one", detail, [source_id, new])
    return new


def give_name(db: Database, source_id: int, name: str, rule: str, decision_id: int) -> None:
    """Make a name lead to a source by a decision; an older decision that says so stands."""
    db.execute(
        "INSERT INTO source_names (name, key, source_id, identifies, articles, rule, decision_id)"
        " VALUES (?, ?, ?, 1, 0, ?, ?) ON CONFLICT (name, source_id) DO UPDATE SET"
        " identifies = 1, decision_id = coalesce(decision_id, excluded.decision_id)",
        (name, name_key(name), source_id, rule, decision_id),
    )


def _parted(
    db: Database, state: SourceState, names: Sequence[str], articles: Sequence[int]
) -> tuple[list[tuple[int, int, str]], list[tuple[int, int, str]]]:
    """The mentions that go and those that stay, as (number, article, name); StoreError where either is none."""
    mentions: list[tuple[int, int, str]] = db.execute(
        "SELECT id, article_id, name FROM source_mentions WHERE source_id = ? ORDER BY id", (state.id,)
    ).fetchall()
    who = described(db, state.id)
    if not names and not articles:
        raise StoreError("Say by which names, or in which articles, the source is another one.")
    used = {name_key(name): name for _, _, name in mentions}
    for name in names:
        if name_key(name) not in used:
            raise StoreError(f'No article calls source {who} "{name}", but {_quoted(sorted(set(used.values()))[:8])}.')
    present = {article for _, article, _ in mentions}
    for article in articles:
        if article not in present:
            told = ", ".join(map(str, sorted(present)[:8])) + (", …" if len(present) > 8 else "")
            raise StoreError(f"Source {who} is not in article {article}, but in {told}.")
    keys, numbers = {name_key(name) for name in names}, set(articles)
    moved: list[tuple[int, int, str]] = []
    left: list[tuple[int, int, str]] = []
    for mention in mentions:
        (moved if mention[1] in numbers or name_key(mention[2]) in keys else left).append(mention)
    if not left:
        raise StoreError(f"Nothing would be left of source {who}: these are all its mentions. To rename it is enough.")
    return moved, left


def _only_article(mentions: Sequence[tuple[int, int, str]]) -> int | None:
    """The article that alone knows a source, where no name tells who it is."""
    articles = {article for _, article, _ in mentions}
    return min(articles) if len(articles) == 1 and not any(is_name(name) for _, _, name in mentions) else None


def _as_it_was(state: SourceState) -> dict[str, object]:
    """What undoing a decision puts back into a source's own row."""
    columns = ("id", "name", "kind", "renamed", "article_id")
    return {column: getattr(state, column) for column in columns}


def _move_decided_names(db: Database, source_id: int, new: int, keys: Iterable[str]) -> None:
    """Give the new source what earlier decisions said of the names that it is split off by."""
    for key in keys:
        db.execute(
            "UPDATE source_names SET source_id = ? WHERE key = ? AND source_id = ? AND decision_id IS NOT NULL",
            (new, key, source_id),
        )


def _leading_names(state: SourceState) -> list[str]:
    """The names of a merged source that lead to its keeper from now on: none that are known in one article alone."""
    if state.article_id is not None:
        return []
    return [name for name, alone, _ in state.names if alone or (name == state.name and _leads(name, state.kind))]


def _leads(name: str, kind: str) -> bool:
    """Whether a decision makes a name lead to a source: not a bare surname or a description."""
    return is_name(name) and (identifies(name, kind) or len(name_key(name).split()) > 1)


def _refuse_if_borne(db: Database, name: str, source_id: int) -> None:
    others = [number for number in who_bears(db, name) if number != source_id]
    if others:
        raise StoreError(
            f'"{name}" is a name of source {described(db, others[0])} already. '
            f"If they are one: `claims sources merge {source_id} {others[0]}`."
        )


def _usable(name: str) -> str:
    name = plain(name)
    if not name_key(name) or is_pronoun(name):
        raise StoreError(f'"{name}" is no name that could tell who somebody is.')
    if len(name) > LONGEST_NAME:
        raise StoreError(f'"{name[:40]}…" is longer than {LONGEST_NAME} characters: too long for a name.')
    return name


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
