"""Arrow: a batch of texts to a batch of rows, the step that DuckDB, Polars, pandas, Ray Data and Spark share."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from extractor.choices import TABLES
from extractor.engine import Extractor
from extractor.errors import UsageError
from extractor.extras import need
from extractor.render.rows import rows

need("pyarrow", "parquet", "extractor.arrow")  # before the next line fails without saying what to do

from extractor.render.arrays import batch as batch_of  # noqa: E402
from extractor.render.arrays import schema  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from extractor.choices import Table
    from extractor.records import Document

__all__ = ["extract_batch", "schema"]


def extract_batch(
    batch: pa.RecordBatch, *, records: Table = "counts", extractor: Extractor | None = None
) -> pa.RecordBatch:
    """Return the rows of ``records`` found in the texts of ``batch``, in the columns of ``schema(records)``.

    ``batch`` has a column ``text``, and may have a column ``source`` with the name of each text, without which the
    SHA-256 of the text in UTF-8 is its name; other columns do not matter. A null is no text. ``extractor`` has
    options and rules of your own; it is picklable, so that it can be sent to other processes.

    Raises UsageError for a batch without texts and for unknown ``records``.
    """
    if records not in TABLES:
        raise UsageError(f"unknown kind of records {records!r}; choose from {', '.join(TABLES)}")
    used = _builtin() if extractor is None else extractor
    found = (row for document in _documents(batch, used) for row in rows(document, records, used.labels))
    return batch_of(found, records)


@cache
def _builtin() -> Extractor:
    return Extractor()


def _documents(batch: pa.RecordBatch, extractor: Extractor) -> Iterator[Document]:
    texts = _column(batch, "text")
    names = _column(batch, "source") if "source" in batch.schema.names else [None] * len(texts)
    for name, text in zip(names, texts, strict=True):
        if text is not None:
            document = extractor.extract(text, name=name or "text")
            yield document if name else _named_by_content(document)


def _column(batch: pa.RecordBatch, name: str) -> list[str | None]:
    """Return the cells of a column of strings, of whichever of Arrow's types for them."""
    if name not in batch.schema.names:
        raise UsageError(f"no column {name!r}; rename one of {', '.join(map(repr, batch.schema.names))}")
    cells: list[object] = batch.column(name).to_pylist()
    if wrong := next((cell for cell in cells if not isinstance(cell, (str, type(None)))), None):
        raise UsageError(f"the column {name!r} holds {type(wrong).__name__}, not text")
    return cells  # type: ignore[return-value]  # as was looked at just now


def _named_by_content(document: Document) -> Document:
    source = document.source
    return document.model_copy(update={"source": source.model_copy(update={"name": source.sha256})})
