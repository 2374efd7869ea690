"""Documents: what web pages, Word files, PDFs and Markdown hold beside plain paragraphs."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import formats
import pypdfium2
import pytest
from docx import Document
from docx.shared import Cm
from PIL import Image
from reportlab.pdfgen import canvas

from extractor.errors import InputError
from extractor.read import read
from extractor.read.numbering import written

if TYPE_CHECKING:
    from collections.abc import Callable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES = "[Content_Types].xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def lines(data: bytes) -> list[str]:
    """Return the lines of a file."""
    return read(data).text.splitlines()


def located(data: bytes) -> list[tuple[str | None, str]]:
    """Return the lines of a file, each with its locator."""
    source = read(data)
    return [(source.locate(match.start()), match[0]) for match in re.finditer(r".+", source.text)]


def word(body: str, **parts: str) -> bytes:
    """Return a Word document with the body and the other parts as given, without their wrapping."""
    file = io.BytesIO()
    document = Document()
    document.save(file)
    members = {}
    with zipfile.ZipFile(file) as packed:
        for name in packed.namelist():
            members[name] = packed.read(name)
    roots = {"document": "document", "footnotes": "footnotes", "endnotes": "endnotes", "numbering": "numbering"}
    inner = {"document": f"<w:body>{body}</w:body>", **parts}
    for part, content in inner.items():
        root = roots[part]
        members[f"word/{part}.xml"] = f'<w:{root} xmlns:w="{W}" xmlns:mc="x" xmlns:v="y">{content}</w:{root}>'.encode()
    return formats.zipped(members)


def run(text: str) -> str:
    """Return a stretch of a paragraph of Word."""
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(text: str, properties: str = "") -> str:
    """Return a paragraph of Word."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


CONTENTS = (
    '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    f"<w:sdtContent>{paragraph('一、工作情况 3')}</w:sdtContent></w:sdt>"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<w:p>{run('收到')}{run('105件')}{run('of' + chr(10) + 'all')}</w:p>", ["收到105件of all"]),
        ("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>105件</w:t><w:br/><w:t>乙</w:t></w:r></w:p>", ["甲\t105件", "乙"]),
        (f"<w:p><w:ins>{run('新的')}</w:ins><w:del><w:r><w:delText>旧的</w:delText></w:r></w:del></w:p>", ["新的"]),
        (f"<w:p><w:moveFrom>{run('甲')}</w:moveFrom><w:moveTo>{run('乙')}</w:moveTo></w:p>", ["乙"]),
        (paragraph("一半", "<w:rPr><w:del/></w:rPr>") + paragraph("另一半"), ["一半另一半"]),
        (f"<w:p><w:hyperlink>{run('网站')}</w:hyperlink><w:r><w:instrText>PAGE 3</w:instrText></w:r></w:p>", ["网站"]),
        (f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r>{run('看得见')}</w:p>", ["看得见"]),
        ("<w:sdt><w:sdtContent>" + paragraph("表单") + "</w:sdtContent></w:sdt>", ["表单"]),
        (CONTENTS + paragraph("一、工作情况"), ["一、工作情况"]),
        (
            "<w:p><w:r><w:t>正文</w:t><mc:AlternateContent><mc:Choice><w:txbxContent>"
            + paragraph("框")
            + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
            + paragraph("框")
            + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            ["正文", "框"],
        ),
        (f"<w:p><w:ruby><w:rt>{run('gan')}</w:rt><w:rubyBase>{run('赣')}</w:rubyBase></w:ruby></w:p>", ["赣"]),
    ],
)  # fmt: skip
def test_word_shows_what_is_read(body: str, expected: list[str]) -> None:
    """Changes accepted, fields shown, text boxes once, neither hidden text nor the table of contents."""
    assert lines(word(body)) == expected


def test_tables_of_word_are_rows() -> None:
    """Tabs between cells; one that goes on from the row above is empty; a table of one cell is a frame."""
    cell = "<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>".format
    merged = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        cell("", paragraph("单位")) + cell("", paragraph("收到") + paragraph("（件）")),
        cell(merged[0], paragraph("甲县")) + cell("", paragraph("105")),
        cell(merged[1], paragraph("")) + cell("", paragraph("39")),
    ]
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    small = "<w:tbl><w:tr>" + cell("", paragraph("乙县")) + cell("", paragraph("3")) + "</w:tr></w:tbl>"
    frame = "<w:tbl><w:tr>" + cell("", paragraph("框内一") + small + paragraph("框内二")) + "</w:tr></w:tbl>"
    assert located(word(paragraph("前") + table + frame + paragraph("后"))) == [
        ("paragraph 1", "前"),
        ("table 1 row 1", "单位\t收到 （件）"),
        ("table 1 row 2", "甲县\t105"),
        ("table 1 row 3", "\t39"),
        ("paragraph 2", "框内一"),
        ("table 3 row 1", "乙县\t3"),
        ("paragraph 3", "框内二"),
        ("paragraph 4", "后"),
    ]


