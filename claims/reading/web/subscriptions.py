"""The feeds that somebody names: addresses, lists of them in a file, OPML as readers of feeds export it."""

import os
import re
from collections.abc import Iterable, Iterator

from claims.errors import InputRefused
from claims.reading.decoding import decode
from claims.reading.feeds import declares_entities, is_list_of_feeds
from claims.reading.limits import MAX_FEED_BYTES
from claims.reading.packed import opened
from claims.reading.sheltered import sheltered

_OPML_ENDINGS = (".opml", ".xml")
_FEED_SCHEME = re.compile(r"^feed:(?://)?", re.IGNORECASE)
_WEB = re.compile(r"^feed:(?://)?https?:", re.IGNORECASE)


def feeds_named(names: Iterable[str]) -> Iterator[str | InputRefused]:
    """The address of each feed, once: a name is an address, an OPML file, or "@FILE" for a list (addresses, one a line,
    or OPML). A list that cannot be read, or has none, comes as the error that says why."""
    told: set[str] = set()
    for name in names:
        is_file = name.lower().endswith(_OPML_ENDINGS) and os.path.isfile(name)
        if is_file or name.startswith("@"):
            file = name if is_file else name[1:]
            try:
                found = _in_file(name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"), file)
            except InputRefused as refusal:
                yield refusal
                continue
            except (OSError, ValueError) as error:  # ValueError: a NUL in the path
                yield InputRefused(name, f"the list cannot be read ({getattr(error, 'strerror', None) or error})")
                continue
        else:
            found = [name]
        for address in found:
            if address not in told:
                told.add(address)
                yield address


def _in_file(name: str, path: str) -> list[str]:
    with open(path, "rb") as file:
        data = opened(name, file).read(MAX_FEED_BYTES + 1)
    if len(data) > MAX_FEED_BYTES:
        raise InputRefused(name, f"is a list of more than {MAX_FEED_BYTES // 1_000_000} MB")
    if is_list_of_feeds(data[:1024]) or path.lower().endswith(_OPML_ENDINGS) or b"<opml" in data[:4096].lower():
        if declares_entities(data):
            raise InputRefused(name, "declares entities of its own, which no list needs and attacks do; not read")
        found = sheltered(name, "claims.reading.web.subscriptions:found_in", data)
    else:
        lines = (line.strip() for line in decode(name, data)[0].splitlines())
        found = [line for line in lines if line and not line.startswith("#")]
    if not found:
        raise InputRefused(name, "names no feed")
    # Some programs write "feed://example.org/feed" and "feed:https://example.org/feed".
    return [_FEED_SCHEME.sub("" if _WEB.search(each) else "http://", each) for each in found]


def found_in(data: bytes) -> list[str]:
    """The addresses of the feeds in an OPML document, however it nests them. Raises InputRefused."""
    from lxml import etree

    # Many are not well-formed: an "&" in an address that nobody escaped.
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise InputRefused("", f"is no OPML ({error})") from error
    if root is None or not isinstance(root.tag, str) or etree.QName(root).localname.lower() != "opml":
        raise InputRefused("", "is no list of feeds (OPML)")
    addresses = []
    for outline in root.iter("{*}outline"):
        attributes = {name.lower(): value.strip() for name, value in outline.attrib.items()}
        if attributes.get("xmlurl"):
            addresses.append(" ".join(attributes["xmlurl"].split()))
    return addresses
