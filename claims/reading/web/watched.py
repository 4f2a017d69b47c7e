"""What is remembered of watched feeds from poll to poll, in a small JSON file beside the database.

Not in the database: that says what articles said, this only what need not be fetched again. Whoever loses the file
loses politeness, no claim: all is fetched once more, and texts that are stored already change nothing.
"""

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from claims.errors import ClaimsError

MOST_SEEN = 5_000
"""As many entries of a feed are remembered after they have left it: some come back."""

MOST_PAGES = 20_000
"""As many addresses of articles are remembered, the latest: the feeds of one newspaper share many."""


@dataclass
class WatchedFeed:
    """One feed: what its server said to tell changes by, the entries that were dealt with (oldest first), how often
    others failed, how often the feed itself failed in a row, the time (seconds since 1970) not to ask before, the
    address that it has moved to, and whether its server said that it is gone for good."""

    etag: str | None = None
    modified: str | None = None
    seen: list[str] = field(default_factory=list)
    tries: dict[str, int] = field(default_factory=dict)
    failures: int = 0
    not_before: float = 0.0
    address: str | None = None
    gone: bool = False


class Watched:
    """The feeds in the file at `path`, which need not exist yet. Raises ClaimsError where it cannot be understood.

    `pages` has the addresses of articles that were dealt with, whichever feed named them, oldest first.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._feeds: dict[str, WatchedFeed] = {}
        self.pages: dict[str, None] = {}
        try:
            text = path.read_text("utf-8")
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            raise ClaimsError(f"{path}: cannot be read ({error})") from error
        try:
            known = {each.name for each in fields(WatchedFeed)}
            remembered = json.loads(text)
            self.pages = dict.fromkeys(remembered.get("pages", ()))
            for url, values in remembered["feeds"].items():
                feed = WatchedFeed(**{name: value for name, value in values.items() if name in known})
                if not (
                    isinstance(feed.seen, list)
                    and isinstance(feed.tries, dict)
                    and isinstance(feed.failures, int)
                    and isinstance(feed.not_before, int | float)
                    and all(each is None or isinstance(each, str) for each in (feed.etag, feed.modified, feed.address))
                ):
                    raise TypeError
                self._feeds[url] = feed
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ClaimsError(
                f"{path}: is not what `claims watch` remembers of its feeds; delete it, and all is fetched once more"
            ) from error

    def __getitem__(self, url: str) -> WatchedFeed:
        return self._feeds.setdefault(url, WatchedFeed())

    def save(self) -> None:
        """Write the file anew, as a whole or not at all. Raises ClaimsError."""
        for page in list(self.pages)[: max(0, len(self.pages) - MOST_PAGES)]:
            del self.pages[page]
        feeds = {url: asdict(feed) for url, feed in self._feeds.items()}
        text = json.dumps({"feeds": feeds, "pages": list(self.pages)}, indent=1)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=self._path.parent, delete=False) as file:
                try:
                    file.write(text)
                    file.close()
                    os.replace(file.name, self._path)
                except BaseException:
                    with suppress(OSError):
                        os.unlink(file.name)
                    raise
        except OSError as error:
            raise ClaimsError(f"{self._path}: cannot be written ({error.strerror or error})") from error
