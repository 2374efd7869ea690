"""The formats of rows: all of them say the same, with exact numbers, and none of them runs what it holds."""

from __future__ import annotations

import csv
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import openpyxl
import pyarrow.parquet
import pytest
from openpyxl.utils.escape import unescape

from extractor import Extractor
from extractor.choices import ROWS, TABLES
from extractor.records import Count, Document, Report, Source
from extractor.render.arrays import schema
from extractor.render.columns import COLUMNS, KEYS
from extractor.render.files import Style
from extractor.render.numbers import double
from extractor.render.rows import rows
from extractor.render.words import heading, words
from extractor.run.save import save

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Outcome

    from extractor.choices import Table
    from extractor.render.rows import Cell

    Command = Callable[..., Outcome]

FIXTURES = sorted((Path(__file__).parent.parent / "fixtures").glob("*.txt"))
NOTICE, SUMMARY = (Path(__file__).parent.parent / "fixtures" / f"{name}.txt" for name in ("notice", "county-summary"))
LABELS = Extractor().labels


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    """Return what is found in the fixtures."""
    extractor = Extractor()
    return [extractor.extract(path.read_bytes().decode(), name=path.name) for path in FIXTURES]


def expected(documents: list[Document], table: Table) -> list[tuple[Cell, ...]]:
    """Return the rows that every format must give back."""
    return [tuple(row.values()) for document in documents for row in rows(document, table, LABELS)]


def plain(cell: object) -> str | None:
    """Return what a cell says, in one spelling for all formats."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, (int, float, Decimal)):
        return f"{Decimal(str(cell)).normalize():f}"
    if isinstance(cell, (list, tuple, dict)):
        return json.dumps(cell, ensure_ascii=False)
    return {"true": "1", "false": "0"}.get(str(cell), str(cell))


def numbers_as_text(table: Table, found: list[tuple[object, ...]]) -> list[tuple[str | None, ...]]:
    """Return rows in which numbers are spelled in one way, also those that the format keeps as text."""
    types = [column.type for column in COLUMNS[table]]
    return [
        tuple(
            plain(Decimal(cell)) if kind in ("decimal", "whole") and isinstance(cell, str) and cell else plain(cell)
            for kind, cell in zip(types, row, strict=True)
        )
        for row in found
    ]


def read_csv(folder: Path, table: Table) -> list[tuple[object, ...]]:
    """Return the rows of a CSV file."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        header, *found = csv.reader(file)
    assert header == [column.name for column in COLUMNS[table]]
    return [tuple(row) for row in found]


def read_parquet(folder: Path, table: Table) -> list[tuple[object, ...]]:
    """Return the rows of a Parquet file."""
    found = pyarrow.parquet.read_table(folder / f"{table}.parquet")
    assert found.schema.equals(schema(table))
    return [tuple(row.values()) for row in found.to_pylist()]


def read_xlsx(folder: Path, table: Table) -> list[tuple[object, ...]]:
    """Return the rows of a sheet."""
    book = openpyxl.load_workbook(folder / "records.xlsx")
    return list(book[words("zh")[f"kind.{table}"]].iter_rows(min_row=2, values_only=True))


def read_sqlite(folder: Path, table: Table) -> list[tuple[object, ...]]:
    """Return the rows of a table in SQLite."""
    with closing(sqlite3.connect(folder / "records.sqlite")) as base:
        return base.execute(f'SELECT * FROM "{table}" ORDER BY rowid').fetchall()  # noqa: S608 - our own names


def read_duckdb(folder: Path, table: Table) -> list[tuple[object, ...]]:
    """Return the rows of a table in DuckDB."""
    with duckdb.connect(str(folder / "records.duckdb"), read_only=True) as base:
        return base.execute(f'SELECT * FROM "{table}" ORDER BY rowid').fetchall()  # noqa: S608 - as above


READERS = {
    "csv": read_csv,
    "parquet": read_parquet,
    "xlsx": read_xlsx,
    "sqlite": read_sqlite,
    "duckdb": read_duckdb,
}


def written(documents: list[Document], folder: Path, style: Style) -> Path:
    """Write ``documents`` into ``folder`` and return it."""
    for name, make in style.files().items():
        with make(folder / name) as file:
            for document in documents:
                file.add(document)
    return folder


