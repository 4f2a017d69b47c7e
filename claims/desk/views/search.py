"""The search page: what those who are named said about the rest, then claims of anyone, sources and articles."""

from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from datasette import Response

from claims.desk import core, taking
from claims.desk.feeds import LONGEST_FEED, atom
from claims.desk.views import answers
from claims.store.desk.hits import Denier, Saying
from claims.store.desk.lighting import Piece, lit
from claims.store.desk.said import rows_of
from claims.store.desk.search import Group, Hit, Narrowing, Search, search

SAYINGS_SHOWN = 3
"""Of the times that a claim was made, the list shows so many; its page shows the others."""

NARROWED_BY = ("stance", "source", "publisher", "year", "group")


@dataclass(frozen=True)
class ShownHit:
    """A claim of the list with the words lit up; `own` is a wording that has them where the claim has not."""

    claim_id: int
    pieces: tuple[Piece, ...]
    own: tuple[Piece, ...]
    sayings: tuple[Saying, ...]
    more: int
    deniers: tuple[Denier, ...]


@dataclass(frozen=True)
class ShownGroup:
    """Claims of the list under one heading; `anyone` is where others are found who said something with the words,
    `all` where all claims of the group are."""

    group: Group
    words: str
    anyone: str | None
    all: str | None
    hits: tuple[ShownHit, ...]


async def show(datasette: Any, request: Any) -> Response:
    """What a search finds, in the form that the address asks for."""
    asked, chosen = request.args.get("q") or "", _chosen(request)
    repeated_first = request.args.get("sort") == "repeated"
    page = max(1, min(answers.typed_number(request, "page") or 1, 1000))
    found = await core.read(datasette, search, asked, chosen, repeated_first=repeated_first, page=page)
    # Only what was understood of the address goes into the addresses that the page has.
    kept = {"q": found.asked.text, **{name: value for name, value in asdict(chosen).items() if value}}
    kept |= {"sort": "repeated"} if repeated_first else {}

    def address(form: str = "", **changed: Any) -> str:
        wanted = {name: value for name, value in (kept | changed).items() if value}
        return str(datasette.urls.path(f"/search{form}?{urlencode(wanted)}"))

    form = answers.asked_form(request)
    if form in ("csv", "atom"):
        made = [saying for group in found.groups for hit in group.hits for saying in hit.sayings]
        if form == "atom":
            made = sorted(made, key=lambda saying: (saying.day, saying.attribution_id), reverse=True)[:LONGEST_FEED]
        rows = await core.read(datasette, rows_of, [saying.attribution_id for saying in made])
        if form == "atom":
            return atom(datasette, request, f"Claims: {found.asked.text}"[:200], address(), taking.entries(rows))
        note = f"Only the newest {len(rows):,} are here." if found.cut else None
        return taking.as_table(datasette, request, "search", taking.Taken(rows, None, note))
    if form == "json":
        return answers.json(_told(found, address(".json", page=page + 1) if found.page < found.pages else None))
    return await answers.html(datasette, request, "search.html", _shown(found, kept, address))


def _shown(found: Search, kept: dict[str, Any], address: Any) -> dict[str, Any]:
    """What the template names."""
    nothing: dict[str, None] = dict.fromkeys(NARROWED_BY)
    hits = [hit for group in found.shown for hit in group.hits]
    articles = found.articles
    texts = [
        *(hit.claim for hit in hits),
        *(hit.sayings[0].said for hit in hits),
        *(article.title for article in articles),
        *(article.text for article in articles),
    ]
    pieces = iter(lit(texts, found.query))
    claims, own = [next(pieces) for _ in hits], [next(pieces) for _ in hits]
    titles, texts_lit = [next(pieces) for _ in articles], [next(pieces) for _ in articles]
    shown = iter(
        ShownHit(
            hit.claim_id,
            claim,
            said if _is_lit(said) and not _is_lit(claim) else (),
            hit.sayings[:SAYINGS_SHOWN],
            hit.times - len(hit.sayings[:SAYINGS_SHOWN]),
            _other_deniers(found, hit),
        )
        for hit, claim, said in zip(hits, claims, own, strict=True)
    )
    groups = [
        ShownGroup(
            group,
            " ".join(group.words),
            address(**nothing, q=group.typed) if group.source and group.words else None,
            address(group=group.number) if group.claims > len(group.hits) and len(found.groups) > 1 else None,
            tuple(next(shown) for _ in group.hits),
        )
        for group in found.shown
    ]
    narrowings = [
        (
            name,
            address(**{name: None}) if name in kept else None,
            [(address(**{name: choice.value}), choice) for choice in choices],
        )
        for name, choices in found.choices.items()
        if name in kept or len(choices) > 1
    ]
    return {
        "asked": found.asked.text,
        "found": found,
        "groups": groups,
        "articles": list(zip(articles, titles, texts_lit, strict=True)),
        "narrowings": narrowings,
        "narrowed": any(name in kept for name in NARROWED_BY),
        "widened": address(**nothing),
        "near": [(address(q=text), text) for text in found.near],
        "by_day": address(sort=None),
        "by_times": address(sort="repeated"),
        "repeated_first": kept.get("sort") == "repeated",
        "earlier": address(page=found.page - 1) if found.page > 1 else None,
        "later": address(page=found.page + 1) if found.page < found.pages else None,
        "forms": [(address(".csv"), "CSV"), (address(".json"), "JSON"), (address(".atom"), "Feed")],
    }


def _other_deniers(found: Search, hit: Hit) -> tuple[Denier, ...]:
    """Who denies a claim, those left out of whom it is told that they do."""
    told = {saying.source_id for saying in hit.sayings[:SAYINGS_SHOWN] if saying.stance == "denies"}
    return tuple(denier for denier in found.denied.get(hit.claim_id, ()) if denier.id not in told)


def _is_lit(pieces: tuple[Piece, ...]) -> bool:
    return any(piece.lit for piece in pieces)


def _chosen(request: Any) -> Narrowing:
    def text(name: str) -> str:
        return (request.args.get(name) or "").encode("utf-8", "replace").decode("utf-8").replace("\0", "")[:300]

    return Narrowing(
        text("stance"),
        text("publisher"),
        text("year"),
        *(answers.typed_number(request, name) for name in ("source", "group")),
    )


def _told(found: Search, later: str | None) -> dict[str, object]:
    """The page as JSON."""
    return {
        "asked": found.asked.text,
        "claims": found.claims,
        "cut": found.cut,
        "page": found.page,
        "pages": found.pages,
        "next": later,
        "groups": [
            asdict(replace(group, hits=())) | {"hits": [_hit(hit) for hit in group.hits]} for group in found.shown
        ],
        "choices": {name: [asdict(choice) for choice in choices] for name, choices in found.choices.items()},
        "sources": [asdict(source) for source in found.sources],
        "articles": [
            {name: value for name, value in asdict(article).items() if name != "text"} for article in found.articles
        ],
        "near": list(found.near),
        "nearest": [{"claim_id": number, "claim": text} for number, text in found.nearest],
    }


def _hit(hit: Hit) -> dict[str, object]:
    said = [asdict(saying) for saying in hit.sayings[:SAYINGS_SHOWN]]
    beside = ("claim_id", "claim", "times")
    return {
        "claim_id": hit.claim_id,
        "claim": hit.claim,
        "times": hit.times,
        "sayings": [{name: value for name, value in one.items() if name not in beside} for one in said],
    }
