"""The pages in a real browser: found, followed, jumped to; nothing runs, nothing is too wide, nobody is shut out."""

import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from claims.store import Store
from claims.terms import Article, Attribution, Relation, Source, Span
from claims.web import application

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")

SPEAKER = Source("Osei", "Ama Osei", "person", "test")
PORT = Source("the port authority", "Port Authority of Kolmar", "government", "test")
GUILD = Source("The dockers' guild", "Dockers’ Guild", "organization", "test")
FERRY = "the night ferry to Lindholm carried forty thousand passengers last year"
CRANE = "the new crane has not been inspected"
HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=1</script>'
PAGES = ("/", "/search?q=Osei+ferry", "/search?q=nothingofthekind", "/article/1", "/claim/1", "/source/1", "/contested",
         "/plots", "/claim/999")  # fmt: skip
HOSTILE_PAGES = (*PAGES, "/article/2", "/claim/3", "/source/4", f"/search?q={HOSTILE}", "/-/nothing", "/claims",
                 "/claims/attributed_claims", "/claims/articles", "/claims/claims/3")  # fmt: skip


def reported(
    path: str, sentences: list[tuple[str, Source, str, str, str]], **known: Any
) -> tuple[Article, list[Attribution]]:
    """An article of sentences, each (content, source, its words, cue, stance)."""
    text, found = "", []
    for content, source, words, cue, stance in sentences:
        start = len(text)
        text += f"{words} {cue} that {content}.\n\n"
        at = [Span(text.index(part, start), text.index(part, start) + len(part)) for part in (words, cue, content)]
        relation = Relation((at[0],), (at[1],), (at[2],), 0.9, "test")
        found.append(Attribution(f"{path}-{start}", relation, content, cue, cue, (source,), "indirect", stance, None))
    return Article(path, text, **known), found


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over a small database, one article of which is an attack."""
    path = tmp_path_factory.mktemp("browser") / "claims.db"
    filler = [(f"shed number {n} will be painted", PORT, "The port authority", "said", "promises") for n in range(40)]
    with Store.open(path) as store:
        store.add(*reported("ferry.txt", [
            (FERRY, SPEAKER, "Osei", "said", "asserts"),
            *filler,
            (CRANE, GUILD, "The dockers' guild", "said", "asserts"),
            (CRANE, PORT, "The port authority", "denied", "denies"),
        ], title="Night ferry breaks a record", published="2024-03-05", publisher="Kolmar Courier",
            url="https://courier.example/ferry"))  # fmt: skip
        attacker = Source(HOSTILE, HOSTILE, "person", "test")
        store.add(*reported("attack.txt", [(f"{HOSTILE} shall rule the port", attacker, HOSTILE, "said", "asserts")],
                            title=HOSTILE, publisher=HOSTILE, url="javascript:document.title=1"))  # fmt: skip
    with served(application(path)) as where:
        yield where


@contextmanager
def served(site: Any) -> Iterator[str]:
    """A Datasette at an address of this machine."""
    import socket

    import uvicorn

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(site.app(), log_level="error", lifespan="on"))
        thread = threading.Thread(target=lambda: server.run(sockets=[listener]))
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
            site.executor.shutdown()
            for database in site.databases.values():
                with suppress(Exception):
                    database.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium without a window."""
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A fresh page; what it complains of is in `page.complaints`."""
    context = browser.new_context(base_url=address, viewport={"width": 1200, "height": 900})
    opened = context.new_page()
    opened.complaints = []
    opened.on("console", lambda said: opened.complaints.append(said.text))
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    yield opened
    context.close()


def test_a_newcomer_finds_who_said_what_and_reads_it_in_its_article(page: Any) -> None:
    """From the box on the front page to the words lit up in the article, by links alone."""
    page.goto("/")
    page.get_by_role("searchbox").first.fill("Osei ferry")
    page.keyboard.press("Enter")
    assert "Ama Osei" in page.inner_text("main")
    page.get_by_role("link", name=re.compile("night ferry to Lindholm")).first.click()
    assert "/claim/" in page.url
    assert FERRY in page.inner_text("h1")
    page.locator('a.article[href*="/article/1"]').first.click()
    assert page.locator(".content.asked").first.inner_text().endswith(FERRY)
    page.locator(".ref:target").click()
    assert page.locator("li:target").inner_text().count("Ama Osei") == 1
    assert not page.complaints


def test_an_attribution_far_down_is_in_sight(page: Any) -> None:
    """An address with an attribution's number opens the article at its words."""
    page.goto("/article/1?at=43#a43")
    assert page.locator("#a43").is_visible()
    box = page.locator("#a43").bounding_box()
    assert 0 <= box["y"] < 900


def test_who_denied_it(page: Any) -> None:
    """A contested claim shows who stands by it and who denies it."""
    page.goto("/contested")
    text = page.inner_text("main")
    assert CRANE in text
    assert "Dockers’ Guild" in text
    assert "Port Authority of Kolmar" in text


@pytest.mark.parametrize("path", HOSTILE_PAGES)
def test_nothing_from_an_article_runs(page: Any, path: str) -> None:
    """No page, ours or Datasette's, runs what an article or an address brings, nor breaks its own policy."""
    answer = page.goto(path)
    page.wait_for_timeout(50)
    assert page.title() != "1"
    assert page.locator("img[onerror]").count() == 0
    assert page.locator('a[href^="javascript:"]').count() == 0
    policy = answer.headers["content-security-policy"]
    assert "'unsafe-inline'" not in re.sub(r"style-src[^;]*", "", policy)
    assert not [said for said in page.complaints if "Content Security Policy" in said]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_it(browser: Any, address: str, path: str, scheme: str) -> None:
    """axe finds no serious fault on a phone, in light and in dark, and nothing is wider than the phone."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740}, color_scheme=scheme)
    try:
        opened = context.new_page()
        opened.goto(path)
        found = axe.run(opened).response["violations"]
        grave = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]
        assert not grave
        assert opened.evaluate("document.documentElement.scrollWidth") <= 360
    finally:
        context.close()


@pytest.mark.parametrize("path", ["/claim/1.atom", "/source/1.atom", "/search.atom?q=ferry", "/contested.atom"])
def test_feeds_are_linked_and_lead_back(page: Any, address: str, path: str) -> None:
    """Each page names its feed, whose entries lead to pages of ours."""
    page.goto(path.replace(".atom", ""))
    assert page.locator('link[type="application/atom+xml"]').first.get_attribute("href") in (path, address + path)
    feed = page.request.get(path)
    assert feed.headers["content-type"].startswith("application/atom+xml")
    links = re.findall(rf'<link href="({address}/[^"]+)"', feed.text())
    assert links
    assert all(page.request.get(link).ok for link in links[:3])


def test_pages_print_and_read_without_a_script(browser: Any, address: str) -> None:
    """Everything is there where no script may run, and on paper without boxes to type in."""
    context = browser.new_context(base_url=address, java_script_enabled=False)
    opened = context.new_page()
    opened.goto("/article/1")
    opened.emulate_media(media="print")
    assert opened.locator("form.search").first.is_hidden()
    assert FERRY in opened.locator("section.text").inner_text()
    context.close()
