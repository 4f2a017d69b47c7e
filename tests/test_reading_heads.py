"""What the first lines of a plain text tell of it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.language.residue import residue_spans
from claims.reading import read_articles
from claims.reading.head import Head, read_head
from claims.terms import Article

BODY = "\n\nThe dam above Sarn held through the night, Mayor Ann Lee said on Monday.\n\nNobody had to leave.\n"
DAM = Head(title="Dam holds")


@pytest.mark.parametrize(
    ("lines", "head"),
    [
        ("Mon. Jul 15th, 2024\n\nDam holds", Head("Dam holds", "2024-07-15")),
        ("Dam holds\nPublished 3 March 2024 at 10:15", Head("Dam holds", "2024-03-03")),
        ("Dam holds\nAdvertisement\nPublished on 2 March 2023", Head("Dam holds", "2023-03-02")),
        ("Dam holds\nFirst published on Mon 15 Jul 2024 10.15 BST", Head("Dam holds", "2024-07-15")),
        ("Dam holds\n2024-07-15T10:15:00Z", Head("Dam holds", "2024-07-15")),
        ("Dam holds\n15/07/2024", Head("Dam holds", "2024-07-15")),
        (
            "# Dam holds\n\n*By Jane Doe and John Roe* | March 3, 2024 | 5 min read",
            Head("Dam holds", "2024-03-03", "Jane Doe and John Roe"),
        ),
        ("Dam holds\nBy REUTERS\nSept. 3, 2024", Head("Dam holds", "2024-09-03", "REUTERS")),
        (
            "Dam holds\nThe wall stood through a night of storms\nBy Jane Doe\nMarch 3, 2024 10:15 a.m. ET",
            Head("Dam holds", "2024-03-03", "Jane Doe"),
        ),
        ("July 15, 2024 / 10:15 AM / The Courier\nDam holds", Head("Dam holds", "2024-07-15")),
        (
            "Title: Dam holds\nAuthor: Jane Doe\nDate: 15 July 2024\nPublisher: Courier\nURL: https://sarn.example/1",
            Head("Dam holds", "2024-07-15", "Jane Doe", "Courier", "https://sarn.example/1"),
        ),
        ("https://sarn.example/1\nDam holds", Head("Dam holds", url="https://sarn.example/1")),
        ("By the River Sarn", Head("By the River Sarn")),
        ("Market rose in 2024\nJuly 4, 2024", Head("Market rose in 2024", "2024-07-04")),
    ],
)
def test_first_lines_tell_of_an_article(lines: str, head: Head) -> None:
    """Title, day, byline, publisher and address, in any order, in the forms that newspapers use."""
    assert read_head(lines + BODY) == head


@pytest.mark.parametrize(
    "line",
    [
        "Updated 5 March 2024",
        "Last modified on Mon 15 Jul 2024 10.15 BST",
        "07/08/2024",
        "7.8.24",
        "May 2024",
        "Yesterday",
    ],
)
def test_what_is_no_day_of_publication_gives_none(line: str) -> None:
    """The day of a change is another one, a day that may be two is none, and nothing is filled in."""
    assert read_head(f"Dam holds\n{line}{BODY}") == DAM
    if line[:1].isdigit():
        assert read_head(f"{line}\nDam holds{BODY}") == DAM


def test_the_day_of_publication_stands_beside_that_of_a_change() -> None:
    """In one line or two, in either order."""
    for lines in (
        "Published 3 March 2024 at 10:15, updated 5 March 2024",
        "Published: 10:15 GMT, 3 March 2024 | Updated: 11:00 GMT, 4 March 2024",
        "Updated 5 March 2024\nPublished 3 March 2024",
    ):
        assert read_head(f"Dam holds\n{lines}{BODY}") == Head("Dam holds", "2024-03-03")


def test_prose_is_no_title() -> None:
    """An article that starts with its first sentence has no title line; the place before it makes it none."""
    assert read_head("The dam held, the mayor said in 2023.\nHe left.\n") == Head()
    assert read_head("LONDON (Reuters) - The dam held, he said" + BODY) == Head()
    assert read_head("Timeline\nHow it went\nA first line\nMay 1, 2024" + BODY) == Head("Timeline")


def test_blank_lines_cost_nothing() -> None:
    """A line of a million blanks is passed over at once."""
    assert read_head("A title\n" + " " * 900_000 + "\nThe dam held.\n").title == "A title"


NOTES = (
    '---\ntitle: "Dam holds, mayor says"\nauthor:\n  - "[[Jane Doe]]"\n  - John Roe\npublished: 2024-07-15\n'
    "created: 2024-08-01\nupdated: 2024-08-02\nsource: https://sarn.example/1\npublisher: The Courier\n---\n# Other",
    "+++\r\ntitle = 'Dam holds, mayor says'\r\ndate = 2024-07-15T10:00:00Z\r\nauthors = ['Jane Doe', \"John Roe\"]\r\n"
    "publisher = 'The Courier'\r\nurl = 'https://sarn.example/1'\r\n+++\r\n",
)


@pytest.mark.parametrize("note", NOTES)
def test_keys_at_the_top_of_a_note_are_read_and_passed_over(tmp_path: Path, note: str) -> None:
    """What programs write about a note tells of it, and is none of its prose; the text stays as it is."""
    file = tmp_path / "note.md"
    file.write_text(note + BODY, "utf-8", newline="")
    [article] = read_articles([str(file)])
    assert isinstance(article, Article)
    assert article.text == note + BODY
    assert (article.title, article.published) == ("Dam holds, mayor says", "2024-07-15")
    assert (article.author, article.publisher) == ("Jane Doe, John Roe", "The Courier")
    assert article.url == "https://sarn.example/1"
    prose = article.text[: note.rindex(note[:3]) + 3]
    for span in reversed(residue_spans(article.text)):
        prose = prose[: span.start] + prose[span.end :]
    assert not prose.strip()


def test_lines_between_dashes_may_be_prose() -> None:
    """Without keys they are no note's head."""
    assert read_head("---\nThe dam held.\n---" + BODY) == Head()
    assert read_head("---\nlayout: post\n---\nDam holds" + BODY) == DAM


@given(
    st.lists(
        st.sampled_from(
            [
                "---",
                "title: x",
                "By Jane Doe",
                "15/07/2024",
                "Updated",
                "|",
                " - ",
                "\n",
                "# ",
                "2024",
                "May",
                "https://a",
            ]
        ),
        max_size=20,
    ).map("".join)
    | st.text(max_size=300)
)
def test_any_text_has_a_head_or_none(text: str) -> None:
    """Nothing crashes it, and what it gives stands on one line."""
    head = read_head(text)
    assert all(fact is None or fact == " ".join(fact.split()) for fact in (head.title, head.author, head.publisher))
