"""Torn: a section's text to its dates, organisations and counts without the halves that a line break has left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor import counts as counting
from extractor import dates as dating
from extractor import units as naming
from extractor.seams import is_alone, is_chronicle, parted, untouched

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.findings import CountFinding, UnitFinding
    from extractor.points import RawDate
    from extractor.ruleset import RuleSet
    from extractor.seams import Mention, Torn

_NAMED = frozenset({"enterprise", "institution", "social"})  # kinds whose names need no place


def dates(text: str, rules: RuleSet) -> tuple[tuple[RawDate, ...], list[tuple[int, int]]]:
    """Return the dates in ``text``, and where they and those left out stand: nothing else is read there."""
    found = dating.scan(text, rules)
    torn = parted(text, _spans(found), lambda joined: _spans(dating.scan(joined, rules)))
    if torn:
        spans = set(_spans(found))
        lines = is_chronicle(text, spans)
        torn = [one for one in torn if not ((one.at, one.upper) in spans and is_alone(text, one, headed=lines))]
    kept = tuple(untouched(found, torn))
    return kept, [*_spans(kept), *((one.at, one.end) for one in torn)]


def units(text: str, rules: RuleSet) -> tuple[UnitFinding, ...]:
    """Return the organisations in ``text``."""
    found = naming.find(text, rules)
    torn = parted(text, _spans(found), lambda joined: _spans(naming.find(joined, rules)))
    if not torn:
        return found
    begins = {one.at: one for one in found}
    torn = [one for one in torn if not _is_list(text, one, begins.get(one.lower))]
    return tuple(untouched(found, torn))


def counts(text: str, rules: RuleSet) -> tuple[CountFinding, ...]:
    """Return the counts in ``text``."""
    found = counting.find(text, rules)
    torn = parted(text, _spans(found), lambda joined: _spans(counting.find(joined, rules)), with_cells=True)
    return tuple(untouched(found, torn)) if torn else found


def _is_list(text: str, torn: Torn, lower: UnitFinding | None) -> bool:
    """Say whether the lower line begins with an organisation of its own.

    No name begins anew with the word that it began with (县财政局, 县教育局); a line that leaves nothing before the
    name may be a heading, and what follows it is whole where a place or a kind that needs none shows it.
    """
    if lower is None:
        return False
    if text[torn.at] == text[lower.at]:
        return True
    is_line = text[text.rfind("\n", 0, torn.at) + 1 : torn.at].strip(" \t") == "" and torn.upper - torn.at > 1
    return is_line and (lower.region is not None or lower.kind in _NAMED)


def _spans(found: Iterable[Mention]) -> list[tuple[int, int]]:
    return [(one.at, one.end) for one in found]
