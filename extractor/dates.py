"""Dates: a section's text to date expressions, not yet resolved against the report."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from extractor import calendar, resolve
from extractor.calendar import Stretch
from extractor.findings import Context, DateFinding
from extractor.normalise import normalise
from extractor.points import Point, RawDate, Words, full_year, numeral
from extractor.ruleset import builtin
from extractor.surroundings import Surroundings
from extractor.trials import Trials

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from regex import Match, Pattern

    from extractor.ruleset import Rule, RuleSet

_AHEAD = 30  # characters from where a date begins among which stands what its rule needs
_TWENTIETH = 19  # the century of 80年代
_TWO_DIGITS = 2

__all__ = ["PARSERS", "RawDate", "parse", "passed_over", "scan", "search"]


def scan(text: str, rules: RuleSet) -> tuple[RawDate, ...]:
    """Return the date expressions in ``text``, by position."""
    found = _expressions(text, rules)
    return Surroundings(text, rules).read(found) if found else ()


def passed_over(text: str, rules: RuleSet) -> tuple[tuple[int, int, str], ...]:
    """Return what is written as a date in ``text`` and is of every year: begin, end and the pattern that shows it."""
    surroundings = Surroundings(text, rules)
    surroundings.read(_expressions(text, rules))
    return tuple(surroundings.passed_over)


def search(text: str, reference: str | None = None, rules: RuleSet | None = None) -> tuple[DateFinding, ...]:
    """Return the dates of any text, with offsets of the text as given.

    ``reference`` (``2022``, ``2022-06`` or ``2022-06-30``) is what 今年 and 今天 mean; without it relative
    dates have no value. Raises UsageError for a reference that is no date.

    >>> [finding.value for finding in search("自2024年3月20日起施行")]
    ['2024-03-20/..']
    """
    rules = rules or builtin()
    normal = normalise(text, rules)
    known = resolve.given(reference) if reference is not None else Context()
    resolved = resolve.dates(scan(normal.text, rules), known)
    spans = (normal.span(finding.at, finding.end) for finding in resolved)
    return tuple(replace(finding, at=at, end=end) for finding, (at, end) in zip(resolved, spans, strict=True))


def parse(text: str, reference: str | None = None, rules: RuleSet | None = None) -> DateFinding | None:
    """Return the date that the whole of ``text`` is; None where it is none, more than one, or holds more.

    >>> parse("2022年第三季度").value
    '2022-35'
    """
    found = search(text, reference, rules)
    whole = len(text) - len(text.lstrip()), len(text.rstrip())
    return found[0] if len(found) == 1 and (found[0].at, found[0].end) == whole else None


def _expressions(text: str, rules: RuleSet) -> tuple[RawDate, ...]:
    """Return what the rules match in ``text``, read once more where it shows how the text counts its years."""
    counting = frozenset({"republic"}) if rules.pattern("date.republic").search(text) is not None else frozenset()
    found = tuple(_found(text, rules, counting))
    shown = counting.union(way for raw in found if (way := _way(text, raw)) is not None)
    if shown != counting:  # what shows how a text counts its years may stand behind the first of them
        found = tuple(_found(text, rules, shown))
    return found


def _way(text: str, raw: RawDate) -> str | None:
    """Return how the year that begins ``raw`` is counted, where that shows what other such numbers are."""
    number = text[raw.at : raw.end].partition("年")[0]
    if raw.first.year is None or len(number) >= len("2022"):
        return None
    if len(number) == len("112") and number.isdecimal():
        return "republic"
    if len(number) != len("五三") or "十" in number:
        return None
    return "figures" if number.isdecimal() else "short"


def _found(text: str, rules: RuleSet, counting: frozenset[str]) -> Iterator[RawDate]:
    """Yield what the rules match, leftmost first, trying those that fit in order where a date can begin.

    One pattern of all rules would copy its hundreds of groups wherever it may have to come back.

    ``counting`` is how the text counts its years, for the rules that ask.
    """
    words = Words.of(rules, is_republican="republic" in counting)
    trials = trials_of(rules, counting)
    done = 0
    for seed in seeds(text, rules):
        for at in _beginnings(text, seed, words):
            if at >= done and (raw := _read(text, at, trials, words)) is not None:
                done = raw.end
                yield raw
                break


def trials_of(rules: RuleSet, counting: frozenset[str]) -> Trials[Rule]:
    """Return the trials for a text that counts its years in the ways of ``counting``."""
    return rules.memo(f"dates.trials {' '.join(sorted(counting))}", lambda: Trials(_AHEAD, _holding, rules, counting))


def _holding(rules: RuleSet, counting: frozenset[str]) -> tuple[tuple[Rule, ...], Callable[[Rule], Pattern[str]]]:
    """Return the rules that hold where years are counted in the ways of ``counting``, and what compiles one."""
    ways = ((rule, rule.constant("counting")) for rule in rules.of_kind("date"))
    return tuple(rule for rule, way in ways if way is None or way in counting), rules.alone


def seeds(text: str, rules: RuleSet) -> Iterator[Match[str]]:
    """Yield what stands where a date can begin; the rest of a number that begins none is passed over."""
    start, seed = rules.plain("date.start").search, rules.pattern("date.seed").match
    at = 0
    while (begin := start(text, at)) is not None:
        shown = seed(text, begin.start())
        at = begin.end() if shown is None else shown.end()
        if shown is not None:
            yield shown


def _read(text: str, at: int, trials: Trials[Rule], words: Words) -> RawDate | None:
    """Return the date expression at ``at`` that the first rule that matches there makes."""
    for rule, match_at in trials.at(text, at, len(text)):
        if (match := match_at(text, at, len(text))) is not None:
            return _PARSERS[rule.parser].read(_Hit(rule, match, words))
    return None


def _beginnings(text: str, seed: Match[str], words: Words) -> tuple[int, ...]:
    """Return where the date at ``seed`` may begin: with the name of an era or feast before it, or with itself."""
    is_feast = seed.lastgroup is not None
    end = seed.end() if is_feast else seed.start()
    if text[end - 1 : end] in words.name_ends:
        for length in words.name_lengths:
            if length <= end and text[end - length : end] in words.names:
                return (end - length,) if is_feast else (end - length, end)
    return () if is_feast else (end,)


class _Hit(Struct, frozen=True):
    """A match on its way to a date expression."""

    rule: Rule
    match: Match[str]
    words: Words

    def group(self, name: str) -> str | None:
        number = self.match.re.groupindex.get(name)
        return None if number is None else self.match[number] or None

    def raw(self, first: Point, last: Point | None = None, members: tuple[Point, ...] = ()) -> RawDate:
        """Return the date expression that the whole match is."""
        explicit = first.is_explicit or (last is not None and not first.has_year and last.is_explicit)
        return RawDate(
            self.match.start(), self.match.end(), self.rule.id, first, last, members,
            kind="absolute" if explicit else "relative",
        )  # fmt: skip


def _point(hit: _Hit) -> RawDate:
    first = hit.words.point(hit.group("point") or "")
    is_open = hit.group("open") is not None
    last_mentioned = (first.from_year, first.from_month, first.from_day)
    return replace(
        hit.raw(first),
        is_open=is_open,
        part=first.part,
        dropped_unknown=any(shift is not None and shift.base == "last" for shift in last_mentioned),
    )


def _reign(hit: _Hit) -> RawDate:
    """Return a year of the reign that ``era`` before it names."""
    return replace(hit.raw(hit.words.point(f"{hit.group('era')}{hit.group('point')}")), later=True)


def _range(hit: _Hit) -> RawDate:
    first, last = hit.group("first") or "", hit.group("last") or ""
    if len(first) == 1:  # 今明两年 leaves 年 to both
        first, last = f"{first}年", f"{last}年"
    if len(last) <= _TWO_DIGITS and last.isdigit():  # 2022.6.15-17
        last = f"{last}日"
    if era := hit.group("era"):  # 民国二十七年至三十一年
        last = f"{era}{last}"
    return hit.raw(hit.words.point(first), hit.words.point(last))


def _run(hit: _Hit) -> RawDate:
    """Return from one number to another of the same unit, or the members of a list that skips some."""
    unit = hit.rule.constant("unit") or ""
    lead = hit.words.point((hit.group("lead") or "").strip(" "))
    begin, end = hit.group("from"), hit.group("to") or ""
    between = [item.strip("第 ") for item in (hit.group("via") or "").split("、") if item]
    numbers = [numeral(item.strip("第 ")) for item in (begin or "1", *between, end)]
    if unit == "year":
        numbers = _full_years(numbers)
    points = tuple(_of_unit(lead, unit, number) for number in numbers)
    consecutive = all(right - left == 1 for left, right in itertools.pairwise(numbers))
    if hit.rule.constant("listed") and not consecutive:
        return hit.raw(points[0], points[-1], points)
    last = points[-1]
    if tail := hit.group("tail"):
        last = replace(last, days=hit.words.point(tail).days)
    raw = replace(hit.raw(points[0], last), is_open=hit.group("open") is not None)
    if hit.rule.constant("needs_month") is None:
        return raw
    return replace(raw, dropped_unknown=True, later=hit.rule.constant("later") is not None)


def _full_years(numbers: list[int]) -> list[int]:
    """Return years in full: 2012-13 is 2012 to 2013, 96-98 is 1996 to 1998."""
    full = [numbers[0] if numbers[0] > 99 else full_year(numbers[0])]  # noqa: PLR2004 - two digits
    for number in numbers[1:]:
        year = number if number > 99 else full[0] // 100 * 100 + number  # noqa: PLR2004 - two digits
        full.append(year + 100 if year < full[0] and number <= 99 else year)  # noqa: PLR2004 - two digits
    return full


def _of_unit(lead: Point, unit: str, number: int) -> Point:
    if unit == "day":
        return replace(lead, day=number)
    if unit == "month":
        return replace(lead, month=number)
    return replace(lead, quarter=number) if unit == "quarter" else Point(number)


def _plan(hit: _Hit) -> RawDate:
    ordinal = hit.group("ordinal")
    first, last = hit.words.plans[f"{ordinal}五" if ordinal else hit.group("plan") or ""]
    raw = hit.raw(Point(fixed=calendar.of_years(first, last, "plan")))
    return replace(raw, is_open=hit.group("open") is not None, part=hit.words.meaning("part", hit.group("part")))


def _centuries(hit: _Hit) -> tuple[int, int | None]:
    """Return the hundreds of the years of a century, 19 for 20世纪, and those that 本世纪 had before 2001."""
    text = hit.group("century")
    if text is None:
        return _TWENTIETH, None
    known = hit.words.meaning("century", text)
    return (int(known), int(known) - 1) if known is not None else (numeral(text.removesuffix("世纪")) - 1, None)


def _decade(hit: _Hit) -> RawDate:
    century, before = _centuries(hit)
    fixed_before = _decades(hit, before) if before is not None else None
    return _long_time(hit, Point(fixed=_decades(hit, century), fixed_before=fixed_before))


def _decades(hit: _Hit, century: int) -> Stretch:
    """Return one decade, or the run of years from one to another."""
    first = _decade_year(hit.group("from") or "", century)
    until = hit.group("to")
    if until is None:
        return calendar.of_decade(first)
    last = _decade_year(until, first // 100)
    return calendar.of_years(first, last + 9) if last > first else calendar.unknown("interval")


def _decade_year(text: str, century: int) -> int:
    number = numeral(text)
    if number > 99:  # noqa: PLR2004 - the year in full
        return number
    if number < 10:  # noqa: PLR2004 - 八九十年代 leaves 十 to both
        number *= 10
    return century * 100 + number


def _century(hit: _Hit) -> RawDate:
    century, before = _centuries(hit)
    fixed_before = _hundred_years(hit, before) if before is not None else None
    return _long_time(hit, Point(fixed=_hundred_years(hit, century), fixed_before=fixed_before))


def _hundred_years(hit: _Hit, century: int) -> Stretch:
    """Return a century, or as many of its first years as the wording says: 本世纪头二十年."""
    if years := hit.group("years"):
        return calendar.of_years(100 * century + 1, 100 * century + numeral(years))
    return calendar.of_century(century)


def _ancient(hit: _Hit) -> RawDate:
    """Return a year or century counted from the common era; the year before 0001 is 0000."""
    if century := hit.group("century"):
        count = calendar.century_before_common_era if hit.group("before") else calendar.of_century
        return _long_time(hit, Point(fixed=count(numeral(century) - 1)))
    year = numeral(hit.group("year") or "")
    return hit.raw(Point(fixed=calendar.before_common_era(year) if hit.group("before") else calendar.of_year(year)))


def _long_time(hit: _Hit, point: Point) -> RawDate:
    return replace(
        hit.raw(point),
        is_open=hit.group("open") is not None,
        part=hit.words.meaning("part", hit.group("part")),
        kind="relative" if point.fixed_before is not None else "absolute",
    )


def _masked(hit: _Hit) -> RawDate:
    year, month, day = (hit.group(name) for name in ("year", "month", "day"))
    parts = [_masked_year(year), _masked_number(month), _masked_number(day)]
    value = "-".join(part for part in parts if part is not None)
    granularity = "day" if day else "month" if month else "year"
    raw = hit.raw(Point(fixed=Stretch(value, None, None, granularity)))
    return replace(raw, kind="masked")


def _masked_year(text: str | None) -> str:
    known = [str(numeral(character)) if _is_figure(character) else "X" for character in text or ""]
    return "".join(known) if len(known) == 4 and known[0] != "X" else "XXXX"  # noqa: PLR2004 - digits of a year


def _masked_number(text: str | None) -> str | None:
    if text is None:
        return None
    return f"{numeral(text):02}" if all(map(_is_figure, text)) else "XX"


def _is_figure(character: str) -> bool:
    return character.isdigit() or character.isnumeric()


def _feast(hit: _Hit) -> RawDate:
    lead = hit.words.point(hit.group("lead") or "")
    name, month = hit.group("feast"), hit.group("month")
    if name is not None:
        raw = hit.raw(hit.words.feast(lead, name))
        return replace(raw, dropped_unknown=not lead.has_year)
    return hit.raw(hit.words.lunar(lead, month or "", hit.group("day")))


def _day(hit: _Hit) -> RawDate:
    raw = hit.raw(Point(day=numeral(hit.group("day") or "")))
    again = "again" in hit.match.re.groupindex and hit.match["again"] is not None
    is_open = "open" in hit.match.re.groupindex and hit.match["open"] is not None
    return replace(raw, is_open=is_open, continues=again, later=hit.rule.constant("later") is not None)


def _weekday(hit: _Hit) -> RawDate:
    weeks = int(hit.words.meaning("week", hit.group("week")) or 0)
    weekday = hit.words.meaning("weekday", hit.group("weekday"))
    first, last = Point(week=(weeks, int(weekday) if weekday else None)), None
    if until := hit.words.meaning("weekday", hit.group("until")):  # 本周一至周五
        last = Point(week=(int(hit.words.meaning("week", hit.group("next")) or weeks), int(until)))
    raw = hit.raw(first, last)
    return replace(raw, part=hit.words.meaning("part", hit.group("part")))


class _Parser(Struct, frozen=True):
    """How the matches of a rule are read, and the groups that its pattern may name."""

    read: Callable[[_Hit], RawDate]
    groups: frozenset[str]


_PARSERS: Mapping[str, _Parser] = {
    "point": _Parser(_point, frozenset({"point", "open"})),
    "reign": _Parser(_reign, frozenset({"era", "point"})),
    "range": _Parser(_range, frozenset({"first", "last", "era"})),
    "run": _Parser(_run, frozenset({"lead", "from", "via", "to", "tail", "open"})),
    "plan": _Parser(_plan, frozenset({"plan", "ordinal", "part", "open"})),
    "decade": _Parser(_decade, frozenset({"century", "from", "to", "part", "open"})),
    "ancient": _Parser(_ancient, frozenset({"before", "year", "century", "part"})),
    "century": _Parser(_century, frozenset({"century", "years", "part", "open"})),
    "masked": _Parser(_masked, frozenset({"year", "month", "day"})),
    "feast": _Parser(_feast, frozenset({"lead", "feast", "month", "day"})),
    "day": _Parser(_day, frozenset({"day", "again", "open"})),
    "weekday": _Parser(_weekday, frozenset({"week", "weekday", "next", "until", "part"})),
}
PARSERS: Mapping[str, frozenset[str]] = {name: parser.groups for name, parser in _PARSERS.items()}
