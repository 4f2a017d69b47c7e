"""Who is meant where the text around tells: makers of documents, leaders of sentences, quoted writers, authors."""

import pytest

from claims.speakers.letters import noted_below
from claims.speakers.lexicon import countries
from tests.test_speakers import names, speakers


@pytest.mark.parametrize(
    ("before", "document", "name"),
    [
        ("The Lund campaign sent a fundraising email on Friday. Rain fell.", "The email", "Lund campaign"),
        ("Rain fell. Later the Harbour Museum issued a statement of concern.", "The statement", "Harbour Museum"),
        ("A statement issued by the Harbour Museum late Friday was long.", "The statement", "Harbour Museum"),
        ("He read a new book by historian Kari Lund.", "The book", "Kari Lund"),
        ("Kari Lund tells it in her memoir.", "The passage", "Kari Lund"),
        ("A letter lay there.", "The letter", "letter"),
        ("Bo Strand filmed it. Kari Lund wept in a video.", "The video", "video"),
    ],
)
def test_a_document_speaks_for_who_made_it(before: str, document: str, name: str) -> None:
    """As far as the article tells who that is; else the document is named as it is written."""
    assert names(f"{before} [{document}] {{said}} <all was well>.")[-1] == name


def test_a_statement_is_of_who_said_so_in_it() -> None:
    """And "it" afterwards goes on meaning the body that made it."""
    found = names(
        "<“We sail,”> [the Harbour Board] {said in a statement}.| [The statement] {said} <ships wait>.| "
        "[It] {added} <that ice melts>."
    )
    assert found == ["Harbour Board"] * 3


def test_a_sentence_that_opens_with_he_keeps_its_person() -> None:
    """Who is named as an object between two sentences with "he" is not the second "he"."""
    found = names("Bo Strand went to Oslo. He visited Odd Dahl in Oslo. [He] {said} <it was cold>.")
    assert found == ["Bo Strand"]


def test_a_sentence_may_be_led_by_a_description() -> None:
    """ "The mayor" at its head is the mayor, and so is "he" after it."""
    found = names(
        "Mayor Bo Strand met Governor Odd Dahl. Rain fell on them. The mayor smiled at Odd Dahl. [He] {said} <yes>."
    )
    assert found == ["Bo Strand"]


def test_a_pronoun_may_stand_before_its_name() -> None:
    """ "When he rose, Bo Strand spoke": the clause before the main clause has the main clause's subject."""
    found = names("Odd Dahl sang to them. As [he] {wished} <to go>, Bo Strand became ill.")
    assert found == ["Bo Strand"]


def test_who_writes_after_a_colon_is_not_she_inside() -> None:
    """A quotation that "Kari Lund writes:" introduces is about somebody else."""
    found = names('Tove Dahl is ill. Kari Lund writes:\n\n"Tove sings. [She] {said} <it was fine>, and so we went."')
    assert found == ["Tove Dahl"] or found == ["Tove"]


def test_a_name_like_no_persons_is_never_he() -> None:
    """A watch-dog of three words that nothing shows to be a person is passed over."""
    found = names("Bo Strand preached, [Left Tide Watch] {reported} <on Friday>.| [He] {said} <it was fine>.")
    assert found == ["Left Tide Watch", "Bo Strand"]


def test_a_body_goes_by_the_noun_in_its_acronym() -> None:
    """ "The federation" after the NBF, "the non-profit" after "the advocacy group …"."""
    assert names("The NBF met. [The federation] {said} <yes>.") == ["NBF"]
    assert names("The advocacy group Bright Harbour met. [The non-profit] {said} <yes>.") == ["Bright Harbour"]


def test_his_people_are_those_of_the_person_beside_them() -> None:
    """Not of somebody named before."""
    found = names("Odd Dahl met him. [Bo Strand and his aides] {said} <yes>.")
    assert found[0] == "Bo Strand + Bo Strand’s aides"


def test_they_may_be_several_bodies() -> None:
    """Named together at the head of the sentence."""
    found = names("The Rowers, the Divers and the Harbour Guild met, though [they] {said} <nothing>.")
    assert found == ["Rowers + Divers + Harbour Guild"]


def test_all_of_whom_are_all_of_a_list() -> None:
    """With the party behind each name."""
    found = names("He met Ann Quist (D-Ore.), Bo Strand (R-Utah) and Tove Dahl (D-Ohio), [all of whom] {opposed} <it>.")
    assert found == ["Ann Quist + Bo Strand + Tove Dahl"]


def test_who_stands_behind_a_party_in_brackets() -> None:
    """The person before the brackets is meant."""
    assert names("So spoke Sen. Bo Strand (D-Ore.), [who] {said} <yes>.") == ["Bo Strand"]


def test_a_trade_before_a_name_is_no_part_of_it() -> None:
    """Not even with a capital at the head of a sentence; a law keeps its words."""
    assert names("[Reporter Tuuli Aalto] {said} <yes>.") == ["Tuuli Aalto"]
    assert names("[Another holdout — the United Boat Builders —] {said} <no>.") == ["United Boat Builders"]


def test_i_is_the_author_whom_the_last_paragraph_introduces() -> None:
    """In a guest's column; nobody who was named above, and no quoted "I"."""
    column = "My boat leaks. [I] {believe} <it will sink>.\n\nIt did.\n\nTuuli Aalto is a boat builder in Sandvik."
    assert [(s.name, s.rule) for (s,) in speakers(column)] == [("Tuuli Aalto", "signature")]
    assert noted_below("Aalto sank. Tuuli Aalto swam.\n\nTuuli Aalto is a boat builder.") == ""
    assert noted_below("It sank.\n\nWe Sailors are sad.") == ""


def test_the_more_populous_country_has_an_adjective() -> None:
    """ "American" and "Indian" are words for islands, too."""
    adjectives = countries().adjectives
    assert (adjectives["american"], adjectives["indian"]) == ("United States", "India")
    assert adjectives["bosnian"] == "Bosnia and Herzegovina"
