"""Numbers: decimals for formats whose only fractions are doubles."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

_DIGITS = 15  # significant ones, which every double keeps
_WHOLE = 1 << 53  # below it, a double holds every whole number


def double(value: Decimal) -> int | float | None:
    """Return the number with all digits of ``value``; None where a double does not keep them.

    >>> from decimal import Decimal
    >>> double(Decimal("99.96")), double(Decimal(105)), double(Decimal("0.1234567890123456789"))
    (99.96, 105, None)
    """
    if len("".join(map(str, value.as_tuple().digits)).strip("0")) > _DIGITS:
        return None
    return int(value) if value == value.to_integral_value() and abs(value) < _WHOLE else float(value)
