"""Numerals: the text of a number, in figures or in Chinese, to its exact value.

>>> parse("957,535万").value
Decimal('9575350000')
>>> parse("三至五").upper
Decimal('5')

Decisions, where the language leaves a choice:

- 余 and 多 state a lower bound (``over``); 几, 来 and 上千 state none (``about``), and their value is the base:
  十几 is 10, while 几十 and 数千 have no base and no value. 近千 is ``under`` with an upper bound.
- 百分之五, 千分之五 and 三成 have the value in percent, per mille and percent: 5, 5 and 30; the form says which.
- A digit behind a scale word counts the next smaller one: 一万二 is 12000, 一百零二 is 102.
- Two neighbouring digits are an estimate (七八, 十七八, 三四十, 三五), other strings are read digit by
  digit (二〇二二, 七六), except that ``find`` takes a doubled digit for two numerals (唯一一个).
- In a range the first number shares the scale word of the second where the order allows it: 3至5万, but 5000至1万.
- A scale word alone (千, in 近千 or 超千) is a numeral for ``parse`` and none for ``find``, nor is a formal digit alone
  (伍, 参), as both begin many words.
- A ratio with a stroke is proper (2/3); 2022/12 is none. A number with two points or a falling range is none.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache

from extractor.numerals.characters import (
    BIG,
    DIGITS,
    FIGURES,
    FORMAL_SIGNS,
    REACHING,
    SEVERAL,
    SMALL,
    TENS,
    TYPED_ZEROS,
    formal_table,
    located_table,
    plain_table,
)
from extractor.numerals.phrases import Form, Numeral, Qualifier, read_numeral

__all__ = ["Form", "Numeral", "Qualifier", "find", "parse"]

_END = "\0\0"  # lets the readers look two signs ahead
_FORMAL_PLACES = frozenset("拾佰仟万萬亿億零〇○")
_RINGS = frozenset("○◯")
_STANDARD = frozenset("零一二三四五六七八九十百千万亿")
_BIG = frozenset("万亿")
_LONG = 4  # signs: 三亿六千万, but not 十二万
_BARE_TENS = ("亿十", "万十", "百十", "零十")  # cn2an takes 三亿十万 for 三亿
_CACHED_LENGTH = 32  # longer texts are rare and would only fill the memory


def parse(text: str) -> Numeral | None:
    """Return what the numeral ``text`` says, or None when it is not one numeral from end to end.

    >>> parse("二百多").lower
    Decimal('200')
    """
    return _parse_cached(text) if len(text) <= _CACHED_LENGTH else _parse(text)


def find(text: str) -> tuple[tuple[int, int, Numeral], ...]:
    """Return start, end and value of every numeral in free text, each as long as can be, from left to right.

    It knows no words: 一 in 一般 is found too, so what a numeral means is for the caller to say.
    """
    plain = text.translate(plain_table()) + _END
    formal = text.translate(formal_table()) + _END if not FORMAL_SIGNS.isdisjoint(text) else ""
    search = _starts().search
    found: list[tuple[int, int, Numeral]] = []
    at = 0
    while begin := search(plain, at):
        start = begin.start()
        is_formal = plain[start] in FORMAL_SIGNS
        hit = read_numeral(formal if is_formal else plain, start, free=True)
        if hit is None:
            at = _skip(plain, start)
        elif _is_word(text[start : hit[0]]):
            at = _skip_word(plain, start, hit[0])
        else:
            at = hit[0]
            found.append((start, at, hit[1]))
    return tuple(found)


@lru_cache(maxsize=16384)
def _parse_cached(text: str) -> Numeral | None:
    return _parse(text)


def _parse(text: str) -> Numeral | None:
    if text.isascii():
        whole, _, decimals = text.partition(".")
        if whole.isdigit() and (decimals.isdigit() or whole == text):
            value = Decimal(text)
            return Numeral(value, value, value, "exact")
    stripped = text.strip()
    if _is_standard(stripped) and (number := _by_library(stripped)) is not None:
        return Numeral(number, number, number, "exact")
    hit = read_numeral(stripped.translate(located_table()) + _END, 0, free=False)
    return hit[1] if hit is not None and hit[0] == len(stripped) else None


def _is_standard(text: str) -> bool:
    """Say whether ``text`` is a long Han number with a digit before each of its tens, as it is written in full."""
    if len(text) < _LONG or not _STANDARD.issuperset(text) or _BIG.isdisjoint(text):
        return False
    return not any(bare in text for bare in _BARE_TENS)


def _by_library(text: str) -> Decimal | None:
    """Return what cn2an makes of a whole Han number of standard form; None for what it does not take (一亿二).

    It costs a tenth of a second to import, so it is asked only for long numbers, which most texts do not have.
    """
    import cn2an  # type: ignore[import-untyped]  # noqa: PLC0415 - no stubs; imported when needed, see above

    try:
        return Decimal(cn2an.cn2an(text, "strict"))
    except (ValueError, KeyError):
        return None


@cache
def _starts() -> re.Pattern[str]:
    """Return the class of the signs a numeral can begin with."""
    signs = {*FIGURES, *DIGITS, *SMALL, *BIG, *TENS, *SEVERAL, *REACHING, *FORMAL_SIGNS, *"两半负-"}
    return re.compile(f"[{re.escape(''.join(sorted(signs)))}]")


def _is_word(text: str) -> bool:
    """Say whether formal signs make no number together (伍, 陆参, 拾多, but not 伍拾), or a ring is a bullet."""
    if text[0] not in FORMAL_SIGNS:
        return text in _RINGS
    places = sum(sign in _FORMAL_PLACES for sign in text)
    return not places or places + sum(sign in FORMAL_SIGNS - _FORMAL_PLACES for sign in text) == 1


def _skip_word(text: str, start: int, end: int) -> int:
    """Return the last sign of a run of digits that was read in vain, as it may begin a number: 陆伍拾."""
    at = start + 1
    while at < end and (text[at] in FORMAL_SIGNS or text[at] in TYPED_ZEROS):
        at += 1
    return max(start + 1, at - 1)


def _skip(text: str, start: int) -> int:
    """Return where to go on after a failure; a run that was read in vain is not read again."""
    run = "0123456789." if text[start] in FIGURES else "〇0Oo" if text[start] == "〇" else ""
    at = start + 1
    while text[at] in run:
        at += 1
    while text[start] == "〇" and text[at - 1] == "0":  # these may begin a number of their own
        at -= 1
    return at
