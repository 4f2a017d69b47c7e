"""What an article tells of its sources beside a name: whether it names, other names, countries, roles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.cli.articles import as_line
from claims.speakers import resolve
from claims.speakers.cast import Cast
from claims.speakers.layout import lay_out
from claims.speakers.portrait import Portraits
from claims.speakers.printed import Print
from claims.speakers.scene import Scene
from claims.speakers.states import Countries
from claims.terms import Article, Attribution, Relation, Role, Source, Span


def told(text: str, *sources: str) -> list[Source]:
    """The sources of `text`, each of the words in `sources` at its next place speaking."""
    relations, at = [], 0
    for words in sources:
        at = text.index(words, at)
        relations.append(Relation((Span(at, at + len(words)),), (), (Span(0, 1),), 1.0, "test"))
        at += len(words)
    return [found[0] for found in resolve(Article("test.txt", text), relations)]


def roles(text: str, source: str) -> list[tuple[str, str, str]]:
    return [(role.text, role.office, role.of) for role in told(text, source)[0].roles]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Kari Lund said the quay was closed.", "Kari Lund"),
        ("The Harbour Workers’ Union said so.", "The Harbour Workers’ Union"),
        ("Norway said the quay was closed.", "Norway"),
        ("The Fjord Times said so.", "The Fjord Times"),
        ("Republicans said the quay was closed.", "Republicans"),
        ("Germans said they liked the fish.", "Germans"),
        ("The Lund campaign said so.", "The Lund campaign"),
        ("The Norwegian navy said so.", "The Norwegian navy"),
        ("The Portville City Council said so.", "The Portville City Council"),
        ("The U.S. said the quay was closed.", "The U.S."),
        ("The Fjord Centre for Justice said so.", "The Fjord Centre for Justice"),
        ("The Drudge Report said so.", "The Drudge Report"),
        ("The GOP said so.", "The GOP"),
        ("The Security Council said so.", "The Security Council"),
        ("Mayor Kari Lund came. Ms. Lund’s team said so.", "Ms. Lund’s team"),
    ],
)
def test_names_name(text: str, source: str) -> None:
    """People, bodies, countries, media, parties and peoples are named."""
    assert told(text, source)[0].named


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The officials said the quay was closed.", "The officials"),
        ("Voters said the quay was closed.", "Voters"),
        ("Police said the quay was closed.", "Police"),
        ("Polls show that the quay is liked.", "Polls"),
        ("The judge said so.", "The judge"),
        ("No one said so.", "No one"),
        ("They said so.", "They"),
        ("Some Republicans said so.", "Some Republicans"),
        ("Lund supporters said so.", "Lund supporters"),
        ("Two people familiar with the quay said so.", "Two people familiar with the quay"),
        ("In the town the campaign said so.", "the campaign"),
        ("A Saltmarsh University poll shows so.", "A Saltmarsh University poll"),
        ("A new report says so.", "A new report"),
        ("A poll found it on Friday.", "Friday"),
        ("The City Council said so.", "The City Council"),
        ("A spokesman for the Harbour Board said so.", "A spokesman for the Harbour Board"),
        ("The harbour team said so.", "The harbour team"),
    ],
)
def test_descriptions_do_not_name(text: str, source: str) -> None:
    """What means somebody else in the next article is no name, whatever capital opens the sentence."""
    assert not told(text, source)[0].named


@pytest.mark.parametrize(
    ("text", "source", "names"),
    [
        ("The Coastal Central News Agency (CCNA) said so. CCNA went on.", "The Coastal Central News Agency", ("CCNA",)),
        ("The Union of Net Menders (UNM) met. UNM said so.", "UNM", ("UNM",)),
        ("The Harbour Safety Board met. The HSB said so.", "The Harbour Safety Board", ("HSB",)),
        ("Ann Lee came. Ann K. Lee said so. Ann Lee left.", "Ann K. Lee", ("Ann K. Lee",)),
        ("Ann Lee said so. Mrs. Lee left. Ann left.", "Ann Lee", ()),
        ("Bo Ray said so. Bo Ray Jr. left.", "Bo Ray", ()),
        ("Mayor Bo Ray came. The Ray campaign said so.", "The Ray campaign", ("Bo Ray campaign",)),
        ("Mayor Bo Ray came. Team Ray said so.", "Team Ray", ("Bo Ray campaign",)),
        ("Mayor Bo Ray met Gov. Ann Ray. The Ray campaign said so.", "The Ray campaign", ()),
        ("The Ray campaign said so.", "The Ray campaign", ()),
    ],
)
def test_other_names_tell_alone_who_it_is(text: str, source: str, names: tuple[str, ...]) -> None:
    """Acronyms of the article and fuller forms are names, bare surnames and other suffixes are not."""
    assert told(text, source)[0].names == names


@pytest.mark.parametrize(
    ("text", "source", "country"),
    [
        ("Norway’s Foreign Ministry said so.", "Norway’s Foreign Ministry", "Norway"),
        ("The Danish Defense Ministry said so.", "The Danish Defense Ministry", "Denmark"),
        ("Oslo’s defense ministry said so.", "Oslo’s defense ministry", "Norway"),
        ("The Supreme Court of Iceland said so.", "The Supreme Court of Iceland", "Iceland"),
        ("Norway’s Foreign Ministry met. The Foreign Ministry said so.", "The Foreign Ministry", "Norway"),
        ("The State Department said so.", "The State Department", "United States"),
        ("The Bundestag said so.", "The Bundestag", "Germany"),
        ("The Foreign Ministry said so.", "The Foreign Ministry", ""),
        (
            "Norway’s Foreign Ministry met Denmark’s Foreign Ministry. A Foreign Ministry said so.",
            "A Foreign Ministry",
            "",
        ),
        ("The Ohio Supreme Court met the FBI. The Supreme Court said so.", "The Supreme Court", ""),
        ("The Harbour Board of Norway said so.", "The Harbour Board of Norway", ""),
        ("Norway said so.", "Norway", ""),
    ],
)
def test_bodies_of_state_have_their_country(text: str, source: str, country: str) -> None:
    """The country stands in the words, beside the body, or one country alone has the name; else it is open."""
    assert told(text, source)[0].country == country


def test_bodies_of_one_country_only_leave_no_doubt() -> None:
    """Where all bodies of state are one country's and no other is named as often, "Congress" is that country's."""
    text = "The White House spoke of American ships. Americans in the U.S. wait. Congress said so."
    assert told(text, "Congress")[0].country == "United States"
    assert told(f"{text} The Kremlin waits in Russia.", "Congress")[0].country == ""


@pytest.mark.parametrize("mark", ["’", "'"])
def test_either_apostrophe_stands_in_the_names_of_bodies(mark: str) -> None:
    """Only one country has a Quai d’Orsay, and a state’s attorney general leaves open whose another one is."""
    text = f"The Quai d{mark}Orsay met. The Supreme Court said so."
    assert told(text, "The Supreme Court")[0].country == "France"
    office = f"Attorney General{mark}s Office"
    assert Countries(f"The FBI met the Ohio {office}. The {office} said so.").of(f"The {office}", office) == ""


@pytest.mark.parametrize(
    ("text", "source", "role"),
    [
        ("U.S. Secretary of State Ann Lee spoke.", "Ann Lee",
         ("U.S. Secretary of State", "secretary of state", "U.S.")),
        ("Kim Bo-ra, spokesperson for South Korea’s Foreign Ministry, spoke.", "Kim Bo-ra",
         ("spokesperson for South Korea’s Foreign Ministry", "spokesperson", "South Korea’s Foreign Ministry")),
        ("Ann Lee, the mayor of Portville, spoke.", "Ann Lee", ("mayor of Portville", "mayor", "Portville")),
        ("On Monday former Ohio governor Bo Ray spoke.", "Bo Ray", ("former Ohio governor", "governor", "Ohio")),
        ("Sen. Bo Ray (D-Mont.) spoke.", "Bo Ray", ("Sen. … (D-Mont.)", "senator", "Mont.")),
        ("Gov. Bo Ray of Iowa spoke.", "Bo Ray", ("Gov. … of Iowa", "governor", "Iowa")),
        ("The Lund campaign’s manager spoke to Fjord News host Bo Ray.", "Bo Ray",
         ("Fjord News host", "host", "Fjord News")),
        ("The town’s harbour master and lawyer, Bo Ray, spoke.", "Bo Ray", None),
        ("Bo Ray, Fishnet’s vice president of public affairs, spoke.", "Bo Ray",
         ("Fishnet’s vice president of public affairs", "vice president", "Fishnet")),
        ("Bo Ray, director of the Center for Nets at Salt University, spoke.", "Bo Ray",
         ("director of the Center for Nets", "director", "Center for Nets")),
        ("Bo Ray, a professor of law at Salt University in Ohio, spoke.", "Bo Ray",
         ("professor of law at Salt University", "professor", "Salt University")),
        ("Speaker of the House Rep. Bo Ray spoke.", "Bo Ray", ("Rep.", "representative", "")),
        ("Bo Ray, the president of Net Menders for Norway, spoke.", "Bo Ray",
         ("president of Net Menders for Norway", "president", "Net Menders for Norway")),
        ("Lt. Gov. Bo Ray spoke.", "Bo Ray", ("Lt. Gov.", "lieutenant governor", "")),
    ],
)  # fmt: skip
def test_roles_stand_beside_the_name(text: str, source: str, role: tuple[str, str, str] | None) -> None:
    """Titles, appositions, parties and states tell the office and whose it is."""
    assert roles(text, source) == ([role] if role else [])


@pytest.mark.parametrize(
    "text",
    [
        "With Ann Lee, the mayor said the quay was closed.",
        "They met Ann Lee, the mayor, Bo Ray, and others.",
        "When he saw the mayor, Ann Lee said so.",
        "“We met the mayor, Ann Lee,” he said.",
        "Ann Lee, presidents and mayors spoke.",
        "Mrs. Ann Lee spoke.",
        "Her rival Ann Lee spoke.",
        "The Ohio rival Ann Lee spoke.",
    ],
)
def test_other_peoples_roles_are_not_taken(text: str) -> None:
    """What only stands near a name, in a row of people or in a quotation, says nothing of it."""
    assert roles(text, "Ann Lee") == []


def test_his_adviser_is_the_one_of_the_only_person_named() -> None:
    """ "His" is resolved where one man alone can be meant; "" else."""
    text = "President John Berg came late. His economic adviser, Ann Lee, spoke."
    assert roles(text, "Ann Lee") == [("economic adviser", "economic adviser", "John Berg")]
    crowd = "President John Berg met Peter Dahl. His economic adviser, Ann Lee, spoke."
    assert roles(crowd, "Ann Lee") == [("economic adviser", "economic adviser", "")]


def test_a_stray_word_before_a_surname_makes_no_body() -> None:
    """ "Co. Lund" beside Kari Lund tells nobody in another article."""
    text = "Mayor Kari Lund came. Ms. Lund left."
    layout = lay_out(text)
    portraits = Portraits(Scene(layout, Cast(layout)), Print(text))
    relation = Relation((Span(0, 4),), (), (), 1.0, "test")
    names = ("Co. Lund", "LUND", "Lund Fisheries")
    sources = [Source(name, name, "organization", "as-written") for name in names]
    painted = portraits.paint([(source,) for source in sources], [relation] * 3)
    assert [source.named for (source,) in painted] == [False, False, True]


def test_one_person_has_one_portrait() -> None:
    """Roles and names of the whole article go with each attribution, whatever its words."""
    text = "Mayor Ann Lee spoke. Lee spoke on.\n\nAnn K. Lee, a former judge, left. She waved."
    portraits = told(text, "Mayor Ann Lee", "Lee", "She")
    assert len({(source.name, source.names, source.roles) for source in portraits}) == 1
    assert {role.office for role in portraits[0].roles} == {"mayor", "judge"}


def test_roles_are_few() -> None:
    """Six roles a source are enough."""
    nouns = ("mayor", "judge", "lawyer", "editor", "pastor", "farmer", "banker", "doctor")
    text = " ".join(f"Ann Lee, a {noun}, came." for noun in nouns)
    assert len(roles(text, "Ann Lee")) == 6


def test_the_line_prints_the_portrait() -> None:
    """A printed attribution has the portrait in its source."""
    source = Source(
        "Lee", "Ann Lee", "person", "short-name", True, ("Ann K. Lee",), "", (Role("mayor", "mayor", "Salt"),)
    )
    relation = Relation((), (), (Span(0, 1),), 1.0, "test")
    line = as_line(Article("a", "x"), Attribution("1", relation, "x", "", "", (source,), "direct", "asserts", None))
    assert line["source"]["named"] is True
    assert line["source"]["names"] == ["Ann K. Lee"]
    assert line["source"]["country"] == ""
    assert line["source"]["roles"] == [{"text": "mayor", "office": "mayor", "of": "Salt"}]


_WORDS = (
    "Ann Lee Bo Ray Jr. , . ; : ( ) ’s ’ “ ” — - the a his of for at and Sen. Gov. (D-Mont.) mayor president who said "
    "Foreign Ministry Norway’s Norwegian Supreme Court Ohio CCNA (UN) then-governor Portville Secretary State"
)
_PIECES = st.lists(st.sampled_from([*_WORDS.split(), "Lt. Gov.", "\n\n", "\u00a0", ""]), max_size=40).map(" ".join)


@given(text=st.one_of(_PIECES, st.text(max_size=120)), data=st.data())
def test_no_text_breaks_a_portrait(text: str, data: st.DataObject) -> None:
    """Whatever the text, portraits are painted, and words, name, kind and rule stay as they were."""
    ends = data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2).map(sorted))
    words = text[ends[0] : ends[1]]
    name = data.draw(st.one_of(st.just(words), st.text(max_size=12)))
    kind = data.draw(st.sampled_from(("person", "organization", "government", "media", "group", "document", "unknown")))
    source = Source(words, name, kind, "as-written")
    layout = lay_out(text)
    relation = Relation((Span(*ends),), (), (), 1.0, "test")
    painted = Portraits(Scene(layout, Cast(layout)), Print(text)).paint([(source,), ()], [relation, relation])
    assert [len(sources) for sources in painted] == [1, 0]
    after = painted[0][0]
    assert (after.text, after.name, after.kind, after.rule) == (words, name, kind, "as-written")
    assert len(after.roles) <= 6
    assert all(role.text and role.office for role in after.roles)
