"""Descriptions as sources ("the former president", "the agency", "his lawyer"): whom or what they stand for."""

import re

from claims.speakers.figures import Figure
from claims.speakers.kinds import is_document, kind_of_name
from claims.speakers.lexicon import lexicon, word_set
from claims.speakers.names import INDEFINITE, Phrase, read_phrase, role_of, singular
from claims.speakers.pronouns import person_meant
from claims.speakers.scene import Scene, Turn
from claims.terms import Source

_TOO_COMMON = word_set("former new and u.s. of the national own longtime top senior")
# Nouns for bodies that serve as names for one another.
_SAME_BODY = {
    "panel": "committee", "organisation": "organization", "paper": "newspaper", "daily": "newspaper", "firm": "company",
    "team": "campaign", "camp": "campaign", "corporation": "company", "school": "university", "college": "university",
}  # fmt: skip
_ANY_BODY = word_set("organization organisation group agency company firm outlet network newspaper paper")
_PARTIES = {"democratic": "D", "democrat": "D", "republican": "R", "gop": "R"}
_RUNNING = word_set("candidate contender hopeful nominee frontrunner front-runner rival challenger")
_PUBLIC = _RUNNING | word_set("senator president governor representative mayor secretary minister leader chairman")
_PAIR = word_set("candidates senators rivals nominees governors men women pair leaders lawmakers contenders couple")
_MEDIA_BODY = word_set("outlet network newspaper paper magazine tabloid publication broadcaster channel station")


def person_described(scene: Scene, phrase: Phrase, offset: int) -> tuple[Figure, str] | None:
    """The person whom a description for one person means, and the rule that says so.

    First who bears the office anywhere in the article; then, for words that news writers use in place of a
    name ("the businessman"), who spoke last, unless another office of theirs is known.
    """
    role = role_of(phrase.head)
    if role is None or phrase.tail.startswith(("who", "familiar", "close", "with")):
        return None
    lead = scene.layout.paragraph_at(offset) <= 1
    if phrase.determiner in INDEFINITE or not (phrase.determiner or phrase.possessor):
        if not lead or phrase.possessor or scene.layout.is_quoted(offset):
            return None
        found = _bearer_of_office(scene, phrase, offset, after=True)
        return (found, "named-later") if found else None
    found = _bearer_of_office(scene, phrase, offset, after=False)
    if found is not None:
        return found, "office"
    if (role.epithet and phrase.determiner in ("the", "this", "that")) or phrase.head in ("senator", "president"):
        genders = {r.gender for word in phrase.offices if (r := role_of(word)) is not None and r.gender}
        meant = person_meant(
            scene, offset, role.gender or (genders.pop() if len(genders) == 1 else ""),
            lambda figure: figure.is_person and not _other_party(figure, phrase)
            and not _other_office(figure, role.office, phrase), least=0.3,
        )  # fmt: skip
        if isinstance(meant, Figure):
            return meant, "epithet"
    return None


def _bearer_of_office(scene: Scene, phrase: Phrase, offset: int, after: bool) -> Figure | None:
    """The one person with the described office; of several whom more of the description fits, or who spoke last."""
    role = role_of(phrase.head)
    assert role is not None
    telling = {word for word in phrase.roles if word not in _TOO_COMMON and word != phrase.head}
    owner = {word for word in phrase.possessor.lower().replace("’s", "").replace("'s", "").split() if len(word) > 3}
    scored: list[tuple[float, Figure]] = []
    for figure in scene.cast.holders(role.office, offset):
        if not figure.is_person or not figure.takes_gender(role.gender):
            continue
        if _other_party(figure, phrase):
            continue
        if after == (figure.first_seen < offset) and not phrase.possessor:
            continue  # who is only described here is named later, who is "the" something was named before
        score = len(telling & figure.roles.keys()) + 2.0 * len(owner & figure.roles.keys())
        if "former" in phrase.roles:
            score += 1.0 if "former" in figure.roles else -0.5
        scored.append((score, figure))
    if not scored:
        return None
    best = max(score for score, _ in scored)
    fitting = [figure for score, figure in scored if score == best]
    if len(fitting) == 1:
        return fitting[0]
    turn = scene.last_person(offset, within=4)
    if turn is not None and any(figure is turn.figure for figure in fitting):
        return turn.figure
    return None


def _other_party(figure: Figure, phrase: Phrase) -> bool:
    """Whether the description names one of the two parties and the figure is known for the other."""
    said = {_PARTIES[word] for word in phrase.roles if word in _PARTIES}
    known = {_PARTIES[word] for word in figure.roles if word in _PARTIES}
    return bool(said and known and not said & known)


