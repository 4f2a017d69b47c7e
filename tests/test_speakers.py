"""Who is meant by the source words: names, pronouns, descriptions, several speakers, and nobody."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.speakers import resolve
from claims.speakers.layout import lay_out
from claims.speakers.printed import Print
from claims.speakers.quoting import Quoting
from claims.speakers.register import Register
from claims.terms import SOURCE_KINDS, Article, Relation, Source, Span

# Marks in the test texts: [source], {cue}, <content>; "/" between marks ends a relation and stands for nothing.
_MARK = re.compile(r"[\[\]{}<>|]")


def relations_of(marked: str) -> tuple[Article, list[Relation]]:
    """An article and its relations from a text with marks; "|" ends a relation where two would run together."""
    text = ""
    opened: dict[str, int] = {}
    relations: list[dict[str, list[Span]]] = []
    parts: dict[str, list[Span]] = {"[": [], "{": [], "<": []}
    for piece in re.split(r"([\[\]{}<>|])", marked):
        if not _MARK.fullmatch(piece):
            text += piece
        elif piece in "[{<":
            opened[piece] = len(text)
        elif piece == "|":
            relations.append(parts)
            parts = {"[": [], "{": [], "<": []}
        else:
            way = {"]": "[", "}": "{", ">": "<"}[piece]
            parts[way].append(Span(opened[way], len(text)))
    relations.append(parts)
    return Article("test.txt", text), [
        Relation(tuple(p["["]), tuple(p["{"]), tuple(p["<"]), 1.0, "test") for p in relations if any(p.values())
    ]


def speakers(marked: str) -> list[tuple[Source, ...]]:
    article, relations = relations_of(marked)
    return resolve(article, relations)


def names(marked: str) -> list[str]:
    """The names of each relation's sources, joined by " + "."""
    return [" + ".join(source.name for source in sources) for sources in speakers(marked)]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Norwegian Minister of Fisheries Kari Lund", "Kari Lund"),
        ("her campaign manager, Bo Strand", "Bo Strand"),
        ("Tove Dahl, spokeswoman for the Harbour Authority", "Tove Dahl"),
        ("Sen. Maria Quist (D-Ore.)", "Maria Quist"),
        ("the lake district’s official Northern News Agency", "Northern News Agency"),
        ("White House press secretary Ola Berg, who was travelling,", "Ola Berg"),
        ("Mr. Haugen’s", "Haugen"),
        ("Anna K. Moe Jr.", "Anna K. Moe Jr."),
        ("former secretary of state Liv Aas", "Liv Aas"),
        ("The Committee for a Clean Fjord", "Committee for a Clean Fjord"),
        ("a spokesman for the Danish embassy", "spokesman for the Danish embassy"),
        ("two people familiar with the talks", "two people familiar with the talks"),
        ("Norway’s navy", "Norway’s navy"),
    ],
)
def test_titles_roles_and_appositions_are_no_part_of_the_name(words: str, name: str) -> None:
    """A name is left without what stands around it; a description keeps its words but for the article."""
    assert names(f"[{words}] {{said}} <the quay would open>.") == [name]


def test_a_short_name_is_made_full_from_before_and_from_after() -> None:
    """The full name may stand earlier in the article or later."""
    text = (
        "[Lund] {said} <the fish are back>.|\n\n"
        "Kari Lund, a biologist, has counted them for years.\n\n[Lund] {added} <that it took time>."
    )
    assert names(text) == ["Kari Lund", "Kari Lund"]


def test_of_two_with_one_surname_the_title_tells() -> None:
    """Mr. and Mrs. keep a couple apart."""
    text = (
        "Karl Moe met the press with his wife, Anna Moe.\n\n"
        "[Mrs. Moe] {said} <it was late>.| [Mr. Moe] {disagreed}< that it was>."
    )
    assert names(text) == ["Anna Moe", "Karl Moe"]


def test_of_two_with_one_surname_the_pronoun_after_it_tells() -> None:
    """The next "she" shows which of two is meant."""
    text = (
        "Robert Moe and Elizabeth Moe both run for mayor of Sandvik.\n\n"
        "Robert Moe spoke first.\n\n[Moe] {said} <that she would win in spring>."
    )
    assert names(text) == ["Elizabeth Moe"]


