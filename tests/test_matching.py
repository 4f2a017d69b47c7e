"""Whether two wordings are one claim: what must agree, what keeps them apart, and the reasons that people read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching import Decision, Statement, decide, keys, prepare
from claims.matching.features import OPEN, TOLD
from claims.matching.words import lines


def judge(one: str, other: str, source: str | None = None, other_source: str | None = None) -> Decision:
    return decide(prepare(Statement(one, source)), prepare(Statement(other, other_source)))


SAME = [
    ("The ferry to Oban sank in heavy seas", "“The ferry to Oban sank in heavy seas.”"),
    (
        "At least 1,400 miners walked out of the Lota pit on 3 May",
        "On May 3 at least 1400 miners walked out at Lota pit",
    ),
    ("Acme will acquire Globex for $2.5 billion", "Acme will buy Globex for 2.5 billion dollars"),
    ("Norwegian troops seized the Baltic port of Narva", "Troops from Norway captured Narva, a Baltic port"),
    ("The mayor paid no council tax for six years", "For 6 years the mayor did not pay any council tax"),
    ("The harbour at Leith will close in June, according to two dockers", "The harbour at Leith will close in June"),
    ("Officials said that the harbour at Leith will close in June", "The harbour at Leith will close in June"),
    ("Norway sank the Danish trawler", "The Danish trawler was sunk by Norway"),
]

APART = [
    ("12 miners died in the Lota pit", "13 miners died in the Lota pit", "different numbers: 12 / 13"),
    ("9 miners died and 8 were hurt", "9 miners died and 9 were hurt", "different numbers"),
    ("Acme will spend $3 million on pumps", "Acme will spend $3 billion on pumps", "different numbers"),
    ("Turnout in Bergen was 41 percent", "Turnout in Bergen was 43 percent", "different numbers"),
    ("The mine reopened on 3 May", "The mine reopened on 4 May", "different dates: 3 May / 4 May"),
    ("The mine reopened on Friday", "The mine reopened on Monday", "different dates: Friday / Monday"),
    ("The bridge was checked in 1998", "The bridge was checked in 2008", "different dates"),
    ("Smith has fired the coach", "Smith has not fired the coach", "opposite polarity"),
    ("There is evidence of fraud in Lund", "There is no evidence of fraud in Lund", "opposite polarity"),
    ("Wheat exports to Peru rose in autumn", "Wheat exports to Peru fell in autumn", "opposite words: rose / fell"),
    ("Norway sank a Danish trawler", "Denmark sank a Norwegian trawler", "roles swapped"),
    ("Mayor Ann Lind opened the new pool", "Mayor Petra Holm opened the new pool", "names: Ann Lind / Petra Holm"),
    ("Acme will buy Globex", "Acme may buy Globex", "may be"),
    ("Acme will buy Globex", "Will Acme buy Globex?", "asks"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_another_wording_of_one_claim_is_the_same(one: str, other: str) -> None:
    """Typography, format of numbers, order, voice, synonyms and reporting words make no other claim."""
    decision = judge(one, other)
    assert decision.same, decision
    assert decision.score >= 0.5
    assert not decision.possible


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("two night crossings had been cancelled", "two night crossings were cancelled", True),
        ("the miners had walked to Narva", "the miners walked from Narva", False),
        ("I have cancelled two night crossings", "I cancelled two night crossings", False),
    ],
)
def test_two_who_say_the_same_of_the_world_make_one_claim(one: str, other: str, same: bool) -> None:
    """Another tense is no other claim, whoever speaks; another preposition is, and so is what is said of oneself."""
    assert judge(one, other, "Saren Lines", "Oda Finn").same is same


@pytest.mark.parametrize(("one", "other", "reason"), APART)
def test_another_fact_is_another_claim(one: str, other: str, reason: str) -> None:
    """A number, date, negation, antonym, name, role or modality that differs keeps like wordings apart, and is told."""
    decision = judge(one, other)
    assert not decision.same
    assert not decision.possible
    # the reason may name the two sides in either order
    assert all(part in decision.reason for part in reason.replace(": ", " / ").split(" / ")), decision.reason


@pytest.mark.parametrize("text", ["it", "these accusations", "the claim", "what happened", "", "…", "that"])
def test_too_little_is_never_merged(text: str) -> None:
    """Wordings that only point elsewhere are not one claim, even letter for letter."""
    assert judge(text, text) == Decision(False, judge(text, text).score, "too little to compare")


def test_identical_wordings_with_content_are_the_same_though_short() -> None:
    """Two words that name something are enough when they are the same words."""
    assert judge("Paris burned", "“Paris burned”").reason == "same words apart from typography"


def test_the_shorter_wording_inside_the_longer_is_the_same_claim() -> None:
    """A wording that goes on after the other's end makes the same claim and more."""
    decision = judge("the Oban ferry sank in heavy seas", "We know that the Oban ferry sank in heavy seas off Mull")
    assert decision.same
    assert decision.reason == "one wording holds the other"


