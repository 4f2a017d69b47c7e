"""Which kind of source a name or a description is, as `claims.terms.SOURCE_KINDS` has them."""

from claims.speakers.figures import Figure
from claims.speakers.lexicon import countries, country_called, is_media, lexicon, word_set
from claims.speakers.names import Phrase, is_document, is_plural, role_of, singular

_PAPERS = word_set(
    "act bill poll treaty agreement accord amendment constitution resolution policy license licence plan"
)
"""Nouns that end the name of a document; a "Report" may be a medium, a "Survey" or "Research" an institute."""


def kind_of_name(name: str, figure: Figure | None) -> str:
    """The kind of a proper name, with the figure that bears it as evidence if the article has one."""
    known = lexicon()
    bare = name.removeprefix("The ").removeprefix("the ")
    lowered = bare.lower()
    if figure is not None and figure.is_person and (" " in bare or figure.person >= 1 or bare in known.first_names):
        return "person"  # a single word that has only spoken may as well be a country or a firm
    if is_media(bare):
        return "media"
    if lowered in known.seats or country_called(bare) or lowered in countries().capitals:
        return "government"
    if lowered in countries().states:
        return "government"
    words = [word.rstrip(".") for word in lowered.split()]
    for word in [*reversed(words)]:
        kind = known.organizations.get(word)
        if kind is None:
            continue
        if (word in ("agency", "service", "press") and "news" in words) or ("press" in words and word != "office"):
            return "media"
        if word == "committee" and words[0] in ("house", "senate", "congressional", "parliamentary"):
            return "government"
        return kind
    if lowered in countries().adjectives or lowered in known.groups or (is_plural(words[-1]) and len(words) == 1):
        return "group"
    if len(words) > 1 and words[-1] in _PAPERS and bare.split()[0] not in known.first_names:
        return "document"  # "Fair Harbours Act"
    if figure is not None and figure.person > 0 and figure.may_be_person and " " in bare:
        return "person"
    if figure is not None and len(words) in (2, 3) and figure.body == 0 and not bare.isupper():
        return "person"  # nothing speaks for a body, and most names of two words in the news are people's
    if (bare.isupper() and len(bare) > 1) or (figure is not None and figure.body > 0):
        return "organization"
    return "unknown"


def kind_of_description(phrase: Phrase) -> str:
    """The kind of a description that stays as it is written."""
    known = lexicon()
    head = phrase.head
    if is_document(head) and not (head == "paper" and not phrase.tail):
        return "document"
    if head in known.organizations:
        kind = known.organizations[head]
        return "organization" if kind == "government" and head in ("army",) else kind
    if phrase.is_plural or head in known.groups:
        if singular(head) in known.organizations and known.organizations[singular(head)] == "media":
            return "media"
        return "group"
    if role_of(head) is not None:
        return "person"
    if phrase.words.lower() in countries().adjectives or phrase.words in ("Western", "western"):
        return "group"
    return "unknown"
