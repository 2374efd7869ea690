"""Amounts: characters in one spelling to the longest amount that begins at an offset, as an exact value.

An amount is a sum of sections of up to four places (3千5百, 一百二十), each with its big scale word (万, 亿).
The text ends with two NUL characters, so a look at what follows needs no check of the length.
"""

from __future__ import annotations

from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, Inexact
from typing import TYPE_CHECKING, NamedTuple

from extractor.numerals.characters import (
    BIG,
    CHAINS,
    DIGITS,
    FIGURES,
    HEDGES,
    SCALES,
    SEVERAL,
    SMALL,
    TENS,
    TRILLION,
    TYPED_ZEROS,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact])
ZERO = Decimal(0)
_AFTER_TRILLION = frozenset((*FIGURES, *DIGITS, "元", "\0"))  # 兆瓦 is a measure word
_PLACES = 4  # places of one section
_BLANK_GROUPS = 6  # a row of cells looks like grouped figures, so the look ahead has a bound
_ASCII_DIGITS: Mapping[int, str] = {ord(sign): str(value) for sign, value in DIGITS.items()} | dict.fromkeys(
    map(ord, TYPED_ZEROS), "0"
)


class Amount(NamedTuple):
    """What was read: ``value`` up to ``value + spread``, and how its scale words are shared in a range."""

    end: int
    value: Decimal
    spread: Decimal = ZERO  # 1 in 十七八
    hedge: str = ""  # 'over' or 'about'
    is_bare: bool = False  # one scale word and nothing else: 千
    has_unit: bool = False  # a small scale word in it: 三百, 三百五
    shared: int = 0  # power of ten that 三 borrows in 三至五百万: 6
    big: int = 0  # power of ten that 三百 borrows in 三百至五百万: 4


class _Term(NamedTuple):
    """A coefficient, with the small scale word after it if there is one."""

    end: int
    value: Decimal
    spread: Decimal = ZERO
    unit: int | None = None
    is_digit: bool = False  # one place only, so that 二 in 一百二 can mean 二十
    is_whole: bool = True
    is_several: bool = False
    is_bare: bool = False
    is_string: bool = False  # read digit by digit: 二〇二二

    @property
    def is_closed(self) -> bool:
        """Say whether only a big scale word can follow."""
        return bool(self.spread) or not self.is_whole or self.is_several or self.is_bare


def scale(value: Decimal, power: int) -> Decimal:
    """Return ``value`` times ten to ``power``, without the zeros that the product leaves behind the point."""
    if not power:
        return value
    product = EXACT.multiply(value, Decimal(10**power))
    whole = product.to_integral_value()
    return whole if whole == product else product.normalize(EXACT)


def read_amount(text: str, start: int, *, free: bool) -> Amount | None:
    """Return the longest amount at ``start``, or None; ``free`` text may hold lists, clock times and cells."""
    amount: Amount | None = None
    ceiling = 0
    at = start
    while True:
        zero = amount is not None and text[at] == "〇"
        section = _read_section(text, at + zero, opening=amount is None, free=free)
        if section is None:
            break
        hedge, after = _read_hedge(text, section.end, start, free=free)
        power, end = _read_big(text, after)
        joined = _join(amount, section, ceiling, power, zero=zero)
        if joined is None:
            break
        amount = joined._replace(end=end, hedge=joined.hedge or hedge)
        if not power or amount.hedge or section.is_closed:
            break
        ceiling, at = power, end
    if amount is None:
        amount = _read_bare_scale(text, start)
    if amount is None or amount.hedge:
        return amount
    hedge, end = _read_hedge(text, amount.end, start, free=free)
    return amount._replace(end=end, hedge=hedge, is_bare=False) if hedge else amount


def _join(amount: Amount | None, section: _Term, ceiling: int, power: int, *, zero: bool) -> Amount | None:
    """Return the sum with one more section, or None where the section begins another numeral."""
    hedge = "about" if section.is_several else ""
    if amount is None:
        shared = power + (section.unit or 0)
        bare = section.is_bare and not power
        value, spread = scale(section.value, power), scale(section.spread, power)
        return Amount(section.end, value, spread, hedge, bare, section.unit is not None, shared, power)
    if not section.is_whole:
        return None
    if power == BIG["亿"] and ceiling == BIG["万"] and amount.value.adjusted() < power:
        # 三万五千亿: the 亿 counts for all before it
        value = scale(EXACT.add(amount.value, section.value), power)
        return Amount(section.end, value, scale(section.spread, power), hedge)
    if section.is_digit and not power and not zero:  # 一万二 is 12000
        power = ceiling - 1
    value, spread = scale(section.value, power), scale(section.spread, power)
    if value.adjusted() >= ceiling:
        return None
    return Amount(section.end, EXACT.add(amount.value, value), spread, hedge)


