"""DuckDB: Documents to the tables of a database file, the rows of a source replaced as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import duckdb

from extractor.errors import UsageError
from extractor.render.arrays import PRECISION, SCALE, batch
from extractor.render.columns import COLUMNS, KEYS, whole
from extractor.render.rows import rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from extractor.choices import Table
    from extractor.records import Document
    from extractor.render.columns import Type
    from extractor.render.rows import Row

_ROWS = 20_000  # that are held in memory and written in one transaction
_TYPES: Mapping[Type, str] = {
    "text": "VARCHAR",
    "whole": "BIGINT",
    "decimal": f"DECIMAL({PRECISION}, {SCALE})",
    "day": "DATE",
    "flag": "BOOLEAN",
    "texts": "VARCHAR[]",
    "wholes": "BIGINT[]",
    "number": "STRUCT(code VARCHAR, year BIGINT, serial VARCHAR)",
    "articles": "STRUCT(article VARCHAR, paragraph BIGINT, item BIGINT)[]",
}


class DuckFile:
    """A database that is added to; each source is in it as a whole or not at all, also after a crash."""

    def __init__(self, path: Path, tables: Sequence[Table], labels: Mapping[str, str]) -> None:
        """Keep where to write what."""
        self._path = path
        self._tables = whole(tables)
        self._labels = labels
        self._sources: list[str] = []
        self._rows: dict[Table, list[Row]] = {table: [] for table in self._tables}

    def __enter__(self) -> Self:
        """Open the database, or begin one, with all tables."""
        try:
            self._base = duckdb.connect(str(self._path), config={"threads": 1})  # the same file for the same rows
            for table in self._tables:
                parts = [f'"{column.name}" {_TYPES[column.type]}' for column in COLUMNS[table]]
                if table in ("sources", "reports"):  # an index of all records would be held in memory
                    parts.append(f"PRIMARY KEY ({', '.join(KEYS[table])})")
                self._base.execute(f'CREATE TABLE IF NOT EXISTS "{table}" ({", ".join(parts)})')
        except duckdb.Error as error:
            raise self._failure(error) from None
        return self

    def add(self, document: Document) -> None:
        """Replace the rows of the document's source by those of ``document``."""
        if document.source.name in self._sources:
            self._flush()
        self._sources.append(document.source.name)
        for table, found in self._rows.items():
            found.extend(rows(document, table, self._labels))
        if sum(map(len, self._rows.values())) >= _ROWS:
            self._flush()

    def __exit__(self, kind: object, *_: object) -> None:
        """Write what is left; after an exception, only what was written before."""
        try:
            if kind is None:
                self._flush()
        finally:
            self._base.close()

    def _flush(self) -> None:
        """Replace the rows of the sources at hand in one transaction."""
        base = self._base
        try:
            base.execute("BEGIN")
            known = base.execute("SELECT source FROM sources WHERE source IN (SELECT unnest(?))", [self._sources])
            replaced = [source for (source,) in known.fetchall()]
            for table, found in self._rows.items():
                if replaced:
                    base.execute(f'DELETE FROM "{table}" WHERE source IN (SELECT unnest(?))', [replaced])  # noqa: S608 - names of our own
                if found:
                    base.register("found", batch(found, table))
                    base.execute(f'INSERT INTO "{table}" BY NAME SELECT * FROM found')  # noqa: S608 - as above
                    base.unregister("found")
            base.execute("COMMIT")
        except duckdb.Error as error:
            raise self._failure(error) from None
        self._sources.clear()
        for found in self._rows.values():
            found.clear()

    def _failure(self, error: duckdb.Error) -> UsageError:
        return UsageError(f"cannot write {str(self._path)!r}: {str(error).splitlines()[0]}")
