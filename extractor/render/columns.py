"""Columns: what a row of each table has, defined once for CSV, Excel, Parquet, DuckDB, SQLite and Arrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from extractor.choices import ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from extractor.choices import Table

Type = Literal["text", "whole", "decimal", "day", "flag", "texts", "wholes", "number", "articles"]

KEYS: Mapping[Table, tuple[str, ...]] = {
    "counts": ("source", "report", "id"),
    "dates": ("source", "report", "id"),
    "units": ("source", "report", "id"),
    "regulations": ("source", "report", "id"),
    "checks": ("source", "report", "id"),
    "reports": ("source", "report"),
    "sources": ("source",),
}


class Column(Struct, frozen=True):
    """A column: its name, its type, its width in a sheet in characters."""

    name: str
    type: Type
    width: int = 12


def whole(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Return ``tables`` with those that hold their keys, what is pointed at before what points."""
    return ("sources", "reports", *(table for table in ROWS if table in tables))


_SOURCE = Column("source", "text", 24)
_REPORT = Column("report", "whole", 10)
_ID = Column("id", "text", 8)
_START = Column("start", "whole", 10)
_END = Column("end", "whole", 10)
_TEXT = Column("text", "text", 24)
_RULE = Column("rule", "text", 24)
_REPORT_TITLE = Column("report_title", "text", 32)
_LOCATOR = Column("locator", "text", 14)
_PLACE = (_SOURCE, _REPORT, _ID, _START, _END, _LOCATOR, _RULE)

COLUMNS: Mapping[Table, tuple[Column, ...]] = {
    "counts": (
        Column("title", "text", 32),
        Column("issuer", "text", 20),
        Column("region", "text", 14),
        Column("period", "text", 14),
        Column("indicator", "text", 24),
        Column("label", "text", 24),
        Column("item", "text", 20),
        Column("action", "text", 10),
        Column("value", "decimal", 14),
        Column("lower", "decimal", 14),
        Column("upper", "decimal", 14),
        Column("qualifier", "text", 10),
        Column("unit", "text", 10),
        Column("parent", "text", 10),
        _SOURCE,
        _START,
        _END,
        _REPORT,
        _ID,
        _TEXT,
        _LOCATOR,
        Column("dimension", "text", 12),
        Column("fraction", "text", 10),
        Column("actor", "text", 20),
        Column("change", "text", 10),
        Column("baseline", "text", 14),
        _RULE,
    ),
    "dates": (
        _REPORT_TITLE,
        _TEXT,
        Column("value", "text", 20),
        Column("start_date", "day", 12),
        Column("end_date", "day", 12),
        Column("granularity", "text", 12),
        Column("kind", "text", 12),
        Column("part", "text", 10),
        *_PLACE,
    ),
    "units": (
        _REPORT_TITLE,
        _TEXT,
        Column("name", "text", 28),
        Column("kind", "text", 14),
        Column("level", "text", 12),
        Column("region", "text", 14),
        Column("region_code", "text", 12),
        *_PLACE,
    ),
    "regulations": (
        _REPORT_TITLE,
        _TEXT,
        Column("title", "text", 36),
        Column("level", "text", 18),
        Column("document_number", "text", 20),
        Column("number", "number", 24),
        Column("articles", "articles", 24),
        Column("alias", "text", 14),
        Column("alias_of", "text", 10),
        Column("issuer", "text", 20),
        Column("status", "text", 12),
        *_PLACE,
    ),
    "checks": (
        _REPORT_TITLE,
        Column("kind", "text", 12),
        Column("ok", "flag", 10),
        Column("message", "text", 60),
        Column("records", "texts", 18),
        Column("reports", "wholes", 12),
        _SOURCE,
        _REPORT,
        _ID,
    ),
    "reports": (
        Column("title", "text", 40),
        Column("issuer", "text", 20),
        Column("region", "text", 14),
        Column("period", "text", 14),
        _SOURCE,
        _REPORT,
        _START,
        _END,
    ),
    "sources": (
        _SOURCE,
        Column("sha256", "text", 24),
        Column("encoding", "text", 12),
        Column("characters", "whole", 12),
    ),
}
