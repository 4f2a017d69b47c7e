"""Finds the project's `metadata.yml` and fits it to a database of any name."""

from pathlib import Path
from typing import Any

from claims.errors import ClaimsError

DESCRIBED_DATABASE = "claims"
"""The name under which `metadata.yml` describes the database."""


def metadata_path() -> Path:
    """The file `metadata.yml`: beside this module in an installed package, at the top of the repository otherwise.

    Raises ClaimsError where it is in neither place.
    """
    places = [Path(__file__).with_name("metadata.yml"), Path(__file__).parents[2] / "metadata.yml"]
    for place in places:
        if place.is_file():
            return place
    raise ClaimsError(f"metadata.yml is missing, looked for {' and '.join(map(str, places))}: install claims anew.")


def metadata_for(database_name: str) -> dict[str, Any]:
    """What `metadata.yml` says, told of the database that Datasette calls `database_name`."""
    # Datasette takes a quarter of a second to load: only serving pays for it.
    from datasette.utils import parse_metadata

    metadata: dict[str, Any] = parse_metadata(metadata_path().read_text(encoding="utf-8"))
    metadata["databases"] = {database_name: metadata["databases"][DESCRIBED_DATABASE]}
    return metadata
