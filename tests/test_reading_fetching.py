"""What is fetched from the web, and what is not: from real servers on this machine."""

import gzip
import http.server
import ipaddress
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import ClaimsError, InputRefused
from claims.reading import limits, read_articles
from claims.reading.given import Given
from claims.reading.web import fetching, wire
from claims.reading.web.fetching import Unfetchable, fetch
from claims.terms import Article

PAGE = b"<!doctype html><title>Dam</title><p>The dam held."
Answer = Callable[[http.server.BaseHTTPRequestHandler], None]


class Server:
    """A server on loopback; `answers` says what each path does."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[Any] = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self)
                try:
                    outer.answers[self.path](self)
                except OSError:
                    self.close_connection = True

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    found = Server()
    yield found
    found.close()


def says(data: bytes, status: int = 200, **headers: str) -> Answer:
    """An answer with these bytes; header names are written with underscores."""

    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content_Type": "text/html", **headers}.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)

    return answer


def refusal(url: str, **how: Any) -> Unfetchable:
    with pytest.raises(Unfetchable) as caught:
        fetch(url, private=True, **how)
    assert caught.value.name == url
    return caught.value


def test_a_page_is_fetched_politely(server: Server) -> None:
    """What the server says of it comes along; the request says who asks."""
    server.answers["/a"] = says(PAGE, Content_Type="Text/HTML; charset=ISO-8859-1", ETag='"x"')
    page = fetch(server.at("/a"), private=True)
    assert (page.data, page.kind, page.charset, page.status) == (PAGE, "text/html", "iso-8859-1", 200)
    assert page.headers["etag"] == '"x"'
    asked = server.asked[0].headers
    assert asked["User-Agent"].startswith("claims-to-sqlite/")
    assert asked["Host"] == f"127.0.0.1:{server.port}"


def test_private_addresses_are_refused_unless_asked_for(server: Server) -> None:
    """This machine is no place to read articles from; nothing is sent to it."""
    server.answers["/a"] = says(PAGE)
    with pytest.raises(Unfetchable, match="private address"):
        fetch(server.at("/a"))
    with pytest.raises(Unfetchable, match=r"private address \(localhost is"):
        fetch(f"http://localhost:{server.port}/a")
    assert server.asked == []


@pytest.mark.parametrize(
    "host",
    [
        "2130706433",
        "0x7f.1",
        "127.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "169.254.169.254",
        "10.0.0.7",
        "[fd00::1]",
    ],
)
def test_disguises_of_private_addresses_are_seen_through(host: str) -> None:
    """Numbers, hexadecimal and IPv4 inside IPv6 name the same machine."""
    with pytest.raises(Unfetchable, match=r"private address|no server named"):
        fetch(f"http://{host}:9/")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("64:ff9b::808:808", True),
        ("64:ff9b::7f00:1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("2002:7f00:1::", False),
        ("224.0.0.1", False),
        ("ff02::1", False),
        ("100.64.0.1", False),
        ("192.168.1.1", False),
        ("172.16.9.9", False),
        ("240.0.0.1", False),
        ("::", False),
        ("fe80::1", False),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    """Loopback, private, link-local, shared, multicast and reserved ones are not, wrapped or plain."""
    assert wire.is_public(ipaddress.ip_address(address)) is public


@given(
    st.ip_addresses(network="127.0.0.0/8") | st.ip_addresses(network="10.0.0.0/8") | st.ip_addresses(network="fc00::/7")
)
def test_no_private_address_is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    """However they are written."""
    assert not wire.is_public(address)
    if address.version == 4:
        assert not wire.is_public(ipaddress.ip_address(f"::ffff:{address}"))


def test_every_redirect_is_checked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A public page that leads to a private address or a file leads nowhere."""
    asked: list[str] = []
    real = wire.public_addresses

    def resolve(host: str, port: int, private: bool = False) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if host == "news.example" else real(host, port, private)

    monkeypatch.setattr(wire, "public_addresses", resolve)
    for path, target in {
        "/private": server.at("/secret"),
        "/file": "file:///etc/passwd",
        "/other": "gopher://x/",
        "/script": "javascript:alert(1)",
    }.items():
        server.answers[path] = says(b"", 302, Location=target)
    server.answers["/secret"] = says(PAGE)
    start = f"http://news.example:{server.port}"
    with pytest.raises(Unfetchable, match=r"private address \(127.0.0.1\)"):
        fetch(start + "/private")
    assert asked == ["news.example", "127.0.0.1"]
    for path in ("/file", "/other", "/script"):
        with pytest.raises(Unfetchable, match=r"redirects to|cannot be fetched"):
            fetch(start + path)
    assert [request.path for request in server.asked] == ["/private", "/file", "/other", "/script"]


