"""What a page says of itself: title, day of publication, author, publisher, address, language. Runs sheltered."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from claims.reading.dates import iso_date
from claims.reading.pages.bylines import authors, is_byline, is_person
from claims.reading.pages.datelines import (
    believable,
    day_in_address,
    days_in,
    first_day,
    gap,
    is_paragraph,
    lines_about,
    lines_of,
)
from claims.reading.pages.headlines import headline, label_of, letters, outlet
from claims.reading.pages.linked import Node, drop_long, is_article, resolved, statements, strings
from claims.reading.printable import LONGEST_LINE, plain_line

_TITLES = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title",
           "citation_title", "title", "fb_title")  # fmt: skip
_DAYS = ("article:published_time", "og:article:published_time", "article:published", "og:published_time",
         "parsely-pub-date", "datepublished", "dc.date.issued", "dcterms.issued", "dc.date.issue", "dcterms.created",
         "dc.date.created", "citation_publication_date", "citation_online_date", "prism.publicationdate",
         "cxenseparse:recs:publishtime", "publish_date", "publish-date", "publishdate", "published_time",
         "article_date_original", "dcsext.articlefirstpublished", "originalpublicationdate", "pubdate", "pub_date",
         "publication_date", "publication-date")  # fmt: skip
_VAGUER_DAYS = ("date", "dc.date", "dcterms.date", "sailthru.date", "article.created", "created")
_AUTHORS = ("parsely-author", "sailthru.author", "author", "article:author", "og:article:author", "og:author", "byl",
            "byline", "dc.creator", "dcterms.creator", "search.byline", "article_author", "article.author",
            "cse_author", "cxenseparse:author", "citation_author", "twitter:creator")  # fmt: skip
_SITE_NAME = ("og:site_name",)
_OUTLETS = ("application-name", "apple-mobile-web-app-title", "dc.publisher", "dcterms.publisher", "publisher",
            "article_publication_name", "prism.publicationname", "citation_journal_title",
            "dc.publisher.corporatename", "search.source")  # fmt: skip
_SECTIONS = ("article:section", "og:article:section", "parsely-section", "section")
_BYLINES = (
    "//*[@rel='author' or contains(@itemprop, 'author') or contains(@class, 'byline') or contains(@class, 'by-line')"
    " or contains(@class, 'author') or contains(@id, 'byline')]"
)
_HOME = "//a[@href='/' or @href=concat('http://', $host, '/') or @href=concat('https://', $host, '/')]"
_BESIDE = re.compile(r"comment|respond|related|sidebar|footer|disqus|widget|promo|popular|recommend|trending|bio", re.I)
_PICTURE = re.compile(r"\bphoto|\bfoto|\bimage|\bgetty|\bcourtesy|/\s*(?:reuters|afp|ap|epa|pa|getty)\b", re.I)
_MOST_METAS = 1_000
_MOST_BYLINES = 60
_MOST_AUTHORS = 20
_LONGEST_BYLINE = 200
_LONGEST_HOME_LINK = 40


@dataclass(frozen=True)
class Telling:
    """What one page says of itself, in its own words; taken from its tree before that is changed."""

    url: str | None
    canonical: str | None
    language: str | None
    metas: dict[str, list[str]]
    nodes: list[Node]
    headings: list[str]
    page_title: str | None
    bylines: list[str]
    home: list[str]
    times: list[str]
    lines: list[str]

    def filled_from(self, document: Any) -> dict[str, Any]:
        """Title, day, author, publisher, address and language, and "notes" on what was guessed; from trafilatura's
        `document` where the page's own words tell nothing."""
        article = self.article
        titles = [*_lines(article.get("headline")), *self._titles] or _lines(document.title)
        people, offices = _names(article.get("author"), self.nodes)
        publishers = [name for names in _names(article.get("publisher"), self.nodes) for name in names]
        told = [*self._said(_SITE_NAME), *publishers, *self._said(_OUTLETS)]
        host = _host(self.canonical) or _host(self.url)
        named = [part.strip() for line in (*self._said(_AUTHORS), *self.bylines[:5]) for part in line.split(",")]
        publisher = outlet(told, [*self.home, *named], titles, host) or plain_line(document.sitename) or host
        names = [*told, *_lines(publisher), label_of(host), *self.home, *self._said(_SECTIONS), *people]
        title = headline(self.headings, titles, [*names, *_lines(article.get("articleSection"))])
        about = lines_about(self.lines, title)
        outlets = [*told, *_lines(publisher), *self.home, label_of(host)]
        day, notes = self._day(article, about), []
        if day is None and (day := self._confirmed(document.date)):
            notes.append(f"that it was published on {day} is a guess: the page names this day, but not as that")
        return {
            "title": title,
            "published": day,
            "author": self._author(people, offices, about, plain_line(document.author), outlets),
            "publisher": publisher,
            "url": self.canonical or (document.url if len(document.url or "") <= LONGEST_LINE else None),
            "language": self.language or _code(strings(article.get("inLanguage"))),
            "notes": notes,
        }

    def _said(self, names: tuple[str, ...]) -> list[str]:
        return [line for name in names for line in self.metas.get(name, ())]

    @property
    def _titles(self) -> list[str]:
        return [*self._said(_TITLES), *_lines(self.page_title)]

    @property
    def article(self) -> Node:
        """The statement about this page's article: the one with its headline, else the first, or all together where
        none has a headline; without one, {}."""
        articles = [node for node in self.nodes if is_article(node)]
        ours = {letters(title) for title in (*self.headings, *self._titles)}
        for node in articles:
            if any(letters(line) in ours for line in _lines(node.get("headline"))):
                return node
        if any("headline" in node for node in articles):
            return articles[0]
        return {name: value for node in reversed(articles) for name, value in node.items()}

    def _day(self, article: Node, about: list[str]) -> str | None:
        """The day of publication that the page tells, for machines or beside its headline."""
        stamps = [*strings(article.get("datePublished")), *self._said(_DAYS)]
        printed = [*days_in(about), *filter(None, map(iso_date, self.times))]
        address = day_in_address(self.canonical) or day_in_address(self.url)
        if day := first_day(stamps, address, printed):
            return day
        beside = days_in(about)
        return beside[0] if beside else first_day(self._said(_VAGUER_DAYS), None, printed)

    def _confirmed(self, found: str | None) -> str | None:
        """The day that trafilatura found somewhere in the page, if a short line or a time element names it."""
        named = [*days_in(line for line in self.lines if not is_paragraph(line)), *map(iso_date, self.times)]
        return believable(found) if found in named else None

    def _author(
        self, people: list[str], offices: list[str], about: list[str], found: str | None, outlets: list[str]
    ) -> str | None:
        """The authors, "Ann Lee; Bo Carr": people before agencies, what is told to machines before what is printed."""
        told = [people, self._said(_AUTHORS)]
        printed = [[line] for line in about if is_byline(line)] + [[line] for line in self.bylines]
        agencies: list[str] = []
        for lines in (*told, *printed, _lines(found), offices):
            names = list(dict.fromkeys(name for line in lines for name in authors(line, outlets)))
            if any(map(is_person, names)):
                return "; ".join([name for name in names if is_person(name)][:_MOST_AUTHORS])
            agencies = agencies or names
        return "; ".join(agencies[:_MOST_AUTHORS]) or None


