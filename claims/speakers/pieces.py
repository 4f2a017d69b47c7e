"""Source words taken apart into the speakers that are named side by side ("Ann Lee and Bo Ray")."""

import re

from claims.speakers.cast import Cast
from claims.speakers.lexicon import countries, is_place, lexicon
from claims.speakers.names import POSSESSIVES, is_capitalized, read_phrase, role_of
from claims.speakers.trimming import tidy, without_relative

_MORE_THAN_CLAUSE = re.compile(r", and [A-Z]\S+(?: [A-Z]\S+)*(?:,|$)")  # "Ray, who met Ann, and Bo Lee"
_JOINT = re.compile(r"\s*,?\s+(?:and|&|along with|as well as|together with)\s+")


def split_speakers(words: str, cast: Cast) -> list[str]:
    """The speakers that `words` name together, each as written; one item where they are one speaker or one group."""
    tidied = tidy(words)
    pieces = _JOINT.split(tidied)
    if len(pieces) < 2:
        return [words]
    if len(_JOINT.split(without_relative(tidied))) < len(pieces) and not _MORE_THAN_CLAUSE.search(tidied):
        return [words]  # "Ray, who met Ann and Lee"
    if len(pieces) == 2 and "," in pieces[0]:
        listed = [piece for piece in re.split(r"\s*,\s+", pieces[0]) if piece]
        if all(_names_someone(piece, cast) for piece in [*listed, pieces[1]]) and len(listed) > 1:
            return [*listed, pieces[1]]
    if cast.has_joined_name(tidied):
        return [words]
    if "," in pieces[0] and not all(_is_known_person(piece, cast) for piece in pieces[1:]):
        return [words]  # "Ann Lee, founder of Hope and Home"
    if _names_someone(pieces[0], cast) and all(_names_someone(p, cast) or _belongs(p) for p in pieces[1:]):
        return pieces
    if len(pieces) == 2 and pieces[0].lower() in ("he", "she") and _is_someone_else(pieces[1], cast):
        return pieces
    if len(pieces) == 2 and _is_one_person(pieces[0]) and pieces[1].split(" ")[0].lower() in ("his", "her"):
        return pieces  # "the senator and his allies"
    return [words]


def _is_someone_else(piece: str, cast: Cast) -> bool:
    """Whether a piece beside "he" or "she" names or describes somebody on its own ("the mayor")."""
    return _is_one_person(piece) or (_names_someone(piece, cast) and _is_known_person(piece, cast))


def _is_one_person(piece: str) -> bool:
    phrase = read_phrase(piece)
    return phrase.determiner == "the" and not phrase.name and not phrase.tail and role_of(phrase.head) is not None


def _names_someone(piece: str, cast: Cast) -> bool:
    """Whether a piece is the name of somebody on its own: known to the article, of a country, or like a person's."""
    phrase = read_phrase(piece)
    if not phrase.name or not is_capitalized(phrase.name):
        return False
    if phrase.determiner in POSSESSIVES | {"a", "an", "some", "many"} and not phrase.roles:
        return False
    name = phrase.name
    if phrase.titles or is_place(name) or name in lexicon().media or name.lower() in lexicon().seats:
        return not is_adjective(name)
    if cast.bearers(name):
        return True
    return len(name.split()) in (2, 3) and name.split()[0] in lexicon().first_names


def _is_known_person(piece: str, cast: Cast) -> bool:
    bearers = cast.bearers(read_phrase(piece).name or piece)
    return bool(bearers) and bearers[0].is_person


def is_adjective(name: str) -> bool:
    """Whether a word is the adjective of a country or region only ("South Korean", "Western")."""
    return name.lower() in countries().adjectives and name.lower() not in countries().names


def _belongs(piece: str) -> bool:
    """Whether a piece is a description that hangs on the name before it ("his campaign", "other Republicans")."""
    return piece.split(" ")[0].lower() in POSSESSIVES | {"other", "others", "fellow"}
