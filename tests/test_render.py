"""Render: exact numbers, characters as they are, one shape that the schema describes."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import jsonschema
import pytest

from extractor import Extractor
from extractor.records import Count, Document
from extractor.render.columns import COLUMNS
from extractor.render.delimited import Delimited
from extractor.render.schema import schema
from extractor.render.table import table

if TYPE_CHECKING:
    from collections.abc import Mapping

LABELS: Mapping[str, str] = {"reconsideration.received": "行政复议·收到"}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("0.1234567890123456789", "0.1234567890123456789"),
        ("9.57535E+9", "9575350000"),
        ("99.960", "99.96"),
        ("25000.00", "25000"),
        ("0.00", "0"),
        ("0E+3", "0"),
        ("-0.50", "-0.5"),
        ("123456789012345678901234567890123456789.5", "123456789012345678901234567890123456789.5"),
    ],
)
def test_numbers_keep_their_digits(document: Document, value: str, written: str) -> None:
    """A JSON number has every digit of the decimal, and one spelling."""
    report = document.reports[0]
    count = Count(id="c1", start=0, end=1, text="x", rule="count.a", value=Decimal(value))
    changed = document.model_copy(update={"reports": (report.model_copy(update={"counts": (count,)}),)})
    assert f'"value":{written},' in changed.to_json()


def test_json_is_the_document(document: Document) -> None:
    """Indented or not, the same values come back, and no character is escaped."""
    assert json.loads(document.to_json()) == json.loads(document.to_json(indent=2))
    assert Document.model_validate_json(document.to_json()).reports[0].dates == document.reports[0].dates
    assert "行政复议申请" in document.to_json()
    assert "\n" not in document.to_json()
    assert document.to_json(indent=2).startswith('{\n  "schema_version": "1",\n  "source": {\n')


def test_json_obeys_the_schema(document: Document) -> None:
    """Output validates; a number as text, a missing field or an unknown one does not."""
    validator = jsonschema.Draft202012Validator(json.loads(schema()))
    validator.check_schema(validator.schema)
    values = json.loads(document.to_json())
    assert list(validator.iter_errors(values)) == []
    count = values["reports"][0]["counts"][0]
    for broken in ({**count, "value": "105"}, {**count, "more": 1}, {k: v for k, v in count.items() if k != "item"}):
        values["reports"][0]["counts"][0] = broken
        assert not validator.is_valid(values)


def test_a_number_in_the_schema_is_a_number_or_null() -> None:
    """Consumers in other languages need no strings for decimals."""
    properties = json.loads(schema())["$defs"]["Count"]["properties"]
    for name in ("value", "lower", "upper"):
        assert properties[name]["anyOf"] == [{"type": "number"}, {"type": "null"}]


def test_rows_are_flat_counts(document: Document) -> None:
    """One row a count; the region is the issuer's, the label that of the indicator."""
    rows = list(document.rows(LABELS))
    assert [tuple(row) for row in rows] == [tuple(column.name for column in COLUMNS["counts"])] * 3
    assert rows[0] == {
        "title": "2022年总结", "issuer": "进贤县人民政府", "region": "进贤县", "period": "2022",
        "indicator": "reconsideration.received", "label": "行政复议·收到", "item": "行政复议申请", "action": "收到",
        "value": Decimal(105), "lower": Decimal(105), "upper": Decimal(105), "qualifier": "exact", "unit": "件",
        "parent": None, "source": "report.txt", "start": 18, "end": 22, "report": 1, "id": "c1",
        "text": "105件", "locator": None, "dimension": "count", "fraction": None, "actor": None, "change": None,
        "baseline": None, "rule": "count.a",
    }  # fmt: skip


def test_csv_has_one_header_for_all_documents(document: Document) -> None:
    """Rows of several documents stand under one header; unknown cells are empty, decimals exact."""
    rows = Delimited("counts", LABELS)
    first, second = rows(document), rows(document)
    assert first == (
        "title,issuer,region,period,indicator,label,item,action,value,lower,upper,qualifier,unit,parent,source,start,end,"
        "report,id,text,locator,dimension,fraction,actor,change,baseline,rule\n"
        "2022年总结,进贤县人民政府,进贤县,2022,reconsideration.received,行政复议·收到,行政复议申请,收到,"
        "105,105,105,exact,件,,report.txt,18,22,1,c1,105件,,count,,,,,count.a\n"
        "2022年总结,进贤县人民政府,进贤县,,,,,,9575350000,9575350000,,over,元,c1,report.txt,25,34,"
        '1,c2,"957,535万元",,money,,,,,count.a\n'
        "2022年总结,进贤县人民政府,进贤县,,,,,,99.96,,0.1234567890123456789,under,%,,report.txt,40,46,"
        "1,c3,99.96%,,percent,,,,,count.a\n"
    )
    assert second == first.partition("\n")[2]


def test_csv_for_excel_begins_with_a_mark(document: Document) -> None:
    """Excel takes a file without a byte order mark for another encoding."""
    rows = Delimited("counts", LABELS, bom=True)
    assert rows(document).startswith("\ufefftitle,")
    assert not rows(document).startswith("\ufeff")


def test_a_table_shows_every_record(document: Document) -> None:
    """Kinds have a table each, text is never taken for markup, and no colour is used unless asked for."""
    shown = table(document, colour=False, width=160)
    words = ["2022年总结", "105件", "9575350000", "≤0.1234567890123456789", "进贤县", "《[bold]法》", "27.1.3; 30-1"]
    assert [word for word in words if word not in shown] == []
    kinds = ["counts", "dates", "units", "regulations"]
    assert [line.strip() for line in shown.splitlines() if line.strip() in kinds] == kinds
    assert "✓ sum 4 = 1+2+1\n✗ date x\n" in shown
    assert "\x1b" not in shown


def test_a_narrow_table_folds_and_cuts_nothing(document: Document) -> None:
    """Every character of a cell stays, over several lines."""
    shown = table(document, colour=False, width=80)
    assert "…" not in shown
    assert max(len(line) for line in shown.splitlines()) <= 80


def test_colour_marks_the_kinds(document: Document) -> None:
    """Green, cyan, magenta and yellow text for the four kinds."""
    shown = table(document, colour=True, width=160)
    for code in ("\x1b[32m105件", "\x1b[36m2022年", "\x1b[35m进贤县人民政府", "\x1b[33m《[bold]法》"):
        assert code in shown


def test_a_table_cannot_steer_the_terminal(document: Document) -> None:
    """Escape sequences in a text are shown as blanks."""
    report = document.reports[0].model_copy(update={"title": "a\x1b[2Jb\nc"})
    assert "a [2Jb c" in table(document.model_copy(update={"reports": (report,)}), colour=False, width=160)


def test_every_indicator_has_a_label(document: Document) -> None:
    """The vocabulary's own words, domain and stage."""
    labels = Extractor().labels
    assert labels["reconsideration.received"].startswith("行政复议·收到")
    assert [row["label"] for row in document.rows()] == [labels["reconsideration.received"], None, None]
    assert all(domain and stage for domain, _, stage in (label.partition("·") for label in labels.values()))
