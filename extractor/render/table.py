"""Table: a Document to tables for a terminal, one for each kind of record."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from msgspec import Struct
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.records import Article, Count, Date, Document, Regulation, Report, Unit

_COLOURS = {"counts": "green", "dates": "cyan", "units": "magenta", "regulations": "yellow"}


class _Block(Struct, frozen=True):
    """One table: its kind, its columns, its rows."""

    kind: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[object, ...]]


def table(document: Document, *, colour: bool, width: int) -> str:
    """Return the document as tables of ``width`` columns; long cells are folded, nothing is cut off."""
    output = StringIO()
    console = Console(
        file=output, width=width, force_terminal=colour, color_system="standard" if colour else None, highlight=False
    )
    for report in document.reports:
        console.print(_heading(document, report))
        for block in _blocks(report):
            console.print(_drawn(block))
        for check in report.checks:
            mark, style = ("✓", "green") if check.ok else ("✗", "bold red")
            console.print(Text.assemble((f"{mark} {check.kind} ", style), _shown(check.message)))
        console.print()
    return output.getvalue()


def _heading(document: Document, report: Report) -> Text:
    facts = [report.issuer, report.period, f"{document.source.name}:{report.start}-{report.end}"]
    known = " · ".join(_shown(fact) for fact in facts if fact)
    return Text.assemble((_shown(report.title or "(no title)"), "bold"), "  ", (known, "dim"))


def _blocks(report: Report) -> Iterator[_Block]:
    """Yield the tables of ``report``; a kind with no record has none."""
    count = ("id", "text", "value", "unit", "item", "action", "indicator", "period", "at")
    date = ("id", "text", "value", "kind", "at")
    unit = ("id", "text", "name", "kind", "level", "region", "at")
    regulation = ("id", "text", "title", "number", "provisions", "status", "at")
    for block in (
        _Block("counts", count, [_count(record) for record in report.counts]),
        _Block("dates", date, [_date(record) for record in report.dates]),
        _Block("units", unit, [_unit(record) for record in report.units]),
        _Block("regulations", regulation, [_regulation(record) for record in report.regulations]),
    ):
        if block.rows:
            yield block


def _count(record: Count) -> tuple[object, ...]:
    return (
        record.id, record.text, _value(record), record.unit, record.item, record.action, record.indicator,
        record.period, record.start,
    )  # fmt: skip


def _date(record: Date) -> tuple[object, ...]:
    return record.id, record.text, record.value, record.kind, record.start


def _unit(record: Unit) -> tuple[object, ...]:
    region = record.region.name if record.region else None
    return record.id, record.text, record.name, record.kind, record.level, region, record.start


def _regulation(record: Regulation) -> tuple[object, ...]:
    provisions = "; ".join(_provision(article) for article in record.articles)
    return (
        record.id, record.text, record.title, record.document_number, provisions, record.status, record.start,
    )  # fmt: skip


def _value(record: Count) -> str:
    """Return the value, or its bounds where it is not exact: ``≥3000``, ``3…5``, ``≈200``."""
    if record.qualifier == "exact" and record.value is not None:
        return f"{record.value:f}"
    if record.lower is not None and record.upper is not None:
        return f"{record.lower:f}…{record.upper:f}"
    if record.lower is not None:
        return f"≥{record.lower:f}"
    if record.upper is not None:
        return f"≤{record.upper:f}"
    return "" if record.value is None else f"≈{record.value:f}"


def _provision(article: Article) -> str:
    parts = (article.article, article.paragraph, article.item)
    return ".".join("" if part is None else str(part) for part in parts).rstrip(".")


def _drawn(block: _Block) -> Table:
    colour = _COLOURS[block.kind]
    drawn = Table(title=block.kind, title_justify="left", title_style=f"bold {colour}", box=SIMPLE_HEAD)
    for name in block.columns:
        number = name in ("value", "at") and block.kind == "counts"
        drawn.add_column(
            name, overflow="fold", style=colour if name == "text" else "", justify="right" if number else "left"
        )
    for row in block.rows:
        drawn.add_row(*(Text("" if cell is None else _shown(str(cell))) for cell in row))
    return drawn


def _shown(text: str) -> str:
    """Return ``text`` on one line, without characters that would steer the terminal."""
    return "".join(character if character.isprintable() else " " for character in text)
