"""The numbers and dates of a wording as values, whichever way they are written, and when two sets of them conflict."""

from typing import NamedTuple

from claims.matching.words import classes, lines

_WORDS = classes("numbers.txt")
_SMALL = {word: float(value) for value, word in enumerate(_WORDS["small"])}
_TENS = {word: 10.0 * value for value, word in enumerate(_WORDS["tens"], 2)}
_SCALE = {name: float(row[1]) for row in lines("numbers.txt") if row[0] == "scale" for name in row[2:]}
_MONTHS = [row[1:] for row in lines("numbers.txt") if row[0] == "month"]
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_WEEKDAYS = [row[1:] for row in lines("numbers.txt") if row[0] == "weekday"]
_WEEKDAY = {name: float(number) for number, names in enumerate(_WEEKDAYS) for name in names}
_PERCENT, _MONEY, _AMBIGUOUS, _ROUGH = (frozenset(_WORDS[kind]) for kind in ("percent", "money", "ambiguous", "rough"))
_ROUGH_SHARE = 0.02  # "more than $915 million" and "$916 million" agree; 12 and 13 never do


class Number(NamedTuple):
    """One quantity or date.

    `kind`: "#" a count, "%" a share, "$" money, "year", "day" (its value is month * 100 + day), "month" or "weekday".
    `shown`: as it is written. `rough`: "about" or the like stands before it.
    """

    kind: str
    value: float
    shown: str
    rough: bool = False


_NUMERAL = frozenset((*_SMALL, *_TENS, *_MONTH, *_WEEKDAY, *_SCALE, "dozen"))


def is_numeral(word: str) -> bool:
    """Whether a lower-case token may open or go on with a number or a date."""
    return word[0] in "$0123456789" or word in _NUMERAL


def _value(token: str) -> float | None:
    plain = token.lstrip("$").replace(",", "")
    return float(plain) if plain[:1].isdigit() else None


def read_numbers(words: list[str]) -> tuple[list[Number], dict[int, Number | None]]:
    """The numbers and dates in the tokens `words` (as written), and the places that they take.

    A number stands at the first of its places, None at the others.

    "one" counts only before a scale ("one million"), since it mostly means somebody or something.
    """
    found: list[Number] = []
    used: dict[int, Number | None] = {}
    lower = [word.lower() for word in words]
    place, end = 0, len(words)
    while place < end:
        word = lower[place]
        start = place
        if word[0] in "$0123456789":
            value = _value(word)
        elif word in _SMALL:
            value = _SMALL[word]
        elif word in _TENS:
            value = _TENS[word]
            if place + 1 < end and 1 <= _SMALL.get(lower[place + 1], 0) <= 9:
                place += 1
                value += _SMALL[lower[place]]
        elif word == "dozen":
            value = 12.0
        elif word in _WEEKDAY and words[place][0].isupper():
            place = _note(Number("weekday", _WEEKDAY[word], words[place]), place, place + 1, found, used)
            continue
        elif word in _MONTH and words[place][0].isupper():
            place = _read_month(words, lower, place, found, used)
            continue
        elif word in _SCALE and len(word) > 3 and place and lower[place - 1] in ("a", "an", "per"):
            value, place = 1.0, place - 1
            start = place
        else:
            place += 1
            continue
        if value is None:
            place += 1
            continue
        kind = "$" if word[0] == "$" else "#"
        spelled = word == "one"
        place += 1
        while place < end and lower[place] in _SCALE:
            value *= _SCALE[lower[place]]
            spelled = False
            place += 1
        if spelled:
            continue
        after = lower[place] if place < end else ""
        if after in ("st", "nd", "rd", "th"):
            if place + 1 < end and lower[place + 1] == "of":
                place += 1
            elif not (place + 1 < end and lower[place + 1] in _MONTH):
                place = _note(Number("#", value, "".join(words[start : place + 1])), start, place + 1, found, used)
                continue
            place += 1
            after = lower[place] if place < end else ""
        if after in _MONTH and value <= 31 and value == int(value) and kind == "#" and words[place][0].isupper():
            day = Number("day", _MONTH[after] * 100 + value, " ".join(words[start : place + 1]))
            place = _note(day, start, place + 1, found, used)
            continue
        if (after == "per" and place + 1 < end and lower[place + 1] == "cent") or (
            after in ("percentage", "-") and place + 1 < end and lower[place + 1] in ("points", "point")
        ):
            kind, place = "%", place + 2
        elif after in _PERCENT:
            kind, place = "%", place + 1
        elif after in _MONEY:
            kind, place = "$", place + 1
        if (
            kind == "#"
            and 1900 <= value <= 2099
            and value == int(value)
            and words[start].isdigit()
            and place == start + 1
        ):
            kind = "year"
        before = lower[start - 1] if start else ""
        shown = " ".join(words[start:place]).replace(" %", "%")
        _note(Number(kind, value, shown, before in _ROUGH), start, place, found, used)
    return found, used


