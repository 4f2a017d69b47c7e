"""Reading: what people have (files, folders, pages) into articles, or a refusal by name."""

from claims.reading.files import read_articles
from claims.reading.given import Given

__all__ = ["Given", "read_articles"]
