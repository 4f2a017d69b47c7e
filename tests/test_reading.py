"""Inputs become articles or refusals by name."""

import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import InputRefused
from claims.reading import read_articles
from claims.reading.decoding import decode
from claims.reading.given import Given
from claims.reading.limits import MAX_CHARACTERS
from claims.terms import Article


def read_one(path: Path | str) -> Article | InputRefused:
    [found] = read_articles([str(path)])
    return found


def test_text_is_kept_as_it_is(tmp_path: Path) -> None:
    """Line ends, non-breaking spaces and trailing blanks stay; only the byte-order mark goes."""
    file = tmp_path / "a.txt"
    file.write_bytes(b"\xef\xbb\xbfOne\r\n\r\nTwo\xc2\xa0three \n")
    article = read_one(file)
    assert isinstance(article, Article)
    assert article.text == "One\r\n\r\nTwo\u00a0three \n"


def test_other_charsets_are_guessed_and_said(tmp_path: Path) -> None:
    """Text that is not UTF-8 is decoded and the guess is noted."""
    file = tmp_path / "a.txt"
    words = (
        "“Café prices rose,” the minister’s spokeswoman said. “We’re déjà vu.” The façade of the hôtel was repainted."
    )
    file.write_bytes(words.encode("cp1252"))
    article = read_one(file)
    assert isinstance(article, Article)
    assert "prices rose" in article.text
    assert "not UTF-8" in article.notes[0]


def test_utf16_with_its_mark_is_read() -> None:
    """A byte-order mark of UTF-16 is believed."""
    assert decode("x", "Grüße".encode("utf-16")) == ("Grüße", ())


def test_prose_of_the_greatest_length_is_read(tmp_path: Path) -> None:
    """The limit of words and marks keeps none out that the limit of characters lets in."""
    sentence = "“We are not going to rebuild the dam of 1904 before the summer,” Ann Lee (the mayor) told reporters.\n"
    (tmp_path / "long.txt").write_text(sentence * (MAX_CHARACTERS // len(sentence)))
    assert isinstance(read_one(tmp_path / "long.txt"), Article)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\n", "is empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "binary"),
        ("noise.txt", bytes(range(1, 256)) * 8, "binary"),
        ("long.txt", b"a" * (MAX_CHARACTERS + 1), "characters"),
        ("marks.txt", b"The (a) " * 100_000, "more than 300,000 words, numbers and marks"),
    ],
)
def test_what_is_no_article_is_refused_by_name(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    """Each refusal names its input and says what is wrong."""
    (tmp_path / name).write_bytes(data)
    refusal = read_one(tmp_path / name)
    assert isinstance(refusal, InputRefused)
    assert name in str(refusal)
    assert reason in str(refusal)


def test_absent_paths_and_empty_folders_are_refused(tmp_path: Path) -> None:
    """A missing file, a folder with nothing readable, a path with a NUL."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.png").write_bytes(b"x")
    reasons = [str(read_one(p)) for p in (tmp_path / "none.txt", tmp_path / "folder", "a\0b")]
    assert "no such file" in reasons[0]
    assert "no file that can be read" in reasons[1]
    assert "cannot be read" in reasons[2] or "no such file" in reasons[2]


def test_folders_are_read_in_order_and_bad_files_do_not_stop_the_rest(tmp_path: Path) -> None:
    """Subfolders too, sorted by name; hidden files are left alone."""
    for name in ("b.txt", "a.md", "sub/c.txt", ".hidden.txt", "d.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"The story of {name}.")
    (tmp_path / "aa.txt").write_bytes(b"")
    found = list(read_articles([str(tmp_path)]))
    names = [Path(a.path).name if isinstance(a, Article) else Path(a.name).name for a in found]
    assert names == ["a.md", "aa.txt", "b.txt", "c.txt"]
    assert [isinstance(a, Article) for a in found] == [True, False, True, True]


def test_standard_input_is_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    """The path "-" reads standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"The dam held.")))
    article = read_one("-")
    assert isinstance(article, Article)
    assert (article.path, article.text) == ("-", "The dam held.")


def test_html_page_gives_text_and_metadata(tmp_path: Path) -> None:
    """A saved page is read for its article: title, date, author; menus stay out."""
    paragraphs = "".join(
        f"<p>The dam held on day {n}, the mayor of Sarn told residents on Monday.</p>" for n in range(9)
    )
    file = tmp_path / "page.html"
    file.write_text(
        "<!doctype html><html lang='en'><head><title>Dam holds</title>"
        "<meta property='article:published_time' content='2024-07-15'><meta name='author' content='Ann Lee'></head>"
        f"<body><nav><a href='/'>Home</a></nav><article><h1>Dam holds</h1>{paragraphs}</article></body></html>"
    )
    article = read_one(file)
    assert isinstance(article, Article)
    assert "The dam held on day 3" in article.text
    assert (article.title, article.published, article.author) == ("Dam holds", "2024-07-15", "Ann Lee")


def test_unreachable_url_is_refused_by_name() -> None:
    """A server that does not answer is named."""
    [refusal] = read_articles(["http://127.0.0.1:9/nothing"], Given(fetch_private=True))
    assert isinstance(refusal, InputRefused)
    assert "http://127.0.0.1:9/nothing: cannot be fetched" in str(refusal)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """No bytes crash the decoder; what it returns can be stored as UTF-8."""
    try:
        text, _ = decode("x", data)
    except InputRefused:
        return
    text.encode("utf-8")


def test_a_stray_byte_spoils_nothing() -> None:
    """UTF-8 with one byte of another charset is read as UTF-8, and said so."""
    words = "“The town is flooded,” the mayor’s office said. “We’re leaving.” "
    text, notes = decode("x", words.encode() + b"It\x92s raining.")
    assert text == words + "It’s raining."
    assert "1 stray byte read as windows-1252" in notes[0]


def test_western_bytes_are_windows_1252() -> None:
    """Mostly plain letters with a few above: the charset of most old English pages."""
    text, notes = decode("x", ("The naïve façade, a café. " * 3 + "“Déjà vu.”").encode("cp1252"))
    assert text.endswith("“Déjà vu.”")
    assert notes == ("not UTF-8: read as windows-1252",)


def test_utf16_with_a_nul_is_binary() -> None:
    """A NUL would end the text early in SQL."""
    with pytest.raises(InputRefused, match="binary"):
        decode("x", "The dam\0held".encode("utf-16"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_closed_folders_are_named(tmp_path: Path) -> None:
    """A folder in a folder that cannot be looked into is refused, the rest read."""
    (tmp_path / "a.txt").write_text("The dam held.")
    (tmp_path / "closed").mkdir(mode=0)
    found = list(read_articles([str(tmp_path)]))
    assert [isinstance(a, Article) for a in found] == [True, False]
