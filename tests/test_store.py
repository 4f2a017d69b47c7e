"""What storing an article leaves in the database."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import InputRefused, StoreError
from claims.store import Added, Store
from claims.store.source_names import name_key
from claims.terms import Article, Attribution, Hedge, Relation, Source, Span, When, Where

BELLWEATHER = Source("Mr Bellweather", "Tom Bellweather", "person", "full name")


def said(
    article: Article,
    words: str,
    *sources: Source,
    uid: str | None = None,
    parent: str | None = None,
    stance: str = "asserts",
) -> Attribution:
    """An attribution of words that stand in the article."""
    start = article.text.index(words)
    content = (Span(start, start + len(words)),)
    return Attribution(
        id=uid or f"{article.sha256[:8]}-{start}",
        relation=Relation((), (), content, 0.9, "test"),
        text=words,
        cue="said",
        cue_lemma="say",
        sources=sources,
        form="direct",
        stance=stance,
        parent=parent,
    )


def rows(path: Path, sql: str, *parameters: object) -> list[tuple[Any, ...]]:
    """What a stranger's SQL sees."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql, parameters).fetchall()
    finally:
        connection.close()


BRIDGE = Article(
    "bridge.txt",
    '"The old harbour bridge will close in March," Mr Bellweather said.',
    title="The bridge",
    published="2024-03-01",
    publisher="Daily Lantern",
    url="https://lantern.example/bridge",
    notes=("guessed the encoding", "no date in the text"),
)


def test_view_has_the_contracts_columns_in_order(path: Path) -> None:
    """attributed_claims is what people write SQL against."""
    with Store.open(path) as store:
        store.add(BRIDGE, [said(BRIDGE, "The old harbour bridge will close in March", BELLWEATHER)])
    connection = sqlite3.connect(path)
    cursor = connection.execute("SELECT * FROM attributed_claims")
    row = dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))
    connection.close()
    assert row == {
        "claim_id": 1,
        "claim": "The old harbour bridge will close in March",
        "source": "Tom Bellweather",
        "source_kind": "person",
        "stance": "asserts",
        "form": "direct",
        "said": "The old harbour bridge will close in March",
        "article": "The bridge",
        "publisher": "Daily Lantern",
        "published": "2024-03-01",
        "url": "https://lantern.example/bridge",
        "confidence": 0.9,
        "attribution_id": 1,
        "article_id": 1,
        "act": "speech",
        "hedges": None,
        "said_when": None,
        "said_date": None,
        "said_where": None,
    }
    assert list(row)[:4] == ["claim_id", "claim", "source", "source_kind"]


def test_hedges_time_place_and_act_are_kept(path: Path) -> None:
    """What comes with an attribution stands in its row and in the view."""
    article = Article("a.txt", "On Monday in Tarn Lee reportedly believed that the dam may break.")
    attribution = replace(
        said(article, "the dam may break"),
        act="attitude",
        hedges=(Hedge("reportedly", Span(22, 32), "outlet"), Hedge("may", Span(55, 58), "speaker")),
        when=When("On Monday", Span(0, 9), "2024-06-17"),
        where=Where("in Tarn", Span(10, 17)),
    )
    with Store.open(path) as store:
        store.add(article, [attribution])
    for table in ("attributions", "attributed_claims"):
        assert rows(path, f"SELECT act, hedges, said_when, said_date, said_where FROM {table}") == [
            ("attitude", "reportedly; may", "On Monday", "2024-06-17", "in Tarn")
        ]


def test_article_without_title_goes_by_its_path(path: Path) -> None:
    """The view always names the article."""
    article = Article("untitled.txt", "Rain is coming, they said.")
    with Store.open(path) as store:
        store.add(article, [said(article, "Rain is coming")])
    assert rows(path, "SELECT article, source, source_kind FROM attributed_claims") == [("untitled.txt", None, None)]


def test_same_text_under_another_path_changes_nothing(path: Path) -> None:
    """Articles are known by their text."""
    again = Article("copy/of/bridge.txt", BRIDGE.text)
    with Store.open(path) as store:
        store.add(BRIDGE, [said(BRIDGE, "The old harbour bridge will close in March", BELLWEATHER)])
        before = store.counts()
        assert store.has(again)
        assert store.known_as(again) == "bridge.txt"
        added = store.add(again, [said(again, "harbour bridge", BELLWEATHER)])
        assert added == Added(1, known_article=True, known_as="bridge.txt")
        assert store.counts() == before
        assert not store.has(Article("bridge.txt", "Other words."))


