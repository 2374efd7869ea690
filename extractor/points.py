"""Points: the wording of one date to its parts, given or left open, not yet resolved against the report."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from extractor.calendar import Almanac, Stretch, of_easter, of_weekday
from extractor.folding import fold
from extractor.ruleset.tables import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from regex import Match

    from extractor.ruleset import RuleSet

_DIGITS = {digit: value for value, digits in enumerate(("〇零oO", "一lI", *"二三四五六七八九")) for digit in digits}
_TENS = {"十": 10, "百": 100, "千": 1000}
_SHORTENED = {"廿": "二十", "卅": "三十", "元": "一", "首": "一", "两": "二", "正": "一", "冬": "十一", "腊": "十二"}
_PIVOT = 40  # two digits from here on are of the twentieth century
_KEPT = 4096  # wordings whose parts are remembered


class Shift(Struct, frozen=True):
    """A part of a date that is named from elsewhere: how many steps, from where.

    ``base`` is ``now`` (今年: the time of the report), ``report`` (本年: the time it is about), ``here`` (上年:
    the year spoken of) or ``last`` (次年: the date mentioned last).
    """

    base: str
    steps: int


class Point(Struct, frozen=True):
    """The parts of one date; None where the wording has none."""

    year: int | None = None
    from_year: Shift | None = None
    month: int | None = None
    from_month: Shift | None = None
    day: int | None = None
    from_day: Shift | None = None
    quarter: int | None = None
    half: int | None = None
    from_quarter: int | None = None  # quarters from now
    season: int | None = None
    days: tuple[int, int] | None = None  # 上旬: first and last day of the part of the month
    part: str | None = None
    is_baseline: bool = False  # 同期: it is there to be compared with
    same_month: bool = False  # 上年同月: the month spoken of, in that year
    week: tuple[int, int | None] | None = None  # weeks from now, day of the week
    week_of_year: int | None = None
    movable: Mapping[int, date] | None = None  # the day in each year of a feast that moves
    movable_end: Mapping[int, date] | None = None  # and the last, where it lasts
    fixed: Stretch | None = None  # what needs no resolving: a plan, a decade, a masked date
    fixed_before: Stretch | None = None  # what 本世纪 and its decades are in a text from before 2001

    @property
    def has_year(self) -> bool:
        """Return whether the wording itself says which year, or from where to count it."""
        shifts = (self.from_year, self.from_month, self.from_day, self.from_quarter, self.week)
        return self.is_explicit or any(shift is not None for shift in shifts)

    @property
    def is_explicit(self) -> bool:
        """Return whether the wording names the year itself."""
        return self.year is not None or self.fixed is not None


class RawDate(Struct, frozen=True):
    """A date expression as written, and what its surroundings say about how to read it and those after it."""

    at: int
    end: int
    rule: str
    first: Point
    last: Point | None = None
    members: tuple[Point, ...] = ()  # of a list that is no run
    is_open: bool = False
    kind: Literal["absolute", "relative", "masked"] = "absolute"
    part: str | None = None
    continues: bool = False  # 8日 in 3月5日、8日
    repeated: bool = False  # it stands in the running head of the pages, which no other date takes up
    deadline: bool = False  # something is to be done before it
    planned: bool = False  # its clause says what is to come
    so_far: bool = False  # 截至: it has come
    heads: bool = False  # it stands in the heading of what follows
    begins: bool = False  # it begins its line
    aside: bool = False  # 2018年播种的油菜: it describes something, in a story the time of what is told
    later: bool = False  # a day alone, which must come after a day of the same month
    sentence: int = 0  # where its sentence ends
    reach: int = 0  # where it ends to say which year later dates are of
    opens: bool = False  # it stands at the head of a clause
    baseline: bool = False  # it is only compared with
    explained: bool = False  # 今天(2月29日): the next date says which day it is
    dropped_unknown: bool = False  # no record where its year is unknown: a feast, 同日


def numeral(text: str) -> int:
    """Return the value of a numeral in figures or Han digits.

    >>> [numeral(text) for text in ("07", "二〇二二", "一百零八", "廿三", "三十一")]
    [7, 2022, 108, 23, 31]
    """
    if text.isascii() and text.isdigit():
        return int(text)
    text = "".join(_SHORTENED.get(character, character) for character in text)
    if not any(ten in text for ten in _TENS):
        return int("".join(str(_DIGITS.get(character, character)) for character in text))
    total = 0
    pending: int | None = None
    for character in text:
        if character in _TENS:
            total += (1 if pending is None or pending == 0 else pending) * _TENS[character]
            pending = None
        else:
            pending = _DIGITS[character]
    return total + (pending or 0)


class Words(Struct, frozen=True):
    """What the words for dates mean, from the tables."""

    roles: Mapping[str, Mapping[str, str]]
    eras: Mapping[str, tuple[int, int | None, bool]]  # first year, years, whether its months are lunar
    plans: Mapping[str, tuple[int, int]]
    feasts: Mapping[str, tuple[str, int, int]]
    almanac: Almanac
    rules: RuleSet
    names: frozenset[str]  # of eras and feasts
    name_lengths: tuple[int, ...]  # the longest first
    name_ends: frozenset[str]  # their last characters
    is_republican: bool = False  # the text at hand counts years from 1912
    known: dict[str, Point] = field(default_factory=dict)  # what point gave before

    @classmethod
    def of(cls, rules: RuleSet, *, is_republican: bool = False) -> Words:
        """Return the words of ``rules``, read once."""
        words = rules.memo("dates.words", partial(_words, rules))
        if not is_republican:
            return words
        return rules.memo("dates.words.republic", lambda: replace(words, is_republican=True, known={}))

    def meaning(self, role: str, word: str | None) -> str | None:
        """Return what ``word`` means in ``role``; None without a word or for another role."""
        return self.roles[role].get(word) if word else None

    def shift(self, unit: str, word: str | None) -> Shift | None:
        """Return from where a word like 去年 counts years (months, days)."""
        for base in ("now", "report", "here", "last"):
            steps = self.roles.get(f"{unit}_{base}", {}).get(word or "")
            if steps is not None:
                return Shift(base, int(steps))
        return None

    def point(self, text: str) -> Point:
        """Return the parts of ``text``, the wording of one date."""
        found = self.known.get(text)
        if found is None:
            match = self.rules.pattern("date.point").fullmatch(text.strip(" "))
            if len(self.known) >= _KEPT:
                self.known.clear()
            found = self.known[text] = self._parts(match) if match is not None else Point()
        return found

    def _parts(self, match: Match[str]) -> Point:
        found = match.groupdict()
        part = found["part"] or found["year_part"]
        third = self.meaning("third", found["part"])
        season = self.meaning("season", found["season"])
        month, day = found["month"], found["day"]
        if found["era"] and month and self.eras[found["era"]][2]:
            return self._lunar_point(self._year(found), numeral(month), numeral(day) if day else None)
        return Point(
            year=self._year(found),
            from_year=self.shift("year", found["year_word"]),
            month=numeral(month) if month else None,
            from_month=Shift("here", 0) if found["spoken_of"] else self.shift("month", found["month_word"]),
            day=numeral(day) if day else None,
            from_day=self.shift("day", found["day_word"]),
            quarter=numeral(found["quarter"]) if found["quarter"] else None,
            half=1 + (found["half"] in "下后") if found["half"] else None,
            season=int(season) if season else None,
            from_quarter=int(quarter) if (quarter := self.meaning("quarter_now", found["quarter_word"])) else None,
            is_baseline=found["same"] is not None or found["same_month"] is not None,
            same_month=found["same_month"] is not None,
            days=_pair(third) if third else None,
            part=self.meaning("part", part),
            week_of_year=numeral(found["week"]) if found["week"] else None,
        )

    def _year(self, found: Mapping[str, str | None]) -> int | None:
        if found["year"]:
            return numeral(found["year"])
        if found["short"]:
            number = numeral(found["short"])
            return self._republic() + number if self.is_republican else full_year(number)
        if found["republic"]:
            return self._republic() + numeral(found["republic"])
        if found["era"] and found["reign"]:
            first, years, _ = self.eras[found["era"]]
            number = numeral(found["reign"])
            return first - 1 + number if years is None or number <= years else None
        return None

    def _republic(self) -> int:
        """Return the year before the era of the three-digit years that stand without its name."""
        return next(int(value) for value in self.roles["republic"].values()) - 1

    def feast(self, lead: Point, name: str) -> Point:
        """Return a feast or solar term of the year of ``lead``."""
        calendar, month, day = self.feasts[name]
        if calendar == "solar":
            return Point(lead.year, lead.from_year, month, day=day)
        return Point(lead.year, lead.from_year, movable=self._days(calendar, month, day))

    def _days(self, calendar: str, month: int, day: int) -> Mapping[int, date]:
        return self.rules.memo(f"dates.{calendar}.{month}.{day}", partial(_days, self.almanac, calendar, month, day))

    def lunar(self, lead: Point, month: str, day: str | None) -> Point:
        """Return a lunar month, or a day of it, of the year of ``lead``."""
        leap = month.startswith("闰")
        number = numeral(month.strip("闰月"))
        return self._lunar_point(lead.year, number, numeral(day.strip("初日")) if day else None, lead, leap=leap)

    def _lunar_point(
        self, year: int | None, month: int, day: int | None, lead: Point | None = None, *, leap: bool = False
    ) -> Point:
        from_year = lead.from_year if lead else None
        spans = {
            each: span
            for each in self.almanac.years
            if (span := self.almanac.month(each, month, leap=leap)) is not None
        }
        if day is None:
            begins = {each: span[0] for each, span in spans.items()}
            return Point(year, from_year, movable=begins, movable_end={each: span[1] for each, span in spans.items()})
        days = {each: found for each in spans if (found := self.almanac.day(each, month, day, leap=leap)) is not None}
        return Point(year, from_year, movable=days)


def full_year(two_digits: int) -> int:
    """Return the year that two digits stand for.

    >>> full_year(98), full_year(5)
    (1998, 2005)
    """
    return two_digits + (1900 if two_digits >= _PIVOT else 2000)


def _pair(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    return int(first), int(last)


def _words(rules: RuleSet) -> Words:
    roles: dict[str, dict[str, str]] = {}
    for row in rules.table("date_words").rows():
        roles.setdefault(row["role"], {}).update(dict.fromkeys(map(fold, row["word"].split(SEPARATOR)), row["value"]))
    eras = {
        fold(name): (int(row["first_year"]), int(row["years"]) if row["years"] else None, row["months"] == "lunar")
        for row in rules.table("eras").rows()
        for name in row["name"].split(SEPARATOR)
    }
    feasts = {
        fold(name): (row["calendar"], int(row["month"]), int(row["day"]))
        for row in rules.table("feasts").rows()
        for name in row["name"].split(SEPARATOR)
    }
    names = frozenset((*eras, *feasts))
    return Words(
        roles=roles,
        eras=eras,
        plans={row["name"]: (int(row["first_year"]), int(row["last_year"])) for row in rules.table("plans").rows()},
        feasts=feasts,
        almanac=Almanac.of(rules.table("almanac").rows()),
        rules=rules,
        names=names,
        name_lengths=tuple(sorted({len(name) for name in names}, reverse=True)),
        name_ends=frozenset(name[-1] for name in names),
    )


def _days(almanac: Almanac, calendar: str, month: int, number: int) -> Mapping[int, date]:
    days = {"term": almanac.term, "weekday": of_weekday, "easter": of_easter}.get(calendar, almanac.day)
    found = [day for year in almanac.years if (day := days(year, month, number)) is not None]
    # 2024年除夕 ends the lunar year 2023; a feast that falls twice in a year means neither
    often = Counter(day.year for day in found)
    return {day.year: day for day in found if often[day.year] == 1}
