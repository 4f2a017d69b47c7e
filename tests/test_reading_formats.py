"""Articles come in many wrappings: tables, feeds, archives, packed files, documents."""

from pathlib import Path

from claims.reading import Given, read_articles
from claims.terms import Article


def read(*paths: Path | str, given: Given | None = None) -> list[object]:
    return list(read_articles([str(path) for path in paths], given or Given()))


def test_what_is_given_wins_over_what_the_file_says(tmp_path: Path) -> None:
    """Date, publisher and address of the command line stand in place of the article's own; the rest stays."""
    (tmp_path / "a.txt").write_text("The dam holds\nJuly 15, 2024\nThe dam held, the mayor said.\n")
    [article] = read(tmp_path / "a.txt", given=Given(published="2020-01-02", publisher="Sarn Courier"))
    assert isinstance(article, Article)
    assert (article.title, article.published, article.publisher) == ("The dam holds", "2020-01-02", "Sarn Courier")
    [article] = read(tmp_path / "a.txt")
    assert isinstance(article, Article)
    assert (article.published, article.publisher) == ("2024-07-15", None)
