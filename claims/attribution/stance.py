"""The stance that a cue takes to its content, and the cue's lemma."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from claims.language.lexicons import lexicon_lines
from claims.terms import STANCES

_WORD = re.compile(r"[\w’'-]+")
LONGEST_CUE = 500
"""Characters of a cue that are read; sentences have none so long, but hostile texts may."""
_QUOTED = "“\"'‘„«`"
# What a negated cue comes down to; "granting" and "wanting" words (stances.txt) come down to a denial.
_UNDONE = {
    "believes": "doubts", "confirms": "doubts", "denies": "asserts", "criticizes": "asserts", "praises": "criticizes",
    "accuses": "asserts", "promises": "denies", "demands": "asserts", "warns": "asserts", "doubts": "believes",
    "asks": "asserts",
}  # fmt: skip
_NEGATION = re.compile(r"not|never|no|nobody|none|neither|nor|without|cannot|hardly|barely|scarcely|\w+n['’]t")
_NO_NEGATION = frozenset(["only", "just", "merely", "simply", "least", "to"])  # "not only", "not to mention"
_FAILING = frozenset(["fail", "avoid", "refrain", "unable", "short", "yet"])  # "stopped short of", "has yet to"
_FILLERS = frozenset(  # may stand anywhere inside a lexicon entry: "pointed (the) finger", "called (again) for"
    ["again", "also", "once", "further", "even", "still", "just", "then", "now", "already", "so", "yet",
     "the", "a", "an", "his", "her", "its", "their", "my", "our", "your"]
)  # fmt: skip
# Behind these a cue says where or when somebody spoke: "said at a protest", "told the court when asked".
_OCCASION = frozenset(
    ["at", "during", "after", "before", "on", "by", "with", "from", "amid", "following", "outside", "since", "about",
     "of", "when"]
)  # fmt: skip
# "asked him to go", "told supporters to vote": the content is an errand, not a question or a statement.
_ERRAND = re.compile(
    r"(?!(?:if|whether|wh\w*|how|that|it|he|she|they|we|I|you|You|there)\b|[“\"'‘])"
    r"(?:(?!(?:is|are|was|were|has|have|had|will|would|could|can|may|might|should|must|wants?|needs?|going|plans?)\b)"
    r"[\w’'.-]+\s){0,6}?to\s[a-z]+(?:\s(?!(?:is|are|was|were|has|had|will|would|could|may|might)\b)[\w’'.-]+){0,2}"
    r"(?!\s(?:is|are|was|were|has|had|will|would|could|may|might)\b)(?![\w’'.-])"
)
_SENTENCE_END = re.compile(r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\b[A-Z])[.!…:][”\"'’)]*\s")


@dataclass(frozen=True)
class Reading:
    """How a cue is understood: its stance and the lemma that decided it."""

    stance: str
    lemma: str


def read_cue(cue: str, content: str) -> Reading:
    """The stance of `cue` ("has denied", "according to", ":") to `content`; without a cue, or with one that the
    lexicon lacks, it asserts.

    `content` is as it reads in a sentence: without the leading "that" and outer quotation marks.
    """
    following = () if content[:1] in _QUOTED else tuple(_WORD.findall(content, 0, 80)[:3])
    understood = _understand(cue[:LONGEST_CUE], following)
    return Reading(_with_content(understood, cue, content), understood.lemma)


@lru_cache(maxsize=20_000)
def lemma(word: str) -> str:
    """The dictionary form of an English word, in lower case."""
    form = _base(word)
    known = _lexicon().known
    if form in known:
        return form
    return next((stem for stem in _stems(word.lower()) if stem in known), form)


def lemmas_of(text: str) -> list[str]:
    """The lemmas of the words of `text`, in order."""
    return [lemma(word) for word in _WORD.findall(text)]


@dataclass(frozen=True)
class _Understood:
    """A cue by itself: `key` is what was found in the lexicon, as lemmas, or the cue's last lemma."""

    stance: str
    lemma: str
    key: str
    negated: bool


