"""Periods: the dates around a count to the time the figure is for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct, field

from extractor.meaning.clauses import TIMES
from extractor.meaning.lexicon import (
    ADVERB,
    ASIDE,
    COMPARISON,
    CONJUNCTION,
    COPULA,
    COUNT,
    DATE,
    DEICTIC,
    NOUN,
    NOW,
    OF,
    OTHER,
    PAUSE,
    PREDICATES,
    PREPOSITION,
    UNIT,
    Lexicon,
)  # fmt: skip
from extractor.meaning.verbs import SPAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import regex

    from extractor.findings import Context, DateFinding
    from extractor.meaning.clauses import Clause
    from extractor.meaning.outline import Heading, Outline
    from extractor.meaning.readings import Reading
    from extractor.meaning.words import Token

# a date with only such words before it in its clause says when what follows happened
_BEFORE = frozenset((ADVERB, ASIDE, CONJUNCTION, COUNT, DATE, DEICTIC, NOUN, NOW, OTHER, PAUSE, PREPOSITION, UNIT))
_YEAR = len("2022")
_SO_FAR = len("2022/..")  # 今年以来: the year, as far as it has gone
_BEHIND_OF = len(("的", "1.6倍"))  # how far the count is from 1997年 in 1997年的1.6倍
_PREDICATE = PREDICATES | {PREPOSITION}
_LATE = "late"  # the end of a month or year
_COARSE = frozenset(("year", "half", "quarter", "interval", "plan", "decade"))


class Periods(Struct):
    """Finds the period of each count of a section; asked in the order of the text."""

    text: str
    dates: Sequence[DateFinding]
    context: Context
    outline: Outline
    lexicon: Lexicon
    leads: tuple[DateFinding, ...]
    places: list[int] = field(default_factory=list)
    headed: dict[int, tuple[str | None, ...]] = field(default_factory=dict)  # what the heading at a place dates
    reset: int = 0  # where 目前 last ended what a leading date said
    around: tuple[int, int, str | None] | None = None  # what holds where a sentence begins, after such a reset

    def of(self, reading: Reading, earlier: Sequence[Clause], whole: str | None = None) -> str | None:
        """Return the period of a count; ``earlier`` are the clauses of its sentence before its own.

        ``whole`` is the period of the total it is a part of, which holds where the sentence names no other.
        """
        if reading.count.dimension == "duration" or reading.is_threshold:
            return None
        own = reading.clause
        for clause, place in _looked_at(reading, earlier):
            token = clause.tokens[place]
            count = reading.place if clause is own else -1
            if token.kind == NOW:
                self.reset = token.at
                return self._report()
            if token.kind == DATE and clause is own and (each := self._each(own.tokens, place, count)):
                return each
            if clause is own and self._is_base(reading, place):
                continue  # 是 1997 年 的 1.6 倍
            if token.kind == DATE and self._governs(clause.tokens, place, count):
                return self._of_year(self._value(clause.tokens, place), clause, own, earlier)
        if whole:
            return whole
        at = earlier[0].at if earlier else own.at
        if self.around is None or self.around[:2] != (at, self.reset):
            found = self._around(at)
            self.around = at, self.reset, found
        return self.around[2]

    def _of_year(self, value: str | None, dated: Clause, own: Clause, earlier: Sequence[Clause]) -> str | None:
        """Return the year of the date where 全年 stands between it and the count: 截至 2023 年末 …; 全年 收入 N."""
        ended = (value or "").removeprefix("../")
        year = ended[:_YEAR]
        if value == year or not year.isdigit() or "/" in ended:
            return value
        since = (clause for clause in (*earlier, own) if clause.at > dated.at)
        whole = any(self.text.startswith(self.lexicon.full_year, clause.read()[0].at) for clause in since)
        return year if whole else value

    def _each(self, tokens: Sequence[Token], place: int, count: int) -> str | None:
        """Return the date of a count in 2019 年和 2020 年分别 N 和 N, of which ``place`` is the last date."""
        first = place
        while first > 1 and tokens[first - 1].kind in (PAUSE, CONJUNCTION) and tokens[first - 2].kind == DATE:
            first -= 2
        dates = tokens[first : place + 1 : 2]
        if len(dates) == 1:
            return None
        counts = [at for at in range(place, min(len(tokens), place + SPAN)) if tokens[at].kind == COUNT]
        said = self.text[tokens[place].end : tokens[count].at]
        if len(dates) != len(counts) or not any(word in said for word in self.lexicon.each):
            return None
        return self.dates[dates[counts.index(count)].ref].value

    def _governs(self, tokens: Sequence[Token], place: int, count: int) -> bool:  # noqa: PLR0911 - case by case
        """Whether the date at ``place`` says when; ``count`` is where the count stands, -1 in another clause."""
        token = tokens[place]
        before = tokens[place - 1] if place else None
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if self._is_no_time(self.dates[token.ref], before, after):
            return False
        if after and after.kind == OF:
            between = [one.kind for one in tokens[place + 2 : max(count, 0)]]
            said = bool(_PREDICATE.intersection(between)) and not {COUNT, DATE}.intersection(between)
            compared = before is not None and before.kind == COMPARISON
            if said and not compared:
                return True  # 2011 年 的 回收量 为 N
            return count > place and all(kind in (COUNT, PAUSE, CONJUNCTION) for kind in between)
        if self.text.startswith(self.lexicon.comparing, token.end):
            return False
        if _is_compared(tokens, place - 1):
            return False
        if after and self._word(after) in self.lexicon.carried and not self._is_first(tokens, place, count):
            return False  # 上年 结转 2 件, 其中 …
        if before and after and after.kind == COUNT and self._word(before) in self.lexicon.sources:
            return count == place + 1  # 由上年 729 万人 增加到 732 万人
        if before and before.kind == PREPOSITION and self._word(before) not in self.lexicon.temporal:
            return False
        if after and after.kind in _PREDICATE:
            return True  # 价格涨幅 一季度 为 N
        return all(tokens[at].kind in _BEFORE for at in range(place))

    def _is_no_time(self, date: DateFinding, before: Token | None, after: Token | None) -> bool:
        """Whether the date is unknown, or that of what a share is of: 恢复到 2019 年 的 87%."""
        if date.kind == "masked" or date.impossible:
            return True
        if before is None or after is None or after.kind != OF:
            return False
        return self._word(before) in self.lexicon.against

    def _is_base(self, reading: Reading, place: int) -> bool:
        """Whether the count says how many times, or which share, of that of the date at ``place`` something is."""
        tokens = reading.clause.tokens
        if reading.place - place != _BEHIND_OF or tokens[place].kind != DATE or tokens[place + 1].kind != OF:
            return False
        said = reading.count.dimension == "percent" and place > 0 and tokens[place - 1].kind == COPULA
        return said or reading.unit in self.lexicon.multiples

    def _is_first(self, tokens: Sequence[Token], place: int, count: int) -> bool:
        """Whether no other count stands between the date at ``place`` and that at ``count``, of the same clause."""
        return count > place and all(token.kind != COUNT for token in tokens[place:count])

    def _value(self, tokens: Sequence[Token], place: int) -> str | None:
        """Return the value of the date at ``place``, open to the past after 截至, to the date before it after 到."""
        value = self.dates[tokens[place].ref].value
        if value is None:
            return None
        value = value.removesuffix("/..") if len(value) == _SO_FAR else value
        if not place:
            return value
        word = self._word(tokens[place - 1])
        if word in self.lexicon.results and place > 1 and tokens[place - 2].kind == DATE:
            first = self.dates[tokens[place - 2].ref].value
            return f"{first.partition('/')[0]}/{value.rpartition('/')[2]}" if first else value
        ended = word in self.lexicon.results and self._word(tokens[place]).endswith(self.lexicon.closing)  # 到 … 止
        if (ended or word in self.lexicon.until) and not value.endswith(".."):
            return f"../{value.rpartition('/')[2]}"
        return value

    def _word(self, token: Token) -> str:
        return self.text[token.at : token.end]

    def _around(self, at: int) -> str | None:
        """Return the period that holds where the sentence at ``at`` stands."""
        if not self.places:
            self.places = [date.at for date in self.leads]
        slot = bisect_right(self.places, at) - 1
        if slot >= 0:
            lead = self.leads[slot]
            if lead.granularity != "year" and self.text.startswith(self.lexicon.full_year, at):
                self.reset = at  # 自 8 月 1 日起 …。全年 收到: of the year again
            held = lead.granularity in _COARSE or self.context.narrative
            if held and lead.at >= self.reset and self.text.find("\n", lead.at, at) < 0:
                return lead.value.removesuffix("/..") if lead.value and len(lead.value) == _SO_FAR else lead.value
        for heading in self.outline.above(at):
            if heading.at not in self.headed:
                self.headed[heading.at] = self._of_heading(heading)
            if self.headed[heading.at]:
                return self.headed[heading.at][0]
        return self._report()

    def _of_heading(self, heading: Heading) -> tuple[str | None, ...]:
        """Return the period that a heading gives, the report's where it holds several dates; nothing without one."""
        first = bisect_left(self.dates, heading.at, key=lambda date: date.at)
        found = [date for date in self.dates[first : first + 2] if date.at < heading.end]
        single = len(found) == 1 and found[0].kind != "masked"
        return (found[0].value if single else self._report(),) if found else ()

    def _report(self) -> str | None:
        """Return the report's period; of a report that states none, the year that its months belong to."""
        known = self.context
        return known.period or (str(known.base) if known.base and not known.narrative else None)