def test_notes_stand_where_they_are_read() -> None:
    """A footnote behind its paragraph, an endnote behind all; separators are none."""
    reference = '<w:p><w:r><w:t>{0}</w:t></w:r><w:r><w:{1}Reference w:id="2"/></w:r></w:p>'.format
    note = '<w:{0} w:id="0" w:type="separator">{1}</w:{0}><w:{0} w:id="2">{2}</w:{0}>'.format
    data = word(
        reference("甲", "footnote") + reference("乙", "endnote") + paragraph("丙"),
        footnotes=note("footnote", paragraph("—"), paragraph("脚注")),
        endnotes=note("endnote", paragraph("—"), paragraph("尾注")),
    )
    assert located(data) == [
        ("paragraph 1", "甲"),
        ("footnote 1", "脚注"),
        ("paragraph 2", "乙"),
        ("paragraph 3", "丙"),
        ("endnote 1", "尾注"),
    ]


def test_numbers_that_word_shows_are_text() -> None:
    """Levels count on and begin anew; a bullet is none; a list may begin where it likes."""
    level = '<w:lvl w:ilvl="{0}"><w:start w:val="1"/><w:numFmt w:val="{1}"/>{3}<w:lvlText w:val="{2}"/></w:lvl>'.format
    levels = [
        level(0, "chineseCounting", "第%1章", ""),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        level(2, "bullet", "•", ""),
        level(3, "decimal", "%1-%4", ""),
    ]
    numbering = (
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="20"/></w:lvlOverride></w:num>'
    )
    numbered = '<w:numPr><w:ilvl w:val="{1}"/><w:numId w:val="{0}"/></w:numPr>'.format
    steps = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 3), (1, 0), (1, 1), (2, 0), (2, 0), (9, 0)]
    body = "".join(paragraph("甲", numbered(*step)) for step in steps)
    assert lines(word(body, numbering=numbering)) == [
        "第一章 甲", "1.1 甲", "1.2 甲", "甲", "一-1 甲", "第二章 甲", "2.1 甲", "第二十章 甲", "第二十一章 甲", "甲",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "spellings"),
    [
        ("chineseCounting", {10: "十", 12: "十二", 20: "二十", 105: "一百零五", 110: "一百一十", 1005: "一千零五"}),
        ("decimal", {3: "3"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("ideographDigital", {20: "二〇"}),
        ("upperRoman", {4: "IV", 1999: "MCMXCIX"}),
        ("lowerLetter", {1: "a", 27: "aa"}),
        ("somethingNew", {5: "5"}),
    ],
)  # fmt: skip
def test_numbers_have_the_form_of_their_list(form: str, spellings: dict[int, str]) -> None:
    """What we do not know is written in digits."""
    assert {number: written(number, form) for number in spellings} == spellings


def page(body: str, head: str = "") -> bytes:
    """Return a web page."""
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


ARTICLE = "<p>2022年，全县收到行政复议申请105件，受理39件。</p><p>二是加强培训，举办法制讲座4期，培训干部86人次。</p>"
SENTENCES = ["2022年，全县收到行政复议申请105件，受理39件。", "二是加强培训，举办法制讲座4期，培训干部86人次。"]
MENU = "".join(f'<li><a href="{number}">201{number}年工作报告</a></li>' for number in range(8))


@pytest.mark.parametrize(
    "body",
    [
        f"{ARTICLE}<script>var a = '12件'</script><style>p{{}}</style><noscript>请打开脚本3次</noscript>",
        f"<nav>首页 3条</nav>{ARTICLE}<footer>版权 2015年</footer>",
        f'<div id="header">某网 2条</div>{ARTICLE}<div class="page-footer">版权 2015年</div>',
        f"<ul>{MENU}</ul>{ARTICLE}<div><ul>{MENU}</ul></div>",
        f'<div role="navigation">首页 3条</div>{ARTICLE}<p hidden>看不见2件</p><p style="display:none">看不见3件</p>',
        f'{ARTICLE}<div><p>主办：某县人民政府 2015年</p><a href="https://beian.example/">备案</a></div>',
        f'<div>旁边的话3条</div><div class="TRS_Editor">{ARTICLE}</div><div>下面的话4条</div>',
        f"<form><table><tr><td>{ARTICLE}</td></tr></table></form>",
        f"<!-- 12件 -->{ARTICLE}<button>打印3份</button><select><option>2016年</option></select>",
        "<div>" * 600 + ARTICLE + "</div>" * 600,
    ],
)
def test_a_page_is_its_main_text(body: str) -> None:
    """Whatever stands around it, named so or only looking so."""
    assert lines(page(body)) == SENTENCES


def test_a_title_outside_the_text_is_kept() -> None:
    """The heading that the page's own title repeats."""
    head = "<title>进贤县2022年工作总结_进贤县人民政府</title>"
    body = f'<div>当前位置</div><div>进贤县2022年工作总结</div><div id="zoom">{ARTICLE}</div>'
    assert lines(page(body, head)) == ["进贤县2022年工作总结", *SENTENCES]


def test_lines_of_a_page_are_its_blocks() -> None:
    """Inline elements stand in a line, breaks end it, entities and blanks are what a browser shows."""
    body = (
        "<h1>标题</h1><p>收到<b>105</b>件&nbsp;&amp;\n  受理<span>39</span>件<br>审结</p><ul><li>一<li>二</ul>"
        "<pre>项目  数量\n甲    3</pre>"
    )
    assert lines(page(body)) == ["标题", "收到105件\u00a0& 受理39件", "审结", "一", "二", "项目\t数量", "甲\t3"]


def test_tables_of_pages_are_rows() -> None:
    """With their place; a table that lays out the page gives its paragraphs."""
    grid = "<table><tr><th>单位</th><th>收到<br>（件）</th></tr><tr><td></td><td><p>105</p></td></tr></table>"
    assert located(page(f"<p>前</p>{grid}<p>后</p>")) == [
        ("paragraph 1", "前"),
        ("table 1 row 1", "单位\t收到 （件）"),
        ("table 1 row 2", "\t105"),
        ("paragraph 2", "后"),
    ]
    layout = f"<table><tr><td>{ARTICLE * 5}</td><td>{grid}</td></tr></table>"
    assert lines(page(layout))[:2] == SENTENCES


def test_a_cell_that_goes_over_others_leaves_them_empty() -> None:
    """So that the figures below stand under their heads, in pages and in Word."""
    rows = (
        "<tr><th rowspan=2>单位</th><th colspan=2>复议</th><th rowspan=9>注</th></tr>"
        "<tr><td>收到</td><td>受理</td></tr><tr><td>甲镇</td><td>105</td><td>39</td></tr>"
    )
    heads = ["单位\t复议\t\t注", "\t收到\t受理", "甲镇\t105\t39"]
    assert lines(page(f"<table>{rows}</table>")) == heads
    cell = "<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>".format
    wide = cell("", paragraph("单位")) + cell('<w:gridSpan w:val="2"/>', paragraph("复议")) + cell("", paragraph("注"))
    assert lines(word(f"<w:tbl><w:tr>{wide}</w:tr></w:tbl>")) == heads[:1]


@pytest.mark.parametrize(
    ("stated", "written_in"),
    [
        ("gb2312", "gb18030"), ("gbk", "gb18030"), ("big5", "big5"), ("utf-8", "utf-8"), ("utf-8", "gb18030"),
        ("", "gb18030"),
    ],
)  # fmt: skip
def test_the_encoding_a_page_states_is_tried_first(stated: str, written_in: str) -> None:
    """And given up where the bytes say otherwise."""
    text = "全縣收到申請105件" if written_in == "big5" else "全县收到申请105件，其中喆姓3件"
    head = f'<meta charset="{stated}">' if stated else ""
    assert lines(f"<html><head>{head}</head><body><p>{text}</p></body></html>".encode(written_in)) == [text]


def test_a_stray_byte_does_not_lose_a_page() -> None:
    """One that its encoding does not know is shown as unknown; many are another encoding."""
    text = f"<html><head><meta charset=gb2312></head><body>{ARTICLE * 20}".encode("gb18030")
    assert lines(text + b"<p>\xff</p>")[-1] == "\ufffd"
    with pytest.raises(InputError, match="neither UTF-8"):
        read(text[:60] + b"<body>" + b"\xff\xfe" * 50)


@pytest.mark.parametrize("stray", ["\x01", "\x0b", "\x0c", "\x1f", "\uffff", "&#1;", "&#xffff;"])
def test_a_control_character_does_not_lose_a_page(stray: str) -> None:
    """Also where something before it is left out."""
    page = f"<html><body><p>收到申请</p><script>1</script>{stray}105件</body></html>"
    assert lines(page.encode()) == ["收到申请", "105件"]


def test_markdown_is_its_text() -> None:
    """Markup gone, tables as rows, numbers of lists kept, emphasis gone where CommonMark sees none."""
    source = (
        "# 工作总结\n\n收到**105**件，**受理39件，**其中[网上](http://a.cn)3件。\n第二行\n\n"
        "1. 加强领导\n2. 落实责任\n\n"
        "| 单位 | 收到 |\n|---|---|\n| 甲县 | 105 |\n\n![图](a.png)\n\n```\n原样  3\n```\n"
    )
    assert located_in("a.md", source) == [
        ("line 1", "工作总结"),
        ("line 3", "收到105件，受理39件，其中网上3件。"),
        ("line 4", "第二行"),
        ("line 6", "1. 加强领导"),
        ("line 7", "2. 落实责任"),
        ("line 9", "单位\t收到"),
        ("line 11", "甲县\t105"),
        ("line 15", "原样  3"),
    ]


def located_in(name: str, source: str) -> list[tuple[str | None, str]]:
    """Return the lines of a member of an archive, each with its locator."""
    return located(formats.zipped({name: source.encode()}))


def drawn(draw: Callable[[canvas.Canvas], None], **options: object) -> bytes:
    """Return a PDF drawn by hand."""
    file = io.BytesIO()
    paper = canvas.Canvas(file, **options)  # type: ignore[arg-type]  # reportlab has no types
    formats.as_pdf("甲\n乙")  # makes its font known
    draw(paper)
    paper.save()
    return file.getvalue()


def test_pages_are_mended() -> None:
    """A paragraph goes on over the page, and each character knows its own; heads and numbers are gone."""
    sentence = "全县各级各部门认真落实责任，" * 9
    text = "某县2022年工作总结\n" + "\n".join(f"{number}是{sentence}" for number in "一二三四五六")
    source = read(formats.as_pdf(text, copies=4))
    expected = formats.blocks(text)
    assert source.text.splitlines() == [expected[0], *expected[1:] * 4]
    assert [place for _, place in source.places] == ["page 1", "page 2", "page 3"][: len(source.places)]
    assert len(source.places) > 1


def test_a_watermark_and_a_shadow_are_no_text() -> None:
    """What stands askew, and what is printed twice to look bold."""

    def draw(paper: canvas.Canvas) -> None:
        paper.setFont(formats.FONT, 12)
        paper.drawString(72, 700, "收到申请105件，受理39件。")
        paper.drawString(72.4, 700, "收到申请105件，受理39件。")
        paper.rotate(45)
        paper.drawString(300, 100, "内部资料第8号")

    assert lines(drawn(draw)) == ["收到申请105件，受理39件。"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turn: int) -> None:
    """Also where all its text stands on end in the file."""

    def draw(paper: canvas.Canvas) -> None:
        paper.setPageRotation(turn)
        paper.translate(300, 400)
        paper.rotate(turn)
        paper.setFont(formats.FONT, 12)
        paper.drawString(0, 0, "收到申请105件，")
        paper.drawString(0, -20, "受理39件。")

    assert "".join(lines(drawn(draw))) == "收到申请105件，受理39件。"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_characters_drawn_one_by_one_are_read(turn: int) -> None:
    """Also where no font at hand has their shapes, as this one has none of its own."""

    def draw(paper: canvas.Canvas) -> None:
        paper.setPageRotation(turn)
        paper.translate(300, 400)
        paper.rotate(turn)
        paper.setFont(formats.FONT, 12)
        for at, character in enumerate("受理三十九件"):
            paper.drawString(12 * at, 0, character)
        paper.drawString(0, -20, "审结三十六件")

    assert "".join(lines(drawn(draw))) == "受理三十九件审结三十六件"


def test_cells_of_a_pdf_are_apart() -> None:
    """A wide gap is a border, rows are not joined."""

    def draw(paper: canvas.Canvas) -> None:
        paper.setFont(formats.FONT, 12)
        for row, (name, count) in enumerate([("单位", "收到"), ("甲县", "105"), ("乙县", "39")]):
            paper.drawString(72, 700 - 20 * row, name)
            paper.drawString(200, 700 - 20 * row, count)

    assert lines(drawn(draw)) == ["单位\t收到", "甲县\t105", "乙县\t39"]


def test_a_pdf_without_text_is_told() -> None:
    """A scan, a password, damage: what to do."""
    scan = drawn(lambda paper: paper.rect(10, 10, 50, 50))
    locked = drawn(lambda paper: paper.drawString(72, 700, "text"), encrypt="secret")
    for data, message in [
        (scan, "a PDF without text, probably a scan; recognise its text first, for example: ocrmypdf "),
        (locked, "a PDF protected by a password; save a copy without it: qpdf --decrypt "),
        (b"%PDF-1.7\nnothing", "a damaged PDF; fetch it again, or mend it: qpdf IN OUT.pdf"),
    ]:
        with pytest.raises(InputError) as raised:
            read(data)
        assert raised.value.message.startswith(message)


def test_pages_without_text_are_told() -> None:
    """Those that a scan or outlines of characters cover; not empty ones, nor those with a seal."""
    text = "全县收到行政复议申请105件，受理39件，" * 3

    def draw(paper: canvas.Canvas) -> None:
        paper.setFont(formats.FONT, 8)
        for row in range(3):
            paper.drawString(20, 700 - 20 * row, text)
        formats.draw_scan(paper, 1)
        for share in (1, 0.9, 0.2, 0):  # the third is a seal
            paper.showPage()
            formats.draw_scan(paper, share)
            paper.drawString(300, 800, "3")
        paper.showPage()
        paper.beginForm("inside")
        formats.draw_scan(paper, 1)
        paper.endForm()
        paper.doForm("inside")
        paper.showPage()
        for number in range(300):
            paper.line(number, 10, number, 20)

    ocr = "recognise their text first, for example: ocrmypdf --redo-ocr --language chi_sim IN OUT.pdf"
    assert read(drawn(draw)).warnings == (f"no text on pages 2-3, 6-7, probably scanned; {ocr}",)
    assert read(formats.scanned_in_part(text)).warnings == (f"no text on page 2, probably scanned; {ocr}",)
    assert read(formats.as_pdf(text, copies=60)).warnings == ()


def test_pages_whose_characters_are_not_known_are_told() -> None:
    """Where the rest of the document says which characters it shows."""

    def draw(paper: canvas.Canvas) -> None:
        paper.setFont(formats.FONT, 8)
        for row in range(9):
            paper.drawString(20, 700 - 20 * row, "全县收到行政复议申请105件，受理39件。" * 3)
        paper.showPage()
        paper.setFont(formats.FONT, 8)
        paper.drawString(20, 700, "\ue000" * 30)

    (warning,) = read(drawn(draw)).warnings
    assert warning.startswith("the text layer does not say which characters it shows on page 2; recognise its text")


def test_files_attached_to_a_pdf_are_told() -> None:
    """As they may be the document, and what is read only its cover."""
    document = pypdfium2.PdfDocument(formats.as_pdf("某县2022年总结\n2022年，全县收到行政复议申请105件。"))
    document.new_attachment("a.txt").set_data(b"text")
    file = io.BytesIO()
    document.save(file)
    told = "files attached to it were not read (1); take them out: pdfdetach -saveall FILE"
    assert read(file.getvalue()).warnings == (told,)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('<w:altChunk r:id="a"/>', "inserted files (1)"),
        ('<w:p><w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r></w:p>', "embedded objects (1)"),
        ("<w:p><w:r><w:drawing><c:chart/></w:drawing><w:drawing><c:chart/></w:drawing></w:r></w:p>", "charts (2)"),
        ("<w:p><w:r><w:drawing><d:relIds/></w:drawing></w:r></w:p>", "SmartArt (1)"),
        ('<w:p><w:r><w:object><o:OLEObject ProgID="Equation.3"/></w:object></w:r></w:p>', None),
        ("<w:p><w:r><w:drawing><pic/></w:drawing></w:r></w:p>", None),
    ],
)
def test_what_word_shows_from_elsewhere_is_told(body: str, told: str | None) -> None:
    """Not formulas, of which there are many, nor images."""
    spaces = " ".join(f'xmlns:{prefix}="{prefix}"' for prefix in "rocd")
    found = read(word(paragraph("正文") + f"<w:sdt {spaces}><w:sdtContent>{body}</w:sdtContent></w:sdt>"))
    what = f"not read: {told}; read what it looks like: soffice --headless --convert-to pdf FILE"
    assert found.warnings == (() if told is None else (what,))


