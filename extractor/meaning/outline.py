"""Outline: a section's text to its sentences and headings, so that a passage is read under what stands above it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from extractor.ruleset import RuleSet

_LEVELS = ("first", "second", "third")


class Heading(Struct, frozen=True):
    """A heading: where its words stand, and its level from 1."""

    level: int
    at: int
    end: int


class Outline(Struct, frozen=True):
    """The headings of a section, by position."""

    headings: tuple[Heading, ...]
    places: tuple[int, ...]
    chains: dict[int, tuple[Heading, ...]] = field(default_factory=dict)  # by how many have passed

    def above(self, at: int) -> tuple[Heading, ...]:
        """Return the headings that ``at`` stands under, the nearest first."""
        passed = bisect_right(self.places, at)
        if passed not in self.chains:
            self.chains[passed] = self._over(passed)
        return self.chains[passed]

    def _over(self, passed: int) -> tuple[Heading, ...]:
        """Return the headings that what follows the first ``passed`` ones stands under."""
        found: list[Heading] = []
        for heading in reversed(self.headings[:passed]):
            if not found or heading.level < found[-1].level:
                found.append(heading)
            if heading.level == 1:
                break
        return tuple(found)

    def parts_between(self, at: int, end: int) -> tuple[Heading, ...]:
        """Return the headings of the first level from ``at`` to ``end``."""
        between = self.headings[bisect_left(self.places, at) : bisect_left(self.places, end)]
        return tuple(heading for heading in between if heading.level == 1)


def sentence_ends(text: str, rules: RuleSet) -> list[int]:
    """Return where the sentences of ``text`` end, the last of them with the text."""
    ends = [*accumulate(map(len, rules.pattern("meaning.sentence").findall(text)))]
    return ends if ends and ends[-1] == len(text) else [*ends, len(text)]


def outline(text: str, rules: RuleSet) -> Outline:
    """Return the headings of ``text``: numbered lines, and numbered first sentences of a few words."""
    headings: list[Heading] = []
    for match in rules.pattern("meaning.heading").finditer(text):
        level = next(rank for rank, name in enumerate(_LEVELS, 1) if match[name] is not None)
        headings.append(Heading(level, *match.span("title")))
    return Outline(tuple(headings), tuple(heading.at for heading in headings))
