"""Lines in a page's text that are not its article's: links to other articles, their headings, captions, furniture."""

import re
from typing import Any

from claims.language.residue import is_residue_line
from claims.reading.pages.quoted import letters

_SENTENCE_END = re.compile(r"[.!…。！][\"”’»)\]]*$")
_LONGEST_LABEL = 60
_FEWEST_WORDS = 5
_FEWEST_ITEMS = 3
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HEADS = ("p", "strong", "b", "span", *_HEADINGS[1:])
# Furniture, too, but it names who wrote the article, and its own text ends with it.
_REPORTING = re.compile(r"[(\[]?(?:Additional\s)?(?:Reporting|Writing|Editing|Compiled|Translated)\sby\b", re.I)
# "The harbour on Monday. Photo: Bo Carr/Reuters"
_CAPTION = re.compile(
    r"(?:^|[\s(\[])(?:Photo|Photograph|Picture|Image|Illustration|Credit|Photo credit|Image credit)s?"
    r"(?:\s?[:/]\s?|\s(?:by|via|courtesy of)\s)(?:[A-Z@][^.!?“”\"]{1,60})[)\]]?$"
)
_LONGEST_CAPTION = 250


def without_beside(text: str, tree: Any) -> str:
    """The text, a line a paragraph, without such lines. Links that are sentences stay, and so do signatures."""
    lines = [line for line in (" ".join(line.split()) for line in text.split("\n")) if line]
    known = [letters(line) for line in lines]
    linked, (listed, heads) = _linked(tree, set(known)), _listed(tree)
    kept: list[str] = []
    dropped = False
    for line, words, following in zip(lines, known, [*known[1:], ""], strict=True):
        headed = bool(kept) and _is_label(kept[-1])
        boxed = words in listed and (dropped or (headed and not kept[-1].endswith(":")))
        if not _is_sentence(line) and (words in linked or boxed):
            if not dropped and headed and len(kept) > 1:
                kept.pop()
            dropped = True
            continue
        dropped = False
        alone = words in heads and following not in listed and _is_label(line)
        if not alone and not _is_besides(line):
            kept.append(line)
    return "\n".join(kept)


def _leads_elsewhere(link: Any) -> bool:
    return not (link.get("href") or "#").startswith(("#", "mailto:", "tel:"))


def _linked(tree: Any, wanted: set[str]) -> set[str]:
    """The letters of links to elsewhere, those that are the page's own headings, too, left out."""
    found = {
        words
        for link in tree.iter("a")
        if _leads_elsewhere(link)
        and len((text := link.text_content()).split()) >= _FEWEST_WORDS
        and (words := letters(text)) in wanted
    }
    if found:
        found -= {letters(heading.text_content()) for heading in tree.iter(*_HEADINGS)}
    return found


def _listed(tree: Any) -> tuple[set[str], set[str]]:
    """The letters of the items of lists all of which link to elsewhere and none of which is a sentence, and of what
    stands before such lists."""
    found: set[str] = set()
    heads: set[str] = set()
    for box in tree.iter("ul", "ol"):
        items = [item for item in box if item.tag == "li"]
        if len(items) < _FEWEST_ITEMS or not all(any(map(_leads_elsewhere, item.iter("a"))) for item in items):
            continue
        texts = [" ".join(item.text_content().split()) for item in items]
        if not any(_SENTENCE_END.search(text) for text in texts):
            found.update(map(letters, texts))
            head = box.getprevious()
            if head is not None and head.tag in _HEADS:
                heads.add(letters(head.text_content()))
    return found - {""}, heads


def _is_sentence(line: str) -> bool:
    """Whether a line says something; so does "— Ann Lee" below a quotation."""
    return line.startswith(("—", "–")) or (not line.startswith("- ") and _SENTENCE_END.search(line) is not None)


def _is_label(line: str) -> bool:
    """Whether a line may head a list of links: "More from us:"."""
    return len(line) <= _LONGEST_LABEL and not re.search(r"[.!?…,;”\"]$", line)


def _is_besides(line: str) -> bool:
    if _REPORTING.match(line):
        return False
    return is_residue_line(line) or (len(line) <= _LONGEST_CAPTION and _CAPTION.search(line) is not None)
