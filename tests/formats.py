"""Formats: one report written as every kind of file that can be read, so that what is read can be compared."""

from __future__ import annotations

import io
import json
import re
import zipfile
from html import escape

from docx import Document
from PIL import Image
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table

FONT = "STSong-Light"  # known to every PDF reader, so it need not be in the file
_BODY = ParagraphStyle("body", fontName=FONT, fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK", alignment=4)
_APART = ParagraphStyle("apart", parent=_BODY, firstLineIndent=0, spaceAfter=12)
_TITLE = ParagraphStyle("title", fontName=FONT, fontSize=20, leading=28, wordWrap="CJK", alignment=1)
_PAGE = """<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{title}_某县人民政府网</title><style>p {{ color: red }}</style>
<script>var total = "2019年共12件";</script></head>
<body><div class="nav"><a href="/">首页</a><a href="/xxgk">2018年政务公开</a><a href="/hd">互动</a></div>
<div class="main"><h1>{title}</h1><div id="zoom">{body}</div></div>
<ul><li><a href="1">2017年工作报告</a></li><li><a href="2">2016年12件实事</a></li><li><a href="3">下载</a></li></ul>
<div class="footer">版权所有：某县人民政府办公室 2015年</div></body></html>
"""


def blocks(text: str) -> list[str | list[list[str]]]:
    """Return the lines of a text that are not blank, those whose cells are aligned by blanks as tables."""
    found: list[str | list[list[str]]] = []
    for line in (line.strip() for line in text.splitlines() if line.strip()):
        cells = re.split(r" {2,}", line)
        if len(cells) == 1:
            found.append(line)
        elif found and isinstance(found[-1], list):
            found[-1].append(cells)
        else:
            found.append([cells])
    return found


def as_markdown(text: str) -> bytes:
    """Return the report with its first line as a heading."""
    title, *rest = blocks(text)
    return "\n\n".join([f"# {title}", *(one if isinstance(one, str) else _piped(one) for one in rest)]).encode()


def _piped(rows: list[list[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def as_html(text: str, charset: str = "utf-8") -> bytes:
    """Return the report as a page with what pages have around their text."""
    title, *rest = blocks(text)
    body = "\n".join(
        f"<p>&nbsp;&nbsp;<span>{escape(one)}</span></p>" if isinstance(one, str) else _tagged(one) for one in rest
    )
    return _PAGE.format(charset=charset, title=title, body=body).encode(charset)


def _tagged(rows: list[list[str]]) -> str:
    lines = ("".join(f"<td>\n<p>{escape(cell)}</p></td>" for cell in row) for row in rows)
    return f"<table><tbody>{''.join(f'<tr>{line}</tr>' for line in lines)}</tbody></table>"


def as_docx(text: str) -> bytes:
    """Return the report as a Word document with a header and a footer."""
    document = Document()
    title, *rest = blocks(text)
    document.add_heading(str(title), 0)
    for one in rest:
        if isinstance(one, str):
            document.add_paragraph(one)
            continue
        table = document.add_table(len(one), len(one[0]))
        for row, cells in enumerate(one):
            for column, cell in enumerate(cells):
                table.cell(row, column).text = cell
    document.sections[0].header.paragraphs[0].text = "2019年第12期"
    document.sections[0].footer.paragraphs[0].text = "共12页"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def as_pdf(text: str, columns: int = 1, copies: int = 1, *, indent: bool = True) -> bytes:
    """Return the report as a PDF with running heads and page numbers, in columns, paragraphs indented or apart."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = io.BytesIO()
    document = BaseDocTemplate(file)
    width, height = document.pagesize
    step = (width - 100) / columns
    frames = [Frame(50 + step * column, 50, step - 20, height - 110) for column in range(columns)]
    document.addPageTemplates(PageTemplate(frames=frames, onPage=_furnish))
    title, *rest = blocks(text)
    grid = [("FONT", (0, 0), (-1, -1), FONT, 11)]
    style = _BODY if indent else _APART
    flow = [
        Paragraph(escape(one), style) if isinstance(one, str) else Table(one, style=grid, colWidths=[80, 45, 45, 45])
        for one in rest * copies
    ]
    document.build([Paragraph(escape(str(title)), _TITLE), *flow])
    return file.getvalue()


def _furnish(canvas: object, document: object) -> None:
    canvas.setFont(FONT, 9)  # type: ignore[attr-defined]  # reportlab has no types
    canvas.drawString(60, 815, "2019年工作报告汇编")  # type: ignore[attr-defined]  # as above
    canvas.drawCentredString(300, 25, f"— {document.page} —")  # type: ignore[attr-defined]  # as above


def scanned_in_part(text: str) -> bytes:
    """Return a PDF of the report with a page behind it that is an image."""
    file = io.BytesIO()
    paper = Canvas(file)
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    paper.setFont(FONT, 12)
    for row, line in enumerate(text.splitlines()):
        paper.drawString(72, 700 - 30 * row, line)
    paper.showPage()
    draw_scan(paper, 1)
    paper.save()
    return file.getvalue()


def draw_scan(paper: Canvas, share: float) -> None:
    """Draw an image over the ``share`` of the height and of the width of a page."""
    width, height = paper._pagesize  # noqa: SLF001 - nothing else tells it
    paper.drawImage(ImageReader(Image.new("L", (2, 3), 200)), 0, 0, width * share, height * share)


def as_zip(**members: bytes) -> bytes:
    """Return an archive of files, ``__`` in a name for ``/`` and ``_`` for a dot."""
    return zipped({name.replace("__", "/").replace("_", "."): data for name, data in members.items()})


def zipped(members: dict[str, bytes]) -> bytes:
    """Return an archive of files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def as_csv(text: str) -> bytes:
    """Return a table with the report in the second column of its one row."""
    quoted = text.replace('"', '""')
    return f'id,正文\r\n1,"{quoted}"\r\n'.encode()


def as_jsonl(text: str) -> bytes:
    """Return a line of JSON with the report under ``text``."""
    return json.dumps({"id": 1, "text": text}, ensure_ascii=False).encode() + b"\n"
