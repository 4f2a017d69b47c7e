"""Relations mended where quotation marks and page residue tell more than the tagger knows; each mend names itself."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from claims.language.paragraphs import sentence_starts, stripped
from claims.language.quotations import Quotation, quotation_at
from claims.language.residue import residue_spans
from claims.terms import Relation, Span

LESS_SURE = 0.8
"""What is left of a speaker's confidence where nothing but the place tells that he goes on."""


def mend(text: str, relations: Sequence[Relation], quotations: Sequence[Quotation]) -> list[Relation]:
    """The relations without page residue and bare fragments, with sources carried on to quotations that lack one."""
    joined = [_dashed(text, _source_beside_cue(text, one), quotations) for one in _joined(text, relations)]
    near = [_without_far_pieces(text, relation, quotations) for relation in joined]
    whole = _whole_quotations(text, near, quotations)
    clean = _without_residue(text, [_without_label(text, relation) for relation in whole])
    kept = _without_fragments(clean, quotations)
    named = [_with_main_subject(text, relation) for relation in kept]
    return _carry_sources(text, _split_at_lost_marks(text, named, quotations))


# What may lie between two pieces that are one: white space and a comma; in a source also what joins two speakers.
_IN_A_CONTENT = re.compile(r"[\s,]*")
_IN_A_SOURCE = re.compile(r"[\s,]*(?:(?:and|or|&)\s+)?(?:the\s+)?")


def _joined(text: str, relations: Sequence[Relation]) -> list[Relation]:
    """Neighbouring pieces of a source or a content with no word of another role between them become one."""

    def together(spans: Sequence[Span], gap: re.Pattern[str]) -> tuple[Span, ...]:
        found: list[Span] = []
        for span in sorted(spans):
            if found and gap.fullmatch(text, found[-1].end, span.start):
                span = Span(found.pop().start, span.end)
            found.append(span)
        return tuple(found)

    return [
        replace(
            r, source=together(r.source, _IN_A_SOURCE), content=_bare_ends(text, together(r.content, _IN_A_CONTENT))
        )
        for r in relations
    ]


def _bare_ends(text: str, content: Sequence[Span]) -> tuple[Span, ...]:
    """The pieces without a comma at their ends: it belongs to the words that attribute."""
    bare = (Span(start, start + len(text[start:end].rstrip(" ,;\u00a0"))) for start, end in content)
    return tuple(span for span in bare if span.end > span.start) or tuple(content)


def _source_beside_cue(text: str, relation: Relation) -> Relation:
    """A source is the words of one sentence, the cue's, as all but a dozen of 18,000 annotated ones are."""
    if not relation.cue:
        return relation
    cue = relation.cue[0]
    source = []
    for span in relation.source:
        starts = [start for start in sentence_starts(text, *span) if start > span.start]
        parts = [_trimmed(text, Span(*part)) for part in zip([span.start, *starts], [*starts, span.end], strict=True)]
        span = min(parts, key=lambda part: max(part.start - cue.end, cue.start - part.end)) if starts else span
        between = Span(min(span.end, cue.end), max(span.start, cue.start) + 1)
        if between.start >= between.end or not _sentence_starts_inside(text, *between):
            source.append(span)
    if tuple(source) == relation.source:
        return relation
    return replace(relation, source=tuple(source), rule=relation.rule + ", source of its sentence")


def _dashed(text: str, relation: Relation, quotations: Sequence[Quotation]) -> Relation:
    """Speech behind a dash ends where the words around it begin: "— No, says she and leaves" holds "No"."""
    content: list[Span] = []
    for span in relation.content:
        first = bisect_left(quotations, _paragraph_start(text, span.start), key=lambda q: q.span.start)
        last = bisect_left(quotations, span.end, key=lambda q: q.span.start)
        # What was said before the "says she" and behind it: a paragraph of this kind holds no other quotation.
        speech = [q.span for q in quotations[first : min(last, first + 2)] if _is_dashed(text, q)]
        cut = [Span(max(span.start, start), min(span.end, end)) for start, end in speech]
        content += [piece for piece in cut if piece.end > piece.start] if speech else [span]
    if not content or tuple(content) == relation.content:
        return relation
    return replace(relation, content=tuple(content), rule=relation.rule + ", cut to the speech")


_MARKS = "“”„«»‘'`\""


def _is_dashed(text: str, quotation: Quotation) -> bool:
    """Whether a dash alone opens it: what opens with a mark behind a dash has lost its closing mark."""
    start = quotation.span.start
    if not quotation.opened or quotation.closed or text[start] in _MARKS:
        return False
    return _before(text, start).endswith(("—", "–", "―"))


