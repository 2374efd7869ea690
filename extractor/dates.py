"""Dates: a section's text to date expressions, not yet resolved against the report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.ruleset import RuleSet

PARSERS: dict[str, frozenset[str]] = {}


@dataclass(frozen=True, slots=True)
class RawDate:
    """A date expression as written."""

    at: int
    end: int
    rule: str


def scan(text: str, rules: RuleSet) -> tuple[RawDate, ...]:
    """Return the date expressions in ``text``."""
    return ()
