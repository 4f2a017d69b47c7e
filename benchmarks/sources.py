"""How well sources are known again from article to article, and what that costs.

    python benchmarks/sources.py CORPUS/train/text CORPUS/dev/text --sample 200 --seed 1 --out sample.md

reads all articles into one fresh database and writes, for a person to judge: how many sources there are and what made
articles share them, a sample of rows of `sources`, and samples of mentions that joined a source which another article
had brought. `--attributions FILE` keeps what extraction found: the next run takes the spans from there and names the
sources anew. `--cost` and `--known 1000 10000 100000` measure instead of sampling: what naming costs beside extraction,
and what it costs to find a source among so many known ones (made up, drawn by the seed).
"""

import argparse
import json
import pickle
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein
from source_costs import cost, cost_of_known, put

from claims.attribution.tagger import Tagger
from claims.errors import InputRefused
from claims.extraction import extract
from claims.language.paragraphs import words_at
from claims.reading import read_articles
from claims.speakers import resolve
from claims.store import Store
from claims.terms import Article, Attribution

Reading = tuple[Article, list[Attribution]]
"""An article and what extraction found in it."""

AROUND = 110
"""So many characters of an article are shown on each side of a name."""
ALIKE = 6
"""So many sources of like name are shown beside one."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", help="folders of articles, or articles")
    parser.add_argument("--sample", type=int, default=200, help="rows of each sample (default 200)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="write here and not to standard output")
    parser.add_argument("--attributions", type=Path, help="keep what extraction finds here, or take it from here")
    parser.add_argument("--database", type=Path, help="make the database here and keep it; must not exist")
    parser.add_argument("--cost", action="store_true", help="measure what naming costs beside extraction")
    parser.add_argument("--known", type=int, nargs="+", metavar="N", help="measure against so many known sources")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        if options.cost or options.known:
            pieces = []
            if options.cost:
                pieces.append(cost(list(readable(options.paths)), Path(folder), options.seed))
            if options.known:
                readings = list(read(options.paths, options.attributions))
                pieces.append(cost_of_known(options.known, readings, Path(folder), options.seed))
            report = "\n\n".join(pieces)
        else:
            database = options.database or Path(folder) / "sources.db"
            if database.exists():
                parser.error(f"{database} exists: sources that it knows would come into the figures")
            with Store.open(database) as store:
                for article, attributions in read(options.paths, options.attributions):
                    put(store, article, attributions)
            with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as db:
                report = Report(db, options.sample, Random(options.seed)).text()  # noqa: S311 - a sample, no secret
    if options.out:
        options.out.write_text(report + "\n", encoding="utf-8")
    else:
        print(report)


def readable(paths: Sequence[str]) -> Iterator[Article]:
    """The articles that can be read; the others are named on standard error."""
    for article in read_articles(paths):
        if isinstance(article, InputRefused):
            print(f"Refused {article}", file=sys.stderr)
        else:
            yield article


def read(paths: Sequence[str], kept: Path | None) -> Iterator[Reading]:
    """Each article with what is found in it; spans are taken from `kept` where it has them, and put there at the end.

    Sources are named anew in any case: how that is done is what is looked at.
    """
    found: dict[str, list[Attribution]] = {}
    if kept and kept.exists():
        found = pickle.loads(kept.read_bytes())  # noqa: S301 - written below
    before = len(found)
    tagger = None
    for article in readable(paths):
        attributions = found.get(article.sha256)
        if attributions is None:
            tagger = tagger or Tagger()
            attributions = found[article.sha256] = extract(article, tagger)
        else:
            named = resolve(article, [a.relation for a in attributions])
            attributions = [replace(a, sources=s) for a, s in zip(attributions, named, strict=True)]
        yield article, attributions
    if kept and len(found) > before:
        kept.write_bytes(pickle.dumps(found))


@dataclass(frozen=True)
class Join:
    """A name under which articles joined a source that an earlier one had brought: one of its mentions, and how many
    there are."""

    mention: int
    first: int
    mentions: int


class Report:
    """What a database of sources holds, in Markdown; it must be the work of the program alone, with no decisions."""

    def __init__(self, db: sqlite3.Connection, sample: int, dice: Random) -> None:
        self.db = db
        self.sample = sample
        self.dice = dice
        db.row_factory = sqlite3.Row

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        return self.db.execute(sql, values).fetchall()

    def text(self) -> str:
        other_name, same_name = self.joins()
        return "\n".join(
            [
                *self.counts(),
                *self.sample_of_sources(),
                *self.sample_of_unnamed(),
                *self.sample_of_joins("Joins under another name", "A", other_name),
                *self.sample_of_joins("Joins under the same name", "B", same_name),
                *self.links(),
            ]
        )

    # 1. How many

    def counts(self) -> Iterator[str]:
        yield "# Sources of one database\n"
        for what, sql in (
            ("articles", "SELECT count(*) FROM articles"),
            ("attributions", "SELECT count(*) FROM attributions"),
            ("attributions with a source", "SELECT count(*) FROM attributions WHERE source_id IS NOT NULL"),
            ("mentions (a name of one source in one article)", "SELECT count(*) FROM source_mentions"),
            ("sources", "SELECT count(*) FROM sources"),
            ("named sources", "SELECT count(*) FROM sources WHERE article_id IS NULL"),
            ("pairs for a person to look at", "SELECT count(*) FROM source_links"),
        ):
            yield f"- {what}: {self.rows(sql)[0][0]:,}"
        yield "\n| kind | named | of these in one article only | unnamed |\n| --- | --- | --- | --- |"
        for row in self.rows("""
            SELECT kind, sum(article_id IS NULL), sum(article_id IS NULL AND articles = 1), sum(article_id IS NOT NULL)
            FROM sources JOIN (SELECT source_id, count(DISTINCT article_id) AS articles FROM source_mentions
              GROUP BY source_id) ON source_id = id
            GROUP BY kind ORDER BY count(*) DESC
        """):
            yield f"| {row[0]} | {row[1]:,} | {row[2]:,} | {row[3]:,} |"
        yield "\n| rule | mentions | of these of a source that another article had brought |\n| --- | --- | --- |"
        for row in self.rows("""
            SELECT m.rule, count(*), sum(m.article_id <> first.article_id) FROM source_mentions m
            JOIN (SELECT source_id, article_id, min(id) FROM source_mentions GROUP BY source_id) AS first
              USING (source_id)
            GROUP BY m.rule ORDER BY 2 DESC
        """):
            yield f"| {row[0]} | {row[1]:,} | {row[2]:,} |"

    # 2. Sources

    def sample_of_sources(self) -> Iterator[str]:
        named = [row[0] for row in self.rows("SELECT id FROM sources WHERE article_id IS NULL ORDER BY id")]
        chosen = sorted(self.dice.sample(named, min(self.sample, len(named))))
        yield f"\n# {len(chosen)} of {len(named):,} named sources\n"
        everybody = {row["id"]: row for row in self.rows("SELECT id, name, kind FROM sources WHERE article_id IS NULL")}
        for number, source_id in enumerate(chosen, 1):
            source = everybody[source_id]
            yield f"\n## S{number}. {source['name']} ({source['kind']}, source {source_id})"
            names = self.rows(
                "SELECT name, identifies, articles, rule FROM source_names WHERE source_id = ? ORDER BY articles DESC",
                source_id,
            )
            yield "- names: " + "; ".join(
                f"{n['name']}{'' if n['identifies'] else ' (not alone)'} ×{n['articles']} {n['rule'] or ''}"
                for n in names
            )
            roles = self.rows("SELECT DISTINCT text FROM source_roles WHERE source_id = ? LIMIT 8", source_id)
            if roles:
                yield "- roles: " + "; ".join(row["text"] for row in roles)
            mentions = self.rows(
                "SELECT min(id) AS id, name FROM source_mentions WHERE source_id = ? GROUP BY article_id ORDER BY 1",
                source_id,
            )
            yield f"- in {len(mentions)} articles; {'some' if len(mentions) > 4 else 'all'}:"
            shown = mentions if len(mentions) <= 4 else self.dice.sample(mentions, 4)
            for mention in shown:
                yield f"  - {self.context(mention['id'])}"
            alike = self.alike(source, everybody)
            if alike:
                yield "- like it: " + "; ".join(alike)

    def alike(self, source: sqlite3.Row, everybody: dict[int, sqlite3.Row]) -> list[str]:
        """Other named sources that may be the same: people of this surname or nearly so, others of like name."""
        others = {i: row["name"] for i, row in everybody.items() if i != source["id"]}
        if source["kind"] == "person":
            own = surname(source["name"])
            others = {
                i: name
                for i, name in others.items()
                if everybody[i]["kind"] in ("person", "unknown")
                and Levenshtein.distance(surname(name), own, score_cutoff=1) <= (len(own) > 4)
            }
        cutoff = 0 if source["kind"] == "person" else 85
        best = process.extract(
            source["name"], others, scorer=fuzz.token_sort_ratio, processor=str.lower, limit=ALIKE, score_cutoff=cutoff
        )
        return [f"{name} ({everybody[i]['kind']}, {i})" for name, _, i in best]

    def sample_of_unnamed(self) -> Iterator[str]:
        unnamed = self.rows("""
            SELECT sources.name, sources.kind, min(m.id) AS mention FROM sources JOIN source_mentions m
              ON m.source_id = sources.id WHERE sources.article_id IS NOT NULL GROUP BY sources.id ORDER BY sources.id
        """)
        chosen = self.dice.sample(unnamed, min(self.sample // 2, len(unnamed)))
        yield f"\n# {len(chosen)} of {len(unnamed):,} unnamed sources: each of one article alone\n"
        for number, row in enumerate(chosen, 1):
            yield f"- U{number}. {row['name']} ({row['kind']}) {self.context(row['mention'])}"

    # 3. Joins

    def joins(self) -> tuple[list[Join], list[Join]]:
        """The names under which articles joined a source of others: those that are not the source's first, and those
        that are."""
        first: dict[int, sqlite3.Row] = {}
        joined: dict[tuple[int, str], list[int]] = {}
        for row in self.rows("SELECT id, source_id, article_id, name FROM source_mentions ORDER BY id"):
            known = first.setdefault(row["source_id"], row)
            if known["article_id"] != row["article_id"]:
                joined.setdefault((row["source_id"], folded(row["name"])), []).append(row["id"])
        other_name: list[Join] = []
        same_name: list[Join] = []
        for (source_id, name), mentions in joined.items():
            join = Join(self.dice.choice(mentions), first[source_id]["id"], len(mentions))
            (same_name if folded(first[source_id]["name"]) == name else other_name).append(join)
        return other_name, same_name

    def sample_of_joins(self, title: str, letter: str, joins: Sequence[Join]) -> Iterator[str]:
        chosen = self.dice.sample(joins, min(self.sample, len(joins)))
        total = sum(join.mentions for join in joins)
        yield f"\n# {title}: {len(chosen)} of {len(joins):,}, which stand for {total:,} mentions\n"
        for number, join in enumerate(chosen, 1):
            row = self.mention(join.mention)
            first = self.mention(join.first)
            yield (
                f"\n## {letter}{number}. {row['name']} ({row['kind']}) → {first['name']} ({first['kind']}, source "
                f"{row['source_id']}, filed under {row['source']}); {join.mentions} mentions"
            )
            yield f"- {row['rule']}, {row['score']:.2f}: {row['reason']}"
            for mention in (row, first):
                roles = self.rows("SELECT DISTINCT text FROM source_roles WHERE mention_id = ? LIMIT 4", mention["id"])
                said = f" [{'; '.join(r['text'] for r in roles)}]" if roles else ""
                yield f"- {self.context(mention['id'])}{said}"

    def mention(self, mention_id: int) -> sqlite3.Row:
        return self.rows(
            "SELECT m.*, sources.name AS source FROM source_mentions m JOIN sources ON sources.id = source_id"
            " WHERE m.id = ?",
            mention_id,
        )[0]

    def context(self, mention_id: int) -> str:
        """An article's words around a mention's name, or around what it says of the source where the name is not
        printed so."""
        row = self.rows(
            "SELECT m.name, articles.text, articles.path, ("
            " SELECT a.spans FROM attributions a WHERE a.mention_id = m.id ORDER BY a.id LIMIT 1) AS spans,"
            " (SELECT a.content_start FROM attributions a WHERE a.mention_id = m.id ORDER BY a.id LIMIT 1) AS content"
            " FROM source_mentions m JOIN articles ON articles.id = m.article_id WHERE m.id = ?",
            mention_id,
        )[0]
        text = row["text"]
        start, end = source_place(row["spans"], row["content"] or 0)
        if row["name"] not in text[start:end] and row["name"] in text:
            start = text.index(row["name"])
            end = start + len(row["name"])
        before = words_at(text, max(0, start - AROUND), start)
        after = words_at(text, end, end + AROUND)
        return f"`{Path(row['path']).stem[:40]}`: …{before} **{words_at(text, start, end)}** {after}…"

    # What a person should look at

    def links(self) -> Iterator[str]:
        links = self.rows("""
            SELECT a.name AS name, b.name AS other, score, reason, source_id, other_id FROM source_links
            JOIN sources a ON a.id = source_id JOIN sources b ON b.id = other_id ORDER BY source_id, other_id
        """)
        chosen = self.dice.sample(links, min(self.sample // 4, len(links)))
        yield f"\n# Pairs left to a person: {len(chosen)} of {len(links):,}\n"
        for row in chosen:
            pair = f"{row['name']} ({row['source_id']}) / {row['other']} ({row['other_id']})"
            yield f"- {pair}: {row['score']:.2f} {row['reason']}"


def source_place(spans: str | None, content: int) -> tuple[int, int]:
    """Where an attribution's source stands, from first to last word; before its content where it has none."""
    pieces = json.loads(spans)["source"] if spans else []
    return (min(s for s, _ in pieces), max(e for _, e in pieces)) if pieces else (content, content)


def folded(name: str) -> str:
    """A name without case and leading article: these differences make no other name."""
    return name.casefold().removeprefix("the ")


def surname(name: str) -> str:
    """A name's last word, but for "Jr." and the like."""
    words = [word for word in name.casefold().split() if word.strip(".,") not in ("jr", "sr", "ii", "iii", "iv")]
    return words[-1].strip(".,") if words else ""


if __name__ == "__main__":
    main()
