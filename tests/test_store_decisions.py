"""What people decide about sources: it holds whatever comes, and can be taken back."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from claims.errors import StoreError
from claims.store import SourceCard, Store
from claims.terms import Role, Source
from tests.conftest import understood
from tests.test_store import rows
from tests.test_store_sources import KESTREL, PEOPLE, report, sound


def person(name: str, *roles: Role, text: str = "x") -> Source:
    """A person by name."""
    return Source(text, name, "person", "full-name", roles=roles)


PILOT, BAKER = Role("a harbour pilot", "pilot", "harbour"), Role("the baker", "baker")
OTHER_KESTREL = person("Immy Kestrel-Tarn")
BODY = Source("the Tarn Board", "Tarn Board", "organization", "full-name")


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """A store in which two people and a body spoke; at its end the database is sound."""
    with Store.open(path) as store:
        store.add(*report("one", KESTREL, BODY))
        store.add(*report("two", OTHER_KESTREL))
        yield store
        sound(store._connection._db.conn)


def state(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a decision may change, in an order of its own."""
    tables = {
        "sources": "id, name, kind, article_id, renamed, country",
        "source_names": "name, key, source_id, identifies, articles, rule, decision_id",
        "source_keys": "*",
        "source_mentions": "id, source_id, article_id, name",
        "source_roles": "*",
        "source_links": "*",
        "sources_apart": "*",
        "merged_sources": "id, into_id",
        "attributions": "article_id, uid, source_id, mention_id, text",
    }
    return {table: sorted(rows(path, f"SELECT {columns} FROM {table}"), key=repr) for table, columns in tables.items()}


def articles(card: SourceCard) -> set[int]:
    """The numbers of the articles that a source stands in."""
    return {mention.article_id for mention in card.mentions}


def test_a_renamed_source_keeps_its_name(store: Store, path: Path) -> None:
    """Whatever articles call it later; the name given leads there, too; the log says who, when and why."""
    decision = store.rename_source("Imogen Kestrel", "Admiral Immy", by="kim", why="so she signs")
    for number in range(3):
        store.add(*report(f"later{number}", KESTREL))
    store.add(*report("nick", person("Admiral Immy")))
    card = store.source("Imogen Kestrel")
    assert (card.row.name, card.row.renamed, card.row.articles) == ("Admiral Immy", True, 5)
    (told,) = card.decisions
    assert (told.id, told.action, told.decided_by, told.why, told.undone_at) == (
        decision, "rename", "kim", "so she signs", None,
    )  # fmt: skip
    assert told.decided_at.endswith("+00:00")
    assert rows(path, "SELECT source FROM attributed_claims WHERE article = 'Title one'")[0] == ("Admiral Immy",)
    assert card.mentions[0].rule == "decided"
    undone = store.undo_source_decision(by="lee")
    assert (undone.id, undone.undone_by) == (decision, "lee")
    assert store.source("Imogen Kestrel").row.name == "Imogen Kestrel"
    assert store.source("Admiral Immy").row.articles == 1


def test_merged_sources_stay_one(store: Store) -> None:
    """Both names lead to the keeper, also from articles that come later; the old number is found."""
    store.merge_sources("Imogen Kestrel", ["Immy Kestrel-Tarn"], by="kim", why="she married")
    store.add(*report("two", OTHER_KESTREL))
    store.add(*report("three", OTHER_KESTREL))
    store.add(*report("four", KESTREL, OTHER_KESTREL))
    card = store.source("Immy Kestrel-Tarn")
    assert card.row.id == store.source("Imogen Kestrel").row.id == 1
    assert articles(card) == {1, 2, 3, 4}
    (folded,) = card.folded
    assert store.source(str(folded.id)).asked == folded.id
    assert (folded.name, folded.decision_id) == ("Immy Kestrel-Tarn", 1)
    assert "she married" in folded.reason
    assert "she married" not in card.mentions[0].reason


@pytest.mark.parametrize("other_score", [0.4, 0.5])
def test_a_pair_that_may_be_one_is_asked_about_once(store: Store, path: Path, other_score: float) -> None:
    """Both of two that are merged were linked with a third, which had come between them; undoing gives both back."""
    with store._connection.write() as db:
        for one, other, score in ((2, 1, 0.5), (3, 2, other_score)):
            db.execute(
                "INSERT OR REPLACE INTO source_links VALUES (?, ?, 'possibly-same', ?, 'alike')", (one, other, score)
            )
    before = state(path)
    store.merge_sources("1", ["3"], by="kim")
    assert [(pair.id, pair.other_id, pair.score) for pair in store.possible_sources()] == [(2, 1, 0.5)]
    store.undo_source_decision(by="kim")
    assert state(path) == before