def test_a_misspelt_surname_finds_its_only_neighbour() -> None:
    """One letter off and nobody else of that name: the person is meant."""
    text = "[Tora Lindqvist, a baker,] {said} <the oven was cold>.|\n\n[Lindquist] {thinks} <it was the wind>."
    assert names(text) == ["Tora Lindqvist", "Tora Lindqvist"]


def test_he_is_the_speaker_before_and_not_the_subject() -> None:
    """Whoever was named by "as stated by" goes on, though another leads the sentence."""
    text = (
        "Mayor Peter Holm has travelled far this year. <Holm was met by the whole council>, {as stated by} "
        "[his chief of staff, Jens Vik].| [He] {said} <that the trip was long>."
    )
    assert names(text)[1] == "Jens Vik"


def test_a_name_in_a_quotation_is_not_he() -> None:
    """Who is spoken of between quotation marks is no candidate outside of them."""
    text = '[Peter Holm] {said} <the road was safe>.|\n\n<"David Krog knew it. David Krog built it,"> [he] {said}.'
    assert names(text) == ["Peter Holm", "Peter Holm"]


def test_pronouns_agree_in_gender() -> None:
    """ "She" passes over a man who spoke last."""
    text = (
        "Judge Maria Quist heard the case on Monday.\n\n"
        "[David Krog, her clerk,] {said} <the hall was full>.| [She] {ruled} <that it be cleared>."
    )
    assert names(text) == ["David Krog", "Maria Quist"]


def test_he_may_be_one_who_was_only_described() -> None:
    """A nameless speaker goes on as "he" instead of lending the words to somebody named."""
    text = "Peter Holm came late. [One delegate from Sandvik] {said} <he had left>.| [He] {added} <that it rained>."
    assert names(text)[1] == "One delegate from Sandvik"


def test_no_one_to_mean_leaves_the_words() -> None:
    """Without an antecedent no name is guessed."""
    ((source,),) = speakers("[She] {said} <it was over>.")
    assert (source.name, source.rule) == ("She", "as-written")


def test_they_are_the_group_or_the_pair_that_spoke() -> None:
    """A plural goes back to a group, "each" to two who were named together."""
    text = "[Fishermen] {said} <the nets were torn>.| [They] {blamed} <the seals>."
    assert names(text) == ["Fishermen", "Fishermen"]
    text = "[Kari Lund and Bo Strand] {spoke of} <a new quay>.| [Each] {promised} <to pay for it>."
    assert names(text) == ["Kari Lund + Bo Strand", "Kari Lund + Bo Strand"]


def test_it_is_the_body_that_spoke() -> None:
    """A neuter pronoun goes back to an organization."""
    text = "[The Harbour Committee] {warned} <of ice>.| The ice, [it] {said}, <would stay>."
    assert names(text) == ["Harbour Committee", "Harbour Committee"]


def test_who_stands_for_the_name_or_the_words_before_it() -> None:
    """A relative pronoun takes a name, an apposition's owner, or a plain noun phrase."""
    assert names("The prize went to Kari Lund, [who] {called} <it a joke>.") == ["Kari Lund"]
    assert names("We met Kari Lund, a baker [who] {says} <bread is cheap>.") == ["Kari Lund"]
    assert names("It was built by many old sailors [who] {feared} <the ice>.") == ["many old sailors"]


def test_i_is_the_speaker_of_the_quotation() -> None:
    """The first person inside a quotation is whoever is quoted; outside it is the author, or nobody known."""
    article, relations = relations_of('"[I] {think} <it will snow>,"| [Kari Lund] {said}.')
    relations[1] = Relation(relations[1].source, relations[1].cue, (Span(0, 24),), 1.0, "test")
    assert [s[0].name for s in resolve(article, relations)] == ["Kari Lund", "Kari Lund"]
    article, relations = relations_of("[I] {think} <it will snow>.")
    assert resolve(article, relations)[0][0].name == "I"
    signed = Article("test.txt", article.text, author="Bo Strand")
    assert resolve(signed, relations)[0][0].name == "Bo Strand"


