"""Transcripts: who speaks is printed before the colon, so each turn is one relation, whatever the model saw in it."""

from bisect import bisect_right
from collections.abc import Sequence

from claims.language.paragraphs import stripped
from claims.language.transcripts import Turn, speaker_turns
from claims.terms import Relation, Span

RULE = "turn of a transcript"

CONFIDENCE = 0.95
"""Labels that come again and again before a colon are hardly ever anything but speakers."""


def with_turns(text: str, relations: Sequence[Relation]) -> list[Relation]:
    """The relations with those of a transcript's turns in the place of what was found of them.

    Of what the model found in a turn's words there stays what has a source and a cue of its own: it lies inside the
    turn, as another's words that the speaker reports.
    """
    turns = speaker_turns(text)
    if not turns:
        return list(relations)
    starts = [turn.speaker.start for turn in turns]
    kept = []
    for relation in relations:
        place = bisect_right(starts, relation.content[0].start) - 1
        if place < 0 or not _in_words(turns[place], relation.content[0]) or _reports(turns[place], relation):
            kept.append(relation)
    return sorted([*kept, *(_relation(text, turn) for turn in turns)], key=lambda relation: relation.content)


def _in_words(turn: Turn, content: Span) -> bool:
    return any(start <= content.start < end for start, end in turn.words)


def _reports(turn: Turn, relation: Relation) -> bool:
    """Whether a relation in a turn has a source and a cue in the words of the turn, not in its label."""
    attributing = (*relation.source, *relation.cue)
    return bool(relation.source and relation.cue) and all(span.start >= turn.words[0].start for span in attributing)


def _relation(text: str, turn: Turn) -> Relation:
    last = turn.words[-1]
    end = stripped(text, last.start, last.end).end
    if text[last.start : end].endswith("."):  # as the last full stop of any content
        end -= 1
    return Relation((turn.speaker,), (turn.colon,), (*turn.words[:-1], Span(last.start, end)), CONFIDENCE, RULE)
