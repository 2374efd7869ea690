"""The text the project began with: eight reports in one file."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import Document, Extractor

SEED = Path(__file__).parent.parent.parent / "shared" / "seed" / "yifaxingzheng-8.txt"

pytestmark = pytest.mark.skipif(not SEED.exists(), reason="the seed text lies beside the checkout, not in it")


@pytest.fixture(scope="module")
def document() -> Document:
    """Return the records of the seed text."""
    return Extractor().extract(SEED.read_bytes().decode(), name=SEED.name)


def test_eight_reports(document: Document) -> None:
    """Each marker begins a report with the title behind it."""
    assert [report.title for report in document.reports] == [
        "2022年12月县政府依法行政工作总结",
        "2022年10月县政府依法行政工作总结范文",
        "区人民政府依法行政工作总结范文",
        "2022年县政府依法行政工作总结",
        "县政府依法行政工作总结范文",
        "2009年县政府依法行政工作总结范文",
        "xxxx年10月县政府依法行政工作总结范文",
        "政府依法行政工作总结",
    ]


def test_every_record_is_a_slice_of_the_source(document: Document) -> None:
    """Offsets are those of the file."""
    source = SEED.read_bytes().decode()
    for record in document.records():
        assert source[record.start : record.end] == record.text


def test_near_copies_are_flagged(document: Document) -> None:
    """Six of the reports repeat one another; reports 3 and 8 stand alone."""
    pairs = {check.reports for report in document.reports for check in report.checks if check.kind == "duplicate"}
    assert {index for pair in pairs for index in pair} == {1, 2, 4, 5, 6, 7}


@pytest.mark.parametrize("total", [594, 186966, 150, 4, 153038, 168])
def test_breakdowns_of_report_three_add_up(document: Document, total: int) -> None:
    """Every breakdown of the third report is checked and holds."""
    report = document.reports[2]
    values = {count.id: count.value for count in report.counts}
    sums = [check for check in report.checks if check.kind == "sum" and values[check.records[0]] == total]
    assert sums
    assert all(check.ok for check in sums)
    for check in sums:
        assert sum(values[part] or 0 for part in check.records[1:]) == total
