"""Issuers: citations and the organisations of a text to who issued what is cited, where the words before it say so."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.findings import RegulationFinding, UnitFinding
    from extractor.ruleset import RuleSet

_GAP = 40  # characters between an organisation and the title that it issued
_AND = 2  # characters that join two organisations
_QUOTES = "《〈“"


def with_issuers(
    findings: Sequence[RegulationFinding], units: Sequence[UnitFinding], text: str, rules: RuleSet
) -> tuple[RegulationFinding, ...]:
    """Return ``findings`` with the organisations named right before a title that names none itself."""
    ends = [unit.end for unit in units]
    named = list(findings)
    for place, item in enumerate(findings):
        if item.title is not None and item.issuer is None and item.alias_of is None:
            opened = item.at - (text[item.at - 1 : item.at] in _QUOTES)
            if text[opened : opened + 1] in _QUOTES:
                last = bisect_right(ends, opened) - 1
                issuer = "、".join(reversed(list(_issuers(units, last, opened, text, rules))))
                named[place] = replace(item, issuer=issuer or None)
    for place, item in enumerate(named):
        if item.alias_of is not None and item.issuer is None:
            named[place] = replace(item, issuer=named[item.alias_of].issuer)
    return tuple(named)


def _issuers(units: Sequence[UnitFinding], last: int, at: int, text: str, rules: RuleSet) -> Iterator[str]:
    """Yield, last first, the names of the organisations that stand before ``at`` and issued what stands there."""
    if last < 0 or at - units[last].end > _GAP:
        return
    if rules.pattern("regulation.issued_between").fullmatch(text, units[last].end, at) is None:
        return
    yield units[last].name
    joined = rules.pattern("regulation.between_names")
    while last > 0 and 0 < units[last].at - units[last - 1].end <= _AND:
        if joined.fullmatch(text[units[last - 1].end : units[last].at]) is None:
            return
        last -= 1
        yield units[last].name
