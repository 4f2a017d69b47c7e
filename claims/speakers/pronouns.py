"""Pronouns as sources: he and she, they, it, who and which, I and we."""

import re
from collections.abc import Callable
from functools import partial
from itertools import takewhile

from claims.speakers.figures import Figure, Mention
from claims.speakers.layout import words_of
from claims.speakers.lexicon import is_place, lexicon, word_set
from claims.speakers.names import DETERMINERS, is_capitalized, is_people, is_plural, read_phrase, role_of
from claims.speakers.phrases import NO_PART
from claims.speakers.scene import Scene, Turn
from claims.terms import Span

HE_SHE = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
    "he himself": "m", "she herself": "f", "he also": "m", "she also": "f",
}  # fmt: skip
PLURAL = word_set("they them their theirs themselves both each") | {"the two", "both men", "both sides"}
NEUTER = word_set("it its itself")
FIRST = word_set("i me my mine myself we us our ours")
RELATIVE = re.compile(r"(?:(?:\w+ )?\w+ of )?(?:who|which|that|whose|whom)")

# Weights of one mention as the antecedent of "he": set by hand.
_FADE = 0.75  # for each sentence of distance
_SPEAKER, _SUBJECT, _OTHER, _LEADING_OWNER, _OWNER = 1.6, 1.0, 0.7, 0.9, 0.55
_NEAR_SPEAKER = 1.9  # in the sentence before
_NEAR_SUBJECT = 1.3  # of the sentence before
_OWN_SUBJECT, _OWN_OWNER = 2.0, 1.4  # "Lee rose, and he spoke", "Lee's hat fell when he spoke"
_MAIN_SUBJECT = 2.1  # after a clause with its own subject
_OFTEN = 0.01  # for each mention, up to ten
_ALONE = 1.0  # the only person whom the sentence names
_LEADERS = 4  # sentences back in which who leads one without a name counts
_EXPECTED = 2.0  # "When he rose, Lee spoke"
_INTRODUCED = 2.0  # "It worries Bo Ray, a mason."
_IN_CONTENT = 0.4  # "Lee would win, he said" is seldom said by Lee
_UNSURE_GENDER, _UNSURE_PERSON = 0.75, 0.6
_LEAST = 0.15
_ACTS = re.compile(r",|\s+(?:is|was|has|had|will|would|can|could|may|said|says|\w+ed)\b")  # what follows a subject
_ASIDE = re.compile(r",| (?:of|from) | \([^()]*\),?")  # after a person, "Bo Ray of Sandvik, who"
_IN_BRACKETS = re.compile(r"(?: \([^()]{1,80}\))+$")  # "Bo Ray (D-Ore.), who"
_COMMA = re.compile(r"(?: \([^()]{1,30}\))?,")
_ALL_OF = re.compile(r"(?:all|both|most|many|some|several|none|each|two|three|few) of whom\b")
_LIST_JOINT = re.compile(r"(?: \([^()]{1,30}\))?,?(?: and)? (?:[A-Z][\w.]* )*")
_MOST_LISTED = 20  # mentions
_MODAL = re.compile(r"\b(?:will|would|can|could|may|might|must|shall|should|to|not)$")
_AMOUNTS = word_set("majority number group handful half lot couple crowd team band generation series share dozen one")
_NO_PERSON = ("organization", "government", "media", "document")
_MOST_LINKED = 12  # quotations
_LONGEST_CLAUSE = 300  # characters
_COORDINATED = re.compile(r"\b(?:and|but|or)$")
_PERSON_RELATIVE = re.compile(r"[,\w] (who)\b")
_HE_OR_SHE = re.compile(r"(?:he|she|his|her|him)\b", re.IGNORECASE)
_SUBJECT_PRONOUN = re.compile(r"(?:he|she)\b", re.IGNORECASE)
_GOES_ON = re.compile(r",? (?!and\b|or\b|of\b)[a-z]")
_BEFORE_MAIN = re.compile(
    r"(?:(?:Even|Just) )?(?:as|when|while|after|before|since|until|once|if|though|although|because) ", re.IGNORECASE
)
_CLAUSE_ENDS = re.compile(r"[,;:–—\"“”]|--|''|\b(?:after|when|while|because|since|before|until)\b")


def is_pronoun(words: str) -> bool:
    """Whether words in lower case are a pronoun and no name."""
    return words in HE_SHE or words in PLURAL | NEUTER | FIRST or RELATIVE.fullmatch(words) is not None


