"""Text: a report's text to markup in which every record is marked and nothing else is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.records import Count, Date, Regulation, Unit
from extractor.render.page.layout import TITLE, blocks
from extractor.render.page.markup import Html, element, escaped, plain
from extractor.render.page.segments import Piece, cut, drawn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from extractor.records import Record, Report
    from extractor.render.page.layout import Block
    from extractor.ruleset import RuleSet

_CHUNK = 2000  # characters that are laid out together, when they come into view
_LETTERS = {Count: "c", Date: "d", Unit: "u", Regulation: "r"}


def key_of(report: Report, identity: str) -> str:
    """Return the id that the record ``identity`` of the report has in the page."""
    return f"{report.index}-{identity}"


def marked(text: str, report: Report, rules: RuleSet, words: Mapping[str, str]) -> Html:
    """Return the text of the report: its lines, headings and tables, in chunks, all records marked."""
    records = {key_of(report, record.id): record for record in report.records()}
    pieces = [Piece(record.start, record.end, key, is_first=True) for key, record in records.items()]
    pen = _Pen(text, records, words)
    chunks: list[str] = []
    chunk: list[str] = []
    size = 0
    for block, inside in _shared_out(list(blocks(text, report, rules)), pieces):
        chunk.append(pen.block(block, inside))
        size += block.end - block.start
        if size >= _CHUNK:
            chunks.append(element("div", Html("".join(chunk)), class_="chunk"))
            chunk, size = [], 0
    chunks.append(element("div", Html("".join(chunk)), class_="chunk"))
    return Html("".join(chunks))


def _shared_out(found: Sequence[Block], pieces: Sequence[Piece]) -> Iterator[tuple[Block, list[Piece]]]:
    """Yield each block with the pieces inside it, cut at its cells and its lead."""
    borders = {border for block in found for border in _borders(block)}
    waiting = cut(pieces, sorted(borders))
    at = 0
    for block in found:
        first = at
        while at < len(waiting) and waiting[at].start < block.end:
            at += 1
        yield block, waiting[first:at]


def _borders(block: Block) -> Iterator[int]:
    yield block.end
    if block.lead is not None:
        yield block.lead[1]
    for row in block.rows:
        for cell in row:
            yield cell[1]


class _Pen:
    """Draws blocks of one text."""

    def __init__(self, text: str, records: Mapping[str, Record], words: Mapping[str, str]) -> None:
        self._text = text
        self._records = records
        self._words = words

    def block(self, block: Block, pieces: list[Piece]) -> Html:
        """Return a line or a table; ``pieces`` are sorted and cross none of its borders."""
        if block.rows:
            return self._table(block, pieces)
        if block.rank is not None:
            name = f"h{3 + block.rank}"
            return element(
                name, self._stretch(block.start, block.end, pieces), class_="title" if block.rank == TITLE else None
            )
        if block.lead is None:
            return element("p", self._stretch(block.start, block.end, pieces))
        middle = block.lead[1]
        lead = self._stretch(block.start, middle, [piece for piece in pieces if piece.start < middle])
        rest = self._stretch(middle, block.end, [piece for piece in pieces if piece.start >= middle])
        return element("p", element("strong", lead), rest)

    def _table(self, block: Block, pieces: list[Piece]) -> Html:
        rows, at = [], 0
        for row in block.rows:
            cells = []
            for start, end in row:
                first = at
                while at < len(pieces) and pieces[at].start < end:
                    at += 1
                cells.append(element("td", self._stretch(start, end, pieces[first:at])))
            rows.append(element("tr", *cells))
        body = element("table", element("tbody", *rows))
        label = self._words["page.table_in_text"]
        return element("div", body, class_="given", tabindex=0, role="group", aria_label=label)

    def _stretch(self, start: int, end: int, pieces: list[Piece]) -> Html:
        return Html("".join(drawn(start, end, pieces, self._shown, self._opened)))

    def _shown(self, start: int, end: int) -> Html:
        return escaped(self._text[start:end])

    def _opened(self, piece: Piece) -> str:
        record = self._records[piece.key]
        kind = _LETTERS[type(record)]
        if not piece.is_first:
            return f'<mark class="{kind} on" data-of="{piece.key}">'
        note = _note(record, self._words)
        return f'<mark class="{kind}" id="{piece.key}"{note}>'


def _note(record: Record, words: Mapping[str, str]) -> str:
    """Return what is written beside a record: what a relative date resolved to, that a regulation is repealed."""
    if isinstance(record, Date) and record.kind == "relative" and record.value:
        return f' data-note="{plain(record.value)}"'
    if isinstance(record, Regulation) and record.status == "repealed":
        return f' data-note="{words["status.repealed"]}" data-status="repealed"'
    return ""
