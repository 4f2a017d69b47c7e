"""Noun phrases before a pronoun that nobody spoke as yet: "Some sailors wept as they sailed", "The bank said it"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from claims.speakers.figures import Figure
from claims.speakers.layout import Word, words_of
from claims.speakers.lexicon import lexicon, word_set
from claims.speakers.names import DETERMINERS, PREPOSITIONS, is_capitalized, is_people, role_of, without_possessive
from claims.speakers.scene import Scene

NO_PART = word_set(
    "is are was were be been being has have had do does did will would can could may might must shall should "
    "said says and but or nor if than so not to told asked only just also even what how why where when because "
    "while including that though although as into onto upon through via per"
) | (PREPOSITIONS - {"of"})
"""Words that end a noun phrase on the left."""
_SPEAKING_THINGS = word_set(
    "ad article bill brief document editorial email law lawsuit letter memo memorandum poll report "
    "resolution ruling statement study suit survey video website order complaint site book page"
)
_AND = re.compile(r",? and (?:(?:former|then|fellow) )?(?:[A-Z][\w.]* )*")
_LISTED = r"(?:[Tt]he )?[A-Z][\w&.’'-]*(?: (?:of |for )?[A-Z][\w&’'-]*){0,4}"
_LIST = re.compile(rf"(?P<names>{_LISTED}(?:, {_LISTED})*,? and {_LISTED}) [a-z]")
_MOST_WORDS = 5  # in a phrase
_REACH = 3  # sentences
_LONGEST_NAME = 60  # characters
_LOOK_BACK = 600  # characters
_LEAST_THING = 0.8
_FADE, _SUBJECT, _OTHER, _AFTER_PREPOSITION, _OWNER = 0.75, 1.3, 0.8, 0.5, 0.7


@dataclass(frozen=True)
class Candidate:
    """A noun phrase, or two persons joined by "and", at `start`, with the weight that it has as an antecedent."""

    meant: str | tuple[Figure | str, ...]
    start: int
    weight: float


def people_before(scene: Scene, offset: int) -> Candidate | None:
    """The people whom "they" at `offset` can mean: the likeliest plural of this sentence and the one before."""
    pairs = [*_pairs(scene, offset), *_lists(scene, offset)]
    return max([*pairs, *_phrases(scene, offset, is_people)], key=lambda c: c.weight, default=None)


def thing_before(scene: Scene, offset: int) -> Candidate | None:
    """The body or document that "it" at `offset` can mean: a subject, or what the same clause has named."""
    best = max(_phrases(scene, offset, _is_body), key=lambda c: c.weight, default=None)
    return best if best is not None and best.weight >= _LEAST_THING else None


@lru_cache(maxsize=4096)
def _is_body(word: str) -> bool:
    low = word.lower()
    return low in lexicon().organizations or low in _SPEAKING_THINGS


def _phrases(scene: Scene, offset: int, fits: Callable[[str], bool]) -> Iterator[Candidate]:
    """The phrases of this sentence and the one before whose head fits."""
    layout = scene.layout
    here = layout.sentence_at(offset)
    quotation = layout.quotation_at(offset)
    begin = max(layout.sentences[max(0, here - 1)], offset - _LOOK_BACK)
    words = words_of(layout.text, begin, offset)
    for i, word in enumerate(words):
        noun = without_possessive(word.text)
        if not fits(noun) or layout.quotation_at(word.start) != quotation:
            continue
        if i + 1 < len(words) and words[i + 1].text.islower() and fits(words[i + 1].text):
            continue  # "party leaders": the last noun is the head
        if is_capitalized(noun) and _is_of_person(scene, word):
            continue  # "Bill" in "Bill Grove"
        first = _begin_of(words, i)
        if i - first >= _MOST_WORDS + 1:
            continue
        start, sentence = words[first].start, layout.sentence_at(word.start)
        subject = start - layout.sentences[sentence] < 3 or (words[first - 1].text == "," and sentence != here)
        prepended = first > 0 and words[first - 1].text.lower() in PREPOSITIONS
        weight = _SUBJECT if subject else _AFTER_PREPOSITION if prepended else _OTHER
        weight *= _FADE ** scene.distance(sentence, here) * (_OWNER if noun != word.text else 1.0)
        yield Candidate(layout.text[start : word.start] + noun, start, weight + 0.001 * min(i, 90))


def _is_of_person(scene: Scene, word: Word) -> bool:
    """Whether a word is a part of a person's name."""
    near = scene.cast.within(word.start - _LONGEST_NAME, word.end)
    return any(mention.end > word.start and mention.figure.is_person for mention in near)


def _begin_of(words: list[Word], head: int) -> int:
    """The number of the first word of the phrase that ends in the word numbered `head`."""
    first = head
    while first > 0:
        word = words[first - 1].text
        low = word.lower()
        if low in NO_PART or low == "of" or not re.search(r"\w", word) or (low.endswith("ly") and low != "family"):
            break
        if low.endswith("ing") and first - 1 > 0 and not re.search(r"\w", words[first - 2].text):
            break  # ", echoing experts"
        if word.islower() and is_capitalized(words[first].text) and low not in DETERMINERS and role_of(low) is None:
            break  # "blame Republicans"
        first -= 1
        if low in DETERMINERS:
            break
    return first


def _pairs(scene: Scene, offset: int) -> Iterator[Candidate]:
    """Two persons joined by "and" in this sentence or the one before."""
    layout = scene.layout
    here = layout.sentence_at(offset)
    if layout.is_quoted(offset):
        return
    mentions = scene.cast.within(layout.sentences[max(0, here - 1)], offset)
    for one, other in pairwise(mentions):
        between = layout.text[one.end : other.start]
        persons = one.figure.is_person and other.figure.is_person and one.figure is not other.figure
        if persons and not one.quoted and not other.possessive and _AND.fullmatch(between):
            weight = (_SUBJECT if one.leads else _OTHER) * _FADE ** scene.distance(one.sentence, here)
            yield Candidate((one.figure, other.figure), one.start, weight + 0.05)


def _lists(scene: Scene, offset: int) -> Iterator[Candidate]:
    """Bodies that lead this sentence or the one before, joined by "and" ("The Boaters, Fair Water and the Guild")."""
    layout = scene.layout
    here = layout.sentence_at(offset)
    for sentence in (here, here - 1):
        if sentence < 0 or layout.is_quoted(layout.sentences[sentence]) or layout.is_quoted(offset):
            continue
        found = _LIST.match(layout.text, layout.sentences[sentence], offset)
        pieces = re.split(r", and |, | and ", found["names"]) if found else []
        if len(pieces) > 1 and all(_is_name_of_body(scene, piece) for piece in pieces):
            weight = _SUBJECT * _FADE ** scene.distance(sentence, here)
            yield Candidate(tuple(pieces), layout.sentences[sentence], weight + 0.1)


def _is_name_of_body(scene: Scene, piece: str) -> bool:
    name = re.sub(r"^[Tt]he ", "", piece)
    bearers = scene.cast.bearers(name)
    return not bearers[0].is_person if bearers else is_people(name) or piece.lower().startswith("the ")


def two_before(scene: Scene, offset: int) -> tuple[Figure, ...]:
    """The two persons whom the outlet named last before `offset`, in text order; nobody if there are others."""
    sentence = scene.layout.sentence_at(offset)
    found: list[Figure] = []
    for mention in scene.cast.back_from(offset):
        if scene.distance(mention.sentence, sentence) > _REACH:
            break
        if mention.figure.is_person and not mention.quoted and mention.figure not in found:
            found.append(mention.figure)
    return tuple(reversed(found)) if len(found) == 2 else ()
