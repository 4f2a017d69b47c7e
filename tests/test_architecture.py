"""The house as docs/architecture.md draws it: which way imports run."""

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

MAY_IMPORT = {
    "terms": set(),
    "errors": set(),
    "language": {"terms"},
    "attribution": {"terms", "errors", "language"},
    "speakers": {"terms", "language"},
    "identity": {"terms", "language", "speakers"},
    "matching": {"terms", "language"},
    "extraction": {"terms", "language", "attribution", "speakers"},
    "evaluation": {"terms", "errors", "language", "attribution", "extraction"},
    "training": {"terms", "errors", "language", "attribution", "matching", "speakers", "identity", "evaluation"},
    "reading": {"terms", "errors", "language"},
    "running": {"terms", "errors", "attribution", "extraction"},
    "store": {"terms", "errors", "language", "identity", "matching"},
    "desk": {"errors", "store"},
    "web": {"errors", "store", "desk"},
    "cli": {
        "terms",
        "errors",
        "extraction",
        "attribution",
        "matching",
        "reading",
        "running",
        "store",
        "web",
        "evaluation",
        "training",
    },
}
CORE = ("terms", "errors", "language", "attribution", "speakers", "identity", "matching", "extraction")
OUTSIDE_THE_CORE = {"click", "sqlite3", "sqlite_utils", "datasette", "httpx", "urllib", "requests", "trafilatura"}


def modules() -> list[Path]:
    return [p for p in sorted((ROOT / "claims").rglob("*.py")) if p.name != "__main__.py"]


def room_of(path: Path) -> str:
    parts = path.relative_to(ROOT / "claims").with_suffix("").parts
    return "" if parts == ("__init__",) else parts[0]


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    """A room imports only from the rooms before it; the core knows no command line, database or network."""
    room, names = room_of(path), imported(path)
    ours = {name.split(".")[1] for name in names if name.startswith("claims.")} - {room}
    assert ours <= MAY_IMPORT.get(room, set()), f"{room} may not import {ours - MAY_IMPORT.get(room, set())}"
    if room in CORE:
        assert not {name.split(".")[0] for name in names} & OUTSIDE_THE_CORE


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_say_what_they_are_and_stay_short(path: Path) -> None:
    """A docstring opens each module; none is longer than can be read at a sitting."""
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= 400


def test_all_sql_is_in_the_store() -> None:
    """No other room writes SQL."""
    sql = re.compile(r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+TABLE)\b", re.DOTALL)
    for path in modules():
        if room_of(path) not in ("store", "web"):
            strings = [n.value for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Constant)]
            assert not [s for s in strings if isinstance(s, str) and sql.search(s)], path


def test_the_page_names_every_room() -> None:
    """docs/architecture.md speaks of each room and keeps its name."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for room in MAY_IMPORT:
        assert room in page


def test_word_lists_say_where_they_come_from() -> None:
    """Each data file opens with a header."""
    files = [*(ROOT / "claims").rglob("*.txt")]
    assert files
    for file in files:
        assert file.read_text("utf-8").startswith("#"), file
