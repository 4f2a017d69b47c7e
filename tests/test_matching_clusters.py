"""Clusters of wordings without a database, and the keys that find candidates."""

import json
from dataclasses import fields
from itertools import combinations
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching import Prepared, Statement, cluster, decide, keys, prepare
from claims.matching.agreement import opposition
from claims.matching.nearby import Signatures
from claims.matching.numbers import number_conflict
from claims.matching.quantities import Quantities
from claims.matching.shelf import Shelf
from tests.conftest import SHARED

LABELLED = SHARED / "gold" / "duplicates-dev.jsonl"

FERRY = "The ferry to Oban sank in heavy seas off Mull"
FERRY_LONGER = "The ferry to Oban sank in heavy seas off Mull, killing 12 people"
FERRY_OTHER = "The ferry to Oban sank in heavy seas off Mull, killing 13 people"
MINE = "Miners at the Lota pit walked out over unpaid wages"
MINE_REWORDED = "Over unpaid wages, miners walked out at the Lota pit"


@pytest.fixture(scope="module")
def labelled() -> list[tuple[Prepared, Prepared]]:
    """Every pair of the texts of the labelled pairs."""
    if not LABELLED.exists():
        pytest.skip(f"{LABELLED} is not there")
    rows = [json.loads(line) for line in LABELLED.read_text("utf-8").splitlines()]
    texts = [prepare(Statement(row[side]["text"], row[side].get("source"))) for row in rows[:100] for side in "ab"]
    return list(combinations(texts, 2))


def numbers(*texts: str) -> list[int]:
    return cluster(Statement(text) for text in texts)


def test_input_order_is_kept_and_clusters_count_from_zero() -> None:
    """One number a statement, in order of appearance."""
    assert numbers(FERRY, MINE, FERRY.upper(), MINE_REWORDED) == [0, 1, 0, 1]


def test_nothing_makes_no_clusters() -> None:
    """An empty input has an empty answer."""
    assert numbers() == []


def test_a_wording_that_lacks_the_number_does_not_join_two_that_differ_in_it() -> None:
    """12 dead and 13 dead stay apart, whichever comes first, though both are like the wording without a number."""
    for texts in (
        (FERRY, FERRY_LONGER, FERRY_OTHER),
        (FERRY_LONGER, FERRY_OTHER, FERRY),
        (FERRY_OTHER, FERRY, FERRY_LONGER),
    ):
        found = dict(zip(texts, numbers(*texts), strict=True))
        assert found[FERRY_LONGER] != found[FERRY_OTHER]
        assert found[FERRY] in (found[FERRY_LONGER], found[FERRY_OTHER])


def test_pointing_words_stay_alone() -> None:
    """ "these accusations" from ten places are ten claims."""
    assert numbers(*["these accusations"] * 10) == list(range(10))


def test_a_thousand_like_wordings_are_found_in_time() -> None:
    """A hub of claims under the same keys is capped, and identical wordings still come together."""
    texts = [f"The council of Leith sold {number} boats" for number in range(2, 400)]
    found = numbers(*texts)
    assert len(set(found)) == len(texts)


def test_order_of_input_does_not_matter() -> None:
    """The same statements end up together however they come, chains and conflicts among them."""
    texts = [FERRY, FERRY_LONGER, FERRY_OTHER, FERRY.upper(), MINE, MINE_REWORDED, f"{MINE}, union says", "it", "Oban"]
    found = numbers(*texts)
    together = {(a, b) for (a, i), (b, j) in combinations(zip(texts, found, strict=True), 2) if i == j}
    for seed in range(5):
        mixed = texts[:]
        Random(seed).shuffle(mixed)
        place = dict(zip(mixed, numbers(*mixed), strict=True))
        assert {(a, b) for a, b in combinations(texts, 2) if place[a] == place[b]} == together


def test_one_wording_that_conflicts_with_the_others_does_not_part_them() -> None:
    """Ten that agree stay together; the one that has another number is left out, whenever it comes."""
    ten = [f"{prefix}{FERRY_LONGER}{end}" for prefix in ("", "“", "Officials said that ") for end in ("", ".", " ...")]
    for place in (0, 4, 9):
        found = numbers(*ten[:place], FERRY_OTHER, *ten[place:])
        odd = found.pop(place)
        assert len(set(found)) == 1
        assert odd not in found


def test_numbers_of_different_things_that_one_wording_has_both_do_not_conflict() -> None:
    """Two short wordings with a number each agree beside the long one with both; of rivals one is enough."""
    years = prepare(Statement("The court in Lota jailed Ines Moru for six years over the fraud"))
    rioters = prepare(Statement("The court in Lota jailed Ines Moru over the fraud as 160 rioted"))
    both = prepare(Statement("The court in Lota jailed Ines Moru for six years over the fraud as 160 rioted"))
    assert opposition(years, rioters)
    assert not opposition(years, rioters, [both])
    rose = prepare(
        Statement("The ferry to Oban sank in heavy seas off Mull, killing 12 people, then killing 13 people")
    )
    assert opposition(prepare(Statement(FERRY_LONGER)), prepare(Statement(FERRY_OTHER)), [rose])


WORDS = f"{FERRY_LONGER} may not fold wages Lota pit 5 percent"
SHORT = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=9).map(" ".join)


