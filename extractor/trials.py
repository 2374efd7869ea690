"""Trials: rules and patterns to those worth trying at a place, by the characters that stand there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import regex

    from extractor.ruleset import Pattern, Rule

    Match = Callable[[str, int, int], regex.Match[str] | None]

_KEPT = 4096  # combinations of characters whose rules are remembered
_OTHER = "\0"  # stands for the characters that no rule names as those it begins with
R = TypeVar("R", bound="Rule | Pattern")


class Trials(Generic[R]):
    """Some rules or patterns in their order, and which of them were worth trying so far."""

    def __init__(
        self, ahead: int, build: Callable[..., tuple[Sequence[R], Callable[[R], regex.Pattern[str]]]], *of: object
    ) -> None:
        """Take the rules that ``build`` gives for ``of``, with what compiles one of them when it is first tried.

        What a rule needs stands among so many characters ``ahead`` of where it is tried.
        """
        self._ahead = ahead
        self._built_by = build, *of
        self.rules, self._compiled = build(*of)
        self._beginnings = "".join(rule.begins for rule in self.rules)
        self._before = "".join(rule.after for rule in self.rules)
        telling = frozenset("".join(needed for rule in self.rules for needed in rule.needs))
        self._telling = re.compile(f"[{re.escape(''.join(sorted(telling)))}]").findall
        self._known: dict[tuple[str, str, frozenset[str]], tuple[tuple[R, Match], ...]] = {}

    def __reduce__(self) -> tuple[type[Trials[R]], tuple[object, ...]]:
        """Leave out of the pickle what was remembered, which would be read at each start."""
        return type(self), (self._ahead, *self._built_by)

    def at(self, text: str, at: int, end: int) -> tuple[tuple[R, Match], ...]:
        """Return the rules that may match at ``at`` in ``text`` up to ``end``, in their order, each with its match."""
        first, last = text[at] if at < end else "", text[at - 1] if at else ""
        telling = frozenset(self._telling(text, at, min(at + self._ahead, end)))
        shown = first if first in self._beginnings else _OTHER, last if last in self._before else _OTHER, telling
        found = self._known.get(shown)
        if found is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            fitting = (rule for rule in self.rules if _fits(rule, *shown))
            found = self._known[shown] = tuple((rule, self._compiled(rule).match) for rule in fitting)
        return found


def _fits(rule: Rule | Pattern, first: str, last: str, shown: frozenset[str]) -> bool:
    """Return whether ``rule`` may match at ``first`` behind ``last`` where the characters ``shown`` stand ahead."""
    is_apt = (not rule.begins or first in rule.begins) and (not rule.after or last in rule.after)
    return is_apt and not any(shown.isdisjoint(needed) for needed in rule.needs)
