"""What keeps two wordings apart however alike they are: numbers, negation, antonyms, names, modality, speakers."""

from rapidfuzz.distance import LCSseq

from claims.matching.numbers import number_conflict
from claims.matching.prepared import Prepared
from claims.matching.speaking import speakers_agree as speakers_agree
from claims.matching.speaking import speakers_differ
from claims.matching.words import canonical, lines


def _antonyms() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for row in lines("antonyms.txt"):
        one, other = canonical(row[0]), canonical(row[1])
        table.setdefault(one, set()).add(other)
        table.setdefault(other, set()).add(one)
    return {word: frozenset(others - {word}) for word, others in table.items()}


_ANTONYMS = _antonyms()
_STEM_OF_NAME = 5  # letters of a name from which another may be made of it
_CLOSE = 0.75  # share of the shorter wording's stems that must agree in order before turned names are turned roles


def conflict(a: Prepared, b: Prepared, shared: float) -> str | None:
    """Why `a` and `b` cannot be one claim, in words for people, or None.

    `shared` is the share (0..1) of the lighter wording's weight that the other one has too.
    """
    return (
        number_conflict(a.numbers, b.numbers)
        or _polarity(a, b)
        or _opposites(a, b, shared)
        or _modality(a, b, shared)
        or _names(a, b)
        or _speakers(a, b)
    )


def _polarity(a: Prepared, b: Prepared) -> str | None:
    """A stem that both have, in a like place, and only one negates.

    Where a stem close by is negated in both, the negation is the same and only reaches differently far. Where both
    negate something, only wordings that are otherwise alike word for word are taken to differ in it.
    """
    if not a.negated and not b.negated:
        return None
    agreed = a.negated & b.negated
    for one, other in ((a, b), (b, a)):
        if a.negated and b.negated and not _same_frame(a, b):
            break
        for stem in one.stems:
            if stem not in one.negated or stem in other.negated or stem not in other.weights:
                continue
            if _neighbours(stem, one.stems, 2).isdisjoint(agreed) and _like_place(stem, one.stems, other.stems):
                return f"opposite polarity: only one wording negates “{one.shown[stem]}”"
    return None


