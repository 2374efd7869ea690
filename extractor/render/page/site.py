"""Site: documents with their texts to one page, or to a directory with a page for each and an index."""

from __future__ import annotations

import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

from extractor.errors import UsageError
from extractor.output import write
from extractor.render.page.document import document_page
from extractor.render.page.index import INDEX, index_page
from extractor.render.page.series import Entry

if TYPE_CHECKING:
    from pathlib import Path

    from extractor.records import Document
    from extractor.render.page.look import Look

_LONGEST = 70  # characters of a file name, so that it has fewer than 255 bytes in any file system
_FORBIDDEN = set('<>:"/\\|?*%#')  # in a file name of some system, or in a link


class Pages(Protocol):
    """What takes one document after the other."""

    def add(self, document: Document, text: str) -> None:
        """Show ``document``, which was extracted from ``text``."""

    def miss(self, reason: str) -> None:
        """Note why there is nothing to show for an input."""

    def close(self) -> None:
        """Write what needs all documents."""


def pages_at(target: Path, look: Look, *, is_single: bool) -> Pages:
    """Return what writes the page ``target``, or pages into that directory; UsageError for several on one page."""
    if target.suffix.lower() not in (".html", ".htm") or target.is_dir():
        return Site(target, look)
    if not is_single:
        raise UsageError(f"several inputs need a directory: --html {target.with_suffix('')}/")
    return Sheet(target, look)


class Sheet:
    """The page of one document."""

    def __init__(self, target: Path, look: Look) -> None:
        """Keep where and how the page is written."""
        self._target = target
        self._look = look

    def add(self, document: Document, text: str) -> None:
        """Write the page."""
        write(iter((document_page(document, text, self._look),)), self._target)

    def miss(self, reason: str) -> None:
        """Leave what is there."""

    def close(self) -> None:
        """Do nothing more."""


class Site:
    """A directory of pages; of each document only what the index shows is kept."""

    def __init__(self, target: Path, look: Look) -> None:
        """Make the directory ``target`` unless it is there; UsageError where that is impossible."""
        self._target = target
        self._look = look
        self._entries: list[Entry] = []
        self._failures: list[str] = []
        self._taken = {INDEX}
        try:
            target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"cannot write {str(target)!r}: {error.strerror}") from None

    def add(self, document: Document, text: str) -> None:
        """Write the page of ``document``, which was extracted from ``text``."""
        name = self._free(document.source.name)
        page = document_page(document, text, self._look, index=INDEX)
        write(iter((page,)), self._target / name)
        self._entries.extend(Entry.of(document, report, name) for report in document.reports)

    def miss(self, reason: str) -> None:
        """Note why there is no page for an input."""
        self._failures.append(reason)

    def close(self) -> None:
        """Write the index."""
        write(iter((index_page(self._entries, self._failures, self._look),)), self._target / INDEX)

    def _free(self, source: str) -> str:
        """Return a file name like that of the source which no other page has, upper and lower case alike."""
        stem = page_name(source)
        name, number = f"{stem}.html", 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{stem}-{number}.html"
        self._taken.add(name.casefold())
        return name


def page_name(source: str) -> str:
    """Return the last part of a source's name, without its suffix and what no file name may hold.

    >>> page_name("reports/2022/a.zip/工作报告.txt")
    '工作报告'
    """
    stem = unicodedata.normalize("NFC", PurePath(source.replace("\\", "/")).stem)
    kept = "".join("-" if character in _FORBIDDEN or not character.isprintable() else character for character in stem)
    return kept.strip(" .-")[:_LONGEST] or "report"
