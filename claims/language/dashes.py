"""Speech set off by a dash at its paragraph's head, as newspapers outside the English-speaking world print it."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from claims.language.lexicons import lexicon_lines
from claims.language.paragraphs import stripped
from claims.terms import Span

_HEAD = re.compile(r"[—–―]\s*(?=[^\W_])")
_OTHER_MARK = re.compile(r"[“”„«»\"]|''|``")
_RESUMES = re.compile(r"\s[—–―]\s*")


def dashed_speech(text: str, paragraphs: Sequence[Span]) -> dict[int, list[Span]]:
    """The words spoken, without their dashes, in each paragraph that opens with one: by the paragraph's number.

    "— No, says she. — Never." is two stretches. A dash alone shows nothing, since lists open with one, too: there
    must be a "says she" in the paragraph, or in the paragraph of that kind beside it.
    """
    heads = {}
    for number, (start, end) in enumerate(paragraphs):
        head = _HEAD.match(text, start, end)
        if head and not _OTHER_MARK.search(text, start, end):
            heads[number] = Span(head.end(), end)
    found = {}
    for number, spoken in heads.items():
        inquit = _inquit().search(text, *spoken)
        if inquit:
            found[number] = _around(text, spoken, inquit)
    for number in [*heads, *reversed(heads)]:  # an answer beside speech is speech, and so on in both directions
        if number not in found and (number - 1 in found or number + 1 in found):
            found[number] = [heads[number]]
    return found


def _around(text: str, spoken: Span, inquit: re.Match[str]) -> list[Span]:
    """What stands before the "says she", and behind the dash after it."""
    stretches = [stripped(text, spoken.start, inquit.end("stop") if inquit["stop"] else inquit.start())]
    resumes = _RESUMES.search(text, inquit.end(), spoken.end)
    if resumes:
        stretches.append(stripped(text, resumes.end(), spoken.end))
    return [span for span in stretches if span.end > span.start]


@cache
def _inquit() -> re.Pattern[str]:
    """ "says Ann", "said the old man", "she asks" behind a comma, a dash or an end mark (`stop`, which is speech)."""
    lines = lexicon_lines(Path(__file__).with_name("speech_verbs.txt"))
    verbs = "|".join(word for line in lines for word in line.split())
    who = r"(?:he|she|they|I|we)\b|(?:the|a|an|his|her|my|our)\s\w|[A-Z]\w"
    return re.compile(
        rf"(?:,|(?P<stop>[?!…])|\s[—–―])\s+(?:(?:{verbs})\s(?:{who})|(?:he|she|they|I|we|[A-Z][\w’'-]+)\s(?:{verbs})\b)"
    )
