"""PDF documents into articles, by pypdf, which not everyone needs and therefore is an extra."""

import io
import re
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from claims.errors import InputRefused
from claims.language.characters import without_halves
from claims.reading.given import Given
from claims.reading.head import read_head
from claims.reading.leaves import text_of_pages
from claims.reading.limits import MAX_BYTES, MAX_CHARACTERS, MAX_PAGES
from claims.reading.sheltered import sheltered
from claims.terms import Article

_NO_TITLE = re.compile(r"untitled.*|microsoft word - .*|\S+\.(?:docx?|indd|qxp|pdf|rtf|odt)", re.IGNORECASE)
"""What programs write in the place of a title."""


def read_pdf(name: str, stream: io.BufferedReader, given: Given) -> Iterator[Article | InputRefused]:
    """The article in a PDF. Raises InputRefused, naming `name`, for one without text, too long, locked or broken.

    The day that the file was made on is not taken for the day that its text was published on.
    """
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputRefused(name, f"larger than {MAX_BYTES // 1_000_000} MB")
    if find_spec("pypdf") is None:
        raise InputRefused(name, "is a PDF; to read those: pip install 'claims-to-sqlite[pdf]'")
    # A document is a program for a printer, and may be one without end.
    found = sheltered(name, "claims.reading.documents:found_in", data)
    text = found["text"]
    if not text.strip():
        raise InputRefused(name, "has no text in it: its pages are pictures, and reading those is not supported")
    head = read_head(text)
    yield Article(
        name,
        text,
        title=head.title or found["title"],
        published=head.published,
        publisher=head.publisher,
        author=head.author or found["author"],
        url=head.url,
    )


def found_in(data: bytes) -> dict[str, Any]:
    """The text of each of a PDF's pages, the title and the author that it names. Raises InputRefused."""
    import pypdf

    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputRefused("", "is locked with a password")
        if len(reader.pages) > MAX_PAGES:
            raise InputRefused("", f"has {len(reader.pages):,} pages; an article has at most {MAX_PAGES}")
        pages = []
        characters = 0
        for page in reader.pages:
            pages.append(page.extract_text().replace("\0", ""))
            characters += len(pages[-1])
            if characters > MAX_CHARACTERS:
                raise InputRefused("", f"its text has more than {MAX_CHARACTERS:,} characters")
        about = reader.metadata
    except (InputRefused, MemoryError):
        raise
    except Exception as error:  # a broken PDF raises whatever its broken parts lead to
        raise InputRefused("", f"is a broken PDF ({type(error).__name__}: {str(error)[:100]})") from error
    title = _words(about.title) if about else None
    return {
        "text": without_halves(text_of_pages(pages)),
        "title": None if _NO_TITLE.fullmatch(title or "") else title,
        "author": _words(about.author) if about else None,
    }


def _words(value: object) -> str | None:
    return (without_halves(" ".join(str(value).replace("\0", " ").split()))[:1000] or None) if value else None
