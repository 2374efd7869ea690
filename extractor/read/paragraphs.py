"""Paragraphs: the lines of pages to paragraphs, page numbers and running heads left out, broken lines mended."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, takewhile
from statistics import median
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.read.columns import Line

    Paragraph: TypeAlias = "list[tuple[str, int]]"  # pieces of a paragraph, each with its page

_MARGIN = 2  # lines at the top and at the bottom of a page that may be furniture
_SAME_HEIGHT = 6.0  # points by which the height of a running head may differ
_OFTEN = 0.4  # of the pages have it; left and right pages may have different ones
_ENDS = "。！？：；"
_PAGE_SIGNS = "第页頁共-—–－─·•./／()（）~～ \t"
_NUMBER = 6  # digits of a page number
_SHORT = 1.7  # times the size of the type: a line that ends so far from the edge ends a paragraph
_SHORTER = 4.5  # the same where paragraphs begin with an indent or apart, so that any other line goes on
_SOME, _MARKED = 3, 0.04  # lines at least, and share of them, that show that paragraphs do
_INDENTS = (1.2, 3.2)  # times the size of the type: what an indent measures
_LARGER = 1.12  # type so much larger than that of the text is a heading's
_PITCH = 1.45  # times the usual distance of lines: further apart are paragraphs
_APART = 1.5  # times the distance of the lines below: a head
_FEW = 6  # lines of a column from which its edges cannot be told
_SHARE = 0.15  # of the lines begin or end where the edge is


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the lines of every page without page numbers and running heads."""
    numbers = _page_numbers(pages)
    kept = [[line for line in page if id(line) not in numbers] for page in pages]
    heads = _running_heads(kept) | _apart(kept)
    return [[line for line in page if id(line) not in heads] for page in kept]


def paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[Paragraph]:
    """Yield the paragraphs of all pages, in order; one may go on over the end of a page."""
    lines = [line for page in pages for line in page]
    if not lines:
        return
    layout = _Layout(lines)
    paragraph: Paragraph = [(lines[0].text, lines[0].page)]
    for before, line in pairwise(lines):
        if layout.goes_on(before, line):
            paragraph = _joined(paragraph, line)
        else:
            yield paragraph
            paragraph = [(line.text, line.page)]
    yield paragraph


def _outer(page: Sequence[Line]) -> list[Line]:
    """Return the lines at the top and the bottom of a page."""
    by_height = sorted(page, key=lambda line: -line.y)
    return by_height if len(by_height) <= 2 * _MARGIN else by_height[:_MARGIN] + by_height[-_MARGIN:]


def _page_numbers(pages: Sequence[Sequence[Line]]) -> set[int]:
    """Return the lines that are page numbers: they count as the pages do."""
    found: dict[int, list[Line]] = {}
    for page in pages:
        for line in _outer(page):
            for number in _number(line.text):
                found.setdefault(number - line.page, []).append(line)
    pages_with = {offset: len({line.page for line in lines}) for offset, lines in found.items()}
    offsets = {offset for offset, count in pages_with.items() if count > 1 or (offset == 1 and len(pages) == 1)}
    return {id(line) for offset in offsets for line in found[offset]}


def _number(text: str) -> tuple[int, ...]:
    """Return the number of a line that is nothing but a page number, also 第3页 共10页 and 3/10."""
    plain = text.translate({ord(wide): ord(wide) - 0xFEE0 for wide in "０１２３４５６７８９"})
    if not all(one in _PAGE_SIGNS or (one.isascii() and one.isdigit()) for one in plain):
        return ()
    words = "".join(one if one.isdigit() else " " for one in plain).split()
    return (int(words[0]),) if words and len(words) <= 2 and len(words[0]) <= _NUMBER else ()  # noqa: PLR2004 - this one of all


def _running_heads(pages: Sequence[Sequence[Line]]) -> set[int]:
    """Return the lines that stand at the same height of many pages and say the same, numbers aside."""
    groups: dict[str, list[Line]] = {}
    for page in pages:
        for line in _outer(page):
            groups.setdefault("".join("0" if one.isdigit() else one for one in line.text), []).append(line)
    heads: set[int] = set()
    for lines in groups.values():
        height = median(line.y for line in lines)
        level = [line for line in lines if abs(line.y - height) <= _SAME_HEIGHT]
        if len({line.page for line in level}) >= max(2, _OFTEN * len(pages)):
            heads |= {id(line) for line in level}
    return heads


def _apart(pages: Sequence[Sequence[Line]]) -> set[int]:
    """Return the lines at the top of pages that are smaller than the text and stand well apart from it."""
    found = set()
    for page in pages:
        by_height = sorted(page, key=lambda line: -line.y)[:_FEW]
        steps = [before.y - line.y for before, line in pairwise(by_height)]
        if len(steps) > _MARGIN and by_height[0].size < min(line.size for line in by_height[1:]) / _LARGER:
            found |= {id(by_height[0])} if steps[0] > _APART * median(steps[1:]) else set()
    return found


