"""Surroundings: date expressions and the text around them to how far each governs, and which are no dates there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.points import Point, RawDate
    from extractor.ruleset import RuleSet

_BEFORE = 12  # characters in front of a date that say how it stands in its clause
_STAGE = 24  # characters in front of the bracket that dates a stage of a plan
_SENTENCE = 200  # characters within which a sentence has begun or ends
_HEADING = 80
_LEAD, _PAGES = 6, 3  # characters before a date that ends a line: as often repeated it is the running head of the pages
_REIGN = 20  # years within which one of a reign follows another
_STATUTE = 20_000  # characters within which a statute shows its articles
_ARTICLES = 3  # more than a text that only cites one puts at the head of its lines
_PROVISION, _RECURRING = "date.provision", "date.recurring"
_RANKS = ("top", "first", "year", "second", "third")


@dataclass
class Surroundings:
    """One text, read from its beginning to its end."""

    text: str
    rules: RuleSet
    _line: tuple[int, int] = field(default=(0, -1), init=False)  # of the date at hand
    _begins_at: int = field(default=0, init=False)  # where, behind an indent, the words of that line begin
    _heads: Counter[str] = field(default_factory=Counter, init=False)  # how often each date that ends a line occurs
    _explicit_at: int = field(default=-1, init=False)  # of the last date with a year of its own
    _stage: Point | None = field(default=None, init=False)  # where the last stage of a plan ended
    _headed: Point | None = field(default=None, init=False)  # the last month or day that begins a line of a chronicle
    passed_over: list[tuple[int, int, str]] = field(default_factory=list, init=False)  # of every year, by what shows it

    def read(self, found: Iterable[RawDate]) -> tuple[RawDate, ...]:
        """Return the dates among ``found``, each with its reach."""
        found = tuple(found)
        ends = Counter(map(self._with_lead, found))
        self._heads = Counter({end: number for end, number in ends.items() if end})
        kept: list[RawDate] = []
        for one in found:
            self._move(one.at)
            raw = self._listed(one)
            if raw is one and raw.later and not self._is_later(kept, raw):
                continue
            if raw.continues:
                if kept and _has_day(kept[-1]) and raw.at - kept[-1].end <= 1:
                    kept.append(raw)
                continue
            if (shown_by := self._every_year(raw, kept[-1] if kept else None)) is not None:
                self.passed_over.append((raw.at, raw.end, shown_by))
                continue
            if kept and kept[-1].end < raw.at and self._explains(kept[-1], raw):
                kept[-1] = replace(kept[-1], explained=True)
            kept.append(self._placed(raw, kept[-1] if kept else None))
            self._note_head(kept[-1])
            if raw.first.is_explicit:
                self._explicit_at = raw.at
        return tuple(kept)

    def _every_year(self, raw: RawDate, earlier: RawDate | None) -> str | None:
        """Return the pattern that shows ``raw`` to be of every year, as days of a statute are; None for a date."""
        if not raw.first.is_explicit and self._is_statute and not self._is_dated(raw.at):
            return _PROVISION
        return _RECURRING if is_generic(raw.first) and self._is_recurring(raw, earlier) else None

    def _is_dated(self, at: int) -> bool:
        """Return whether the sentence has named a year before ``at``."""
        return self._explicit_at >= self._line[0] and self._explicit_at >= self._sentence_start(at)

    def _move(self, at: int) -> None:
        """Note the line in which ``at`` lies."""
        if at > self._line[1]:
            start = self.text.rfind("\n", max(0, self._line[1]), at) + 1
            end = self.text.find("\n", at)
            self._line = (max(start, self._line[0]), end if end >= 0 else len(self.text))
            line = self.text[slice(*self._line)]
            self._begins_at = self._line[1] - len(line.lstrip())

    def _explains(self, earlier: RawDate, raw: RawDate) -> bool:
        """Return whether ``raw`` stands in brackets behind 今天 and its like."""
        return earlier.first.from_day is not None and self.text[earlier.end : raw.at] == "("

    def _is_later(self, kept: list[RawDate], raw: RawDate) -> bool:
        """Return whether ``raw`` follows the last date that names a day, with no month named since, or a year."""
        if (year := raw.first.year) is not None:
            known = (before for earlier in reversed(kept) if (before := (earlier.last or earlier.first).year))
            return (before := next(known, None)) is not None and 0 <= year - before <= _REIGN
        for earlier in reversed(kept):
            if self._follows(earlier, raw):
                return True
            if earlier.first.month is not None or raw.at - earlier.end > _HEADING:
                return False
        return False

    def _listed(self, raw: RawDate) -> RawDate:
        """Return ``raw`` with the month above it where it begins a line, as the days of a chronicle do."""
        above, day = self._headed, raw.first.day
        if not raw.later or above is None or day is None or day < (above.day or 0) or not self._begins(raw.at):
            return raw
        last = replace(raw.last, month=above.month) if raw.last is not None else None
        return replace(raw, first=replace(raw.first, month=above.month), last=last)

    def _note_head(self, raw: RawDate) -> None:
        """Keep the month that ends its line, and the days under it."""
        last = raw.last or raw.first
        if raw.first.month is None or not self._begins(raw.at):
            return
        if last.day is None and not self.text[raw.end : self._line[1]].strip():
            self._headed = last
        elif last.day is not None and self._headed is not None:
            self._headed = last if last.month == self._headed.month else None

    def _follows(self, earlier: RawDate, raw: RawDate) -> bool:
        """Return whether ``raw`` is a later day of the month of the date before it, in the same lines."""
        before, day = earlier.first if earlier.first.day is not None else earlier.last or earlier.first, raw.first.day
        if _is_today(before):
            return earlier.end >= self._line[0] and raw.at - earlier.end <= _HEADING
        if before.day is None or day is None or before.day > day:
            return False
        if earlier.is_open and not self.text.startswith("以来", earlier.end - len("以来")):
            return False
        return raw.at - earlier.end <= _HEADING and (earlier.end >= self._line[0] or self._begins(raw.at))

    def _begins(self, at: int) -> bool:
        """Return whether nothing but its number stands before ``at`` in its line."""
        return self.rules.pattern("date.item").fullmatch(self.text, self._line[0], at) is not None

    def _sentence_start(self, at: int) -> int:
        pauses = self.rules.pattern("date.pause").finditer(self.text, max(self._line[0], at - _SENTENCE), at)
        return max((match.end() for match in pauses), default=max(self._line[0], at - _SENTENCE))

    def _sentence_end(self, end: int) -> int:
        stop = self.rules.pattern("date.stop").search(self.text, end, min(len(self.text), end + _SENTENCE))
        return stop.start() if stop is not None else min(len(self.text), end + _SENTENCE)

    def _is_recurring(self, raw: RawDate, earlier: RawDate | None) -> bool:
        """Return whether ``raw`` means a day of every year: behind 每年 and its like, and no year named since."""
        start = self._sentence_start(raw.at)
        if earlier is not None and earlier.first.has_year:
            start = max(start, earlier.end)
        of_report = raw.first.from_year is not None and raw.first.from_year.base == "report"
        return not of_report and self.rules.pattern(_RECURRING).search(self.text, start, raw.at) is not None

    @cached_property
    def _is_statute(self) -> bool:
        return is_statute(self.text, self.rules)

    def _with_lead(self, raw: RawDate) -> str:
        """Return the date and the characters before it where it ends a line; nothing elsewhere."""
        behind = self.text[raw.end : raw.end + _LEAD].lstrip(" \t\r")
        return self.text[max(0, raw.at - _LEAD) : raw.end] if behind[:1] in {"", "\n"} else ""

    def _placed(self, raw: RawDate, earlier: RawDate | None) -> RawDate:
        raw = replace(self._staged(raw), begins=raw.at <= self._begins_at, planned=self._is_planned(raw))
        before = max(0, raw.at - _BEFORE)
        opens = self.rules.pattern("date.opening").search(self.text, before, raw.at) is not None
        if self._heads[self._with_lead(raw)] >= _PAGES:
            return replace(raw, opens=opens, baseline=True, repeated=True)
        if not _names_year(raw):
            deadline = self.rules.pattern("date.deadline").match(self.text, raw.end) is not None
            deadline = deadline and not self._is_past(raw)
            so_far = self.rules.pattern("date.so_far").search(self.text, before, raw.at) is not None
            baseline = self.rules.pattern("date.baseline").search(self.text, before, raw.at) is not None
            return replace(raw, opens=opens, deadline=deadline, so_far=so_far, baseline=baseline)
        if (scope := self._heading_scope()) is not None:
            return replace(raw, opens=True, reach=scope, heads=True)
        if self._is_baseline(raw, before, opens=opens) or self._is_object(raw, earlier):
            return replace(raw, opens=opens, baseline=True)
        start = self._sentence_start(raw.at)
        bracket = self.text.rfind("(", start, raw.at)
        if bracket > self.text.rfind(")", start, raw.at):
            return replace(self._bracketed(raw, bracket), opens=opens)
        shift = raw.first.from_year
        is_elsewhere = shift is not None and shift.steps != 0  # 去年 in passing
        sentence = self._sentence_end(raw.end)
        reach = self._line[1] if opens and not is_elsewhere else sentence
        aside = self.rules.pattern("date.aside").match(self.text, raw.end) is not None
        return replace(raw, opens=opens, reach=reach, sentence=sentence, aside=aside)

    def _bracketed(self, raw: RawDate, bracket: int) -> RawDate:
        """Return ``raw``, which governs its bracket, or its line where it dates a stage of a plan."""
        if raw.last is not None and self._is_stage(bracket, raw):
            return replace(raw, reach=self._line[1])
        closing = self.text.find(")", raw.end, raw.end + _SENTENCE)
        return replace(raw, baseline=True, reach=max(closing, raw.end))

    def _staged(self, raw: RawDate) -> RawDate:
        """Return ``raw`` with the year that the stage before it has told, where it is the next stage of a plan."""
        bracket = self.text.rfind("(", max(self._line[0], raw.at - 1), raw.at)
        if raw.last is None or bracket < 0 or not self._is_stage(bracket, raw):
            return raw
        first, last, before = raw.first, raw.last, self._stage
        year = before.year if before is not None and not first.has_year else None
        if year is not None and before is not None and 0 <= (first.month or 0) - (before.month or 0) <= 1:
            raw = replace(raw, first=replace(first, year=year))
            last = replace(last, year=year + ((last.month or 12) < (first.month or 0)))
        self._stage = last
        return raw

    def _is_stage(self, bracket: int, raw: RawDate) -> bool:
        """Return whether ``raw`` alone stands in the bracket behind the name of a stage that begins a sentence."""
        start = self._sentence_start(raw.at)
        alone = bracket + 1 == raw.at and self.text[raw.end : raw.end + 1] == ")"
        return alone and bracket - start <= _STAGE and "》" not in self.text[start:bracket]

    def _is_planned(self, raw: RawDate) -> bool:
        """Return whether the clause of ``raw`` says what is to come."""
        return self.rules.pattern("date.planned").search(self.text, *self._clause(raw)) is not None

    def _is_past(self, raw: RawDate) -> bool:
        """Return whether the clause of ``raw`` says what has been done."""
        return self.rules.pattern("date.past").search(self.text, *self._clause(raw)) is not None

    def _clause(self, raw: RawDate) -> tuple[int, int]:
        """Return the clause of ``raw``, as far as it is near."""
        start, end = max(self._line[0], raw.at - _BEFORE), min(self._line[1], raw.end + _BEFORE)
        for stop in self.rules.pattern("date.comma").finditer(self.text, start, end):
            if stop.start() >= raw.end:
                return start, stop.start()
            start = stop.end() if stop.end() <= raw.at else start
        return start, end

    def _is_object(self, raw: RawDate, earlier: RawDate | None) -> bool:
        """Return whether ``raw`` is the year of what is done by a date of its clause, 3月底前完成2010年评查."""
        if raw.last is not None or not is_bare_year(raw.first):
            return False
        if self.rules.pattern("date.object").search(self.text, max(0, raw.at - _BEFORE), raw.at) is not None:
            return True
        if earlier is None or earlier.first.has_year or (earlier.last or earlier.first).has_year:
            return False
        if raw.at - earlier.end > _STAGE or (earlier.first.month is None and earlier.first.quarter is None):
            return False
        parted = self.rules.pattern("date.comma").search(self.text, earlier.end, raw.at) is not None
        return not parted and self.rules.pattern("date.dateline").match(self.text, earlier.end) is None

    def _is_baseline(self, raw: RawDate, before: int, *, opens: bool) -> bool:
        """Return whether ``raw`` is there to be compared with or to describe something."""
        shift = raw.first.from_year
        is_now = shift is not None and shift.base == "now" and shift.steps == 0  # 今年的目标 is said of this year
        lasts = raw.is_open and not opens and self.text.startswith("以来", raw.end - len("以来"))  # until now
        if lasts or raw.first.is_baseline:
            return True
        if self.rules.pattern("date.baseline").search(self.text, before, raw.at) is not None:
            return True
        return not is_now and self.rules.pattern("date.attribute").match(self.text, raw.end) is not None

    def _heading_scope(self) -> int | None:
        """Return where the section ends whose heading the line is; None for other lines."""
        start, end = self._line
        if end - start > _HEADING:
            return None
        heading = self.rules.pattern("date.heading")
        match = heading.match(self.text, start, end)
        if match is None:
            return None
        rank = _rank(match.groupdict())
        for later in heading.finditer(self.text, end):
            if _rank(later.groupdict()) <= rank:
                return later.start()
        return len(self.text)


def is_statute(text: str, rules: RuleSet) -> bool:
    """Return whether ``text`` is made of articles, so that dates in it are those of every year."""
    articles = islice(rules.pattern(_PROVISION).finditer(text, 0, _STATUTE), _ARTICLES)
    return sum(1 for _ in articles) == _ARTICLES


def is_generic(point: Point) -> bool:
    """Return whether the wording leaves open which year it means, even when it is known what today is."""
    if point.is_explicit or point.week is not None or point.from_quarter is not None:
        return False
    shifts = (point.from_year, point.from_day)  # 上月 may be that before each month
    return not any(shift is not None and shift.base == "now" for shift in shifts)


def is_bare_year(point: Point) -> bool:
    """Return whether the wording names a year, and no part of it, by its number or as another than the present."""
    parts = (point.month, point.quarter, point.half, point.season, point.part, point.from_month, point.from_day)
    if any(part is not None for part in parts):
        return False
    return point.year is not None or (point.from_year is not None and point.from_year.steps != 0)


def _has_day(raw: RawDate) -> bool:
    return (raw.last or raw.first).day is not None


def _names_year(raw: RawDate) -> bool:
    """Return whether later dates can take their year from ``raw``; several years, or one that goes on, give none."""
    if raw.kind == "masked" or (raw.last or raw.first).fixed is not None or _is_today(raw.first):
        return False
    if raw.last is not None and raw.last.season is not None:
        return False
    if raw.last is not None and raw.last.has_year and raw.first.year != raw.last.year and not _turns_year(raw):
        return False
    if raw.is_open and raw.first.year is not None and raw.first.month is None:
        return False
    return raw.first.has_year or (raw.last is not None and raw.last.has_year)


def _is_today(point: Point) -> bool:
    return point.from_day is not None and point.from_day.base == "now"


def _turns_year(raw: RawDate) -> bool:
    """Return whether ``raw`` runs from a month of one year to an earlier month of the next."""
    first, last = raw.first, raw.last or raw.first
    if last.year is None or first.month is None or last.month is None or first.year not in {None, last.year - 1}:
        return False
    return last.month < first.month


def _rank(groups: dict[str, str | None]) -> int:
    return next(rank for rank, name in enumerate(_RANKS) if groups[name])
