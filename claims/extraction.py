"""The core from end to end: an article in, its attributions out."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from claims.attribution.acts import act_of
from claims.attribution.circumstances import circumstances
from claims.attribution.hedges import hedges
from claims.attribution.narration import narrated_sentences
from claims.attribution.relations import find_relations
from claims.attribution.stance import read_cue
from claims.attribution.tagger import Tagger
from claims.attribution.wording import form_of, readable
from claims.language.paragraphs import words_at
from claims.speakers import resolve
from claims.terms import ROLES, Article, Attribution, Relation, Source


def extract(article: Article, tagger: Tagger, *, narrated: bool = False) -> list[Attribution]:
    """All attributions of an article, in the order of their contents.

    With `narrated` also the sentences in the outlet's own voice. The same text gives the same attributions with the
    same ids, whatever its path.
    """
    relations, quotations = find_relations(article.text, tagger)
    found = []
    for relation, sources in zip(relations, resolve(article, relations), strict=True):
        cue = " ".join(words_at(article.text, *span) for span in relation.cue)
        text = readable(article.text, relation.content)
        if not any(letter.isalnum() for letter in text):
            continue
        reading = read_cue(cue, text)
        form = form_of(article.text, relation, quotations)
        act = act_of(cue, text, form, reading)
        when, where = circumstances(article.text, relation, article.published)
        found.append(
            Attribution(
                id=_identity(article, relation),
                relation=relation,
                text=text,
                cue=cue,
                cue_lemma=reading.lemma,
                sources=sources,
                form=form,
                stance=reading.stance,
                act=act,
                hedges=hedges(article.text, relation, quotations),
                when=when,
                # A place beside an attitude is its subject's ("wants quiet in Ohio"): nothing was said there.
                where=where if act == "speech" else None,
            )
        )
    if narrated:
        outlet = (Source("", article.publisher, "media", "publisher"),) if article.publisher else ()
        for relation in narrated_sentences(article.text, relations):
            text = readable(article.text, relation.content)
            if not any(letter.isalnum() for letter in text):
                continue
            identity = _identity(article, relation)
            unsure = hedges(article.text, relation, quotations)
            found.append(Attribution(identity, relation, text, "", "", outlet, "narrated", "asserts", hedges=unsure))
    return _with_parents(sorted(found, key=lambda attribution: attribution.relation.content))


def _identity(article: Article, relation: Relation) -> str:
    """A name for the relation that depends on the text and the spans alone."""
    spans = ";".join(",".join(f"{s}-{e}" for s, e in getattr(relation, role)) for role in ROLES)
    return sha256(f"{article.sha256}|{spans}".encode()).hexdigest()[:16]


def _with_parents(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Each attribution with the id of the smallest other whose content holds it whole."""
    contents = sorted((span, a.id) for a in attributions for span in a.relation.content)
    starts = [span.start for span, _ in contents]
    longest = max((span.end - span.start for span, _ in contents), default=0)
    nested = []
    for attribution in attributions:
        spans = [span for role in ROLES for span in getattr(attribution.relation, role)]
        start, end = min(s for s, _ in spans), max(e for _, e in spans)
        # A content that holds this one starts before it, and no farther away than the longest reaches.
        near = contents[bisect_left(starts, end - longest) : bisect_right(starts, start)]
        holders = [(outer.end - outer.start, id) for outer, id in near if outer.end >= end and id != attribution.id]
        nested.append(replace(attribution, parent=min(holders)[1]) if holders else attribution)
    return nested
