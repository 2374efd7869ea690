"""Explain: a record, or a place in a text, to the rule that spoke there, its groups, and the rules that lost."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from msgspec import Struct

from extractor import dates
from extractor.errors import UsageError
from extractor.normalise import normalise
from extractor.ruleset import Rule, suggestion
from extractor.split import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extractor.engine import Extractor
    from extractor.findings import Section
    from extractor.normalise import Normal
    from extractor.records import Document, Record
    from extractor.ruleset import Pattern, RuleSet

_INSTEAD = ("no_count.", "no_measure.", "no_date.", "no_unit.")  # names of patterns for what is no record
_AROUND = 160  # characters before and behind a record in which a rule's match may begin or end


class Trial(Struct, frozen=True):
    """What one rule, run alone, matches: source offsets, text as matched, named groups."""

    rule: Rule
    start: int
    end: int
    text: str
    groups: tuple[tuple[str, str], ...]


class Instead(Struct, frozen=True):
    """What stands where no record is, by the pattern that knows it (an ordinal, a word with a numeral in it)."""

    pattern: Pattern
    text: str


class Explanation(Struct, frozen=True):
    """A record (None where there is none), the match that made it if a rule's pattern did, and the other matches.

    ``instead`` says what stands there where no record is.
    """

    record: Record | None
    rule: Rule | None
    won: Trial | None
    lost: tuple[Trial, ...]
    instead: tuple[Instead, ...] = ()


def explain(
    text: str, extractor: Extractor, *, at: int | None = None, identity: str | None = None
) -> tuple[Explanation, ...]:
    """Return why the records at source offset ``at``, or those with the id ``identity`` (one a report), are there.

    An offset without a record has one explanation: the rules that match there in vain. Raises UsageError for an
    offset outside the text and for an id that no record has.
    """
    if at is not None and not 0 <= at < len(text):
        raise UsageError(f"offset {at} is outside the text, which has {len(text)} characters")
    document = extractor.extract(text)
    normal = normalise(text, extractor.ruleset)
    sections = split(normal.text, extractor.ruleset)
    found = [
        _explained(record, normal, section, extractor.ruleset)
        for report, section in zip(document.reports, sections, strict=True)
        for record in report.records()
        if (record.id == identity if at is None else record.start <= at < record.end)
    ]
    if not found and at is None:
        raise UsageError(f"no record has the id {identity!r}; there are {_ids(document)}")
    if not found and at is not None:
        lost = _lost_at(at, normal, sections, extractor.ruleset)
        instead = _instead(_inverse(normal, at), normal.text, sections, extractor.ruleset)
        found = [Explanation(None, None, None, lost, instead)]
    return tuple(found)


def described(explanation: Explanation) -> str:
    """Return an explanation as lines of text."""
    return "\n".join(_lines(explanation)) + "\n"


def rule_described(identity: str, rules: RuleSet) -> str:
    """Return the rule, or pattern, ``identity`` as lines of text; UsageError where there is none."""
    rule = rules.by_id.get(identity) or rules.patterns.get(identity)
    if rule is None:
        raise UsageError(f"no rule {identity!r}{suggestion(identity, [*rules.by_id, *rules.patterns])}")
    head = [("id", rule.id), ("about", rule.about), ("defined", f"{rule.path}:{rule.line}")]
    if isinstance(rule, Rule):
        head += [("parser", rule.parser), *((f"set {name}", value) for name, value in rule.sets)]
        head += [("source", rule.source)] if rule.source else []
    lines = [f"{name:<8} {value}" for name, value in head]
    lines += ["pattern", *(f"  {line}" for line in rule.pattern.splitlines() if line.strip())]
    for example in rule.matches:
        lines.append(f"matches  {_shown(example.text)}  {_pairs(example.gives) if example.gives else ''}".rstrip())
    for example in rule.ignores:
        lines.append(f"ignores  {_shown(example.text)}  {example.because or ''}".rstrip())
    return "\n".join(lines) + "\n"


def _lines(explanation: Explanation) -> Iterator[str]:
    record, rule, won = explanation.record, explanation.rule, explanation.won
    if record is None:
        yield "no record here"
    else:
        yield f"{record.id}  {_shown(record.text)}  {record.start}-{record.end}"
        values = record.model_dump(exclude={"id", "start", "end", "text", "rule"}, exclude_none=True)
        yield f"  fields   {_pairs((name, str(value)) for name, value in values.items() if value != ())}"
        yield f"  rule     {record.rule}  {rule.about if rule else '(none of this name in the rule files)'}"
    if rule is not None:
        yield f"  defined  {rule.path}:{rule.line}"
    if won is not None:
        yield f"  matched  {_shown(won.text)}  {won.start}-{won.end}"
        yield f"  groups   {_pairs(won.groups)}"
    elif record is not None:
        yield "  matched  the rule's pattern alone does not match here; another stage made the record"
    for known in explanation.instead:
        yield f"  instead  {known.pattern.id}  {_shown(known.text)}  {known.pattern.about}"
    for trial in explanation.lost:
        place = f"{trial.rule.path}:{trial.rule.line}"
        yield f"  lost     {trial.rule.id}  {_shown(trial.text)}  {trial.start}-{trial.end}  {place}"
    if not explanation.lost:
        yield "  lost     no other rule matches here"


def _pairs(values: Iterable[tuple[str, str]]) -> str:
    return "  ".join(f"{name}={_shown(value)}" for name, value in values) or "none"


def _shown(text: str) -> str:
    """Return ``text`` on one line, without characters that would steer the terminal."""
    return "".join(character if character.isprintable() else " " for character in text)


def _explained(record: Record, normal: Normal, section: Section, rules: RuleSet) -> Explanation:
    trials = list(_trials(record.start, record.end, normal, section, rules))
    own = [trial for trial in trials if trial.rule.id == record.rule]
    # the pattern may reach beyond the record, so the match that shares most with it is the one
    won = max(own, key=lambda trial: _shared(trial, record), default=None)
    lost = tuple(trial for trial in trials if trial.rule.id != record.rule)
    return Explanation(record, rules.by_id.get(record.rule), won, lost)


def _lost_at(at: int, normal: Normal, sections: tuple[Section, ...], rules: RuleSet) -> tuple[Trial, ...]:
    place = _inverse(normal, at)
    for section in sections:
        if section.at <= place < section.end:
            return tuple(_trials(at, at + 1, normal, section, rules))
    return ()


def _instead(place: int, text: str, sections: tuple[Section, ...], rules: RuleSet) -> tuple[Instead, ...]:
    """Return what the patterns for what is no record match at ``place``, and the date of every year there."""
    begin, stop = max(place - _AROUND, 0), place + _AROUND
    known = [
        Instead(pattern, match.group())
        for name, pattern in rules.patterns.items()
        if name.startswith(_INSTEAD)
        for match in rules.pattern(name).finditer(text, begin, stop)
        if match.start() <= place < match.end()
    ]
    for section in sections:
        if section.at <= place < section.end:
            own = text[section.at : section.end]
            known += [
                Instead(rules.patterns[name], own[at:end])
                for at, end, name in dates.passed_over(own, rules)
                if at <= place - section.at < end
            ]
    return tuple(known)


def _shared(trial: Trial, record: Record) -> tuple[int, int]:
    overlap = min(trial.end, record.end) - max(trial.start, record.start)
    return overlap, -(trial.end - trial.start)


def _trials(start: int, end: int, normal: Normal, section: Section, rules: RuleSet) -> Iterator[Trial]:
    """Yield the longest match of each rule at each place that overlaps the source stretch, rules in their order."""
    text = normal.text[section.at : section.end]
    at = _inverse(normal, start) - section.at
    begin, stop = max(at - _AROUND, 0), at + (end - start) + _AROUND
    for rule in rules.rules:
        last = -1
        for match in rules.alone(rule).finditer(text, begin, stop, overlapped=True):
            if match.end() <= max(match.start(), last):
                continue  # empty, or the tail of a longer match
            left, right = normal.span(section.at + match.start(), section.at + match.end())
            if left < end and right > start:
                last = match.end()
                groups = tuple((name, value) for name, value in match.groupdict().items() if value)
                yield Trial(rule, left, right, match.group(), groups)


def _inverse(normal: Normal, offset: int) -> int:
    """Return the first place of the normalised text that lies at or behind the source ``offset``."""
    return bisect_left(range(len(normal.text)), offset, key=normal.offset)


def _ids(document: Document) -> str:
    """Return the range of ids of each kind, 'c1…c12, d1…d3'."""
    letters: dict[str, int] = {}
    for record in document.records():
        letters[record.id[0]] = max(letters.get(record.id[0], 0), int(record.id[1:]))
    return ", ".join(f"{letter}1…{letter}{last}" for letter, last in letters.items()) or "none"
