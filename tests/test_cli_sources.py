"""`claims sources` as a user types it: seeing who is who, and deciding it for good."""

import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from claims.cli import main
from claims.cli.tables import shortened, table, width_of
from claims.store import Store
from claims.terms import Article, Attribution, Relation, Source, Span
from tests.conftest import ROOT
from tests.river import ingest

BRIDGE = """June 25, 2024

Bridge to open in spring

Lowland Water Company said that the new pipes would be laid in April. Ann Lee, who
plays the organ, said that the noise was unbearable.
"""
WATER, UTILITIES = "Tarn River Agency", "Lowland Water Company"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["sources", *map(str, arguments)])


def done(database: Path, *arguments: object) -> str:
    """What a command prints that is expected to succeed."""
    command, *rest = arguments
    result = run(command, "--db", database, *rest)
    assert result.exit_code == 0, result.output
    assert "Traceback" not in result.stderr
    return result.stdout


def listed(database: Path, *options: object) -> dict[str, dict[str, object]]:
    rows = [json.loads(line) for line in done(database, "list", "--json", *options).splitlines()]
    return {row["name"]: row for row in rows}


def card(database: Path, source: object) -> dict[str, object]:
    return json.loads(done(database, "show", "--json", source))  # type: ignore[no-any-return]


def test_the_list_shows_who_speaks_most(database: Path) -> None:
    """`claims sources` alone is the list: a head and a line for each source, most attributions first."""
    result = run("--db", database)
    assert result.exit_code == 0
    head, first, *_ = result.stdout.splitlines()
    assert head.split(maxsplit=5) == ["number", "name", "kind", "attributions", "articles", "other names"]
    assert re.fullmatch(r" *\d+  Ann Lee +person +3 +2.*", first)
    assert "Officials" not in result.stdout


def test_the_list_can_be_narrowed_and_widened(database: Path) -> None:
    """--kind, --unnamed and --limit do what they say; a list that is cut says so."""
    assert listed(database, "--kind", "person").keys() == {"Ann Lee", "Tom Okafor"}
    rows = [json.loads(line) for line in done(database, "list", "--unnamed", "--json").splitlines()]
    assert len([row for row in rows if row["name"] == "Officials"]) == 2
    result = run("list", "--db", database, "--limit", 1)
    assert len(result.stdout.splitlines()) == 2
    assert "first 1 source" in result.stderr


def test_search_looks_in_all_names(database: Path) -> None:
    """Any case, any part of a name; other names that a person gave count, too."""
    done(database, "alias", WATER, "River Wardens")
    assert WATER in done(database, "search", "WARDEN")
    assert "Ann Lee" not in done(database, "search", "warden")


def test_search_that_finds_nothing_says_what_to_do(database: Path) -> None:
    """No line on standard output, advice on standard error."""
    result = run("search", "Nobody", "--db", database)
    assert (result.exit_code, result.stdout) == (0, "")
    assert 'no source goes by a name with "Nobody" in it' in result.stderr
    assert "--unnamed" in result.stderr


def test_show_tells_all_and_why(database: Path) -> None:
    """Names, articles and roles, each with its reason or article and date."""
    shown = done(database, "show", "Ann Lee")
    assert "3 attributions in 2 articles" in shown
    assert "2024-06-19  Dam holds after storm" in shown
    assert "Mayor" in shown.split("Roles")[1]
    found = card(database, "Ann Lee")
    assert {"names", "mentions", "roles", "possible", "decisions"} <= found.keys()
    assert all(mention["rule"] and mention["reason"] for mention in found["mentions"])  # type: ignore[attr-defined]


def test_sources_go_by_number_or_name(database: Path) -> None:
    """The number, the name in another case, or a name made of digits with an equals sign before it."""
    number = listed(database)["Ann Lee"]["id"]
    assert card(database, number) == card(database, "ann lee")
    done(database, "alias", "Ann Lee", "112")
    assert card(database, "=112")["id"] == number


def test_names_with_hyphens_go_behind_two(database: Path) -> None:
    """After -- a name may look like an option."""
    done(database, "rename", "Tom Okafor", "--", "-30-")
    assert card(database, "Tom Okafor")["name"] == "-30-"
    result = run("show", "--db", database, "--json", "--", "-30-")
    assert json.loads(result.stdout)["name"] == "-30-"


def test_unknown_source_brings_the_nearest_names(database: Path) -> None:
    """A slip of the keyboard is answered with what was meant."""
    result = run("show", "Ann Leee", "--db", database)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Did you mean" in result.stderr
    assert "Ann Lee" in result.stderr


def test_merged_sources_stay_one_through_later_articles(database: Path) -> None:
    """A merge moves what was said, and a later article that uses the merged name adds to the one source."""
    number = listed(database)[WATER]["id"]
    said = done(database, "merge", WATER, UTILITIES, "--why", "one body, two names")
    assert "1 attribution in 1 article" in said
    assert "2 attributions in 2 articles" in said
    ingest(database, "bridge.txt", BRIDGE)
    assert len(listed(database).keys() & {WATER, UTILITIES}) == 1
    found = card(database, UTILITIES)
    assert (found["id"], found["attributions"], found["articles"]) == (number, 3, 3)
    assert "one body, two names" in done(database, "show", WATER)


