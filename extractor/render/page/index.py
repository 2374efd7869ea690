"""Index page: many reports to one table of them, and each indicator of an issuer over the years."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from extractor.render.page.charts import columns
from extractor.render.page.leading import Figure, figures
from extractor.render.page.look import KINDS
from extractor.render.page.markup import Html, element
from extractor.render.page.shell import page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from extractor.records import Document, Report
    from extractor.render.page.look import Look

INDEX = "index.html"
_YEAR = 4  # characters
_SCRIPTS = ("index.js",)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index knows of a report; ``page`` is the file of its document's page."""

    source: str
    page: str
    number: int
    title: str | None
    issuer: str | None
    period: str | None
    sizes: tuple[int, ...]  # records, in the order of the kinds
    checks: int
    failed: int
    figures: Mapping[str, tuple[Figure, str]]  # indicator → leading figure, key of its record

    @classmethod
    def of(cls, document: Document, report: Report, page: str) -> Entry:
        """Return the entry of one report."""
        leading = {code: (figure, f"{report.index}-{figure.count.id}") for code, figure in figures(report).items()}
        return cls(
            document.source.name, page, report.index, report.title, report.issuer, report.period,
            tuple(len(getattr(report, kind)) for kind in KINDS), len(report.checks),
            sum(not check.ok for check in report.checks), leading,
        )  # fmt: skip

    @property
    def address(self) -> str:
        """Return the link to the report."""
        return f"{quote(self.page)}#report-{self.number}"

    @property
    def year(self) -> str | None:
        """Return the year that the report's period lies in; None where it is unknown or longer."""
        years = {part[:_YEAR] for part in (self.period or "").split("/")}
        year = years.pop()
        return year if not years and year.isdecimal() else None


def index_page(entries: Sequence[Entry], failures: Sequence[str], look: Look) -> Html:
    """Return the index; ``failures`` say why there is no page for an input."""
    words = look.words
    facts = [
        (words["page.reports"], len(entries)),
        (words["page.records"], sum(sum(entry.sizes) for entry in entries)),
        (words["page.failed_checks"], sum(entry.failed for entry in entries)),
    ]
    listed = (element("div", element("dt", name), element("dd", f"{number:,}")) for name, number in facts)
    return page(
        words["page.index"],
        words["page.language"],
        _SCRIPTS,
        element("a", words["page.skip_tables"], href="#tables", class_="skip"),
        element("header", element("h1", words["page.index"]), element("dl", *listed, class_="facts")),
        element("main", _table(entries, look), _series(entries, look), _failed(failures, look), class_="index"),
        element("footer", words["page.made_by"]),
    )


def _table(entries: Iterable[Entry], look: Look) -> Html:
    words = look.words
    heads = [
        ("page.report", False), ("field.issuer_of", False), ("field.period", False), ("page.records", True),
        *((f"kind.{kind}", True) for kind in KINDS), ("page.failed_checks", True), ("page.source", False),
    ]  # fmt: skip
    head = element("tr", *(_head(words[name], is_number=is_number) for name, is_number in heads))
    rows = element("tbody", *(_row(entry, look) for entry in entries))
    tools = element(
        "div",
        element("label", words["page.filter"], for_="filter"),
        element("input", type="search", id="filter", autocomplete="off"),
        element("span", role="status", class_="quiet", data_unit=words["page.rows"]),
        class_="tools",
    )
    table = element(
        "table",
        element("caption", words["page.index"], class_="spoken"),
        element("thead", head),
        rows,
        class_="records",
    )
    frame = element("div", table, class_="scroller", tabindex=0, role="group", aria_label=words["page.index"])
    return element("section", tools, frame, id="tables", tabindex=-1, aria_label=words["page.reports"])


def _head(name: str, *, is_number: bool) -> Html:
    button = element("button", name, type="button")
    return element("th", button, scope="col", aria_sort="none", class_="number" if is_number else None)


def _row(entry: Entry, look: Look) -> Html:
    link = element("a", entry.title or look.words["page.untitled"], href=entry.address)
    numbers = [sum(entry.sizes), *entry.sizes]
    failed = element("span", f"✗ {entry.failed}", class_="cross") if entry.failed else "0" if entry.checks else "–"
    return element(
        "tr",
        element("th", link, scope="row"),
        element("td", entry.issuer or ""),
        element("td", entry.period or ""),
        *(element("td", f"{number:,}", class_="number", data_order=number) for number in numbers),
        element("td", failed, class_="number", data_order=entry.failed if entry.checks else -1),
        element("td", entry.source, class_="quiet"),
    )


def _series(entries: Sequence[Entry], look: Look) -> Html | None:
    """Return the small multiples, an issuer after the other; the one with most reports is open."""
    known = sorted((entry for entry in entries if entry.issuer and entry.year), key=lambda entry: entry.issuer or "")
    groups = [(issuer or "", _by_year(group)) for issuer, group in groupby(known, key=lambda entry: entry.issuer)]
    drawn = [(issuer, charts) for issuer, years in groups if (charts := _charts(years, look))]
    if not drawn:
        return None
    drawn.sort(key=lambda pair: -len(pair[1]))
    parts = [
        element(
            "details",
            element("summary", element("h3", issuer)),
            element("div", *charts, class_="panels small"),
            open=at == 0,
        )
        for at, (issuer, charts) in enumerate(drawn)
    ]
    words = look.words
    heading = element("h2", words["page.series"])
    return element(
        "section",
        heading,
        element("p", words["page.series_help"], class_="quiet"),
        *parts,
        class_="series",
        aria_label=words["page.series"],
    )


def _by_year(group: Iterable[Entry]) -> list[tuple[str, Entry]]:
    """Return one report a year: that on the whole year, else the one with most records."""
    best: dict[str, Entry] = {}
    for entry in group:
        year = entry.year or ""
        if year not in best or (entry.period == year, sum(entry.sizes)) > (
            best[year].period == year,
            sum(best[year].sizes),
        ):
            best[year] = entry
    return sorted(best.items())


def _charts(years: Sequence[tuple[str, Entry]], look: Look) -> list[Html]:
    """Return a chart for each indicator that two years or more have in the same unit, domain by domain."""
    points: dict[tuple[str, str | None], list[tuple[str, Figure, str]]] = {}
    for year, entry in years:
        for code, (figure, key) in entry.figures.items():
            point = (year, figure, f"{quote(entry.page)}#{key}")
            points.setdefault((code, figure.count.unit), []).append(point)
    rank = {stage: number for number, stage in enumerate(look.stages)}
    several = [(code, unit) for (code, unit), found in points.items() if len(found) > 1]
    several.sort(key=lambda pair: (pair[0].partition(".")[0], rank.get(pair[0].partition(".")[2], 0), pair[1] or ""))
    return [
        columns(f"{look.indicator(code)}{f' / {unit}' if unit else ''}", points[code, unit], look.words)
        for code, unit in several
    ]


def _failed(failures: Sequence[str], look: Look) -> Html | None:
    if not failures:
        return None
    items = (element("li", reason) for reason in failures)
    heading = element("h2", look.words["page.failures"])
    return element("section", heading, element("ul", *items, class_="checks"), aria_label=look.words["page.failures"])
