"""Normalise: source text in, a text for matching out in which one thing has one spelling, with the way back."""

from __future__ import annotations

import csv
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
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
    "～": "~", "〜": "~", "∼": "~", "∶": ":", "﹕": ":", "﹔": ";", "﹐": ",", "﹑": "、", "･": "·", "•": "·", "‧": "·", "・": "·", "．": ".",
    "○": "〇", "◯": "〇", "￥": "¥", "﹪": "%", "％": "%",
    "\u3000": " ", "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2004": " ", "\u2005": " ", "\u2006": " ",
    "\u2007": " ", "\u2008": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ", "\u205f": " ",
    "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n",
}  # fmt: skip
_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}

_HAN = r"\p{Han}〇"
# What is dropped: invisible characters, markup, entities, and blanks and line breaks inside a run of text.
_NOISE = regex.compile(
    rf"""
      (?P<drop> [\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]++ )
    | (?P<block> < /? (?: p|div|br|tr|li|ul|ol|h[1-6]|table|tbody|thead|section|article|hr|dl|dt|dd|blockquote )
        (?: \s [^<>]{{0,2000}} )? /? > )
    | (?P<cell> < /? (?: td|th ) (?: \s [^<>]{{0,2000}} )? > )
    | (?P<tag> < (?: !--[^>]{{0,2000}}-- | /? [A-Za-z] [A-Za-z0-9]{{0,15}} (?: \s [^<>]{{0,2000}} )? /? ) > )
    | (?P<blank> & (?: nbsp|emsp|ensp|thinsp|\#160|\#12288|\#x3000|\#xa0 ) ; )
    | (?P<less> & (?: lt|\#60 ) ; ) | (?P<more> & (?: gt|\#62 ) ; ) | (?P<amp> & amp ; )
    | (?P<quote> & (?: quot|ldquo|rdquo|\#34 ) ; ) | (?P<dot> & middot ; )
    """,
    regex.VERBOSE | regex.VERSION1 | regex.IGNORECASE,
)
_STAND_IN = {"block": "\n", "cell": "\t", "blank": " ", "less": "〈", "more": "〉", "amp": "&", "quote": '"', "dot": "·"}
_INNER_BLANK = regex.compile(
    rf"(?<=[{_HAN}]) [ ] (?=[{_HAN}]) | (?<=[{_HAN}]) [ ] (?=[0-9]) | (?<=[0-9]) [ ] (?=[{_HAN}%])",
    regex.VERBOSE | regex.VERSION1,
)
_CELLS = regex.compile(rf"\S \s+ [-0-9.,%]+ (?: \s+ [-0-9.,%/]+ )* \s*$ | \S (?: \t | [ ]{{2,}} | \s?\|\s? ) \S", regex.VERBOSE)
_UNFINISHED = regex.compile(rf"[。;!?][^。;!?:\n]{{1,60}}[{_HAN}0-9、,]$", regex.VERSION1)
_NEW_START = regex.compile(
    rf"\s* (?: [一二三四五六七八九十]+ [、是要] | [(（] | 第 [一二三四五六七八九十百0-9]+ [章节条篇] | [0-9]+ [.、)] | [#\-*>|【《“\"] | $ )",
    regex.VERBOSE | regex.VERSION1,
)


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


@cache
def _mapping() -> Mapping[int, str]:
    mapping = {ord(wide): narrow for wide, narrow in {**_FULL_WIDTH, **_PUNCTUATION}.items()}
    with (BUILTIN / "tables" / "traditional.csv").open(encoding="utf-8", newline="") as file:
        mapping.update((ord(row["traditional"]), row["simplified"]) for row in csv.DictReader(file))
    return mapping


def fold(text: str) -> str:
    """Return ``text`` with one spelling for each character: half width, simplified, one sort of dash and bracket.

    The result has the same length, character for character.
    """
    return text if text.isascii() else text.translate(_mapping())


def normalise(source: str) -> Normal:
    """Return ``source`` folded, with markup and stray blanks and line breaks taken out."""
    text = fold(source)
    cuts = sorted([*_markup(text), *_blanks(text), *_breaks(text)])
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
    return [
        (match.start(), match.end(), _STAND_IN.get(match.lastgroup or "", ""))
        for match in _NOISE.finditer(text)
    ]


def _blanks(text: str) -> list[tuple[int, int, str]]:
    """Return single blanks between two characters of a run of text; those between table cells stay."""
    found = [match.start() for match in _INNER_BLANK.finditer(text)]
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
            table = _CELLS.search(text, line_start, line_end) is not None
        if not table:
            kept.append((at, at + 1, ""))
    return kept


def _breaks(text: str) -> list[tuple[int, int, str]]:
    """Return line breaks that fall inside a sentence: the line has begun a new sentence and not ended it."""
    found: list[tuple[int, int, str]] = []
    start = 0
    while (at := text.find("\n", start)) >= 0:
        end = at - 1 if at > start and text[at - 1] == "\r" else at
        following = at + 1
        if _UNFINISHED.search(text, max(start, end - 64), end) and not _NEW_START.match(text, following, following + 80):
            found.append((end, following, ""))
        start = following
    return found
