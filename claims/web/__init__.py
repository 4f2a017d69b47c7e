"""Shows a database of claims in Datasette, with this project's `metadata.yml`."""

from claims.web.metadata import metadata_path
from claims.web.serving import application, serve

__all__ = ["application", "metadata_path", "serve"]