def test_an_undone_merge_gives_each_its_own_back(store: Store) -> None:
    """What came in between by the merged source's name goes with it."""
    store.merge_sources("Imogen Kestrel", ["Immy Kestrel-Tarn"], by="kim")
    store.add(*report("three", OTHER_KESTREL))
    store.add(*report("four", KESTREL))
    store.undo_source_decision(None, "kim")
    assert articles(store.source("Imogen Kestrel")) == {1, 4}
    assert articles(store.source("Immy Kestrel-Tarn")) == {2, 3}
    store.add(*report("five", OTHER_KESTREL))
    assert articles(store.source("Immy Kestrel-Tarn")) == {2, 3, 5}


def test_a_chain_of_merges_is_found_by_every_number_and_undone_from_its_end(store: Store, path: Path) -> None:
    """A into B into C; an earlier link cannot be undone first, and the message says what can."""
    before = state(path)
    first, second, third = (store.source(name).row.id for name in ("Imogen Kestrel", "Immy Kestrel-Tarn", "Tarn Board"))
    one = store.merge_sources(str(second), [str(first)], by="kim")
    between = state(path)
    two = store.merge_sources(str(third), [str(second)], by="kim")
    assert {store.source(str(number)).row.id for number in (first, second, third)} == {third}
    assert len(store.source(str(third)).folded) == 2
    with pytest.raises(StoreError, match=f"Decision {one} cannot be undone before decision {two}.*Undo {two} first"):
        store.undo_source_decision(one, "kim")
    store.undo_source_decision(two, "kim")
    assert state(path) == between
    store.undo_source_decision(one, "kim")
    assert state(path) == before
    with pytest.raises(StoreError, match=f"Decision {one} was undone already, by kim"):
        store.undo_source_decision(one, "kim")
    with pytest.raises(StoreError, match="no decision about sources"):
        store.undo_source_decision(by="kim")


def test_independent_decisions_are_undone_in_any_order(store: Store, path: Path) -> None:
    """What does not build on one another stands alone."""
    store.rename_source("Tarn Board", "Board of Tarn", by="kim")
    before = state(path)
    store.merge_sources("Imogen Kestrel", ["Immy Kestrel-Tarn"], by="kim")
    store.undo_source_decision(1, "kim")
    assert store.source("Tarn Board").row.name == "Tarn Board"
    store.undo_source_decision(2, "kim")
    assert before["sources_apart"] == state(path)["sources_apart"]


def test_merging_what_is_merged_is_refused(store: Store) -> None:
    """By the old number and by the old name; a source is not merged with itself."""
    store.merge_sources("Imogen Kestrel", ["3", "#3"], by="kim")
    number = 3
    for other in ("Immy Kestrel-Tarn", str(number)):
        with pytest.raises(StoreError, match="is one already"):
            store.merge_sources("Imogen Kestrel", [other], by="kim")
    with pytest.raises(StoreError, match="Name two sources"):
        store.merge_sources("Imogen Kestrel", [], by="kim")


def test_who_spoke_together_can_be_merged_and_parted_again(path: Path) -> None:
    """Their common claim is one attribution then; undoing brings the second back, with what stood inside it."""
    with Store.open(path) as store:
        article, found = report("one", [KESTREL, OTHER_KESTREL], BODY)
        store.add(article, [found[0], type(found[1])(**{**vars(found[1]), "parent": found[0].id})])
        before, parents = state(path), rows(path, "SELECT id, parent_id FROM attributions ORDER BY id")
        store.merge_sources("Immy Kestrel-Tarn", ["Imogen Kestrel"], by="kim")
        assert len(rows(path, "SELECT id FROM attributions")) == 2
        sound(store._connection._db.conn)
        store.undo_source_decision(by="kim")
        assert state(path) == before
        assert rows(path, "SELECT id, parent_id FROM attributions ORDER BY id") == parents


def test_a_source_split_by_name_stays_two(store: Store, path: Path) -> None:
    """The name leads to the new source from now on, the other names to the old one."""
    short = Source("x", "Imogen R. Kestrel", "person", "full-name")
    store.add(*report("short", short))
    before = state(path)
    assert articles(store.source("Imogen Kestrel")) == {1, 3}
    new = store.split_source("Imogen Kestrel", names=["Imogen R. Kestrel"], by="kim", why="her aunt")
    store.add(*report("five", short))
    store.add(*report("six", KESTREL))
    assert articles(store.source(str(new))) == {3, 4}
    assert store.source(str(new)).row.name == "Imogen R. Kestrel"
    assert articles(store.source("Imogen Kestrel")) == {1, 5}
    with pytest.raises(StoreError, match="declared different by decision 1"):
        store.merge_sources("Imogen Kestrel", [str(new)], by="kim")
    store.undo_source_decision(by="kim")
    assert articles(store.source("Imogen R. Kestrel")) == {1, 3, 4, 5}
    assert store.source(str(new)).row.id == store.source("Imogen Kestrel").row.id == 1
    assert before["source_keys"] == state(path)["source_keys"]


