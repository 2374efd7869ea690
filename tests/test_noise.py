"""Noise: what scanning, wrapping, markup and another script do to a text changes no record."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import regex
from opencc import OpenCC

from extractor import Extractor
from extractor.folding import fold
from extractor.normalise import normalise

if TYPE_CHECKING:
    from extractor import Document
    from extractor.records import Record

FIXTURES = Path(__file__).parent.parent / "fixtures"
TEXTS = {path.stem: path.read_bytes().decode() for path in sorted(FIXTURES.glob("*.txt"))}
EXTRACTOR = Extractor()
DOCUMENTS = {name: EXTRACTOR.extract(text) for name, text in TEXTS.items()}
TAGS = ("<b>", "</span>", '<span class="x">', "\u200b", "&#8203;", "&shy;", "<o:p></o:p>", "<![endif]>", "<!-- a>b -->")
BLANKS = (" ", "\u3000", "&nbsp;", "\u00a0")
BREAKS = ("\n", "\r\n", "\n\n— 3 —\n\n", "\n第3页 共12页\n", "\n· 3 ·\n", "\n\n3/12\n\n", "\nPage 3 of 12\n")
HAN = range(0x4E00, 0xA000)
DRAWS = 25
SPELLING = {ord(" "): None, ord("\n"): None}
# What a mention says by itself; the words around it give the rest.
STATED = {
    "Count": ("value", "lower", "upper", "unit", "fraction"),
    "Date": ("value",),
    "Unit": ("name", "level"),
    "Regulation": ("title", "document_number", "articles"),
}


def shown(document: Document) -> list[dict[str, str]]:
    """Return all records without their offsets, in one script."""
    return [
        {name: fold(str(value)) for name, value in record.model_dump(exclude={"start", "end"}).items()}
        for record in document.records()
    ]


def stated(record: Record) -> tuple[str, ...]:
    """Return what a record says by itself, in one spelling."""
    said = (str(getattr(record, field)) for field in STATED[type(record).__name__])
    return tuple(normalise(text).text.translate(SPELLING) for text in said)


def is_running(source: str, at: int) -> bool:
    """Say whether ``at`` lies in a line of sentences, not in a title, a heading or a row."""
    start, end = source.rfind("\n", 0, at) + 1, source.find("\n", at)
    return "。" in source[start : end if end >= 0 else len(source)]


def between(source: str, document: Document) -> list[int]:
    """Return the places of running text that lie inside no mention."""
    inside = {at for record in document.records() for at in range(record.start + 1, record.end)}
    return [at for at in range(1, len(source)) if at not in inside and is_running(source, at)]


def draw(places: list[int], signs: tuple[str, ...], source: str, seed: str) -> list[tuple[str, str]]:
    """Return texts with one of ``signs`` put in at a random place, each with the words around it."""
    rng = random.Random(seed)  # noqa: S311 - repeatable, not secret
    drawn = [(rng.choice(places), rng.choice(signs)) for _ in range(DRAWS)]
    return [
        (f"{source[:at]}{sign}{source[at:]}", f"{source[at - 9 : at]}{sign}{source[at : at + 9]}") for at, sign in drawn
    ]


@pytest.mark.parametrize("signs", [TAGS, BLANKS], ids=["tags", "blanks"])
@pytest.mark.parametrize("name", TEXTS)
def test_markup_and_blanks_between_mentions_change_nothing(name: str, signs: tuple[str, ...]) -> None:
    """A tag, an invisible character or a blank between two Han characters leaves every field as it was."""
    source, document = TEXTS[name], DOCUMENTS[name]
    places = [at for at in between(source, document) if ord(source[at - 1]) in HAN and ord(source[at]) in HAN]
    for text, around in draw(places, signs, source, name):
        assert shown(EXTRACTOR.extract(text)) == shown(document), around


def goes_on(source: str, at: int) -> bool:
    """Say whether a break at ``at`` is behind a comma or a semicolon, or in a sentence that another one precedes."""
    if source[at - 1] in "，、,；;":
        return True
    line = source[source.rfind("\n", 0, at) + 1 : at]
    begun = max(line.rfind(stop) for stop in "。；！？")
    return begun >= 0 and 0 < len(line) - begun - 1 <= 60 and "：" not in line[begun:] and ":" not in line[begun:]


@pytest.mark.parametrize("name", TEXTS)
def test_line_breaks_between_mentions_change_nothing(name: str) -> None:
    """A sentence that has begun in a line, or that has come to a comma, goes on in the next, also on the next page."""
    source, document = TEXTS[name], DOCUMENTS[name]
    inner = (at for at in between(source, document) if ord(source[at]) in HAN)
    places = [
        at for at in inner if goes_on(source, at) and (source[at - 1] in "，、,；;" or ord(source[at - 1]) in HAN)
    ]
    for text, around in draw(places, BREAKS, source, name) if places else ():
        assert shown(EXTRACTOR.extract(text)) == shown(document), around


HEADS = ("\n青溪县人民政府公报\n", "\n\n青溪县人民政府公报    {}\n", "\n第{}页 青溪县人民政府公报\n\n")


@pytest.mark.parametrize("head", HEADS, ids=["alone", "number behind", "number before"])
@pytest.mark.parametrize("name", TEXTS)
def test_running_heads_part_no_sentence(name: str, head: str) -> None:
    """A head that recurs on every page, alone or with a number that rises, is no part of the sentences it parts."""
    source, document = TEXTS[name], DOCUMENTS[name]
    inner = (at for at in between(source, document) if ord(source[at]) in HAN and ord(source[at - 1]) in HAN)
    places = [at for at in inner if goes_on(source, at)]
    pages = sorted(random.Random(name).sample(places, 4), reverse=True) if len(places) > 9 else ()  # noqa: S311
    text = source
    for number, at in zip((6, 5, 4, 3), pages, strict=False):
        text = text[:at] + head.format(number) + text[at:]
    assert shown(EXTRACTOR.extract(text)) == shown(document)


LAYOUTS = {"as written": lambda text: text, "flat": lambda text: regex.sub(r"\n\s+", "\n", text).lstrip()}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", TEXTS)
def test_a_break_in_the_first_clause_of_a_paragraph_changes_nothing(name: str, layout: str) -> None:
    """Neither where paragraphs are indented or set apart nor where each line is one: a heading stands elsewhere."""
    source = LAYOUTS[layout](TEXTS[name])
    document = EXTRACTOR.extract(source)
    places = [
        at
        for at in between(source, document)
        if ord(source[at - 1]) in HAN
        and ord(source[at]) in HAN
        and not set(source[source.rfind("\n", 0, at) + 1 : at]) & set("，、；：。,;:")
    ]
    for text, around in draw(places, ("\n", "\r\n", "\r"), source, name) if places else ():
        assert shown(EXTRACTOR.extract(text)) == shown(document), around


FLAT = "全县法治工作情况\n"


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("规模以上工业企业", "1486家，实现利润总额98.5亿元。"),
        ("全年共受理行政复议案", "件39件，审结36件。"),
        ("因信息公开被申请行政", "复议2件，其中维持1件、尚未审结1件。"),
        ("今年，我们要认真办", "理人大代表建议105件。"),
        ("全市发生一审行政应", "诉案件483件，其中经过复议的76件。"),
        ("办理案件12件，挽回经", "济损失300万元。"),
        ("按被申请人划分：", "乡镇政府64件，县级政府部门321件。"),
        ("2020年1月1日", "前已批准的企业20家，由县财政局审核。"),
        ("根据《中华人民共和国行政复议法》", "第二十条的规定，受理案件5件。"),
        ("开展联合检查1935次，其中适用", "“首违不罚”的732件。"),
    ],
)
def test_a_line_that_has_begun_a_sentence_goes_on(upper: str, lower: str) -> None:
    """Where each line is a paragraph, words show that a line is no heading, or that the next begins no sentence."""
    whole = EXTRACTOR.extract(f"{FLAT}{upper}{lower}\n")
    assert shown(EXTRACTOR.extract(f"{FLAT}{upper}\n{lower}\n")) == shown(whole)


@pytest.mark.parametrize(
    ("heading", "lower"),
    [
        ("公共服务情况", "收到申请105件，办结98件。"),
        ("因公出国（境）情况", "2023年批准团组5个。"),
        ("被征地农民社会保障", "全县落实资金300万元，惠及1200人。"),
        ("案件受理情况", "105件案件中，维持98件。"),
        ("行政复议工作", "全年收到申请105件，审结98件。"),
    ],
)
def test_a_heading_is_no_part_of_the_sentence_below(heading: str, lower: str) -> None:
    """The paragraph says what it says below any other heading."""
    found = EXTRACTOR.extract(f"{FLAT}{heading}\n{lower}\n")
    alone = EXTRACTOR.extract(f"{FLAT}{lower}\n")
    assert [(one.text, one.item, one.action) for one in found.reports[0].counts] == [
        (one.text, one.item, one.action) for one in alone.reports[0].counts
    ]


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    "sign", ["<b>", "&nbsp;", " ", "\n", "\r\n"], ids=["tag", "entity", "blank", "line feed", "line end"]
)
def test_noise_inside_a_mention_never_makes_it_wrong(name: str, sign: str) -> None:
    """A number or name that noise has parted is read as before, or not at all."""
    source = TEXTS[name]
    records = [one for one in DOCUMENTS[name].records() if len(one.text) > 1]
    rng = random.Random(f"{name}{sign}")  # noqa: S311 - repeatable, not secret
    for record in rng.sample(records, min(DRAWS, len(records))):
        at = rng.randrange(record.start + 1, record.end)
        text = source[:at] + sign + source[at:]
        for found in EXTRACTOR.extract(text).records():
            if type(found) is type(record) and found.start < record.end + len(sign) and found.end > record.start:
                assert stated(found) == stated(record), source[record.start - 9 : at] + sign + source[at : record.end]


@pytest.mark.parametrize("script", ["s2t", "s2tw", "s2hk"])
@pytest.mark.parametrize("name", TEXTS)
def test_traditional_script_gives_the_same_records(name: str, script: str) -> None:
    """What a text says does not depend on its script; its words stay in the script of the text."""
    simplified = OpenCC("t2s").convert
    found = shown(EXTRACTOR.extract(OpenCC(script).convert(TEXTS[name])))
    given = [{field: simplified(value) for field, value in record.items()} for record in found]
    wanted = [{field: simplified(value) for field, value in record.items()} for record in shown(DOCUMENTS[name])]
    assert given == wanted


VERTICAL = str.maketrans("（）〔〕《》“”，、。：；！？", "︵︶︹︺︽︾﹁﹂︐︑︒︓︔︕︖")
LEFTOVERS = {
    "upright signs": lambda text: text.translate(VERTICAL),
    "entities": lambda text: text.replace("，", "&#65292;").replace("《", "&#12298;").replace("》", "&#12299;"),
    "footnotes": lambda text: regex.sub(r"(?<=\p{Han})(?=[，。；])", lambda at: f"[{at.start() % 90 + 1}]", text),
    "marks": lambda text: regex.sub(r"(?<=\p{Han})(?=[，。；])", lambda at: "①②*³"[at.start() % 4], text),
    "raised": lambda text: regex.sub(r"(?<=\p{Han})(?=[，。；])", "<sup>3</sup>", text),
    "emphasis": lambda text: regex.sub(r"(?<=。)([^，。\n0-9]{4,14})(?=，)", r"**\1**", text),
    "quoted": lambda text: regex.sub(r"(?m)^(?=.)", "> ", text),
    "readings": lambda text: text.replace("复议", "<ruby>复议<rp>(</rp><rt>fùyì</rt><rp>)</rp></ruby>"),
    "blanks": lambda text: regex.sub(r"(?<=[，。；])(?=\p{Han})", " ", text),
    "line ends": lambda text: text.replace("\r\n", "\n").replace("\n", "\r"),
}


@pytest.mark.parametrize("kind", LEFTOVERS)
@pytest.mark.parametrize("name", TEXTS)
def test_what_pages_leave_in_a_text_changes_nothing(name: str, kind: str) -> None:
    """Signs for upright setting, entities, marks of footnotes, emphasis, quoting, readings, blanks behind commas."""
    found = EXTRACTOR.extract(LEFTOVERS[kind](TEXTS[name]))
    spelling = ("text", "locator")
    given, wanted = (
        [{key: value for key, value in one.items() if key not in spelling} for one in shown(document)]
        for document in (found, DOCUMENTS[name])
    )
    assert given == wanted


def test_a_name_in_stars_stays() -> None:
    """Stars that stand for a name are no emphasis."""
    for text in ("由**县人民政府，**县公安局负责。", "张**诉李**一案。"):
        assert normalise(text).text == fold(text)


def test_page_numbers_and_running_heads_part_no_sentence() -> None:
    """A figure alone between empty lines or one more on each page, and the head repeated with it, are furniture."""
    lines = [f"第{number}季度全县共受理行政复议申请{number}05件，审结{number}00" for number in (1, 2, 3, 4)]
    page = "件，均已办结，群众表示满意，没有发生一起行政复议案件被撤销的情形"
    text = "\n\n".join(f"{line}\n\n{number}\n\n县政府工作报告\n\n{page}。" for number, line in enumerate(lines, 1))
    whole = "\n\n".join(f"{line}{page}。" for line in lines)
    assert shown(EXTRACTOR.extract(text)) != []
    given, wanted = (
        [(one.value, one.unit, one.item, one.action) for one in EXTRACTOR.extract(source).reports[0].counts]
        for source in (text, whole)
    )
    assert given == wanted


@pytest.mark.parametrize("name", TEXTS)
def test_line_ends_of_two_characters_change_nothing(name: str) -> None:
    """CRLF is LF."""
    plain = TEXTS[name].replace("\r\n", "\n")
    assert shown(EXTRACTOR.extract(plain.replace("\n", "\r\n"))) == shown(EXTRACTOR.extract(plain))
