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
        ("篇一:甲县工作总结\n正文。\n篇二:乙县工作总结\n正文。", ["甲县工作总结", "乙县工作总结"]),
        ("【范文1】甲县总结\n正文。\n【范文2】乙县总结\n正文。", ["甲县总结", "乙县总结"]),
        ("第1篇\n甲县工作总结\n正文。\n第2篇\n乙县工作总结\n正文。", ["甲县工作总结", "乙县工作总结"]),
        ("典型案例\n案例一：甲公司案\n案例二：乙公司案", ["典型案例"]),
        (f"工作总结(一){_BODY}\n工作总结(二){_BODY}", ["工作总结(一)", "工作总结(二)"]),
        (f"甲县情况汇报{_BODY}\n=======\n\n关于乙县普法的报告{_BODY}", ["甲县情况汇报", "关于乙县普法的报告"]),
        (f"甲县工作总结{_BODY}\n=======\n各乡镇要加强领导。{_BODY}", ["甲县工作总结"]),
        ("# 买车被骗，可以要求三倍赔偿。\n## 裁判要点\n正文。", ["买车被骗，可以要求三倍赔偿。"]),
        ("首页 > 政务公开 > 动态\n【打印】【关闭】\n关于防汛的通知\n各乡镇：", ["关于防汛的通知"]),
        ("标    题:临江县防汛预案通知\n发文字号：1号\n正文。", ["临江县防汛预案通知"]),
        ("国家税务总局公告\n2019年第45号\n关于优化服务的公告\n为深入贯彻，现公告如下。", ["关于优化服务的公告"]),
        ("中华人民共和国主席令\n第二十号\n《湿地法》已通过，现予公布。", ["中华人民共和国主席令"]),
        ("最高指示\n抓革命，促生产。\n临江县革委会\n关于春耕的报告\n专区：", ["临江县革委会关于春耕的报告"]),
        ("(2019年度)\n临江县法院\n2019年度行政审判白皮书\n2019年，", ["临江县法院2019年度行政审判白皮书"]),
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
