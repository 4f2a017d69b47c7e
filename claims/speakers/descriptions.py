"""Descriptions as sources ("the former president", "the agency", "his lawyer"): whom or what they stand for."""

import re

from claims.speakers.figures import Figure
from claims.speakers.kinds import kind_of_name
from claims.speakers.lexicon import RoleNoun, countries, is_place, lexicon, word_set
from claims.speakers.names import INDEFINITE, Phrase, is_document, is_people, read_phrase, role_of, singular
from claims.speakers.pronouns import person_meant
from claims.speakers.scene import Scene, Turn
from claims.terms import Source

_TOO_COMMON = word_set("former new and u.s. of the national own longtime top senior")
# Nouns for bodies that serve as names for one another.
_SAME_BODY = {
    "panel": "committee", "organisation": "organization", "paper": "newspaper", "daily": "newspaper", "firm": "company",
    "team": "campaign", "camp": "campaign", "corporation": "company", "school": "university", "college": "university",
}  # fmt: skip
_GENERAL = word_set("group organization organisation non-profit nonprofit charity ngo")
_ANY_BODY = _GENERAL | word_set("agency company firm outlet network newspaper paper")
_IN_ACRONYMS = word_set(
    "federation bureau agency association union alliance organization organisation commission department league "
    "council committee institute service administration authority foundation society board corporation center coalition"
)
_ACRONYM = re.compile(r"[A-Z]{2,5}(?:-[A-Z]{2,4})?")
_ACRONYM_REACH, _OFTEN = 4, 3
_FIRM = word_set("company firm retailer manufacturer airline")
_PARTIES = {"democratic": "D", "democrat": "D", "republican": "R", "gop": "R"}
_RUNNING = word_set("candidate contender hopeful nominee frontrunner front-runner rival challenger")
_PUBLIC = _RUNNING | word_set("senator president governor representative mayor secretary minister leader chairman")
_POLITICAL = _PUBLIC | word_set(
    "speaker lawmaker legislator politician whip delegate councilman councilwoman assemblyman"
)
_CREED = word_set("republican democrat conservative liberal socialist libertarian independent lawmaker politician")
_SHARED = _CREED | word_set("candidate contender hopeful rival challenger")
# What one can be beside an office.
_ANYBODY = word_set(
    "resident member supporter voter friend participant graduate student parent customer owner viewer citizen"
)
_AGE = re.compile(r"\d+-year-old")
_PAIR = word_set("candidates senators rivals nominees governors men women pair leaders lawmakers contenders couple")
_MEDIA_BODY = word_set("outlet network newspaper paper magazine tabloid publication broadcaster channel station")


def person_described(scene: Scene, phrase: Phrase, offset: int, gender: str = "") -> tuple[Figure, str] | None:
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
    if phrase.head not in _SHARED:  # many are candidates: who is spoken of decides
        found = _bearer_of_office(scene, phrase, offset, after=False)
        said = phrase.roles & countries().states
        if found is not None and (not said or said & found.roles.keys()):
            return found, "office"
    if _stands_for_name(phrase, role):
        genders = {r.gender for word in phrase.offices if (r := role_of(word)) is not None and r.gender}
        gender = gender or role.gender or (genders.pop() if len(genders) == 1 else "")
        least = 0.12 if gender and phrase.modifiers else 0.3
        meant = person_meant(scene, offset, gender, lambda figure: _likeness(figure, role.office, phrase), least)
        if isinstance(meant, Figure):
            return meant, "epithet"
    return None


def _stands_for_name(phrase: Phrase, role: RoleNoun) -> bool:
    """Whether news writers use such a description for somebody named just before ("the businessman")."""
    if phrase.head in ("senator", "president"):
        return True
    if phrase.determiner not in ("the", "this", "that"):
        return False
    return role.epithet or any(_AGE.fullmatch(word) for word in phrase.modifiers)


def _likeness(figure: Figure, office: str, phrase: Phrase) -> float:
    """How well a description fits a figure by what else the article calls it; 0 where it cannot."""
    if not figure.is_person or _other_party(figure, phrase) or _other_office(figure, office, phrase):
        return 0.0
    if office == "president" and "former" in phrase.roles and office not in figure.offices:
        return 0.0
    telling = {word for word in phrase.roles if word not in _TOO_COMMON and word != phrase.head}
    weight = 1.6 if office in figure.offices else 1.0
    weight *= 1.0 + 0.4 * min(2, len(telling & figure.roles.keys()))
    states = countries().states
    if (said := telling & states) and (known := figure.roles.keys() & states) and not said & known:
        weight *= 0.3
    if (
        figure.offices.keys() - _ANYBODY
        and office not in figure.offices
        and any(_AGE.fullmatch(word) for word in phrase.modifiers)
    ):
        weight *= 0.5  # an age tells more of somebody who is new
    if office in _RUNNING and office not in figure.offices and figure.offices.keys() & (_PUBLIC - _RUNNING):
        weight *= 0.6
    if office in _CREED and not figure.offices.keys() & _POLITICAL and not _PARTIES.keys() & figure.roles.keys():
        weight *= 0.3  # "the Ohio Republican" is the congressman, not the shop's owner
    if office not in _PUBLIC and office not in _PARTIES and figure.offices.keys() & (_PUBLIC - _RUNNING):
        weight *= 0.5  # "the businessman" is seldom the senator
    return weight


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
    among = {id(figure) for figure in fitting}
    meant = person_meant(scene, offset, role.gender, lambda figure: float(id(figure) in among), least=0.3)
    return meant if isinstance(meant, Figure) else None


