"""Search: free text to its citations, in offsets of that text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.normalise import normalise
from extractor.regulations.cite import find
from extractor.ruleset import builtin

if TYPE_CHECKING:
    from extractor.findings import RegulationFinding
    from extractor.normalise import Normal
    from extractor.ruleset import RuleSet


def search(text: str, rules: RuleSet | None = None) -> tuple[RegulationFinding, ...]:
    """Return the citations in ``text`` as it stands, with offsets of ``text`` itself."""
    rules = rules or builtin()
    normal = normalise(text, rules)
    found = find(normal.text, rules, written=normal.written(0, len(normal.text)))
    return tuple(_moved(item, normal) for item in found.findings)


def _moved(item: RegulationFinding, normal: Normal) -> RegulationFinding:
    at, end = normal.span(item.at, item.end)
    spans = tuple(normal.span(*span) for span in item.number_spans)
    return replace(item, at=at, end=end, number_spans=spans)
