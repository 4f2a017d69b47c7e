"""Feeds are polled politely, what is new in them is stored once, each new claim is printed."""

import html
import http.server
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.utils import formatdate
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from claims.cli import main
from claims.errors import ClaimsError, InputRefused
from claims.reading import Given
from claims.reading.web.courtesy import Visitor
from claims.reading.web.subscriptions import feeds_named
from claims.reading.web.watched import MOST_SEEN, Watched
from claims.reading.web.watching import Moved, new_articles
from claims.terms import Article

PRIVATE = Given(fetch_private=True)
EVERY = 900.0


class Site(http.server.ThreadingHTTPServer):
    """A news site on loopback: `answers` has what each path answers, `asked` what it was asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def page(self, path: str, words: str) -> None:
        prose = "".join(f"<p>{words} That was on day {n}, the mayor of Sarn told residents.</p>" for n in range(8))
        page = f"<!doctype html><html lang='en'><title>{path}</title><body><article>{prose}</article></body></html>"
        self.answers[path] = (200, {"Content-Type": "text/html"}, page.encode())

    def feed(self, *items: str, **headers: str) -> None:
        feed = f"<rss version='2.0'><channel><title>Sarn Courier</title>{''.join(items)}</channel></rss>"
        self.answers["/feed"] = (200, {name.replace("_", "-"): value for name, value in headers.items()}, feed.encode())

    def item(self, path: str, body: str = "") -> str:
        return (
            f"<item><guid>{path}</guid><title>Title {path}</title><link>{path}</link>"
            f"<pubDate>Mon, 15 Jul 2024 10:00:00 GMT</pubDate><description>{html.escape(body)}</description></item>"
        )

    def paths(self) -> list[str]:
        """What was asked for since the last time, robots.txt apart."""
        found = [path for path, _ in self.asked if path != "/robots.txt"]
        self.asked.clear()
        return found


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers as its site says; a condition that holds is answered by 304."""

    def do_GET(self) -> None:
        site = self.server
        assert isinstance(site, Site)
        site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        status, headers, body = site.answers.get(self.path, (404, {}, b""))
        if status == 200 and "ETag" in headers and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served() -> Iterator[Site]:
    found = Site()
    thread = threading.Thread(target=found.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield found
    found.shutdown()
    found.server_close()
    thread.join()


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with served() as found:
        yield found


@pytest.fixture
def other(site: Site) -> Iterator[Site]:
    """A second host."""
    with served() as found:
        yield found


class Clock:
    """Time that passes only when somebody waits."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


class Poller:
    """Asks a site's feed as `claims watch` does, on a clock of its own."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site = site
        self.clock = Clock()
        self.file = folder / "claims.db.watch.json"
        self.visitor = Visitor(private=True, clock=lambda: self.clock.now, sleep=self.clock.sleep)

    def found(self, feed: str = "/feed") -> Iterator[Article | InputRefused | Moved]:
        return new_articles(self.site.at(feed), Watched(self.file), self.visitor, PRIVATE, EVERY)

    def poll(self, feed: str = "/feed") -> list[str]:
        """The paths of new articles, where a feed has moved to, and what was refused, in words."""
        start = len(self.site.at(""))
        return [
            (str(one) if isinstance(one, InputRefused) else one.path if isinstance(one, Article) else one.address)[
                start:
            ]
            for one in self.found(feed)
        ]


@pytest.fixture
def poller(site: Site, tmp_path: Path) -> Poller:
    return Poller(site, tmp_path)


def test_new_entries_are_articles_once(site: Site, poller: Poller) -> None:
    """The oldest first, with what the feed tells of them; at the next poll only what is new."""
    for n in (1, 2, 3):
        site.page(f"/{n}", "The dam held.")
    site.feed(site.item("/2"), site.item("/1"))
    first, second = poller.found()
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.path, second.path) == (site.at("/1"), site.at("/2"))
    assert (first.published, first.publisher, first.url) == ("2024-07-15", "Sarn Courier", site.at("/1"))
    assert "That was on day 3" in first.text
    site.feed(site.item("/3"), site.item("/2"), site.item("/1"))
    assert poller.poll() == ["/3"]
    assert poller.poll() == []


