"""Who is meant by the source words of each attribution: sieves, the surest first, each naming its rule."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from claims.speakers.cast import Cast
from claims.speakers.descriptions import (
    are_two,
    body_described,
    document_meant,
    may_be_pair,
    panel_of,
    person_described,
    printed_by,
)
from claims.speakers.figures import Figure
from claims.speakers.issuers import Maker, maker_of
from claims.speakers.kinds import kind_of_name
from claims.speakers.layout import lay_out
from claims.speakers.leading import Leaders
from claims.speakers.letters import noted_below, only_author, signed_below
from claims.speakers.names import Phrase, is_document, read_phrase
from claims.speakers.naming import Named, Namer
from claims.speakers.owners import Owners, whose
from claims.speakers.phrases import Candidate, people_before, thing_before, two_before
from claims.speakers.pieces import split_speakers
from claims.speakers.portrait import Portraits
from claims.speakers.pronouns import (
    FIRST,
    HE_SHE,
    NEUTER,
    PLURAL,
    RELATIVE,
    antecedent,
    body_meant,
    person_meant,
    several_meant,
)
from claims.speakers.quoting import Quoting
from claims.speakers.scene import Scene, Turn
from claims.terms import Article, Relation, Source, Span

_PASSIVE = re.compile(r"(?:is|are|was|were|be|(?:has |have |had )?been|being|reportedly|allegedly)\b", re.IGNORECASE)
_SHARED_SUBJECT = re.compile(r"(?:\band|\bbut|\bthen)\s+(?:\w+ly\s+)?$")
_MOST_WORDS_BETWEEN = 12  # between an attribution and a quotation that it carries on to
_SPOKEN, _FADE = 1.4, 0.75  # weight of who spoke as the antecedent of "they" and "it", and for each sentence between
_HANDLE = re.compile(r"author=\"([^\"]+)\"")


def resolve(article: Article, relations: Sequence[Relation]) -> list[tuple[Source, ...]]:
    """Name the sources of each relation, in the order given; an empty tuple where nobody is named or carried on.

    Speakers named side by side are several sources, a group is one. Where it cannot be known who is meant, the
    name is the words themselves and the rule "as-written": no name is ever guessed. Relations inside another's
    content change nothing for those around them: who is only said to have spoken does not go on speaking.
    """
    return _Resolver(article, relations).run()


class _Resolver:
    """The sieves over the relations of one article: names first, then in text order what depends on them."""

    def __init__(self, article: Article, relations: Sequence[Relation]) -> None:
        layout = lay_out(article.text)
        self.author = article.author
        self.text = article.text
        self.relations = list(relations)
        self.cast = Cast(layout)
        self.scene = Scene(layout, self.cast)
        self.namer = Namer(self.scene)
        self.leaders = Leaders(self.scene)
        self.owners = Owners(self.scene, self.namer)
        self.quoting = Quoting(layout, self.relations)
        self.inner = {i for i in range(len(self.relations)) if self.quoting.is_inside_another(i)}
        self.found: dict[int, tuple[Source, ...]] = {}

    @cached_property
    def _noted_author(self) -> str:
        return noted_below(self.text)

    def run(self) -> list[tuple[Source, ...]]:
        order = sorted(range(len(self.relations)), key=lambda i: _position(self.relations[i]))
        self._name([i for i in order if i not in self.inner])
        self._name([i for i in order if i in self.inner])
        found = [self.found.get(i, ()) for i in range(len(self.relations))]
        return Portraits(self.scene, self.namer.print).paint(found, self.relations)

    def _name(self, order: Sequence[int]) -> None:
        """The sieves over the relations of one level, in text order."""
        pending = []
        for i in order:
            if self.relations[i].source and not self._settle(i, self._named_plainly(i)):
                pending.append(i)
        speaker_of_quotation = []
        for i in pending:
            words = self._words(i).strip(" ,").lower()
            if words in FIRST:
                speaker_of_quotation.append(i)
            else:
                self._settle(i, self._meant(i))
        for i in speaker_of_quotation:
            self._settle(i, [(self._first_person(i), None)])
        for before, i in zip([None, *order], order, strict=False):
            if before is not None and not self.relations[i].source:
                self.found[i] = self._carried_on(i, before)

    def _words(self, i: int) -> str:
        return " ".join(self.text[start:end] for start, end in self.relations[i].source)

    def _settle(self, i: int, named: list[Named] | None) -> bool:
        """Record the sources of relation `i` and its turn; False if there are none yet."""
        named = [(source, figure) for source, figure in named or () if _says_something(source.name)]
        if not named:
            return False
        sources = tuple(source for source, _ in named)
        self.found[i] = sources
        spans = self.relations[i].source
        layout = self.scene.layout
        start = spans[0].start
        phrase = read_phrase(sources[0].text)
        for _, speaker in named:
            if speaker is not None and speaker.body == 0 and (speaker.person or len(speaker.words) < 3):
                speaker.person += 0.5  # bodies that speak show it in their names, most of them
        figure = named[0][1] if len(named) == 1 else None
        if i not in self.inner:
            self.quoting.settle(i, figure)
        a_group = figure is None and (phrase.is_plural or sources[0].kind == "group")
        self.scene.add(
            Turn(
                start, spans[-1].end, sources, figure, len(named) > 1 or a_group,
                layout.sentence_at(start), layout.paragraph_at(start), layout.is_quoted(start),
            )
        )  # fmt: skip
        return True

    # Sieve 1: names that need no context.

    def _named_plainly(self, i: int) -> list[Named] | None:
        words = self._words(i)
        handle = _HANDLE.search(words)
        if handle:
            return [(Source(words, handle[1], "person", "account"), None)]
        named = []
        for piece in split_speakers(words, self.cast):
            phrase = read_phrase(piece)
            result = self.namer.name(piece, phrase, self.relations[i].source, plain=True)
            if result is None:
                return None
            named.append(result)
        return named

    # Sieve 2: in text order, what hangs on what was said before.

    def _meant(self, i: int) -> list[Named]:
        words = self._words(i)
        named: list[Named] = []
        pieces = split_speakers(words, self.cast)
        for piece, following in zip(pieces, [*pieces[1:], ""], strict=True):
            owner = named[-1][1] if named else None
            possessor = read_phrase(piece).possessor.lower()
            gender = HE_SHE.get(following.split(" ")[0].lower(), "")  # "the candidate and her staff"
            meant = self._piece_meant(piece, i, gender)
            if owner is not None and owner.is_person and possessor in ("his", "her") and meant[0][1] is None:
                meant = [whose(piece, owner)]
            named += meant
        return named

    def _piece_meant(self, piece: str, i: int, gender: str = "") -> list[Named]:
        relation = self.relations[i]
        start = relation.source[0].start
        phrase = read_phrase(piece)
        if phrase.name:
            result = self.namer.name(piece, phrase, relation.source, plain=False)
            if result is not None:
                return [result]
        text, low = piece.strip(), phrase.words.lower()
        if low in HE_SHE:
            self.leaders.read_to(start)
            quoted_speaker = self.quoting.speaker_around(i)  # not the one whom "he" means there
            figure = person_meant(
                self.scene,
                start,
                HE_SHE[low],
                lambda other: float(other is not quoted_speaker),
                content=relation.content,
            )
            return self._body(text, figure, "pronoun") or [(Source(text, phrase.words, "person", "as-written"), None)]
        if low in PLURAL:
            return self._several(text, phrase, i)
        if low in NEUTER:
            return self._neuter(text, phrase, i)
        if RELATIVE.fullmatch(low):
            return self._relative(text, start)
        described = self._described(text, phrase, start, gender)
        speaker = self.quoting.speaker_around(i) if i in self.inner else None
        if speaker is not None and any(figure is speaker for _, figure in described):
            return [self.owners.as_described(text, phrase, start)]  # nobody calls himself "the chairman"
        return described

    def _several(self, text: str, phrase: Phrase, i: int) -> list[Named]:
        """Whom "they", "both" or "each" means: who spoke together, a group that spoke, or people named before."""
        start, low = self.relations[i].source[0].start, phrase.words.lower()
        pair_only = low in ("both", "each", "the two")
        turn = several_meant(self.scene, start, pair_only)
        if turn is not None and self._is_out_of_hearing(i, turn.start):
            turn = None
        people = None if pair_only else people_before(self.scene, start)
        if people is not None and (turn is None or self._outweighs(people, turn, start)):
            return self._phrase_meant(text, people.meant, start)
        if turn is None:
            return [(Source(text, phrase.words, "group", "as-written"), None)]
        return self._again(text, turn, "pronoun")

    def _neuter(self, text: str, phrase: Phrase, i: int) -> list[Named]:
        """Which body or document "it" means."""
        start = self.relations[i].source[0].start
        body = body_meant(self.scene, start)
        if isinstance(body, Turn) and self._is_out_of_hearing(i, body.start):
            body = None
        thing = thing_before(self.scene, start)
        if thing is not None and (body is None or (isinstance(body, Turn) and self._outweighs(thing, body, start))):
            return self._phrase_meant(text, thing.meant, start)
        return self._body(text, body, "pronoun") or [(Source(text, phrase.words, "unknown", "as-written"), None)]

    def _outweighs(self, candidate: Candidate, turn: Turn, offset: int) -> bool:
        """Whether words that did not speak stand out more than who spoke."""
        sentence = self.scene.layout.sentence_at(offset)
        return candidate.weight > _SPOKEN * _FADE ** self.scene.distance(turn.sentence, sentence)

    def _phrase_meant(self, text: str, meant: str | tuple[Figure | str, ...], start: int) -> list[Named]:
        """The sources that a noun phrase before a pronoun stands for."""
        named: list[Named] = []
        for words in (meant,) if isinstance(meant, str) else meant:
            if isinstance(words, Figure):
                named.append((Source("", words.name, kind_of_name(words.name, words), ""), words))
            else:
                named += self._words_meant(words, start, len(text))
        return [(replace(source, text=text, rule="pronoun"), figure) for source, figure in named]

    def _words_meant(self, words: str, start: int, length: int) -> list[Named]:
        """Whom words from before `start` name or describe."""
        phrase = read_phrase(words)
        if phrase.name:
            result = self.namer.name(words, phrase, (Span(start, start + length),), plain=False)
            if result is not None:
                return [result]
        return self._described(words, phrase, start)

    def _is_out_of_hearing(self, i: int, turn: int) -> bool:
        """Whether relation `i` stands inside another's direct speech and the turn at offset `turn` does not: those
        whom the outlet names just before are seldom those whom a speaker calls "they"."""
        layout = self.scene.layout
        quotation = layout.quotation_at(self.relations[i].source[0].start)
        return i in self.inner and quotation is not None and layout.quotation_at(turn) != quotation

    def _relative(self, text: str, start: int) -> list[Named]:
        found = antecedent(self.scene, start)
        if not found:
            return [(Source(text, text, "unknown", "as-written"), None)]
        if isinstance(found, Turn):
            return self._again(text, found, "relative")
        if isinstance(found, tuple):
            return [self._as(text, figure, "relative") for figure in found]
        named = self._words_meant(found, start, len(text))
        return [(replace(source, text=text, rule="relative"), figure) for source, figure in named]

    def _described(self, text: str, phrase: Phrase, start: int, gender: str = "") -> list[Named]:
        person = person_described(self.scene, phrase, start, gender)
        if person is not None:
            return [self._as(text, person[0], person[1])]
        campaign = self.owners.campaign(phrase, start)
        if campaign:
            return [(Source(text, campaign, "organization", "possessor"), None)]
        body = body_described(self.scene, phrase, start)
        if body is not None:
            return self._body(text, body[0], body[1])
        inner = panel_of(phrase)
        if inner:
            return [(Source(text, inner, kind_of_name(inner, None), "part-of-body"), None)]
        outlet = printed_by(self.scene, phrase, start)
        if outlet is not None:
            return [(Source(text, outlet.name, outlet.kind, "printed-by"), None)]
        if is_document(phrase.head):
            made = self._made(text, maker_of(self.scene, phrase, start))
            if made:
                return made
            turn = document_meant(self.scene, phrase, start)
            if turn is not None:
                return self._again(text, turn, "same-document")
        if may_be_pair(phrase, text):
            turn = several_meant(self.scene, start, pair_only=True)
            if turn is not None and all(source.kind == "person" for source in turn.sources):
                return self._again(text, turn, "pair")
            pair = two_before(self.scene, start) if are_two(text) else ()
            if pair:
                return [self._as(text, figure, "pair") for figure in pair]
        return [self.owners.as_described(text, phrase, start)]

    def _made(self, text: str, maker: Maker | None) -> list[Named]:
        """Who issued a document, once the article has told."""
        if maker is None:
            return []
        if maker.turn is not None:
            return self._again(text, maker.turn, "issuer") if len(maker.turn.sources) == 1 else []
        end = maker.start + len(maker.words)
        spoke = next((turn for turn in self.scene.turns_back(end) if maker.start < turn.end), None)
        if spoke is not None:
            return self._again(text, spoke, "issuer") if spoke.sources[0].kind != "document" else []
        named: list[Named] = []
        for piece in split_speakers(maker.words, self.cast):
            named += self._words_meant(piece, maker.start, len(maker.words))
        known = all(source.rule != "as-written" or source.name[:1].isupper() for source, _ in named)
        return [(replace(source, text=text, rule="issuer"), figure) for source, figure in named] if known else []

    def _as(self, text: str, figure: Figure, rule: str) -> Named:
        return Source(text, self.namer.in_print(figure.name), kind_of_name(figure.name, figure), rule), figure

    def _again(self, text: str, turn: Turn, rule: str) -> list[Named]:
        figure = turn.figure if len(turn.sources) == 1 else None
        return [(replace(source, text=text, rule=rule), figure) for source in turn.sources]

    def _body(self, text: str, body: Turn | Figure | None, rule: str) -> list[Named]:
        if body is None:
            return []
        return [self._as(text, body, rule)] if isinstance(body, Figure) else self._again(text, body, rule)

    # Sieve 3: who speaks in the first person, and who goes on speaking.

    def _first_person(self, i: int) -> Source:
        text = self._words(i)
        kind = "person" if text.strip().lower() in ("i", "me", "my", "mine", "myself") else "group"
        outer = self.quoting.enclosing(i)
        if outer is None:
            outer = self.quoting.of_same_quotation(i)
        if outer is not None and len(speakers := self.found.get(outer, ())) == 1:
            return replace(speakers[0], text=text, rule="speaker-of-quotation")
        if outer is None and kind == "person" and not self._is_quoted(i):
            author = only_author(self.author)
            if _says_something(author):
                return Source(text, author, "person", "author")
            signed = signed_below(self.text, self.relations[i].source[0].start) or self._noted_author
            if signed:
                return Source(text, signed, "person", "signature")
        return Source(text, text.strip(), kind, "as-written")

    def _is_quoted(self, i: int) -> bool:
        return self.scene.layout.is_quoted(self.relations[i].source[0].start)

    def _carried_on(self, i: int, previous: int) -> tuple[Source, ...]:
        """The speakers before, for a verb that shares their subject or a quotation that goes on without a cue."""
        relation, before = self.relations[i], self.relations[previous]
        layout = self.scene.layout
        sources = self.found.get(previous, ())
        if not sources or not (relation.cue or relation.content):
            return ()
        start = _position(relation)
        if relation.cue:
            cue = relation.cue[0]
            if layout.sentence_at(cue.start) != layout.sentence_at(_position(before)) or not before.cue:
                return ()
            between = self.text[before.cue[-1].end : cue.start]
            if _PASSIVE.match(self.text[cue.start : cue.end]) or not _SHARED_SUBJECT.search(between):
                return ()
            return tuple(replace(source, text="", rule="shared-subject") for source in sources)
        if not before.content:
            return ()
        same = layout.paragraph_at(start) == layout.paragraph_at(before.content[-1].end - 1)
        if not same or len(sources) > 1 or _position(before) > start:
            return ()
        end_before = max(span.end for span in (*before.source, *before.cue, *before.content))
        gap = self.text[end_before:start]
        if len(re.findall(r"\w+", gap)) > _MOST_WORDS_BETWEEN:
            return ()
        return tuple(replace(source, text="", rule="carried-on") for source in sources)


def _position(relation: Relation) -> int:
    return min((span.start for span in (*relation.source, *relation.cue, *relation.content)), default=0)


def _says_something(name: str) -> bool:
    """Whether a name has a letter or a digit: marks and flags name nobody."""
    return any(character.isalnum() for character in name)
