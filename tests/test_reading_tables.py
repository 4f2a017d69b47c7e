"""Tables and JSON as people have them: exports of archives, search engines and spreadsheets, some of them broken."""

import csv
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.errors import InputRefused
from claims.reading import Given, read_articles
from claims.reading.tabular.quoting import fields_with_quotes
from claims.terms import Article

SAID = "The dam above Sarn held through the night, Mayor Ann Lee said on Monday, and nobody had to leave a house."
ALSO = "The old bridge held, too, the fire service said, and the lower town of Sarn stayed dry until the morning."


def read(path: Path, **columns: str) -> list[Article | InputRefused]:
    return list(read_articles([str(path)], Given(columns=columns)))


def articles(found: list[Article | InputRefused]) -> list[Article]:
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


def refusals(found: list[Article | InputRefused], folder: Path) -> list[str]:
    """What was refused, without the folder's name."""
    return [str(one).replace(f"{folder}/", "") for one in found if isinstance(one, InputRefused)]


def written(folder: Path, name: str, content: Any) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return file


GUARDIAN = {
    "id": "world/1",
    "webPublicationDate": "2024-07-15T10:00:00Z",
    "webTitle": "Dam holds",
    "webUrl": "https://sarn.example/1",
    "fields": {"bodyText": SAID, "byline": "Ann Bo"},
}
NEWS_PLEASE = {
    "authors": ["Ann Bo"],
    "date_download": "2024-08-01 10:00:00",
    "date_publish": "2024-07-15 10:00:00",
    "maintext": SAID,
    "source_domain": "sarn.example",
    "text": None,
    "title": "Dam holds",
    "url": "https://sarn.example/1",
}
EXPORTS: dict[str, tuple[Any, tuple[str | None, ...]]] = {
    "an aggregator's articles": (
        {
            "status": "ok",
            "articles": [
                {
                    "source": {"id": "sc", "name": "Sarn Courier"},
                    "author": "Ann Bo",
                    "title": "Dam holds",
                    "url": "https://sarn.example/1",
                    "publishedAt": "2024-07-15T10:00:00Z",
                    "content": SAID,
                }
            ],
        },
        ("Sarn Courier", "Ann Bo"),
    ),
    "a newspaper's interface": ({"response": {"status": "ok", "results": [GUARDIAN]}}, (None, "Ann Bo")),
    "one article of it": ({"response": {"status": "ok", "content": GUARDIAN}}, (None, "Ann Bo")),
    "a crawler's article": (NEWS_PLEASE, ("sarn.example", "Ann Bo")),
    "a search engine's hits": (
        {
            "took": 1,
            "hits": {
                "total": 1,
                "hits": [
                    {
                        "_index": "news",
                        "_source": {
                            "headline": "Dam holds",
                            "body": SAID,
                            "link": "https://sarn.example/1",
                            "published": {"$date": "2024-07-15T00:00:00Z"},
                        },
                    }
                ],
            },
        },
        (None, None),
    ),
    "a blog's posts": (
        [
            {
                "id": 1,
                "date": "2024-07-15T10:00:00",
                "link": "https://sarn.example/1",
                "title": {"rendered": "Dam holds"},
                "content": {"rendered": f"<p>{SAID}</p>"},
                "author": 5,
            }
        ],
        (None, None),
    ),
    "an extractor's output": (
        {
            "title": "Dam holds",
            "author": "Ann Bo",
            "hostname": "sarn.example",
            "date": "2024-07-15",
            "text": SAID,
            "source": "https://sarn.example/1",
        },
        ("sarn.example", "Ann Bo"),
    ),
}


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("kind", EXPORTS)
def test_exports_need_no_mapping(tmp_path: Path, kind: str, indent: int | None) -> None:
    """What programs write is understood by the usual names, on one line or many, wherever the list of articles is."""
    value, (publisher, author) = EXPORTS[kind]
    [article] = articles(read(written(tmp_path, "a.json", json.dumps(value, indent=indent))))
    assert (article.title, article.published, article.url) == ("Dam holds", "2024-07-15", "https://sarn.example/1")
    assert (article.text, article.publisher, article.author) == (SAID, publisher, author)


