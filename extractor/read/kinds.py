"""Kinds: what a file is, told by its first bytes and only then by its name, and a line for what cannot be read."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

from extractor.errors import InputError
from extractor.read.decode import marked
from extractor.read.model import HEAD

if TYPE_CHECKING:
    from extractor.read.model import Blob, Options

Kind = Literal["text", "markdown", "html", "docx", "pdf", "csv", "jsonl", "json", "zip"]

_NAMES: dict[str, Kind] = {
    ".md": "markdown", ".markdown": "markdown", ".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".json": "json",
    ".html": "html", ".htm": "html", ".shtml": "html", ".xhtml": "html",
}  # fmt: skip
_LONG_LINE = 10_000  # characters; a JSON line may be longer than what is looked at
_OFFICE = "convert it first: soffice --headless --convert-to docx FILE"
_OCR = "recognise its text first, for example: ocrmypdf --language chi_sim IN OUT.pdf"
_UNPACK = "unpack it first"
# What a file begins with, what it is, what to do about it.
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "an RTF document", _OFFICE),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"\x89PNG", "a PNG image", _OCR),
    (b"\xff\xd8\xff", "a JPEG image", _OCR),
    (b"GIF8", "a GIF image", _OCR),
    (b"II*\x00", "a TIFF image", _OCR),
    (b"MM\x00*", "a TIFF image", _OCR),
    (b"BM", "a BMP image", _OCR),
)
_BINARY_ONLY = {b"BM", b"BZh", b"GIF8"}  # letters that a text may begin with
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams inside an old Office file, as its directory spells them.
_STREAMS = (
    ("EncryptedPackage", "an Office document protected by a password", "open it, remove the password, save it again"),
    ("WordDocument", "an old Word or WPS document (doc, wps)", _OFFICE),
    ("PowerPoint Document", "an old presentation (ppt)", "convert it first: soffice --headless --convert-to pdf FILE"),
    ("Workbook", "an old Excel workbook (xls)", "save its sheet as CSV"),
    ("Book", "an old Excel workbook (xls)", "save its sheet as CSV"),
)
# Members that tell what a zip file is.
_MEMBERS = (
    ("xl/workbook.xml", "an Excel workbook (xlsx)", "save its sheet as CSV"),
    ("ppt/presentation.xml", "a presentation (pptx)", "convert it first: soffice --headless --convert-to pdf FILE"),
    ("OFD.xml", "an OFD document", "save it as PDF or Word with an OFD reader first"),
    ("META-INF/container.xml", "an EPUB book", "convert it to HTML or text first"),
    ("content.xml", "an OpenDocument file (odt)", _OFFICE),
)


def kind_of(blob: Blob, options: Options) -> Kind:
    """Return what ``blob`` is to be read as; InputError, what it is and what to do, where it cannot be read."""
    head = blob.head
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(_OLE):
        _refuse_office(blob)
    for magic, what, remedy in _REFUSED:
        if head.startswith(magic) and not (magic in _BINARY_ONLY and b"\x00" not in head):
            raise InputError(f"{what}; {remedy}", blob.name)
    if head[257:262] == b"ustar":
        raise InputError(f"a tar archive; {_UNPACK}", blob.name)
    return _text_kind(blob, options)


def member_kind(names: frozenset[str], name: str) -> Kind:
    """Return whether a zip file with the members ``names`` is a Word document or an archive; InputError for others."""
    if "[Content_Types].xml" in names and any(member.startswith("word/document") for member in names):
        return "docx"
    for member, what, remedy in _MEMBERS:
        if member in names and (member != "content.xml" or "mimetype" in names):
            raise InputError(f"{what}; {remedy}", name)
    return "zip"


def _refuse_office(blob: Blob) -> None:
    data = blob.data()
    for stream, what, remedy in _STREAMS:
        if stream.encode("utf-16-le") in data:
            raise InputError(f"{what}; {remedy}", blob.name)
    raise InputError(f"an old Office document; {_OFFICE}", blob.name)


def _text_kind(blob: Blob, options: Options) -> Kind:
    """Return the kind of a file of characters: by how its text begins, else by its name."""
    begin = blob.head.decode(options.encoding or marked(blob.head) or "utf-8", errors="replace").lstrip("\ufeff \t\r\n")
    small = begin[:4096].lower()
    if small.startswith(("<!doctype html", "<html")) or (small.startswith(("<?xml", "<!--")) and "<html" in small):
        return "html"
    if small.startswith(("<?xml", "<?mso")) and ("mso-application" in small or "office:document" in small):
        raise InputError(f"an Office document in XML; {_OFFICE}", blob.name)
    if small.startswith(("mime-version:", "from: <")) and "multipart/related" in small:
        raise InputError("a saved web page (mht); save it as HTML", blob.name)
    named = _NAMES.get(PurePath(blob.name).suffix.lower(), "text")
    if named == "html" and "<" not in begin:
        return "text"
    if named in ("text", "csv", "json") and _is_object(begin):
        return "jsonl"
    if named in ("text", "json"):
        is_json = _is_json(begin, is_named=named == "json", is_whole=len(blob.head) < HEAD)
        named = "json" if is_json else "text"
    if named == "text" and options.text_field is not None and _has_column(begin, options.text_field):
        return "csv"
    return named


def _is_object(begin: str) -> bool:
    """Return whether the first line is a JSON object."""
    if not begin.startswith('{"'):
        return False
    line, ended, _ = begin.partition("\n")
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return not ended and len(begin) > _LONG_LINE  # a first line longer than what was looked at


def _is_json(begin: str, *, is_named: bool, is_whole: bool) -> bool:
    """Return whether a text is JSON and not only one that begins like it, which its name may say."""
    if is_named and begin.startswith(("[", "{")):
        return True  # be it damaged
    if not is_whole:
        return "".join(begin[:_LONG_LINE].split()).startswith(('[{"', '{"'))
    try:
        found = json.loads(begin)
    except (ValueError, RecursionError):
        return False
    return is_named or isinstance(found[0] if found and isinstance(found, list) else found, dict)


def _has_column(begin: str, column: str) -> bool:
    """Return whether the first line is a table's header that names ``column``."""
    first = begin.partition("\n")[0].strip("\r")
    return any(column in (cell.strip('" ') for cell in first.split(sign)) for sign in ",\t;")
