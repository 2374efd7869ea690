"""Units: a section's text to the organisations it names."""

from __future__ import annotations

from extractor.units.find import PARSERS, find, passed_over, search

__all__ = ["PARSERS", "find", "passed_over", "search"]
