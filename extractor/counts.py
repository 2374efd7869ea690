"""Counts: a section's text to its quantities: span, value, bounds, measure word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.findings import CountFinding

if TYPE_CHECKING:
    from extractor.ruleset import RuleSet

PARSERS: dict[str, frozenset[str]] = {}


def find(text: str, rules: RuleSet) -> tuple[CountFinding, ...]:
    """Return the quantities in ``text``; fields that need the clause are still None."""
    return ()
