"""Everybody and every body that an article names: names, genders, offices, and where each is named."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from claims.speakers.layout import Layout, Word, words_of
from claims.speakers.lexicon import is_place, lexicon, word_set
from claims.speakers.names import BODY_GLUE, is_possessive, read_phrase, role_of, split_titles, without_possessive
from claims.speakers.runs import Run, headlines, leads, runs

# A subject pronoun says more than "his", which may be another's in the same sentence.
_PRONOUN_VOTES = {"he": ("m", 1.0), "him": ("m", 0.4), "his": ("m", 0.4), "himself": ("m", 1.0),
                  "she": ("f", 1.0), "her": ("f", 0.4), "herself": ("f", 1.0)}  # fmt: skip
_PARTY = {"D": "democratic", "R": "republican", "D-": "democratic", "R-": "republican"}
_DASHES = ("-", "–", "—")
_PLACE_BEGINS = word_set("North South East West New San Los Las Santa Saint St. Fort Mount Lake United Supreme")


@dataclass(frozen=True)
class Mention:
    """One place that names a figure. `leads` says that it opens its sentence, as a subject does."""

    start: int
    end: int
    figure: "Figure"
    quoted: bool
    sentence: int
    paragraph: int
    leads: bool
    possessive: bool


@dataclass(eq=False)
class Figure:
    """A person or body of the article, growing while the article is read.

    `name` is the full name as it is printed most often, without titles; `roles` counts the descriptive words near it,
    `offices` those that say what a person is; `person` and `body` weigh the evidence for each, `votes` that for a
    gender.
    """

    name: str
    first_seen: int
    person: float = 0.0
    body: float = 0.0
    votes: dict[str, float] = field(default_factory=lambda: {"m": 0.0, "f": 0.0})
    roles: Counter[str] = field(default_factory=Counter)
    offices: Counter[str] = field(default_factory=Counter)
    spellings: Counter[str] = field(default_factory=Counter)
    full_mentions: int = 0

    def __post_init__(self) -> None:
        self.key = _key(self.name.split())

    @property
    def words(self) -> list[str]:
        """The words of the name."""
        return self.name.split()

    @property
    def is_person(self) -> bool:
        """Whether more speaks for a person than for a body."""
        return self.person > self.body

    @property
    def may_be_person(self) -> bool:
        """Whether nothing speaks against a person; for a single word, whether something speaks for one."""
        return self.person >= self.body and (self.person >= 0.4 or " " in self.name)

    @property
    def gender(self) -> str:
        """ "m", "f" or "" where the evidence is thin or mixed."""
        male, female = self.votes["m"], self.votes["f"]
        if male >= 0.4 and male > 1.7 * female:
            return "m"
        if female >= 0.4 and female > 1.7 * male:
            return "f"
        return ""

    def takes_gender(self, gender: str) -> bool:
        """Whether the figure may be meant by a word of `gender` ("" fits all)."""
        return not gender or not self.gender or self.gender == gender


class Cast:
    """The figures of an article and their mentions, in text order."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.figures: list[Figure] = []
        self.mentions: list[Mention] = []
        self._by_last: dict[str, list[Figure]] = defaultdict(list)
        self._by_first: dict[str, list[Figure]] = defaultdict(list)
        self._by_initials: dict[str, Figure] = {}
        self._headlines = set(headlines(layout))
        self._read()
        self._starts = [mention.start for mention in self.mentions]

    def before(self, offset: int) -> list[Mention]:
        """The mentions that start before `offset`, in text order."""
        return self.mentions[: bisect_left(self._starts, offset)]

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions that start in `[start, end)`."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def known(self, name: str) -> Figure | None:
        """The figure of exactly this full name (middle initials and case left aside)."""
        key = _key(name.split())
        for figure in self._by_last.get(key[-1], ()):
            if figure.key == key or _same_person(figure.key, key):
                return figure
        return None

    def bearers(self, name: str) -> list[Figure]:
        """The figures that `name` can be short for, the first named first; its last word decides, or else its first."""
        key = _key(name.split())
        exact = self.known(name)
        if exact is not None and len(key) > 1:
            return [exact]
        last = [f for f in self._by_last.get(key[-1], ()) if _is_subsequence(key, f.key)]
        fuller = [f for f in last if len(f.words) > len(key) and (len(key) > 1 or _ends_in_short_name(f))]
        if fuller:
            return sorted(fuller, key=lambda f: f.first_seen)
        last = [f for f in last if len(f.words) <= len(key)]
        if last:
            return last
        if len(key) == 1:
            if key[0].upper() in self._by_initials and name.isupper():
                return [self._by_initials[key[0].upper()]]
            return sorted((f for f in self._by_first.get(key[0], ()) if f.is_person), key=lambda f: f.first_seen)
        return []

    def add(self, name: str, offset: int) -> Figure:
        """A new figure of this name, or the known one."""
        figure = self.known(name)
        if figure is None:
            figure = Figure(name, offset)
            self.figures.append(figure)
            key = _key(name.split())
            self._by_last[key[-1]].append(figure)
            if len(key) > 1:
                self._by_first[key[0]].append(figure)
                initials = "".join(word[0] for word in key if word not in BODY_GLUE).upper()
                if len(initials) > 2:
                    self._by_initials.setdefault(initials, figure)
                if key[-1] in ("jr", "jr.", "sr", "sr.", "iii"):
                    self._by_last[key[-2]].append(figure)
        else:
            figure.first_seen = min(figure.first_seen, offset)
        return figure

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
            if role is not None and not is_body:
                figure.person += 1
                figure.offices[role.office] += 1
                if role.gender:
                    figure.votes[role.gender] += 3

    def _read(self) -> None:
        layout = self.layout
        short: list[tuple[Run, list[str], list[str]]] = []
        full: list[tuple[Run, Figure]] = []
        everything = [words_of(layout.text, start, end)
                      for start, end in zip(layout.paragraphs, layout.paragraph_ends, strict=True)]  # fmt: skip
        met: list[tuple[Run, list[str], list[str], list[Word]]] = []
        for number, words in enumerate(everything):
            headline = number in self._headlines
            for run, following in runs(words, layout):
                texts = [without_possessive(word.text) if word is run.words[-1] else word.text for word in run.words]
                titles, name = split_titles(texts)
                if not name:
                    continue
                if len(name) == 1 or headline:
                    short.append((run, titles, name))
                    continue
                met.append((run, titles, name, following))
        pairs = {tuple(name) for _, _, name, _ in met if len(name) == 2}
        for run, titles, name, following in met:
            if len(name) == 3 and tuple(name[-2:]) in pairs and name[-1].lower() not in lexicon().organizations:
                name = name[-2:]  # "Rival Ann Lee" at the head of a sentence, "Ohioan Bo Ray"
            elif len(name) > 2 and len(run.before) > 1 and run.before[-1] == "of" and role_of(run.before[-2]):
                name = name[-2:]  # "Minister of Fisheries Ann Lee"
            full.append((run, self._meet(run, titles, name, following)))
        self._settle_short_names(short)
        for figure in self.figures:
            figure.name = figure.spellings.most_common(1)[0][0] if figure.spellings else figure.name
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
        # "Secretary of State" holds its office first, "Prime Minister" last
        offices = [word for title in words for word in (title[0], title[-1])]
        self.note(figure, titles, [word for title in words for word in title], dict.fromkeys(offices))

    def _new_or_known(self, name: list[str], run: Run) -> Figure:
        """The figure of a name; a new one starts with what the name itself tells."""
        known = lexicon()
        count = len(self.figures)
        figure = self.add(" ".join(name), run.words[0].start)
        figure.spellings[" ".join(name)] += 1
        if len(self.figures) == count:
            return figure
        if any(word.lower().rstrip(".") in known.organizations for word in name) or " ".join(name) in known.media:
            figure.body += 3
        if any(word in BODY_GLUE for word in name) or name[0] in _PLACE_BEGINS:
            figure.body += 2
        if is_place(figure.name):
            figure.body += 4
        if name[0] in known.first_names and len(name) <= 4:
            figure.person += 2 if len(name) > 1 else 0.3
            if gender := known.first_names[name[0]]:
                figure.votes[gender] += 2 if len(name) > 1 else 1
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
                    leads(layout, sentence, start), is_possessive(run.words[-1].text),
                )
            )  # fmt: skip

    def _weigh_repetition(self) -> None:
        """A name of several words that is always printed in full is no person's, unless two share the last word."""
        short = {id(m.figure) for m in self.mentions if len(self.layout.text[m.start : m.end].split()) == 1}
        for figure in self.figures:
            if figure.full_mentions > 2 and id(figure) not in short and len(self._by_last[_key(figure.words)[-1]]) < 2:
                figure.body += 3

    def _vote_by_pronouns(self, everything: list[list[Word]]) -> None:
        """A sentence that names one person and then says "he" tells that person's gender."""
        layout = self.layout
        named: dict[int, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            if not mention.quoted and (mention.figure.is_person or mention.figure.body == 0):
                named[mention.sentence].append(mention)
        for words in everything:
            seen: set[int] = set()
            for word in words:
                gender, weight = _PRONOUN_VOTES.get(word.text.lower(), ("", 0.0))
                if not gender or layout.is_quoted(word.start):
                    continue
                sentence = layout.sentence_at(word.start)
                before = [m for m in named.get(sentence, ()) if m.end <= word.start]
                people = {id(m.figure): m.figure for m in before}
                if len(people) == 1 and sentence not in seen:
                    figure = next(iter(people.values()))
                    figure.votes[gender] += weight
                    figure.person += 0.4 * weight
                    seen.add(sentence)


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


def _key(words: list[str]) -> list[str]:
    """The words of a name for comparison: lower case, middle initials and suffix points dropped."""
    lowered = [without_possessive(word).lower() for word in words]
    kept = [word for i, word in enumerate(lowered) if i == 0 or not re.fullmatch(r"\w\.?", word)]
    return kept or lowered


def _same_person(one: list[str], other: list[str]) -> bool:
    """Whether two keys differ by a middle name only ("Ann Reed Lee", "Ann Lee")."""
    return len(one) + len(other) == 5 and one[0] == other[0] and one[-1] == other[-1] and _is_person_like(one + other)


def _is_person_like(words: list[str]) -> bool:
    return not any(word in lexicon().organizations or word in BODY_GLUE for word in words)


def _ends_in_short_name(figure: Figure) -> bool:
    """Whether the last word alone can stand for the figure: a surname, the "Commission", but not the country in
    "Radio Belmark" or "Voice of America"."""
    return figure.person >= figure.body or figure.words[-1].lower() in lexicon().organizations


def _is_subsequence(short: list[str], long: list[str]) -> bool:
    rest = iter(long)
    return all(word in rest for word in short)
