"""The text of a page is its article, whole and once: what is lost in search of it, and what stands beside it."""


import pytest

from claims.reading.charsets import page_text
from tests.test_reading_pages import AFTER, BEFORE, LAST, lines, page

FORGIVES = "“The river forgives nothing, and it forgets nothing.”"


def between(body: str, head: str = "") -> list[str]:
    """The lines that a page's text has because `body` stands in it."""
    found = lines(page(body, head))
    for line in ("Dam holds", BEFORE, AFTER, LAST):
        found.remove(line)
    return found


SAID = "<p>The café’s owner said “no” – twice – and left Sarn.</p>"


@pytest.mark.parametrize(
    ("data", "server"),
    [
        (f"<meta charset=utf-8>{SAID}".encode("cp1252"), None),
        (f"<meta charset=utf-8>{SAID}".encode("cp1252"), "windows-1252"),
        (f"<meta charset=utf-8>{SAID}".encode("cp1252"), "utf-8"),
        (f"<meta charset=iso-8859-1>{SAID}".encode(), None),
        (f"<meta charset=iso-8859-1>{SAID}".encode(), "iso-8859-1"),
        (f"<meta charset=iso-8859-1>{SAID}".encode() + b"<p>\xe9", "iso-8859-1"),
        (f"<meta charset=koi8-r>{SAID}".encode() + b"<p>\xc3", None),
    ],
)
def test_labels_that_are_wrong_are_seen_through(data: bytes, server: str | None) -> None:
    """UTF-8 under another name, also with a stray or a cut character, and other bytes that are called UTF-8."""
    assert SAID in page_text(data, server)[0]