def test_another_subject_is_not_the_same() -> None:
    """A name in common makes no claim in common."""
    decision = judge("The Oban ferry sank off Mull", "Bakers in Mull want a longer licence for their ovens")
    assert not decision.same


def test_words_of_one_speaker_are_not_anothers() -> None:
    """ "I will sell my boats" is another claim in another's mouth, and the same one in the same."""
    text = "I will sell my boats in spring"
    assert not judge(text, text, "Anna Lind", "Petra Holm").same
    assert "different speakers" in judge(text, text, "Anna Lind", "Petra Holm").reason
    assert judge(text, text, "Anna Lind", "Ms. Lind").same


@pytest.mark.parametrize(
    ("who", "same"), [("he", True), ("the candidate", True), ("Dahl", True), ("campaign", False), ("spokesman", False)]
)
def test_likeness_is_not_enough_for_a_source_that_may_be_anybody(who: str, same: bool) -> None:
    """ "He" is somebody named elsewhere; a mere "campaign" is nobody's in particular, and takes more than likeness."""
    vowed = Statement("to build a new wall along the whole northern river border", "Odd Dahl", "vowed")
    again = Statement("building a stone wall on the river border in the north", who, "promised")
    decision = decide(prepare(vowed), prepare(again))
    assert decision.same is same
    assert decision.same or decision.possible


def test_a_claim_that_stands_alone_may_be_shared() -> None:
    """Two speakers who say the same of the world make one claim."""
    text = "The harbour at Leith will close in June"
    assert judge(text, text, "Anna Lind", "Petra Holm").same


def test_a_rough_number_agrees_with_one_close_by() -> None:
    """ "More than 915" may be 916, but a bare number may not."""
    assert judge(
        "The old Oban shipyard lost more than $915 million in May", "The old Oban shipyard lost $916 million in May"
    ).same
    assert not judge(
        "The old Oban yard lost $915 million in May", "The old Oban shipyard lost $916 million in May"
    ).same


def test_a_man_who_says_so_is_part_of_the_claim() -> None:
    """Only reporting around a claim is taken off, not a clause inside it."""
    assert "man" in prepare(Statement("A man who says that the sea rose was held in Leith")).letters


def test_a_number_that_only_one_has_is_no_conflict() -> None:
    """A longer wording may add a figure."""
    assert judge("Dockers in Leith walked out", "Dockers in Leith walked out, 300 of them").same


def test_an_endless_text_costs_no_time_and_merges_with_nothing_else() -> None:
    """A text longer than any claim is compared letter for letter only."""
    text = "".join(f"Zed{n} sold {n} mills to no Bob{n}. " for n in range(3000))
    assert judge(text, text).same
    assert "too long" in judge(text, text + "The end").reason


def test_weights_are_there_for_all_features() -> None:
    """The data file and the code name the same features."""
    assert [row[:2] for row in lines("weights.txt")] == [
        *(["told", name] for name in (*TOLD, "bias")),
        *(["open", name] for name in (*OPEN, "bias")),
    ]


def test_a_long_quotation_of_plain_words_is_its_own() -> None:
    """Grammar words in a row ("what is it to you if …") are found again in the same mouth."""
    text = "What is it to you if they do or do not"
    assert judge(text, f"“{text}”", "Ann Lind", "Ms. Lind").same
    assert judge(text, text, "she", "Ann Lind").same


def test_a_pronoun_may_be_the_one_who_is_named() -> None:
    """ "he" and "the candidate" are nobody else; a group is somebody else than a person."""
    text = "I will sell my boats in spring"
    assert judge(text, text, "he", "Bo Ray").same
    assert judge(text, text, "the candidate", "Bo Ray").same
    assert not judge(text, text, "fishermen", "Bo Ray").same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lind is a liar and a thief", "Lind is nothing but a liar and a thief"),
        ("Lind sank unreported loans to the Leith yard", "Lind did not report loans to the Leith yard"),
        ("Boats of non-government men sank off Leith", "Boats of men outside the government sank off Leith"),
        (
            "Lind owes Scotland a new harbour at Leith",
            "Lind owes Scotland a new harbour at Leith, and maybe some boats",
        ),
        ("Ann Lind in favour of a ban on nets in the United States", "Ann Lind in favour of a ban on nets in the US"),
    ],
)
def test_words_that_only_look_like_another_fact_are_no_conflict(one: str, other: str) -> None:
    """ "nothing but", "non-", a "maybe" elsewhere: what they turn round or weaken is not what both say."""
    decision = judge(one, other)
    assert "polarity" not in decision.reason
    assert "may be" not in decision.reason


