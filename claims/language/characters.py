"""Half characters (lone surrogates), which no encoding and no database can hold."""

import re

HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def without_halves(text: str) -> str:
    """The text with U+FFFD in the place of each half character: as long as before, so that offsets stay true."""
    return HALF_CHARACTER.sub("\ufffd", text)