def telling(tree: Any, url: str | None) -> Telling:
    """What the page in `tree` says of itself; `url` is where it was fetched from."""
    metas = _metas(tree)
    canonical = _canonical(tree, metas, url)
    host = _host(canonical) or _host(url) or ""
    return Telling(
        url=url,
        canonical=canonical,
        language=_code(tree.xpath("/html/@lang | //html/@*[name()='xml:lang']")) or _code(metas.get("og:locale", [])),
        metas=metas,
        nodes=statements(tree),
        headings=[line for line in (_text(each, LONGEST_LINE) for each in tree.xpath("//h1")[:10]) if line],
        page_title=plain_line(tree.findtext(".//title")),
        bylines=_bylines(tree),
        home=_home_links(tree, host),
        times=list(tree.xpath("//time/@datetime")[:10]),
        lines=lines_of(tree),
    )


def extracted(tree: Any, url: str | None) -> Any:
    """What trafilatura makes of a page: a document with its text and what the page says of itself, or None."""
    from trafilatura import bare_extraction

    drop_long(tree)
    return bare_extraction(
        tree,
        url=url,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params={
            "original_date": True,
            # The text names days that are not the article's, and teasers of other articles have theirs.
            "extensive_search": False,
            "max_date": (date.today() + timedelta(days=1)).isoformat(),
        },
    )


