"""Relations are mended where marks and residue tell more than the tagger knows, and each mend names itself."""

import time

from claims.attribution.mending import mend
from claims.language.quotations import find_quotations
from claims.terms import Relation, Span


def relation(text: str, source: str, cue: str, *content: str) -> Relation:
    def at(*pieces: str) -> tuple[Span, ...]:
        return tuple(Span(text.index(p), text.index(p) + len(p)) for p in pieces if p)

    return Relation(at(source), at(cue), at(*content), 0.9, "tagger")


def mended(text: str, *relations: Relation) -> list[tuple[list[str], list[str], str]]:
    """Sources, contents and rule of what mending leaves."""
    found = mend(text, relations, find_quotations(text))
    return [([text[s:e] for s, e in r.source], [text[s:e] for s, e in r.content], r.rule) for r in found]


def test_residue_is_cut_out_of_a_content() -> None:
    """A signature at a paragraph's end is no part of what was said."""
    text = "Ann Lee said the dam held. -Jane Roe\n"
    found = mended(text, relation(text, "Ann Lee", "said", "the dam held. -Jane Roe"))
    assert found == [(["Ann Lee"], ["the dam held"], "tagger, residue cut")]


def test_residue_alone_is_no_relation() -> None:
    """A label that was taken for a claim goes."""
    text = "Ann Lee spoke.\n\nAlso Read: Roe says no\n"
    assert mended(text, relation(text, "", "Also Read:", "Roe says no")) == []


def test_a_captions_label_is_cut() -> None:
    """A name with a colon in front of a caption is not its words, whether tagged in one piece or two."""
    text = "Ann Lee: The dam held, according to the council.\n"
    for pieces in (["Ann Lee: The dam held"], ["Ann Lee", "The dam held"]):
        found = mended(text, relation(text, "the council", "according to", *pieces))
        assert found == [(["the council"], ["The dam held"], "tagger, label cut")]


def test_a_label_that_is_the_speaker_stays() -> None:
    """In a transcript the name before the colon is the source, outside of the content."""
    text = "LEE: The dam held.\n"
    assert mended(text, relation(text, "LEE", ":", "The dam held")) == [(["LEE"], ["The dam held"], "tagger")]


def test_a_piece_in_another_paragraph_is_dropped() -> None:
    """An unquoted piece far from its cue is a slip; a quoted one is not."""
    text = "The dam held.\n\nAnn Lee said it would stay so.\n\n“We were lucky.”\n"
    found = mended(text, relation(text, "Ann Lee", "said", "The dam held", "it would stay so", "“We were lucky.”"))
    assert found == [(["Ann Lee"], ["it would stay so", "“We were lucky.”"], "tagger, far piece dropped")]


def test_neighbouring_pieces_become_one() -> None:
    """Two pieces with nothing but a comma or an "and" between them were one."""
    text = "U.S. and Norse officials said that, before noon, the dam held.\n"
    found = mended(
        text, Relation((Span(0, 4), Span(9, 24)), (Span(25, 29),), (Span(30, 35), Span(36, 61)), 0.9, "tagger")
    )
    assert found == [(["U.S. and Norse officials"], ["that, before noon, the dam held"], "tagger")]


def test_bare_fragments_are_nobodys() -> None:
    """Unquoted words with neither cue nor source are dropped; quoted ones take the speaker before."""
    text = "Ann Lee said the dam held. It rained. “We were lucky.”\n"
    found = mended(
        text,
        relation(text, "Ann Lee", "said", "the dam held"),
        relation(text, "", "", "It rained"),
        relation(text, "", "", "“We were lucky.”"),
    )
    assert [f[1] for f in found] == [["the dam held"], ["“We were lucky.”"]]
    assert found[1][0::2] == (["Ann Lee"], "speaker goes on")


def test_a_quotation_that_lost_its_opening_mark_is_a_claim_of_its_own() -> None:
    """Tagged as one with the sentence before it, it is split off."""
    text = "Ann Lee said the dam held. The water is falling,” at a briefing.\n"
    for pieces in (["the dam held. The water is falling,”"], ["the dam held", "The water is falling,”"]):
        found = mended(text, relation(text, "Ann Lee", "said", *pieces))
        assert [f[1] for f in found] == [["the dam held"], ["The water is falling,”"]]
        assert found[1][0::2] == (["Ann Lee"], "speaker goes on")


