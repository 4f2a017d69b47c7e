"""Contents are written down as a person would, and their form is told from the marks."""

import pytest

from claims.attribution.wording import form_of, readable
from claims.language.quotations import find_quotations
from claims.terms import Relation, Span


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
        ("‘It held, didn’t it?’ he said", ["‘It held, didn’t it?’"], "It held, didn’t it?"),
        ("‘It held’ and ‘it leaks’, he said", ["‘It held’ and ‘it leaks’"], "‘It held’ and ‘it leaks’"),
        ("„Es hält“, he said", ["„Es hält“"], "Es hält"),
        ("»It held,« he said", ["»It held,«"], "It held"),
        (
            "It lost *two* [metres](https://a.example/b), he said",
            ["It lost *two* [metres](https://a.example/b)"],
            "It lost two metres",
        ),
        ("It is 2 * 3 * 4, he said", ["It is 2 * 3 * 4"], "It is 2 * 3 * 4"),
    ],
)
def test_readable(text: str, pieces: list[str], expected: str) -> None:
    """White space collapsed, pieces joined, "that" and outer marks dropped."""
    assert readable(text, spans(text, *pieces)) == expected


@pytest.mark.parametrize(
    ("text", "cue", "piece", "form"),
    [
        ("“It held,” he said.", "said", "“It held,”", "direct"),
        ("He said it “just about” held.", "said", "it “just about” held", "mixed"),
        ("He said it held.", "said", "it held", "indirect"),
        ("“Roe told me it held,” he said.", "told", "it held", "indirect"),
        ("“Roe told me ‘it held’ and left,” he said.", "told", "‘it held’", "direct"),
    ],
)
def test_form(text: str, cue: str, piece: str, form: str) -> None:
    """All, some or none of the words inside quotation marks; those around the cue are another's."""
    relation = Relation((), tuple(spans(text, cue)), tuple(spans(text, piece)), 0.9, "tagger")
    assert form_of(text, relation, find_quotations(text)) == form
