"""Findings: what the stages hand each other, frozen, in offsets of the section's normalised text.

Each mirrors a record; links are positions in the tuple of findings of the same kind. The engine turns
findings into records: it gives ids, moves offsets to the source and cuts out the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

FILLER = "\ufffc"  # stands for text that a later stage must not read


class RegulationFinding(Struct, frozen=True):
    """A citation."""

    at: int
    end: int
    rule: str
    title: str | None = None
    level: str | None = None
    document_number: str | None = None
    number: tuple[str, int | None, str] | None = None  # code, year, serial
    number_spans: tuple[tuple[int, int], ...] = ()  # where attached numbers and provisions stand
    articles: tuple[tuple[int | str | None, int | None, int | None], ...] = ()
    alias: str | None = None
    alias_of: int | None = None
    issuer: str | None = None
    status: str | None = None


class DateFinding(Struct, frozen=True):
    """A date, resolved as far as the report allows."""

    at: int
    end: int
    rule: str
    value: str | None
    start_date: str | None
    end_date: str | None
    granularity: str
    kind: Literal["absolute", "relative", "masked"]
    part: str | None = None
    impossible: bool = False  # a day that no calendar has


class UnitFinding(Struct, frozen=True):
    """An organisation."""

    at: int
    end: int
    rule: str
    name: str
    kind: str
    level: str | None = None
    region: tuple[str, str] | None = None  # name, code


class CountFinding(Struct, frozen=True):
    """A quantity; the second group of fields is filled by the stages that read the clause around it."""

    at: int
    end: int
    rule: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    qualifier: str
    unit: str | None
    dimension: str
    fraction: str | None = None

    item: str | None = None
    action: str | None = None
    indicator: str | None = None
    actor: str | None = None
    period: str | None = None
    change: tuple[str, str | None] | None = None  # direction, baseline
    parent: int | None = None


class CheckFinding(Struct, frozen=True):
    """A check on records of the report, named by kind letter and position: ('c', 3)."""

    kind: str
    ok: bool
    message: str
    records: tuple[tuple[str, int], ...] = ()
    reports: tuple[int, ...] = ()


class Section(Struct, frozen=True):
    """One report of a source: its stretch of the normalised text and its title."""

    index: int
    at: int
    end: int
    title: str | None
    title_at: int = 0  # where the title's text begins and ends, relative to the section
    title_end: int = 0


class Context(Struct, frozen=True):
    """What is known about the report as a whole when its records are resolved."""

    title: str | None = None
    year: int | None = None  # the year that 今年 means
    month: int | None = None
    day: int | None = None
    issuer: str | None = None
    period: str | None = None
    base: int | None = None  # the year of a month without one, and the year that 上年 precedes
    issued: tuple[int, int, int] | None = None  # the day on which a news text appeared
    body_at: int = 0  # behind the title, whose date governs through ``base`` alone
    narrative: bool = False  # a story, in which each date governs until the next
    chronicle: bool = False  # a story by years, in which only a date that begins its line does
    news: bool = False  # it has the day on which it appeared, and tells of days around it
    meets: bool = False  # it tells what has been and what is to come
    turns: bool = False  # it looks back on a year and then plans the next, which is 今年 there
    steps_at: int | None = None  # where what sums up a year goes on to the next
    recounts: bool = False  # it tells of the year before, so that a month without a year is the last that has passed
    ahead: bool = False  # it says what is to be done, so that a day long past by its month is of the next year
    told: bool = False  # only the caller says when it was written


def mask(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return ``text`` with every span overwritten by FILLER, same length, so that later stages pass over it."""
    parts: list[str] = []
    last = 0
    for at, end in sorted(spans):
        if end <= last:
            continue
        begin = max(at, last)
        parts += (text[last:begin], FILLER * (end - begin))
        last = end
    parts.append(text[last:])
    return "".join(parts)
