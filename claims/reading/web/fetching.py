"""What a web address holds: fetched politely, within limits, and never from where only this machine gets."""

import time
import urllib.request
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC
from email.utils import parsedate_to_datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from claims.errors import InputRefused
from claims.reading.limits import FETCH_SECONDS, MAX_BYTES, MAX_REDIRECTS, SILENCE_SECONDS

if TYPE_CHECKING:
    import httpx

PAGES = ("text/", "application/xhtml+xml", "application/xml")
"""What the kind of a page or plain text starts with."""

_PIECE = 65_536
_GZIP_BEGINS = 0x1F
_NEVER = 400
"""The status of what no server needs to be asked again."""


class Unfetchable(InputRefused):
    """An address that gave nothing; `status` is what its server answered (400 for what is not worth another question,
    None where the way to it failed), `retry_after` the seconds it asked for."""

    def __init__(self, name: str, reason: str, status: int | None = None, retry_after: str | None = None) -> None:
        # What a server says is shown to people: nothing in it may drive their terminal.
        super().__init__(name, "".join(letter if letter.isprintable() else "\ufffd" for letter in reason))
        self.status = status
        self.retry_after = _seconds(retry_after or "")


def _seconds(retry_after: str) -> int | None:
    """The seconds that a Retry-After header means: a number of them, or a date."""
    if retry_after.isdecimal():
        return int(retry_after[:9])
    with suppress(ValueError, OverflowError):
        when = parsedate_to_datetime(retry_after)
        # Without a zone it is universal time, as all of HTTP.
        return max(0, round(when.replace(tzinfo=when.tzinfo or UTC).timestamp() - time.time()))
    return None


@dataclass(frozen=True)
class Fetched:
    """What a server sent. `url` is where it came from after redirects, `kind` its media type in small letters,
    `charset` what the server calls its charset, `headers` all it said, names in small letters; `data` is unpacked.
    `moved` is where what was asked for has moved for good, None where it has not."""

    url: str
    status: int
    data: bytes
    kind: str
    charset: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    moved: str | None = None

    @property
    def is_text(self) -> bool:
        """Whether the server calls it plain text."""
        return self.kind in ("text/plain", "text/markdown", "text/x-markdown")


def fetch(
    url: str,
    *,
    private: bool = False,
    kinds: tuple[str, ...] = PAGES,
    headers: Mapping[str, str] | None = None,
    most: int = MAX_BYTES,
    before_redirect: Callable[[str], None] | None = None,
) -> Fetched:
    """What `url` holds, if its media type starts with one of `kinds`; status 304 only if `headers` ask for it.

    `private` allows addresses of this machine and its local network; `most` bytes are taken, unpacked;
    `before_redirect` is called with each further address before that is asked, and may refuse it or wait.
    Raises Unfetchable with what the server, or the way to it, said.
    """
    import httpcore
    import httpx

    from claims.reading.web.wire import NotPublic

    deadline = _Deadline(time.monotonic() + FETCH_SECONDS)
    moved, for_good = None, True
    try:
        with httpx.Client(
            transport=_transport(deadline, private), timeout=SILENCE_SECONDS, headers={**_headers(), **(headers or {})}
        ) as client:
            request = client.build_request("GET", url)
            _check_scheme(url, request.url, "is no web address")
            for _ in range(MAX_REDIRECTS + 1):
                response = client.send(request, stream=True)
                try:
                    following = response.next_request
                    if following is None:
                        return replace(_received(url, response, kinds, most, deadline), moved=moved)
                    for_good = for_good and response.status_code in (301, 308)
                finally:
                    response.close()
                request = following
                _check_scheme(url, request.url, f"redirects to {str(request.url)[:200]}, no web address")
                hop = str(request.url.copy_with(fragment=None))
                moved = hop if for_good else moved
                if before_redirect:
                    deadline.wait(partial(before_redirect, hop))
            raise Unfetchable(url, f"the server redirects more than {MAX_REDIRECTS} times", _NEVER)
    except NotPublic as error:
        reason = f"leads to a private address ({error}), which is only fetched with --private"
        raise Unfetchable(url, reason, _NEVER) from error
    except (httpx.TimeoutException, httpcore.TimeoutException) as error:
        late = deadline.is_over()
        said = f"was not done after {FETCH_SECONDS}" if late else f"kept silent for {SILENCE_SECONDS}"
        raise Unfetchable(url, f"cannot be fetched (the server {said} seconds)") from error
    except _failures() as error:
        raise Unfetchable(url, f"cannot be fetched ({str(error) or type(error).__name__})") from error


@dataclass
class _Deadline:
    """A time.monotonic() after which a server is not waited for; what this program spends for politeness is its own."""

    at: float

    def is_over(self) -> bool:
        return time.monotonic() >= self.at

    def wait(self, polite: Callable[[], None]) -> None:
        begun = time.monotonic()
        polite()
        self.at += time.monotonic() - begun


def _headers() -> dict[str, str]:
    from claims import __version__

    return {
        "User-Agent": f"claims-to-sqlite/{__version__} (reads articles for one person, one at a time)",
        "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.5",
        "Accept-Language": "en, *;q=0.5",
        # those that are unpacked here, a piece at a time
        "Accept-Encoding": "gzip, deflate",
    }


