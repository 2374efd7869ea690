"""Charts: figures to plain SVG that reads without colour, each with the same figures as a table."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.render.page.leading import FUNNEL
from extractor.render.page.markup import Html, element, joined
from extractor.render.page.text import key_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from extractor.records import Report
    from extractor.render.page.leading import Figure, Panel

_WIDTH, _ROW, _BAR, _NAME, _VALUE = 400, 26, 15, 92, 128  # of a bar chart: all, a row, its bar, label and figure
_TALL, _STEP, _COLUMN, _FOOT, _TOP = 132, 52, 22, 22, 20  # of a column chart: all, a year, its column, its name, figure
_MOST_YEARS = 30


def number(value: Decimal) -> str:
    """Return ``value`` with all its digits, in groups of three."""
    return f"{value:,f}"


def bars(panel: Panel, report: Report, name: str, words: Mapping[str, str]) -> Html:
    """Return the panel as bars from left to right; the stages of a funnel are joined, with the share that passed on."""
    most = max(figure.value for figure in panel.figures)
    shares = _shares(panel)
    rows = [_bar(at, figure, shares[at], most, report, words) for at, figure in enumerate(panel.figures)]
    rows += [_joint(at, panel.figures, most) for at, share in enumerate(shares) if share]
    kind = words["page.funnel_of" if panel.is_funnel else "page.chart_of"]
    described = ", ".join(f"{_stage(figure, words)} {_amount(figure)}" for figure in panel.figures)
    height = _ROW * len(panel.figures) + 4
    svg = _svg(_WIDTH, height, f"{name}: {kind}", described, rows)
    return element("figure", element("figcaption", name), svg, _table(panel, report, name, words), class_="panel")


def columns(name: str, points: Sequence[tuple[str, Figure, str]], words: Mapping[str, str]) -> Html:
    """Return one indicator over the years as columns; each point is a year, its figure and where the report stands.

    A year between the others that has no figure keeps its place.
    """
    most = max(figure.value for _, figure, _ in points) or Decimal(1)
    slots = _years(points)
    width = _STEP * len(slots)
    drawn = [
        element("text", year, x=_STEP * at + _STEP // 2, y=_TALL - 6, class_="name middle")
        for year, at in slots.items()
    ]
    for year, figure, _ in points:
        middle = _STEP * slots[year] + _STEP // 2
        height = max(int((_TALL - _FOOT - _TOP) * figure.value / most), 1)
        top = _TALL - _FOOT - height
        drawn.append(element("rect", x=middle - _COLUMN // 2, y=top, width=_COLUMN, height=height, class_="bar"))
        drawn.append(element("text", number(figure.value), x=middle, y=top - 5, class_="figure middle"))
    drawn.append(element("line", x1=0, x2=width, y1=_TALL - _FOOT, y2=_TALL - _FOOT, class_="axis"))
    described = ", ".join(f"{year} {_amount(figure)}" for year, figure, _ in points)
    svg = _svg(width, _TALL, f"{name}: {words['page.years_of']}", described, drawn)
    head = element("tr", _head(words["field.period"]), _head(words["field.value"]))
    rows = []
    for year, figure, place in points:
        link = element("a", _amount(figure), href=place)
        rows.append(element("tr", element("th", year, scope="row"), element("td", link)))
    return element("figure", element("figcaption", name), svg, _details(name, head, rows, words), class_="panel small")


def _years(points: Sequence[tuple[str, Figure, str]]) -> dict[str, int]:
    """Return the place of each year, from the first to the last; of a span that is too long, those given."""
    first, last = int(points[0][0]), int(points[-1][0])
    given = [year for year, _, _ in points]
    years = [str(year) for year in range(first, last + 1)] if last - first < _MOST_YEARS else given
    return {year: at for at, year in enumerate(years)}


def tiles(figures: Sequence[Figure], report: Report, words: Mapping[str, str]) -> Html:
    """Return figures that no other can be set beside, each with what it is."""
    items = []
    for figure in figures:
        link = element("a", _amount(figure), href=f"#{key_of(report, figure.count.id)}")
        domain = words.get(f"domain.{figure.domain}", figure.domain)
        items.append(element("div", element("dt", f"{domain} · {_stage(figure, words)}"), element("dd", link)))
    return element("dl", *items, class_="tiles")


def _shares(panel: Panel) -> list[str]:
    """Return for each stage of a funnel what share of the stage before it passed on; nothing for other bars."""
    shares, before = [], None
    for figure in panel.figures:
        is_stage = panel.is_funnel and figure.stage in FUNNEL
        shares.append(f"{100 * figure.value / before:.1f}%" if is_stage and before else "")
        before = figure.value if is_stage else None
    return shares


def _bar(at: int, figure: Figure, share: str, most: Decimal, report: Report, words: Mapping[str, str]) -> Html:
    top = at * _ROW + 7
    length = max(_length(figure, most), 1)
    amount = joined(_amount(figure), element("tspan", f"  {share}", class_="name") if share else None)
    return element(
        "g",
        element("text", _stage(figure, words), x=_NAME - 10, y=top + 13, class_="name end"),
        element("rect", x=_NAME, y=top, width=length, height=_BAR, class_="bar"),
        element("text", amount, x=_NAME + length + 7, y=top + 13, class_="figure"),
        data_go=key_of(report, figure.count.id),
    )


def _joint(at: int, members: Sequence[Figure], most: Decimal) -> Html:
    """Return the slope from the stage of a funnel before ``at`` to the one there."""
    upper, lower = (at - 1) * _ROW + 7 + _BAR, at * _ROW + 7
    wide, narrow = (_NAME + _length(members[row], most) for row in (at - 1, at))
    return element("path", d=f"M{_NAME} {upper}H{wide}L{narrow} {lower}H{_NAME}Z", class_="joint")


def _length(figure: Figure, most: Decimal) -> int:
    return int((_WIDTH - _NAME - _VALUE) * figure.value / most) if most > 0 and figure.value > 0 else 0


def _svg(width: int, height: int, title: str, described: str, drawn: Sequence[str]) -> Html:
    inner = joined(element("title", title), element("desc", described), *drawn)
    return element("svg", inner, viewBox=f"0 0 {width} {height}", width=width, height=height, role="img")


def _table(panel: Panel, report: Report, name: str, words: Mapping[str, str]) -> Html:
    share = _head(words["page.change_of"]) if panel.is_funnel else None
    head = element("tr", _head(words["page.stage"]), _head(words["field.value"]), share)
    rows = []
    for figure, passed in zip(panel.figures, _shares(panel), strict=True):
        link = element("a", _amount(figure), href=f"#{key_of(report, figure.count.id)}")
        cells = [element("th", _stage(figure, words), scope="row"), element("td", link)]
        rows.append(element("tr", *cells, element("td", passed) if panel.is_funnel else None))
    return _details(name, head, rows, words)


def _details(name: str, head: Html, rows: Sequence[Html], words: Mapping[str, str]) -> Html:
    caption = element("caption", name, class_="spoken")
    table = element("table", caption, element("thead", head), element("tbody", *rows))
    return element("details", element("summary", words["page.figures"]), table)


def _head(name: str) -> Html:
    return element("th", name, scope="col")


def _stage(figure: Figure, words: Mapping[str, str]) -> str:
    return words.get(f"stage.{figure.stage}", figure.stage)


def _amount(figure: Figure) -> str:
    unit = figure.count.unit or ""
    return number(figure.value) + (unit if figure.is_share else f" {unit}".rstrip())
