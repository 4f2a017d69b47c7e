"""Letters to the editor and guests' columns: who signed what stands above."""

import re

from claims.speakers.kinds import kind_of_name
from claims.speakers.lexicon import lexicon, word_set

_LONGEST_LETTER = 6000  # characters
# A name in a line of its own, and under it a place ("Bo Ray", "Sandvik, Ore.").
_SIGNATURE = re.compile(
    r"\n[-–—* ]*((?:[A-Z][\w’'-]{0,30}\.? ){1,3}[A-Z][\w’'-]{1,30})[.,;]?[ ]*\n\s*"
    r"[A-Z][\w.’' -]{1,40}, ?[A-Z][\w. ]{1,20}(?:\n|$)"
)


_BY = re.compile(r"^by:?\s+", re.IGNORECASE)
_SEVERAL = re.compile(r";|,(?! (?:Jr|Sr)\b)| and | & ")
_STAFF = word_set("desk staff editors newsroom team board writers reporters agencies")


def only_author(byline: str | None) -> str:
    """The one person whom a byline names; "" for several, for a desk or an agency, and for none."""
    name = _BY.sub("", (byline or "").strip())
    if not name or _SEVERAL.search(name) or name.split()[-1].lower() in _STAFF:
        return ""
    return name if kind_of_name(name, None) in ("person", "unknown") else ""


def signed_below(text: str, offset: int) -> str:
    """The name under the letter that `offset` stands in; "" where no signature follows."""
    signature = _SIGNATURE.search(text, offset, offset + _LONGEST_LETTER)
    return signature[1] if signature else ""


# The last paragraph of a guest's column ("Ann Lee is a teacher in Sandvik.").
_NOTE = re.compile(
    r"(?:By )?((?:[A-Z][\w’'-]+|[A-Z]\.)(?: [A-Z]\.| [A-Z][\w’'-]+){1,2})(?:, [^.\n]{2,80},)? "
    r"(?:is|was|are|teaches|writes|lives|works|serves|served|directs|chairs|leads) "
)
_LONGEST_NOTE = 400  # characters
_NEAR_END = 3  # paragraphs


def noted_below(text: str) -> str:
    """The author whom the last paragraphs introduce, and whom nothing above them names; "" where there is none."""
    paragraphs = [paragraph.strip() for paragraph in text.rstrip()[-3000:].split("\n") if paragraph.strip()]
    for paragraph in reversed(paragraphs[-_NEAR_END:]):
        note = _NOTE.match(paragraph)
        if note is None or len(paragraph) > _LONGEST_NOTE:
            continue
        first, *_, last = note[1].split()
        if first.lower() not in lexicon().function_words and text.count(last) <= 2:
            return note[1]
    return ""
