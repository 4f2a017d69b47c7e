"""Train the tagger on an annotated corpus, on a CPU: `python -m claims.training.train CORPUS OUT.pt`.

With `--teachers LARGE.pt OTHER.pt` the tagger learns from the mean of their probabilities, too, which says of each
word how sure people could be of it (Hinton et al., Distilling the knowledge in a neural network, 2015).
"""

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from claims.attribution.encoding import Encoder
from claims.evaluation.corpus import AnnotatedArticle, read_corpus
from claims.training.augment import Vocabulary, augmented
from claims.training.base_models import pretrained, small_model_folder
from claims.training.examples import UNKNOWN, UNTAGGED, Batch, Example, batches, examples, untagged_examples
from claims.training.network import SIZES, Tagger
from claims.training.steps import tag_steps

ARC_WEIGHT = 0.5
PIECES_A_BATCH = 4096
WINDOW_SIZES = (128, 128, 256)
"""Windows that an article is cut into, one size drawn an epoch: it runs at 128, the longer ones teach context."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--rate", type=float, default=3e-4, help="peak learning rate of the heads")
    parser.add_argument("--encoder-rate", type=float, help="that of the encoder (default: the same)")
    parser.add_argument("--teachers", type=Path, nargs="+", default=[], help="trained taggers to learn from")
    parser.add_argument("--untagged", type=Path, help="a folder of *.txt that nobody annotated, for the teacher to tag")
    parser.add_argument("--untagged-share", type=float, default=0.2, help="share of those texts, an epoch")
    parser.add_argument("--taught", type=float, default=0.7, help="weight of the teacher against the annotators")
    parser.add_argument("--augmented", type=float, default=0.4, help="share of articles restyled, an epoch")
    parser.add_argument("--embeddings-rate", type=float, default=0.0, help="share of the rate for word embeddings")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="go on from this trained tagger (a soup, say) with another rate")
    parser.add_argument("--steps", type=int, default=0, help="stop after so many steps (for timing)")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(2)
    train(read_corpus(options.corpus), options)


def train(corpus: Sequence[AnnotatedArticle], options: argparse.Namespace) -> None:
    """Train and write `options.out` after each epoch: the running average of the weights."""
    rng = random.Random(options.seed)
    vocabulary = Vocabulary.of(corpus)
    encoder = default_encoder()
    tagger = (load(options.start) if options.start else pretrained(SIZES[options.size])).train()
    teachers = [load(path).eval() for path in options.teachers]
    steps = tag_steps(corpus, encoder)
    averaged = {name: weight.detach().clone().float() for name, weight in tagger.state_dict().items()}
    optimizer = _optimizer(tagger, options.rate, options.encoder_rate or options.rate, options.embeddings_rate)
    trained = [p for group in optimizer.param_groups for p in group["params"]]
    untagged = [p.read_text("utf-8") for p in sorted(options.untagged.glob("*.txt"))] if options.untagged else []

    def next_epoch() -> list[Batch]:
        some = rng.sample(untagged, int(len(untagged) * options.untagged_share))
        return _epoch(corpus, some, vocabulary, encoder, options.augmented, rng)

    first = next_epoch()
    total = options.epochs * len(first)
    began, step, losses = time.time(), 0, []
    weights = sum(p.numel() for p in trained)
    print(f"{len(corpus)} articles, {len(first)} steps an epoch, {weights:,} weights", flush=True)
    for epoch in range(options.epochs):
        for batch in first if epoch == 0 else next_epoch():
            warmth = min(1.0, (step + 1) / (0.08 * total), max(0.0, (total - step) / (0.92 * total)))
            for group in optimizer.param_groups:
                group["lr"] = warmth * group["peak"]
            cost = _loss(tagger, batch, teachers, options.taught)
            cost.backward()
            nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            losses.append(cost.item())
            step += 1
            _average(averaged, tagger, decay=min(0.998, 1 - 5 / (step + 5)))
            if step % 50 == 0 or step == options.steps:
                pace, loss = (time.time() - began) / step, np.mean(losses[-50:])
                print(f"epoch {epoch} step {step}/{total} loss {loss:.4f} {pace:.2f} s/step", flush=True)
            if step == options.steps:
                return
        saved = {
            "size": options.size, "state": averaged, "steps": steps, "epoch": epoch + 1, "options": vars(options),
        }  # fmt: skip
        torch.save(saved, options.out)
    print(f"done in {time.time() - began:.0f} s", flush=True)


def default_encoder() -> Encoder:
    """The encoder with the base model's vocabulary; units fit the shorter window."""
    from tokenizers import Tokenizer

    return Encoder(Tokenizer.from_file(str(small_model_folder() / "tokenizer.json")), min(WINDOW_SIZES) - 2)


def load(trained: Path) -> Tagger:
    """A tagger that an earlier run wrote."""
    saved = torch.load(trained, weights_only=False)
    tagger = Tagger(SIZES[saved["size"]])
    tagger.load_state_dict(saved["state"])
    return tagger


