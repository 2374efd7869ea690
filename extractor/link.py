"""Link: quantities and the clauses they stand in to item, action, indicator, actor, period, change and parent."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.findings import Context, CountFinding, DateFinding, RegulationFinding, UnitFinding
    from extractor.ruleset import RuleSet


def link(
    text: str,
    counts: Sequence[CountFinding],
    dates: Sequence[DateFinding],
    units: Sequence[UnitFinding],
    regulations: Sequence[RegulationFinding],
    context: Context,
    rules: RuleSet,
) -> tuple[CountFinding, ...]:
    """Return ``counts`` with the fields that the clause gives."""
    return tuple(counts)