def test_a_participle_takes_the_subject_of_its_main_clause() -> None:
    """ "After stating that …, Ann Lee left": Ann Lee states it."""
    text = "After stating that the dam held, Mayor Ann Lee left the town.\n"
    [found] = mended(text, relation(text, "", "stating", "that the dam held"))
    assert found == (["Mayor Ann Lee"], ["that the dam held"], "tagger, subject of the main clause")


def test_contents_end_before_the_comma() -> None:
    """The comma in front of the words that attribute is no part of the content."""
    text = "The dam held, according to Ann Lee.\n"
    assert mended(text, relation(text, "Ann Lee", "according to", "The dam held,"))[0][1] == ["The dam held"]


def test_a_piece_in_an_earlier_sentence_is_dropped() -> None:
    """ "Roe denied it. Lee said it would hold": "it" is not Lee's."""
    text = "Roe denied it. Ann Lee said that the dam would hold.\n"
    found = mended(text, relation(text, "Ann Lee", "said", "it", "that the dam would hold"))
    assert found[0][1] == ["that the dam would hold"]


def test_a_source_of_a_later_sentence_is_none() -> None:
    """Who opens the next sentence did not say what this one reports."""
    text = "The board concluded that the gates had failed. Survivors said so, too."
    found = mend(text, [relation(text, "Survivors", "concluded", "that the gates had failed")], [])
    assert found[0].source == ()
    assert "source of its sentence" in found[0].rule


def test_a_source_that_runs_on_over_a_full_stop_is_cut() -> None:
    """Each of two sentences keeps the part of the source that stands in it."""
    text = "Work goes on, said Tomas Eyre of the ministry. Eyre added that it rained."
    source = "Tomas Eyre of the ministry. Eyre"
    found = mended(
        text, relation(text, source, "said", "Work goes on"), relation(text, source, "added", "that it rained")
    )
    assert [one[0] for one in found] == [["Tomas Eyre of the ministry"], ["Eyre"]]


def test_speech_behind_a_dash_ends_with_it() -> None:
    """What the teller adds between the words of a dashed speech is none of them."""
    text = "— No, says Ana and wipes her hands. — Never again, not here.\n\n— Why? asks the clerk.\n"
    found = mend(text, [relation(text, "Ana", "says", text[: text.index("\n")])], find_quotations(text))
    assert [text[start:end] for start, end in found[0].content] == ["No", "Never again, not here."]


def test_a_quotation_behind_a_dash_is_no_dashed_speech() -> None:
    """Where a mark opens the words behind a dash and none closes them, the words before the dash stay."""
    content = "The dam stands – “and it will stand"
    text = f"{content}, the mayor said.\n"
    found = mended(text, relation(text, "the mayor", "said", content))
    assert [one[1] for one in found] == [[content]]


def test_many_quotations_take_no_time() -> None:
    """A page of nothing but quotations costs no more for each of them than a short one."""
    for unit in ('"aaa" says b. ', '"aa\n"bb"\n', '"aaa\n'):
        text = unit * 3000
        quotations = find_quotations(text)
        relations = [Relation((), (), (quotation.span,), 0.9, "tagger") for quotation in quotations]
        began = time.process_time()
        mend(text, relations, quotations)
        assert time.process_time() - began < 4


def test_a_source_of_an_earlier_sentence_is_none() -> None:
    """Who ends the sentence before does not speak in this one; the participle's subject comes later."""
    text = "It rained, according to the agency.\n\nAfter stating that the dam held, Ann Lee left for home."
    found = mended(text, relation(text, "the agency", "stating", "that the dam held"))
    assert found[0][0] == ["Ann Lee"]


def test_a_quotation_without_its_opening_mark_goes_on() -> None:
    """Behind what somebody said it is by the same speaker; behind anything else it is nobody's."""
    text = "Lee stated that the dam held. The gates were shut all night,” during a briefing on Tuesday."
    found = mended(text, relation(text, "Lee", "stated", "that the dam held"))
    assert found[1] == (["Lee"], ["The gates were shut all night,”"], "speaker goes on")
    other = "Lee stated that the dam held. It rained. The gates were shut all night,” during a briefing."
    assert len(mended(other, relation(other, "Lee", "stated", "that the dam held"))) == 1