def _read_section(text: str, start: int, *, opening: bool, free: bool) -> _Term | None:
    """Return the terms below one big scale word as one term; its unit is set if it was the only one."""
    first = _read_term(text, start, _PLACES, opening=opening, free=free)
    if first is None:
        return None
    section = first
    last = first
    while last.unit and not last.is_closed:
        limit = last.unit
        zero = text[section.end] == "〇"
        term = _read_term(text, section.end + zero, limit, opening=False, free=free)
        if term is None or not term.is_whole or term.value.adjusted() >= limit:
            break
        shift = limit - 1 if term.unit is None and term.is_digit and not zero else 0  # 一百二 is 120
        value = EXACT.add(section.value, scale(term.value, shift))
        section = term._replace(value=value, spread=scale(term.spread, shift), unit=0, is_digit=False)
        last = term
    if section.unit == SMALL["十"]:  # 二至三十 is not 二十至三十
        section = section._replace(unit=0)
    return _read_decimals(text, section) if opening and text[section.end - 1] not in FIGURES else section


def _read_decimals(text: str, section: _Term) -> _Term:
    """Return the section with the Han digits behind its point; 九点三十 is a clock time."""
    at = section.end
    if text[at] not in "点." or section.spread or section.is_bare or section.is_several:
        return section
    if text[at + 1] == "几":
        return section._replace(end=at + 2, is_whole=False, is_several=True)
    end = _find_digits_end(text, at + 1)
    if end == at + 1 or text[end] == "十":
        return section
    decimals = Decimal("0." + text[at + 1 : end].translate(_ASCII_DIGITS))
    return section._replace(end=end, value=EXACT.add(section.value, decimals), is_digit=False, is_whole=False)


def _read_term(text: str, at: int, limit: int, *, opening: bool, free: bool) -> _Term | None:
    """Return the term at ``at`` whose scale word is below ten to ``limit``."""
    sign = text[at]
    term = _read_figure(text, at, free=free) if sign in FIGURES else _read_han(text, at, opening=opening, free=free)
    if term is None:
        return _read_scale(sign, at, limit, opening=opening)
    if term.is_string:
        return term
    following = text[term.end]
    if following not in SMALL or (following == "十" and sign in FIGURES):
        return None if term.is_several and not (following in BIG and limit == _PLACES) else term
    unit = SMALL[following]
    if unit >= limit or sign == "〇" or (term.is_several and _is_noun(text, term.end + 1, free=free)):
        return None
    value, spread = scale(term.value, unit), scale(term.spread, unit)
    return term._replace(end=term.end + 1, value=value, spread=spread, unit=unit, is_digit=False)


def _is_noun(text: str, at: int, *, free: bool) -> bool:
    """Say whether the 数 of 数百 ends a noun: 人数百分之十, 人数十七人, 人数百余人."""
    return text[at] in DIGITS or text.startswith("分之", at) or (free and HEDGES.get(text[at]) == "over")


def _read_scale(sign: str, at: int, limit: int, *, opening: bool) -> _Term | None:
    """Return a scale word without a coefficient: 十 and 廿 anywhere, 百 and 千 at the opening only."""
    if sign in TENS:
        return _Term(at + 1, Decimal(TENS[sign]), unit=SMALL["十"]) if limit > SMALL["十"] else None
    unit = SMALL.get(sign, _PLACES)
    if unit >= limit or not (opening or sign == "十"):
        return None
    return _Term(at + 1, scale(Decimal(1), unit), unit=unit, is_bare=sign != "十")


def _read_figure(text: str, start: int, *, free: bool) -> _Term | None:
    """Return Arabic figures with their separators and decimals; 1.2.3 is no number."""
    end = _find_groups_end(text, start, _find_figures_end(text, start), free=free)
    whole = end
    if text[end] == "." and text[end + 1] in FIGURES:
        end = _find_figures_end(text, end + 1)
        if text[end] == "." and text[end + 1] in FIGURES:
            return None
    value = Decimal(text[start:end].replace(",", "").replace(" ", ""))
    return _Term(end, value, is_digit=end == start + 1, is_whole=end == whole)


def _find_figures_end(text: str, at: int) -> int:
    while text[at] in FIGURES:
        at += 1
    return at