@pytest.mark.parametrize("byline", ["Bo Strand, Kari Lund", "Bo Strand and Kari Lund", "National Desk", "Reuters", ""])
def test_i_is_nobody_known_where_no_one_author_signs(byline: str) -> None:
    """Several authors, a desk or an agency do not tell who "I" is, and "we" may be anybody."""
    article, relations = relations_of("[I] {think} <it will snow>.")
    assert resolve(Article("test.txt", article.text, author=byline), relations)[0][0].name == "I"
    article, relations = relations_of("[We] {think} <it will snow>.")
    assert resolve(Article("test.txt", article.text, author="Bo Strand"), relations)[0][0].name == "We"


def test_a_description_finds_the_bearer_of_the_office() -> None:
    """ "The former mayor" is who was said to be that, even when another spoke last."""
    text = (
        "Former Mayor Peter Holm met Governor David Krog.\n\n[Krog] {said} <it went well>.|\n\n"
        "[The former mayor] {said} <it did not>."
    )
    assert names(text) == ["David Krog", "Peter Holm"]


def test_the_lawyer_of_somebody_is_named_later() -> None:
    """A possessive description may be resolved by a name that comes further down."""
    text = (
        "The sailor kept silent. [His lawyer] {said} <that was wise>.|\n\n"
        "Days went by. [Erik Lie, a lawyer for the sailor,] {said} <no more>."
    )
    assert names(text)[0] == "Erik Lie"


def test_an_unnamed_person_stays_unnamed() -> None:
    """Indefinite descriptions in the middle of an article are nobody's."""
    text = (
        "Judge Maria Quist heard the case.\n\nIt was long.\n\nIt rained.\n\n"
        "[A federal judge] {said} <the law was old>.|\n\n[A doctor] {noted} <a fever>."
    )
    assert names(text) == ["federal judge", "doctor"]


def test_the_organization_is_the_body_that_spoke_before() -> None:
    """A general noun goes back to the body named just before."""
    text = (
        "<The mayor danced>, {according to} [Norway’s official Northern News Agency].|"
        " [The organization] {called} <it a fine sight>."
    )
    first, second = speakers(text)
    assert (second[0].name, second[0].kind, second[0].text) == ("Northern News Agency", "media", "The organization")
    assert first[0].kind == "media"


def test_a_document_keeps_its_words_and_is_found_again() -> None:
    """A paper that speaks is a document; "the study" is the one that spoke before."""
    first, second = speakers("[A survey by the fish board] {found} <fewer cod>.| [The study] {says} <it is the seals>.")
    assert (first[0].name, first[0].kind) == ("survey by the fish board", "document")
    assert (second[0].name, second[0].rule) == ("survey by the fish board", "same-document")


@pytest.mark.parametrize(
    ("made", "speaks", "name"),
    [
        ("The Harbour Board released an analysis.", "The study", "Harbour Board"),
        ("The Harbour Board sent an e-mail.", "The email", "Harbour Board"),
        ("The Harbour Board released an analysis.", "The statement", "statement"),
        ("Bo Ray’s story has changed.", "The article", "article"),
        ("Nobody shares Bo Ray’s opinion.", "The ruling", "ruling"),
    ],
)
def test_a_document_speaks_for_its_maker_under_another_name_for_it(made: str, speaks: str, name: str) -> None:
    """Only words for the same thing that somebody makes lead there."""
    ((source,),) = speakers(f"{made}| [{speaks}] {{says}} <it is the seals>.")
    assert source.name == name


def test_capitals_and_seats_of_power_are_governments() -> None:
    """A capital speaks for its country, both of two are sources of their own."""
    (sources,) = speakers("[Both Oslo and Helsinki] {deny} <the charge>.")
    assert [(s.name, s.kind, s.text) for s in sources] == [
        ("Norway", "government", "Oslo"),
        ("Finland", "government", "Helsinki"),
    ]
    ((kremlin,),) = speakers("[The Kremlin] {announced} <a visit>.")
    assert (kremlin.name, kremlin.kind) == ("Kremlin", "government")


def test_a_group_with_two_adjectives_stays_one() -> None:
    """Only names are split at "and", and no body's name is."""
    assert names("[Swedish and Danish officials] {report} <more ice>.") == ["Swedish and Danish officials"]
    assert names("[The Fish and Game Commission] {met}< at noon>.") == ["Fish and Game Commission"]
    assert names("[Kari Lund, founder of Bread and Water,] {said} <no>.") == ["Kari Lund"]


