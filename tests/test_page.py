"""Page: the text as it was, its records marked, everything inert; files where they are expected."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import Extractor, records
from extractor.render.page import Look, document_page
from extractor.render.page.leading import figures, panels
from extractor.render.page.markup import Html, element, escaped, invisible, plain
from extractor.render.page.segments import Piece, cut, drawn
from extractor.render.page.series import Entry, by_issuer
from extractor.render.page.site import page_name
from extractor.render.words import english_indicators, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Outcome

    from extractor.records import Document

FIXTURES = Path(__file__).parent.parent / "fixtures"
PAGES = Path(__file__).parent.parent / "extractor" / "render" / "page"
NAMES = sorted(path.stem for path in FIXTURES.glob("*.txt"))
HOSTILE = (
    "县政府2022年工作总结\r\n</script><script>hacked=1</script><img src=x onerror=hacked=1>\r\n"
    "收到“申请”105件 & 受理\u202e39件\u202c，审结\u200b36件。&lt;b&gt; ' \" `\r\n项目\t数量\r\n申请\t105件\r\n"
)


class Reader(HTMLParser):
    """What a page says: the text it shows, the text of each record, its elements and their attributes."""

    def __init__(self, page: str) -> None:
        """Read ``page``."""
        super().__init__()
        self.source: list[str] = []
        self.marked: dict[str, str] = {}
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element that has an end."""
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "input"):
            self._open.append(self.elements[-1])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element without content."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close the element, which must be the one opened last."""
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        """Keep the text of the report and of its records, scripts and styles apart."""
        name = self._open[-1][0] if self._open else ""
        if name in self.raw:
            self.raw[name].append(data)
        if any((one.get("class") or "").startswith("source") and tag == "div" for tag, one in self._open):
            self.source.append(data)
            for key in {one.get("id") or one["data-of"] for tag, one in self._open if tag == "mark"}:
                self.marked[key] = self.marked.get(key, "") + data


def page_of(text: str, language: str = "zh", name: str = "report.txt") -> tuple[Document, str]:
    """Return the document of a text and its page."""
    extractor = Extractor()
    document = extractor.extract(text, name=name)
    return document, document_page(document, text, Look(extractor.ruleset, language))


@pytest.mark.parametrize("name", NAMES)
def test_marked_characters_are_those_of_the_records(name: str) -> None:
    """Nothing of the text is added, lost or moved, and each mark holds its record."""
    text = (FIXTURES / f"{name}.txt").read_bytes().decode()
    document, page = page_of(text)
    reader = Reader(page)
    wanted = {f"{report.index}-{one.id}": one.text for report in document.reports for one in report.records()}
    assert "".join(reader.source) == text
    assert reader.marked == wanted


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=12),
    st.lists(st.integers(1, 39), max_size=4, unique=True),
)
def test_marks_nest_whatever_the_records_do(stretches: list[tuple[int, int]], borders: list[int]) -> None:
    """Nested, touching and crossing stretches each cover exactly their characters, and none crosses a border."""
    text = "".join(chr(0x4E00 + at) for at in range(50))
    pieces = [Piece(at, at + size, f"k{number}", is_first=True) for number, (at, size) in enumerate(stretches)]
    marks, at = [], 0
    waiting = cut(pieces, sorted(borders))
    for border in [*sorted(borders), len(text)]:
        inside = [piece for piece in waiting if at <= piece.start < border]
        marks += ["<div class=source>", *drawn(at, border, inside, lambda a, b: text[a:b], opening), "</div>"]
        at = border
    reader = Reader("".join(marks))
    assert "".join(reader.source) == text
    assert reader.marked == {piece.key: text[piece.start : piece.end] for piece in pieces}
    assert sum("id" in attributes for _, attributes in reader.elements) == len(pieces)


def opening(piece: Piece) -> str:
    """Return the tag that opens a mark."""
    return f"<mark {'id' if piece.is_first else 'data-of'}={piece.key}>"


