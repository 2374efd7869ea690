"""Trials: the rules for dates to those worth trying at a place, by the characters that stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from regex import Match

    from extractor.ruleset import Rule, RuleSet

    Trial = tuple[Rule, Callable[[str, int], Match[str] | None]]

_AHEAD = 30  # characters from where a date begins among which stands what its rule needs
_KEPT = 4096  # combinations of characters whose rules are remembered


class Trials:
    """The rules of a text that counts its years in some ways, and which of them were worth trying so far."""

    def __init__(self, ruleset: RuleSet, counting: frozenset[str]) -> None:
        """Choose the rules that hold where years are counted in the ways of ``counting``."""
        self._made_of = ruleset, counting
        ways = ((rule, rule.constant("counting")) for rule in ruleset.of_kind("date"))
        self._rules = tuple(rule for rule, way in ways if way is None or way in counting)
        self._telling = frozenset("".join(character for rule in self._rules for character in rule.needs))
        self._known: dict[tuple[str, frozenset[str]], tuple[Trial, ...]] = {}

    def __reduce__(self) -> tuple[type[Trials], tuple[RuleSet, frozenset[str]]]:
        """Leave out of the pickle what was remembered, which would be read at each start."""
        return Trials, self._made_of

    @classmethod
    def of(cls, ruleset: RuleSet, counting: frozenset[str]) -> Trials:
        """Return the trials of ``ruleset`` for a text that counts its years so."""
        return ruleset.memo(f"dates.trials {' '.join(sorted(counting))}", lambda: cls(ruleset, counting))

    def at(self, text: str, at: int) -> tuple[Trial, ...]:
        """Return the rules that may match at ``at``, in their order, each with its match."""
        ahead = text[at : at + _AHEAD]
        shown = ahead[:1], self._telling.intersection(ahead)
        found = self._known.get(shown)
        if found is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            ruleset, _ = self._made_of
            fitting = (rule for rule in self._rules if _fits(rule, *shown))
            found = self._known[shown] = tuple((rule, ruleset.alone(rule).match) for rule in fitting)
        return found


def _fits(rule: Rule, first: str, shown: frozenset[str]) -> bool:
    """Return whether a date that ``rule`` makes may begin with ``first`` where the characters ``shown`` stand ahead."""
    return (not rule.begins or first in rule.begins) and not any(shown.isdisjoint(needed) for needed in rule.needs)