def test_same_claim_in_two_articles_is_one(path: Path) -> None:
    """The second article brings an attribution, not a claim, and may show that the claim is older."""
    earlier = Article(
        "b.txt", "Mr Bellweather said the old harbour bridge will close in March.", published="2024-02-01"
    )
    with Store.open(path) as store:
        first = store.add(BRIDGE, [said(BRIDGE, "The old harbour bridge will close in March", BELLWEATHER)])
        second = store.add(earlier, [said(earlier, "the old harbour bridge will close in March", BELLWEATHER)])
    assert (first.new_claims, first.known_claims, first.new_sources, first.known_sources) == (1, 0, 1, 0)
    assert (second.new_claims, second.known_claims, second.new_sources, second.known_sources) == (0, 1, 0, 1)
    assert rows(path, "SELECT text, first_seen FROM claims") == [
        ("The old harbour bridge will close in March", "2024-02-01")
    ]
    reasons = rows(path, "SELECT match_reason, match_score FROM attributions ORDER BY id")
    assert reasons[0] == ("new", 1.0)
    assert reasons[1][0] != "new"


def test_claim_without_a_date_was_first_seen_when_it_was_ingested(path: Path) -> None:
    """first_seen is never missing."""
    article = Article("a.txt", "Rain is coming.")
    with Store.open(path) as store:
        store.add(article, [said(article, "Rain is coming")])
    assert rows(path, "SELECT first_seen = date(ingested_at) FROM claims, articles") == [(1,)]


def test_sources_that_speak_together_have_a_row_each(path: Path) -> None:
    """The rows share claim and uid; a source that is named twice has one row."""
    other = Source("Ms Okafor", "Ada Okafor", "person", "full name")
    twice = Source("he", "Tom Bellweather", "person", "pronoun")
    with Store.open(path) as store:
        added = store.add(
            BRIDGE, [said(BRIDGE, "The old harbour bridge will close", BELLWEATHER, other, twice, uid="x")]
        )
    assert (added.attributions, added.new_claims, added.new_sources) == (2, 1, 2)
    assert rows(path, "SELECT DISTINCT uid, claim_id FROM attributions") == [("x", 1)]


def test_source_is_one_whatever_case_article_and_apostrophe(path: Path) -> None:
    """Names are compared without what typography and grammar do to them; a kind is learnt later."""
    spellings = [
        ("The  People’s Lighthouse", "unknown"),
        ("people's lighthouse", "organization"),
        ("THE PEOPLE'S LIGHTHOUSE", "media"),
    ]
    with Store.open(path) as store:
        for number, (name, kind) in enumerate(spellings):
            article = Article(f"{number}.txt", f"Report {number}: the coast is clear tonight.")
            store.add(article, [said(article, "the coast is clear", Source("it", name, kind, "test"))])
    assert rows(path, "SELECT name, kind FROM sources") == [("The People’s Lighthouse", "organization")]
    assert len(rows(path, "SELECT name FROM source_names")) == 3


def test_words_that_name_a_source_are_kept_as_its_names(path: Path) -> None:
    """A surname is a name of its bearer, a pronoun or a description is not, and no surname merges two people."""
    article = Article("a.txt", "one two three four five six")
    speakers = [
        Source("Bellweather", "Tom Bellweather", "person", "t"),
        Source("He", "Tom Bellweather", "person", "t"),
        Source("The organization", "Lantern Trust", "organization", "t"),
        Source("the LT", "Lantern Trust", "organization", "t"),
        Source("Bellweather", "Bellweather", "person", "t"),
    ]
    with Store.open(path) as store:
        words = article.text.split()
        store.add(article, [said(article, word, source) for word, source in zip(words, speakers, strict=False)])
    names = rows(path, "SELECT n.name, s.name FROM source_names n JOIN sources s ON s.id = n.source_id ORDER BY 2, 1")
    assert names == [
        ("Bellweather", "Bellweather"),
        ("Lantern Trust", "Lantern Trust"),
        ("the LT", "Lantern Trust"),
        ("Bellweather", "Tom Bellweather"),
        ("Tom Bellweather", "Tom Bellweather"),
    ]


