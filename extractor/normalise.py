"""Normalise: source text in, a text for matching out in which one thing has one spelling, with the way back."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

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
    "･": "·", "•": "·", "‧": "·", "・": "·", "．": ".",
    "○": "〇", "◯": "〇", "￥": "¥", "﹪": "%", "％": "%",
    "\u3000": " ", "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2004": " ", "\u2005": " ", "\u2006": " ",
    "\u2007": " ", "\u2008": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ", "\u205f": " ",
    "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n",
}  # fmt: skip
_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
# Compatibility ideographs and radicals, which converters from PDF leave in the place of ordinary characters.
_COMPATIBILITY = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF))

_HAN = r"\p{Han}〇"
_INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad"
_ATTRIBUTES = r"(?: \s [^<>]{0,2000}+ )?"

_STAND_IN = {
    "block": "\n", "cell": "\t", "blank": " ", "less": "〈", "more": "〉", "amp": "&", "quote": '"', "dot": "·",
}  # fmt: skip
_MARKS = re.compile(f"[<&{_INVISIBLE}]")  # where what is dropped may begin


# A line break inside a date of a sentence: between a number and its unit, a year and its month, before 至.
_INNER_BREAK = regex.compile(
    r"""
    (?<= [0-9〇一二三四五六七八九十] ) (?<! \n [0-9〇一二三四五六七八九十] ) \r?\n (?= [年月日] (?! 间 ) )
    | (?<= [^\n]{4} (?: [0-9]{4} | [今去本明上] ) [ ]? 年[ ]? ) \r?\n (?= [0-9]{1,2} [ ]? 月 )
    | (?<= [^\n]{4} [0-9]{1,2} [ ]? 月 [ ]? ) \r?\n (?= [0-9]{1,2} [ ]? [日至] )
    | (?<= [0-9] [ ]? [年月日] [ ]? ) \r?\n (?= 至 [ ]? [0-9] )
    | (?<= [0-9] [ ]? [年月日] [ ]? 至 [ ]? ) \r?\n (?= [0-9] )
    """,
    regex.VERBOSE | regex.VERSION1,
)
_WRAP = 20  # lines of at least so many characters may have been wrapped at a fixed width
_WRAPPED_LINES = 6  # so many lines of the same width, and a third of all long ones, show that they were


@dataclass(frozen=True, slots=True)
class Normal:
    """A text for matching and its source: ``starts[i]``/``shifts[i]`` say how far text from there on was moved."""

    source: str
    text: str
    starts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def offset(self, at: int) -> int:
        """Return the source offset of the character at ``at``."""
        if not self.starts:
            return at
        slot = bisect_right(self.starts, at) - 1
        return at + self.shifts[slot] if slot >= 0 else at

    def span(self, at: int, end: int) -> tuple[int, int]:
        """Return the source offsets of the non-empty stretch from ``at`` to ``end``."""
        if not self.starts:
            return at, end
        return self.offset(at), self.offset(end - 1) + 1

    def written(self, at: int, end: int) -> str:
        """Return the stretch from ``at`` to ``end`` as the source has it, the cuts left out."""
        if not self.starts:
            return self.source[at:end]
        parts: list[str] = []
        slot = bisect_right(self.starts, at)
        while at < end:
            shift = self.shifts[slot - 1] if slot else 0
            stop = min(end, self.starts[slot]) if slot < len(self.starts) else end
            piece = self.source[at + shift : stop + shift]
            if piece and fold(piece[-1]) != self.text[stop - 1]:  # the sign that stands in for what was cut here
                piece = piece[:-1] + self.text[stop - 1]
            parts.append(piece)
            at, slot = stop, slot + 1
        return "".join(parts)


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
    return mapping | simplified


def fold(text: str) -> str:
    """Return ``text`` with one spelling for each character: half width, simplified, one sort of dash and bracket.

    The result has the same length, character for character.
    """
    return text if text.isascii() else text.translate(_mapping())


def normalise(source: str) -> Normal:
    """Return ``source`` folded, with markup and stray blanks and line breaks taken out."""
    text = fold(source)
    inner = ((match.start(), match.end(), "") for match in _INNER_BREAK.finditer(text))
    cuts = sorted({*_markup(text), *_blanks(text), *_breaks(text), *inner})
    if not cuts:
        return Normal(source, text)
    parts: list[str] = []
    starts: list[int] = []
    shifts: list[int] = []
    last = at = 0
    for begin, end, stand_in in cuts:
        if begin < last:
            continue  # a blank inside markup
        parts += (text[last:begin], stand_in)
        at += begin - last + len(stand_in)
        last = end
        starts.append(at)
        shifts.append(end - at)
    parts.append(text[last:])
    return Normal(source, "".join(parts), tuple(starts), tuple(shifts))


def _markup(text: str) -> list[tuple[int, int, str]]:
    """Return the markup to cut, each with what stands in for it."""
    found: list[tuple[int, int, str]] = []
    done = 0
    for mark in _MARKS.finditer(text):
        if mark.start() >= done and (match := _noise().match(text, mark.start())):
            done = match.end()
            found.append((match.start(), done, _STAND_IN.get(match.lastgroup or "", "")))
    return found


def _blanks(text: str) -> list[tuple[int, int, str]]:
    """Return single blanks between two characters of a run of text; those between table cells stay."""
    found = [match.start() for match in _inner_blank().finditer(text)] if " " in text else []
    if not found:
        return []
    kept: list[tuple[int, int, str]] = []
    line_end = -1
    table = False
    for at in found:
        if at >= line_end:
            line_start = text.rfind("\n", 0, at) + 1
            line_end = text.find("\n", at)
            line_end = len(text) if line_end < 0 else line_end
            table = _cells().search(text, line_start, line_end) is not None
        if not table:
            kept.append((at, at + 1, ""))
    return kept


def _breaks(text: str) -> list[tuple[int, int, str]]:
    """Return line breaks that fall inside a sentence: of a line begun and not ended, or wrapped at a fixed width."""
    lines = _lines(text)
    low, high = _wrap_width(lines)
    found: list[tuple[int, int, str]] = []
    for (start, end), (following, _) in pairwise(lines):
        if start == end or _new_start().match(text, following, following + 80):
            continue
        full = low <= end - start <= high and not _ended().search(text, end - 1, end)
        if full and _cells().search(text, start, end):  # a row of a table, as long as those beside it
            continue
        if full or _unfinished().search(text, max(start, end - 64), end):
            found.append((end, following, ""))
    return found


def _lines(text: str) -> list[tuple[int, int]]:
    """Return begin and end of every line, the break left out."""
    found = []
    start = 0
    while (at := text.find("\n", start)) >= 0:
        found.append((start, at - 1 if at > start and text[at - 1] == "\r" else at))
        start = at + 1
    return [*found, (start, len(text))]


def _wrap_width(lines: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the least and greatest length of a full line in a text wrapped at a fixed width; 1, 0 where it is not."""
    lengths = Counter(end - start for start, end in lines if end - start >= _WRAP)
    if not lengths:
        return 1, 0
    width = max(lengths, key=lambda length: (lengths[length] + lengths[length - 1] + lengths[length + 1], length))
    band = range(width - 2, width + 3)
    full = sum(lengths[length] for length in band)
    wrapped = full >= _WRAPPED_LINES and full * 3 >= lengths.total()
    return (band[0], band[-1]) if wrapped else (1, 0)


