"""Delimited: the rows of one table to CSV, document after document, under one header."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from extractor.render.columns import COLUMNS
from extractor.render.rows import rows, written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractor.choices import Table
    from extractor.records import Document


class Delimited:
    """Turns one document after the other into CSV; the header, and the byte order mark, come with the first."""

    def __init__(self, table: Table, labels: Mapping[str, str], *, bom: bool = False) -> None:
        """Keep the ``table``, the ``labels`` of the indicators and what stands before the first row."""
        self._table = table
        self._labels = labels
        self._head = ("\ufeff" if bom else "") + ",".join(column.name for column in COLUMNS[table]) + "\n"

    def head(self) -> str:
        """Return the header the first time, nothing later."""
        head, self._head = self._head, ""
        return head

    def __call__(self, document: Document) -> str:
        """Return a line for each row; what is unknown is an empty cell."""
        lines = StringIO(newline="")
        lines.write(self.head())
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerows([written(cell) for cell in row.values()] for row in rows(document, self._table, self._labels))
        return lines.getvalue()
