"""Decode: bytes exactly to their characters, line ends as they are."""

from __future__ import annotations

import codecs
from itertools import islice

from extractor.errors import InputError, UsageError

_SAMPLE = 20_000  # characters that are looked at to judge a guessed encoding
_PLAUSIBLE = 0.45  # of them, how many must be common: traditional text has 0.6, Big5 misread as GB18030 0.3
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def codec(encoding: str) -> str:
    """Return the standard name of ``encoding``; UsageError for one that is unknown or not for text."""
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)
    except (LookupError, ValueError):
        raise UsageError(f"unknown encoding {encoding!r}; write for example utf-8, gb18030, big5 or utf-16") from None
    return name


def text_of(data: bytes, encoding: str | None, name: str) -> tuple[str, str]:
    """Return the text of ``data`` without byte order mark, and its encoding: the one given, or the one found.

    Without ``encoding`` it is UTF-8, UTF-16 or UTF-32 with a byte order mark, UTF-16 without one where that
    gives Chinese, or GB18030 where that makes sense. Raises InputError where no text comes of it.
    """
    if encoding is not None:
        return _decoded(data, encoding, name).removeprefix("\ufeff"), encoding
    text, used = _detected(data, name)
    text = text.removeprefix("\ufeff")
    if (at := text.find("\x00")) >= 0:
        raise InputError(f"not a text: NUL at character {at}; convert it to text, or name its --encoding", name)
    return text, used


def marked(data: bytes) -> str | None:
    """Return the encoding that a byte order mark names; None where there is none."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        at = getattr(error, "start", 0)
        shown = data[at : at + 1].hex()
        raise InputError(f"not {encoding}: byte {at} (0x{shown}); name another --encoding", name) from None


def _detected(data: bytes, name: str) -> tuple[str, str]:
    """Return the text and the encoding that its bytes speak for."""
    mark = marked(data)
    if mark is not None and mark != "utf-8":
        return _decoded(data, mark, name), mark
    if 0 in data[:_SAMPLE] and (wide := _unmarked(data)) is not None:
        return wide
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


def _unmarked(data: bytes) -> tuple[str, str] | None:
    """Return the text as UTF-16 without a byte order mark, where one of its two orders gives Chinese."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and not text.isascii() and _is_plausible(text):
            return text, encoding
    return None


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
