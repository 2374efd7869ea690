"""Check: the findings of a report to statements about whether it agrees with itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.findings import CheckFinding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.findings import CountFinding, DateFinding, RegulationFinding
    from extractor.ruleset import RuleSet


def check(
    text: str,
    counts: Sequence[CountFinding],
    dates: Sequence[DateFinding],
    regulations: Sequence[RegulationFinding],
    rules: RuleSet,
) -> tuple[CheckFinding, ...]:
    """Return the checks on one report."""
    return ()


def duplicates(texts: Sequence[str]) -> tuple[tuple[CheckFinding, ...], ...]:
    """Return for each text the checks that say which others it repeats."""
    return tuple(() for _ in texts)