def test_a_source_split_by_article_tells_later_mentions_by_role(store: Store) -> None:
    """A name that both bear leads to the one of which the same is said, else to neither."""
    store.add(*report("pilot", person("Imogen Kestrel", PILOT)))
    store.add(*report("baker", person("Imogen Kestrel", BAKER)))
    assert articles(store.source("Imogen Kestrel")) == {1, 3, 4}
    new = store.split_source("Imogen Kestrel", articles=[4], by="kim")
    store.add(*report("pilot2", person("Imogen Kestrel", PILOT)))
    store.add(*report("baker2", person("Imogen Kestrel", Role("a baker", "baker", "Tarn"))))
    store.add(*report("neither", person("Imogen Kestrel")))
    assert articles(store.source(str(new))) == {4, 6}
    with pytest.raises(StoreError, match="is a name of 2 sources"):
        store.source("Imogen Kestrel")
    assert articles(store.source("1")) == {1, 3, 5}
    (alone,) = [row for row in store.sources(unnamed=True) if row.article_id == 7]
    assert store.source(str(alone.id)).mentions[0].rule == "several-bear-this-name"
    assert {pair.other_id for pair in store.possible_sources() if pair.id == alone.id} == {1, new}


def test_what_cannot_be_split_is_refused(store: Store) -> None:
    """Names and articles that are not the source's, all of it, nothing of it."""
    store.add(*report("three", KESTREL))
    with pytest.raises(StoreError, match=r'No article calls source 1 .* "Bea", but "Imogen Kestrel"'):
        store.split_source("1", names=["Bea"], by="kim")
    with pytest.raises(StoreError, match="is not in article 2, but in 1, 3"):
        store.split_source("1", articles=[2], by="kim")
    with pytest.raises(StoreError, match="Nothing would be left"):
        store.split_source("1", articles=[1, 3], by="kim")
    with pytest.raises(StoreError, match="Say by which names"):
        store.split_source("1", by="kim")
    assert store.source_decisions() == []


def test_an_alias_leads_there_first(store: Store) -> None:
    """Whatever the rules say, a description and a mere surname too; undoing frees what it led there."""
    store.alias_source("Imogen Kestrel", ["Ketch", "HMS Heron office"], by="kim")
    bare = Source("Ketch", "Ketch", "person", "as-written")
    store.add(*report("three", bare))
    store.add(*report("four", Source("HMS Heron office", "HMS Heron office", "organization", "t", named=False)))
    store.add(*report("three", bare))
    card = store.source("Imogen Kestrel")
    assert articles(card) == {1, 3, 4}
    assert {name.name: name.decision_id for name in card.names if name.decision_id} == {
        "Ketch": 1,
        "HMS Heron office": 1,
    }
    assert [row.id for row in store.sources("ketch")] == [card.row.id]
    store.undo_source_decision(1, "kim")
    assert articles(store.source("Imogen Kestrel")) == {1}
    assert "Ketch" not in {name.name for name in store.source("Imogen Kestrel").names}


def test_a_name_that_another_source_bears_is_refused_by_name(store: Store) -> None:
    """For an alias and for a new name; pronouns and nothing are no names."""
    for decide in (
        lambda name: store.alias_source("Imogen Kestrel", [name], by="kim"),
        lambda name: store.rename_source("Imogen Kestrel", name, by="kim"),
    ):
        with pytest.raises(StoreError, match=r'"the tarn board" is a name of source \d "Tarn Board" \(organization\)'):
            decide("the tarn board")
        for nothing in ("", " he ", "x" * 300):
            with pytest.raises(StoreError, match="name"):
                decide(nothing)
    assert store.source_decisions() == []


def test_sources_apart_are_never_merged(store: Store, path: Path) -> None:
    """Not by a person, not by a later article; they are no longer shown as possibly one."""
    store.add(*report("three", person("Imogen Tarn-Kestrel")))
    before = state(path)
    numbers = [store.source(name).row.id for name in ("Imogen Kestrel", "Imogen Tarn-Kestrel")]
    store.keep_apart(*map(str, numbers), by="kim", why="cousins")
    with pytest.raises(StoreError, match="declared different by decision 1"):
        store.merge_sources(str(numbers[0]), [str(numbers[1])], by="kim")
    with pytest.raises(StoreError, match="apart already, by decision 1"):
        store.keep_apart(str(numbers[1]), str(numbers[0]), by="kim")
    store.add(*report("four", person("Imogen Tarn-Kestrel")))
    store.add(*report("five", person("Imogen Kestrel")))
    assert [articles(store.source(str(number))) for number in numbers] in ([{1, 5}, {3, 4}], [{3, 4}, {1, 5}])
    assert [row.id for row in store.source(str(numbers[0])).apart] == [numbers[1]]
    assert not [pair for pair in store.possible_sources() if {pair.id, pair.other_id} == set(numbers)]
    store.undo_source_decision(1, "kim")
    assert before["sources"] == state(path)["sources"]
    with pytest.raises(StoreError, match="Both are source"):
        store.keep_apart("1", "Imogen Kestrel", by="kim")


