"""Engine: one text through all stages, normalise → split → scan → parse → resolve → link → check, to a Document."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from extractor import check, counts, dates, link, regulations, resolve, units
from extractor.builtin import BUILTIN
from extractor.errors import InputError, UsageError
from extractor.findings import CheckFinding, Section, mask
from extractor.labels import TABLES, labels_of
from extractor.normalise import Normal, normalise
from extractor.records import Document, Report, Source
from extractor.ruleset import RuleSet, Vocabulary, builtin, load, suggestion
from extractor.split import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from extractor.findings import CountFinding, DateFinding, RegulationFinding, UnitFinding

Kind = Literal["counts", "dates", "units", "regulations"]
KINDS: tuple[Kind, ...] = ("counts", "dates", "units", "regulations")
VOCABULARY: Vocabulary = {
    "count": counts.PARSERS,
    "date": dates.PARSERS,
    "unit": units.PARSERS,
    "regulation": regulations.PARSERS,
}
_LETTERS = {"counts": "c", "dates": "d", "units": "u", "regulations": "r"}


@dataclass(frozen=True, slots=True)
class Found:
    """Everything found in one section, in offsets of its normalised text."""

    section: Section
    text: str
    issuer: str | None
    period: str | None
    counts: tuple[CountFinding, ...]
    dates: tuple[DateFinding, ...]
    units: tuple[UnitFinding, ...]
    regulations: tuple[RegulationFinding, ...]
    checks: tuple[CheckFinding, ...]


def kind_named(name: str) -> Kind:
    """Return the kind of record called ``name``; UsageError where there is none."""
    for kind in KINDS:
        if kind == name:
            return kind
    raise UsageError(f"unknown kind {name!r}{suggestion(name, KINDS)}; choose from {', '.join(KINDS)}")


@lru_cache(maxsize=8)
def rules_of(directories: tuple[Path, ...] = ()) -> RuleSet:
    """Return the built-in rules with those of ``directories`` added; RuleError where they cannot be used."""
    return load((BUILTIN, *directories), VOCABULARY, trusted=(BUILTIN,)) if directories else builtin()


@dataclass(frozen=True)
class Extractor:
    """A reusable extractor: immutable, picklable, safe to share between threads.

    ``only`` limits the kinds of record that are returned. ``reference_date`` (``2022``, ``2022-06`` or
    ``2022-06-30``) is what 今年 and 本月 mean; None takes it from the text. ``rules`` are directories
    whose rules and tables are added to the built-in ones; ``loaded`` is a rule set to use in place of all these.

    Raises UsageError for an unknown kind or date, RuleError for rules that cannot be used.
    """

    only: tuple[Kind, ...] = KINDS
    reference_date: str | None = None
    rules: tuple[Path, ...] = field(default=())
    loaded: RuleSet | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check the arguments."""
        for kind in self.only:
            kind_named(kind)
        if self.reference_date is not None:
            resolve.reference(self.reference_date)
        if self.loaded is None:
            rules_of(self.rules)

    @property
    def ruleset(self) -> RuleSet:
        """Return the rules in use."""
        return rules_of(self.rules) if self.loaded is None else self.loaded

    @property
    def labels(self) -> Mapping[str, str]:
        """Return what each indicator is called, those of the user's tables too."""
        domains, stages = (self.ruleset.table(name).rows() for name in TABLES)
        return labels_of(domains, stages)

    def extract(self, text: str, *, name: str = "text", encoding: str = "utf-8", sha256: str | None = None) -> Document:
        """Return everything found in ``text``.

        ``name``, ``encoding`` and ``sha256`` describe the source; without ``sha256`` it is that of the
        text in UTF-8. Raises InputError for a text that no encoding can hold (a lone surrogate).
        """
        data = _bytes_of(text, name)
        normal = normalise(text)
        found = self.find(normal)
        reports = tuple(_report(normal, section, self.only) for section in found)
        digest = sha256 or hashlib.sha256(data).hexdigest()
        source = Source(name=name, sha256=digest, encoding=encoding, characters=len(text))
        return Document(source=source, reports=reports)

    def stream(self, texts: Iterable[str]) -> Iterator[Document]:
        """Yield a Document for each text, in order, one at a time."""
        for number, text in enumerate(texts, 1):
            yield self.extract(text, name=f"text {number}")

    def find(self, normal: Normal) -> tuple[Found, ...]:
        """Return what every stage found, section by section, before it becomes records."""
        rules = self.ruleset
        sections = split(normal.text, rules)
        found = [self._section(normal, section, rules) for section in sections]
        twins = check.duplicates([one.text for one in found])
        return tuple(_with_checks(one, extra) for one, extra in zip(found, twins, strict=True))

    def _section(self, normal: Normal, section: Section, rules: RuleSet) -> Found:
        text = normal.text[section.at : section.end]
        cited = regulations.find(text, rules, section.title, normal.written(section.at, section.end))
        readable = mask(text, [*cited.blocked, *regulations.links(text, rules)])
        raw = dates.scan(readable, rules)
        organisations = units.find(readable, rules)
        context = resolve.context(text, section, raw, organisations, self.reference_date, rules)
        calendar = resolve.dates(raw, context)
        quantities = counts.find(mask(readable, [*cited.numbers, *((d.at, d.end) for d in raw)]), rules)
        linked = link.link(text, quantities, calendar, organisations, cited.findings, context, rules)
        checks = check.check(text, linked, calendar, cited.findings, rules)
        return Found(
            section, text, context.issuer, context.period, linked, calendar, organisations, cited.findings, checks
        )


