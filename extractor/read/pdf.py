"""Pdf: the text layer of a document to its paragraphs, each character with its page."""

from __future__ import annotations

import ctypes
import math
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING

import pypdfium2
from msgspec import Struct
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
_OCR_PAGES = "recognise their text first, for example: ocrmypdf --redo-ocr --language chi_sim IN OUT.pdf"
_SCAN = 10  # characters a page; a document with fewer is a scan with a stamp
_UNKNOWN = 0.2  # of the characters may be unknown
_OUTLINES = 200  # drawn paths; text whose characters were made into drawings has more
_COVERED = 0.3  # of a page that a scan covers at least; a seal or an emblem covers less
_NO_WIDTH = 0.01  # points; PDFium leaves out narrower pieces of text
_SHOWN = 20  # stretches of pages that a message lists
_TILT = 0.1  # radians by which a line may be askew; watermarks are more so
_SURROGATES = (0xD800, 0xE000)
_PRIVATE = (0xE000, 0xF900)
_NOTHING = (0, 0xFFFD, 0xFFFE, 0xFFFF)


def texts(blob: Blob, _options: Options, _depth: int) -> Iterator[Text]:
    """Yield the text of the document."""
    data = blob.data()
    with _LOCK:
        pages, attached = _pages(data, blob.name)
    _judge([glyph for page in pages for glyph in page.glyphs], len(pages), blob.name)
    lines = Lines()
    for paragraph in paragraphs(without_furniture([lines_of(page.glyphs) for page in pages])):
        lines.add_pieces([(text, f"page {page + 1}") for text, page in paragraph])
    yield lines.text(blob.name, data, warnings=_warnings(pages, attached))


class _Page(Struct, frozen=True):
    """The visible characters of a page, and whether it shows something that has next to none."""

    glyphs: list[Glyph]
    is_picture: bool


def _pages(data: bytes, name: str) -> tuple[list[_Page], int]:
    """Return every page, and how many files are attached to the document."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            message = "a PDF protected by a password; save a copy without it: qpdf --decrypt --password=… IN OUT.pdf"
            raise InputError(message, name) from None
        raise InputError("a damaged PDF; fetch it again, or mend it: qpdf IN OUT.pdf", name) from None
    try:
        return [_page(document, number) for number in range(len(document))], document.count_attachments()
    except pypdfium2.PdfiumError:
        raise InputError("a PDF with a damaged page; fetch it again, or mend it: qpdf IN OUT.pdf", name) from None
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, number: int) -> _Page:
    """Return a page, upright as it is shown."""
    page = document[number]
    _widen(page)
    layer = page.get_textpage()
    try:
        glyphs = _glyphs(layer, page.get_rotation(), number)
        return _Page(glyphs, is_picture=len(glyphs) < _SCAN and _is_picture(page))
    finally:
        layer.close()
        page.close()


def _widen(page: pypdfium2.PdfPage) -> None:
    """Give a width to the pieces of text that have none, for PDFium takes them for nothing.

    Where a font is neither in the document nor in the system, its characters have no shape, and a piece of one such
    character, as the last line of a paragraph may be, no width. A drawn outline is as wide as its stroke.
    """
    for piece in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        raw.FPDFPageObj_GetBounds(piece, *map(ctypes.byref, (left, bottom, right, top)))
        if right.value - left.value < _NO_WIDTH and not raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(piece)):
            raw.FPDFTextObj_SetTextRenderMode(piece, raw.FPDF_TEXTRENDERMODE_STROKE)
            raw.FPDFPageObj_SetStrokeWidth(piece, 1.0)
            raw.FPDFPageObj_Transform(piece, 1, 0, 0, 1, 0, 0)  # moves it nowhere, but measures it again


def _glyphs(layer: pypdfium2.PdfTextPage, turn: int, number: int) -> list[Glyph]:
    """Return the visible characters of the page ``number``, which is shown turned."""
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


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    """Return whether images cover much of a page, or drawings make up what could be its text."""
    images, paths, covered = 0, 0, 0.0
    for one in page.get_objects():
        images += one.type == raw.FPDF_PAGEOBJ_IMAGE
        paths += one.type == raw.FPDF_PAGEOBJ_PATH
        if one.level == 0 and one.type in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):  # a form may hold the image
            left, bottom, right, top = (ctypes.c_float() for _ in range(4))
            raw.FPDFPageObj_GetBounds(one, *map(ctypes.byref, (left, bottom, right, top)))
            covered += (right.value - left.value) * (top.value - bottom.value)
    is_covered = images > 0 and covered >= _COVERED * page.get_width() * page.get_height()
    return is_covered or paths >= _OUTLINES


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


def _judge(glyphs: Sequence[Glyph], pages: int, name: str) -> None:
    """Raise InputError where the text layer is missing or says nothing."""
    if len(glyphs) < _SCAN * pages and len(glyphs) < _SCAN * _SCAN:
        raise InputError(f"a PDF without text, probably a scan; {_OCR}", name)
    if _is_unknown(glyphs):
        raise InputError(f"a PDF whose text layer does not say which characters it shows; {_OCR}", name)


def _is_unknown(glyphs: Sequence[Glyph]) -> bool:
    """Return whether it is not known which characters many of the glyphs are."""
    characters = (glyph.character for glyph in glyphs)
    unknown = sum(one == "\ufffd" or _PRIVATE[0] <= ord(one[0]) < _PRIVATE[1] for one in characters)
    return unknown > _UNKNOWN * len(glyphs)


def _warnings(pages: Sequence[_Page], attached: int) -> Iterator[str]:
    """Yield what of a document was left out, and what to do about it."""
    if pictures := [number for number, page in enumerate(pages, 1) if page.is_picture]:
        yield f"no text on {_numbered(pictures)}, probably scanned; {_OCR_PAGES}"
    if unknown := [number for number, page in enumerate(pages, 1) if _is_unknown(page.glyphs)]:
        yield f"the text layer does not say which characters it shows on {_numbered(unknown)}; {_OCR}"
    if attached:
        yield f"files attached to it were not read ({attached}); take them out: pdfdetach -saveall FILE"


def _numbered(pages: Sequence[int]) -> str:
    """Return how ``pages`` are named, those that follow one another as a stretch.

    >>> _numbered([3]), _numbered([2, 3, 4, 7])
    ('page 3', 'pages 2-4, 7')
    """
    begins = [page for before, page in pairwise([0, *pages]) if page != before + 1 or before == 0]
    ends = [page for page, after in pairwise([*pages, 0]) if after != page + 1]
    stretches = [f"{begin}" if begin == end else f"{begin}-{end}" for begin, end in zip(begins, ends, strict=True)]
    shown = ", ".join(stretches[:_SHOWN]) + (", …" if len(stretches) > _SHOWN else "")
    return f"page{'s' if len(pages) > 1 else ''} {shown}"
