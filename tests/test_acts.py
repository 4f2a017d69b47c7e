"""Words and attitudes are told apart: what was said or written, and what somebody only holds, wants, likes or fears."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.attribution.acts import act_of
from claims.attribution.stance import read_cue
from claims.terms import FORMS

SPEECH = """
    said | the dam is safe
    according to | the dam is safe
    has repeatedly denied | the dam leaked
    said he believes | the dam is safe
    says she wants | an inquiry
    expressed hope | the talks would resume
    voiced | fears about the dam
    reiterated | her concerns about the dam
    raised concerns | about the dam
    openly doubted | the figures
    raised doubts over | the figures
    warned | the dam could fail
    threatened to | walk out
    predicted | a wet summer
    forecast | growth of two percent
    vowed | to rebuild
    pledged | two million
    agreed | to pay a fine
    called for | an inquiry
    demanded | that they leave
    ordered | the firm to pay
    criticized plans | for a second runway
    took aim at | the league
    questioned | the wisdom of the deal
    asked | whether the dam is safe
    shows | that sales fell
    concluded | that the pill works
    ruled | that the law was void
    has determined that | the law was void
    tweeted | that the dam is safe
    is said to | have left
    declined | to comment
    wrote in an angry letter | that the dam leaked
     | the dam is safe
    : | the dam is safe
"""
ATTITUDES = """
    believes | the dam is safe
    is believed | to have left
    is expected | to sign
    are widely expected | to raise rates
    does not think | the dam is safe
    no one believes | the figures
    was thought | to be abroad
    expects | rates to fall
    hopes | the talks resume
    felt | the penalty was harsh
    is convinced | that his side will win
    knew | the dam leaked
    was unaware | that the dam leaked
    realised | the dam leaked
    learned | the dam leaked
    wants | taxes cut
    wanted | to cut taxes
    plans | to expand
    has no plans | to resign
    intends | to appeal
    aims | to win the title
    decided | to run again
    is determined | to win the title
    is ready | to sign
    is seeking | to buy the club
    was reluctant | to sign
    prefers | a smaller house
    likes | the idea
    hates | the idea
    is proud | of the team
    was delighted | with the win
    is furious | that the dam leaked
    is opposed to | the dam
    fears | the dam could fail
    growing fears | the dam could fail
    is worried about | the dam
    doubts | the figures
    is sceptical of | the deal
    sees | the visit as a snub
    is seen as | a rival
    considers | the matter closed
    regards | the matter as closed
    in his view | the matter is closed
    his belief that | the matter is closed
    has no doubt | the plan will work
    it seemed | that the match was over
    appeared | to be asleep
"""


def act(cue: str, content: str, form: str = "indirect") -> str:
    return act_of(cue, content, form, read_cue(cue, content))


def examples(lines: str) -> list[tuple[str, str]]:
    return [
        (cue.strip(), content.strip()) for cue, _, content in (line.partition("|") for line in lines.splitlines()[1:])
    ]


@pytest.mark.parametrize(("cue", "content"), examples(SPEECH))
def test_words_are_speech(cue: str, content: str) -> None:
    """What was said, written, shown or decided, attitudes that were put in words among it."""
    assert act(cue, content) == "speech"


@pytest.mark.parametrize(("cue", "content"), examples(ATTITUDES))
def test_attitudes_are_not_speech(cue: str, content: str) -> None:
    """Beliefs, expectations, intentions, likes, fears, knowledge and impressions, whoever holds them."""
    assert act(cue, content) == "attitude"


def test_quoted_words_are_speech() -> None:
    """Whoever is quoted has spoken, whatever the cue; a single quoted term is the reporter's distance."""
    assert act("believes", "the dam is safe", "direct") == "speech"
    assert act("believes", "the dam “will stand for a hundred years”", "mixed") == "speech"
    assert act("fears", "a “bad deal”", "mixed") == "attitude"


@given(cue=st.text(max_size=60), content=st.text(max_size=200), form=st.sampled_from(FORMS))
def test_any_cue_has_an_act(cue: str, content: str, form: str) -> None:
    """Whatever stands there, it is one of the two."""
    assert act(cue, content, form) in ("speech", "attitude")
