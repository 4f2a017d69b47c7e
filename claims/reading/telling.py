"""What a page says of itself: title, day of publication, author, publisher, address, language. Runs sheltered."""

import re
from datetime import date, timedelta
from typing import Any


def extracted(tree: Any, url: str | None, dates_in_text: bool = True) -> Any:
    """What trafilatura makes of a page: a document with its text and what the page says of itself, or None."""
    from trafilatura import bare_extraction

    return bare_extraction(
        tree,
        url=url,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params={
            "original_date": True,
            "extensive_search": dates_in_text,
            "max_date": (date.today() + timedelta(days=1)).isoformat(),
        },
    )


def published(found: str | None, tree: Any, url: str | None) -> str | None:
    """The day of publication; the first of a month only if the page says so outside its text, where a mere "May 2024"
    would pass for it."""
    if not found or not found.endswith("-01"):
        return found
    surer = getattr(extracted(tree, url, dates_in_text=False), "date", None)
    return found if surer == found else surer


def language(tree: Any) -> str | None:
    """The language that the page says it is in, "en"."""
    for said in tree.xpath("/html/@lang | //meta[@property='og:locale']/@content | //html/@*[name()='xml:lang']"):
        if match := re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", said):
            return match[1].lower()
    return None