def test_his_campaign_is_named_after_its_owner() -> None:
    """A campaign has the full name of its owner, or the name that the article prints for it."""
    text = "[Peter Holm] {said} <he would run>.| [His campaign] {denied} <it>.|\n\n[Holm’s campaign] {said} <nothing>."
    assert names(text) == ["Peter Holm", "Peter Holm’s campaign", "Peter Holm’s campaign"]
    text = "[Peter Holm] {said} <he would run>, and the Holm campaign is rich.| [His campaign] {denied} <it>."
    assert names(text) == ["Peter Holm", "Holm campaign"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Kari Lund", "person"),
        ("observers", "group"),
        ("Nearly six in 10 voters", "group"),
        ("Republicans", "group"),
        ("official media", "media"),
        ("The Sandvik Times", "media"),
        ("the Justice Department", "government"),
        ("Denmark", "government"),
        ("Sandvik University", "organization"),
        ("the report", "document"),
        ("a banner above the gate", "document"),
        ("a doctor", "person"),
    ],
)
def test_kinds(words: str, kind: str) -> None:
    """The noun or the name tells which kind of source speaks."""
    ((source,),) = speakers(f"[{words}] {{said}} <it was so>.")
    assert source.kind == kind


def test_a_quotation_goes_on_and_a_subject_is_shared() -> None:
    """A quotation right behind an attribution and a second verb have the speaker before, with no words of their own."""
    text = "[Kari Lund] {said} <it was cold>.| <“Nobody swam.”>|"
    assert [(s[0].name, s[0].text, s[0].rule) for s in speakers(text)][1] == ("Kari Lund", "", "carried-on")
    text = "[Kari Lund] {called} <it cold>| and {said} <nobody swam>."
    assert [(s[0].name, s[0].text, s[0].rule) for s in speakers(text)][1] == ("Kari Lund", "", "shared-subject")


def test_nobody_is_carried_over_a_paragraph_or_into_a_passive() -> None:
    """Where it is not safe who speaks the relation has no source."""
    assert speakers("[Kari Lund] {said} <it was cold>.|\n\n<“Nobody swam.”>")[1] == ()
    assert speakers("[Kari Lund] {said} <it was cold>| and {was told} <to leave>.")[1] == ()
    assert speakers("{Reportedly} <the quay sank>.") == [()]


def test_a_signature_and_a_label_are_not_spoken_of() -> None:
    """A name that the page put under a paragraph does not become "he"."""
    text = "[Peter Holm] {said} <the bridge was shut>. -David Krog|\n\n[He] {said} <it would open>."
    assert names(text) == ["Peter Holm", "Peter Holm"]


def test_the_order_of_the_relations_is_kept() -> None:
    """Results come in the order of the relations, whatever order they stand in the text."""
    article, relations = relations_of("[Kari Lund] {said} <yes>.| [She] {added} <maybe>.| [Bo Strand] {said} <no>.")
    forth = resolve(article, relations)
    assert resolve(article, relations[::-1]) == forth[::-1]


_WORDS = st.sampled_from(
    [
        "Ann", "Lee", "Mr.", "Sen.", "of", "the", "and", ",", ".", '"', "“", "”", "'", "’s", "he", "She", "who",
        "which", "said", "The", "officials", "report", "Oslo", "U.S.", "I", "we", "it", "they", "Committee", "for",
        "--", "—", ":", "(", ")", "\n", "\n\n", "95", "former", "senator", "@x", "...", "Jr.", "de",
    ]
)  # fmt: skip


@given(st.lists(_WORDS, max_size=40), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=8))
def test_any_text_is_taken(words: list[str], cuts: list[tuple[int, int]]) -> None:
    """Whatever the words, each relation gets its sources: known kinds, a name, words that stand in the article."""
    text = " ".join(words)
    spans = [Span(min(a, b), max(a, b)) for a, b in cuts if min(a, b) < max(a, b) <= len(text)]
    relations = [Relation((span,) if i % 3 else (), (), (spans[i - 1],), 0.5, "test") for i, span in enumerate(spans)]
    found = resolve(Article("test.txt", text), relations)
    assert len(found) == len(relations)
    for relation, sources in zip(relations, found, strict=True):
        for source in sources:
            assert source.kind in SOURCE_KINDS
            assert any(character.isalnum() for character in source.name)
            assert source.rule
            assert bool(source.text) <= bool(relation.source)


