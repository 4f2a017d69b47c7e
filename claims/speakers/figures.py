"""A person or body that an article names, and a place that names it."""

import re
from collections import Counter
from dataclasses import dataclass, field

from claims.speakers.names import PARTICLES, without_possessive

_INITIALS = re.compile(r"\w\.?|(?:\w\.){2,3}")


@dataclass(frozen=True)
class Mention:
    """One place that names a figure. `leads` says that it opens its sentence, as a subject does."""

    start: int
    end: int
    figure: "Figure"
    quoted: bool
    sentence: int
    paragraph: int
    leads: bool
    possessive: bool


@dataclass(eq=False)
class Figure:
    """A person or body of the article, growing while the article is read.

    `name` is the full name as it is printed most often, without titles, and `words` are its words; `key` is the name
    for comparison, as it was printed first; `roles` counts the descriptive words near it, `offices` those that say
    what a person is; `person` and `body` weigh the evidence for each, `votes` that for a gender.
    """

    name: str
    first_seen: int
    person: float = 0.0
    body: float = 0.0
    votes: dict[str, float] = field(default_factory=lambda: {"m": 0.0, "f": 0.0})
    roles: Counter[str] = field(default_factory=Counter)
    offices: Counter[str] = field(default_factory=Counter)
    spellings: Counter[str] = field(default_factory=Counter)
    full_mentions: int = 0

    def __post_init__(self) -> None:
        self.words = self.name.split()
        self.key = key_of(self.name)

    def rename(self, name: str) -> None:
        """Take another spelling as the name; the key stays."""
        self.name = name
        self.words = name.split()

    @property
    def is_person(self) -> bool:
        """Whether more speaks for a person than for a body."""
        return self.person > self.body

    @property
    def may_be_person(self) -> bool:
        """Whether nothing speaks against a person; unless the name has two words, whether something speaks for one."""
        return self.person >= self.body and (self.person >= 0.4 or self._has_two_words)

    @property
    def _has_two_words(self) -> bool:
        return len(self.words) > 1 and sum(word.lower() not in PARTICLES for word in self.words) <= 2

    @property
    def gender(self) -> str:
        """ "m", "f" or "" where the evidence is thin or mixed."""
        male, female = self.votes["m"], self.votes["f"]
        if male >= 0.4 and male > 1.7 * female:
            return "m"
        if female >= 0.4 and female > 1.7 * male:
            return "f"
        return ""

    def takes_gender(self, gender: str) -> bool:
        """Whether the figure may be meant by a word of `gender` ("" fits all)."""
        return not gender or not self.gender or self.gender == gender


def key_of(name: str) -> tuple[str, ...]:
    """The words of a name for comparison: lower case, middle initials and suffix points dropped."""
    lowered = tuple(without_possessive(word).lower() for word in name.split())
    last = len(lowered) - 1  # "Bloomberg L.P." ends in no initials
    kept = tuple(
        word
        for i, word in enumerate(lowered)
        if i == 0 or not _INITIALS.fullmatch(word) or (i == last and "." in word[:-1])
    )
    return kept or lowered


def middles_agree(name: str, other: str) -> bool:
    """Whether two names with the same ends may be one person's: "George W. Bush" is not "George H.W. Bush"."""
    letters, others = _middle_letters(name), _middle_letters(other)
    return letters.startswith(others) or others.startswith(letters)


def _middle_letters(name: str) -> str:
    """The first letters of what stands between the ends of a name, "hw" for "George H.W. Bush"."""
    middle = [word.lower() for word in name.split()[1:-1]]
    return "".join(word.replace(".", "") if _INITIALS.fullmatch(word) else word[:1] for word in middle)
