"""Descriptions that say whose somebody or something is: "his lawyer", "Mr. Lee's campaign", "aides to Mr. Lee"."""

import re

from claims.speakers.figures import Figure
from claims.speakers.kinds import kind_of_description
from claims.speakers.names import POSSESSIVES, Phrase, read_phrase, without_possessive
from claims.speakers.naming import Named, Namer
from claims.speakers.pronouns import HE_SHE, person_meant
from claims.speakers.scene import Scene
from claims.speakers.trimming import without_article, without_relative
from claims.terms import Source

_HONORIFIC = re.compile(r"(?:Mr|Mrs|Ms|Miss)\.? ([A-Z][\w’'-]*\w)(?<![’']s)")


class Owners:
    """Finds whose the described are in one article."""

    def __init__(self, scene: Scene, namer: Namer) -> None:
        self.scene = scene
        self.namer = namer
        self.cast = scene.cast

    def as_described(self, text: str, phrase: Phrase, start: int) -> Named:
        """The source under its description, with the name of whose it is if that is known ("his lawyer")."""
        words = without_article(without_relative(phrase.words))
        owner = self._owner(phrase, start)
        if owner is not None and words.startswith(phrase.possessor):
            words = f"{owner.name}’s{self._with_full_names(words[len(phrase.possessor) :])}"
            return Source(text, words, kind_of_description(phrase), "whose"), None
        return Source(text, self._with_full_names(words), kind_of_description(phrase), "as-written"), None

    def _with_full_names(self, words: str) -> str:
        """A description with the full names for "Mr. Lee" and the like in it ("aides to Mr. Lee")."""

        def full(match: re.Match[str]) -> str:
            bearers = self.cast.bearers(match[1])
            return bearers[0].name if len(bearers) == 1 and bearers[0].is_person else match[0]

        return _HONORIFIC.sub(full, words)

    def campaign(self, phrase: Phrase, start: int) -> str:
        """The name of "his campaign" or "Mr. Lee's office", once it is known whose; "" where it is not."""
        if phrase.tail or phrase.head not in ("campaign", "team", "administration", "office"):
            return ""
        owner = self._owner(phrase, start)
        if owner is None:
            return ""
        last, body = owner.words[-1], " ".join([*phrase.modifiers, phrase.head])
        return f"{last} {body}" if self.namer.print.has(f"{last} {body}") else f"{owner.name}’s {body}"

    def _owner(self, phrase: Phrase, start: int) -> Figure | None:
        """The person whose something is ("his", "Mr. Lee's"); None where there is none or it cannot be told."""
        possessor = phrase.possessor.lower()
        if possessor in ("his", "her"):
            owner = person_meant(self.scene, start, HE_SHE[possessor])
            return owner if isinstance(owner, Figure) and owner.is_person else None
        if not possessor or possessor in POSSESSIVES:
            return None
        owners = read_phrase(without_possessive(phrase.possessor))
        bearers = self.cast.bearers(owners.name) if owners.name else []
        return bearers[0] if len(bearers) == 1 and bearers[0].is_person else None


def whose(piece: str, owner: Figure) -> Named:
    """A description that begins with "his" or "her", with the name of who stands right before it."""
    words = without_relative(read_phrase(piece).words).partition(" ")[2] or piece
    return Source(piece, f"{owner.name}’s {words}", kind_of_description(read_phrase(piece)), "whose"), None
