"""Whether an article prints given words somewhere, without reading it anew for each question."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

_POSSESSIVE = re.compile(r"[’']s\b")
_INSIDE = re.compile(r"[a-z,] ")  # what stands before a word that is no sentence's first


class Print:
    """The words of a text by where they stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._answers: dict[tuple[str, bool], bool] = {}

    def has(self, words: str, inside_sentence: bool = False) -> bool:
        """Whether `words` stand in the text as they are, not as a part of longer words."""
        question = words, inside_sentence
        if question not in self._answers:
            self._answers[question] = any(
                not inside_sentence or (start > 1 and _INSIDE.match(self.text, start - 2))
                for start in self._starts(words)
            )
        return self._answers[question]

    def bare(self, word: str) -> bool:
        """Whether a word stands in the text without 's behind it."""
        return any(not _POSSESSIVE.match(self.text, start + len(word)) for start in self._places.get(word, ()))

    def _starts(self, words: str) -> Iterator[int]:
        found = list(re.finditer(r"\w+", words))
        if found:
            rarest = min(found, key=lambda match: len(self._places.get(match[0], ())))
            for place in self._places.get(rarest[0], ()):
                start = place - rarest.start()
                if start >= 0 and self._stand_alone(words, start):
                    yield start

    def _stand_alone(self, words: str, start: int) -> bool:
        if not self.text.startswith(words, start):
            return False
        before, after = self.text[max(0, start - 1) : start], self.text[start + len(words) : start + len(words) + 1]
        return not any(re.fullmatch(r"\w\w", pair) for pair in (before + words[0], words[-1] + after))

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = defaultdict(list)
        for match in re.finditer(r"\w+", self.text):
            places[match[0]].append(match.start())
        return places
