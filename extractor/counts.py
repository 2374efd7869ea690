"""Counts: a section's text to its quantities: span, value, bounds, measure word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from extractor.findings import CountFinding
from extractor.normalise import fold, normalise
from extractor.numerals import parse

if TYPE_CHECKING:
    import regex

    from extractor.numerals import Numeral
    from extractor.ruleset import Rule, RuleSet

_QUANTITY = frozenset({"before", "number", "part", "measure", "stem", "more", "half", "behind"})
PARSERS: dict[str, frozenset[str]] = {
    "quantity": _QUANTITY | {"sign"},
    "parts": _QUANTITY | {"next"},
    "range": _QUANTITY | {"low_measure", "high", "next"},
    "elided": _QUANTITY | {"item", "next"},
    "items": frozenset({"item"}),
}
_NOTHING = "no_count."  # patterns of this name match what looks like a quantity and is none
_INDIVIDUAL = "个"
_PLACES = Decimal("0.000001")
_FORMS = {"percent": ("%", "percent"), "permille": ("‰", "percent"), "tenths": ("%", "percent"), "fraction": (None, "ratio")}

Match = "regex.Match[str]"


@dataclass(frozen=True, slots=True)
class _Reader:
    """The scanner and the tables that the parsers look words up in."""

    scanner: regex.Pattern[str]
    markers: tuple[int, ...]
    rules: tuple[Rule | None, ...]  # by marker; None for what counts nothing
    hedges: Mapping[str, str]
    measures: Mapping[str, tuple[str, str]]  # measure word → unit, dimension
    signs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Stated:
    """What the words around a number say: its value, bounds and qualifier."""

    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    qualifier: str
    fraction: str | None = None


def find(text: str, rules: RuleSet) -> tuple[CountFinding, ...]:
    """Return the quantities in ``text``; fields that need the clause are still None."""
    return tuple(_scan(text, 0, len(text), rules.memo("counts.reader", lambda: _build(rules))))


def _scan(text: str, at: int, end: int, reader: _Reader) -> Iterator[CountFinding]:
    """Yield the quantities that begin between ``at`` and ``end``."""
    for match in reader.scanner.finditer(text, at, end):
        rule = reader.rules[match.group(*reader.markers).index("")]
        if rule is None:
            continue
        if rule.parser != "range":
            yield from _PARSE[rule.parser](match, rule, reader)
        elif findings := tuple(_range(match, rule, reader)):
            yield from findings
        else:  # 90个工作日至30个工作日 and 50%以上1倍以下 are two counts
            yield from _scan(text, match.start(), match.start("high"), reader)
            yield from _scan(text, match.start("high"), match.end(), reader)


def search(text: str, rules: RuleSet) -> tuple[CountFinding, ...]:
    """Return the quantities in free text as it was written, with offsets of that text."""
    normal = normalise(text)
    moved = []
    for finding in find(normal.text, rules):
        at, end = normal.span(finding.at, finding.end)
        moved.append(replace(finding, at=at, end=end))
    return tuple(moved)


def _build(rules: RuleSet) -> _Reader:
    """Return the reader for ``rules``: one pattern that tries each of them wherever a number begins.

    The patterns that begin with a number share one branch, so that the number is read once for all of them.
    """
    start, head = rules.patterns["count.start"].pattern, rules.patterns["count.head"].pattern
    nothing = [pattern.pattern for name, pattern in rules.patterns.items() if name.startswith(_NOTHING)]
    counting = rules.of_kind("count")
    branches = [*nothing, *(rule.pattern for rule in counting)]
    alone: list[str] = []
    headed: list[str] = []
    for number, branch in enumerate(branches):
        tail = branch.removeprefix(head)
        (alone if tail == branch else headed).append(f"(?:{tail}\n)(?P<branch_{number}>)")
    scanner = rules.compile(f"{start}(?:{'|'.join(alone)}|{head}(?:{'|'.join(headed)}))")
    return _Reader(
        scanner,
        tuple(scanner.groupindex[f"branch_{number}"] for number in range(len(branches))),
        (*(None for _ in nothing), *counting),
        {row["hedge"]: row["qualifier"] for row in rules.table("hedges").rows()},
        {fold(row["measure"]): (fold(row["unit"]), row["dimension"]) for row in rules.table("measures").rows()},
        {fold(row["sign"]): row["unit"] for row in rules.table("currencies").rows()},
    )


def _quantity(match: regex.Match[str], rule: Rule, reader: _Reader) -> Iterator[CountFinding]:
    """Yield the count of one number; ``set`` may give its value, a factor or its dimension."""
    number = parse(_number(match))
    if number is None:
        return
    if fixed := rule.constant("value"):
        number = replace(number, value=Decimal(fixed), lower=Decimal(fixed), upper=Decimal(fixed))
    if (factor := rule.constant("factor")) and number.value is not None:
        number = replace(number, value=number.value * Decimal(factor))
    unit, dimension = _unit(match, number, reader)
    yield _finding(match, rule, _state(match, number, reader), unit, rule.constant("dimension") or dimension)


def _number(match: regex.Match[str]) -> str:
    """Return the number with the part of it that follows 分之 or 成."""
    number, part = match.group("number", "part")
    return f"{number}{part}" if part else str(number)


def _unit(match: regex.Match[str], number: Numeral, reader: _Reader) -> tuple[str | None, str]:
    """Return the measure word without its scale, and what it measures."""
    measure, stem, sign = match.group("measure", "stem", "sign")
    if number.form != "plain":
        return _FORMS[number.form]
    if sign:
        return reader.signs[sign], "money"
    if stem:
        return _look_up(_INDIVIDUAL + stem, reader)
    return _look_up(measure, reader) if measure else (None, "count")


def _look_up(measure: str, reader: _Reader) -> tuple[str, str]:
    """Return unit and dimension of a measure word; a compound (元/人, 件(人)次) has the dimension of its first part."""
    known = reader.measures.get(measure)
    if known:
        return known
    for end in range(len(measure) - 1, 0, -1):
        if measure[:end] in reader.measures:
            return measure, reader.measures[measure[:end]][1]
    return measure, "count"


def _state(match: regex.Match[str], number: Numeral, reader: _Reader) -> _Stated:
    """Return value and bounds of a number with the hedges around it."""
    before, behind, more, half = match.group("before", "behind", "more", "half")
    value = number.value
    if value is not None and half:
        value += Decimal("0.5")
    if number.qualifier == "range":
        return _Stated(None, number.lower, number.upper, "range")
    hedge = _hedge(before, reader) or _hedge(behind, reader) or ("over" if more else number.qualifier)
    lower = value if hedge in {"exact", "over", "at_least"} else None
    upper = value if hedge in {"exact", "under", "at_most"} else None
    return _Stated(value, lower, upper, hedge, number.fraction)


def _hedge(word: str | None, reader: _Reader) -> str | None:
    """Return what a hedge says; one with a remark (3人以上(含3人)) says what its own words say."""
    if not word:
        return None
    plain = word if word in reader.hedges else _without_remark(word)
    return reader.hedges.get(plain)


def _without_remark(word: str) -> str:
    start, end = word.find("("), word.rfind(")")
    return word[:start] + word[end + 1 :] if start >= 0 else word


def _finding(
    match: regex.Match[str], rule: Rule, stated: _Stated, unit: str | None, dimension: str, span: tuple[int, int] | None = None
) -> CountFinding:
    at, end = span or (_start(match), match.end())
    return CountFinding(
        at, end, rule.id, stated.value, stated.lower, stated.upper, stated.qualifier, unit, dimension, stated.fraction
    )


def _start(match: regex.Match[str]) -> int:
    """Return where the count begins: with the hedge or currency sign that stands before the number."""
    before, sign = match.start("before"), match.start("sign")
    return before if before >= 0 else sign if sign >= 0 else match.start()


def _parts(match: regex.Match[str], rule: Rule, reader: _Reader) -> Iterator[CountFinding]:
    """Yield one count for an amount in several units (3元5角, 一年六个月), in the first of them."""
    steps = _ladder(rule)
    measures = match.captures("measure")
    numbers = [parse(number) for number in (match["number"], *match.captures("next"))]
    total = Fraction(0)
    for number, measure in zip(numbers, measures, strict=True):
        if number is None or number.value is None:
            return
        total += Fraction(number.value) * steps[measure] / steps[measures[0]]
    unit, dimension = _look_up(measures[0], reader)
    value, written = _decimal(total)
    hedge = _hedge(match["before"], reader) or _hedge(match["behind"], reader) or "exact"
    lower = value if hedge in {"exact", "over", "at_least"} else None
    upper = value if hedge in {"exact", "under", "at_most"} else None
    yield _finding(match, rule, _Stated(value, lower, upper, hedge, written), unit, dimension)


def _ladder(rule: Rule) -> dict[str, Fraction]:
    """Return the size of each measure word that ``set: {ladder: 元=100 角=10 分=1}`` names."""
    pairs = (step.partition("=") for step in (rule.constant("ladder") or "").split())
    return {fold(measure): Fraction(size) for measure, _, size in pairs}


def _decimal(total: Fraction) -> tuple[Decimal, str | None]:
    """Return the value, rounded to six places where it has no end, and then the exact fraction as well."""
    exact = Decimal(total.numerator) / Decimal(total.denominator)
    if Fraction(exact) == total:
        return exact.normalize() + 0, None
    return exact.quantize(_PLACES), f"{total.numerator}/{total.denominator}"


def _range(match: regex.Match[str], rule: Rule, reader: _Reader) -> Iterator[CountFinding]:
    """Yield the range from ``number`` to ``high``, or its two ends where they do not make one."""
    high_text, own, following = match.group("high", "low_measure", "next")
    low_text = _number(match)
    measure = match["measure"] or (_INDIVIDUAL + match["stem"] if match["stem"] else own)
    low, high = parse(low_text), parse(high_text)
    if low is None or high is None:
        return
    shared = None if own else parse(f"{low_text}{'' if following else '至'}{high_text}")
    lower, upper = (shared.lower, shared.upper) if shared else (low.lower, high.upper)
    unit, dimension = _FORMS.get(low.form) or (_look_up(measure, reader) if measure else (None, "count"))
    if own and own != measure and upper is not None:
        steps = _ladder(rule)
        unit, dimension = _look_up(own, reader)
        upper = _decimal(Fraction(upper) * steps[measure] / steps[own])[0] if {own, measure} <= steps.keys() else None
    if lower is not None and upper is not None and lower < upper:
        yield _finding(match, rule, _Stated(None, lower, upper, "range"), unit, dimension)


def _elided(match: regex.Match[str], rule: Rule, reader: _Reader) -> Iterator[CountFinding]:
    """Yield a count for each number of a list whose last one alone has the measure word and the scale."""
    last = parse(match["next"])
    if last is None:
        return
    unit, dimension = _unit(match, last, reader)
    scale = match["next"].lstrip("0123456789.,")
    first = match.end("number") + (match.string[match.end("number")] == _INDIVIDUAL)
    spans = [(_start(match), first), *match.spans("item")]
    for text, span in zip((match["number"], *match.captures("item")), spans, strict=True):
        number = parse(text.removesuffix(_INDIVIDUAL) + scale)
        if number is not None:
            stated = _Stated(number.value, number.lower, number.upper, number.qualifier)
            yield _finding(match, rule, stated, unit, dimension, span)
    yield _finding(match, rule, _state(match, last, reader), unit, dimension, (match.start("next"), match.end()))


def _items(match: regex.Match[str], rule: Rule, reader: _Reader) -> Iterator[CountFinding]:
    """Yield an exact count for each number of a ratio or a table row."""
    dimension = rule.constant("dimension") or "count"
    for item, span in zip(match.captures("item"), match.spans("item"), strict=True):
        number = parse(item.rstrip("%"))
        if number is None:
            continue
        stated = _Stated(number.value, number.value, number.value, "exact")
        unit, kind = _look_up("%", reader) if item.endswith("%") else (None, dimension)
        yield _finding(match, rule, stated, unit, kind, span)


_PARSE: Mapping[str, Callable[[regex.Match[str], Rule, _Reader], Iterator[CountFinding]]] = {
    "quantity": _quantity,
    "parts": _parts,
    "elided": _elided,
    "items": _items,
}
