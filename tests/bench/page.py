"""Page: how long the page of a 1 MB document takes to write, and a browser to open it.

Run ``python tests/bench/page.py [--megabytes N]``; it needs Chromium. The document is one report made of the
fixtures' paragraphs, over and over. Work is processor time of the browser's main thread, which other programs on the
machine do not lengthen; the other figures are time on the clock since the page was asked for.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from extractor import Extractor
from extractor.render.page import Look, document_page

FIXTURES = sorted((Path(__file__).parent.parent.parent / "fixtures").glob("*.txt"))
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
ROUNDS = 5
TIMES = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  const [ready] = performance.getEntriesByName("ready");
  return [paint.startTime, page.domContentLoadedEventEnd, ready.startTime];
}"""


def main() -> None:
    """Write the page, open it several times, print the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=1, help="size of the document in UTF-8")
    text = document_text(parser.parse_args().megabytes)
    extractor = Extractor()
    document = extractor.extract(text)
    begun = time.process_time()
    page = document_page(document, text, Look(extractor.ruleset))
    spent = time.process_time() - begun
    records = sum(1 for _ in document.records())
    sys.stdout.write(f"document   {len(text.encode()) / 1e6:8.2f} MB, {len(text):,} characters, {records:,} records\n")
    sys.stdout.write(f"page       {len(page.encode()) / 1e6:8.2f} MB, written in {spent:.2f} s of processor time\n")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "page.html"
        path.write_text(page, encoding="utf-8", newline="")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        rounds = [opened(browser, path.as_uri()) for _ in range(ROUNDS)]
        browser.close()
    names = ("text shown", "page read", "tables ready", "work")
    for name, values in zip(names, zip(*rounds, strict=True), strict=True):
        sys.stdout.write(f"{name:12} {median(values):6.0f} ms   ({min(values):.0f}–{max(values):.0f})\n")


def document_text(megabytes: float) -> str:
    """Return one report of that size."""
    body = "\n".join(path.read_text(encoding="utf-8").partition("\n")[2] for path in FIXTURES if path.stem != "several")
    return "清溪县2022年工作总结\n" + body * max(int(megabytes * 1_000_000 / len(body.encode())), 1)


def opened(browser: Browser, address: str) -> tuple[float, ...]:
    """Return the times of one visit, in milliseconds."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(address)
    page.wait_for_selector("html[data-ready]", state="attached")
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    times = page.evaluate(TIMES)
    page.close()
    return (*times, 1000 * metrics["TaskDuration"])


if __name__ == "__main__":
    main()
