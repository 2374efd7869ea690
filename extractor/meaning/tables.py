"""Tables: lines of aligned cells under a heading row to what the headings say of each figure in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from extractor import counts as quantities

if TYPE_CHECKING:
    from collections.abc import Sequence

    import regex

    from extractor.findings import CountFinding
    from extractor.meaning.behind import Span
    from extractor.ruleset import RuleSet

_CELLS = "count.cells"  # the rule that finds bare figures in a row
_ABOVE = 3  # lines over a heading row that may name the table or its measure
_RULE = "-|:+= "  # what a line between a heading row and the rows is drawn with
_SHARES = {"%", "‰"}  # measures of columns beside those of amounts
_NAME = 45  # characters of the longest name of a table


class Cell(Struct, frozen=True):
    """What stands around a figure in a table; spans are empty where there is nothing."""

    label: Span  # of its row
    head: Span  # of its column
    name: Span  # of the table
    measure: str | None  # the measure word that a heading gives


class Measures(Struct, frozen=True):
    """What the measure words of headings make of a bare figure; each is read once a section."""

    rules: RuleSet
    known: dict[str, CountFinding | None] = field(default_factory=dict)

    def one(self, measure: str) -> CountFinding | None:
        """Return the count of one in ``measure``; None where that is no measure word."""
        if measure not in self.known:
            text = f"1{measure}"
            found = quantities.find(text, self.rules)
            self.known[measure] = found[0] if len(found) == 1 and found[0].end == len(text) else None
        return self.known[measure]

    def give(self, count: CountFinding, measure: str) -> CountFinding:
        """Return a bare figure in the measure that a heading gives: 12.5 under 万元 is 125000 元."""
        if count.unit or count.value is None or (one := self.one(measure)) is None or one.value is None:
            return count
        value = count.value * one.value
        return replace(count, value=value, lower=value, upper=value, unit=one.unit, dimension=one.dimension)


class _Table(Struct):
    """The heading row of the table being read, and what stands over it."""

    heads: list[Span]
    name: Span
    measures: Sequence[str]  # over it, one or one for each sort of column
    last: int  # where its last line ends


class Tables(Struct):
    """Reads the tables of one section, from the top."""

    text: str
    counts: Sequence[CountFinding]
    gap: regex.Pattern[str]  # what divides two cells
    word: regex.Pattern[str]  # a cell between two blanks
    head: regex.Pattern[str]  # a heading between two blanks
    unit: regex.Pattern[str]  # 单位：万元
    bracket: regex.Pattern[str]  # the measure word at the end of a heading
    units: regex.Pattern[str]  # 计量单位 over the measures of the rows
    known: Measures
    apart: regex.Pattern[str]  # a heading whose figures are not in the measure over the table
    dimension: regex.Pattern[str]  # the word of a heading that tells which of several measures is meant
    places: list[int] = field(default_factory=list)

    def cells(self) -> dict[int, Cell]:
        """Return the cells by the position of the count in each."""
        found: dict[int, Cell] = {}
        self.places = [count.at for count in self.counts]
        table: _Table | None = None
        done = 0
        for count in self.counts:
            if count.rule != _CELLS or count.at < done:
                continue
            at, done = self._line(count.at)
            rows = self._splits(at, done)
            row = next((one for one in rows if table and self._goes_on(table, at, len(one))), None)
            if row is None:
                begun = ((self._begin(at, len(one)), one) for one in rows)
                table, row = next((pair for pair in begun if pair[0]), (None, None))
            if table and row:
                table.last = done
                found.update(self._row(table, row))
        return found

    def _line(self, at: int) -> Span:
        begin = self.text.rfind("\n", 0, at) + 1
        end = self.text.find("\n", at)
        return begin, len(self.text) if end < 0 else end

    def _splits(self, at: int, end: int) -> list[list[Span]]:
        """Return the ways to part a line into cells: by what divides cells, and where single blanks may, by blanks."""
        cells = self._split(at, end)
        words = [match.span() for match in self.word.finditer(self.text, at, end)]
        return [cells] if len(cells) == len(words) else [cells, words]

    def _split(self, at: int, end: int) -> list[Span]:
        """Return the cells of a line, without the bars around it."""
        cells: list[Span] = []
        begin = at
        for match in self.gap.finditer(self.text, at, end):
            if match.start() > begin or begin > at:
                cells.append((begin, match.start()))
            begin = match.end()
        if begin < end:
            cells.append((begin, end))
        return cells

    def _goes_on(self, table: _Table, at: int, width: int) -> bool:
        """Whether the line at ``at`` is the next of the table, or only a line without figures stands between.

        Nothing may stand between the rows of a table with one heading, as that may head the next.
        """
        between = self.text[table.last : at].strip("\n")
        if len(table.heads) == 1:
            return not between and width == len(("label", "figure"))
        return "\n" not in between and len(between) <= _NAME and 0 <= width - len(table.heads) <= 1

    def _begin(self, at: int, width: int) -> _Table | None:
        """Return the table whose heading row stands over the line at ``at``; None where there is none."""
        end = at - 1
        for _ in range(_ABOVE):
            if end <= 0:
                return None
            begin = self.text.rfind("\n", 0, end) + 1
            if not self.text[begin:end].strip(_RULE):
                end = begin - 1
                continue
            for place, heads in enumerate(self._splits(begin, end)):
                told = len(heads) > 1 or (end == at - 1 and self._measure(begin, end))  # 收费金额(单位:万元)
                fits = told and width > 1 and 0 <= width - len(heads) <= 1 and not self._holds_count(begin, end)
                if fits and (place == 0 or all(self.head.fullmatch(self.text, *head) for head in heads)):
                    return _Table(heads, *self._over(begin), last=at)
            if self.text.endswith("。", begin, end):
                return None
            end = begin - 1
        return None

    def _holds_count(self, at: int, end: int) -> bool:
        slot = bisect_left(self.places, at)
        return slot < len(self.places) and self.places[slot] < end

    def _over(self, at: int) -> tuple[Span, Sequence[str]]:
        """Return the name of the table and its measure words, from the lines over its heading row."""
        name: Span = (at, at)
        measures: Sequence[str] = ()
        end = at - 1
        for _ in range(_ABOVE):
            if end <= 0:
                break
            begin = self.text.rfind("\n", 0, end) + 1
            match = self.unit.search(self.text, begin, end)
            stop = match.start() if match else end
            if match and not measures:
                told = match.captures("measure")
                measures = [measure for measure in told if measure not in _SHARES] or told
            if begin < stop and end - begin <= _NAME:
                name = begin, stop
                break
            if not match and begin < end:
                break
            end = begin - 1
        return name, measures

    def _row(self, table: _Table, row: Sequence[Span]) -> dict[int, Cell]:
        """Return the cells of a row that hold one figure and nothing else."""
        found: dict[int, Cell] = {}
        shift = len(row) - len(table.heads)  # the column of labels has no heading
        label: Span | None = None
        own = None
        for column, (at, end) in enumerate(row):
            slot = bisect_right(self.places, at - 1)
            count = self.counts[slot] if slot < len(self.places) and self.places[slot] < end else None
            if count is None and column >= shift and self._gives_measure(table.heads[column - shift], (at, end)):
                own = self.text[slice(*self._trim(at, end))]
            elif count is None:
                label, own = self._trim(at, end), self._measure(at, end)
            elif column >= shift and label:
                head = table.heads[column - shift]
                apart = own and self.apart.search(self.text, *head)
                measure = self._measure(*head) or (None if apart else own) or self._over_all(table, (label, head))
                found[slot] = Cell(label, self._trim(*head), table.name, measure)
        return found

    def _gives_measure(self, head: Span, cell: Span) -> bool:
        """Whether a cell is the measure of its row: 万吨 under 单位, but not 县公安局."""
        if not self.units.fullmatch(self.text, *head):
            return False
        return self.known.one(self.text[slice(*self._trim(*cell))]) is not None

    def _over_all(self, table: _Table, headings: Sequence[Span]) -> str | None:
        """Return the measure over the table where neither heading tells of another: 完成率 under 万元."""
        measure = table.measures[0] if len(table.measures) == 1 else self._fitting(table.measures, headings[-1])
        for at, end in headings:
            if measure and self.apart.search(self.text, at, end) and measure not in self.text[at:end]:
                return None
        return measure

    def _fitting(self, measures: Sequence[str], head: Span) -> str | None:
        """Return the one of several measures that measures what the heading of the column names: 公顷 for 面积."""
        match = self.dimension.search(self.text, *self._trim(*head))
        if match is None:
            return None
        ones = ((measure, self.known.one(measure)) for measure in measures)
        fitting = [measure for measure, one in ones if one is not None and one.dimension == match.lastgroup]
        return fitting[0] if len(fitting) == 1 else None

    def _measure(self, at: int, end: int) -> str | None:
        match = self.bracket.search(self.text, at, end)
        return match["measure"] if match else None

    def _trim(self, at: int, end: int) -> Span:
        match = self.bracket.search(self.text, at, end)
        stop = match.start() if match else end
        while at < stop and self.text[at].isspace():
            at += 1
        while at < stop and self.text[stop - 1].isspace():
            stop -= 1
        return at, stop


def tables(text: str, counts: Sequence[CountFinding], known: Measures) -> dict[int, Cell]:
    """Return what the headings of tables say, by the position of the count that stands in a cell."""
    if all(count.rule != _CELLS for count in counts):
        return {}
    names = ("cell_gap", "cell_word", "cell_head", "table_unit", "cell_unit", "unit_heading", "own_measure")
    gap, word, head, unit, bracket, units, apart = (known.rules.pattern(f"meaning.{name}") for name in names)
    dimension = known.rules.pattern("meaning.head_dimension")
    return Tables(text, counts, gap, word, head, unit, bracket, units, known, apart, dimension).cells()
