"""Quotations in a page that are lost, or read twice, where an article is found by its paragraphs. Runs sheltered."""

import re
from dataclasses import dataclass
from itertools import islice
from typing import Any

_MOST_QUOTES = 300
_NO_LETTERS = re.compile(r"[\W_]+")
_OPENING = "\"'“‘«„‹"
_PULLED = re.compile(r"pull|quot", re.IGNORECASE)
_LONGEST_PULLED = 600
_SHORTEST_SAID = 15
# "… — Bo Carr, engineer"
_SIGNED = re.compile(r"(?:\s|(?<=[.!?”\"’»]))[—–-]{1,2}\s*(?:[^\W\d_a-z][\w.'’-]*+\s?){1,4}(?:,.{0,60})?$")


def letters(text: str) -> str:
    """A text for comparison: its letters and digits without case."""
    return _NO_LETTERS.sub("", text).casefold()


def prepare_quotations(tree: Any) -> None:
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
    for aside in list(islice(tree.iter("aside"), _MOST_QUOTES)):
        if _is_pulled(aside):
            aside.tag = "blockquote"
    quotes = list(islice(tree.iter("blockquote"), _MOST_QUOTES))
    paragraphs = _paragraphs(tree) if quotes else ""
    for quote in quotes:
        if quote.getparent() is None or _is_links(quote):
            continue
        wrapping = next(quote.iterancestors("figure", "aside"), None)
        if _is_repeated(quote, paragraphs):
            whole = quote if wrapping is None or len(wrapping.text_content()) > _LONGEST_PULLED else wrapping
            whole.drop_tree()
            continue
        _clear(quote)
        for signature in list(quote.iter("footer", "figcaption")):
            _clear(signature, "p")
        if wrapping is not None:
            _clear(wrapping, "div")
            for caption in list(wrapping.iter("figcaption")):
                _clear(caption, "p")


def _is_pulled(aside: Any) -> bool:
    """Whether an aside is a quotation printed large, as its class or its marks tell, and no box of links or facts."""
    words = aside.text_content().strip()
    if not 0 < len(words) <= _LONGEST_PULLED or next(aside.iter("blockquote", "ul", "ol", "form"), None) is not None:
        return False
    return not _is_links(aside) and (words[0] in _OPENING or _PULLED.search(aside.get("class") or "") is not None)


def _clear(element: Any, tag: str | None = None) -> None:
    """Takes away a class and an id, by which elements are thrown away."""
    element.tag = tag or element.tag
    for name in ("class", "id", "style"):
        element.attrib.pop(name, None)


def _paragraphs(tree: Any) -> str:
    return "|".join(
        letters(p.text_content()) for p in tree.iter("p") if next(p.iterancestors("blockquote", "aside"), None) is None
    )


def _is_repeated(quote: Any, paragraphs: str) -> bool:
    """Whether the words of a quotation, without who said them, stand in a paragraph, too, and would be read twice."""
    words = quote.text_content().rstrip()
    for signature in quote.iter("cite", "footer", "figcaption"):
        words = words.removesuffix(signature.text_content().rstrip()).rstrip()
    said = letters(_SIGNED.sub("", words))
    return len(said) >= _SHORTEST_SAID and said in paragraphs


@dataclass
class Quotation:
    """A block quotation, with the letters of the paragraphs before and after it."""

    text: str
    before: str
    after: str = ""


def quotations(tree: Any) -> list[Quotation]:
    """The block quotations of a page, in their order, without those that are links to elsewhere."""
    found: list[Quotation] = []
    waiting: list[Quotation] = []
    before = ""
    for element in tree.iter("p", "blockquote"):
        if next(element.iterancestors("blockquote"), None) is not None:
            continue
        words = letters(element.text_content())
        if element.tag == "p" and words:
            before = words
            for quote in waiting:
                quote.after = words
            waiting = []
        elif element.tag == "blockquote" and not _is_links(element) and len(found) < _MOST_QUOTES:
            lines = [" ".join(part.text_content().split()) for part in list(element.iter("p")) or [element]]
            waiting.append(Quotation("\n".join(filter(None, lines)), before))
            found.append(waiting[-1])
    return found


def _is_links(quote: Any) -> bool:
    linked = sum(len(link.text_content()) for link in quote.iter("a"))
    return linked * 2 > len(quote.text_content())


def with_lost(text: str, quotes: list[Quotation]) -> str:
    """The text with each block quotation that stands between two paragraphs of it, or after its last."""
    if not quotes:
        return text
    lines = text.split("\n")
    known = [letters(line) for line in lines]
    held = "".join(known)
    for quote in quotes:
        words = letters(quote.text)
        if not words or words in held or quote.before not in known:
            continue
        place = known.index(quote.before) + 1
        if quote.after in known or place == len(known):
            lines.insert(place, quote.text)
            known.insert(place, words)
    return "\n".join(lines)