def _other_office(figure: Figure, office: str, phrase: Phrase) -> bool:
    """Whether a figure is known for offices, but not for this one ("the senator" after a governor spoke)."""
    known = {word for word in figure.offices if not lexicon().roles[word].gender}
    if office in known:
        return False
    public = known & _PUBLIC
    if "former" in phrase.roles or office not in _PUBLIC or office in _RUNNING:
        public = set()  # a senator may run, and may have been a governor
    return bool(public) or any(not lexicon().roles[word].epithet and word not in _PUBLIC for word in known)


def body_described(scene: Scene, phrase: Phrase, offset: int) -> tuple[Figure | Turn, str] | None:
    """The body that "the agency", "the bank" or "his campaign" means, and the rule that says so."""
    known = lexicon()
    head = phrase.head
    if head not in known.organizations or phrase.tail:
        return None
    wanted = {head, _SAME_BODY.get(head, head)}
    proper = [word for word in phrase.modifiers if word[:1].isupper()]
    lead = scene.layout.paragraph_at(offset) <= 1
    if phrase.determiner in INDEFINITE or not phrase.determiner:
        if lead and not phrase.possessor:
            return _named_in_lead(scene, wanted, offset)
        return None
    if proper or phrase.possessor:
        return None
    for mention in scene.cast.back_from(offset):
        ends = {mention.figure.key[0], mention.figure.key[-1]}
        if wanted & ends and not mention.figure.is_person and not mention.quoted:
            return mention.figure, "body-noun"
    sentence = scene.layout.sentence_at(offset)
    for turn in scene.turns_back(offset):
        if scene.distance(turn.sentence, sentence) > 3:
            break
        for source in turn.sources:
            if wanted & {word.lower() for word in source.name.split()} and source.kind not in ("person", "group"):
                return turn, "body-noun"
            bodies = ("media",) if head in _MEDIA_BODY else ("media", "organization", "government", "unknown")
            fits = source.kind in bodies
            if fits and head in _ANY_BODY | _MEDIA_BODY and source.rule != "as-written" and len(turn.sources) == 1:
                return turn, "running-body"
    if known.organizations[head] == "government":
        return None
    near = [
        m.figure for m in scene.cast.back_from(offset)
        if scene.distance(m.sentence, sentence) <= 4 and not m.quoted and _may_be_called(m.figure, head)
    ]  # fmt: skip
    if near:
        best = max(near, key=scene.cast.times_named)
        if scene.cast.times_named(best) >= 3:
            return best, "frequent-body"
    return None


def _may_be_called(figure: Figure, head: str) -> bool:
    """Whether a body without a telling noun in its name can be called by this noun."""
    kind = kind_of_name(figure.name, figure)
    if any(word.lower() in lexicon().organizations for word in figure.words):
        return False
    return kind == "media" if head in _MEDIA_BODY else kind in ("organization", "unknown") and len(figure.words) > 1


def _named_in_lead(scene: Scene, wanted: set[str], offset: int) -> tuple[Figure, str] | None:
    """A body that headline or lead only describes, and that one of the next two paragraphs names."""
    paragraph = scene.layout.paragraph_at(offset)
    for mention in scene.cast.forth_from(offset):
        if mention.paragraph > max(paragraph + 2, 3):
            return None
        words = {word.lower() for word in mention.figure.words}
        if wanted & words and len(words) > 2 and not mention.figure.is_person and not mention.quoted:
            return mention.figure, "named-later"
    return None


def document_meant(scene: Scene, phrase: Phrase, offset: int) -> Turn | None:
    """The document that spoke before under a fuller description: "the study" after "a survey by the town"."""
    if phrase.determiner not in ("the", "this", "that") or phrase.tail or len(phrase.roles) > 1:
        return None
    wanted = _family(phrase.head)
    for turn in scene.turns_back(offset):
        if len(turn.sources) == 1 and turn.sources[0].kind == "document":
            earlier = read_phrase(turn.sources[0].name)
            if _family(earlier.head) & wanted and len(turn.sources[0].name.split()) > 1:
                return turn
    return None


def _family(head: str) -> set[str]:
    known = lexicon().documents
    noun = head if head in known else singular(head)
    family = known.get(noun, "")
    return {noun, f"#{family}"} if family else {noun}


def printed_by(scene: Scene, phrase: Phrase, offset: int) -> Source | None:
    """The outlet behind "the article", or the court behind "the ruling": the last one that spoke before."""
    if phrase.determiner != "the" or phrase.tail or len(phrase.roles) > 1 or phrase.possessor:
        return None
    family = _family(phrase.head) if is_document(phrase.head) else set()
    if not family & {"#5", "#8"}:
        return None
    for turn in scene.turns_back(offset):
        if len(turn.sources) == 1:
            source = turn.sources[0]
            if source.kind == "media" if "#5" in family else re.search(r"\bCourt\b", source.name):
                return source
    return None


def may_be_pair(phrase: Phrase) -> bool:
    """Whether a plural can stand for the persons who spoke together before ("the candidates")."""
    return phrase.is_plural and phrase.determiner in ("the", "both") and not phrase.tail and phrase.head in _PAIR
