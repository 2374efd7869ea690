"""Characters: the signs numerals are written with, and one spelling for each of them."""

from __future__ import annotations

from functools import cache

DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")}
SMALL = {"十": 1, "百": 2, "千": 3}  # powers of ten inside a group of four figures
BIG = {"万": 4, "亿": 8}
CHAINS = {"万亿": 12, "亿亿": 16, "万万": 8}  # 万万 is what older texts write for 亿
TRILLION = "兆"  # 万亿 in texts from Taiwan
TENS = {"廿": 20, "卅": 30, "卌": 40}
SCALES = frozenset(SMALL) | frozenset(BIG)
FIGURES = frozenset("0123456789")
TYPED_ZEROS = frozenset("0Oo")  # stand for 〇 inside 二OO八
HEDGES = {"余": "over", "多": "over", "几": "about", "来": "about", "数": "about"}
SEVERAL = frozenset("几数")
REACHING = frozenset("上近")

_VARIANTS = {
    "〇": "零○◯", "二": "弍", "三": "弎", "两": "兩", "万": "萬", "亿": "億", "廿": "卄",
    "点": "點", "几": "幾", "数": "數", "余": "餘", "来": "來", "负": "負",
    "-": "－−﹣", "—": "‐‑‒–―─━", "~": "～〜∼", "/": "／∕⁄", ".": "．",
    " ": "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
}  # fmt: skip
_FORMAL = {
    "一": "壹壱", "二": "贰貳貮", "三": "叁叄參参", "四": "肆", "五": "伍", "六": "陆陸", "七": "柒",
    "八": "捌", "九": "玖", "十": "拾", "百": "佰", "千": "仟",
}  # fmt: skip
# Read as part of a number once somebody has said that it is one; in free text they divide sentences and names.
_LOCATED = {",": "，﹐", ".": "·"}

FORMAL_SIGNS = frozenset("".join(_FORMAL.values()))


def _table(*variants: dict[str, str]) -> dict[int, str]:
    """Return a translation table that keeps every offset."""
    table = {code: chr(code - 0xFEE0) for code in range(ord("０"), ord("９") + 1)}
    for group in variants:
        table.update((ord(sign), plain) for plain, signs in group.items() for sign in signs)
    return table


@cache
def located_table() -> dict[int, str]:
    """Return the spelling table for a text that is known to be one numeral."""
    return _table(_VARIANTS, _FORMAL, _LOCATED)


@cache
def plain_table() -> dict[int, str]:
    """Return the spelling table for free text; formal signs stay, as most of them are also words (队伍, 参加)."""
    return _table(_VARIANTS)


@cache
def formal_table() -> dict[int, str]:
    """Return the spelling table for a formal numeral in free text, which no plain digit can continue."""
    table = _table(_VARIANTS, _FORMAL)
    table.update((ord(sign), "\0") for sign in (*DIGITS, *SMALL, "两") if sign != "〇")
    return table