def test_a_country_is_not_its_broadcaster() -> None:
    """The last word of a body's name is short for it only where it says what the body is."""
    said = "[Radio Belmark] {said} <it rained>.|\n\n[Belmark] {denied} <it>.|\n\n[The Harbour Commission] {said} <so>.|"
    assert names(said + " [The Commission] {added} <more>.") == [
        "Radio Belmark", "Belmark", "Harbour Commission", "Harbour Commission",
    ]  # fmt: skip


def test_a_person_who_is_always_named_in_full_is_a_person() -> None:
    """A first name, or an office beside the name, outweighs that the article never prints the last name alone."""
    said = "[Anna Lee] {said} <it rained>.|\n\n" * 3
    assert {source.kind for (source,) in speakers(said)} == {"person"}
    said = "[Xiomu Brandt, a lawyer,] {said} <it rained>.|\n\n" + "[Xiomu Brandt] {said} <it rained>.|\n\n" * 3
    assert {source.kind for (source,) in speakers(said)} == {"person"}
    said = "[Crimson Harbour] {said} <it rained>.|\n\n" * 3
    assert {source.kind for (source,) in speakers(said)} == {"organization"}


@pytest.mark.parametrize("words", ["‘", "🇦", "🙂🙂", "_", "…", "“ ”"])
def test_words_without_a_letter_name_nobody(words: str) -> None:
    """Marks and pictures are no source, and no later relation carries them on."""
    assert speakers(f"[{words}] {{said}} <it rained>.| <“Nobody swam.”>") == [(), ()]
    assert names(f"[Kari Lund and {words}] {{said}} <it rained>.") in (["Kari Lund"], [f"Kari Lund and {words}"])


def test_an_author_without_a_letter_is_nobody() -> None:
    """The first person keeps its words where the author's field holds a picture only."""
    article, relations = relations_of("[I] {think} <it will snow>.")
    ((source,),) = resolve(Article("test.txt", article.text, author="🙂"), relations)
    assert (source.name, source.rule) == ("I", "as-written")


def test_a_crowd_of_one_surname_is_looked_through_in_part_only() -> None:
    """However many share a last word, each full name is found and the short name means the first of them."""
    register = Register()
    figures = [register.add(f"Xa{number} Lee", number) for number in range(1000)]
    assert all(register.known(f"Xa{number} Lee") is figure for number, figure in enumerate(figures))
    bearers = register.bearers("Lee")
    assert bearers[0] is figures[0]
    assert len(bearers) < 100


_SPANS = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda pair: Span(pair[0], sum(pair)))


@given(st.lists(st.tuples(st.lists(_SPANS, max_size=1), st.lists(_SPANS, max_size=3)), max_size=8))
def test_the_enclosing_relation_is_the_smallest_of_the_others(drawn: list[tuple[list[Span], list[Span]]]) -> None:
    """The index over all relations answers as a look at each of them would."""
    relations = [Relation(tuple(source), (), tuple(content), 0.5, "test") for source, content in drawn]
    quoting = Quoting(lay_out("a " * 30), relations)
    for i, relation in enumerate(relations):
        around = [
            (end - start, j) for j, other in enumerate(relations) for start, end in other.content
            if j != i and relation.source and start <= relation.source[0].start < end
        ]  # fmt: skip
        assert quoting.enclosing(i) == (min(around)[1] if around else None)


@given(st.text("aB ’.,", max_size=30), st.text("aB ’.", min_size=1, max_size=5))
def test_words_are_printed_where_they_stand_alone(text: str, words: str) -> None:
    """A part of a longer word is no printed word; a place inside a sentence comes after a small letter or a comma."""
    found = re.search(r"\w", words) and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    if words[0].isalpha() and words[-1].isalpha():
        assert Print(text).has(words) is bool(found)
        inside = re.search(rf"(?<=[a-z,] ){re.escape(words)}(?!\w)", text)
        assert Print(text).has(words, inside_sentence=True) is bool(inside)


def test_words_that_a_sentence_capitalises_are_no_part_of_a_name() -> None:
    """An opener, a place or a party's adjective before a known name is taken off."""
    text = (
        "Kari Lund runs the harbour.\n\nRested Lund came back on Friday. [Lund] {said} <the nets were dry>.|\n\n"
        "Neither Kari Lund nor the crew was hurt. In Norway Lund is liked. [Lund] {said} <she was glad>."
    )
    assert names(text) == ["Kari Lund", "Kari Lund"]
    text = "A Republican-led Congress met.\n\n[Congress] {rejected} <the toll>."
    assert names(text) == ["Congress"]