def test_a_merged_number_still_leads_to_its_source(database: Path) -> None:
    """Numbers that people noted stay good."""
    rows = listed(database)
    done(database, "merge", WATER, UTILITIES)
    assert card(database, rows[UTILITIES]["id"])["id"] == rows[WATER]["id"]


def test_a_chosen_name_outlives_later_articles(database: Path) -> None:
    """After a rename, articles with the old name go to the source under its new one."""
    done(database, "rename", UTILITIES, "Lowland Water Authority", "--why", "its name since May", "--by", "kim")
    ingest(database, "bridge.txt", BRIDGE)
    rows = listed(database)
    assert UTILITIES not in rows
    assert rows["Lowland Water Authority"]["articles"] == 2
    assert UTILITIES in rows["Lowland Water Authority"]["names"]  # type: ignore[operator]
    assert "by kim (its name since May)" in done(database, "show", UTILITIES)


def test_an_alias_leads_later_articles(database: Path) -> None:
    """A name that a person gave leads to its source in an article that came afterwards."""
    done(database, "alias", WATER, "Saren Water Office", "SWO")
    ingest(database, "water.txt", "Levels fall\n\nThe Saren Water Office said that the level had dropped again.\n")
    found = card(database, WATER)
    assert (found["articles"], found["mentions"][0]["name"]) == (2, "Saren Water Office")  # type: ignore[index]


@pytest.mark.parametrize("article", ["number", "headline"])
def test_one_name_can_be_two_people(database: Path, article: str) -> None:
    """Split by article: the attributions of that article go to a new source, the rest stays."""
    ingest(database, "bridge.txt", BRIDGE)
    mentions = card(database, "Ann Lee")["mentions"]
    [number] = [m["article_id"] for m in mentions if m["article"] == "Bridge to open in spring"]  # type: ignore[attr-defined]
    before = listed(database)["Ann Lee"]["id"]
    named = number if article == "number" else "Bridge to open in spring"
    said = done(database, "split", "Ann Lee", "--article", named, "--why", "the organist")
    assert "1 attribution in 1 article" in said
    assert "3 attributions in 2 articles" in said
    assert card(database, before)["attributions"] == 3
    both = run("show", "Ann Lee", "--db", database)
    assert both.exit_code == 1
    assert str(before) in both.stderr


def test_split_by_name_takes_the_name_along(database: Path) -> None:
    """What was merged by mistake comes apart by the name, and stays apart."""
    done(database, "merge", WATER, UTILITIES)
    done(database, "split", WATER, "--name", UTILITIES)
    ingest(database, "bridge.txt", BRIDGE)
    assert (card(database, WATER)["articles"], card(database, UTILITIES)["articles"]) == (1, 2)


def test_split_needs_to_know_what_goes(database: Path) -> None:
    """Without a name or an article it is wrong usage; an article that it is silent in is named, with those it is in."""
    assert run("split", "Ann Lee", "--db", database).exit_code == 2
    result = run("split", "Ann Lee", "--article", "nowhere.txt", "--db", database)
    assert result.exit_code == 1
    assert "nowhere.txt" in result.stderr
    assert "Dam holds after storm" in result.stderr


def test_every_decision_can_be_undone(database: Path) -> None:
    """The command that each decision prints takes it back, to the last name and number."""
    number = listed(database)["Ann Lee"]["id"]
    article = card(database, "Ann Lee")["mentions"][0]["article_id"]  # type: ignore[index]
    commands: list[tuple[object, ...]] = [
        ("rename", "Ann Lee", "Anna Lee"),
        ("merge", WATER, UTILITIES, "Tom Okafor"),
        ("split", number, "--article", article),
        ("alias", "Ann Lee", "Mayor of Tarn"),
        ("apart", WATER, UTILITIES),
    ]
    before = listed(database, "--unnamed")
    for command in commands:
        first, hint = done(database, *command).splitlines()
        assert first
        undo = hint.removeprefix("Undo it: claims sources ").split()
        assert undo[-2:] == ["--db", str(database)]
        assert listed(database) != before or command[0] in ("alias", "apart", "split")
        assert run(*undo).stdout.startswith("Undone: ")
        assert listed(database, "--unnamed") == before
    history = done(database, "decisions")
    assert history.count("undone") == len(commands)


def test_undo_without_a_number_takes_the_last_one_back(database: Path) -> None:
    """One after another, latest first; when none is left it says so."""
    done(database, "rename", "Ann Lee", "Anna Lee")
    done(database, "alias", "Tom Okafor", "Ferry Tom")
    assert "Ferry Tom" in done(database, "undo")
    assert "Anna Lee" in done(database, "undo")
    assert run("undo", "--db", database).exit_code == 1