def _is_compared(tokens: Sequence[Token], place: int) -> bool:
    """Whether what ends at ``place`` begins a comparison, also 比 历史最高水平 的 before a date."""
    if place >= 0 and tokens[place].kind == OF:
        while place > 0 and tokens[place].kind in (OF, NOUN, OTHER, ADVERB):
            place -= 1
    return place >= 0 and tokens[place].kind == COMPARISON


def _looked_at(reading: Reading, earlier: Sequence[Clause]) -> Iterator[tuple[Clause, int]]:
    """Yield the tokens that may say when, the nearest first, each with its clause.

    Of members that ; divides only the first speaks for those after it; a bracket speaks for none outside.
    """
    own, clauses = reading.clause, (*earlier, reading.clause)
    if TIMES.isdisjoint(own.words.held):
        return
    for number in range(len(clauses) - 1, -1, -1):
        clause = clauses[number]
        times = clause.times()
        if not times or clause.depth > own.depth or _is_former_member(clauses, number):
            continue
        stop = reading.place if clause is own else len(clause.tokens)
        for place in reversed(times[bisect_left(times, stop - SPAN) : bisect_left(times, stop)]):
            yield clause, place


def _is_former_member(clauses: Sequence[Clause], number: int) -> bool:
    """Whether the clause is one of the members that ; divides, and not the last of them."""
    after = number + 1
    return any(one.lead == ";" for one in clauses[after:]) and any(one.lead == ";" for one in clauses[:after])


def leading(
    text: str, dates: Sequence[DateFinding], stops: Sequence[int], pattern: regex.Pattern[str]
) -> tuple[DateFinding, ...]:
    """Return the dates that begin a sentence; ``stops`` are where sentences end."""
    found: list[DateFinding] = []
    for date in dates:
        if date.kind != "masked":
            slot = bisect_right(stops, date.at)
            begins = pattern.fullmatch(text, stops[slot - 1] if slot else 0, date.at)
            if begins and not (found and _closes(text, found[-1], date)):
                found.append(date)
    return tuple(found)


def _closes(text: str, former: DateFinding, date: DateFinding) -> bool:
    """Whether the date is the end of a stretch that its paragraph tells of: 1至6月 …。6月末 余额 N。发放 N."""
    if date.part != _LATE or date.end_date != former.end_date or former.granularity not in _COARSE:
        return False
    return text.find("\n", former.at, date.at) < 0