def _like_place(stem: str, some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether `stem` has a neighbour (two stems either way) in both; in wordings of one or two stems always."""
    if min(len(some), len(others)) <= 2:
        return True
    return not _neighbours(stem, some, 2).isdisjoint(_neighbours(stem, others, 2))


def _neighbours(stem: str, stems: tuple[str, ...], reach: int) -> set[str]:
    place = stems.index(stem)
    return set(stems[max(0, place - reach) : place]) | set(stems[place + 1 : place + reach + 1])


def _opposites(a: Prepared, b: Prepared, shared: float) -> str | None:
    if shared < 0.5:
        return None
    for stem in a.weights:
        for other in _ANTONYMS.get(stem, ()):
            apart = other in b.weights and stem not in b.weights and other not in a.weights
            if not apart or (stem in a.negated) != (other in b.negated):
                continue
            near_a, near_b = _neighbours(stem, a.stems, 2), _neighbours(other, b.stems, 2)
            if not near_a.isdisjoint(near_b) or min(len(a.stems), len(b.stems)) <= 2:
                return f"opposite words: {a.shown[stem]} / {b.shown[other]}"
    return None


def _modality(a: Prepared, b: Prepared, shared: float) -> str | None:
    if a.modality == b.modality:
        return None
    kinds = {a.modality, b.modality}
    if "question" in kinds:
        return "one asks what the other says"
    if "possible" in kinds and shared > 0.8:
        one, other = (a, b) if a.modality == "possible" else (b, a)
        if not one.unsure.isdisjoint(other.weights):
            return "one says it is, the other that it may be"
    return None


def _names(a: Prepared, b: Prepared) -> str | None:
    """Another name in the same place, or the same names with their roles swapped."""
    if not a.names or not b.names:
        return None
    runs_a, runs_b = _foreign_names(a, b), _foreign_names(b, a)
    for before, after, name in runs_a:
        for other_before, other_after, other in runs_b:
            if _derived(name, other):
                continue
            alike = (before == other_before) + (after == other_after)
            if (alike == 2 and before + after) or (alike == 1 and _same_frame(a, b)):
                return f"different names: {name} / {other}"
    return _swapped(a, b)


def _derived(name: str, other: str) -> bool:
    """Whether one name is made from the other ("Florida", "Floridians")."""
    short = min(len(name), len(other))
    return short >= _STEM_OF_NAME and name[: short - 1].lower() == other[: short - 1].lower()


def _same_frame(a: Prepared, b: Prepared) -> bool:
    """Whether the wordings are alike, in order, once every name is taken for the same."""
    frame_a = ["@" if stem in a.names else stem for stem in a.stems]
    frame_b = ["@" if stem in b.names else stem for stem in b.stems]
    return LCSseq.similarity(frame_a, frame_b) >= _CLOSE * min(len(frame_a), len(frame_b))


def _foreign_names(one: Prepared, other: Prepared) -> list[tuple[str, str, str]]:
    """Runs of names in `one` whose last one `other` lacks, each as the stem before, the stem after, the name.

    A run that touches a name which both have is only a longer form of it ("Hillary" before "Clinton").
    """
    found = []
    stems, place = one.stems, 0
    while place < len(stems):
        if stems[place] not in one.names:
            place += 1
            continue
        start = place
        place += 1
        while place < len(stems) and stems[place] in one.names and place in one.joined:
            place += 1
        run = stems[start:place]
        # The last of several names is the one that tells who it is: "Ann Lind" is not "Ann Holm".
        if run[-1] not in other.weights and other.speaker.isdisjoint(run):
            before = stems[start - 1] if start else ""
            after = stems[place] if place < len(stems) else ""
            found.append((before, after, " ".join(one.shown[stem] for stem in run)))
    return found


def _swapped(a: Prepared, b: Prepared) -> str | None:
    """Two names that both wordings have, apart from each other, in turned order, while the other words stay."""
    common = (a.names & b.names) - a.coordinated - b.coordinated
    if len(common) < 2 or a.passive != b.passive:
        return None
    first_a, first_b = _first_places(a.stems, common), _first_places(b.stems, common)
    moved = [
        (one, other)
        for one in common
        for other in common
        if first_a[one] + 1 < first_a[other]
        and first_b[other] + 1 < first_b[one]
        and not _one_name(one, other, a)
        and not _one_name(one, other, b)
    ]
    if not moved:
        return None
    if not _same_frame(a, b):
        return None
    one, other = min(moved)
    return f"roles swapped: {a.shown[one]} / {a.shown[other]}"


def _one_name(one: str, other: str, prepared: Prepared) -> bool:
    """Whether two names stand side by side somewhere, as parts of one ("Bill Clinton")."""
    return any(
        (stem == other and place in prepared.joined and prepared.stems[place - 1] == one)
        or (stem == one and place in prepared.joined and prepared.stems[place - 1] == other)
        for place, stem in enumerate(prepared.stems)
    )


def _first_places(stems: tuple[str, ...], wanted: frozenset[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, stem in enumerate(stems):
        if stem in wanted:
            places.setdefault(stem, place)
    return places


def _speakers(a: Prepared, b: Prepared) -> str | None:
    if a.inner and b.inner and a.inner.isdisjoint(b.inner):
        return "different speakers inside the wordings"
    if a.depends and b.depends and speakers_differ(a, b) and not _quotes(a, b):
        return "different speakers, and the wording depends on who speaks"
    return None


def _quotes(a: Prepared, b: Prepared) -> bool:
    """Whether one wording says that the other's speaker said it."""
    return not a.inner.isdisjoint(b.around) or not b.inner.isdisjoint(a.around)
