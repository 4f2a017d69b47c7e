"""The lead of an article, where it stands between headline and text and is taken for neither. Runs sheltered."""

from typing import Any

from claims.reading.pages.quoted import letters

_FEWEST_WORDS = 8
_TAGS = frozenset("p h2 h3 h4 div span summary".split())  # noqa: SIM905
_MOST_PARTS = 8


def with_lead(text: str, tree: Any) -> str:
    """The text with its lead before it: the words by which the page describes itself to machines, if they stand in the
    page, too, below the headline and above the text's first paragraph, and not in the text."""
    held = letters(text)
    said = {
        words
        for description in tree.xpath("//meta[@name='description' or @property='og:description']/@content")
        if len(description.split()) >= _FEWEST_WORDS
        and not description.rstrip().endswith(("…", "..."))
        and (words := letters(description)) not in held
    }
    if not said:
        return text
    headline = ""
    for element in tree.iter():
        if element.tag == "h1":
            headline = headline or letters(element.text_content())
        elif headline and element.tag in _TAGS and len(element) <= _MOST_PARTS and not any(map(len, element)):
            lead = " ".join(element.text_content().split())
            words = letters(lead)
            if words in said:
                first, _, rest = text.partition("\n")
                return "\n".join([first, lead, rest] if letters(first) == headline else [lead, text])
            if element.tag == "p" and words and words in held:
                break
    return text