def test_a_long_line_stays_whole() -> None:
    """A report that lost its line ends keeps every character."""
    text = (FIXTURES / "county-summary.txt").read_text(encoding="utf-8").replace("\n", "") * 8
    document, page = page_of(text)
    reader = Reader(page)
    assert "".join(reader.source) == text
    assert list(reader.marked.values()) == [one.text for one in sorted(document.records(), key=lambda one: one.start)]


def test_tables_and_headings_of_the_text_are_ones_in_the_page() -> None:
    """Lines with tabs are rows, numbered lines headings, the first line the title."""
    table = "项目\t数量\n申请\t105件\n"
    text = f"清溪县2022年工作总结\n一、基本情况\n{table}（一）受理\n共受理39件。\n二、下步打算。继续努力。\n"
    _, page = page_of(text)
    body = page[page.index('class="chunk"') :]
    assert re.findall(r"<(h\d|td|strong)[ >]", body) == ["h3", "h4", "td", "td", "td", "td", "h5", "strong"]


def test_every_invisible_character_is_named_and_kept() -> None:
    """Controls, formats and blank letters have a sign; other characters have none."""
    for character in invisible():
        name = f"U+{ord(character):04X}"
        assert f'data-sign="{name}"' in escaped(character)
        assert (character in escaped(character)) is (character != "\0")
        assert plain(f"a{character}") == f"a[{name}]"
    assert {"\u202e", "\u2066", "\u200b", "\ufeff", "\x00", "\x1b", "\u00ad", "\u061c"} <= set(invisible())
    assert escaped("2022年 县\t政府\n") == "2022年 县\t政府\n"


def test_markup_is_escaped_once() -> None:
    """Text and attributes are text, markup is markup, a carriage return survives the parser."""
    made = element("a", "<b>&\r", Html("<i>x</i>"), None, title='"<\u202e', hidden=False, class_="k")
    assert made == '<a title="&quot;&lt;[U+202E]" class="k">&lt;b&gt;&amp;&#13;<i>x</i></a>'


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_allows_nothing_but_itself(language: str) -> None:
    """The policy names the hashes of its style and script; nothing is inline, nothing is fetched."""
    _, page = page_of(HOSTILE, language, name='"><script>hacked=1</script>.txt')
    reader = Reader(page)
    policy = next(one["content"] for tag, one in reader.elements if "http-equiv" in one)
    scripts = [one for one in reader.elements if one[0] == "script"]
    assert [one.get("type") for _, one in scripts] == ["application/json", None]
    for name, source in (("style", reader.raw["style"][0]), ("script", reader.raw["script"][-1])):
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    attributes = {name for _, one in reader.elements for name in one}
    assert [name for name in attributes if name.startswith("on") or name in ("style", "src")] == []
    links = {one["href"] for _, one in reader.elements if one.get("href")}
    assert [link for link in links if not link.startswith(("#", "data:,"))] == []


def test_hostile_text_is_text() -> None:
    """It comes back as it was, and no element of it is one of the page."""
    _, page = page_of(HOSTILE)
    reader = Reader(page)
    assert "".join(reader.source) == HOSTILE
    assert [tag for tag, _ in reader.elements if tag in ("img", "b")].count("img") == 0