def test_a_name_that_changes_its_meaning_helps_nobody(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name is looked up once, and what was looked up is what is connected to."""
    answers = iter(["203.0.114.7", "127.0.0.1", "127.0.0.1"])
    connected: list[str] = []

    def lookup(host: str, port: int, *_: object, **__: object) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        connected.append(address[0])
        raise ConnectionRefusedError("no")

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(Unfetchable, match="cannot be fetched"):
        fetch("http://rebind.example/")
    assert connected == ["203.0.114.7"]


def test_redirects_are_followed_and_circles_left(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address at the end is told; cookies that were set on the way are sent."""
    server.answers["/a"] = says(b"", 301, Location="/b?x=1", Set_Cookie="seen=yes")
    server.answers["/b?x=1"] = says(PAGE)
    server.answers["/round"] = says(b"", 302, Location="/round")
    page = fetch(server.at("/a"), private=True)
    assert (page.url, page.data) == (server.at("/b?x=1"), PAGE)
    assert server.asked[1].headers["Cookie"] == "seen=yes"
    monkeypatch.setattr(fetching, "MAX_REDIRECTS", 3)
    assert "redirects more than 3 times" in str(refusal(server.at("/round")))


def test_what_is_no_page_is_refused(server: Server) -> None:
    """Pictures by their kind before they arrive, errors with what the server said; other kinds where asked for."""
    server.answers["/film"] = says(b"x" * 10, Content_Type="video/mp4")
    server.answers["/gone"] = says(b"", 410)
    server.answers["/busy"] = says(b"", 503, Retry_After="120")
    server.answers["/feed"] = says(b"<rss/>", Content_Type="application/rss+xml")
    assert "is video/mp4, neither a page nor a text" in str(refusal(server.at("/film")))
    assert "answered 410 Gone" in str(refusal(server.at("/gone")))
    busy = refusal(server.at("/busy"))
    assert (busy.status, busy.retry_after) == (503, 120)
    assert fetch(server.at("/feed"), private=True, kinds=("application/rss+xml",)).data == b"<rss/>"


def test_unchanged_is_an_answer_only_to_who_asks(server: Server) -> None:
    """304 comes back to a request with a condition and is an error otherwise."""
    server.answers["/feed"] = says(b"", 304)
    page = fetch(server.at("/feed"), private=True, headers={"If-None-Match": '"x"'})
    assert (page.status, page.data) == (304, b"")
    assert "304" in str(refusal(server.at("/feed")))


def test_packed_pages_are_unpacked(server: Server) -> None:
    """gzip, both kinds of deflate; others were not asked for."""
    bare = zlib.compressobj(wbits=-15)
    server.answers["/gzip"] = says(gzip.compress(PAGE), Content_Encoding="gzip")
    server.answers["/deflate"] = says(zlib.compress(PAGE), Content_Encoding="deflate")
    server.answers["/bare"] = says(bare.compress(PAGE) + bare.flush(), Content_Encoding="deflate")
    server.answers["/br"] = says(PAGE, Content_Encoding="br")
    server.answers["/broken"] = says(b"\x1f\x8bnothing", Content_Encoding="gzip")
    server.answers["/half"] = says(gzip.compress(PAGE)[:-12], Content_Encoding="gzip")
    server.answers["/parts"] = says(gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:]), Content_Encoding="gzip")
    server.answers["/more"] = says(gzip.compress(PAGE) + b"\0\0", Content_Encoding="gzip")
    for path in ("/gzip", "/deflate", "/bare", "/parts", "/more"):
        assert fetch(server.at(path), private=True).data == PAGE
    assert "packed as br" in str(refusal(server.at("/br")))
    assert "cannot be unpacked" in str(refusal(server.at("/broken")))
    assert "arrived incomplete" in str(refusal(server.at("/half")))


