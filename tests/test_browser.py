"""Browser: pages in a real Chromium, from disk: what is shown, clicked, typed, printed, and that nothing leaves."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, sync_playwright

from extractor import Extractor
from extractor.render.page import Look, document_page, pages_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from extractor.records import Document

FIXTURES = Path(__file__).parent.parent / "fixtures"
NAMES = sorted(path.stem for path in FIXTURES.glob("*.txt"))
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"]  # fmt: skip
MARKED = """() => {
  const texts = {};
  for (const mark of document.querySelectorAll("mark")) {
    const key = mark.dataset.of ?? mark.id;
    texts[key] = (texts[key] ?? "") + mark.textContent;
  }
  const shown = [...document.querySelectorAll("div.source")].map((one) => one.textContent).join("");
  return [shown, texts];
}"""
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (apt-get install chromium)")


@dataclass
class Window:
    """A page that is open, and what it complained about or asked for."""

    page: Page
    document: Document | None = None
    problems: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def texts(self, selector: str) -> list[str]:
        """Return the text of each element that matches and is shown."""
        return [one.inner_text() for one in self.page.locator(selector).all() if one.is_visible()]

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def focus(self) -> str:
        """Return the id, or the text, of the element that has the focus."""
        return self.page.evaluate("document.activeElement.id || document.activeElement.textContent")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Yield a headless Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Window]]:
    """Return a function that opens a file; at the end, nothing was complained about and nothing else asked for."""
    windows: list[Window] = []

    def opened(path: Path, fragment: str = "", **options: object) -> Window:
        window = Window(browser.new_page(reduced_motion="reduce", **options))
        windows.append(window)
        window.page.on("console", lambda message: window.problems.append(message.text))
        window.page.on("pageerror", lambda error: window.problems.append(str(error)))
        window.page.on("request", lambda request: window.requests.append(request.url))
        window.page.goto(path.as_uri() + fragment)
        window.page.wait_for_selector("html[data-ready]", state="attached")
        return window

    yield opened
    for window in windows:
        others = [url for url in window.requests if not url.startswith(("file:", "data:"))]
        assert (window.problems, others) == ([], [])
        window.page.close()


@pytest.fixture
def show(visit: Callable[..., Window], tmp_path: Path) -> Callable[..., Window]:
    """Return a function that extracts from a text, or a fixture, and opens its page."""

    def shown(text: str, language: str = "en", *, fragment: str = "", **options: object) -> Window:
        if text in NAMES:
            text = (FIXTURES / f"{text}.txt").read_bytes().decode()
        extractor = Extractor()
        document = extractor.extract(text, name="report.txt")
        path = tmp_path / "report.html"
        page = document_page(document, text, Look(extractor.ruleset, language))
        path.write_text(page, encoding="utf-8", newline="")
        window = visit(path, fragment, **options)
        window.document = document
        return window

    return shown


def key_of(window: Window, text: str) -> str:
    """Return the id in the page of the first record that reads so."""
    assert window.document is not None
    return next(f"{r.index}-{one.id}" for r in window.document.reports for one in r.records() if one.text == text)


@pytest.mark.parametrize("name", NAMES)
def test_highlighted_characters_are_those_of_the_records(show: Callable[..., Window], name: str) -> None:
    """The text is the fixture's, character for character, and each record's marks hold its text."""
    window = show(name)
    assert window.document is not None
    shown, texts = window.page.evaluate(MARKED)
    assert shown == (FIXTURES / f"{name}.txt").read_bytes().decode()
    assert texts == {f"{r.index}-{one.id}": one.text for r in window.document.reports for one in r.records()}
    assert len(window.requests) == 1


def test_hovering_shows_fields_rule_and_reason(show: Callable[..., Window]) -> None:
    """The card comes and goes with the pointer."""
    window = show("county-summary")
    window.page.hover(f"[id='{key_of(window, '41件')}']")
    (card,) = window.texts("#card")
    label = "Administrative reconsideration · Accepted"
    for part in ("41件", "行政复议申请", "受理", label, "count.quantity", "counts.yaml:"):
        assert part in card
    window.page.hover("h1")
    window.page.wait_for_selector("#card", state="hidden")


def test_a_total_and_its_parts_lead_to_each_other(show: Callable[..., Window]) -> None:
    """The card links both ways and the text outlines them."""
    window = show("county-summary")
    total, part = key_of(window, "41件"), key_of(window, "14件")
    window.page.click(f"[id='{total}']")
    assert window.page.evaluate("[...document.querySelectorAll('mark.part')].map((one) => one.textContent)") == [
        "18件", "14件", "6件", "3件",
    ]  # fmt: skip
    window.page.click(f"#card a[href='#{part}']")
    assert window.page.evaluate("document.querySelector('mark.total').id") == total
    assert window.focus() == part
    assert "✓" in window.texts("#card")[0]


def test_jumps_lead_from_table_to_text_and_back(show: Callable[..., Window]) -> None:
    """A row leads to its record, the record to its row, also when a filter hides it."""
    window = show("county-summary")
    key = key_of(window, "98.3%")
    window.page.fill("#filter", "98.3")
    window.page.click(f"#tables a[href='#{key}']")
    assert (window.focus(), window.page.url.partition("#")[2]) == (key, key)
    assert window.page.locator(f"[id='{key}']").evaluate("(mark) => mark.matches('.active')")
    window.page.fill("#filter", "nothing like it")
    assert window.texts("#tables tbody tr") == []
    window.page.click(f"[id='{key}']")
    window.page.click("#card > button")
    assert window.focus() == "98.3%"
    assert window.page.locator(f"tr[data-key='{key}']").evaluate("(row) => row.matches('.active')")


def test_a_link_from_elsewhere_opens_its_record(show: Callable[..., Window]) -> None:
    """The fragment of the address is a record."""
    window = show("county-summary", fragment="#1-c7")
    assert window.focus() == "1-c7"
    assert window.page.locator("[id='1-c7']").bounding_box()["y"] < 720


def test_tables_sort_and_filter(show: Callable[..., Window]) -> None:
    """By value as numbers, unknown last; the number of rows is told."""
    window = show("county-summary")
    assert window.document is not None
    values = sorted(float(one.value) for one in window.document.reports[0].counts if one.value is not None)
    shown = "[...document.querySelectorAll('#tables tbody tr')].map((row) => data().byKey.get(row.dataset.key).value)"
    window.page.click("th[data-name=value] button")
    assert [float(value) for value in window.page.evaluate(shown)] == values
    assert window.page.get_attribute("th[data-name=value]", "aria-sort") == "ascending"
    assert window.focus() == "Value"
    window.page.click("th[data-name=value] button")
    assert [float(value) for value in window.page.evaluate(shown)] == values[::-1]
    window.page.fill("#filter", "行政复议")
    rows = window.texts("#tables tbody tr")
    assert 0 < len(rows) < len(values)
    assert all("行政复议" in row for row in rows)
    assert window.texts("#tables [role=status]") == [f"{len(rows)} / {len(values)} rows"]


def test_many_records_come_a_page_at_a_time(show: Callable[..., Window]) -> None:
    """The table goes to the page of the record that is asked for."""
    window = show("工作情况\n" + "收到申请105件，受理39件。\n" * 150)
    assert window.texts(".pager span") == ["1–100 / 300"]
    window.page.click("text=Next")
    assert window.texts(".pager span") == ["101–200 / 300"]
    window.page.evaluate("text.go('1-c300')")
    assert window.texts(".pager span") == ["201–300 / 300"]
    assert len(window.texts("tr.active")) == 1


def test_failed_checks_come_first_and_lead_to_their_records(show: Callable[..., Window]) -> None:
    """Those that passed are folded away below."""
    window = show("several")
    for article in window.page.locator("article").all():
        outcomes = article.locator(".checks li").evaluate_all("(all) => all.map((one) => one.className)")
        assert outcomes == sorted(outcomes)
        assert article.locator("details .checks li.failed").count() == 0
    assert window.page.locator(".checks .failed").count() == 6
    window.page.click(".checks .failed a >> text=13起")
    assert window.page.evaluate("document.activeElement.textContent") == "13起"
    window.page.click(".checks .failed a >> text=Report 1")
    assert window.page.url.endswith("#report-1")


def test_dates_say_what_they_mean_and_repealed_laws_that_they_are(show: Callable[..., Window]) -> None:
    """Beside the text, not in it."""
    window = show("2022年工作总结\n今年3月，依据《中华人民共和国合同法》办理。")
    note = "(mark) => getComputedStyle(mark, '::after').content"
    assert window.page.locator(f"[id='{key_of(window, '今年3月')}']").evaluate(note) == '"2022-03"'
    assert window.page.locator("mark.r").evaluate(note) == '"repealed"'
    assert window.page.locator("mark.r").inner_text() == "《中华人民共和国合同法》"


def test_kinds_can_be_hidden(show: Callable[..., Window]) -> None:
    """Their marks look like text, and the arrow keys pass over them."""
    window = show("county-summary")
    window.page.uncheck("[data-kind=u]")
    window.page.uncheck("[data-kind=r]")
    colour = "(mark) => getComputedStyle(mark).backgroundColor"
    assert window.page.locator("mark.u").first.evaluate(colour) == "rgba(0, 0, 0, 0)"
    assert window.page.locator("mark.c").first.evaluate(colour) != "rgba(0, 0, 0, 0)"
    window.page.evaluate("text.go('1-d1')")
    window.press("ArrowRight", "ArrowRight")
    assert window.focus() == "1-d3"


def test_everything_works_by_keyboard(show: Callable[..., Window]) -> None:
    """From the top to the text, along the records, into the card, to the table, its tabs, and back."""
    window = show("county-summary")
    window.press("Tab", "Enter", "Tab")
    assert window.focus() == "1-u1"
    window.press("ArrowRight", "ArrowRight", "ArrowLeft")
    assert window.focus() == "1-d1"
    window.press("End", "ArrowLeft", "Home")
    assert window.focus() == "1-u1"
    window.press("Enter")
    assert window.focus() == "card"
    window.press("Escape")
    assert (window.focus(), window.texts("#card")) == ("1-u1", [])
    window.press("Enter", "Tab", "Tab", "Enter")
    assert window.focus() == "泸溪县人民政府"
    window.press("Enter")
    assert window.focus() == "1-u1"
    window.press("Tab")
    assert window.focus() == "tab-units"
    window.press("ArrowRight")
    assert window.focus() == "tab-regulations"
    assert window.page.locator("#tables tbody tr").count() == 5
    window.press("Tab")
    assert window.focus() == "filter"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(("name", "language"), [("county-summary", "zh"), ("several", "en")])
def test_a_page_is_accessible(show: Callable[..., Window], name: str, language: str, width: int, scheme: str) -> None:
    """Axe finds nothing, with a card open and all details unfolded, and nothing is wider than the screen."""
    window = show(name, language, viewport={"width": width, "height": 800}, color_scheme=scheme)
    window.page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
    window.page.evaluate("text.go(data().records.find((one) => one.parent).key)")
    assert violations(window) == []
    assert window.page.evaluate("document.documentElement.scrollWidth") <= width


def violations(window: Window) -> list[tuple[str, str, list[str]]]:
    """Return what axe objects to: rule, impact, and where."""
    found = Axe().run(window.page).response["violations"]
    return [(one["id"], one["impact"], [node["html"] for node in one["nodes"]][:3]) for one in found]


def test_hostile_text_is_inert(show: Callable[..., Window]) -> None:
    """It is shown as it is; no script runs, no direction changes, invisible characters are seen."""
    text = (
        "县政府2022年工作总结\r\n</script><script>window.hacked=1</script>"
        "<img src=http://x.test/ onerror=window.hacked=1><style>*{display:none}</style>\r\n"
        "收到“申请”105件 & 受理\u202e39件，审结\u200b36件，\u0000办结\u2067２件'\"`。\r\n"
    )
    window = show(text)
    shown, _ = window.page.evaluate(MARKED)
    assert shown == text.replace("\0", "")
    assert window.page.evaluate("window.hacked") is None
    assert window.page.locator("#text img, #text script, #text style").count() == 0
    signs = window.page.evaluate("[...document.querySelectorAll('#text .sign')].map((one) => one.dataset.sign)")
    assert signs == ["U+202E", "U+200B", "U+0000", "U+2067"]
    left = "(mark) => mark.getBoundingClientRect().left"
    places = [window.page.locator(f"[id='{key_of(window, one)}']").evaluate(left) for one in ("105件", "39件", "36件")]
    assert places == sorted(places)


def test_hostile_fields_are_inert(visit: Callable[..., Window], tmp_path: Path) -> None:
    """A title, a file name and a message are text in pages and index."""
    evil = "</title></script><script>window.hacked=1</script>\u202e"
    extractor = Extractor()
    document = extractor.extract("2022年，收到申请105件。", name=f"{evil}.txt")
    count = document.reports[0].counts[0].model_copy(update={"item": evil, "indicator": f"{evil}.x"})
    report = document.reports[0].model_copy(update={"title": evil, "issuer": evil, "counts": (count,)})
    site = pages_at(tmp_path / "site", Look(extractor.ruleset), is_single=False)
    site.add(document.model_copy(update={"reports": (report,)}), "2022年，收到申请105件。")
    site.miss(evil)
    site.close()
    (page,) = (path for path in (tmp_path / "site").iterdir() if path.name != "index.html")
    for path, fragment in ((page, "#1-c1"), (tmp_path / "site" / "index.html", "")):
        window = visit(path, fragment)
        assert window.page.evaluate("window.hacked") is None
        assert evil[:-1] in window.page.locator("body").inner_text()
        assert window.page.locator(".sign[data-sign='U+202E']").count() > 0


def test_the_policy_refuses_other_scripts(show: Callable[..., Window]) -> None:
    """Were markup to slip in, it would not run, and could send nothing."""
    window = show("notice")
    window.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.hacked=1>')")
    window.page.evaluate(
        "const it = document.createElement('script'); it.textContent = 'window.hacked=1'; document.body.append(it)"
    )
    with pytest.raises(Error):
        window.page.evaluate("fetch('data:,x')")
    assert window.page.evaluate("window.hacked") is None
    assert [problem for problem in window.problems if "Content Security Policy" not in problem] == []
    window.problems.clear()


def test_a_printed_page_has_all_rows(show: Callable[..., Window]) -> None:
    """Tables of all kinds under the text, no controls."""
    window = show("county-summary")
    window.page.emulate_media(media="print")
    window.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert window.document is not None
    assert len(window.texts(".printed tbody tr")) == len(list(window.document.records()))
    assert window.texts("input, #card, .legend, #tables > [role]") == []
    window.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert window.page.locator(".printed").count() == 0


def test_without_scripts_the_text_is_there(browser: Browser, show: Callable[..., Window], tmp_path: Path) -> None:
    """Marked, with charts and checks, and a word on what is missing."""
    show("county-summary")
    page = browser.new_page(java_script_enabled=False)
    page.goto((tmp_path / "report.html").as_uri())
    assert page.locator("mark >> nth=0").inner_text() == "泸溪县人民政府"
    assert page.locator("svg desc >> nth=0").text_content().startswith("Received 46 件, Accepted 41 件, ")
    assert page.locator("noscript").inner_text().startswith("Tables and details need scripts")
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_index_sorts_filters_and_leads_on(
    visit: Callable[..., Window], extract_command: Callable[..., object], tmp_path: Path, scheme: str
) -> None:
    """By numbers as numbers; the series are drawn where two years give an indicator; axe finds nothing."""
    for year, received in ((2020, 98), (2021, 120), (2022, 105)):
        text = f"清溪县人民政府{year}年工作总结\n{year}年，收到行政复议申请{received}件，受理39件。\n"
        (tmp_path / f"{year}.txt").write_text(text, encoding="utf-8")
    several = FIXTURES / "several.txt"
    extract_command(*sorted(tmp_path.glob("*.txt")), several, "--html", tmp_path / "site", "--lang", "en")
    window = visit(tmp_path / "site" / "index.html", color_scheme=scheme)
    failed = "#tables tbody tr td:nth-child(9)"
    window.page.click("th >> text=Failed checks")
    window.page.click("th >> text=Failed checks")
    assert window.texts(failed) == ["✗ 5", "✗ 1", "0", "–", "–", "–"]
    window.page.fill("#filter", "清溪县")
    assert len(window.texts("#tables tbody tr")) == 3
    titles = window.page.evaluate("[...document.querySelectorAll('svg desc')].map((one) => one.textContent)")
    assert titles == ["2020 98 件, 2021 120 件, 2022 105 件", "2020 39 件, 2021 39 件, 2022 39 件"]
    assert violations(window) == []
    window.page.click("#tables tbody tr:not([hidden]) a >> nth=0")
    window.page.wait_for_selector("html[data-ready]", state="attached")
    assert window.page.locator("h1").inner_text().startswith("清溪县人民政府20")
    window.page.click("header nav a")
    assert window.page.url.endswith("index.html")


def test_a_long_document_opens_at_once(show: Callable[..., Window]) -> None:
    """1 MB costs the browser less than a second of work until the tables are there."""
    names = [name for name in NAMES if name != "several"]
    bodies = [(FIXTURES / f"{name}.txt").read_text(encoding="utf-8").partition("\n")[2] for name in names]
    body = "\n".join(bodies)
    window = show("清溪县2022年工作总结\n" + body * (1_000_000 // len(body.encode())))
    assert window.document is not None
    assert len(list(window.document.records())) > 20_000
    session = window.page.context.new_cdp_session(window.page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    window.page.reload()
    window.page.wait_for_selector("html[data-ready]", state="attached")
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    assert metrics["TaskDuration"] < 1


def test_the_card_stays_with_its_record(show: Callable[..., Window]) -> None:
    """Also far down in a long document, whose length changes as it comes into view."""
    window = show("工作情况\n" + "今年以来，收到申请105件，受理39件，各项工作有序推进，取得了新的成效。\n" * 2000)
    assert window.page.locator("#text.long").count() == 1
    window.page.evaluate("text.go('1-c3001')")
    window.page.wait_for_timeout(300)
    mark, card = (window.page.locator(one).bounding_box() for one in ("[id='1-c3001']", "#card"))
    assert 0 < mark["y"] < 720
    assert min(abs(card["y"] - mark["y"] - mark["height"]), abs(card["y"] + card["height"] - mark["y"])) < 20
