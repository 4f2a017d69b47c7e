"""Articles in web pages: their text with every quotation, what pages say of themselves, and pages that mean harm."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import InputRefused
from claims.reading import Given, read_articles, sheltered
from claims.reading.charsets import page_text
from claims.reading.limits import MAX_BYTES
from claims.reading.pages import is_page, read_page
from claims.reading.pages.finding import find
from claims.reading.tongues import tongue_of
from claims.terms import Article

BEFORE = "The dam above Sarn held on Monday, the mayor told residents who had gathered in the square before dawn."
AFTER = "The minister will visit on Tuesday, her spokesman said in a short note to reporters on Monday evening."
LAST = "Schools open again on Wednesday, the council said in its letter to the parents of the whole valley."


def page(body: str, head: str = "", lang: str = "en") -> bytes:
    return (
        f"<!doctype html><html lang='{lang}'><head><title>Dam holds</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a></nav><article><h1>Dam holds</h1><p>{BEFORE}</p>{body}<p>{AFTER}</p><p>{LAST}</p>"
        "</article><footer>Copyright</footer></body></html>"
    ).encode()


def lines(data: bytes) -> list[str]:
    return list(find(data)["text"].split("\n"))


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (
            "<blockquote><p>“It never moved,” he wrote.</p><p>“I thank all.”</p></blockquote>",
            ["“It never moved,” he wrote.", "“I thank all.”"],
        ),
        ("<blockquote class='pullquote'>We are tired but alive</blockquote>", ["We are tired but alive"]),
        (
            "<figure class='quote'><blockquote>It forgives.</blockquote><figcaption>Lena Ost</figcaption></figure>",
            ["It forgives.", "Lena Ost"],
        ),
        ("<aside><blockquote><p>The river forgives nothing.</p></blockquote></aside>", ["The river forgives nothing."]),
        (
            "<blockquote><p>We looked for hours.</p><footer>Bo Carr, engineer</footer></blockquote>",
            ["We looked for hours.", "Bo Carr, engineer"],
        ),
        (
            "<div class='embed related'><blockquote><p>We looked for hours.</p></blockquote></div>",
            ["We looked for hours."],
        ),
        (
            "<p>As she put it, <q>the wall is <em>sound</em></q>, and left.</p>",
            ["As she put it, “the wall is sound”, and left."],
        ),
        ("<p>He wrote: <q>They said <q>run</q> to us</q></p>", ["He wrote: “They said ‘run’ to us”"]),
        ("<p>He wrote: <q>“Run”</q> to us</p>", ["He wrote: “Run” to us"]),
        (
            "<blockquote class='twitter-tweet'><p>The dam is safe.</p>— Police <a href='/1'>July 15</a></blockquote>",
            ["The dam is safe.", "— Police July 15"],
        ),
        ("<ul><li>The bridge is shut, the council said.</li></ul>", ["- The bridge is shut, the council said."]),
    ],
)
def test_quotations_are_kept_where_they_stand(body: str, kept: list[str]) -> None:
    """However they are marked up, between the paragraphs around them, and with their marks."""
    assert lines(page(body)) == ["Dam holds", BEFORE, *kept, AFTER, LAST]


def test_pulled_quotations_are_not_read_twice() -> None:
    """What stands in a paragraph is not said once more because it is printed large."""
    found = find(page(f"<aside><blockquote>{LAST[:60]}</blockquote></aside>"))["text"]
    assert found.count(LAST[:60]) == 1


def test_links_to_elsewhere_are_no_quotations() -> None:
    """A block quotation that is a link to another article stays out."""
    body = "<div class='related'><blockquote><a href='/x'>Read of the storm of the century here</a></blockquote></div>"
    assert "storm" not in find(page(body))["text"]


def test_what_a_page_says_of_itself() -> None:
    """Title, day, author, publisher, canonical address, language; no menus, no comments, no tables."""
    head = (
        "<meta property='og:site_name' content='The Sarn Courier'><meta name='author' content='Ann Lee'>"
        "<meta property='article:published_time' content='2024-07-15T08:00:00Z'>"
        "<link rel='canonical' href='https://www.courier.example/dam'>"
    )
    article = read_page("dam.html", page("<table><tr><td>Rain</td></tr></table>", head))
    assert (article.title, article.published, article.author) == ("Dam holds", "2024-07-15", "Ann Lee")
    assert (article.publisher, article.url) == ("The Sarn Courier", "https://www.courier.example/dam")
    assert article.language == "en"
    assert article.text.split("\n") == ["Dam holds", BEFORE, AFTER, LAST]
    assert read_page("-", page("", head), url="https://m.courier.example/dam?x=1").url == article.url
    assert read_page("-", page("", head), url="https://evil.example/").url == "https://evil.example/"


def test_a_month_is_no_day() -> None:
    """ "May 2024" somewhere in the text is not the day of publication; the first of May in the page's head is."""
    assert find(page("<p>The wall was built in May 2019, he said.</p>"))["published"] is None
    head = "<meta property='article:published_time' content='2024-05-01'>"
    assert find(page("", head))["published"] == "2024-05-01"


