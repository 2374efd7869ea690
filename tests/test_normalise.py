"""Normalise: one spelling for each thing, and a way back to every source character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.folding import fold
from extractor.normalise import normalise


@pytest.mark.parametrize(
    ("spelling", "folded"),
    [
        ("２０２２年", "2022年"),
        ("兩萬三千圓", "两万三千圆"),
        ("（试行）", "(试行)"),
        ("〔2005〕37号", "[2005]37号"),
        ("1—11月", "1-11月"),
        ("5％～8％", "5%~8%"),
        ("二○○五年", "二〇〇五年"),
        ("2008\uf98e8月 \uf967足", "2008年8月 不足"),
        ("「公司條例」", "“公司条例”"),
        ("\uf0b2受理5件", " 受理5件"),
        ("\u2f8f\u653f", "行政"),
    ],
)
def test_characters_have_one_spelling(spelling: str, folded: str) -> None:
    """Width, script, brackets and dashes agree, character for character."""
    assert fold(spelling) == folded


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("收到<b>105</b>件", "收到105件"),
        ("<p>一</p><p>二</p>", "\n一\n\n二\n"),
        ("比上年增长5.2%。&nbsp;</p>", "比上年增长5.2%。 \n"),
        ("2005 年 3 月", "2005年3月"),
        ("政 府 工 作 报 告", "政府工作报告"),
        ("县\u200b政府", "县政府"),
        ("县&shy;政府&#8221;", "县政府”"),
        ("低于&lt;3%", "低于<3%"),
        ("增长 2 0. 5 ％。", "增长20.5%。"),
        ("202 2年1 2月", "2022年12月"),
        ("受理申请，\n— 3 —\n审结", "受理申请,审结"),
        ("不\n超过5年", "不超过5年"),
        ("罚款58\n万余元", "罚款58万余元"),
        ("依照《行政复\n议法》", "依照《行政复议法》"),
        ("二\n百三十五件", "二百三十五件"),
        ("一\r二", "一\n二"),
        ("自2000年成立。区政务公开领导\n小组以来，", "自2000年成立。区政务公开领导小组以来,"),
        ("自2000年成立。区政务公开领导\r\n小组以来，", "自2000年成立。区政务公开领导小组以来,"),
    ],
)
def test_noise_inside_a_run_of_text_goes(source: str, text: str) -> None:
    """Markup, invisible characters, stray blanks and line breaks do not part a mention."""
    assert normalise(source).text == text


@pytest.mark.parametrize(
    "text",
    [
        "行政规范性文件 6 3 41",
        "区长  张天喜",
        "第二条 三人以上共同犯罪的",
        "成绩和做法\n把工作抓好",
        "一、加强领导。\n二、落实责任",
        "12 345",
        "a < b and c > d",
    ],
)
def test_blanks_that_divide_stay(text: str) -> None:
    """Table cells, headings and numbers keep what parts them."""
    assert normalise(text).text == text


def test_lines_of_one_width_are_joined() -> None:
    """A text wrapped at a fixed width reads as if it had not been."""
    line = "各级人民政府应当加强对安全生产工作的领导支持督促"
    wrapped = "\n".join([line] * 8) + "\n依法履行职责"
    assert normalise(wrapped).text == line * 8 + "依法履行职责"


def test_lines_of_a_second_width_are_joined() -> None:
    """Parts that are set in have a width of their own, which is no width of lines that end a sentence."""
    line, set_in = "各级人民政府应当加强对安全生产工作的领导支持督促有关部门", "依法履行安全生产监督管理职责一般需时"
    wrapped = "\n".join([line] * 12 + [set_in] * 8) + "\n10天。"
    assert normalise(wrapped).text == line * 12 + set_in * 8 + "10天。"
    items = "\n".join([line] * 12) + "。\n" + "\n".join([set_in + "。"] * 8)
    assert normalise(items).text.count("\n") == 8


@given(st.text(alphabet="收到 105件，\n\r\t<b>&nbsp;。（兩）\u200b年月a", max_size=80))
def test_every_kept_character_leads_back_to_its_source(source: str) -> None:
    """A character of the text is the fold of the source character at its offset, or stands in for markup."""
    normal = normalise(source)
    for at, character in enumerate(normal.text):
        start, end = normal.span(at, at + 1)
        assert 0 <= start < end <= len(source)
        if character not in ' \n\t"&〈〉·':
            assert fold(source[start:end]) == character


@given(st.text(max_size=200))
def test_any_text_is_taken(source: str) -> None:
    """No input makes it fail, and folding keeps the length."""
    assert len(fold(source)) == len(source)
    normalise(source)