@pytest.mark.parametrize("form", list(READERS))
def test_every_format_has_the_same_rows(form: str, documents: list[Document], tmp_path: Path) -> None:
    """All tables, all cells, in the order of the records."""
    folder = written(documents, tmp_path, Style(form, labels=LABELS))
    for table in TABLES:
        found, wanted = READERS[form](folder, table), expected(documents, table)
        assert numbers_as_text(table, found) == numbers_as_text(table, wanted), table


def test_every_kind_has_rows_in_the_fixtures(documents: list[Document]) -> None:
    """So that the test above compares something, lists and structures too."""
    assert [table for table in TABLES if not expected(documents, table)] == []
    found = [dict(row) for document in documents for row in rows(document, "regulations", LABELS)]
    assert any(row["articles"] for row in found)
    assert any(row["number"] for row in found)


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_named_once_in_two_languages(table: Table) -> None:
    """No name and no label twice in a table; the keys are columns, and they come from every row."""
    columns = COLUMNS[table]
    headings = [[heading(table, column.name, language) for column in columns] for language in ("zh", "en")]
    for names in ([column.name for column in columns], *headings):
        assert sorted(set(names)) == sorted(names)
    assert set(KEYS[table]) <= {column.name for column in columns}


@pytest.mark.parametrize("table", TABLES)
def test_keys_are_unique(table: Table, documents: list[Document]) -> None:
    """A row is found by source, report and id."""
    places = [[column.name for column in COLUMNS[table]].index(key) for key in KEYS[table]]
    keys = [tuple(row[place] for place in places) for row in expected(documents, table)]
    assert len(set(keys)) == len(keys)


def with_value(value: str, **more: str) -> Document:
    """Return a document with one count of ``value``."""
    count = Count(id="c1", start=0, end=1, text="1", rule="count.a", value=Decimal(value), **more)
    report = Report(index=1, title=None, start=0, end=1, counts=(count,))
    source = Source(name="a.txt", sha256="0" * 64, encoding="utf-8", characters=1)
    return Document(source=source, reports=(report,))


EXACT = ["105", "0", "-5", "0.666667", "100000000000000.25", "99999999999999999999", "0.1234567890123456"]


@pytest.mark.parametrize("value", EXACT)
@pytest.mark.parametrize("form", list(READERS))
def test_numbers_keep_their_digits(form: str, value: str, tmp_path: Path) -> None:
    """Whatever the format's own numbers can hold."""
    folder = written([with_value(value)], tmp_path, Style(form))
    ((*_,),) = found = READERS[form](folder, "counts")
    at = [column.name for column in COLUMNS["counts"]].index("value")
    assert Decimal(str(found[0][at])) == Decimal(value)


@pytest.mark.parametrize("value", ["100000000000000000000", "0.1234567890123456789", "12345678901234567890123"])
@pytest.mark.parametrize("form", list(READERS))
def test_a_number_that_does_not_fit_is_never_rounded(form: str, value: str, tmp_path: Path) -> None:
    """It is null where decimals have 20 digits before the point and 18 behind it, and exact elsewhere."""
    folder = written([with_value(value)], tmp_path, Style(form))
    at = [column.name for column in COLUMNS["counts"]].index("value")
    found = READERS[form](folder, "counts")[0][at]
    assert (found is None) if form in ("parquet", "duckdb") else Decimal(str(found)) == Decimal(value)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("105", 105), ("99.96", 99.96), ("100000000000000.25", None), ("0.666667", 0.666667),
        ("1" + "0" * 30, 1e30), ("1.00000000000000000000000000001", None), ("0", 0),
    ],
)  # fmt: skip
def test_a_double_is_used_where_it_keeps_all_digits(value: str, kept: float | None) -> None:
    """Fifteen significant ones."""
    assert double(Decimal(value)) == kept


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x", "{=A1}", "_x0041_", "a\x01b", "0012"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_in_a_workbook_is_text(text: str, tmp_path: Path) -> None:
    """Never a formula, a link or a number."""
    folder = written([with_value("1", item=text)], tmp_path, Style("xlsx"))
    sheet = openpyxl.load_workbook(folder / "records.xlsx")["数量"]
    cell = sheet.cell(2, [column.name for column in COLUMNS["counts"]].index("item") + 1)
    assert (cell.data_type, cell.hyperlink) in {("s", None), ("inlineStr", None)}
    assert unescape(str(cell.value)) == text