def test_a_page_without_an_article_is_refused(tmp_path: Path) -> None:
    """By name, and the rest is read."""
    (tmp_path / "a.html").write_bytes(b"<!doctype html><html><body></body></html>")
    (tmp_path / "b.html").write_bytes(page(""))
    refused, article = read_articles([str(tmp_path)])
    assert isinstance(refused, InputRefused)
    assert str(tmp_path / "a.html") in str(refused)
    assert "no article could be found" in str(refused)
    assert isinstance(article, Article)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<p>Café “Sarn”".encode(), "<p>Café “Sarn”"),
        ("<meta charset=iso-8859-1><p>Café “Sarn”".encode(), "<meta charset=iso-8859-1><p>Café “Sarn”"),
        ("<meta charset=latin1><p>“Sarn”".encode("cp1252"), "<meta charset=latin1><p>“Sarn”"),
        ("<meta charset=koi8-r><p>Сарн".encode("koi8-r"), "<meta charset=koi8-r><p>Сарн"),
        ("<p>Café".encode("utf-16"), "<p>Café"),
        ("<p>Café".encode("utf-16-le"), "<p>Café"),
        ("<p>Café".encode("utf-16-be"), "<p>Café"),
        ("\ufeff<p>Café".encode(), "<p>Café"),
        (b"<meta charset=unicode_escape><p>\\x41 \xe9", "<meta charset=unicode_escape><p>\\x41 é"),
    ],
)
def test_charsets_are_told_by_bytes_before_labels(data: bytes, text: str) -> None:
    """Marks, then UTF-8 whatever the label says, then the label as browsers understand it."""
    assert page_text(data)[0] == text


def test_the_server_knows_the_charset() -> None:
    """Its label goes before the page's; one that does not fit is passed over."""
    data = "<meta charset=utf-8><p>Привет, Сарн".encode("cp1251")
    assert "Привет" in page_text(data, "windows-1251")[0]
    assert page_text("<p>The café is shut.".encode("cp1252"), "no-such-charset")[0] == "<p>The café is shut."


@given(
    st.binary(max_size=200),
    st.none() | st.text(max_size=12) | st.sampled_from(("utf-16", "cp037", "idna", "hz", "utf-7")),
)
def test_any_bytes_under_any_label_are_text_or_refused(data: bytes, label: str | None) -> None:
    """No bytes and no label crash the decoder of pages."""
    try:
        page_text(data, label)
    except InputRefused:
        return


def test_halves_and_nulls_do_not_survive() -> None:
    """Lone surrogates and NUL, written or meant, end in nothing that a database cannot hold."""
    article = read_page("-", page("<p>The dam &#xD800; held &#0; for x\0y, he said &#x1F600; to all.</p>"))
    article.text.encode("utf-8")
    assert "\0" not in article.text
    assert "😀 to all" in article.text


def test_what_looks_like_a_page() -> None:
    """With comments, declarations or marks before it, in any case; a text about HTML is none."""
    for data in (
        b"<!DOCTYPE HTML>",
        b"\xef\xbb\xbf\n<html lang=en>",
        b"<!-- saved --><html>",
        b"<?xml version='1.0'?><!DOCTYPE html>",
        "<html>".encode("utf-16"),
        b"<head>",
    ):
        assert is_page(data)
    for data in (b"", b"The <html> tag", b"<rss>", b"<!--" + b"x" * 9000, b"\x1f\x8b"):
        assert not is_page(data)


LAUGHS = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10 if n else 'ha'}'>" for n in range(12))


