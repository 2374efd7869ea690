"""Provisions: 第十条第一款第(三)项 and its lists and ranges to (article, paragraph, item)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.numerals import parse
from extractor.ruleset.groups import numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.ruleset import RuleSet

Provision = tuple[int | str | None, int | None, int | None]
_ARTICLE, _PARAGRAPH, _ITEM = "条", "款", "项"
_BRACKETED = ")项"  # what Macao has in brackets is an item, as on the mainland
_LONGEST_RANGE = 300  # a longer one is a slip; its ends are kept


class _Part(Struct, frozen=True):
    """One number of a provision, with the unit it counts."""

    number: int
    letter: str  # 9A, as Hong Kong numbers a section put in later
    unit: str
    sub: int | None  # 之一 behind the article
    ranges: bool  # stands behind 至
    first: bool  # 前三项: this one and those before it
    inner: tuple[int, ...]  # 13(1)(2): paragraph and item in parentheses before 条


def read(text: str, rules: RuleSet, *, paragraph_is_xiang: bool = False) -> tuple[Provision, ...]:
    """Return the provisions that the folded ``text`` names, ranges expanded, none twice.

    In Taiwan an article has 項 and these have 款, elsewhere it has 款 and these have 项: ``paragraph_is_xiang``.
    """
    taiwan = paragraph_is_xiang and _BRACKETED not in text
    paragraph, item = (_ITEM, _PARAGRAPH) if taiwan else (_PARAGRAPH, _ITEM)
    found: list[Provision] = []
    article: int | str | None = None
    part_of: int | None = None
    for part in _parts(text, rules):
        if part.unit == _ARTICLE:
            if part.ranges and isinstance(article, int) and part.sub is None:
                found += [(number, None, None) for number in _between(article, part.number)]
            article = _article(part)
            part_of = part.inner[0] if part.inner else None
            found.append((article, part_of, part.inner[1] if len(part.inner) > 1 else None))
            continue
        numbers = [part.number]
        if part.ranges and found:
            _, last_paragraph, last_item = found[-1]
            last = last_paragraph if part.unit == paragraph else last_item
            numbers = [*_between(last, part.number), part.number] if last is not None else numbers
        elif part.first:
            numbers = [*_between(0, part.number), part.number]
        if part.unit == paragraph:
            part_of = part.number
            _refine(found, article, None)
            found += [(article, number, None) for number in numbers]
        elif part.unit == item:
            _refine(found, article, part_of)
            found += [(article, part_of, number) for number in numbers]
    return tuple(dict.fromkeys(found))


def _article(part: _Part) -> int | str:
    if part.sub is not None:
        return f"{part.number}-{part.sub}"
    return f"{part.number}{part.letter}" if part.letter else part.number


def _refine(found: list[Provision], article: int | str | None, paragraph: int | None) -> None:
    """Drop the whole article or paragraph when the text goes on to name a part of it."""
    if found and found[-1] == (article, paragraph, None):
        found.pop()


def _between(first: int, last: int) -> range:
    """Return the numbers between two ends of a range; none where it falls or is beyond belief."""
    return range(first + 1, last) if last - first <= _LONGEST_RANGE else range(0)


def _parts(text: str, rules: RuleSet) -> Iterator[_Part]:
    """Yield the numbers in order; one without a unit, 第一、二款, has that of the next."""
    matches = list(rules.pattern("regulation.provision_part").finditer(text))
    unit = ""
    units = []
    for match in reversed(matches):
        unit = match[match.re.groupindex["unit"]] or unit
        units.append(unit)
    for match, own in zip(matches, reversed(units), strict=True):
        told, letter, sub, join, items, first = match.group(
            *numbers(match.re, "number", "letter", "sub", "join", "inner", "first")
        )
        number = _number(told)
        if number is None:
            continue
        inner = tuple(value for one in (items or "").strip("()").split(")(") if (value := _number(one)))
        ranges, all_before = join is not None, first is not None
        yield _Part(number, letter or "", own, _number(sub) if sub else None, ranges, all_before, inner)


def _number(text: str) -> int | None:
    numeral = parse(text) if text else None
    return None if numeral is None or numeral.value is None else int(numeral.value)
