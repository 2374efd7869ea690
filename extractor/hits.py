"""Hits: a text to what the rules for counts, and the patterns for what counts nothing, match in it.

They are tried one by one where a number stands, those that begin with one behind it: it is read once for all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from extractor.ruleset import Pattern, Rule
from extractor.trials import Trials

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import regex
    from regex import Match

    from extractor.ruleset import RuleSet

_START, _HEAD = "count.start", "count.head"
_NOTHING = "no_count."  # patterns of this name match what looks like a quantity and is none
_AHEAD = 16  # characters from where a number begins among which stands what its rule needs
_BEHIND = 12  # characters behind a number among which stands what its rule needs
_ASKS = "(?(before)"  # in a pattern that asks whether a hedge stands before the number
_HEDGED, _BARE = "(?P<before>)", "(?:(?P<before>(?!)))?+"  # which tell it


class Hit(Struct, frozen=True):
    """What a rule matches and, where the rule begins behind it, the number before that."""

    match: Match[str]
    head: Match[str] | None
    groups: Mapping[str, str | Any]  # by name; None for one that matched nothing

    def group(self, name: str) -> str | Any:  # noqa: ANN401 - None for groups that may be left out, as in a match
        """Return what the group ``name`` matched; None where it matched nothing, or where there is none."""
        return self.groups.get(name)

    def start(self, name: str) -> int:
        """Return where the group ``name`` begins, which the hit has."""
        return (self.head if self.head is not None and name in self.head.re.groupindex else self.match).start(name)

    @property
    def at(self) -> int:
        """Return where the match begins, with its number."""
        return (self.head or self.match).start()

    @property
    def end(self) -> int:
        """Return where the match ends."""
        return self.match.end()


class Tried(NamedTuple):
    """The trials of what begins otherwise, and of what begins with a number, behind one without and with a hedge."""

    alone: Trials[Rule | Pattern]
    bare: Trials[Rule | Pattern]
    hedged: Trials[Rule | Pattern]


def tried(rules: RuleSet) -> Tried:
    """Return what is tried where a number stands."""
    ways = (_AHEAD, _alone, rules), (_BEHIND, _headed, rules, _BARE), (_BEHIND, _headed, rules, _HEDGED)
    return rules.memo("counts.tried", lambda: Tried(*(Trials[Rule | Pattern](*way) for way in ways)))


def hits(text: str, at: int, end: int, rules: RuleSet) -> Iterator[tuple[Rule | Pattern, Hit]]:
    """Yield rules and patterns with what they match between ``at`` and ``end``, by position, none overlapping."""
    search, number_at = rules.plain(_START).search, rules.pattern(_HEAD).match
    alone, bare, hedged = tried(rules)
    while (seed := search(text, at, end)) is not None:
        at, head = seed.start(), None
        found = _first(alone, text, at, end)
        if found is None and (head := number_at(text, at, end)) is not None:
            found = _first(bare if head["before"] is None else hedged, text, head.end(), end)
        if found is None:
            at = seed.end()
            continue
        rule, match = found
        at = match.end()
        yield rule, Hit(match, head, match.groupdict() if head is None else match.groupdict() | head.groupdict())


def _first(trials: Trials[Rule | Pattern], text: str, at: int, end: int) -> tuple[Rule | Pattern, Match[str]] | None:
    """Return the first rule that matches at ``at``, with its match."""
    for rule, match_at in trials.at(text, at, end):
        if (match := match_at(text, at, end)) is not None:
            return rule, match
    return None


def _all(rules: RuleSet) -> Iterator[tuple[Rule | Pattern, str]]:
    """Yield what is tried, in its order, each with what it wants behind the number, or with nothing."""
    head = rules.patterns[_HEAD].pattern
    nothing = (pattern for name, pattern in rules.patterns.items() if name.startswith(_NOTHING))
    everything: list[Rule | Pattern] = [*nothing, *rules.of_kind("count")]
    for rule in everything:
        tail = rule.pattern.removeprefix(head)
        yield rule, "" if tail == rule.pattern else tail


def _alone(rules: RuleSet) -> tuple[list[Rule | Pattern], Callable[[Rule | Pattern], regex.Pattern[str]]]:
    """Return what begins otherwise than with a number, and what compiles it."""
    return [rule for rule, tail in _all(rules) if not tail], rules.alone


def _headed(rules: RuleSet, before: str) -> tuple[list[Rule | Pattern], Callable[[Rule | Pattern], regex.Pattern[str]]]:
    """Return what begins with a number, and what compiles the rest of it; ``before`` tells whether a hedge stands."""
    tails = {rule.id: (rule, tail) for rule, tail in _all(rules) if tail}

    def compiled(rule: Rule | Pattern) -> regex.Pattern[str]:
        _, tail = tails[rule.id]
        told = before if _ASKS in tail else ""
        return rules.memo(f"behind {rule.id} {told}", lambda: rules.compile(told + tail))

    return [rule for rule, _ in tails.values()], compiled
