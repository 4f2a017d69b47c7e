"""The cue tells the stance, with its negation; where it only voices something, the content does."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.attribution import stance as module
from claims.attribution.stance import lemma, read_cue
from claims.language.lexicons import lexicon_lines
from claims.terms import STANCES


@pytest.mark.parametrize(
    ("cue", "content", "stance", "lemma"),
    [
        ("said", "it rained", "asserts", "say"),
        ("according to", "it rained", "asserts", "according to"),
        ("has repeatedly denied", "it rained", "denies", "deny"),
        ("ruled out", "a recount", "denies", "rule out"),
        ("did not deny", "it rained", "asserts", "deny"),
        ("accusations", "it rained", "accuses", "accusation"),
        ("could not confirm", "the toll", "doubts", "confirm"),
        ("declined to confirm", "the toll", "doubts", "confirm"),
        ("does not believe", "it rained", "doubts", "believe"),
        ("called for", "a recount", "demands", "call for"),
        ("called", "him brave", "asserts", "call"),
        ("asked", "whether it rained", "asks", "ask"),
        ("asked", "the council to step in", "demands", "ask"),
        ("told", "voters to stay home", "demands", "tell"),
        ("told", "reporters it rained", "asserts", "tell"),
        ("reiterated", "concerns about the dam", "warns", "reiterate"),
        ("voiced", "serious doubts about the count", "doubts", "voice"),
        ("criticised", "the count", "criticizes", "criticise"),
        ("vowed", "to rebuild", "promises", "vow"),
        (":", "it rained", "asserts", ":"),
        ("", "it rained", "asserts", ""),
        ("called", "for a recount", "demands", "call"),
        ("thanking", "the crew", "praises", "thank"),
        ("declined", "to comment", "asserts", "decline"),
        ("characterized", "the talks as useful", "asserts", "characterize"),
    ],
)
def test_reads_cues(cue: str, content: str, stance: str, lemma: str) -> None:
    """Inflected, negated and compound cues come down to their stance and lemma."""
    reading = read_cue(cue, content)
    assert (reading.stance, reading.lemma) == (stance, lemma)


EXAMPLES = {
    "asserts": """
        said | the bridge was closed
        told reporters | the plan to expand the port is dead
        told | it is going to rain
        said | Who will pay? We will.
        said | it would be difficult to close the gap
        said | he would be late
        said | they would lose the match
        said | The government will fall
        said | It will take years
        called | the verdict a disgrace
        described | the restrictions as illegal
        has described as | historic
        is adamant | the goal should have stood
        was adamant that | the goal should have stood
        testified | she saw the car
        ruled | the law was unconstitutional
        held | the statute was void
        found | no link between the two
        did not deny | he met them
        declined to comment | on the case
        declined | to comment on the case
        would not say | how many were hurt
        did not say | how many were hurt
        refused to rule out | a strike
        expressed | appreciation for the support
        called back | later
        said during a protest | the dam is safe
        said at a hearing on the charges | the dam is safe
        wrote in a dissenting opinion | the law is void
        said when asked | the dam is safe
        told the Associated Press | the dam is safe
        not only said | the dam is safe
        joked | he needed a nap
        was quoted as saying | the dam is safe
        concluded | the pill works
        suggests | the pill works
        reported by | the dam is safe
        according to | the dam is safe
        as stated by | the dam is safe
        added | it was late
        stopped short of endorsing | the dam is safe
        stopped short of condemning | the dam is safe
        apologised for | the delay
        did not elaborate | the dam is safe
        could not be reached | for comment
        did not respond | to a request for comment
        did not immediately respond to | a request for comment
        was convicted of | fraud
        announced | cuts
        offered | his condolences to the families
        extended | condolences to the families
        shows | sales fell
        figures show | sales fell
        a poll found | sales fell
        retorted | the dam is safe
        quipped | the dam is safe
        tweeted | the dam is safe
        insists | the dam is safe
        has insisted that | the dam is safe
        maintains | the dam is safe
        claims | the dam is safe
        said to have | left
        made clear | the dam is safe
        branded | him a coward
        labelled | him a coward
        dubbed | him a coward
        was told | the plane was late
        testimony that | he lied
        in testimony | he lied
        KCNA reported | the leader inspected the plant
        Yonhap news agency said | the missile fell into the sea
        reaffirmed | that the talks continue
        noted that | trade had doubled
        stressed that | dialogue is needed
        pointed out that | the issue is complex
        the court heard | he fled
        the court heard that | he fled
        the judge ruled that | he fled
        found him guilty of | theft
        jurors were told | he fled
        the study found | sleep helps
        the authors conclude that | sleep helps
        researchers reported | sleep helps
        researchers showed that | sleep helps
        estimates | 2 million people are affected
        posted | a loss of $3m
        reported | a loss of $3m
        told analysts on a call that | costs fell
        said in a statement on Monday that | costs fell
        said in an email | costs fell
        said via his spokesman | costs fell
        told a news conference | costs fell
        was reported to have said | costs fell
        he says on his website | costs fell
        insisted that | his side were ready
        explained why | he was dropped
        reportedly said | the dam is safe
        did not criticise | the plan
        never ruled out | a comeback
        has not ruled out | a comeback
        refused to rule | out a comeback
        does not deny | he left
        were unable to say | how it began
        failed to condemn | the attack
        failed to mention | the cost
        avoided criticising | the king
        without elaborating | the dam is safe
        did not name | the suspect
        added that | it would appeal to voters
        said | I will be happy
        said | We are ready for the match
        called | him a liar
        said | the truth would come out
        said | the information was confidential
        said | the charges were serious
        chanted | the dam is unsafe
        blurted out | the dam is unsafe
        screamed | the dam is unsafe
        read | the dam is unsafe
        reads | the dam is unsafe
        — | the dam is unsafe
        , | the dam is unsafe
        via | the dam is unsafe
        in the words of | the dam is safe
        so-called | the dam is safe
        in | the dam is safe
        it emerged | they left
        it is said | they left
    """,
    "denies": """
        said | the allegations were baseless
        called | the report a fabrication
        dismissed | the claims as fake news
        said | That is not true
        said | there is no truth in the story
        rubbished | the report
        poured cold water on | hopes of a deal
        categorically ruled out | a coalition
        ruled | out a coalition
        its denial that | it sold weapons
        refused | to resign
        refused | to order a recount
        declined | to press charges
        refused | the invitation
        has never said | he would resign
        has never suggested | the vote was rigged
        is not saying | the vote was rigged
        does not accept | the ruling
        refuses to accept | the ruling
        refused to admit | guilt
        pleaded not guilty | to two counts of fraud
        pleaded | not guilty to two counts of fraud
        does not plan | to resign
        has no intention of | resigning
        issued | a denial of the report
        denied wrongdoing | the dam is safe
        disputed | the account
        rejected calls | to resign
        rejected as baseless | the claims
        brushed off | concerns
        distanced himself from | the remarks
        vehemently denies | the charges
        played down | the risk
        denied when asked | the toll
        would not commit to | a date
        refused to commit | to a date
        strongly refuted | the smear
        has denied any wrongdoing | the dam is safe
        is refusing | to negotiate
        turned down | a bid
        rejected | the bid
        denies being | a spy
        have denied that they | spied
        nobody has ever said | the dam is safe
        did not agree | with the plan
        disagrees | with the plan
        disagreed with | the plan
        would not admit | he left
        denied ever saying | the dam is safe
        told the BBC | the claims were completely false
        said | reports of his death were untrue
        said | Those are lies
        called it | a lie
        dismissed as nonsense | the report
        described as baseless | the report
    """,
    "accuses": """
        alleged | the firm hid losses
        accusations that | it sold weapons
        blamed | the outage on the weather
        charged | him with fraud
        pointed the finger at | the ministry
        sued | the firm
        is suspected of | fraud
        was accused of | fraud
        has been charged with | fraud
        prosecutors allege | he fled
        prosecutors said he was charged with | theft
        accusing | Moscow of spying
        which accuses | Moscow of spying
        amid accusations of | spying
        alleged that | Moscow spied
        it is alleged | they left
    """,
    "confirms": """
        pleaded guilty | to two counts of fraud
        pleaded | guilty to two counts of fraud
        agreed | the pitch was poor
        conceded | the defence was poor
        acknowledged | mistakes were made
        admitted to | the theft
        confirmed to AFP | the toll
        in her confession | he lied
        conceded that | his side were second best
        agrees with | the report
        agrees | the report is right
        acknowledged as | the dam is safe
    """,
    "doubts": """
        refused to confirm | the toll
        declined | to confirm the toll
        no one believes | the numbers
        does not believe | the numbers
        nobody believes | the numbers
        cast doubt on | the figures
        questioned | the wisdom of the deal
        is sceptical | of the deal
        is not convinced | the deal is sound
        was unsure | whether it was open
        has yet to confirm | the toll
        could not independently verify | the toll
        could not be independently verified | the toll
        its doubts about | the plan
        questioned whether | VAR is worth it
        raised doubts over | his fitness
        raised questions about | his fitness
        remained sceptical | about the plan
        don't think | it is fair
        didn't believe | it was fair
        does not expect | rates to fall
        cannot confirm | he left
    """,
    "criticizes": """
        slammed | the referee
        hit out at | the sanctions
        did not support | the bill
        lashed out at | critics
        condemned in the strongest terms | the launch
        took aim at | the referee
        had gone after | the referee
        took a swipe at | the league
        expressed outrage | over the verdict
        expressed | outrage over the verdict
        not only condemned | the launch
        complained | that the pitch was wet
        opposes | the dam
        is opposed to | the dam
        voted against | the dam
        is furious | the dam leaked
        was disappointed | with the draw
        expressed disappointment | with the draw
        mocked | him
        ridiculed | him
        protested against | him
        blasted | him for being late
        denounced | the drills as a provocation
        decried | the drills
        in a scathing attack on | the league
        its criticism of | the plan
        strongly condemns | the drills
        fumed | the referee was blind
        blasted the referee, saying | he was blind
        drew criticism from | rights groups
        ranted | the dam is unsafe
    """,
    "praises": """
        voiced | its full support for the plan
        paid tribute to | the goalkeeper
        hailed | the visit as historic
        lauded | the team
        defended | the decision
        backs | the bill
        is proud | of the team
        was delighted | with the win
        thanked | the fans
        thanking | the fans
        announced | its support for the bill
        its praise for | the plan
        spoke highly of | bilateral ties
        expressed satisfaction with | the talks
        was full of praise for | his keeper
        hailed as | a hero
        paid tribute | to his keeper
    """,
    "promises": """
        said | he would veto the bill
        says | she will appeal against the ruling
        said | We will rebuild every house
        said | they plan to close two plants
        agreed | to pay a fine
        agreed to | pay a fine
        wants | to cut taxes
        is determined | to win the title
        was ready | to sign
        vowed | to rebuild
        vowed that | they would return
        pledged | $2m
        assured | them it was safe
        swore | to return
        offered | to mediate
        guaranteed | a place in the final
        committed to | net zero
        is seeking | to buy the club
        plans | to expand
        intends | to expand
        aims | to expand
        in a pledge to | fans
        its promise | to leave
        vowed retaliation against | the raid
        expressed readiness to | cooperate
        expressed | its readiness to mediate
        expressed willingness | to mediate
        unveiled plans to | open 20 shops
        pledging to | cut costs
        said | it would appeal against the verdict
        said | I will resign next week,
        said | We are ready to negotiate
        agreed on | a ceasefire
        offered | to mediate between them
    """,
    "demands": """
        told | residents to leave the valley
        told | the council to step in
        asked | the court to block the merger
        called on | both sides to show restraint
        called | on both sides to show restraint
        called | for a recount
        urged | calm
        appealed for | witnesses
        wants | taxes cut
        want | him to resign
        ordered | the firm to pay
        insisted on | a recount
        pressed | for answers
        instructed | staff to stay home
        begged | them to stop
        recommends | two doses
        proposed | a tax on sugar
        is demanding | an apology
        demanding that | they leave
        is calling for | an inquiry
        repeated calls for | an inquiry
        renewed its call for | an inquiry
        lobbied for | an inquiry
        is seeking | damages of $2m
        were told | to evacuate
        in a plea | to fans
        demands that | they leave
        in an appeal for | calm
        called upon | all states to respect the charter
        stressed the need for | dialogue
        strongly urged | Tokyo to reflect on its past
        despite calls for | restraint
        in response to demands for | answers
        told | them not to leave
        asked for | help
        asked | for help
        asks that | they leave
        requested that | they leave
        recommended that | they leave
        invites | bids
        insisted | on leaving
        pleaded for | help
        pleaded with | them to stop
    """,
    "asks": """
        asked | why the bridge was closed
        asked | Where is the money?
        : | Where is the money?
        said | Who will pay for all this?
        questioned | why the deal was signed
        wondered aloud | whether it was worth it
        wondered | where the money went
        asked whether | he was fit
        demanded to know | why he was dropped
        asked about | the plan
        asked | about the plan
    """,
    "warns": """
        cautioned | that prices could rise
        said in a warning | the dam could fail
        reiterated | her grave concerns about the dam
        issued | a stark warning about floods
        fears | the dam could fail
        growing fears | the dam could fail
        raised concerns | about the dam
        raised fears | of a shortage
        is worried | about the dam
        threatened | to walk out
        sounded the alarm over | bird flu
        said on Monday, warning that | the dam could fail
        advised against | travel
        warned of | floods
        warned against | travel
        warned him not to | travel
        expressed deep concern over | the missile tests
        the authors caution that | the sample is small
        issued a profit warning | the dam is safe
        warnings from | experts that the dam fails
        despite warnings that | the dam fails
        it is feared | they left
    """,
    "believes": """
        has no doubt | the plan will work
        never doubted | the plan would work
        expects | rates to fall
        is expected | to sign
        are widely expected | to raise rates
        predicted | a wet summer
        forecast | growth of 2 percent
        thinks | the goal should stand
        said he believes | the goal should stand
        expressed hope | the talks resume
        hopes | the talks resume
        is confident | of victory
        was thought | to be abroad
        is believed | to be abroad
        felt | the penalty was harsh
        speculated | that he had left
        suspects | he had left
        considers | the matter closed
        is seen as | a rival
        scientists think | sleep helps
        hypothesised that | sleep helps
        projects | growth of 3%
        analysts expect | growth of 3%
        forecasting | growth of 3%
        expects to | hire 200 people
        reckons | his side will win
        is convinced | his side will win
        is convinced that | his side will win
        it is hoped | things will improve
        it is thought that | they left
        was expected to | leave
        are likely to believe | the dam is safe
    """,
}


@pytest.mark.parametrize(
    ("stance", "cue", "content"),
    [
        (stance, *(part.strip() for part in line.split("|")))
        for stance, lines in EXAMPLES.items()
        for line in lines.strip().splitlines()
    ],
)
def test_every_stance_has_its_cues(stance: str, cue: str, content: str) -> None:
    """Agencies, state media, courts, science, sport and business: verbs, nouns, negations and content."""
    assert read_cue(cue, content).stance == stance


def test_the_examples_cover_all_stances() -> None:
    """No stance is without sentences."""
    assert set(EXAMPLES) == set(STANCES)


def test_no_cue_is_in_two_stances() -> None:
    """The lexicon says one thing about each cue, in whatever form it is written."""
    readings: dict[tuple[str, ...], str] = {}
    for line in lexicon_lines(Path(module.__file__).with_name("stances.txt")):
        stance, _, cues = line.partition(":")
        for cue in cues.split(",") if stance in STANCES else ():
            assert readings.setdefault(tuple(map(lemma, cue.split())), stance) == stance, cue


@given(cue=st.text(max_size=60), content=st.text(max_size=200))
def test_reads_anything(cue: str, content: str) -> None:
    """Whatever stands there, a stance comes back, and the same one each time."""
    reading = read_cue(cue, content)
    assert reading.stance in STANCES
    assert reading == read_cue(cue, content)


def test_long_contents_are_read_quickly() -> None:
    """Rules look at the beginning of a content: hostile lengths cost little."""
    for content in (
        "a " * 50_000,
        "if " + "b" * 100_000,
        "the " * 20_000 + "?",
        "to " * 50_000,
        "allegation " * 20_000,
        "-" * 100,
        "'" * 100_000,
    ):
        for cue in (":", "said", "told", "called", "reiterated", "expressed"):
            assert read_cue(cue, content).stance in STANCES