def test_the_data_are_the_records() -> None:
    """What the script reads has each record with its fields, decimals with all digits, and its rule."""
    document, page = page_of((FIXTURES / "county-summary.txt").read_text(encoding="utf-8"))
    (held,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    data = json.loads(held)
    assert [(one["id"], one["text"]) for one in data["records"]] == [(one.id, one.text) for one in document.records()]
    count = next(one for one in data["records"] if one["text"] == "312.4万元")
    assert (count["value"], count["unit"]) == ("3124000", "元")
    assert all(len(data["rules"][one["rule"]]) == 2 for one in data["records"])
    assert "<" not in held


def test_a_leading_figure_is_the_total_of_the_period() -> None:
    """Parts, growth, durations and other years are none; the stages of a funnel keep their order."""
    cases = "2022年，收到行政复议申请105件，受理39件，其中治安处罚21件，审结36件。"
    text = f"清溪县2022年工作总结\n{cases}2021年收到行政复议申请120件。"
    (report,) = Extractor().extract(text).reports
    values = {code: int(figure.value) for code, figure in figures(report).items()}
    wanted = {"received": 105, "accepted": 39, "concluded": 36}
    assert values == {f"reconsideration.{stage}": value for stage, value in wanted.items()}
    (panel,), single = panels(report, Look(Extractor().ruleset).stages)
    assert ([figure.stage for figure in panel.figures], panel.is_funnel, single) == (list(wanted), True, ())


def test_an_outcome_that_is_part_of_the_stage_before_leads_in_its_own() -> None:
    """审结 63 of 66 受理 is concluded; 21 of them, by kind, are no figure of their own."""
    text = "2022年工作总结\n收到行政复议申请71件，受理66件，已审结63件，尚未审结3件。"
    (report,) = Extractor().extract(text).reports
    values = {code.partition(".")[2]: int(figure.value) for code, figure in figures(report).items()}
    assert values == {"received": 71, "accepted": 66, "concluded": 63, "pending": 3}


@pytest.mark.parametrize(
    ("titles", "groups"),
    [
        (["永新县人民政府2019年工作报告", "永新县2020年工作报告"], {"永新县人民政府": ["2019", "2020"]}),
        (["永新县人民政府2019年工作报告", "永新县人民政府2019年工作报告"], {"永新县人民政府": ["2019"]}),
        (["永新县人民政府2019年工作报告", "安福县2020年工作报告"], {"永新县人民政府": ["2019"]}),
        (
            ["永新县人民政府2019年工作报告", "永新县人民法院2019年工作报告", "永新县2020年工作报告"],
            {"永新县人民政府": ["2019"], "永新县人民法院": ["2019"]},
        ),
        (["2019年工作报告", "2020年工作报告"], {}),
    ],
)
def test_a_series_is_of_one_issuer(titles: list[str], groups: dict[str, list[str]]) -> None:
    """One report a year; a report that names none goes to the only issuer of its place, else to none."""
    extractor = Extractor()
    documents = [extractor.extract(f"{title}\n收到行政复议申请105件。", name=title) for title in titles]
    entries = [Entry.of(document, document.reports[0], "page.html") for document in documents]
    assert {issuer: [year for year, _ in years] for issuer, years in by_issuer(entries)} == groups


def test_both_languages_have_every_word() -> None:
    """Values of the records, domains and stages too."""
    chinese, english = words("zh"), words("en")
    assert [key for key in chinese if not (chinese[key] and english[key])] == []
    named = {
        "qualifier": records.Qualifier, "dimension": records.Dimension, "granularity": records.Granularity,
        "unit": records.UnitKind, "level": records.RegulationLevel, "status": records.Status,
    }  # fmt: skip
    keys = {f"{kind}.{value}" for kind, values in named.items() for value in get_args(values)}
    keys |= {f"level.{value}" for value in get_args(records.UnitLevel)}
    assert keys - set(english) == set()


def test_every_indicator_has_a_word_in_both_languages() -> None:
    """The Chinese ones stand in the tables that name it, where a user adds to them."""
    tables = Extractor().ruleset.table
    domains, stages = tables("indicator_domains").rows(), tables("indicator_stages").rows()
    keys = {f"domain.{row['domain']}" for row in domains} | {f"stage.{row['stage']}" for row in stages}
    assert keys == set(english_indicators())
    assert all(english_indicators().values())
    assert all(row["label"] for row in (*domains, *stages))


def test_every_word_that_is_asked_for_is_there() -> None:
    """By pages and by their scripts; a script would show the key instead."""
    sources = [path.read_text(encoding="utf-8") for path in PAGES.rglob("*") if path.suffix in (".py", ".js")]
    asked = {key for source in sources for key in re.findall(r"[\"'`]((?:page|field|kind)\.[a-z_]+)[\"'`]", source)}
    columns, fields = ((PAGES / "assets" / name).read_text(encoding="utf-8") for name in ("tables.js", "card.js"))
    asked |= {f"field.{name}" for name in re.findall(r'(?:textual\(|name: )"([a-z_]+)"', columns)}
    asked |= {f"field.{name}" for name in re.findall(r'"([a-z_]+)"', fields[: fields.index("const SPOKEN")])}
    assert len(asked) > 60
    assert asked - set(words("en")) == {"page.css"}


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("reports/2022.txt", "2022"),
        ("a.zip/工作报告.docx", "工作报告"),
        ("c:\\reports\\a.txt", "a"),
        ('a<b>"?*|:.txt', "a-b"),
        ("../..", "report"),
        ("-", "report"),
        ("x\u202e.txt", "x"),
        ("长" * 300 + ".txt", "长" * 70),
    ],
)
def test_pages_are_called_like_their_sources(source: str, name: str) -> None:
    """Without what a file system or a link does not take."""
    assert page_name(source) == name