def _other_party(figure: Figure, phrase: Phrase) -> bool:
    """Whether the description names one of the two parties and the figure is known for the other."""
    said = {_PARTIES[word] for word in phrase.roles if word in _PARTIES}
    known = {_PARTIES[word] for word in figure.roles if word in _PARTIES}
    return bool(said and known and not said & known)


def _other_office(figure: Figure, office: str, phrase: Phrase) -> bool:
    """Whether a figure is known for offices, but not for this one ("the senator" after a governor spoke)."""
    if office in _CREED:
        return False
    known = {word for word in figure.offices if not lexicon().roles[word].gender and word not in _ANYBODY}
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
    if head not in known.organizations or phrase.tail or head == "media":
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
    by_letter = _initialed(scene, head, sentence, offset)
    if by_letter is not None:
        return by_letter, "acronym"
    if known.organizations[head] == "government":
        return None
    if head in _GENERAL:
        introduced = _introduced_as(scene, sentence, offset)
        if introduced is not None:
            return introduced, "running-body"
    near = [
        m for m in scene.cast.back_from(offset)
        if scene.distance(m.sentence, sentence) <= 4 and not m.quoted and _may_be_called(m.figure, head)
    ]  # fmt: skip
    subject = next((m for m in near if m.leads and scene.distance(m.sentence, sentence) <= 1), None)
    if subject is not None and head in _FIRM and scene.layout.text[subject.start - 4 : subject.start].lower() != "the ":
        return subject.figure, "running-body"
    if near:
        best = max((m.figure for m in near), key=scene.cast.times_named)
        if scene.cast.times_named(best) >= 3:
            return best, "frequent-body"
    return None


def _initialed(scene: Scene, head: str, sentence: int, offset: int) -> Figure | None:
    """The body whose acronym has the noun's letter, the last one for choice: "the union" for the BWU."""
    if head not in _IN_ACRONYMS:
        return None
    letter = head[0].upper()
    near = [
        m.figure for m in scene.cast.back_from(offset)
        if scene.distance(m.sentence, sentence) <= _ACRONYM_REACH and not m.quoted and _ACRONYM.fullmatch(m.figure.name)
        and letter in m.figure.name[1:] and not is_place(m.figure.name)
    ]  # fmt: skip
    last = [figure for figure in near if figure.name.endswith(letter)]
    frequent = [figure for figure in near if scene.cast.times_named(figure) >= _OFTEN]
    return next(iter(last or frequent), None)


def _introduced_as(scene: Scene, sentence: int, offset: int) -> Figure | None:
    """The body that the sentence before calls a group ("the advocacy group Fair Water")."""
    for mention in scene.cast.back_from(offset):
        if scene.distance(mention.sentence, sentence) > 1:
            return None
        before = scene.layout.text[max(0, mention.start - 20) : mention.start].split()
        if before and before[-1] in _GENERAL and not mention.quoted and mention.sentence < sentence:
            return mention.figure
    return None


def _may_be_called(figure: Figure, head: str) -> bool:
    """Whether a body without a telling noun in its name can be called by this noun."""
    kind = kind_of_name(figure.name, figure)
    if any(word.lower() in lexicon().organizations for word in figure.words):
        return False
    if head in _MEDIA_BODY:
        return kind == "media"
    if head in _FIRM:
        return kind in ("organization", "unknown") and not figure.is_person and not is_people(figure.words[-1])
    return kind in ("organization", "unknown") and len(figure.words) > 1


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


def may_be_pair(phrase: Phrase, text: str) -> bool:
    """Whether a plural can stand for the persons who spoke together before ("the candidates")."""
    determined = phrase.determiner == "the" or are_two(text)
    return phrase.is_plural and determined and not phrase.tail and phrase.head in _PAIR


def are_two(text: str) -> bool:
    """Whether words say that they mean two."""
    return text.lower().startswith(("both ", "the two "))


def panel_of(phrase: Phrase) -> str:
    """The court or body that a panel of it speaks for."""
    if phrase.head in ("panel", "majority", "chapter") and phrase.tail.startswith("of "):
        inner = read_phrase(phrase.tail[3:])
        if inner.name and any(word.lower() in lexicon().organizations for word in inner.name.split()):
            return inner.name
    return ""
