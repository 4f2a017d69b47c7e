"""Pronouns as sources: he and she, they, it, who and which, I and we."""

import re
from collections.abc import Callable
from itertools import takewhile

from claims.speakers.figures import Figure
from claims.speakers.layout import words_of
from claims.speakers.lexicon import word_set
from claims.speakers.names import DETERMINERS, PREPOSITIONS, is_capitalized, read_phrase, role_of
from claims.speakers.scene import Scene, Turn

HE_SHE = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
    "he himself": "m", "she herself": "f", "he also": "m", "she also": "f",
}  # fmt: skip
PLURAL = word_set("they them their theirs themselves both each") | {"the two", "both men", "both sides"}
NEUTER = word_set("it its itself")
FIRST = word_set("i me my mine myself we us our ours")
RELATIVE = re.compile(
    r"(?:(?:most|some|many|all|both|several|few|one|each|neither|none) of )?(?:who|which|that|whose|whom)"
)

# Weights of one mention as the antecedent of "he": set by hand on the eight articles of speakers-dev.
_FADE = 0.75  # for each sentence of distance
_SPEAKER, _SUBJECT, _OTHER, _OWNER = 1.6, 1.0, 0.7, 0.55
_OFTEN = 0.01  # for each mention, up to ten
_UNSURE_GENDER, _UNSURE_PERSON = 0.75, 0.6
_LEAST = 0.15
_ACTS = re.compile(r",|\s+(?:is|was|has|had|will|would|can|could|may|said|says|\w+ed)\b")  # what follows a subject
_NP_STOP = word_set(
    "is are was were be been being has have had do does did will would can could may might must shall should "
    "said says and but or nor if than so not to told asked only just also even what how why where when because "
    "while including that"
) | (PREPOSITIONS - {"of"})


def person_meant(
    scene: Scene,
    offset: int,
    gender: str,
    accept: Callable[[Figure], bool] = lambda figure: True,
    least: float = _LEAST,
) -> Figure | Turn | None:
    """The person whom "he" or "she" at `offset` means: the one that stands out most in the text before.

    A person who spoke and was only described ("an aide") comes back as that turn. Only figures that `accept` lets
    pass count, and a weight of at least `least` (0 to about 1.7) is asked for.

    Who spoke counts most, then who leads a sentence; both fade with distance. Names in quotations do not count
    unless the pronoun stands in the same quotation.
    """
    layout, sentence = scene.layout, scene.layout.sentence_at(offset)
    quotation = layout.quotation_at(offset)
    scores: dict[int, float] = {}
    figures: dict[int, Figure] = {}
    often: dict[int, int] = {}

    def weigh(figure: Figure, weight: float, there: int) -> None:
        if not figure.may_be_person or not accept(figure) or not figure.takes_gender(gender):
            return
        weight *= _FADE ** scene.distance(there, sentence)
        weight *= 1.0 if figure.gender else _UNSURE_GENDER
        weight *= 1.0 if figure.is_person else _UNSURE_PERSON
        figures[id(figure)] = figure
        scores[id(figure)] = max(scores.get(id(figure), 0.0), weight)

    earlier = list(scene.turns_back(offset, 30))[::-1]
    for mention in list(scene.cast.back_from(offset, 90))[::-1]:
        if mention.quoted and (quotation is None or layout.quotation_at(mention.start) != quotation):
            continue
        if mention.end > offset:
            continue
        owner = mention.possessive and not any(turn.start <= mention.start < turn.end for turn in earlier)
        weigh(mention.figure, _OWNER if owner else _SUBJECT if mention.leads else _OTHER, mention.sentence)
        often[id(mention.figure)] = often.get(id(mention.figure), 0) + 1
    described: dict[int, Turn] = {}
    for turn in earlier:
        if _is_anonymous(turn):
            described[id(turn)] = turn
            faded = _FADE ** scene.distance(turn.sentence, sentence)
            scores[id(turn)] = _SPEAKER * _UNSURE_GENDER * faded * _fits(turn.sources[0].name, gender)
        if turn.figure is not None and (not turn.quoted or layout.quotation_at(turn.start) == quotation):
            weigh(turn.figure, _SPEAKER, turn.sentence)
    if not scores:
        return None
    best = max(scores, key=lambda key: scores[key] + _OFTEN * min(often.get(key, 0), 10))
    if best in described:
        return described[best] if scores[best] >= least else None
    return figures[best] if scores[best] >= least else None


def _is_anonymous(turn: Turn) -> bool:
    """Whether one person spoke who was only described."""
    if turn.figure is not None or turn.quoted or len(turn.sources) != 1:
        return False
    source = turn.sources[0]
    return source.kind == "person" and source.rule == "as-written" and source.name.lower() not in HE_SHE


