"""Rows: a Document to flat rows, table by table, in the columns that ``columns`` defines."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.render.columns import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from extractor.choices import Table
    from extractor.records import Document, Regulation, Report, Unit

    Part = dict[str, str | int | None]
    Cell = str | int | bool | Decimal | date | Part | tuple[str, ...] | tuple[int, ...] | tuple[Part, ...] | None
    Row = Mapping[str, Cell]


def rows(document: Document, table: Table, labels: Mapping[str, str]) -> Iterator[Row]:
    """Yield the rows of ``table``, in the order of the records; ``labels`` names the indicators."""
    if table == "counts":
        yield from document.rows(labels)
    elif table == "sources":
        found = {**dict(document.source), "source": document.source.name}
        yield {column.name: found[column.name] for column in COLUMNS[table]}
    else:
        for report in document.reports:
            for cells in _MAKERS[table](report):
                place: Row = {"source": document.source.name, "report": report.index, "report_title": report.title}
                row = {**cells, **place}
                yield {column.name: row[column.name] for column in COLUMNS[table]}


def flat(cell: Cell) -> str | int | bool | Decimal | date | None:
    """Return ``cell`` for a format without lists and structures: those become JSON."""
    if isinstance(cell, (tuple, dict)):
        return json.dumps(cell, ensure_ascii=False)
    return cell


def written(cell: Cell) -> str | int | None:
    """Return ``cell`` for a format of text: decimals with all their digits, days as ISO, yes and no as JSON."""
    plain = flat(cell)
    if isinstance(plain, Decimal):
        return f"{plain:f}"
    if isinstance(plain, bool):
        return "true" if plain else "false"
    return plain.isoformat() if isinstance(plain, date) else plain


def _dates(report: Report) -> Iterator[Row]:
    for record in report.dates:
        days = {"start_date": _day(record.start_date), "end_date": _day(record.end_date)}
        yield {**dict(record), **days}


def _units(report: Report) -> Iterator[Row]:
    for record in report.units:
        yield {**dict(record), **_region(record)}


def _region(record: Unit) -> Row:
    region = record.region
    return {"region": region.name if region else None, "region_code": region.code if region else None}


def _regulations(report: Report) -> Iterator[Row]:
    for record in report.regulations:
        yield {**dict(record), "number": _number(record), "articles": _articles(record)}


def _number(record: Regulation) -> Part | None:
    number = record.number
    return None if number is None else {"code": number.code, "year": number.year, "serial": str(number.serial)}


def _articles(record: Regulation) -> tuple[Part, ...]:
    """Return the provisions; an article is text throughout, as ``30-1`` is no number."""
    return tuple(
        {
            "article": None if one.article is None else str(one.article),
            "paragraph": one.paragraph,
            "item": one.item,
        }
        for one in record.articles
    )


def _checks(report: Report) -> Iterator[Row]:
    for number, check in enumerate(report.checks, 1):
        yield {**dict(check), "id": f"k{number}"}


def _reports(report: Report) -> Iterator[Row]:
    yield {**dict(report), "region": report.region()}


def _day(text: str | None) -> date | str | None:
    """Return the day, or its text where it lies before the first year that days can be counted in."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        return text


_MAKERS: Mapping[Table, Callable[[Report], Iterator[Row]]] = {
    "dates": _dates,
    "units": _units,
    "regulations": _regulations,
    "checks": _checks,
    "reports": _reports,
}
