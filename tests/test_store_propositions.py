"""Known claims are found again: by any of their wordings, in the next process, and never across a conflict."""

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlite_utils import Database

from claims.matching import Statement, cluster, decide, prepare
from claims.matching.agreement import CHECKED
from claims.matching.indexing import HUB
from claims.store import Store
from claims.store.claim_index import Wording, key_number, rebuild
from claims.store.propositions import COMPARED, find_or_add_claim, likeliest, nearest_claims
from claims.store.schema import fresh_database
from tests.conftest import SHARED

LABELLED = SHARED / "gold" / "duplicates-dev.jsonl"

FERRY = "The ferry to Oban sank in heavy seas off Mull"
FERRY_LONGER = "The ferry to Oban sank in heavy seas off Mull, killing 12 people"
FERRY_OTHER = "The ferry to Oban sank in heavy seas off Mull, killing 13 people"
MINE = "Miners at the Lota pit walked out over unpaid wages"
MINE_REWORDED = "Over unpaid wages, miners walked out at the Lota pit"


def found(db: Database, *texts: str, day: str = "2024-03-01") -> list[int]:
    """The number of each text's claim."""
    return [find_or_add_claim(db, Statement(text), day).id for text in texts]


def filed(db: Database) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    """What finds claims again."""
    return set(db.execute("SELECT * FROM claim_wordings")), set(db.execute("SELECT * FROM claim_keys"))


@pytest.fixture
def db() -> Database:
    """An empty database in memory."""
    return fresh_database()


@pytest.mark.parametrize(
    "texts",
    [
        (FERRY, MINE, FERRY.upper(), MINE_REWORDED),
        (FERRY_LONGER, MINE, FERRY),
        (FERRY_LONGER, FERRY_OTHER),
        ("these accusations", "these accusations"),
    ],
)
def test_a_database_files_claims_as_clustering_in_memory_does(db: Database, texts: Sequence[str]) -> None:
    """Two ways to one decision: as many claims, and the same texts together."""
    order: dict[int, int] = {}
    numbers = [order.setdefault(claim, len(order)) for claim in found(db, *texts)]
    assert numbers == cluster(Statement(text) for text in texts)


def test_a_newcomer_is_held_against_every_wording_of_a_claim(db: Database) -> None:
    """The short wording was first and has no number; 12 dead joined it, so 13 dead cannot."""
    short, twelve, thirteen = found(db, FERRY, FERRY_LONGER, FERRY_OTHER)
    assert short == twelve != thirteen
    near = nearest_claims(db, Statement(FERRY_OTHER.replace("13", "14")), 10)
    assert not any(one.decision.same for one in near)
    assert len(near) == 2
    assert all(one.decision.reason.startswith("different numbers: ") for one in near)


def test_a_claim_is_found_by_a_wording_that_came_later(tmp_path: Path) -> None:
    """What one process filed the next one knows, later wordings too."""
    path = tmp_path / "claims.db"
    with Store.open(path) as store, store._connection.write() as db:
        first, later = found(db, FERRY, FERRY_LONGER)
        assert first == later
    with Store.open(path) as store, store._connection.write() as db:
        assert found(db, FERRY_LONGER.replace("12", "twelve")) == [first]


