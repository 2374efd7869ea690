"""Parquet: the rows of one table to a Parquet file, a group of rows at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pyarrow as pa
import pyarrow.parquet

from extractor.render.arrays import batch, schema
from extractor.render.rows import rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from extractor.choices import Table
    from extractor.records import Document
    from extractor.render.rows import Row

_CHUNK = 1_000  # rows that are held as they come; in Arrow's form they take a fraction of the memory
_GROUP = 50_000  # rows that are written together


class ParquetFile:
    """A Parquet file of one table; it is whole when the context has ended without an exception."""

    def __init__(self, path: Path, table: Table, labels: Mapping[str, str]) -> None:
        """Keep where to write what."""
        self._path = path
        self._table = table
        self._labels = labels
        self._rows: list[Row] = []
        self._group: list[pa.RecordBatch] = []

    def __enter__(self) -> Self:
        """Begin the file."""
        self._file = pyarrow.parquet.ParquetWriter(self._path, schema(self._table), compression="zstd")
        return self

    def add(self, document: Document) -> None:
        """Add the rows of ``document``."""
        self._rows.extend(rows(document, self._table, self._labels))
        if len(self._rows) >= _CHUNK:
            self._pack()
        if sum(part.num_rows for part in self._group) >= _GROUP:
            self._flush()

    def __exit__(self, kind: object, *_: object) -> None:
        """Write what is left and close the file."""
        try:
            if kind is None:
                self._pack()
                self._flush()
        finally:
            self._file.close()

    def _pack(self) -> None:
        if self._rows:
            self._group.append(batch(self._rows, self._table))
            self._rows.clear()

    def _flush(self) -> None:
        if self._group:
            together = pa.Table.from_batches(self._group)
            self._file.write_table(together, row_group_size=together.num_rows)
            self._group.clear()