def test_whole_articles_in_the_feed_are_not_fetched(site: Site, poller: Poller) -> None:
    """Nobody is asked for a page whose text is there."""
    body = "".join(f"<p>The dam held on day {n}, the mayor of Sarn told residents.</p>" for n in range(15))
    site.feed(site.item("/1", body))
    [article] = poller.found()
    assert isinstance(article, Article)
    assert article.text.startswith("The dam held on day 0")
    assert site.paths() == ["/feed"]


def test_what_has_not_changed_is_not_sent_again(site: Site, poller: Poller) -> None:
    """ETag and Last-Modified go back to the server, which answers that nothing is new."""
    site.page("/1", "The dam held.")
    site.feed(site.item("/1"), ETag='"a"', Last_Modified="Mon, 15 Jul 2024 10:00:00 GMT")
    assert poller.poll() == ["/1"]
    site.asked.clear()
    assert poller.poll() == []
    [(path, headers)] = site.asked
    assert (path, headers["if-none-match"]) == ("/feed", '"a"')
    assert headers["if-modified-since"] == "Mon, 15 Jul 2024 10:00:00 GMT"


def test_what_was_not_dealt_with_comes_again(site: Site, poller: Poller) -> None:
    """Who stops in the middle gets the article that was at hand, and the rest, the next time."""
    for n in (1, 2, 3):
        site.page(f"/{n}", "The dam held.")
    site.feed(site.item("/3"), site.item("/2"), site.item("/1"), ETag='"a"')
    found = poller.found()
    next(found)
    next(found)
    found.close()  # type: ignore[attr-defined]
    assert poller.poll() == ["/2", "/3"]
    assert poller.poll() == []


def test_robots_txt_is_kept_to(site: Site, poller: Poller) -> None:
    """What it forbids is refused for good and never asked for; its pauses are made."""
    site.answers["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 7\nDisallow: /closed/\n")
    site.page("/closed/1", "The dam held.")
    site.page("/2", "The dam held.")
    site.feed(site.item("/2"), site.item("/closed/1"))
    assert poller.poll() == ["/closed/1: its server forbids programs to fetch it (robots.txt)", "/2"]
    assert site.paths() == ["/feed", "/2"]
    assert poller.clock.waits == [pytest.approx(7.0)] * 2
    assert poller.poll() == []


def test_wildcards_in_robots_txt_are_understood(site: Site, poller: Poller) -> None:
    """A star stands for anything, a dollar for the end, and the longest rule that fits decides."""
    rules = b"User-agent: *\nDisallow: /*/print$\nDisallow: /paid/\nAllow: /paid/free\n"
    site.answers["/robots.txt"] = (200, {}, rules)
    for path in ("/a/print", "/a/print/2", "/paid/1", "/paid/free"):
        site.page(path, f"The dam held at {path}.")
    site.feed(*(site.item(path) for path in ("/paid/free", "/paid/1", "/a/print/2", "/a/print")))
    forbidden = ": its server forbids programs to fetch it (robots.txt)"
    assert poller.poll() == [f"/a/print{forbidden}", "/a/print/2", f"/paid/1{forbidden}", "/paid/free"]
    assert site.paths() == ["/feed", "/a/print/2", "/paid/free"]


def test_redirects_lead_nowhere_that_is_forbidden(site: Site, poller: Poller, other: Site) -> None:
    """The host that a page leads to has rules and pauses of its own; one that said not to come is left alone."""
    other.answers["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 5\nDisallow: /closed\n")
    other.page("/open", "The dam held.")
    other.page("/closed", "The dam held, too.")
    other.answers["/busy"] = (429, {"Retry-After": "600"}, b"")
    for path in ("/open", "/closed", "/busy"):
        site.answers[path] = (302, {"Location": other.at(path)}, b"")
    site.feed(site.item("/busy"), site.item("/closed"), site.item("/open"))
    first, second, third = poller.poll()
    assert first == "/open"
    assert second == f"/closed: leads to {other.at('/closed')}: its server forbids programs to fetch it (robots.txt)"
    assert third.startswith("/busy: the server answered 429")
    assert other.paths() == ["/open", "/busy"]
    assert 5.0 in [pytest.approx(wait) for wait in poller.clock.waits]
    site.asked.clear()
    poller.poll()
    assert other.paths() == []


