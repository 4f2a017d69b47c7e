"""Annotated articles are read with people's errors, and found attributions are scored against them."""

import importlib.util
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.attribution.tagger import Tagger
from claims.errors import InputRefused
from claims.evaluation import report
from claims.evaluation.corpus import AnnotatedArticle, open_corpus, read_corpus
from claims.evaluation.evaluate import evaluate
from claims.evaluation.scoring import BINS, FORMS, MEASURES, Scores, Tokens, calibration_error, reliability, score
from claims.terms import Relation, Span
from tests import corpora


def spans(text: str, *words: str) -> tuple[Span, ...]:
    return tuple(Span(text.index(w), text.index(w) + len(w)) for w in words)


def relation(text: str, source: str, cue: str, *content: str, confidence: float = 1.0) -> Relation:
    return Relation(
        spans(text, *([source] if source else [])),
        spans(text, *([cue] if cue else [])),
        spans(text, *content),
        confidence,
        "made up",
    )


DAM = AnnotatedArticle(
    "dam", corpora.DAM, tuple(relation(corpora.DAM, *parts) for parts in corpora.DAM_RELATIONS)
)  # fmt: skip


def scored(*found: Relation) -> Scores:
    return score([(DAM, found)])


def right(scores: Scores) -> list[int]:
    return [scores.measures[measure].right for measure in MEASURES]


def test_reads_pieces_and_the_first_annotator(tmp_path: Path) -> None:
    """Spans in pieces and words that run on over lines are read; of annotators the alphabetically first counts."""
    text = "Ann Lee said\nthe old dam, she thought, held.\n"
    lines = (
        "T1\tSource 0 7\tAnn Lee\nT2\tCue 8 12\tsaid\nT3\tContent 8 24\tsaid\nthe old dam\n"
        "T4\tContent 13 24;39 43\tthe old dam held\n"
        "#1\tAnnotatorNotes T1\tfull name\nA1\tSure T1\n"
        "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T4\nE2\tAttribution:T2 Source:T1 Cue:T2\n"
    )
    corpora.write(tmp_path, "a", text, lines, "amy")
    corpora.write(tmp_path, "a", text, "", "bob")
    [article] = read_corpus(tmp_path)
    [found] = article.relations
    assert (found.source, found.cue, found.content) == (((0, 7),), ((8, 12),), ((13, 24), (39, 43)))


@pytest.mark.parametrize(
    ("line", "number", "message"),
    [
        ("T9\tContent 10 900\tdam", 2, "stands at 10 to 900, the text has"),
        ("T9\tContent 12 12\t", 2, "stands at 12 to 12"),
        ("T9\tContent 0 7\tEve Lee", 2, 'stands for "Eve Lee", but the text has "AnnLee"'),
        ("T9 Content 0 7 Ann Lee", 2, "is no span"),
        ("T9\tContent 0 99999999999999999999\tAnn", 2, "is no span"),
        ("E9\tAttribution", 2, "is no relation"),
        ("E9\tAttribution:T1 Content:T7", 2, "speaks of T7"),
        ("what is this", 2, '"what is this" is nothing that brat writes'),
        ("\nT2\tCue", 3, "is no span"),
    ],
)
def test_broken_lines_are_named(tmp_path: Path, line: str, number: int, message: str) -> None:
    """File and line of what cannot be right, and what is wrong; the other articles go on."""
    corpora.small(tmp_path)
    broken = corpora.write(tmp_path, "broken", corpora.DAM, f"T1\tSource 0 7\tAnn Lee\n{line}\n")
    corpus = open_corpus(tmp_path)
    assert [article.name for article in corpus.articles] == ["bridge", "dam"]
    [refusal] = corpus.refused
    assert refusal.name == f"{broken}, line {number}"
    assert message in refusal.reason
    with pytest.raises(InputRefused, match="line"):
        read_corpus(tmp_path)


def test_files_without_a_partner_are_named(tmp_path: Path) -> None:
    """Annotations without a text or an annotator are refused, texts without annotations noted, hidden files ignored."""
    corpora.small(tmp_path)
    (tmp_path / "text" / "later.txt").write_text("Not yet.")
    (tmp_path / "text" / "._dam.txt").write_bytes(b"\xff\0")
    (tmp_path / "attributions" / "gone_kim.ann").write_text("")
    (tmp_path / "attributions" / "dam.ann").write_text("")
    corpus = open_corpus(tmp_path)
    assert corpus.unannotated == ("later",)
    assert sorted(refusal.reason for refusal in corpus.refused) == [
        "its text is missing; put it at text/gone.txt",
        "names no annotator; call it NAME_ANNOTATOR.ann for text/NAME.txt",
    ]


