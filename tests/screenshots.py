"""The pictures in docs/screenshots, of the pages over the sample articles: `python -m tests.screenshots` makes them."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from playwright.sync_api import sync_playwright

from claims.cli import main
from claims.store import Store
from claims.web import application
from tests.conftest import ROOT
from tests.test_desk_browser import CHROMIUM, served

FOLDER = ROOT / "docs" / "screenshots"
CLAIM = "live ammunition had been used"
SOURCE = "Helena Marsk"
WIDE, PHONE = {"width": 1100, "height": 760}, {"width": 390, "height": 760}


def pictures(claim: int, source: int) -> dict[str, tuple[str, dict[str, int], str]]:
    """For each file the page, the size of the window, and light or dark; of this claim and this source."""
    return {
        "home": ("/", WIDE, "light"),
        "search": ("/search?q=Brandt+records", WIDE, "light"),
        "article": ("/article/2?at=5#a5", WIDE, "light"),
        "claim": (f"/claim/{claim}", WIDE, "light"),
        "claim-phone": (f"/claim/{claim}", PHONE, "dark"),
        "source": (f"/source/{source}", WIDE, "light"),
        "contested": ("/contested", WIDE, "light"),
        "plots": ("/plots", WIDE, "light"),
    }


def take(browser: Any, address: str, name: str, path: str, size: dict[str, int], scheme: str) -> None:
    """Take one picture."""
    context = browser.new_context(base_url=address, viewport=size, color_scheme=scheme)
    page = context.new_page()
    page.goto(path)
    page.screenshot(path=FOLDER / f"{name}.png")
    context.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        database = Path(folder) / "claims.db"
        CliRunner().invoke(main, ["ingest", str(ROOT / "examples"), "--db", str(database)])
        with Store.open_existing(database) as store:
            claim = next(near.claim_id for near in store.nearest(CLAIM, 1))
            source = store.source(SOURCE).row.id
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with served(application(database)) as where:
            for name, (path, size, scheme) in pictures(claim, source).items():
                take(chromium, where, name, path, size, scheme)
        chromium.close()
    sys.stdout.write(f"{FOLDER} has the pages of today\n")