def _find_groups_end(text: str, start: int, end: int, *, free: bool) -> int:
    """Return the end of ``12,345`` or ``12 345``, or ``end`` where the separator divides two numbers."""
    separator = text[end]
    if separator not in ", " or end - start >= _PLACES or text[start] == "0":
        return end
    stop = end
    while text[stop] == separator and _is_group(text, stop + 1):
        stop += _PLACES
        if separator == " " and stop - end > _BLANK_GROUPS * _PLACES:
            return end
    return end if separator == " " and free and _is_cell(text, stop) else stop


def _is_group(text: str, at: int) -> bool:
    """Say whether exactly three figures begin at ``at``."""
    return text[at] in FIGURES and _find_figures_end(text[at : at + _PLACES] + "\0", 0) == _PLACES - 1


def _is_cell(text: str, at: int) -> bool:
    """Say whether the figures before ``at`` end a row or stand beside further figures."""
    stop = at
    while text[stop] == " ":
        stop += 1
    return text[stop] in "\r\n\t|" or (stop > at and (text[stop] in FIGURES or text[stop] == "-"))


def _read_han(text: str, at: int, *, opening: bool, free: bool) -> _Term | None:
    """Return one Han digit, two neighbouring ones (七八), 几, or at the opening a string of digits."""
    sign, following = text[at], text[at + 1]
    if sign in SEVERAL:
        return _Term(at + 1, ZERO, is_several=True)
    if sign == "两":
        return _Term(at + 2, Decimal(2), Decimal(1)) if following == "三" else _Term(at + 1, Decimal(2), is_digit=True)
    if sign not in DIGITS:
        return None
    value = DIGITS[sign]
    end = _find_digits_end(text, at) if opening else at + 1
    step = DIGITS.get(following, 2 if sign + following == "一两" else 0) - value
    if value > 0 and (step == 1 or sign + following == "三五") and _is_pair_end(text, at + 2):
        return _Term(at + 2, Decimal(value), Decimal(step), is_digit=True)
    is_doubled = free and end == at + 2 and following == sign  # 唯一一个
    if end == at + 1 or is_doubled:
        return _Term(at + 1, Decimal(value), is_digit=True)
    string = Decimal(text[at:end].translate(_ASCII_DIGITS))
    return _Term(end, string, is_string=True) if string else None


def _is_pair_end(text: str, at: int) -> bool:
    """Say whether two digits before ``at`` can be an estimate: not in 七八九 or 七八点五."""
    return text[at] not in DIGITS and text[at] not in TYPED_ZEROS and not (text[at] in "点." and text[at + 1] in DIGITS)


def _find_digits_end(text: str, start: int) -> int:
    """Return the end of a string of Han digits, in which a typed zero or O may stand for 〇."""
    at = start
    while text[at] in DIGITS or (at > start and text[at] in TYPED_ZEROS):
        at += 1
    stop = at
    while stop > start and text[stop - 1] in TYPED_ZEROS:
        stop -= 1
    return at if stop > start + 1 else stop  # 一九九O, but not 二 in 二0.5


def _read_hedge(text: str, at: int, start: int, *, free: bool) -> tuple[str, int]:
    """Return the hedge at ``at`` and its end; it needs a round number before it (三多一少 is a slogan)."""
    sign, following = text[at], text[at + 1]
    before = text[at - 1]
    if sign not in HEDGES or (sign == "数" and (following not in BIG or before in BIG)):  # 十数万
        return "", at
    if before in FIGURES:
        is_round = before == "0" if HEDGES[sign] == "about" else at - start > 1 or following in BIG
    else:
        is_round = before in SCALES or before in TENS
    if free and sign == "来" and before != "十":  # 三千来自
        is_round = False
    return (HEDGES[sign], at + 1) if is_round else ("", at)


def _read_big(text: str, at: int) -> tuple[int, int]:
    """Return the power of ten of the big scale words at ``at`` and their end."""
    chain = text[at : at + 2]
    if chain in CHAINS:
        return CHAINS[chain], at + 2
    if chain[0] == TRILLION and chain[1] in _AFTER_TRILLION:
        return 12, at + 1
    return (BIG[chain[0]], at + 1) if chain[:1] in BIG else (0, at)


def _read_bare_scale(text: str, start: int) -> Amount | None:
    """Return 万, 亿 or 万亿 without a coefficient; 万万 and 亿亿 alone are words."""
    power, end = _read_big(text, start)
    if not power or (end > start + 1 and text[start] == text[start + 1]):
        return None
    return Amount(end, scale(Decimal(1), power), is_bare=end == start + 1, shared=power, big=power)
