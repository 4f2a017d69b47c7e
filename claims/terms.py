"""The field's terms as frozen dataclasses: what flows between the rooms of the program."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

ROLES = ("source", "cue", "content")
"""The three parts of an attribution relation: who, the words that attribute, what."""

SOURCE_KINDS = ("person", "organization", "government", "media", "group", "document", "unknown")
FORMS = ("direct", "indirect", "mixed", "narrated")
ACTS = ("speech", "attitude")
STANCES = (
    "asserts", "denies", "accuses", "confirms", "doubts", "criticizes",
    "praises", "promises", "demands", "asks", "warns", "believes",
)  # fmt: skip


class Span(NamedTuple):
    """A half-open stretch `[start, end)` of an article's text, in Unicode code points."""

    start: int
    end: int


@dataclass(frozen=True)
class Article:
    """One text that was read, with what is known about where it comes from.

    `text` is never changed after reading: every offset in the program points into it.
    `notes` are remarks of the reader that a person should see (a guessed encoding, say).
    """

    path: str
    text: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()

    @cached_property
    def sha256(self) -> str:
        """The text's SHA-256 in hexadecimal: two articles with the same text are one."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Relation:
    """An attribution relation as the tagger finds it: spans only, nobody named yet.

    `confidence` lies in 0..1; `rule` names what put the relation together.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float
    rule: str


@dataclass(frozen=True)
class Role:
    """What an article says that a source is: the words ("spokesperson for the Harbour Board"), the office in them
    ("spokesperson"), and whose it is ("Harbour Board"; "" where the article does not say)."""

    text: str
    office: str
    of: str = ""


@dataclass(frozen=True)
class Source:
    """Who speaks: the words in the article, the name they resolve to, and the rule that named it.

    `text` is empty where the article names nobody at this place (a carried-on quotation). What the article tells
    beside the name: `named` is False where the name only describes ("officials", "the judge", "they"), so that it
    means somebody else in the next article; `names` are other names that alone tell who it is ("KCNA", not a bare
    surname); `country` is the country whose body of state it is, "" where that is open; `roles` what it is said to be.
    """

    text: str
    name: str
    kind: str
    rule: str
    named: bool = True
    names: tuple[str, ...] = ()
    country: str = ""
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Hedge:
    """Words that put distance between the truth of a content and the outlet ("reportedly" beside the cue) or the
    speaker ("may" in the content): `by` is "outlet" or "speaker"."""

    text: str
    span: Span
    by: str


@dataclass(frozen=True)
class When:
    """The words that tell when something was said, and the day as an ISO date where it follows from them safely."""

    text: str
    span: Span
    date: str | None


@dataclass(frozen=True)
class Where:
    """The words that tell where something was said: the place, the occasion or the medium."""

    text: str
    span: Span


@dataclass(frozen=True)
class Attribution:
    """One relation of an article with everything that is known about it.

    `act` is "speech" for what was said or written, "attitude" for what a source is said to believe, want or feel.
    """

    id: str
    relation: Relation
    text: str
    cue: str
    cue_lemma: str
    sources: tuple[Source, ...]
    form: str
    stance: str
    parent: str | None = None
    act: str = "speech"
    hedges: tuple[Hedge, ...] = ()
    when: When | None = None
    where: Where | None = None
