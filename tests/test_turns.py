"""A transcript's turns are relations, whatever the tagger makes of them."""

from claims.attribution.turns import RULE, with_turns
from claims.terms import Relation, Span

TEXT = (
    "ANN LEE: The dam held through the night.\n\n"
    "Q: Who told you so?\n\n"
    "ANN LEE: Roe said the gates were shut. I believed him.\n"
)


def relation(source: str, cue: str, content: str) -> Relation:
    def span(words: str, start: int = 0) -> Span:
        place = TEXT.index(words, start)
        return Span(place, place + len(words))

    return Relation((span(source),) if source else (), (span(cue),) if cue else (), (span(content),), 0.6, "tagger")


def words(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_each_turn_is_one_relation() -> None:
    """The label speaks, its colon is the cue, all of the turn is the content."""
    found = with_turns(TEXT, [])
    assert [(words(TEXT, r.source), words(TEXT, r.cue)) for r in found] == [
        (["ANN LEE"], [":"]), (["Q"], [":"]), (["ANN LEE"], [":"]),
    ]  # fmt: skip
    assert words(TEXT, found[0].content) == ["The dam held through the night"]
    assert words(TEXT, found[1].content) == ["Who told you so?"]
    assert {r.rule for r in found} == {RULE}


def test_what_a_speaker_reports_stays() -> None:
    """A piece of a turn gives way to the turn; another's words that the speaker reports lie inside it."""
    piece = relation("ANN LEE", ":", "The dam held")
    reported = relation("Roe", "said", "the gates were shut")
    found = with_turns(TEXT, [piece, reported])
    assert piece not in found
    assert reported in found
    assert len(found) == 4


def test_prose_is_left_alone() -> None:
    """A text without turns keeps what was found."""
    one = relation("Roe", "said", "the gates were shut")
    assert with_turns("Roe said the gates were shut.", [one]) == [one]
