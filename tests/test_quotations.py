"""Quotation marks are paired whatever their kind, and as well as can be when one is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.language.quotations import find_quotations, quotation_at


def quoted(text: str) -> list[str]:
    return [text[q.span.start : q.span.end] for q in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said “we won” twice.", ["“we won”"]),
        ('She said "we won" twice.', ['"we won"']),
        ("She said ''we won'' twice.", ["''we won''"]),
        ('"One," he said. "Two."', ['"One,"', '"Two."']),
        ('He (the "boss") left.', ['"boss"']),
        ('"She called it “odd” at first," he said.', ['"She called it “odd” at first,"']),
        ("Nothing quoted, it's plain.", []),
    ],
)
def test_pairs_marks_of_every_kind(text: str, expected: list[str]) -> None:
    """Curly, straight and typewriter marks are paired, nested ones counted in."""
    assert quoted(text) == expected


def test_lost_opening_mark_starts_with_its_sentence() -> None:
    """A quotation whose opening mark is gone starts where its sentence does."""
    assert quoted("The dam held. The water is falling,” the mayor said.") == ["The water is falling,”"]


def test_lost_closing_mark_ends_with_its_paragraph() -> None:
    """A quotation whose closing mark is gone ends with its paragraph and is marked as not closed."""
    [quotation] = find_quotations("“The dam held.\nThe mayor left.")
    assert (quotation.span, quotation.opened, quotation.closed, quotation.continues) == ((0, 14), True, False, False)


def test_lost_closing_mark_before_another_quotation_ends_with_its_sentence() -> None:
    """An opening mark inside an open quotation of its kind shows that a closing one was lost before."""
    assert quoted("“It held. He smiled. “It will hold,” he said.") == ["“It held.", "“It will hold,”"]


def test_goes_on_over_paragraphs_that_open_with_a_mark() -> None:
    """The printers' convention: each paragraph of a long quotation opens with a mark, the last closes."""
    text = "“First part.\n\n“Second part,” she said."
    first, second = find_quotations(text)
    assert first.continues
    assert not second.continues
    assert quoted(text) == ["“First part.", "“Second part,”"]


def test_marks_of_inches_open_nothing() -> None:
    """A height in feet and inches is no quotation."""
    assert quoted("He is 6'2\" and 90 kg.") == []


@given(st.text(alphabet="ab. \n“”\"'`", max_size=80))
def test_quotations_are_in_order_and_never_overlap(text: str) -> None:
    """Whatever the marks, quotations lie in the text, in order, apart."""
    end = 0
    for quotation in find_quotations(text):
        assert end <= quotation.span.start < quotation.span.end <= len(text)
        assert quotation_at(find_quotations(text), quotation.span.start) == quotation
        end = quotation.span.end
