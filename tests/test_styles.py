"""Attributions hold in the styles that the world's news is written in, not only in the one the tagger learned from."""

import pytest

from claims.attribution.tagger import Tagger
from claims.evaluation.scoring import Rate
from claims.extraction import extract
from claims.language.residue import residue_spans
from claims.terms import ROLES, Article
from tests.styled import Comparison, StyledArticle, compare, read_styled, styled_articles


@pytest.fixture(scope="module")
def results(tagger: Tagger) -> list[tuple[StyledArticle, Comparison]]:
    """Each article with what the program made of it."""
    found = []
    for article in styled_articles():
        attributions = extract(Article(article.name, article.text), tagger)
        found.append((article, compare(article, [a.relation for a in attributions])))
    return found


def test_content_and_source_are_found_in_every_style(results: list[tuple[StyledArticle, Comparison]]) -> None:
    """Over all styles together, four fifths of what people find is found, with its source; a table a style with -s."""
    lines, rates = [], []
    for article, comparison in results:
        rates.append((comparison.rate(sources=False), comparison.rate()))
        lines.append(f"{article.name:22}{_figures(*rates[-1])}")
    contents, both = (
        Rate(*(sum(getattr(pair[n], field) for pair in rates) for field in ("right", "found", "annotated")))
        for n in (0, 1)
    )
    print("\n".join(["", f"{'':22} gold found  content  +source", *lines, f"{'all':22}{_figures(contents, both)}"]))
    assert both.f1 >= 0.8


def _figures(contents: Rate, both: Rate) -> str:
    return f"{both.annotated:5}{both.found:6}{contents.f1:9.3f}{both.f1:9.3f}"


def test_articles_are_read_with_their_marks_taken_out() -> None:
    """Fifteen texts without a mark left, whose gold lies in them, nested ones known as such."""
    articles = styled_articles()
    assert len(articles) == 15
    for article in articles:
        assert not set("[]␣") & set(article.text)
        assert 6 <= len([g for g in article.gold if not g.optional]) <= 18
    [lim] = [a for a in articles if a.name == "15-accusation-denial"]
    assert any(g.nested and g.name == "Seoul" for g in lim.gold)


def test_marks_give_pieces_nesting_and_shared_sources() -> None:
    """A piece a mark, one mark for two roles, marks inside marks."""
    marked = "T\n---\n[c1:“A,”] [s1+s2:Bo] [q1:said]. [c1:“B.”] [q2:Adding] [c2:that [s3:Cy] [q3:said] [c3:no]].\n"
    article = read_styled(marked + "---\n1 asserts | Bo\n2 denies optional |\n3 asserts | Cy\n", "t")
    assert article.text == "“A,” Bo said. “B.” Adding that Cy said no."
    words = [[article.text[s:e] for s, e in g.relation.content] for g in article.gold]
    assert words == [["“A,”", "“B.”"], ["that Cy said no"], ["no"]]
    assert [g.relation.source for g in article.gold[:2]] == [((5, 7),), ((5, 7),)]
    assert [(g.optional, g.nested) for g in article.gold] == [(False, False), (True, False), (False, True)]


def test_gold_against_itself_is_perfect() -> None:
    """The scorer gives full marks to the gold, none to nothing, and forgives what is optional."""
    for article in styled_articles():
        assert compare(article, [g.relation for g in article.gold]).rate().f1 == 1.0
        assert compare(article, []).rate().f1 == 0.0
        needed = [g.relation for g in article.gold if g.counts]
        assert compare(article, needed).rate().f1 == 1.0


def test_scraped_pages_furniture_is_nobodys_claim(results: list[tuple[StyledArticle, Comparison]]) -> None:
    """Of a badly scraped page, what is left beside its residue is its headline, its prose and its captions."""
    [(article, comparison)] = [pair for pair in results if pair[0].name == "07-scraped"]
    residue = residue_spans(article.text)
    furniture = (
        "Skip to content", "Home |", "Apr 17th", "BREAKING", "Staff Reporter", "Share on", "Photo:", "-Orsolya",
        "ADVERTISEMENT", "Also Read", "Related:", "cookies", "Tags:", "newsletter", "Previous post", "Comment *", "©",
    )  # fmt: skip
    for words in furniture:
        place = article.text.index(words)
        assert any(start <= place < end for start, end in residue), words
    claimed = [relation for _, relation, _ in comparison.pairs] + list(comparison.extra)
    for spans in (span for relation in claimed for role in ROLES for span in getattr(relation, role)):
        assert not any(spans.start < end and start < spans.end for start, end in residue)
    for gold in article.gold:
        assert not any(s < end and start < e for s, e in gold.relation.content for start, end in residue)
