"""Units: a section's text to the organisations it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.findings import UnitFinding

if TYPE_CHECKING:
    from extractor.ruleset import RuleSet

PARSERS: dict[str, frozenset[str]] = {}


def find(text: str, rules: RuleSet) -> tuple[UnitFinding, ...]:
    """Return the organisations in ``text``."""
    return ()
