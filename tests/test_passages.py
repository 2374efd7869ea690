"""Passages: whole documents of many kinds and decades give every quantity in them and no other."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from extractor import Extractor

FILE = Path(__file__).parent / "data" / "passages.yaml"
PASSAGES = yaml.load(FILE.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - every scalar stays text
EXTRACTOR = Extractor(only=("counts",))


def expected(line: str) -> tuple[str, tuple[Decimal, ...], str]:
    """Return text, value or ends of the range, and measure word of ``3000余份 = 3000 份``."""
    text, _, said = line.partition(" = ")
    value, _, unit = said.rpartition(" ")
    return text, tuple(Decimal(end) for end in value.split("~")), unit


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda passage: passage["kind"])
def test_a_passage_gives_its_quantities(passage: dict[str, str]) -> None:
    """Text, value and measure word, in order."""
    found = [
        (count.text, (count.lower, count.upper) if count.value is None else (count.value,), count.unit or "-")
        for report in EXTRACTOR.extract(passage["text"]).reports
        for count in report.counts
    ]
    assert found == [expected(line) for line in passage["counts"]]
