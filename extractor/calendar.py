"""Calendar: years, months and days to stretches of time in EDTF, and lunar dates and solar terms to days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # of any year


class Stretch(Struct, frozen=True):
    """A stretch of time: EDTF value, first and last day where known, granularity."""

    value: str | None
    first: date | None
    last: date | None
    granularity: str


def unknown(granularity: str) -> Stretch:
    """Return a stretch of which only the granularity is known."""
    return Stretch(None, None, None, granularity)


def is_possible(year: int | None, month: int, day: int) -> bool:
    """Return whether the calendar has such a day, in ``year`` or, without one, in any year."""
    if not 1 <= month <= len(_LONGEST):
        return False
    longest = _LONGEST[month - 1] if year is None else monthrange(year, month)[1]
    return 1 <= day <= longest


def of_day(day: date) -> Stretch:
    """Return one day.

    >>> of_day(date(2022, 7, 1)).value
    '2022-07-01'
    """
    return Stretch(day.isoformat(), day, day, "day")


def of_month(year: int, month: int) -> Stretch:
    """Return one month."""
    return Stretch(f"{year:04}-{month:02}", date(year, month, 1), _end_of_month(year, month), "month")


def of_quarter(year: int, quarter: int) -> Stretch:
    """Return a quarter, in EDTF seasons 33 to 36."""
    first = 3 * quarter - 2
    return Stretch(f"{year:04}-{32 + quarter}", date(year, first, 1), _end_of_month(year, first + 2), "quarter")


def of_half(year: int, half: int) -> Stretch:
    """Return half a year, in EDTF seasons 40 and 41."""
    first = 6 * half - 5
    return Stretch(f"{year:04}-{39 + half}", date(year, first, 1), _end_of_month(year, first + 5), "half")


def of_season(year: int, season: int) -> Stretch:
    """Return a season, in EDTF 21 (spring) to 24; its days are a matter of opinion, so none are given."""
    return Stretch(f"{year:04}-{season}", None, None, "quarter")


def of_year(year: int) -> Stretch:
    """Return one year."""
    return Stretch(f"{year:04}", date(year, 1, 1), date(year, 12, 31), "year")


def of_years(first: int, last: int, granularity: str = "interval") -> Stretch:
    """Return a run of years.

    >>> of_years(2021, 2025, "plan").value
    '2021/2025'
    """
    return Stretch(f"{first:04}/{last:04}", date(first, 1, 1), date(last, 12, 31), granularity)


def before_common_era(year: int) -> Stretch:
    """Return a year before the common era, of which the calendar has no days.

    >>> before_common_era(221).value
    '-0220'
    """
    return Stretch(f"{1 - year:05}" if year > 1 else "0000", None, None, "year")


def century_before_common_era(hundreds: int) -> Stretch:
    """Return the hundred years whose years before the common era begin with ``hundreds``.

    >>> century_before_common_era(4).value
    '-04XX'
    """
    return Stretch(f"-{hundreds:02}XX", None, None, "interval")


def of_week(year: int, week: int) -> Stretch:
    """Return a week by its number in the year; unknown where the year has no such week."""
    try:
        first = date.fromisocalendar(year, week, 1)
    except ValueError:
        return unknown("interval")
    return week_from(first)


def week_from(day: date) -> Stretch:
    """Return seven days.

    >>> week_from(date(2022, 8, 8)).value
    '2022-08-08/2022-08-14'
    """
    return between(of_day(day), of_day(day + timedelta(6)))


def of_weekday(year: int, month: int, place: int) -> date:
    """Return the day of a feast that is kept on a day of the week: 27 is the second Sunday of the month."""
    week, weekday = divmod(place, 10)
    first = date(year, month, 1)
    return first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (week - 1))


def of_easter(year: int, _month: int, days: int) -> date:
    """Return a day that is kept so many days after Easter Sunday, by the rule of the Gregorian calendar.

    >>> of_easter(2024, 0, 0), of_easter(2013, 0, -2)
    (datetime.date(2024, 3, 31), datetime.date(2013, 3, 29))
    """
    golden, century = year % 19, year // 100
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= moon // 28 * (1 - 29 // (moon + 1) * ((21 - golden) // 11))  # days of the full moon after 21 March
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    return date(year, 3, 28) + timedelta(moon - weekday + days)


def of_decade(year: int) -> Stretch:
    """Return the decade that ``year`` begins.

    >>> of_decade(1980).value
    '198X'
    """
    return Stretch(f"{year // 10}X", date(year, 1, 1), date(year + 9, 12, 31), "decade")


def of_century(hundreds: int) -> Stretch:
    """Return the hundred years that begin with ``hundreds``: 20 gives 20XX."""
    first = max(100 * hundreds, 1)  # there is no year 0
    return Stretch(f"{hundreds:02}XX", date(first, 1, 1), date(100 * hundreds + 99, 12, 31), "interval")


def days_of_month(stretch: Stretch, first: int, last: int) -> Stretch:
    """Return the month ``stretch`` with its first and last day moved to the part that is meant."""
    if stretch.first is None or stretch.last is None:
        return stretch
    end = min(last, stretch.last.day)
    return replace(stretch, first=stretch.first.replace(day=first), last=stretch.last.replace(day=end))


def onwards(stretch: Stretch) -> Stretch:
    """Return the open interval that begins with ``stretch``."""
    if stretch.value is None:
        return unknown("interval")
    beginning = stretch.value.partition("/")[0]
    return Stretch(f"{beginning}/..", stretch.first, None, "interval")


def between(first: Stretch, last: Stretch) -> Stretch:
    """Return the interval from ``first`` to ``last``; unknown where one is, or where it would run backwards."""
    if first.value and last.value and first.granularity == last.granularity == "quarter" and first.first is None:
        forwards = first.value < last.value
        return Stretch(f"{first.value}/{last.value}", None, None, "interval") if forwards else unknown("interval")
    if first.first is None or last.last is None or first.first > last.last:
        return unknown("interval")
    return Stretch(f"{_edge(first, first.first)}/{_edge(last, last.last)}", first.first, last.last, "interval")


def together(stretches: Iterable[Stretch]) -> Stretch:
    """Return several stretches as one of EDTF's sets; the days between them are not meant but covered."""
    members = tuple(stretches)
    first, last = members[0].first, members[-1].last
    if first is None or last is None or first > last:
        return unknown("interval")
    return Stretch("{" + ",".join(str(member.value) for member in members) + "}", first, last, "interval")


