"""Hedges: whose they are, where they stand, and which words are none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.attribution.hedges import hedges
from claims.language.quotations import find_quotations
from tests.marked import drawn, marked


def hedged(sentence: str) -> list[tuple[str, str]]:
    """The hedges of the marked relation with whose they are."""
    text, relation = marked(sentence)
    found = hedges(text, relation, find_quotations(text))
    assert all(" ".join(text[hedge.span.start : hedge.span.end].split()) == hedge.text for hedge in found)
    return [(hedge.text, hedge.by) for hedge in found]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("{S The captain} {Q reportedly said} {C that the hull was sound}.", ["reportedly"]),
        ("{S The captain} {Q has allegedly told} {C them that the hull was sound}.", ["allegedly"]),
        ("{S The captain}, apparently, {Q believes} {C the hull is sound}.", ["apparently"]),
        ("{S The captain} {Q said}, supposedly, {C that the hull was sound}.", ["supposedly"]),
        ("Reportedly, {S the captain} {Q denied} {C the theft}.", ["Reportedly"]),
        ("{C The captain} {Q is said} {C to have denied the theft}.", ["is said"]),
        ("{C The captain} {Q is widely believed to} {C have denied the theft}.", ["is widely believed"]),
        ("{C The captain} {Q appears} {C to have denied the theft}.", ["appears"]),
        ("{C The captain} {Q seemed} {C to doubt it}.", ["seemed"]),
        ("{Q It is understood} {C that the captain left}.", ["It is understood"]),
        ("{S Unconfirmed reports} {Q said} {C the captain left}.", ["Unconfirmed"]),
        ("{S The captain} {Q is likely to deny} {C the theft}.", ["likely"]),
        ("{S The captain} {Q may deny} {C the theft}.", ["may"]),
    ],
)
def test_hedges_of_the_outlet(sentence: str, words: list[str]) -> None:
    """In the cue, in the source and directly beside them."""
    assert hedged(sentence) == [(word, "outlet") for word in words]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("{S She} {Q said} {C that the dam may break}.", ["may"]),
        ("{S She} {Q said} {C the dam might not hold}.", ["might"]),
        ("{S She} {Q warned} {C the dam could break within hours}.", ["could"]),
        ("{S She} {Q said} {C the dam will probably hold}.", ["probably"]),
        ("{S She} {Q said} {C the dam was likely to hold}.", ["likely"]),
        ("{S She} {Q said} {C the dam was unlikely to hold}.", ["unlikely"]),
        ("{S She} {Q said} {C the dam would likely hold}.", ["likely"]),
        ("{S Police} {Q said} {C the man allegedly opened the sluice}.", ["allegedly"]),
        ("{S Police} {Q praised} {C the alleged “rescue”}.", ["alleged"]),
        ("{S She} {Q mocked} {C the so-called dam}.", ["so-called"]),
        ("{S She} {Q said} {C the dam is believed to have cracks}.", ["is believed to"]),
        ("{S She} {Q said} {C the dam appears to hold}.", ["appears to"]),
        ("{S She} {Q said} {C the leak, if confirmed, may be small}.", ["if confirmed", "may"]),
        ("{C “Perhaps the dam was old,”} {S she} {Q said}.", ["Perhaps"]),
        ("{C The dam may break}, {S she} {Q said}, {C and the bridge could fall}.", ["may", "could"]),
    ],
)
def test_hedges_of_the_speaker(sentence: str, words: list[str]) -> None:
    """In the content, outside quotation marks, or at a quotation's head."""
    assert hedged(sentence) == [(word, "speaker") for word in words]


@pytest.mark.parametrize(
    "sentence",
    [
        "{S She} {Q said} {C the dam was built in May 1990}.",
        "{S May} {Q said} {C the dam was sound}.",
        "{S She} {Q feared} {C the might of the river}.",
        "{S She} {Q praised} {C their military might}.",
        "{S She} {Q said} {C that floods like these are rare}.",
        "{S She} {Q said} {C likely voters were asked}.",
        "{S She} {Q said} {C women were more likely to vote}.",
        "{S She} {Q said} {C she could not find the key}.",
        "{S She} {Q said} {C he did all he could}.",
        "{S She} {Q said} {C he left so that she could sleep}.",
        "{S She} {Q thanked} {C those who might help}.",
        "{C “The river is high and the dam, which is old, may break,”} {S she} {Q said}.",
        "{S She} {Q said}, {C “May you all be safe”}.",
        "{S She} {Q alleged} {C that the dam was sold}.",
        "{S She} {Q told reporters} {C that it was suspected by engineers}.",
        "{C The dam} {Q is believed by} {S engineers} {C to be sound}.",
        "{S She} {Q appeared on television to say} {C that the dam held}.",
        "The dam may break. {S She} {Q said} {C the bridge held}. It could fall.",
        "{S The man who reportedly fled} {Q said} {C the dam held}.",
    ],
)
def test_words_that_hedge_nothing(sentence: str) -> None:
    """Months, nouns, abilities, comparisons, other clauses, words deep in a quotation."""
    assert hedged(sentence) == []


def test_what_nobody_is_said_to_have_said_is_hedged_by_the_outlet() -> None:
    """A sentence in the outlet's own voice."""
    assert hedged("{C The dam reportedly broke.}") == [("reportedly", "outlet")]


_pieces = st.sampled_from(
    [
        "Lee", " said", " reportedly", ", apparently,", " may", " might", " could", " is said", " to", " likely",
        " “Perhaps", "”", ".", "\n", " that", " appears", " seems\u00a0to", " unlikely", " so-called",
        " it is\nunderstood", "\ud800", " who",
    ]
)  # fmt: skip


@given(st.lists(_pieces, min_size=3, max_size=20), st.data())
@settings(max_examples=300)
def test_spans_always_hold_their_words(pieces: list[str], data: st.DataObject) -> None:
    """Whatever the text: each span holds its words, once, in reading order; the speaker's lie in the content."""
    text = "".join(pieces)
    relation = drawn(data, text)
    found = hedges(text, relation, find_quotations(text))
    assert [hedge.span for hedge in found] == sorted({hedge.span for hedge in found})
    for hedge in found:
        assert " ".join(text[hedge.span.start : hedge.span.end].split()) == hedge.text
        inside = any(span.start <= hedge.span.start and hedge.span.end <= span.end for span in relation.content)
        assert inside or hedge.by == "outlet"
