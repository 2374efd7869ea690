"""Seams: what a line break may have torn is read whole or not at all; what stands on two lines stays two."""

from __future__ import annotations

import time

import pytest

from extractor import Extractor, extract

TORN = [
    ("units", "县情介绍\n我们走访了泸溪\n县人民政府。", []),
    ("units", "国家统计局衢州\n调查队\n", []),
    ("dates", "人口比上\n年末提高", []),
    ("dates", "案件比去年\n上半年增加", []),
    ("dates", "截至2018年1\n1月31日公布", []),
    ("dates", "date: 2015-06-0\n5\n", []),
    ("regulations", "应当依照刑事诉\n讼法第十二条办理", []),
    ("regulations", "构成反\n垄断法第十七条所称的行为", []),
    ("counts", "处六千元以上\n三万元以下罚款", []),
    ("counts", "取水量五千立方\n米以上", []),
    ("counts", "余款便有 5\n57,000元", []),
    ("counts", "不低于人民币10\n00万元的资本", []),
]
WHOLE = [
    ("counts", "自收到材料之日起15日\n内审核", ["15日\n内"]),
    ("regulations", "按照《民事诉讼法》第\n一百三十五条关于审限的规定", ["《民事诉讼法》"]),
]
APART = [
    ("units", "县财政局\n县教育局\n", ["县财政局", "县教育局"]),
    ("units", "县财政局 张三\n县教育局 李四\n", ["县财政局", "县教育局"]),
    ("units", "| 县财政局 | 17 |\n| 县教育局 | 16 |\n", ["县财政局", "县教育局"]),
    ("units", "主送：县财政局\n县教育局\n", ["县财政局", "县教育局"]),
    ("units", "县财政局\n县教育局2020年度报告\n", ["县财政局", "县教育局"]),
    ("units", "名单\n浙江大学\n杭州市第一医院\n", ["浙江大学", "杭州市第一医院"]),
    ("units", "一、泸溪县概况\n县人民政府高度重视。", ["县人民政府"]),
    ("dates", "一、工作回顾\n2025年是收官之年。", ["2025年"]),
    ("dates", "2024年\n今年工作繁重。", ["2024年", "今年"]),
    ("regulations", "二、学习刑法\n诉讼法律服务得到加强，刑法第三条得到落实。", ["刑法", "刑法"]),
    ("counts", "受理  17\n审结  16\n", ["17", "16"]),
    ("counts", "受理\t1183\t645\n点评如下\n", ["1183", "645"]),
    ("counts", "本年数量\n备案 31\n第十二条第（三）项\n检查 16\n第十二条第（四）项\n信息内容\n", ["31", "16"]),
]


@pytest.mark.parametrize(("kind", "text", "found"), [*TORN, *WHOLE, *APART], ids=lambda value: repr(value)[:30])
def test_a_line_break_never_makes_a_mention_of_half_a_name(kind: str, text: str, found: list[str]) -> None:
    """Where leaving the break out makes one mention of both lines, neither half is one; lists and headings stay."""
    (report,) = extract(text).reports
    assert [record.text for record in getattr(report, kind)] == found


@pytest.mark.parametrize(
    "text", ["应当依照刑事诉\n讼法第十二条办理", "截至2018年1\n1月31日公布", "构成反\n垄断法第十七条所称的行为"]
)
def test_what_is_held_back_is_read_as_nothing_else(text: str) -> None:
    """The half of a date is no length of time, the half of a law no organisation."""
    assert not [record for record in extract(text).records() if "\n" not in record.text]


@pytest.mark.parametrize(
    "line", ["3件，", "去年\n上半年\n", "县财政局\n县教育局好\n", "刑事诉\n讼法第一条和", "人民币10\n00万元\n"]
)
def test_time_grows_with_the_length_of_what_is_torn(line: str) -> None:
    """Eight times as many lines take less than sixteen times as long."""
    extractor = Extractor()
    extractor.extract(line)
    seconds = []
    for copies in (1000, 8000):
        began = time.process_time()
        extractor.extract(line * copies)
        seconds.append(time.process_time() - began)
    assert seconds[1] < 16 * seconds[0]