def person_meant(
    scene: Scene,
    offset: int,
    gender: str,
    favour: Callable[[Figure], float] = lambda figure: 1.0,
    least: float = _LEAST,
    content: tuple[Span, ...] = (),
    after_all: bool = False,
) -> Figure | Turn | None:
    """The person whom "he" or "she" at `offset` means: the one that stands out most in the text before.

    A person who spoke and was only described ("an aide") comes back as that turn. `favour` multiplies the weight of
    a figure, with 0 for one that cannot be meant, and a weight of at least `least` (0 to about 1.7) is asked for.

    Who spoke counts most, then who leads a sentence; both fade with distance. Names in quotations do not count
    unless the pronoun stands in the same quotation, and those in `content`, what "he" says, count little. With
    `after_all`, the second reading where nobody fits, mixed evidence for a gender is enough.
    """
    layout, sentence = scene.layout, scene.layout.sentence_at(offset)
    quotation = layout.quotation_at(offset)
    scores: dict[int, float] = {}
    figures: dict[int, Figure] = {}
    often: dict[int, int] = {}
    introducing, linked = _introduced_by(scene, quotation)
    other = _named_behind(scene, offset) | introducing
    expected = _named_after_clause(scene, offset)
    led = -1
    fits = partial(_takes_gender_after_all if after_all else Figure.takes_gender, gender=gender)
    is_pronoun = _HE_OR_SHE.match(layout.text, offset) is not None

    def weigh(figure: Figure, weight: float, there: int) -> None:
        may_be = figure.may_be_person or (after_all and figure.person > figure.body)
        if not may_be or id(figure) in other or not fits(figure):
            return
        weight *= favour(figure)
        if not weight:
            return
        weight *= _FADE ** scene.distance(there, sentence)
        weight *= 1.0 if figure.gender else _UNSURE_GENDER
        weight *= 1.0 if figure.is_person else _UNSURE_PERSON
        figures[id(figure)] = figure
        scores[id(figure)] = max(scores.get(id(figure), 0.0), weight)

    earlier = list(scene.turns_back(offset, 30))[::-1]
    after_quotation = is_pronoun and quotation is None and layout.is_quoted(layout.sentences[sentence])
    for mention in list(scene.cast.back_from(offset, 90))[::-1]:
        if mention.quoted and layout.quotation_at(mention.start) not in linked:
            continue
        if mention.end > offset:
            continue
        owner = mention.possessive and not any(turn.start <= mention.start < turn.end for turn in earlier)
        weight = (_LEADING_OWNER if mention.leads else _OWNER) if owner else _SUBJECT if mention.leads else _OTHER
        if is_pronoun and mention.leads and mention.sentence == sentence:
            weight = _OWN_OWNER if owner else _MAIN_SUBJECT if mention.sentence == led else _OWN_SUBJECT
            led = sentence if not owner else led
        elif mention.leads and not owner and scene.distance(mention.sentence, sentence) <= 1:
            weight = _MAIN_SUBJECT if mention.sentence == led else _NEAR_SUBJECT
            led = mention.sentence  # of two, "as Lee spoke, Ray rose", the second is the sentence's own
        elif not owner and mention.sentence < sentence and scene.is_alone(mention.figure, mention.sentence):
            weight = max(weight, _ALONE)
        near = mention.sentence < sentence and scene.distance(mention.sentence, sentence) <= 1
        if after_quotation and near and _is_new(scene, mention):
            weight = max(weight, _INTRODUCED)
        if any(span.start <= mention.start < span.end for span in content):
            weight *= _IN_CONTENT
        weigh(mention.figure, weight, mention.sentence)
        often[id(mention.figure)] = often.get(id(mention.figure), 0) + 1
    if expected is not None:
        weigh(expected, _EXPECTED, sentence)
    for there in range(sentence - _LEADERS, sentence + is_pronoun):
        if (figure := scene.leaders.get(there)) is not None:
            near = is_pronoun and scene.distance(there, sentence) <= 1
            weigh(figure, _OWN_SUBJECT if there == sentence else _NEAR_SUBJECT if near else _SUBJECT, there)
    described: dict[int, Turn] = {}
    for turn in earlier:
        if _is_anonymous(turn):
            described[id(turn)] = turn
            faded = _FADE ** scene.distance(turn.sentence, sentence)
            scores[id(turn)] = _SPEAKER * _UNSURE_GENDER * faded * _fits(turn.sources[0].name, gender)
        if turn.figure is not None and (not turn.quoted or layout.quotation_at(turn.start) == quotation):
            near = is_pronoun and turn.sentence < sentence and scene.distance(turn.sentence, sentence) <= 1
            weigh(turn.figure, _NEAR_SPEAKER if near else _SPEAKER, turn.sentence)
    if not scores and is_pronoun and not after_all:
        return person_meant(scene, offset, gender, favour, least, content, after_all=True)
    if not scores:
        return None
    best = max(scores, key=lambda key: scores[key] + _OFTEN * min(often.get(key, 0), 10))
    if best in described:
        return described[best] if scores[best] >= least else None
    return figures[best] if scores[best] >= least else None


