"""Normalise: source text in, a text for matching out in which one thing has one spelling, with the way back."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

import regex
from msgspec import Struct

from extractor.builtin import BUILTIN
from extractor.lines import breaks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤栢温施洪殷康庞樊兰伍邢欧阳俞"
)
_POSTS = "长任记席理员人授师监委谋事"  # with which the post of a member of a roster ends: 局长, 主任
_HAN = r"\p{Han}〇"
_INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad"
_ATTRIBUTES = r"(?: \s [^<>]{0,2000}+ )?"
_STAND_IN = {
    "block": "\n", "cell": "\t", "blank": " ", "less": "〈", "more": "〉", "below": "<", "above": ">",
}  # fmt: skip
_MARKS = re.compile(f"[<&{_INVISIBLE}]")  # where what is dropped may begin
_HIDDEN = re.compile(f"[{_INVISIBLE}]")
_QUOTED = re.compile(r"(?m)^>(?: [ >]*|[ >]*(?![0-9 >]))")  # >60分贝 is a sign and its number
_RETURN = re.compile(r"\r(?P<feed>\n)?")


class Normal(Struct, frozen=True):
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
        last = self.offset(end - 1)
        if fold(self.source[last]) != self.text[end - 1]:  # a sign that stands in for markup: &#12299;
            slot = bisect_right(self.starts, end - 1)
            if slot < len(self.starts) and self.starts[slot] == end:
                return self.offset(at), end + self.shifts[slot]
        return self.offset(at), last + 1

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
    return mapping | simplified | dict.fromkeys(_SYMBOL_FONTS, " ")


def fold(text: str) -> str:
    """Return ``text`` with one spelling for each character: half width, simplified, one sort of dash and bracket.

    The result has the same length, character for character.
    """
    return text if text.isascii() else text.translate(_mapping())


def normalise(source: str) -> Normal:
    """Return ``source`` folded, with markup and stray blanks and line breaks taken out."""
    text = fold(source)
    plain = _without(source, text, sorted([*_markup(text), *_returns(text), *_notes(text), *_emphasis(text)]))
    inner = ((match.start(), match.end(), "") for match in _inner_break().finditer(plain.text))
    strays = {*_blanks(plain.text), *breaks(plain.text, plain.written(0, len(plain.text))), *inner}
    return _composed(_without(source, plain.text, sorted(strays)), plain) if strays else plain


def _without(source: str, text: str, cuts: Sequence[tuple[int, int, str]]) -> Normal:
    """Return ``text`` without the stretches ``cuts``, each with what stands in for it."""
    if not cuts:
        return Normal(source, text)
    parts: list[str] = []
    starts: list[int] = []
    shifts: list[int] = []
    last = at = 0
    for begin, end, stand_in in cuts:
        if begin < last:
            continue  # a blank at the end of a line whose break is cut with it
        parts += (text[last:begin], stand_in)
        at += begin - last + len(stand_in)
        last = end
        starts.append(at)
        shifts.append(end - at)
    parts.append(text[last:])
    return Normal(source, "".join(parts), tuple(starts), tuple(shifts))


def _composed(later: Normal, earlier: Normal) -> Normal:
    """Return ``later``, which was cut out of the text of ``earlier``, with the way back to the source of both."""
    if not earlier.starts:
        return later
    starts: list[int] = []
    shifts: list[int] = []
    slot = -1  # the last cut of ``earlier`` before the place
    ends = (*later.starts, len(later.text) + 1)
    for begin, stop, shift in zip((0, *later.starts), ends, (0, *later.shifts), strict=True):
        place = begin
        while place < stop:
            while slot + 1 < len(earlier.starts) and earlier.starts[slot + 1] <= place + shift:
                slot += 1
            starts.append(place)
            shifts.append(shift + (earlier.shifts[slot] if slot >= 0 else 0))
            place = earlier.starts[slot + 1] - shift if slot + 1 < len(earlier.starts) else stop
    return Normal(later.source, later.text, tuple(starts), tuple(shifts))


def _returns(text: str) -> list[tuple[int, int, str]]:
    """Return the carriage returns of line ends of two characters, and those that are line ends of their own."""
    if "\r" not in text:
        return []
    return [(match.start(), match.start() + 1, "" if match["feed"] else "\n") for match in _RETURN.finditer(text)]


def _notes(text: str) -> list[tuple[int, int, str]]:
    """Return the marks of footnotes behind a word, and the signs with which lines begin that are quoted."""
    found = [(match.start(), match.end(), "") for match in _note_mark().finditer(text)]
    if text.count("\n>") > 1:  # one line alone may begin with a sign
        found += [(match.start(), match.end(), "") for match in _QUOTED.finditer(text)]
    return found


def _emphasis(text: str) -> list[tuple[int, int, str]]:
    """Return the stars around what Markdown emphasises; those that stand for a name are left: **县, 张**."""
    if "**" not in text:
        return []
    spans = (match.span(mark) for match in _emphasised().finditer(text) for mark in ("opened", "closed"))
    return [(begin, end, "") for begin, end in spans]


def _markup(text: str) -> list[tuple[int, int, str]]:
    """Return the markup to cut, each with what stands in for it."""
    found: list[tuple[int, int, str]] = []
    done = 0
    for mark in _MARKS.finditer(text):
        if mark.start() >= done and (match := _noise().match(text, mark.start())):
            done = match.end()
            found.append((match.start(), done, _stand_in(match)))
    return found


def _stand_in(match: regex.Match[str]) -> str:
    """Return what stands in for a piece of markup."""
    kind = "note" if match["note"] else match.lastgroup or ""
    if kind == "entity":
        from html import unescape  # noqa: PLC0415 - few texts have entities, and their names are many

        character = unescape(match.group())
        if _HIDDEN.fullmatch(character):
            return ""
        return fold(character) if len(character) == 1 and character.isprintable() else match.group()
    return _STAND_IN.get(kind, "")


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


@cache
def _noise() -> regex.Pattern[str]:
    """Return what is dropped: invisible characters, markup and entities; the group says what stands in."""
    return regex.compile(
        rf"""
          (?P<drop> [{_INVISIBLE}]++ )
        | (?P<note> < (?P<part> rt | rp ) > [^<>]{{0,40}}+ </ (?P=part) >
            | (?<= [{_HAN}”》),。;] ) < sup {_ATTRIBUTES} > \[? (?: [0-9]{{1,3}} | [*①-⑳] ) \]? </sup> )
        | (?P<block> < /? (?: p|div|br|tr|li|ul|ol|h[1-6]|table|tbody|thead|section|article|hr|dl|dt|dd|blockquote )
            {_ATTRIBUTES} /? > )
        | (?P<cell> < /? (?: td|th ) {_ATTRIBUTES} > )
        | (?P<tag> < (?: !-- (?: [^-] | - (?! -> ) ){{0,2000}}+ -- | ! \[ [^<>\]]{{0,60}}+ \] | \? xml [^<>]{{0,200}}+
            | /? [A-Za-z] [A-Za-z0-9]{{0,15}}+ (?: : [A-Za-z0-9]{{1,15}}+ )? {_ATTRIBUTES} /? ) > )
        | (?P<blank> & (?: nbsp|emsp|ensp|thinsp|\#160|\#12288|\#x3000|\#xa0 ) ; )
        | (?P<below> & (?: lt|\#60 ) ; (?= \s? [0-9] ) ) | (?P<above> & (?: gt|\#62 ) ; (?= \s? [0-9] ) )
        | (?P<less> & (?: lt|\#60 ) ; ) | (?P<more> & (?: gt|\#62 ) ; )
        | (?P<entity> & (?: \# [0-9]{{1,7}} | \# x [0-9a-f]{{1,6}} | [a-z]{{2,8}} ) ; )
        """,
        regex.VERBOSE | regex.VERSION1 | regex.IGNORECASE,
    )


@cache
def _note_mark() -> regex.Pattern[str]:
    """Return the mark of a footnote before a stop: [1], ①, ², *."""
    return regex.compile(
        rf"""
        [\[①-⑳⁰¹²³⁴-⁹*] (?<= [{_HAN}”》)] . ) (?: (?<= \[ ) [0-9]{{1,2}} \] | (?<! \[ ) [⁰¹²³⁴-⁹]? )
        (?= [,。;:!?、)\n] | $ )
        """,
        regex.VERBOSE | regex.VERSION1,
    )


@cache
def _emphasised() -> regex.Pattern[str]:
    """Return a number in stars, or a clause that begins and ends with them."""
    return regex.compile(
        r"""
        (?<! \* ) (?P<opened> \*\* )
        (?: (?= [0-9] ) [^*\n]{1,24} (?P<closed> \*\* )
          | (?<= (?: ^ | [\s,。;:!?、()“”] ) \*\* ) (?! [\s\p{P}省市县区州镇乡村旗盟局厅院公法学医银某] ) [^*\n]{4,80}
            (?<! \s ) (?P<closed> \*\* ) (?= [,。;:!?、)\n] | $ ) )
        (?! \* )
        """,
        regex.VERBOSE | regex.VERSION1 | regex.MULTILINE,
    )


@cache
def _inner_blank() -> regex.Pattern[str]:
    """Return a blank inside a run of text, which is a stray; one behind the number of an article or chapter divides."""
    return regex.compile(
        rf"""
        (?<= [{_HAN}] ) [ ] (?= [{_HAN}0-9] ) (?<! 第 [0-9一二三四五六七八九十百千零〇之]{{1,9}} [条章节编篇款项] [ ] )
            (?<! (?m: ^ | [:] | [ ]{{2}} ) [ ]{{0,20}} [{_SURNAMES}] (?: [ ]? [{_HAN}] | [{_HAN}]{{2}} ) [ ]
              (?= [{_HAN}]{{3,24}}+ (?<= [{_POSTS}] ) ) )
        | (?<= [0-9] ) [ ] (?= [{_HAN}%] | \. [0-9] ) | (?<= [%‰] ) [ ] (?= [{_HAN}] )
        | (?<= (?<! [0-9] ) [12] ) [ ] (?= [0-9]{{3}} [ ]? 年 )
        | (?<= (?<! [0-9] ) (?: 19 | 20 ) ) [ ] (?= [0-9]{{2}} [ ]? 年 )
        | (?<= (?<! [0-9] ) (?: 19 | 20 ) [0-9] ) [ ] (?= [0-9] [ ]? 年 )
        | (?<= (?<! [0-9] | [表图附件注第项条款] [ ]? ) [0-9] ) [ ]
            (?= [0-9] (?: [ ] [0-9] ){{0,12}} (?: \. [ ]? [0-9]{{1,4}} )? [ ]? [{_HAN}%] )
        | (?<= [,。;、] ) [ ] (?= [{_HAN}《] )
        | (?<= [^\s。;、,)] [ ]? (?: [0-9] [ ]? ){{1,6}} \. ) [ ] (?= [0-9]{{1,3}} [ ]? [%‰万亿个元倍] )
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
def _inner_break() -> regex.Pattern[str]:
    """Return a line break inside a date: between a number and its unit, a year and its month, before 至."""
    return regex.compile(
        r"""
        (?<= [0-9〇一二三四五六七八九十] ) (?<! \n [0-9〇一二三四五六七八九十] ) \n (?= [年月日] (?! 间 ) )
        | (?<= [^\n]{4} (?: [0-9]{4} | [今去本明上] ) [ ]? 年[ ]? ) \n (?= [0-9]{1,2} [ ]? 月 )
        | (?<= [^\n]{4} [0-9]{1,2} [ ]? 月 [ ]? ) \n (?= [0-9]{1,2} [ ]? [日至] )
        | (?<= [0-9] [ ]? [年月日] [ ]? ) \n (?= 至 [ ]? [0-9] )
        | (?<= [0-9] [ ]? [年月日] [ ]? 至 [ ]? ) \n (?= [0-9] )
        | (?<= (?<! [0-9] ) [12] ) \n (?= [0-9]{3} 年 ) | (?<= (?<! [0-9] ) (?: 19 | 20 ) ) \n (?= [0-9]{2} 年 )
        | (?<= (?<! [0-9] ) (?: 19 | 20 ) [0-9] ) \n (?= [0-9] 年 ) | (?<= 月 [0-9] ) \n (?= [0-9] 日 )
        | (?<= [一二] [〇零一二三四五六七八九]{1,2} ) \n (?= [〇零一二三四五六七八九]{1,2} 年 )
        | (?<= [一二] [〇零一二三四五六七八九]{3} 年 ) \n (?= [一二三四五六七八九十]{1,3} 月 )
        """,
        regex.VERBOSE | regex.VERSION1,
    )
