"""Everybody and every body that an article names: names, genders, offices, and where each is named."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import takewhile

from claims.speakers.figures import Figure, Mention
from claims.speakers.layout import NEXT_WORD, Layout, Word, words_of
from claims.speakers.lexicon import is_place, is_seat, lexicon, word_set
from claims.speakers.names import (
    BODY_GLUE,
    PARTICLES,
    SURNAMES,
    is_people,
    is_possessive,
    read_phrase,
    role_of,
    split_titles,
    without_possessive,
)
from claims.speakers.offices import PARTISAN
from claims.speakers.register import Register
from claims.speakers.runs import Run, headlines, leads, runs

# A subject pronoun says more than "his", which may be another's in the same sentence.
_PRONOUN_VOTES = {"he": ("m", 1.0), "him": ("m", 0.4), "his": ("m", 0.4), "himself": ("m", 1.0),
                  "she": ("f", 1.0), "her": ("f", 0.4), "herself": ("f", 1.0)}  # fmt: skip
_NEXT_SENTENCE = 0.7
_PARTY = {"D": "democratic", "R": "republican", "D-": "democratic", "R-": "republican"}
_DASHES = ("-", "–", "—")
_PLACE_BEGINS = word_set("North South East West New San Los Las Santa Saint St. Fort Mount Lake United Supreme")


_ADJECTIVES = PARTISAN | word_set("presidential congressional senatorial federal western eastern northern southern")
_ABBREVIATION = re.compile(r"(?:[A-Z]\.){2,}|[A-Z]{2,5}")
_BRAND = re.compile(
    r"(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bDi)(?<!\bLa)(?<!\bLe)(?<!\bVan)(?<!\bFitz)(?<=[a-z])[A-Z]|\.(?:com|org|net)$"
)
_BEFORE_PLACES = word_set("in near outside throughout across the a an")
_THINGS = word_set(
    "city county inn street avenue road park river lake valley island islands sea beach bay airport arena stadium "
    "tower towers plaza square hall day war act bill law primary caucus caucuses debate award prize poll survey games "
    "world "
    "amendment constitution states resort square room district agreement deal project doctrine"
)
_FOLLOWERS = word_set(
    "supporter supporters aide aides ally allies adviser advisers advisor advisors backers backer surrogate surrogates "
    "spokesman spokeswoman delegates donors voters fans rally rallies speech plan voter donor delegate presidency"
)
_JOINED = re.compile(r"\b(\w++)\W++and\W+(?=(\w+))")
_LOOK_BACK = 300  # mentions: what was named before that is no longer in anybody's mind
_MOST_HOLDERS = 100  # of one office in an article, before only those count that are named near


class Cast:
    """The figures of an article and their mentions, in text order."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.mentions: list[Mention] = []
        self._register = Register()
        self._holders: dict[str, dict[int, Figure]] = defaultdict(dict)
        self.headlines = set(headlines(layout))
        self._read()
        self._starts = [mention.start for mention in self.mentions]
        self._times_named = Counter(id(mention.figure) for mention in self.mentions)
        self._joined: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for figure in self.figures:
            for pair in _JOINED.findall(figure.name)[:1] if " and " in figure.name else ():
                self._joined[pair].append(figure.name)

    @property
    def figures(self) -> list[Figure]:
        """All figures in the order in which they were met."""
        return self._register.figures

    def back_from(self, offset: int, most: int = _LOOK_BACK) -> Iterator[Mention]:
        """The mentions that start before `offset`, the nearest first, `most` at most."""
        end = bisect_left(self._starts, offset)
        return reversed(self.mentions[max(0, end - most) : end])

    def forth_from(self, offset: int) -> list[Mention]:
        """The next mentions that start at `offset` or later."""
        begin = bisect_left(self._starts, offset)
        return self.mentions[begin : begin + _LOOK_BACK]

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that start in `[start, end)`."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def known(self, name: str) -> Figure | None:
        """The figure of exactly this full name (middle names, initials and case left aside)."""
        return self._register.known(name)

    def bearers(self, name: str) -> list[Figure]:
        """The figures that `name` can be short for, the first named first."""
        return self._register.bearers(name)

    def times_named(self, figure: Figure) -> int:
        """How many mentions a figure has."""
        return self._times_named[id(figure)]

    def holders(self, office: str, offset: int) -> list[Figure]:
        """The figures known for an office; where they are a crowd, those that are named near `offset`."""
        holders = self._holders.get(office, {})
        if len(holders) <= _MOST_HOLDERS:
            return list(holders.values())
        near = {id(m.figure): m.figure for m in (*self.back_from(offset), *self.forth_from(offset))}
        return [figure for figure in near.values() if id(figure) in holders]

    def has_joined_name(self, words: str) -> bool:
        """Whether a name with an "and" of its own stands in `words` ("Ways and Means Committee")."""
        return any(name in words for pair in _JOINED.findall(words) for name in self._joined.get(pair, ()))

    def note(self, figure: Figure, titles: Iterable[str], roles: Iterable[str], offices: Iterable[str]) -> None:
        """Record what titles and appositions tell of a figure: descriptive words, and among them the offices."""
        known = lexicon()
        is_body = figure.words[-1].lower() in known.organizations  # "the official Central News Agency" holds no office
        for title in titles:
            figure.person += 1 if title in known.titles and not is_body else 0
            if gender := known.titles.get(title, ""):
                figure.votes[gender] += 4
        figure.roles.update(roles)
        for word in offices:
            role = role_of(word)
            if role is not None and not is_body and word not in known.organizations:  # "the broadcaster KLR"
                figure.person += 1
                figure.offices[role.office] += 1
                self._holders[role.office][id(figure)] = figure
                if role.gender:
                    figure.votes[role.gender] += 3

    def _read(self) -> None:
        layout = self.layout
        short: list[tuple[Run, list[str], list[str]]] = []
        full: list[tuple[Run, Figure]] = []
        everything = [words_of(layout.text, start, end)
                      for start, end in zip(layout.paragraphs, layout.paragraph_ends, strict=True)]  # fmt: skip
        met: list[tuple[Run, list[str], list[str], list[Word]]] = []
        titular: list[tuple[Run, list[str], list[str]]] = []  # "King" may be somebody's name
        for number, words in enumerate(everything):
            headline = number in self.headlines
            for run, following in runs(words, layout):
                texts = [without_possessive(word.text) if word is run.words[-1] else word.text for word in run.words]
                titles, name = split_titles(texts)
                if not name:
                    titular += [(run, [], titles)] if len(titles) == 1 and titles[0] in SURNAMES else []
                    continue
                if len(name) == 1 or headline:
                    short.append((run, titles, name))
                    continue
                met.append((run, titles, name, following))
        pairs = {tuple(name) for _, _, name, _ in met if len(name) == 2}
        known = lexicon().first_names
        doubled = {tuple(n[1:]) for _, _, n, _ in met if len(n) == 3 and n[0] in known and n[1] not in known}
        bare = _Bare([(run, name) for run, _, name, _ in met], short)
        for run, titles, name, following in met:
            name = bare.name(name, run.opens_sentence)
            if len(name) == 1 or tuple(name) in doubled:  # "Brook Lee" for "Ann Brook Lee"
                short.append((run, titles, name))
                continue
            if len(name) == 3 and tuple(name[-2:]) in pairs and name[-1].lower() not in lexicon().organizations:
                if tuple(name[1:]) not in doubled:
                    name = name[-2:]  # "Rival Ann Lee" at the head of a sentence, "Ohioan Bo Ray"
            elif len(name) > 2 and len(run.before) > 1 and run.before[-1] == "of" and role_of(run.before[-2]):
                name = name[-2:]  # "Minister of Fisheries Ann Lee"
            full.append((run, self._meet(run, titles, name, following)))
        self._settle_short_names(short)
        short += [one for one in titular if self.bearers(one[2][0])]
        for figure in self.figures:
            if figure.spellings:
                figure.rename(figure.spellings.most_common(1)[0][0])
        self._place(full, short)
        self._weigh_repetition()
        self._vote_by_pronouns(everything)

    def _meet(self, run: Run, titles: list[str], name: list[str], following: list[Word]) -> Figure:
        """Record a full name with what stands around it."""
        figure = self._new_or_known(name, run)
        quoted = self.layout.is_quoted(run.words[0].start)
        figure.full_mentions += not quoted
        if run.before and run.before[-1].lower() == "the" and not titles:
            figure.body += 2
        self._note_titles(figure, titles)
        preceding = _role_before(run.before)
        self.note(figure, (), [word.lower() for word in preceding if word[:1].isalpha()], preceding[-1:])
        self.note(figure, (), *_apposition(following))
        party = _PARTY.get(following[1].text[:2]) if len(following) > 1 and following[0].text == "(" else None
        if party:
            figure.roles[party] += 1
        return figure

    def _note_titles(self, figure: Figure, titles: list[str]) -> None:
        words = [title.lower().split() for title in titles]
        # "Secretary of State" holds its office first, "Prime Minister" last, and no attorney general is "the attorney"
        offices = [
            word for title in words for word in (title[0], title[-1]) if word == title[-1] or title[-1] != "general"
        ]
        self.note(figure, titles, [word for title in words for word in title], dict.fromkeys(offices))

    def _new_or_known(self, name: list[str], run: Run) -> Figure:
        """The figure of a name; a new one starts with what the name itself tells."""
        known = lexicon()
        count = len(self.figures)
        figure = self._register.add(" ".join(name), run.words[0].start)
        figure.spellings[" ".join(name)] += 1
        if len(self.figures) == count:
            return figure
        if any(word.lower().rstrip(".") in known.organizations for word in name) or " ".join(name) in known.media:
            figure.body += 3
        if any(word in BODY_GLUE for word in name) or name[0] in _PLACE_BEGINS:
            figure.body += 2
        if is_place(figure.name):
            figure.body += 4
        elif _ABBREVIATION.fullmatch(figure.name) or any(word.lower() in _ADJECTIVES for word in name):
            figure.body += 1.5
        if (
            (len(name) > 1 and name[-1].lower() in _THINGS)
            or is_people(name[-1])
            or (len(name) == 1 and _BRAND.search(name[0]))
        ):
            figure.body += 2
        if name[0] in known.first_names and len(name) <= 4:
            figure.person += 2 if len(name) > 1 else 0.3
            if gender := known.first_names[name[0]]:
                figure.votes[gender] += 2 if len(name) > 1 else 1
        if any(map(is_possessive, name[:-1])):
            figure.body += 3  # "Teachers' Union"
        if any(re.fullmatch(r"[A-Z]\.", word) for word in name[1:-1]):
            figure.person += 2
        return figure

    def _settle_short_names(self, short: list[tuple[Run, list[str], list[str]]]) -> None:
        """Give a figure to single names that no full name explains but a title or repetition shows to be somebody's."""
        count = Counter(name[-1] for _, _, name in short)
        for run, titles, name in short:
            if len(name) > 1 or self.bearers(name[0]):
                for figure in self.bearers(" ".join(name))[:1]:
                    if any(title in lexicon().titles for title in titles):
                        figure.person += 1
                continue
            titled = any(title in lexicon().titles for title in titles)
            opener = run.opens_sentence and count[name[0]] < 2
            if titled or (not opener and not name[0].isdigit() and len(name[0]) > 1):
                figure = self._new_or_known(name, run)
                self._note_titles(figure, titles)
                if not titles and run.before and run.before[-1].lower() in _BEFORE_PLACES:
                    figure.body += 0 if is_possessive(run.words[-1].text) else 1  # "in Harbourtown", "the Marine"

    def _place(self, full: list[tuple[Run, Figure]], short: list[tuple[Run, list[str], list[str]]]) -> None:
        """Turn runs into mentions, short names with the bearer that their title allows, else the first named."""
        placed = list(full)
        for run, titles, name in short:
            bearers = self.bearers(" ".join(name))
            gender = next((g for title in titles if (g := lexicon().titles.get(title, ""))), "")
            fitting = [figure for figure in bearers if figure.takes_gender(gender)]
            if fitting:
                placed.append((run, fitting[0]))
                if len(bearers) == 1 or gender:
                    self._note_titles(fitting[0], titles)
                    if len(fitting) == 1 and fitting[0].full_mentions and name[0] != fitting[0].words[0]:
                        fitting[0].person += 0.3
        layout = self.layout
        for run, figure in sorted(placed, key=lambda pair: pair[0].words[0].start):
            start, end = run.words[0].start, run.words[-1].end
            sentence = layout.sentence_at(start)
            if layout.text[start - 1 : start] in _DASHES and end == layout.paragraph_ends[layout.paragraph_at(start)]:
                continue  # a signature that the page put under a paragraph says nothing about who is spoken of
            self.mentions.append(
                Mention(
                    start, end, figure, layout.is_quoted(start), sentence, layout.paragraph_at(start),
                    leads(layout, sentence, start), is_possessive(run.words[-1].text) or self._modifies(end),
                )
            )  # fmt: skip

    def _modifies(self, end: int) -> bool:
        """Whether the name that ends at `end` only tells whose something is ("the Lee campaign", "Lee supporters")."""
        following = NEXT_WORD.match(self.layout.text, end)
        return following is not None and (following[1] in lexicon().organizations or following[1] in _FOLLOWERS)

    def _weigh_repetition(self) -> None:
        """A name of several words that is always printed in full is no person's, unless two share the last word, or
        its first word or what stands around it says that it is one's."""
        short = {id(m.figure) for m in self.mentions if len(self.layout.text[m.start : m.end].split()) == 1}
        for figure in self.figures:
            often = figure.full_mentions > 2 and id(figure) not in short
            if often and not figure.is_person and not self._register.shares_last_word(figure):
                figure.body += 3

    def _vote_by_pronouns(self, everything: list[list[Word]]) -> None:
        """A sentence that names one person and then says "he" tells that person's gender."""
        layout = self.layout
        named: dict[int, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            may_be = mention.figure.body == 0 and (mention.leads or " " in mention.figure.name)
            if not mention.quoted and (mention.figure.is_person or may_be):
                named[mention.sentence].append(mention)
        settled: set[int] = set()
        for words in everything:
            for word in words:
                gender, weight = _PRONOUN_VOTES.get(word.text.lower(), ("", 0.0))
                if not gender or layout.is_quoted(word.start):
                    continue
                sentence = layout.sentence_at(word.start)
                if word.start == layout.sentences[sentence] and sentence not in settled:
                    before = named.get(sentence - 1, [])
                    alone = len({id(m.figure) for m in before}) == 1 and before[0].leads and before[0].figure.is_person
                    if alone and weight == 1.0:  # "Lee rose. She spoke."
                        settled.add(sentence)
                        before[0].figure.votes[gender] += _NEXT_SENTENCE
                        continue
                if sentence in settled or sentence not in named or named[sentence][0].end > word.start:
                    continue
                settled.add(sentence)
                figure = named[sentence][0].figure
                if _is_only_one_before(word.start, figure, named[sentence]):
                    figure.votes[gender] += weight
                    figure.person += 0.4 * weight


class _Bare:
    """Takes off what stands, capitalised, before a name and is none of it: the first word of a sentence ("Rested Lee
    spoke"), a place or a party's adjective ("Ohio Lee won", "Republican Congress"). What the rest of the article
    prints tells which words are names."""

    def __init__(self, full: list[tuple[Run, list[str]]], short: list[tuple[Run, list[str], list[str]]]) -> None:
        self._inside = {tuple(name) for run, name in full if not run.opens_sentence}
        self._all = Counter(tuple(name) for _, name in full)
        self._bearers = Counter(name[-1] for name in self._all)
        known = lexicon().first_names
        self._alone = {name[0] for _, _, name in short}
        self._last = {name[-1] for _, name in full if name[0] in known or tuple(name) in self._inside}

    def name(self, name: list[str], opens: bool) -> list[str]:
        known = lexicon()
        first, rest = name[0], name[1:]
        if first.lower() in PARTISAN or first.lower().endswith(("-led", "-controlled")):
            return (
                rest if known.organizations.get(rest[-1].lower()) == "government" or is_seat(" ".join(rest)) else name
            )
        if first in known.first_names or rest[-1].lower() in known.organizations or len(first) < 3:
            return name
        if rest[0].lower() in PARTICLES:
            return name  # "Marine Le Pen"
        removable = (opens and tuple(name) not in self._inside) or is_place(first)
        if not removable or self._all[tuple(name)] > 2:
            return name
        if len(rest) == 1:
            if opens and first.endswith("ing") and rest[0] in self._alone:
                return rest  # "Recognizing Germany"
            of_another = rest[0] in self._last and self._bearers[rest[0]] > 1
            return rest if of_another and rest[0] in self._alone else name
        return rest if tuple(rest) in self._all or rest[0] in known.first_names else name


def _is_only_one_before(offset: int, figure: Figure, mentions: list[Mention]) -> bool:
    """Whether all mentions that end before `offset` are of one figure."""
    return all(mention.figure is figure for mention in takewhile(lambda m: m.end <= offset, mentions))


def _role_before(before: tuple[str, ...]) -> tuple[str, ...]:
    """The words that end in a role right before a name ("campaign spokesman" before "Bo Ray")."""
    if before and role_of(before[-1]) is not None and before[-1].islower():
        return before
    return ()


def _apposition(following: list[Word]) -> tuple[frozenset[str], frozenset[str]]:
    """The descriptive words and the offices of an apposition after a name (", a lawyer for the town,")."""
    inside = []
    if len(following) > 2 and following[0].text == ",":
        for word in following[1:]:
            if word.text in ',.;—–“"':
                break
            inside.append(word.text)
    phrase = read_phrase(" ".join(inside))
    if phrase.name or not inside or inside[0].lower() in ("who", "which", "but", "and") or role_of(phrase.head) is None:
        return frozenset(), frozenset()
    return phrase.roles, phrase.offices
