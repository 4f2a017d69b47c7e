"""Contents are written down as a person would, and their form is told from the marks."""

import pytest

from claims.attribution.wording import form_of, readable
from claims.language.quotations import find_quotations
from claims.terms import Span


def spans(text: str, *pieces: str) -> list[Span]:
    return [Span(text.index(p), text.index(p) + len(p)) for p in pieces]


@pytest.mark.parametrize(
    ("text", "pieces", "expected"),
    [
        ("He said that  the dam\nheld.", ["that  the dam\nheld"], "the dam held"),
        ("“It held,” he said.", ["“It held,”"], "It held"),
        ("The dam, he said, held.", ["The dam", "held"], "The dam … held"),
        ("It held,” he said.", ["It held,”"], "It held"),
        ('"A" and "B", he said', ['"A" and "B"'], '"A" and "B"'),
        ("''It held,'' he said", ["''It held,''"], "It held"),
    ],
)
def test_readable(text: str, pieces: list[str], expected: str) -> None:
    """White space collapsed, pieces joined, "that" and outer marks dropped."""
    assert readable(text, spans(text, *pieces)) == expected


@pytest.mark.parametrize(
    ("text", "piece", "form"),
    [
        ("“It held,” he said.", "“It held,”", "direct"),
        ("He said it “just about” held.", "it “just about” held", "mixed"),
        ("He said it held.", "it held", "indirect"),
    ],
)
def test_form(text: str, piece: str, form: str) -> None:
    """All, some or none of the words inside quotation marks."""
    assert form_of(text, spans(text, piece), find_quotations(text)) == form
