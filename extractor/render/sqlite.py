"""SQLite: Documents to the tables of a database file, the rows of a source replaced as a whole."""

from __future__ import annotations

import sqlite3
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from extractor.errors import UsageError
from extractor.render.columns import COLUMNS, KEYS, whole
from extractor.render.numbers import double
from extractor.render.rows import flat, rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from extractor.choices import Table
    from extractor.records import Document
    from extractor.render.columns import Column, Type
    from extractor.render.rows import Cell

_SOURCES = 200  # that are written in one transaction
_TYPES: Mapping[Type, str] = {
    "text": "TEXT",
    "whole": "INTEGER",
    "decimal": "",  # no type, so that SQLite keeps what it is given
    "day": "TEXT",
    "flag": "INTEGER",
    "texts": "TEXT",
    "wholes": "TEXT",
    "number": "TEXT",
    "articles": "TEXT",
}


class SqliteFile:
    """A database that is added to; each source is in it as a whole or not at all, also after a crash."""

    def __init__(self, path: Path, tables: Sequence[Table], labels: Mapping[str, str]) -> None:
        """Keep where to write what."""
        self._path = path
        self._tables = whole(tables)
        self._labels = labels
        self._added = 0

    def __enter__(self) -> Self:
        """Open the database, or begin one, with all tables."""
        try:
            self._base = sqlite3.connect(self._path, isolation_level=None)
            self._base.execute("PRAGMA foreign_keys = ON")
            self._base.execute("BEGIN IMMEDIATE")
            for table in self._tables:
                self._base.execute(_definition(table))
        except sqlite3.Error as error:
            raise self._failure(error) from None
        return self

    def add(self, document: Document) -> None:
        """Replace the rows of the document's source by those of ``document``."""
        try:
            self._base.execute("DELETE FROM sources WHERE source = ?", [document.source.name])
            for table in self._tables:
                marks = ", ".join("?" * len(COLUMNS[table]))
                names = ", ".join(f'"{column.name}"' for column in COLUMNS[table])
                self._base.executemany(
                    f'INSERT INTO "{table}" ({names}) VALUES ({marks})',  # noqa: S608 - names of our own
                    ([_stored(row[column.name]) for column in COLUMNS[table]]
                     for row in rows(document, table, self._labels)),
                )  # fmt: skip
            self._added += 1
            if self._added % _SOURCES == 0:
                self._base.execute("COMMIT")
                self._base.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise self._failure(error) from None

    def __exit__(self, kind: object, *_: object) -> None:
        """Keep what was added; the source at which an exception came is as it was."""
        try:
            if self._base.in_transaction:
                self._base.execute("COMMIT" if kind is None else "ROLLBACK")
        except sqlite3.Error as error:
            raise self._failure(error) from None
        finally:
            self._base.close()

    def _failure(self, error: sqlite3.Error) -> UsageError:
        return UsageError(f"cannot write {str(self._path)!r}: {error}")


def _definition(table: Table) -> str:
    """Return the statement that makes ``table``; what belongs to a source goes when the source goes."""
    parts = [_column(column) for column in COLUMNS[table]]
    parts.append(f"PRIMARY KEY ({', '.join(KEYS[table])})")
    if table == "reports":
        parts.append("FOREIGN KEY (source) REFERENCES sources (source) ON DELETE CASCADE")
    elif table != "sources":
        parts.append("FOREIGN KEY (source, report) REFERENCES reports (source, report) ON DELETE CASCADE")
    return f'CREATE TABLE IF NOT EXISTS "{table}" ({", ".join(parts)})'


def _column(column: Column) -> str:
    return f'"{column.name}" {_TYPES[column.type]}'.rstrip()


def _stored(cell: Cell) -> str | int | float | None:
    """Return ``cell`` as SQLite keeps it: decimals as numbers, but as text where a double would lose digits."""
    plain = flat(cell)
    if isinstance(plain, Decimal):
        number = double(plain)
        return f"{plain:f}" if number is None else number
    if isinstance(plain, bool):
        return int(plain)
    return plain.isoformat() if isinstance(plain, date) else plain
