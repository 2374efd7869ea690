"""Whole documents: every fixture gives exactly the records that were annotated by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor import Extractor

FIXTURES = Path(__file__).parent.parent / "fixtures"
NAMES = sorted(path.stem for path in FIXTURES.glob("*.txt"))


def extracted(name: str) -> dict[str, object]:
    """Return the document of a fixture as JSON values, rule ids and the wording of checks left out."""
    raw = (FIXTURES / f"{name}.txt").read_bytes()
    document = json.loads(Extractor().extract(raw.decode(), name=f"{name}.txt").model_dump_json())
    for report in document["reports"]:
        for kind in ("counts", "dates", "units", "regulations"):
            for record in report[kind]:
                del record["rule"]
        for check in report["checks"]:
            check["message"] = None
    return document


@pytest.mark.parametrize("kind", ["counts", "dates", "units", "regulations", "checks"])
@pytest.mark.parametrize("name", NAMES)
def test_records_are_those_annotated(name: str, kind: str) -> None:
    """Nothing missed, nothing added, every field right."""
    expected = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    found = extracted(name)
    for wanted, given in zip(expected["reports"], found["reports"], strict=True):
        assert given[kind] == wanted[kind]


@pytest.mark.parametrize("name", NAMES)
def test_reports_are_those_annotated(name: str) -> None:
    """Source, titles, stretches, issuers and periods are right."""
    expected = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    found = extracted(name)
    heads = ("index", "title", "start", "end", "issuer", "period")
    assert found["source"] == expected["source"]
    assert [[report[key] for key in heads] for report in found["reports"]] == [
        [report[key] for key in heads] for report in expected["reports"]
    ]
