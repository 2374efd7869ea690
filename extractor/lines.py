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
_PAGES = 8  # characters of a line that holds the number of a page
_HEAD = (4, 48)  # characters of a running head
_PARAGRAPHS = 4  # so many paragraphs show how a text sets them off
_MARGIN = 8  # blanks of an indent; what begins further in is a title or a signature
_BLANKS = " \t"
_ENDS = "。;:!?”)"  # signs with which a paragraph ends
_STOPS = "。!?"
_NUMBERED = frozenset("-·•第共Pp0123456789")  # signs with which the number of a page begins
_LEADS = ":;"  # signs that lead to a list or end one of its items
_QUOTES = "《“"
_MARKS = "#|>*-"  # signs with which a line begins that is no running text


class _Patterns(NamedTuple):
    """What shows that a line goes on in the next one, or that it does not."""

    unfinished: regex.Pattern[str]
    ended: regex.Pattern[str]
    new_start: regex.Pattern[str]
    opened: regex.Pattern[str]
    open_end: regex.Pattern[str]
    closed_start: regex.Pattern[str]
    open_title: regex.Pattern[str]
    closed_title: regex.Pattern[str]
    inner_number: regex.Pattern[str]
    page_number: regex.Pattern[str]
    numbered_head: regex.Pattern[str]
    row: regex.Pattern[str]
    alphanumeric: regex.Pattern[str]
    clause: regex.Pattern[str]
    han: regex.Pattern[str]


class _Layout(NamedTuple):
    """How a text sets its paragraphs off: by an indent or an empty line, always or nearly always."""

    indented: bool
    always: bool


def breaks(text: str, written: str | None = None) -> list[tuple[int, int, str]]:
    """Return the line breaks to cut, with the blanks around them, each with what stands in for it.

    ``written`` is the text before it was folded, which shows how wide its lines are.

    A break is a stray where the line is full in a text wrapped at a fixed width, where the text shows its paragraphs
    by an indent or an empty line and has none here, where it begins a sentence that it does not end, and where no line
    can end or begin as this one or the next does.
    """
    lines = _lines(text)
    written = written or text
    width = _wrap_width(written, lines)
    layout = _layout(text, lines)
    found: list[tuple[int, int, str]] = []
    cut = -1  # where the line begins that goes on from the one before
    for (start, end), (following, last) in pairwise(_without_furniture(text, lines)):
        if start == end or following == last or text[following : following + 2].isspace():
            continue  # an indent begins a paragraph
        if _patterns().inner_number.match(text, end - 1):
            found.append((end, following, ""))
        elif not _begins_anew(text, start, end, following):
            short = width - _columns(written[start:end]) if width else _WRAP  # columns that the line falls short
            is_wrapped = abs(short) <= _TOLERANCE and not _patterns().ended.search(text, max(start, end - 2), end)
            shown = layout is not None and _goes_on(text, (start, end), (following, last), layout, is_cut=start == cut)
            if (
                (is_wrapped or shown or _is_stray(text, start, end, following))
                and not _is_word(text, end, following, is_full=short <= 1)
                and _patterns().row.search(text, start, end) is None
            ):
                found.append((end, following, ""))
                cut = following
    return found


def _is_word(text: str, end: int, following: int, *, is_full: bool) -> bool:
    """Say whether the break stands between two letters or figures; in a line that is full it parts one number."""
    if is_full and text[end - 1].isdecimal() and text[following].isdecimal():
        return False
    alphanumeric = _patterns().alphanumeric
    return alphanumeric.match(text, end - 1) is not None and alphanumeric.match(text, following) is not None


