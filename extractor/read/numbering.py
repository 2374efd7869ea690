"""Numbering: the number that Word shows before a paragraph and does not store in it: 一、, 第三条, (2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.read.ooxml import child, children, flag, value

if TYPE_CHECKING:
    from lxml import etree

_LEVELS = 9
_MOST = 9999  # beyond it a number is written in digits
_DIGITS = "〇一二三四五六七八九"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_HAN = {
    "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting",
}  # fmt: skip
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}
_CIRCLES = 20  # circled numbers that Unicode has in one row


class _Level(Struct, frozen=True):
    """How one level of a list is numbered."""

    start: int
    form: str
    pattern: str  # 第%1条
    restarted: bool
    legal: bool = False  # all numbers in it are written in digits


class Numbering:
    """Counts the paragraphs of every list, from first to last."""

    def __init__(self, root: etree._Element | None) -> None:
        """Take the definitions of the part ``root``."""
        models = {value(model, "abstractNumId"): model for model in children(root, "abstractNum")}
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        for number in children(root, "num"):
            name = value(child(number, "abstractNumId"), "val")
            if name in models:
                self._lists[value(number, "numId")] = (name, _levels(models[name], number))
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def label(self, properties: etree._Element | None) -> str:
        """Return the number of the next paragraph whose ``numPr`` is ``properties``, empty for a bullet or none."""
        identity = value(child(properties, "numId"), "val")
        at = _integer(value(child(properties, "ilvl"), "val"), 0)
        model, levels = self._lists.get(identity, ("", {}))
        level = levels.get(at)
        if level is None:
            return ""
        counts = self._counts.setdefault(model, [None] * _LEVELS)
        if identity not in self._begun:  # the first of a list that shares its model with others
            self._begun.add(identity)
            counts[:] = [None if one is not None and one.restarted else old for old, one in _pairs(counts, levels)]
        counts[at] = level.start if (last := counts[at]) is None else last + 1
        counts[at + 1 :] = [None] * (_LEVELS - at - 1)
        return _filled(level, levels, counts)


def _pairs(counts: list[int | None], levels: dict[int, _Level]) -> list[tuple[int | None, _Level | None]]:
    return [(count, levels.get(at)) for at, count in enumerate(counts)]


def _levels(model: etree._Element, number: etree._Element) -> dict[int, _Level]:
    """Return the levels of a list, as its model and the list itself define them."""
    found = {at: _level(level, "") for level in children(model, "lvl") if (at := _at(level)) is not None}
    for override in children(number, "lvlOverride"):
        own = child(override, "lvl")
        start = value(child(override, "startOverride"), "val")
        if (at := _at(override)) is None:
            continue
        if own is not None:
            found[at] = _level(own, start)
        elif at in found and start:
            old = found[at]
            found[at] = _Level(_integer(start, old.start), old.form, old.pattern, restarted=True, legal=old.legal)
    return found


def _at(element: etree._Element) -> int | None:
    at = _integer(value(element, "ilvl"), -1)
    return at if 0 <= at < _LEVELS else None


def _level(element: etree._Element, start: str) -> _Level:
    return _Level(
        _integer(start or value(child(element, "start"), "val"), 1),
        value(child(element, "numFmt"), "val") or "decimal",
        value(child(element, "lvlText"), "val"),
        restarted=bool(start),
        legal=flag(element, "isLgl"),
    )


def _filled(level: _Level, levels: dict[int, _Level], counts: list[int | None]) -> str:
    if level.form in ("bullet", "none"):
        return ""
    label = level.pattern
    for at, count in enumerate(counts):
        if f"%{at + 1}" in label:
            one = levels.get(at)
            form = "decimal" if one is None or level.legal else one.form
            label = label.replace(f"%{at + 1}", written(count or (one.start if one else 1), form))
    return label if label[-1:] in "、）)．" else f"{label} "


def written(number: int, form: str) -> str:
    """Return ``number`` in one of Word's number formats, in digits where the format is no other that we know.

    >>> written(21, "chineseCounting"), written(4, "upperRoman"), written(28, "lowerLetter")
    ('二十一', 'IV', 'bb')
    """
    if form in _HAN and 0 < number <= _MOST:
        return _han(number)
    if form in ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"):
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if form in _CIRCLED and 1 <= number <= _CIRCLES:
        return chr(ord("①") + number - 1)
    if form in ("upperLetter", "lowerLetter") and 0 < number <= _MOST:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman") and 0 < number <= _MOST:
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    return str(number)


def _han(number: int) -> str:
    parts: list[str] = []
    rest, skipped = number, False
    for size, sign in _PLACES:
        digit, rest = divmod(rest, size)
        if digit:
            one = "" if size == 10 and digit == 1 and number < 20 else _DIGITS[digit]  # noqa: PLR2004 - 十, 十二
            parts.append(("零" if skipped else "") + one + sign)
        skipped = digit == 0 and bool(parts)
    if rest:
        parts.append(("零" if skipped else "") + _DIGITS[rest])
    return "".join(parts)


def _roman(number: int) -> str:
    parts = []
    for size, letters in _ROMAN:
        parts.append(letters * (number // size))
        number %= size
    return "".join(parts)


def _integer(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _LEVELS else default
