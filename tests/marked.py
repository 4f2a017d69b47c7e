"""Sentences with their relation marked in them: "{S Ann Lee} {Q said} {C that the dam held}"."""

import re

from hypothesis import strategies as st

from claims.terms import Relation, Span

_MARK = re.compile(r"\{([SQC]) |\}")
_ROLES = {"S": "source", "Q": "cue", "C": "content"}


def marked(sentence: str) -> tuple[str, Relation]:
    """The text without its marks, and the relation that they mark."""
    spans: dict[str, list[Span]] = {role: [] for role in _ROLES.values()}
    text, end, opened = "", 0, ("", 0)
    for mark in _MARK.finditer(sentence):
        text += sentence[end : mark.start()]
        end = mark.end()
        if mark[1]:
            opened = _ROLES[mark[1]], len(text)
        else:
            spans[opened[0]].append(Span(opened[1], len(text)))
    relation = Relation(tuple(spans["source"]), tuple(spans["cue"]), tuple(spans["content"]), 0.9, "marked")
    return text + sentence[end:], relation


def drawn(data: st.DataObject, text: str) -> Relation:
    """A relation whose parts lie anywhere in the text, apart from each other; some may be missing."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=6, max_size=6)))
    parts = [(Span(cuts[k], cuts[k + 1]),) if cuts[k] < cuts[k + 1] else () for k in (0, 2, 4)]
    return Relation(*data.draw(st.permutations(parts)), 0.5, "drawn")
