"""What a person is shown of a source: rows of a list, and a card with all that is known and why."""

from dataclasses import dataclass

from claims.store.decision_log import PersonDecision


@dataclass(frozen=True)
class SourceRow:
    """A source in a list: `names` are the others that it goes by, those of most articles first, `NAMES_SHOWN` at most.

    `article_id` is the one article of a source that only a description tells ("officials"), None for all others.
    """

    id: int
    name: str
    kind: str
    attributions: int
    articles: int
    names: tuple[str, ...]
    article_id: int | None = None
    renamed: bool = False


@dataclass(frozen=True)
class SourceName:
    """A name of a source: whether it alone tells who it is, in how many articles it stands, why it is a name of it.

    `decision_id` is the person's decision that made it one, None where an article did.
    """

    name: str
    identifies: bool
    articles: int
    rule: str
    decision_id: int | None


@dataclass(frozen=True)
class Mention:
    """A source in one article: the name there, what it was known by (`rule`, `reason`, `score` in 0..1).

    `article` is the headline, or the path where there is none; `published` an ISO date.
    """

    id: int
    article_id: int
    article: str
    published: str | None
    name: str
    kind: str
    rule: str
    reason: str
    score: float
    attributions: int


@dataclass(frozen=True)
class StatedRole:
    """What an article says that a source is: its words, the office in them and whose it is ("" where open)."""

    text: str
    office: str
    affiliation: str
    article_id: int
    article: str
    published: str | None


@dataclass(frozen=True)
class PossiblySame:
    """Two sources that a person should look at, with why and how sure (0..1)."""

    id: int
    name: str
    kind: str
    other_id: int
    other_name: str
    other_kind: str
    score: float
    reason: str


@dataclass(frozen=True)
class FoldedSource:
    """A row that went into another one: by a person's decision, or by a rule of the program (`decision_id` None)."""

    id: int
    name: str
    kind: str
    rule: str
    reason: str
    merged_at: str
    decision_id: int | None


@dataclass(frozen=True)
class SourceCard:
    """All that is known of one source. `asked` is the number it was asked by where that row was folded into this one.

    Mentions and roles are the latest, `ROWS_SHOWN` at most; `mention_count` is how many mentions there are.
    """

    row: SourceRow
    names: tuple[SourceName, ...]
    mentions: tuple[Mention, ...]
    mention_count: int
    roles: tuple[StatedRole, ...]
    possible: tuple[PossiblySame, ...]
    apart: tuple[SourceRow, ...]
    folded: tuple[FoldedSource, ...]
    decisions: tuple[PersonDecision, ...]
    asked: int | None = None


NAMES_SHOWN = 5
ROWS_SHOWN = 200
