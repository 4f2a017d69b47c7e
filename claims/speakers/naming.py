"""Proper names as sources: which figure of the article bears the name, and the name in full."""

import re
from collections import defaultdict

from rapidfuzz.distance import Levenshtein

from claims.speakers.figures import Figure
from claims.speakers.kinds import kind_of_name
from claims.speakers.layout import NEXT_WORD, words_of
from claims.speakers.lexicon import countries, country_called, halves, lexicon
from claims.speakers.names import SURNAMES, Phrase, is_possessive, role_of
from claims.speakers.printed import Print
from claims.speakers.pronouns import HE_SHE, is_pronoun
from claims.speakers.scene import Scene
from claims.terms import Source, Span

_LOOK_AHEAD = 600  # characters; a pronoun further on in the sentence tells little
_MOST_ALIKE = 300  # persons whose last names begin with one letter; in a crowd a misspelt name has neighbours by chance

_COMPASS = re.compile(r"[NSEW]\.")
_IS_VERB = re.compile(r"said|says|is|was|has|had|will|would|did|\w+ed")

Named = tuple[Source, Figure | None]
"""A source with the figure that it is, None where it is none of the article's."""


class Namer:
    """Finds who bears a name in one article."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.cast = scene.cast
        self.print = Print(scene.layout.text)
        self._by_letter: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.cast.figures:
            if figure.body == 0 and len(figure.words) > 1:
                self._by_letter[figure.words[-1][0].lower()].append(figure)

    def name(self, piece: str, phrase: Phrase, spans: tuple[Span, ...], plain: bool) -> Named | None:
        """The source that a phrase at `spans` stands for by its proper name.

        None where it has no name or, with `plain`, several bearers among whom only the context can choose.
        """
        text = piece.strip()
        if not phrase.name:
            figure = self._leading_name(phrase) or self._titular(phrase)
            if figure is None:
                return None
            rule = "leading-name" if len(phrase.words.split()) > 1 else "short-name"
            return Source(text, figure.name, kind_of_name(figure.name, figure), rule), figure
        low = phrase.name.lower()
        if is_pronoun(low):
            return None
        name = phrase.name.title() if phrase.name.isupper() and self.cast.bearers(phrase.name.title()) else phrase.name
        bearers = self._bearers(name, phrase)
        if len(bearers) > 1:
            if plain:
                return None
            chosen = self._choose(bearers, phrase, spans)
            if chosen is None:
                return Source(text, name, "unknown", "as-written"), None
            return Source(text, chosen.name, "person", "short-name-chosen"), chosen
        country = self._country(name, bearers)
        if country is not None:
            return Source(text, country[0], "government", country[1]), None
        if len(bearers) < 2 and self._keeps_ending(name, text, spans):
            return Source(text, text, "organization", "as-written"), None
        if not bearers:
            near = self._misspelt(name)
            if near is not None:
                return Source(text, near.name, "person", "misspelt-name"), near
            kind = "person" if phrase.offices else kind_of_name(name, None)
            return Source(text, self.in_print(name), kind, "as-written"), None
        figure = bearers[0]
        self.cast.note(figure, phrase.titles, phrase.roles, phrase.offices)
        rule = "full-name" if len(name.split()) >= len(figure.words) else "short-name"
        return Source(text, self.in_print(figure.name), kind_of_name(figure.name, figure), rule), figure

    def _bearers(self, name: str, phrase: Phrase) -> list[Figure]:
        """The figures that a name may mean, those of another gender than the title's left out."""
        genders = [gender for title in phrase.titles if (gender := lexicon().titles.get(title, ""))]
        genders += [role.gender for word in phrase.offices if (role := role_of(word)) is not None and role.gender]
        bearers = self.cast.bearers(name)
        if len(bearers) > 1 and any(figure.is_person for figure in bearers):
            bearers = [figure for figure in bearers if figure.may_be_person]
        if len(bearers) > 1 and genders:
            bearers = [figure for figure in bearers if figure.takes_gender(genders[0])] or bearers
        if len(bearers) > 1 and genders:
            sure = [figure for figure in bearers if figure.gender == genders[0]]
            bearers = sure or bearers
        return bearers

    def _choose(self, bearers: list[Figure], phrase: Phrase, spans: tuple[Span, ...]) -> Figure | None:
        """Which of several bearers of a short name is meant; None where the evidence is even.

        Who spoke last, whom the next "he" or "she" fits, whose office is named with the name, and who was named
        first (a second person of the name is printed in full, as a rule).
        """
        start, end = spans[0].start, spans[-1].end
        scores = {id(figure): 0.0 for figure in bearers}
        turn = self.scene.last_person(start, within=6)
        if turn is not None and id(turn.figure) in scores:
            scores[id(turn.figure)] += 2.0
        gender = self._following_gender(end)
        for figure in bearers:
            if gender and figure.gender:
                scores[id(figure)] += 2.0 if figure.gender == gender else -3.0
            offices = {role.office for word in phrase.offices if (role := role_of(word)) is not None}
            scores[id(figure)] += 1.5 * len(offices & figure.offices.keys())
            if figure.full_mentions > 2:
                scores[id(figure)] -= 0.5
        scores[id(bearers[0])] += 1.2
        ranked = sorted(bearers, key=lambda figure: -scores[id(figure)])
        return ranked[0] if scores[id(ranked[0])] - scores[id(ranked[1])] > 0.5 else None

    def _following_gender(self, end: int) -> str:
        """The gender of the first "he" or "she" after `end` in the same sentence, quotations left out."""
        layout = self.scene.layout
        sentence = layout.sentence_at(end - 1)
        stop = layout.sentences[sentence + 1] if sentence + 1 < len(layout.sentences) else len(layout.text)
        for word in words_of(layout.text, end, min(stop, end + _LOOK_AHEAD)):
            if layout.is_quoted(word.start):
                continue
            if any(m.figure.is_person for m in self.cast.within(word.start, word.end)):
                return ""
            if gender := HE_SHE.get(word.text.lower()):
                return gender
        return ""

    def _leading_name(self, phrase: Phrase) -> Figure | None:
        """A known full name at the head of words that no rule takes apart, as in a headline."""
        words = phrase.words.split()
        for length in (3, 2):
            if len(words) > length and not is_possessive(words[length - 1]):
                figure = self.cast.known(" ".join(words[:length]))
                if figure is not None and figure.is_person and words[length][:1].isupper() and not phrase.is_plural:
                    return figure
        return None

    def _keeps_ending(self, name: str, text: str, spans: tuple[Span, ...]) -> bool:
        """Whether a name ends in 's itself ("Harlow's said"): a verb follows, and nowhere is it printed without."""
        if not is_possessive(text) or text.endswith(("s’", "s'")) or " " in name or text[: len(name)] != name:
            return False
        following = NEXT_WORD.match(self.scene.layout.text, spans[-1].end)
        return following is not None and _IS_VERB.fullmatch(following[1]) is not None and not self.print.bare(name)

    def _titular(self, phrase: Phrase) -> Figure | None:
        """The one person whose last name is the title that stands alone ("King")."""
        if phrase.titles != (phrase.words,) or phrase.determiner or phrase.words not in SURNAMES:
            return None
        bearers = self.cast.bearers(phrase.words)
        return bearers[0] if len(bearers) == 1 and bearers[0].is_person else None

    def _country(self, name: str, bearers: list[Figure]) -> tuple[str, str] | None:
        """The country that a capital, a compass point or an abbreviation stands for, and the rule that says so; None
        where the name is none or a person bears it."""
        if _COMPASS.match(name) and (country := country_called(name)):
            return country, "short-country"
        if any(figure.is_person or len(figure.words) > 1 for figure in bearers):
            return None
        if name in ("North", "South"):
            for half in map(str.title, halves()):
                if self.print.has(f"North {half}") or self.print.has(f"South {half}"):
                    return f"{name} {half}", "short-country"
        country = "" if name in lexicon().first_names else countries().capitals.get(name.lower(), "")
        return (country, "seat-of-power") if country else None

    def _misspelt(self, name: str) -> Figure | None:
        """The one person whose last name differs by a letter or two from `name`, which nobody bears."""
        last = name.split()[-1].lower()
        if len(last) < 5:
            return None
        alike = self._by_letter.get(last[0], [])
        if len(alike) > _MOST_ALIKE:
            return None
        near = [
            figure for figure in alike
            if figure.words[-1].lower() != last
            and Levenshtein.distance(figure.words[-1].lower(), last, score_cutoff=2) <= (1 if len(last) < 7 else 2)
            and (len(name.split()) == 1 or figure.words[0] == name.split()[0])
        ]  # fmt: skip
        return near[0] if len(near) == 1 else None

    def in_print(self, name: str) -> str:
        """The name with "The" where the article prints it as a part of it ("in The Hill")."""
        printed = kind_of_name(name, None) == "media" and self.print.has(f"The {name}", inside_sentence=True)
        return f"The {name}" if printed else name
