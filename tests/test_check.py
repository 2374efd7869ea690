"""Check: a report is told where it agrees with itself and where it does not, and nothing else."""

from __future__ import annotations

import pytest

from extractor import extract

LONG = "".join(f"第{number}项工作由有关科室按照年初的安排逐项推进并在月底前报送进展。" for number in range(1, 30))


def checks(text: str) -> list[tuple[str, bool]]:
    """Return kind and verdict of the checks on a text that is one report."""
    (report,) = extract(text).reports
    return [(check.kind, check.ok) for check in report.checks]


@pytest.mark.parametrize(
    "text",
    [
        "行政诉讼案件4起，其中1起撤诉、2起驳回起诉；1起诉讼中止。",
        "受理案件80件，其中一审60件，二审18件，其他2件。",
        "共有职权594项；其中行政许可175项；行政处罚316项；行政征收32项；行政确认20项；行政强制措施51项。",
        "全年接待群众153人次，其中办理证照92件，接待咨询61人次。",
        "审结案件45件，维持30件，撤销10件，终止5件。",
        "生产总值356.8亿元，其中一产45.2亿元，二产168.3亿元，三产143.3亿元。",
        "总收入1.2万元，其中工资0.8万元，租金0.4万元。",
    ],
)
def test_a_breakdown_that_adds_up_is_said_to(text: str) -> None:
    """The parts of a list that come to the total give a check that holds."""
    assert ("sum", True) in checks(text)
    assert all(ok for _, ok in checks(text))


@pytest.mark.parametrize(
    "text",
    [
        "按申请事项划分，受理的59件：行政处罚28件，信息公开20件，其他9件。",
        "受理案件80件，其中一审60件，二审12件，其他2件。",
        "处罚案件分为三类共30件，分别为：警告10件，罚款15件，没收4件。",
    ],
)
def test_a_whole_list_that_does_not_add_up_is_flagged(text: str) -> None:
    """A list after a colon or 分别为, or one that ends in 其他, leaves nothing out."""
    assert ("sum", False) in checks(text)


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("共有党员86名，其中女党员32名，大专以上学历60名。", "the groups overlap"),
        ("收到申请105件，受理39件，审结36件，其中维持30件。", "later stages are no parts"),
        ("审结案件80件，其中维持30件，撤销10件。", "a list after 其中 may be partial"),
        ("参加的群众约300人，分别为：机关100人，学校150人。", "the total is hedged"),
        ("人均收入26800元，其中城镇38500元，农村18600元。", "means do not add up"),
        ("审结案件180件（2018年为165件）。", "the figure of another year"),
        ("全市生产总值完成300亿元，按可比价计算增长8%，比上年的290亿元增加10亿元。", "growth at constant prices"),
        ("产值由1990年的2.7亿元增加到9.1亿元，增长2.37倍，平均每年递增7.5%。", "a mean of many years"),
        ("10月受理50件，比去年10月的45件增加5件，环比增长25%。", "compared with the month before"),
    ],
)
def test_what_need_not_agree_is_left_alone(text: str, because: str) -> None:
    """No false alarm."""
    assert all(ok for _, ok in checks(text)), because


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("2017年收到申请664件，比2016年的572件增加92件，上升16.1%。", []),
        ("2017年收到申请664件，比2016年的572件上升26.1%。", [False]),
        ("新收行政复议申请286件，较2022年增加94件，增幅48.96%。", []),
        ("新收行政复议申请286件，较2022年增加94件，增幅84.96%。", [False]),
        ("复议案件由2020年的86件增加到2022年的132件，增长53.5%。", []),
        ("共收到申请664件，其中市政府收到158件，占23.8%。", []),
        ("共收到申请664件，其中市政府收到158件，占32.8%。", [False]),
        ("受理案件105件，审结98件，结案率93.3%。", []),
        ("受理案件105件，审结98件，结案率83.3%。", [False]),
        ("受理320件，审结286件，败诉21件，败诉率7.3%。", []),
        ("受理320件，审结286件，败诉21件，败诉率6.6%。", []),
        ("受理320件，审结286件，败诉21件，败诉率17.3%。", [False]),
        ("受理案件105件（含旧存12件），审结98件，结案率83.3%。", []),
        ("受理投诉100件，办结98件，按期办结率100%。", []),
        ("共办复建议84件、提案65件，办复率100%。", []),
        ("审结152件，其中驳回61件，撤诉26件，败诉18件，败诉率11.8%。", []),
        ("抽检食品3650批次，检出不合格86批次，合格率97.6%。", []),
    ],
)
def test_percentages_follow_from_the_figures_beside_them(text: str, verdicts: list[bool]) -> None:
    """Growth and shares are computed again, and reported where they contradict the figures."""
    assert [verdict for kind, verdict in checks(text) if kind == "percent"] == verdicts


