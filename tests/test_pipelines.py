"""Pipelines: the rows that other engines get from Arrow batches are those of the command line."""

from __future__ import annotations

import os
import pickle
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet
import pytest

from extractor import Extractor
from extractor.arrow import extract_batch, schema
from extractor.choices import TABLES
from extractor.errors import UsageError
from extractor.render.columns import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Outcome

    from extractor.choices import Table

    Command = Callable[..., Outcome]

ROOT = Path(__file__).parent.parent
FIXTURES = sorted((ROOT / "fixtures").glob("*.txt"))
PAGE = ROOT / "docs" / "pipelines.md"
HAS_JAVA = shutil.which("java") is not None


@pytest.fixture(scope="module")
def texts() -> pa.RecordBatch:
    """Return the fixtures as a batch."""
    return pa.record_batch(
        {
            "source": [str(path) for path in FIXTURES],
            "text": [path.read_bytes().decode() for path in FIXTURES],
        }
    )


@pytest.fixture
def from_command(extract_command: Command, tmp_path: Path) -> Callable[[Table], pa.Table]:
    """Return a function that gives the rows of a table as the command line writes them."""

    def read(table: Table) -> pa.Table:
        assert extract_command(*FIXTURES, "--format", "parquet", "--output", f"{tmp_path}/out/").status == 0
        return pyarrow.parquet.read_table(tmp_path / "out" / f"{table}.parquet")

    return read


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_those_of_the_command(
    table: Table, texts: pa.RecordBatch, from_command: Callable[[Table], pa.Table]
) -> None:
    """For every table, but for the hash of bytes where there is only text."""
    found, wanted = extract_batch(texts, records=table), from_command(table)
    assert found.schema == schema(table) == wanted.schema
    assert found.to_pylist() == wanted.to_pylist()


@pytest.mark.parametrize("table", TABLES)
def test_a_schema_has_the_columns_of_every_format(table: Table) -> None:
    """In their order, none of them required."""
    assert schema(table).names == [column.name for column in COLUMNS[table]]
    assert all(field.nullable for field in schema(table))


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())]
)
def test_any_column_of_text_will_do(kind: pa.DataType) -> None:
    """Other columns do not matter, and a null is no text."""
    given = pa.record_batch({"more": [1, 2, 3], "text": pa.array(["受理5件", None, ""], pa.string()).cast(kind)})
    found = extract_batch(given).to_pylist()
    assert [(row["value"], row["unit"]) for row in found] == [(5, "件")]
    assert extract_batch(given, records="sources").column("characters").to_pylist() == [4, 0]


def test_a_text_without_a_name_has_that_of_its_content() -> None:
    """So that rows of several batches can be told apart and led back."""
    batch = pa.record_batch({"text": ["受理5件"], "source": pa.array([None], pa.string())})
    (row,) = extract_batch(batch).to_pylist()
    assert row["source"] == extract_batch(batch, records="sources").to_pylist()[0]["sha256"]
    assert row == extract_batch(batch.select(["text"])).to_pylist()[0]


def test_an_empty_batch_has_no_rows() -> None:
    """But the columns."""
    found = extract_batch(pa.record_batch({"text": pa.array([], pa.string())}))
    assert (found.num_rows, found.schema) == (0, schema())


def test_options_come_with_an_extractor() -> None:
    """Which can be sent to other processes."""
    extractor = pickle.loads(pickle.dumps(Extractor(reference_date="2019")))  # noqa: S301 - our own
    found = extract_batch(pa.record_batch({"text": ["今年3月"]}), records="dates", extractor=extractor)
    assert found.column("value").to_pylist() == ["2019-03"]


@pytest.mark.parametrize(
    ("batch", "records", "message"),
    [
        (pa.record_batch({"content": ["a"]}), "counts", "no column 'text'; rename one of 'content'"),
        (pa.record_batch({"text": [b"a"]}), "counts", "the column 'text' holds bytes, not text"),
        (pa.record_batch({"text": ["a"], "source": [7]}), "counts", "the column 'source' holds int, not text"),
        (pa.record_batch({"text": ["a"]}), "numbers", "unknown kind of records 'numbers'; choose from counts, "),
    ],
)
def test_a_batch_that_cannot_be_used(batch: pa.RecordBatch, records: Table, message: str) -> None:
    """The line says what to change."""
    with pytest.raises(UsageError, match=f"^{message}"):
        extract_batch(batch, records=records)


def test_without_arrow_there_is_a_line() -> None:
    """That says what to install."""
    code = "import sys; sys.modules['pyarrow'] = None; import extractor.arrow"
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    told = "extractor.arrow needs pyarrow, which is not installed: pip install 'gov-text-extractor[parquet]'\n"
    assert outcome.stderr.endswith(told)


def test_pandas(texts: pa.RecordBatch, from_command: Callable[[Table], pa.Table]) -> None:
    """Data frame in, data frame out."""
    frame = texts.to_pandas()
    counts = extract_batch(pa.RecordBatch.from_pandas(frame)).to_pandas()
    pd.testing.assert_frame_equal(counts, from_command("counts").to_pandas())


def test_polars(texts: pa.RecordBatch, from_command: Callable[[Table], pa.Table]) -> None:
    """Decimals and days keep their types."""
    frame = pl.DataFrame(texts)
    found = pl.from_arrow(pa.Table.from_batches(map(extract_batch, frame.to_arrow().to_batches()), schema()))
    assert isinstance(found, pl.DataFrame)
    assert found.equals(pl.DataFrame(from_command("counts")))
    assert found.schema["value"] == pl.Decimal(38, 18)


def test_duckdb(texts: pa.RecordBatch, from_command: Callable[[Table], pa.Table]) -> None:
    """Texts from a query, rows to a query."""
    with duckdb.connect() as base:
        base.register("texts", texts)
        reader = base.cursor().sql("SELECT source, text FROM texts").to_arrow_reader(2)
        base.register("counts", pa.RecordBatchReader.from_batches(schema(), map(extract_batch, reader)))
        found = base.sql("SELECT * FROM counts").to_arrow_table()
    assert found.to_pylist() == from_command("counts").to_pylist()


@pytest.mark.skipif(not HAS_JAVA, reason="Spark needs Java, and there is none here")
def test_spark(from_command: Callable[[Table], pa.Table], tmp_path: Path) -> None:
    """Rows from several partitions, with the lines that the docs show, are those of the command line.

    In a process of its own, as Spark writes to its output.
    """
    (shown,) = re.findall(r"^```py\n(from pyspark.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    code = f"""
from functools import partial
from pyspark.sql import SparkSession
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
{shown}
cite = partial(extract_batch, records="regulations")
schema_of_citations = from_arrow_schema(schema("regulations"))
texts.mapInArrow(lambda batches: map(cite, batches), schema_of_citations).write.parquet("regulations")
"""
    (tmp_path / "reports").mkdir()
    for path in FIXTURES:
        shutil.copy(path, tmp_path / "reports")
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    outcome = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stderr
    for table in ("counts", "regulations"):
        found = pyarrow.parquet.read_table(tmp_path / table).cast(schema(table))
        assert in_order(found) == in_order(from_command(table))


def in_order(found: pa.Table) -> list[dict[str, object]]:
    """Return the rows by source and place, sources without their directories."""
    rows = [{**row, "source": row["source"].rpartition("/")[2]} for row in found.to_pylist()]
    return sorted(rows, key=lambda row: (row["source"], row["report"], row["start"], row["end"]))
