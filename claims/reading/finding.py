"""The article in a page: what trafilatura finds, and the quotations that it would lose. Runs sheltered."""

import re
from dataclasses import dataclass
from itertools import islice
from typing import Any

from claims.errors import InputRefused
from claims.reading.charsets import page_text
from claims.reading.telling import extracted, telling

_MOST_QUOTES = 300
_NO_LETTERS = re.compile(r"[\W_]+")
_OPENING = "\"'“‘«„‹"
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,500}\?>")


def find(data: bytes, url: str | None = None, charset: str | None = None) -> dict[str, Any]:
    """What the page says of itself ("title", "published", "author", "publisher", "url", "language": text or None), its
    "text" and "notes". Raises InputRefused for a page without an article."""
    from trafilatura import load_html

    markup, notes = page_text(data, charset)
    tree = load_html(_DECLARATION.sub("", markup).replace("\0", ""))
    if tree is None:
        raise InputRefused("", "no article could be found in this page")
    said = telling(tree, url)
    _prepare(tree)
    quotes = _quotes(tree)
    document = extracted(tree, url)
    text = (getattr(document, "text", None) or "").strip()
    if not text:
        raise InputRefused("", "no article could be found in this page")
    told = said.filled_from(document)
    return {
        "text": _with_lost(text, quotes),
        **told,
        "notes": [*notes, *told["notes"]],
    }


def _prepare(tree: Any) -> None:
    """Writes quotation marks where browsers draw them, and takes quotations out of wrappings that are thrown away."""
    for quote in list(tree.iter("q")):
        words = quote.text_content().strip()
        if words and words[0] not in _OPENING:
            inner = any(ancestor.tag == "q" for ancestor in quote.iterancestors())
            opening, closing = "‘’" if inner else "“”"
            quote.text = opening + (quote.text or "")
            if len(quote):
                quote[-1].tail = (quote[-1].tail or "") + closing
            else:
                quote.text += closing
    for quote in list(tree.iter("q")):
        quote.drop_tag()
    for quote in list(islice(tree.iter("blockquote"), _MOST_QUOTES)):
        if _is_links(quote):
            continue
        _clear(quote)
        for signature in list(quote.iter("footer", "figcaption")):
            _clear(signature, "p")
        for wrapping in quote.iterancestors("figure", "aside"):
            _clear(wrapping, "div")
            for caption in list(wrapping.iter("figcaption")):
                _clear(caption, "p")
            break
    _drop_repeated(tree)


def _clear(element: Any, tag: str | None = None) -> None:
    """Takes away a class and an id, by which elements are thrown away."""
    element.tag = tag or element.tag
    for name in ("class", "id", "style"):
        element.attrib.pop(name, None)


def _drop_repeated(tree: Any) -> None:
    """Drops pulled quotations: those whose words stand in a paragraph, too, where they would be read a second time."""
    quotes = list(islice(tree.iter("blockquote"), _MOST_QUOTES))
    if not quotes:
        return
    paragraphs = "|".join(
        _letters(p.text_content()) for p in tree.iter("p") if next(p.iterancestors("blockquote", "aside"), None) is None
    )
    for quote in quotes:
        words = _letters(quote.text_content())
        if len(words) >= 15 and words in paragraphs and quote.getparent() is not None:
            quote.drop_tree()


@dataclass
class _Quote:
    """A block quotation, with the letters of the paragraphs before and after it."""

    text: str
    before: str
    after: str = ""


def _quotes(tree: Any) -> list[_Quote]:
    """The block quotations of a page, in their order, without those that are links to elsewhere."""
    found: list[_Quote] = []
    waiting: list[_Quote] = []
    before = ""
    for element in tree.iter("p", "blockquote"):
        if next(element.iterancestors("blockquote"), None) is not None:
            continue
        letters = _letters(element.text_content())
        if element.tag == "p" and letters:
            before = letters
            for quote in waiting:
                quote.after = letters
            waiting = []
        elif element.tag == "blockquote" and not _is_links(element) and len(found) < _MOST_QUOTES:
            lines = [" ".join(part.text_content().split()) for part in list(element.iter("p")) or [element]]
            waiting.append(_Quote("\n".join(filter(None, lines)), before))
            found.append(waiting[-1])
    return found


def _is_links(quote: Any) -> bool:
    linked = sum(len(link.text_content()) for link in quote.iter("a"))
    return linked * 2 > len(quote.text_content())


def _with_lost(text: str, quotes: list[_Quote]) -> str:
    """The text with each block quotation that stands between two paragraphs of it, or after its last."""
    if not quotes:
        return text
    lines = text.split("\n")
    letters = [_letters(line) for line in lines]
    held = "".join(letters)
    for quote in quotes:
        words = _letters(quote.text)
        if not words or words in held or quote.before not in letters:
            continue
        place = letters.index(quote.before) + 1
        if quote.after in letters or place == len(letters):
            lines.insert(place, quote.text)
            letters.insert(place, words)
    return "\n".join(lines)


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text).casefold()
