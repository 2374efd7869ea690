"""Organisations: what is found, what is not, and what it is taken for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from extractor import units
from extractor.engine import rules_of

if TYPE_CHECKING:
    from extractor.findings import UnitFinding

DATA = yaml.safe_load((Path(__file__).parent / "data" / "units.yaml").read_text(encoding="utf-8"))
CASES = [(text, wanted) for group in DATA.values() for case in group for text, wanted in case.items()]


def shown(text: str, unit: UnitFinding) -> str:
    """Return a unit in the notation of the test data."""
    words = text[unit.at : unit.end]
    name = "" if unit.name == words else f"={unit.name}"
    region = f" {unit.region[1]}" if unit.region else ""
    return f"{words}{name} {unit.kind} {unit.level or '-'}{region}"


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[text[:30] for text, _ in CASES])
def test_organisations_in_a_sentence(text: str, wanted: list[str]) -> None:
    """Every organisation of the sentence is found with its kind, level and region, and nothing else is."""
    assert wanted == [shown(text, unit) for unit in units.search(text, rules_of())]
