"""Screenshots: the pictures of the README, from a fixture and from made-up reports of one county over five years.

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
FIXTURES = ("county-summary.txt", "several.txt")
# a year, received, accepted, concluded, penalties, files reviewed, people trained
YEARS = (
    (2018, 90, 78, 75, 968, 82, 412),
    (2019, 88, 69, 66, 1168, 107, 388),
    (2020, 94, 85, 81, 988, 188, 450),
    (2021, 124, 114, 112, 1737, 190, 624),
    (2022, 97, 85, 84, 1195, 135, 630),
)
REPORT = """清溪县人民政府{0}年法治政府建设工作总结
　　一、行政复议。{0}年，收到行政复议申请{1}件，受理{2}件，审结{3}件，其中维持{4}件、撤销5件、终止3件。
　　二、行政执法。办结行政处罚案件{5}件，评查行政处罚案卷{6}宗，培训执法人员{7}人次。
"""


def main() -> None:
    """Write both pictures."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        here = Path(folder)
        (reports := here / "reports").mkdir()
        for year, received, accepted, concluded, *others in YEARS:
            upheld = concluded - 8 + (year == 2020)
            text = REPORT.format(year, received, accepted, concluded, upheld, *others)
            (reports / f"清溪县{year}.txt").write_text(text, encoding="utf-8")
        for name in FIXTURES:
            shutil.copy(ROOT / "fixtures" / name, reports)
        os.chdir(here)  # names of files are shown as given
        extract([f"reports/{FIXTURES[0]}", "--html", "report.html"])
        extract(["reports", "--html", "site"])
        picture(browser, here / "report.html", "report.png", (1300, 1100), "text.go('1-c5')")
        picture(browser, here / "site" / "index.html", "index.png", (1280, 900), "0")
        browser.close()


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
