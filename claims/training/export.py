"""A trained tagger as the int8 ONNX model that `claims` runs: `python -m claims.training.export TRAINED.pt FOLDER`.

The graph is written by hand: one window a call, no padding and so no mask. Matrices are quantised dynamically to int8
but for the two heads, where eight bits cost accuracy and save nothing; embeddings a row at a time.
"""

import argparse
import json
import math
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from claims.attribution.decoding import TAGS
from claims.attribution.tagger import MODEL_FORMAT, default_model
from claims.training.network import ARC_WIDTH, SMALL

WINDOW, CONTEXT = 160, 48
FUSED = "com.microsoft"
"""onnxruntime's own operators: attention and GELU in one kernel each."""


class Graph:
    """Collects nodes and weights; each method returns the name of the tensor that it makes."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def linear(self, x: str, state: dict[str, np.ndarray], name: str, output: str | None = None) -> str:
        product = self.node("MatMul", [x, self.constant(f"{name}.w", state[f"{name}.weight"].T)], f"{name}.product")
        return self.node("Add", [product, self.constant(f"{name}.b", state[f"{name}.bias"])], output or f"{name}.out")

    def normed(self, x: str, state: dict[str, np.ndarray], name: str) -> str:
        scale, shift = (self.constant(f"{name}.{k}", state[f"{name}.{k}"]) for k in ("weight", "bias"))
        return self.node("LayerNormalization", [x, scale, shift], f"{name}.out", axis=-1, epsilon=1e-12)


def build(state: dict[str, np.ndarray]) -> onnx.ModelProto:
    """The whole network with float matrices and int8 word embeddings."""
    g = Graph()
    embeddings = state["words.weight"]
    scale = np.abs(embeddings).max(axis=1, keepdims=True) / 127
    scale[scale == 0] = 1
    small = g.node("Gather", [g.constant("words8", np.round(embeddings / scale).astype(np.int8)), "ids"], "word8")
    wide = g.node("Cast", [small], "wordf", to=TensorProto.FLOAT)
    factor = g.node("Gather", [g.constant("word_scale", scale.astype(np.float32)), "ids"], "factor")
    word = g.node("Mul", [wide, factor], "word")
    kind = g.node("Gather", [g.constant("types_table", state["types.weight"]), "types"], "type")
    length = g.node("Shape", ["ids"], "length", start=1, end=2)
    zero, axis = g.constant("zero", np.array([0])), g.constant("axis", np.array([0]))
    place = g.node("Slice", [g.constant("positions", state["positions.weight"]), zero, length, axis], "place")
    x = g.node("Add", [g.node("Add", [word, kind], "typed"), place], "embedded")
    x = g.normed(x, state, "norm")
    for number in range(SMALL.layers):
        name = f"layers.{number}"
        parts = [f"{name}.{part}" for part in ("query", "key", "value")]
        heads = g.linear(x, state, f"{name}.query_key_value")
        g.nodes.append(helper.make_node("Split", [heads], parts, name=f"{name}.split", axis=2, num_outputs=3))
        mixed = g.node("MultiHeadAttention", parts, f"{name}.mixed", FUSED, num_heads=SMALL.heads)
        x = g.node("Add", [x, g.linear(mixed, state, f"{name}.attended")], f"{name}.sum1")
        x = g.normed(x, state, f"{name}.norm_attended")
        inner = g.node("Gelu", [g.linear(x, state, f"{name}.up")], f"{name}.gelu", FUSED)
        x = g.node("Add", [x, g.linear(inner, state, f"{name}.down")], f"{name}.sum2")
        x = g.normed(x, state, f"{name}.norm_out")
    g.linear(x, state, "tags", "tags")
    heads = g.node("Transpose", [g.linear(x, state, "head")], "heads", perm=[0, 2, 1])
    raw = g.node("MatMul", [g.linear(x, state, "dependent"), heads], "arcs.product")
    g.node("Mul", [raw, g.constant("arc_scale", np.array(1 / math.sqrt(ARC_WIDTH), np.float32))], "arcs")
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, ["batch", "length"]) for n in ("ids", "types")]
    outputs = [
        helper.make_tensor_value_info("tags", TensorProto.FLOAT, ["batch", "length", len(TAGS)]),
        helper.make_tensor_value_info("arcs", TensorProto.FLOAT, ["batch", "length", "length"]),
    ]
    graph = helper.make_graph(g.nodes, "tagger", inputs, outputs, g.weights)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9)


def export(trained: Path, folder: Path, name: str, reduce_range: bool = False) -> None:
    """Write tagger.onnx, tokenizer.json and model.json to `folder`."""
    saved = torch.load(trained, weights_only=True)
    state = {name: weight.float().numpy() for name, weight in saved["state"].items()}
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        onnx.save(build(state), full)
        quantize_dynamic(
            full,
            folder / "tagger.onnx",
            op_types_to_quantize=["MatMul"],
            nodes_to_exclude=["tags.product", "head.product", "dependent.product", "arcs.product"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=reduce_range,
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
    (folder / "tokenizer.json").write_bytes((default_model() / "tokenizer.json").read_bytes())
    settings = {
        "format": MODEL_FORMAT,
        "name": name,
        "tags": list(TAGS),
        "window": WINDOW,
        "context": CONTEXT,
        "steps": saved["steps"].numpy().round(3).tolist(),
        "calibration": [0.0, 1.0, 1.0, 1.0, 0.0, 0.0],
        "trained": json.loads(saved["made"]),
    }
    (folder / "model.json").write_text(json.dumps(settings, indent=2) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--name", help="what model.json calls it (default: the folder's name)")
    parser.add_argument("--reduce-range", action="store_true", help="7-bit weights, for processors without VNNI")
    options = parser.parse_args()
    export(options.trained, options.folder, options.name or options.folder.name, options.reduce_range)
    print(f"{options.folder}: {(options.folder / 'tagger.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