def test_objects_come_in_any_order_of_lines(tmp_path: Path) -> None:
    """A line each under another ending, over many lines one after another, or several in a line's list."""
    one, two = ({"text": words, "title": "t"} for words in (SAID, ALSO))
    for name, content, places in (
        ("lines.json", f"\n{json.dumps(one)}\n{json.dumps(two)}\n", ["#2", "#3"]),
        ("broken-first.json", f"{{oops\n{json.dumps(one)}\n", ["#1: is", "#2"]),
        ("row.json", f"{json.dumps(one, indent=1)}\n{json.dumps(two, indent=1)}", ["#1", "#2"]),
        ("pages.jsonl", json.dumps({"articles": [one, two]}) + "\n" + json.dumps(two), ["#1.1", "#1.2", "#2"]),
        ("cut.json", json.dumps([one, two, one])[:-9], ["#1", "#2", "#3: is"]),
        ("unclosed.json", json.dumps([one, two])[:-1], ["#1", "#2", "#2: is"]),
    ):
        file = written(tmp_path, name, content)
        found = [one.path if isinstance(one, Article) else str(one) for one in read(file)]
        assert [each.removeprefix(str(file))[: len(place)] for each, place in zip(found, places, strict=True)] == places


def test_nested_columns_are_mapped_with_dots(tmp_path: Path) -> None:
    """--map text=fields.prose leads into objects; a column of a spreadsheet may have the dot in its name."""
    rows = [{"fields": {"prose": SAID, "top": {"line": "Dam holds"}}, "when": {"day": "2024-07-15"}}]
    columns = {"text": "fields.prose", "title": "fields.top.line", "published": "when.day"}
    for name, content in (
        ("a.json", {"data": {"items": rows}}),
        ("a.jsonl", rows[0]),
        ("a.csv", f'fields.prose,fields.top.line,when.day\n"{SAID}",Dam holds,2024-07-15\n'),
    ):
        [article] = articles(read(written(tmp_path, name, content), **columns))
        assert (article.text, article.title, article.published) == (SAID, "Dam holds", "2024-07-15")
    [refusal] = refusals(read(tmp_path / "a.jsonl", text="fields.words"), tmp_path)
    assert "has no column 'fields.words' for the text; its columns are fields, fields.prose, fields.top" in refusal


def test_a_comment_is_no_article(tmp_path: Path) -> None:
    """Lists of tags and comments have a "text", too; several lists of articles are for people to tell apart."""
    tags = {"title": "x", "tags": [{"text": "dam"}], "comments": [{"text": "Well said!"}]}
    [refusal] = refusals(read(written(tmp_path, "a.json", tags)), tmp_path)
    assert "a.json: has no column that is known to hold the text" in refusal
    [refusal] = refusals(
        read(written(tmp_path, "b.json", {"new": [{"text": SAID}], "old": [{"text": ALSO}]})), tmp_path
    )
    assert "b.json: holds several lists of articles (new, old)" in refusal


def test_a_stump_of_an_article_is_refused_with_its_address(tmp_path: Path) -> None:
    """What an aggregator cuts off after 200 characters is no article, as a feed's summary is none."""
    stump = {"articles": [{"content": SAID + "… [+1234 chars]", "url": "https://sarn.example/1", "title": "Dam"}]}
    [refusal] = refusals(read(written(tmp_path, "a.json", stump)), tmp_path)
    assert "a.json#1: has no more than the beginning of its text ([+1234 chars]); the article is at https://" in refusal


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.jsonl", "", "is empty"),
        ("a.jsonl", "\n \n", "is empty"),
        ("a.json", "", "is empty"),
        ("a.json", "[]", "its list of them is empty"),
        ("a.json", '{"articles": []}', "its list of them is empty"),
        ("a.json", '"words"', "is no JSON object"),
        ("a.csv", "", "is empty"),
        ("a.csv", "\n\n", "is empty"),
        ("a.csv", "title,text\n", "has no rows below"),
        ("a.csv", "title,text\n,\n\n", "has no rows below"),
    ],
)
def test_what_holds_nothing_is_said(tmp_path: Path, name: str, content: str, reason: str) -> None:
    """A table without rows is refused by name, as any file is that gives no article."""
    [refusal] = refusals(read(written(tmp_path, name, content)), tmp_path)
    assert refusal.startswith(f"{name}: ")
    assert reason in refusal


