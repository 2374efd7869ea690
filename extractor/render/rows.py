"""Rows: the counts of Documents to CSV, one row each, under one header."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractor.records import Document

COLUMNS = (
    "title", "issuer", "region", "period", "indicator", "label", "item", "action", "value", "lower", "upper",
    "qualifier", "unit", "parent", "source", "start", "end",
)  # fmt: skip


class Rows:
    """Turns one document after the other into CSV; the header, and the byte order mark, come with the first."""

    def __init__(self, labels: Mapping[str, str], *, bom: bool = False) -> None:
        """Keep the ``labels`` of the indicators and what stands before the first row."""
        self._labels = labels
        self._head = ("\ufeff" if bom else "") + ",".join(COLUMNS) + "\n"

    def __call__(self, document: Document) -> str:
        """Return a line for each count; what is unknown is an empty cell."""
        lines = StringIO(newline="")
        lines.write(self._head)
        self._head = ""
        writer = csv.DictWriter(lines, COLUMNS, lineterminator="\n")
        for row in document.rows(self._labels):
            writer.writerow({name: f"{cell:f}" if isinstance(cell, Decimal) else cell for name, cell in row.items()})
        return lines.getvalue()