def test_what_is_no_corpus_is_refused(tmp_path: Path) -> None:
    """No folder, no layout, nothing annotated, nothing readable, no attribution: each is said."""

    def refusal() -> str:
        with pytest.raises(InputRefused) as caught:
            open_corpus(tmp_path / "corpus")
        return str(caught.value)

    assert "no such folder" in refusal()
    (tmp_path / "corpus" / "text").mkdir(parents=True)
    assert "has no folder attributions; a corpus has text/NAME.txt with attributions/" in refusal()
    (tmp_path / "corpus" / "attributions").mkdir()
    assert "holds no annotated article" in refusal()
    corpora.write(tmp_path / "corpus", "a", "Some words.", "")
    assert "no attribution in it" in refusal()
    (tmp_path / "corpus" / "text" / "a.txt").write_bytes(b"caf\xe9")
    assert "none of its articles can be used; the first fault is in" in refusal()
    assert "a.txt: is not UTF-8 (byte 3)" in refusal()


def test_the_annotation_itself_is_all_right() -> None:
    """What was annotated, scored against itself: every figure is 1."""
    scores = scored(*DAM.relations)
    assert right(scores) == [3, 3, 3]
    assert all(rate.precision == rate.recall == rate.f1 == 1 for rate in scores.measures.values())
    assert {form: recall.annotated for form, recall in scores.forms.items()} == {"direct": 1, "mixed": 0, "indirect": 2}
    assert scores.forms["direct"].share("exact words + source") == 1
    assert scores.calibration_error == 0


def test_nothing_found_is_nothing_right() -> None:
    """No attribution found: zeros, and no division by them."""
    scores = scored()
    assert right(scores) == [0, 0, 0]
    assert [scores.measures["content"].f1, scores.calibration_error, scores.reliability] == [0.0, 0.0, ()]


def test_punctuation_makes_no_word_inexact_but_words_do() -> None:
    """Lost marks leave the words exact; a word too few does not; less than half of a content is none."""
    lost = relation(corpora.DAM, "she", "told", "It will hold for years")
    assert right(scored(lost)) == [1, 1, 1]
    shorter = relation(corpora.DAM, "Ann Lee", "said", "the dam had held")
    assert right(scored(shorter)) == [1, 1, 0]
    assert right(scored(relation(corpora.DAM, "Ann Lee", "said", "held"))) == [0, 0, 0]


def test_sources_agree_by_a_token_or_by_absence() -> None:
    """Part of a source will do, another's will not, none is right only where none is annotated."""
    words = "that anybody had been warned"
    assert right(scored(relation(corpora.DAM, "spokesman", "", words))) == [1, 1, 0]
    assert right(scored(relation(corpora.DAM, "Ann Lee", "", words))) == [1, 0, 0]
    assert right(scored(relation(corpora.DAM, "", "", words))) == [1, 0, 0]
    nobody = replace(DAM, relations=(relation(corpora.DAM, "", "", words),))
    assert right(score([(nobody, [relation(corpora.DAM, "", "denied", words)])])) == [1, 1, 1]


def test_each_attribution_is_paired_once() -> None:
    """The same content found twice is right once, and the one whose source agrees wins."""
    words = "that the dam had held"
    scores = scored(relation(corpora.DAM, "Roe", "", words), relation(corpora.DAM, "Ann Lee", "", words))
    assert right(scores) == [1, 1, 1]
    assert scores.measures["content"].precision == 0.5


def test_forms_follow_the_marks() -> None:
    """Marks of all kinds quote, a paragraph's end closes what was left open."""
    text = "“One two” three, ''four'' five \"six seven\nEight „nine“ ``ten''\n"

    def form(*words: str) -> str:
        return Tokens(text).form(spans(text, *words))

    assert [form("One two"), form("four"), form("six seven"), form("nine"), form("ten")] == ["direct"] * 5
    assert [form("three"), form("five"), form("Eight")] == ["indirect"] * 3
    assert form("two", "three") == "mixed"