def test_a_packed_bomb_is_cut(server: Server) -> None:
    """A body of 200 kB that unpacks to 200 MB ends at the limit for unpacked bytes."""
    server.answers["/bomb"] = says(gzip.compress(bytes(200_000_000), 1), Content_Encoding="gzip")
    assert "larger than 20 MB" in str(refusal(server.at("/bomb")))


def test_an_endless_page_is_cut(server: Server) -> None:
    """One that never ends stops at the size limit."""

    def endless(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.end_headers()
        while True:
            request.wfile.write(b"<p>and on it goes" * 4000)

    server.answers["/endless"] = endless
    assert "larger than 2 MB" in str(refusal(server.at("/endless"), most=2_000_000))


@pytest.mark.parametrize("head", [False, True])
def test_a_page_that_trickles_is_cut(server: Server, monkeypatch: pytest.MonkeyPatch, head: bool) -> None:
    """A byte now and then, in the body or already in its head, does not hold the reader longer than the limit."""
    monkeypatch.setattr(fetching, "FETCH_SECONDS", 1)
    over = threading.Event()

    def trickle(request: http.server.BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n" if head else b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while not over.wait(0.05):
            request.wfile.write(b"x")

    server.answers["/slow"] = trickle
    begun = time.monotonic()
    assert "was not done after 1 seconds" in str(refusal(server.at("/slow")))
    over.set()
    assert time.monotonic() - begun < 10


def test_silence_is_cut(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that takes the request and says nothing is left."""
    monkeypatch.setattr(fetching, "SILENCE_SECONDS", 0.2)
    over = threading.Event()
    server.answers["/mute"] = lambda request: over.wait(5) and None
    assert "kept silent" in str(refusal(server.at("/mute")))
    over.set()


def test_garbled_answers_are_refused(server: Server) -> None:
    """What is no HTTP is an error for people."""
    server.answers["/noise"] = lambda request: request.wfile.write(b"\0\xff\r\n\r\n") and None
    server.answers["/short"] = lambda request: (
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nfew") and None
    )
    server.answers["/where"] = lambda request: (
        request.wfile.write(b"HTTP/1.1 302 Found\r\nLocation: http://[::bad\r\nContent-Length: 0\r\n\r\n") and None
    )
    server.answers["/flood"] = lambda request: (
        request.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-Flood: yes\r\n" * 100_000 + b"\r\n") and None
    )
    for path in ("/noise", "/short", "/where", "/flood"):
        assert "cannot be fetched" in str(refusal(server.at(path)))


@pytest.mark.parametrize(
    "url", ["http://", "http:///x", "http://[::1", "http://a b/", "http://\ud800/", "http://x:99999/"]
)
def test_addresses_that_are_none_are_refused(url: str) -> None:
    """Broken addresses are errors for people."""
    with pytest.raises(InputRefused):
        fetch(url)


def lookup_that_finds_nothing(*_: object, **__: object) -> list[Any]:
    raise socket.gaierror("none")


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40))
def test_any_address_is_fetched_or_refused(text: str) -> None:
    """No text crashes the fetcher."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", lookup_that_finds_nothing)
        with pytest.raises(InputRefused):
            fetch(f"http://{text}/")


def test_a_proxy_is_used_where_the_environment_names_one(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """As other programs do; what is known to be private is not asked of it either."""
    server.answers["http://news.invalid/a"] = says(PAGE)
    monkeypatch.setenv("http_proxy", server.at(""))
    assert fetch("http://news.invalid/a").data == PAGE
    with pytest.raises(Unfetchable, match="private address"):
        fetch("http://127.0.0.2/")


def test_pages_and_texts_from_the_web_are_articles(server: Server) -> None:
    """The address is kept with the article; a plain text needs no page around it."""
    server.answers["/a.txt"] = says(
        b"Dam holds\n\nThe dam above Sarn held, the mayor said.\n", Content_Type="text/plain"
    )
    [article] = read_articles([server.at("/a.txt")], Given(fetch_private=True))
    assert isinstance(article, Article)
    assert (article.title, article.url) == ("Dam holds", server.at("/a.txt"))


ROW = b'{"title": "Dam", "text": "The dam above Sarn held, the mayor said.", "url": "https://sarn.example/1"}\n'
WHOLE = b"<!doctype html><title>Dam</title><article>" + b"<p>The dam above Sarn held, the mayor said." * 9


@pytest.mark.parametrize(
    ("path", "kind", "data", "count"),
    [
        ("/a", "application/octet-stream", WHOLE, 1),
        ("/a", "application/pdf", WHOLE, 1),
        ("/a", "text/plain", WHOLE, 1),
        ("/a", "application/json", ROW, 1),
        ("/a", "text/plain", ROW, 1),
        ("/a.jsonl", "text/plain", ROW * 2, 2),
        ("/a.jsonl.gz", "application/octet-stream", gzip.compress(ROW * 2), 2),
        ("/a?b=c", "text/csv; charset=utf-8", b"title,text\nDam,The dam above Sarn held\n", 1),
        ("/a.csv?b=c", "text/plain", b"title,text\nDam,The dam above Sarn held\n", 1),
    ],
)
def test_what_is_sent_is_read_whatever_it_is_called(
    server: Server, path: str, kind: str, data: bytes, count: int
) -> None:
    """Servers call pages text, tables text, and anything a stream of bytes: the beginning and the name tell."""
    server.answers[path] = says(data, Content_Type=kind)
    found = list(read_articles([server.at(path)], Given(fetch_private=True)))
    assert len(found) == count
    assert all(isinstance(one, Article) and "The dam above Sarn held" in one.text for one in found), found
    assert all(one.title == "Dam" for one in found if isinstance(one, Article))


@pytest.mark.parametrize(
    ("kind", "data", "reason"),
    [
        ("text/html", b"", "the server answered 200 and sent nothing"),
        ("text/html", b"\x89PNG\r\n" + bytes(range(256)) * 4, "binary file"),
        ("application/octet-stream", bytes(range(256)) * 4, "binary file"),
        ("text/html", b"%PDF-1.7 nothing", "is a broken PDF"),
        ("application/xml", b"<?xml version='1.0'?><urlset/>", "is no RSS or Atom feed"),
        ("application/json", b'{"a": 1}', "has no column"),
    ],
)
def test_what_is_nothing_is_refused(server: Server, kind: str, data: bytes, reason: str) -> None:
    """By name, with what it is."""
    server.answers["/a"] = says(data, Content_Type=kind)
    [found] = read_articles([server.at("/a")], Given(fetch_private=True))
    assert isinstance(found, InputRefused)
    assert str(found).startswith(server.at("/a") + ": ")
    assert reason in str(found)


def test_a_password_in_an_address_is_not_kept(server: Server) -> None:
    """Where an article stands is told to others."""
    server.answers["/a"] = says(WHOLE)
    [found] = read_articles([server.at("/a").replace("//", "//ann:secret@")], Given(fetch_private=True))
    assert isinstance(found, Article)
    assert found.url == server.at("/a")


def test_half_an_answer_is_none(server: Server) -> None:
    """A part that nobody asked for, and a body shorter than announced."""
    server.answers["/part"] = says(PAGE, 206)
    server.answers["/short"] = lambda request: (
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + PAGE) and None
    )
    assert "answered 206" in str(refusal(server.at("/part")))
    assert "without sending complete message body" in str(refusal(server.at("/short")))


def test_limits_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the environment; what is no number says so."""
    monkeypatch.setenv("CLAIMS_FETCH_SECONDS", "7")
    assert limits._limit("FETCH_SECONDS", 60) == 7
    monkeypatch.setenv("CLAIMS_FETCH_SECONDS", "long")
    with pytest.raises(ClaimsError, match="CLAIMS_FETCH_SECONDS"):
        limits._limit("FETCH_SECONDS", 60)
