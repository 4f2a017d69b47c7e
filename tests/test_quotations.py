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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il dit « Oui » et « Non ».", ["« Oui »", "« Non »"]),
        ("She said «we won» twice.", ["«we won»"]),
        ("She said »we won« twice.", ["»we won«"]),
        ("„We won“, she said. „Twice.“", ["„We won“", "„Twice.“"]),
        ("„We won”, she said.", ["„We won”"]),
        ("«She called it “odd” at first», he said.", ["«She called it “odd” at first»"]),
    ],
)
def test_pairs_the_marks_of_other_countries(text: str, expected: list[str]) -> None:
    """Guillemets pointing either way, with and without spaces inside, and low opening marks."""
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘It’s ours,’ says he. ‘We won.’", ["‘It’s ours,’", "‘We won.’"]),
        ("'It's ours,' says he. 'We won.'", ["'It's ours,'", "'We won.'"]),
        (
            "‘The drivers’ union won,’ he says. ‘They said “no” to me.’",
            ["‘The drivers’ union won,’", "‘They said “no” to me.’"],
        ),
        ("‘We’re goin’ home,’ he says, ‘in three acts’.", ["‘We’re goin’ home,’", "‘in three acts’"]),
        ("In the ’90s the drivers’ pay fell. ‘Yes,’ he says. ‘It did.’", ["‘Yes,’", "‘It did.’"]),
        ("‘First part.\n\n‘Second part,’ she says. ‘Yes.’", ["‘First part.", "‘Second part,’", "‘Yes.’"]),
    ],
)
def test_single_marks_that_lead_are_paired(text: str, expected: list[str]) -> None:
    """British print: apostrophes, plurals and marks inside are told from the marks that close."""
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The drivers' pay and the owners' pay fell, it's said.",
        "'THREE FRIENDS' WIN, SAY 'RIVALS'",
        "It was the '90s, and rock 'n' roll, and the girls' night.",
    ],
)
def test_apostrophes_open_no_quotation(text: str) -> None:
    """Where nobody speaks between single marks, they are not the ones that lead."""
    assert quoted(text) == []


def test_single_marks_are_left_alone_where_double_ones_lead() -> None:
    """A headline's single marks do not count in an article that quotes with double ones."""
    text = "Mayor: ‘It Held,’ ‘We Won.’\n\n“It held,” the mayor said. “We won,” he added."
    assert quoted(text) == ["“It held,”", "“We won,”"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("— It is a trade, says Ann Lee, and smiles. — You wait.", ["It is a trade", "You wait."]),
        ("— Who will ring? asks the old man.", ["Who will ring?"]),
        ("– We won – said he.\n– Twice?\n– Never again.", ["We won", "Twice?", "Never again."]),
        ("She left.\n\n― I stay, he says.", ["I stay"]),
    ],
)
def test_dash_at_a_paragraphs_head_opens_speech(text: str, expected: list[str]) -> None:
    """Without the words that attribute, without the dash."""
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "— Lower the tax, and raise the pay.\n— Build the bridge, the ferry and the road.",
        "— “We won,” says Ann Lee",
        "– Ready to quiz Lee –",
        "The dam – so says Ann Lee – held.",
    ],
)
def test_dashes_of_lists_and_asides_open_no_speech(text: str) -> None:
    """A list's items, a signature, an aside: nobody is said to speak, or marks tell already."""
    assert [q for q in quoted(text) if "“" not in q] == []


@given(st.text(alphabet="ab. \n,?!‘’'“”„«»—", max_size=80))
def test_other_marks_keep_quotations_apart(text: str) -> None:
    """Whatever the conventions mixed, quotations lie in the text, in order, apart."""
    end = 0
    for quotation in find_quotations(text):
        assert end <= quotation.span.start < quotation.span.end <= len(text)
        end = quotation.span.end


@given(st.text(alphabet="ab. \n“”\"'`", max_size=80))
def test_quotations_are_in_order_and_never_overlap(text: str) -> None:
    """Whatever the marks, quotations lie in the text, in order, apart."""
    end = 0
    for quotation in find_quotations(text):
        assert end <= quotation.span.start < quotation.span.end <= len(text)
        assert quotation_at(find_quotations(text), quotation.span.start) == quotation
        end = quotation.span.end
