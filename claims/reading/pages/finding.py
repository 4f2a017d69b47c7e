"""The article in a page: what trafilatura finds, mended beforehand, and swept afterwards. Runs sheltered."""

import re
from typing import Any

from claims.errors import InputRefused
from claims.reading.charsets import page_text
from claims.reading.pages.beside import without_beside
from claims.reading.pages.fronts import is_front
from claims.reading.pages.leading import with_lead
from claims.reading.pages.mended import mend
from claims.reading.pages.quoted import prepare_quotations, quotations, with_lost
from claims.reading.pages.scripted import article_in_data, is_better, write_article
from claims.reading.pages.telling import extracted, telling

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
    if is_front(tree, said):
        raise InputRefused("", "is a front page or a list of articles: name an article, or its feed to `claims watch`")
    body = article_in_data(said)
    mend(tree)
    prepare_quotations(tree)
    quotes = quotations(tree)
    document = extracted(tree, url)
    text = (getattr(document, "text", None) or "").strip()
    if is_better(body, text):
        text = body
        if document is None:
            write_article(tree, body)
            document = extracted(tree, url)
    elif text:
        text = without_beside(with_lost(text, quotes), tree)
        text = text and with_lead(text, tree)
    if not text:
        raise InputRefused("", "no article could be found in this page")
    told = said.filled_from(document)
    return {
        "text": text,
        **told,
        "notes": [*notes, *told["notes"]],
    }
