"""Exact: a decimal to the one spelling that its number has, and values to JSON that keeps all their digits."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

import msgspec


@lru_cache(maxsize=4096)
def plain(value: Decimal) -> Decimal:
    """Return ``value`` without exponent and trailing zeros.

    >>> plain(Decimal("9.5E+3")), plain(Decimal("1.50")), plain(Decimal("0.00"))
    (Decimal('9500'), Decimal('1.5'), Decimal('0'))
    """
    sign, digits, exponent = value.as_tuple()
    if not value or not isinstance(exponent, int) or exponent == 0:
        return value or Decimal(0)  # of two equal numbers the first is kept
    if exponent > 0:
        return Decimal((sign, digits + (0,) * exponent, 0))
    while exponent < 0 and digits[-1] == 0 and len(digits) > 1:
        digits, exponent = digits[:-1], exponent + 1
    return Decimal((sign, digits, exponent))


def to_json(value: object, indent: int | None = None) -> str:
    """Return ``value`` as JSON with decimals as numbers, on one line unless ``indent`` is given."""
    encoded = msgspec.json.Encoder(decimal_format="number").encode(value)
    return (encoded if indent is None else msgspec.json.format(encoded, indent=indent)).decode()


def from_json(text: str | bytes) -> object:
    """Return the value that ``text`` stands for, every number with a fraction as a decimal."""
    return msgspec.json.Decoder(float_hook=Decimal).decode(text)
