"""Articles in several processes and on a cluster: the same outcomes in the same order, whoever dies on the way."""

import os
import random
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner

from claims.cli import main
from claims.cli.progress import Progress
from claims.errors import InputRefused, ModelError, RunningError
from claims.running import Here, Job, Outcome, Processes, in_order, run
from claims.running.engines import Extraction
from claims.terms import Article, Attribution
from tests.conftest import ROOT

TEXT = "Dam {0} holds after storm\n\nMayor Ann Lee said that dam {0} had held. “We were lucky,” she said.\n"
CHANGING = ("ingested_at", "applied_at")


def article(number: int, text: str = TEXT) -> Article:
    return Article(f"{number}.txt", text.format(number))


def folder_of(folder: Path, articles: int) -> Path:
    """A folder of articles, one of which stands there twice, and one that is empty."""
    folder.mkdir()
    for number in range(articles):
        (folder / f"{number:04}.txt").write_text(TEXT.format(number))
    (folder / "0002-again.txt").write_text(TEXT.format(2))
    (folder / "0003-empty.txt").write_text("")
    return folder


def claims(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "claims", *map(str, arguments)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, text=True, start_new_session=True,
    )  # fmt: skip


def dump(database: Path) -> list[tuple[object, ...]]:
    """All rows of all tables, without the time of day."""
    connection = sqlite3.connect(database)
    connection.row_factory = sqlite3.Row
    tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table' order by 1")]
    rows: list[tuple[object, ...]] = []
    for table in tables:
        for row in connection.execute(f'select * from "{table}"'):
            rows.append((table, *(row[key] for key in row.keys() if key not in CHANGING)))  # noqa: SIM118 - no dict
    connection.close()
    return rows


@dataclass(frozen=True)
class Deadly(Job):
    """Work that kills its process over some articles, always or the first time only, and fails over others."""

    seen: Path = Path()

    def __call__(self, article: Article) -> list[Attribution]:
        once = self.seen / article.path
        if "deadly" in article.text or ("unlucky" in article.text and not once.exists()):
            once.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if "broken" in article.text:
            raise ValueError("no such letter")
        time.sleep(random.uniform(0, 0.01))
        return []

    def prepare(self) -> None:
        if (self.seen / "no worker can begin").exists():
            os._exit(1)


def told(outcomes: Iterable[Outcome]) -> list[tuple[str, str]]:
    """Each outcome as what it is and the name of its article."""
    return [(type(one).__name__, one.name if isinstance(one, InputRefused) else one.article.path) for one in outcomes]


@pytest.mark.parametrize("workers", [1, 3])
def test_a_dead_worker_costs_one_article_at_most(workers: int, tmp_path: Path) -> None:
    """The article that kills twice is refused by name, the one that killed once goes in, all others too, in order."""
    texts = {7: "deadly", 8: "unlucky", 20: "deadly", 21: "broken"}
    articles = [article(number, texts.get(number, TEXT)) for number in range(40)]
    with Processes(Deadly(seen=tmp_path), workers) as engine:
        outcomes = list(run(articles, engine))
    refused = {7, 20, 21}
    assert told(outcomes) == [("InputRefused" if n in refused else "Extracted", f"{n}.txt") for n in range(40)]
    reasons = {one.name: one.reason for one in outcomes if isinstance(one, InputRefused)}
    assert "workers died over it" in reasons["7.txt"]
    assert "fault of the program (ValueError: no such letter)" in reasons["21.txt"]


def test_workers_that_cannot_begin_are_an_error_for_people(tmp_path: Path) -> None:
    """Where no worker lives long enough to read, the run ends instead of refusing all articles."""
    (tmp_path / "no worker can begin").touch()
    with pytest.raises(RunningError, match="--workers"), Processes(Deadly(seen=tmp_path), 2) as engine:
        list(run([article(1), article(2)], engine))


def test_known_and_refused_articles_keep_their_place(tmp_path: Path) -> None:
    """What needs no extraction waits for what was before it; no worker sees it."""
    found = [article(0), InputRefused("x", "is empty"), article(1), article(2), article(3, "deadly")]
    with Processes(Deadly(seen=tmp_path), 2) as engine:
        outcomes = run(found, engine, lambda one: "before" if one.path in ("1.txt", "3.txt") else None)
        assert told(outcomes) == [
            ("Extracted", "0.txt"), ("InputRefused", "x"), ("Known", "1.txt"), ("Extracted", "2.txt"),
            ("Known", "3.txt"),
        ]  # fmt: skip


class Lazy(Here):
    """An engine that does nothing before it is asked for the result of its window's first."""

    window = 10

    def submit(self, article: Article) -> Extraction:
        return Waiting()