def test_parents_are_found_wherever_they_stand(path: Path) -> None:
    """A child may come before its parent; a parent that is not there, or the child itself, is none."""
    article = Article("a.txt", "Lim said that Seoul said that the talks had failed. Others agreed.")
    with Store.open(path) as store:
        store.add(
            article,
            [
                said(article, "the talks had failed", uid="child", parent="whole"),
                said(article, "Seoul said that the talks had failed", uid="whole"),
                said(article, "Others agreed", uid="lost", parent="elsewhere"),
                said(article, "agreed", uid="own", parent="own"),
            ],
        )
    found = rows(
        path, "SELECT a.uid, p.uid FROM attributions a LEFT JOIN attributions p ON p.id = a.parent_id ORDER BY a.id"
    )
    assert found == [("child", "whole"), ("whole", None), ("lost", None), ("own", None)]


def test_offsets_are_those_of_the_content(path: Path) -> None:
    """The words at an attribution's offsets are its words; all spans are kept."""
    article = Article("a.txt", "🌊 “The tide,” she said, “will turn.”")
    first, second = article.text.index("The tide"), article.text.index("will turn")
    relation = Relation(
        (Span(13, 16),), (Span(17, 21),), (Span(first, first + 8), Span(second, second + 9)), 0.5, "pieces"
    )
    attribution = Attribution("u", relation, "The tide … will turn", "said", "say", (), "direct", "warns")
    with Store.open(path) as store:
        store.add(article, [attribution])
    ((start, end, spans),) = rows(path, "SELECT content_start, content_end, spans FROM attributions")
    assert article.text[start:end] == "The tide,” she said, “will turn"
    assert (
        spans == f'{{"source": [[13, 16]], "cue": [[17, 21]], "content": [[{first}, {first + 8}], [{second}, {end}]]}}'
    )


@pytest.mark.parametrize("span", [Span(0, 999), Span(-1, 3), Span(5, 2)])
def test_offsets_outside_the_article_are_refused(path: Path, span: Span) -> None:
    """Nothing of such an article is stored."""
    attribution = Attribution("u", Relation((), (), (span,), 1.0, "t"), "x", "", "", (), "direct", "asserts")
    with Store.open(path) as store:
        with pytest.raises(InputRefused, match=r"bridge\.txt: attribution u does not lie in it"):
            store.add(BRIDGE, [attribution])
        assert store.counts().articles == 0


def test_article_with_a_bad_attribution_goes_in_not_at_all(path: Path) -> None:
    """What the database itself refuses takes the whole article with it."""
    good = said(BRIDGE, "The old harbour bridge", BELLWEATHER)
    bad = said(BRIDGE, "will close", BELLWEATHER, stance="shouts")
    with Store.open(path) as store:
        with pytest.raises(StoreError, match="CHECK constraint failed"):
            store.add(BRIDGE, [good, bad])
        counts = store.counts()
        assert (counts.articles, counts.sources, counts.claims, counts.attributions) == (0, 0, 0, 0)
        assert store.add(BRIDGE, [good]).attributions == 1


@pytest.mark.parametrize("field", ["path", "text", "title", "notes"])
def test_half_characters_are_refused_with_the_articles_name(path: Path, field: str) -> None:
    """A lone surrogate cannot be encoded: told, not thrown."""
    values: dict[str, object] = {"path": "odd.txt", "text": "Some words.", field: "half \ud83d"}
    if field == "notes":
        values["notes"] = ("half \ud83d",)
    with Store.open(path) as store:
        with pytest.raises(InputRefused, match=f"its {field} has half a character .*U\\+D83D"):
            store.add(Article(**values), [])  # type: ignore[arg-type]
        with pytest.raises(StoreError, match="half a character"):
            store.nearest("half \ud83d", 5)
        assert store.counts().articles == 0


def test_foreign_keys_are_enforced(path: Path) -> None:
    """A claim that attributions point to cannot be lost by a slip."""
    with Store.open(path) as store:
        store.add(BRIDGE, [said(BRIDGE, "The old harbour bridge", BELLWEATHER)])
        with pytest.raises(StoreError, match="FOREIGN KEY"), store._connection.write() as db:
            db.execute("DELETE FROM claims")