def extract(
    text: str,
    *,
    only: Sequence[Kind] = KINDS,
    reference_date: str | None = None,
    rules: Sequence[Path] = (),
    name: str = "text",
) -> Document:
    """Return everything found in ``text``; for many texts, keep an Extractor.

    >>> document = extract("全年收到行政复议申请105件，受理39件。")
    >>> [(count.action, int(count.value), count.unit) for count in document.reports[0].counts]
    [('收到', 105, '件'), ('受理', 39, '件')]
    """
    return Extractor(tuple(only), reference_date, tuple(rules)).extract(text, name=name)


def _bytes_of(text: str, name: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"not a text: lone surrogate at offset {error.start}; decode it anew", name) from None


def _with_checks(found: Found, extra: Sequence[CheckFinding]) -> Found:
    if not extra:
        return found
    fields = {name: getattr(found, name) for name in Found.__slots__}
    return Found(**{**fields, "checks": (*found.checks, *extra)})


def _report(normal: Normal, found: Found, only: Sequence[Kind]) -> Report:
    """Return the validated report: ids given, offsets moved to the source, text cut out."""
    section = found.section
    start, end = normal.span(section.at, section.end) if section.end > section.at else (section.at, section.at)
    if section.at == 0 and section.end == len(normal.text):
        start, end = 0, len(normal.source)
    values: dict[str, object] = {
        "index": section.index, "title": section.title, "start": start, "end": end,
        "issuer": found.issuer, "period": found.period,
    }  # fmt: skip
    place = _Place(normal, section.at)
    shaped: dict[Kind, Iterator[dict[str, object]]] = {  # made only when asked for
        "counts": (_count(place, item, number) for number, item in enumerate(found.counts, 1)),
        "dates": (_date(place, item, number) for number, item in enumerate(found.dates, 1)),
        "units": (_unit(place, item, number) for number, item in enumerate(found.units, 1)),
        "regulations": (_regulation(place, item, number) for number, item in enumerate(found.regulations, 1)),
    }
    values.update((kind, tuple(shaped[kind])) for kind in dict.fromkeys(only))
    kept = {_LETTERS[kind] for kind in only}
    values["checks"] = tuple(
        {
            "kind": item.kind, "ok": item.ok, "message": item.message, "reports": item.reports,
            "records": tuple(f"{letter}{position + 1}" for letter, position in item.records),
        }
        for item in found.checks
        if all(letter in kept for letter, _ in item.records)
    )  # fmt: skip
    return Report.model_validate(values)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the section's offsets lie in the source."""

    normal: Normal
    base: int

    def of(self, at: int, end: int) -> dict[str, object]:
        start, stop = self.normal.span(self.base + at, self.base + end)
        return {"start": start, "end": stop, "text": self.normal.source[start:stop]}


def _count(place: _Place, item: CountFinding, number: int) -> dict[str, object]:
    return {
        "id": f"c{number}", **place.of(item.at, item.end), "rule": item.rule,
        "value": item.value, "lower": item.lower, "upper": item.upper, "qualifier": item.qualifier,
        "unit": item.unit, "dimension": item.dimension, "fraction": item.fraction, "item": item.item,
        "action": item.action, "indicator": item.indicator, "actor": item.actor, "period": item.period,
        "change": {"direction": item.change[0], "baseline": item.change[1]} if item.change else None,
        "parent": None if item.parent is None else f"c{item.parent + 1}",
    }  # fmt: skip


def _date(place: _Place, item: DateFinding, number: int) -> dict[str, object]:
    return {
        "id": f"d{number}", **place.of(item.at, item.end), "rule": item.rule, "value": item.value,
        "start_date": item.start_date, "end_date": item.end_date, "granularity": item.granularity,
        "kind": item.kind, "part": item.part,
    }  # fmt: skip


def _unit(place: _Place, item: UnitFinding, number: int) -> dict[str, object]:
    return {
        "id": f"u{number}", **place.of(item.at, item.end), "rule": item.rule, "name": item.name,
        "kind": item.kind, "level": item.level,
        "region": {"name": item.region[0], "code": item.region[1]} if item.region else None,
    }  # fmt: skip


def _regulation(place: _Place, item: RegulationFinding, number: int) -> dict[str, object]:
    parts = item.number
    return {
        "id": f"r{number}", **place.of(item.at, item.end), "rule": item.rule, "title": item.title,
        "level": item.level, "document_number": item.document_number,
        "number": {"code": parts[0], "year": parts[1], "serial": parts[2]} if parts else None,
        "articles": tuple({"article": a, "paragraph": p, "item": i} for a, p, i in item.articles),
        "alias": item.alias, "alias_of": None if item.alias_of is None else f"r{item.alias_of + 1}",
        "issuer": item.issuer, "status": item.status,
    }  # fmt: skip