def _without_far_pieces(text: str, relation: Relation, quotations: Sequence[Quotation]) -> Relation:
    """Unquoted pieces of a content stand in the paragraph of its cue, none in a sentence before it; one elsewhere is
    a slip, if not all are."""
    anchor = (relation.cue or relation.source)[:1]
    if not anchor or len(relation.content) < 2:
        return relation
    first = _paragraph_start(text, anchor[0].start)
    kept = tuple(
        span
        for span in relation.content
        if quotation_at(quotations, span.start)
        or (_paragraph_start(text, span.start) == first and not _in_earlier_sentence(text, span, anchor[0]))
    )
    if not kept or kept == relation.content:
        return relation
    return replace(relation, content=kept, rule=relation.rule + ", far piece dropped")


def _in_earlier_sentence(text: str, piece: Span, anchor: Span) -> bool:
    """Whether a piece in front of its cue stands in an earlier sentence."""
    return piece.end < anchor.start and _sentence_starts_inside(text, piece.end, anchor.start)


def _sentence_starts_inside(text: str, start: int, end: int) -> bool:
    """Whether a sentence starts behind `start`, and before `end`."""
    return any(place > start for place in sentence_starts(text, start, end))


def _paragraph_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _whole_quotations(text: str, relations: Sequence[Relation], quotations: Sequence[Quotation]) -> list[Relation]:
    """A quotation that goes on over paragraphs has one speaker: its pieces join the one relation whose cue stands
    beside it."""
    found = list(relations)
    chains = _chains(quotations)
    quoting_of = _quoting(relations, chains)
    for number, chain in enumerate(chains):
        quoting = quoting_of[number]
        first, last = _paragraph_start(text, chain[0].start), text.find("\n", chain[-1].end) % (len(text) + 1)
        beside = [n for n in quoting if found[n].cue and first <= found[n].cue[0].start < last]
        if len(beside) != 1 or len(quoting) < 2:
            continue
        speaker = beside[0]
        pieces = {span for n in quoting for span in found[n].content if _inside(span, chain)}
        for n in quoting:
            content = tuple(sorted({*found[n].content} - pieces if n != speaker else {*found[n].content} | pieces))
            found[n] = replace(found[n], content=content, rule=found[n].rule + ", quotation over paragraphs")
    return [relation for relation in found if relation.content]


def _chains(quotations: Sequence[Quotation]) -> list[list[Span]]:
    """The spans of each quotation that goes on over paragraphs."""
    chains, chain = [], []
    for quotation in quotations:
        chain.append(quotation.span)
        if not quotation.continues:
            if len(chain) > 1:
                chains.append(chain)
            chain = []
    return chains


def _quoting(relations: Sequence[Relation], chains: Sequence[Sequence[Span]]) -> dict[int, list[int]]:
    """The numbers of the relations that have a piece of their content in a chain, by the chain's number."""
    heads = [chain[0].start for chain in chains]
    quoting: dict[int, list[int]] = defaultdict(list)
    for number, relation in enumerate(relations):
        near = {bisect_right(heads, span.start) - 1 for span in relation.content}
        for place in near - {-1}:
            if any(_inside(span, chains[place]) for span in relation.content):
                quoting[place].append(number)
    return quoting


def _inside(span: Span, chain: Sequence[Span]) -> bool:
    place = bisect_right(chain, span.start, key=lambda quoted: quoted.start) - 1
    return place >= 0 and span.start < chain[place].end


# "Ann Lee: ", in front of a caption: a label, unless it is the speaker that the colon attributes the words to.
_LABEL = re.compile(r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}:\s+")


def _without_label(text: str, relation: Relation) -> Relation:
    """A content that opens with its paragraph does not hold the label in front of it."""
    start = relation.content[0].start
    label = _LABEL.match(text, start)
    if label is None or text[_paragraph_start(text, start) : start].strip():
        return relation
    left = tuple(Span(max(span.start, label.end()), span.end) for span in relation.content if span.end > label.end())
    return replace(relation, content=left, rule=relation.rule + ", label cut") if left else relation


def _without_residue(text: str, relations: Sequence[Relation]) -> list[Relation]:
    """Nothing that is not the article's prose is part of a relation; a relation whose content is residue is dropped."""
    residue = residue_spans(text)
    if not residue:
        return list(relations)
    kept = []
    for relation in relations:
        content = _outside(text, relation.content, residue)
        if not content:
            continue
        if content[-1].end != relation.content[-1].end:
            content = (*content[:-1], _trimmed(text, content[-1]))
        source, cue = _outside(text, relation.source, residue), _outside(text, relation.cue, residue)
        changed = (source, cue, content) != (relation.source, relation.cue, relation.content)
        rule = relation.rule + (", residue cut" if changed else "")
        kept.append(replace(relation, source=source, cue=cue, content=content, rule=rule))
    return kept


def _outside(text: str, spans: Sequence[Span], residue: Sequence[Span]) -> tuple[Span, ...]:
    """What is left of `spans` when the stretches in `residue` are cut out."""
    left = []
    for span in spans:
        start = span.start
        first = max(0, bisect_right(residue, span.start, key=lambda cut: cut.start) - 1)
        last = bisect_left(residue, span.end, key=lambda cut: cut.start)
        for cut in residue[first:last]:
            if cut.end > start:
                left.append(stripped(text, start, min(cut.start, span.end)))
                start = cut.end
        left.append(stripped(text, start, span.end) if start > span.start else span)
    return tuple(span for span in left if span.end > span.start)


