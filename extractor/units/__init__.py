"""Units: a section's text to the organisations it names."""

from __future__ import annotations

from extractor.units.find import PARSERS, find, search

__all__ = ["PARSERS", "find", "search"]
