"""Who is meant where the text around tells: makers of documents, leaders of sentences, quoted writers, authors."""

import pytest

from claims.speakers.letters import noted_below
from claims.speakers.lexicon import countries
from claims.speakers.trimming import tidy
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


def test_initials_between_the_ends_of_a_name_tell_two_people_apart() -> None:
    """ "Odd K. Dahl" is not "Odd H.R. Dahl", and each is named as printed; without initials it may be either."""
    found = names(
        "Mayor Odd H.R. Dahl came. [Mayor Odd K. Dahl] {said} <no>.| [Odd H. R. Dahl] {said} <yes>.| "
        "[Odd Kristian Dahl] {said} <perhaps>."
    )
    assert found == ["Odd K. Dahl", "Odd H.R. Dahl", "Odd K. Dahl"]


def test_a_member_of_a_party_is_the_politician() -> None:
    """ "The Oregon Republican" is not the fisherman whom the sentence is about."""
    found = names(
        "Odd Dahl, a fisherman, sails. Dahl once met Rep. Bo Strand, the chairman of the fish committee, "
        "[the Oregon Republican] {said} <in a letter>."
    )
    assert found == ["Bo Strand"]


def test_what_somebody_is_said_to_be_is_no_part_of_the_name() -> None:
    """Where the words given for a source are a whole sentence, its subject is the source."""
    assert tidy("Harbour Counsel Kari Lund is the town’s top lawyer at court") == "Harbour Counsel Kari Lund"
    assert tidy("the sailor who was the first to ask") == "the sailor who was the first to ask"
    assert tidy("“Blue Is the New Black” star Kari Lund") == "Blue Is the New Black star Kari Lund"


def test_an_attorney_general_is_not_the_lawyer() -> None:
    """A title of two nouns is one office."""
    found = names("Attorney General Kari Lund rose. [The lawyer] {said} <no>.")
    assert found == ["lawyer"]


@pytest.mark.parametrize(
    ("before", "words", "name"),
    [
        ("", "N. Korea", "North Korea"),
        ("North Korea fired.", "The North", "North Korea"),
        ("South Korea fell silent.", "the North", "North Korea"),
        ("Rain fell in North Bay.", "The North", "North"),
        ("General Odd North fired.", "North", "Odd North"),
        ("", "the U.K.", "U.K."),
    ],
)
def test_a_country_may_be_named_in_short(before: str, words: str, name: str) -> None:
    """A compass point alone is a country where the article names one of the two halves."""
    found = speakers(f"{before} [{words}] {{said}} <it was ready>.")[-1]
    assert [source.name for source in found] == [name]
    assert name in ("North", "Odd North") or found[0].kind == "government"


def test_a_heading_with_a_verb_makes_no_person() -> None:
    """ "Recognizing Denmark" is no name where the article prints "Denmark" alone."""
    found = names(
        "Recognizing Denmark’s part, the town sang. [Denmark] {says} <it is ready>.| Ships sailed to Denmark and back."
    )
    assert found == ["Denmark"]


def test_he_beside_another_is_two_speakers() -> None:
    """ "He and the mayor" are named each."""
    found = names("Bo Strand rose. [He and Kari Lund] {said} <no>.| Kari Lund left.")
    assert found[0] == "Bo Strand + Kari Lund"


def test_a_relative_pronoun_looks_past_brackets() -> None:
    """Two of them, and long ones, too."""
    found = names(
        "Tove Dahl leads the Guild of Boaters (the old union of the boaters of Norway) (GBN), [which] {says} <no>."
    )
    assert found == ["Guild of Boaters"]


def test_a_first_name_is_no_thing() -> None:
    """ "It" is not the bill in "Bill Lund"."""
    found = names("Bill Lund was an early friend of the Guild.\n\nThe goal was high, [it] {said} <once>.")
    assert found != ["Bill"]


def test_what_is_shouted_names_nobody() -> None:
    """In a sentence of capitals no two words make a name; a firm may still be known from elsewhere."""
    found = speakers(
        "UNLESS OTHERWISE AGREED IN WRITING BY VELTRA, NO WARRANTY IS GIVEN. The Velm Corporation of Oslo, or Velm, "
        "makes boats. [VELTRA] {says} <no>.| [The Harbour Safety Act] {says} <no>."
    )
    assert [source.name for sources in found for source in sources] == ["VELTRA", "Harbour Safety Act"]
    assert found[1][0].kind == "document"


def test_a_thing_and_its_name_are_the_name() -> None:
    """ "The operator, Veltra," is Veltra; an advertisement's title is not who speaks."""
    assert names("[The operator, Veltra,] {called} <the strike unjustified>.") == ["Veltra"]
    assert names("[The ad, titled Harbours,] {said} <no>.") != ["Harbours"]


def test_markdown_hides_no_name() -> None:
    """A link around a name, and emphasis, are how it looks."""
    assert names("[Guild of *Boaters*] {warned} <all would end>.") == ["Guild of Boaters"]
    assert tidy("the group [Clean Tarn](https://cleantarn.example/a)") == "the group Clean Tarn"
