"""Lines: a folded text to the line breaks that fall inside a sentence, page furniture between its halves included."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from extractor.ruleset import RuleSet

_WRAP = 36  # lines of at least so many columns, two a Han character, may have been wrapped at a fixed width
_TOLERANCE = 4  # columns by which a full line may miss the width: a sign that must not begin a line, half width
_WRAPPED_LINES = 6  # so many full lines, and a third of all long ones, show that they were wrapped
_FURNITURE = 3  # lines of page furniture that may part a sentence
_PAGES = 8  # characters of a line that holds the number of a page
_HEAD = (4, 48)  # characters of a running head
_PARAGRAPHS = 4  # so many paragraphs show how a text sets them off
_HEADINGS = 3  # so many headings with numbers show that they all have them
_MARGIN = 8  # blanks of an indent; what begins further in is a title or a signature
_BLANKS = " \t"
_ENDS = "。;:!?”)"  # signs with which a paragraph ends
_STOPS = "。!?"
_NUMBERED = frozenset("-·•第共Pp0123456789")  # signs with which the number of a page begins
_LEADS = ":;"  # signs that lead to a list or end one of its items
_QUOTES = "《“"
_MARKS = "#|>*-"  # signs with which a line begins that is no running text


class _Layout(NamedTuple):
    """How a text sets its paragraphs off: by an indent or an empty line, always or nearly always."""

    indented: bool
    always: bool


def breaks(text: str, rules: RuleSet, written: str | None = None) -> list[tuple[int, int, str]]:
    """Return the line breaks to cut, with the blanks around them, each with what stands in for it.

    ``written`` is the text before it was folded, which shows how wide its lines are.

    A break is a stray where the line is full in a text wrapped at a fixed width, where the text shows its paragraphs
    by an indent or an empty line and has none here, where it begins a sentence that it does not end, and where no line
    can end or begin as this one or the next does.
    """
    return _Sheet(text, rules).strays(written or text)


class _Sheet(NamedTuple):
    """A text and the patterns that show how its lines belong together."""

    text: str
    rules: RuleSet

    def strays(self, written: str) -> list[tuple[int, int, str]]:
        """Return what breaks() returns."""
        lines = _lines(self.text)
        widths = _wrap_widths(written, lines)
        layout = self._layout(lines)
        lines = self._without_furniture(lines)
        unheaded = self._unheaded(lines) if layout is None else frozenset[int]()
        found: list[tuple[int, int, str]] = []
        cut = -1  # where the line begins that goes on from the one before
        for (start, end), (following, last) in pairwise(lines):
            if start == end or following == last or self.text[following : following + 2].isspace():
                continue  # an indent begins a paragraph
            if self._begins("inner_number", end - 1):
                found.append((end, following, ""))
            elif not self._begins_anew(start, end, following):
                columns = _columns(written[start:end]) if widths else 0
                short = min((width - columns for width in widths), key=abs, default=_WRAP)  # of a full line
                is_wrapped = abs(short) <= _TOLERANCE and not self._shows("ended", max(start, end - 2), end)
                lower = following, last
                shown = start in unheaded
                if layout is not None:
                    shown = self._goes_on((start, end), lower, layout, is_cut=start == cut)
                if (
                    (is_wrapped or shown or self._is_stray(start, end, following))
                    and not self._is_word(end, following, is_full=short <= 1)
                    and not (self._shows("row", start, end) and not self._shows("comma", start, end))
                ):
                    found.append((end, following, ""))
                    cut = following
        return found

    def _shows(self, name: str, at: int, end: int) -> bool:
        """Say whether the pattern ``name`` of lines is found from ``at`` to ``end``."""
        return self.rules.pattern(f"line.{name}").search(self.text, at, end) is not None

    def _begins(self, name: str, at: int, end: int | None = None) -> bool:
        """Say whether what the pattern ``name`` of lines matches stands at ``at``."""
        return self.rules.pattern(f"line.{name}").match(self.text, at, end) is not None

    def _is_word(self, end: int, following: int, *, is_full: bool) -> bool:
        """Say whether the break stands between two letters or figures; in a line that is full it parts one number."""
        if is_full and self.text[end - 1].isdecimal() and self.text[following].isdecimal():
            return False
        sides = self.text[end - 1] + self.text[following]
        return sides.isascii() and sides.isalnum()

    def _layout(self, lines: list[tuple[int, int]]) -> _Layout | None:
        """Return how the text shows its paragraphs: most with a stop in them are indented, or an empty line follows.

        None where it does neither, so that each line is a paragraph.
        """
        starts = indented = stops = apart = 0
        before = True  # whether the line before ends a paragraph
        for (start, end), (following, last) in pairwise([*lines, (len(self.text), len(self.text))]):
            if start == end:
                before = True
                continue
            is_end = self.text[end - 1] in _ENDS
            if self.text.find("。", start, end) >= 0:
                starts += before
                indented += before and self.text[start] in _BLANKS
                stops += is_end
                apart += is_end and following == last
            before = is_end or not self._shows("clause", start, end)  # a heading ends as well
        for is_indent, number, shown in ((True, starts, indented), (False, stops, apart)):
            if number >= _PARAGRAPHS and shown * 5 >= number * 4:
                return _Layout(is_indent, always=number - shown <= max(1, number // 20))
        return None

    def _unheaded(self, lines: list[tuple[int, int]]) -> frozenset[int]:
        """Return where lines begin that stand before running text, without a stop of their own, and are no headings.

        They may be headings where those of the text bear no numbers, or where several of them stand so.
        """
        headings = 0
        found = []
        for above, line, below in zip(lines, lines[1:], lines[2:], strict=False):
            is_heading = self._is_heading(*line)
            headings += is_heading
            if (
                not is_heading
                and line[0] < line[1]
                and self._shows("clause", *below)
                and not self._shows("clause", *line)
                and not self._shows("heading_end", *line)
                and (self._is_heading(*above) or self._is_paragraph(*above))
            ):
                found.append(line[0])
        return frozenset(found if headings >= _HEADINGS and len(found) <= max(1, headings // 5) else ())

    def _is_heading(self, start: int, end: int) -> bool:
        """Say whether the line is a heading that shows itself by a number or a sign."""
        if start == end or self._shows("clause", start, end):
            return False
        return self._begins("new_start", start, start + 80)

    def _is_paragraph(self, start: int, end: int) -> bool:
        return start < end and self.text[end - 1] in _ENDS and self._shows("clause", start, end)

    def _goes_on(self, upper: tuple[int, int], lower: tuple[int, int], layout: _Layout, *, is_cut: bool) -> bool:
        """Say whether the lower line is running text that the layout shows to go on from the upper."""
        (start, end), (following, last) = upper, lower
        if self.text[end - 1] in _LEADS or not self._shows("clause", following, last):
            return False
        if self.text[end - 1] in _STOPS and not layout.always:
            return False
        if layout.indented:
            margin = next((at for at in range(start, end) if self.text[at] not in _BLANKS), end) - start
            return is_cut or 0 < margin <= _MARGIN
        if self.text.count("\n", end, following) > 1 or self.text[start] in _MARKS:
            return False
        is_text = self._shows("clause", start, end) or not self._begins("new_start", start, start + 80)
        return is_cut or (is_text and self._shows("han", start, end))

    def _begins_anew(self, start: int, end: int, following: int) -> bool:
        """Say whether a heading, an article or an item begins, and not one of several that are named: 第二条、第三条.

        A quotation may stand in a sentence that has begun.
        """
        if not self._begins("new_start", following, following + 80):
            return False
        if self.text[following] in _QUOTES:
            return not self._is_unfinished(start, end)
        return not (self.text[following] == "第" and self.text[end - 1] in "、,和及或至")

    def _is_stray(self, start: int, end: int, following: int) -> bool:
        return (
            self._is_unfinished(start, end)
            or self._begins("closed_start", following)
            or (self._shows("open_title", max(start, end - 84), end) and self._begins("closed_title", following))
        )

    def _is_unfinished(self, start: int, end: int) -> bool:
        """Say whether the line has begun a sentence, or ends with a word that no line ends with."""
        return self.text[end - 1] not in _STOPS and (
            self._shows("unfinished", max(start, end - 96), end)
            or self._shows("open_end", max(start, end - 6), end)
            or self._begins("opened", start, end)
        )

    def _without_furniture(self, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return ``lines`` without numbers of pages, the heads that run with them and the empty lines around them."""
        short = [
            (place, self.text[start:end].strip())
            for place, (start, end) in enumerate(lines)
            if start < end <= start + _HEAD[1]
        ]
        heads = [(place, head) for place, head in short if len(head) >= _HEAD[0]]
        times = Counter(head for _, head in heads)
        numbers = {place for place, head in short if head[:1] in _NUMBERED and self._is_page_number(*lines[place])}
        numbers |= self._numbered(lines, short) | self._numbered_heads(heads)
        numbers |= self._running_heads(lines, [(place, head) for place, head in heads if times[head] >= _FURNITURE])
        if not numbers:
            return lines
        dropped = set(numbers)
        for place in numbers:
            for step in (-1, 1):
                near = _beyond(lines, place, step)
                if 0 <= near < len(lines) and times[self.text[slice(*lines[near])].strip()] >= _FURNITURE:
                    dropped.update(range(min(place, near), max(place, near) + 1))
                    near = _beyond(lines, near, step)
                dropped.update(range(min(place, near) + 1, max(place, near)))
        return [line for place, line in enumerate(lines) if place not in dropped]

    def _numbered(self, lines: list[tuple[int, int]], short: list[tuple[int, str]]) -> set[int]:
        """Return the places of lines that are figures alone: between empty lines, or one more each time."""
        figures = [(place, figure) for place, figure in short if figure.isdecimal()]
        alone = [(place, int(figure)) for place, figure in figures if lines[place][1] - lines[place][0] <= _PAGES]
        apart = {place for place, _ in alone if _is_empty(lines, place - 1) and _is_empty(lines, place + 1)}
        rising = {one for one in pairwise(alone) if one[1][1] == one[0][1] + 1}
        return apart | ({place for pair in rising for place, _ in pair} if len(rising) >= _FURNITURE else set())

    def _numbered_heads(self, heads: list[tuple[int, str]]) -> set[int]:
        """Return the places of heads that are all alike but for the number of the page, which rises."""
        pages: dict[str, list[tuple[int, int]]] = {}
        for place, head in heads:
            if (
                " " in head
                and (head[0] in _NUMBERED or head[-1].isdecimal() or head[-1] in "-·页")
                and (match := self.rules.pattern("line.numbered_head").fullmatch(head))
            ):
                pages.setdefault(match["head"], []).append((place, int(match["number"])))
        rising = (
            page
            for page in pages.values()
            if sum(0 < lower - upper <= 2 for (_, upper), (_, lower) in pairwise(page)) >= 2  # noqa: PLR2004 - left and right pages
        )
        return {place for page in rising for place, _ in page}

    def _running_heads(self, lines: list[tuple[int, int]], heads: list[tuple[int, str]]) -> set[int]:
        """Return the places of heads that recur and twice or more often part running text from its end."""
        parting: Counter[str] = Counter()
        for place, head in heads:
            start, end = lines[_beyond(lines, place, -1)]
            parting[head] += (
                start < end and self.text[end - 1] not in _ENDS + _LEADS and self._shows("clause", start, end)
            )
        clause = self.rules.pattern("line.clause")
        return {place for place, head in heads if parting[head] > 1 and not clause.search(head)}

    def _is_page_number(self, start: int, end: int) -> bool:
        return (
            end - start < _WRAP and self.rules.pattern("line.page_number").fullmatch(self.text, start, end) is not None
        )