class _Layout:
    """What is usual in a document: the edges of its columns, the size of its type, the distance of its lines."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._size = median(line.size for line in lines for _ in range(min(len(line.text), 60)))
        columns: dict[tuple[int, int], list[Line]] = {}
        for line in lines:
            columns.setdefault((line.page, line.column), []).append(line)
        whole = {column: _edges([line for line in lines if line.column == column]) for _, column in columns}
        self._edges = {place: _nearest(_edges(some), whole[place[1]], some) for place, some in columns.items()}
        self._pitch = _pitch(lines)
        marked = sum(self._is_indented(line) or self._is_apart(before, line) for before, line in pairwise(lines))
        self._short = _SHORTER if marked >= max(_SOME, _MARKED * len(lines)) else _SHORT

    def goes_on(self, before: Line, line: Line) -> bool:
        """Return whether ``line`` goes on with the paragraph of ``before``."""
        if "\t" in before.text or "\t" in line.text:
            return False
        if not 1 / _LARGER < line.size / before.size < _LARGER:
            return False
        if self._is_heading(before) and self._is_heading(line):
            return _are_near(before, line) and before.y - line.y <= 2 * line.size
        if self._is_apart(before, line):
            return False
        left, _ = self._edges[line.page, line.column]
        _, right = self._edges[before.page, before.column]
        word = (sum(1 for _ in takewhile(_is_unbroken, line.text)) / 2 + 1) * line.size  # and the mark behind it
        ends = before.text[-1:] in _ENDS and not _are_near(before, line)  # where no distance tells
        short = _SHORT if ends else self._short
        is_full = before.right + max(short * before.size, word) >= right
        return is_full and line.left <= left + _INDENTS[0] * line.size

    def _is_apart(self, before: Line, line: Line) -> bool:
        """Return whether two lines of a column stand further apart than lines do."""
        return _are_near(before, line) and before.y - line.y > _PITCH * max(self._pitch, line.size)

    def _is_indented(self, line: Line) -> bool:
        left, _ = self._edges[line.page, line.column]
        return _INDENTS[0] * line.size < line.left - left < _INDENTS[1] * line.size

    def _is_heading(self, line: Line) -> bool:
        """Return whether a line is centred and in larger type."""
        left, right = self._edges[line.page, line.column]
        return line.size > _LARGER * self._size and abs((line.left + line.right) - (left + right)) <= 3 * line.size


def _are_near(before: Line, line: Line) -> bool:
    """Return whether two lines stand in one column of one page."""
    return before.page == line.page and before.column == line.column


def _is_unbroken(character: str) -> bool:
    """Return whether a line is not broken before the character, so that all such move to the next line together."""
    return character < "⺀" and not character.isspace()  # the first block of Han characters and their signs


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    """Return where the lines of a column begin and end, apart from indented, short and overlong ones."""
    size = median(line.size for line in lines)
    least = max(2, _SHARE * len(lines))
    left = _edge(sorted(line.left for line in lines), size, least)
    right = _edge(sorted(-line.right for line in lines), size, least)
    return left, -right


def _nearest(own: tuple[float, float], whole: tuple[float, float], lines: Sequence[Line]) -> tuple[float, float]:
    """Return the edges of a page's column: its own, or those of all pages where it has few lines or all indented."""
    if len(lines) < _FEW:
        return whole
    indented = 0 < own[0] - whole[0] <= 3 * lines[0].size
    return (whole[0] if indented else own[0]), own[1]


def _edge(places: Sequence[float], size: float, least: float) -> float:
    """Return the first of ``places``, sorted, near which there are at least so many."""
    for at, place in enumerate(places):
        if at + least <= len(places) and places[at + int(least) - 1] <= place + size:
            return place
    return places[0]


def _pitch(lines: Sequence[Line]) -> float:
    steps = Counter(
        round(before.y - line.y, 0)
        for before, line in pairwise(lines)
        if before.page == line.page and before.column == line.column and before.y > line.y
    )
    return max(steps, key=lambda step: (steps[step], -step)) if steps else 0.0


def _joined(paragraph: Paragraph, line: Line) -> Paragraph:
    """Return the paragraph with ``line`` behind it: no blank between Han characters, no hyphen inside a word."""
    text, page = paragraph[-1]
    last, first = text[-1:], line.text[:1]
    if last == "-" and text[-2:-1].isascii() and text[-2:-1].isalpha() and first.isascii() and first.islower():
        text = text[:-1]
    elif last.isascii() and first.isascii() and not (last.isdigit() and first.isdigit()):
        text += " "
    return [*paragraph[:-1], (text, page), (line.text, line.page)]