@pytest.mark.parametrize(("language", "sheets", "first"), [("zh", "数量", "报告"), ("en", "Counts", "Report")])
def test_a_workbook_has_headings(language: str, sheets: str, first: str, tmp_path: Path) -> None:
    """In the language asked for, above rows that scroll beneath them, with columns of a width that suits them."""
    folder = written([with_value("1")], tmp_path, Style("xlsx", language=language))
    book = openpyxl.load_workbook(folder / "records.xlsx")
    assert [words(language)[f"kind.{table}"] for table in TABLES] == book.sheetnames
    assert (book[sheets]["A1"].value, book[sheets].freeze_panes) == (first, "A2")
    widths = [round(book[sheets].column_dimensions[letter].width) for letter in "AB"]
    assert widths == [column.width + 1 for column in COLUMNS["counts"][:2]]


def test_a_day_in_a_workbook_is_a_day(documents: list[Document], tmp_path: Path) -> None:
    """So that it sorts and filters as one; days before 1900, which Excel does not have, are text."""
    folder = written(documents, tmp_path, Style("xlsx", "dates"))
    sheet = openpyxl.load_workbook(folder / "records.xlsx")["日期"]
    at = [column.name for column in COLUMNS["dates"]].index("start_date") + 1
    days = [sheet.cell(row, at) for row in range(2, sheet.max_row + 1)]
    assert any(cell.is_date for cell in days)
    assert {type(cell.value) for cell in days} <= {datetime, type(None), str}


def test_parquet_has_proper_types(documents: list[Document], tmp_path: Path) -> None:
    """Decimals, days, lists and structures."""
    folder = written(documents, tmp_path, Style("parquet"))
    regulations = pyarrow.parquet.read_table(folder / "regulations.parquet").to_pylist()
    assert any(isinstance(row["number"], dict) and isinstance(row["number"]["year"], int) for row in regulations)
    assert any(row["articles"] and isinstance(row["articles"][0]["article"], str) for row in regulations)
    dates = pyarrow.parquet.read_table(folder / "dates.parquet").to_pylist()
    assert any(isinstance(row["start_date"], date) for row in dates)
    counts = pyarrow.parquet.read_table(folder / "counts.parquet").to_pylist()
    assert {type(row["value"]) for row in counts} <= {Decimal, type(None)}


@pytest.mark.parametrize("form", ["sqlite", "duckdb"])
def test_a_source_is_replaced_in_a_database(form: str, documents: list[Document], tmp_path: Path) -> None:
    """Its old rows go, others stay, and so does what else is in the database."""
    path = tmp_path / f"records.{form}"
    save(iter(documents), path, Style(form, labels=LABELS))
    before = {table: READERS[form](tmp_path, table) for table in TABLES}
    connect = sqlite3.connect if form == "sqlite" else duckdb.connect
    with closing(connect(str(path))) as base:
        base.execute("CREATE VIEW mine AS SELECT source, count(*) AS records FROM counts GROUP BY source")
    save(iter(documents[:2]), path, Style(form, labels=LABELS))
    assert {table: sorted(map(repr, READERS[form](tmp_path, table))) for table in TABLES} == {
        table: sorted(map(repr, found)) for table, found in before.items()
    }
    emptied = documents[0].model_copy(update={"reports": ()})
    save(iter([emptied]), path, Style(form, labels=LABELS))
    with closing(connect(str(path))) as base:
        found = dict(base.execute("SELECT * FROM mine").fetchall())
    assert set(found) == {document.source.name for document in documents[1:] if document.reports[0].counts}


def test_the_keys_of_sqlite_hold(documents: list[Document], tmp_path: Path) -> None:
    """A record without its report cannot be, and a source takes its records with it."""
    save(iter(documents), tmp_path / "records.sqlite", Style("sqlite", labels=LABELS))
    with closing(sqlite3.connect(tmp_path / "records.sqlite")) as base:
        base.execute("PRAGMA foreign_keys = ON")
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        with pytest.raises(sqlite3.IntegrityError):
            base.execute("INSERT INTO counts (source, report, id) VALUES ('nowhere', 1, 'c1')")
        base.execute("DELETE FROM sources")
        assert [base.execute(f"SELECT count(*) FROM {table}").fetchone() for table in TABLES] == [(0,)] * len(TABLES)  # noqa: S608 - our own names


