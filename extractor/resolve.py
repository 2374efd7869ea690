"""Resolve: date expressions and the report's head to a Context and to calendar dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.findings import Context, DateFinding, Section, UnitFinding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.dates import RawDate
    from extractor.ruleset import RuleSet


def reference(text: str) -> tuple[int, int | None, int | None]:
    """Return year, month, day of a reference date '2022', '2022-06' or '2022-06-30'; UsageError otherwise."""
    return int(text[:4]), None, None


def context(
    text: str,
    section: Section,
    raw: Sequence[RawDate],
    units: Sequence[UnitFinding],
    given: str | None,
    rules: RuleSet,
) -> Context:
    """Return what is known of the report as a whole: its year, issuer and period."""
    return Context(section.title)


def dates(raw: Sequence[RawDate], known: Context) -> tuple[DateFinding, ...]:
    """Return ``raw`` resolved against the report."""
    return ()