def _check_scheme(url: str, hop: "httpx.URL", reason: str) -> None:
    if hop.scheme not in ("http", "https") or not hop.host:
        raise Unfetchable(url, f"{reason} (http:// or https://)", _NEVER)


def _received(
    url: str, response: "httpx.Response", kinds: tuple[str, ...], most: int, deadline: "_Deadline"
) -> Fetched:
    status, headers = response.status_code, {name.lower(): value for name, value in response.headers.items()}
    # 206: a part that nobody asked for
    if (status >= 300 or status == 206) and not (
        status == 304 and {"if-none-match", "if-modified-since"} & set(response.request.headers)
    ):
        said = f"the server answered {status} {response.reason_phrase}".rstrip()
        raise Unfetchable(url, said, status, headers.get("retry-after"))
    kind = headers.get("content-type", "text/html").partition(";")[0].strip().lower() or "text/html"
    if status != 304 and not kind.startswith(kinds):
        raise Unfetchable(url, f"is {kind[:100]}, neither a page nor a text", status)
    data = bytearray()
    for piece in _unpacked(url, response):
        data += piece
        if len(data) > most:
            raise Unfetchable(url, f"the page is larger than {most // 1_000_000} MB", status)
        if deadline.is_over():
            raise Unfetchable(url, f"cannot be fetched (the server was not done after {FETCH_SECONDS} seconds)", status)
    # What is told of where an article stands goes to others: no password in it.
    where = str(response.url.copy_with(username=None, password=None))
    return Fetched(where, status, bytes(data), kind, response.charset_encoding, headers)


def _unpacked(url: str, response: "httpx.Response") -> Iterator[bytes]:
    """The pieces of a body, unpacked: never much at a time, so that a small body that unpacks to much ends early."""
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing in ("identity", ""):
        yield from response.iter_raw(_PIECE)
        return
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise Unfetchable(url, f"is packed as {packing[:50]}, which was not asked for", response.status_code)
    unpacker: Any = None
    for piece in response.iter_raw(_PIECE):
        if unpacker is None:
            # "deflate" with its header (a first byte of 8 in its low half) or, as some servers send it, without
            bare = packing == "deflate" and piece[0] & 15 != 8
            unpacker = zlib.decompressobj(-zlib.MAX_WBITS if bare else zlib.MAX_WBITS | 32)
        while piece:
            if unpacker.eof:
                if packing == "deflate" or piece[0] != _GZIP_BEGINS:
                    break  # what servers leave behind a packed page
                unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)  # gzip may come in several parts
            try:
                yield unpacker.decompress(piece, _PIECE)
            except zlib.error as error:
                raise Unfetchable(url, f"cannot be unpacked ({error})", response.status_code) from error
            piece = unpacker.unconsumed_tail or unpacker.unused_data
    if unpacker is not None and not unpacker.eof:
        raise Unfetchable(url, "arrived incomplete: its packing breaks off", response.status_code)


def _failures() -> tuple[type[Exception], ...]:
    import httpcore
    import httpx

    return (
        httpx.HTTPError,
        httpx.InvalidURL,
        httpx.StreamError,
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpcore.ProxyError,
        httpcore.UnsupportedProtocol,
        ValueError,
    )


@cache
def _certificates() -> Any:
    import httpx

    return httpx.create_ssl_context()


def _transport(deadline: _Deadline, private: bool) -> "httpx.BaseTransport":
    """What carries requests: straight to addresses that may be reached, or to the proxy that the environment names."""
    import httpcore
    import httpx

    from claims.reading.web.wire import Wire, public_addresses

    class Transport(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            proxy = _proxy_for(request.url)
            certificates = _certificates() if "https" in (request.url.scheme, (proxy or "").partition(":")[0]) else None
            pool: httpcore.ConnectionPool
            if proxy:
                # The proxy looks names up; what this machine knows of the name is checked all the same.
                with suppress(OSError, UnicodeError):
                    public_addresses(request.url.host, request.url.port or 80, private)
                pool = httpcore.HTTPProxy(proxy, ssl_context=certificates, network_backend=Wire(deadline.at, True))
            else:
                pool = httpcore.ConnectionPool(ssl_context=certificates, network_backend=Wire(deadline.at, private))
            answer = pool.handle_request(
                httpcore.Request(
                    request.method,
                    httpcore.URL(
                        scheme=request.url.raw_scheme,
                        host=request.url.raw_host,
                        port=request.url.port,
                        target=request.url.raw_path,
                    ),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
            return httpx.Response(
                answer.status, headers=answer.headers, stream=_Body(answer, pool), extensions=answer.extensions
            )

    class _Body(httpx.SyncByteStream):
        def __init__(self, answer: httpcore.Response, pool: httpcore.ConnectionPool) -> None:
            self._answer = answer
            self._pool = pool

        def __iter__(self) -> Iterator[bytes]:
            yield from self._answer.iter_stream()

        def close(self) -> None:
            self._answer.close()
            self._pool.close()

    return Transport()


def _proxy_for(url: "httpx.URL") -> str | None:
    proxy = urllib.request.getproxies().get(url.scheme)
    return proxy if proxy and not urllib.request.proxy_bypass(url.host) else None
