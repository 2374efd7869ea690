"""Arrays: the rows of a table to Arrow record batches of one fixed schema, for Parquet, DuckDB and other engines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pyarrow as pa

from extractor.render.columns import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from extractor.choices import Table
    from extractor.render.columns import Type
    from extractor.render.rows import Cell, Row

PRECISION, SCALE = 38, 18  # the most digits that DuckDB, Spark and Polars hold: 20 before the point, 18 behind it
_LIMIT = Decimal(10) ** (PRECISION - SCALE)
_WHOLE = 1 << 63

_TYPES: Mapping[Type, pa.DataType] = {
    "text": pa.string(),
    "whole": pa.int64(),
    "decimal": pa.decimal128(PRECISION, SCALE),
    "day": pa.date32(),
    "flag": pa.bool_(),
    "texts": pa.list_(pa.string()),
    "wholes": pa.list_(pa.int64()),
    "number": pa.struct([("code", pa.string()), ("year", pa.int64()), ("serial", pa.string())]),
    "articles": pa.list_(pa.struct([("article", pa.string()), ("paragraph", pa.int64()), ("item", pa.int64())])),
}


def schema(table: Table = "counts") -> pa.Schema:
    """Return the Arrow schema of ``table``: its columns in their order, all of them nullable."""
    return pa.schema([(column.name, _TYPES[column.type]) for column in COLUMNS[table]])


def batch(rows: Iterable[Row], table: Table) -> pa.RecordBatch:
    """Return ``rows`` as one record batch; what its column cannot hold exactly is null."""
    found = list(rows)
    described = schema(table)
    arrays = [
        pa.array([_fitting(row[column.name], column.type) for row in found], field.type)
        for column, field in zip(COLUMNS[table], described, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=described)


def _fitting(cell: Cell, kind: Type) -> object:
    if kind == "day":
        return cell if isinstance(cell, date) else None
    if isinstance(cell, Decimal):
        return cell if _fits(cell) else None
    if isinstance(cell, tuple):
        return [_bounded(one) if isinstance(one, dict) else one for one in cell]
    return _bounded(cell) if isinstance(cell, dict) else cell


def _fits(value: Decimal) -> bool:
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -SCALE and abs(value) < _LIMIT


def _bounded(part: Mapping[str, str | int | None]) -> dict[str, str | int | None]:
    """Return ``part`` without the whole numbers that no column holds."""
    return {
        name: None if isinstance(value, int) and not -_WHOLE <= value < _WHOLE else value
        for name, value in part.items()
    }
