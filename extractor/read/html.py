"""Html: a web page to the lines of its main text, navigation and furniture left out, tables as rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree
from lxml import html as parser

from extractor.errors import InputError, UsageError
from extractor.read.body import Body, lays_out
from extractor.read.decode import codec, marked, text_of
from extractor.read.furniture import main_part, remove_furniture, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.read.model import Blob, Options, Text

_CHARSET = re.compile(
    rb"""<meta\b [^>]{0,300}? \bcharset \s*=\s* ["']?\s* ([\w.:-]{2,40})
    | <\?xml [^>]{0,99} encoding=["'] ([\w.:-]{2,40})""",
    re.IGNORECASE | re.VERBOSE,
)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030"}  # what pages say that are written with more characters
_HEAD = 8192  # bytes in which a page states its encoding
_STRAYS = 500  # one undecodable byte in so many characters is a blemish, more is another encoding
# Elements that stand in a line; all others begin one.
_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr", "o:p", "st1:chsdate", "ruby", "rb",
}  # fmt: skip
_FRAMES = {"iframe": "src", "frame": "src", "embed": "src", "object": "data"}
_DOCUMENT = re.compile(r"[^/?#=&]+\.(?:pdf|docx?|wps|ofd|xlsx?)\b", re.IGNORECASE)  # its name in an address
_BLANKS = re.compile(r" {2,}")
_WIDEST = 100  # columns or rows that a cell goes over
_DIGITS = 6  # of a number of them
_GAPS = re.compile(r" {2,}")  # between columns that are aligned by blanks
_BREAKS = re.compile(r"[ \t\r\n\f]+")


def texts(blob: Blob, options: Options, _depth: int) -> Iterator[Text]:
    """Yield the text of the page."""
    data = blob.data()
    source, encoding = _decoded(data, options.encoding, blob.name)
    page = _page(source, blob.name)
    title, warnings = title_of(page), tuple(_warnings(page))
    remove_furniture(page)
    body = Body()
    part = main_part(page, title)
    if part.title is not None:
        body.paragraph(part.title)
    _Walk(body).through(part.root)
    if body.is_empty:
        raise InputError("a web page without text; if a script draws it, save it from a browser as PDF", blob.name)
    yield body.text(blob.name, data, encoding, warnings)


def _warnings(page: parser.HtmlElement) -> Iterator[str]:
    """Yield which documents the page shows in frames, as they are files of their own."""
    for element in page.iter(*_FRAMES):
        if match := _DOCUMENT.search(element.get(_FRAMES[element.tag], "")):
            yield f"shows {match[0]!r} in a frame, which is not read; save that file and read it too"


def _decoded(data: bytes, given: str | None, name: str) -> tuple[str, str]:
    """Return the text of the page and its encoding: the one given, marked, found, or else the one that it states."""
    stated = _stated(data)
    if given is not None or marked(data) or stated is None:
        return text_of(data, given, name)
    try:
        return data.decode(stated), stated
    except UnicodeDecodeError:
        pass
    try:
        return text_of(data, None, name)
    except InputError:
        text = data.decode(stated, errors="replace")
        if text.count("\ufffd") * _STRAYS > len(text):
            raise
        return text, stated


def _stated(data: bytes) -> str | None:
    match = _CHARSET.search(data[:_HEAD])
    if match is None:
        return None
    name = (match[1] or match[2]).decode("ascii", errors="replace").lower()
    try:
        return codec(_WIDER.get(name, name))
    except UsageError:
        return None


def _page(source: str, name: str) -> parser.HtmlElement:
    source = _DECLARATION.sub("", source.replace("\x00", ""), count=1)
    try:
        reader = parser.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
        return parser.document_fromstring(source, parser=reader)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise InputError("a web page without content; save it again with its text", name) from None


class _Walk:
    """Goes through a part of a page and adds its lines to a body."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._line: list[str] = []

    def through(self, root: etree._Element) -> None:
        """Add all lines in ``root``; without recursion, as pages may be nested as deeply as they like."""
        skipped: etree._Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if skipped is not None:
                skipped = None if event == "end" and element is skipped else skipped
            elif event == "start" and element.tag == "table" and _is_grid(element):
                self._break()
                self._table(element)
                skipped = element
            elif event == "start":
                self._begin(element)
            if event == "end" and skipped is None:
                self._finish(element, tail=element is not root)
        self._break()

    def _begin(self, element: etree._Element) -> None:
        if element.tag == "br":
            self._line.append("\n")
        elif element.tag not in _INLINE:
            self._break()
        self._line.append(_words(element.text, element))

    def _finish(self, element: etree._Element, *, tail: bool) -> None:
        if element.tag not in _INLINE and element.tag != "br":
            self._break()
        if tail:
            self._line.append(_words(element.tail, element.getparent()))

    def _break(self) -> None:
        """End the paragraph."""
        text = "".join(self._line)
        self._line = []
        self._body.paragraph("\n".join(line.strip(" ") for line in _BLANKS.sub(" ", text).split("\n")))

    def _table(self, table: etree._Element) -> None:
        self._body.table()
        reaching: dict[int, int] = {}  # columns into which a cell reaches from above, and how many rows on
        for row in table.iter("tr"):
            cells: list[Sequence[str]] = []
            for cell in row:
                if cell.tag in ("td", "th"):
                    _skip(cells, reaching)
                    width, height = _span(cell, "colspan"), _span(cell, "rowspan")
                    for _ in range(width):
                        if height > 1:
                            reaching[len(cells)] = height - 1
                        cells.append(())
                    cells[-width] = [_cell(cell)]
            _skip(cells, reaching)
            self._body.row(cells)


def _skip(cells: list[Sequence[str]], reaching: dict[int, int]) -> None:
    """Leave the next cells empty as long as one from above reaches into them."""
    while left := reaching.pop(len(cells), 0):
        if left > 1:
            reaching[len(cells)] = left - 1
        cells.append(())


def _span(cell: etree._Element, name: str) -> int:
    """Return over how many columns or rows a cell goes."""
    number = str(cell.get(name, "")).strip()
    return max(1, min(int(number), _WIDEST)) if number.isascii() and number.isdecimal() and len(number) < _DIGITS else 1


def _is_grid(table: etree._Element) -> bool:
    """Return whether a table holds data: cells in rows, none of them long, no table inside."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [[[_cell(cell)] for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    return any(len(row) > 1 for row in rows) and not any(len(row) > 1 and lays_out(row) for row in rows)


def _cell(cell: etree._Element) -> str:
    return " ".join("".join(_strings(cell)).split())


def _strings(cell: etree._Element) -> Iterator[str]:
    """Yield the words in a cell, a blank for each border of a block."""
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if element.tag not in _INLINE:
            yield " "
        if event == "start":
            yield element.text or ""
        elif element is not cell:
            yield element.tail or ""


def _words(text: str | None, parent: etree._Element | None) -> str:
    """Return ``text`` with line ends as blanks, as a browser shows it, unless it is preformatted."""
    if not text:
        return ""
    if parent is not None and parent.tag == "pre":
        return _GAPS.sub("\t", text)
    return _BREAKS.sub(" ", text)
