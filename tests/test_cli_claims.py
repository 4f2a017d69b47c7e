"""`claims duplicates`, `history`, `merge`, `split`, `undo` as a user types them: deciding what is one claim."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from claims.cli import duplicates as walking
from claims.cli import main
from claims.cli.options import progress_line
from claims.store import Store
from claims.terms import Article
from tests.conftest import ROOT
from tests.river import ingest
from tests.test_store import said

LATER = """June 26, 2024

River falls at last

Tarn River Agency said that the river would fall by Friday. Tom Okafor told reporters that tickets would be refunded.
"""
LATEST = """June 28, 2024

No ferry before Sunday

Ann Lee said that tickets would be refunded. Officials said that the river would fall by Friday.
"""
FALLS, REFUND, HURT = "the river would fall by Friday", "tickets would be refunded", "nobody was hurt"


def run(database: Path, *arguments: object, answers: str | None = None) -> Result:
    command, *rest = map(str, arguments)
    return CliRunner().invoke(main, [command, "--db", str(database), *rest], input=answers)


def done(database: Path, *arguments: object, answers: str | None = None) -> str:
    """What a command prints that is expected to succeed."""
    result = run(database, *arguments, answers=answers)
    assert result.exit_code == 0, result.output
    return result.stdout


def query(database: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute(sql, values).fetchall()
        connection.commit()
        return found


def claim(database: Path, words: str) -> int:
    """The claim of the last attribution with these words in it."""
    sql = "SELECT claim_id FROM attributions WHERE text LIKE ? ORDER BY id DESC LIMIT 1"
    return query(database, sql, f"%{words}%")[0][0]


def card(database: Path, number: int) -> dict[str, object]:
    return json.loads(done(database, "history", "--json", number))


def put_in_doubt(database: Path, *pairs: tuple[int, int]) -> None:
    """Let pairs of claims wait for a person, the first one surest; no others do."""
    query(database, "DELETE FROM claim_links")
    for place, pair in enumerate(pairs):
        one, other = max(pair), min(pair)
        score = 0.5 - place / 10
        query(database, "INSERT INTO claim_links VALUES (?, ?, 'possible-duplicate', ?, 'alike')", one, other, score)


@pytest.fixture
def pairs(database: Path) -> list[tuple[int, int]]:
    """Two pairs of claims that wait for a decision, as (earlier, later)."""
    numbers = [claim(database, words) for words in (FALLS, REFUND, "two roads were closed", HURT)]
    found = [(min(pair), max(pair)) for pair in (numbers[:2], numbers[2:])]
    put_in_doubt(database, *found)
    return found


def test_merged_claims_stay_one_through_later_articles(database: Path) -> None:
    """What later articles say in the words of either, by whomever, is the claim that was kept."""
    keep, other = claim(database, FALLS), claim(database, REFUND)
    told = done(database, "merge", keep, other, "--why", "both are about Friday", "--by", "kim")
    assert f'{other} "tickets would be refunded" with 1 attribution went into {keep}' in told
    ingest(database, "later.txt", LATER)
    ingest(database, "latest.txt", LATEST)
    assert claim(database, REFUND) == claim(database, FALLS) == keep
    found = card(database, other)
    assert (found["id"], found["asked"], found["attributions"]) == (keep, other, 6)
    history = done(database, "history", keep)
    assert "by kim (both are about Friday)" in history
    assert f"{other}  tickets would be refunded" in history.split("Merged into it")[1]


def test_undoing_a_merge_gives_each_claim_what_came_since(database: Path) -> None:
    """The command that the decision prints takes it back; later articles go on with two claims."""
    keep, other = claim(database, FALLS), claim(database, REFUND)
    undo = done(database, "merge", keep, other).splitlines()[-1].removeprefix("Undo it: claims ").split()
    ingest(database, "later.txt", LATER)
    assert undo[-2:] == ["--db", str(database)]
    assert CliRunner().invoke(main, undo).stdout.startswith("Undone: decision 1, claim")
    ingest(database, "latest.txt", LATEST)
    assert (claim(database, FALLS), claim(database, REFUND)) == (keep, other)
    assert (card(database, keep)["attributions"], card(database, other)["attributions"]) == (3, 3)
    assert "undone" in done(database, "decisions")


def test_split_claims_stay_two_through_later_articles(database: Path) -> None:
    """The same wording by the same source goes to its claim; the two are no longer asked about."""
    ingest(database, "later.txt", LATER)
    ingest(database, "latest.txt", LATEST)
    whole = claim(database, REFUND)
    found = card(database, whole)
    (lee,) = [told["id"] for told in found["occurrences"] if told["source"] == "Ann Lee"]  # type: ignore[attr-defined]
    told = done(database, "split", whole, lee, "--why", "other tickets")
    new = claim(database, REFUND)
    assert new != whole
    assert f'{new} "tickets would be refunded" with 1 attribution is a claim of its own' in told
    more = "July 2, 2024\n\nRefunds are late\n\nAnn Lee said that tickets would be refunded.\n"
    ingest(database, "more.txt", more)
    ingest(database, "most.txt", more.replace("July 2", "July 3").replace("Ann Lee said", "Tom Okafor told reporters"))
    assert {told["source"] for told in card(database, whole)["occurrences"]} == {"Tom Okafor"}  # type: ignore[attr-defined]
    assert [told["source"] for told in card(database, new)["occurrences"]] == ["Ann Lee"] * 2  # type: ignore[attr-defined]
    assert run(database, "merge", whole, new).exit_code == 1
    done(database, "undo")
    assert card(database, new)["id"] == whole
    assert card(database, whole)["attributions"] == 5


def test_history_tells_who_said_it_when_with_stance_and_links(database: Path, pairs: list[tuple[int, int]]) -> None:
    """A line each with date, source, stance and article; links with the command that decides them."""
    (one, other), _ = pairs
    shown = done(database, "history", one)
    assert "1 attribution by 1 source in 1 article, first on 2024-06-19" in shown
    assert "2024-06-19  Tarn River Agency (organization) asserts it in Dam holds after storm (article 1)" in shown
    assert f"if they are one:  claims merge {one} {other} --db" in shown
    links = card(database, one)["links"]
    assert [(told["claim_id"], told["other_id"]) for told in links] == [(other, one)]  # type: ignore[attr-defined]


def test_duplicates_are_walked_with_a_line_an_answer(database: Path, pairs: list[tuple[int, int]]) -> None:
    """Progress, both claims with who said them; yes merges the later into the earlier, no keeps apart."""
    (keep, merged), (one, other) = pairs
    result = run(database, "duplicates", "--by", "kim", answers="what?\nyes\nn\n")
    assert result.exit_code == 0
    assert "1 of 2  0.50  alike" in result.stdout
    assert "2 of 2  0.40  alike" in result.stdout
    assert "Tarn River Agency (organization) asserts it in Dam holds after storm" in result.stdout
    assert "Please answer y, n, s or q." in result.stderr
    assert result.stderr.count("One claim?") == 3
    assert result.stdout.endswith("\n1 merged, 1 kept apart, 0 skipped; 0 pairs left.\n")
    assert card(database, merged)["id"] == keep
    assert [told["id"] for told in card(database, one)["apart"]] == [other]  # type: ignore[attr-defined]
    again = run(database, "duplicates")
    assert (again.exit_code, again.stdout, again.stderr) == (0, "", "No pair of claims waits for a decision.\n")
    history = [json.loads(line) for line in done(database, "decisions", "--json").splitlines()]
    assert [(told["action"], told["decided_by"]) for told in history] == [("apart", "kim"), ("merge", "kim")]


def test_a_no_outlives_later_articles_and_can_be_undone(database: Path, pairs: list[tuple[int, int]]) -> None:
    """The pair does not come back by itself, but by `claims undo`."""
    put_in_doubt(database, pairs[0])
    assert "kept apart" in done(database, "duplicates", answers="n\n")
    ingest(database, "later.txt", LATER)
    waiting = done(database, "duplicates", "--list", "--limit", 50)
    assert f"  {pairs[0][1]}  " not in waiting
    done(database, "undo")
    assert f"  {pairs[0][1]}  " in done(database, "duplicates", "--list")


def test_skipped_pairs_come_again_next_time(database: Path, pairs: list[tuple[int, int]]) -> None:
    """Skip goes on, quit stops, and so does the end of the answers; what was answered stays."""
    for answers in ("s\nq\n", "s\n", "s", "S\nQ\n"):
        told = done(database, "duplicates", answers=answers)
        assert "2 of 2" in told
        assert told.endswith("0 merged, 0 kept apart, 1 skipped; 2 pairs left.\n")
    assert run(database, "decisions").stdout == ""
    assert "1 merged" in done(database, "duplicates", answers="s\ny\n")
    assert len(done(database, "duplicates", "--json").splitlines()) == 1


def test_pairs_are_listed_without_questions(database: Path, pairs: list[tuple[int, int]]) -> None:
    """As text or JSON, the surest first; a list that is cut says so; nothing is decided."""
    listed = [json.loads(line) for line in done(database, "duplicates", "--json").splitlines()]
    assert [(pair["first"]["id"], pair["second"]["id"]) for pair in listed] == pairs
    assert listed[0]["first"]["occurrences"][0]["source"] == "Tarn River Agency"
    result = run(database, "duplicates", "--list", "--limit", 1)
    assert "1 of 2" in result.stdout
    assert "2 of 2" not in result.stdout
    assert "first 1 of 2" in result.stderr
    assert run(database, "decisions").stdout == ""


def test_a_key_is_enough_on_a_terminal(
    database: Path, pairs: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No return key; other keys are passed over, the end of input quits."""
    keys = iter("x\ry")

    def key() -> str:
        try:
            return next(keys)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr(click, "getchar", key)
    with Store.open(database) as store:
        monkeypatch.setattr(walking, "_line", walking._key)
        walking._walk(store, database, "kim", "")
        assert [decision.action for decision in store.claim_decisions()] == ["merge"]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_real_terminal_takes_keys(database: Path, pairs: list[tuple[int, int]]) -> None:
    """Two keys without a line's end decide two pairs."""
    import pty

    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "claims", "duplicates", "--db", str(database)]
    with (
        closing(os.fdopen(leader, "wb", buffering=0)) as keyboard,
        closing(os.fdopen(follower)) as terminal,
        subprocess.Popen(
            command, stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
        ) as ran,
    ):
        assert ran.stdout
        assert ran.stderr
        for key in b"yn":
            asked = ""
            while not asked.endswith(walking.QUESTION):
                letter = ran.stderr.read(1)
                assert letter, asked
                asked += letter
            time.sleep(0.3)  # a terminal that is made ready for keys forgets those of before
            keyboard.write(bytes([key]))
        told = ran.stdout.read()
    assert told.endswith("1 merged, 1 kept apart, 0 skipped; 0 pairs left.\n")