def test_search_finds_claims_and_articles_and_follows_changes(path: Path) -> None:
    """Stemmed full-text search over both tables, kept by triggers."""
    with Store.open(path) as store:
        store.add(BRIDGE, [said(BRIDGE, "The old harbour bridge will close in March", BELLWEATHER)])
        with store._connection.write() as db:
            assert [row["id"] for row in db.table("claims").search("closing bridges")] == [1]
            assert [row["path"] for row in db.table("articles").search("Bellweather")] == ["bridge.txt"]
            db.execute("UPDATE claims SET text = 'The ferry stays' WHERE id = 1")
            assert not list(db.table("claims").search("bridge"))
            assert list(db.table("claims").search("ferries"))


def test_nearest_claims_come_best_first(path: Path) -> None:
    """The claim in the same words leads, `limit` cuts."""
    article = Article("a.txt", "The harbour bridge will close in March. The harbour ferry will sink. Bananas are blue.")
    texts = [sentence.strip(" .") for sentence in article.text.split(". ")]
    with Store.open(path) as store:
        store.add(article, [said(article, text) for text in texts])
        found = store.nearest("The harbour bridge will close in March", 5)
        assert found[0].text == texts[0]
        assert found[0].decision.same
        assert [near.decision.score for near in found] == sorted((n.decision.score for n in found), reverse=True)
        assert len(store.nearest("The harbour bridge will close in March", 1)) == 1
        assert store.nearest("", 5) == []


def test_common_key_is_not_filled_without_end_and_loses_no_claim(path: Path) -> None:
    """However many claims share their words, one in the very same words is found again."""
    sentences = [f"Warehouse {number} burned in the harbour fire" for number in range(100, 180)]
    article, again = Article("a.txt", ". ".join(sentences)), Article("b.txt", sentences[-1])
    with Store.open(path) as store:
        store.add(article, [said(article, sentence) for sentence in sentences])
        assert store.add(again, [said(again, sentences[-1])]).known_claims == 1
    assert rows(path, "SELECT max(n) FROM (SELECT count(*) AS n FROM claim_keys GROUP BY key)")[0][0] <= 64


@pytest.fixture(scope="module")
def one_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store for many examples."""
    with Store.open(tmp_path_factory.mktemp("any") / "claims.db") as store:
        yield store


@settings(max_examples=40)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60), name=st.text(max_size=20))
def test_any_text_comes_back_as_it_was(one_store: Store, text: str, name: str) -> None:
    """NUL, emoji, combining marks: the offsets depend on it."""
    article = Article("a.txt", f"{text}Rain.")
    source = Source("", name.encode("utf-8", "replace").decode(), "unknown", "t")
    added = one_store.add(article, [said(article, article.text, source)])
    assert added.known_article or added.attributions == 1
    with one_store._connection.write() as db:
        for table in ("claims", "articles"):
            db.execute(f"INSERT INTO {table}_fts({table}_fts, rank) VALUES ('integrity-check', 1)")
        stored = "SELECT articles.text, said FROM articles JOIN attributed_claims ON article_id = articles.id"
        found = db.execute(f"{stored} WHERE articles.id = ?", (added.article_id,)).fetchall()
    assert found == [(article.text, article.text)]


@given(st.text(max_size=30))
def test_name_keys_ignore_white_space_and_one_article(name: str) -> None:
    """The key of a name is its own, however it is set."""
    assert name_key(f"  {name}\n") == name_key(name)
    if name_key(f"x {name}") == f"x {name_key(name)}":
        assert name_key(f"The  {name} ") == name_key(name)


def test_pronouns_nobody_resolved_are_no_source(path: Path) -> None:
    """ "I" in two articles is two speakers: no row for it, its words stay with the attribution."""
    me = Source("I", "I", "person", "as-written")
    with Store.open(path) as store:
        store.add(BRIDGE, [said(BRIDGE, BRIDGE.text[:10], me)])
        assert store.counts().sources == 0
    assert rows(path, "SELECT source_id, source_text, source_rule FROM attributions") == [(None, "I", "as-written")]
