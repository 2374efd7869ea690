"""Lines: a folded text to the line breaks that fall inside a sentence, page furniture between its halves included."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import regex

_HAN = r"\p{Han}〇"
_WRAP = 36  # lines of at least so many columns, two a Han character, may have been wrapped at a fixed width
_TOLERANCE = 4  # columns by which a full line may miss the width: a sign that must not begin a line, half width
_WRAPPED_LINES = 6  # so many full lines, and a third of all long ones, show that they were wrapped
_FURNITURE = 3  # lines of page furniture that may part a sentence


class _Patterns(NamedTuple):
    """What shows that a line goes on in the next one, or that it does not."""

    unfinished: regex.Pattern[str]
    ended: regex.Pattern[str]
    new_start: regex.Pattern[str]
    open_end: regex.Pattern[str]
    closed_start: regex.Pattern[str]
    open_title: regex.Pattern[str]
    closed_title: regex.Pattern[str]
    inner_number: regex.Pattern[str]
    page_number: regex.Pattern[str]
    row: regex.Pattern[str]
    alphanumeric: regex.Pattern[str]


def breaks(text: str) -> list[tuple[int, int, str]]:
    """Return the line breaks to cut, with the blanks around them, each with what stands in for it.

    A break is a stray where the line is full in a text wrapped at a fixed width, where it begins a sentence that
    it does not end, and where no line can end or begin as this one or the next does.
    """
    lines = _lines(text)
    low, high = _wrap_width(text, lines)
    found: list[tuple[int, int, str]] = []
    for (start, end), (following, last) in pairwise(_without_furniture(text, lines)):
        if start == end or following == last or _begins_anew(text, end, following):
            continue
        if text[following : following + 2].isspace():  # an indent begins a paragraph
            continue
        if _patterns().inner_number.match(text, end - 1):
            found.append((end, following, ""))
        elif _is_stray(text, start, end, following) or (
            low <= _columns(text[start:end]) <= high and not _patterns().ended.search(text, end - 1, end)
        ):
            is_word = _patterns().alphanumeric.match(text, end - 1) and _patterns().alphanumeric.match(text, following)
            if not is_word and _patterns().row.search(text, start, end) is None:
                found.append((end, following, ""))
    return found


def _begins_anew(text: str, end: int, following: int) -> bool:
    """Say whether a heading, an article or an item begins, and is not one of several that are named: 第二条、第三条."""
    new = _patterns().new_start.match(text, following, following + 80) is not None
    return new and not (text[following] == "第" and text[end - 1] in "、,和及或至")


def _is_stray(text: str, start: int, end: int, following: int) -> bool:
    return (
        _patterns().unfinished.search(text, max(start, end - 96), end) is not None
        or _patterns().open_end.search(text, max(start, end - 4), end) is not None
        or _patterns().closed_start.match(text, following) is not None
        or (
            _patterns().open_title.search(text, max(start, end - 84), end) is not None
            and _patterns().closed_title.match(text, following) is not None
        )
    )


def _lines(text: str) -> list[tuple[int, int]]:
    """Return begin and end of every line, the break and the blanks around it left out."""
    found = []
    start = 0
    while (at := text.find("\n", start)) >= 0:
        found.append(_trimmed(text, start, at))
        start = at + 1
    return [*found, _trimmed(text, start, len(text))]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1] in " \t":
        end -= 1
    return start, end


def _without_furniture(text: str, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ``lines`` without numbers of pages and the empty lines around them."""
    numbers = [place for place, (start, end) in enumerate(lines) if _is_page_number(text, start, end)]
    if not numbers:
        return lines
    dropped = set(numbers)
    for place in numbers:
        for step in (-1, 1):
            near = place + step
            while abs(near - place) <= _FURNITURE and 0 <= near < len(lines) and lines[near][0] == lines[near][1]:
                dropped.add(near)
                near += step
    return [line for place, line in enumerate(lines) if place not in dropped]


def _is_page_number(text: str, start: int, end: int) -> bool:
    return (
        end - start < _WRAP
        and text[start:end].strip()[:1] in {"-", "第"}
        and bool(_patterns().page_number.fullmatch(text, start, end))
    )


