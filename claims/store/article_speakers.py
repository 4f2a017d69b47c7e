"""The speakers of one article: all that its attributions tell of each name, gathered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.identity import identifies
from claims.store.source_names import MOST_NAMES, SO_CALLED, is_name, is_pronoun, is_short_name, name_key, plain
from claims.terms import Attribution, Role, Source

MOST_ROLES = 20
"""Of what one article says that a source is, so much is kept."""


@dataclass(frozen=True)
class Speaker:
    """One name of one kind: `source` has everything the article tells, `others` its further names with their rules."""

    source: Source
    others: dict[str, str]


def identity_of(source: Source) -> tuple[str, str]:
    """What makes two sources of an article one speaker: name and kind."""
    return plain(source.name), source.kind


def gather(attributions: Iterable[Attribution]) -> list[Speaker]:
    """The speakers that have a name, those first whose names tell most, so that short names find them."""
    told: dict[tuple[str, str], list[Source]] = {}
    for attribution in attributions:
        for source in attribution.sources:
            if name_key(source.name) and not is_pronoun(source.name):
                told.setdefault(identity_of(source), []).append(source)
    return sorted((_together(sources) for sources in told.values()), key=_order)


def _together(sources: Sequence[Source]) -> Speaker:
    name, kind = identity_of(sources[0])
    others: dict[str, str] = {}
    roles: dict[Role, None] = {}
    for source in sources:
        for other in map(plain, source.names):
            if len(others) < MOST_NAMES and is_name(other):
                others.setdefault(other, "other-name")
        for role in source.roles[:MOST_ROLES]:
            if len(roles) < MOST_ROLES:
                roles.setdefault(role)
    names = tuple(other for other in others if other != name)
    for source in sources:
        words = plain(source.text)
        if len(others) < MOST_NAMES and is_short_name(words):
            others.setdefault(words, SO_CALLED)
    others.pop(name, None)
    return Speaker(
        Source(
            sources[0].text,
            name,
            kind,
            sources[0].rule,
            named=any(source.named for source in sources),
            names=names,
            country=next((source.country for source in sources if source.country), ""),
            roles=tuple(roles),
        ),
        others,
    )


def _order(speaker: Speaker) -> tuple[bool, bool]:
    source = speaker.source
    return not source.named, not identifies(source.name, source.kind, source.country)
