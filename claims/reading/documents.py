"""PDF documents into articles, by pypdf, which not everyone needs and therefore is an extra."""

import io
import re
from collections.abc import Iterator
from importlib.util import find_spec
from statistics import quantiles
from typing import Any

from claims.errors import InputRefused
from claims.language.characters import without_halves
from claims.reading.given import Given
from claims.reading.head import read_head
from claims.reading.limits import MAX_BYTES, MAX_CHARACTERS, MAX_PAGES
from claims.reading.sheltered import sheltered
from claims.terms import Article

_SENTENCE_END = re.compile(r"[.!?…:][\"”’')\]]*$")
_WORD_CUT = re.compile(r"\w-$")


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
    text = without_halves("\n\n".join(filter(None, map(paragraphs_of, found["pages"]))))
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
    return {
        "pages": pages,
        "title": _words(about.title) if about else None,
        "author": _words(about.author) if about else None,
    }


def paragraphs_of(page: str) -> str:
    """A page's lines put together again: a line each paragraph, a blank line between two.

    A paragraph ends at a blank line, and where a line ends a sentence and stops short of the column's edge.
    """
    lines = [line.strip() for line in page.splitlines()]
    widths = [len(line) for line in lines if line]
    if len(widths) < 2:
        return "\n\n".join(line for line in lines if line)
    edge = quantiles(widths, n=10)[-2] * 0.8
    paragraphs: list[str] = [""]
    for line in lines:
        if not line:
            paragraphs.append("")
        elif _WORD_CUT.search(paragraphs[-1]) and line[0].islower():
            paragraphs[-1] = paragraphs[-1][:-1] + line
        else:
            paragraphs[-1] = f"{paragraphs[-1]} {line}".strip()
        if line and len(line) < edge and (_SENTENCE_END.search(line) or paragraphs[-1] == line):
            paragraphs.append("")
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _words(value: object) -> str | None:
    return (without_halves(" ".join(str(value).replace("\0", " ").split()))[:1000] or None) if value else None
