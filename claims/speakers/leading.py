"""Who leads a sentence that opens with no name: "He rose" after "Lee slept", "The mayor smiled"."""

import re

from claims.speakers.descriptions import person_described
from claims.speakers.figures import Figure
from claims.speakers.names import DETERMINERS, PREPOSITIONS, Phrase, is_capitalized, read_phrase, role_of
from claims.speakers.pronouns import HE_SHE, person_meant
from claims.speakers.scene import Scene

_OPENING = r"(?:(?:But|And|Then|So|Yet|Still|Instead|Now|Later|[A-Z]\w+ly),? )?"
_HE = re.compile(_OPENING + r"(?P<he>[Hh]e|[Ss]he)(?=[ ’'])")
_THE = re.compile(_OPENING + r"(?P<the>[Tt]he(?: [\w’'.-]+){1,5})(?!, [A-Z])")
_REACH = 4  # sentences: those farther back matter little for whom "he" means


class Leaders:
    """Fills `scene.leaders`: for sentences outside of quotations that open with "he", "she" or "the mayor", who is
    meant there. Those who speak there are turns and need none."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._next = 0

    def read_to(self, offset: int) -> None:
        """Find who leads the sentences up to `offset`, where they have not been read."""
        layout = self.scene.layout
        here = layout.sentence_at(offset)
        for sentence in range(max(self._next, here - _REACH), here + 1):
            figure = self._leader(layout.sentences[sentence], offset)
            if figure is not None:
                self.scene.leaders[sentence] = figure
        self._next = max(self._next, here)

    def _leader(self, start: int, offset: int) -> Figure | None:
        text = self.scene.layout.text
        if self.scene.layout.is_quoted(start):
            return None
        if pronoun := _HE.match(text, start):
            at = pronoun.start("he")
            if at >= offset or self._speaks(at):
                return None
            meant = person_meant(self.scene, at, HE_SHE[pronoun["he"].lower()])
            return meant if isinstance(meant, Figure) and meant.is_person else None
        if described := _THE.match(text, start):
            at = described.start("the")
            phrase = _description(described["the"])
            if phrase is None or at + len(phrase.words) >= offset or self._speaks(at):
                return None
            person = person_described(self.scene, phrase, at)
            return person[0] if person is not None else None
        return None

    def _speaks(self, start: int) -> bool:
        turn = next(self.scene.turns_back(start + 1), None)
        return turn is not None and turn.start == start


def _description(words: str) -> Phrase | None:
    """The description of one person that `words` open with; None where they name or describe somebody else."""
    kept: list[str] = []
    last = 0
    for word in words.split():
        low = word.lower()
        if kept and (low in PREPOSITIONS or low in DETERMINERS or (last and role_of(low) is None)):
            break
        kept.append(word)
        if role_of(low) is not None:
            last = len(kept)
    if not last or (len(kept) > last and is_capitalized(kept[last])):
        return None
    phrase = read_phrase(" ".join(kept[:last]))
    return None if phrase.name or phrase.possessor else phrase
