"""What is known of a source, and what came of recognising one."""

from dataclasses import dataclass

from claims.terms import Role

IN_ONE_ARTICLE = frozenset({"anonymous", "surname-alone", "country-open", "several-bear-this-name"})
"""Rules after which a source is known in its article alone: its words mean somebody else in the next one."""


@dataclass(frozen=True)
class KnownSource:
    """A source as the database knows it.

    `name` is what it is filed under, `names` all names that alone tell who it is (`name` among them), `roles` what
    articles said it is, `country` the country whose body of state it is ("" where that is open).
    """

    id: int
    name: str
    kind: str
    names: frozenset[str] = frozenset()
    roles: frozenset[Role] = frozenset()
    country: str = ""


@dataclass(frozen=True)
class Possible:
    """A known source near enough that a person should look; `score` in 0..1."""

    id: int
    reason: str
    score: float


@dataclass(frozen=True)
class Recognition:
    """The known source that a speaker is, or `id` None for a new one; why, by rule and in a sentence for people.

    `score` in 0..1 says how sure the rule is. `possible` are others that a person should look at; never merged.
    """

    id: int | None
    rule: str
    reason: str
    score: float
    possible: tuple[Possible, ...] = ()

    @property
    def in_one_article(self) -> bool:
        """Whether a new source is known in its article alone and no later one may lead to it."""
        return self.id is None and self.rule in IN_ONE_ARTICLE