def _named_behind(scene: Scene, offset: int) -> set[int]:
    """The figures that the sentence of a subject pronoun names after it: "he said Lee would go" is not said by Lee."""
    layout = scene.layout
    if not _SUBJECT_PRONOUN.match(layout.text, offset) or layout.is_quoted(offset):
        return set()
    clause = _CLAUSE_ENDS.search(layout.text, offset, offset + _LONGEST_CLAUSE)
    end = clause.start() if clause else offset + _LONGEST_CLAUSE
    sentence = layout.sentence_at(offset)
    return {id(m.figure) for m in scene.cast.within(offset, end) if m.sentence == sentence and not m.quoted}


def _introduced_by(scene: Scene, quotation: int | None) -> tuple[set[int], set[int]]:
    """Who is quoted in a quotation, where a colon before it says so ("Lee wrote:"): he is not "he" in it. And the
    quotations, one under the other, that he so speaks or writes; without a colon the one quotation."""
    layout = scene.layout
    linked: set[int] = set()
    at = quotation
    while at is not None and len(linked) < _MOST_LINKED:
        linked.add(at)
        start = layout.quotation_starts[at]
        end = max(0, start - 10) + len(layout.text[max(0, start - 10) : start].rstrip())
        if layout.text[end - 1 : end] == ":":
            leading = scene.cast.within(max(layout.sentences[layout.sentence_at(end - 1)], end - _LONGEST_CLAUSE), end)
            return {id(m.figure) for m in leading[-1:] if m.leads and not m.possessive and not m.quoted}, linked
        follows = at > 0 and not layout.text[layout.quotation_ends[at - 1] : start].strip()
        at = at - 1 if follows else None
    return set(), set() if quotation is None else {quotation}


def _named_after_clause(scene: Scene, offset: int) -> Figure | None:
    """Whom a "he" in a clause before its main clause means: "When he rose, Lee spoke"."""
    layout = scene.layout
    begin = layout.sentences[layout.sentence_at(offset)]
    if layout.is_quoted(offset) or not _SUBJECT_PRONOUN.match(layout.text, offset):
        return None
    if not _BEFORE_MAIN.fullmatch(layout.text, begin, offset):
        return None
    comma = layout.text.find(", ", offset, offset + _LONGEST_CLAUSE)
    if comma < 0 or _CLAUSE_ENDS.search(layout.text, offset, comma):
        return None
    main = scene.cast.within(comma + 2, comma + 25)
    subject = main[0] if main and not main[0].quoted and not main[0].possessive else None
    if subject is None or not subject.figure.is_person or not _GOES_ON.match(layout.text, subject.end):
        return None
    before = layout.text[comma + 2 : subject.start].split()
    return subject.figure if all(is_capitalized(word) for word in before) else None


def _is_anonymous(turn: Turn) -> bool:
    """Whether one person spoke who was only described."""
    if turn.figure is not None or turn.quoted or len(turn.sources) != 1:
        return False
    source = turn.sources[0]
    return source.kind == "person" and source.rule in ("as-written", "whose") and source.name.lower() not in HE_SHE


def _is_new(scene: Scene, mention: Mention) -> bool:
    """Whether a mention, with what the person is, is the first of one ("Bo Ray, a mason") and the last sentence before
    a quotation whose speaker nobody else seems to be."""
    figure, layout = mention.figure, scene.layout
    if mention.start != figure.first_seen or not figure.offices or mention.possessive or not figure.is_person:
        return False
    if layout.text[mention.end : mention.end + 2] != ", ":
        return False
    following = layout.sentences[mention.sentence + 1] if mention.sentence + 1 < len(layout.sentences) else 0
    others = {id(turn.figure) for turn in scene.turns_back(following, 3) if turn.sentence == mention.sentence}
    return layout.is_quoted(following) and others <= {id(figure), id(None)}


def _takes_gender_after_all(figure: Figure, gender: str) -> bool:
    """Whether the first name speaks for a gender, or nothing but a single name against it ("Clinton")."""
    return len(figure.words) == 1 or lexicon().first_names.get(figure.words[0]) == gender


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
        source = turn.sources[0]
        if len(turn.sources) == 1 and (source.kind in _NO_PERSON or source.rule == "issuer"):
            return turn
    for mention in scene.cast.back_from(offset):
        if scene.distance(mention.sentence, sentence) > 1:
            break
        subject = mention.leads and not mention.quoted and _ACTS.match(scene.layout.text, mention.end)
        if subject and mention.figure.body > mention.figure.person and not is_people(mention.figure.words[-1]):
            return mention.figure
    return None