@dataclass(frozen=True)
class _Lexicon:
    """What `stances.txt` holds: cues as lemmas with (stance, as written), words of them all, and the other lines."""

    cues: dict[tuple[str, ...], tuple[str, str]]
    known: frozenset[str]
    groups: dict[str, frozenset[str]]
    longest: int


@lru_cache(maxsize=20_000)
def _understand(cue: str, following: tuple[str, ...]) -> _Understood:
    """`cue` read by the lexicon, with its negation; `following` are the first words of the content."""
    lexicon = _lexicon()
    known, refusing = lexicon.known, lexicon.groups["refusing"]
    words = [word.lower() for word in _WORD.findall(cue)]
    lemmas = [lemma(word) for word in words]
    kept = [at for at, form in enumerate(lemmas) if form not in _FILLERS and (form in known or not form.endswith("ly"))]
    refused = next((form for form in lemmas if form in refusing), None)
    sequence = [lemmas[at] for at in kept] + [lemma(word) for word in following if word.lower() not in _FILLERS]
    # "refused | to confirm the toll": what was refused is the content's first verb.
    verbs = [lemmas[at] for at in kept if lemmas[at] != "to"]
    reaches_over = verbs[-1:] == [refused] and "to" in (*following[:1], *words[-1:])
    found = _longest_known(sequence, len(sequence) if reaches_over else len(kept), [words[at] for at in kept])
    if found is None:
        around = _words_around()
        rest = [form for form in lemmas if form not in around and not form.endswith("ly")]
        stance = "denies" if refused else "asserts"
        return _Understood(stance, rest[0] if rest else cue.strip(), "".join(lemmas[-1:]), bool(refused))
    start, entry = found
    stance, written = lexicon.cues[entry]
    written = " ".join(written.split()[: max(1, len(kept) - start)])  # not the words of the content
    at = kept[start] if start < len(kept) else len(words)
    if not (negations := _negations(words[:at], lemmas[:at])):
        return _Understood(stance, written, " ".join(entry), negated=False)
    if stance == "asserts":
        never = _never_said(words[:at], "".join(words[at : at + 1]))
        return _Understood("denies" if never else stance, refused or written, " ".join(entry), negated=True)
    undone = _undone(stance, entry[0], negations)
    if start >= len(kept) and undone == "asserts" and stance != "denies":  # "refused | to order a recount"
        undone = "denies"
    return _Understood(undone, written, " ".join(entry), negated=True)


def _negations(words: Sequence[str], lemmas: Sequence[str]) -> list[str]:
    """The lemmas of what negates the word that comes after `words`."""
    refusing = _lexicon().groups["refusing"]
    following = [*words, ""][1:]
    return [
        form
        for word, form, then in zip(words, lemmas, following, strict=True)
        if (_NEGATION.fullmatch(word) and then not in _NO_NEGATION) or form in _FAILING or form in refusing
    ]


def _undone(stance: str, first: str, negations: Sequence[str]) -> str:
    """What `stance`, of a cue that begins with the lemma `first`, becomes under `negations`."""
    groups = _lexicon().groups
    if first in groups["granting"] or first in groups["wanting"]:
        return "denies"
    if first in groups["unpromising"]:
        return "asserts"
    if stance == "praises" and not groups["refusing"].isdisjoint(negations):
        return "denies"
    if stance == "praises" and _FAILING.issuperset(negations):  # who fails to praise does not yet criticize
        return "asserts"
    return _UNDONE[stance]


def _never_said(before: Sequence[str], verb: str) -> bool:
    """Whether it is denied that it was said ("has never said", "is not claiming"); "did not say" only withholds."""
    nobody = "nobody" in before or "no one" in " ".join(before)
    return nobody or before[-1:] == ["never"] or (verb.endswith("ing") and before[-1:] == ["not"])