@cache
def _noise() -> regex.Pattern[str]:
    """Return what is dropped: invisible characters, markup and entities; the group says what stands in."""
    return regex.compile(
        rf"""
          (?P<drop> [{_INVISIBLE}]++ )
        | (?P<block> < /? (?: p|div|br|tr|li|ul|ol|h[1-6]|table|tbody|thead|section|article|hr|dl|dt|dd|blockquote )
            {_ATTRIBUTES} /? > )
        | (?P<cell> < /? (?: td|th ) {_ATTRIBUTES} > )
        | (?P<tag> < (?: !--[^>]{{0,2000}}+-- | /? [A-Za-z] [A-Za-z0-9]{{0,15}}+ {_ATTRIBUTES} /? ) > )
        | (?P<blank> & (?: nbsp|emsp|ensp|thinsp|\#160|\#12288|\#x3000|\#xa0 ) ; )
        | (?P<less> & (?: lt|\#60 ) ; ) | (?P<more> & (?: gt|\#62 ) ; ) | (?P<amp> & amp ; )
        | (?P<quote> & (?: quot|ldquo|rdquo|\#34 ) ; ) | (?P<dot> & middot ; )
        """,
        regex.VERBOSE | regex.VERSION1 | regex.IGNORECASE,
    )


@cache
def _inner_blank() -> regex.Pattern[str]:
    """Return a blank inside a run of text, which is a stray; one behind the number of an article or chapter divides."""
    return regex.compile(
        rf"""
        (?<= [{_HAN}] ) [ ] (?= [{_HAN}0-9] ) (?<! 第 [0-9一二三四五六七八九十百千零〇之]{{1,9}} [条章节编篇款项] [ ] )
        | (?<= [0-9] ) [ ] (?= [{_HAN}%] )
        """,
        regex.VERBOSE | regex.VERSION1,
    )


@cache
def _cells() -> regex.Pattern[str]:
    """Return what shows a line to be a row of a table."""
    return regex.compile(
        r"\S \s+ [-0-9.,%]+ (?: \s+ [-0-9.,%/]+ )* \s*$ | \S (?: \t | [ ]{2,} | \s?\|\s? ) \S", regex.VERBOSE
    )


@cache
def _unfinished() -> regex.Pattern[str]:
    """Return the end of a line inside a sentence."""
    return regex.compile(rf"[。;!?] [^。;!?:\n]{{1,60}} [{_HAN}0-9、,] $", regex.VERBOSE | regex.VERSION1)


@cache
def _ended() -> regex.Pattern[str]:
    """Return the end of a line that needs no other."""
    return regex.compile(r"[。;!?:”》)\s] $", regex.VERBOSE)


@cache
def _new_start() -> regex.Pattern[str]:
    """Return what begins a line that goes on with none before it."""
    return regex.compile(
        r"""
        \s* (?: [一二三四五六七八九十]+ [、是要] | [(（] | 第 [一二三四五六七八九十百0-9]+ [章节条篇] | [0-9]+ [.、)]
            | [#\-*>|【《“"] | $ )
        """,
        regex.VERBOSE | regex.VERSION1,
    )