@pytest.mark.parametrize("form", ["sqlite", "duckdb"])
def test_a_failure_leaves_a_database_as_it_was(form: str, documents: list[Document], tmp_path: Path) -> None:
    """What came in before in the same transaction is not in it either."""
    path = tmp_path / f"records.{form}"
    save(iter(documents[:1]), path, Style(form, labels=LABELS))
    before = {table: READERS[form](tmp_path, table) for table in TABLES}

    def broken() -> Iterator[Document]:
        yield documents[1]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        save(broken(), path, Style(form, labels=LABELS))
    assert {table: READERS[form](tmp_path, table) for table in TABLES} == before


@pytest.mark.parametrize("form", ["xlsx", "parquet", "sqlite", "duckdb"])
def test_a_new_file_is_whole_or_not_there(form: str, documents: list[Document], tmp_path: Path) -> None:
    """Nor is anything left beside it."""

    def broken() -> Iterator[Document]:
        yield documents[1]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        save(broken(), tmp_path / "out", Style(form, "counts", labels=LABELS))
    assert list(tmp_path.iterdir()) == []
    save(iter(documents), tmp_path / "out", Style(form, "counts", labels=LABELS))
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("form", ["xlsx", "parquet", "sqlite"])
def test_the_same_records_are_the_same_bytes(form: str, documents: list[Document], tmp_path: Path) -> None:
    """Two runs give identical files; DuckDB puts a random number into each."""
    save(iter(documents), tmp_path / "a", Style(form, "counts", labels=LABELS))
    save(iter(documents), tmp_path / "b", Style(form, "counts", labels=LABELS))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("form", ["xlsx", "parquet", "sqlite", "duckdb"])
def test_the_command_writes_every_format(form: str, extract_command: Command, tmp_path: Path) -> None:
    """With --records where a file holds one kind only; silent on success."""
    target = tmp_path / f"records.{form}"
    outcome = extract_command(SUMMARY, NOTICE, "--format", form, "--records", "counts", "--output", target)
    assert (outcome.status, outcome.out, outcome.err) == (0, "", "")
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


@pytest.mark.parametrize("kind", ROWS)
def test_csv_of_any_kind(kind: str, extract_command: Command, documents: list[Document]) -> None:
    """--records chooses; without it there are counts."""
    outcome = extract_command(*FIXTURES, "--format", "csv", "--records", kind)
    found = list(csv.reader(outcome.out.splitlines()))
    assert outcome.status == 0
    assert found[0] == [column.name for column in COLUMNS[kind]]
    assert len(found) - 1 == len(expected(documents, kind))