def test_a_redirect_to_a_host_in_trouble_waits(site: Site, poller: Poller, other: Site) -> None:
    """Whose rules cannot be read is not asked; the article is tried again."""
    other.answers["/robots.txt"] = (503, {}, b"")
    site.answers["/1"] = (301, {"Location": other.at("/1")}, b"")
    site.feed(site.item("/1"))
    assert "its robots.txt cannot be read now" in poller.poll()[0]
    assert other.paths() == []
    assert len(poller.poll()) == 1


def test_a_feed_that_has_moved_is_asked_there(site: Site, poller: Poller) -> None:
    """After "moved permanently" the new address is remembered, and forgotten when it fails; "found" moves nothing."""
    site.page("/1", "The dam held.")
    site.feed(site.item("/1"))
    site.answers["/new"] = site.answers["/feed"]
    site.answers["/feed"] = (301, {"Location": "/new"}, b"")
    assert poller.poll() == ["/new", "/1"]
    assert site.paths() == ["/feed", "/new", "/1"]
    assert poller.poll() == []
    assert site.paths() == ["/new"]
    del site.answers["/new"]
    assert "answered 404" in poller.poll()[0]
    poller.clock.now += 10 * EVERY
    site.answers["/newer"] = (200, {}, b"<rss version='2.0'><channel></channel></rss>")
    site.answers["/feed"] = (302, {"Location": "/newer"}, b"")
    site.asked.clear()
    assert poller.poll() == []
    assert poller.poll() == []
    assert site.paths() == ["/feed", "/newer"] * 2


def test_a_feed_that_is_gone_is_not_asked_again(site: Site, poller: Poller, tmp_path: Path) -> None:
    """410 is for good: it is said once, and again whenever watching starts."""
    site.answers["/feed"] = (410, {}, b"")
    assert poller.poll() == ["/feed: the server answered 410 Gone: it is gone for good, and not asked again"]
    site.asked.clear()
    poller.clock.now += 1_000_000
    assert poller.poll() == []
    assert site.asked == []
    result = CliRunner().invoke(main, ["watch", site.at("/feed"), "--once", "--db", str(tmp_path / "claims.db")])
    assert result.exit_code == 1
    assert "is gone for good (410); it is not asked" in result.stderr
    assert "there is no feed to watch" in result.stderr


def test_a_page_that_two_feeds_name_is_fetched_once(site: Site, poller: Poller) -> None:
    """The feeds of one newspaper share articles, each under names of its own."""
    site.page("/1", "The dam held.")
    site.feed(site.item("/1"))
    site.answers["/sports"] = (200, {}, site.answers["/feed"][2].replace(b"<guid>/1", b"<guid>other"))
    assert poller.poll() == ["/1"]
    assert poller.poll("/sports") == []
    assert site.paths() == ["/feed", "/1", "/sports"]


def test_rules_for_this_program_alone_are_kept_to(site: Site, poller: Poller) -> None:
    """A group of rules that names this program goes before those for all."""
    site.answers["/robots.txt"] = (200, {}, b"User-agent: claims-to-sqlite\nDisallow: /\n\nUser-agent: *\nDisallow:\n")
    site.feed(site.item("/1"))
    [refusal] = poller.poll()
    assert "/feed: its server forbids programs to fetch it (robots.txt)" in refusal
    assert site.paths() == []


def test_a_host_whose_robots_txt_fails_is_not_asked_for_more(site: Site, poller: Poller) -> None:
    """Where nobody knows what is allowed nothing is fetched; a missing file forbids nothing."""
    site.answers["/robots.txt"] = (500, {}, b"")
    site.feed(site.item("/1"))
    assert "its robots.txt cannot be read now (the server answered 500" in poller.poll()[0]
    assert site.paths() == []


def test_a_failing_feed_is_asked_less_and_less(site: Site, poller: Poller) -> None:
    """Twice as long each time, a day at the most, and all is well again after one answer."""
    site.answers["/feed"] = (500, {}, b"")
    waits = []
    for _ in range(9):
        [refusal] = poller.poll()
        assert "/feed: the server answered 500" in refusal
        site.asked.clear()
        until = json.loads(poller.file.read_text())["feeds"][site.at("/feed")]["not_before"]
        waits.append(until - poller.clock.now)
        assert poller.poll() == []
        assert site.paths() == []
        poller.clock.now = until + 1
    assert waits == [pytest.approx(min(EVERY * 2**n, 86_400)) for n in range(1, 10)]
    site.feed()
    assert poller.poll() == []
    assert site.paths() == ["/feed"]
    assert poller.poll() == []
    assert site.paths() == ["/feed"]


