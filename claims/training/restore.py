"""The weights of a model that runs, taken back out of its int8 ONNX file: training can go on from any model folder."""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from claims.training.network import SMALL, Tagger


def restored(folder: Path) -> Tagger:
    """The tagger of a model folder, as exactly as eight bits hold its matrices.

    Raises ValueError for a graph that `claims.training.export` did not write.
    """
    held = {one.name: numpy_helper.to_array(one) for one in onnx.load(folder / "tagger.onnx").graph.initializer}
    tagger = Tagger(SMALL)
    state = {}
    for name in tagger.state_dict():
        weights = _weights(held, name)
        if weights is None:
            raise ValueError(f"{folder}/tagger.onnx holds no {name}")
        state[name] = torch.tensor(np.array(weights, np.float32))
    tagger.load_state_dict(state)
    return tagger


def _weights(held: dict[str, np.ndarray], name: str) -> np.ndarray | None:
    """A weight by its name in the network, under the name that export gave it."""
    special = {"positions.weight": "positions", "types.weight": "types_table"}
    if name == "words.weight":
        return held["words8"].astype(np.float32) * held["word_scale"] if "words8" in held else None
    if name in special or name in held:
        return held.get(special.get(name, name))
    module, _, kind = name.rpartition(".")
    exported = f"{module}.{kind[0]}"
    if kind == "bias":
        return held.get(exported)
    if f"{exported}_quantized" in held:
        steps = held[f"{exported}_quantized"].astype(np.float32) - held[f"{exported}_zero_point"].astype(np.float32)
        return (steps * held[f"{exported}_scale"]).T
    return held[exported].T if exported in held else None