def test_wordings_and_keys_of_a_claim_are_bounded(db: Database) -> None:
    """However often and in however many ways a claim is made, what is kept of it is little."""
    texts = [f"{FERRY}, says {name}" for name in ("Ann", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida", "Jo")]
    texts += [f"{opening} {FERRY.lower()}" for opening in ("Reportedly,", "Officials said that", "Ann Lee said that")]
    assert len(set(found(db, *texts, *texts, FERRY, FERRY.upper()))) == 1
    ((most,),) = db.execute("SELECT max(number) FROM claim_wordings").fetchall()
    assert most == CHECKED
    assert db.execute("SELECT count(*) FROM claims").fetchone() == (1,)


def test_crowded_words_hide_no_claim_in_other_order(db: Database) -> None:
    """All pairs of its words are crowded; all its words together are not."""
    texts = [f"Workers in Lota said the mine {number} lost money" for number in range(100, 100 + 2 * HUB)]
    claims = found(db, *texts)
    assert len(set(claims)) == len(texts)
    assert db.execute("SELECT max(n) FROM (SELECT count(*) n FROM claim_keys GROUP BY key)").fetchone()[0] <= HUB
    assert found(db, f'"{texts[-1].upper()}"') == [claims[-1]]


def test_only_the_likeliest_claims_are_compared(db: Database) -> None:
    """A newcomer that shares words with many still finds the one that it is."""
    found(db, *(f"Miners at the {name} pit walked out" for name in ("Coro", "Talca", "Arica", "Osor", "Temu", "Puna")))
    found(db, *(f"Miners at the Lota pit {verb}" for verb in ("sang", "danced", "slept", "prayed", "cheered", "ran")))
    (claim,) = found(db, MINE)
    assert COMPARED < 12
    assert found(db, MINE_REWORDED) == [claim]


def test_stems_alone_rule_out_hardly_any_labelled_pair() -> None:
    """Nearly all that a decision makes the same is compared, though stems too little alike rule the rest out."""
    if not LABELLED.exists():
        pytest.skip(f"{LABELLED} is not there")
    same = compared = 0
    for row in map(json.loads, LABELLED.read_text("utf-8").splitlines()):
        said = [(row[side]["text"], row[side].get("source"), row[side].get("cue")) for side in "ab"]
        one, other = (prepare(Statement(*each)) for each in said)
        if decide(one, other).same:
            same += 1
            compared += likeliest(one, {1: [Wording(*said[1], frozenset(other.stems))]}) == [1]
    assert same > 50
    assert compared >= 0.97 * same


def test_keys_are_small_numbers_and_those_of_one_word_neighbours() -> None:
    """Six bytes each; what a claim is filed under lies in few places."""
    mine, fare, dam = key_number("mine lota"), key_number("mine fare"), key_number("dam lota")
    assert max(mine, fare, dam) < 1 << 47
    assert mine != fare
    assert abs(mine - fare) < 1 << 23
    assert mine >> 23 == fare >> 23 != dam >> 23


def test_the_index_made_anew_is_the_one_that_ingest_made(db: Database) -> None:
    """For claims in one wording each, which is what a database of before wordings were kept holds."""
    found(db, FERRY_LONGER, FERRY_OTHER, MINE, "these accusations", "")
    before = filed(db)
    rebuild(db)
    assert filed(db) == before


def test_the_earliest_day_is_kept(db: Database) -> None:
    """An older article that comes later dates the claim back."""
    found(db, MINE, day="2024-03-02")
    found(db, MINE_REWORDED, day="2024-02-01")
    assert db.execute("SELECT first_seen FROM claims").fetchall() == [("2024-02-01",)]


def test_a_database_from_before_wordings_is_brought_up_to_date(tmp_path: Path) -> None:
    """Claims that an earlier version stored are found again."""
    path = tmp_path / "claims.db"
    with Store.open(path) as store, store._connection.write() as db:
        (claim,) = found(db, MINE)
    connection = sqlite3.connect(path)
    connection.executescript("""
        DROP TABLE claim_wordings; DELETE FROM claim_keys;
        CREATE INDEX claim_keys_claim_id ON claim_keys(claim_id);
        CREATE INDEX claims_text ON claims(text);
        DELETE FROM _sqlite_migrations WHERE name IN (
          'm009_claim_wordings', 'm011_cues_of_wordings', 'm012_numbered_claim_keys'
        );
    """)
    connection.close()
    with Store.open(path) as store, store._connection.write() as db:
        assert found(db, MINE_REWORDED) == [claim]
