"""Who made a document that speaks: "the statement" after "Lee said in a statement", "the book" after "a book by"."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from claims.speakers.lexicon import lexicon, word_set
from claims.speakers.names import PREPOSITIONS, Phrase, is_capitalized, singular
from claims.speakers.scene import Scene, Turn

_REACH = 5  # sentences
_MOST_PLACES = 12  # where a document is named before
_LONGEST = 1500  # characters
_LONGEST_BEFORE = 400  # characters of a document's sentence
_LONGEST_SUBJECT = 8  # words
# Narrower than the families of documents.txt: whose story or opinion it is does not tell who made the article.
_ALIKE = (
    word_set("book passage memoir biography autobiography"), word_set("email e-mail message"),
    word_set("statement release press-release"), word_set("study report analysis"), word_set("poll survey"),
    word_set("post tweet"), word_set("memo memorandum"), word_set("lawsuit suit complaint"),
    word_set("ad advertisement spot"),
)  # fmt: skip
_SHOWN = word_set("video photo image film footage clip tape recording picture ad spot advertisement transcript")
_DETERMINED = word_set("the this that its")
_MAKING = (
    r"(?:issued|released|sent|sends|wrote|published|posted|circulated|distributed|mailed|e-mailed|emailed|shared|penned|"
    r"aired|unveiled|put out|sent out|fired off|dashed off|filed|delivered)"
)
_A = r"(?:an?|another|one|its|his|her|their|the)"
_ISSUED_BY = re.compile(
    r" (?:\w+ ){0,2}?(?:from|by|(?:issued|released|sent|signed|written|published|posted|put out|circulated) by) "
    r"(?P<who>[^,.;:“\"()\n]{3,80})"
)
_MADE = re.compile(rf"\b{_MAKING} (?:\w+ )?{_A} (?:[\w’'-]+ ){{0,4}}$")
_IN = re.compile(rf"\b(?:[Ii]n|[Vv]ia|[Tt]hrough|[Bb]y) {_A} (?:[\w’'-]+ ){{0,3}}$")
_IN_HIS = re.compile(r"\b(?:in|from) (?:his|her) (?:[\w’'-]+ ){0,3}$")
_NEAR = 60  # characters
_OWN = re.compile(r"(?P<who>\b(?:[A-Z][\w.-]* ){0,4}[A-Z][\w.-]*)(?:’s|'s|’|') (?:(?!of )[a-z-]+ ){0,2}$")
_SUBJECT_ENDS = re.compile(r" (?:has|had|have|also|then|later|quickly|recently|promptly|who|which|and|that|\w+ly)\b.*$")
_MAKER_ENDS = re.compile(
    r" (?:that|which|who|saying|said|says|on|in|to|about|and the|when|last|this|after|late|early|earlier|is|was|were|"
    r"has|had|would|will|for|[A-Z][a-z]+day)\b.*$"
)


@dataclass(frozen=True)
class Maker:
    """Who made a document: the turn in which it spoke, or the words that name it."""

    turn: Turn | None
    words: str = ""
    start: int = 0


def maker_of(scene: Scene, phrase: Phrase, offset: int) -> Maker | None:
    """Who issued the document that a bare "the statement" at `offset` means; None where the article does not say."""
    if phrase.determiner not in _DETERMINED or phrase.tail or phrase.possessor or len(phrase.roles) > 1:
        return None
    nouns = _nouns(phrase.head)
    if nouns is None:
        return None
    layout = scene.layout
    here = layout.sentence_at(offset)
    begin = max(layout.sentences[max(0, here - _REACH)], offset - _LONGEST)
    for found in list(nouns.finditer(layout.text, begin, offset))[: -_MOST_PLACES - 1 : -1]:
        maker = _told_at(scene, found.start(), found.end())
        if maker is not None:
            return maker
    return None


@lru_cache(maxsize=512)
def _nouns(head: str) -> re.Pattern[str] | None:
    """The nouns that may have introduced what `head` means."""
    known = lexicon().documents
    noun = head if head in known else singular(head)
    if noun not in known:
        return None
    alike = next((group for group in _ALIKE if noun in group), {noun})
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, alike)))})\b")


def _told_at(scene: Scene, start: int, end: int) -> Maker | None:
    """The maker that the words around a document's noun tell."""
    layout = scene.layout
    if layout.is_quoted(start):
        return None
    sentence = layout.sentence_at(start)
    begin = max(layout.sentences[sentence], start - _LONGEST_BEFORE)
    before = layout.text[begin:start]
    by = _ISSUED_BY.match(layout.text, end, layout.paragraph_ends[layout.paragraph_at(start)])
    if by:
        who = _MAKER_ENDS.sub("", by["who"]).strip()
        if any(is_capitalized(word) for word in who.split()):
            return Maker(None, who, by.start("who"))
    made = _MADE.search(before)
    if made:
        subject = before[: made.start()].rpartition(", ")[2].strip(' “"')
        subject = _SUBJECT_ENDS.sub("", subject)
        words = subject.split()
        plain = not any(word in PREPOSITIONS and word not in ("of", "for") for word in words)
        if 0 < len(words) <= _LONGEST_SUBJECT and plain and any(is_capitalized(word) for word in words):
            return Maker(None, subject, begin + before.find(subject))
    his = _IN_HIS.search(before)
    if his:
        named = (m for m in reversed(scene.cast.within(begin, start)) if not m.quoted and m.figure.is_person)
        author = next(named, None)
        if author is not None and start - author.end < _NEAR:
            return Maker(None, author.figure.name, author.start)
    if _IN.search(before) and layout.text[start:end] not in _SHOWN:
        turn = _speaker_near(scene, sentence, start)
        if turn is not None:
            return Maker(turn)
    own = _OWN.search(before)
    return Maker(None, own["who"], begin + own.start("who")) if own else None


def _speaker_near(scene: Scene, sentence: int, offset: int) -> Turn | None:
    """The one who speaks in a sentence of the outlet's, the nearest to `offset` if there are several."""
    layout = scene.layout
    end = layout.sentences[sentence + 1] if sentence + 1 < len(layout.sentences) else len(layout.text)
    turns = [
        turn
        for turn in takewhile(lambda turn: turn.sentence == sentence, scene.turns_back(end))
        if not turn.quoted and turn.sources[0].kind != "document"
    ]
    return min(turns, key=lambda turn: (turn.start > offset, abs(turn.start - offset)), default=None)