@pytest.mark.parametrize("as_date", [False, True])
def test_retry_after_is_kept_to(site: Site, poller: Poller, as_date: bool) -> None:
    """A server that says when to come again is not asked before, however long that is."""
    poller.clock.now = time.time()
    after = formatdate(time.time() + 7200, usegmt=True) if as_date else "7200"
    site.answers["/feed"] = (429, {"Retry-After": after}, b"")
    assert "not asked again for 2 hours" in poller.poll()[0].replace("120 minutes", "2 hours")
    site.asked.clear()
    poller.clock.now += 7000
    assert poller.poll() == []
    assert site.paths() == []
    poller.clock.now += 300
    poller.poll()
    assert site.paths() == ["/feed"]


def test_an_article_whose_server_is_in_trouble_is_tried_three_times(site: Site, poller: Poller) -> None:
    """At later polls, even where the feed has not changed; what is gone is not tried again."""
    site.answers["/1"] = (503, {}, b"")
    site.feed(site.item("/gone"), site.item("/1"), ETag='"a"')
    assert poller.poll() == [
        "/1: the server answered 503 Service Unavailable; tried again at the next poll",
        "/gone: the server answered 404 Not Found",
    ]
    assert len(poller.poll()) == 1
    assert poller.poll() == ["/1: the server answered 503 Service Unavailable"]
    assert poller.poll() == []


def test_a_host_that_has_had_enough_is_left_alone(site: Site, poller: Poller) -> None:
    """After "too many requests" no more of its articles are asked for in this round."""
    site.answers["/1"] = (429, {"Retry-After": "600"}, b"")
    site.page("/2", "The dam held.")
    site.feed(site.item("/2"), site.item("/1"))
    assert poller.poll() == ["/1: the server answered 429 Too Many Requests; tried again at the next poll"]
    assert site.paths() == ["/feed", "/1"]
    poller.clock.now += 601
    site.page("/1", "The dam held, too.")
    assert poller.poll() == ["/1", "/2"]


def test_other_feeds_of_a_host_that_has_had_enough_wait(site: Site, poller: Poller) -> None:
    """They did not fail: they are asked as soon as the host wants, and their names stand where they stood."""
    site.answers["/feed"] = (429, {"Retry-After": "600"}, b"")
    site.answers["/sports"] = (200, {}, b"<rss version='2.0'><channel></channel></rss>")
    poller.poll()
    assert poller.poll("/sports") == ["/sports: its server asked to be left alone for 600 seconds; asked after that"]
    site.asked.clear()
    assert poller.poll("/sports") == []
    assert site.paths() == []
    poller.clock.now += 602
    assert poller.poll("/sports") == []
    assert site.paths() == ["/sports"]


def test_what_leads_nowhere_is_not_tried_again(site: Site, poller: Poller) -> None:
    """Circles and redirects to files will not be others at the next poll."""
    site.answers["/1"] = (302, {"Location": "file:///etc/passwd"}, b"")
    site.answers["/2"] = (302, {"Location": "/2"}, b"")
    site.feed(site.item("/2"), site.item("/1"))
    first, second = poller.poll()
    assert first.endswith("etc/passwd, no web address (http:// or https://)")
    assert second == "/2: the server redirects more than 10 times"
    assert poller.poll() == []


def test_an_address_that_is_no_feed_is_refused(site: Site, poller: Poller) -> None:
    """A page in place of a feed is named as such and asked for less often."""
    site.page("/feed", "The dam held.")
    assert "/feed: is no RSS or Atom feed; not asked again for 30 minutes" in poller.poll()[0]


def test_a_page_in_place_of_its_feed_tells_the_feed(site: Site, poller: Poller) -> None:
    """Who gives a newspaper's front page is told what to give instead."""
    page = b"<!doctype html><link rel=alternate type='application/rss+xml' href='/rss?a=1'><p>The dam held."
    site.answers["/feed"] = (200, {"Content-Type": "text/html"}, page)
    assert f"is no RSS or Atom feed, but a page with one: {site.at('/rss?a=1')}" in poller.poll()[0]


