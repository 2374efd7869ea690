"""Layout: the text of a report to the lines, headings and tables that it is made of, every character in one of them."""

from __future__ import annotations

from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.meaning.outline import outline
from extractor.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.records import Report
    from extractor.ruleset import RuleSet

TITLE = 0
_HEAD = 1500  # characters in which a title stands
_LONGEST = 4000  # characters of a line that are laid out together: lost line ends make one line of a whole report
_TALLEST = 200  # rows a drawn table has at most, so that a long one need not be laid out at once


class Block(Struct, frozen=True):
    """A line with its line end, or several lines that make a table.

    ``rank`` is that of a heading (0 the title, 1 to 3 below it), ``lead`` where the heading stands that is only the
    beginning of the line, ``rows`` are the cells of a table.
    """

    start: int
    end: int
    rank: int | None = None
    lead: tuple[int, int] | None = None
    rows: tuple[tuple[tuple[int, int], ...], ...] = ()


def blocks(text: str, report: Report, rules: RuleSet) -> Iterator[Block]:
    """Yield the blocks of the report, by position; they join without a gap. Offsets are those of the source."""
    lines = _lines(text, report.start, report.end)
    headings = _headings(text, lines, report, rules)
    titles = _titles(text, lines, report)
    for is_tabular, group in groupby(lines, key=lambda line: _is_row(text, line)):
        run = list(group)
        if is_tabular and len(run) > 1:
            for at in range(0, len(run), _TALLEST):
                part = run[at : at + _TALLEST]
                yield Block(part[0][0], part[-1][1], rows=tuple(tuple(_cells(text, line)) for line in part))
            continue
        for start, end in run:
            if start in titles:
                yield Block(start, end, rank=TITLE)
                continue
            rank, at, stop = headings.get(start, (None, start, start))
            if rank is not None and text[stop:end].strip():  # the heading is the first words of a paragraph
                yield Block(start, end, lead=(at, stop))
            else:
                yield Block(start, end, rank=rank)


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the lines by position; one too long to be a paragraph is broken behind a full stop."""
    lines, at = [], start
    for line in text[start:end].splitlines(keepends=True):
        stop = at + len(line)
        while stop - at > _LONGEST:
            cut = text.rfind("。", at + 1, at + _LONGEST) + 1 or at + _LONGEST
            lines.append((at, cut))
            at = cut
        lines.append((at, stop))
        at = stop
    return lines


def _headings(
    text: str, lines: list[tuple[int, int]], report: Report, rules: RuleSet
) -> dict[int, tuple[int, int, int]]:
    """Return the headings by where their line starts: rank, and where their words begin and end, number included."""
    normal = normalise(text[report.start : report.end], rules)
    starts = [start for start, _ in lines]
    found = {}
    for heading in outline(normal.text, rules).headings:
        start, end = normal.span(heading.at, heading.end)
        line = starts[bisect_right(starts, report.start + start) - 1]
        found[line] = (heading.level, line, report.start + end)
    return found


def _titles(text: str, lines: list[tuple[int, int]], report: Report) -> set[int]:
    """Return where the lines start that make up the title."""
    title = report.title or ""
    found: set[int] = set()
    for start, end in lines:
        words = text[start:end].strip()
        if not title or start > report.start + _HEAD:
            break
        if words and (title.startswith(words) or title in words):
            found.add(start)
            title = "" if title in words else title.removeprefix(words)
    return set() if title else found


def _is_row(text: str, line: tuple[int, int]) -> bool:
    words = text[line[0] : line[1]].strip()
    return "\t" in words or words.count("|") > 1


def _cells(text: str, line: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the cells of a row, each with the sign that ends it, the last with the line end."""
    start, end = line
    words = text[start:end]
    sign = "\t" if "\t" in words.strip() else "|"
    last = len(words.rstrip())
    at = 0
    while (stop := words.find(sign, at, last - 1)) >= 0:
        yield start + at, start + stop + 1
        at = stop + 1
    yield start + at, end
