"""Model: what reading gives, a text that knows where its parts came from, and what it reads, a stream of bytes."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from typing import TYPE_CHECKING, BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from extractor.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HEAD = 65_536  # bytes that are looked at to tell a format
MOST = 1 << 28  # bytes of one document; more is no report


class Text(Struct, frozen=True):
    """A source as read: its name, the text that offsets refer to, and what is known of its bytes.

    ``places`` has an offset and a locator (``page 3``) for each part of a format that has parts, by offset.
    ``warnings`` say, a line each, what of the source was left out because it could not be read, and what to do.
    """

    name: str
    text: str
    encoding: str
    sha256: str
    places: tuple[tuple[int, str], ...] = ()
    warnings: tuple[str, ...] = ()

    def locate(self, at: int) -> str | None:
        """Return the locator of the part in which the offset ``at`` lies; None where there are no parts."""
        slot = bisect_right(self.places, at, key=lambda place: place[0]) - 1
        return self.places[slot][1] if slot >= 0 else None


class Options(Struct, frozen=True):
    """What the user said about the inputs: their encoding, and the field of their rows that holds the text.

    With ``puts_off`` a document that takes long to read is left as Unread.
    """

    encoding: str | None = None
    text_field: str | None = None
    puts_off: bool = False


class Unread(Struct, frozen=True):
    """A source that holds one text and its bytes, from which another process can read it."""

    name: str
    sha256: str
    data: bytes
    options: Options


class Blob(Struct, frozen=True):
    """The bytes of one input: ``head`` is what they begin with, ``stream`` gives all of them, once."""

    name: str
    head: bytes
    stream: BinaryIO

    def data(self) -> bytes:
        """Return all bytes; InputError where there are too many for one document."""
        data = self.stream.read(MOST + 1)
        if len(data) > MOST:
            raise InputError(f"more than {MOST >> 20} MB in one document; split it", self.name)
        return data


class Lines:
    """Collects the lines of a converted document, each with its locator."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lines: list[str] = []
        self._places: list[tuple[int, str]] = []
        self._at = 0

    @property
    def is_empty(self) -> bool:
        """Return whether there is no line."""
        return not self._lines

    def add(self, line: str, locator: str | None = None) -> None:
        """Add ``line`` unless it is blank, its indent kept: an empty cell at its beginning counts."""
        self.add_pieces([(line.rstrip(), locator)])

    def add_pieces(self, pieces: Sequence[tuple[str, str | None]]) -> None:
        """Add a line that has pieces with locators of their own, unless all are empty."""
        line = "".join(piece for piece, _ in pieces)
        if not line:
            return
        at = self._at
        for piece, locator in pieces:
            if locator is not None and (not self._places or self._places[-1][1] != locator):
                self._places.append((at, locator))
            at += len(piece)
        self._lines.append(line)
        self._at = at + 1

    def text(self, name: str, data: bytes, encoding: str = "utf-8", warnings: Iterable[str] = ()) -> Text:
        """Return what was collected as the Text of the source ``name`` whose bytes are ``data``."""
        text = made(name, "".join(f"{line}\n" for line in self._lines), encoding, data)
        return replace(text, places=tuple(self._places), warnings=tuple(warnings))


def made(name: str, text: str, encoding: str, data: bytes) -> Text:
    """Return the Text; InputError where there is nothing in it."""
    if not text.strip():
        raise InputError("empty, there is no text to read", name)
    return Text(name, text, encoding, hashlib.sha256(data).hexdigest())
