"""Turns of a transcript are found with their speakers, and labels of other kinds are no speakers."""

from claims.language.transcripts import speaker_turns


def turns(text: str) -> list[tuple[str, list[str]]]:
    return [(text[t.speaker.start : t.speaker.end], [text[s:e] for s, e in t.words]) for t in speaker_turns(text)]


def test_labels_before_paragraphs_are_speakers() -> None:
    """Names in capitals, with a role, and the letters of question and answer."""
    text = (
        "The night of the fire\n\nANN LEE, HOST: When did you hear of it?\nBO (by telephone): At two in the morning.\n"
    )
    assert turns(text + "LEE: And what did you do?\nThe line went dead.") == [
        ("ANN LEE, HOST", ["When did you hear of it?"]),
        ("BO (by telephone)", ["At two in the morning."]),
        ("LEE", ["And what did you do?"]),
    ]
    assert [who for who, _ in turns("Q: Why did you go there?\nA: Because it was late.\nQ: And was it closed?")] == [
        "Q", "A", "Q",
    ]  # fmt: skip


def test_turn_goes_on_in_a_paragraph_without_a_label() -> None:
    """Words of the speaker on himself carry a turn on; what the paper puts between, or in brackets, does not."""
    text = (
        "Q: Why did you go there?\n\nA: Because it was late.\n\nI was tired, too.\n\n(We laugh.)\n\nQ: Was it closed?\n"
    )
    assert turns(text)[1] == ("A", ["Because it was late.", "I was tired, too."])
    aside = "Q: Why did you go there?\nA: Because it was late.\nA bell rang.\nQ: And was it closed?"
    assert turns(aside)[1] == ("A", ["Because it was late."])


def test_captions_lists_and_headlines_are_no_transcripts() -> None:
    """Labels that never come again, tallies, and page furniture show no turns."""
    assert (
        turns("Ann Lee: The dam held, the mayor said.\n\nPhoto: Bo Roe\n\nAlso Read: Ten walks on the dam today") == []
    )
    assert turns("Ann Lee: 12.\nBo Roe: 7.\nAnn Lee: 13.\nBo Roe: 9.") == []
    assert turns("Where: in the hall at noon.\nWhen: on Monday the third.\nWho: all who would like to.") == []
    assert turns("Lee: We shall win this one\n\nThe mayor left.\n\nLee: A portrait of the mayor\n\nName: Ann Lee") == []


def test_headline_with_a_colon_is_no_turn() -> None:
    """What stands before the colon of the first line is a speaker only if he speaks again."""
    text = "Transcript: The night of the fire\nQ: Why did you go there?\nA: Because it was late.\nQ: Was it closed?"
    assert [who for who, _ in turns(text)] == ["Q", "A", "Q"]


def test_a_list_of_events_is_no_transcript() -> None:
    """Labels that name a day, a place or a price speak to nobody, however often they come again."""
    text = "When: Friday at seven in the evening\nWhere: The big square beside the dam\n" * 3
    assert speaker_turns(text) == []


def test_a_list_whose_labels_come_again_is_no_transcript() -> None:
    """Nobody in it speaks of himself, to another, or asks."""
    lines = [
        "Broth: Boil the bones for six hours.",
        "Noodles: Soak them in cold water.",
        "Broth: Strain it at the end.",
    ]
    assert speaker_turns("\n\n".join(lines * 2)) == []
