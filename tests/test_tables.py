"""Tables: figures in aligned cells mean what the headings of their row and column say."""

from __future__ import annotations

import pytest

from extractor import extract

CASES = "2021年行政复议案件情况\n单位：件\n年份{0}收到{0}受理\n2020年{0}86{0}80\n2021年{0}112{0}105\n"


def cells(text: str) -> list[tuple[object, ...]]:
    """Return value, measure, item, verb, indicator and period of the counts of a text that is one report."""
    (report,) = extract(text).reports
    return [(int(one.value or 0), one.unit, one.item, one.action, one.indicator, one.period) for one in report.counts]


@pytest.mark.parametrize("gap", ["\t", " | ", "    ", "   \t", " "])
def test_rows_are_years_and_columns_stages(gap: str) -> None:
    """The noun stands in the name of the table, the measure over it, the year before the row."""
    assert cells(CASES.format(gap)) == [
        (86, "件", "行政复议案件", "收到", "reconsideration.received", "2020"),
        (80, "件", "行政复议案件", "受理", "reconsideration.accepted", "2020"),
        (112, "件", "行政复议案件", "收到", "reconsideration.received", "2021"),
        (105, "件", "行政复议案件", "受理", "reconsideration.accepted", "2021"),
    ]


def test_columns_are_years() -> None:
    """A bare year over a column is its period; a measure may stand in the row's own heading."""
    text = "|指标|2021|2022|\n|---|---|---|\n|行政许可（件）|1203|1320|\n|税收收入（万元）|56.5|60|\n"
    assert cells(text) == [
        (1203, "件", "行政许可", None, "license.total", "2021"),
        (1320, "件", "行政许可", None, "license.total", "2022"),
        (565_000, "元", "税收收入", None, None, "2021"),
        (600_000, "元", "税收收入", None, None, "2022"),
    ]


@pytest.mark.parametrize("gap", ["\t", "  ", " "])
def test_bare_years_head_rows(gap: str) -> None:
    """A year without 年 is the label of a row of two figures or more; a day in figures and a row of years are none."""
    text = f"法院案件情况\n单位：件\n年份{gap}收案{gap}结案\n2021{gap}312{gap}300\n2022{gap}345{gap}351\n"
    assert [(count[0], count[1], count[5]) for count in cells(text)] == [
        (312, "件", "2021"),
        (300, "件", "2021"),
        (345, "件", "2022"),
        (351, "件", "2022"),
    ]
    for row in ("2021 05 08", "2021 2022 2023", "2021 1 136 460"):
        assert extract(f"法院案件情况\n{row}\n").reports[0].counts == ()


def test_single_blanks_part_cells_too() -> None:
    """Where a heading row has as many words as the row of figures under it, a blank is no stray."""
    text = "主要产品产量\n指标 单位 2022年 比上年增长%\n粮食产量 万吨 312 2\n发电量 亿千瓦时 120 -8\n"
    (report,) = extract(text).reports
    assert [(int(one.value or 0), one.unit, one.item) for one in report.counts] == [
        (3_120_000, "吨", "粮食产量"),
        (2, "%", "粮食产量"),
        (12_000_000_000, "千瓦时", "发电量"),
        (-8, "%", "发电量"),
    ]


def test_a_heading_with_more_words_is_none() -> None:
    """A line of words that fits no row under it is running text, whose blanks are strays."""
    (report,) = extract("主要产品产量\n单位 万元 各 县 区 报送\n粮食产量 312 2\n").reports
    assert [(one.value, one.unit) for one in report.counts] == [(312, None), (2, None)]


def test_rows_are_organisations() -> None:
    """Who acted stands in the row, what in the column; a total belongs to nobody."""
    rows = "县公安局    120    36.5\n合计    120    36.5\n"
    text = f"2023年行政处罚情况\n单位    立案数（件）    罚款金额（万元）\n{rows}"
    (report,) = extract(text).reports
    assert [(one.item, one.action, one.indicator, one.actor) for one in report.counts] == [
        ("行政处罚", "立案", "penalty.accepted", "县公安局"),
        ("罚款金额", None, "penalty.amount", None),
        ("行政处罚", "立案", "penalty.accepted", None),
        ("罚款金额", None, "penalty.amount", None),
    ]


