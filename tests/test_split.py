"""Split: one file to its reports, each with its title and stretch."""

from __future__ import annotations

import pytest

from extractor.engine import rules_of
from extractor.split import split

_BODY = "\n今年以来，全县共受理行政复议申请十件，审结八件。" * 12


def titles(text: str) -> list[str | None]:
    """Return the titles of the reports of ``text``."""
    return [section.title for section in split(text, rules_of())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("安陵县2006年工作总结\n\n正文。", ["安陵县2006年工作总结"]),
        ("宁岭市人社局\n2021年政府信息公开工作年度报告\n\n本报告依据", ["宁岭市人社局2021年政府信息公开工作年度报告"]),
        ("# 浙江省信访条例\n\n1996年12月30日 通过", ["浙江省信访条例"]),
        ("导语\n【第1篇】甲县工作总结\n正文。\n【第2篇】乙县工作总结\n正文。", ["甲县工作总结", "乙县工作总结"]),
        ("今年以来，我们认真学习。", [None]),
        ("第一条 为了规范，制定本条例。", [None]),
        ("", [None]),
        (f"甲县2020年工作总结{_BODY}\n甲县2021年工作总结{_BODY}", ["甲县2020年工作总结", "甲县2021年工作总结"]),
    ],
)
def test_titles(text: str, expected: list[str | None]) -> None:
    """Each report has its title; a text with none has no title."""
    assert titles(text) == expected


def test_reports_meet_end_to_end() -> None:
    """A report runs to the next marker; what stands before the first belongs to none."""
    text = "导语\n【第1篇】甲\n正文。\n【第2篇】乙\n正文。\n"
    first, second = split(text, rules_of())
    assert (first.at, first.end) == (text.index("【第1"), second.at)
    assert second.end == len(text)


def test_a_marker_in_a_sentence_divides_nothing() -> None:
    """Only lines of their own divide."""
    assert len(split("发表论文第1篇、第2篇，均获奖。", rules_of())) == 1
