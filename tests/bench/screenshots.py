"""Screenshots: the pictures of the README, a county report and the index of several fixtures.

Run ``python tests/bench/screenshots.py``; it needs Chromium and a font for Chinese, and writes to ``docs/``.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from extractor.cli import run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
COUNTY, INDEXED = "county-summary.txt", ("yearly", "county-summary.txt", "several.txt")


def main() -> None:
    """Write both pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        here = Path(folder)
        os.chdir(ROOT / "fixtures")  # names of files are shown as given
        extract([COUNTY, "--html", str(here / "report.html")])
        extract([*texts(INDEXED), "--html", str(here / "site")])
        picture(browser, here / "report.html", "report.png", (1300, 1250), "text.go('1-c5')")
        picture(browser, here / "site" / "index.html", "index.png", (1280, 900), "0")
        browser.close()


def texts(names: Sequence[str]) -> list[str]:
    """Return the texts among the files called so, or lying in directories called so."""
    return [
        str(path)
        for name in names
        for path in ([Path(name)] if Path(name).is_file() else sorted(Path(name).glob("*.txt")))
    ]


def extract(words: Sequence[str]) -> None:
    """Run the command line."""
    try:
        run(words)
    except SystemExit as ended:
        if ended.code:
            raise


def picture(browser: Browser, page: Path, name: str, size: tuple[int, int], script: str) -> None:
    """Write a picture of the top of the page, after ``script``, to the docs."""
    width, height = size
    window = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    window.goto(page.as_uri())
    window.wait_for_selector("html[data-ready]", state="attached")
    window.evaluate(script)
    window.evaluate("scrollTo(0, 0)")
    window.screenshot(path=ROOT / "docs" / name)
    window.close()


if __name__ == "__main__":
    main()