def _longest_known(sequence: Sequence[str], starts: int, words: Sequence[str]) -> tuple[int, tuple[str, ...]] | None:
    """Where the lexicon's longest entry begins and what it is, among those that begin before `starts`; of equals what
    does more than assert, then the earliest."""
    lexicon = _lexicon()
    saying, setting, opening = (lexicon.groups[name] for name in ("saying", "setting", "opening"))
    around = _words_around()
    first = next((at for at, form in enumerate(sequence) if form not in around), 0)
    said = next((at for at, form in enumerate(sequence[: len(words)]) if form in saying), None)
    best: tuple[tuple[int, bool, int, int], tuple[str, ...]] | None = None
    for start in range(starts):
        for length in range(min(lexicon.longest, len(sequence) - start), 0, -1):
            entry = tuple(sequence[start : start + length])
            if entry not in lexicon.cues:
                continue
            if length == 1 and start < len(words):
                # "said on Monday, warning that", but not "wrote in a dissenting opinion"
                before = sequence[start - 1] if start else ""
                participle = words[start].endswith("ing") and before != "in" and before not in _OCCASION
                if entry[0] in opening and start > first and not participle:
                    continue
                if said is not None and start > said and not participle:
                    between = sequence[said + 1 : start]
                    if not _OCCASION.isdisjoint(between) or (between and entry[0] in setting):
                        continue
                if entry[0] == "ask" and said is not None and said > start:
                    continue
            within = min(length, len(words) - start)  # the rest stands in the content
            rank = (within if within > 1 else 0, lexicon.cues[entry][0] != "asserts", -start, length)
            if best is None or rank > best[0]:
                best = (rank, entry)
    return best and (-best[0][2], best[1])


def _with_content(understood: _Understood, cue: str, content: str) -> str:
    """The stance of a cue once its content is looked at."""
    stance, key, groups = understood.stance, understood.key, _lexicon().groups
    if understood.negated:
        return stance
    if key in groups["errand"] and _ERRAND.match(content):
        return "demands"
    if key in groups["voicing"]:
        voiced = _voiced().match(content)
        if voiced:
            return _noun_stances()[voiced["noun"].lower()]
    if stance != "asserts":
        return stance
    bare = not any(map(str.isalpha, understood.lemma))  # a colon, a dash, nothing
    if (bare or key in groups["naming"]) and _is_untrue(cue, content):
        return "denies"
    if (bare or key in groups["reporting"]) and _commitment().match(content):
        return "promises"
    return _if_neutral(stance, content)


def _is_untrue(cue: str, content: str) -> bool:
    """Whether a cue that says or names calls a charge, a story or "it" untrue, itself or in its content."""
    words = [word.lower() for word in _WORD.findall(cue)]
    if not _lexicon().groups["untrue"].isdisjoint(words):  # "described as baseless"
        return True
    named = f"{words[-1]} " if words else ""  # "called it | a lie"
    return bool(_falsehood().match(content) or _falsehood().match(named + content))


def _if_neutral(stance: str, content: str) -> str:
    """A cue that asserts asks if its content is nothing but a question."""
    if stance == "asserts" and content.rstrip("”\"'’ ").endswith("?") and not _SENTENCE_END.search(content):
        return "asks"
    return stance


@cache
def _voiced() -> re.Pattern[str]:
    """A content that opens with what was voiced: "her grave concerns about …", not "the country’s support for"."""
    nouns = "|".join(sorted(map(re.escape, _noun_stances()), key=len, reverse=True))
    finite = r"it|he|she|they|we|i|is|are|was|were|will|would|has|have|had|can|could|may|might|do|does|did|not"
    small = r"that|of|about|over|on|at|for|with|to|in|against|toward|towards|regarding|from|among"
    return re.compile(
        rf"(?:(?!(?:{small}|{finite})\b)[\w-]+\s+){{0,3}}(?P<noun>{nouns})(?=\s+(?:{small})\b|\W*$)", re.I
    )


@cache
def _noun_stances() -> dict[str, str]:
    """What a voiced noun, in singular or plural, takes for a stance."""
    stances: dict[str, str] = {}
    for name, nouns in _lexicon().groups.items():
        if name.startswith("voiced "):
            for noun in nouns:
                plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
                stances |= dict.fromkeys((noun, plural), name.removeprefix("voiced "))
    return stances


