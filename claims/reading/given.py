"""What the command line says of all articles that it names; it wins over what the files say."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from claims.terms import Article


@dataclass(frozen=True)
class Given:
    """`published` is an ISO date; `columns` maps a field of Article to the column of a table (JSON Lines, CSV) that
    holds it ({"text": "body"}); `fetch_private` allows addresses in the local network."""

    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    fetch_private: bool = False

    def over(self, article: Article) -> Article:
        """The article with what is given in place of what it said itself."""
        if not (self.published or self.publisher or self.url):
            return article
        return replace(
            article,
            published=self.published or article.published,
            publisher=self.publisher or article.publisher,
            url=self.url or article.url,
        )


NOTHING_GIVEN = Given()
