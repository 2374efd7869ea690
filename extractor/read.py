"""Read: a file or standard input to its text, bytes decoded exactly, line ends as they are."""

from __future__ import annotations

import codecs
import hashlib
import sys
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from extractor.errors import InputError, UsageError

STDIN = "-"
_SAMPLE = 20_000  # characters that are looked at to judge a guessed encoding
_PLAUSIBLE = 0.45  # of them, how many must be common: traditional text has 0.6, Big5 misread as GB18030 0.3
_FORMATS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an Office document (docx, xlsx)"),
    (b"\xd0\xcf\x11\xe0", "an Office document (doc, xls)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
)


@dataclass(frozen=True, slots=True)
class Text:
    """A source as read: its name as given, its text without byte order mark, and what is known of its bytes."""

    name: str
    text: str
    encoding: str
    sha256: str


def read(name: str, encoding: str | None = None) -> Text:
    """Return the text of the file ``name``, or of standard input for ``-``.

    Without ``encoding`` it is UTF-8, UTF-16 with a byte order mark, or GB18030 where that makes sense.

    Raises InputError for a source that cannot be read or decoded, UsageError for an unknown ``encoding``.
    """
    known = None if encoding is None else codec(encoding)
    data = _bytes_of(name)
    text, used = _detected(data, name) if known is None else (_decoded(data, known, name), known)
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise InputError("empty, there is no text to read", name)
    if known is None and (at := text.find("\x00")) >= 0:
        raise InputError(f"not a text: NUL at character {at}; convert it to text, or name its --encoding", name)
    return Text(name, text, used, hashlib.sha256(data).hexdigest())


def codec(encoding: str) -> str:
    """Return the standard name of ``encoding``; UsageError for one that is unknown or not for text."""
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except (LookupError, ValueError):
        raise UsageError(f"unknown encoding {encoding!r}; write for example utf-8, gb18030, big5 or utf-16") from None
    return name


def _bytes_of(name: str) -> bytes:
    try:
        data = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    except FileNotFoundError:
        raise InputError("no such file; check the path", name) from None
    except IsADirectoryError:
        raise InputError("a directory; name the files in it", name) from None
    except PermissionError:
        raise InputError("no permission to read it", name) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise InputError(f"cannot be read: {getattr(error, 'strerror', None) or error}", name) from None
    for magic, what in _FORMATS:
        if data.startswith(magic):
            raise InputError(f"{what}, not a text; convert it to text first", name)
    return data


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        at = getattr(error, "start", 0)
        shown = data[at : at + 1].hex()
        raise InputError(f"not {encoding}: byte {at} (0x{shown}); name another --encoding", name) from None


def _detected(data: bytes, name: str) -> tuple[str, str]:
    """Return the text and the encoding that its bytes speak for."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(data, "utf-16", name), "utf-16"
    try:
        return data.decode(), "utf-8"
    except UnicodeDecodeError as error:
        at = error.start
    if (nul := data.find(0)) >= 0:
        raise InputError(f"not a text: NUL at byte {nul}; convert it to text, or name its --encoding", name)
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if _is_plausible(text):
        return text, "gb18030"
    raise InputError(f"neither UTF-8 (byte {at}) nor plausible GB18030; name its --encoding, for example big5", name)


def _is_plausible(text: str) -> bool:
    """Return whether the characters beyond ASCII are mostly those that Chinese text has.

    Almost any bytes can be decoded as GB18030, but then to characters hardly anyone uses. GB 2312 keeps its
    punctuation in rows 1 to 3 and the 3755 characters of everyday use in rows 16 to 55.
    """
    beyond = islice((character for character in text if not character.isascii()), _SAMPLE)
    codes = [character.encode("gb18030") for character in beyond]
    common = sum(
        len(code) == 2 and code[1] >= 0xA1 and (0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7)  # noqa: PLR2004 - rows of GB 2312
        for code in codes
    )
    return common >= _PLAUSIBLE * max(len(codes), 1)
