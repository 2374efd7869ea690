"""Columns: the glyphs of a page to its lines in reading order, column after column, cells apart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CELL = 2.5  # times the size of the type: a gap so wide divides cells
_BLANK = 0.6  # a gap so wide is a blank between Han characters
_LATIN_BLANK = 0.18  # and between Latin ones
_GUTTER = 1.0  # a gap so wide may be one between columns
_ROWS = 6  # that two columns share at least
_CROSSED = 0.25  # of the rows may cross a gutter: headings over both columns
_FULL = 0.5  # of the lines of a column reach its edge; cells of a table do not
_EDGE = 2.0  # times the size of the type: so close to the edge a line is full


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character where a page shows it; ``y`` is its middle, ``size`` its height, ``page`` counts from 0."""

    character: str
    left: float
    right: float
    y: float
    size: float
    page: int


@dataclass(frozen=True, slots=True)
class Line:
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
    if len(rows) < _ROWS:
        return None
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    middle, near = (left + right) / 2, (right - left) / 5
    gaps = [gap for row in rows for gap in _gaps(row) if gap[0] < middle + near and gap[1] > middle - near]
    if len(gaps) < _ROWS:
        return None
    place = median((begin + end) / 2 for begin, end in gaps)
    crossing = sum(_crosses(row, place) for row in rows)
    shared = [row for row in rows if row[0].left < place < row[-1].right and not _crosses(row, place)]
    if crossing > _CROSSED * len(rows) or len(shared) < _ROWS:
        return None
    edge = max(glyph.right for row in shared for glyph in row if glyph.right < place)
    ends = [max(glyph.right for glyph in row if glyph.right < place) for row in shared]
    outer = [row[-1].right for row in shared]
    size = median(glyph.size for row in shared for glyph in row[:1])
    full = min(sum(end > edge - _EDGE * size for end in ends), sum(end > max(outer) - _EDGE * size for end in outer))
    return place if full >= _FULL * len(shared) else None


def _crosses(row: Sequence[Glyph], place: float) -> bool:
    """Return whether a row goes on over ``place`` without a gap there."""
    if not row[0].left < place < row[-1].right:
        return False
    return not any(begin <= place <= end for begin, end in _gaps(row))


def _line(row: Sequence[Glyph], column: int) -> Line:
    parts = [row[0].character]
    for before, after in pairwise(row):
        parts += (_between(before, after), after.character)
    size = median(glyph.size for glyph in row)
    y = median(glyph.y for glyph in row)
    return Line("".join(parts), row[0].left, row[-1].right, y, size, row[0].page, column)


def _between(before: Glyph, after: Glyph) -> str:
    """Return what the gap between two glyphs stands for."""
    gap = (after.left - before.right) / max(min(before.size, after.size), 1.0)
    if gap >= _CELL:
        return "\t"
    latin = before.character.isascii() and after.character.isascii()
    return " " if gap >= (_LATIN_BLANK if latin else _BLANK) else ""