def pictured(wide: float, high: float) -> bytes:
    """Return a Word document with a line and an image of so many centimetres."""
    document = Document()
    document.add_paragraph("正文共105件")
    image = io.BytesIO()
    Image.new("L", (2, 3)).save(image, "PNG")
    document.add_picture(image, Cm(wide), Cm(high))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize(("wide", "high", "is_scan"), [(14.6, 20.7, True), (21, 29.7, True), (14.6, 11, False)])
def test_scans_in_word_are_told(wide: float, high: float, is_scan: bool) -> None:  # noqa: FBT001 - a parameter
    """Photos are not."""
    told = read(pictured(wide, high)).warnings
    assert [one.startswith("not read: images of the size of a page, probably scans (1); save") for one in told] == [
        True
    ] * is_scan


def test_a_word_document_of_images_is_told() -> None:
    """It is not just empty."""
    with pytest.raises(InputError, match="a Word document of images without text; save it as PDF and recognise"):
        read(word("<w:p><w:r><w:drawing><blip/></w:drawing></w:r></w:p>"))


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        ('<iframe src="/files/P2022.pdf"></iframe>', "P2022.pdf"),
        ('<embed src="附件.docx?v=1">', "附件.docx"),
        ('<object data="viewer.html?file=a.PDF#page=1"></object>', "a.PDF"),
        ('<iframe src="https://example.org/share.html"></iframe><iframe></iframe>', None),
    ],
)
def test_documents_in_frames_are_told(frame: str, told: str | None) -> None:
    """Other frames hold what is no text."""
    found = read(f"<html><body><p>正文共105件</p>{frame}</body></html>".encode())
    what = f"shows {told!r} in a frame, which is not read; save that file and read it too"
    assert found.warnings == (() if told is None else (what,))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), "an old Word or WPS document (doc, wps); convert it first: soff"),
        (OLE + "Workbook".encode("utf-16-le"), "an old Excel workbook (xls); save its sheet as CSV"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "an Office document protected by a password; open it"),
        (OLE, "an old Office document; convert it first: soffice"),
        (b"{\\rtf1\\ansi", "an RTF document; convert it first: soffice"),
        (b"\x89PNG\r\n", "a PNG image; recognise its text first"),
        (b"\xff\xd8\xff\xe0", "a JPEG image; recognise its text first"),
        (b"BM\x36\x00", "a BMP image; recognise its text first"),
        (b"\x1f\x8b\x08", "a gzip archive; unpack it first"),
        (b"Rar!\x1a\x07\x01", "a RAR archive; unpack it first"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
        (b"a.txt".ljust(257, b"\x00") + b"ustar", "a tar archive; unpack it first"),
        (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w/>", "an Office document in XML; convert"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related;", "a saved web page (mht); save it as HTML"),
        (b"<html><body></body></html>", "a web page without text; if a script draws it, save it from a browser as PDF"),
        (b"<html><script>draw()</script>", "a web page without text; if a script draws it"),
        (word("<w:p/>"), "empty, there is no text to read"),
        (word("<w:p>")[:-1].replace(b"x", b"y"), "a damaged zip archive; fetch or pack it again"),
        (formats.zipped({TYPES: b"", "word/document.xml": b"<w"}), "a damaged Word document ('word/document.xml'"),
        (formats.zipped({TYPES: b"", "word/document2.xml": b""}), "a damaged Word document without 'word/docu"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_gets_one_line(data: bytes, message: str) -> None:
    """What it is and how to convert it."""
    with pytest.raises(InputError) as raised:
        read(data)
    assert raised.value.message.startswith(message)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("text", ["BMW汽车3辆", "BZh项目2个", "GIF8格式图片5张"])
def test_letters_alone_make_no_image(text: str) -> None:
    """A text may begin with those of a format."""
    assert lines(text.encode()) == [text]


def test_the_name_does_not_decide() -> None:
    """A PDF called .txt, a page called .doc, a text called .html."""
    report = "某县2022年总结\n2022年，全县收到行政复议申请105件。"
    wrong = {"a.txt": formats.as_pdf(report), "b.doc": formats.as_html(report), "c.html": report.encode()}
    for name, data in wrong.items():
        text = read(formats.zipped({name: data})).text
        assert text.split()[-2:] == report.split(), name
