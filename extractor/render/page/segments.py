"""Segments: the stretches of records, nested, touching or crossing, to pieces that nest."""

from __future__ import annotations

from bisect import bisect_left
from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence


class Piece(NamedTuple):
    """A stretch of the text that belongs to the record ``key``; ``is_first`` where the record begins with it."""

    start: int
    end: int
    key: str
    is_first: bool


def cut(pieces: Sequence[Piece], borders: Sequence[int]) -> list[Piece]:
    """Return ``pieces`` by position, cut where they cross one of the ``borders``, which are sorted."""
    found: list[Piece] = []
    for piece in pieces:
        start, is_first = piece.start, piece.is_first
        at = bisect_left(borders, start + 1)
        while at < len(borders) and borders[at] < piece.end:
            found.append(Piece(start, borders[at], piece.key, is_first))
            start, is_first, at = borders[at], False, at + 1
        found.append(Piece(start, piece.end, piece.key, is_first))
    return sorted(found, key=_outer_first)


def drawn(
    start: int, end: int, pieces: Iterable[Piece], text: Callable[[int, int], str], opened: Callable[[Piece], str]
) -> Iterator[str]:
    """Yield the markup of the stretch from ``start`` to ``end`` with its ``pieces`` as nested marks.

    A piece that ends behind the one it began in is split there, so that every mark is closed where it was opened.
    """
    waiting = [(_outer_first(piece), piece) for piece in pieces]  # sorted, and so a heap
    open_ends: list[int] = []
    at = start
    while waiting or open_ends:
        piece = waiting[0][1] if waiting else None
        if open_ends and (piece is None or open_ends[-1] <= piece.start):
            yield text(at, open_ends[-1])
            at = open_ends.pop()
            yield "</mark>"
            continue
        if piece is None:
            break
        heappop(waiting)
        if open_ends and piece.end > open_ends[-1]:
            rest = Piece(open_ends[-1], piece.end, piece.key, is_first=False)
            heappush(waiting, (_outer_first(rest), rest))
            piece = piece._replace(end=open_ends[-1])
        yield text(at, piece.start)
        at = piece.start
        yield opened(piece)
        open_ends.append(piece.end)
    yield text(at, end)


def _outer_first(piece: Piece) -> tuple[int, int, str]:
    return piece.start, -piece.end, piece.key
