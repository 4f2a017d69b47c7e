"""What is not the article's prose is known as such, and prose is not."""

import pytest

from claims.language.residue import residue_spans


def residue(text: str) -> list[str]:
    return [text[s:e] for s, e in residue_spans(text)]


@pytest.mark.parametrize(
    "line",
    [
        "Also Read: Ten recipes for winter",
        "READ MORE: The minister's secret",
        "Leave a Reply",
        "  • Related Posts",
        "Required fields are marked *",
        "-Jane Roe",
    ],
)
def test_page_furniture_is_residue(line: str) -> None:
    """Labels with what follows them, forms and signatures on a line of their own."""
    assert residue(f"The dam held.\n\n{line}\n\nThe mayor left.") == [line.strip()]


def test_signature_at_the_end_of_a_paragraph_is_residue() -> None:
    """A page's signature left behind a sentence is cut off it."""
    assert residue("The dam held, the mayor said.  -Jane Roe") == ["-Jane Roe"]


@pytest.mark.parametrize("dateline", ["PORT SAREN – ", "SARN, May 3 (ONA) -- ", "NEW SARN, Norland — "])
def test_datelines_are_residue(dateline: str) -> None:
    """Where a report came from is no part of what is said."""
    assert residue(f"{dateline}The dam held, the mayor said.") == [dateline]


@pytest.mark.parametrize(
    "prose",
    [
        "Share prices fell, the bank said.",
        "He was re-elected by the Anglo-Saxon Society",
        "“More,” she said: “Related posts were filled.”",
        "Read the letter, she told them.",
        "NATO - the alliance - met",
        "U.S. officials said so",
    ],
)
def test_prose_is_no_residue(prose: str) -> None:
    """Sentences that begin with a label's word stay."""
    assert residue(prose) == []