def proposed(a: Prepared, b: Prepared) -> bool:
    """Whether two statements are found worth comparing."""
    signatures = Signatures()
    signatures.add(a)
    signatures.add(b)
    pairs = list(signatures.pairs())
    assert pairs in ([], [(1, 0)])
    return bool(pairs)


@given(SHORT, SHORT, st.sampled_from([None, "Ann Lee", "she"]), st.sampled_from([None, "Ann Lee", "Bo Ray"]))
def test_the_quick_look_never_rules_out_what_is_the_same(one: str, other: str, who: str | None, by: str | None) -> None:
    """Whatever `decide` calls the same is proposed where it shares a key."""
    a, b = prepare(Statement(one, who)), prepare(Statement(other, by))
    decision = decide(a, b)
    if decision.same:
        assert proposed(a, b) == bool(set(keys(a)) & set(keys(b)))


QUANTITIES = "5 12 5% $5 2019 2020 weeks Monday Tuesday June June-5 5-June July about dozen million 5.0"
COUNTED = st.lists(
    st.sampled_from(QUANTITIES.split()),
    max_size=6,
).map(lambda words: " ".join(words).replace("-", " "))


@given(COUNTED, COUNTED)
def test_conflicts_seen_for_many_pairs_at_once_are_conflicts(one: str, other: str) -> None:
    """No pair is ruled out for its numbers that the closer look would let pass."""
    quantities = Quantities()
    for text in (one, other):
        quantities.add(prepare(Statement(text)).numbers)
    found = quantities.conflicts(np.array([0, 1]), np.array([1, 0]))
    if found.any():
        assert number_conflict(prepare(Statement(one)).numbers, prepare(Statement(other)).numbers)
        assert found.all()


def test_numbers_of_one_kind_that_differ_are_seen_at_once() -> None:
    """5 and 6, two dates, two shares: not a month and a day in it, nor a rough number."""
    quantities = Quantities()
    texts = ["5 boats", "6 boats", "June 5", "July", "June", "5 percent", "about 6 boats"]
    for text in texts:
        quantities.add(prepare(Statement(text)).numbers)
    pairs = np.array(list(combinations(range(len(texts)), 2)))
    found = quantities.conflicts(pairs[:, 0], pairs[:, 1])
    conflicts = {(texts[one], texts[other]) for one, other in pairs[found].tolist()}
    assert conflicts == {("5 boats", "6 boats"), ("June 5", "July"), ("July", "June")}


def test_many_wordings_of_one_claim_in_any_order() -> None:
    """Sixty wordings, some the same to the letter, and hundreds of others beside them come together all the same."""
    ways = [f"{who}{verb} {how} {place}" for who in ("Miners ", "The miners ", "Reportedly, miners ", "All miners ")
            for verb in ("left", "quit", "abandoned") for how in ("the Lota pit", "the big Lota pit", "Lota pit")
            for place in ("over unpaid wages", "over unpaid wages on Tuesday")]  # fmt: skip
    texts = ways + ways[:9] + [f"The council of Leith sold {number} boats to Lota" for number in range(2, 300)]
    first = dict(zip(texts, numbers(*texts), strict=True))
    for seed in range(2):
        mixed = texts[:]
        Random(seed).shuffle(mixed)
        again = dict(zip(mixed, numbers(*mixed), strict=True))
        assert (
            len({(first[text], again[text]) for text in texts}) == len(set(first.values())) == len(set(again.values()))
        )


def test_the_quick_look_rules_out_no_labelled_pair(labelled: list[tuple[Prepared, Prepared]]) -> None:
    """The same on pairs out of the news, with their sources."""
    for a, b in labelled:
        if decide(a, b).same:
            assert proposed(a, b) == bool(set(keys(a)) & set(keys(b)))


@pytest.mark.parametrize("in_memory", [0, 2])
def test_what_does_not_fit_into_memory_comes_back_as_it_was(in_memory: int) -> None:
    """Statements on file are the same in every field."""
    texts = [FERRY_LONGER, MINE, "May Mr Lim's 3 boats not sail on June 5?", ""]
    statements = [prepare(Statement(text, "Ann Lee")) for text in texts]
    with Shelf(in_memory) as shelf:
        for statement in statements:
            shelf.append(statement)
        assert len(shelf) == len(texts)
        for statement, found in zip(statements, shelf, strict=True):
            for field in fields(Prepared):
                assert getattr(found, field.name) == getattr(statement, field.name)


def test_same_claims_share_a_key() -> None:
    """What decides a pair to be the same is found through the index as well."""
    a, b = prepare(Statement(MINE)), prepare(Statement(MINE_REWORDED))
    assert decide(a, b).same
    assert set(keys(a)) & set(keys(b))


TEXTS = st.lists(
    st.sampled_from(
        [FERRY, FERRY_LONGER, FERRY_OTHER, MINE, MINE_REWORDED, "it", "", "Oban", "Acme may fold", "\ud800b sank"]
    )
)


@settings(max_examples=60)
@given(TEXTS)
def test_clusters_are_deterministic_and_never_hold_a_conflict(texts: list[str]) -> None:
    """The same input gives the same answer; the two ferry tolls never meet; numbers are dense."""
    found = numbers(*texts)
    assert found == numbers(*texts)
    assert sorted(set(found)) == list(range(len(set(found))))
    tolls = {text: {n for t, n in zip(texts, found, strict=True) if t == text} for text in (FERRY_LONGER, FERRY_OTHER)}
    assert not tolls[FERRY_LONGER] & tolls[FERRY_OTHER]
