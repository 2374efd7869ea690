"""Files: which files a format is made of, and what writes each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

from msgspec import Struct, field

from extractor.choices import TABLES
from extractor.errors import UsageError
from extractor.extras import need

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from extractor.choices import Form, Language, Table
    from extractor.records import Document

TEXT: tuple[Form, ...] = ("table", "json", "jsonl", "csv")  # which can go to standard output
SINGLE: tuple[Form, ...] = ("csv", "parquet")  # of which a file holds one table
BASES: tuple[Form, ...] = ("duckdb", "sqlite")  # which can be added to
_NESTED: tuple[Form, ...] = ("table", "json", "jsonl")  # which have no rows of one kind


class Writer(Protocol):
    """A file that is begun, given documents, and whole when it has been left without an exception."""

    def __enter__(self) -> Self:
        """Begin the file."""

    def add(self, document: Document) -> None:
        """Add the rows of ``document``."""

    def __exit__(self, kind: object, *_: object) -> None:
        """End the file."""


class Style(Struct, frozen=True):
    """What is written and how: the format, the kind of records or None for all, and what depends on the format.

    ``labels`` name the indicators, ``language`` is that of headings in a workbook, ``bom`` begins CSV for Excel.
    """

    form: Form
    records: Table | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    language: Language = "zh"
    bom: bool = False

    def __post_init__(self) -> None:
        """Check that the parts go together."""
        if self.bom and self.form != "csv":
            raise UsageError("--bom goes with --format csv only")
        if self.records is not None and self.form in _NESTED:
            raise UsageError(f"--records goes with a format of rows, such as csv, not with {self.form}")

    def files(self) -> Mapping[str, Callable[[Path], Writer]]:
        """Return the names of the files, each with what writes it; UsageError where a library is missing."""
        if self.form == "table":
            raise UsageError("a table is for reading; choose another --format for a directory")
        tables = TABLES if self.records is None else (self.records,)
        if self.form in SINGLE:
            return {f"{table}.{self.form}": self._single(table) for table in tables}
        if self.form in ("json", "jsonl"):
            from extractor.render.text import Lines  # noqa: PLC0415 - formats are loaded when used

            return {"documents.jsonl": Lines}
        return {f"records.{self.form}": self._whole(tables)}

    def _single(self, table: Table) -> Callable[[Path], Writer]:
        if self.form == "csv":
            from extractor.render.text import Comma  # noqa: PLC0415 - as above

            return lambda path: Comma(path, table, self.labels, bom=self.bom)
        need("pyarrow", "parquet", "Parquet")
        from extractor.render.parquet import ParquetFile  # noqa: PLC0415 - as above

        return lambda path: ParquetFile(path, table, self.labels)

    def _whole(self, tables: tuple[Table, ...]) -> Callable[[Path], Writer]:
        if self.form == "xlsx":
            need("xlsxwriter", "xlsx", "Excel")
            from extractor.render.workbook import Workbook  # noqa: PLC0415 - as above

            return lambda path: Workbook(path, tables, self.labels, self.language)
        if self.form == "duckdb":
            need("duckdb", "duckdb", "DuckDB")
            need("pyarrow", "duckdb", "DuckDB")
            from extractor.render.duck import DuckFile  # noqa: PLC0415 - as above

            return lambda path: DuckFile(path, tables, self.labels)
        from extractor.render.sqlite import SqliteFile  # noqa: PLC0415 - as above

        return lambda path: SqliteFile(path, tables, self.labels)


def only_file(style: Style) -> Callable[[Path], Writer]:
    """Return what writes the one file of ``style``; UsageError where there are several."""
    files = style.files()
    if len(files) > 1:
        raise UsageError(
            f"a {style.form} file holds one kind of records; choose it with --records, or name a directory (out/)"
        )
    return next(iter(files.values()))
