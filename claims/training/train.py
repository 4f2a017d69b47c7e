"""Train the tagger on an annotated corpus, on a CPU: `python -m claims.training.train CORPUS OUT.pt`.

With `--teachers LARGE.pt OTHER.pt` the tagger learns from the mean of their probabilities, too, which says of each
word how sure people could be of it (Hinton et al., Distilling the knowledge in a neural network, 2015).
"""

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from claims.attribution.encoding import Encoder
from claims.attribution.tagger import default_model
from claims.evaluation.corpus import AnnotatedArticle, read_corpus
from claims.training.augment import Vocabulary, augmented
from claims.training.base_models import pretrained
from claims.training.examples import UNKNOWN, UNTAGGED, Batch, Example, batches, examples, untagged_examples
from claims.training.network import SIZES, Tagger
from claims.training.settings import Settings
from claims.training.steps import tag_steps

ARC_WEIGHT = 0.5
PIECES_A_BATCH = 4096
WINDOW_SIZES = (128, 128, 256)
"""Windows that an article is cut into, one size drawn an epoch: it runs at 128, the longer ones teach context."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    for field in fields(Settings)[1:]:
        name = f"--{field.name.replace('_', '-')}"
        if field.name == "size":
            parser.add_argument(name, choices=SIZES, default=field.default)
        elif field.name == "teachers":
            parser.add_argument(name, type=Path, nargs="+", default=())
        else:
            kind = (
                Path if field.name in ("start", "untagged") else float if "rate" in field.name else type(field.default)
            )
            parser.add_argument(name, type=kind, default=field.default)
    options = vars(parser.parse_args())
    corpus = read_corpus(options.pop("corpus"))
    torch.set_num_threads(2)
    train(corpus, Settings(**{**options, "teachers": tuple(options["teachers"])}))


def train(corpus: Sequence[AnnotatedArticle], settings: Settings) -> None:
    """Train and write `settings.out` after each epoch: the running average of the weights."""
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    vocabulary = Vocabulary.of(corpus)
    encoder = default_encoder()
    tagger = (load(settings.start) if settings.start else pretrained(SIZES[settings.size])).train()
    teachers = [(load(path).eval(), weight) for path, weight in Counter(settings.teachers).items()]
    steps = tag_steps(corpus, encoder)
    averaged = {name: weight.detach().clone().float() for name, weight in tagger.state_dict().items()}
    optimizer = _optimizer(tagger, settings.rate, settings.encoder_rate or settings.rate, settings.embeddings_rate)
    trained = [p for group in optimizer.param_groups for p in group["params"]]
    untagged = [p.read_text("utf-8") for p in sorted(settings.untagged.glob("*.txt"))] if settings.untagged else []

    def next_epoch() -> list[Batch]:
        some = rng.sample(untagged, int(len(untagged) * settings.untagged_share))
        return _epoch(corpus, some, vocabulary, encoder, settings.augmented, rng)

    first = next_epoch()
    total = settings.epochs * len(first)
    began, step, losses = time.time(), 0, []
    weights = sum(p.numel() for p in trained)
    print(f"{len(corpus)} articles, {len(first)} steps an epoch, {weights:,} weights", flush=True)
    for epoch in range(settings.epochs):
        for batch in first if epoch == 0 else next_epoch():
            warmth = min(1.0, (step + 1) / (0.08 * total), max(0.0, (total - step) / (0.92 * total)))
            for group in optimizer.param_groups:
                group["lr"] = warmth * group["peak"]
            cost = _loss(tagger, batch, teachers, settings.taught)
            cost.backward()
            nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            losses.append(cost.item())
            step += 1
            _average(averaged, tagger, decay=min(0.998, 1 - 5 / (step + 5)))
            if step % 50 == 0:
                pace, loss = (time.time() - began) / step, np.mean(losses[-50:])
                print(f"epoch {epoch} step {step}/{total} loss {loss:.4f} {pace:.2f} s/step", flush=True)
        saved = {
            "size": settings.size,
            "state": averaged,
            "steps": torch.from_numpy(steps),
            "made": json.dumps({**settings.chosen(), "epochs": epoch + 1}),
        }
        torch.save(saved, settings.out)
    print(f"done in {time.time() - began:.0f} s", flush=True)


def default_encoder() -> Encoder:
    """The encoder with the vocabulary of the model in the package; units fit the shorter window."""
    from tokenizers import Tokenizer

    return Encoder(Tokenizer.from_file(str(default_model() / "tokenizer.json")), min(WINDOW_SIZES) - 2)


def load(trained: Path) -> Tagger:
    """A tagger that an earlier run wrote, or that of a model folder."""
    if trained.is_dir():
        from claims.training.restore import restored

        return restored(trained)
    saved = torch.load(trained, weights_only=True)
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


def _loss(tagger: Tagger, batch: Batch, teachers: Sequence[tuple[Tagger, int]], taught: float) -> Tensor:
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
def _taught(teachers: Sequence[tuple[Tagger, int]], batch: Batch) -> tuple[Tensor, Tensor]:
    """The teachers' mean probabilities of tags and of arcs to words, by their weights."""
    all_of_them = sum(weight for _, weight in teachers)
    tags, arcs = torch.zeros(1), torch.zeros(1)
    for teacher, weight in teachers:
        with torch.autocast("cpu", torch.bfloat16):
            of_tags, of_arcs = teacher(batch.ids, batch.types, batch.present)
        of_arcs = of_arcs.float().masked_fill(~batch.is_word[:, None, :], -1e4)
        tags = tags + of_tags.float().softmax(dim=-1) * (weight / all_of_them)
        arcs = arcs + of_arcs.softmax(dim=-1) * (weight / all_of_them)
    return tags, arcs


@torch.no_grad()
def _average(averaged: dict[str, Tensor], tagger: Tagger, decay: float) -> None:
    """Move the running average of the weights towards the tagger's: it generalises better than the last step."""
    for name, weight in tagger.state_dict().items():
        if weight is not tagger.words.weight or weight.requires_grad:
            averaged[name].lerp_(weight.float(), 1 - decay)


if __name__ == "__main__":
    main()