def test_pairs_for_a_person_come_with_the_commands_that_decide(tmp_path: Path) -> None:
    """What `possible` and `show` print can be typed; a pair that was decided is not asked about again."""
    database = tmp_path / "claims.db"
    for number, name in enumerate(("Elizabeth Okafor", "Elisabeth Okafor")):
        store_one(database, name, Article(f"{number}.txt", f"Nothing happened on day {number}."))
    shown = done(database, "possible")
    assert "Elizabeth Okafor" in shown
    assert "if they are one:" in shown
    assert "Possibly the same" in done(database, "show", "1")
    [pair] = map(json.loads, done(database, "possible", "--json").splitlines())
    assert {pair["id"], pair["other_id"]} == {1, 2}
    command = next(line.split("claims sources ")[1] for line in shown.splitlines() if "apart" in line).split()
    assert run(*command).exit_code == 0
    result = run("possible", "--db", database)
    assert (result.stdout, result.stderr) == ("", "No pair of sources waits for a decision.\n")
    assert "Not the same" in done(database, "show", "1")


def store_one(database: Path, name: str, article: Article) -> None:
    """Store an article in which a person says one thing."""
    source = Source(name, name, "person", "full-name", names=(name,))
    relation = Relation((), (), (Span(0, 7),), 0.9, "test")
    with Store.open(database) as store:
        store.add(article, [Attribution("a", relation, "Nothing", "said", "say", (source,), "direct", "asserts")])


def test_hostile_names_are_shown_not_sent(tmp_path: Path) -> None:
    """Escapes and marks that turn the line are written out in every view, error and confirmation."""
    database = tmp_path / "hostile.db"
    article = Article("a\x1b[2J.txt", "Nothing happened here today.", title="Red\x1b[31m \u202enews")
    store_one(database, "Eve\x1b[31m\u202e Moor", article)
    for arguments in (("list",), ("show", "1"), ("search", "moor"), ("show", "Eve\x1b Mooor"), ("alias", "1", "x\x07")):
        result = run(arguments[0], "--db", database, *arguments[1:])
        assert "\x1b" not in result.output
        assert "\x07" not in result.output
        assert "\u202e" not in result.output
    assert "\\x1b[31m" in done(database, "list")


@pytest.mark.parametrize(
    "arguments",
    [
        ("rename", "1"), ("rename", "1", " "), ("merge", "1"), ("alias", "1"), ("apart", "1"), ("undo", "x"),
        ("show", ""), ("search", ""), ("list", "--kind", "robot"), ("show", "a\udce9"), ("nonsense",),
    ],
)  # fmt: skip
def test_wrong_usage_is_status_two(database: Path, arguments: tuple[str, ...]) -> None:
    """Wrong usage ends with status 2 and changes nothing."""
    assert run(arguments[0], "--db", database, *arguments[1:]).exit_code == 2


@pytest.mark.parametrize("command", [("list",), ("show", "1"), ("rename", "1", "Kim"), ("undo",)])
def test_a_database_that_is_not_there_is_not_made(tmp_path: Path, command: tuple[str, ...]) -> None:
    """A mistyped path is an error for people, for deciding commands too."""
    result = run(command[0], "--db", tmp_path / "none.db", *command[1:])
    assert result.exit_code == 1
    assert "none.db" in result.stderr
    assert not (tmp_path / "none.db").exists()


def test_an_empty_database_says_what_to_do(tmp_path: Path) -> None:
    """No sources yet: advice on standard error."""
    with Store.open(tmp_path / "claims.db"):
        pass
    result = run("--db", tmp_path / "claims.db")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "claims ingest" in result.stderr


def test_columns_are_cut_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal's lines fit its width, wide letters counted twice; a pipe gets every word."""
    rows = [(1, "Korean Central News Agency", "media", "朝鮮中央通信社; " * 5), (22, "Ann Lee", "person", "")]
    whole = table(rows, cut=(1, 3))
    assert rows[0][3].strip() in whole[0]
    for width in (40, 60, 80):
        monkeypatch.setattr("claims.cli.tables.terminal_width", lambda width=width: width)
        assert all(width_of(line) <= width for line in table(rows, cut=(1, 3)))
    assert shortened("one two", 4) == "one…"


@given(st.text(max_size=30), st.integers(min_value=1, max_value=30))
def test_shortened_text_fits_and_is_the_start(text: str, width: int) -> None:
    """Whatever the letters, a shortened text takes no more columns than it may; one that fits stays as it is."""
    short = shortened(text, width)
    assert width_of(short) <= width
    assert short == text if width_of(text) <= width else text.startswith(short.removesuffix("…"))


def test_each_command_of_the_group_has_help_and_is_documented() -> None:
    """Each says what it does, each option what it is for, and the README names each."""
    group = main.get_command(None, "sources")  # type: ignore[arg-type]
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in group.list_commands(None):  # type: ignore[union-attr]
        command = group.get_command(None, name)  # type: ignore[union-attr]
        assert command.help
        assert all(option.help for option in command.params if isinstance(option, click.Option))
        assert re.search(rf"claims sources {name}\b", readme)
