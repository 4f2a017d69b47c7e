"""Articles become pieces and windows without a word lost or read twice."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from claims.attribution.encoding import Encoder, windows
from claims.attribution.tagger import default_model


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(Tokenizer.from_file(str(default_model() / "tokenizer.json")), longest=30)


def test_words_point_at_the_text(encoder: Encoder) -> None:
    """A word's offsets give its words; types tell case and quotation."""
    text = "NATO chief Roe: “We won’t move.”\n\nHe left."
    article = encoder.encode(text)
    words = [text[s:e] for s, e in zip(article.starts, article.ends, strict=True)]
    assert words[:5] == ["NATO", "chief", "Roe", ":", "“"]
    types = article.types[article.first_piece]
    assert dict(zip(words, types.tolist(), strict=True)) | {".": 0} == {
        "NATO": 2, "chief": 0, "Roe": 1, ":": 0, "“": 3, "We": 4, "won": 3, "’": 3, "t": 3, "move": 3, ".": 0, "”": 3,
        "He": 1, "left": 0,
    }  # fmt: skip


def test_long_paragraphs_are_cut_at_sentences(encoder: Encoder) -> None:
    """A paragraph longer than a window is cut where a sentence ends, if one does in reach."""
    text = "The old dam held through the night. " * 12
    article = encoder.encode(text)
    assert all(last - first <= 30 for first, last in article.units)
    starts = [text[article.starts[np.flatnonzero(article.first_piece == a)[0]] :][:3] for a, _ in article.units]
    assert set(starts) == {"The"}


@given(st.text(alphabet="abA .“\n\ud800\udc00é\u00a0\x00", max_size=300), st.integers(32, 64), st.integers(0, 30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_windows_keep_each_piece_once(encoder: Encoder, text: str, size: int, context: int) -> None:
    """Whatever the text: windows are short enough and keep every piece exactly once, in order."""
    article = encoder.encode(text)
    found = list(windows(article, size, context))
    assert all(len(w.ids) == len(w.types) == len(w.pieces) == len(w.kept) <= size for w in found)
    kept = np.concatenate([w.pieces[w.kept] for w in found]) if found else np.zeros(0, int)
    assert kept.tolist() == list(range(len(article.ids)))
    assert all(0 <= s < e <= len(text) for s, e in zip(article.starts, article.ends, strict=True))