def test_pairs_decided_elsewhere_do_not_stop_the_walk(
    database: Path, pairs: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another person was quicker: the pair is passed over, with the reason."""
    (one, other), _ = pairs
    with Store.open(database) as store:
        answers = iter("yn")

        def quicker() -> str:
            answer = next(answers)
            if answer == "y":
                store.keep_claims_apart(one, other, "lee")
            return answer

        monkeypatch.setattr(walking, "_asking", lambda: quicker)
        walking._walk(store, database, "kim", "")
        assert [decision.action for decision in store.claim_decisions()] == ["apart", "apart"]


def test_hostile_words_are_shown_not_sent(tmp_path: Path) -> None:
    """Escapes and marks that turn the line are written out in every view, question and confirmation."""
    database = tmp_path / "claims.db"
    with Store.open(database) as store:
        for number, words in enumerate(("The dam\x1b[2J \u202eheld", "Ferries\x07 were late")):
            article = Article(f"{number}\x1b.txt", f"Day {number}. {words}", title="Red\x1b[31m news")
            store.add(article, [said(article, words)])
    put_in_doubt(database, (1, 2))
    for arguments in (
        ("history", 1), ("duplicates", "--list"), ("merge", 1, 2), ("undo",), ("decisions",), ("merge", 2, 1),
    ):  # fmt: skip
        result = run(database, *arguments)
        assert result.exit_code == 0
        assert not {"\x1b", "\x07", "\u202e"} & set(result.output)


def test_numbers_may_have_a_hash(database: Path) -> None:
    """ "#3" is 3."""
    assert card(database, f"#{claim(database, FALLS)}")["id"] == claim(database, FALLS)  # type: ignore[arg-type]


@pytest.mark.parametrize("arguments", [("merge", 1), ("merge", 1, "x"), ("split", 1), ("history", "-3"), ("undo", "x")])
def test_wrong_usage_is_status_two(database: Path, arguments: tuple[object, ...]) -> None:
    """Numbers that are none, and too few of them."""
    assert run(database, *arguments).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("merge", 1, 999), "No claim has the number 999"),
        (("split", 1, 999), "Attribution 999 is none of claim 1"),
        (("history", 999), "No claim has the number 999"),
        (("undo",), "no decision about claims"),
        (("undo", 7), "no decision 7 about claims"),
        (("merge", 1, 1), "is one already"),
    ],
)
def test_what_cannot_be_done_is_said(database: Path, arguments: tuple[object, ...], told: str) -> None:
    """Status 1, a sentence on standard error, nothing on standard output, nothing changed."""
    result = run(database, *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr
    assert run(database, "decisions").stdout == ""


@pytest.mark.parametrize("command", [("duplicates",), ("duplicates", "--list"), ("merge", 1, 2), ("undo",)])
def test_a_database_that_is_not_there_is_not_made(tmp_path: Path, command: tuple[object, ...]) -> None:
    """A mistyped path is an error for people."""
    result = run(tmp_path / "none.db", *command)
    assert result.exit_code == 1
    assert "none.db" in result.stderr
    assert not (tmp_path / "none.db").exists()


AGAIN = """June 29, 2024

What the agency said

Tarn River Agency said that the river would fall by Friday.
"""


def test_rebuilding_joins_what_ingest_left_apart(database: Path) -> None:
    """`dedupe --rebuild` says what it did, `--dry-run` says the same and does nothing; the old number is found."""
    query(database, "DELETE FROM claim_keys")
    ingest(database, "again.txt", AGAIN)
    (keep,), (other,) = query(database, "SELECT claim_id FROM attributions WHERE text LIKE ? ORDER BY id", f"%{FALLS}%")
    assert keep != other
    known = query(database, "SELECT count(*) FROM claims")[0][0]
    told = f"{known} claims before, {known - 1} after; 1 attribution moved; 1 claim superseded\n"
    assert done(database, "dedupe", "--rebuild", "--dry-run") == told
    assert claim(database, FALLS) == other
    assert done(database, "dedupe", "--rebuild") == told
    assert claim(database, FALLS) == keep
    history = done(database, "history", other)
    assert f"Number {other} was merged into it." in history
    assert f"of claim {other} until the rebuild of" in history
    told = f"{known - 1} claims before, {known - 1} after; 0 attributions moved; 0 claims superseded\n"
    assert done(database, "dedupe", "--rebuild") == told


@pytest.mark.parametrize(
    "arguments", [(), ("--dry-run",), ("--rebuild", "--jsonl", "-"), ("--dry-run", "--jsonl", "-")]
)
def test_dedupe_is_of_a_file_or_of_a_database(database: Path, arguments: tuple[str, ...]) -> None:
    """Exactly one of --jsonl and --rebuild; --dry-run only with the latter."""
    result = run(database, "dedupe", *arguments)
    assert result.exit_code == 2
    assert "--rebuild" in result.stderr


def test_rebuilding_makes_no_database(tmp_path: Path) -> None:
    """A mistyped path is named, and no file is there afterwards."""
    for more in ((), ("--dry-run",)):
        result = run(tmp_path / "none.db", "dedupe", "--rebuild", *more)
        assert result.exit_code == 1
        assert "none.db: there is no such database" in result.stderr
        assert not (tmp_path / "none.db").exists()


def test_a_terminal_is_told_how_far_it_is(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One line that gives way to the next and is gone at the end; nothing where there is no terminal."""
    for terminal, shown in ((True, "\r\x1b[KReading\r\x1b[K"), (False, "")):
        monkeypatch.setattr(sys.stderr, "isatty", lambda terminal=terminal: terminal)
        with progress_line() as tell:
            tell("Reading")
        assert capsys.readouterr().err == shown
