"""How much one input may hold and take, in one place.

Each can be set by an environment variable of its name with CLAIMS_ before it: CLAIMS_FETCH_SECONDS=120.
"""

import os

from claims.errors import ClaimsError


def _limit(name: str, usual: int) -> int:
    """What the environment says the limit `name` is, or what it usually is. Raises ClaimsError for no number."""
    text = os.environ.get(f"CLAIMS_{name}", "").replace("_", "").strip()
    if text and not (text.isdecimal() and 0 < int(text) < 2**50):
        raise ClaimsError(f"CLAIMS_{name}: {text!r} is no limit; set it to a whole number above 0, or not at all")
    return int(text) if text else usual


MAX_BYTES = _limit("MAX_BYTES", 20_000_000)
"""A file or page larger than this, packed or unpacked, is not read at all."""

MAX_CHARACTERS = _limit("MAX_CHARACTERS", 1_000_000)
"""A text longer than this is a book, a dump or an attack, no article: the longest news features have 150,000."""

MAX_PIECES = _limit("MAX_PIECES", 300_000)
"""A text with more words, numbers and marks than this costs more time and memory than prose of MAX_CHARACTERS, which
has 220,000: it is a table, a dump, or made of marks."""

SILENCE_SECONDS = _limit("SILENCE_SECONDS", 20)
"""How long a web server may keep silent."""

FETCH_SECONDS = _limit("FETCH_SECONDS", 60)
"""How long a page may take to arrive in all, redirects included."""

MAX_REDIRECTS = _limit("MAX_REDIRECTS", 10)
"""How often a server may send elsewhere before it is going in circles."""

PARSE_SECONDS = _limit("PARSE_SECONDS", 20)
"""How long the process that parses pages may take for one; ordinary pages take a tenth of a second."""

PARSE_BYTES = _limit("PARSE_BYTES", 1_000_000_000)
"""How much memory (address space) that process may take before it is refused more; it starts with 50 MB."""

EXTRACT_SECONDS = _limit("EXTRACT_SECONDS", 300)
"""How long the attributions of one article may take: the longest that is read takes 20 to 30 s of one processor."""

MAX_ROW_BYTES = _limit("MAX_ROW_BYTES", 8_000_000)
"""A longer line of a table is passed over, not held in memory: that is eight times the longest article, escaped."""

MAX_UNPACKING = _limit("MAX_UNPACKING", 100)
"""A .gz file that unpacks to more than this many times its size is a bomb: news text shrinks to a third or a fifth,
and what repeats itself most (exports full of markup) to a fiftieth."""

MAX_FEED_BYTES = _limit("MAX_FEED_BYTES", 10_000_000)
"""A larger feed is not read: the largest with whole articles in them have two million."""

MAX_FEED_ENTRIES = _limit("MAX_FEED_ENTRIES", 1_000)
"""As many entries of a feed are read at a time: feeds of news hold 10 to 200."""

MAX_WARC_HEADER_BYTES = _limit("MAX_WARC_HEADER_BYTES", 200_000)
"""What the head of a record in a web archive may have, that of the HTTP response included: real ones have 5,000."""

MAX_PAGES = _limit("MAX_PAGES", 300)
"""A longer PDF is a book or a court file, no article."""

MAX_ROBOTS_BYTES = _limit("MAX_ROBOTS_BYTES", 500_000)
"""A longer robots.txt is not read: crawlers read as much of one at the least."""

LONGEST_PAUSE_SECONDS = _limit("LONGEST_PAUSE_SECONDS", 86_400)
"""How long a server that fails, or asks for it, is left alone at the most."""
