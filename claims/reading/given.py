"""What the command line says of all articles that it names; it wins over what the files say."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from claims.errors import InputRefused
from claims.terms import Article


@dataclass(frozen=True)
class Given:
    """`published` is an ISO date; `language` is "en" where the articles are to be read as English whatever they look
    like; `columns` maps a field of Article to the column of a table (JSON Lines, CSV) that
    holds it ({"text": "body"}); `fetch_private` allows addresses in the local network."""

    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    fetch_private: bool = False
    language: str | None = None

    def over(self, article: Article) -> Article:
        """The article with what is given in place of what it said itself."""
        if not (self.published or self.publisher or self.url or self.language):
            return article
        return replace(
            article,
            published=self.published or article.published,
            publisher=self.publisher or article.publisher,
            url=self.url or article.url,
            language=self.language or article.language,
        )


NOTHING_GIVEN = Given()

Reader = Callable[[str, io.BufferedReader, Given], Iterator[Article | InputRefused]]
"""Called with a file's name, what is in it, and what the command line says. May raise InputRefused at any point."""