def test_an_office_of_a_body_and_a_day_are_no_part_of_a_name() -> None:
    """ "Harbour Committee Chairman Bo Strand on Tuesday" is Bo Strand, "the House" is not the White House."""
    text = "Harbour Committee Chairman Bo Strand on Tuesday opened the quay.\n\n[Strand] {said} <it was late>."
    assert names(text) == ["Bo Strand"]
    text = "The White House was dark.\n\n[The House] {rejected} <the toll>."
    assert names(text) == ["House"]


def test_a_double_surname_is_short_for_its_bearer() -> None:
    """ "Lund Berg" is Kari Lund Berg, a title can be a surname, a firm is known by its first word."""
    text = "Rep. Anna Lund Berg came late.\n\n[Lund Berg] {said} <the road was shut>."
    assert names(text) == ["Anna Lund Berg"]
    text = "[Ella Mae King, a baker,] {said} <bread is cheap>.|\n\n[King] {added} <that it is good>."
    assert names(text) == ["Ella Mae King", "Ella Mae King"]
    text = "Veltra Pharmaceuticals sells salt.\n\nShares of Veltra fell. [Veltra] {said} <it was the weather>."
    assert names(text) == ["Veltra Pharmaceuticals"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("A new poll released Friday", "new poll released Friday"),
        ("figures that his office gave out", "figures"),
        ("an official she spoke to", "official she spoke to"),
        ("voters angry about the toll", "voters angry about the toll"),
        ("Sailors who had left in spring", "Sailors"),
        ("those who had left in spring", "those who had left in spring"),
        ("one of that crew", "one of that crew"),
        ("several towns, including Sandvik and Bergnes", "several towns"),
        ("a rich super PAC", "rich super PAC"),
        ("The Worker’s Lantern", "Worker’s Lantern"),
        ("the Teachers' Guild", "Teachers' Guild"),
        ("Fox News Sunday", "Fox News Sunday"),
    ],
)
def test_a_description_has_no_day_and_no_clause_as_its_head(words: str, name: str) -> None:
    """Days, participles and clauses behind a noun are not what speaks; clauses are left out of the name."""
    assert names(f"[{words}] {{said}} <it was so>.") == [name]


def test_a_poll_of_a_day_is_a_document() -> None:
    """The kind is that of the head, not of the day behind it."""
    ((source,),) = speakers("[A new poll released Friday] {found} <fewer cod>.")
    assert source.kind == "document"


def test_a_name_may_end_in_s_itself() -> None:
    """A firm that is always printed with 's keeps it, a person who owns something does not."""
    assert names("[Harlow’s] {said} <the shops would close>.") == ["Harlow’s"]
    assert names("Kari Lund came. [Lund’s] {plan was} <to stay>.") == ["Kari Lund"]


def test_whose_people_they_are_is_spelled_out() -> None:
    """ "His aides" and "Mr. Holm's aides" have the full name of whom they belong to."""
    text = "[Peter Holm] {said} <he would run>.| [His aides] {denied} <it>.|\n\n[Mr. Holm’s allies] {said} <nothing>."
    assert names(text) == ["Peter Holm", "Peter Holm’s aides", "Peter Holm’s allies"]
    assert names("Peter Holm came. [Advisers to Mr. Holm] {said} <nothing>.") == ["Advisers to Peter Holm"]


def test_he_is_the_subject_of_the_sentence_before() -> None:
    """Who led the sentence before outweighs who spoke earlier, and the main clause its introduction."""
    text = (
        "[Erik Lie, a reporter,] {compared} <the two>.|\n\nPeter Holm has walked far this year and eaten little. "
        "[He] {said} <that the trip was long>."
    )
    assert names(text)[1] == "Peter Holm"
    text = "As Erik Lie rose to leave the hall, Peter Holm clapped while [he] {said} <farewell>."
    assert names(text) == ["Peter Holm"]


