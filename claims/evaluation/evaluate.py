"""The whole program against annotated articles."""

from collections.abc import Iterable

from claims.attribution.tagger import Tagger
from claims.evaluation.corpus import AnnotatedArticle
from claims.evaluation.scoring import Scores, score
from claims.extraction import extract
from claims.terms import Article, Relation


def evaluate(articles: Iterable[AnnotatedArticle], tagger: Tagger) -> Scores:
    """Extract attributions from the articles' texts and score them."""
    return score((article, _relations(article, tagger)) for article in articles)


def _relations(article: AnnotatedArticle, tagger: Tagger) -> list[Relation]:
    return [attribution.relation for attribution in extract(Article(article.name, article.text), tagger)]
