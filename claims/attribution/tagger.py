"""The learned tagger at run time: an ONNX model over word pieces, run by onnxruntime on the CPU."""

import json
import math
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from claims.attribution.decoding import LEGAL, TAGS
from claims.attribution.encoding import EncodedArticle, Encoder, Window, windows
from claims.errors import ModelError

MODEL_FORMAT = 2
"""The make of model this code runs: what goes in and comes out of the graph. A model says its own in model.json."""

LONGEST_WINDOW = 512
"""Positions that the encoder knows, in pieces."""

WEIGHTS = 6
"""Numbers of the calibration: a bias, and one for each piece of evidence that the confidence rests on."""

FAINT = 0.01
"""Arcs below this count for nothing."""

MODEL_FILES = ("model.json", "tagger.onnx", "tokenizer.json")


@dataclass(frozen=True)
class Arcs:
    """Where a word points: probabilities over `words`, of which -1 stands for "at nothing in sight"; faint ones are
    left out: a whole row has hundreds, and a long article a hundred thousand rows."""

    words: np.ndarray
    probabilities: np.ndarray


@dataclass(frozen=True)
class TaggedArticle:
    """An encoded article with log-probabilities of tags `[words, len(TAGS)]` and the arcs of words likely tagged."""

    encoded: EncodedArticle
    log_probabilities: np.ndarray
    arcs: dict[int, Arcs]


@dataclass(frozen=True)
class ModelSettings:
    """What model.json says: the window and context it runs at, in pieces, how likely one tag follows another
    (`steps`, added to log-probabilities), and how sure its certainties are."""

    name: str
    window: int
    context: int
    steps: np.ndarray
    calibration: tuple[float, ...]


def default_model() -> Path:
    """The folder of the model in use: `CLAIMS_MODEL`, or the one that travels in the package."""
    chosen = os.environ.get("CLAIMS_MODEL")
    return Path(chosen) if chosen else Path(__file__).with_name("model")


class Tagger:
    """A loaded model. Loading takes about 0.2 s and 100 MB; tagging is safe from several threads."""

    def __init__(self, folder: Path | None = None, threads: int = 1) -> None:
        """Load the model in `folder` (default: `default_model()`). Raises ModelError, which says what is wrong."""
        folder = folder or default_model()
        self.settings = _settings(folder)
        try:
            import onnxruntime
            from tokenizers import Tokenizer

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = threads
            options.inter_op_num_threads = 1
            options.log_severity_level = 4
            # Windows differ in length: planning memory by shape would keep a plan for each.
            options.enable_mem_pattern = False
            self._session = onnxruntime.InferenceSession(
                str(folder / "tagger.onnx"),
                options,
                providers=["CPUExecutionProvider"],
                # The fused kernel is slower on CPU than the two it replaces.
                disabled_optimizers=["SkipLayerNormFusion"],
            )
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            names = {i.name for i in self._session.get_inputs()}, {o.name for o in self._session.get_outputs()}
        except Exception as error:  # onnxruntime and tokenizers raise bare Exceptions of their own
            raise ModelError(
                f"{folder}: the model cannot be loaded ({error}); take another with --model DIR"
            ) from error
        if names != ({"ids", "types"}, {"tags", "arcs"}):
            raise ModelError(f"{folder}: tagger.onnx is another program's model; take another with --model DIR")
        self._encoder = Encoder(tokenizer, self.settings.window - 2)

    def tag(self, text: str) -> TaggedArticle:
        """Tag a whole article."""
        encoded = self._encoder.encode(text)
        word_of = np.full(len(encoded.ids), -1)
        word_of[encoded.first_piece] = np.arange(len(encoded.first_piece))
        log_probabilities = np.zeros((len(encoded.starts), len(TAGS)), np.float32)
        arcs: dict[int, Arcs] = {}
        for window in windows(encoded, self.settings.window, self.settings.context):
            self._read(window, word_of, log_probabilities, arcs)
        return TaggedArticle(encoded, log_probabilities, arcs)

    def _read(self, window: Window, word_of: np.ndarray, into: np.ndarray, arcs: dict[int, Arcs]) -> None:
        tag_scores, arc_scores = self._session.run(
            ["tags", "arcs"], {"ids": window.ids[None], "types": window.types[None]}
        )
        words = np.where(window.pieces >= 0, word_of[window.pieces], -1)
        places = np.flatnonzero(words >= 0)
        own = places[window.kept[places]]
        scores = tag_scores[0, own]
        scores = scores - scores.max(axis=1, keepdims=True)
        scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
        into[words[own]] = scores
        likely = own[scores[:, 0] < -0.1]  # O below .9: the word may end up in a span
        if not len(likely):
            return
        columns = np.concatenate([[0], places])
        targets = np.concatenate([[-1], words[places]])
        rows = arc_scores[0][likely][:, columns]
        rows = np.exp(rows - rows.max(axis=1, keepdims=True))
        rows /= rows.sum(axis=1, keepdims=True)
        for word, row, strong in zip(words[likely].tolist(), rows, rows > FAINT, strict=True):
            arcs[word] = Arcs(targets[strong], row[strong])


def _settings(folder: Path) -> ModelSettings:
    missing = [name for name in MODEL_FILES if not os.path.isfile(folder / name)]  # never raises, unlike Path's
    if missing:
        raise ModelError(
            f"{folder}: no model here ({', '.join(missing)} missing); "
            "--model and CLAIMS_MODEL name a folder that training has written"
        )
    try:
        found = json.loads((folder / "model.json").read_text("utf-8"))
        made_for = found["format"]
        if made_for != MODEL_FORMAT:
            raise ModelError(
                f"{folder}: a model of format {made_for!r}, this program runs format {MODEL_FORMAT}; "
                "train it anew or install the version of claims that it was made for"
            )
        if found["tags"] != list(TAGS):
            raise ModelError(f"{folder}: this model tags other roles than {', '.join(TAGS)}")
        settings = ModelSettings(
            str(found["name"]),
            int(found["window"]),
            int(found["context"]),
            LEGAL + np.array(found["steps"], float).reshape(LEGAL.shape),
            tuple(map(float, found["calibration"])),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{folder}/model.json is not what training writes ({error!r})") from error
    fits = 8 <= settings.window <= LONGEST_WINDOW and 0 <= settings.context < settings.window
    finite = all(map(math.isfinite, settings.calibration)) and bool(np.isfinite(settings.steps).all())
    if not fits or len(settings.calibration) != WEIGHTS or not finite:
        raise ModelError(
            f"{folder}/model.json is not what training writes (window, context, steps or calibration out of range)"
        )
    return settings