class Waiting(Extraction):
    """Is done when it is asked for."""

    def exception(self, timeout: float | None = None) -> BaseException | None:
        if not self.done():
            self.set_result([])
        return super().exception(timeout)


@pytest.mark.parametrize(("length", "most"), [(10, 11), (in_order.MOST_CHARACTERS // 3, 4)])
def test_no_more_is_read_than_the_window_holds(length: int, most: int) -> None:
    """However many articles there are, few are in memory at once, and fewer where they are long."""
    read = 0
    text = "x" * length

    def reading() -> Iterator[Article]:
        nonlocal read
        for number in range(50):
            read += 1
            yield Article(str(number), text)

    ahead = [read - done for done, _ in enumerate(run(reading(), Lazy(Job())))]
    assert len(ahead) == 50
    assert max(ahead) == most


@pytest.mark.parametrize("command", ["extract", "ingest"])
def test_the_result_is_the_same_for_any_number_of_workers(command: str, tmp_path: Path) -> None:
    """Output, remarks and database are equal, byte for byte, without workers and with one, two or three."""
    folder = folder_of(tmp_path / "articles", 12)
    options = ["--published", "2026-03-01", "--publisher", "The  Tarn Post", "--narrated"]
    seen = []
    for workers in (None, 1, 2, 3):
        database = tmp_path / "claims.db"
        database.unlink(missing_ok=True)
        more = [*(["--db", database] if command == "ingest" else []), *(["--workers", workers] if workers else [])]
        result = CliRunner().invoke(main, list(map(str, [command, folder, *options, *more])))
        assert result.exit_code == 1  # the empty file
        assert "0003-empty.txt" in result.stderr
        seen.append((result.stdout, result.stderr, dump(database) if command == "ingest" else None))
    assert seen[0] == seen[1] == seen[2] == seen[3]
    rows = seen[0][2]
    if rows is not None:
        publishers = [row for row in rows if row[0] == "articles" and "The Tarn Post" in row and "2026-03-01" in row]
        assert len(publishers) == 12


def test_a_killed_worker_costs_nothing_by_itself(tmp_path: Path) -> None:
    """kill -9 on a worker in the midst of an ingest: all articles go in."""
    folder = folder_of(tmp_path / "articles", 60)
    process = claims("ingest", folder, "--db", tmp_path / "claims.db", "--workers", 2)
    assert process.stderr is not None
    lines = [process.stderr.readline() for _ in range(5)]
    assert all(line.startswith(("Stored", "Known", "Refused")) for line in lines)
    os.kill(workers_of(process.pid)[0], signal.SIGKILL)
    output, errors = process.communicate(timeout=60)
    assert "Articles      60 new, 1 known already, 1 refused" in output, errors
    assert "Traceback" not in errors


def workers_of(pid: int) -> list[int]:
    """The processes that a process started to extract in."""
    found = subprocess.run(["ps", "-ww", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(line.split()[0]) for line in found.stdout.splitlines() if "spawn_main" in line]


@pytest.mark.parametrize("workers", [None, 2])
def test_a_stopped_run_goes_on_where_it_was(workers: int | None, tmp_path: Path) -> None:
    """Ctrl+C, which all processes of a terminal get: status 130, one line, no worker left; then the rest goes in."""
    folder = folder_of(tmp_path / "articles", 150)
    more = ["--workers", workers] if workers else []
    process = claims("ingest", folder, "--db", tmp_path / "claims.db", *more)
    assert process.stderr is not None
    for _ in range(4):
        process.stderr.readline()
    children = workers_of(process.pid)
    assert len(children) == (workers or 0)
    os.killpg(process.pid, signal.SIGINT)
    output, errors = process.communicate(timeout=30)
    *others, last = errors.splitlines()
    assert process.returncode == 130
    assert (output, last[:9]) == ("", "Stopped. ")
    assert "the same command goes on from there" in last
    assert all(line.startswith(("Stored ", "Refused ")) for line in others), errors
    assert gone(children)
    output, errors = claims("ingest", folder, "--db", tmp_path / "claims.db", *more).communicate(timeout=60)
    known = errors.count("Known ")
    assert known >= 4
    assert f"{151 - known} new, {known} known already, 1 refused" in output
    with sqlite3.connect(tmp_path / "claims.db") as connection:
        assert connection.execute("select count(*) from articles").fetchone() == (150,)
    connection.close()


def test_no_worker_outlives_a_killed_command(tmp_path: Path) -> None:
    """kill -9 on the command itself: its workers end, too."""
    process = claims("ingest", folder_of(tmp_path / "articles", 100), "--db", tmp_path / "claims.db", "--workers", 2)
    assert process.stderr is not None
    process.stderr.readline()
    children = workers_of(process.pid)
    assert children
    process.kill()
    process.communicate()
    assert gone(children)


def gone(pids: list[int]) -> bool:
    """Whether processes end soon."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if not any(Path(f"/proc/{pid}").exists() and "spawn_main" in cmdline(pid) for pid in pids):
            return True
        time.sleep(0.05)
    return False


def cmdline(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def test_a_model_that_cannot_be_loaded_ends_the_run(tmp_path: Path) -> None:
    """Workers hand the reason on instead of dying of it."""
    with pytest.raises(ModelError, match="no model here"), Processes(Job(tmp_path), 2) as engine:
        list(run([article(1)], engine))


def test_progress_tells_rate_and_time_left() -> None:
    """The rate is that of the last seconds; more articles than there seemed to be show no time left."""
    progress = Progress(2000, shown=False)
    began = time.monotonic()
    for _ in range(500):
        with progress.step():
            pass
    line = progress.line(began + 50)
    assert re.fullmatch(r"500 of 2,000 articles, (9\.9|10\.0) a second, 2 min (29|30|31) s left", line), line
    assert Progress(None, shown=False).line(began + 1).startswith("0 articles, 0.0 a second")


def test_progress_shows_on_a_terminal_only(tmp_path: Path) -> None:
    """On a terminal a line tells how far it is and is gone at the end; the test above has seen that a pipe has none."""
    import pty

    folder = folder_of(tmp_path / "articles", 5)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "claims", "ingest", str(folder), "--db", str(tmp_path / "claims.db")],
        stdout=subprocess.DEVNULL, stderr=theirs, cwd=ROOT,
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    try:
        while more := os.read(ours, 65536):
            shown += more
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    process.wait()
    assert b"\r\x1b[K3 of 7 articles, " in shown
    assert b" left" in shown
    assert shown.endswith(b"\r\x1b[K")


@pytest.mark.parametrize(
    "options",
    [
        ("--workers", "0"), ("--workers", "two"), ("--published", "last week"), ("--publisher", " "), ("--map", "text"),
        ("--map", "text="), ("--map", "body=text"), ("--map", "text=a,text=b"), ("--language", "de"),
        ("--workers", "2", "--dask", "tcp://127.0.0.1:1"),
    ],
)  # fmt: skip
def test_options_that_cannot_be_are_wrong_usage(options: Sequence[str], tmp_path: Path) -> None:
    """They end with status 2 before anything is made."""
    result = CliRunner().invoke(main, ["ingest", "x.txt", "--db", str(tmp_path / "claims.db"), *options])
    assert result.exit_code == 2, result.output
    assert not (tmp_path / "claims.db").exists()


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """A Dask scheduler with two workers of one thread each, on loopback: its address, and the workers."""
    if not find_spec("distributed"):
        pytest.skip("distributed is not installed")
    port, at = free_port(), tmp_path / "dask"
    at.mkdir()
    address = f"tcp://127.0.0.1:{port}"
    usual = ["--no-dashboard", "--host", "127.0.0.1"]
    commands = [["dask_scheduler", "--port", str(port), *usual]]
    commands += [["dask_worker", address, "--no-nanny", "--nthreads", "1", *usual]] * 2
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", f"from distributed.cli.{name} import main; main()", *options],
            cwd=at, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL, text=True,
        )
        for name, *options in commands
    ]  # fmt: skip
    yield address, processes[1:]
    for process in processes:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def test_a_cluster_gives_the_same_and_survives_a_dead_worker(
    scheduler: tuple[str, list[subprocess.Popen[str]]], tmp_path: Path
) -> None:
    """A real scheduler with two workers, one of which is killed: the database is that of a run without them."""
    address, workers = scheduler
    folder = folder_of(tmp_path / "articles", 150)
    process = claims("ingest", folder, "--db", tmp_path / "cluster.db", "--dask", address)
    assert process.stderr is not None
    for _ in range(3):
        assert process.stderr.readline().startswith(("Stored", "Known", "Refused"))
    workers[0].kill()
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 1, errors
    assert "Articles      150 new, 1 known already, 1 refused" in output, errors
    claims("ingest", folder, "--db", tmp_path / "here.db").communicate(timeout=60)
    assert dump(tmp_path / "cluster.db") == dump(tmp_path / "here.db")
    assert "Traceback" not in errors


def test_a_cluster_that_is_not_there_is_an_error_for_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address is named."""
    pytest.importorskip("distributed")
    from claims.running import cluster

    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.2)
    address = f"tcp://127.0.0.1:{free_port()}"
    with pytest.raises(RunningError, match=address):
        cluster.Cluster(Job(), address)