def test_a_table_of_addresses_says_what_to_do_with_them(tmp_path: Path) -> None:
    """Many an archive may give away no texts, only where they stand."""
    table = "id,publish_date,title,url,media_name\n1,2024-07-15,Dam,https://sarn.example/1,Courier\n"
    [refusal] = refusals(read(written(tmp_path, "a.csv", table)), tmp_path)
    assert "or ingest what stands at the addresses in 'url' (@FILE: a list, one a line)" in refusal


def test_other_json_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    """Settings and maps among articles are nobody's mistake; a file that has prose in it is named."""
    written(tmp_path, "a.json", NEWS_PLEASE)
    written(tmp_path, "package.json", {"name": "x", "version": "1"})
    written(tmp_path, "points.json", [[1, 2], [3, 4]])
    assert [article.path for article in articles(read(tmp_path))] == [f"{tmp_path}/a.json"]
    written(tmp_path, "b.json", {"parole": SAID})
    [refusal] = refusals(read(tmp_path), tmp_path)
    assert refusal.startswith("b.json: has no column that is known to hold the text; its columns are parole")
    [refusal] = refusals(read(tmp_path / "package.json"), tmp_path)
    assert refusal.startswith("package.json: has no column")


def rows(first: int, last: int, quote: str) -> str:
    return "".join(f"{n},Title {n},{quote}On day {n} the dam held{quote}\n" for n in range(first, last))


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_stray_quotation_mark_costs_its_own_row(tmp_path: Path, quote: str) -> None:
    """A mark that nothing closes, or that a later row's closes, swallows no other row."""
    table = "id,title,text\n" + rows(2, 5, quote) + '5,"Stray,The dam held\n' + rows(6, 600, quote)
    found = read(written(tmp_path, "a.csv", table))
    assert refusals(found, tmp_path) == [
        "a.csv#5: is no row of a table: a quotation mark opens a field that does not end there; read on from line 6"
    ]
    assert [one.path.partition("#")[2] for one in found if isinstance(one, Article)] == [
        str(n) for n in range(2, 600) if n != 5
    ]


def test_rows_within_a_field_are_rows(tmp_path: Path) -> None:
    """Where a stray mark is closed much later by another, so that one row seems to have the rest in it."""
    table = "id,title,text\n" + '2,Stray,"The dam held\n' + rows(3, 40, "") + "40,Bridge,It is 9'6\", she said\n"
    found = read(written(tmp_path, "a.csv", table))
    assert len(refusals(found, tmp_path)) == 2
    assert len(found) == 39
    table = 'id,text,title\n2,"The dam held,Stray\n' + "".join(f"{n},It held,T\n" for n in range(3, 9)) + '9,so",T\n'
    found = read(written(tmp_path, "a.csv", table))
    assert [one.path.partition("#")[2] for one in found if isinstance(one, Article)] == list("3456789")


