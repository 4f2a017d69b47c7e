"""What people decide about claims: it holds whatever comes, and can be taken back."""

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from claims.errors import StoreError
from claims.store import Store
from claims.store.claim_index import rebuild
from claims.store.decided_wordings import wording_key
from claims.terms import Article, Attribution, Source
from tests.conftest import understood
from tests.test_store import rows, said
from tests.test_store_sources import sound as sources_sound

LEE, MOOR, TARN = (Source(name, name, "person", "full-name") for name in ("Ann Lee", "Bob Moor", "Cy Tarn"))
BRIDGE = "The old harbour bridge will close in March"
FERRY = "Ferries carried nine thousand passengers last week"
DAM = "Engineers found deep cracks in the northern dam"
SCHOOL = "Two village schools opened again after the flood"
WORDINGS = (
    BRIDGE,
    f"{BRIDGE} for repairs",  # holds the one before: the same, if the same source says it
    FERRY,
    f"{FERRY} in fair weather",
    DAM,
    "Engineers found no cracks in the northern dam",
    SCHOOL,
)

Told = tuple[Source | tuple[Source, ...] | None, str]


def report(name: str, *told: Told, day: int = 1) -> tuple[Article, list[Attribution]]:
    """An article in which these say that, several of them together where they stand together."""
    article = Article(f"{name}.txt", f"Report {name}. " + " ".join(f"{words}." for _, words in told),
                      title=f"Title {name}", published=f"2024-05-{day:02}")  # fmt: skip
    found = []
    for number, (speakers, words) in enumerate(told):
        together = (speakers,) if isinstance(speakers, Source) else speakers or ()
        found.append(said(article, words, *together, uid=f"{name}-{number}"))
    return article, found


def one_claim_each(store: Store, *wordings: str) -> None:
    """Store an article for each wording, as said by Ann Lee: the claims 1, 2, 3 …"""
    for number, words in enumerate(wordings, 1):
        store.add(*report(f"a{number}", (LEE, words), day=number))


def claims_of(path: Path, text: str) -> list[int]:
    """The claims of all attributions with these words, in the order of coming."""
    return [claim for (claim,) in rows(path, "SELECT claim_id FROM attributions WHERE text = ? ORDER BY id", text)]


def link(store: Store, one: int, other: int, relation: str = "possible-duplicate", score: float = 0.5) -> None:
    """Link two claims: which ones the rules link is not what these tests are about."""
    with store._connection.write() as db:
        db.execute("INSERT OR IGNORE INTO claim_links VALUES (?, ?, ?, ?, 'alike')", (one, other, relation, score))


def links(path: Path) -> set[tuple[int, int, str]]:
    """All links between claims."""
    return set(rows(path, "SELECT claim_id, other_id, relation FROM claim_links"))


