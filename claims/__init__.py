"""claims: split articles into attributed claims, store them in SQLite, publish them with Datasette."""

__version__ = "0.1.0"
