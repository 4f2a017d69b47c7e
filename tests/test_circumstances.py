"""When and where something was said: from the attribution's own clause, or not at all."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.attribution.circumstances import circumstances
from claims.attribution.times import date_of
from tests.marked import drawn, marked

PUBLISHED = "2024-06-19"  # a Wednesday


def told(sentence: str, published: str | None = PUBLISHED) -> tuple[str | None, str | None, str | None]:
    """The words for when, the date, and the words for where."""
    text, relation = marked(sentence)
    when, where = circumstances(text, relation, published)
    for found in (when, where):
        if found is None:
            continue
        assert " ".join(text[found.span.start : found.span.end].split()) == found.text
    return when.text if when else None, when.date if when else None, where.text if where else None


@pytest.mark.parametrize(
    ("sentence", "when", "day"),
    [
        ("{S The keeper} {Q said} on Monday {C that the lamp was lit}.", "on Monday", "2024-06-17"),
        ("{S The keeper} {Q said Tuesday} {C that the lamp was lit}.", "Tuesday", "2024-06-18"),
        ("{C “The lamp is lit,”} {S the keeper} {Q said} Wednesday.", "Wednesday", "2024-06-19"),
        ("{C “The lamp is lit,”} {Q said} {S the keeper} on Thursday night.", "on Thursday night", "2024-06-13"),
        ("{S The keeper} on Friday {Q denied} {C any blame}.", "on Friday", "2024-06-14"),
        ("On Saturday, {S the keeper} {Q denied} {C any blame}.", "On Saturday", "2024-06-15"),
        ("It rained. Last Friday {S the keeper} {Q denied} {C any blame}.", "Last Friday", "2024-06-14"),
        ("{S The keeper} {Q told} the harbour board yesterday {C that it rained}.", "yesterday", "2024-06-18"),
        ("{S The keeper} {Q told} the board earlier today {C that it rained}.", "earlier today", "2024-06-19"),
        ("{S The keeper} {Q said} late last night {C that it rained}.", "late last night", "2024-06-18"),
        ("{S The keeper} {Q said} on June 18 {C that it rained}.", "on June 18", "2024-06-18"),
        ("{S The keeper} {Q said} on 18 June 2024 {C that it rained}.", "on 18 June 2024", "2024-06-18"),
        ("{S The keeper} {Q said} on Sept. 3 {C that it rained}.", "on Sept. 3", "2023-09-03"),
        ("{S The keeper} {Q said} on the radio on Monday, June 17, {C that it rained}.",
         "on Monday, June 17", "2024-06-17"),
        ("{S The keeper} {Q said} on Monday, June 18, {C that it rained}.", "on Monday, June 18", None),
        ("{S The keeper} {Q said} on 31 June {C that it rained}.", "on 31 June", None),
        ("{S The keeper} {Q said} two days ago {C that it rained}.", "two days ago", "2024-06-17"),
        ("{S The keeper} {Q said} earlier this month {C that it rained}.", "earlier this month", None),
        ("{S The keeper} {Q said} last week {C that it rained}.", "last week", None),
        ("{S The keeper} {Q said} in March {C that it rained}.", "in March", None),
        ("{C “It rained,”} {S she} {Q said} two days after the flood.", "two days after the flood", None),
        ("{S The keeper} {Q will say} on Friday {C that it rained}.", "on Friday", None),
        ("{S The keeper} {Q called} {C the captain “a fool”} on Sunday.", "on Sunday", "2024-06-16"),
        ("{Q According to} {S a report released on Monday}, {C the lamp was dark}.", "on Monday", "2024-06-17"),
        ("{S The keeper} {Q said} in Monday’s debate {C that it rained}.", "Monday", "2024-06-17"),
        ("{S The keeper}, speaking on Monday, {Q said} {C it rained}.", "on Monday", "2024-06-17"),
        ("{S The keeper} {Q said} on\u00a0Monday {C that it rained}.", "on Monday", "2024-06-17"),
    ],
)  # fmt: skip
def test_when_it_was_said(sentence: str, when: str, day: str | None) -> None:
    """The words that tell when, and the day where it follows safely."""
    assert told(sentence)[:2] == (when, day)


@pytest.mark.parametrize(
    ("sentence", "where"),
    [
        ("{S The keeper} {Q told reporters in Port Saren on 3 March} {C that it rained}.", "in Port Saren"),
        ("{S The keeper} {Q said in a statement} on Tuesday {C that it rained}.", "in a statement"),
        ("{C “It rained,”} {S she} {Q said} in an interview with Radio Belmark.", "in an interview with Radio Belmark"),
        ("Speaking in Tarn last week, {S the keeper} {Q said} {C it rained}.", "in Tarn"),
        ("At a rally in Sarn on Thursday, {S the keeper} {Q said} {C it rained}.", "At a rally in Sarn"),
        ("{S The keeper} {Q said} at the United Nations {C that it rained}.", "at the United Nations"),
        ("{S The keeper} {Q wrote on Twitter} {C that it rained}.", "on Twitter"),
        ("{C “It rained,”} {S she} {Q wrote} on her Facebook page on Sunday.", "on her Facebook page"),
        ("{S The keeper} {Q said} on Telegram {C that it rained}.", "on Telegram"),
        ("{S The keeper} {Q said} on CNN’s “Night Boats” {C that it rained}.", "on CNN’s “Night Boats”"),
        ("{S The keeper} {Q told} a news conference in Tarn {C that it rained}.", "a news conference in Tarn"),
        ("{S The keeper} {Q told} supporters at a recent town hall {C that it rained}.", "at a recent town hall"),
        ("{S The keeper} {Q said} outside the courthouse {C that it rained}.", "outside the courthouse"),
        ("{S The keeper} {Q said} in court {C that it rained}.", "in court"),
        ("{S The keeper} {Q said} by phone {C that it rained}.", "by phone"),
        ("{S She} {Q said} in Monday’s debate {C that it rained}.", "in Monday’s debate"),
        ("{S The keeper} {Q called} {C it “a trick”} in a tweet Sunday.", "in a tweet"),
        ("{C “It rained,”} {Q said} {S the keeper} in Springfield, Ohio, on Monday.", "in Springfield, Ohio"),
        ("{S She} {Q said} in Tarn at a forum of fishermen {C that it rained}.", "in Tarn at a forum"),
        ("{S The keeper} {Q said} on the Senate floor {C that it rained}.", "on the Senate floor"),
        ("{S She} {Q said} during a Thursday night rally in Belmark {C that it rained}.",
         "during a Thursday night rally in Belmark"),
    ],
)  # fmt: skip
def test_where_it_was_said(sentence: str, where: str) -> None:
    """The place, the occasion or the medium, as the text has it."""
    assert told(sentence)[2] == where


@pytest.mark.parametrize(
    "sentence",
    [
        "{S The keeper} {Q said} {C that the lamp went out on Monday in Tarn}.",
        "{S The keeper}, who arrived in Tarn on Monday, {Q said} {C it rained}.",
        "{C “It rained,”} {S she} {Q said}. On Monday, in Tarn, the board met.",
        "{S The keeper} {Q has said} since Monday {C that it rained}.",
        "{S The keeper} {Q said} after Monday’s ruling {C that it rained}.",
        "{S The keeper} {Q told} the Sunday Times {C that it rained}.",
        "{S The keeper} {Q told} USA Today {C that it rained}.",
        "{S The keeper} {Q lashed out at} {C the board}.",
        "{S The keeper} {Q lashed out} at the hearing’s chair, {Q saying} {C that it rained}.",
        "{S The keeper} {Q said} in Spanish {C that it rained}.",
        "{S The keeper} {Q said} in response {C that it rained}.",
        "{S The keeper} {Q told} the debate audience {C that it rained}.",
        "{C “It rained,”} {S she} {Q said} of the storm on Monday.",
        "{C “It rained,”} {Q said} {S the keeper}, who sailed on Monday.",
        "After the storm in Tarn on Monday, {S the keeper} {Q said} {C it rained}.",
        "{C “It rained on the coast.”} On Monday she slept. {S She} {Q said so}.",
        "{S The keeper} {Q called} {C it “a trick.”} In a tweet on Sunday, the board agreed.",
        "{S The keeper}{Q :} {C It rained on Monday}.",
        "{C “It rained in Tarn.”}",
    ],
)
def test_what_is_told_of_other_things_is_left_alone(sentence: str) -> None:
    """What happened when, who was where in another clause, and what is no place."""
    when, _, where = told(sentence)
    assert (when, where) == (None, None)


def test_without_a_day_of_publication_the_words_stay() -> None:
    """No guess is made, nor anything broken, where the day is missing, is no date, or is the first of all."""
    assert told("{S She} {Q said} on Monday {C it rained}.", None)[:2] == ("on Monday", None)
    assert told("{S She} {Q said} on Monday {C it rained}.", "soon")[:2] == ("on Monday", None)
    assert told("{S She} {Q said} on Monday {C it rained}.", "0001-01-01")[0] == "on Monday"


def test_a_day_that_may_be_yet_to_come_has_no_date() -> None:
    """ "This Friday", written on a Wednesday, is either."""
    assert date_of("this Friday", date(2024, 6, 19)) is None
    assert date_of("on Friday", date(2024, 6, 19)) == date(2024, 6, 14)


def test_inner_and_outer_attributions_have_their_own() -> None:
    """Neither takes the other's day."""
    outer = "On Monday, {S Lim} {Q said} {C that Tarn’s envoy said on Sunday that it rained}."
    inner = "On Monday, Lim said that {S Tarn’s envoy} {Q said} on Sunday {C that it rained}."
    assert told(outer)[0] == "On Monday"
    assert told(inner)[0] == "on Sunday"