def _epoch(
    corpus: Sequence[AnnotatedArticle],
    untagged: Sequence[str],
    vocabulary: Vocabulary,
    encoder: Encoder,
    share: float,
    rng: random.Random,
) -> list[Batch]:
    """Batches of the whole corpus and of texts that nobody annotated; the share `share` of both is restyled."""

    def drawn() -> Iterator[tuple[AnnotatedArticle, bool]]:
        for article in corpus:
            yield article, True
        for number, text in enumerate(untagged):
            yield AnnotatedArticle(f"untagged {number}", text, ()), False

    found: list[Example] = []
    for article, tagged in drawn():
        if rng.random() < share:
            article = augmented(article, vocabulary, rng)
        size = rng.choice(WINDOW_SIZES)
        if tagged:
            found += examples(encoder, article, size, context=size * 3 // 8, rng=rng)
        else:
            found += untagged_examples(encoder, article.text, size, context=size * 3 // 8, rng=rng)
    return batches(found, PIECES_A_BATCH, rng)


def _optimizer(tagger: Tagger, rate: float, encoder_rate: float, embeddings_share: float) -> torch.optim.Optimizer:
    """AdamW without decay on biases and norms; word embeddings learn at a share of the rate, or not at all."""
    embeddings = tagger.words.weight
    embeddings.requires_grad_(embeddings_share > 0)
    if tagger.distances is not None:
        tagger.distances.weight.requires_grad_(False)
    heads = {id(p) for head in (tagger.tags, tagger.dependent, tagger.head) for p in head.parameters()}
    rest = [p for p in tagger.parameters() if p is not embeddings and p.requires_grad]
    groups = []
    for of_heads, peak in ((True, rate), (False, encoder_rate)):
        chosen = [p for p in rest if (id(p) in heads) is of_heads]
        groups += [
            {"params": [p for p in chosen if p.dim() > 1], "weight_decay": 0.01, "peak": peak},
            {"params": [p for p in chosen if p.dim() == 1], "weight_decay": 0.0, "peak": peak},
        ]
    if embeddings_share:
        groups.append({"params": [embeddings], "weight_decay": 0.0, "peak": encoder_rate * embeddings_share})
    return torch.optim.AdamW(groups, lr=rate, fused=True)


def _loss(tagger: Tagger, batch: Batch, teachers: Sequence[Tagger], taught: float) -> Tensor:
    """Cross-entropy of tags plus that of arcs, where arcs choose among the words of the window and "nothing".

    With teachers, the share `taught` of it is that against their mean probabilities; words that nobody annotated have
    those only.
    """
    with torch.autocast("cpu", torch.bfloat16):
        tags, arcs = tagger(batch.ids, batch.types, batch.present)
    tags, arcs = tags.float(), arcs.float().masked_fill(~batch.is_word[:, None, :], -1e4)

    def cost(words: Tensor, of_tags: Tensor, rows: Tensor, of_arcs: Tensor) -> Tensor:
        loss = functional.cross_entropy(tags[words], of_tags) if words.any() else tags.sum() * 0
        return loss + ARC_WEIGHT * functional.cross_entropy(arcs[rows], of_arcs) if rows.any() else loss

    known = (batch.tags != UNTAGGED) & (batch.tags != UNKNOWN)
    tied = batch.arcs != UNTAGGED
    annotated = cost(known, batch.tags[known], tied, batch.arcs[tied])
    if not teachers:
        return annotated
    of_tags, of_arcs = _taught(teachers, batch)
    words = batch.tags != UNTAGGED
    tied = words & (of_tags[..., 0] < 0.5)
    return (1 - taught) * annotated + taught * cost(words, of_tags[words], tied, of_arcs[tied])


@torch.no_grad()
def _taught(teachers: Sequence[Tagger], batch: Batch) -> tuple[Tensor, Tensor]:
    """The teachers' mean probabilities of tags and of arcs to words."""
    tags, arcs = [], []
    for teacher in teachers:
        with torch.autocast("cpu", torch.bfloat16):
            of_tags, of_arcs = teacher(batch.ids, batch.types, batch.present)
        tags.append(of_tags.float().softmax(dim=-1))
        arcs.append(of_arcs.float().masked_fill(~batch.is_word[:, None, :], -1e4).softmax(dim=-1))
    return torch.stack(tags).mean(dim=0), torch.stack(arcs).mean(dim=0)


@torch.no_grad()
def _average(averaged: dict[str, Tensor], tagger: Tagger, decay: float) -> None:
    """Move the running average of the weights towards the tagger's: it generalises better than the last step."""
    for name, weight in tagger.state_dict().items():
        if weight is not tagger.words.weight or weight.requires_grad:
            averaged[name].lerp_(weight.float(), 1 - decay)


if __name__ == "__main__":
    main()
