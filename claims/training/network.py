"""The network: a transformer encoder with a head for tags and a head for arcs, in two sizes.

The small one runs in the program; its encoder starts from all-MiniLM-L6-v2 (Wang et al., MiniLM, 2020; Reimers and
Gurevych, sentence-transformers). The large one only teaches the small; its encoder starts from all-mpnet-base-v2 (Song
et al., MPNet, 2020), which knows the same word pieces and adds to attention a bias for the distance of two positions.
The arc head is a biaffine scorer without bias terms (Dozat and Manning, Deep Biaffine Attention, 2017).
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from claims.attribution.decoding import TAGS
from claims.attribution.encoding import PIECE_TYPES

VOCABULARY, POSITIONS = 30522, 512
"""Word pieces of BERT's uncased vocabulary, and positions that an encoder knows."""

ARC_WIDTH = 128


@dataclass(frozen=True)
class Size:
    """The measures of an encoder. `buckets` is how many distances attention tells apart, 0 for none."""

    width: int
    heads: int
    inner: int
    layers: int
    epsilon: float
    buckets: int = 0


SMALL = Size(width=384, heads=12, inner=1536, layers=6, epsilon=1e-12)
LARGE = Size(width=768, heads=12, inner=3072, layers=12, epsilon=1e-5, buckets=32)
SIZES = {"small": SMALL, "large": LARGE}


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

    def __init__(self, size: Size, dropout: float) -> None:
        super().__init__()
        self.size = size
        self.query_key_value = nn.Linear(size.width, 3 * size.width)
        self.attended = nn.Linear(size.width, size.width)
        self.norm_attended = nn.LayerNorm(size.width, eps=size.epsilon)
        self.up = nn.Linear(size.width, size.inner)
        self.down = nn.Linear(size.inner, size.width)
        self.norm_out = nn.LayerNorm(size.width, eps=size.epsilon)
        self.dropout = SequenceDropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, width = x.shape
        heads = self.size.heads
        parts = self.query_key_value(x).view(batch, length, 3, heads, width // heads).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(*parts.unbind(0), attn_mask=bias)
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        x = self.norm_attended(x + self.dropout(self.attended(mixed)))
        return self.norm_out(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Tagger(nn.Module):
    """Scores of tags `[batch, length, len(TAGS)]` and of arcs `[batch, length, length]` for pieces and their types."""

    def __init__(self, size: Size = SMALL, dropout: float = 0.1) -> None:
        super().__init__()
        self.size = size
        self.words = nn.Embedding(VOCABULARY, size.width)
        self.positions = nn.Embedding(POSITIONS, size.width)
        self.types = nn.Embedding(PIECE_TYPES, size.width)
        self.distances = nn.Embedding(size.buckets, size.heads) if size.buckets else None
        self.norm = nn.LayerNorm(size.width, eps=size.epsilon)
        self.dropout = SequenceDropout(dropout)
        self.layers = nn.ModuleList(Layer(size, dropout) for _ in range(size.layers))
        self.tags = nn.Linear(size.width, len(TAGS))
        self.dependent = nn.Linear(size.width, ARC_WIDTH)
        self.head = nn.Linear(size.width, ARC_WIDTH)

    def forward(self, ids: Tensor, types: Tensor, present: Tensor) -> tuple[Tensor, Tensor]:
        length = ids.shape[1]
        x = self.words(ids) + self.types(types) + self.positions.weight[:length]
        x = self.dropout(self.norm(x))
        bias = (present[:, None, None, :].to(x.dtype) - 1) * 1e4
        if self.distances is not None:
            bias = bias + self.distances(_buckets(length, self.size.buckets)).permute(2, 0, 1).detach()
        for layer in self.layers:
            x = layer(x, bias)
        arcs = self.dependent(x) @ self.head(x).transpose(1, 2) / math.sqrt(ARC_WIDTH)
        return self.tags(x), arcs


def _buckets(length: int, buckets: int, farthest: int = 128) -> Tensor:
    """The bucket of the distance between each two positions `[length, length]`: one for each near distance, wider and
    wider ones for far ones; half of them for what comes later (Raffel et al., T5, 2020)."""
    places = torch.arange(length)
    distance = places[:, None] - places[None, :]
    half = buckets // 2
    exact = half // 2
    far = distance.abs().clamp(min=1).float()
    wide = exact + (torch.log(far / exact) / math.log(farthest / exact) * (half - exact)).long()
    found = torch.where(distance.abs() < exact, distance.abs(), wide.clamp(max=half - 1))
    return found + (distance < 0) * half