@given(published=st.dates(), words=st.text(st.sampled_from("JuneMaySunday 0123456789,.last"), max_size=20))
def test_a_date_is_never_after_publication(published: date, words: str) -> None:
    """Whatever the words."""
    for phrase in (words, "on Friday", "last Friday", "Monday, May 6", "29 February", "yesterday", "6 days ago"):
        try:
            found = date_of(phrase, published)
        except OverflowError:  # days before the year 1
            continue
        assert found is None or found <= published


_pieces = st.sampled_from(
    [
        "Ann Lee", " said", " on Monday", " in Tarn", ", in a statement", " at a rally in Sarn, Ohio,", " told",
        " “It rained”", " on CNN’s “Boats”", ". On Tuesday", "\n", " two days after", " the", " June 31", " in", " on",
        "’s", " last week",
        " Speaking to", " at the", " Thursday night", "\u00a0", "\ud800", " a news conference", " 2024", "U.S.", " İ",
    ]
)  # fmt: skip


@given(st.lists(_pieces, min_size=3, max_size=20), st.data())
@settings(max_examples=300)
def test_spans_always_hold_their_words(pieces: list[str], data: st.DataObject) -> None:
    """Whatever the text and wherever the relation's parts lie; what was found stands outside of the content."""
    text = "".join(pieces)
    relation = drawn(data, text)
    if not relation.content:
        return
    for found in circumstances(text, relation, PUBLISHED):
        if found is None:
            continue
        start, end = found.span
        assert 0 <= start < end <= len(text)
        assert " ".join(text[start:end].split()) == found.text
        assert found.text.strip()
        assert all(end <= span.start or start >= span.end for span in relation.content)