_BY_MONTH = {"quarter", "half"}


def _edge(stretch: Stretch, day: date) -> str:
    """Return the end of an interval as precisely as the text gives it; EDTF has no intervals of seasons."""
    if stretch.granularity in _BY_MONTH:
        return f"{day.year:04}-{day.month:02}"
    if stretch.granularity in {"day", "month", "year"} and stretch.value is not None:
        return stretch.value
    if stretch.granularity in {"decade", "plan"}:
        return f"{day.year:04}"
    return day.isoformat()


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


class _LunarYear(Struct, frozen=True):
    first: date
    leap: int | None  # the month that a leap month follows
    long: tuple[bool, ...]  # whether each month, the leap month in its place, has 30 days
    terms: tuple[int, ...]  # day of the month of the 24 solar terms of the calendar year


class Almanac(Struct, frozen=True):
    """Lunar months and solar terms of the years whose calendar is certain."""

    years: Mapping[int, _LunarYear]

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, str]]) -> Almanac:
        """Return the almanac of a table with the columns year, new_year, leap_month, long_months and terms."""
        return cls(
            {
                int(row["year"]): _LunarYear(
                    date.fromisoformat(f"{row['year']}-{row['new_year']}"),
                    int(row["leap_month"]) if row["leap_month"] else None,
                    tuple(mark == "1" for mark in row["long_months"]),
                    tuple(int(row["terms"][at : at + 2]) for at in range(0, len(row["terms"]), 2)),
                )
                for row in rows
            }
        )

    def month(self, year: int, month: int, *, leap: bool = False) -> tuple[date, date] | None:
        """Return the first and last day of a lunar month; None where the year has no such month."""
        known = self.years.get(year)
        if known is None or not 1 <= month <= 12 or (leap and known.leap != month):  # noqa: PLR2004 - months
            return None
        place = month - 1 + (known.leap is not None and (month > known.leap or leap))
        before = sum(30 if long else 29 for long in known.long[:place])
        first = known.first + timedelta(before)
        return first, first + timedelta(29 if known.long[place] else 28)

    def day(self, year: int, month: int, day: int, *, leap: bool = False) -> date | None:
        """Return a lunar day, the last of the month for -1; None where the month has no such day."""
        span = self.month(year, month, leap=leap)
        if span is None:
            return None
        if day < 0:
            return span[1]
        found = span[0] + timedelta(day - 1)
        return found if found <= span[1] else None

    def term(self, year: int, month: int, second: int) -> date | None:
        """Return the first (1) or second (2) solar term of a month of the common calendar."""
        known = self.years.get(year)
        return date(year, month, known.terms[2 * month - 3 + second]) if known else None
