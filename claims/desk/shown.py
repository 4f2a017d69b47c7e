"""Text of the world made safe for the eye: what would turn or hide the words around it is written out."""

import re

_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Signs that change the direction of the text after them; a name with one can show as another name."""

_SHOWN = {
    **{number: chr(0x2400 + number) for number in range(0x20) if chr(number) not in "\t\n\r"},
    0x7F: "\u2421",
    **{ord(sign): f"[U+{ord(sign):04X}]" for sign in _BIDI},
}

_NOT_FOR_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def visible(text: object) -> str:
    """`text` with control signs, those of writing direction among them, as signs that show: ␀, [U+202E]."""
    told = str(text)
    # Hardly any text has such a sign, and none that has one can be printed.
    return told if told.isprintable() else told.translate(_SHOWN)


def visible_in_xml(text: object) -> str:
    """The same for feeds and pictures: what no XML can hold is a replacement character, U+FFFD."""
    return _NOT_FOR_XML.sub("\ufffd", visible(text))


def shortened(text: str, longest: int) -> str:
    """`text`, of which no more than `longest` signs are shown."""
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"
