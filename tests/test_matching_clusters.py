"""Clusters of wordings without a database, and the keys that find candidates."""

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching import Statement, cluster, decide, keys, prepare

FERRY = "The ferry to Oban sank in heavy seas off Mull"
FERRY_LONGER = "The ferry to Oban sank in heavy seas off Mull, killing 12 people"
FERRY_OTHER = "The ferry to Oban sank in heavy seas off Mull, killing 13 people"
MINE = "Miners at the Lota pit walked out over unpaid wages"
MINE_REWORDED = "Over unpaid wages, miners walked out at the Lota pit"


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


def test_same_claims_share_a_key() -> None:
    """What decides a pair to be the same is found through the index as well."""
    a, b = prepare(Statement(MINE)), prepare(Statement(MINE_REWORDED))
    assert decide(a, b).same
    assert set(keys(a)) & set(keys(b))


TEXTS = st.lists(
    st.sampled_from([FERRY, FERRY_LONGER, FERRY_OTHER, MINE, MINE_REWORDED, "it", "", "Oban", "Acme may fold"])
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