def _fits(description: str, gender: str) -> float:
    """1 where a description may be of someone of `gender`, 0 where its noun is of the other."""
    role = role_of(read_phrase(description).head)
    return 0.0 if role is not None and role.gender not in ("", gender) else 1.0


def several_meant(scene: Scene, offset: int, pair_only: bool = False) -> Turn | None:
    """The group or the speakers together that "they" at `offset` means; with `pair_only` two or more named ones."""
    sentence = scene.layout.sentence_at(offset)
    for turn in scene.turns_back(offset):
        if not pair_only and scene.distance(turn.sentence, sentence) > 3:
            return None
        if turn.plural and (len(turn.sources) > 1 or not pair_only):
            return turn
    return None


def body_meant(scene: Scene, offset: int) -> Turn | Figure | None:
    """The body or document that "it" at `offset` means: the turn in which it spoke, or a figure that led a sentence."""
    sentence = scene.layout.sentence_at(offset)
    for turn in scene.turns_back(offset):
        if scene.distance(turn.sentence, sentence) > 3:
            break
        if len(turn.sources) == 1 and turn.sources[0].kind in ("organization", "government", "media", "document"):
            return turn
    for mention in scene.cast.back_from(offset):
        if scene.distance(mention.sentence, sentence) > 1:
            break
        subject = mention.leads and not mention.quoted and _ACTS.match(scene.layout.text, mention.end)
        if subject and mention.figure.body > mention.figure.person:
            return mention.figure
    return None


def antecedent(scene: Scene, offset: int) -> tuple[Figure, ...] | Turn | str:
    """What a relative pronoun at `offset` stands for: figures named right before, or the words of a noun phrase.

    An empty string where nothing before can be one.
    """
    layout = scene.layout
    paragraph = layout.paragraphs[layout.paragraph_at(offset)]
    stretch = re.sub(r"[\s,(—–-]+$", "", layout.text[max(paragraph, offset - 200) : offset])
    begin = max(paragraph, offset - 200)
    end = begin + len(stretch)
    ending = [m for m in scene.cast.within(begin, offset) if end - 2 <= m.end <= end]
    if ending and not ending[-1].figure.may_be_person and layout.text[offset : offset + 3].lower() == "who":
        # "Ann Lee, the head of Fair Water, who": bodies are no "who"
        near = takewhile(lambda m: m.sentence == ending[-1].sentence, scene.cast.back_from(offset))
        person = next((m for m in near if m.figure.is_person), None)
        if person is not None and layout.text[person.end : person.end + 1] == ",":
            return (person.figure,)
    elif ending:
        return _with_partner(scene, ending[-1].figure, ending[-1].start)
    if end < offset - 1 or layout.text[end:offset].strip():  # after an inserted clause that began with a relative, too
        turn = next(scene.turns_back(offset), None)
        same_sentence = turn is not None and turn.sentence == layout.sentence_at(offset)
        if turn is not None and same_sentence and all(source.rule == "relative" for source in turn.sources):
            return turn
    words = words_of(layout.text, begin, end)
    taken: list[str] = []
    first = end
    for word in reversed(words):
        low = word.text.lower()
        if (low in ("and", "or", "of") and taken) or (low.isdigit() and taken):
            pass
        elif low in _NP_STOP or low.endswith("ly") or not re.search(r"\w", word.text) or len(taken) > 7:
            break
        if taken and is_capitalized(taken[-1]) and not is_capitalized(word.text) and low not in DETERMINERS:
            break  # a verb or an adjective before "Democrats"
        taken.append(word.text)
        first = word.start
        if low in ("the", "a", "an", "some", "many", "any", "one", "those", "these", "several", "his", "her", "their"):
            break
    while taken and taken[-1].lower() in ("and", "or", "of"):
        taken.pop()
    before = layout.text[begin:first].rstrip()
    if taken and before.endswith(",") and taken[-1].lower() in ("the", "a", "an", "one", "his", "her"):
        owner = next(scene.cast.back_from(first), None)
        if owner is not None and owner.end == begin + len(before) - 1:  # "Bo Ray, a lawyer who"
            return (owner.figure,)
    phrase = read_phrase(" ".join(reversed(taken)))
    if taken and (len(taken) > 1 or phrase.is_plural or is_capitalized(taken[0])) and taken[0].lower() not in ("it",):
        return " ".join(reversed(taken))
    return ""


def _with_partner(scene: Scene, figure: Figure, start: int) -> tuple[Figure, ...]:
    """The figure, and the one before it if "and" joins the two."""
    before = [
        m for m in scene.cast.within(start - 80, start) if re.fullmatch(r",? and ", scene.layout.text[m.end : start])
    ]
    if before and before[-1].figure is not figure and before[-1].figure.may_be_person and figure.may_be_person:
        return (before[-1].figure, figure)
    return (figure,)
