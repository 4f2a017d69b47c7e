"""The cue tells the stance, with its negation and, where it says only that something was voiced, the content."""

import pytest

from claims.attribution.stance import read_cue


@pytest.mark.parametrize(
    ("cue", "content", "stance", "lemma"),
    [
        ("said", "it rained", "asserts", "say"),
        ("according to", "it rained", "asserts", "according to"),
        ("has repeatedly denied", "it rained", "denies", "deny"),
        ("ruled out", "a recount", "denies", "rule out"),
        ("did not deny", "it rained", "asserts", "deny"),
        ("accusations", "it rained", "accuses", "accusation"),
        ("could not confirm", "the toll", "doubts", "confirm"),
        ("declined to confirm", "the toll", "doubts", "confirm"),
        ("does not believe", "it rained", "doubts", "believe"),
        ("called for", "a recount", "demands", "call for"),
        ("called", "him brave", "asserts", "call"),
        ("asked", "whether it rained", "asks", "ask"),
        ("asked", "the council to step in", "demands", "ask"),
        ("told", "voters to stay home", "demands", "tell"),
        ("told", "reporters it rained", "asserts", "tell"),
        ("reiterated", "concerns about the dam", "warns", "reiterate"),
        ("voiced", "serious doubts about the count", "doubts", "voice"),
        ("criticised", "the count", "criticizes", "criticise"),
        ("vowed", "to rebuild", "promises", "vow"),
        (":", "it rained", "asserts", ":"),
        ("", "it rained", "asserts", ""),
    ],
)
def test_reads_cues(cue: str, content: str, stance: str, lemma: str) -> None:
    """Inflected, negated and compound cues come down to their stance and lemma."""
    reading = read_cue(cue, content)
    assert (reading.stance, reading.lemma) == (stance, lemma)
