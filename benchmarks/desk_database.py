"""Makes a large database of made-up claims, to see how the pages and queries do with it.

    python benchmarks/desk_database.py desk.db                       # a million attributions in about 1 GB
    python benchmarks/desk_database.py small.db --attributions 10000

Articles of ten years, 25 attributions each, from 40 publishers. Three of five attributions make a new claim, the
others one of before, early ones most often (a few claims are made thousands of times); sources speak as unequally (the
first makes 2 % of all). Offsets point at the words; names, mentions, links and both search indexes are there. Rows are
written in bulk and counted at the end by the step of the schema that counts any older database. The keys by which a
newcomer finds its claim are left out: such a database is for looking at, not for ingest.
"""

import argparse
import json
import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from random import Random

from sqlite_utils import Database

from claims.store import Store
from claims.store.migrations import MIGRATIONS
from claims.store.source_names import name_key

IN_ONE_ARTICLE = 25
NEW = 0.6
NAMED, DESCRIBED = 0.9, 0.05  # of attributions; nobody is named in the rest
WITH_ROLE = 0.1
PUBLISHERS = 40
COUNTING = "m013_tallies"  # the step that counts what is there, and from then on each row that comes
DAYS = 3652  # the last one is today
STANCES = {
    "asserts": 900, "denies": 30, "confirms": 10, "accuses": 10, "believes": 10, "warns": 10, "criticizes": 10,
    "promises": 8, "demands": 5, "asks": 3, "doubts": 2, "praises": 2,
}  # fmt: skip
CUES = {
    "asserts": "said say", "denies": "denied deny", "confirms": "confirmed confirm", "accuses": "charged charge",
    "believes": "believed believe", "warns": "warned warn", "criticizes": "complained complain",
    "promises": "promised promise", "demands": "demanded demand", "asks": "asked ask", "doubts": "doubted doubt",
    "praises": "boasted boast",
}  # fmt: skip
KINDS = {"person": 70, "organization": 15, "government": 8, "media": 4, "group": 3}
LINKS = {"contradicts": 0.02, "denies": 0.01, "possible-duplicate": 0.03}  # of new claims
DESCRIPTIONS = ("officials", "aides", "residents", "analysts", "witnesses", "officers", "critics", "lawyers")
OFFICES = ("spokesperson", "director", "minister", "senator", "mayor", "analyst")
STARTS = (
    "b", "br", "c", "ch", "d", "dr", "f", "g", "gr", "h", "j", "k", "kl", "l", "m", "n", "p", "pr", "r", "s", "sh",
    "st", "t", "tr", "v", "w", "z",
)  # fmt: skip
VOWELS = ("a", "e", "i", "o", "u", "ai", "ee", "ou")
ENDS = ("l", "ll", "n", "nd", "r", "rk", "rn", "rt", "s", "sk", "ss", "t", "tt", "x", "ck", "m", "ld")
VERBS = (
    "will close", "has reopened", "sold its share of", "is short of", "has inspected", "cannot pay for", "will rebuild",
    "lost",
)  # fmt: skip
THINGS = (
    "harbour", "bridge", "dam", "school", "ferry", "hospital", "reactor", "grain", "steel", "road", "airport", "market",
    "forest", "river", "prison", "budget", "vaccine", "pension", "border", "treaty", "missile", "tunnel", "railway",
    "factory", "court", "archive", "pipeline", "museum", "refugee", "harvest",
)  # fmt: skip

ATTRIBUTIONS = """
INSERT INTO attributions (id, uid, claim_id, source_id, article_id, text, cue, cue_lemma, form, stance, confidence,
  content_start, content_end, spans, source_text, rule, source_rule, match_reason, match_score, act, mention_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'indirect', ?, ?, ?, ?, ?, ?, 'made up', 'made up', ?, 1.0, ?, ?)"""


