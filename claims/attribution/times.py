"""Words for the day of saying ("on Monday", "last week", "June 18"), and the date where one follows from them."""

import re
from datetime import date, timedelta

from claims.terms import Span

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|(?<!Fox\sNews\s)Sun)day\b|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.)"
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_YEAR = r"(?:19|20)\d\d\b"
_PART = r"(?:morning|afternoon|evening|night)\b"
_LATE = r"(?:(?i:earlier|later|late|early|mid-?)\s+)?"
_DATE = rf"(?:{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH})(?:,?\s+{_YEAR})?"
_UNIT = r"(?:minute|hour|day|week|month|year|decade)s?"
_COUNT = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|several|a\s+few|a\s+couple\s+of|some|just)"

_TIME = re.compile(
    r"(?:"
    rf"(?:(?i:on)\s+)?{_LATE}(?:on\s+)?(?:(?i:last|this|this\s+past)\s+)?{DAY}(?:\s+{_PART})?"
    rf"(?:,?\s+{_DATE}|\s+(?:last|this)\s+week)?"
    rf"|(?:(?i:on)\s+)?{_LATE}{_DATE}"
    rf"|{_LATE}(?:(?i:yesterday|tonight)|today|(?<!\w\s)Today)\b(?:\s+{_PART})?"
    rf"|(?:(?i:on|in|over)\s+)?{_LATE}(?i:this|last|that\s+same|that|the\s+same|the\s+previous)\s+"
    rf"(?:(?:week|weekend|month|year|day|night|spring|summer|fall|autumn|winter)\b|{_PART}|{MONTH})"
    rf"|(?i:in)\s+{_LATE}(?:{MONTH}(?:,?\s+(?:of\s+)?{_YEAR})?|{_YEAR})"
    rf"|(?:(?i:just|only|about|nearly|more\s+than)\s+)?(?i:{_COUNT})\s+{_UNIT}\s+(?:ago|earlier|later)\b"
    rf"|(?i:{_COUNT})\s+{_UNIT}\s+(?:after|before)\s+(?:[\w’'-]+(?:\s+(?!that\b|to\b)[\w’'-]+){{0,5}})"
    # a day's name before a noun belongs to the noun: "Monday’s ruling", "Monday night’s debate", "the Sunday Times"
    rf")(?![’']s\b|[’'](?!\w)|[-–]\w|\w|\s+(?:Times|Telegraph|Post|Mail|Express|Mirror|Night)\b|\s+{_PART})"
)
_FIRST_WORD = re.compile(
    rf"(?:(?i:on|in|over|early|earlier|late|later|last|this|that|the\s+same|the\s+previous|yesterday|today|tonight|just"
    rf"|only|about|nearly|more\s+than|{_COUNT}\s+{_UNIT})|\d{{1,2}}(?:st|nd|rd|th)?\s|{DAY}|{MONTH})(?!\w)",
)
_ADJECTIVE_TIME = re.compile(
    rf"(?<![\w’'-])(?:{_LATE}(?:(?:last|this)\s+)?{DAY}(?:\s+{_PART})?|{_DATE}|(?:last|this)\s+(?:week|month|year|night)\b"
    rf"|yesterday\b|today(?=[’']s)|{_YEAR})"
)
_NOT_WHEN_SAID = re.compile(
    r"(?:\b(?:since|until|till|by|before|after|from|of|for|through|between|next|every|each|than|following|super|black"
    r"|good|the|one|to|and|or|ahead|election|that))\s+$",
    re.IGNORECASE,
)
_WEEKDAY_IN = re.compile(r"\b(?:(last)\s+)?(mon|tue|wed|thu|fri|sat|sun)(?:s|rs?|nes|ur)?(?:day\b|\.)", re.IGNORECASE)
_DATE_IN = re.compile(
    rf"(?:({MONTH})\s+(\d{{1,2}})(?!\d)|(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({MONTH}))(?:\w*,?\s+({_YEAR}))?"
)
_DAYS_AGO = re.compile(r"(?:\b(one|two|three|four|five|six|\d)\s+days?\s+ago)", re.IGNORECASE)
_SMALL = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def time_at(text: str, start: int, end: int) -> Span | None:
    """The words from `start` on, before `end`, that tell when something was said; "since Monday", "next Monday" and
    "Monday’s ruling" do not."""
    if not _FIRST_WORD.match(text, start, end) or _NOT_WHEN_SAID.search(text, max(0, start - 12), start):
        return None
    found = _TIME.match(text, start, end)
    return Span(*found.span()) if found else None


def time_inside(text: str, span: Span) -> Span | None:
    """The time that stands before a noun in `span`: "Thursday night" in "in Thursday night’s debate"."""
    found = _ADJECTIVE_TIME.search(text, *span)
    return Span(*found.span()) if found else None


def date_of(words: str, published: date) -> date | None:
    """The day that `words` name in a text of the day `published`, if one follows safely; never a later day."""
    words = " ".join(words.split())
    day = _named_date(words, published)
    if day is not None or _DATE_IN.search(words):
        return day
    lower = words.lower()
    weekday = _WEEKDAY_IN.search(words)
    if weekday and "week" not in lower and not lower.startswith("this "):  # "this Friday" may be yet to come
        number = _weekday(weekday[2])
        back = (published.weekday() - number) % 7
        if weekday[1]:  # "last Friday", written on a Saturday: yesterday, or the week before?
            return published - timedelta(days=back or 7) if back != 1 else None
        return published - timedelta(days=back)
    if "yesterday" in lower or "last night" in lower:
        return published - timedelta(days=1)
    if re.search(r"\btoday\b|\btonight\b|\bthis (?:morning|afternoon|evening)\b", lower):
        return published
    ago = _DAYS_AGO.search(words)
    if ago:
        return published - timedelta(days=_SMALL.get(ago[1].lower()) or int(ago[1]))
    return None


def _named_date(words: str, published: date) -> date | None:
    """The date in `words` that has a day and a month; without a year the last such day. A day of the week beside it
    must agree."""
    found = _DATE_IN.search(words)
    if found is None:
        return None
    month = _MONTHS.index((found[1] or found[4])[:3].lower()) + 1
    day = int(found[2] or found[3])
    years = [int(found[5])] if found[5] else [published.year, published.year - 1]
    weekday = _WEEKDAY_IN.search(words[: found.start()])
    for year in years:
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if candidate <= published:
            agrees = weekday is None or candidate.weekday() == _weekday(weekday[2])
            return candidate if agrees else None
    return None


def _weekday(word: str) -> int:
    return next(number for number, name in enumerate(_DAYS) if name.startswith(word.lower()))
