"""The article in a page: what trafilatura finds, and the quotations that it would lose. Runs sheltered."""

import re
from itertools import islice
from typing import Any

from claims.errors import InputRefused
from claims.reading.charsets import page_text

_MOST_QUOTES = 300
_NO_LETTERS = re.compile(r"[\W_]+")
_OPENING = "\"'“‘«„‹"
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,500}\?>")


def find(data: bytes, url: str | None = None, charset: str | None = None) -> dict[str, Any]:
    """What the page says of itself ("title", "published", "author", "publisher", "url", "language": text or None), its
    "text" and "notes". Raises InputRefused for a page without an article."""
    from trafilatura import bare_extraction, load_html

    markup, notes = page_text(data, charset)
    tree = load_html(_DECLARATION.sub("", markup).replace("\0", ""))
    if tree is None:
        raise InputRefused("", "no article could be found in this page")
    language = _language(tree)
    _prepare(tree)
    quotes = _quotes(tree)
    document = bare_extraction(
        tree, url=url, include_comments=False, include_tables=False, with_metadata=True, deduplicate=False
    )
    text = (getattr(document, "text", None) or "").strip()
    if not text:
        raise InputRefused("", "no article could be found in this page")
    return {
        "text": _with_lost(text, quotes),
        "title": document.title,
        "published": document.date,
        "author": document.author,
        "publisher": document.sitename,
        "url": document.url,
        "language": language,
        "notes": notes,
    }


def _language(tree: Any) -> str | None:
    """The language that the page says it is in, "en"."""
    for said in tree.xpath("/html/@lang | //meta[@property='og:locale']/@content | //html/@*[name()='xml:lang']"):
        if match := re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", said):
            return match[1].lower()
    return None


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


def _quotes(tree: Any) -> list[tuple[str, str, str]]:
    """Each block quotation: its text, and the letters of the paragraphs before and after it among its neighbours."""
    found = []
    for quote in islice(tree.iter("blockquote"), _MOST_QUOTES):
        if next(quote.iterancestors("blockquote"), None) is not None:
            continue
        lines = [" ".join(p.text_content().split()) for p in quote.iter("p")] or [
            " ".join(quote.text_content().split())
        ]
        text = "\n".join(line for line in lines if line)
        holder = quote
        if holder.getparent() is not None and not any(True for _ in _neighbours(holder)):
            holder = holder.getparent()
        before = next((_letters(p.text_content()) for p in holder.itersiblings("p", preceding=True)), "")
        after = next((_letters(p.text_content()) for p in holder.itersiblings("p")), "")
        if text and (before or after):
            found.append((text, before, after))
    return found


def _neighbours(element: Any) -> Any:
    yield from element.itersiblings("p", preceding=True)
    yield from element.itersiblings("p")


def _with_lost(text: str, quotes: list[tuple[str, str, str]]) -> str:
    """The text with each block quotation in it that stands beside a paragraph of it."""
    if not quotes:
        return text
    lines = text.split("\n")
    letters = [_letters(line) for line in lines]
    held = "".join(letters)
    for words, before, after in quotes:
        if _letters(words) in held:
            continue
        if before and before in letters:
            place = letters.index(before) + 1
        elif after and after in letters:
            place = letters.index(after)
        else:
            continue
        lines.insert(place, words)
        letters.insert(place, _letters(words))
    return "\n".join(lines)


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text).casefold()
