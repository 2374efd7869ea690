"""Resolve: date expressions, and what is known of the report, to calendar dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from extractor import calendar
from extractor.context import context
from extractor.findings import DateFinding
from extractor.points import Point, Shift
from extractor.reference import given, reference
from extractor.stretches import Parts, granularity, is_impossible, meant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.findings import Context
    from extractor.points import RawDate

_FOREVER = 1 << 62  # behind any text
_NEW_CENTURY = 2001
_HALF_A_YEAR = 6

__all__ = ["context", "dates", "given", "reference"]


def dates(raw: Sequence[RawDate], known: Context) -> tuple[DateFinding, ...]:
    """Return ``raw`` resolved against the report; a date that cannot be resolved has no value."""
    return _Reading(known).read(raw)


class _Governing(NamedTuple):
    """A year of which later dates are, until ``reach``."""

    reach: int
    year: int | None  # None for 今年 where nobody can say which
    is_counted: bool  # by 上年 or its like
    heads: bool  # it stands in the heading of a section
    near: int  # where its own sentence ends
    counts: int  # where 上年 no longer counts from it
    since: int = 0  # the month from which a date is of the year before: that of 2020年11月 to 2021年3月

    def is_hidden_by(self, later: _Governing) -> bool:
        """Return whether ``later`` answers whatever could be asked of this one as long as it governs."""
        if self.reach > later.reach or self.near > later.near:
            return False
        if self.heads and not (later.heads and self.year == later.year):
            return False
        return self.is_counted or (not later.is_counted and self.counts <= later.counts)


class _Reading(Struct):
    """The state of reading one report from its first date to its last."""

    known: Context
    _at: int = 0  # of the date at hand
    _governing: list[_Governing] = field(default_factory=list)  # the nearest last
    _last: Parts = field(default_factory=Parts)
    _month: Parts = field(default_factory=Parts)  # of the last date that names one
    _told: dict[tuple[int, int], int] = field(default_factory=dict)  # the year of each day told in full

    def read(self, raw: Sequence[RawDate]) -> tuple[DateFinding, ...]:
        found: list[DateFinding] = []
        for place, item in enumerate(raw):
            day = self._explained(raw[place + 1], item.at) if item.explained and place + 1 < len(raw) else None
            finding = self._one(item, day)
            if finding is not None:
                found.append(finding)
        return tuple(found)

    def _one(self, raw: RawDate, day: date | None) -> DateFinding | None:
        raw = self._completed(raw, day)
        here = self._year_of(raw)
        parts = self._parts(raw.first, here)
        ending = self._ending(raw.last, parts, here) if raw.last is not None else parts
        impossible = any(is_impossible(point) for point in (raw.first, raw.last) if point is not None)
        stretch = calendar.unknown(granularity(raw.first)) if impossible else meant(raw, parts, ending)
        if raw.is_open:
            stretch = calendar.onwards(stretch)
        if raw.dropped_unknown and stretch.value is None and not self._is_day_after(raw.first):
            return None
        self._remember(raw, ending)
        return DateFinding(
            raw.at, raw.end, raw.rule, stretch.value,
            stretch.first.isoformat() if stretch.first else None,
            stretch.last.isoformat() if stretch.last else None,
            stretch.granularity, raw.kind, raw.part if raw.last is None else None, impossible,
        )  # fmt: skip

    def _is_day_after(self, point: Point) -> bool:
        """Return whether ``point`` is 次日 or its like behind a day, whose year may be unknown."""
        return point.from_day is not None and point.from_day.base == "last" and self._month.day is not None

    def _completed(self, raw: RawDate, day: date | None) -> RawDate:
        """Return ``raw`` with what the text beside it and the time of the report say outright."""
        if day is not None:
            return replace(raw, first=Point(day.year, month=day.month, day=day.day))
        if raw.last is not None:
            first, last = _shared(raw.first, raw.last)
            return replace(raw, first=first, last=last)
        if raw.first.same_month:
            return replace(raw, first=replace(raw.first, month=self._month.month))
        month = raw.first.from_month
        if raw.baseline and month is not None and month.base == "now" and self._month.month is not None:
            return replace(raw, first=replace(raw.first, from_month=Shift("last", month.steps)))
        if raw.first.fixed_before is None or self.known.year is None or self.known.year >= _NEW_CENTURY:
            return raw
        return replace(raw, first=replace(raw.first, fixed=raw.first.fixed_before))

    def _here(self, at: int) -> int | None:
        """Return the year that is spoken of at ``at``."""
        self._at = at
        while self._governing and self._governing[-1].reach <= at:
            self._governing.pop()
        return self._governing[-1].year if self._governing else self.known.base

    def _year_of(self, raw: RawDate) -> int | None:
        """Return the year of ``raw`` where its wording names none."""
        here = self._here(raw.at)
        if here is None or not self._governing:
            return here if here is None else self._assumed(raw, here)
        if 0 < self._governing[-1].since <= (raw.first.month or 0):
            here -= 1
        if self._governing[-1].near < raw.at and raw.last is None and not raw.first.has_year:
            told = self._told.get((raw.first.month or 0, raw.first.day or 0), self._come(raw) or here)
            if raw.planned and here < (self.known.year or here):
                told = self.known.year or told
            if told != here:
                self._govern(_Governing(_FOREVER, told, is_counted=False, heads=False, near=0, counts=0))
            return told
        if self._turns(raw, here):
            self._govern(self._governing[-1]._replace(year=here + 1))
            return here + 1
        return self._due(raw, here)

    def _turns(self, raw: RawDate, here: int) -> bool:
        """Return whether ``raw`` comes after the turn of the year in its sentence: 去年12月立项，3月动工."""
        before, month, known = self._month, raw.first.month, self.known
        if month is None or before.month is None or before.year != here or raw.first.has_year or raw.baseline:
            return False
        if before.month - month <= _HALF_A_YEAR:
            return False
        return known.year is None or (here + 1, month) <= (known.year, known.month or 12)

    def _come(self, raw: RawDate) -> int | None:
        """Return the year of 截至2月底 in a report, which is the last such month before it was given."""
        known, month = self.known, raw.first.month
        if not raw.so_far or known.narrative or known.year is None or known.month is None or month is None:
            return None
        return known.year - ((month, raw.first.day or 1) > (known.month, known.day or 31))

    def _due(self, raw: RawDate, here: int) -> int:
        """Return the year by which something is to be done, which is not before the notice that asks for it."""
        known, month = self.known, raw.first.month
        looks_ahead = known.ahead or (known.meets and not known.news and raw.deadline)
        is_due = looks_ahead and (raw.deadline or raw.planned) and not raw.first.has_year and month is not None
        if not is_due or month is None or known.year is None or known.month is None or here >= known.year:
            return here
        year = known.year + (month < known.month)
        self._governing.append(self._governing[-1]._replace(year=year))
        return year

    def _assumed(self, raw: RawDate, here: int) -> int:
        """Return the year of a date that no other governs: that of the report, or one beside it."""
        if self.known.recounts and self.known.year is not None and not raw.first.has_year and _is_in_year(raw.first):
            here = self.known.year
        if self.known.steps_at is not None and raw.at > self.known.steps_at and not (raw.first.has_year or raw.so_far):
            return here + 1
        return here + self._comes_next_year(raw, here) - self._was_last_year(raw, here)

    def _comes_next_year(self, raw: RawDate, here: int) -> bool:
        """Return whether a notice of autumn means a deadline in spring, or the next 春节, by a date without a year."""
        known, point = self.known, raw.first
        if not (known.ahead or known.meets) or known.month is None or here != known.year or point.has_year:
            return False
        feast = (point.movable or {}).get(here)
        month = feast.month if feast else point.month
        is_due = known.ahead and raw.deadline
        if month is None or not (raw.deadline or (known.ahead and (raw.planned or raw.dropped_unknown))):
            return False
        return known.month - month >= (1 if is_due and not raw.dropped_unknown else _HALF_A_YEAR)

    def _was_last_year(self, raw: RawDate, here: int) -> bool:
        """Return whether a date without a year has passed before the report was given: 截至12月底 said in January."""
        known, point = self.known, raw.first
        if known.month is None or here != known.year or point.has_year or raw.deadline or raw.planned:
            return False
        if not _is_in_year(point):
            return False
        month = point.month or 3 * (point.quarter or 1)
        if raw.so_far or known.recounts:
            return (month, point.day or 1) > (known.month, known.day or 31)
        return not (known.ahead or known.told) and month - known.month > _HALF_A_YEAR

    def _spoken_of(self) -> int | None:
        """Return the year from which 上年 and 下年 count, which another such word does not move."""
        counts = (one.year for one in reversed(self._governing) if not one.is_counted and one.counts > self._at)
        return next(counts, self.known.base)

    def _parts(self, point: Point, here: int | None) -> Parts:
        """Return the year, month and day that ``point`` means; 去年今日 is this day of that year."""
        if point.from_year is None or (point.from_month is None and point.from_day is None):
            return self._counted(point, here)
        return replace(self._counted(replace(point, from_year=None), here), year=self._year(point, here))

    def _counted(self, point: Point, here: int | None) -> Parts:
        """Return the parts of ``point`` counted from one thing only, the year, the month or the day."""
        if point.week is not None or point.from_day is not None:
            day = self._shifted_day(point)
            return Parts(day.year, day.month, day.day) if day else Parts()
        if point.from_month is not None:
            year, month = self._shifted_month(point.from_month)
            return Parts(year, month, point.day)
        if point.from_quarter is not None and self.known.year is not None and self.known.month is not None:
            moved = 4 * self.known.year + (self.known.month - 1) // 3 + point.from_quarter
            return Parts(moved // 4, quarter=moved % 4 + 1)
        if point.day is not None and point.month is None:  # 8日 in 3月5日、8日, or in a news line
            source = self._month if self._month.month is not None else Parts(self.known.year, self.known.month)
            issued = self.known.issued
            if issued is not None and issued[2] == point.day and (source.year or 0, source.month or 0) > issued[:2]:
                return Parts(*issued)
            return Parts(source.year, source.month, point.day) if source.month is not None else Parts()
        year = point.year if point.year is not None else self._year(point, here)
        return Parts(year, point.month, point.day) if point.fixed is None else Parts()

    def _year(self, point: Point, here: int | None) -> int | None:
        shift = point.from_year
        if shift is not None:
            bases = {"now": self._now(), "report": self.known.base, "last": self._last.year}
            base = self._spoken_of() if shift.base == "here" else bases[shift.base]
            return None if base is None else base + shift.steps
        known = self.known
        for year, month, day in filter(None, (known.issued, (known.year, known.month, known.day))):
            if (point.month, point.day) == (month, day) and day is not None:
                return year
        if here is None or point.month is None or point.day is None:
            return here
        if not calendar.is_possible(here, point.month, point.day) and self.known.year is not None:
            return self.known.year
        return here

    def _now(self) -> int | None:
        """Return what 今年 means, which in the plan for the year to come may be that year."""
        year = self.known.year
        if year is None or not self.known.turns:
            return year
        return year + any(one.heads and one.year == year + 1 for one in self._governing)

    def _shifted_day(self, point: Point) -> date | None:
        shift = point.from_day or Shift("now", 0)
        source = Parts(self.known.year, self.known.month, self.known.day) if shift.base == "now" else self._last
        if source.year is None or source.month is None or source.day is None:
            return None
        if not calendar.is_possible(source.year, source.month, source.day):
            return None
        day = date(source.year, source.month, source.day) + timedelta(shift.steps)
        if point.week is None:
            return day
        weeks, weekday = point.week
        return day + timedelta(7 * weeks + (weekday or 1) - day.isoweekday())

    def _shifted_month(self, shift: Shift) -> tuple[int | None, int | None]:
        """Return year and month; 月底 without more is of the month mentioned last."""
        year, month = self.known.year, self.known.month
        if shift.base == "last" or (shift.base == "here" and self._month.month is not None):
            year, month = self._month.year, self._month.month
        if year is None or month is None:
            return None, None
        moved = 12 * year + month - 1 + shift.steps
        return moved // 12, moved % 12 + 1

    def _ending(self, last: Point, parts: Parts, here: int | None) -> Parts:
        """Return the parts of the end of an interval, which shares with its beginning what it leaves out."""
        if last.from_year is not None and last.from_year.base == "last":  # 11月至次年3月
            return Parts(parts.year + last.from_year.steps if parts.year else None, last.month, last.day)
        ending = self._parts(last, here)
        if not last.has_year:
            month = last.month if last.month is not None or last.day is None else parts.month
            ending = Parts(parts.year, month, last.day)
            if parts.year is not None and parts.month is not None and month is not None and month < parts.month:
                ending = replace(ending, year=parts.year + 1)
        return ending

    def _explained(self, following: RawDate, at: int) -> date | None:
        """Return the day that stands in brackets behind 今天."""
        parts = self._parts(following.first, self._here(at))
        if parts.year is None or parts.month is None or parts.day is None:
            return None
        possible = calendar.is_possible(parts.year, parts.month, parts.day)
        return date(parts.year, parts.month, parts.day) if possible else None

    def _remember(self, raw: RawDate, ending: Parts) -> None:
        if raw.kind == "masked" or raw.repeated:
            return
        if ending.month is not None and not (raw.baseline and raw.first.from_month is not None):
            self._month = ending
        if raw.first.year is not None and ending.year and ending.month and ending.day and raw.last is None:
            self._told[ending.month, ending.day] = ending.year
        compared = raw.baseline and ending.month is None and self._last.year is not None  # 较2017年增加；同年
        if ending.year is not None and not compared and (ending.month is not None or ending.year != self._last.year):
            self._last = ending
        if raw.first.from_day is not None and raw.first.from_day.base == "now":  # 今天 ends what a story has told
            self._governing[:] = [one for one in self._governing if one.heads]
        elif raw.first.fixed is None and raw.at >= self.known.body_at and raw.reach:
            self._lead_on(raw, ending)

    def _lead_on(self, raw: RawDate, ending: Parts) -> None:
        """Let later dates take their year from ``raw``, as far as it reaches."""
        narrative, shift = self.known.narrative and not self.known.news, raw.first.from_year
        if raw.aside and not narrative:
            return
        if ending.year is None and (shift is None or shift.base != "now"):
            return
        goes_on = narrative and not raw.baseline and (shift is None or shift.base == "last")
        if self.known.chronicle and not raw.begins:
            goes_on = False
        reach = raw.reach
        if raw.heads:  # ends what a story has told
            self._governing[:] = [one for one in self._governing if one.near > raw.at]
        elif goes_on and not any(one.heads for one in self._governing):
            is_to_come = (ending.year or 0) > (self.known.year or _FOREVER)
            reach = raw.sentence if is_to_come or self._looks_back(raw.first, ending) else _FOREVER
        is_counted = shift is not None and shift.base == "here"
        since = raw.first.month or 0 if raw.last is not None and raw.first.year != raw.last.year is not None else 0
        counts = raw.sentence if shift is not None and raw.first.month is not None else _FOREVER
        near = raw.sentence or raw.reach
        self._govern(_Governing(reach, ending.year, is_counted, raw.heads, near, counts, since))

    def _govern(self, one: _Governing) -> None:
        """Let ``one`` govern, and forget the years before it that no later date can ask for."""
        governing = self._governing
        while governing and governing[-1].is_hidden_by(one):
            governing.pop()
        governing.append(one)

    def _looks_back(self, point: Point, ending: Parts) -> bool:
        """Return whether a story looks back on a year before those it tells of."""
        told = self._governing[-1].year if self._governing else None
        return point.month is None and None not in (told, ending.year) and (ending.year or 0) < (told or 0)


def _is_in_year(point: Point) -> bool:
    """Return whether the wording is a month, day or quarter of some year."""
    return (point.month is not None or point.quarter is not None) and point.movable is None


def _shared(first: Point, last: Point) -> tuple[Point, Point]:
    """Return the beginning of an interval with the year that only its end names: 3月至2012年5月."""
    if first.has_year or last.year is None or first.movable is not None:
        return first, last
    later = first.month is not None and last.month is not None and first.month > last.month
    return replace(first, year=last.year - later), last
