"""Addresses that may stand in a page, and those that articles bring along."""

from urllib.parse import urlsplit


def safe_url(address: str | None) -> str | None:
    """An article's address if a reader may follow it: http or https with a host. Anything else is only shown."""
    if not address or any(sign.isspace() or ord(sign) < 32 for sign in address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme.lower() in ("http", "https") and parts.hostname else None
