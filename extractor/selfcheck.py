"""Selfcheck: rules in, run on their own examples; every promise they break out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import TYPE_CHECKING

from pydantic import BaseModel

from extractor.builtin import BUILTIN
from extractor.engine import VOCABULARY, Extractor
from extractor.errors import RuleProblem, UsageError
from extractor.folding import fold
from extractor.normalise import normalise
from extractor.ruleset.loading import survey
from extractor.ruleset.model import WAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from extractor.records import Record
    from extractor.ruleset import Example, Pattern, Rule, RuleSet

_UNKNOWN = "null"  # how an example says that a field is None


def check_directories(directories: Sequence[Path]) -> tuple[RuleSet, tuple[RuleProblem, ...]]:
    """Return the built-in rules with those of ``directories``, as far as sound, and every problem with them all."""
    ruleset, problems = survey((BUILTIN, *directories), VOCABULARY)
    unsound = {problem.rule for problem in problems}
    if unsound:  # what a broken rule does to the examples of others says nothing new
        sound = tuple(rule for rule in ruleset.rules if rule.id not in unsound or rule.path.parent == BUILTIN)
        patterns = {name: one for name, one in ruleset.patterns.items() if name not in unsound}
        ruleset = replace(ruleset, rules=sound, patterns=patterns, made={}, kept={})
    try:
        broken = check_examples(ruleset, Extractor(loaded=ruleset))
    except UsageError as error:  # a pattern or table is missing that every text needs
        broken = (RuleProblem(f"the examples were not run: {error}", BUILTIN, 1),)
    return ruleset, tuple(sorted((*problems, *broken), key=lambda one: (str(one.path), one.line, one.column)))


def check_examples(rules: RuleSet, extractor: Extractor) -> tuple[RuleProblem, ...]:
    """Return every example of ``rules`` that does not hold when ``extractor`` runs with these rules."""
    ready = replace(extractor, loaded=rules)
    found = [problem for rule in rules.rules for problem in check_rule(rule, ready)]
    found += [problem for pattern in rules.patterns.values() for problem in check_pattern(pattern, rules)]
    return tuple(found)


def check_rule(rule: Rule, extractor: Extractor) -> Iterator[RuleProblem]:
    """Yield the examples of ``rule`` that do not hold: a match must give its record, an ignored text none."""
    promises = [(one, _broken_match) for one in rule.matches] + [(one, _broken_ignore) for one in rule.ignores]
    for example, broken in promises:
        try:
            ready = replace(extractor, reference_date=example.reference) if example.reference else extractor
        except UsageError as error:
            yield _problem(example, rule.id, str(error))
            continue
        if reason := broken(rule, example, tuple(ready.extract(example.text).records())):
            yield _problem(example, rule.id, reason)


def check_pattern(pattern: Pattern, rules: RuleSet) -> Iterator[RuleProblem]:
    """Yield the examples of ``pattern`` that do not hold when it is applied to the text it reads."""
    compiled = rules.pattern(pattern.id)
    applied = dict(zip(WAYS, (compiled.search, compiled.match, compiled.fullmatch), strict=True))[pattern.applied]
    read = fold if pattern.reads == "folded" else partial(_normal, rules=rules)
    for example in pattern.matches:
        if applied(read(example.text)) is None:
            yield _problem(example, pattern.id, f"does not match {_quoted(example.text)}")
    for example in pattern.ignores:
        if applied(read(example.text)) is not None:
            yield _problem(example, pattern.id, f"matches {_quoted(example.text)}, which it should ignore")


def _normal(text: str, rules: RuleSet) -> str:
    return normalise(text, rules).text


def _broken_match(rule: Rule, example: Example, records: Sequence[Record]) -> str | None:
    wanted = example.span or example.text
    own = [record for record in records if record.rule == rule.id and record.text == wanted]
    if not own:
        others = ", ".join(f"{record.rule} {_quoted(record.text)}" for record in records) or "nothing"
        return f"gives no record {_quoted(wanted)} of this rule; found: {others}"
    differences = [_difference(record, example.gives) for record in own]
    return None if None in differences else differences[0]


def _broken_ignore(rule: Rule, example: Example, records: Sequence[Record]) -> str | None:
    for record in records:
        if record.rule == rule.id:
            return f"gives {_quoted(record.text)} in {_quoted(example.text)}, which it should ignore"
    return None


def _difference(record: Record, gives: Sequence[tuple[str, str]]) -> str | None:
    """Return the first field of ``record`` that is not as ``gives`` says; None where all are."""
    for name, wanted in gives:
        try:
            found = _field(record, name)
        except (AttributeError, LookupError, ValueError):
            return f"{_quoted(record.text)} has no field {name!r}"
        if not _equal(found, wanted):
            return f"{_quoted(record.text)} gives {name} {_spelled(found)!r}, not {wanted!r}"
    return None


def _field(record: Record, path: str) -> object:
    """Return the field at ``path``: ``value``, ``region.code``, ``articles.0.item``."""
    found: object = record
    for name in path.split("."):
        if isinstance(found, tuple):
            found = found[int(name)]
        elif isinstance(found, BaseModel) and name in type(found).model_fields:
            found = getattr(found, name)
        else:
            raise AttributeError(name)
    return found


def _equal(found: object, wanted: str) -> bool:
    if isinstance(found, Decimal):
        try:
            return found == Decimal(wanted)
        except InvalidOperation:
            return False
    return _spelled(found) == wanted


def _spelled(value: object) -> str:
    """Return a field as an example writes it: parts joined by '/', several values by ';'."""
    if value is None:
        return _UNKNOWN
    if isinstance(value, tuple):
        return ";".join(_spelled(one) for one in value)
    if isinstance(value, BaseModel):
        parts = ("" if part is None else _spelled(part) for _, part in value)
        return "/".join(parts).rstrip("/")
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _problem(example: Example, rule: str, message: str) -> RuleProblem:
    return RuleProblem(message, example.path, example.line, example.column, rule)


def _quoted(text: str) -> str:
    return f"'{text if text.isprintable() else repr(text)[1:-1]}'"
