"""The headline of a page among what it calls itself, and the name of the outlet that it is cut from."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from claims.reading.dates import iso_date

_NO_LETTERS = re.compile(r"[\W_]+")
_SEPARATOR = re.compile(r"\s+(?:[-–—|•·«»:/~‹›]+|--)\s+|\s*\|\s*|\s+[-–—|]+(?=\S)")
_SECOND_LEVEL = {"ac", "co", "com", "edu", "gob", "gov", "net", "nom", "org", "ne", "or"}
_HOST_LIKE = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", re.IGNORECASE)
_ENDING = re.compile(r"(?<=\w)\.(?:com?|org|net|info|tv)(?:\.[a-z]{2})?$|(?<=\w)\.[a-z]{2}$", re.IGNORECASE)
_LEAST_SHARE = 0.4
_LONGEST_NAME = 60
_MOST_WORDS = 4


def letters(words: str) -> str:
    """The letters and digits of `words`, without accents and case: what stays the same in all spellings."""
    plain = unicodedata.normalize("NFKD", words)
    return _NO_LETTERS.sub("", "".join(c for c in plain if not unicodedata.combining(c))).casefold()


def parts_of(title: str) -> list[str]:
    """The parts of a title between bars and dashes."""
    return [part for part in (each.strip() for each in _SEPARATOR.split(title)) if part]


def label_of(host: str | None) -> str:
    """The letters of a site in its host's name: "telegraph" of www.telegraph.co.uk."""
    labels = (host or "").lower().split(":")[0].split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    return letters(labels[-1]) if labels else ""


def without_names(title: str, names: Iterable[str], exactly: bool = False) -> str:
    """A title without the names that stand before its first or after its last bar or dash; unless `exactly`, also
    without a date there, and without what begins with a name ("CNN Politics")."""
    known = {key for key in map(_key, names) if key}
    while True:
        breaks = list(_SEPARATOR.finditer(title))
        if not breaks:
            return title
        first, last = title[: breaks[0].start()].strip(), title[breaks[-1].end() :].strip()
        if last and (_key(last) in known or (not exactly and _is_one_of(last, known))):
            title = title[: breaks[-1].start()].strip()
        elif first and _key(first) in known:
            title = title[breaks[0].end() :].strip()
        else:
            return title


def headline(headings: Sequence[str], told: Sequence[str], names: Iterable[str]) -> str | None:
    """The title as the article prints it: the heading that what the page tells machines is like, else what it tells.

    `told` are the titles for machines, the surest first, `names` those of the outlet, its sections and authors.
    """
    names = list(names)
    known = {key for key in map(_key, names) if key}
    cut = [each for each in (without_names(title, names) for title in told) if each and _key(each) not in known]
    # A site's logo is often a heading, too.
    printed = [each for each in headings if letters(each) and _key(each) not in known]
    whole = {letters(title) for title in told}
    for heading in printed:
        if letters(heading) in whole:
            return without_names(heading, names, exactly=True)
        for title in cut:
            short, long = sorted((letters(heading), letters(title)), key=len)
            if short == long:
                return heading
            least = _LEAST_SHARE if short == letters(heading) else _LEAST_SHARE / 2
            if len(short) >= len(long) * least and (long.startswith(short) or long.endswith(short)):
                glued = short == letters(title) and long.removeprefix(short).removesuffix(short) in known
                return title if glued else heading
    parts = {letters(part) for title in told if len(parts_of(title)) > 1 for part in parts_of(title)}
    for heading in printed:
        if letters(heading) in parts:
            continue
        words = set(heading.casefold().split())
        if len(words) > 2 and any(len(words & set(title.casefold().split())) * 2 >= len(words) for title in cut):
            return heading
    return cut[0] if cut else printed[0] if len(printed) == 1 else None


def outlet(told: Sequence[str], seen: Sequence[str], titles: Iterable[str], host: str | None) -> str | None:
    """The outlet's name as readers know it: of those that the page tells (`told`, the surest first) the one most like
    its address; also one that it only shows (`seen`, `titles`), if that is the address in words. None if there is none.
    """
    label = label_of(host)
    parts = [part for title in titles for part in _ends(title)]
    ends = {letters(part) for part in parts}

    def likeness(name: str) -> int:
        key = letters(_ENDING.sub("", name))
        return 3 if label and label in (key, _initials(name)) else 2 if _alike(key, label) else 0

    def score(name: str) -> int:
        found = likeness(name) + 2 * (letters(name) in ends) + (name in told[:1])
        return found - bool(_HOST_LIKE.fullmatch(name))

    bare = {letters(_ENDING.sub("", name)) for name in told if _HOST_LIKE.fullmatch(name)}
    shown = [name for name in parts if likeness(name) and len(name.split()) <= _MOST_WORDS]
    shown += [name for name in parts if letters(name) in bare]
    shown += [name for name in seen if likeness(name) == 3 and len(name) <= _LONGEST_NAME]
    names = [*(_short(each, label) for each in told), *shown]
    if not names:
        return None
    best = max(names, key=score)  # the first of those that are best: the surest
    # "the Guardian" is a spelling for the middle of a sentence, "Washington Post" one of its own name for machines.
    alike = [name for name in names if _key(name) == _key(best) and not _HOST_LIKE.fullmatch(name)] or [best]
    return max(alike, key=lambda name: (name in parts and name[0].isupper(), name[0].isupper(), name == best))


def _short(name: str, label: str) -> str:
    """A name without its slogan ("Dam Post | All the news")."""
    first = (parts_of(name) or [name])[0]
    return first if _alike(letters(first), label) else name


def _alike(key: str, label: str) -> bool:
    return len(key) >= 3 and len(label) >= 3 and (key in label or label in key)


def _initials(name: str) -> str:
    words = [word for word in re.findall(r"\w+", name) if word.lower() not in ("the", "of", "and")]
    return letters("".join(word[0] for word in words)) if len(words) > 1 else ""


def _ends(title: str) -> list[str]:
    parts = parts_of(title)
    return [parts[-1], parts[0]] if len(parts) > 1 else []


def _key(name: str) -> str:
    key = letters(_ENDING.sub("", name.strip()))
    return key.removeprefix("the") or key


def _is_one_of(part: str, known: set[str]) -> bool:
    """Whether a part of a title begins with one of the names, or is a date."""
    if len(part) < 30 and iso_date(part):
        return True
    words = part.split()
    return len(words) <= 4 and any(_key(" ".join(words[:count])) in known for count in range(1, len(words)))
