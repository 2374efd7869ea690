"""Shape: what was found in a section, in offsets of its normalised text, to the fields of a report.

Here, and only here, ids are given, offsets are moved to the source, and words are put back as the source
writes them: matching reads folded text, records speak the script and the width of their source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from extractor.choices import KINDS
from extractor.exact import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal

    from extractor.choices import Kind
    from extractor.findings import CheckFinding, CountFinding, DateFinding, RegulationFinding, Section, UnitFinding
    from extractor.normalise import Normal

_LONGEST_SERIAL = 18  # digits; no document has more, and Python refuses to convert thousands
_NEAR = 4_000  # characters before a record in which its words are looked for first
_BEHIND = 60  # characters behind a record in which a word of it may stand
_NUMBER_SIGN = "号"
_LETTERS: Mapping[Kind, str] = {"counts": "c", "dates": "d", "units": "u", "regulations": "r"}


class Found(Struct, frozen=True):
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


def report(
    normal: Normal, found: Found, only: Sequence[Kind], locate: Callable[[int], str | None] | None = None
) -> Mapping[str, object]:
    """Return the fields of a Report, with the records of the kinds in ``only``; ``locate`` gives their locators.

    They are as the records have them, in the same order, so that they can also be written as they are.
    """
    section = found.section
    start, end = normal.span(section.at, section.end) if section.end > section.at else (section.at, section.at)
    if section.at == 0 and section.end == len(normal.text):
        start, end = 0, len(normal.source)
    place = _Place(normal, section.at, found.text, normal.written(section.at, section.end), locate)
    shapes: Mapping[Kind, Callable[[], tuple[dict[str, object], ...]]] = {  # made only when asked for
        "counts": lambda: tuple(_count(place, item, number) for number, item in enumerate(found.counts, 1)),
        "dates": lambda: tuple(_date(place, item, number) for number, item in enumerate(found.dates, 1)),
        "units": lambda: tuple(_unit(place, item, number) for number, item in enumerate(found.units, 1)),
        "regulations": lambda: tuple(
            _regulation(place, item, number) for number, item in enumerate(found.regulations, 1)
        ),
    }
    kept = {_LETTERS[kind] for kind in only}
    return {
        "index": section.index,
        "title": place.title(section),
        "start": start,
        "end": end,
        "issuer": place.word(found.issuer, len(found.text)),
        "period": found.period,
        **{kind: shapes[kind]() if kind in only else () for kind in KINDS},
        "checks": tuple(
            {
                "kind": item.kind, "ok": item.ok, "message": item.message,
                "records": tuple(f"{letter}{position + 1}" for letter, position in item.records),
                "reports": item.reports,
            }
            for item in found.checks
            if all(letter in kept for letter, _ in item.records)
        ),
    }  # fmt: skip


class _Place(Struct, frozen=True):
    """Where the section lies in the source, and its text as matched and as written, character for character."""

    normal: Normal
    base: int
    text: str
    written: str
    locate: Callable[[int], str | None] | None
    far: dict[str, str] = field(default_factory=dict)  # as written: words that do not stand near their record

    def of(self, at: int, end: int) -> dict[str, object]:
        start, stop = self.normal.span(self.base + at, self.base + end)
        locator = None if self.locate is None else self.locate(start)
        return {"start": start, "end": stop, "text": self.normal.source[start:stop], "locator": locator}

    def word(self, folded: str | None, before: int) -> str | None:
        """Return ``folded`` as the source writes it: the last time before ``before``, else the first behind it."""
        if not folded or folded.isascii():
            return folded
        at = self.text.rfind(folded, before - _NEAR if before > _NEAR else 0, before)
        if at >= 0:
            return self.written[at : at + len(folded)]
        if folded not in self.far:  # looked for in all of the text only once
            at = self.text.rfind(folded, 0, before)
            if at < 0:
                at = self.text.find(folded, before)
            self.far[folded] = folded if at < 0 else self.written[at : at + len(folded)]
        return self.far[folded]

    def title(self, section: Section) -> str | None:
        if section.title is None:
            return None
        lines = self.written[section.title_at : section.title_end].splitlines()
        return "".join(line.strip() for line in lines) or None


def _count(place: _Place, item: CountFinding, number: int) -> dict[str, object]:
    near = item.end + _BEHIND  # the noun may stand behind its number
    value = _plain(item.value)
    return {
        "id": f"c{number}", **place.of(item.at, item.end), "rule": item.rule,
        "value": value,
        "lower": value if item.lower is item.value else _plain(item.lower),
        "upper": value if item.upper is item.value else _plain(item.upper),
        "qualifier": item.qualifier,
        "unit": place.word(item.unit, item.end), "dimension": item.dimension, "fraction": item.fraction,
        "item": place.word(item.item, near), "action": place.word(item.action, near),
        "indicator": item.indicator, "actor": place.word(item.actor, near), "period": item.period,
        "change": {"direction": item.change[0], "baseline": place.word(item.change[1], near)} if item.change else None,
        "parent": None if item.parent is None else f"c{item.parent + 1}",
    }  # fmt: skip


def _plain(value: Decimal | None) -> Decimal | None:
    return None if value is None else plain(value)


def _date(place: _Place, item: DateFinding, number: int) -> dict[str, object]:
    return {
        "id": f"d{number}", **place.of(item.at, item.end), "rule": item.rule, "value": item.value,
        "start_date": item.start_date, "end_date": item.end_date, "granularity": item.granularity,
        "kind": item.kind, "part": item.part,
    }  # fmt: skip


def _unit(place: _Place, item: UnitFinding, number: int) -> dict[str, object]:
    return {
        "id": f"u{number}", **place.of(item.at, item.end), "rule": item.rule,
        "name": place.word(item.name, item.end), "kind": item.kind, "level": item.level,
        "region": {"name": item.region[0], "code": item.region[1]} if item.region else None,
    }  # fmt: skip


def _serial(text: str) -> int | str:
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_SERIAL else text


def _regulation(place: _Place, item: RegulationFinding, number: int) -> dict[str, object]:
    parts = item.number
    near = item.end + _BEHIND
    code = place.word(parts[0], near) if parts else None
    return {
        "id": f"r{number}", **place.of(item.at, item.end), "rule": item.rule, "title": item.title,
        "level": item.level, "document_number": _printed(place, item, code),
        "number": {"code": code, "year": parts[1], "serial": _serial(parts[2])} if parts else None,
        "articles": tuple({"article": a, "paragraph": p, "item": i} for a, p, i in item.articles),
        "alias": place.word(item.alias, near), "alias_of": None if item.alias_of is None else f"r{item.alias_of + 1}",
        "issuer": place.word(item.issuer, near), "status": item.status,
    }  # fmt: skip


def _printed(place: _Place, item: RegulationFinding, code: str | None) -> str | None:
    """Return the document's number with its characters as the source writes them."""
    number = item.document_number
    if number is None or code is None or item.number is None or number.isascii():
        return number
    sign = place.word(_NUMBER_SIGN, item.end + _BEHIND) or _NUMBER_SIGN
    return number.replace(item.number[0], code, 1).replace(_NUMBER_SIGN, sign)