def test_a_column_of_growth() -> None:
    """What grew stands in the row; below zero it fell."""
    text = "项目\t2022年\t同比增长\n税收收入\t12300\t10.2%\n非税收入\t4500\t-8.9%\n"
    (report,) = extract(text).reports
    changes = [(one.item, one.change.direction) for one in report.counts if one.change]
    assert changes == [("税收收入", "up"), ("非税收入", "down")]


@pytest.mark.parametrize(
    ("head", "figure", "expected"),
    [
        ("为预算%", "102.7", (102.7, "%")),
        ("增减（%）", "-7.5", (-7.5, "%")),
        ("完成率", "98.6", (98.6, None)),
        ("缴费人数", "320", (320, None)),
        ("完成数", "598", (5_980_000, "元")),
    ],
)
def test_the_measure_over_a_table_is_not_for_every_column(
    head: str, figure: str, expected: tuple[float, str | None]
) -> None:
    """A column with a sign of its own, of shares or of heads is not in 万元."""
    (report,) = extract(f"收入情况\n单位：万元\n项目\t预算数\t{head}\n税收收入\t583\t{figure}\n").reports
    first, second = report.counts
    assert (first.value, first.unit) == (5_830_000, "元")
    assert (float(second.value or 0), second.unit) == expected


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        ("", (18_000, "元")),
        ("三、收到申请情况\n", (1.8, None)),
        ("\n", (18_000, "元")),
    ],
)
def test_one_heading_with_a_measure_is_for_the_rows_right_below(
    between: str, expected: tuple[float, str | None]
) -> None:
    """A label and a figure under 收费金额（单位：万元） are in 万元, until another line parts the rows."""
    (report,) = extract(f"信息内容 本年收费金额（单位：万元）\n事业性收费 20457.36\n{between}罚没收入 1.8\n").reports
    first, second = report.counts
    assert (first.value, first.unit) == (204_573_600, "元")
    assert (float(second.value or 0), second.unit) == expected


def test_each_column_is_in_the_measure_that_fits_its_heading() -> None:
    """Of 公顷 and 吨 over a table, 面积 is in the one and 产量 in the other; a rate has its own or none."""
    text = "粮食生产情况 单位：公顷、吨\n镇名 播种面积 总产量 单产（公斤/亩） 复种指数\n石桥镇 3,215 21,870 453.5 182\n"
    (report,) = extract(text).reports
    assert [one.unit for one in report.counts] == ["公顷", "吨", "公斤/亩", None]


def test_a_measure_may_be_a_rate() -> None:
    """元/立方米 over a table is the measure of all its figures."""
    text = "水价表（单位：元/立方米）\n类别 基本水价 到户价\n第一阶梯 2.07 3.43\n第二阶梯 4.07 5.43\n"
    (report,) = extract(text).reports
    assert {one.unit for one in report.counts} == {"元/立方米"}


def test_a_column_of_measures_may_be_headed_by_their_kind() -> None:
    """元/500克 under 规格 is the measure of its row, and its 500 counts nothing."""
    rows = "粳米 元/500克 2.85 2.85 0.0%\n鸡蛋 元/500克 4.75 5.02 -5.4%\n"
    text = f"农贸市场价格监测\n品种 规格 本周均价 上周均价 涨跌幅\n{rows}"
    (report,) = extract(text).reports
    assert [one.unit for one in report.counts] == ["元/500克", "元/500克", "%"] * 2


def test_columns_that_only_say_which_figure() -> None:
    """预算数 and 为预算% are not what is counted, also where the row is a total."""
    text = "单位：万元\n项目\t预算数\t为预算%\n税收收入\t583\t102.7\n合计\t842\t102.6\n"
    (report,) = extract(text).reports
    assert [one.item for one in report.counts] == ["税收收入", "税收收入", "合计", "合计"]


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("收到    受理\n一段没有对齐的文字。\n又一段文字。\n案件    12\n", "other lines stand between"),
        ("收到申请\n案件    12\n", "one heading"),
        ("收到    受理    审结    结转\n案件    12\n", "the columns do not match"),
    ],
)
def test_other_lines_are_no_headings(text: str, because: str) -> None:
    """A row of figures without a heading row of its own is read alone."""
    assert [one[3] for one in cells(text)] == [None], because
