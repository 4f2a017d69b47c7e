"""The register of an article's names: which figure bears a name, in full or in short."""

from collections import defaultdict
from collections.abc import Sequence

from claims.speakers.figures import Figure, key_of, middles_agree
from claims.speakers.lexicon import is_place, is_seat, lexicon, word_set
from claims.speakers.names import BODY_GLUE

_FIRMS = word_set(
    "inc corp co company corporation pharmaceuticals international holdings motors technologies networks industries "
    "airlines energy electric systems partners capital pharma bancorp brands foods laboratories media"
)
# Of one last or first word. Nobody means the forty-first Lee by "Lee", and every look-up goes through them all.
_MOST_BEARERS = 40


class Register:
    """The figures of an article by their names; a look-up takes the same time however many there are."""

    def __init__(self) -> None:
        self.figures: list[Figure] = []
        self._by_key: dict[tuple[str, ...], Figure] = {}
        self._by_ends: dict[tuple[str, ...], Figure] = {}  # persons of three names by the first and the last
        self._namesakes: dict[tuple[str, ...], list[Figure]] = defaultdict(list)  # but for their middle initials
        self._by_last: dict[str, list[Figure]] = defaultdict(list)
        self._by_first: dict[str, list[Figure]] = defaultdict(list)
        self._by_initials: dict[str, Figure] = {}

    def known(self, name: str) -> Figure | None:
        """The figure of exactly this full name (case, and middle names and initials that one has not, left aside)."""
        key = key_of(name)
        found = self._of_key(key)
        if not found and _is_person_like(key):
            if len(key) == 2 and key in self._by_ends:
                found = [self._by_ends[key]]
            elif len(key) == 3:
                found = self._of_key((key[0], key[2]))
        return next((figure for figure in found if middles_agree(name, figure.name)), None)

    def _of_key(self, key: tuple[str, ...]) -> list[Figure]:
        return [self._by_key[key], *self._namesakes.get(key, ())] if key in self._by_key else []

    def bearers(self, name: str) -> list[Figure]:
        """The figures that `name` can be short for, the first named first; its last word decides, or else its first."""
        key = key_of(name)
        if not key:
            return []
        exact = self.known(name)
        if exact is not None and len(key) > 1:
            return [exact]
        fuller = [figure for figure in self._by_last.get(key[-1], ()) if _is_short_for(key, figure)]
        if fuller:
            return sorted(fuller, key=lambda f: f.first_seen)
        if exact is not None:
            firms = [figure for figure in self._by_first.get(key[0], ()) if _is_firm(figure)] if len(key) == 1 else []
            return firms if len(firms) == 1 and exact.person < 0.4 and not is_place(exact.name) else [exact]
        if len(key) == 1:
            if key[0].upper() in self._by_initials and name.isupper():
                return [self._by_initials[key[0].upper()]]
            return sorted((f for f in self._by_first.get(key[0], ()) if f.is_person), key=lambda f: f.first_seen)
        return []

    def add(self, name: str, offset: int) -> Figure:
        """A new figure of this name, or the known one."""
        figure = self.known(name)
        if figure is not None:
            figure.first_seen = min(figure.first_seen, offset)
            return figure
        figure = Figure(name, offset)
        key = figure.key
        self.figures.append(figure)
        if key in self._by_key:
            _append(self._namesakes[key], figure)
        self._by_key.setdefault(key, figure)
        _append(self._by_last[key[-1]], figure)
        if len(key) == 3 and _is_person_like(key):
            self._by_ends.setdefault((key[0], key[2]), figure)
        if len(key) > 1:
            _append(self._by_first[key[0]], figure)
            letters = initials(key)
            if len(letters) > 2:
                self._by_initials.setdefault(letters, figure)
            if key[-1] in ("jr", "jr.", "sr", "sr.", "iii"):
                _append(self._by_last[key[-2]], figure)
        return figure

    def shares_last_word(self, figure: Figure) -> bool:
        """Whether another figure's name ends in the same word."""
        return len(self._by_last[figure.key[-1]]) > 1


def initials(words: Sequence[str]) -> str:
    """The first letters of a name, in capitals, without those of its small words."""
    return "".join(word[0] for word in words if word.lower() not in BODY_GLUE).upper()


def _append(bearers: list[Figure], figure: Figure) -> None:
    if len(bearers) < _MOST_BEARERS:
        bearers.append(figure)


def _is_short_for(key: tuple[str, ...], figure: Figure) -> bool:
    """Whether a name that ends as the figure's does (a suffix left aside) can be short for it."""
    if len(figure.words) <= len(key):
        return False
    if len(key) == 1:
        return _ends_in_short_name(figure)
    rest = iter(figure.key)
    return all(word in rest for word in key)


def _ends_in_short_name(figure: Figure) -> bool:
    """Whether the last word alone can stand for the figure: a surname, the "Commission", but not the country in
    "Radio Belmark" or "Voice of America"."""
    if is_seat(figure.name):
        return False  # "the House" is not the White House
    return figure.person >= figure.body or figure.words[-1].lower() in lexicon().organizations


def _is_firm(figure: Figure) -> bool:
    """Whether a body is known by its first word ("Veltra" for "Veltra Pharmaceuticals")."""
    return len(figure.words) > 1 and figure.words[-1].lower().rstrip(".") in _FIRMS


def _is_person_like(words: tuple[str, ...]) -> bool:
    return not any(word in lexicon().organizations or word in BODY_GLUE for word in words)