def antecedent(scene: Scene, offset: int, may_go_on: bool = True) -> tuple[Figure, ...] | Turn | str:
    """What a relative pronoun at `offset` stands for: figures named right before, or the words of a noun phrase.

    An empty string where nothing before can be one.
    """
    layout = scene.layout
    paragraph = layout.paragraphs[layout.paragraph_at(offset)]
    stretch = re.sub(r"[\s,(—–-]+$", "", layout.text[max(paragraph, offset - 200) : offset])
    stretch = _IN_BRACKETS.sub("", stretch)
    begin = max(paragraph, offset - 200)
    end = begin + len(stretch)
    coordinated = _COORDINATED.search(stretch)
    if coordinated and may_go_on:
        earlier = _earlier_relative(scene, offset)
        if earlier is not None:
            return antecedent(scene, earlier, may_go_on=False)
    ending = [m for m in scene.cast.within(begin, offset) if end - 2 <= m.end <= end]
    if ending and not ending[-1].figure.may_be_person and layout.text[offset : offset + 3].lower() == "who":
        # "Ann Lee, the head of Fair Water, who": bodies are no "who"
        near = takewhile(lambda m: m.sentence == ending[-1].sentence, scene.cast.back_from(offset))
        person = next((m for m in near if m.figure.is_person), None)
        if person is not None and _ASIDE.match(layout.text, person.end):
            return (person.figure,)
    elif ending:
        if _ALL_OF.match(layout.text, offset):
            return _listed(scene, ending[-1])
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
        elif low in NO_PART or low.endswith("ly") or not re.search(r"\w", word.text) or len(taken) > 7:
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
        owner = next((m for m in scene.cast.back_from(first, 3) if not is_place(m.figure.name)), None)
        if owner is not None and _COMMA.fullmatch(layout.text, owner.end, begin + len(before)):
            # "Bo Ray, a lawyer who"
            return (owner.figure,)
    taken = _people_only(taken, before) if layout.text[offset : offset + 3].lower() == "who" else taken
    phrase = read_phrase(" ".join(reversed(taken)))
    if taken and (len(taken) > 1 or phrase.is_plural or is_capitalized(taken[0])) and taken[0].lower() not in ("it",):
        return " ".join(reversed(taken))
    return ""


def _people_only(taken: list[str], before: str) -> list[str]:
    """The words of a phrase, the last first, without what is no part of the people in it ("confront voters",
    ", echoing experts", "the ire of voters")."""
    verb = bool(taken) and taken[-1].islower() and taken[-1] not in DETERMINERS
    if len(taken) > 1 and verb and (_MODAL.search(before) or (taken[-1].endswith("ing") and before.endswith(","))):
        taken = taken[:-1]
    if "of" in taken[1:] and is_people(taken[0]):
        owner = taken[taken.index("of") + 1 :]
        if owner and role_of(owner[0]) is None and not is_plural(owner[0]) and owner[0].lower() not in _AMOUNTS:
            taken = taken[: taken.index("of")]
    return taken


def _earlier_relative(scene: Scene, offset: int) -> int | None:
    """Where the first relative before "and who" stands in the same sentence; None if there is none."""
    layout = scene.layout
    begin = max(layout.sentences[layout.sentence_at(offset)], offset - _LONGEST_CLAUSE)
    found = [m.start(1) for m in _PERSON_RELATIVE.finditer(layout.text, begin, offset)]
    return found[0] if found and not layout.is_quoted(found[0]) else None


def _listed(scene: Scene, last: Mention) -> tuple[Figure, ...]:
    """The figures of a list that ends in a mention ("Ann Lee, Bo Ray (D-Ore.) and Cy Dow, all of whom")."""
    found = [last.figure]
    start = last.start
    for mention in scene.cast.back_from(last.start, _MOST_LISTED):
        if is_place(mention.figure.name):
            continue
        if not _LIST_JOINT.fullmatch(scene.layout.text, mention.end, start) or mention.figure in found:
            break
        found.insert(0, mention.figure)
        start = mention.start
    return tuple(found)


def _with_partner(scene: Scene, figure: Figure, start: int) -> tuple[Figure, ...]:
    """The figure, and the one before it if "and" joins the two."""
    before = [
        m for m in scene.cast.within(start - 80, start) if re.fullmatch(r",? and ", scene.layout.text[m.end : start])
    ]
    if before and before[-1].figure is not figure and before[-1].figure.may_be_person and figure.may_be_person:
        return (before[-1].figure, figure)
    return (figure,)