def _without_fragments(relations: Sequence[Relation], quotations: Sequence[Quotation]) -> list[Relation]:
    """Words in no quotation, with neither a cue nor a source, are nobody's claim."""
    return [
        relation
        for relation in relations
        if relation.cue or relation.source or quotation_at(quotations, relation.content[0].start)
    ]


# "After stating that …, Jane Roe left": who states is the subject of the clause that follows.
_PARTICIPLE_FIRST = re.compile(r"(?:^|[.!?”\"]\s+)(?:After|Before|While|When|By|Since|Upon|Without|In|On)?\s*$")
_MAIN_SUBJECT = re.compile(
    r",?\s+((?:[Tt]he\s+)?[A-Z][\w.’'-]*(?:\s+(?:(?:of|for|the|de|al)\s+)*[A-Z][\w.’'-]*){0,6}|he|she|they|it)(?=,|\s+[a-z])"
)


def _with_main_subject(text: str, relation: Relation) -> Relation:
    """A relation whose cue is a participle at its sentence's head, with the main clause's subject as its source."""
    if relation.source or not relation.cue or len(relation.content) != 1:
        return relation
    (cue_start, cue_end), content = relation.cue[0], relation.content[0]
    if not text[cue_start:cue_end].endswith("ing") or content.start < cue_end:
        return relation
    subject = _MAIN_SUBJECT.match(text, content.end)
    if subject is None or not _PARTICIPLE_FIRST.search(text[_paragraph_start(text, cue_start) : cue_start]):
        return relation
    return replace(relation, source=(Span(*subject.span(1)),), rule=relation.rule + ", subject of the main clause")


def _split_at_lost_marks(text: str, relations: Sequence[Relation], quotations: Sequence[Quotation]) -> list[Relation]:
    """A quotation whose opening mark was lost, right behind the full stop of what somebody said, is a claim of its own
    by the same speaker: a content that runs on into it ends before it."""
    unopened = [q.span for q in quotations if not q.opened and _before(text, q.span.start).endswith((".", "!", "?"))]
    lost = [span.start for span in unopened]
    found = []
    attributed = [relation for relation in relations if relation.cue or relation.source]
    goes_on = _behind(text, attributed, unopened)
    taken = {one.content[0] for one in goes_on}
    alone = [r for r in relations if not (r.cue or r.source or r.content[0] in taken)]
    for relation in [*attributed, *alone, *goes_on]:
        first, last = relation.content[0].start, relation.content[-1].end
        place = bisect_right(lost, first)
        if place < len(lost) and lost[place] < last:
            cut = lost[place]
            before = tuple(_trimmed(text, Span(s.start, min(s.end, cut))) for s in relation.content if s.start < cut)
            after = tuple(Span(max(s.start, cut), s.end) for s in relation.content if s.end > cut)
            if after:
                found.append(replace(relation, content=before))
                relation = replace(relation, cue=(), content=after, rule="speaker goes on")
        found.append(relation)
    return sorted(found, key=lambda relation: relation.content)


def _behind(text: str, relations: Sequence[Relation], unopened: Sequence[Span]) -> list[Relation]:
    """Each quotation without an opening mark that no relation holds, as words of who spoke right before it."""
    held = sorted(span for r in relations for span in (*r.source, *r.cue, *r.content))
    said = {r.content[-1].end: r for r in relations if r.source}
    goes_on = []
    for span in unopened:
        place = bisect_left(held, span.end, key=lambda one: one.start)
        before = held[place - 1].end if place else -1
        if (
            before in said
            and before <= span.start
            and text[before : span.start].strip(" \u00a0") in (".", "!", "?", "")
        ):
            speaker = said[before]
            confidence = round(speaker.confidence * LESS_SURE, 3)
            goes_on.append(Relation(speaker.source, (), (span,), confidence, "speaker goes on"))
    return goes_on


def _before(text: str, offset: int) -> str:
    """The few characters before `offset`, without white space."""
    return text[max(0, offset - 8) : offset].rstrip()


def _trimmed(text: str, span: Span) -> Span:
    """The span without the full stop and the white space at its end, as the last of a content is annotated."""
    return Span(span.start, span.start + len(text[span.start : span.end].rstrip(" .\t\u00a0")))


def _carry_sources(text: str, relations: Sequence[Relation]) -> list[Relation]:
    """A quotation with neither cue nor source is its predecessor's speaker going on, if nothing but prose of
    the same or the next paragraph lies between."""
    carried: list[Relation] = []
    for relation in relations:
        before = carried[-1] if carried else None
        lone = not relation.cue and not relation.source
        if lone and before is not None and before.source:
            gap = text[max(span.end for span in (*before.content, *before.cue)) : relation.content[0].start]
            if gap.count("\n\n") <= 2 and len(gap) < 600:
                relation = replace(relation, source=before.source, rule="speaker goes on")
        carried.append(relation)
    return carried
