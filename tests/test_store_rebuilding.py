"""The claims of a whole database made anew: they no longer depend on the order in which articles came."""

import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.attribution.tagger import Tagger
from claims.extraction import extract
from claims.store import Rebuilt, Store
from claims.store.claim_filing import add_claim
from claims.terms import Article
from tests.conftest import ROOT
from tests.test_store import rows
from tests.test_store_claim_decisions import (
    BRIDGE,
    DAM,
    LEE,
    MOOR,
    SCHOOL,
    TARN,
    Told,
    claims_of,
    link,
    links,
    one_claim_each,
    report,
    sound,
)

FERRY = "The ferry to Oban sank in heavy seas off Mull"
TWELVE = f"{FERRY}, killing 12 people"
THIRTEEN = f"{FERRY}, killing 13 people"
MINE = "Some 900 miners at the Lota pit walked out over unpaid wages"
MINE_AGAIN = "Over unpaid wages, some 900 miners walked out at the Lota pit"
WORDINGS = (FERRY, TWELVE, THIRTEEN, FERRY.upper(), MINE, MINE_AGAIN, f"{MINE}, union says", "these claims")

Partition = set[frozenset[tuple[str, str]]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database file that does not exist yet."""
    return tmp_path / "claims.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """An empty store; at its end the database is sound."""
    with Store.open(path) as store:
        yield store
        sound(store._connection._db.conn)


def partition(path: Path) -> Partition:
    """What is one claim, by articles' texts and names of attributions."""
    found: dict[int, set[tuple[str, str]]] = {}
    for claim, sha, uid in rows(
        path, "SELECT claim_id, sha256, uid FROM attributions JOIN articles ON articles.id = article_id"
    ):
        found.setdefault(claim, set()).add((sha, uid))
    return {frozenset(members) for members in found.values()}


def dump(path: Path) -> list[str]:
    """All that a database holds."""
    connection = sqlite3.connect(path)
    try:
        return [line for line in connection.iterdump() if "_fts" not in line]
    finally:
        connection.close()


def rebuilt(store: Store, path: Path) -> Rebuilt:
    """Make the claims anew: the dry run says the same and changes nothing, nor does a second time."""
    before = dump(path)
    told = store.rebuild_claims(dry_run=True)
    assert dump(path) == before
    assert store.rebuild_claims() == told
    after = dump(path)
    assert (after == before) == (told.moved == 0)
    assert store.rebuild_claims() == Rebuilt(told.after, told.after, 0, 0)
    assert dump(path) == after
    sound(store._connection._db.conn)
    return told


def settled(path: Path, articles: Sequence[tuple[str, list[Told]]]) -> tuple[Partition, Partition]:
    """What is one claim when these articles came in this order, before and after the claims are made anew."""
    with Store.open(path) as store:
        for name, told in articles:
            store.add(*report(name, *told))
        before = partition(path)
        rebuilt(store, path)
        return before, partition(path)


def test_the_order_of_articles_does_not_matter_any_more(tmp_path: Path) -> None:
    """Four wordings in every order: ingest makes claims as they come, making them anew gives one answer."""
    articles: list[tuple[str, list[Told]]] = [
        (f"a{number}", [(None, words)]) for number, words in enumerate((FERRY, TWELVE, THIRTEEN, FERRY.upper()))
    ]
    found = [settled(tmp_path / f"{n}.db", order) for n, order in enumerate([*permutations(articles)][::3])]
    assert len({frozenset(before) for before, _ in found}) > 1
    assert len({frozenset(after) for _, after in found}) == 1


def test_the_order_of_articles_decides_no_tie(tmp_path: Path) -> None:
    """Two wordings that each of two people said: what goes with what does not depend on who came first."""
    told = [(who, words) for who in (LEE, MOOR) for words in (MINE, MINE_AGAIN)]
    articles: list[tuple[str, list[Told]]] = [(f"a{number}", [each]) for number, each in enumerate(told)]
    found = [settled(tmp_path / f"{n}.db", order)[1] for n, order in enumerate([*permutations(articles)][::3])]
    assert all(after == found[0] for after in found)


TOLD = st.tuples(st.sampled_from([LEE, MOOR, (MOOR, TARN), None]), st.sampled_from(WORDINGS))
ARTICLES = st.lists(st.lists(TOLD, min_size=1, max_size=3, unique_by=lambda told: told[1]), min_size=2, max_size=8)


@settings(max_examples=25, deadline=None)
@given(ARTICLES, st.data())
def test_any_articles_in_any_order_are_the_same_claims(told: list[list[Told]], dice: st.DataObject) -> None:
    """The same articles, one order or another."""
    articles = [(f"a{number}", each) for number, each in enumerate(told)]
    mixed = dice.draw(st.permutations(articles))
    with tempfile.TemporaryDirectory() as folder:
        (_, one), (_, other) = (settled(Path(folder) / f"{n}.db", order) for n, order in enumerate((articles, mixed)))
    assert one == other


def apart_by_order(store: Store, path: Path) -> None:
    """Articles of which ingest makes two claims that are one: 1 and 2, the second with two attributions."""
    store.add(*report("a", (LEE, MINE), day=3))
    with store._connection.write() as db:
        db.execute("DELETE FROM claim_keys")  # as if it had not been found
    store.add(*report("b", (LEE, MINE_AGAIN), day=2))
    store.add(*report("c", ((LEE, MOOR), MINE_AGAIN), day=4))
    assert claims_of(path, MINE) == [1]
    assert set(claims_of(path, MINE_AGAIN)) == {2}


def test_a_claim_of_which_nothing_is_left_leads_to_the_one_that_got_it(store: Store, path: Path) -> None:
    """The claim with more attributions keeps its number; days, words and keys are right; the old number is found."""
    apart_by_order(store, path)
    attributions = rows(path, "SELECT id, uid, article_id, source_id, text, spans FROM attributions ORDER BY id")
    assert rebuilt(store, path) == Rebuilt(before=2, after=1, moved=1, superseded=1)
    assert rows(path, "SELECT id, uid, article_id, source_id, text, spans FROM attributions ORDER BY id") == (
        attributions
    )
    card = store.claim(1)
    assert (card.row.id, card.row.text, card.row.first_seen, card.row.attributions) == (2, MINE_AGAIN, "2024-05-02", 4)
    (merged,) = card.merged
    assert (merged.id, merged.text, merged.decision_id) == (1, MINE, None)
    assert merged.reason.startswith("the rebuild of 20")
    (moved,) = [told for told in card.row.occurrences if told.text == MINE]
    assert "of claim 1 until the rebuild of 20" in moved.reason
    store.add(*report("d", (TARN, MINE), (TARN, SCHOOL)))
    assert claims_of(path, MINE) == [2, 2]
    assert claims_of(path, SCHOOL) == [3]


def test_attributions_are_counted_whoever_spoke_together(store: Store, path: Path) -> None:
    """Three that speak together are three: their claim keeps its number before one that was made twice."""
    store.add(*report("a", (LEE, BRIDGE)))
    store.add(*report("b", (LEE, BRIDGE)))
    with store._connection.write() as db:
        db.execute("DELETE FROM claim_keys")
    store.add(*report("c", ((LEE, MOOR, TARN), BRIDGE)))
    assert rebuilt(store, path) == Rebuilt(before=2, after=1, moved=2, superseded=1)
    assert claims_of(path, BRIDGE) == [2] * 5


def test_the_number_of_a_claim_that_falls_apart_leads_where_most_of_it_went(store: Store, path: Path) -> None:
    """To one of two claims that keep their numbers."""
    for name, words in (("a", BRIDGE), ("b", DAM), ("c", DAM), ("d", DAM), ("e", BRIDGE), ("f", DAM), ("g", DAM)):
        store.add(*report(name, (LEE, words)))
    with store._connection.write() as db:
        add_claim(db, 3, BRIDGE, "2024-05-01")
        db.execute("UPDATE attributions SET claim_id = 3 WHERE id > 4")
    assert rebuilt(store, path) == Rebuilt(before=3, after=2, moved=3, superseded=1)
    assert (claims_of(path, BRIDGE), set(claims_of(path, DAM))) == ([1, 1], {2})
    assert store.claim(3).row.id == 2


def test_what_was_never_one_goes_apart_under_a_new_number(store: Store, path: Path) -> None:
    """The larger part keeps the number, the other one is a new claim with the text of its first attribution."""
    store.add(*report("a", (LEE, BRIDGE)))
    store.add(*report("b", (LEE, DAM), day=9))
    store.add(*report("c", (MOOR, BRIDGE)))
    with store._connection.write() as db:
        db.execute("UPDATE attributions SET claim_id = 1")
        db.execute("DELETE FROM claim_wordings WHERE claim_id = 2")
        db.execute("DELETE FROM claims WHERE id = 2")
    assert rebuilt(store, path) == Rebuilt(before=1, after=2, moved=1, superseded=0)
    (new,) = claims_of(path, DAM)
    assert new not in (0, 1)
    row = store.claim(new).row
    assert (row.text, row.first_seen, store.claim(1).row.attributions) == (DAM, "2024-05-09", 2)
    assert row.occurrences[0].reason.startswith("new; of claim 1 until")


def test_links_are_those_of_the_new_claims(store: Store, path: Path) -> None:
    """Carried with the wordings that they came from, denials with the place in their article; new ones are found."""
    rival = "Over unpaid wages, some 700 miners walked out at the Lota pit"
    apart_by_order(store, path)
    store.add(*report("e", (TARN, SCHOOL), (LEE, "these claims"), (MOOR, DAM)))
    store.add(*report("f", (TARN, rival)))
    with store._connection.write() as db:
        db.execute("DELETE FROM claim_links")
    link(store, 3, 1)
    link(store, 4, 1, "denies")
    link(store, 5, 3)
    rebuilt(store, path)
    assert {(3, 2, "possible-duplicate"), (4, 2, "denies"), (5, 3, "possible-duplicate")} <= links(path)
    assert (claims_of(path, rival)[0], 2, "contradicts") in links(path)
    assert not any(1 in pair[:2] for pair in links(path))


def test_a_denial_goes_with_its_article(store: Store, path: Path) -> None:
    """It denies what was said before it there, not the other wordings of the claim that this was of."""
    store.add(*report("a", (LEE, BRIDGE), (LEE, BRIDGE.lower())))
    store.add(*report("b", (LEE, DAM), (MOOR, "these claims")))
    with store._connection.write() as db:
        db.execute("UPDATE attributions SET claim_id = 1 WHERE claim_id = 2")
        db.execute("DELETE FROM claim_wordings WHERE claim_id = 2")
        db.execute("DELETE FROM claims WHERE id = 2")
    link(store, 3, 1, "denies")
    rebuilt(store, path)
    assert [pair for pair in links(path) if pair[2] == "denies"] == [(3, claims_of(path, DAM)[0], "denies")]


def test_merged_claims_stay_merged_and_can_be_parted(store: Store, path: Path) -> None:
    """Though the rules would part them; what a rebuild added goes, with the undoing, where it belongs."""
    apart_by_order(store, path)
    store.add(*report("e", (TARN, DAM)))
    store.merge_claims(3, [2], by="kim")
    assert rebuilt(store, path) == Rebuilt(before=2, after=1, moved=1, superseded=1)
    assert set(claims_of(path, MINE) + claims_of(path, MINE_AGAIN) + claims_of(path, DAM)) == {3}
    store.add(*report("f", (LEE, DAM), (LEE, MINE)))
    assert store.counts().claims == 1
    store.undo_claim_decision(1, by="kim")
    assert claims_of(path, DAM) == [3, 3]
    assert set(claims_of(path, MINE) + claims_of(path, MINE_AGAIN)) == {2}
    assert rebuilt(store, path).moved == 0


def test_a_decision_is_undone_though_what_it_was_tied_to_is_another_claim_now(store: Store, path: Path) -> None:
    """The links of before come back to the claims that took theirs in."""
    apart_by_order(store, path)
    store.add(*report("e", (TARN, DAM)))
    store.add(*report("f", (TARN, SCHOOL)))
    link(store, 3, 1)
    store.merge_claims(4, [3], by="kim")
    assert (4, 1, "possible-duplicate") in links(path)
    rebuilt(store, path)
    assert (4, 2, "possible-duplicate") in links(path)
    store.undo_claim_decision(1, by="kim")
    assert (3, 2, "possible-duplicate") in links(path)


def test_what_was_split_off_stays_split(store: Store, path: Path) -> None:
    """In the same words; what is found to say the same goes where the same source said it."""
    for number, speaker in enumerate((LEE, MOOR)):
        store.add(*report(f"a{number}", (speaker, MINE)))
    with store._connection.write() as db:
        db.execute("DELETE FROM claim_keys")
    store.add(*report("b", (MOOR, MINE)))
    assert claims_of(path, MINE) == [1, 1, 2]
    new = store.split_claim(1, [2], by="kim")
    assert rebuilt(store, path) == Rebuilt(before=3, after=2, moved=1, superseded=1)
    assert claims_of(path, MINE) == [1, new, new]
    assert store.claim(2).row.id == new
    store.undo_claim_decision(by="kim")
    assert claims_of(path, MINE) == [1, 1, 1]


def test_claims_apart_stay_apart_and_are_not_asked_about_again(store: Store, path: Path) -> None:
    """Two that people decided about are never made one; undone, the next rebuild joins them."""
    apart_by_order(store, path)
    link(store, 2, 1)
    store.keep_claims_apart(1, 2, by="kim")
    assert rebuilt(store, path).moved == 0
    assert store.possible_duplicates() == []
    store.undo_claim_decision(by="kim")
    assert rebuilt(store, path) == Rebuilt(before=2, after=1, moved=1, superseded=1)


def test_a_chain_of_superseded_claims_is_found_by_every_number(store: Store, path: Path) -> None:
    """A claim that a person merged, whose decision was undone, or that a rebuild joined, and again."""
    one_claim_each(store, BRIDGE, DAM)
    store.merge_claims(1, [2], by="kim")
    store.undo_claim_decision(by="kim")
    with store._connection.write() as db:
        db.execute("DELETE FROM claim_keys")
    for day in (3, 4):
        store.add(*report(f"later{day}", (MOOR, BRIDGE), day=day))
    assert claims_of(path, BRIDGE) == [1, 3, 3]
    rebuilt(store, path)
    assert store.claim(1).row.id == 3
    store.merge_claims(2, [1], by="kim")
    assert {store.claim(number).row.id for number in (1, 2, 3)} == {2}


def test_an_article_that_was_read_is_rebuilt_as_it_was(store: Store, path: Path, tagger: Tagger) -> None:
    """One article makes the same claims at once, whatever its denials point at."""
    sample = ROOT / "examples" / "harbour-drill.txt"
    article = Article(sample.name, sample.read_text("utf-8"))
    store.add(article, extract(article, tagger))
    before = links(path)
    assert rebuilt(store, path).moved == 0
    assert links(path) == before


def test_nothing_is_rebuilt_of_nothing(store: Store, path: Path) -> None:
    """An empty database has no claims."""
    assert rebuilt(store, path) == Rebuilt(0, 0, 0, 0)


# Says when it begins to write, and is killed there.
REBUILDER = """
import sys, time
from claims.store import Store

def tell(line):
    if line.startswith("Linking"):
        print("writing", flush=True)
        time.sleep(60)

with Store.open(sys.argv[1]) as store:
    store.rebuild_claims(tell=tell)
"""


def test_a_killed_rebuild_leaves_the_old_state(tmp_path: Path, path: Path) -> None:
    """kill -9 in the midst of writing: as if it had never begun."""
    with Store.open(path) as store:
        apart_by_order(store, path)
    before = dump(path)
    process = subprocess.Popen(
        [sys.executable, "-c", REBUILDER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "writing\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert dump(path) == before
    with Store.open(path) as store:
        assert rebuilt(store, path).superseded == 1