def test_he_is_nobody_whom_his_own_clause_names() -> None:
    """ "He told Lie" is not said by Lie, and "Holm is wrong, he said" seldom by Holm."""
    text = (
        "[Erik Lie] {asked} <Peter Holm how high the dam would be>.|\n\nPeter Holm thought about it.\n\n"
        "<“Very high,”> [he] {told} Lie."
    )
    assert names(text)[1] == "Peter Holm"
    text = "[Erik Lie] {said} <it was late>.| <Peter Holm is no sailor>, [he] {said}."
    assert names(text)[1] == "Erik Lie"


def test_places_and_modifiers_are_not_he() -> None:
    """A town after "in" and a name before a noun that it belongs to stand back."""
    text = "[Peter Holm] {said} <it rained>.|\n\nAt a rally in Bergnes, [he] {said} <it would stop>."
    assert names(text)[1] == "Peter Holm"
    text = "[Erik Lie] {thinks} <it is over>.|\n\nThe Holm campaign was glad. [He] {said} <it would stop>."
    assert names(text)[1] == "Erik Lie"


def test_they_are_people_named_before() -> None:
    """Nobody spoke yet: the plural of the clause or the sentence before, or two persons joined by "and"."""
    assert names("Some old sailors wept as [they] {said} <farewell>.") == ["Some old sailors"]
    assert names("Sailors in Sandvik have a plan. But [they] {disagree on} <when to go>.") == ["Sailors"]
    text = "Kari Lund and Bo Strand wrote a book. [They] {compare} <two harbours>."
    assert names(text) == ["Kari Lund + Bo Strand"]


def test_it_is_a_body_or_a_document_named_before() -> None:
    """The subject of the sentence before, though it has not spoken."""
    assert names("The Lund campaign is tired. [It] {expects} <a long winter>.") == ["Lund campaign"]
    assert names("The email came at noon. [It] {says} <that the quay is shut>.") == ["email"]


def test_both_are_the_two_who_were_named_last() -> None:
    """ "Both candidates" need not have spoken."""
    text = "Kari Lund has few votes while Bo Strand has many. [Both candidates] {said} <it was no matter>."
    assert names(text) == ["Kari Lund + Bo Strand"]


def test_and_who_goes_back_to_the_first_who() -> None:
    """A second relative clause has the antecedent of the first; a home is no antecedent."""
    text = "Kari Lund, who rows, and [who] {likes} <the sea>, won."
    assert names(text) == ["Kari Lund"]
    assert names("It was won by Kari Lund of Sandvik, [who] {likes} <the sea>.") == ["Kari Lund"]
    assert names("It drew the ire of sailors [who] {like} <the sea>.") == ["sailors"]


def test_an_epithet_fits_who_is_called_so() -> None:
    """Gender, party and office tell; a former president was one."""
    text = (
        "Businessman Peter Holm met Senator Erik Lie.\n\n[Lie] {said} <it was late>, another shot at Holm.|\n\n"
        "There was a storm because of [the businessman’s] {call for} <a dam>."
    )
    assert names(text)[1] == "Peter Holm"
    text = "[Senator Erik Lie] {said} <it was late>.|\n\n[The former president] {disagreed}< that it was>."
    assert names(text)[1] == "former president"
    text = "Anna Dahl held up a sign in the rain. [The 57-year-old baker] {said} <the sign was old>."
    assert names(text) == ["Anna Dahl"]


def test_the_company_is_the_subject_before() -> None:
    """A firm that leads the sentence before is "the company"."""
    text = "Shares of Brandal fell. Brandal, the owner of two docks, lost money. [The company] {reported} <a loss>."
    assert names(text) == ["Brandal"]


def test_a_letter_is_its_signers() -> None:
    """The first person above a signature and a place is who signed."""
    text = "[I] {think} <the toll is too high>.\n\nMarit Solberg.\n\nSandvik, Ore.\n\nIt rains."
    ((source,),) = speakers(text)
    assert (source.name, source.rule) == ("Marit Solberg", "signature")


def test_and_inside_a_clause_joins_no_speakers() -> None:
    """Names in a relative clause are spoken of; a second speaker after it is one."""
    assert names("[Kari Lund, who fished with Bo Strand and Erik Lie,] {said} <no>.") == ["Kari Lund"]
    text = "Bo Strand came. [Kari Lund, who fishes, and Bo Strand] {said} <no>."
    assert names(text) == ["Kari Lund + Bo Strand"]