class World:
    """Who speaks, in which words, and what was said so far."""

    def __init__(self, dice: Random, sources: int) -> None:
        self.dice = dice
        self.words = sorted({self._word() for _ in range(6000)})
        dice.shuffle(self.words)
        self.common = list(accumulate(1 / (rank + 10) for rank in range(len(self.words))))
        self.sources: list[tuple[int, str, str]] = []
        names = set()
        while len(self.sources) < sources:
            kind = dice.choices(list(KINDS), list(KINDS.values()))[0]
            name = " ".join(word.title() for word in dice.choices(self.words, k=2 + (dice.random() < 0.1)))
            if name not in names:
                names.add(name)
                self.sources.append((len(self.sources) + 1, name, kind))
        self.speaking = list(accumulate(1 / (rank + 6.3) for rank in range(sources)))
        self.claims: list[str] = []

    def _word(self) -> str:
        pick = self.dice.choice
        return "".join(pick(STARTS) + pick(VOWELS) for _ in range(pick((1, 2, 2)))) + pick(ENDS)

    def claim(self) -> tuple[int, str, bool]:
        """A claim's number and text, and whether it is new."""
        known = len(self.claims)
        if known > 10 and self.dice.random() > NEW:
            number = int(3 * (known / 3) ** self.dice.random())
            return number, self.claims[number - 1], False
        one, two, three = self.dice.choices(self.words, cum_weights=self.common, k=3)
        what, that = self.dice.choices(THINGS, k=2)
        text = f"the {one} {what} of {two.title()} {self.dice.choice(VERBS)} the {three} {that}"
        if self.dice.random() < 0.4:
            text += f" in {self.dice.randrange(2, 900)} days"
        self.claims.append(text)
        return known + 1, text, True


@dataclass
class Numbers:
    """The last ones given."""

    source: int = 0
    mention: int = 0
    attribution: int = 0


