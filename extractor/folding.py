"""Folding: text to text of the same length in which one character has one spelling."""

from __future__ import annotations

import unicodedata
from array import array
from functools import cache
from typing import TYPE_CHECKING

from extractor.builtin import BUILTIN

if TYPE_CHECKING:
    from collections.abc import Mapping

# One code point to one code point, so these never move an offset.
_PUNCTUATION = {
    "⦅": "(", "⦆": ")", "﹙": "(", "﹚": ")",
    "〔": "[", "〕": "]", "﹝": "[", "﹞": "]", "［": "[", "］": "]",
    "「": "“", "」": "”", "『": "‘", "』": "’", "﹁": "“", "﹂": "”", "〝": "“", "〞": "”", "＂": '"',
    "﹤": "<", "﹥": ">", "〈": "〈", "〉": "〉", "﹏": "_",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "─": "-", "━": "-", "－": "-", "−": "-", "﹣": "-",
    "～": "~", "〜": "~", "∼": "~", "∶": ":", "﹕": ":", "﹔": ";", "﹐": ",", "﹑": "、",
    "︐": ",", "︑": "、", "︒": "。", "︓": ":", "︔": ";", "︕": "!", "︖": "?", "︱": "-", "︳": "_",
    "︵": "(", "︶": ")", "︹": "[", "︺": "]", "︻": "【", "︼": "】", "︽": "《", "︾": "》", "︿": "〈", "﹀": "〉",
    "﹃": "‘", "﹄": "’",
    "･": "·", "•": "·", "‧": "·", "・": "·", "．": ".",
    "○": "〇", "◯": "〇", "￥": "¥", "﹪": "%", "％": "%",
    "\u3000": " ", "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2004": " ", "\u2005": " ", "\u2006": " ",
    "\u2007": " ", "\u2008": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ", "\u205f": " ",
    "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n",
}  # fmt: skip
_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
# Compatibility ideographs and radicals, which converters from PDF leave in the place of ordinary characters.
_COMPATIBILITY = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF))
_SYMBOL_FONTS = range(0xF020, 0xF100)  # bullets and ticks of Wingdings and the like
_SEVERAL = 64  # characters to fold that a text in simplified characters rarely has


@cache
def _mapping() -> Mapping[int, str]:
    mapping = {ord(wide): narrow for wide, narrow in {**_FULL_WIDTH, **_PUNCTUATION}.items()}
    table = (BUILTIN / "tables" / "traditional.csv").read_text(encoding="utf-8").splitlines()
    simplified = {ord(row[0]): row[2] for row in table[1:]}  # one character, a comma, one character
    for first, last in _COMPATIBILITY:
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1:
                mapping[code] = simplified.get(ord(plain), plain)
    return mapping | simplified | dict.fromkeys(_SYMBOL_FONTS, " ")


def fold(text: str) -> str:
    """Return ``text`` with one spelling for each character: half width, simplified, one sort of dash and bracket.

    The result has the same length, character for character.
    """
    if text.isascii():
        return text
    mapping = _mapping()
    met = mapping.keys() & array("I", text.encode("utf-32", "surrogatepass"))
    if len(met) > _SEVERAL:
        return text.translate(mapping)
    # Few are replaced in a third of the time. What one becomes has a lower code where it is folded itself (薴, 苧, 苎).
    for code in sorted(met):
        text = text.replace(chr(code), mapping[code])
    return text
