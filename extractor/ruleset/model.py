"""Model: the frozen values that rules become: Rule, Pattern, Example, RuleSet, and the Hit of a scan."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import regex
from msgspec import Struct

from extractor.errors import UsageError
from extractor.ruleset.groups import numbers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from extractor.ruleset.tables import Table

# record kind → parser name → the groups a pattern may name for it
Vocabulary = Mapping[str, Mapping[str, frozenset[str]]]

T = TypeVar("T")
WAYS = ("anywhere", "start", "whole")  # to apply a pattern: search, match, fullmatch
READS = ("normal", "folded")  # the text that a pattern is applied to: without noise, or with it
FLAGS = regex.VERBOSE | regex.VERSION1


class Example(NamedTuple):
    """A text that a rule must match (with what it gives) or ignore (with the reason)."""

    text: str
    path: Path
    line: int
    column: int
    span: str | None = None  # the part of the text that is the record; None: the whole text
    gives: tuple[tuple[str, str], ...] = ()
    reference: str | None = None
    because: str | None = None


class Rule(NamedTuple):
    """One way in which a record is written."""

    id: str
    about: str
    pattern: str  # fragments filled in
    parser: str
    path: Path
    line: int
    sets: tuple[tuple[str, str], ...] = ()
    matches: tuple[Example, ...] = ()
    ignores: tuple[Example, ...] = ()
    source: str | None = None
    begins: str = ""  # the characters that a match may begin with; empty: any
    needs: tuple[str, ...] = ()  # of each of these one character stands in a match or not far ahead
    after: str = ""  # the characters of which one stands right before; empty: any

    @property
    def kind(self) -> str:
        """Return the record kind, the first part of the id."""
        return self.id.partition(".")[0]

    def constant(self, name: str) -> str | None:
        """Return the value that the rule itself sets for ``name``, or None."""
        for key, value in self.sets:
            if key == name:
                return value
        return None


class Pattern(NamedTuple):
    """A named pattern that a stage asks for; it makes no record by itself."""

    id: str
    about: str
    pattern: str
    path: Path
    line: int
    matches: tuple[Example, ...] = ()
    ignores: tuple[Example, ...] = ()
    applied: str = WAYS[0]  # how its stage asks for it, and so its examples
    reads: str = READS[0]
    begins: str = ""  # as for a rule
    needs: tuple[str, ...] = ()
    after: str = ""


class Hit(Struct, frozen=True):
    """One match of one rule, before anything is decided about it; offsets are those of the scanned text."""

    rule: Rule
    match: regex.Match[str]

    def group(self, name: str) -> str | None:
        """Return what the group ``name`` matched; None where the rule has no such group."""
        number = self.match.re.groupindex.get(name)
        return None if number is None else self.match[number]


class Marks:
    """What is put behind each of some alternatives to tell which one matched: its number in binary, in empty groups.

    A group for each alternative would be copied with all others whenever the engine may have to come back.
    """

    def __init__(self, alternatives: int) -> None:
        """Give so many alternatives a number each; from 1, so that each has a mark."""
        places = range(alternatives.bit_length())
        self.groups = tuple(
            "".join(f"(?P<mark_{place}>)" for place in places if number >> place & 1)
            for number in range(1, alternatives + 1)
        )
        self._names = tuple(f"mark_{place}" for place in places)
        self._numbers = {
            tuple("" if number >> place & 1 else None for place in places): number - 1
            for number in range(1, alternatives + 1)
        }

    def branch(self, match: regex.Match[str]) -> int:
        """Return which alternative ``match`` took, counted from 0."""
        places = numbers(match.re, *self._names)
        marks = match.group(*places) if len(places) > 1 else (match[places[0]],)
        return self._numbers[marks]


@dataclass(frozen=True)
class RuleSet:
    """All rules, patterns and tables, ready to scan; immutable, picklable, safe to share between threads."""

    rules: tuple[Rule, ...]
    patterns: Mapping[str, Pattern]
    lists: Mapping[str, tuple[str, str, tuple[tuple[str, str], ...]]]  # name → table, column, where
    tables: Mapping[str, Table]
    made: dict[str, object] = field(default_factory=dict, compare=False, repr=False)  # compiled patterns, memos
    kept: dict[str, Callable[[], object]] = field(default_factory=dict, compare=False, repr=False)  # made before

    def __getstate__(self) -> dict[str, object]:
        """Leave out of the pickle what was made of the rules; it is made again when needed."""
        return {
            "rules": self.rules, "patterns": dict(self.patterns),
            "lists": dict(self.lists), "tables": dict(self.tables),
        }  # fmt: skip

    def __setstate__(self, state: Mapping[str, object]) -> None:
        """Restore from a pickle."""
        self.__dict__.update(state, made={}, kept={})

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        """Return the rules by id."""
        return MappingProxyType({rule.id: rule for rule in self.rules})

    def of_kind(self, kind: str) -> tuple[Rule, ...]:
        """Return the rules of one record kind in file order, which is their priority."""
        return self.memo(f"rules {kind}", lambda: tuple(rule for rule in self.rules if rule.kind == kind))

    def table(self, name: str) -> Table:
        """Return the table ``name`` (rules/tables/NAME.csv); UsageError where there is none."""
        if name not in self.tables:
            raise UsageError(f"the rules have no table {name!r}")
        return self.tables[name]

    def pattern(self, name: str) -> regex.Pattern[str]:
        """Return the compiled pattern ``name`` from a ``patterns:`` section; UsageError where there is none."""
        found = self.made.get(name)
        if found is None:
            if name not in self.patterns:
                raise UsageError(f"the rules have no pattern {name!r}")
            found = self.memo(name, lambda: self.compile(self.patterns[name].pattern))
        return found  # type: ignore[return-value]  # one type per key

    def plain(self, name: str) -> re.Pattern[str]:
        """Return the pattern ``name`` compiled by Python's own re, which looks up a character in a set.

        regex tries the members one by one, which counts where a whole text is searched for one of many characters.
        """
        return self.memo(f"plain {name}", lambda: re.compile(self.patterns[name].pattern, re.VERBOSE))

    def alone(self, rule: Rule | Pattern) -> regex.Pattern[str]:
        """Return the pattern of one rule, or a named one, compiled by itself."""
        if isinstance(rule, Pattern):
            return self.pattern(rule.id)
        return self.memo(f"rule {rule.id}", lambda: self.compile(rule.pattern))

    def scanner(self, kind: str) -> regex.Pattern[str]:
        """Return one pattern that tries the rules of ``kind`` in order at each position."""
        return self.memo(f"scan {kind}", lambda: self.compile("|".join(self._branches(kind))))

    def _branches(self, kind: str) -> Iterator[str]:
        rules = self.of_kind(kind)
        for rule, mark in zip(rules, Marks(len(rules)).groups, strict=True):
            yield f"(?:{rule.pattern}\n){mark}"

    def scan(self, kind: str, text: str) -> Iterator[Hit]:
        """Yield the matches of the rules of ``kind`` in ``text``, by position, never overlapping."""
        rules = self.of_kind(kind)
        if not rules:
            return
        marks = self.memo(f"marks {kind}", lambda: Marks(len(rules)))
        for match in self.scanner(kind).finditer(text):
            yield Hit(rules[marks.branch(match)], match)

    def compile(self, pattern: str) -> regex.Pattern[str]:
        """Compile ``pattern`` (verbose mode, fragments filled in), binding the named lists it uses."""
        from extractor.ruleset.wordlists import parted  # noqa: PLC0415 - rules that are kept ready need none of it

        parts, lists = parted(pattern, self.words)
        return regex.compile(parts, FLAGS, ignore_unused=False, cache_pattern=False, **lists)

    def memo(self, key: str, build: Callable[[], T]) -> T:
        """Return ``build()``, computed once for this rule set: tables in the form a stage needs."""
        found = self.made.get(key)
        if found is None:
            before = self.kept.get(key)
            found = self.made[key] = build() if before is None else before()
        return found  # type: ignore[return-value]  # one type per key

    def words(self, name: str) -> frozenset[str]:
        """Return the members of the named list ``name``."""
        table, column, where = self.lists[name]
        return self.table(table).column(column, where)
