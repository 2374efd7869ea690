"""Text: documents to files of lines, JSON or CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from extractor.render.delimited import Delimited

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from extractor.choices import Table
    from extractor.records import Document


class _TextFile:
    """A text file in UTF-8 that gets what ``render`` makes of each document."""

    def __init__(self, path: Path, render: Callable[[Document], str]) -> None:
        self._path = path
        self._render = render

    def __enter__(self) -> Self:
        """Begin the file."""
        self._file = self._path.open("w", encoding="utf-8", newline="")
        return self

    def add(self, document: Document) -> None:
        """Add what belongs to ``document``."""
        self._file.write(self._render(document))

    def __exit__(self, *_: object) -> None:
        """End the file."""
        self._file.close()


class Lines(_TextFile):
    """JSON lines: a document a line."""

    def __init__(self, path: Path) -> None:
        """Keep where to write."""
        super().__init__(path, lambda document: document.to_json() + "\n")


class Comma(_TextFile):
    """CSV: the rows of one table under a header, which is there also when no row is."""

    def __init__(self, path: Path, table: Table, labels: Mapping[str, str], *, bom: bool) -> None:
        """Keep where to write what."""
        self._delimited = Delimited(table, labels, bom=bom)
        super().__init__(path, self._delimited)

    def __exit__(self, *_: object) -> None:
        """End the file."""
        self._file.write(self._delimited.head())
        super().__exit__()
