"""Reading: what people have (files, folders, pages) into articles, or a refusal by name."""

from claims.reading.files import read_articles

__all__ = ["read_articles"]
