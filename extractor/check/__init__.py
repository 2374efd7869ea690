"""Check: the findings of a report to statements about whether it agrees with itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.check.citations import citations
from extractor.check.copies import duplicates
from extractor.check.figures import Figures
from extractor.check.rates import rates
from extractor.check.sums import sums
from extractor.findings import CheckFinding
from extractor.meaning.lexicon import lexicon
from extractor.meaning.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.findings import CountFinding, DateFinding, RegulationFinding
    from extractor.ruleset import RuleSet

__all__ = ["check", "duplicates"]


def check(
    text: str,
    counts: Sequence[CountFinding],
    dates: Sequence[DateFinding],
    regulations: Sequence[RegulationFinding],
    stops: Sequence[int],
    rules: RuleSet,
) -> tuple[CheckFinding, ...]:
    """Return the checks on one report: breakdowns, percentages, dates, citations, in this order.

    ``stops`` are where its sentences end.
    """
    found = (
        *_contradicted(Figures(text, counts, stops), rules),
        *_impossible(text, dates),
        *citations(regulations, rules),
    )
    return tuple(_with_records(one) for one in found)


def _contradicted(known: Figures, rules: RuleSet) -> Iterator[CheckFinding]:
    """Yield the checks of breakdowns and then those of percentages."""
    if known.counts:
        words = lexicon(rules)
        yield from sums(known, words)
        yield from rates(known, words, vocabulary(rules))


def _with_records(found: CheckFinding) -> CheckFinding:
    """Return the check with the ids of its records at the end of its message."""
    names = ", ".join(f"{letter}{position + 1}" for letter, position in found.records)
    return replace(found, message=f"{found.message} [{names}]")


def _impossible(text: str, dates: Sequence[DateFinding]) -> Iterator[CheckFinding]:
    for place, date in enumerate(dates):
        if date.impossible:
            message = f"{text[date.at : date.end]}，历法上没有这一天 / no calendar has this day"
            yield CheckFinding("date", ok=False, message=message, records=(("d", place),))
