"""Paragraphs are lines; sentences end where a full stop is no abbreviation's."""

from hypothesis import given
from hypothesis import strategies as st

from claims.language.paragraphs import paragraph_spans, sentence_spans


def test_sentences_survive_abbreviations() -> None:
    """Titles, initials and "U.S." end no sentence."""
    text = "Sen. Ann B. Lee met U.S. Secretary Mr. Roe. They spoke. “Good.” He left."
    [paragraph] = paragraph_spans(text)
    sentences = [text[s:e] for s, e in sentence_spans(text, paragraph)]
    assert sentences == ["Sen. Ann B. Lee met U.S. Secretary Mr. Roe.", "They spoke.", "“Good.”", "He left."]


@given(st.text(max_size=120))
def test_paragraphs_hold_all_words_once(text: str) -> None:
    """Paragraphs come in order, without white space at their ends, and leave out nothing but white space."""
    spans = list(paragraph_spans(text))
    assert [s for s in spans if text[s.start].isspace() or text[s.end - 1].isspace()] == []
    covered = "".join(text[s:e] for s, e in spans)
    assert "".join(covered.split()) == "".join(text.split())


@given(st.text(alphabet="Ab. ?!”“\n", max_size=80))
def test_sentences_tile_their_paragraph(text: str) -> None:
    """Sentences come in order and lose nothing but white space."""
    for paragraph in paragraph_spans(text):
        joined = "".join(text[s:e] for s, e in sentence_spans(text, paragraph))
        assert "".join(joined.split()) == "".join(text[paragraph.start : paragraph.end].split())