def test_a_change_leads_from_one_figure_to_the_other() -> None:
    """664 is 572 and 92."""
    assert checks("2017年收到申请664件，比2016年的572件增加92件。") == []
    assert ("sum", False) in checks("2017年收到申请664件，比2016年的572件增加82件。")


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("会议于2022年2月30日召开。", "date"),
        ("根据《中华人民共和国行政复议法》第一百二十条的规定办理。", "citation"),
        ("《国务院办公厅关于推行行政执法责任制的若干意见》（国办发〔2015〕37号）", "citation"),
        ("根据《中华人民共和国行政复议法》第120A条的规定办理。", "citation"),
        ("根据《中华人民共和国行政复仪法》的规定办理。", "citation"),
    ],
)
def test_what_cannot_be_is_flagged(text: str, flagged: str) -> None:
    """Days that no calendar has, articles behind the last one, numbers of another year."""
    assert (flagged, False) in checks(text)


@pytest.mark.parametrize(
    "text",
    [
        "会议于2024年2月29日召开。",
        "根据《中华人民共和国行政复议法》第二条的规定办理。",
        "根据《中华人民共和国行政复议法》第20A条的规定办理。",
        "根据《中华人民共和国民营经济促进法》的规定办理。",
        "《中华人民共和国外商投资法实施条例》已经公布。",
        "《国务院办公厅关于推行行政执法责任制的若干意见》（国办发〔2005〕37号）",
    ],
)
def test_what_can_be_is_not_flagged(text: str) -> None:
    """A correct date or citation gives no check."""
    assert checks(text) == []


def test_copies_are_flagged_and_others_are_not() -> None:
    """A report that repeats an earlier one names it and how like it is."""
    other = LONG.replace("逐项推进", "组织实施").replace("报送进展", "完成验收").replace("年初的安排", "乡镇的要求")
    texts = (f"甲县工作总结\n{LONG}", f"乙县工作总结\n{LONG}", f"丙县工作总结\n{other}")
    document = extract("".join(f"【第{number}篇】{text}\n" for number, text in enumerate(texts, 1)))
    found = [check for report in document.reports for check in report.checks if check.kind == "duplicate"]
    assert [(check.reports, check.ok) for check in found] == [((1, 2), False)]
    assert "0.9" in found[0].message


def test_messages_say_it_in_one_line_and_two_languages() -> None:
    """The message shows the figures, what is wrong, and which records say so."""
    text = "行政诉讼案件4起，其中1起撤诉、2起驳回起诉；1起诉讼中止。"
    text += "\n会议于2022年2月30日召开，通过建议98条，被采纳91条，采纳率82.9%。"
    (report,) = extract(text).reports
    assert [check.message for check in report.checks] == [
        "行政诉讼案件 4 = 1 + 2 + 1，各部分之和与总数相符 / the parts add up to the total [c1, c2, c3, c4]",
        "采纳率 91 / 98 = 92.9%，文中为 82.9% / the figures give 92.9%, the text says 82.9% [c6, c5, c7]",
        "2022年2月30日，历法上没有这一天 / no calendar has this day [d1]",
    ]
