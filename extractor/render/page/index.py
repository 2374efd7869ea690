"""Index page: many reports to one table of them, and each indicator of an issuer over the years."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from extractor.choices import KINDS
from extractor.render.page.charts import columns
from extractor.render.page.markup import Html, element
from extractor.render.page.series import by_issuer
from extractor.render.page.shell import page

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.render.page.leading import Figure
    from extractor.render.page.look import Look
    from extractor.render.page.series import Entry

INDEX = "index.html"
_SCRIPTS = ("index.js",)


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
    """Return the small multiples, an issuer after the other; the one with most of them is open."""
    words = look.words
    drawn = [(issuer, _charts(years, look)) for issuer, years in by_issuer(entries)]
    drawn = sorted(((issuer, charts) for issuer, charts in drawn if charts), key=lambda pair: -len(pair[1]))
    if not drawn:
        return None
    parts = []
    for at, (issuer, charts) in enumerate(drawn):
        summary = element("summary", element("h3", issuer))
        parts.append(element("details", summary, element("div", *charts, class_="panels small"), open=at == 0))
    heading = element("h2", words["page.series"])
    note = element("p", words["page.series_help"], class_="quiet")
    return element("section", heading, note, *parts, class_="series", aria_label=words["page.series"])


def _charts(years: Sequence[tuple[str, Entry]], look: Look) -> list[Html]:
    """Return a chart for each indicator that two years or more have in the same unit, domain by domain.

    Of rates, only those of the same thing are one series.
    """
    series: dict[tuple[str, str, str], list[tuple[str, Figure, str]]] = {}
    for year, entry in years:
        for code, (figure, key) in entry.figures.items():
            thing = figure.count.item or "" if figure.is_share else ""
            point = (year, figure, f"{quote(entry.page)}#{key}")
            series.setdefault((code, thing, figure.count.unit or ""), []).append(point)
    rank = {stage: number for number, stage in enumerate(look.stages)}

    def place(key: tuple[str, str, str]) -> tuple[str, int, str, str]:
        domain, _, stage = key[0].partition(".")
        return domain, rank.get(stage, 0), *key[1:]

    found = []
    for code, thing, unit in sorted(series, key=place):
        points = series[code, thing, unit]
        name = " · ".join(filter(None, (look.indicator(code), thing)))
        if len(points) > 1:
            found.append(columns(f"{name} / {unit}" if unit else name, points, look.words))
    return found


def _failed(failures: Sequence[str], look: Look) -> Html | None:
    if not failures:
        return None
    items = (element("li", reason) for reason in failures)
    heading = element("h2", look.words["page.failures"])
    return element("section", heading, element("ul", *items, class_="checks"), aria_label=look.words["page.failures"])
