"""Page furniture told by its structure: menus, bylines, dates, share buttons, banners, forms, credits, copyright."""

import re
from collections.abc import Iterator, Sequence

from claims.terms import Span

LONGEST_LINE = 200
"""No line longer than this, in characters, is furniture unless a pattern says so."""

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:\.|[a-z]{2,6})?"
_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?"
_CLOCK = r"\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s\(?[A-Z]{2,4}\)?)?"
_DATE = (
    rf"(?:{_DAY},?\s)?(?:{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH}(?:\s\d{{4}})?"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4})"
)
_NAME = r"[A-Z][\w.'’-]*(?:\s(?:(?:de|van|von|al|bin|of|the|for|at|in)\s)*[A-Z][\w.'’-]*){0,4}"
_BUTTON = r"Share|Tweet|Pin|Print|Email|Copy\slink|Save|Like|Post|Click\sto\s\w++"
_SITES = (
    r"(?:Facebook|Twitter|X|WhatsApp|Telegram|LinkedIn|Reddit|Pinterest|Instagram|YouTube|TikTok|Email|Google News)"
)

_LINES = (
    # "17:40", "3:05 p.m. ET", "14:02 UPDATE"; "Wed. Apr 17th, 2024, 10:30 am"
    rf"{_CLOCK}(?:\s(?:UPDATE|BREAKING|NEW))?",
    rf"(?:(?:Published|Posted|Updated|Last updated|First published|Date)(?:\son)?:?\s)?{_DATE}"
    rf"(?:,?\s(?:at\s|-\s|–\s|\|\s)?{_CLOCK})?",
    # "By Jane Roe and John Doe | May 3 | 3 min read"; "By JANE ROE, Staff Writer"
    rf"(?:[Bb]y|BY|Written by|Story by|Reported by)\s{_NAME}(?:(?:,|\s(?:and|&|in)|,\sand)\s{_NAME})*(?:\s?[|•·–—].*)?",
    r"\d+\s(?:min(?:ute)?s?\sread|comments?|shares?|views|likes|hours?\sago|minutes?\sago|days?\sago)",
    # "(Reporting by Jane Roe; Editing by John Doe)"
    r"[(\[]?(?:Additional\s)?(?:[Rr]eporting|Writing|Editing|Compiled|Translated)\sby\s[A-Z][^.]*[)\]]?\.?",
    # "Share on Facebook Share on X", "Follow Jane Roe on Twitter @jroe", "Click to print"
    rf"(?:(?:{_BUTTON})(?:\sthis(?:\s(?:article|story|post|page))?)?(?:\s(?:on|via|to|by)\s{_SITES})*"
    r"(?:\s?[|•·]\s?|\s)?)+(?:\(Opens in new window\))?",
    # "Like Jane Roe on Twitter, he …" is prose: who is like whom
    rf"(?:(?:Follow|Join|Find)\s(?:us|me|[A-Z@][\w .]{{0,40}})|Like\s(?:us|me))\s[Oo]n\s{_SITES}\b.*",
    rf"{_SITES}(?:\s{_SITES})+",
    # banners: cookies, newsletters, paywalls
    r"(?:We|This (?:web)?site|Our (?:web)?site|Our partners and we)\s(?:and our partners\s)?uses?\scookies\b.*",
    r"By (?:continuing|clicking|using (?:this|our)|signing up|subscribing)\b.*\byou\b.*\b(?:agree|accept|consent)\b.*",
    r"(?:Accept|Reject|Allow)\s(?:All|all cookies|cookies)(?:\s(?:Cookies|Accept|Reject|Manage|Settings|Decline)\b.*)?",
    r"(?:Sign up|Subscribe)\s(?:for|to|now|here|today|with|via|and)\b.*"
    r"\b(?:newsletters?|inbox|alerts|updates|channel|podcast|e-?mails?|briefing|journalism)\b.*",
    r"(?:(?:Get|Receive)\b|Have\b.*\b(?:sent|delivered)\b).*\b(?:to|in) your (?:inbox|e-?mail|phone)\b.*",
    r"(?:Enter|Type|Submit)\s(?:your|a valid)\s(?:e-?mail|name|comment)\b.*",
    r"(?:Already a (?:subscriber|member)\?|Support (?:our|independent) journalism|Become a (?:member|supporter)\b).*",
    # forms: "Name *"
    r"[A-Z][a-z]+(?:\s[a-z]+)?\s\*",
    r"(?:Your email address will not be published|Required fields are marked|Save my name, email)\b.*",
    # "© 2024 Any Herald. All rights reserved."
    r"(?:©|\(c\)\s\d|Copyright\s(?:©|\(c\)|\d{4})).*",
    r".{0,80}\bAll rights reserved\b.{0,120}",
    r"(?:This|The above) (?:article|story|material|report|post) (?:was|is|has been|may not be) (?:first |originally )?"
    r"(?:published|re-?published|rewritten|reproduced|syndicated|appeared)\b.*",
    r"(?:Skip|Jump) to\s(?:main\s)?(?:content|navigation|comments|search|footer)",
    r"(?:Previous|Next|Older|Newer)\s(?:post|article|story|entry)s?(?:\s?[:|»→].{0,150})?",
    r"(?:Story|Article|Content)\s(?:continues|resumes)\s(?:below|after)\b.*",
    r"(?:Advertisement|ADVERTISEMENT)(?:\s?[-–—:|].{0,60})?(?:\s[Ss]croll\b.{0,60})?",
    # a menu on a line: "Home | News | Sport"
    r"[^.!?|·»›]{1,32}(?:[|·»›][^.!?|·»›]{1,32}){2,}",
)
_LINE = re.compile("|".join(f"(?:{line})" for line in _LINES))

