"""Body: paragraphs, rows of tables and notes as a document has them, to lines with locators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.read.model import Lines

if TYPE_CHECKING:
    from collections.abc import Sequence

LONG_CELL = 200  # characters; a table with such a cell lays out text


class Body(Lines):
    """Lines whose locators count the paragraphs that have text, the tables, and the rows of each."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self._paragraphs = 0
        self._tables = 0
        self._rows = 0

    def paragraph(self, text: str) -> None:
        """Add a paragraph; each line break in it begins a line."""
        if text.strip():
            self._paragraphs += 1
            self.part(text, f"paragraph {self._paragraphs}")

    def part(self, text: str, locator: str) -> None:
        """Add the lines of ``text`` under a locator of their own."""
        for line in text.split("\n"):
            self.add(line, locator)

    def table(self) -> None:
        """Begin a table."""
        self._tables += 1
        self._rows = 0

    def row(self, cells: Sequence[Sequence[str]]) -> None:
        """Add a row whose cells have one or more paragraphs: a line with tabs between the cells.

        A table that only lays out text, in one cell or in long ones, gives its paragraphs.
        """
        self._rows += 1
        if lays_out(cells):
            for paragraph in (paragraph for cell in cells for paragraph in cell):
                self.paragraph(paragraph)
            return
        line = "\t".join(" ".join(" ".join(cell).split()) for cell in cells)
        self.add(line, f"table {self._tables} row {self._rows}")


def lays_out(cells: Sequence[Sequence[str]]) -> bool:
    """Return whether a row only lays out text."""
    return len(cells) == 1 or any(sum(map(len, cell)) > LONG_CELL for cell in cells)
