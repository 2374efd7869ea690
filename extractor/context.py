"""Context: the head and foot of a report to what it is about: its year, its day, its period."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from extractor import calendar
from extractor.errors import UsageError
from extractor.findings import Context
from extractor.points import numeral
from extractor.signature import FOOT, LEAD, Sheet, issuer
from extractor.surroundings import is_statute

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.calendar import Stretch
    from extractor.findings import Section, UnitFinding
    from extractor.points import Point, RawDate
    from extractor.ruleset import RuleSet

_SPRING = 6  # the month up to which the year before is looked back on
_AUTUMN = 11  # the month from which a year is summed up
_BEFORE = 4  # characters that end in 到 before a target
_YEARS = range(1500, 2200)  # those that are read as years in texts, so that 明年 and 去年 stay within the calendar
_REST = {4: "-01-01", 7: "-01", 10: ""}  # by length, what completes 2022, 2022-06, 2022-06-30


class _Day(Struct, frozen=True):
    """Year, month and day of a statement, as far as it names them."""

    year: int
    month: int | None = None
    day: int | None = None


def reference(text: str) -> tuple[int, int | None, int | None]:
    """Return year, month, day of a reference date '2022', '2022-06' or '2022-06-30'; UsageError otherwise."""
    found = _iso(text + _REST[len(text)]) if len(text) in _REST and text.isascii() else None
    if found is None or found.year not in _YEARS:
        message = f"reference date {text!r} is no date; write 2022, 2022-06 or 2022-06-30"
        raise UsageError(message)
    missing = _REST[len(text)].count("-")
    return found.year, found.month if missing < len("MD") else None, found.day if missing == 0 else None


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def given(text: str) -> Context:
    """Return the context of a text of which only the reference date is known; UsageError where it is no date."""
    year, month, day = reference(text)
    return Context(year=year, month=month, day=day, base=year)


def context(
    text: str,
    section: Section,
    raw: Sequence[RawDate],
    units: Sequence[UnitFinding],
    given: str | None,
    rules: RuleSet,
) -> Context:
    """Return what is known of the report as a whole: its year, its day, its unit and its period."""
    return _Head(text, section, raw, units, rules).read(given)


class _Head(Sheet, frozen=True):
    """The evidence that one section gives."""

    def read(self, reference_date: str | None) -> Context:
        title, delivered, dated = self._title(), self._delivered(), self._dated()
        lead = signed = told = None
        is_guess = False  # from what the text tells of, not from what says when it was written
        if title is not None or not is_statute(self.text, self.rules):  # a statute's dates are those of its making
            lead, signed = self._lead(), self._signed()
            if lead is not None and signed is not None and lead.year > signed.year:  # what is to come
                lead = None
            if lead is not None and self._is_titled("date.sums_up"):
                dated = None
            written = signed if signed is not None and signed.day is not None else self._numbered()
            told = written if self._is_told(lead, written) else None
            stated = title or delivered or dated or self._outdates(lead, signed) or told
            is_guess = stated is None and lead is not None
            stated = stated or lead or signed or self._numbered() or self._linked()
            is_guess = is_guess or stated is None
            stated = stated or self._commonest()
        else:
            stated = None
        issued = self._issued(None if is_guess and stated is not None and stated.day is None else stated)
        given = delivered or (dated if self._is_titled("date.looks_back") else None)
        reviewed = self._reviewed(given) if given is not None and (given.month or 0) <= _SPRING else None
        recounts = self._recounts(title, issued or dated)
        now = self._now(stated, issued, delivered, signed, dated)
        base = reviewed or title or now
        news = (issued or dated) is not None and not self._is_titled("date.sums_up")
        narrative = title is None and not self._is_titled("date.report")
        if title is not None and signed is not None and self._is_asked(title, signed):
            now = base = signed  # what a notice on the year before asks for is of the year it is issued in
        if narrative and is_guess and stated is not None and self._tells_of_years(stated):
            now = base = None  # a story that says nowhere when it is told
        if reference_date is not None:
            now = _Day(*reference(reference_date))
            base = base or now
        return Context(
            title=self.section.title,
            year=now.year if now else None,
            month=now.month if now else None,
            day=now.day if now else None,
            issuer=issuer(self),
            period=self._period(reviewed or title or (None if told else lead)),
            base=base.year if base else None,
            issued=_whole(issued),
            body_at=self.section.title_end,
            narrative=narrative,
            chronicle=narrative and self._is_titled("date.chronicle"),
            news=news,
            meets=news or self._is_titled("date.both_ways"),
            turns=title is not None and now is not None and self._turns(now.year + 1, signed),
            steps_at=self._next_steps(title, signed or dated) if base is not None and base is title else None,
            recounts=recounts,
            ahead=self._is_titled("date.looks_ahead"),
        )

    def _is_titled(self, pattern: str) -> bool:
        title = self.section.title
        return title is not None and self.rules.pattern(pattern).search(title) is not None

    def _now(
        self,
        stated: _Day | None,
        issued: _Day | None,
        delivered: _Day | None,
        signed: _Day | None,
        dated: _Day | None,
    ) -> _Day | None:
        """Return what 今年 and 今天 mean: as stated, but for news that speaks of today and speeches on two years."""
        title = self._title()
        if issued is not None and (title is None or self._speaks_of_today()):
            return issued
        if signed is not None and signed.day is not None and title is None and self._speaks_of_today():
            return signed
        if delivered is not None and title is not None and delivered.year in self._title_years() | {title.year + 1}:
            return delivered
        if self._recounts(title, issued or dated):
            return issued or dated
        return _with_day(stated, delivered, issued, signed, dated) if stated is not None else None

    def _is_told(self, lead: _Day | None, written: _Day | None) -> bool:
        """Return whether the text tells of one year and was written in a later one, which is then that of 今年."""
        if lead is None or written is None or lead.year >= written.year:
            return False
        return not (self._is_titled("date.looks_back") or self._is_titled("date.sums_up"))

    def _tells_of_years(self, first: _Day) -> bool:
        """Return whether the text is a story that nowhere says when it is told, but for what it begins with."""
        if self._is_titled("date.sums_up"):
            return False
        told = [(item, day) for item, day in self._statements(self.body, len(self.text)) if _is_statement(item)]
        return (first.day is None and not (told and told[0][0].begins)) or any(day.year > first.year for _, day in told)

    def _is_asked(self, title: _Day, signed: _Day) -> bool:
        """Return whether a notice on the year in its title was issued in the next."""
        next_year = signed.year == title.year + 1 and signed.year not in self._title_years()
        return next_year and self._is_titled("date.looks_ahead")

    def _next_steps(self, title: _Day, written: _Day | None) -> int | None:
        """Return where a text that sums up the year in its title, and was written at its end, says what comes next."""
        if not self._is_titled("date.sums_up") or title.month is not None or self._period(title) != str(title.year):
            return None
        if written is not None and written.year == title.year and (written.month or 0) < _AUTUMN:
            return None
        heading = self.rules.pattern("date.next_steps").search(self.text, self.body)
        return heading.end() if heading else None

    def _turns(self, following: int, signed: _Day | None) -> bool:
        """Return whether the title names the year after the one it begins with, and the text was written in it."""
        headed = (item.first.year for item in self.raw if item.heads)
        if following not in self._title_years() and following not in headed:
            return False
        if signed is not None:
            return signed.year == following
        return not any(_is_next_year(item.first) or (item.last and _is_next_year(item.last)) for item in self.raw)

    def _recounts(self, title: _Day | None, issued: _Day | None) -> bool:
        """Return whether the text is news of the year before, which its title names."""
        if title is None or issued is None or issued.day is None or issued.year != title.year + 1:
            return False
        return not (self._is_titled("date.report") or self._is_titled("date.sums_up"))

    def _statements(self, at: int, end: int) -> Iterable[tuple[RawDate, _Day]]:
        """Yield the dates from ``at`` to ``end`` that name their year and bound nothing, each with its day."""
        bound = self.rules.pattern("date.bound")
        for item in self.raw:
            if item.at >= end:
                break
            point = item.last or item.first
            year = point.year if point.year is not None else item.first.year  # 4月6日 of 2022年 to 6月10日
            if item.at < at or item.kind != "absolute" or year is None:
                continue
            if bound.match(self.text, item.end) is None:
                yield item, _Day(year, point.month, point.day)

    def _title(self) -> _Day | None:
        """Return the first date in the title, else in a title that it names; that of a report on 2016-2020 is 2020."""
        at, end = self.section.title_at, self.section.title_end
        stated = next((day for _, day in self._statements(at, end)), None)
        if stated is not None:
            return stated
        named = self.rules.pattern("date.title_year").search(self.text, at, end)
        return _Day(numeral(named["year"])) if named else None

    def _title_years(self) -> set[int]:
        return {day.year for _, day in self._statements(self.section.title_at, self.section.title_end)}

    def _delivered(self) -> _Day | None:
        """Return the day on which the report was given to a congress."""
        match = self.rules.pattern("date.delivered").search(self.text, 0, self.body + LEAD)
        if match is None:
            return None
        return next((day for _, day in self._statements(match.start(), match.end())), None)

    def _dated(self) -> _Day | None:
        """Return the day that stands on a line of its own between the title and the body."""
        body = self.body
        end = self.text.find("。", body, body + LEAD)
        for item, day in self._statements(body, end if end >= 0 else body):
            if day.month is not None and item.last is None and self.is_line(item.at, item.end):
                return day
        return None

    def _lead(self) -> _Day | None:
        """Return the first date that heads a clause of the lead, 2006年，我县, or of the plan that it carries out."""
        body = self.body
        plan = self.rules.pattern("date.plan_year").search(self.text, body, body + LEAD)
        for item, day in self._statements(body, plan.start("year") if plan else body + LEAD):
            alone = day.day is not None and self.is_line(item.at, item.end)  # a signature's, where the body is short
            if _is_statement(item) and not self._is_target(item) and not alone:
                begins = item.last is not None and self._is_titled("date.looks_ahead")  # a plan, with its first year
                return _Day(item.first.year) if begins and item.first.year is not None else day
        return _Day(numeral(plan["year"])) if plan else None

    def _is_target(self, item: RawDate) -> bool:
        """Return whether something is to be done up to the date, which then says nothing of the report's time."""
        return self.rules.pattern("date.target").search(self.text, max(0, item.at - _BEFORE), item.at) is not None

    def _outdates(self, lead: _Day | None, signed: _Day | None) -> _Day | None:
        """Return when a notice was issued, where its lead tells of years before: 今年 is the year it was issued in."""
        if lead is None or not self._is_titled("date.looks_ahead"):
            return None
        issued = signed or self._numbered()
        return issued if issued is not None and lead.year < issued.year else None

    def _signed(self) -> _Day | None:
        """Return the date that stands on a line of its own at the end."""
        found = None
        for item, day in self._statements(max(0, len(self.text) - FOOT), len(self.text)):
            if day.month is not None and self.is_line(item.at, item.end):
                found = day
        return found

    def _issued(self, stated: _Day | None) -> _Day | None:
        """Return the day of a news line, in the year stated elsewhere where it has none, or of the page's address."""
        dateline = self.rules.pattern("date.dateline")
        for item in self.raw:
            if item.at > self.body + LEAD:
                break
            point = item.first
            if point.month is None or point.day is None or not dateline.match(self.text, item.end):
                continue
            year = point.year if point.year is not None else stated.year if stated else None
            return _Day(year, point.month, point.day) if year is not None else None
        return self._linked()

    def _numbered(self) -> _Day | None:
        """Return the year in the document's own number, which stands on a line of the head."""
        match = self.rules.pattern("date.numbered").search(self.text, 0, self.body + LEAD)
        return _Day(int(match["year"])) if match else None

    def _linked(self) -> _Day | None:
        link = self.rules.pattern("date.link").search(self.text) if "://" in self.text else None
        return _Day(int(link["year"]), int(link["month"]), int(link["day"])) if link else None

    def _speaks_of_today(self) -> bool:
        return any(item.first.from_day is not None and item.first.from_day.base == "now" for item in self.raw)

    def _commonest(self) -> _Day | None:
        """Return the year that heads most clauses of the text, the first of them where several do."""
        years = Counter(day.year for item, day in self._statements(0, len(self.text)) if _is_statement(item))
        return _Day(years.most_common(1)[0][0]) if years else None

    def _reviewed(self, delivered: _Day) -> _Day | None:
        """Return the year that a report to a congress looks back on: the one before, where it names it or says so."""
        year = delivered.year - 1
        for item, day in self._statements(self.body, len(self.text)):
            if _is_statement(item) and day.month is None and day.year == year:
                return day
        looks_back = self.rules.pattern("date.review").search(self.text, self.body, self.body + 2 * LEAD)
        return _Day(year) if looks_back is not None else None

    def _period(self, day: _Day | None) -> str | None:
        """Return the period as EDTF: the interval, half or quarter in the title, else the year of the report."""
        for item, stated in self._statements(self.section.title_at, self.section.title_end):
            first, last = item.first, item.last
            if last is not None:
                return calendar.between(_span(first, stated.year), _span(last, stated.year)).value
            if first.quarter is not None or first.half is not None:
                return _span(first, stated.year).value
        return str(day.year) if day else None


def _is_next_year(point: Point) -> bool:
    shift = point.from_year
    return shift is not None and shift.base == "now" and shift.steps > 0


def _is_statement(item: RawDate) -> bool:
    """Return whether the date says of which time its clause speaks."""
    return item.opens and not item.is_open and not item.baseline


def _span(point: Point, year: int) -> Stretch:
    """Return the year, half, quarter or month that the title names."""
    year = point.year if point.year is not None else year
    if point.quarter is not None:
        return calendar.of_quarter(year, point.quarter)
    if point.half is not None:
        return calendar.of_half(year, point.half)
    if point.month is not None and calendar.is_possible(year, point.month, 1):
        return calendar.of_month(year, point.month)
    return calendar.of_year(year)


def _with_day(stated: _Day, *others: _Day | None) -> _Day:
    """Return ``stated`` with the month and day of the first other statement of its year."""
    for other in others:
        if other is not None and other.year == stated.year and stated.month is None:
            return other
    return stated


def _whole(day: _Day | None) -> tuple[int, int, int] | None:
    return (day.year, day.month, day.day) if day and day.month and day.day else None
