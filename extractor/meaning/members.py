"""Members: a coordinated noun phrase to its members, each with the tail they share."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from extractor.meaning.behind import Span


def members(text: str, span: Span, joints: Collection[str], known: int, last: int) -> list[tuple[Span, ...]]:
    """Return the stretches of 一产、二产和三产产值 for each member; empty where they cannot be told apart.

    ``known`` is how long the word is that the last member begins with, if it is one: 食用菌 in 人参、食用菌产值;
    ``last`` is where the last word begins, which is shared whole: 产量 in 锂电池、工业机器人产量.
    """
    at, end = span
    cuts = [at, *(place + 1 for place in range(at, end) if text[place] in joints), end + 1]
    heads = [(begin, stop - 1) for begin, stop in pairwise(cuts)]
    if any(stop <= begin for begin, stop in heads):
        return []
    tail = _tail(text, heads, known)
    tail = last if last < tail < end else tail
    shared = ((tail, end),) if tail < end else ()
    return [*(((begin, stop), *shared) for begin, stop in heads[:-1]), (heads[-1],)]


def _tail(text: str, heads: Sequence[Span], known: int) -> int:
    """Return where the tail begins that the last member shares with the others: 产值.

    It follows the character that the first member ends in too, or as many characters as the first has.
    """
    begin, end = heads[-1]
    first = heads[0]
    found = text.find(text[first[1] - 1], begin, end)
    return found + 1 if found >= 0 else min(begin + max(first[1] - first[0], known), end)