@pytest.mark.parametrize(
    "data",
    [
        b"<!doctype html><html><body>" + b"<div>" * 100_000 + BEFORE.encode(),
        b"<!doctype html><html><body><article>" + b"<blockquote>" * 100_000 + BEFORE.encode(),
        b"<!doctype html><html><body><article>" + b"<table><tr><td>" * 50_000 + BEFORE.encode(),
        page("<table><tr><td colspan=1000000 rowspan=1000000>a</td></tr></table>" * 100),
        f"<?xml version='1.0'?><!DOCTYPE html [{LAUGHS}]><html><body><p>{BEFORE} &l11;</p></body></html>".encode(),
        page("", "<script type='application/ld+json'>" + '{"a":' * 100_000 + "</script>"),
        page("<q>" * 20_000 + "x"),
        page("<p>&#xFFFFFFFF;&#99999999999999;&nosuch;</p>"),
    ],
    ids=["nested", "quotes", "tables", "colspan", "laughs", "json", "marks", "entities"],
)
def test_pages_that_mean_harm_are_read_or_refused(data: bytes) -> None:
    """Neither depth nor width nor entities hold the reader up; the next page is read."""
    begun, refused = time.monotonic(), "bad.html"
    try:
        read_page("bad.html", data)
    except InputRefused as refusal:
        refused = refusal.name
    assert refused == "bad.html"
    assert time.monotonic() - begun < sheltered.PARSE_SECONDS + 20
    assert BEFORE in read_page("good.html", page("")).text


def test_a_page_that_is_too_large_is_not_parsed() -> None:
    """A hundred megabytes are refused at once."""
    with pytest.raises(InputRefused, match=r"big.html: larger than 20 MB"):
        read_page("big.html", b"<p>" + b"x" * MAX_BYTES)


def tires(data: bytes) -> None:
    time.sleep(60)


def dies(data: bytes) -> None:
    os.abort()


def grows(data: bytes) -> int:
    return len(bytearray(5_000_000_000))


def fails(data: bytes) -> None:
    raise RecursionError


def prints(data: bytes) -> str:
    os.write(1, b"noise\n")
    print("more noise", flush=True)
    return data.decode()