# "(Photo: Jane Roe/Herald)", "(AP Photo/Jane Roe)", "[Image courtesy of the museum]", "(Jane Roe/Getty Images)"
_CREDIT = re.compile(
    r"[(\[](?:(?:(?:File|Handout|AP|Stock)\s)?"
    r"(?:Photo|Photograph|Picture|Image|Video|Graphic|Illustration|Credit|Source)s?"
    r"(?::|/|\sby|\scredit|\scourtesy|\sfrom)[^()\[\]\n]{0,100}"
    r"|[^()\[\]\n]{0,60}(?:Getty(?:\sImages)?|REUTERS|Reuters/[A-Z]|AP\sPhoto|AFP/|/AFP|/AP|/Reuters|Shutterstock)"
    r"[^()\[\]\n]{0,60})[)\]]\.?"
)
# "17:40 – The mayor has arrived": a live blog's clock before the words.
_CLOCK_BEFORE = re.compile(rf"{_CLOCK}\s?[–—|:-]\s+(?=\S)")


def is_furniture(line: str) -> bool:
    """Whether a line without its margins is a page's and not an article's."""
    if any(mark in line for mark in '“”"') or len(line) > 2 * LONGEST_LINE:
        return False
    return _LINE.fullmatch(" ".join(line.split())) is not None


def furniture_inside(text: str, paragraph: Span) -> Iterator[Span]:
    """Credits of pictures in a paragraph, and the clock that it opens with."""
    clock = _CLOCK_BEFORE.match(text, *paragraph)
    if clock:
        yield Span(*clock.span())
    for credit in _CREDIT.finditer(text, *paragraph):
        yield Span(*credit.span())


_ITEM = re.compile(r"[A-Z][\w&'’-]*(?:\s[\w&'’-]+){0,2}")
_FEWEST_ITEMS = 5


def menus(text: str, paragraphs: Sequence[Span]) -> Iterator[Span]:
    """Runs of lines that are menus, one line an item: five or more of at most three words, none of them a sentence."""
    run: list[Span] = []
    for paragraph in [*paragraphs, None]:
        item = paragraph and paragraph.end - paragraph.start <= 30 and _ITEM.fullmatch(text, *paragraph)
        if paragraph and item and (not run or not text[run[-1].end : paragraph.start].count("\n") > 2):
            run.append(paragraph)
            continue
        if len(run) >= _FEWEST_ITEMS:
            yield from run
        run = [paragraph] if paragraph and item else []
