"""Fetching as a polite visitor: what robots.txt forbids is not asked for, and no host is called on too often."""

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from claims.reading.limits import LONGEST_PAUSE_SECONDS, MAX_BYTES, MAX_ROBOTS_BYTES
from claims.reading.web.fetching import PAGES, Fetched, Unfetchable, fetch

if TYPE_CHECKING:
    from protego import Protego

AGENT = "claims-to-sqlite"
"""The name that robots.txt may have rules for."""

PAUSE_SECONDS = 1.0
"""Between two calls on a host, where its robots.txt asks for no more."""

_ROBOTS_SECONDS = 86_400
_SLOWEST_CRAWL_SECONDS = 60.0
_TRANSIENT = (408, 425, 429)


class LeftAlone(Unfetchable):
    """An address that was not asked for, since its server said not to come before some time."""


class Visitor:
    """Remembers of each host what it allows, when it was last called on, and until when it wants to be left alone.

    `private` allows addresses of the local network. `clock` and `sleep` count in seconds, as those of `time` do.
    """

    def __init__(
        self,
        *,
        private: bool = False,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.clock = clock
        self._private = private
        self._sleep = sleep
        self._robots: dict[str, tuple[float, Protego]] = {}
        self._called: dict[str, float] = {}
        self._alone_until: dict[str, float] = {}

    def fetch(self, url: str, *, kinds: tuple[str, ...] = PAGES, headers: Mapping[str, str] | None = None) -> Fetched:
        """What `url` holds. Raises Unfetchable, also where its host, or one that it leads to, does not want it to be
        fetched, or not now."""
        self._admit(url)
        return self._call(url, kinds=kinds, headers=headers, polite=True)

    def _admit(self, url: str) -> None:
        """Come back when `url` may be asked for. Raises Unfetchable if that is never, or too late to wait for."""
        rules = self._rules(url)
        if not rules.can_fetch(url, AGENT):
            raise Unfetchable(url, "its server forbids programs to fetch it (robots.txt)", 403)
        delay = rules.crawl_delay(AGENT) or PAUSE_SECONDS
        pause = min(max(delay, 0.0), _SLOWEST_CRAWL_SECONDS)
        wait = self._called.get(_host(url), 0.0) + pause - self.clock()
        if 0 < wait <= pause:
            self._sleep(wait)

    def _rules(self, url: str) -> "Protego":
        """What the host's robots.txt says, read once a day; a host without one allows all."""
        from protego import Protego

        host = _host(url)
        self._check_left_alone(url)
        known = self._robots.get(host)
        if known and self.clock() - known[0] < _ROBOTS_SECONDS:
            return known[1]
        text = ""
        try:
            fetched = self._call(f"{host}/robots.txt", kinds=("",), most=MAX_ROBOTS_BYTES)
            text = fetched.data.decode("utf-8", "replace")
        except Unfetchable as refusal:
            # "Not there" and "not for you" leave nothing that would forbid; a host in trouble is not asked for more,
            # nor one whose rules are too long to be read (they came with status 200).
            if is_transient(refusal) or refusal.status == 200:
                raise _instead(refusal, url, f"its robots.txt cannot be read now ({refusal.reason})") from refusal
        rules = Protego.parse(text)
        self._robots[host] = self.clock(), rules
        return rules

    def _check_left_alone(self, url: str) -> None:
        left = self._alone_until.get(_host(url), 0.0) - self.clock()
        if left > 0:
            raise LeftAlone(url, f"its server asked to be left alone for {left:.0f} seconds", 429, str(int(left) + 1))

    def _call(
        self,
        url: str,
        *,
        kinds: tuple[str, ...],
        headers: Mapping[str, str] | None = None,
        most: int = MAX_BYTES,
        polite: bool = False,
    ) -> Fetched:
        """What `url` holds; each address that it leads to is asked as politely if `polite`."""
        hosts = [_host(url)]

        def onwards(hop: str) -> None:
            self._called[hosts[-1]] = self.clock()
            hosts.append(_host(hop))
            try:
                self._admit(hop)
            except Unfetchable as refusal:
                raise _instead(refusal, url, f"leads to {hop[:200]}: {refusal.reason}") from refusal

        try:
            return fetch(
                url,
                private=self._private,
                kinds=kinds,
                headers=headers,
                most=most,
                before_redirect=onwards if polite else None,
            )
        except Unfetchable as refusal:
            if refusal.retry_after and refusal.status in (429, 503) and not isinstance(refusal, LeftAlone):
                self._alone_until[hosts[-1]] = self.clock() + min(refusal.retry_after, LONGEST_PAUSE_SECONDS)
            raise
        finally:
            self._called[hosts[-1]] = self.clock()


def _instead(refusal: Unfetchable, url: str, reason: str) -> Unfetchable:
    """The same refusal, of the address that was asked for."""
    after = None if refusal.retry_after is None else str(refusal.retry_after)
    return type(refusal)(url, reason, refusal.status, after)


def is_transient(refusal: Unfetchable) -> bool:
    """Whether the same question may have an answer later: the server, or the way to it, was in trouble."""
    return refusal.status is None or refusal.status >= 500 or refusal.status in _TRANSIENT


def _host(url: str) -> str:
    """Scheme, host and port."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        raise Unfetchable(url, "is no web address (http:// or https://)", 400)
    return f"{parts.scheme.lower()}://{parts.netloc.rpartition('@')[2].lower()}"
