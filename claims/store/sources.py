"""The speakers of an article found among the known sources, or added to them; why, stands with each mention."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from claims.identity import KnownSource, Possible, Recognition, identifies, recognize
from claims.store.article_speakers import Speaker, gather, identity_of
from claims.store.connection import insert
from claims.store.decided_names import decided_source
from claims.store.folding import fold, move_mentions, spoke_together
from claims.store.source_filing import (
    SourceState,
    candidates,
    count_name,
    file_keys,
    file_name,
    new_source,
    refresh,
    roles_of,
    source_state,
    voted_kind,
)
from claims.store.source_names import is_name, name_key
from claims.terms import Attribution, Role, Source

MOST_LINKS = 5
"""Of the sources that a new one may be the same as, so many are kept for a person to look at."""

MOST_SHORT = 5
"""So many rows of a mere surname are looked at when a full name comes in that may be theirs."""


@dataclass(frozen=True)
class Heard:
    """A speaker of the article: its mention, its source, and whether that was not known before this article."""

    mention_id: int
    source_id: int
    new: bool


class Speakers:
    """All speakers of one article: made from its attributions, then asked for each of their sources."""

    def __init__(self, db: Database, article_id: int, attributions: Iterable[Attribution]) -> None:
        self._db = db
        self._article_id = article_id
        self._mentions: dict[tuple[str, str], int] = {}
        self._new: set[int] = set()
        self._only_here: dict[str, int] = {}  # sources known in this article alone, by the key of their name
        self._counted: dict[int, set[str]] = {}  # names of sources that were counted for this article
        for speaker in gather(attributions):
            self._add(speaker)
        self._sources: dict[int, int] = dict(
            db.execute("SELECT id, source_id FROM source_mentions WHERE article_id = ?", (article_id,)).fetchall()
        )

    def heard(self, source: Source) -> Heard | None:
        """The mention of a source of the attributions; None where it has no name.

        A pronoun that could not be resolved is no name: "I" in two articles is two speakers.
        """
        mention_id = self._mentions.get(identity_of(source))
        if mention_id is None:
            return None
        source_id = self._sources[mention_id]
        return Heard(mention_id, source_id, source_id in self._new)

    def _add(self, speaker: Speaker) -> None:
        source, key = speaker.source, name_key(speaker.source.name)
        near: Sequence[KnownSource] = ()
        decided = decided_source(self._db, source)
        if decided and not (decided[0].id is None and key in self._only_here):
            told, decision_id = decided
        elif key in self._only_here:
            told, decision_id = _again(self._only_here[key], source), None
        else:
            near = candidates(self._db, source) if source.named else ()
            told, decision_id = recognize(source, near), None
        source_id = self._new_source(source, told) if told.id is None else told.id
        roles = roles_of(self._db, source_id)
        self._mentions[identity_of(source)] = self._write(source_id, speaker, told, decision_id)
        state, learnt = self._learn(source_id, speaker, told)
        learnt = learnt or not roles.issuperset(source.roles)
        if learnt:
            file_keys(self._db, state, {*roles, *source.roles})
        for possible in told.possible[:MOST_LINKS]:
            _link(self._db, source_id, possible)
        if learnt and near:
            self._fold_others(source_id, near, {possible.id for possible in told.possible})

    def _new_source(self, source: Source, told: Recognition) -> int:
        only_here = self._article_id if told.in_one_article else None
        source_id = new_source(self._db, source.name, source.kind, only_here, source.country)
        self._new.add(source_id)
        if only_here is not None:
            self._only_here[name_key(source.name)] = source_id
        return source_id

    def _write(self, source_id: int, speaker: Speaker, told: Recognition, decision_id: int | None) -> int:
        source = speaker.source
        mention_id = insert(
            self._db,
            "source_mentions",
            {
                "article_id": self._article_id,
                "source_id": source_id,
                "name": source.name,
                "kind": source.kind,
                "country": source.country,
                "names": json.dumps({source.name: told.rule, **speaker.others}, ensure_ascii=False),
                "rule": told.rule,
                "reason": told.reason,
                "score": told.score,
                "decision_id": decision_id,
            },
        )
        for role in source.roles:
            self._db.execute(
                "INSERT OR IGNORE INTO source_roles (mention_id, source_id, article_id, text, office, affiliation)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (mention_id, source_id, self._article_id, role.text, role.office, role.of),
            )
        return mention_id

    def _learn(self, source_id: int, speaker: Speaker, told: Recognition) -> tuple[SourceState, bool]:
        """Note the names, kind and country of a source: its state then, and whether a name is one it did not have."""
        source, state = speaker.source, source_state(self._db, source_id)
        kind = source.kind if state.kind == "unknown" else state.kind
        country = state.country or source.country
        if (kind, country) != (state.kind, state.country):
            self._db.execute("UPDATE sources SET kind = ?, country = ? WHERE id = ?", (kind, country, source_id))
        had = {name for name, _, _ in state.names}
        counted = self._counted.setdefault(source_id, set())
        names = {source.name: told.rule, **speaker.others}
        for name, rule in names.items():
            alone = state.article_id is None and identifies(name, kind, country)
            count_name(self._db, source_id, name, rule, int(name not in counted), alone)
        counted.update(names)
        state = file_name(self._db, source_state(self._db, source_id))
        if source.kind not in (kind, "unknown") and voted_kind(self._db, source_id) not in (kind, ""):
            refresh(self._db, source_id)  # the names that tell who it is are others now
            state = source_state(self._db, source_id)
        return state, not names.keys() <= had

    def _fold_others(self, source_id: int, near: Sequence[KnownSource], possible: Collection[int]) -> None:
        """Make one of this source and rows of a mere surname, and those that a role kept apart, that would have been
        found to be this source, had all that is told of it come first.

        The row with less behind it is the one that goes: a name in doubt may bring a new row in each article, and
        all rows of a source of thousands of attributions would be written anew each time.
        """
        short = [
            known
            for known in near
            if known.id != source_id and (known.id in possible or not any(_tells(name, known) for name in known.names))
        ]
        for known in short[:MOST_SHORT]:
            names = tuple(sorted(known.names - {known.name}))
            asked = Source("", known.name, known.kind, "", True, names, known.country, tuple(known.roles))
            told = recognize(asked, candidates(self._db, asked, but=known.id))
            if told.id != source_id or _is_decided(self._db, known.id):
                continue
            goes, stays = _lesser_first(self._db, known.id, source_id)
            if _may_be_one(self._db, goes, stays):
                fold(self._db, goes, stays, rule=told.rule, reason=told.reason)
                self._new.discard(goes)
                self._counted[stays] = self._counted.get(stays, set()) | self._counted.pop(goes, set())
                source_id = stays


def recognize_anew(db: Database, mention_id: int) -> None:
    """Take a mention from its source and find, by names and rules as they are now, the one that it is of."""
    before, article_id, name, kind, country, names = db.execute(
        "SELECT source_id, article_id, name, kind, country, names FROM source_mentions WHERE id = ?", (mention_id,)
    ).fetchone()
    others = tuple(other for other in json.loads(names) if other != name and identifies(other, kind, country))
    roles = db.execute("SELECT text, office, affiliation FROM source_roles WHERE mention_id = ?", (mention_id,))
    told_roles = tuple(Role(*row) for row in roles.fetchall())
    source = Source("", name, kind, "", is_name(name), others, country, told_roles)
    alone = new_source(db, name, kind, None, country)
    move_mentions(db, [mention_id], alone)
    refresh(db, before)
    told, decision_id = decided_source(db, source) or (recognize(source, candidates(db, source)), None)
    db.execute(
        "UPDATE source_mentions SET rule = ?, reason = ?, score = ?, decision_id = ? WHERE id = ?",
        (told.rule, told.reason, told.score, decision_id, mention_id),
    )
    if told.in_one_article:
        db.execute("UPDATE sources SET article_id = ? WHERE id = ?", (article_id, alone))
    if told.id is not None and not spoke_together(db, alone, told.id):
        move_mentions(db, [mention_id], told.id)
        db.execute("DELETE FROM sources WHERE id = ?", (alone,))
        alone = told.id
    refresh(db, alone)


def _again(source_id: int, source: Source) -> Recognition:
    return Recognition(source_id, "same-article", f'"{source.name}" stands in this article before', 1.0)


def _tells(name: str, known: KnownSource) -> bool:
    return identifies(name, known.kind, known.country)


def _link(db: Database, source_id: int, possible: Possible) -> None:
    """Keep two sources for a person to look at, once, whichever came first."""
    db.execute(
        """
        INSERT INTO source_links (source_id, other_id, relation, score, reason)
        SELECT :one, :other, 'possibly-same', :score, :reason
        WHERE :one <> :other AND NOT EXISTS (
          SELECT 1 FROM source_links WHERE source_id = :other AND other_id = :one
        )
        ON CONFLICT (source_id, other_id, relation) DO UPDATE SET score = excluded.score, reason = excluded.reason
        WHERE excluded.score > source_links.score
        """,
        {"one": source_id, "other": possible.id, "score": possible.score, "reason": possible.reason},
    )


def _is_decided(db: Database, source_id: int) -> bool:
    """Whether a person decided anything about a source: then no rule takes its row away."""
    return bool(db.execute("SELECT 1 FROM decided_sources WHERE source_id = ?", (source_id,)).fetchone())


def _lesser_first(db: Database, known: int, source_id: int) -> tuple[int, int]:
    """The two rows, the one with fewer attributions first, unless a person decided about it."""
    size = "SELECT coalesce((SELECT times FROM source_tallies WHERE source_id = ?), 0)"
    ((of_known,),), ((of_source,),) = (db.execute(size, (row,)).fetchall() for row in (known, source_id))
    return (source_id, known) if of_source < of_known and not _is_decided(db, source_id) else (known, source_id)


def _may_be_one(db: Database, goes: int, stays: int) -> bool:
    """Whether no person said that the two are not, and no article has them speak together."""
    apart = db.execute(
        "SELECT 1 FROM sources_apart WHERE source_id = min(:one, :other) AND other_id = max(:one, :other)",
        {"one": goes, "other": stays},
    ).fetchone()
    return not apart and not spoke_together(db, goes, stays)