def _wrap_width(text: str, lines: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the least and greatest columns of a full line in a text wrapped at a fixed width; 1, 0 where it is not."""
    columns = Counter(_columns(text[start:end]) for start, end in lines if 2 * (end - start) >= _WRAP)
    columns = Counter({width: number for width, number in columns.items() if width >= _WRAP})
    if not columns:
        return 1, 0
    width = max(columns, key=lambda width: (sum(columns[width + step] for step in (-1, 0, 1)), width))
    full = sum(columns[width + step] for step in range(-_TOLERANCE, _TOLERANCE + 1))
    wrapped = full >= _WRAPPED_LINES and full * 3 >= columns.total()
    return (width - _TOLERANCE, width + _TOLERANCE) if wrapped else (1, 0)


def _columns(line: str) -> int:
    """Return how wide a line is on a terminal: a Han character has three bytes and two columns."""
    return len(line) + (len(line.encode("utf-8", "surrogatepass")) - len(line)) // 2


@cache
def _patterns() -> _Patterns:
    """Return the patterns, compiled when first needed."""
    return _Patterns(
        # A sentence begun behind another; figures told and gone on from; too long for a heading.
        unfinished=regex.compile(
            rf"""
            (?: [。;!?] [^。;!?:\n]{{0,60}} | [^\n]{{12}} , [^。;!?:\n]{{32}}
                | [0-9] [^0-9,;:\n]{{0,8}} [,:] (?: 其中 [^。;!?\n]{{0,60}}
                    | [^。;!?\n]{{0,40}} [0-9] [^0-9,;:\n]{{0,8}} , [^,。;!?\n]{{0,40}} ) )
            [{_HAN}0-9、,] $
            """,
            regex.VERBOSE | regex.VERSION1,
        ),
        ended=regex.compile(r"[。;!?:”》)] $", regex.VERBOSE),
        new_start=regex.compile(
            r"""
            \s* (?: [一二三四五六七八九十]+ [、是要] | [(（]
                | 第 [一二三四五六七八九十百零〇0-9]+ [章节条篇] (?! [第的和及、至] )
                | [0-9]+ (?: [、)] | [.] (?! [0-9] ) ) | [#\-*>|【《“"] | $ )
            """,
            regex.VERBOSE | regex.VERSION1,
        ),
        # No line ends with these, and none begins with those: the break between is a stray.
        open_end=regex.compile(
            r"""
            (?: [、,;(“《‘] | [不未每被把或以] | (?<! 目 ) 的
                | [0-9一二三四五六七八九十两] (?: 个 (?: 百 分? | 工 作? )? | [余多] ) | [0-9] [万亿] [余多]?
                | (?<= [\p{Han}0-9] ) (?: 不得 | 不超 | 共计 | 达到 | 超过 | 不少于 | 不低于 ) ) $
            """,
            regex.VERBOSE | regex.VERSION1,
        ),
        closed_start=regex.compile(
            r"""
            [,。;:!?、)”》’%‰] | 的 | [万亿] [余多]? 元 | 办? [发函字] \[ [0-9] | 个? (?: 百分点 | 工作日 ) | 个月
            | 以 [上下内] (?! [简几方一述] ) | 左右
            | [余多] [万亿个件人名户次元家项] | 次 [,。;:、)]
            | (?<! [0-9] [ ]* \n [ ]* ) 第 [一二三四五六七八九十百零〇0-9]+ 条 [第的和及、至]
            """,
            regex.VERBOSE | regex.VERSION1,
        ),
        # A title is open at the end of the line and closed in the next.
        open_title=regex.compile(r"《 [^《》\n]{0,80} $", regex.VERBOSE),
        closed_title=regex.compile(r"[^《》\n]{0,80} 》", regex.VERBOSE),
        inner_number=regex.compile(
            r"""
            [一二三四五六七八九两] [ ]* \n [十百千万亿] [一二三四五六七八九〇零余多几个件人户亩元吨万亿]
            | (?<= [0-9一二三四五六七八九十百两] (?: 个 | 个工作 | 工作 | 小 )? ) [年月日天时] [ ]* \n
                内 (?! [设容部外] )
            | (?: 第 | (?<= 第 (?: [一二三四五六七八九十百零]{0,6} | [0-9]{0,3} ) ) [一二三四五六七八九十百零0-9] )
                [ ]* \n [(]? (?: [一二三四五六七八九十百零]{0,6} | [0-9]{0,3} ) [)]? [条款项号]
            | 》 [ ]* \n \( (?: [^()\n]{0,12} (?: \[ [12] | 令 第 ) | 以下简 | 下称 )
            | (?<= \[ [0-9]{0,2} ) [0-9] \n [0-9]{1,3} \]
            | (?<= \[ [12][0-9]{3} \] 第? [0-9]{0,4} ) [0-9] [ ]* \n [0-9]{0,4} 号
            """,
            regex.VERBOSE,
        ),
        page_number=regex.compile(
            r"""
            \s* (?: -{1,3} \s* [0-9]{1,4} \s* -{1,3}
                | 第 \s* [0-9]{1,4} \s* 页 (?: \s* [,/]? \s* 共 \s* [0-9]{1,4} \s* 页 )? ) \s*
            """,
            regex.VERBOSE,
        ),
        # Cells: columns apart, or several numbers at the end.
        row=regex.compile(
            r"\S (?: \t | [ ]{2} | \s?\| ) \s* \S | [0-9%] [ ] [-0-9.,%]+ [ ] [-0-9.,%]+ $", regex.VERBOSE
        ),
        alphanumeric=regex.compile(r"[0-9A-Za-z]"),
    )