def fill(db: Database, world: World, attributions: int) -> None:
    """Write all rows but those that the last steps of the schema count."""
    last = Numbers(source=len(world.sources))
    for source in world.sources:
        add_source(db, source, None)
    articles = max(1, attributions // IN_ONE_ARTICLE)
    for article in range(1, articles + 1):
        day = (date.today() - timedelta(DAYS * (articles - article) // articles)).isoformat()
        add_article(db, world, article, day, last)
        if article % 2000 == 0:
            print(f"{article:,} of {articles:,} articles", file=sys.stderr)


def add_article(db: Database, world: World, article: int, day: str, last: Numbers) -> None:
    """One article in which 25 times somebody says something."""
    dice = world.dice
    title = f"{dice.choice(world.words).title()} and the {dice.choice(THINGS)} question"
    text = f"{title}\n\n"
    speakers: dict[str, tuple[int, int]] = {}
    rows = []
    for said in range(IN_ONE_ARTICLE):
        last.attribution += 1
        claim, words, new = world.claim()
        if new:
            db.conn.execute("INSERT INTO claims (id, text, first_seen) VALUES (?, ?, ?)", (claim, words, day))
            add_links(db, world, claim)
        (stance,) = dice.choices(list(STANCES), list(STANCES.values()))
        cue, lemma = CUES[stance].split()
        name = speaker(db, world, article, speakers, last)
        source, mention = speakers.get(name, (None, None))
        shown = name[0].upper() + name[1:]
        content = (len(text) + len(shown) + len(cue) + 2, len(text) + len(shown) + len(cue) + 2 + len(words))
        spans = {
            "source": [(len(text), len(text) + len(shown))],
            "cue": [(len(text) + len(shown) + 1, content[0] - 1)],
            "content": [content],
        }
        rows.append((
            last.attribution, f"{article:x}-{said}", claim, source, article, words, cue, lemma, stance,
            round(0.3 + 0.7 * dice.random(), 3), *content, json.dumps(spans), shown, "new" if new else "same words",
            "attitude" if stance == "believes" else "speech", mention,
        ))  # fmt: skip
        text += f"{shown} {cue} {words}." + ("\n\n" if said % 4 == 3 else " ")
    publisher = f"The {world.words[dice.randrange(PUBLISHERS)].title()} Herald"
    db.conn.execute(
        "INSERT INTO articles (id, path, url, title, publisher, published, language, text, sha256, ingested_at)"
        " VALUES (?, ?, ?, ?, ?, ?, 'en', ?, ?, ?)",
        (article, f"made-up/{article}.txt", f"https://herald.example/{article}", title, publisher, day, text,
         sha256(text.encode()).hexdigest(), datetime.now(UTC).isoformat(timespec="seconds")),
    )  # fmt: skip
    db.conn.executemany(ATTRIBUTIONS, rows)


def speaker(db: Database, world: World, article: int, speakers: dict[str, tuple[int, int]], last: Numbers) -> str:
    """The name of somebody who speaks in an article, with the source and the mention noted; or of nobody."""
    chance = world.dice.random()
    if chance > NAMED + DESCRIBED:
        return "people"
    if chance > NAMED:
        name, kind, number = world.dice.choice(DESCRIPTIONS), "group", None
    else:
        (number, name, kind), *_ = world.dice.choices(world.sources, cum_weights=world.speaking)
    if name not in speakers:
        if number is None:
            last.source += 1
            number = last.source
            add_source(db, (number, name, kind), article)
        last.mention += 1
        speakers[name] = (number, last.mention)
        known = number <= len(world.sources)
        db.conn.execute(
            "INSERT INTO source_mentions (id, article_id, source_id, name, kind, country, names, rule, reason, score)"
            " VALUES (?, ?, ?, ?, ?, '', ?, ?, 'made up', 1.0)",
            (last.mention, article, number, name, kind, json.dumps({name: "made up"}), "same-name" if known else "new"),
        )
        if kind == "person" and world.dice.random() < WITH_ROLE:
            office, body = world.dice.choice(OFFICES), f"{world.dice.choice(THINGS).title()} Board"
            db.conn.execute(
                "INSERT INTO source_roles (mention_id, source_id, article_id, text, office, affiliation)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (last.mention, number, article, f"{office} of the {body}", office, body),
            )
    return name


def add_source(db: Database, source: tuple[int, str, str], article: int | None) -> None:
    """One source with its names; `article` is the one that knows it, if it has none that tells who it is."""
    number, name, _ = source
    db.conn.execute("INSERT INTO sources (id, name, kind, article_id) VALUES (?, ?, ?, ?)", (*source, article))
    for each in {name, name.split()[-1]}:
        db.conn.execute(
            "INSERT INTO source_names (name, key, source_id, identifies, articles, rule) VALUES (?, ?, ?, ?, 1, 'new')",
            (each, name_key(each), number, int(each == name and article is None)),
        )


def add_links(db: Database, world: World, claim: int) -> None:
    """A new claim bears on an older one, now and then."""
    for relation, share in LINKS.items():
        if claim > 1 and world.dice.random() < share:
            db.conn.execute(
                "INSERT INTO claim_links (claim_id, other_id, relation, score, reason) VALUES (?, ?, ?, ?, 'made up')",
                (claim, world.dice.randrange(1, claim), relation, round(world.dice.random(), 4)),
            )


def main() -> None:
    """Make the file that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("--attributions", type=int, default=1_000_000)
    parser.add_argument("--sources", type=int, default=20_000, help="that have a name")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.database.exists():
        parser.error(f"{asked.database} is there already")
    began = time.monotonic()
    with Database(asked.database, execute_plugins=False) as db:
        db.conn.isolation_level = None
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -500000", "temp_store = MEMORY"):
            db.execute(f"PRAGMA {setting}")
        MIGRATIONS.apply(db, stop_before=COUNTING)
        db.execute("BEGIN")
        fill(db, World(Random(asked.seed), asked.sources), asked.attributions)  # noqa: S311
        db.execute("COMMIT")
        print(f"written after {time.monotonic() - began:.0f} s", file=sys.stderr)
        MIGRATIONS.apply(db)
    Store.open(asked.database).close()
    print(f"{asked.database.stat().st_size / 1e6:.0f} MB after {time.monotonic() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
