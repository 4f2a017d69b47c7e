"""Text in, attributions out: on the sample article, on the project's first article, on anything."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.attribution.tagger import Tagger
from claims.cli import main
from claims.extraction import extract
from claims.reading import read_articles
from claims.terms import FORMS, ROLES, SOURCE_KINDS, STANCES, Article, Attribution


@pytest.fixture(scope="module")
def found(tagger: Tagger, sample: Path) -> list[Attribution]:
    [article] = read_articles([str(sample)])
    assert isinstance(article, Article)
    return extract(article, tagger)


def of_source(found: list[Attribution], name: str) -> list[Attribution]:
    return [a for a in found if any(name in source.name for source in a.sources)]


def test_state_media_minister_and_denial_are_found(found: list[Attribution]) -> None:
    """Who said what in the sample article, with the stance each takes."""
    assert len(of_source(found, "Orlavian News Agency")) >= 2
    assert any("12 fishing vessels" in a.text for a in of_source(found, "Radio Belmark"))
    marsk = of_source(found, "Helena Marsk")
    assert any(a.stance == "denies" and "live ammunition" in a.text for a in marsk)
    assert any(a.form == "direct" and "informed our neighbours" in a.text for a in marsk)
    assert any(a.stance == "accuses" for a in of_source(found, "Belmark"))


def test_quotation_without_its_closing_mark_has_its_speaker(found: list[Attribution]) -> None:
    """A lost closing mark neither swallows the speaker nor loses the quotation."""
    assert any("No letter ever reached" in a.text for a in of_source(found, "Tomas Eyre"))


def test_page_residue_is_nobodys_claim(found: list[Attribution]) -> None:
    """Labels, menus, the comment form and the signature take part in nothing."""
    words = " ".join(a.text for a in found)
    assert not any(piece in words for piece in ("Ferry prices", "Leave a Reply", "email", "-Helena", "Advertisement"))


def test_every_attribution_says_where_it_comes_from(found: list[Attribution]) -> None:
    """Kinds, forms and stances are the contract's; confidence lies in 0..1; rules are named; ids differ."""
    assert len({a.id for a in found}) == len(found) > 8
    for attribution in found:
        assert attribution.form in FORMS
        assert attribution.stance in STANCES
        assert 0 < attribution.relation.confidence < 1
        assert attribution.relation.rule
        for source in attribution.sources:
            assert source.kind in SOURCE_KINDS
            assert source.name
            assert source.rule


def test_same_text_gives_the_same_attributions(tagger: Tagger, sample: Path, found: list[Attribution]) -> None:
    """Ids and all else depend on the text alone, not on its path or the run."""
    again = extract(Article("elsewhere", sample.read_bytes().decode()), tagger)
    assert again == found


def test_windows_line_ends_and_one_line_articles_work(tagger: Tagger, sample: Path, found: list[Attribution]) -> None:
    """The same article with CRLF, or with its paragraphs run together, loses little."""
    text = sample.read_bytes().decode()
    assert len(extract(Article("crlf", text.replace("\n", "\r\n")), tagger)) == len(found)
    assert len(extract(Article("line", " ".join(text.split())), tagger)) >= 0.6 * len(found)


_pieces = st.sampled_from(
    [
        "Ann Lee said", "“We won", "”", '"', "''", ", according to", " officials", ".", "\n\n", " that it rained",
        " He", " denied", " Also Read:", "-Jane Roe", "\u00a0", "\x00", "\ud800", "😀", "́", "\u202e", "<script>", " ",
    ]
)  # fmt: skip


@given(st.lists(_pieces, max_size=40).map("".join))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_offsets_always_lie_in_the_text(tagger: Tagger, text: str) -> None:
    """Whatever the text: spans lie in it, are not empty, do not overlap, and parents are attributions of it."""
    attributions = extract(Article("x", text), tagger)
    ids = {a.id for a in attributions}
    for attribution in attributions:
        spans = sorted(span for role in ROLES for span in getattr(attribution.relation, role))
        assert attribution.relation.content
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert attribution.text
        assert attribution.parent is None or attribution.parent in ids - {attribution.id}


def test_the_first_article(shared: Path) -> None:
    """The article that the project was started for, against its claims found by hand."""
    run = CliRunner().invoke(main, ["extract", str(shared / "articles" / "putin-visits-pyongyang.txt")])
    scored = subprocess.run(
        [sys.executable, shared / "bin" / "score_article.py", shared / "gold" / "putin-visits-pyongyang.jsonl", "-"],
        input=run.stdout, capture_output=True, text=True, check=True,
    )  # fmt: skip
    last = scored.stdout.splitlines()[-1]
    recall, speaker, stance = (int(re.search(rf"{name} (\d+)/", last)[1]) for name in ("recall", "speaker", "stance"))
    assert recall >= 24, scored.stdout
    assert float(re.search(r"precision ([\d.]+)", last)[1]) >= 0.85, scored.stdout
    assert speaker >= 22, scored.stdout
    assert stance >= 24, scored.stdout


def test_political_news(shared: Path, tmp_path: Path) -> None:
    """Content + source F1 on a quarter of PolNeAR's dev articles stays above the floor."""
    dev, quarter, predictions = shared / "polnear" / "dev", tmp_path / "gold", tmp_path / "predictions.jsonl"
    for text in sorted((dev / "text").glob("*.txt"))[::4]:
        for file in (text, *(f for f in (dev / "attributions").iterdir() if f.name.startswith(f"{text.stem}_"))):
            target = quarter / file.parent.name / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)
    lines = CliRunner().invoke(main, ["extract", str(quarter / "text")]).stdout
    turned = subprocess.run(
        [sys.executable, shared / "bin" / "predictions.py"], input=lines, capture_output=True, text=True, check=True
    )
    predictions.write_text(turned.stdout)
    scored = subprocess.run(
        [sys.executable, shared / "bin" / "score_attribution.py", "--json", quarter, predictions],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(scored.stdout)["linked"]["content+source"]["F1"] >= 0.70


def test_narrated_sentences_come_on_demand(tagger: Tagger) -> None:
    """The outlet's own sentences are told apart from what others say, and only given when asked for."""
    text = (
        "Ann Lee said that the dam had held.\n\nThe dam is ninety metres high and forty years old.\n\nAlso Read: Roe\n"
    )
    article = Article("x", text, publisher="The Sarn Post")
    [said] = extract(article, tagger)
    found = extract(article, tagger, narrated=True)
    assert found[0] == said
    [narrated] = found[1:]
    assert (narrated.form, narrated.stance) == ("narrated", "asserts")
    assert narrated.text == "The dam is ninety metres high and forty years old."
    assert [(s.name, s.kind) for s in narrated.sources] == [("The Sarn Post", "media")]


def test_marks_without_words_are_no_narrated_sentence(tagger: Tagger) -> None:
    """A row of quotation marks and asterisks says nothing, so nothing is attributed to the outlet."""
    assert extract(Article("row.txt", "“ “ * * *. ", publisher="The Sarn Post"), tagger, narrated=True) == []