def test_reliability_holds_confidence_against_truth() -> None:
    """Half of those at .9 right: a distance of .4, weighted by how many they are."""
    bins = reliability([(0.9, True), (0.9, False), (1.0, True), (1.0, True), (0.04, False), (0.06, False)])
    assert [(bin.start, bin.end, bin.found) for bin in bins] == [(0.0, 0.1, 2), (0.9, 1.0, 4)]
    assert bins[1].right == 0.75
    assert calibration_error(bins) == pytest.approx((2 * 0.05 + 4 * 0.2) / 6)


PLACES = st.lists(st.integers(0, len(corpora.DAM)), min_size=2, max_size=6, unique=True).map(sorted)


@st.composite
def relations(draw: st.DrawFn) -> Relation:
    def some() -> tuple[Span, ...]:
        places = draw(PLACES)
        return tuple(Span(a, b) for a, b in zip(places[::2], places[1::2], strict=False))

    return Relation(some(), some(), some(), draw(st.floats(0, 1)), "drawn")


@given(st.lists(relations(), max_size=8), st.lists(relations(), max_size=8))
def test_figures_hold_together(annotated: list[Relation], found: list[Relation]) -> None:
    """Whatever is found: what is right in more is right in less, all counts fit, shares stay in 0..1."""
    scores = score([(replace(DAM, relations=tuple(annotated)), found)])
    loose, linked, _ = right(scores)
    assert linked <= loose <= min(len(annotated), len(found))
    assert right(scores)[2] <= loose
    assert sum(scores.forms[form].annotated for form in FORMS) == len(annotated)
    assert sum(scores.forms[form].right["content"] for form in FORMS) == loose
    assert sum(bin.found for bin in scores.reliability) == len(found)
    assert len(scores.reliability) <= BINS
    assert 0 <= scores.calibration_error <= 1


def test_the_program_is_scored_on_a_corpus(tmp_path: Path, tagger: Tagger) -> None:
    """Plain news sentences are found, and the figures are those of the extraction."""
    scores = evaluate(open_corpus(corpora.small(tmp_path)).articles, tagger)
    assert (scores.articles, scores.annotated) == (2, 5)
    assert scores.measures["content"].right >= 3
    assert set(report.as_json(scores)) >= {"content", "content_and_source", "exact_words_and_source", "recall"}


def test_figures_are_the_field_s(shared: Path) -> None:
    """On PolNeAR's dev articles with faults put in, every figure equals that of an independent scorer."""
    module = importlib.util.spec_from_file_location("scorer", shared / "bin" / "score_attribution.py")
    assert module is not None
    assert module.loader is not None
    scorer = importlib.util.module_from_spec(module)
    module.loader.exec_module(scorer)
    articles = open_corpus(shared / "polnear" / "dev").articles
    found = [faulty(article.relations) for article in articles]
    ours = score(zip(articles, found, strict=True))
    counts = scorer.Counter()
    for article, relations in zip(articles, found, strict=True):
        counts += scorer.count(scorer.Text(article.text), plain(article.relations), plain(relations))
    theirs = scorer.report(counts)
    for measure in MEASURES:
        other = theirs["linked"][measure.replace(" ", "").replace("exactwords", "exact_words")]
        assert ours.measures[measure].f1 == pytest.approx(other["F1"])
        assert ours.measures[measure].precision == pytest.approx(other["P"])
        for form in FORMS:
            of_form = theirs["recall"][form]
            assert ours.forms[form].annotated == of_form["gold"]
            name = measure.replace(" ", "").replace("exactwords", "exact_words")
            assert ours.forms[form].share(measure) == pytest.approx(of_form[name])


def faulty(relations: Sequence[Relation]) -> list[Relation]:
    """Every second to fifth relation with a fault of another kind."""
    found = []
    for number, one in enumerate(relations):
        (start, end), *rest = one.content
        if number % 2 == 0:
            found.append(one)
        if number % 3 == 0:
            found.append(replace(one, source=()))
        if number % 4 == 1:
            found.append(replace(one, content=(Span(start + (end - start) // 3, end), *rest)))
        if number % 5 == 2:
            found.append(replace(one, content=one.content[:1], source=one.cue))
    return found


def plain(relations: Sequence[Relation]) -> list[dict[str, list[list[int]]]]:
    return [
        {role: [list(span) for span in getattr(one, role)] for role in ("source", "cue", "content")}
        for one in relations
    ]