def test_a_decision_needs_somebody(store: Store, path: Path) -> None:
    """Nothing is stored without a name; a database that is only read cannot be decided in."""
    with pytest.raises(StoreError, match="who decides"):
        store.rename_source("1", "Ann Other", by=" ")
    store.rename_source("1", "Ann Other", by="kim")
    with pytest.raises(StoreError, match="who does it"):
        store.undo_source_decision(1)
    assert [decision.undone_at for decision in store.source_decisions()] == [None]
    with Store.open_existing(path) as reader, pytest.raises(StoreError, match="reading only"):
        reader.rename_source("1", "Third", by="kim")


def test_a_described_source_that_gets_a_name_is_known_everywhere(store: Store) -> None:
    """Undone, it is its article's own again."""
    aides = Source("aides", "aides", "group", "t", named=False)
    store.add(*report("three", aides))
    (row,) = [row for row in store.sources(unnamed=True) if row.article_id]
    store.rename_source(str(row.id), "Tarn Quorum", by="kim")
    store.add(*report("four", aides))
    store.add(*report("five", Source("x", "Tarn Quorum", "group", "t")))
    assert articles(store.source("Tarn Quorum")) == {3, 5}
    store.undo_source_decision(by="kim")
    assert store.source(str(row.id)).row.article_id == 3
    assert articles(store.source("Tarn Quorum")) == {5}


class Deciding(RuleBasedStateMachine):
    """Any articles and decisions in any order, refused or not: the database stays sound, and all can be undone."""

    @initialize()
    def open(self) -> None:
        self.store = Store.open(Path(tempfile.mkdtemp()) / "claims.db")
        self.number = 0

    @rule(speakers=st.lists(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3), min_size=1, max_size=4))
    def ingest(self, speakers: list[list[Source]]) -> None:
        self.number += 1
        self.store.add(*report(f"a{self.number}", *speakers))

    def _pick(self, dice: st.DataObject) -> str:
        return str(dice.draw(st.integers(1, 25)))

    @rule(dice=st.data(), action=st.sampled_from(["rename", "merge", "split", "alias", "apart"]))
    def decide(self, dice: st.DataObject, action: str) -> None:
        one, other = self._pick(dice), self._pick(dice)
        name = dice.draw(st.sampled_from(["Imogen Kestrel", "HB", "Kestrel", "Ada Tarn", "Moscow", "officials"]))
        try:
            if action == "rename":
                self.store.rename_source(one, name, "kim")
            elif action == "merge":
                self.store.merge_sources(one, [other], "kim")
            elif action == "split":
                mentions = self.store.source(one).mentions
                mention = dice.draw(st.sampled_from(mentions))
                by_name = dice.draw(st.booleans())
                self.store.split_source(
                    one,
                    names=[mention.name] if by_name else [],
                    articles=[] if by_name else [mention.article_id],
                    by="kim",
                )
            elif action == "alias":
                self.store.alias_source(one, [name], "kim")
            else:
                self.store.keep_apart(one, other, "kim")
        except StoreError as refusal:
            understood(refusal)

    @rule(number=st.none() | st.integers(1, 8))
    def undo(self, number: int | None) -> None:
        try:
            self.store.undo_source_decision(number, "kim")
        except StoreError as refusal:
            understood(refusal)

    @invariant()
    def database_is_sound(self) -> None:
        if hasattr(self, "store"):
            sound(self.store._connection._db.conn)
            apart = (
                "SELECT * FROM sources_apart JOIN source_decisions d ON d.id = decision_id WHERE undone_at IS NOT NULL"
            )
            assert self.store._connection._db.execute(apart).fetchall() == []
            pins = (
                "SELECT * FROM source_names JOIN source_decisions d ON d.id = decision_id WHERE undone_at IS NOT NULL"
            )
            assert self.store._connection._db.execute(pins).fetchall() == []

    def teardown(self) -> None:
        if not hasattr(self, "store"):
            return
        while any(decision.undone_at is None for decision in self.store.source_decisions(1000)):
            self.store.undo_source_decision(by="kim")
            self.database_is_sound()
        self.store.close()


Deciding.TestCase.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)
TestDeciding = Deciding.TestCase
