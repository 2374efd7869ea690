"""Figures: the counts of a report to how exact they are and which sentences they stand in."""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal
from typing import TYPE_CHECKING

import regex
from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.findings import CountFinding

_NUMBER = regex.compile(r"[0-9][0-9,]*+(?:\.([0-9]++))?+")


class Figures(Struct, frozen=True):
    """The counts of a report with the text they stand in."""

    text: str
    counts: Sequence[CountFinding]
    stops: Sequence[int]  # where sentences end

    def value(self, at: int) -> Decimal:
        """Return the value of a count that has one."""
        return self.counts[at].value or Decimal(0)

    def sentence(self, at: int) -> int:
        """Return the number of the sentence that a count stands in."""
        return bisect_right(self.stops, self.counts[at].at)

    def grain(self, at: int) -> Decimal:
        """Return what one in the last digit as written is worth: 10 for 1.234 万; 0 for a whole number."""
        count = self.counts[at]
        match = _NUMBER.search(self.text, count.at, count.end)
        if match is None or not count.value:
            return Decimal(0)
        written = Decimal(match[0].replace(",", ""))
        if not written or (written == count.value and match[1] is None):
            return Decimal(0)
        return count.value / written / (Decimal(10) ** len(match[1] or ""))

    def is_exact(self, at: int) -> bool:
        """Whether the figure is stated without hedge."""
        return self.counts[at].qualifier == "exact" and self.counts[at].value is not None

    def name(self, at: int) -> str:
        """Return how a message calls the count."""
        count = self.counts[at]
        return count.item or self.text[count.at : count.end]


def plain(value: Decimal) -> str:
    """Return a number as a reader writes it."""
    return f"{value.normalize():,f}"
