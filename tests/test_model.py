"""Another model can be named; one that is none is refused in words."""

import json
import shutil
from pathlib import Path

import pytest

from claims.attribution.tagger import Tagger, default_model
from claims.errors import ModelError


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(default_model(), tmp_path / "model"))


def changed(folder: Path, **settings: object) -> Path:
    file = folder / "model.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **settings}))
    return folder


def test_a_copy_works_and_can_be_named_by_the_environment(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CLAIMS_MODEL names the folder of another model."""
    monkeypatch.setenv("CLAIMS_MODEL", str(copy))
    assert default_model() == copy
    assert Tagger().settings.window > 0


def test_absent_model_is_named(tmp_path: Path) -> None:
    """A folder without a model is refused with what is missing."""
    with pytest.raises(ModelError, match=r"no model here \(model.json, tagger.onnx, tokenizer.json missing\)"):
        Tagger(tmp_path)


def test_other_formats_are_refused(copy: Path) -> None:
    """A model of a newer make, or of other tags, says so."""
    with pytest.raises(ModelError, match="format 99"):
        Tagger(changed(copy, format=99))
    with pytest.raises(ModelError, match="tags other roles"):
        Tagger(changed(copy, format=2, tags=["O"]))


@pytest.mark.parametrize(
    "settings",
    [{"window": 1}, {"window": 100_000}, {"context": -1}, {"calibration": [0.5]}, {"calibration": ["nan"] * 6}],
)
def test_settings_out_of_range_are_refused(copy: Path, settings: dict[str, object]) -> None:
    """Numbers that the graph or the windows cannot work with are refused before they hang or crash."""
    with pytest.raises(ModelError, match="out of range"):
        Tagger(changed(copy, **settings))


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("model.json", b"{", "not what training writes"),
        ("model.json", b"{}", "not what training writes"),
        ("tagger.onnx", b"no graph", "cannot be loaded"),
        ("tokenizer.json", b"{}", "cannot be loaded"),
    ],
)
def test_broken_files_are_refused(copy: Path, file: str, content: bytes, message: str) -> None:
    """Each broken file gives an error for people that names the folder."""
    (copy / file).write_bytes(content)
    with pytest.raises(ModelError, match=message) as error:
        Tagger(copy)
    assert str(copy) in str(error.value)