@pytest.mark.parametrize(
    ("job", "reason"),
    [
        ("tires", "took longer than 1 seconds"),
        ("dies", "kills the program that parses it"),
        ("grows", "takes more than"),
        ("fails", r"failed \(RecursionError\)"),
    ],
)
def test_the_death_of_the_parser_is_survived(job: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever ends it: the input is refused by name, and the next one is read by a new process."""
    if job == "tires":
        monkeypatch.setattr(sheltered, "PARSE_SECONDS", 1)
    with pytest.raises(InputRefused, match=f"bad.html: .*{reason}"):
        sheltered.sheltered("bad.html", f"tests.test_reading_pages:{job}", b"x")
    monkeypatch.undo()
    assert sheltered.sheltered("good.html", "tests.test_reading_pages:prints", b"fine") == "fine"


def test_the_parser_is_kept() -> None:
    """One process reads many pages; what jobs print does not disturb their answers."""
    sheltered.sheltered("a", "tests.test_reading_pages:prints", b"a")
    worker = sheltered._worker
    assert sheltered.sheltered("b", "tests.test_reading_pages:prints", b"b\nb") == "b\nb"
    assert sheltered._worker is worker


def test_a_stopped_program_leaves_no_answer_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while a page is parsed: the next question gets its own answer."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    sheltered.sheltered("a", "tests.test_reading_pages:prints", b"a")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheltered.json, "loads", stop)
        with pytest.raises(KeyboardInterrupt):
            sheltered.sheltered("a", "tests.test_reading_pages:prints", b"old")
    assert sheltered.sheltered("b", "tests.test_reading_pages:prints", b"new") == "new"


def test_a_clock_that_strikes_late_harms_no_other_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that was ended just after it answered is not asked again."""
    sheltered.sheltered("a", "tests.test_reading_pages:prints", b"a")
    worker = sheltered._worker
    assert worker
    worker._kill()
    worker._process.wait()
    with pytest.raises(InputRefused):
        sheltered.sheltered("a", "tests.test_reading_pages:prints", b"a")
    assert sheltered.sheltered("b", "tests.test_reading_pages:prints", b"b") == "b"


def test_nothing_to_parse_with_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no process can be started the page is refused, not the program ended."""
    sheltered._end()
    monkeypatch.setattr(sheltered.sys, "executable", "/nowhere/python")
    with pytest.raises(InputRefused, match="does not start"):
        read_page("a.html", page(""))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_process_has_a_parser_of_its_own() -> None:
    """Two processes never write into one pipe."""
    read_page("a.html", page(""))
    child = os.fork()
    if child == 0:
        try:
            fine = sheltered._worker is None and BEFORE in read_page("b.html", page("")).text
            sheltered._end()
        finally:
            os._exit(0 if fine else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert BEFORE in read_page("c.html", page("")).text


TAGS = [
    "<p>",
    "</p>",
    "<blockquote>",
    "</blockquote>",
    "<q>",
    "</q>",
    "<figure>",
    "</figure>",
    "<a>",
    "</a>",
    "<aside>",
    "<table>",
    "<td>",
    "<!--",
    "-->",
    "&lt;",
    "&#xD800;",
    "<![CDATA[",
    "<footer>",
    "<title>",
    "<script>",
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(TAGS) | st.text(max_size=20), max_size=25))
def test_any_markup_is_read_or_refused(pieces: list[str]) -> None:
    """No soup of tags crashes what finds the article."""
    try:
        found = find("".join(pieces).encode("utf-8", "surrogatepass"))
    except InputRefused:
        return
    assert found["text"]


SAID = {
    "de": "Der Damm hat gehalten, wie der Bürgermeister am Montag sagte, und die Straße ist bis zum Samstag gesperrt.",
    "fr": "Le maire de Sarn a déclaré lundi que le barrage avait tenu et que la route resterait fermée jusqu’à samedi.",
    "es": "El alcalde de Sarn dijo el lunes que la presa había resistido y que la carretera seguiría cerrada.",
    "it": "Il sindaco di Sarn ha detto lunedì che la diga ha tenuto e che la strada resterà chiusa fino a sabato.",
    "pt": "O prefeito de Sarn disse na segunda-feira que a barragem resistiu e que a estrada ficará fechada.",
    "nl": "De burgemeester van Sarn zei maandag dat de dam het heeft gehouden en dat de weg nog dicht blijft.",
    "sv": "Borgmästaren i Sarn sade på måndagen att dammen hade hållit och att vägen skulle vara stängd till helgen.",
    "pl": "Burmistrz Sarnu powiedział w poniedziałek, że tama wytrzymała i że droga będzie zamknięta do soboty.",
    "id": "Wali kota Sarn mengatakan pada hari Senin bahwa bendungan itu bertahan dan jalan akan ditutup sampai Sabtu.",
    "ru": "Мэр Сарна заявил в понедельник, что плотина выдержала, и дорога будет закрыта до выходных.",
    "ar": "قال رئيس بلدية سارن يوم الاثنين إن السد صمد وإن الطريق سيبقى مغلقا حتى نهاية الأسبوع.",
    "zh": "萨恩市长周一表示，大坝经受住了考验，道路将关闭至周末。",
    "ja": "サーン市長は月曜日、ダムは持ちこたえたと述べ、道路は週末まで閉鎖されると語った。",
}


@pytest.mark.parametrize("code", SAID)
def test_other_languages_are_told_and_refused(code: str, tmp_path: Path) -> None:
    """A sentence is enough; the refusal names the language."""
    tongue = tongue_of(SAID[code])
    assert tongue is not None
    assert tongue.code == code
    (tmp_path / "a.txt").write_text(SAID[code], "utf-8")
    [refused] = read_articles([str(tmp_path / "a.txt")])
    assert isinstance(refused, InputRefused)
    assert f"seems to be in {tongue.name}; only English can be read" in str(refused)


@pytest.mark.parametrize(
    "text",
    [
        "The dam held.",
        "",
        "“Nein,” said Merz.",
        "SARN DAM HOLDS, MAYOR SAYS",
        "1 2 3 4",
        "It held. " * 500,
        "Kim Jong Un, Vladimir Putin, Sergei Lavrov, Choe Son Hui and Kang Sun Nam met in Pyongyang.",
        "Mr. da Silva met Rodrigo de Paz, Javier de la Rúa and Óscar de León, said Paulo da Costa.",
        "Der Spiegel, Die Zeit, Le Monde, El País, Le Figaro, La Stampa and La Repubblica reported it.",
        "“Ich bin nicht dabei und ich werde es nicht sein,” the mayor told us, in a note.",
    ],
)
def test_english_is_not_refused_for_its_names(text: str) -> None:
    """Short texts, names and a foreign sentence in an English one pass."""
    tongue = tongue_of(text)
    assert tongue is None or tongue.code == "en"


def test_the_language_is_stored(tmp_path: Path) -> None:
    """English that was told is noted; a text too short to tell keeps what it says of itself."""
    (tmp_path / "a.txt").write_text(f"{BEFORE}\n{AFTER}\n")
    (tmp_path / "b.txt").write_text("Nein.\n")
    long, short = read_articles([str(tmp_path)])
    assert isinstance(long, Article)
    assert isinstance(short, Article)
    assert (long.language, short.language) == ("en", None)


def test_what_the_command_line_says_of_the_language_wins(tmp_path: Path) -> None:
    """A text that was refused by mistake is read, and called English."""
    (tmp_path / "a.txt").write_text(SAID["de"], "utf-8")
    [article] = read_articles([str(tmp_path / "a.txt")], Given(language="en"))
    assert isinstance(article, Article)
    assert article.language == "en"


@given(st.text(max_size=400))
def test_any_text_has_a_language_or_none(text: str) -> None:
    """No text crashes the telling of languages."""
    tongue_of(text)
