"""Pdf: the text layer of a document to its paragraphs, each character with its page."""

from __future__ import annotations

import ctypes
import math
from threading import Lock
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from extractor.errors import InputError
from extractor.read.columns import Glyph, lines_of
from extractor.read.model import Lines
from extractor.read.paragraphs import paragraphs, without_furniture

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.read.model import Blob, Options, Text

_LOCK = Lock()  # PDFium serves one thread at a time
_OCR = "recognise its text first, for example: ocrmypdf --force-ocr --language chi_sim IN OUT.pdf"
_SCAN = 10  # characters a page; a document with fewer is a scan with a stamp
_UNKNOWN = 0.2  # of the characters may be unknown
_TILT = 0.1  # radians by which a line may be askew; watermarks are more so
_SURROGATES = (0xD800, 0xE000)
_PRIVATE = (0xE000, 0xF900)
_NOTHING = (0, 0xFFFD, 0xFFFE, 0xFFFF)


def texts(blob: Blob, _options: Options, _depth: int) -> Iterator[Text]:
    """Yield the text of the document."""
    data = blob.data()
    with _LOCK:
        pages = _pages(data, blob.name)
    _judge(pages, blob.name)
    lines = Lines()
    for paragraph in paragraphs(without_furniture([lines_of(glyphs) for glyphs in pages])):
        lines.add_pieces([(text, f"page {page + 1}") for text, page in paragraph])
    yield lines.text(blob.name, data)


def _pages(data: bytes, name: str) -> list[list[Glyph]]:
    """Return the glyphs of every page."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            message = "a PDF protected by a password; save a copy without it: qpdf --decrypt --password=… IN OUT.pdf"
            raise InputError(message, name) from None
        raise InputError("a damaged PDF; fetch it again, or mend it: qpdf IN OUT.pdf", name) from None
    try:
        return [_glyphs(document, number) for number in range(len(document))]
    except pypdfium2.PdfiumError:
        raise InputError("a PDF with a damaged page; fetch it again, or mend it: qpdf IN OUT.pdf", name) from None
    finally:
        document.close()


def _glyphs(document: pypdfium2.PdfDocument, number: int) -> list[Glyph]:
    """Return the visible characters of a page, upright as it is shown."""
    page = document[number]
    layer = page.get_textpage()
    try:
        turn = page.get_rotation()
        found = []
        high, spaced = "", False
        for index in range(layer.count_chars()):
            code = raw.FPDFText_GetUnicode(layer, index)
            if _SURROGATES[0] <= code < _SURROGATES[1]:
                high = high + chr(code)
                character = high.encode("utf-16", "surrogatepass").decode("utf-16", "ignore") if len(high) > 1 else ""
            else:
                character = chr(code) if code not in _NOTHING else "\ufffd"
            if not character.strip() or character < " ":
                spaced = spaced or (character.isspace() and raw.FPDFText_IsGenerated(layer, index) == 0)
                continue
            if (place := _place(layer, index, turn)) is not None:
                found.append(Glyph(character, *place, number, spaced))
            high, spaced = "", False
        return found
    finally:
        layer.close()
        page.close()


def _place(layer: pypdfium2.PdfTextPage, index: int, turn: int) -> tuple[float, float, float, float] | None:
    """Return left, right, middle and size of a character; None where it stands askew or nowhere."""
    angle = raw.FPDFText_GetCharAngle(layer, index)
    askew = (angle + math.radians(turn)) % (2 * math.pi)
    if angle >= 0 and min(askew, 2 * math.pi - askew) > _TILT:
        return None
    box = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(layer, index, ctypes.byref(box)):
        return None
    left, right, bottom, top = float(box.left), float(box.right), float(box.bottom), float(box.top)
    if turn == 90:  # noqa: PLR2004 - a page is shown turned by quarters, clockwise
        left, right, bottom, top = bottom, top, -right, -left
    elif turn == 180:  # noqa: PLR2004 - as above
        left, right, bottom, top = -right, -left, -top, -bottom
    elif turn == 270:  # noqa: PLR2004 - as above
        left, right, bottom, top = -top, -bottom, left, right
    if not all(map(math.isfinite, (left, right, bottom, top))) or right < left or top <= bottom:
        return None
    return left, right, (bottom + top) / 2, top - bottom


def _judge(pages: Sequence[Sequence[Glyph]], name: str) -> None:
    """Raise InputError where the text layer is missing or says nothing."""
    glyphs = [glyph.character for page in pages for glyph in page]
    if len(glyphs) < _SCAN * len(pages) and len(glyphs) < _SCAN * _SCAN:
        raise InputError(f"a PDF without text, probably a scan; {_OCR}", name)
    unknown = sum(one == "\ufffd" or _PRIVATE[0] <= ord(one[0]) < _PRIVATE[1] for one in glyphs)
    if unknown > _UNKNOWN * len(glyphs):
        raise InputError(f"a PDF whose text layer does not say which characters it shows; {_OCR}", name)
