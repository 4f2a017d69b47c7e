"""What a check found."""

from collections.abc import Iterable
from dataclasses import dataclass, field

SHOWN = 10
"""Of one part so many faults are told one by one; the others are counted."""


@dataclass(frozen=True)
class Part:
    """One part of a database: what was looked at, and what is wrong there, `more` beside the `faults` told."""

    name: str
    looked_at: str
    faults: tuple[str, ...] = ()
    more: int = 0

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


@dataclass
class Faults:
    """Collects sentences, the first ones only: a broken database may have a million faults."""

    shown: list[str] = field(default_factory=list)
    more: int = 0

    def add(self, sentence: str) -> None:
        """One more thing that is wrong."""
        if len(self.shown) < SHOWN:
            self.shown.append(sentence)
        else:
            self.more += 1

    def add_all(self, sentences: Iterable[str]) -> None:
        """Each of them."""
        for sentence in sentences:
            self.add(sentence)
