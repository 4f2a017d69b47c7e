"""Texts made to cost much: what an article takes grows with its length and no faster, whatever it is made of."""

import time

import pytest

from claims.attribution.tagger import Tagger
from claims.extraction import extract
from claims.speakers import resolve
from claims.terms import Article

SHORT = 3_000
TIMES = 8
LINEAR = 2.5
"""A square would take eight times as long as what is linear; caches and other programs take a part of that."""

MADE_OF = {
    "opening marks": "“",
    "straight marks": '"',
    "opening parentheses": "(",
    "reporting verbs": "said ",
    "speakers of speakers": "Ann Lee said that ",
    "a quotation in each quotation": "“He said ‘she said ",
    "a word a paragraph": "Word\n\n",
    "a sentence a paragraph": "He said so.\n\n",
    "one sentence": "and the board of the town had it that a dam would hold ",
    "namesakes": "Smith said it held. J. Smith said no. John Smith said so. Mrs. Smith added that it did. ",
    "bodies": "The Ministry of Dams said it held. The Ministry added that it did. The Agency of Dams denied it. ",
    "turns": "LEE: It held.\nMARSK: It did not, she said.\n",
    "initials": "J. ",
    "marks on a letter": "a\u0301\u0302",
    "nothing but space": " \t",
}


@pytest.mark.parametrize("what", MADE_OF)
def test_time_grows_with_length_and_no_faster(what: str, tagger: Tagger) -> None:
    """An eight times longer text takes no more than about eight times as long."""
    piece = MADE_OF[what]
    short = piece * (SHORT // len(piece))
    once = min(seconds(short, tagger) for _ in range(2))
    assert seconds(short * TIMES, tagger) < LINEAR * TIMES * max(once, 0.01)


def test_a_name_without_end_is_read_once() -> None:
    """Each word of a body's long name is looked at a few times, not all of them again for each."""
    spent = []
    for times in (5_000, 5_000, 5_000 * TIMES):
        began = time.process_time()
        resolve(Article("long.txt", "Ministry of " * times), [])
        spent.append(time.process_time() - began)
    assert spent[2] < LINEAR * TIMES * max(min(spent[:2]), 0.01)


def seconds(text: str, tagger: Tagger) -> float:
    """What extraction takes of the processor."""
    began = time.process_time()
    extract(Article("long.txt", f"{text} Ann Lee said that the dam had held."), tagger, narrated=True)
    return time.process_time() - began
