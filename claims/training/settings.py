"""How a tagger is trained."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Settings:
    """How a tagger is trained and where it goes."""

    out: Path
    size: str = "small"
    start: Path | None = None
    """A tagger.pt or a model folder to go on from; without one, pretrained weights of the size."""
    epochs: int = 8
    rate: float = 3e-4
    """The peak learning rate of the heads, and of the encoder if it has none of its own."""
    encoder_rate: float | None = None
    embeddings_rate: float = 0.0
    """The share of the encoder's rate at which word embeddings learn; at 0 they stay as they are."""
    augmented: float = 0.4
    """The share of texts that is restyled, an epoch."""
    teachers: tuple[Path, ...] = ()
    """Trained taggers to learn from; one that is named twice counts twice."""
    taught: float = 0.75
    """The weight of the teachers against the annotators."""
    untagged: Path | None = None
    """A folder of *.txt that nobody annotated, for the teachers to tag."""
    untagged_share: float = 0.4
    """The share of those texts that is read, an epoch."""
    seed: int = 1

    def chosen(self) -> dict[str, Any]:
        """What was not left as it is by default; of files their names, not where they are."""

        def plain(value: Any) -> Any:
            return [plain(one) for one in value] if isinstance(value, tuple) else getattr(value, "name", value)

        values = {field.name: getattr(self, field.name) for field in fields(self)[1:]}
        return {
            field.name: plain(values[field.name]) for field in fields(self)[1:] if values[field.name] != field.default
        }
