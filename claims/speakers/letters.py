"""Letters to the editor: who signed what stands above."""

import re

_LONGEST_LETTER = 6000  # characters
# A name in a line of its own, and under it a place ("Bo Ray", "Sandvik, Ore.").
_SIGNATURE = re.compile(
    r"\n[-–—* ]*((?:[A-Z][\w’'-]{0,30}\.? ){1,3}[A-Z][\w’'-]{1,30})[.,;]?[ ]*\n\s*"
    r"[A-Z][\w.’' -]{1,40}, ?[A-Z][\w. ]{1,20}(?:\n|$)"
)


def signed_below(text: str, offset: int) -> str:
    """The name under the letter that `offset` stands in; "" where no signature follows."""
    signature = _SIGNATURE.search(text, offset, offset + _LONGEST_LETTER)
    return signature[1] if signature else ""