def test_one_input_gives_one_page(extract_command: Callable[..., Outcome], tmp_path: Path) -> None:
    """Nothing is printed, and two runs give the same bytes."""
    target = tmp_path / "report.html"
    outcome = extract_command(FIXTURES / "notice.txt", "--html", target)
    first = target.read_bytes()
    extract_command(FIXTURES / "notice.txt", "--html", target)
    assert (outcome.status, outcome.out, outcome.err) == (0, "", "")
    assert first == target.read_bytes()
    assert first.decode().startswith('<!doctype html>\n<html lang="zh-CN">')


def test_many_inputs_give_a_site(extract_command: Callable[..., Outcome], tmp_path: Path) -> None:
    """A page each, no name twice, an index that leads to every report and names what failed."""
    reports = tmp_path / "reports"
    for folder, name in (("a", "x.txt"), ("b", "X.txt"), ("b", "index.txt")):
        (reports / folder).mkdir(parents=True, exist_ok=True)
        (reports / folder / name).write_text("清溪县2022年工作总结\n收到行政复议申请105件。", encoding="utf-8")
    (reports / "empty.txt").write_bytes(b"")
    outcome = extract_command(reports, "--html", tmp_path / "site", "--lang", "en", "--jobs", "2")
    index = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    pages = sorted(path.name for path in (tmp_path / "site").iterdir())
    assert (outcome.status, outcome.out) == (1, "")
    assert pages == ["X-2.html", "index-2.html", "index.html", "x.html"]
    assert sorted(re.findall(r'href="([^"#]+)#report-1"', index)) == ["X-2.html", "index-2.html", "x.html"]
    assert "empty, there is no text to read" in index
    assert 'href="index.html"' in (tmp_path / "site" / "x.html").read_text(encoding="utf-8")


def test_pages_are_not_written_among_their_inputs(extract_command: Callable[..., Outcome], tmp_path: Path) -> None:
    """The next run would read them."""
    (tmp_path / "a.txt").write_text("2022年，收到申请105件。", encoding="utf-8")
    outcome = extract_command(tmp_path, "--html", tmp_path / "site")
    assert outcome.status == 2
    assert outcome.err.endswith("which is read; choose a place outside\n")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--json"], "--html goes with no other output"),
        (["--format", "csv"], "--html goes with no other output"),
        (["--output", "x.csv"], "--html goes with no other output"),
        ([FIXTURES / "several.txt"], "several inputs need a directory: --html "),
    ],
)
def test_what_does_not_go_together_is_said(
    extract_command: Callable[..., Outcome], tmp_path: Path, options: list[str | Path], message: str
) -> None:
    """And nothing is written."""
    outcome = extract_command(FIXTURES / "notice.txt", *options, "--html", tmp_path / "report.html")
    assert outcome.status == 2
    assert outcome.err.startswith(message)
    assert list(tmp_path.iterdir()) == []
