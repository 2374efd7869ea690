"""Stretches: the wording of a date, completed by year, month and day, to the stretch of time that it means."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from extractor import calendar

if TYPE_CHECKING:
    from extractor.calendar import Stretch
    from extractor.points import Point, RawDate


class Parts(Struct, frozen=True):
    """Year, month and day as far as known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None


def meant(raw: RawDate, parts: Parts, ending: Parts) -> Stretch:
    """Return the stretch of time that a date, an interval or a list of dates is."""
    if raw.members:
        return calendar.together(_one(point, replace(parts, **_numbers(point))) for point in raw.members)
    if raw.last is not None:
        return calendar.between(_one(raw.first, parts), _one(raw.last, ending))
    return _one(raw.first, parts)


def of_parts(raw: RawDate, year: int) -> str | None:
    """Return the interval, half or quarter of ``year`` that a date in a title names; None for a year or a month."""
    if raw.last is not None:
        return calendar.between(named(raw.first, year), named(raw.last, year)).value
    if raw.first.quarter is not None or raw.first.half is not None:
        return named(raw.first, year).value
    return None


def named(point: Point, year: int) -> Stretch:
    """Return the year, half, quarter or month that the title names."""
    year = point.year if point.year is not None else year
    if point.quarter is not None:
        return calendar.of_quarter(year, point.quarter)
    if point.half is not None:
        return calendar.of_half(year, point.half)
    if point.month is not None and calendar.is_possible(year, point.month, 1):
        return calendar.of_month(year, point.month)
    return calendar.of_year(year)


def _numbers(point: Point) -> dict[str, int]:
    """Return the parts that the members of a list do not share."""
    return {name: number for name in ("year", "month", "day") if (number := getattr(point, name)) is not None}


def is_impossible(point: Point) -> bool:
    """Return whether the wording itself is of no calendar."""
    if point.month is None:
        return False
    return not calendar.is_possible(point.year, point.month, 1 if point.day is None else point.day)


def granularity(point: Point) -> str:
    """Return how finely an impossible date is told."""
    return "day" if point.day is not None else "month"


def _one(point: Point, parts: Parts) -> Stretch:
    """Return the stretch of time that one date is; its granularity is known even where its year is not."""
    if point.fixed is not None:
        return point.fixed
    if point.movable is not None:
        return _movable(point, parts.year)
    if parts.quarter is not None and parts.year is not None:
        return calendar.of_quarter(parts.year, parts.quarter)
    if parts.day is not None or any(item is not None for item in (point.day, point.from_day, point.week)):
        return _day(parts) if point.week is None or point.week[1] is not None else _week(parts)
    if parts.month is not None or point.from_month is not None:
        return _month(point, parts)
    return _of_year(point, parts.year)


def _day(parts: Parts) -> Stretch:
    year, month, day = parts.year, parts.month, parts.day
    if year is None or month is None or day is None or not calendar.is_possible(year, month, day):
        return calendar.unknown("day")
    return calendar.of_day(date(year, month, day))


def _week(parts: Parts) -> Stretch:
    first = _day(parts).first
    return calendar.week_from(first) if first is not None else calendar.unknown("interval")


def _month(point: Point, parts: Parts) -> Stretch:
    if parts.year is None or parts.month is None:
        return calendar.unknown("month")
    whole = calendar.of_month(parts.year, parts.month)
    return calendar.days_of_month(whole, *point.days) if point.days else whole


def _of_year(point: Point, year: int | None) -> Stretch:
    """Return the quarter, half or season of a year that is meant, or the year."""
    if point.from_quarter is not None:
        return calendar.unknown("quarter")
    for number, build, granularity in (
        (point.quarter, calendar.of_quarter, "quarter"),
        (point.half, calendar.of_half, "half"),
        (point.season, calendar.of_season, "quarter"),
        (point.week_of_year, calendar.of_week, "interval"),
    ):
        if number is not None:
            return build(year, number) if year is not None else calendar.unknown(granularity)
    return calendar.of_year(year) if year is not None else calendar.unknown("year")


def _movable(point: Point, year: int | None) -> Stretch:
    """Return a feast or lunar month by the almanac; unknown outside the years it holds."""
    day = (point.movable or {}).get(year or 0)
    if point.movable_end is None:
        return calendar.of_day(day) if day else calendar.unknown("day")
    end = point.movable_end.get(year or 0)
    if day is None or end is None:
        return calendar.unknown("interval")
    return calendar.between(calendar.of_day(day), calendar.of_day(end))