def _note(number: Number, start: int, end: int, found: list[Number], used: dict[int, Number | None]) -> int:
    """Enter a number that takes the places `start` to `end`; return `end`."""
    found.append(number)
    used.update(dict.fromkeys(range(start, end)))
    used[start] = number
    return end


def _read_month(
    words: list[str], lower: list[str], place: int, found: list[Number], used: dict[int, Number | None]
) -> int:
    """Read "June 16", "June 16th" or "June" at `place`; return where to go on."""
    month = _MONTH[lower[place]]
    following = words[place + 1] if place + 1 < len(words) else ""
    if following.isdigit() and 1 <= int(following) <= 31:
        ordinal = place + 2 < len(words) and lower[place + 2] in ("st", "nd", "rd", "th")
        day = Number("day", month * 100.0 + int(following), f"{words[place]} {following}")
        return _note(day, place, place + (3 if ordinal else 2), found, used)
    if lower[place] not in _AMBIGUOUS or following.isdigit():
        return _note(Number("month", float(month), words[place]), place, place + 1, found, used)
    return place + 1


def _agree(one: Number, other: Number) -> bool:
    if one.value == other.value and one.kind == other.kind:
        return True
    kinds = {one.kind, other.kind}
    if kinds == {"day", "month"}:
        day, month = (one, other) if one.kind == "day" else (other, one)
        return day.value // 100 == month.value
    if kinds & {"day", "month", "weekday"}:
        return False
    if one.value == other.value:  # "15 points" and "15 percent", "$3" and "3 dollars" that lost their sign
        return True
    if (one.rough or other.rough) and one.value >= 20 and one.kind == other.kind and one.kind != "year":
        return abs(one.value - other.value) <= _ROUGH_SHARE * max(one.value, other.value)
    return False


def unmatched(some: tuple[Number, ...], others: tuple[Number, ...]) -> list[Number]:
    """Those of `some` that agree with none of `others`."""
    return [one for one in some if not any(_agree(one, other) for other in others)]


_CALENDAR = {"day": "date", "month": "date", "weekday": "weekday", "year": "year"}


def number_conflict(some: tuple[Number, ...], others: tuple[Number, ...]) -> str | None:
    """Why the numbers or dates of two wordings cannot be one claim's, or None.

    A number that only one wording has is no conflict (it may be a shorter wording); each having one of the same kind
    that the other lacks is.
    """
    if not some or not others:
        return None
    left, right = unmatched(some, others), unmatched(others, some)
    if not left and not right:
        return None
    if bool(left) != bool(right) and len(some) == len(others):
        return _repeated(some, others)
    for one in left:
        group = _CALENDAR.get(one.kind, one.kind)
        for other in right:
            if _CALENDAR.get(other.kind, other.kind) == group:
                name = "dates" if one.kind in _CALENDAR else "numbers"
                return f"different {name}: {one.shown} / {other.shown}"
    return None


def _repeated(some: tuple[Number, ...], others: tuple[Number, ...]) -> str | None:
    """The conflict of as many numbers, of which one side says one twice: "9 dead, 8 hurt" / "9 dead, 9 hurt"."""
    for one, other in zip(some, others, strict=True):
        if one.kind == other.kind and not _agree(one, other):
            return f"different numbers: {one.shown} / {other.shown}"
    return None