OPML = """<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>
<outline text="News"><outline text="Courier" type="rss" xmlUrl="{0}" htmlUrl="https://sarn.example/?a=1&b=2"/></outline>
<outline xmlurl=" feed://sarn.example/f "/><outline text="no feed" url="https://sarn.example/page"/></body></opml>"""


def test_lists_of_feeds_are_watched(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list's lines, and what readers of feeds export, broken as it often is; each address once."""
    monkeypatch.setattr("claims.reading.web.courtesy.PAUSE_SECONDS", 0.0)
    feed = "https://sarn.example/feed"
    opml = tmp_path / "mine.opml"
    opml.write_text(OPML.format(feed))
    (tmp_path / "wide.xml").write_bytes(OPML.format(feed).encode("utf-16"))
    (tmp_path / "list.txt").write_text(f"# mine\n\n{feed}\nhttps://sarn.example/other\n")
    expected = [feed, "http://sarn.example/f"]
    for name in (str(opml), f"@{opml}", f"@{tmp_path}/wide.xml"):
        assert list(feeds_named([name, name])) == expected
    assert list(feeds_named([f"@{tmp_path}/list.txt"])) == [feed, "https://sarn.example/other"]
    site.feed()
    (tmp_path / "list.txt").write_text(f"{site.at('/feed')}\n")
    arguments = ["--once", "--private", "--db", str(tmp_path / "claims.db")]
    result = CliRunner().invoke(main, ["watch", f"@{tmp_path}/list.txt", *arguments])
    assert (result.exit_code, result.stderr) == (0, "")
    assert site.paths() == ["/feed"]
    result = CliRunner().invoke(main, ["watch", f"@{tmp_path}/none.txt", *arguments])
    assert result.exit_code == 1
    assert "the list cannot be read (No such file" in result.stderr


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"# nothing\n", "names no feed"),
        (b"<opml><body><outline text='x'/></body></opml>", "names no feed"),
        (b"<!DOCTYPE opml [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><opml><outline xmlUrl='&b;'/></opml>", "entities"),
        (b"<opml>" + b"<outline>" * 100_000, "names no feed"),
        (b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'><opml><outline xmlUrl=''/></opml>", "names no feed"),
        (b"\0\1\2", "binary"),
    ],
)
def test_hostile_lists_of_feeds_are_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    """Nothing in a list makes this program expand, open or crash."""
    (tmp_path / "list").write_bytes(content)
    [refusal] = feeds_named([f"@{tmp_path}/list"])
    assert isinstance(refusal, InputRefused)
    assert reason in str(refusal)


@given(st.binary(max_size=200) | st.binary(max_size=200).map(lambda data: b"<opml>" + data))
def test_any_list_of_feeds_is_read_or_refused(data: bytes) -> None:
    """Whatever stands in the file, each name is an address to try or an error in words."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "list"
        file.write_bytes(data)
        assert all(isinstance(one, str | InputRefused) for one in feeds_named([f"@{file}"]))


def test_an_entry_that_leads_to_a_feed_is_refused(site: Site, poller: Poller) -> None:
    """What holds several articles is none; the next entry is read."""
    site.page("/1", "The dam held.")
    site.feed(site.item("/1"), site.item("/feeds"))
    site.answers["/feeds"] = (200, {"Content-Type": "text/xml"}, site.answers["/feed"][2])
    assert poller.poll() == ["/feeds: is no article, but a feed or a table of several", "/1"]


def test_entries_cannot_lead_elsewhere_than_the_web(site: Site, poller: Poller, tmp_path: Path) -> None:
    """A link to a file is no address; nothing of this machine is read."""
    (tmp_path / "secret.txt").write_text("The dam held, she said.")
    site.feed(f"<item><guid>1</guid><link>file://{tmp_path}/secret.txt</link></item>")
    [refusal] = poller.found()
    assert isinstance(refusal, InputRefused)
    assert "does not say where the article is" in str(refusal)


def test_what_was_seen_is_bounded(site: Site, poller: Poller) -> None:
    """Entries that left the feed long ago are forgotten, those that it lists never."""
    watched = Watched(poller.file)
    watched[site.at("/feed")].seen = [f"old {n}" for n in range(MOST_SEEN + 100)] + ["/1"]
    watched.save()
    site.feed(site.item("/1"))
    assert poller.poll() == []
    seen = Watched(poller.file)[site.at("/feed")].seen
    assert len(seen) == MOST_SEEN + 1
    assert seen[-1] == "/1"


@given(
    st.one_of(
        st.binary(max_size=60), st.text(max_size=60).map(lambda text: json.dumps({"feeds": {"a": text}}).encode())
    )
)
def test_a_broken_memory_is_said(data: bytes) -> None:
    """Whatever stands in the file, it is understood or refused in words."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "claims.db.watch.json"
        file.write_bytes(data)
        with suppress(ClaimsError):
            Watched(file)["a"].seen.append("b")


