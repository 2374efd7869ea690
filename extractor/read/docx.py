"""Docx: a Word document to its paragraphs, rows of tables and notes in reading order, changes accepted."""

from __future__ import annotations

import math
import posixpath
import zipfile
from collections import Counter
from typing import TYPE_CHECKING

from lxml import etree

from extractor.errors import InputError
from extractor.read.archive import content
from extractor.read.body import LONG_CELL, Body
from extractor.read.numbering import Numbering
from extractor.read.ooxml import child, children, flag, local, value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.read.model import Blob, Options, Text

_MAIN = "word/document.xml"
# Elements of a paragraph that are no text: deleted, moved away, instructions of fields, properties.
_SILENT = {
    "del", "moveFrom", "instrText", "delText", "delInstrText", "rPr", "pPr", "rt", "rubyPr", "sdtPr", "posOffset",
}  # fmt: skip
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_KINDS = ("footnote", "endnote")
_WIDEST, _DIGITS = 100, 6  # columns that a cell goes over, digits of their number
_LONGEST = 12  # digits of a length in EMU
# Elements that show what lies in another part or another program's format, and what they are.
_FOREIGN = {
    "altChunk": "inserted files", "subDoc": "inserted files", "OLEObject": "embedded objects", "chart": "charts",
    "relIds": "SmartArt",
}  # fmt: skip
_OCR = "save it as PDF and recognise its text, for example: ocrmypdf --redo-ocr --language chi_sim IN.pdf OUT.pdf"
_PAGE = 0.4 * 7_560_000 * 10_692_000  # of a sheet of A4 in EMU; a photo as wide as the text covers less, a scan more
_FORMULAS = ("Equation", "MathType")
_SEPARATORS = {"separator", "continuationSeparator", "continuationNotice"}


def texts(blob: Blob, _options: Options, _depth: int) -> Iterator[Text]:
    """Yield the text of the document."""
    data = blob.data()
    blob.stream.seek(0)
    with zipfile.ZipFile(blob.stream) as archive:
        package = _Package(archive, blob.name)
        main = package.main()
        reader = _Reader(package, posixpath.dirname(main))
        root = package.part(main)
        reader.blocks(root)
    body = reader.finished()
    if body.is_empty and next(root.iter("{*}blip", "{*}imagedata"), None) is not None:
        raise InputError(f"a Word document of images without text; {_OCR}", blob.name)
    yield body.text(blob.name, data, warnings=_warnings(root))


