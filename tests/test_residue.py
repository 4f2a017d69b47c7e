"""What is not the article's prose is known as such, and prose is not."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.evaluation.corpus import read_corpus
from claims.language.residue import residue_spans


def residue(text: str) -> list[str]:
    return [text[s:e] for s, e in residue_spans(text)]


@pytest.mark.parametrize(
    "line",
    [
        "Also Read: Ten recipes for winter",
        "READ MORE: The minister's secret",
        "Leave a Reply",
        "  • Related Posts",
        "Required fields are marked *",
        "-Jane Roe",
        "Skip to content",
        "Home | News | Sport | Weather",
        "Also Read | Ten recipes for winter",
        "By Jane Roe and Bo Lee | May 3, 2024 | 3 min read",
        "By JANE ROE, Staff Writer",
        "Wed. Apr 17th, 2024",
        "Published on 3 May 2024 at 10:30",
        "17:40",
        "3:05 p.m. ET",
        "4 min read",
        "Share on Facebook Share on X Share via WhatsApp Copy link",
        "Follow Jane Roe on Twitter @jroe",
        "We use cookies to improve your experience. By continuing you accept our policy.",
        "Accept All Reject",
        "Sign up for our free newsletter and never miss a story",
        "Get the day's top stories in your inbox",
        "Enter your email address",
        "Name *",
        "Your email address will not be published. Required fields are marked *",
        "© 2024 Sarn Herald. All rights reserved. Reproduction is prohibited.",
        "Copyright 2024 Sarn Herald",
        "Previous post: School roof to be mended",
        "Advertisement - scroll to continue",
        "Story continues below",
        "ADVERTISEMENT",
        "(Reporting by Jane Roe; Editing by Bo Lee)",
        "Tags: dam, river, Jane Roe",
        "This article was originally published in the Sarn Herald.",
    ],
)
def test_page_furniture_is_residue(line: str) -> None:
    """Labels with what follows them, forms and signatures on a line of their own."""
    assert residue(f"The dam held.\n\n{line}\n\nThe mayor left.") == [line.strip()]


def test_signature_at_the_end_of_a_paragraph_is_residue() -> None:
    """A page's signature left behind a sentence is cut off it."""
    assert residue("The dam held, the mayor said.  -Jane Roe") == ["-Jane Roe"]


def test_menu_of_a_line_an_item_is_residue() -> None:
    """Short lines without a full stop are a menu where five or more follow each other; four may be anything."""
    menu = ["Home", "World News", "Business", "Arts and Books", "Weather"]
    assert residue("\n".join([*menu, "The dam held, the mayor said."])) == menu
    assert residue("\n".join([*menu[1:], "The dam held, the mayor said."])) == []


@pytest.mark.parametrize(
    "credit",
    ["(Photo: J. Roe/Sarn Herald)", "(AP Photo/Jane Roe)", "[Image courtesy of the museum]", "(Jane Roe/Getty Images)"],
)
def test_credits_of_pictures_are_residue(credit: str) -> None:
    """A picture's credit is cut off the caption that it follows; what else stands in brackets is not."""
    assert residue(f"The dam held (so far), the mayor said. {credit}") == [credit]


def test_clock_of_a_live_blog_is_residue() -> None:
    """The time before an entry's words."""
    assert residue("17:40 – The dam held, the mayor said.") == ["17:40 – "]
    assert residue("17:40 is the time, the mayor said.") == []


@pytest.mark.parametrize(
    "dateline",
    [
        "PORT SAREN – ",
        "SARN, May 3 (ONA) -- ",
        "NEW SARN, Norland — ",
        "Sarn, May 3 (ONA) - ",
        "(Sarn, May 3, 2025) – ",
    ],
)
def test_datelines_are_residue(dateline: str) -> None:
    """Where a report came from is no part of what is said."""
    assert residue(f"{dateline}The dam held, the mayor said.") == [dateline]


@pytest.mark.parametrize(
    "prose",
    [
        "Share prices fell, the bank said.",
        "He was re-elected by the Anglo-Saxon Society",
        "“More,” she said: “Related posts were filled.”",
        "Read the letter, she told them.",
        "NATO - the alliance - met",
        "U.S. officials said so",
        "Register to vote for free, she told them.",
        "By signing up for the scheme, farmers can earn more, the minister said.",
        "By Monday the dam held, the mayor said.",
        "Copyright law is broken, the judges found.",
        "Next article of the treaty: no mines, he said.",
        "Reject all calls, the party told its members.",
        "Advertisement spending fell, the bank said.",
        "Story continues to move readers, she said.",
        "Share of votes: 12 percent, the party said.",
        "Follow the money, he told reporters.",
        "Get home before dark, police said.",
        "“We use cookies,” the baker said.",
        "The North Atlantic Society (NAS) — the oldest of them — denied it.",
        "Photographs by the museum (from 1910) show the dam.",
        "17:40 trains are late, he said.",
        "Like Ann Roe on Twitter, he would say nothing of the dam.",
        "Have some trust in your phone, the minister told them.",
    ],
)
def test_prose_is_no_residue(prose: str) -> None:
    """Sentences that begin with a label's word stay."""
    assert residue(prose) == []


@given(st.text(alphabet="aBy SharetweonX|•·()-–:,.*\n", max_size=200))
def test_residue_lies_in_the_text_and_apart(text: str) -> None:
    """Whatever the text, its residue is in order, inside it, and never overlaps."""
    end = 0
    for start, stop in residue_spans(text):
        assert end <= start < stop <= len(text)
        end = stop


@given(st.sampled_from(["said", "denied", "told the court"]), st.text(alphabet="abc |•-–:*()", min_size=1, max_size=60))
def test_sentences_with_quotations_are_never_residue_as_a_whole(cue: str, words: str) -> None:
    """A line in which somebody is quoted is prose, whatever it opens with."""
    line = f"Share on, “{words}”, the mayor {cue}."
    assert line not in residue(line)


@pytest.mark.parametrize(
    "line",
    [
        "Share " * 60 + "!",
        "a | " * 90 + ".",
        "By A B and " * 30 + "!",
        "(" * 300,
        "12:00 " * 60 + "!",
        "X Email " * 40 + "!",
        "Click to xShare " * 24 + "!",
    ],
)
def test_hostile_lines_take_no_time(line: str) -> None:
    """No line makes the patterns try ways without end."""
    began = time.process_time()
    residue_spans(line)
    assert time.process_time() - began < 0.5


def test_no_attribution_of_a_corpus_is_residue(shared: Path) -> None:
    """Of what people marked as said in real articles, nothing is taken for page furniture."""
    lost = 0
    for article in read_corpus(shared / "polnear" / "train")[::4]:
        cuts = residue_spans(article.text)
        for relation in article.relations:
            length = sum(end - start for start, end in relation.content)
            cut = sum(max(0, min(e, b) - max(s, a)) for s, e in relation.content for a, b in cuts)
            lost += 2 * cut >= length
    assert lost == 0
