"""Columns: the glyphs of a page to its lines in reading order, column after column, cells apart."""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_CELL = 1.5  # times the size of the type: a gap so wide divides cells
_CELL_OF_ROW = 0.8  # the same in a row that has cells
_WIDE = 2.5  # a gap made of blanks must be so wide
_BLANK = 0.6  # a gap so wide is a blank between Han characters
_LATIN_BLANK = 0.18  # and between Latin ones
_GUTTER = 0.6  # a gap so wide may be one between columns
_ROWS = 12  # lines of a left column that may stand alone
_STRAYS = 2  # rows that may stand in the gutter: the page's number, a mark
_CROSSED = 0.25  # of the rows may cross a gutter: headings over both columns
_FULL = 0.5  # of its lines go from edge to edge; cells of a table do not
_FULL_OF_BOTH = 0.25  # of the lines of two columns, which may have headings and tables too
_FULL_LINES = 3  # in each of the two at least
_NARROWEST = 8.0  # times the size of the type: a narrower column has cells
_EDGE = 2.0  # times the size of the type: so close to the edge a line is full


class Glyph(Struct, frozen=True):
    """A character where a page shows it; ``y`` is its middle, ``size`` its height, ``page`` counts from 0.

    ``spaced`` says that the text layer has a blank before it.
    """

    character: str
    left: float
    right: float
    y: float
    size: float
    page: int
    spaced: bool = False


class Line(Struct, frozen=True):
    """A line of a page: its text, tabs between cells, and its place; ``column`` is -1 where it spans the page."""

    text: str
    left: float
    right: float
    y: float
    size: float
    page: int
    column: int = -1


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return the lines of a page in the order in which they are read."""
    rows = _rows(glyphs)
    gutter = _gutter(rows)
    if gutter is None:
        return [_line(row, -1) for row in rows]
    lines: list[Line] = []
    sides: tuple[list[Glyph], list[Glyph]] = ([], [])
    for row in rows:
        if _crosses(row, gutter):
            lines += _flushed(sides)
            sides = ([], [])
            lines.append(_line(row, -1))
        else:
            for glyph in row:
                sides[glyph.left >= gutter].append(glyph)
    return lines + _flushed(sides)


def _flushed(sides: tuple[Sequence[Glyph], Sequence[Glyph]]) -> list[Line]:
    return [_line(row, column) for column, side in enumerate(sides) for row in _rows(side)]


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Return the glyphs that stand at the same height together, from left to right, the rows from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (-glyph.y, glyph.left)):
        row = rows[-1] if rows else []
        if row and abs(row[0].y - glyph.y) <= max(row[0].size, glyph.size) / 2:
            row.append(glyph)
        else:
            rows.append([glyph])
    return [_once(sorted(row, key=lambda glyph: glyph.left)) for row in rows]


def _once(row: list[Glyph]) -> list[Glyph]:
    """Return the glyphs without those printed twice, a little apart, to look bold."""
    kept = row[:1]
    for before, glyph in pairwise(row):
        if glyph.character != before.character or glyph.left - before.left > glyph.size / 5:
            kept.append(glyph)
    return kept


def _gaps(row: Sequence[Glyph]) -> list[tuple[float, float]]:
    """Return the gaps in a row that might divide columns."""
    return [
        (before.right, after.left)
        for before, after in pairwise(row)
        if after.left - before.right >= _GUTTER * max(before.size, after.size)
    ]


def _gutter(rows: Sequence[Sequence[Glyph]]) -> float | None:
    """Return where the page is divided into two columns of running text; None where it is not."""
    place = _clearest(rows) if rows else None
    if place is None:
        return None
    apart = [row for row in rows if not _crosses(row, place)]
    if len(rows) - len(apart) > _CROSSED * len(rows):
        return None
    sides = [_full(rows) for rows in zip(*(_parts(row, place) for row in apart), strict=True)]
    (lines, full), (lines_right, full_right) = sides
    both = min(full, full_right) >= _FULL_OF_BOTH and min(full * lines, full_right * lines_right) >= _FULL_LINES
    return place if both or (full >= _FULL and lines >= _ROWS and lines_right) else None


def _clearest(rows: Sequence[Sequence[Glyph]]) -> float | None:
    """Return the right end of the widest stretch near the middle that hardly any row crosses; None where none is."""
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    low, high = (left + right) / 2 - (right - left) / 10, (left + right) / 2 + (right - left) / 10
    stretches = list(_depths(rows))
    central = [depth for start, end, depth in stretches if start < high and end > low]
    few = min(central, default=0) + max(_STRAYS, len(rows) // 20)
    width, place = 0.0, None
    begin = left
    for start, end, depth in stretches:
        if depth > few:
            begin = end
        elif start < high and end > low and end - begin > width:
            width, place = end - begin, end - min(1.0, (end - begin) / 2)
    return place


def _depths(rows: Sequence[Sequence[Glyph]]) -> Iterator[tuple[float, float, int]]:
    """Yield the stretches of the page's width between any two borders of text, with the rows that cross them."""
    borders: list[tuple[float, int]] = []
    for row in rows:
        gaps = _gaps(row)
        borders += ((begin, 1) for begin in (row[0].left, *(end for _, end in gaps)))
        borders += ((end, -1) for end in (*(begin for begin, _ in gaps), row[-1].right))
    borders.sort()
    depth = 0
    for (at, step), (following, _) in pairwise(borders):
        depth += step
        if following > at:
            yield at, following, depth


def _parts(row: Sequence[Glyph], place: float) -> tuple[list[Glyph], list[Glyph]]:
    return [glyph for glyph in row if glyph.left < place], [glyph for glyph in row if glyph.left >= place]


def _full(parts: Iterable[Sequence[Glyph]]) -> tuple[int, float]:
    """Return how many lines a column has, and the share of those that fill it from edge to edge, as prose does."""
    lines = [part for part in parts if part]
    if not lines:
        return 0, 0.0
    left, right = min(line[0].left for line in lines), max(line[-1].right for line in lines)
    size = median(line[0].size for line in lines)
    if right - left < _NARROWEST * size:
        return len(lines), 0.0
    near = _EDGE * size
    full = sum(line[0].left < left + 2 * near and line[-1].right > right - near for line in lines)
    return len(lines), full / len(lines)


def _crosses(row: Sequence[Glyph], place: float) -> bool:
    """Return whether a row goes on over ``place`` without a gap there."""
    if not row[0].left < place < row[-1].right:
        return False
    return not any(begin <= place <= end for begin, end in _gaps(row))


def _line(row: Sequence[Glyph], column: int) -> Line:
    is_row = any(_between(before, after, _CELL) == "\t" for before, after in pairwise(row))
    cell = _CELL_OF_ROW if is_row else _CELL
    parts = [row[0].character]
    for before, after in pairwise(row):
        parts += (_between(before, after, cell), after.character)
    sizes = sorted(glyph.size for glyph in row)
    size = sizes[len(sizes) * 4 // 5]  # punctuation from another font may be smaller than the rest
    y = median(glyph.y for glyph in row)
    return Line("".join(parts), row[0].left, row[-1].right, y, size, row[0].page, column)


def _between(before: Glyph, after: Glyph, cell: float) -> str:
    """Return what the gap between two glyphs stands for, where one as wide as ``cell`` divides cells."""
    gap = (after.left - before.right) / max(min(before.size, after.size), 1.0)
    if gap >= (_WIDE if after.spaced else cell):
        return "\t"
    if after.spaced:
        return " "
    latin = before.character.isascii() and after.character.isascii()
    return " " if gap >= (_LATIN_BLANK if latin else _BLANK) else ""
