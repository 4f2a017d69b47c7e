"""Serving a database of claims: under any name, in a process of its own, and refused where it cannot be."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
import yaml

from claims.errors import ClaimsError, StoreError
from claims.store import Store
from claims.web import metadata_path, serve
from tests.invented import AGENCY, BRIDGE, GRAIN, MINISTER, MINISTRY, TAXES, add, article, get


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """One article with a promise and a denial."""
    path = tmp_path / "claims.db"
    reported = article("a.txt", GRAIN, BRIDGE)
    with Store.open(path) as store:
        add(store, reported, (GRAIN, (MINISTRY,), "denies"), (BRIDGE, (MINISTER,), "promises"))
    return path


def test_metadata_applies_under_another_name(database: Path) -> None:
    """A database that is not called claims.db gets the same titles and queries."""
    other = database.rename(database.with_name("news of 2024.db"))
    home, table, query = get(
        other, "/news~20of~202024", "/news~20of~202024/attributed_claims", "/news~20of~202024/claims_denied.json"
    )
    assert "Claims: who said what" in home.text
    assert "<h1>Who said what (view)</h1>" in table.text
    assert query.json()["rows"]


def test_metadata_is_the_file_at_the_top_of_the_repository() -> None:
    """In a checkout there is one metadata.yml, and it is plain YAML that describes the database `claims`."""
    assert metadata_path() == Path(__file__).parents[1] / "metadata.yml"
    assert list(yaml.safe_load(metadata_path().read_text(encoding="utf-8"))["databases"]) == ["claims"]


def test_a_metadata_file_beside_the_module_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed package uses the file that it brought, and says so where that is gone."""
    monkeypatch.setattr("claims.web.metadata.__file__", str(tmp_path / "claims" / "web" / "metadata.py"))
    with pytest.raises(ClaimsError, match=r"metadata\.yml is missing"):
        metadata_path()
    brought = tmp_path / "claims" / "web" / "metadata.yml"
    brought.parent.mkdir(parents=True)
    brought.write_text("title: here\n")
    assert metadata_path() == brought


def test_plain_datasette_works_too(database: Path) -> None:
    """`datasette claims.db -m metadata.yml` has the queries and their search, without this program's help."""
    for typed in ("bridge", '"'):
        address = "/claims/said_about.json?" + urlencode({"source": "Lindqvist", "about": typed})
        command = [sys.executable, "-m", "datasette", str(database), "-m", str(metadata_path()), "--get", address]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert ran.returncode == 0, ran.stderr
        assert len(json.loads(ran.stdout)["rows"]) == (typed == "bridge")


def test_a_missing_database_says_how_to_make_one(tmp_path: Path) -> None:
    """Serving makes no empty database; it names the missing one and the command that makes it."""
    with pytest.raises(StoreError, match=r"none\.db.*claims ingest"):
        serve(tmp_path / "none.db")
    assert not list(tmp_path.iterdir())


def test_what_is_no_database_of_claims_is_refused(tmp_path: Path) -> None:
    """A folder, a text file, somebody else's database and a path that Datasette misreads each get a clear error."""
    text = tmp_path / "notes.db"
    text.write_text("These are notes, not a database.\n" * 100)
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE recipes (id INTEGER PRIMARY KEY)")
    odd = tmp_path / "is it?.db"
    Store.open(odd).close()
    for path, reason in ((tmp_path, "a folder"), (text, "not a database"), (other, "another program"), (odd, "Rename")):
        with pytest.raises(StoreError, match=reason) as refused:
            serve(path)
        assert str(path) in str(refused.value)


@contextmanager
def serving(database: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A real `serve` in a process of its own on a free port, and its address."""
    code = "import sys, pathlib, claims.web; claims.web.serve(pathlib.Path(sys.argv[1]), port=0)"
    command = [sys.executable, "-c", code, str(database)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stderr is not None
        try:
            line = process.stderr.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+/", line)
            assert found, line + process.stderr.read()
            yield found.group(), process
        finally:
            process.kill()


def fetch(address: str) -> str:
    """The page at an address, waited for while the server starts."""
    end = time.monotonic() + 30
    while True:
        try:
            with urlopen(address, timeout=30) as response:
                assert response.status == 200
                page: str = response.read().decode()
                return page
        except URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def test_serve_for_real(database: Path) -> None:
    """`serve` answers on a loopback port, shows what another process stores meanwhile, and ends quietly at Ctrl+C."""
    path = database.rename(database.with_name("news.db"))
    with serving(path) as (address, process):
        assert "<title>Claim desk" in fetch(address)
        assert MINISTRY.name in fetch(f"{address}news/claims_denied")
        later = article("later.txt", TAXES)
        with Store.open(path) as store:
            add(store, later, (f"{TAXES}.", (AGENCY,), "doubts"))
            assert AGENCY.name in fetch(f"{address}news/latest_attributions")
        port = int(address.rsplit(":", 1)[1].strip("/"))
        with pytest.raises(ClaimsError, match=f"port {port}.*another --port"):
            serve(path, port=port)
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=30) == ("", "")
        assert process.returncode == 0


def test_loading_the_room_is_cheap() -> None:
    """`claims --help` pays neither for Datasette nor for the model's runtime."""
    code = "import sys, claims.web; print(sorted({'datasette', 'uvicorn', 'onnxruntime'} & set(sys.modules)))"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert ran.stdout.strip() == "[]"