def _lines(text: str) -> list[tuple[int, int]]:
    """Return begin and end of every line, the break and the blanks around it left out."""
    found = []
    start = 0
    for line in text.split("\n"):
        found.append((start, start + len(line.rstrip(_BLANKS))))
        start += len(line) + 1
    return found


def _beyond(lines: list[tuple[int, int]], place: int, step: int) -> int:
    """Return the place of the next line that is not empty, or ``place`` where too many empty ones follow."""
    near = place + step
    while abs(near - place) <= _FURNITURE and 0 <= near < len(lines) and lines[near][0] == lines[near][1]:
        near += step
    return near


def _is_empty(lines: list[tuple[int, int]], place: int) -> bool:
    return 0 <= place < len(lines) and lines[place][0] == lines[place][1]


def _wrap_widths(text: str, lines: list[tuple[int, int]]) -> list[int]:
    """Return the columns of a full line in a text wrapped at a fixed width, of its body and of parts set otherwise."""
    long_lines = [(_columns(text[start:end]), end) for start, end in lines if 2 * (end - start) >= _WRAP]
    columns = Counter(width for width, _ in long_lines if width >= _WRAP)
    body = _full(columns, columns.total() / 3)
    if not body:
        return []
    goes_on = (width for width, end in long_lines if text[end - 1] not in _ENDS and abs(width - body) > _TOLERANCE)
    other = _full(Counter(width for width in goes_on if width >= _WRAP), columns.total() / 6)
    return [body, other] if other else [body]


def _full(columns: Counter[int], number: float) -> int:
    """Return the commonest width of lines, give or take the tolerance; 0 where fewer than ``number`` have it."""
    least = max(_WRAPPED_LINES, number)
    if columns.total() < least:
        return 0
    lines = columns.get  # for a width that no line has, a Counter asks Python
    width = max(
        columns,
        key=lambda width: (lines(width - 1, 0) + columns[width] + lines(width + 1, 0), columns[width], width),
    )
    full = sum(columns[width + step] for step in range(-_TOLERANCE, _TOLERANCE + 1))
    return width if full >= least else 0


def _columns(line: str) -> int:
    """Return how wide a line is on a terminal: a Han character has three bytes and two columns."""
    return len(line) + (len(line.encode("utf-8", "surrogatepass")) - len(line)) // 2
