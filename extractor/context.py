"""Context: the head and foot of a report to what it is about: its year, its day, its period."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.findings import Context
from extractor.points import numeral
from extractor.reference import reference
from extractor.signature import FOOT, LEAD, Sheet, issuer
from extractor.stretches import of_parts
from extractor.surroundings import is_statute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.findings import Section, UnitFinding
    from extractor.points import Point, RawDate
    from extractor.ruleset import RuleSet

_SPRING = 6  # the month up to which the year before is looked back on
_WINTER = 3  # the month up to which news gives the figures of the year before
_AUTUMN = 11  # the month from which a year is summed up
_BEFORE = 4  # characters that end in 到 before a target
_NO_MONTHS = (None, None, None, None)
_BRACKET = 40  # characters of a bracket
_WORD = 6  # characters of 全国高考
_JUST_BEEN = 1  # months before a news line


class _Day(Struct, frozen=True):
    """Year, month and day of a statement, as far as it names them."""

    year: int
    month: int | None = None
    day: int | None = None


def context(
    text: str,
    section: Section,
    raw: Sequence[RawDate],
    units: Sequence[UnitFinding],
    given: str | None,
    rules: RuleSet,
) -> Context:
    """Return what is known of the report as a whole: its year, its day, its unit and its period."""
    return _Head(text, section, raw, units, rules, _stated(text, raw, rules)).read(given)


def _stated(text: str, raw: Sequence[RawDate], rules: RuleSet) -> Sequence[tuple[RawDate, _Day]]:
    """Return the dates that name their year and bound nothing, each with its day."""
    bound = rules.pattern("date.bound")
    found = []
    for item in raw:
        point = item.last or item.first
        year = point.year if point.year is not None else item.first.year  # 4月6日 of 2022年 to 6月10日
        if item.kind == "absolute" and year is not None and bound.match(text, item.end) is None:
            found.append((item, _Day(year, point.month, point.day)))
    return found


class _Head(Sheet, frozen=True):
    """The evidence that one section gives."""

    stated: Sequence[tuple[RawDate, _Day]]  # its dates that name their year and bound nothing, each with its day

    def read(self, reference_date: str | None) -> Context:
        title, delivered, dated = self._title(), self._delivered(), self._dated() or self._datelined()
        lead = signed = told = None
        is_guess = False  # from what the text tells of, not from what says when it was written
        if title is not None or not is_statute(self.text, self.rules):  # a statute's dates are those of its making
            lead, signed = self._lead(), self._signed()
            if lead is not None and signed is not None and lead.year > signed.year:  # what is to come
                lead = None
            reposted = dated is not None and signed is not None and signed.day is not None and signed.year < dated.year
            if reposted or (lead is not None and self.is_titled("date.sums_up")):
                dated = None
            written = signed if signed is not None and signed.day is not None else self._numbered()
            told = written if self._is_told(lead, written) else None
            stated = title or delivered or dated or self._outdates(lead, signed) or told
            is_guess = stated is None and lead is not None and not (signed and signed.day and signed.year == lead.year)
            stated = stated or lead or signed or self._numbered() or self._linked()
            is_guess = is_guess or stated is None
            stated = stated or self._commonest()
        else:
            stated = None
        issued = self._issued(None if is_guess and stated is not None and stated.day is None else stated)
        given = delivered or (dated if self.is_titled("date.looks_back") else None)
        reviewed = term = None
        if given is not None and (given.month or 0) <= _SPRING:
            reviewed = self._reviewed(given)
            term = self._several_years(given) if title is None else None
        recounts = self._recounts(title, issued or dated)
        now = self._now(title, stated, issued, delivered, signed, dated)
        base = reviewed or title or now
        news = (issued or dated) is not None and not self.is_titled("date.sums_up")
        narrative = title is None and not self.is_titled("date.report")
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
            period=term or self._period(reviewed or title or (None if told or self.is_titled("date.norm") else lead)),
            base=base.year if base else None,
            issued=_whole(issued),
            body_at=self.section.title_end,
            narrative=narrative,
            chronicle=narrative and self.is_titled("date.chronicle"),
            news=news,
            meets=news or self.is_titled("date.both_ways"),
            turns=title is not None and now is not None and self._turns(now.year + 1, signed),
            steps_at=self._next_steps(title, signed or dated) if base is not None and base is title else None,
            recounts=recounts,
            ahead=self.is_titled("date.looks_ahead"),
            told=reference_date is not None and base is now,
        )

    def _now(
        self,
        title: _Day | None,
        stated: _Day | None,
        issued: _Day | None,
        delivered: _Day | None,
        signed: _Day | None,
        dated: _Day | None,
    ) -> _Day | None:
        """Return what 今年 and 今天 mean: as stated, but for news that speaks of today and speeches on two years."""
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
        late = written.year - lead.year > 1 or (written.month or 0) > _SPRING  # no year is summed up so late
        return late or not (self.is_titled("date.looks_back") or self.is_titled("date.sums_up"))

    def _tells_of_years(self, first: _Day) -> bool:
        """Return whether the text is a story that nowhere says when it is told, but for what it begins with."""
        if self.is_titled("date.sums_up"):
            return False
        told = [(item, day, _is_statement(item)) for item, day in self._statements(self.body, len(self.text))]
        begins = next((item.begins for item, _, states in told if states), False)
        later = (day.year > first.year and (states or (day.day and not item.planned)) for item, day, states in told)
        return (first.day is None and not begins) or any(later)

    def _is_asked(self, title: _Day, signed: _Day) -> bool:
        """Return whether a notice on the year in its title was issued in the next."""
        next_year = signed.year == title.year + 1 and signed.year not in self._title_years()
        return next_year and self.is_titled("date.looks_ahead")

    def _next_steps(self, title: _Day, written: _Day | None) -> int | None:
        """Return where a text that sums up the year in its title, and was written at its end, says what comes next."""
        if not self.is_titled("date.sums_up") or title.month is not None or self._period(title) != str(title.year):
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
        return not (self.is_titled("date.report") or self.is_titled("date.sums_up"))

    def _statements(self, at: int, end: int) -> Sequence[tuple[RawDate, _Day]]:
        """Return the dates from ``at`` to ``end`` that name their year and bound nothing, each with its day."""
        return [(item, day) for item, day in self.stated if at <= item.at < end]

    def _title(self) -> _Day | None:
        """Return the first date in the title, else in a title that it names; that of a report on 2016-2020 is 2020."""
        at, end = self.section.title_at, self.section.title_end
        stated = next((day for _, day in self._statements(at, end)), None) or self._repeated()
        if stated is not None:
            return stated
        named = self.rules.pattern("date.title_year").search(self.text, at, end)
        return _Day(numeral(named["year"])) if named else None

    def _repeated(self) -> _Day | None:
        """Return the year that the lead gives to the months or quarters that the title names without one."""
        headed = (item for item in self.raw if self.section.title_at <= item.at < self.section.title_end)
        spans = {_months(item) for item in headed if item.first.day is None} - {_NO_MONTHS}
        lead = self._statements(self.body, self.body + LEAD) if spans else ()
        return next((day for item, day in lead if _months(item) in spans), None)

    def _title_years(self) -> set[int]:
        return {day.year for _, day in self._statements(self.section.title_at, self.section.title_end)}

    def _delivered(self) -> _Day | None:
        """Return the day on which the report was given to a congress."""
        match = self.rules.pattern("date.delivered").search(self.text, 0, self.body + LEAD)
        if match is None:
            return None
        return next((day for _, day in self._statements(match.start(), match.end())), None)

    def _dated(self) -> _Day | None:
        """Return the day in the bracket that ends the title, or on a line of its own between title and body."""
        end = self.text.find("。", self.body, self.body + LEAD)
        for item, day in self._statements(self.section.title_at, max(end, self.body)):
            alone = self.is_line(item.at, item.end) if item.at >= self.body else self.text[item.at - 1] == "("
            if day.month is not None and item.last is None and alone:
                return day
        return None

    def _lead(self) -> _Day | None:
        """Return the first date that heads a clause of the lead, 2006年，我县, or of the plan that it carries out."""
        body = self.body
        plan = self.rules.pattern("date.plan_year").search(self.text, body, body + LEAD)
        for item, day in self._statements(body, plan.start("year") if plan else body + LEAD):
            alone = day.day is not None and self.is_line(item.at, item.end)  # a signature's, where the body is short
            if _is_statement(item) and not self._is_target(item) and not alone:
                begins = item.last is not None and self.is_titled("date.looks_ahead")  # a plan, with its first year
                return _Day(item.first.year) if begins and item.first.year is not None else day
        return _Day(numeral(plan["year"])) if plan else None

    def _is_target(self, item: RawDate) -> bool:
        """Return whether something is to be done up to the date, which then says nothing of the report's time."""
        return self.rules.pattern("date.target").search(self.text, max(0, item.at - _BEFORE), item.at) is not None

    def _outdates(self, lead: _Day | None, signed: _Day | None) -> _Day | None:
        """Return when a notice was issued, where its lead tells of years before: 今年 is the year it was issued in."""
        if lead is None or not self.is_titled("date.looks_ahead"):
            return None
        issued = signed or self._numbered()
        return issued if issued is not None and lead.year < issued.year else None

    def _signed(self) -> _Day | None:
        """Return the date that stands on a line of its own at the end."""
        found = None
        for item, day in self._statements(max(0, len(self.text) - FOOT), len(self.text)):
            if day.month is not None and (self.is_line(item.at, item.end) or self._closes(item)):
                found = day
        return found

    def _closes(self, item: RawDate) -> bool:
        """Return whether the date stands in a bracket or under a name behind the last sentence."""
        stop = max(self.text.rfind(sign, max(0, item.at - _BRACKET), item.at) for sign in "。!?”")
        rest = self.text[max(0, stop) : item.at] + self.text[item.end : item.end + _BRACKET]
        return stop >= 0 and self.rules.pattern("date.closing").search(rest) is not None

    def _issued(self, stated: _Day | None) -> _Day | None:
        """Return the day of a news line, in the year stated elsewhere where it has none, or of the page's address."""
        item = self._dateline()
        if item is None:
            return self._linked()
        year = item.first.year or (stated.year if stated else None)
        return _Day(year, item.first.month, item.first.day) if year is not None else None

    def _dateline(self) -> RawDate | None:
        """Return the day of a news line as it is written."""
        dateline = self.rules.pattern("date.dateline")
        dated = (item for item in self.raw if item.at <= self.body + LEAD and item.first.month and item.first.day)
        return next((item for item in dated if dateline.match(self.text, item.end)), None)

    def _datelined(self) -> _Day | None:
        """Return the day of a news line in its own year, or in that of what its first sentence says has just been."""
        line = self._dateline()
        if line is None or line.first.month is None:
            return None
        month, day, year = line.first.month, line.first.day, line.first.year
        if year is not None:
            return _Day(year, month, day)
        end = self.text.find("。", line.end, line.end + LEAD)
        for item, told in self._statements(line.end, end):
            just = told.month or _last_month(item) or self._month_behind(item)
            if just is not None and (month - just) % 12 <= _JUST_BEEN and not self._is_target(item):
                return _Day(told.year + (just > month), month, day)
        summed = self._summed_up(month) if month <= _WINTER else None
        return _Day(summed + 1, month, day) if summed is not None else None

    def _summed_up(self, month: int) -> int | None:
        """Return the last year that the text names, where it gives its figures or tells of its end."""
        told = [(item, one) for item, one in self._statements(0, len(self.text)) if not self._is_target(item)]
        last = max((one.year for _, one in told), default=None)
        if any(one.year == last and (one.month or 0) > month for _, one in told):  # past, so not of this year
            return last
        results = self.rules.pattern("date.results")
        years = (item for item, one in told if one.year == last and one.month is None and _is_statement(item))
        return last if any(results.match(self.text, item.end) for item in years) else None

    def _month_behind(self, year: RawDate) -> int | None:
        """Return the month that stands a word behind a year: 2020年春运1月10日启动."""
        near = (item for item in self.raw if year.end <= item.at <= year.end + _WORD)
        return next((item.first.month for item in near if not item.first.has_year), None)

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
        """Return the year that heads most clauses, the first of several; where none does, the only one with a day."""
        told = self._statements(0, len(self.text))
        heads = Counter(day.year for item, day in told if _is_statement(item))
        if heads:
            return _Day(heads.most_common(1)[0][0])
        days = {day.year for item, day in told if day.day is not None and not (item.is_open or item.baseline)}
        return _Day(days.pop()) if len(days) == 1 else None

    def _reviewed(self, delivered: _Day) -> _Day | None:
        """Return the year that a report to a congress looks back on: the one before, where it names it or says so."""
        year = delivered.year - 1
        for item, day in self._statements(self.body, len(self.text)):
            if (_is_statement(item) or item.heads) and day.month is None and day.year == year:
                return day
        looks_back = self.rules.pattern("date.review").search(self.text, self.body, self.body + 2 * LEAD)
        return _Day(year) if looks_back is not None else None

    def _period(self, day: _Day | None) -> str | None:
        """Return the period as EDTF: the interval, half or quarter in the title, else the year of the report."""
        at, end = self.section.title_at, self.section.title_end
        stated = [(item, one.year) for item, one in self._statements(at, end)]
        if not stated and day is not None:  # 第二季度, of a year that the text names
            stated = [(item, day.year) for item in self.raw if at <= item.at < end and not item.first.has_year]
        return next(filter(None, (of_parts(item, year) for item, year in stated)), str(day.year) if day else None)

    def _several_years(self, given: _Day) -> str | None:
        """Return the five years that a report at the end of a term looks back on, where its lead says so."""
        looks_back = self.rules.pattern("date.review_of_term").search(self.text, self.body, self.body + LEAD)
        return f"{given.year - 5}/{given.year - 1}" if looks_back else None


def _is_next_year(point: Point) -> bool:
    shift = point.from_year
    return shift is not None and shift.base == "now" and shift.steps > 0


def _is_statement(item: RawDate) -> bool:
    """Return whether the date says of which time its clause speaks."""
    return item.opens and not item.is_open and not item.baseline


def _months(item: RawDate) -> tuple[int | None, ...]:
    """Return the months, quarter and half of the year that a date names."""
    last = item.last or item.first
    return item.first.month, last.month, item.first.quarter, item.first.half


def _last_month(item: RawDate) -> int | None:
    """Return the month in which the quarter or half that a date names ends."""
    point = item.last or item.first
    return point.quarter * 3 if point.quarter else point.half * 6 if point.half else None


def _with_day(stated: _Day, *others: _Day | None) -> _Day:
    """Return ``stated`` with the month and day of the first other statement of its year."""
    for other in others:
        if other is not None and other.year == stated.year and stated.month is None:
            return other
    return stated


def _whole(day: _Day | None) -> tuple[int, int, int] | None:
    return (day.year, day.month, day.day) if day and day.month and day.day else None