def test_watch_prints_each_new_claim_once(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard output has a line a new claim: its number, who said it, what, where; all else goes to standard error."""
    monkeypatch.setattr("claims.reading.web.courtesy.PAUSE_SECONDS", 0.0)
    site.page("/1", "“The lower dam held through the storm,” Mayor Ann Lee said.")
    site.feed(site.item("/1"))
    database = tmp_path / "new" / "claims.db"
    arguments = ["watch", site.at("/feed"), "--once", "--private", "--db", str(database)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    assert any("The lower dam held through the storm" in what and "Ann Lee asserts: " in what for _, what, _ in lines)
    assert {where for _, _, where in lines} == {site.at("/1")}
    assert len({number for number, _, _ in lines}) == len(lines)
    assert "Stored " in result.stderr
    again = CliRunner().invoke(main, arguments)
    assert (again.exit_code, again.stdout, again.stderr) == (0, "", "")


def test_private_addresses_are_not_watched_unasked(site: Site, tmp_path: Path) -> None:
    """A feed in the local network needs --private; the refusal says so, and the exit status."""
    result = CliRunner().invoke(main, ["watch", site.at("/feed"), "--once", "--db", str(tmp_path / "claims.db")])
    assert result.exit_code == 1
    assert "leads to a private address" in result.stderr
    assert site.asked == []


@pytest.mark.parametrize("feed", ["file:///etc/passwd", "sarn.example/feed", "http://[", "", "-"])
def test_what_is_no_address_is_refused(feed: str, tmp_path: Path) -> None:
    """Feeds stand on the web, not on this machine."""
    result = CliRunner().invoke(main, ["watch", feed, "--once", "--db", str(tmp_path / "claims.db")])
    assert result.exit_code == 1
    assert "is no web address" in result.stderr


def test_watched_articles_are_in_english(site: Site, poller: Poller) -> None:
    """What cannot be read for its language is refused, once."""
    site.page(
        "/1", "Der Damm hat gehalten, und die Leute sind nicht in der Stadt, wie der Bürgermeister am Abend sagte."
    )
    body = site.answers["/1"][2].replace(b"That was on day", b"Das war am Tag mit der Nummer").decode()
    body = body.replace("the mayor of Sarn told residents", "sagte der Sprecher und die Leute waren nicht da")
    site.answers["/1"] = (200, {"Content-Type": "text/html; charset=utf-8"}, body.encode())
    site.feed(site.item("/1"))
    assert "only English can be read yet" in poller.poll()[0]
    assert poller.poll() == []


@pytest.mark.parametrize("every", ["1s", "8d", "15", "m", "-5m"])
def test_impolite_or_odd_times_are_refused(every: str) -> None:
    """No feed is asked every second."""
    result = CliRunner().invoke(main, ["watch", "http://sarn.example/feed", "--every", every])
    assert result.exit_code == 2
    assert "such as 15m or 2h" in result.stderr


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_watch_stops_cleanly(site: Site, tmp_path: Path, stop: signal.Signals) -> None:
    """Ctrl+C, or the system's asking, ends it in one line with status 0 and what was seen remembered."""
    site.feed()
    command = [sys.executable, "-m", "claims", "watch", site.at("/feed"), "--private", "--db", str(tmp_path / "c.db")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ.copy())
    deadline = time.monotonic() + 60
    while not (tmp_path / "c.db.watch.json").exists() and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(stop)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert out == b""
    assert err.decode().splitlines() == ["Stopped. What was stored stays; the same command goes on from there."]