def _metas(tree: Any) -> dict[str, list[str]]:
    """What the page's meta elements say, each on a line, by their names in small letters."""
    found: dict[str, list[str]] = {}
    for meta in tree.xpath("//meta[@content]")[:_MOST_METAS]:
        line = plain_line(meta.get("content"))
        for attribute in ("property", "name", "itemprop"):
            name = (meta.get(attribute) or "").strip().lower().replace("dc:", "dc.")
            if name and line and line not in found.setdefault(name, []):
                found[name].append(line)
    # One that stands with a teaser of another article comes later.
    return {name: lines if name in _AUTHORS else lines[:1] for name, lines in found.items()}


def _canonical(tree: Any, metas: dict[str, list[str]], url: str | None) -> str | None:
    """The address that the page calls its own: its canonical link, else og:url; None for what is no web address."""
    links = tree.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")
    for claimed in [*links[:1], *metas.get("og:url", [])]:
        try:
            # A bare word is a broken link, not a page beside this one.
            address = urljoin(url or "", claimed.strip()) if "/" in claimed else ""
        except ValueError:
            continue
        if _host(address) and address.startswith(("http://", "https://")) and len(address) <= LONGEST_LINE:
            return address
    return None


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").hostname
    except ValueError:
        return None


def _home_links(tree: Any, host: str) -> list[str]:
    """The names on links to the site's first page: its own, on a logo or in words."""
    found = []
    for link in tree.xpath(_HOME, host=host)[:10]:
        for line in (_text(link, _LONGEST_HOME_LINK), *_lines([link.get("title"), *link.xpath(".//img/@alt")[:1]])):
            if line and 2 < len(line) <= _LONGEST_HOME_LINK and letters(line) not in ("home", "homepage", "frontpage"):
                found.append(line)
    return list(dict.fromkeys(found))


def _bylines(tree: Any) -> list[str]:
    """What stands in elements that are called by-lines, those that begin with "By" first; not of comments and boxes."""
    found: list[str] = []
    before = None
    for element in tree.xpath(_BYLINES)[:_MOST_BYLINES]:
        around = [each for each in (element, *element.iterancestors()) if each.tag not in ("html", "body")]
        if any(
            each.tag in ("aside", "footer", "nav") or _BESIDE.search(f"{each.get('class', '')} {each.get('id', '')}")
            for each in around
        ):
            continue
        line = _text(element, _LONGEST_BYLINE)
        if not line or _PICTURE.search(line):
            continue
        # Each of two authors has an element of their own, side by side.
        if before is not None and _are_beside(before, element):
            found[-1] = f"{found[-1]}; {line}"
        else:
            found.append(line)
        before = element
    return sorted(dict.fromkeys(found), key=lambda line: not is_byline(line))


def _text(element: Any, longest: int) -> str | None:
    """The text of an element on one line; None for none, and for one longer than `longest`."""
    from lxml.etree import iterwalk

    words: list[str] = []
    length = 0
    for event, each in iterwalk(element, events=("start", "end", "comment", "pi")):
        apart = gap(each.tag if isinstance(each.tag, str) else None)
        piece = each.text if event == "start" else "" if each is element else each.tail
        words += [apart, piece or ""]
        length += len((piece or "").strip())
        if length > longest:
            return None
    return plain_line("".join(words))


def _are_beside(one: Any, other: Any) -> bool:
    same = one.tag == other.tag and all(one.get(name) == other.get(name) for name in ("class", "rel", "itemprop"))
    parents = [one.getparent(), other.getparent()]
    return same and (parents[0] is parents[1] or parents[0].getparent() is parents[1].getparent() is not None)


def _names(value: Any, nodes: list[Node]) -> tuple[list[str], list[str]]:
    """The names of people and of organizations that a statement gives as author or publisher."""
    people: list[str] = []
    offices: list[str] = []
    for each in resolved(value, nodes):
        if isinstance(each, dict):
            kinds = strings(each.get("@type"))
            (people if not kinds or "Person" in kinds else offices).extend(_lines(each.get("name")))
        else:
            people.extend(_lines(each))
    return people, offices


def _lines(value: Any) -> list[str]:
    return [line for line in map(plain_line, strings(value)) if line]


def _code(said: list[str]) -> str | None:
    """The first language code in what a page says of its language, "en"."""
    for each in said:
        if match := re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", each):
            return match[1].lower()
    return None