class _Package:
    """The parts of a document file."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive, self._name = archive, name
        self._members = {member.filename.lower(): member for member in archive.infolist()}

    def main(self) -> str:
        """Return the name of the part that holds the document."""
        for relation in children(self.optional("_rels/.rels"), "Relationship"):
            if value(relation, "Type").endswith("/officeDocument"):
                return value(relation, "Target").lstrip("/")
        return _MAIN

    def part(self, path: str) -> etree._Element:
        """Return the root of the part ``path``; InputError where it is missing or damaged."""
        member = self._members.get(path.lower())
        if member is None:
            raise InputError(f"a damaged Word document without {path!r}; save it again", self._name)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            return etree.fromstring(content(self._archive, member, self._name), parser)
        except etree.XMLSyntaxError:
            raise InputError(f"a damaged Word document ({path!r} is no XML); save it again", self._name) from None

    def optional(self, path: str) -> etree._Element | None:
        """Return the root of the part ``path``; None where there is no such part."""
        return self.part(path) if path.lower() in self._members else None


class _Reader:
    """Walks through the body and collects its lines."""

    def __init__(self, package: _Package, folder: str) -> None:
        self._body = Body()
        self._styles = _styles(package.optional(f"{folder}/styles.xml"))
        self._numbering = Numbering(package.optional(f"{folder}/numbering.xml"))
        self._notes = {kind: _notes(package.optional(f"{folder}/{kind}s.xml"), kind) for kind in _KINDS}
        self._numbers = dict.fromkeys(_KINDS, 0)
        self._endnotes: list[etree._Element] = []
        self._carried = ""  # a paragraph whose mark was deleted goes on in the next

    def finished(self) -> Body:
        """Return what was collected, with the endnotes behind it."""
        self._body.paragraph(self._carried)
        for note in self._endnotes:
            self._note("endnote", note)
        return self._body

    def blocks(self, parent: etree._Element) -> None:
        """Add the paragraphs and tables in ``parent``, those inside content controls too."""
        for block in parent:
            name = local(block)
            if name == "p":
                self._paragraph(block)
            elif name == "tbl":
                self._table(block)
            elif name in ("body", "sdt", "sdtContent", "customXml", "ins", "moveTo") and not _is_contents(block):
                self.blocks(block)

    def _paragraph(self, paragraph: etree._Element) -> None:
        text, inside = self._text(paragraph)
        if text is None:
            return
        text = self._carried + text
        properties = child(child(paragraph, "pPr"), "rPr")
        if child(properties, "del") is not None:
            self._carried = text
            return
        self._carried = ""
        self._body.paragraph(text)
        self._attached(inside)

    def _text(self, paragraph: etree._Element) -> tuple[str | None, _Inside]:
        """Return the text of a paragraph with its number, None for one of the table of contents, and what it holds."""
        properties = child(paragraph, "pPr")
        style = value(child(properties, "pStyle"), "val")
        name, listed = self._styles.get(style, ("", None))
        inside = _Inside()
        if name.startswith("toc ") or name == "toc heading":
            return None, inside
        text = "".join(_pieces(paragraph, inside))
        number = child(properties, "numPr")
        label = self._numbering.label(number if number is not None else listed) if text.strip() else ""
        return label + text, inside

    def _attached(self, inside: _Inside) -> None:
        """Add what hangs on a paragraph: text boxes and footnotes; endnotes wait."""
        for box in inside.boxes:
            self.blocks(box)
        for kind, identity in inside.notes:
            note = self._notes[kind].get(identity)
            if note is not None and kind == "endnote":
                self._endnotes.append(note)
            elif note is not None:
                self._note(kind, note)

    def _note(self, kind: str, note: etree._Element) -> None:
        self._numbers[kind] += 1
        for paragraph in note.iter("{*}p"):
            text = "".join(_pieces(paragraph, _Inside()))
            self._body.part(text, f"{kind} {self._numbers[kind]}")

    def _table(self, table: etree._Element) -> None:
        self._body.table()
        for row in _inner(table, "tr"):
            if child(child(row, "trPr"), "del") is not None:
                continue
            found = list(_inner(row, "tc"))
            if len(found) == 1 or any(_size(cell) > LONG_CELL for cell in found):  # lays out text, and tables
                for cell in found:
                    self.blocks(cell)
                continue
            hanging: list[_Inside] = []
            cells: list[Sequence[str]] = []
            for cell in found:
                cells += (self._cell(cell, hanging), *((),) * (_span(cell) - 1))
            self._body.row(cells)
            for inside in hanging:
                self._attached(inside)

    def _cell(self, cell: etree._Element, hanging: list[_Inside]) -> list[str]:
        """Return the paragraphs of a cell, those of tables inside it too; none where it goes on from the row above."""
        merged = child(child(cell, "tcPr"), "vMerge")
        if merged is not None and value(merged, "val") in ("", "continue"):
            return []
        found: list[str] = []
        for paragraph in cell.iter("{*}p"):
            if any(local(above) == "txbxContent" for above in paragraph.iterancestors()):
                continue
            text, inside = self._text(paragraph)
            if text:
                found.append(text)
            hanging.append(inside)
        return found


class _Inside:
    """What a paragraph holds beside its words."""

    def __init__(self) -> None:
        self.boxes: list[etree._Element] = []
        self.notes: list[tuple[str, str]] = []


def _pieces(parent: etree._Element, inside: _Inside) -> Iterator[str]:
    """Yield the words in ``parent``; text boxes and references to notes go to ``inside``."""
    for element in parent:
        name = local(element)
        if name == "t":
            yield (element.text or "").replace("\n", " ")  # a break in the file is none in the text
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name in ("footnoteReference", "endnoteReference"):
            inside.notes.append((name.removesuffix("Reference"), value(element, "id")))
        elif name == "txbxContent":
            inside.boxes.append(element)
        elif name == "AlternateContent":  # the same twice, for new and for old programs
            yield from _pieces(element[0], inside) if len(element) else ()
        elif name not in _SILENT and not (name == "r" and flag(child(element, "rPr"), "vanish")):
            yield from _pieces(element, inside)


def _span(cell: etree._Element) -> int:
    """Return over how many columns a cell goes."""
    number = value(child(child(cell, "tcPr"), "gridSpan"), "val")
    return max(1, min(int(number), _WIDEST)) if number.isascii() and number.isdecimal() and len(number) < _DIGITS else 1


def _size(cell: etree._Element) -> int:
    return sum(len(text.text or "") for text in cell.iter("{*}t"))


def _inner(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, those inside content controls too."""
    for element in parent:
        if local(element) == name:
            yield element
        elif local(element) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _inner(element, name)


def _is_contents(control: etree._Element) -> bool:
    """Return whether a content control holds the table of contents, which repeats the headings."""
    gallery = child(child(child(control, "sdtPr"), "docPartObj"), "docPartGallery")
    return value(gallery, "val") == "Table of Contents"


def _styles(root: etree._Element | None) -> dict[str, tuple[str, etree._Element | None]]:
    """Return for each style its name and how it numbers paragraphs, by itself or as the style it is based on."""
    styles = {value(style, "styleId"): style for style in children(root, "style")}
    found: dict[str, tuple[str, etree._Element | None]] = {}
    for identity, style in styles.items():
        number, seen, above = None, {identity}, style
        while number is None:
            number = child(child(above, "pPr"), "numPr")
            base = value(child(above, "basedOn"), "val")
            if base in seen or base not in styles:
                break
            seen.add(base)
            above = styles[base]
        found[identity] = (value(child(style, "name"), "val").lower(), number)
    return found


def _notes(root: etree._Element | None, kind: str) -> dict[str, etree._Element]:
    return {value(note, "id"): note for note in children(root, kind) if value(note, "type") not in _SEPARATORS}


def _warnings(root: etree._Element) -> Iterator[str]:
    """Yield what the document shows that is not read, and what to do about it."""
    found = Counter(
        _FOREIGN[local(element)]
        for element in root.iter(*(f"{{*}}{name}" for name in _FOREIGN))
        if not value(element, "ProgID").startswith(_FORMULAS)
    )
    if found:
        counted = ", ".join(f"{what} ({number})" for what, number in found.items())
        yield f"not read: {counted}; read what it looks like: soffice --headless --convert-to pdf FILE"
    if scans := sum(map(_is_scan, root.iter("{*}drawing"))):
        yield f"not read: images of the size of a page, probably scans ({scans}); {_OCR}"


def _is_scan(drawing: etree._Element) -> bool:
    """Return whether a drawing is an image that covers much of a page."""
    sides = [value(next(drawing.iter("{*}extent"), None), side) for side in ("cx", "cy")]
    if next(drawing.iter("{*}blip"), None) is None or not all(side.isascii() and side.isdecimal() for side in sides):
        return False
    return math.prod(int(side[:_LONGEST]) for side in sides) >= _PAGE
