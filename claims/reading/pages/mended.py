"""Markup of a page that the search for its article stumbles over, mended beforehand. Runs sheltered."""

import re
from itertools import islice
from typing import Any

_INLINE = frozenset(
    """a abbr acronym b bdi bdo big br cite code data dfn em font i img ins kbd mark q small span strong sub sup time tt
    u var wbr""".split()  # noqa: SIM905
)
_SHORTEST = 40
_MOST_TIMES = 300
_BROKEN = re.compile(r"(?<![ \t\f])[ \t\f]*+[\r\n][ \t\r\n\f]*")
_PARAGRAPHS = ("p", "li", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6")
_AS_WRITTEN = ("pre", "textarea", "script", "style")
_LETTER = re.compile(r"[^\W\d_]")


def mend(tree: Any) -> None:
    """Takes out what is struck through, keeps times that stand in sentences, calls divisions that are paragraphs so,
    and joins lines that are broken in the source alone."""
    for struck in list(tree.iter("del", "s", "strike")):
        # One that was never closed holds the rest of the page.
        if struck.getparent() is not None and all(part.tag in _INLINE for part in struck.iterdescendants()):
            struck.drop_tree()
    for time in list(islice(tree.iter("time"), _MOST_TIMES)):
        previous, parent = time.getprevious(), time.getparent()
        before = previous.tail if previous is not None else parent.text
        if _LETTER.search(before or "") and next(time.iterancestors("p"), None) is not None:
            time.drop_tag()
    for division in list(tree.iter("div")):
        if _is_paragraph(division):
            division.tag = "p"
    _join_lines(tree)


def _join_lines(tree: Any) -> None:
    """Line ends in the source are spaces, except where text is shown as written. Those between blocks stay, by which
    the search tells what is far apart."""
    from lxml import etree

    written = within = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            written += element.tag in _AS_WRITTEN
            within += element.tag in _PARAGRAPHS
            if not written and element.text and (within or not element.text.isspace()):
                element.text = _BROKEN.sub(" ", element.text)
        else:
            written -= element.tag in _AS_WRITTEN
            within -= element.tag in _PARAGRAPHS
            if not written and element.tail and (within or not element.tail.isspace()):
                element.tail = _BROKEN.sub(" ", element.tail)


def _is_paragraph(division: Any) -> bool:
    """Whether a division holds mostly text of its own, links or other markup in it, and no blocks: it would be lost."""
    if not len(division) or not all(part.tag in _INLINE for part in division.iterdescendants()):
        return False
    own = sum(len(text.strip()) for text in [division.text or "", *(part.tail or "" for part in division)])
    return own >= _SHORTEST and own * 2 >= len(division.text_content().strip())