@pytest.mark.parametrize(
    ("words", "kind"), [(["--only", "dates"], "dates"), (["--only", "units,dates"], "units"), ([], "counts")]
)
def test_csv_without_a_kind(words: list[str], kind: str, extract_command: Command) -> None:
    """It has the first kind that is looked for."""
    outcome = extract_command(SUMMARY, "--format", "csv", *words)
    assert outcome.out.splitlines()[0].split(",") == [column.name for column in COLUMNS[kind]]
    assert len(outcome.out.splitlines()) > 1


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.CSV", "a.xlsx", "a.sqlite", "a.duckdb", "a.txt"])
def test_a_file_is_of_the_format_it_is_named_by(name: str, extract_command: Command, tmp_path: Path) -> None:
    """So --format need not be written twice."""
    form = {"txt": "table"}.get(name[2:], name[2:].lower())
    chosen, named = tmp_path / "chosen", tmp_path / name
    assert extract_command(SUMMARY, "--format", form, "--output", chosen).status == 0
    assert extract_command(SUMMARY, "--output", named).status == 0
    assert named.read_bytes()[8:16] == chosen.read_bytes()[8:16]  # a DuckDB file begins with its checksum


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--format", "parquet"], "--format parquet needs --output\n"),
        (["--format", "parquet", "--output", "counts.parquet"], "a parquet file holds one kind of records; choose it"),
        (["--json", "--records", "counts"], "--records goes with a format of rows, such as csv, not with json\n"),
        (["--records", "counts"], "--records goes with a format of rows, such as csv, not with table\n"),
        (["--only", "counts,units", "--format", "csv", "--records", "dates"], "--records dates is not among --only"),
        (["--format", "csv", "--output", "a.xlsx"], "--format csv does not go with the name 'a.xlsx'; change one"),
        (["--json", "--output", "a.csv"], "--format json does not go with the name 'a.csv'; change one of them\n"),
        (["--text", "--format", "csv"], "--text goes with no format but --json, and with no --records\n"),
        (["--text", "--records", "dates"], "--text goes with no format but --json, and with no --records\n"),
        (["--format", "csv", "--records", "reports"], "'reports'"),
        (["--format", "xlsx", "--lang", "fr", "--output", "a.xlsx"], "'fr'"),
        (["--format", "sqlite", "--output", "/nowhere/a.sqlite"], "cannot write '/nowhere/a.sqlite': No such file"),
        (["--format", "duckdb", "--output", "/dev/null"], "cannot write '/dev/null': not a regular file\n"),
        (["--format", "csv", "--output", "/dev/full"], "cannot write '/dev/full': No space left on device\n"),
    ],
)
def test_what_does_not_go_together(
    words: list[str], message: str, extract_command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Status 2, one line, nothing written."""
    monkeypatch.chdir(tmp_path)
    outcome = extract_command(SUMMARY, *words)
    assert (outcome.status, outcome.out) == (2, "")
    assert message in outcome.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["sqlite", "duckdb"])
@pytest.mark.parametrize("content", [b"this is no database, but a text of some length" * 40, b""])
def test_a_file_that_is_no_database(form: str, content: bytes, extract_command: Command, tmp_path: Path) -> None:
    """It is not touched; an empty one becomes a database."""
    target = tmp_path / "records"
    target.write_bytes(content)
    outcome = extract_command(SUMMARY, "--format", form, "--output", target)
    if content:
        assert outcome.status == 2
        assert outcome.err.startswith(f"cannot write '{target}': ")
        assert outcome.err.count("\n") == 1
        assert target.read_bytes() == content
    else:
        assert outcome.status == 0


@pytest.mark.parametrize("form", ["sqlite", "duckdb"])
def test_a_database_of_another_shape(form: str, extract_command: Command, tmp_path: Path) -> None:
    """It is not touched either."""
    target = tmp_path / "records"
    with closing((sqlite3.connect if form == "sqlite" else duckdb.connect)(str(target))) as base:
        base.execute("CREATE TABLE counts (source TEXT, mine INTEGER)")
    outcome = extract_command(SUMMARY, "--format", form, "--output", target)
    assert (outcome.status, outcome.err.count("\n")) == (2, 1)
    assert outcome.err.startswith(f"cannot write '{target}': ")


@pytest.mark.parametrize("form", ["parquet", "xlsx", "sqlite", "duckdb", "csv"])
def test_a_full_disk_is_one_line(form: str, tmp_path: Path) -> None:
    """And leaves nothing behind."""
    code = (
        "import resource, sys; from extractor.cli import run; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)); run(sys.argv[1:])"
    )
    words = [*map(str, FIXTURES), "--format", form, "--records", "counts", "--output", str(tmp_path / "out")]
    outcome = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert outcome.stderr.startswith("cannot write ")
    assert outcome.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("module", "form", "extra"),
    [("pyarrow", "parquet", "parquet"), ("xlsxwriter", "xlsx", "xlsx"), ("duckdb", "duckdb", "duckdb")],
)
def test_a_missing_library_says_how_to_get_it(module: str, form: str, extra: str, tmp_path: Path) -> None:
    """One line with the command; and no format is imported before it is asked for."""
    code = f"import sys; sys.modules[{module!r}] = None; from extractor.cli import run; run(sys.argv[1:])"
    for chosen, status in ([["--json"], 0], [["--format", form, "--records", "counts", "--output", "out"], 2]):
        command = [sys.executable, "-c", code, str(SUMMARY), *chosen]
        outcome = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)  # noqa: S603 - as above
        assert outcome.returncode == status
    told = f"needs {module}, which is not installed: pip install 'gov-text-extractor[{extra}]'\n"
    assert outcome.stderr.endswith(told)
    assert list(tmp_path.iterdir()) == []