def test_the_last_name_tells_who_it_is() -> None:
    """A given name in common makes no one person of two."""
    assert not judge("Mayor Ann Holm met Ann Lind in Leith in June", "Mayor Bo Ray met Ann Lind in Leith in June").same


WORDS = st.sampled_from([
    *("Norway", "Lind", "mayor", "boats", "not", "no", "sank", "sold", "will", "may", "rose", "fell", "he", "it"),
    *("12", "13", "3", "May", "Friday", "$5", "million", "percent", "the", "of", "to", "?", ",", '"'),
])  # fmt: skip
TEXTS = st.one_of(st.lists(WORDS, max_size=14).map(" ".join), st.text(max_size=60))
SOURCES = st.sampled_from([None, "he", "she", "Anna Lind", "the mayor", "Norway"])


@settings(max_examples=300)
@given(TEXTS, TEXTS, SOURCES, SOURCES)
def test_any_two_texts_can_be_compared(one: str, other: str, source: str | None, other_source: str | None) -> None:
    """The decision is symmetric, its score lies in 0..1, and it gives a reason."""
    a, b = prepare(Statement(one, source)), prepare(Statement(other, other_source))
    decision, turned = decide(a, b), decide(b, a)
    assert (decision.same, decision.score, decision.possible) == (turned.same, turned.score, turned.possible)
    assert 0 <= decision.score <= 1
    assert not (decision.same and (decision.possible or decision.score < 0.5))
    assert decision.reason


@settings(max_examples=200)
@given(TEXTS)
def test_a_wording_is_the_same_as_itself_or_too_little(text: str) -> None:
    """No fact of a text contradicts the text."""
    decision = judge(text, text)
    assert decision.same or decision.reason == "too little to compare"


@settings(max_examples=200)
@given(TEXTS, TEXTS)
def test_keys_are_few_and_unordered(one: str, other: str) -> None:
    """At most 22 distinct keys; the order of two parts of a text changes none of them."""
    found = keys(prepare(Statement(one)))
    assert len(found) == len(set(found)) <= 22
    assert all(found)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the patrol boats had stayed inside Orlavian waters", "the boats had stayed inside Orlavian waters", True),
        ("the patrol boats had stayed inside our own waters", "the boats had stayed inside our own waters", False),
        ("the yard had laid off 400 of its welders", "the yard had laid off 500 of its welders", False),
    ],
)  # fmt: skip
def test_two_who_say_nearly_the_same_make_one_claim(one: str, other: str, same: bool) -> None:
    """Who else said it: others in hardly other words, unless these mean something else in another mouth."""
    found = decide(prepare(Statement(one, "Ilse Brandt")), prepare(Statement(other, "Helena Marsk")))
    assert found.same == same, found


def test_the_same_speaker_on_the_same_matter_is_not_the_same_claim() -> None:
    """Names and speaker alone make no claim: what is said of them has to agree."""
    source = "Kari Lund"
    one = "Norland’s visit to Sudmark shows how far its fleet will go to win partners who can supply what it lacks"
    other = "Sudmark is supplying large amounts of diesel to Norland, along with spare parts and tools"
    assert not decide(prepare(Statement(one, source)), prepare(Statement(other, source))).same


def test_a_name_alone_is_no_claim_of_all_who_utter_it() -> None:
    """ "Kari Lund" as what two people praised or cursed is one claim only for one speaker."""
    assert not decide(prepare(Statement("Kari Lund", "voters")), prepare(Statement("Kari Lund", "Bo Ray"))).same


def test_the_cue_tells_what_the_wording_leaves_open() -> None:
    """What somebody calls for in two articles is one claim; a cue that denies it, or no cue, makes that less likely."""
    one = prepare(Statement("a ban on trawlers in the bay", "Kari Lund", "called for"))
    other = "trawlers should stay out of the whole bay of Oban by law"
    again, unsaid, denied = (
        decide(one, prepare(Statement(other, "Kari Lund", cue)))
        for cue in ("has called again for", None, "has yet to call for")
    )
    assert again.score > denied.score
    assert again.score > unsaid.score


def test_a_reason_names_what_was_counted() -> None:
    """Shared words, a quotation and one speaker are said where they are what decided."""
    source = "Kari Lund"
    one = "the trawlers are “a threat to every family on this coast” and have to go"
    two = "“They are a threat to every family on this coast, and the harbour board does nothing about them at all”"
    decision = decide(prepare(Statement(one, source, "said")), prepare(Statement(two, source, "said")))
    assert decision.same
    assert "quoted words among them, from one speaker" in decision.reason