def test_a_long_field_that_ends_costs_no_other_row(tmp_path: Path) -> None:
    """Two megabytes in one cell are too long for an article; the row after it is read as it is."""
    with open(tmp_path / "a.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["title", "text"], ["a", "The dam held, she said.\n" * 90_000], ["b", SAID]])
    found = read(tmp_path / "a.csv")
    assert [refusal.partition(";")[0] for refusal in refusals(found, tmp_path)] == [
        "a.csv#2: holds 2,160,000 characters"
    ]
    assert [one.title for one in found if isinstance(one, Article)] == ["b"]


def test_marks_that_are_not_doubled_are_read_as_they_stand(tmp_path: Path) -> None:
    """Marks within a field have one meaning where none stands at a comma; backslashes before them are understood."""
    table = 'id,title,text\n1,A,"He said "It held, I saw it," and left."\n2,"B, too",""No" was his answer"\n'
    one, two = articles(read(written(tmp_path, "a.csv", table + '3,C,"It held, he said."\n'))[:2])
    assert (one.text, two.text) == ('He said "It held, I saw it," and left.', '"No" was his answer')
    assert "not doubled" in one.notes[-1]
    table = 'id,title,text\n1,A,"He said \\"It held, I saw it\\" and left.\nThen he \\"slept\\", too."\n'
    [article] = articles(read(written(tmp_path, "b.csv", table)))
    assert article.text == 'He said "It held, I saw it" and left.\nThen he "slept", too.'


def test_spreadsheets_say_what_divides_fields(tmp_path: Path) -> None:
    """A first line "sep=;", blanks behind commas, and lines that end as they did on old machines."""
    [article] = articles(read(written(tmp_path, "a.csv", f'sep=|\ntitle|text\nDam, it; is|"{SAID}"\n')))
    assert (article.path, article.title) == (f"{tmp_path}/a.csv#3", "Dam, it; is")
    [article] = articles(read(written(tmp_path, "b.csv", f'title, text\n"Dam, holds", "{SAID}"\n')))
    assert (article.title, article.text) == ("Dam, holds", SAID)
    (tmp_path / "c.csv").write_bytes(f'title,text\rDam,"{SAID}\r{ALSO}"\r\rBridge,{ALSO.replace(",", "")}\r'.encode())
    one, two = articles(read(tmp_path / "c.csv"))
    assert (one.path, two.path) == (f"{tmp_path}/c.csv#2", f"{tmp_path}/c.csv#5")
    assert (one.text, two.title) == (f"{SAID}\r{ALSO}", "Bridge")


def test_a_table_of_stray_marks_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be read again and again is given up, by name."""
    monkeypatch.setattr("claims.reading.tabular.quoting._MOST_AGAIN", 1000)
    file = written(tmp_path, "a.csv", "id,title,text\n" + 'a",b"c,"d\n' * 500)
    [refusal] = refusals(read(file), tmp_path)
    assert refusal.endswith("like many before it; the table is not read on")


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.sampled_from([SAID, "<p>x</p>", "https://a/"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["text", "title", "articles", "_source", "fields", "content", "date", "url", "name", ""]),
            inner,
        )
    ),
    max_leaves=20,
)


@given(_JSON, st.sampled_from([None, 1]), st.integers(0, 3))
def test_any_json_is_read_or_refused(value: Any, indent: int | None, cut: int) -> None:
    """Whatever its shape, broken off or not, it gives articles and refusals by name, at least one of them."""
    document = json.dumps(value, indent=indent)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("a.json", "a.jsonl"):
            assert read(written(Path(folder), name, document[: len(document) - cut]))


@given(st.lists(st.text('ab ",;\n\r\\', max_size=9), max_size=30).map("".join))
@example('"\n\r;\n\n"')
def test_any_table_is_read_to_its_end(table: str) -> None:
    """However quotation marks stand, reading ends, and lines are named in order."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.csv"
        file.write_text("text,b,c\n" + table + "\ngood,1,2\n", "utf-8", newline="")
        lines = [
            int(name.rpartition("#")[2])
            for one in read(file)
            if "#" in (name := one.path if isinstance(one, Article) else one.name)
        ]
    assert lines == sorted(lines)


@given(st.lists(st.text('ab ",\\', max_size=9), min_size=1, max_size=5))
def test_doubled_marks_give_the_same_fields(cells: list[str]) -> None:
    """Where nothing is wrong with a row, reading it as one that may be gives what it says."""
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL, lineterminator="").writerow(cells)
    found = fields_with_quotes(line.getvalue(), ",", 1000)
    assert found == cells or any('",' in cell or ',"' in cell or '"' in cell for cell in cells)