def state(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a decision may change, in an order of its own; of merged claims those that are so by what stands."""
    selects = {
        "claims": "SELECT id, text, first_seen FROM claims",
        "claims_fts": "SELECT rowid, text FROM claims_fts",
        "claim_wordings": "SELECT * FROM claim_wordings",
        "claim_keys": "SELECT * FROM claim_keys",
        "claim_links": "SELECT * FROM claim_links",
        "claims_apart": "SELECT * FROM claims_apart",
        "decided_wordings": "SELECT * FROM decided_wordings",
        "attributions": "SELECT id, claim_id, source_id, match_reason, match_score, text FROM attributions",
        "merged_claims": """
            SELECT merged_claims.id, text, into_id FROM merged_claims
            JOIN claim_decisions ON claim_decisions.id = decision_id WHERE undone_at IS NULL""",
    }
    return {table: sorted(rows(path, sql), key=repr) for table, sql in selects.items()}


def sound(connection: sqlite3.Connection) -> None:
    """What holds in every database."""
    nothing = {
        "claims that nobody made": "SELECT id FROM claims WHERE id NOT IN (SELECT claim_id FROM attributions)",
        "claims whose text is none of their wordings": """
            SELECT id FROM claims WHERE text NOT IN (SELECT text FROM attributions WHERE claim_id = claims.id)""",
        "claims that are not seen first where they were": """
            SELECT id FROM claims WHERE first_seen <> (
              SELECT min(published) FROM attributions a JOIN articles ON articles.id = article_id
              WHERE claim_id = claims.id)""",
        "rows that are there and merged": "SELECT id FROM claims WHERE id IN (SELECT id FROM merged_claims)",
        "merged claims that lead nowhere": """
            SELECT id FROM merged_claims WHERE into_id NOT IN (SELECT id FROM claims UNION SELECT id FROM merged_claims)
            """,
        "one utterance that is two claims": """
            SELECT uid FROM attributions GROUP BY article_id, uid HAVING count(DISTINCT claim_id) > 1""",
        "wordings of another claim": """
            SELECT w.text FROM claim_wordings w WHERE w.text NOT IN (
              SELECT text FROM attributions WHERE claim_id = w.claim_id)""",
        "claims without a wording": "SELECT id FROM claims WHERE id NOT IN (SELECT claim_id FROM claim_wordings)",
        "keys of nobody": "SELECT key FROM claim_keys WHERE claim_id NOT IN (SELECT id FROM claims)",
        "links twice": """
            SELECT one.claim_id FROM claim_links one JOIN claim_links other ON other.claim_id = one.other_id
            AND other.other_id = one.claim_id AND other.relation = one.relation WHERE one.relation <> 'denies'""",
        "undone decisions that hold": """
            SELECT id FROM claim_decisions WHERE undone_at IS NOT NULL AND (
              id IN (SELECT decision_id FROM claims_apart) OR id IN (SELECT decision_id FROM decided_wordings))""",
    }
    for what, sql in nothing.items():
        assert connection.execute(sql).fetchall() == [], what
    connection.execute("INSERT INTO claims_fts (claims_fts, rank) VALUES ('integrity-check', 1)")
    sources_sound(connection)


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """An empty store; at its end the database is sound."""
    with Store.open(path) as store:
        yield store
        sound(store._connection._db.conn)


def test_merged_claims_stay_one(store: Store, path: Path) -> None:
    """What later articles say in the words of either is the keeper, whoever says it; the old number is found."""
    one_claim_each(store, BRIDGE, FERRY)
    decision = store.merge_claims(2, [1], by="kim", why="one closure")
    for number, speaker in enumerate((LEE, MOOR, None)):
        store.add(*report(f"later{number}", (speaker, BRIDGE), (speaker, FERRY)))
    assert set(claims_of(path, BRIDGE) + claims_of(path, FERRY)) == {2}
    card = store.claim(1)
    assert (card.row.id, card.row.text, card.row.attributions, card.asked) == (2, FERRY, 8, 1)
    assert card.row.first_seen == "2024-05-01"
    (merged,) = card.merged
    assert (merged.id, merged.text, merged.decision_id) == (1, BRIDGE, decision)
    assert "one closure" in merged.reason
    (told,) = card.decisions
    assert (told.action, told.decided_by, told.why, told.about, told.undone_at) == (
        "merge", "kim", "one closure", (1, 2), None,
    )  # fmt: skip
    assert told.decided_at.endswith("+00:00")
    assert rows(path, "SELECT DISTINCT claim FROM attributed_claims WHERE said = ?", BRIDGE) == [(FERRY,)]
    assert all(told.reason.startswith(f"decision {decision}: ") for told in card.row.occurrences if told.text == BRIDGE)
    assert store.counts().claims == 1


def test_other_words_for_a_merged_claim_lead_to_its_keeper(store: Store, path: Path) -> None:
    """What the rules would have called the merged claim is the keeper now, also when a person asks."""
    one_claim_each(store, DAM, FERRY)
    store.merge_claims(1, [2], by="kim")
    store.add(*report("later", (LEE, WORDINGS[3])))
    assert claims_of(path, WORDINGS[3]) == [1]
    near = store.nearest(FERRY, 5)[0]
    assert (near.claim_id, near.text, near.decision.same) == (1, FERRY, True)


def test_words_that_conflict_with_the_keeper_still_lead_there(store: Store, path: Path) -> None:
    """A person who merges what the rules keep apart is obeyed."""
    one_claim_each(store, DAM, WORDINGS[5])
    assert claims_of(path, WORDINGS[5]) == [2]
    store.merge_claims(1, [2], by="kim")
    store.add(*report("later", (MOOR, WORDINGS[5]), (TARN, DAM)))
    assert claims_of(path, WORDINGS[5]) == [1, 1]
    assert claims_of(path, DAM) == [1, 1]


def test_an_undone_merge_brings_the_database_back(store: Store, path: Path) -> None:
    """Rows, links, wordings, keys and reasons are as they were."""
    one_claim_each(store, BRIDGE, FERRY, DAM, SCHOOL)
    store.add(*report("again", (LEE, WORDINGS[1]), ((LEE, TARN), FERRY)))
    assert claims_of(path, WORDINGS[1]) == [1]
    link(store, 2, 1)
    link(store, 3, 2)
    link(store, 3, 1, "contradicts")
    link(store, 2, 4, "denies")
    before = state(path)
    store.merge_claims(1, [2, 3], by="kim")
    assert links(path) == {(1, 4, "denies")}
    assert store.claim(4).links[0].claim_id == 1
    undone = store.undo_claim_decision(by="lee")
    assert (undone.undone_by, undone.action) == ("lee", "merge")
    assert state(path) == before


@pytest.mark.parametrize("version", ["this", "earlier"])
def test_an_undone_merge_gives_each_its_own_back(store: Store, path: Path, version: str) -> None:
    """What came in between in the merged claim's words goes with it, what came in the keeper's stays."""
    one_claim_each(store, BRIDGE, FERRY)
    store.merge_claims(1, [2], by="kim")
    if version == "earlier":  # which did not keep what the claims had
        with store._connection.write() as db:
            db.execute("UPDATE claim_decisions SET detail = json_remove(detail, '$.known')")
    store.add(*report("between", (MOOR, FERRY), (MOOR, BRIDGE), (LEE, WORDINGS[3])))
    assert set(claims_of(path, FERRY)) == {1}
    store.undo_claim_decision(by="kim")
    assert claims_of(path, FERRY) == [2, 2]
    assert claims_of(path, BRIDGE) == [1, 1]
    assert claims_of(path, WORDINGS[3]) == [2]
    store.add(*report("after", (TARN, FERRY)))
    assert claims_of(path, FERRY) == [2, 2, 2]
    sound(store._connection._db.conn)


def test_a_chain_of_merges_is_found_by_every_number_and_undone_from_its_end(store: Store, path: Path) -> None:
    """A into B into C; an earlier link cannot be undone first, and the message says what can."""
    one_claim_each(store, BRIDGE, FERRY, DAM)
    before = state(path)
    one = store.merge_claims(2, [1], by="kim")
    between = state(path)
    two = store.merge_claims(3, [2], by="kim")
    assert {store.claim(number).row.id for number in (1, 2, 3)} == {3}
    assert len(store.claim(1).merged) == 2
    store.add(*report("later", (MOOR, BRIDGE), (MOOR, FERRY)))
    assert claims_of(path, BRIDGE) == claims_of(path, FERRY) == [3, 3]
    with pytest.raises(StoreError, match=f"Decision {one} cannot be undone before decision {two}.*Undo {two} first"):
        store.undo_claim_decision(one, "kim")
    store.undo_claim_decision(two, "kim")
    assert claims_of(path, BRIDGE) == claims_of(path, FERRY) == [2, 2]
    store.undo_claim_decision(one, "kim")
    assert (claims_of(path, BRIDGE), claims_of(path, FERRY)) == ([1, 1], [2, 2])
    assert before != between
    with pytest.raises(StoreError, match=f"Decision {one} was undone already, by kim"):
        store.undo_claim_decision(one, "kim")
    with pytest.raises(StoreError, match="no decision about claims that could"):
        store.undo_claim_decision(by="kim")
    with pytest.raises(StoreError, match="no decision 99 about claims"):
        store.undo_claim_decision(99, by="kim")


def test_decisions_are_undone_in_any_order_unless_they_touch(store: Store, path: Path) -> None:
    """Two merges are independent, also if both are linked to a third claim, not if one of them is of that claim."""
    one_claim_each(store, BRIDGE, FERRY, DAM, SCHOOL, "Rain fell on the southern islands for nine days")
    link(store, 5, 2)
    link(store, 5, 4)
    before = state(path)
    first, second = store.merge_claims(1, [2], by="kim"), store.merge_claims(3, [4], by="kim")
    store.undo_claim_decision(first, "kim")
    store.undo_claim_decision(second, "kim")
    assert state(path) == before
    third = store.merge_claims(1, [2], by="kim")
    store.keep_claims_apart(3, 5, by="kim")
    with pytest.raises(StoreError, match="Undo 4 first"):
        store.undo_claim_decision(third, "kim")


def test_numbers_of_claims_are_never_used_twice(store: Store, path: Path) -> None:
    """Neither that of a merged claim nor that of a claim whose split was undone."""
    one_claim_each(store, BRIDGE, FERRY)
    store.merge_claims(1, [2], by="kim")
    store.add(*report("third", (LEE, DAM)))
    assert claims_of(path, DAM) == [3]
    assert store.split_claim(1, [2], by="kim") == 4
    store.undo_claim_decision(by="kim")
    assert store.claim(4).row.id == 1
    store.add(*report("fourth", (LEE, SCHOOL)))
    assert claims_of(path, SCHOOL) == [5]


def test_merging_what_is_merged_is_refused(store: Store) -> None:
    """By the old number, by its own number, by none that ever was."""
    one_claim_each(store, BRIDGE, FERRY)
    store.merge_claims(1, [2, 2, 1], by="kim")
    for others in ([2], [1], []):
        with pytest.raises(StoreError, match="is one already"):
            store.merge_claims(1, others, by="kim")
    for number in (0, 99, 2**70):
        with pytest.raises(StoreError, match=f"No claim has the number {number}.*claims match"):
            store.merge_claims(1, [number], by="kim")
    assert len(store.claim_decisions()) == 1


def test_one_wording_can_be_two_claims(store: Store, path: Path) -> None:
    """Later it goes where the same source said it; who said neither goes where more did, else to the first."""
    for number, speaker in enumerate((LEE, MOOR)):
        store.add(*report(f"a{number}", (speaker, BRIDGE)))
    new = store.split_claim(1, [2], by="kim", why="another bridge")
    store.add(*report("b", (MOOR, f"that {BRIDGE.lower()}"), (LEE, BRIDGE), (TARN, BRIDGE.upper()), (None, BRIDGE)))
    assert [told.source for told in store.claim(1).row.occurrences] == ["Ann Lee", "Ann Lee", "Cy Tarn", None]
    assert [told.source for told in store.claim(new).row.occurrences] == ["Bob Moor", "Bob Moor"]
    assert [row.id for row in store.claim(1).apart] == [new]
    with pytest.raises(StoreError, match=r"declared different by decision 1.*claims undo 1"):
        store.merge_claims(1, [new], by="kim")
    store.undo_claim_decision(1, "kim")
    assert store.claim(new).row.id == 1
    assert store.claim(1).row.attributions == 6


def test_a_wording_goes_where_more_sources_made_it(store: Store, path: Path) -> None:
    """Where a wording is of two claims and a new source says it."""
    for number, speaker in enumerate((LEE, MOOR, TARN)):
        store.add(*report(f"a{number}", (speaker, BRIDGE)))
    new = store.split_claim(1, [2, 3], by="kim")
    store.add(*report("b", (Source("Dora Wick", "Dora Wick", "person", "t"), BRIDGE)))
    assert claims_of(path, BRIDGE) == [1, new, new, new]


def test_a_claim_that_loses_its_first_wording_goes_by_the_next(store: Store, path: Path) -> None:
    """The split-off part takes the wording, its day and its links along; undoing gives all back."""
    store.add(*report("a", (LEE, BRIDGE), day=1))
    store.add(*report("b", (MOOR, FERRY), day=2))
    store.add(*report("c", (MOOR, "Nine thousand passengers travelled by ferry last week"), day=3))
    store.merge_claims(1, [2], by="kim")
    (other,) = set(claims_of(path, "Nine thousand passengers travelled by ferry last week"))
    if other != 1:
        link(store, other, 1)
    before = state(path)
    new = store.split_claim(1, [1], by="kim")
    assert (store.claim(1).row.text, store.claim(1).row.first_seen) == (FERRY, "2024-05-02")
    assert (store.claim(new).row.text, store.claim(new).row.first_seen) == (BRIDGE, "2024-05-01")
    store.add(*report("d", (TARN, BRIDGE), (TARN, FERRY)))
    assert (claims_of(path, BRIDGE), claims_of(path, FERRY)) == ([new, new], [1, 1])
    sound(store._connection._db.conn)
    with store._connection.write() as db:
        db.execute("DELETE FROM attributions WHERE article_id = 4")
    store.undo_claim_decision(by="kim")
    assert state(path) == before


def test_links_go_with_the_part_that_they_fit(store: Store, path: Path) -> None:
    """By the wording, for denials by the article; undoing brings them back."""
    one_claim_each(store, BRIDGE, FERRY, "The old harbour bridge will stay open in March", "these plans")
    store.add(*report("denial", (LEE, "these claims about the ferries"), (MOOR, FERRY)))
    store.merge_claims(2, [1], by="kim")
    link(store, 3, 2, "contradicts")
    link(store, claims_of(path, "these claims about the ferries")[0], 2, "denies")
    before = state(path)
    new = store.split_claim(2, [1], by="kim")
    assert (new, 3, "contradicts") in links(path)
    assert [told.other_id for told in store.claim(2).links if told.relation == "denies"] == [2]
    store.undo_claim_decision(by="kim")
    assert state(path) == before


def test_who_spoke_together_stays_together(store: Store, path: Path) -> None:
    """One attribution of two sources is one utterance: it cannot be two claims."""
    store.add(*report("a", ((LEE, MOOR), BRIDGE)))
    store.add(*report("b", (TARN, BRIDGE)))
    new = store.split_claim(1, [2], by="kim")
    assert claims_of(path, BRIDGE) == [new, new, 1]


def test_what_cannot_be_split_is_refused(store: Store) -> None:
    """Attributions of another claim, all of them, none."""
    one_claim_each(store, BRIDGE, FERRY)
    with pytest.raises(StoreError, match=r'Attribution 2 is none of claim 1 "The old harbour.*, which has 1\.'):
        store.split_claim(1, [2], by="kim")
    with pytest.raises(StoreError, match="Nothing would be left"):
        store.split_claim(1, [1], by="kim")
    with pytest.raises(StoreError, match="Say which attributions"):
        store.split_claim(1, [], by="kim")
    assert store.claim_decisions() == []


def test_claims_apart_are_not_asked_about_again(store: Store, path: Path) -> None:
    """Nor counted, nor merged by a person; the claims that take theirs in are apart, too."""
    one_claim_each(store, BRIDGE, FERRY, DAM)
    link(store, 2, 1)
    link(store, 3, 2, score=0.4)
    before = state(path)
    assert [(pair.first.id, pair.second.id) for pair in store.possible_duplicates()] == [(1, 2), (2, 3)]
    assert [pair.first.id for pair in store.possible_duplicates(1, skipped={(1, 2)})] == [2]
    assert store.possible_duplicates(1)[0].first.occurrences[0].source == "Ann Lee"
    decision = store.keep_claims_apart(2, 1, by="kim", why="a ferry is no bridge")
    assert [(pair.first.id, pair.second.id) for pair in store.possible_duplicates()] == [(2, 3)]
    assert store.waiting_duplicates() == 1
    assert store.claim(1).links == ()
    with pytest.raises(StoreError, match=f"apart already, by decision {decision}"):
        store.keep_claims_apart(1, 2, by="kim")
    with pytest.raises(StoreError, match="Both are claim 1"):
        store.keep_claims_apart(1, 1, by="kim")
    store.merge_claims(3, [2], by="kim")
    with pytest.raises(StoreError, match=f"declared different by decision {decision}"):
        store.merge_claims(3, [1], by="kim")
    assert store.possible_duplicates() == []
    store.undo_claim_decision(by="kim")
    store.undo_claim_decision(by="kim")
    assert state(path) == before


def test_sources_merged_in_between_do_no_harm(store: Store, path: Path) -> None:
    """A claim that two sources made together has one attribution when they are one, and two again when not."""
    store.add(*report("a", ((LEE, MOOR), BRIDGE)))
    store.add(*report("b", (TARN, FERRY)))
    store.merge_claims(2, [1], by="kim")
    store.merge_sources("Ann Lee", ["Bob Moor"], by="kim")
    store.add(*report("c", (MOOR, BRIDGE)))
    assert set(claims_of(path, BRIDGE)) == {2}
    store.undo_claim_decision(by="kim")
    store.undo_source_decision(by="kim")
    assert claims_of(path, BRIDGE) == [1, 1, 1]
    assert claims_of(path, FERRY) == [2]


def test_a_name_that_a_person_gave_counts_as_the_same_source(store: Store, path: Path) -> None:
    """The wording of a split claim goes to the part of its source under each of that source's names."""
    for number, speaker in enumerate((LEE, MOOR)):
        store.add(*report(f"a{number}", (speaker, BRIDGE)))
    new = store.split_claim(1, [2], by="kim")
    store.alias_source("Bob Moor", ["Robert the Ferryman"], by="kim")
    store.add(*report("b", (Source("x", "Robert the Ferryman", "person", "t"), BRIDGE)))
    assert claims_of(path, BRIDGE) == [1, new, new]


def test_a_decision_needs_somebody(store: Store, path: Path) -> None:
    """Nothing is stored without a name; a database that is only read cannot be decided in."""
    one_claim_each(store, BRIDGE, FERRY)
    before = state(path)
    for by in ("", " "):
        with pytest.raises(StoreError, match="who decides"):
            store.merge_claims(1, [2], by=by)
    assert state(path) == before
    store.merge_claims(1, [2], by="kim")
    with pytest.raises(StoreError, match="who does it"):
        store.undo_claim_decision(1)
    assert [decision.undone_at for decision in store.claim_decisions()] == [None]
    with Store.open_existing(path) as reader, pytest.raises(StoreError, match="reading only"):
        reader.keep_claims_apart(1, 2, by="kim")


def test_words_that_say_too_little_lead_nowhere(store: Store, path: Path) -> None:
    """ "these claims" are others in the next article, whatever a person decided about them in this one."""
    store.add(*report("a", (LEE, BRIDGE), (LEE, "these claims")))
    store.merge_claims(1, [2], by="kim")
    store.add(*report("b", (LEE, "these claims")))
    first, second = claims_of(path, "these claims")
    assert first == 1 != second


def test_full_text_search_finds_claims_that_stand(store: Store, path: Path) -> None:
    """A merged claim's words are found no more, and found again after the undoing."""
    one_claim_each(store, BRIDGE, FERRY)
    search = "SELECT rowid FROM claims_fts WHERE claims_fts MATCH 'ferries'"
    store.merge_claims(1, [2], by="kim")
    assert rows(path, search) == []
    store.undo_claim_decision(by="kim")
    assert rows(path, search) == [(2,)]


def test_keys_of_an_older_program_do_no_harm(store: Store, path: Path) -> None:
    """Where a later version would file a claim under other keys, it can be merged all the same, and back."""
    one_claim_each(store, BRIDGE, FERRY)
    with store._connection.write() as db:
        db.execute("UPDATE claim_keys SET key = -key")
    store.merge_claims(1, [2], by="kim")
    store.add(*report("later", (MOOR, FERRY), (MOOR, DAM)))
    assert claims_of(path, FERRY) == [1, 1]
    store.undo_claim_decision(by="kim")
    assert claims_of(path, FERRY) == [2, 2]
    with store._connection.write() as db:
        db.execute("DELETE FROM claim_keys WHERE key < 0")


@pytest.mark.parametrize("other", ["that the Dam, held!", "THE DAM HELD", "the dam — held"])
def test_wordings_are_the_same_apart_from_typography(other: str) -> None:
    """Whatever a later version of the program makes of them."""
    assert wording_key(other) == wording_key("The dam held.")
    assert wording_key(other) != wording_key("The dam held not")


SOME_TOLD = st.lists(
    st.tuples(st.sampled_from([LEE, MOOR, (LEE, MOOR), (LEE, TARN, MOOR), None]), st.sampled_from(WORDINGS)),
    min_size=1,
    max_size=4,
    unique_by=lambda told: told[1],
)


class Deciding(RuleBasedStateMachine):
    """Any articles and decisions in any order, refused or not: the database stays sound, and all can be undone."""

    @initialize()
    def open(self) -> None:
        self.path = Path(tempfile.mkdtemp()) / "claims.db"
        self.store = Store.open(self.path)
        self.number = 0

    @rule(told=SOME_TOLD)
    def ingest_what_is_not_found(self, told: list[Told]) -> None:
        """What only a rebuild joins."""
        with self.store._connection.write() as db:
            db.execute("DELETE FROM claim_keys")
        self.ingest(told)
        with self.store._connection.write() as db:
            rebuild(db)

    @rule(told=SOME_TOLD)
    def ingest(self, told: list[Told]) -> None:
        self.number += 1
        self.store.add(*report(f"a{self.number}", *told, day=1 + self.number % 28))

    @rule(dice=st.data(), relation=st.sampled_from(["possible-duplicate", "contradicts", "denies"]))
    def tie(self, dice: st.DataObject, relation: str) -> None:
        claims = [claim for (claim,) in rows(self.path, "SELECT id FROM claims ORDER BY id")]
        if len(claims) > 1:
            one, other = dice.draw(st.permutations(claims))[:2]
            if relation != "denies":
                one, other = max(one, other), min(one, other)
            if (one, other, relation) not in links(self.path):
                link(self.store, one, other, relation)

    @rule(dice=st.data(), action=st.sampled_from(["merge", "merge", "split", "apart", "sources"]))
    def decide(self, dice: st.DataObject, action: str) -> None:
        one, other = dice.draw(st.integers(1, 9)), dice.draw(st.integers(1, 9))
        before = state(self.path)
        try:
            if action == "merge":
                self.store.merge_claims(one, [other], "kim")
            elif action == "split":
                occurrences = self.store.claim(one).row.occurrences
                chosen = dice.draw(st.lists(st.sampled_from(occurrences), min_size=1, unique=True))
                self.store.split_claim(one, [told.id for told in chosen], "kim")
            elif action == "apart":
                self.store.keep_claims_apart(one, other, "kim")
            else:
                self.store.merge_sources("Ann Lee", ["Bob Moor"], "kim")
        except StoreError as refusal:
            understood(refusal)
            return
        if action != "sources" and dice.draw(st.booleans()):
            self.store.undo_claim_decision(by="kim")
            assert state(self.path) == before

    @rule(dice=st.data())
    def repeat(self, dice: st.DataObject) -> None:
        decided = """
            SELECT DISTINCT a.text, a.source_id, a.claim_id FROM decided_wordings w
            JOIN attributions a ON a.article_id = w.article_id AND a.uid = w.uid WHERE a.source_id IS NOT NULL"""
        known = sorted(rows(self.path, decided))
        if known:
            text = dice.draw(st.sampled_from(known))[0]
            self.ingest([(dice.draw(st.sampled_from([LEE, MOOR, TARN])), text)])
            ((source, claim),) = rows(
                self.path, "SELECT source_id, claim_id FROM attributions ORDER BY id DESC LIMIT 1"
            )
            fitting = {k[2] for k in known if k[:2] == (text, source)} or {k[2] for k in known if k[0] == text}
            assert claim in fitting

    @rule()
    def rebuild_all(self) -> None:
        apart = rows(self.path, "SELECT * FROM claims_apart")
        decided = {
            self.store.claim(number).row.id
            for decision in self.store.claim_decisions(1000)
            if decision.undone_at is None
            for number in decision.about
        }
        before = {number: self.occurrences(number) for number in decided}
        self.store.rebuild_claims()
        assert rows(self.path, "SELECT * FROM claims_apart") == apart
        assert all(before[number] <= self.occurrences(number) for number in decided)
        assert self.store.rebuild_claims().moved == 0

    def occurrences(self, number: int) -> set[int]:
        return {told.id for told in self.store.claim(number).row.occurrences}

    @rule(number=st.none() | st.integers(1, 8), sources=st.booleans())
    def undo(self, number: int | None, sources: bool) -> None:
        try:
            if sources:
                self.store.undo_source_decision(number, "kim")
            else:
                self.store.undo_claim_decision(number, "kim")
        except StoreError as refusal:
            understood(refusal)

    @invariant()
    def database_is_sound(self) -> None:
        if hasattr(self, "store"):
            sound(self.store._connection._db.conn)

    def teardown(self) -> None:
        if not hasattr(self, "store"):
            return
        while any(decision.undone_at is None for decision in self.store.claim_decisions(1000)):
            self.store.undo_claim_decision(by="kim")
            self.database_is_sound()
        assert rows(self.path, "SELECT * FROM claims_apart") == rows(self.path, "SELECT * FROM decided_wordings") == []
        self.store.close()


Deciding.TestCase.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)
TestDeciding = Deciding.TestCase
