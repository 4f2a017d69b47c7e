"""Takes "officials said", "according to …" and the like off a wording: a claim is what was said, not that it was said.

Only verbs that merely report are taken off. "denied that" or "promised to" change what is claimed and stay.
"""

import re

_SAYS = (
    r"(?:has |have |had |also |later |then |again )?"
    r"(?:said|says|say|saying|stated|(?<!united )states|declared"
    r"|declares|announced|announces|reported|reports|claims|claimed"
    r"|noted|notes|added|adds"
    r"|told (?:reporters|journalists|lawmakers|parliament|me|us|him|her|them)|said to (?:reporters|journalists))"
)
_WHO = r"[^,.;:?!\"]{1,60}?"

# "Officials said that …", "It was reported that …", "According to the mayor, …": at most sixty letters before the verb.
_FRONT = re.compile(
    rf"^[\"' ]{{0,4}}(?:according to {_WHO},|reportedly,"
    rf"|(?P<speaker>{_WHO}) (?:is |was )?{_SAYS}(?: on \w+day)? that\b,?"
    r"|(?P<name>(?-i:(?:[A-Z][\w'.-]*|the|of)(?: (?:[A-Z][\w'.-]*|of|the)){0,5})|the(?: [\w'-]+){1,3})"
    r" (?:says|said|claims)(?! to\b),? )[\"']?",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"(?:,|\"|-)[\"' ]{0,4}"
    rf"(?:according to [^,;:?!]{{1,80}}|{_WHO} {_SAYS}(?: in a statement| on \w+day)?|{_SAYS} {_WHO})[.\"' ]*$",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|never|nobody|no|none|denied|n't)\b|n't\b", re.IGNORECASE)
_SUBORDINATE = re.compile(r"\b(?:who|which|what|if|when|because|but|after|before|since|while|how|why)\b", re.IGNORECASE)
_FRAME = 200  # letters at either end where reporting words are looked for: bounds the time that a hostile text takes


REPORTING = frozenset(
    [
        "said",
        "says",
        "say",
        "saying",
        "stated",
        "states",
        "declared",
        "declares",
        "announced",
        "announces",
        "reported",
        "reports",
        "claims",
        "claimed",
        "noted",
        "notes",
        "added",
        "adds",
        "told",
        "according",
        "reportedly",
    ]
)


def reports(written: list[str]) -> bool:
    """Whether the tokens hold a word of reporting at all, so that looking for a frame is worth its time."""
    return not REPORTING.isdisjoint(word.lower() for word in written)


def strip_attributions(text: str) -> tuple[str, str]:
    """The levelled `text` without reporting words around it, and the words for the innermost speaker in front of it.

    Where too little (under three words) would be left, or the reporting itself is negated, nothing is taken off.
    """
    speaker = ""
    for _ in range(3):
        match = _FRONT.match(text[:_FRAME])
        if not match or _NEGATED.search(match.group()) or text.count(" ", match.end()) < 2:
            break
        named = match["speaker"] or match["name"] or ""
        if _SUBORDINATE.search(named):  # "A man who said that …" says something of the man
            break
        speaker = named or speaker
        text = text[match.end() :]
    start = max(0, len(text) - _FRAME)
    match = _BACK.search(text[start:])
    if match and not _NEGATED.search(match.group()) and text.count(" ", 0, start + match.start()) >= 2:
        text = text[: start + match.start()]
    return text, speaker
