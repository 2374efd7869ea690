"""Counts: a section's text to its quantities: span, value, bounds, measure word."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from extractor.findings import CountFinding
from extractor.folding import fold
from extractor.hits import Hit, hits
from extractor.normalise import normalise
from extractor.numerals import parse
from extractor.ruleset import Rule, builtin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from extractor.numerals import Numeral
    from extractor.ruleset import RuleSet

_QUANTITY = frozenset({"before", "minus", "number", "part", "measure", "stem", "more", "half", "behind"})
PARSERS: dict[str, frozenset[str]] = {
    "quantity": _QUANTITY | {"sign", "currency", "power", "rest"},
    "parts": _QUANTITY | {"next"},
    "range": _QUANTITY | {"low_measure", "high", "next"},
    "elided": _QUANTITY | {"item", "next"},
    "items": frozenset({"item"}),
}
_INDIVIDUAL = "个"
_FIGURES = "0123456789.,"
_HALF = Decimal("0.5")
_ZERO = Decimal(0)
_PLACES = Decimal("0.000001")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", "^ ")
_VARYING = "不等"  # the ends of a range may stand either way round before it
_UNITS_BEFORE_ZERO = frozenset("年月天时")
_LONGEST = 18  # digits of an amount in several units; more are a code


class _Measure(Struct, frozen=True):
    """A measure word without its scale, and what it measures."""

    unit: str | None
    dimension: str


_FORMS = {
    "percent": _Measure("%", "percent"),
    "permille": _Measure("‰", "percent"),
    "tenths": _Measure("%", "percent"),
    "fraction": _Measure(None, "ratio"),
}


class _Stated(Struct, frozen=True):
    """What the words around a number say: its value, bounds and qualifier."""

    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    qualifier: str
    fraction: str | None = None


class _Reader(Struct, frozen=True):
    """The tables that the parsers look words up in."""

    hedges: Mapping[str, str]
    measures: Mapping[str, _Measure]
    signs: Mapping[str, str]


def find(text: str, rules: RuleSet) -> tuple[CountFinding, ...]:
    """Return the quantities in ``text``; fields that need the clause are still None."""
    return tuple(_scan(text, 0, len(text), rules))


def search(text: str, rules: RuleSet | None = None) -> tuple[CountFinding, ...]:
    """Return the quantities in free text as it was written, with offsets of that text.

    Dates and citations are not told apart here: 2022年 is a quantity too.

    >>> [(count.at, count.end, int(count.value), count.unit) for count in search("收到１０５件")]
    [(2, 6, 105, '件')]
    """
    rules = rules or builtin()
    normal = normalise(text, rules)
    found = find(normal.text, rules)
    spans = (normal.span(finding.at, finding.end) for finding in found)
    return tuple(replace(finding, at=at, end=end) for finding, (at, end) in zip(found, spans, strict=True))


def passed_over(text: str, rules: RuleSet) -> tuple[tuple[int, int, str], ...]:
    """Return what looks like a quantity in ``text`` and is none: begin, end and the pattern that knows it."""
    found = hits(text, 0, len(text), rules)
    return tuple((hit.at, hit.end, rule.id) for rule, hit in found if not isinstance(rule, Rule))


def _build(rules: RuleSet) -> _Reader:
    return _Reader(
        {row["hedge"]: row["qualifier"] for row in rules.table("hedges").rows()},
        {fold(row["measure"]): _Measure(fold(row["unit"]), row["dimension"]) for row in rules.table("measures").rows()},
        {fold(row["sign"]): row["unit"] for row in rules.table("currencies").rows()},
    )


def _scan(text: str, at: int, end: int, rules: RuleSet) -> Iterator[CountFinding]:
    """Yield the quantities that begin between ``at`` and ``end``."""
    reader = rules.memo("counts.reader", lambda: _build(rules))
    for rule, hit in hits(text, at, end, rules):
        if not isinstance(rule, Rule):
            continue
        if rule.parser != "range":
            yield from _PARSE[rule.parser](hit, rule, reader)
        elif ranged := _read_range(hit, rule, reader):
            yield ranged
        else:  # 90个工作日至30个工作日 and 50%以上1倍以下 are two counts
            yield from _scan(text, hit.at, hit.start("high"), rules)
            yield from _scan(text, hit.start("high"), hit.end, rules)


def _read_range(hit: Hit, rule: Rule, reader: _Reader) -> CountFinding | None:
    """Return the range from ``number`` to ``high``, or None where they make none."""
    high_text, own, following = hit.group("high"), hit.group("low_measure"), hit.group("next")
    low_text = _number(hit)
    measure = hit.group("measure") or (_INDIVIDUAL + hit.group("stem") if hit.group("stem") else own)
    low, high = parse(low_text), parse(high_text)
    if low is None or high is None:
        return None
    shared = None if own else parse(f"{low_text}{'' if following else '至'}{high_text}")
    lower, upper = (shared.lower, shared.upper) if shared else (low.lower, high.upper)
    known = _set(rule, _FORMS.get(low.form) or _look_up(own or measure, reader))
    if own and own != measure and upper is not None:
        steps = _ladder(rule)
        if not {own, measure} <= steps.keys() or upper.adjusted() > _LONGEST:
            return None
        upper = _decimal(Fraction(upper) * steps[measure] / steps[own])[0]
    if upper is not None and hit.group("half"):
        upper += _HALF
    if lower is None or upper is None or lower == upper:
        return None
    if lower > upper:  # 100万元至5000元不等
        if not hit.match.string.startswith(_VARYING, hit.end):
            return None
        lower, upper = upper, lower
    return _finding(hit, rule, _Stated(None, lower, upper, "range"), known)


def _quantity(hit: Hit, rule: Rule, reader: _Reader) -> Iterator[CountFinding]:
    """Yield the count of one number; ``set`` may give its value, a factor, a base to raise, its unit or dimension."""
    number = parse(_number(hit))
    if number is None:
        return
    measure = _measure(hit, number, reader)
    if rule.sets:
        number, measure = _computed(number, rule), _set(rule, measure)
    rest, power = hit.group("rest"), hit.group("power")
    if rest and (tail := parse(f"0.{rest}" if rest[0] in _FIGURES else f"零点{rest}")):
        number = _plus(number, tail.value or _ZERO)
    if power:
        number = _times(number, Decimal(10) ** int(power.translate(_RAISED)))
    yield _finding(hit, rule, _state(hit, number, reader), measure)


def _computed(number: Numeral, rule: Rule) -> Numeral:
    """Return ``number`` with the value, the factor or the base that the rule sets."""
    if fixed := rule.constant("value"):
        number = replace(number, value=Decimal(fixed))
    if factor := rule.constant("factor"):
        number = _times(number, Decimal(factor))
    if (base := rule.constant("base")) and number.value is not None and number.value.adjusted() < 1:
        raised = Decimal(base) ** number.value
        if raised != raised.to_integral_value():  # 翻1.3番
            raised = raised.quantize(_PLACES)
        number = replace(number, value=raised, lower=raised, upper=raised)
    return number


def _plus(number: Numeral, more: Decimal) -> Numeral:
    """Return ``number`` with ``more`` added to value and bounds: the 七五 of 一米七五."""
    value, lower, upper = (
        None if known is None else known + more for known in (number.value, number.lower, number.upper)
    )
    return replace(number, value=value, lower=lower, upper=upper)


def _times(number: Numeral, factor: Decimal) -> Numeral:
    """Return ``number`` with value and bounds multiplied."""
    value, lower, upper = (
        None if known is None else known * factor for known in (number.value, number.lower, number.upper)
    )
    return replace(number, value=value, lower=lower, upper=upper)


def _parts(hit: Hit, rule: Rule, reader: _Reader) -> Iterator[CountFinding]:
    """Yield one count for an amount in several units (3元5角, 一年六个月), in the first of them."""
    steps = _ladder(rule)
    measures = hit.match.captures("measure")
    total = Fraction(0)
    for text, measure in zip((hit.group("number"), *hit.match.captures("next")), measures, strict=True):
        number = parse(text)
        if number is None or number.value is None or number.value.adjusted() > _LONGEST:
            return
        total += Fraction(number.value) * steps[measure] / steps[measures[0]]
    value, written = _decimal(total)
    hedge = _hedge(hit.group("before"), reader) or _hedge(hit.group("behind"), reader) or "exact"
    yield _finding(hit, rule, _bounded(value, hedge, written), _set(rule, _look_up(measures[0], reader)))


def _elided(hit: Hit, rule: Rule, reader: _Reader) -> Iterator[CountFinding]:
    """Yield a count for each number of a list whose last one alone has the measure word and the scale."""
    last = parse(hit.group("next"))
    if last is None:
        return
    measure = _measure(hit, last, reader)
    scale = hit.group("next").lstrip(_FIGURES)
    first = hit.match.start() + (hit.match.string[hit.match.start()] == _INDIVIDUAL)
    spans = [(_start(hit), first), *hit.match.spans("item")]
    for text, span in zip((hit.group("number"), *hit.match.captures("item")), spans, strict=True):
        own = text.removesuffix(_INDIVIDUAL)
        if number := parse(own + scale if own[-1] in _FIGURES else own):
            stated = _Stated(number.value, number.lower, number.upper, number.qualifier)
            yield _finding(hit, rule, stated, measure, span)
    yield _finding(hit, rule, _state(hit, last, reader), measure, (hit.start("next"), hit.end))


def _items(hit: Hit, rule: Rule, reader: _Reader) -> Iterator[CountFinding]:
    """Yield an exact count for each number of a ratio or a table row."""
    plain = _Measure(None, rule.constant("dimension") or "count")
    for item, span in zip(hit.match.captures("item"), hit.match.spans("item"), strict=True):
        if (number := parse(item.rstrip("%"))) and number.value is not None:
            measure = _look_up("%", reader) if item.endswith("%") else plain
            yield _finding(hit, rule, _bounded(number.value, "exact"), measure, span)


_PARSE: Mapping[str, Callable[[Hit, Rule, _Reader], Iterator[CountFinding]]] = {
    "quantity": _quantity,
    "parts": _parts,
    "elided": _elided,
    "items": _items,
}


def _number(hit: Hit) -> str:
    """Return the number with its sign and the part of it that follows 分之 or 成; 百分之七、八十 is 百分之七八十."""
    minus, number, part = hit.group("minus"), hit.group("number"), hit.group("part")
    return f"{minus or ''}{number}{part.replace('、', '') if part else ''}" if minus or part else number


def _measure(hit: Hit, number: Numeral, reader: _Reader) -> _Measure:
    """Return the measure word without its scale, and what it measures."""
    measure, stem, sign, word = hit.group("measure"), hit.group("stem"), hit.group("sign"), hit.group("currency")
    if number.form != "plain" and not measure and not stem:
        return _FORMS[number.form]
    if sign or word:
        return _Measure(reader.signs[sign or word], "money")
    return _look_up(_INDIVIDUAL + stem if stem else measure, reader)


def _look_up(measure: str | None, reader: _Reader) -> _Measure:
    """Return what is known of a measure word; a rate (吨/日) measures no mass, but 元/人 is money."""
    if not measure:
        return _Measure(None, "count")
    if known := reader.measures.get(measure):
        return known
    for end in range(len(measure) - 1, 0, -1):
        if first := reader.measures.get(measure[:end]):
            is_rate = measure[end] != "(" and first.dimension != "money"
            return _Measure(measure, "other" if is_rate else first.dimension)
    return _Measure(measure, "count")


def _set(rule: Rule, measure: _Measure) -> _Measure:
    """Return ``measure`` with the unit and dimension that the rule sets."""
    return _Measure(rule.constant("unit") or measure.unit, rule.constant("dimension") or measure.dimension)


def _state(hit: Hit, number: Numeral, reader: _Reader) -> _Stated:
    """Return value and bounds of a number with the hedges around it."""
    if number.qualifier == "range":
        return _Stated(None, number.lower, number.upper, "range")
    before, behind, more, half = hit.group("before"), hit.group("behind"), hit.group("more"), hit.group("half")
    value = number.value + _HALF if half and number.value is not None else number.value
    hedge = _hedge(before, reader) or _hedge(behind, reader)
    stated = _bounded(value, hedge or ("over" if more else number.qualifier), number.fraction)
    if hedge is None and value is not None and value < 0:  # 零下二十多度 is colder
        return replace(stated, lower=stated.upper, upper=stated.lower)
    return stated


def _bounded(value: Decimal | None, qualifier: str, fraction: str | None = None) -> _Stated:
    """Return ``value`` with the inclusive bounds that ``qualifier`` gives it."""
    lower = value if qualifier in {"exact", "over", "at_least"} else None
    upper = value if qualifier in {"exact", "under", "at_most"} else None
    return _Stated(value, lower, upper, qualifier, fraction)


def _hedge(word: str | None, reader: _Reader) -> str | None:
    """Return what a hedge says; one with a remark (3人以上(含3人)) says what its own words say."""
    if not word or word in reader.hedges:
        return reader.hedges[word] if word else None
    start, end = word.find("("), word.find(")")
    return reader.hedges.get(word[:start] + word[end + 1 :])


def _ladder(rule: Rule) -> dict[str, Fraction]:
    """Return the size of each measure word that ``set: {ladder: 元=100 角=10 分=1}`` names."""
    steps = (step.partition("=") for step in (rule.constant("ladder") or "").split())
    return {measure: Fraction(size) for measure, _, size in steps}


def _decimal(total: Fraction) -> tuple[Decimal, str | None]:
    """Return the value, rounded to six places where it has no end, and then the exact fraction as well."""
    value = Decimal(total.numerator) / Decimal(total.denominator)
    if Fraction(value) == total:
        return value, None
    return value.quantize(_PLACES), f"{total.numerator}/{total.denominator}"


def _finding(
    hit: Hit, rule: Rule, stated: _Stated, measure: _Measure, span: tuple[int, int] | None = None
) -> CountFinding:
    at, end = span or (_start(hit), hit.end)
    return CountFinding(
        at, end, rule.id, stated.value, stated.lower, stated.upper, stated.qualifier,
        measure.unit, measure.dimension, stated.fraction,
    )  # fmt: skip


def _start(hit: Hit) -> int:
    """Return where the count begins: with a hedge, sign or 负 before the number, and behind the 零 of 一年零五天."""
    for group in ("before", "sign", "minus"):
        if hit.group(group) is not None:
            return hit.start(group)
    start = hit.at
    joins = hit.match.string.startswith("零", start) and hit.match.string[start - 1 : start] in _UNITS_BEFORE_ZERO
    return start + joins
