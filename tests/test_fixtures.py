"""Whole documents: what every fixture gives, against the records that were annotated by hand."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from extractor import Extractor

FIXTURES = Path(__file__).parent.parent / "fixtures"
NAMES = sorted(path.relative_to(FIXTURES).with_suffix("").as_posix() for path in FIXTURES.rglob("*.txt"))
HEAD = ("index", "title", "start", "end", "issuer", "period")
# The figures of a count are exact; what they mean is judged by its share, as two careful readers differ there too.
MEANING = {"item": 0.9, "action": 0.8, "indicator": 0.8, "period": 0.95, "change": 0.95, "parent": 0.95}
LEFT_OUT = {"rule", "locator", "id", "alias_of", "parent", "actor", *MEANING}


@cache
def expected(name: str) -> dict[str, list[dict[str, object]]]:
    """Return the hand-annotated document of a fixture."""
    return json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))


@cache
def extracted(name: str) -> dict[str, list[dict[str, object]]]:
    """Return the document that a fixture gives."""
    text = (FIXTURES / f"{name}.txt").read_bytes().decode()
    return json.loads(Extractor().extract(text, name=f"{name}.txt").to_json())


def plain(record: dict[str, object]) -> dict[str, object]:
    """Return the fields of a record that are compared exactly."""
    return {field: value for field, value in record.items() if field not in LEFT_OUT}


def checks(report: dict[str, object], *, ok: bool) -> list[tuple[object, ...]]:
    """Return the checks of one outcome, each with the words of its records."""
    texts = {record["id"]: record["text"] for kind in ("counts", "dates", "regulations") for record in report[kind]}
    return sorted(
        (one["kind"], tuple(one["reports"]), tuple(texts[record] for record in one["records"]))
        for one in report["checks"]
        if one["ok"] is ok
    )


def pairs(name: str) -> list[tuple[dict[str, object], dict[str, object]]]:
    """Return the reports of a fixture as annotated and as given."""
    return list(zip(expected(name)["reports"], extracted(name)["reports"], strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_reports_are_those_annotated(name: str) -> None:
    """Source, titles, stretches, issuers and periods are right."""
    assert extracted(name)["source"] == expected(name)["source"]
    for wanted, given in pairs(name):
        assert [given[key] for key in HEAD] == [wanted[key] for key in HEAD]


@pytest.mark.parametrize("kind", ["counts", "dates", "units", "regulations"])
@pytest.mark.parametrize("name", NAMES)
def test_records_are_those_annotated(name: str, kind: str) -> None:
    """Nothing missed, nothing added; every place, value, unit, name, title and number is right."""
    for wanted, given in pairs(name):
        assert [plain(record) for record in given[kind]] == [plain(record) for record in wanted[kind]]


@pytest.mark.parametrize("name", NAMES)
def test_short_names_lead_to_their_citation(name: str) -> None:
    """The ids of citations agree, and so does what each short name stands for."""
    for wanted, given in pairs(name):
        links = [(record["id"], record["alias_of"]) for record in given["regulations"]]
        assert links == [(record["id"], record["alias_of"]) for record in wanted["regulations"]]


@pytest.mark.parametrize(("field", "least"), MEANING.items())
def test_meaning_agrees_with_the_annotation(field: str, least: float) -> None:
    """What was counted, done, when and as part of what agrees in at least this share of all counts."""
    tally = Counter(
        agrees(field, wanted[field], given[field])
        for name in NAMES
        for one, other in pairs(name)
        for wanted, given in zip(one["counts"], other["counts"], strict=True)
    )
    assert tally[True] >= least * tally.total()


def agrees(field: str, wanted: object, given: object) -> bool:
    """Compare as the scorer does: an item may be the longer or shorter form of the same noun phrase."""
    if field == "item" and isinstance(wanted, str) and isinstance(given, str):
        short, long = sorted((wanted, given), key=len)
        return short in long and len(long) <= 2 * len(short)
    return wanted == given


@pytest.mark.parametrize("name", NAMES)
def test_breakdowns_are_checked_and_hold(name: str) -> None:
    """Every sum that the annotation lists is found to hold."""
    for wanted, given in pairs(name):
        assert set(checks(wanted, ok=True)) <= set(checks(given, ok=True))


@pytest.mark.parametrize("name", NAMES)
def test_only_planted_errors_are_reported(name: str) -> None:
    """A wrong total, date, percentage or citation is reported, and nothing that is right."""
    for wanted, given in pairs(name):
        found, planted = checks(given, ok=False), checks(wanted, ok=False)
        assert [one[0] for one in found] == [one[0] for one in planted]