@cache
def _falsehood() -> re.Pattern[str]:
    """A content that says of a charge, or of "it", that it is untrue."""
    untrue = "|".join(sorted(_lexicon().groups["untrue"])) + r"|lies|not (?:at all )?(?:true|correct|accurate)"
    charges = "|".join(sorted(_lexicon().groups["charges"]))
    return re.compile(
        rf"(?:[\w’'-]++\W++){{0,5}}?(?:(?:{charges})s?\b[^.?!]{{0,60}}?\b(?:{untrue})\b)"
        rf"|(?:it|that|this|they|them|these|those)\b(?:\W+(?:is|was|are|were|s|as|all|a|an|simply|just|pure|total"
        rf"|absolute|absolutely|complete|completely|totally)\b)*\W+(?:{untrue})\b"
        rf"|there(?:\W+(?:is|was|s))\s+(?:absolutely\s+)?no\s+(?:truth|basis)\b",
        re.I,
    )


@cache
def _commitment() -> re.Pattern[str]:
    """A content by which its speakers commit themselves: "he will sign", "we are going to appeal", "they plan to"."""
    groups = _lexicon().groups
    deeds, bodily = ("|".join(sorted(groups[name])) for name in ("deed", "deed of a body"))
    own = rf"(?:\w+ly\s+)?(?:{deeds})\b(?!\s+(?:place|time|years|sense|it\s+(?:hard|easi)))"
    planning = r"(?:plan|intend|aim|vow|promise|pledge)s?\s+to"
    return re.compile(
        rf"(?i:if\b[^,]{{1,200}},\s*)?(?:"
        rf"(?:I|[Ww]e)(?:['’]ll|\s+will|(?:\s+am|\s+are|['’]m|['’]re)\s+(?:going|committed|determined|ready|prepared)\s+to)"
        rf"\s+{own}"
        rf"|(?:he|she|they)(?:['’]ll|['’]d|\s+will|\s+would|\s+(?:is|are|was|were)\s+(?:going|committed|ready|prepared)\s+to)"
        rf"\s+{own}"
        rf"|(?:I|[Ww]e|he|she|they|it)\s+(?:\w+ly\s+)?{planning}\b"
        rf"|it\s+(?:will|would)\s+(?:\w+ly\s+)?(?!appeal\s+to)(?:{bodily})\b)"
    )


@cache
def _lexicon() -> _Lexicon:
    """`stances.txt` beside this module."""
    cues: dict[tuple[str, ...], tuple[str, str]] = {}
    groups: dict[str, frozenset[str]] = {}
    for line in lexicon_lines(Path(__file__).with_name("stances.txt")):
        name, _, listed = line.partition(":")
        entries = list(filter(None, map(str.strip, listed.split(","))))
        if name in STANCES:
            cues |= {
                tuple(_base(word) for word in entry.split() if word not in _FILLERS): (name, entry) for entry in entries
            }
        else:
            groups[name] = frozenset(entries)
    known = frozenset(word for cue in cues for word in cue)
    return _Lexicon(cues, known, groups, max(map(len, cues)))


@cache
def _irregular() -> dict[str, str]:
    """Inflected words that the lemmatizer does not know, from the lines "forms …" of `stances.txt`."""
    forms: dict[str, str] = {}
    for line in lexicon_lines(Path(__file__).with_name("stances.txt")):
        name, _, listed = line.partition(":")
        if name.startswith("forms "):
            forms |= dict.fromkeys(map(str.strip, listed.split(",")), name.removeprefix("forms "))
    return forms


def _base(word: str) -> str:
    """The lemmatizer's answer for one word."""
    from simplemma import lemmatize

    bare = word.lower().replace("’", "'").strip("'-") or word
    return _irregular().get(bare) or lemmatize(bare, "en").lower()


def _stems(word: str) -> list[str]:
    """What a regular inflection may come from: "thanking" from "thank", "bragged" from "brag"."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            return [stem, stem + "e", *([stem[:-1]] if stem[-1] == stem[-2] else ())]
    return []


@cache
def _words_around() -> frozenset[str]:
    """Words of a cue that are never what it is about: what stands before and around the verb."""
    return frozenset(lexicon_lines(Path(__file__).with_name("cue_function_words.txt")))
