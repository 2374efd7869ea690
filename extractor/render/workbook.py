"""Workbook: the rows of tables to an Excel file, a sheet for each."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Self

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from extractor.render.columns import COLUMNS
from extractor.render.numbers import double
from extractor.render.rows import flat, rows, written
from extractor.render.words import heading, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from xlsxwriter.format import Format

    from extractor.choices import Language, Table
    from extractor.records import Document
    from extractor.render.rows import Cell, Row

_ROWS = 1_048_576  # of a sheet, its header too
_CHARACTERS = 32_767  # of a cell
_FIRST_DAY = date(1900, 3, 1)  # before it, Excel counts a day that never was
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - no point in time, but one and the same for the same records


class Workbook:
    """An Excel file of several tables; it is whole when the context has ended without an exception."""

    def __init__(
        self, path: Path, tables: Sequence[Table], labels: Mapping[str, str], language: Language = "zh"
    ) -> None:
        """Keep where to write what."""
        self._path = path
        self._tables = tables
        self._labels = labels
        self._language = language

    def __enter__(self) -> Self:
        """Begin the file with a sheet for each table."""
        # rows go to temporary files at once; text stays text, whatever it begins with
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(str(self._path), {**options, "tmpdir": str(self._path.parent)})
        self._book.set_properties({"created": _MADE})
        head = self._book.add_format({"bold": True, "bottom": 1})
        day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._sheets = {table: _Sheets(self._book, table, self._language, head, day) for table in self._tables}
        return self

    def add(self, document: Document) -> None:
        """Add the rows of ``document``."""
        for table, sheets in self._sheets.items():
            for row in rows(document, table, self._labels):
                sheets.add(row)

    def __exit__(self, kind: object, *_: object) -> None:
        """Write the file; after an exception there is none."""
        if kind is not None:
            return
        try:
            self._book.close()
        except FileCreateError as error:
            raise OSError(*error.args[0].args) from None


class _Sheets:
    """The sheet of one table, and those that follow it when it is full."""

    def __init__(self, book: xlsxwriter.Workbook, table: Table, language: Language, head: Format, day: Format) -> None:
        self._book, self._table, self._language, self._head, self._day = book, table, language, head, day
        self._count = 0
        self._begin()

    def add(self, row: Row) -> None:
        """Write the next row."""
        if self._at == _ROWS:
            self._begin()
        for column, cell in enumerate(row.values()):
            self._write(column, flat(cell))
        self._at += 1

    def _begin(self) -> None:
        self._count += 1
        name = words(self._language)[f"kind.{self._table}"]
        self._sheet = self._book.add_worksheet(name if self._count == 1 else f"{name} {self._count}")
        self._sheet.freeze_panes(1, 0)
        columns = COLUMNS[self._table]
        self._sheet.autofilter(0, 0, 0, len(columns) - 1)
        for number, column in enumerate(columns):
            self._sheet.set_column(number, number, column.width)
            self._sheet.write_string(0, number, heading(self._table, column.name, self._language), self._head)
        self._at = 1

    def _write(self, column: int, cell: Cell) -> None:
        if isinstance(cell, bool):
            self._sheet.write_boolean(self._at, column, cell)
        elif isinstance(cell, Decimal) and (number := double(cell)) is not None:
            self._sheet.write_number(self._at, column, number)
        elif isinstance(cell, int):
            self._sheet.write_number(self._at, column, cell)
        elif isinstance(cell, date) and cell >= _FIRST_DAY:
            self._sheet.write_datetime(self._at, column, cell, self._day)
        elif cell is not None:
            self._sheet.write_string(self._at, column, str(written(cell))[:_CHARACTERS])
