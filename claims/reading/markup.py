"""Pieces of HTML that hold an article and nothing else (in a feed, in a table's cell) into text."""

import re

_MARKUP = re.compile(
    r"</(?:p|div|blockquote|article|section|body|html|li|h[1-6])\s*>|<(?:p|br|div)\b[^<>]{0,200}>", re.IGNORECASE
)
_BLOCKS = frozenset(
    """address article aside blockquote body br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr
    li main ol p pre section table tr ul""".split()  # noqa: SIM905
)
_NO_PROSE = frozenset("button head iframe math noscript object script select style svg template title".split())  # noqa: SIM905


def is_markup(text: str) -> bool:
    """Whether a text has HTML paragraphs in it rather than lines."""
    return bool(_MARKUP.search(text))


def text_in(data: bytes) -> str:
    """`text_of_markup` for the process that parses what others wrote."""
    return text_of_markup(data.decode())


def text_of_markup(markup: str) -> str:
    """The text of a piece of HTML: a line for each paragraph, quotations included, with a blank line between two."""
    from lxml import etree, html

    # "\0" and other controls end libxml2's reading.
    cleaned = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", "\ufffd", markup)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(f"<html><body>{cleaned}</body></html>".encode(), parser)
    except (etree.LxmlError, ValueError):
        return ""
    pieces: list[str] = []
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end")) if root is not None else ():
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            silent += tag in _NO_PROSE
            inside = element.text
        else:
            silent -= tag in _NO_PROSE
            inside = element.tail
        if tag in _BLOCKS:
            pieces.append("\n")
        elif tag in ("td", "th"):
            pieces.append(" ")
        if inside and not silent:
            # Line ends within markup are white space like any other.
            pieces.append(re.sub(r"[ \t\r\n\f]+", " ", inside))
    lines = (line.strip(" \t") for line in "".join(pieces).split("\n"))
    return "\n\n".join(line for line in lines if line)
