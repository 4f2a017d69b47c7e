"""Who wrote an article, as a reader would name them: without "By", job titles, agencies beside a name, addresses."""

import re
from collections.abc import Iterable

from claims.reading.pages.headlines import letters

_BY = re.compile(
    r"^(?:(?:(?:posted|written|published|reported|story|words|text|video|analysis|opinion)\s+)?by\b(?!-)"
    r"|authors?\s*:|author\s|view all posts by|posts by|(?:par|von|por)\s+(?=\S+\s+\S))\s*:?\s*",
    re.IGNORECASE,
)
_END = re.compile(
    r"\s*(?:[|•·@<>\[({/\d]|\bhttps?:|\bwww\.|\b[\w.-]+\.(?:com|org|net|co\.uk)\b"
    r"|\s(?:[-–—]+\s|(?:(?-i:on|at|in|for|last)|updated|published|posted|more from|follow|contact|photos?|images?)\b"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)).*$",
    re.IGNORECASE | re.DOTALL,
)
_BETWEEN = re.compile(r"\s*(?:[;,|&\n]|\band\b|\bund\b|\bet\b|\bwith\b)\s*", re.IGNORECASE)
_WORK = re.compile(
    r"\b(?:(?:senior|chief|deputy|staff|executive|managing|contributing|associate|assistant|special|political|education"
    r"|foreign|national|diplomatic|business|science|technology|world|health|home affairs|environment|europe|washington"
    r"|freelance|guest|general)\s+)*"
    r"(?:editors?(?!ial)|reporters?|correspondents?|writers?|columnists?|producers?|contributors?|journalists?|analysts?"
    r"|bureau chief|blogger|photographer|editor-in-chief|journaliste|envoyée?s? spéciaux|ph\.?d)\b.*$",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:news|press|times|agency|agencies|wires?|staff|desk|service|gmbh|inc|ltd|llc|media|magazine|newspaper|group"
    r"|foundation|university|online|team|editors?|editorial|redaktion|reuters|bloomberg|associated|afp|bureau|company"
    r"|corporation|network|writers|today|radio|television|tv)\b",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"^(?:admin|administrator|author|authors|editor|guest|user|super user|submitted|unknown|anonymous|none|null"
    r"|undefined|webmaster|root|account|contributor|by|staff writer|subscribe|follow|share|home)$",
    re.IGNORECASE,
)
_TITLES = re.compile(r"^(?:mr|mrs|ms|dr|prof|sir|rechtsanwalt)\.?\s+", re.IGNORECASE)
_PARTICLES = frozenset(
    ("al", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la", "le",
     "van", "von", "y", "zu")
)  # fmt: skip
_LONGEST = 300
_LONGEST_OUTLET = 60
_MOST_AUTHORS = 20


def is_byline(line: str) -> bool:
    """Whether a line begins as one that tells who wrote an article."""
    return bool(re.match(r"(?:posted |written |story |words )?by:? (?=\S)", line, re.IGNORECASE))


def authors(line: str, outlets: Iterable[str] = ()) -> list[str]:
    """The authors that `line` names ("By ANN LEE and Bo Carr, Senior Editors"): people, or, where there are none, the
    agency or the desk, unless it is one of the `outlets`."""
    line = _BY.sub("", line[:_LONGEST].strip())
    # Small words end a name, capital ones may be a part of it, unless all is in capitals.
    end = _END.search(line.lower() if line.isupper() else line)
    line = line[: end.start() if end else None].strip(" .,:;-–—")
    ours = {letters(_END.sub("", name[:_LONGEST_OUTLET])) for name in outlets}
    people, offices = [], []
    for part in _BETWEEN.split(line)[:_MOST_AUTHORS]:
        name = _WORK.sub("", part).strip(" .,:;-–—\"'“”") if len(part.split()) > 1 else part.strip(" .,:;")
        name = _BY.sub("", name)
        if len(name) < 2 or _NO_AUTHOR.match(name) or letters(name) in ours:
            continue
        if is_person(name):
            people.append(_cased(name))
        elif is_office(name):
            offices.append(name)
    if people:
        return list(dict.fromkeys(people))
    if offices and len(line) <= 60 and letters(line) not in ours:
        return [line]
    return []


def is_person(name: str) -> bool:
    """Whether words look like the name of a person: two to five, with capitals but for particles."""
    words = _TITLES.sub("", name).split()
    capitals = [word for word in words if word[0].isupper() or word[0] in "\"“'‘"]
    return (
        2 <= len(words) <= 5
        and len(capitals) >= 2
        and all(word in capitals or word.lower() in _PARTICLES for word in words)
        and not is_office(name)
    )


def is_office(name: str) -> bool:
    """Whether words look like an agency, a desk, a company rather than a person."""
    return bool(_OFFICE.search(name)) or (name.isupper() and len(name) <= 6 and " " not in name)


def _cased(name: str) -> str:
    """A name in capitals as it is written elsewhere: "ANN O'NEIL" is Ann O'Neil."""
    if not name.isupper():
        return name
    return re.sub(r"[^\W\d_]{2,}", lambda word: word[0].capitalize(), name)
