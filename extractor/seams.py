"""Seams: line ends behind which a name or a date may go on, to what must then not be read from either half.

A break in the first sentence of a paragraph looks like the end of a heading, so nobody can say whether the lines
belong together. Where leaving it out makes one name or date of both, what stands at its sides is left unread.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_REACH = 32  # characters of each line in which the halves of a name or date lie
_STOPS = "。;:!?"
_HEADS = "年月"
_LONGER, _HEADINGS = 8, 3  # characters of a line below a heading, headings that make a chronicle
_ENDS = frozenset({"", "\n", *_STOPS})
_PAUSES = frozenset(",、" + _STOPS)


class Mention(Protocol):
    """What has a place in a text."""

    @property
    def at(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


_T = TypeVar("_T", bound=Mention)


class Torn(NamedTuple):
    """A mention of two lines: its beginning, where the upper line ends and the lower begins, its end."""

    at: int
    upper: int
    lower: int
    end: int


class _Seam(NamedTuple):
    """The end of a line and the beginning of the next, with the stretch around them that is read anew."""

    at: int
    end: int
    left: int
    right: int


def parted(
    text: str,
    found: Sequence[tuple[int, int]],
    scan: Callable[[str], Iterable[tuple[int, int]]],
    *,
    with_cells: bool = False,
) -> list[Torn]:
    """Return the stretches that ``scan`` reads as one when the line break in them is left out, by position.

    ``found`` is what was read with the breaks, by position; only what lies near it is looked at. Where figures may
    be cells (``with_cells``), those on two lines are two, and the last of a row is whole.
    """
    seams = [
        seam
        for seam in _seams(text, found)
        if not (with_cells and text[seam.at - 1].isdecimal() and (text[seam.end].isdecimal() or _is_row(text, seam)))
    ]
    if not seams:
        return []
    starts, pieces, length = [], [], 0
    for seam in seams:
        piece = text[seam.left : seam.at] + text[seam.end : seam.right]
        starts.append(length)
        pieces.append(piece)
        length += len(piece) + 1
    stretches = []
    for at, end in scan("\n".join(pieces)):
        place = bisect_right(starts, at) - 1
        seam = seams[place]
        left, right = seam.left + at - starts[place], seam.left + end - starts[place] + seam.end - seam.at
        if left < seam.at and right > seam.end:
            stretches.append(Torn(left, seam.at, seam.end, right))
    return stretches


def _is_row(text: str, seam: _Seam) -> bool:
    """Say whether a tab parts the upper line into cells, the last of which is whole."""
    return text.find("\t", text.rfind("\n", 0, seam.at) + 1, seam.at) >= 0


def untouched(found: Iterable[_T], torn: Sequence[Torn]) -> Iterator[_T]:
    """Yield what of ``found`` shares no character with one of ``torn``; both are by position."""
    place = 0
    for one in found:
        while place < len(torn) and torn[place].end <= one.at:
            place += 1
        if place == len(torn) or one.end <= torn[place].at:
            yield one


def is_alone(text: str, torn: Torn, *, headed: bool = False) -> bool:
    """Return whether the upper half is a whole line that begins a paragraph, and the lower half not all that follows.

    So stand the years and months of a chronicle above what happened in them; where the text is known to be
    ``headed`` in this way, a whole line is enough.
    """
    start = text.rfind("\n", 0, torn.at) + 1
    if headed and not text[start : torn.at].strip(" \t"):
        return True
    above = text[max(0, start - _REACH) : max(0, start - 1)].rstrip(" \t")
    begins = above[-1:] in _ENDS or _is_title(above)
    return not text[start : torn.at].strip(" \t") and begins and torn.end < _line_end(text, torn.lower)


def _is_title(above: str) -> bool:
    """Say whether the end of the line above is a whole line and a heading: short, without a comma, the first."""
    before, parted_off, line = above.rpartition("\n")
    is_first = not before.strip(" \t\n") if parted_off else len(above) < _REACH - 1
    return is_first and bool(line) and not _PAUSES.intersection(line)


def is_chronicle(text: str, spans: Iterable[tuple[int, int]]) -> bool:
    """Return whether three years or months of ``spans`` stand on lines of their own, above lines that say more."""
    heads = 0
    for at, end in spans:
        if text[at - 1 : at] in {"", "\n"} and text[end : end + 1] == "\n" and text[end - 1] in _HEADS:
            heads += _line_end(text, end + 1) - end > _LONGER
    return heads >= _HEADINGS


def _seams(text: str, found: Sequence[tuple[int, int]]) -> list[_Seam]:
    """Return the breaks near but not inside ``found`` that may be strays.

    None is behind a stop, before an indent, or between two lines that hold one mention each, which are a list.
    """
    begins, ends, alone = [at for at, _ in found], [end for _, end in found], set(found)
    seams = []
    for at in _breaks(text, found):
        if text[at - 1 : at] in _ENDS or text[at + 1 : at + 2] in _ENDS:
            continue
        start, stop = text.rfind("\n", 0, at) + 1, _line_end(text, at + 1)
        left, right = max(start, at - _REACH), min(stop, at + 1 + _REACH)
        if bisect_left(begins, right) > bisect_right(ends, left) and bisect_left(begins, at) == bisect_right(ends, at):
            end, begin = _trimmed(text, left, at)[1], at + 1 + (text[at + 1 : at + 2] == " ")
            if end > left and begin < right and text[end - 1] not in _STOPS and not text[begin].isspace():
                is_list = _trimmed(text, start, at) in alone and _trimmed(text, begin, stop) in alone
                if not is_list:
                    seams.append(_Seam(end, begin, left, right))
    return seams


def _breaks(text: str, found: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Yield the line breaks within reach of one of ``found``, each once."""
    last = 0
    for begin, end in found:
        at = text.find("\n", max(last, begin - _REACH), end + _REACH)
        while at >= 0:
            yield at
            last = at + 1
            at = text.find("\n", last, end + _REACH)


def _trimmed(text: str, at: int, end: int) -> tuple[int, int]:
    while at < end and text[at] in " \t":
        at += 1
    while end > at and text[end - 1] in " \t":
        end -= 1
    return at, end


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