def _layout(text: str, lines: list[tuple[int, int]]) -> _Layout | None:
    """Return how the text shows its paragraphs: most of those that hold a stop are indented, or an empty line follows.

    None where it does neither, so that each line is a paragraph.
    """
    starts = indented = stops = apart = 0
    before = True  # whether the line before ends a paragraph
    for (start, end), (following, last) in pairwise([*lines, (len(text), len(text))]):
        if start == end:
            before = True
            continue
        is_end = text[end - 1] in _ENDS
        if text.find("。", start, end) >= 0:
            starts += before
            indented += before and text[start] in _BLANKS
            stops += is_end
            apart += is_end and following == last
        before = is_end or not _patterns().clause.search(text, start, end)  # a heading ends as well
    for is_indent, number, shown in ((True, starts, indented), (False, stops, apart)):
        if number >= _PARAGRAPHS and shown * 5 >= number * 4:
            return _Layout(is_indent, always=number - shown <= max(1, number // 20))
    return None


def _goes_on(text: str, upper: tuple[int, int], lower: tuple[int, int], layout: _Layout, *, is_cut: bool) -> bool:
    """Say whether the lower line is running text that the layout shows to go on from the upper."""
    (start, end), (following, last) = upper, lower
    if text[end - 1] in _LEADS or not _patterns().clause.search(text, following, last):
        return False
    if text[end - 1] in _STOPS and not layout.always:
        return False
    if layout.indented:
        margin = next((at for at in range(start, end) if text[at] not in _BLANKS), end) - start
        return is_cut or 0 < margin <= _MARGIN
    if text.count("\n", end, following) > 1 or text[start] in _MARKS:
        return False
    is_text = _patterns().clause.search(text, start, end) or not _patterns().new_start.match(text, start, start + 80)
    return is_cut or bool(is_text and _patterns().han.search(text, start, end))


def _begins_anew(text: str, start: int, end: int, following: int) -> bool:
    """Say whether a heading, an article or an item begins, and is not one of several that are named: 第二条、第三条.

    A quotation may stand in a sentence that has begun.
    """
    if _patterns().new_start.match(text, following, following + 80) is None:
        return False
    if text[following] in _QUOTES:
        return not _is_unfinished(text, start, end)
    return not (text[following] == "第" and text[end - 1] in "、,和及或至")


def _is_stray(text: str, start: int, end: int, following: int) -> bool:
    return (
        _is_unfinished(text, start, end)
        or _patterns().closed_start.match(text, following) is not None
        or (
            _patterns().open_title.search(text, max(start, end - 84), end) is not None
            and _patterns().closed_title.match(text, following) is not None
        )
    )


def _is_unfinished(text: str, start: int, end: int) -> bool:
    """Say whether the line has begun a sentence, or ends with a word that no line ends with."""
    return text[end - 1] not in _STOPS and (
        _patterns().unfinished.search(text, max(start, end - 96), end) is not None
        or _patterns().open_end.search(text, max(start, end - 6), end) is not None
        or _patterns().opened.match(text, start, end) is not None
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
    """Return ``lines`` without numbers of pages, the heads that run with them and the empty lines around them."""
    heads = [(place, text[start:end].strip()) for place, (start, end) in enumerate(lines) if end - start <= _HEAD[1]]
    heads = [(place, head) for place, head in heads if len(head) >= _HEAD[0]]
    times = Counter(head for _, head in heads)
    numbers = {place for place, (start, end) in enumerate(lines) if _is_page_number(text, start, end)}
    numbers |= _numbered(text, lines) | _numbered_heads(heads)
    numbers |= _running_heads(text, lines, [(place, head) for place, head in heads if times[head] >= _FURNITURE])
    if not numbers:
        return lines
    dropped = set(numbers)
    for place in numbers:
        for step in (-1, 1):
            near = _beyond(lines, place, step)
            if 0 <= near < len(lines) and times[text[slice(*lines[near])].strip()] >= _FURNITURE:
                dropped.update(range(min(place, near), max(place, near) + 1))
                near = _beyond(lines, near, step)
            dropped.update(range(min(place, near) + 1, max(place, near)))
    return [line for place, line in enumerate(lines) if place not in dropped]


def _beyond(lines: list[tuple[int, int]], place: int, step: int) -> int:
    """Return the place of the next line that is not empty, or ``place`` where too many empty ones follow."""
    near = place + step
    while abs(near - place) <= _FURNITURE and 0 <= near < len(lines) and lines[near][0] == lines[near][1]:
        near += step
    return near


def _numbered(text: str, lines: list[tuple[int, int]]) -> set[int]:
    """Return the places of lines that are figures alone: between empty lines, or one more each time."""
    alone = [
        (place, int(text[start:end]))
        for place, (start, end) in enumerate(lines)
        if 0 < end - start <= _PAGES and text[start:end].strip().isdecimal()
    ]
    apart = {place for place, _ in alone if _is_empty(lines, place - 1) and _is_empty(lines, place + 1)}
    rising = {one for one in pairwise(alone) if one[1][1] == one[0][1] + 1}
    return apart | ({place for pair in rising for place, _ in pair} if len(rising) >= _FURNITURE else set())


def _numbered_heads(heads: list[tuple[int, str]]) -> set[int]:
    """Return the places of heads that are all alike but for the number of the page, which rises."""
    pages: dict[str, list[tuple[int, int]]] = {}
    for place, head in heads:
        if (head[0] in _NUMBERED or head[-1].isdecimal() or head[-1] in "-·页") and (
            match := _patterns().numbered_head.fullmatch(head)
        ):
            pages.setdefault(match["head"], []).append((place, int(match["number"])))
    rising = (
        page
        for page in pages.values()
        if sum(0 < lower - upper <= 2 for (_, upper), (_, lower) in pairwise(page)) >= 2  # noqa: PLR2004 - left and right pages
    )
    return {place for page in rising for place, _ in page}


def _running_heads(text: str, lines: list[tuple[int, int]], heads: list[tuple[int, str]]) -> set[int]:
    """Return the places of heads that recur and twice or more often part running text from its end."""
    parting: Counter[str] = Counter()
    for place, head in heads:
        start, end = lines[_beyond(lines, place, -1)]
        parting[head] += (
            start < end and text[end - 1] not in _ENDS + _LEADS and bool(_patterns().clause.search(text, start, end))
        )
    return {place for place, head in heads if parting[head] > 1 and not _patterns().clause.search(head)}


def _is_empty(lines: list[tuple[int, int]], place: int) -> bool:
    return 0 <= place < len(lines) and lines[place][0] == lines[place][1]


def _is_page_number(text: str, start: int, end: int) -> bool:
    return (
        end - start < _WRAP
        and text[start:end].strip()[:1] in _NUMBERED
        and bool(_patterns().page_number.fullmatch(text, start, end))
    )


def _wrap_width(text: str, lines: list[tuple[int, int]]) -> int:
    """Return the columns of a full line in a text wrapped at a fixed width; 0 where it is not."""
    columns = Counter(_columns(text[start:end]) for start, end in lines if 2 * (end - start) >= _WRAP)
    columns = Counter({width: number for width, number in columns.items() if width >= _WRAP})
    if not columns:
        return 0
    width = max(columns, key=lambda width: (sum(columns[width + step] for step in (-1, 0, 1)), columns[width], width))
    full = sum(columns[width + step] for step in range(-_TOLERANCE, _TOLERANCE + 1))
    return width if full >= _WRAPPED_LINES and full * 3 >= columns.total() else 0


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
                | [0-9] [^0-9,;:\n]{{0,8}} (?: , [^。;!?:\n]{{1,60}} | : 其中 [^。;!?\n]{{0,60}} ) )
            [{_HAN}0-9、,] $
            """,
            regex.VERBOSE | regex.VERSION1,
        ),
        # When or why, or a verb that is told of somebody: no heading has these before its end.
        opened=regex.compile(
            rf"""
            [ ]* (?: (?: [今去] 年 (?: 以来 )? | [上下] 半年 | 全年 | 年 [初底末] | [一近] 年 来 | 近期 | 目前
                    | 同时 | 此外 | 另外 | 其中 | 为此 ) ,
                | [{_HAN}0-9]{{0,12}} (?: (?<! [公中国] ) 共 (?! [同享建产青治赢和识管] ) | 累计 | 被 (?! [告征] )
                    | 发生 (?! [地后率情] ) )
                | 因 (?! [公地为素此果] ) )
            [^。;!?:\n]* [{_HAN}0-9、,] $
            """,
            regex.VERBOSE | regex.VERSION1,
        ),
        ended=regex.compile(r"[。;!?:] [”’)]? $", regex.VERBOSE),
        new_start=regex.compile(
            r"""
            \s* (?: [一二三四五六七八九十]+ [、是要] | [(（]
                | 第 [ ]? [一二三四五六七八九十百零〇0-9]+ [ ]? [章节条篇] (?! [第的和及、至] )
                | [0-9]+ (?: [、)] | [.] (?! [0-9] ) ) | [#\-*>|【《“"] | $ )
            """,
            regex.VERBOSE | regex.VERSION1,
        ),
        # No line ends with these, and none begins with those: the break between is a stray.
        open_end=regex.compile(
            r"""
            (?: [、,;(“《‘] | [不未每被把或以] | (?<! 目 ) 的 | \( 以下简?
                | (?: 划分 | [式型类] 分 | 来?看 | 其中 | 分别 | 包括 ) :
                | [0-9一二三四五六七八九十两] (?: 个 (?: 百 分? | 工 作? )? | [余多] ) | [0-9] [万亿] [余多]?
                | (?<= [\p{Han}0-9] ) (?: 不得 | 不超 | 共计 | 达到 | 超过 | 不少于 | 不低于 ) ) $
            """,
            regex.VERBOSE | regex.VERSION1,
        ),
        closed_start=regex.compile(
            r"""
            [,。;:!?、)”》’%‰] | 的 | 不到 [0-9] | 称 [《“]
            | (?<! [0-9] [ ]* \n [ ]* ) [0-9] [0-9.,]*+ [余多万亿]{0,2} (?! [年月日号时点期] ) \p{Han}{1,3}
                (?: [;。] | , (?! [0-9] ) )
            | [万亿] [余多]? 元 | 办? [发函字] \[ [0-9] | 个? (?: 百分点 | 工作日 ) | 个月
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
            | 》 [ ]* \n 第 [一二三四五六七八九十百零0-9]{1,7} 条 [第的关规之和、,]
            | (?<= [0-9] [ ]? ) [年月日] [ ]* \n 前 [已未的,应须]
            | 》 [ ]* \n \( (?: [^()\n]{0,12} (?: \[ [12] | 令 第 ) | 以下简 | 下称 )
            | (?<= \[ [0-9]{0,2} ) [0-9] \n [0-9]{1,3} \]
            | (?<= \[ [12][0-9]{3} \] 第? [0-9]{0,4} ) [0-9] [ ]* \n [0-9]{0,4} 号
            """,
            regex.VERBOSE,
        ),
        page_number=regex.compile(
            r"""
            \s* (?: -{1,3} \s* [0-9]{1,4} \s* -{1,3} | [·•] \s* [0-9]{1,4} \s* [·•] | [0-9]{1,4} \s* / \s* [0-9]{1,4}
                | 第 \s* [0-9]{1,4} \s* 页 (?: \s* [,/]? \s* 共 \s* [0-9]{1,4} \s* 页 )?
                | 共 \s* [0-9]{1,4} \s* 页 \s* [,/]? \s* 第 \s* [0-9]{1,4} \s* 页
                | [Pp] (?: age | [.] )? \s* [0-9]{1,4} (?: \s* (?: of | / ) \s* [0-9]{1,4} )? ) \s*
            """,
            regex.VERBOSE,
        ),
        # A head and the number of its page: 公报 3, 第3页 公报.
        numbered_head=regex.compile(
            r"""
            [-·•第]? \s* (?P<number> [0-9]{1,4} ) \s* [-·•页]? [ ]+ (?P<head> [^\s0-9] .{3,40} )
            | (?P<head> [^\s] .{2,40} \S ) [ ]+ [-·•第]? \s* (?P<number> [0-9]{1,4} ) \s* [-·•页]?
            """,
            regex.VERBOSE,
        ),
        # Cells: columns apart, or several numbers at the end.
        row=regex.compile(
            r"\S (?: \t | [ ]{2} | \s?\| ) \s* \S | [0-9%] [ ] [-0-9.,%]+ [ ] [-0-9.,%]+ $", regex.VERBOSE
        ),
        alphanumeric=regex.compile(r"[0-9A-Za-z]"),
        clause=regex.compile(r"[,。;]"),
        han=regex.compile(rf"[{_HAN}]"),
    )
