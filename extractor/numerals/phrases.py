"""Phrases: amounts to numerals, with sign, percent, tenths, fraction, half and range."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Literal, NamedTuple

from msgspec import Struct

from extractor.numerals.amounts import EXACT, Amount, read_amount, scale
from extractor.numerals.characters import DIGITS, FIGURES, HEDGES, REACHING, SCALES

Qualifier = Literal["exact", "over", "under", "about", "range"]
Form = Literal["plain", "percent", "permille", "tenths", "fraction"]

_HALF = Decimal("0.5")
_PARTS = "分之"
_RATES: dict[Decimal, Form] = {Decimal(100): "percent", Decimal(1000): "permille"}
_MILLIONTH = Decimal("0.000001")
_RATIO_PLACES = 18  # nobody writes a longer ratio, and a division costs more than its length
_STROKE_LIMIT = 1000
_TENTHS = Decimal(10)
_DASHES = frozenset("-—~")


class Numeral(Struct, frozen=True):
    """A number as it is written: its value, the inclusive bounds it states itself, and its form.

    ``value`` is None for a range and where no base is named (几十); ``fraction`` is the ratio as written, ``2/3``.
    """

    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    qualifier: Qualifier
    fraction: str | None = None
    form: Form = "plain"


class _Item(NamedTuple):
    """One side of a range, or the whole numeral; ``amount`` is set where it can lend or borrow a scale word."""

    end: int
    low: Decimal | None
    high: Decimal | None
    qualifier: Qualifier
    form: Form = "plain"
    fraction: str | None = None
    amount: Amount | None = None


def read_numeral(text: str, start: int, *, free: bool) -> tuple[int, Numeral] | None:
    """Return the end and the value of the longest numeral at ``start``, or None."""
    at = _skip_sign(text, start, free=free)
    left = _read_item(text, at, free=free)
    if left is None:
        return None
    negative = at > start
    if negative:
        left = _negate(left)
    ranged = _read_range(text, at, left, free=free)
    return ranged or (left.end, _state(left))


def _state(item: _Item) -> Numeral:
    """Return the numeral that one item states."""
    value = item.low if item.low == item.high else None
    match item.qualifier:
        case "over":
            lower, upper = (item.low, None) if value is None or value >= 0 else (None, item.high)
        case "under":
            lower, upper = None, item.high
        case "about":
            lower, upper = None, None
        case _:
            lower, upper = item.low, item.high
    return Numeral(value, lower, upper, item.qualifier, item.fraction, item.form)


def _negate(item: _Item) -> _Item:
    if item.low is None or item.high is None:
        return item
    fraction = f"-{item.fraction}" if item.fraction else None
    low, high = EXACT.minus(item.high), EXACT.minus(item.low)
    return item._replace(low=low, high=high, fraction=fraction, amount=None)


def _skip_sign(text: str, start: int, *, free: bool) -> int:
    """Return the offset behind a sign, or ``start``; a hyphen after a figure or letter joins a code."""
    if text[start] == "-" and text[start + 1] in FIGURES:
        before = text[start - 1] if free and start else " "
        joins = (before.isascii() and before.isalnum()) or before in ")]-—." or before in DIGITS
        return start if joins else start + 1
    if text[start] == "负":
        return start + 1
    return start + 2 if text.startswith("〇下", start) else start


def _read_item(text: str, start: int, *, free: bool) -> _Item | None:
    """Return the longest numeral at ``start`` that is no range."""
    if text[start] in "半一几上近":
        worded = _read_half(text, start) or _read_reaching(text, start, free=free) or _read_unknown_tenths(text, start)
        if worded is not None:
            return worded
    amount = read_amount(text, start, free=free)
    if amount is None:
        return None
    at = amount.end
    item: _Item | None = None
    if text.startswith(_PARTS, at) or (text[at] == _PARTS[0] and not free):
        item = _read_parts(text, amount, free=free)
    elif text[at] == "成":
        item = _read_tenths(text, amount)
    elif text[at] == "/":
        item = _read_stroke(text, start, amount, free=free)
    elif text[at] == "又":
        item = _read_mixed(text, amount, free=free)
    if item is not None:
        return _read_trailing_hedge(text, item)
    return None if free and amount.is_bare else _make_plain(amount)


def _make_plain(amount: Amount) -> _Item:
    return _Item(amount.end, *_limits(amount), _qualify(amount), amount=amount)


def _limits(amount: Amount) -> tuple[Decimal | None, Decimal | None]:
    """Return the two ends of an amount; 几十 has no base and no ends."""
    if amount.hedge == "about" and not amount.value:
        return None, None
    return amount.value, EXACT.add(amount.value, amount.spread) if amount.spread else amount.value


def _qualify(amount: Amount) -> Qualifier:
    if amount.spread:
        return "range"
    if amount.hedge == "over":
        return "over"
    return "about" if amount.hedge else "exact"


def _read_half(text: str, start: int) -> _Item | None:
    end = start + 1 if text[start] == "半" else start + 2 if text.startswith("一半", start) else start
    return _read_trailing_hedge(text, _Item(end, _HALF, _HALF, "exact")) if end > start else None


def _read_reaching(text: str, start: int, *, free: bool) -> _Item | None:
    """Return 上千 or 近千; 上 in 以上百万 and 成千上万 belongs to the words before it."""
    if text[start] not in REACHING or text[start + 1] not in SCALES or text[start + 1] == "十":
        return None
    if free and start and (text[start - 1] in SCALES or text[start - 1] == "以"):
        return None
    amount = read_amount(text, start + 1, free=free)
    if amount is None or amount.hedge or text.startswith(_PARTS, amount.end):
        return None
    return _Item(amount.end, amount.value, amount.value, "under" if text[start] == "近" else "about")


def _read_unknown_tenths(text: str, start: int) -> _Item | None:
    return _Item(start + 2, None, None, "about", "tenths") if text.startswith("几成", start) else None


def _read_tenths(text: str, amount: Amount) -> _Item | None:
    """Return 三成, 九成五 or 三成半 in percent."""
    low, high = _limits(amount)
    if low is None or high is None or amount.hedge or amount.is_bare or not 0 < high <= _TENTHS:
        return None
    end = amount.end + 1
    low, high = scale(low, 1), scale(high, 1)
    extra = 5 if text[end] == "半" else int(text[end]) if text[end] in FIGURES else DIGITS.get(text[end], 0)
    if extra and low == high and low % _TENTHS == 0:
        low = high = low + extra
        end += 1
    return _Item(end, low, high, _qualify(amount), "tenths")


def _read_parts(text: str, amount: Amount, *, free: bool) -> _Item | None:
    """Return 百分之五, 千分之三 or 三分之二, whose ``amount`` is the one before 分之."""
    at = amount.end + (len(_PARTS) if text.startswith(_PARTS, amount.end) else 1)  # Hong Kong writes 三分二
    if amount.hedge or amount.spread or not amount.value or amount.value != amount.value.to_integral_value():
        return None
    form = _RATES.get(amount.value, "fraction")
    negative = form != "fraction" and text[at] == "负"
    parts = read_amount(text, at + negative, free=free)
    if parts is None:
        return _Item(at + 1, None, None, "about", form) if text[at] == "几" else None
    item = _make_plain(parts)
    if form == "fraction":
        return None if parts.is_bare else _divide(item, amount.value)
    return (_negate(item) if negative else item)._replace(form=form)


def _read_stroke(text: str, start: int, amount: Amount, *, free: bool) -> _Item | None:
    """Return 2/3; a larger number before the stroke, a year behind it or a further sign makes a date or a code."""
    at = amount.end + 1
    if text[at] not in FIGURES:
        return None
    whole = read_amount(text, at, free=free)
    if whole is None or not 0 < amount.value < whole.value < _STROKE_LIMIT:
        return None
    if not text[start : whole.end].replace("/", "", 1).isdigit():
        return None
    if _is_linked(text, start - 1, -1) or _is_linked(text, whole.end, 1) or "0" in (text[start], text[at]):
        return None
    return _divide(_make_plain(amount)._replace(end=whole.end), whole.value)


def _read_mixed(text: str, amount: Amount, *, free: bool) -> _Item | None:
    """Return 一又二分之一 as 3/2; the part behind 又 is a proper fraction."""
    first = read_amount(text, amount.end + 1, free=free)
    if first is None or not text.startswith((_PARTS, "/"), first.end):
        return None
    is_stroke = text[first.end] == "/"
    second = read_amount(text, first.end + (1 if is_stroke else len(_PARTS)), free=free)
    if second is None or any(one.hedge or one.spread for one in (amount, first, second)):
        return None
    part, whole = (first.value, second.value) if is_stroke else (second.value, first.value)
    if not 0 < part < whole or amount.value != amount.value.to_integral_value():
        return None
    total = EXACT.add(EXACT.multiply(amount.value, whole), part)
    return _divide(_Item(second.end, total, total, "exact"), whole)


def _divide(item: _Item, whole: Decimal) -> _Item | None:
    """Return the ratio of ``item`` to ``whole``, rounded to six places and as written."""
    if item.low is None or item.high is None:
        return item._replace(form="fraction", amount=None)
    if max(abs(item.low.adjusted()), abs(item.high.adjusted()), whole.adjusted()) > _RATIO_PLACES:
        return None
    power = max(0, -int(item.low.as_tuple().exponent))
    if power > _RATIO_PLACES:
        return None
    written = f"{scale(item.low, power):f}/{scale(whole, power):f}" if item.low == item.high else None
    low, high = _round(item.low, whole), _round(item.high, whole)
    return item._replace(low=low, high=high, form="fraction", fraction=written, amount=None)


def _round(part: Decimal, whole: Decimal) -> Decimal:
    context = Context(prec=3 * _RATIO_PLACES, rounding=ROUND_HALF_EVEN)
    ratio = context.divide(part, whole).quantize(_MILLIONTH, context=context).normalize(context)
    return ratio.quantize(Decimal(1), context=context) if ratio == ratio.to_integral_value() else ratio


def _read_trailing_hedge(text: str, item: _Item) -> _Item:
    """Return the item with the 多 or 余 behind a share (三成多, 一半多)."""
    if item.qualifier != "exact" or HEDGES.get(text[item.end]) != "over":
        return item
    return item._replace(end=item.end + 1, qualifier="over")


def _read_range(text: str, start: int, left: _Item, *, free: bool) -> tuple[int, Numeral] | None:
    """Return 三至五 and the like, or None where what follows is no second limit."""
    at, is_dash = _skip_connector(text, left)
    if at == left.end and not (left.qualifier == "over" and text[at - 1] == "多" and text[at] in DIGITS):
        return None
    if is_dash and _is_linked(text, start - 1, -1):
        return None
    signed = at if is_dash and text[at - 1] in "-—" else _skip_sign(text, at, free=False)
    right = _read_item(text, signed, free=free)
    if right is None or (is_dash and _is_code(text, start, left, at, right)):
        return None
    if at == left.end and right.qualifier != "exact":  # 十多二十, but not 十多几十
        return None
    return _span(left, _negate(right) if signed > at else right)


def _skip_connector(text: str, left: _Item) -> tuple[int, bool]:
    """Return the offset behind 至, 到 or a dash, and whether it is a dash; blanks stand on both sides or none."""
    at = left.end
    blank = text[at] == " "
    at += blank
    sign = text[at]
    if sign not in _DASHES and sign not in "至到":
        return left.end, False
    stop = at + 1 + (sign in _DASHES and text[at + 1] == sign)  # a dash is often two signs wide
    return (stop + blank, sign in _DASHES) if (text[stop] == " ") == blank else (left.end, False)


def _is_linked(text: str, at: int, step: int) -> bool:
    """Say whether the sign at ``at`` ties a figure to a further one, as in dates and telephone numbers."""
    return 0 < at < len(text) - 1 and text[at] in "-—/" and text[at + step].isalnum()


def _is_code(text: str, start: int, left: _Item, at: int, right: _Item) -> bool:
    """Say whether figures joined by a dash are no limits: 010-1234, 2022-12-01."""
    for first, end in ((start, left.end), (at, right.end)):
        if text[first] == "0" and first + 1 < end and text[first + 1] in FIGURES:
            return True
    return _is_linked(text, right.end, 1)


def _span(left: _Item, right: _Item) -> tuple[int, Numeral] | None:
    """Return the range of two items, or None where they are of different kinds or fall."""
    left = _borrow(left, right)
    if right.form == "plain" and left.form in {"percent", "permille"}:
        right = right._replace(form=left.form)
    if left.form != right.form:
        return None
    if left.low is not None and right.high is not None and left.low >= right.high:
        return None
    lower = left.low if left.qualifier != "about" else None
    upper = right.high if right.qualifier in {"exact", "range"} else None
    qualifier: Qualifier = "about" if lower is None and upper is None else "range"
    return right.end, Numeral(None, lower, upper, qualifier, None, left.form)


def _borrow(left: _Item, right: _Item) -> _Item:
    """Return the left item with the scale word it shares: 3至5万, 三至五成, but 5000至1万."""
    if left.form != "plain" or left.amount is None or left.low is None or left.high is None or right.high is None:
        return left
    if right.form == "tenths":
        power = 1
    elif right.amount is None or left.amount.big:
        return left
    else:
        power = right.amount.big if left.amount.has_unit else right.amount.shared
    low, high = scale(left.low, power), scale(left.high, power)
    return left._replace(low=low, high=high, form=right.form) if high < right.high else left
