"""Training data: standoff is read, and rewriting a text moves its spans along."""

import random

from hypothesis import given
from hypothesis import strategies as st

from claims.evaluation.corpus import AnnotatedArticle
from claims.terms import ROLES, Relation, Span
from claims.training.augment import Edit, Vocabulary, augmented, rewrite

TEXT = "Ann Lee said that the dam held. “It will hold,” she added.\n\nRoe denied it.\n"


def relation(source: str, cue: str, content: str) -> Relation:
    def at(words: str) -> tuple[Span, ...]:
        return (Span(TEXT.index(words), TEXT.index(words) + len(words)),)

    return Relation(at(source), at(cue), at(content), 1.0, "annotated")


ARTICLE = AnnotatedArticle(
    "a",
    TEXT,
    (
        relation("Ann Lee", "said", "that the dam held"),
        relation("she", "added", "“It will hold,”"),
        relation("Roe", "denied", "it."),
    ),
)


def words(article: AnnotatedArticle, role: str) -> list[str]:
    return [" / ".join(article.text[s:e] for s, e in getattr(r, role)) for r in article.relations]


def test_rewriting_moves_spans() -> None:
    """Words swapped, put in and taken out leave the spans on their words."""
    start = TEXT.index("said")
    found = rewrite(ARTICLE, [Edit(start, start + 4, "emphasized"), Edit(0, 0, "• "), Edit(32, 33, "")])
    assert words(found, "source") == ["Ann Lee", "she", "Roe"]
    assert words(found, "cue") == ["emphasized", "added", "denied"]
    assert words(found, "content") == ["that the dam held", "It will hold,”", "it."]


@given(st.integers(0, 10_000))
def test_augmented_articles_keep_their_relations(seed: int) -> None:
    """However the dice fall: spans lie in the new text and begin and end on no white space."""
    found = augmented(ARTICLE, Vocabulary(("Marsk", "Eyre"), ("noted", "claimed")), random.Random(seed))
    assert len(found.relations) == 3
    for one in found.relations:
        for role in ROLES:
            for start, end in getattr(one, role):
                piece = found.text[start:end]
                assert piece
                assert piece == piece.strip()
