"""Claims that bear on each other: what contradicts what, and what a denial that only points back denies."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.attribution.tagger import Tagger
from claims.extraction import extract
from claims.matching import Statement, prepare
from claims.matching.contradiction import contradiction
from claims.matching.denials import denials
from claims.matching.pointing import pointer
from claims.store import Store
from claims.store.claim_links import carry_links
from claims.store.connection import Connection
from claims.terms import Article, Attribution, Relation, Source, Span


def contradicts(one: str, other: str, sources: Sequence[str | None] = (None, None), days: int = 0) -> str | None:
    """The reason why two wordings contradict each other, the same in both directions but for its order."""
    a, b = (prepare(Statement(text, source)) for text, source in zip((one, other), sources, strict=True))
    there, back = contradiction(a, b, days), contradiction(b, a, days)
    assert (there is None) == (back is None)
    if there is None or back is None:
        return None
    assert (there.kind, there.score) == (back.kind, back.score)
    return there.reason


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (
            "Calder Bay has fired its harbour pilot over the grounding",
            "Calder Bay has not fired its harbour pilot over the grounding",
            "“Bay has fired” against “has not fired”",
        ),
        (
            "12 people were killed when the ferry Aurora capsized off Calder Bay",
            "13 people were killed when the ferry Aurora capsized off Calder Bay",
            "“12 people were” against “13 people were”",
        ),
        (
            "The Larkfield bridge will reopen to lorries on 3 May",
            "The Larkfield bridge will reopen to lorries on 9 May",
            "“3 May” against “9 May”",
        ),
        (
            "Marten Vale won the recount in the Larkfield district by a handful of votes",
            "Marten Vale lost the recount in the Larkfield district by a handful of votes",
            "“won” against “lost”",
        ),
    ],
)
def test_one_fact_apart_is_a_contradiction(one: str, other: str, reason: str) -> None:
    """Polarity, an opposite, a number, a date: each is shown beside the other."""
    assert contradicts(one, other) == reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # two counts, two polls, two bounds that agree
        (
            "Vale leads Prieto 46 percent to 42 percent in Larkfield",
            "Vale leads Prieto 46 percent to 38 percent in Larkfield",
        ),
        ("A poll found 40 percent of Larkfield wants a tram", "A poll found 44 percent of Larkfield wants a tram"),
        ("More than 200 pupils of Larkfield school fell ill", "206 pupils of Larkfield school fell ill"),
        # other people, other places, other things
        (
            "12 people were killed when a ferry capsized off Calder Bay",
            "13 people were killed when a bus burned in Larkfield",
        ),
        ("Prieto has fired the harbour pilot", "Vale has not fired the harbour pilot"),
        # no plain negation
        ("Calder Bay has fired its harbour pilot", "Calder Bay has not only fired its harbour pilot"),
        ("Calder Bay has fired its harbour pilot", "Calder Bay will not rule out that it fired its harbour pilot"),
        ("The eastern gate of Calder Bay was shut at dusk", "The western gate of Calder Bay was shut at dusk"),
        # the same
        ("Calder Bay has fired its harbour pilot", "Calder Bay has fired its harbour pilot"),
        ("", ""),
    ],
)
def test_what_differs_otherwise_is_none(one: str, other: str) -> None:
    """Another number alone is no contradiction, nor is a negation of something else."""
    assert contradicts(one, other) is None


def test_he_contradicts_himself_but_nobody_else() -> None:
    """A wording that says "he" is about its speaker: two speakers make two things of it."""
    one, other = "he has paid the harbour dues of Calder Bay", "he has not paid the harbour dues of Calder Bay"
    assert contradicts(one, other, ("Marten Vale", "Marten Vale"))
    assert not contradicts(one, other, ("Marten Vale", "Ines Prieto"))


def test_few_words_contradict_where_all_but_the_negation_is_said_twice() -> None:
    """Two words are enough within a month, if nothing else differs; a phrase that is no sentence says nothing."""
    said, denied = "the records had been edited", "the records had not been edited"
    assert contradicts(said, denied, ("Tomas Eyre", "Ilse Brandt"), days=2)
    assert not contradicts(said, denied, ("Tomas Eyre", "Ilse Brandt"), days=90)
    assert not contradicts("boots on the ground", "there are no boots on the ground", days=2)


def test_weekdays_of_other_weeks_do_not_contradict() -> None:
    """Tuesday and Wednesday are two days of one week, or two of many."""
    one, other = "The Larkfield tram derailed on Tuesday", "The Larkfield tram derailed on Wednesday"
    assert contradicts(one, other, days=2)
    assert not contradicts(one, other, days=30)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_asked_about(one: str, other: str) -> None:
    """Whatever the words, there is an answer, and it does not depend on which comes first."""
    contradicts(one, other)


@pytest.mark.parametrize(
    ("cue", "content", "stance", "words"),
    [
        ("denied", "it", "denies", "it"),
        ("rejected", "that, too", "denies", "that"),
        ("rejected", "the allegation", "denies", "the allegation"),
        ("deny", "these accusations, which would break the treaty", "denies", "these accusations"),
        ("called", "the report false", "denies", "the report"),
        ("dismissed", "Prieto’s claims as nonsense", "denies", "Prieto's claims"),
        ("dismissed", "all of those claims on Friday", "denies", "all of those claims"),
        ("said", "The claims are simply not true.", "asserts", "The claims"),
        ("said", "That’s a lie. I was at home.", "denies", "That"),
    ],
)
def test_words_that_point_back(cue: str, content: str, stance: str, words: str) -> None:
    """Nouns of saying with what points, and bare pronouns, of which somebody says that they are not so."""
    found = pointer(cue, content, stance)
    assert found is not None
    assert found.words == words


@pytest.mark.parametrize(
    ("cue", "content", "stance"),
    [
        ("denied", "that live rounds had been used", "denies"),
        ("denied", "the report that he had left", "denies"),
        ("denied", "that claims were made", "denies"),
        ("denied", "that 400 homes had been emptied", "denies"),
        ("denied", "her earlier statements", "denies"),
        ("denied", "that in May he left", "denies"),
        ("denied", "that, in May, he left", "denies"),
        ("rejected", "those who left", "denies"),
        ("said", "the claims are true", "asserts"),
        ("did not say", "the claims are false", "asserts"),
        ("said", "it is a lie that the pier was sold", "asserts"),
        ("repeated", "these accusations", "asserts"),
        ("wants", "it", "denies"),
        ("denied", "", "denies"),
    ],
)
def test_words_that_say_what_they_mean(cue: str, content: str, stance: str) -> None:
    """A content that says itself what is denied points at nothing, and neither does what denies nothing."""
    assert pointer(cue, content, stance) is None


VALE = Source("Vale", "Marten Vale", "person", "test")
PRIETO = Source("Ines Prieto", "Ines Prieto", "person", "test")
BOARD = Source("The harbour board", "Harbour board", "organization", "test")


def said(text: str, words: str, cue: str, stance: str, *sources: Source, parent: str | None = None) -> Attribution:
    """An attribution of words that stand in the text, called by their first two words."""
    start = text.rindex(words)
    place = text.find(cue) if cue in text else start
    relation = Relation((), (Span(place, place + len(cue)),), (Span(start, start + len(words)),), 0.9, "test")
    uid = " ".join(words.split()[:2])
    return Attribution(uid, relation, words, cue, cue, sources, "indirect", stance, parent)


def linked(text: str, *attributions: Attribution) -> list[tuple[str, str]]:
    """What denies what, in whichever order the attributions come."""
    found = denials(text, attributions)
    assert found == denials(text, attributions[::-1])
    return [(link.denial, link.denied) for link in found]


def test_a_denial_means_the_accusation_before_it() -> None:
    """The accusation of somebody else against the denier is meant, not what others said of other things."""
    text = (
        "Ines Prieto accused Vale of selling the pier. Surveyors said the quay needs paint.\n\n"
        "Vale rejected the allegation."
    )
    accusation = said(text, "Vale of selling the pier", "accused", "accuses", PRIETO)
    remark = said(text, "the quay needs paint", "said", "asserts", Source("Surveyors", "Surveyors", "group", "test"))
    denial = said(text, "the allegation", "rejected", "denies", VALE)
    assert linked(text, accusation, remark, denial) == [("the allegation", "Vale of")]
    (link,) = denials(text, [accusation, remark, denial])
    assert link.reason == "“the allegation” points at the claim before it: “Vale of selling the pier”"
    assert 0 < link.score < 1


def test_plural_words_that_point_may_mean_several() -> None:
    """ "These accusations" are all that one sentence makes; "the allegation" of two is not clear."""
    text = "Ines Prieto said Vale sold the pier while surveyors said Vale burned the plans. Vale denied these claims."
    one = said(text, "Vale sold the pier", "said", "asserts", PRIETO)
    other = said(text, "Vale burned the plans", "said", "asserts", Source("surveyors", "surveyors", "group", "test"))
    denial = said(text, "these claims", "denied", "denies", VALE)
    assert linked(text, one, other, denial) == [("these claims", "Vale sold"), ("these claims", "Vale burned")]
    single = text.replace("these claims", "that claim")
    denial = said(single, "that claim", "denied", "denies", VALE)
    assert linked(single, one, other, denial) == []


def test_nobody_denies_what_they_said_themselves() -> None:
    """Nor what stands too far away, behind the denial, or only points back as well."""
    text = "Vale said the pier was sound. Vale denied it.\n\nThe board said.\n\nA gull.\n\nPrieto denied it. It rained."
    own = said(text, "the pier was sound", "said", "asserts", VALE)
    denial = said(text, "it", "denied", "denies", VALE)
    assert linked(text, own, denial) == []
    assert linked(text, denial) == []


def test_whose_claim_it_is_shows() -> None:
    """ "Prieto's claim" is hers, however many others spoke in between."""
    text = "Ines Prieto said the pier was sold. The harbour board said tides were high. Vale dismissed Prieto’s claim."
    hers = said(text, "the pier was sold", "said", "asserts", PRIETO)
    between = said(text, "tides were high", "said", "asserts", BOARD)
    denial = said(text, "Prieto’s claim", "dismissed", "denies", VALE)
    assert linked(text, hers, between, denial) == [("Prieto’s claim", "the pier")]


def links(path: Path) -> list[tuple[Any, ...]]:
    """What a stranger's SQL sees: claim, relation, other claim, reason."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute("""
            SELECT claims.text, relation, others.text, reason FROM claim_links
            JOIN claims ON claims.id = claim_id JOIN claims AS others ON others.id = other_id
            ORDER BY claim_id, other_id, relation
        """).fetchall()
    finally:
        connection.close()


FERRY = "The ferry Aurora carried 12 lorries when it left Calder Bay, Ines Prieto said. Vale denied it."
LATER = "The ferry Aurora carried 13 lorries when it left Calder Bay, the board said."


def add(store: Store, name: str, text: str, *attributions: Attribution) -> None:
    store.add(Article(path=name, text=text, published="2024-05-02"), attributions)


def test_ingest_links_both_kinds_once(tmp_path: Path) -> None:
    """The later claim contradicts the earlier, the denial denies the claim before it; a second time adds nothing."""
    path = tmp_path / "claims.db"
    words = "The ferry Aurora carried {} lorries when it left Calder Bay"
    first = (
        said(FERRY, words.format(12), "said", "asserts", PRIETO),
        said(FERRY, "it", "denied", "denies", VALE),
    )
    second = said(LATER, words.format(13), "said", "asserts", BOARD)
    with Store.open(path) as store:
        for _ in range(2):
            add(store, "ferry.txt", FERRY, *first)
            add(store, "later.txt", LATER, second)
            assert links(path) == [
                ("it", "denies", words.format(12), f"“it” points at the claim before it: “{words.format(12)}”"),
                (words.format(13), "contradicts", words.format(12), "“13 lorries when” against “12 lorries when”"),
            ]
    with Connection(path, 1.0, writable=True).write() as db:
        one, other, denial = (
            db.execute("SELECT id FROM claims WHERE text LIKE ?", (text,)).fetchone()[0]
            for text in ("%12 lorries%", "%13 lorries%", "it")
        )
        carry_links(db, one, other)
    found = sqlite3.connect(path).execute("SELECT claim_id, other_id, relation FROM claim_links").fetchall()
    assert found == [(denial, other, "denies")]


def test_the_denial_in_an_article_finds_the_accusation(tagger: Tagger, shared: Path) -> None:
    """ "Both … deny these accusations" denies the accusation just before it."""
    file = shared / "articles" / "putin-visits-pyongyang.txt"
    if not file.is_file():
        pytest.skip("no such article here")
    article = Article(path=file.name, text=file.read_text("utf-8"))
    attributions = {a.id: a for a in extract(article, tagger)}
    (link,) = denials(article.text, list(attributions.values()))
    assert attributions[link.denial].text == "these accusations"
    assert attributions[link.denied].stance == "accuses"
    assert attributions[link.denied].relation.content[0].end < attributions[link.denial].relation.content[0].start


def test_a_contradiction_says_what_it_is() -> None:
    """Its kind, how alike the two are beside it, and both facts."""
    one, other = (prepare(Statement(f"The Larkfield tram opened to riders in {year}")) for year in (1998, 2004))
    found = contradiction(one, other)
    assert found is not None
    assert (found.kind, found.reason) == ("date", "“1998” against “2004”")
    assert 0.5 < found.score <= 1
