"""Dates in reports: what a date leaves out comes from the text around it and from the report's head and foot."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from extractor import extract

REPORTS = yaml.safe_load((Path(__file__).parent / "data" / "date_reports.yaml").read_text(encoding="utf-8"))
REPORT = "安陵县2006年依法行政工作总结\n"


def values(text: str, reference: str | None = None) -> list[tuple[str, str | None]]:
    """Return the dates of ``text`` with their values, those of the title left out."""
    report = extract(text, only=["dates"], reference_date=reference).reports[0]
    body = len(text) - len(text.partition("\n")[2]) if report.title else 0
    return [(date.text, date.value) for date in report.dates if date.start >= body]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今年以来，全县制定文件14件。3月，下发通知。", [("今年以来", "2006/.."), ("3月", "2006-03")]),
        (
            "5至8月，对1998年以来印发的文件进行清理。9月，公布目录。",
            [
                ("5至8月", "2006-05/2006-08"),
                ("1998年以来", "1998/.."),
                ("9月", "2006-09"),
            ],
        ),
        ("比2004年的572件增加92件。截至12月底，审结415件。", [("2004年", "2004"), ("12月底", "2006-12")]),
        ("较2005年同期增长5%。6月末，余额下降。", [("2005年同期", "2005"), ("6月末", "2006-06")]),
        (
            "在1月份对上年度全县工作进行评查，2月份通报。",
            [("1月份", "2006-01"), ("上年度", "2005"), ("2月份", "2006-02")],
        ),
        ("2003年，启动试点。\n4月，召开会议。", [("2003年", "2003"), ("4月", "2006-04")]),
        ("2003年3月，启动试点，5月完成。", [("2003年3月", "2003-03"), ("5月", "2003-05")]),
        ("《办法》（2003年修订）规定，4月报送。", [("2003年", "2003"), ("4月", "2006-04")]),
        ("XX年，成绩显著。4月，召开会议。", [("XX年", "XXXX"), ("4月", "2006-04")]),
        ("去年，增长5%。4月，召开会议。", [("去年", "2005"), ("4月", "2006-04")]),
        ("到2010年，实现目标。\n年底前完成清理。", [("2010年", "2010"), ("年底", "2006")]),
    ],
)
def test_the_nearest_governing_date_gives_the_year(text: str, expected: list[tuple[str, str]]) -> None:
    """A date without a year takes that of its sentence or paragraph, not of a comparison, an aside or a mask."""
    assert expected == values(REPORT + text)


def test_a_dated_heading_governs_its_section() -> None:
    """年底 under a heading that names a year is of that year, until the next heading of its rank."""
    text = REPORT + (
        "一、工作成效\n3月，开展检查。\n二、2007年工作打算\n（一）学习\n年底前完成轮训。\n三、问题\n5月，检查。\n"
    )
    assert values(text) == [("3月", "2006-03"), ("2007年", "2007"), ("年底", "2007"), ("5月", "2006-05")]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("安陵县2006年工作总结\n今年，", "2006"),
        ("关于安陵县2006年的工作总结\n2005年，取得成效。今年，", "2006"),
        ("北汀区2023年度法治政府建设情况报告\n今年，\n北汀区人民政府\n2024年2月28日", "2023"),
        ("安陵县工作总结\n2006年，我县取得成效。今年，\n二○○七年一月五日", "2006"),
        ("关于开展检查的通知\n各科室：今年，认真开展检查。\n县政府办公室\n2011年3月5日\n", "2011"),
        ("政府工作报告\n----2012年2月29日在某区第十三届人民代表大会上\n各位代表：\n2011年，增长5%。\n今年，", "2012"),
        ("1985年预算执行情况和1986年预算草案的报告\n--1986年3月26日在第六届全国人民代表大会上\n今年，", "1986"),
        ("政府依法行政工作总结\n今年以来，按照《罗洪乡20xx依法行政工作计划》", None),
        ("县司法局工作总结\n二、执法情况。2019年，办案3件。今年，", "2019"),
        ("关于节约用电的通知\n1980年，用电增长5%。今年，要\n县人民政府\n1981年4月2日\n", "1981"),
        ("关于节约用电的通知\n政发〔1981〕56号\n各局：\n1980年，用电增长5%。今年，要", "1981"),
        ("关于节约用电的报告\n政发〔1981〕56号\n1980年，用电增长5%。今年，", "1980"),
        ("执法检查的情况\n根据2003年监督计划，今年，组织检查。1998年至2002年，投入增加。", "2003"),
        ("秋粮收获过半\n今年，秋粮丰收。\n（来源：《农村日报》 2021年10月15日 第1版）", "2021"),
    ],
)
def test_the_year_of_the_report(text: str, year: str | None) -> None:
    """今年 is the year of the title, of the lead's first statement, of the signature, in this order; else unknown."""
    found = {name: value and value.partition("/")[0] for name, value in values(text) if name.startswith("今年")}
    assert [year] == list(found.values())


def test_a_reference_date_comes_first() -> None:
    """What the caller says stands above the title."""
    assert values(REPORT + "今年，去年底，本月", "2010-06") == [
        ("今年", "2010"),
        ("去年底", "2009"),
        ("本月", "2010-06"),
    ]


def test_a_report_to_a_congress_looks_back() -> None:
    """上年 and months without a year are of the time reviewed, 今年 of the time of speaking."""
    text = (
        "政府工作报告\n----2012年2月29日在某区第十三届人民代表大会上\n各位代表：\n一、过去一年工作回顾\n"
        "收入比上年增长5%。9月，项目投产。\n二、今年的主要任务\n今年，力争增长8%。\n"
    )
    expected = [
        ("2012年2月29日", "2012-02-29"),
        ("上年", "2010"),
        ("9月", "2011-09"),
        ("今年", "2012"),
        ("今年", "2012"),
    ]
    assert expected == values(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新华社北京３月１１日电 院长今天作报告，比上年上升。", [("３月１１日", None), ("今天", None), ("上年", None)]),
        (
            "本报2013年8月12日讯 昨日，记者获悉，8月10日通车。",
            [
                ("2013年8月12日", "2013-08-12"),
                ("昨日", "2013-08-11"),
                ("8月10日", "2013-08-10"),
            ],
        ),
        (
            "国家统计局今天（2月29日）发布公报。比上年增长。\n2023年，增长9%。\n(https://tv.example.com/2024/02/29/a.shtml)",
            [
                ("今天", "2024-02-29"),
                ("2月29日", "2024-02-29"),
                ("上年", "2022"),
                ("2023年", "2023"),
            ],
        ),
    ],
)
def test_news(text: str, expected: list[tuple[str, str | None]]) -> None:
    """今天 is the day of the news line, of the bracket behind it, or of the page's address."""
    title = "2023年国内生产总值超126万亿\n\n" if "公报" in text else "院长作报告\n\n"
    assert expected == values(title + text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年1月1日至12月31日", "2021-01-01/2021-12-31"),
        ("11月至次年3月", "2006-11/2007-03"),
        ("11月至3月", "2006-11/2007-03"),
        ("3月至2012年5月", "2012-03/2012-05"),
        ("11月至2012年5月", "2011-11/2012-05"),
        ("2020-2016年", None),
        ("去年底至今年3月", "2005/2006-03"),
        ("一季度至三季度", "2006-01/2006-09"),
    ],
)
def test_the_ends_of_an_interval_share_what_they_leave_out(text: str, expected: str | None) -> None:
    """An interval runs forwards; one that would not has no value."""
    assert values(REPORT + text) == [(text, expected)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2016年8月起拖欠，截至9月底。同年10月搬离。\n2017年1月5日及2月6日催告。次月未付。12月3日起诉，同日立案。",
            [
                ("2016年8月起", "2016-08/.."),
                ("9月底", "2016-09"),
                ("同年10月", "2016-10"),
                ("2017年1月5日", "2017-01-05"),
                ("2月6日", "2017-02-06"),
                ("次月", "2017-03"),
                ("12月3日", "2017-12-03"),
                ("同日", "2017-12-03"),
            ],
        ),
        ("2018年5月，签约。\n8月，解约。", [("2018年5月", "2018-05"), ("8月", "2018-08")]),
        ("应当于同日答复，次年报告。", []),
    ],
)
def test_a_story_goes_on(text: str, expected: list[tuple[str, str]]) -> None:
    """In a case each date governs until the next, over paragraphs; 同日 that points nowhere is none."""
    assert expected == values("张某诉某公司合同纠纷案\n\n" + text)


def test_this_century_is_the_writers() -> None:
    """本世纪 and 上世纪 are counted from the year of the report."""
    text = "工作报告\n到本世纪末，上世纪九十年代，二十世纪八十年代"
    expected = {"2012": ["20XX", "199X", "198X"], "1991": ["19XX", "189X", "198X"]}
    assert {year: [value for _, value in values(text, year)] for year in expected} == expected


@pytest.mark.parametrize(
    "text",
    [
        "第十七条 企业应当于次年3月31日前报告。",
        "第十七条 年度终了后，应当在1月31日前公布上一年度数据。",
        "第十七条 应当于每年年底前公布。",
        "第十七条 采暖期自11月15日至3月15日。",
        "第十七条 应当于每月五日前申报上月持有的股份。",
    ],
)
def test_statutes_speak_of_every_year(text: str) -> None:
    """In articles a day without a year recurs."""
    statute = "某市供热条例\n\n第一条 为了供热，制定本条例。\n第二条 本条例适用于本市。\n"
    assert values(statute + text + "\n第十八条 本条例自2016年8月1日起施行。") == [("2016年8月1日起", "2016-08-01/..")]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2022年12月县政府依法行政工作总结\n", "2022"),
        ("某市2022年上半年经济运行情况\n", "2022-40"),
        ("某市2016-2020年工作总结\n", "2016/2020"),
        ("某市2021年1-11月情况通报\n", "2021-01/2021-11"),
        ("政府工作总结\n2006年，我县取得成效。", "2006"),
        ("某区法院工作报告（2020年1月）\n2019年，审结案件12件。\n审结刑事案件3件。", "2019"),
        ("某区法院工作报告（2020年1月）\n审结刑事案件3件。", "2020"),
        ("政府工作总结\n今年以来，我县取得成效。", None),
        ("第二季度重大项目推进情况通报\n2022年，全市开工。", "2022-34"),
        ("工作报告\n（2018年1月9日在临江市第八届人民代表大会第一次会议上）\n过去五年的工作回顾\n", "2013/2017"),
        ("制鞋行业挥发性有机物排放标准\n2010年11月1日起，新建企业执行。", None),
    ],
)
def test_the_period_of_the_report(text: str, period: str | None) -> None:
    """The period is what the title names, else the year that the lead states; unknown otherwise."""
    assert period == extract(text).reports[0].period


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("宁波市人民政府2006年依法行政工作总结\n2006年，取得成效。", "宁波市人民政府"),
        ("2023年度法治政府建设情况报告\n取得成效。\n宁波市人民政府\n2024年2月28日\n", "宁波市人民政府"),
        ("县政府工作总结\n取得成效。", None),
        ("关于报送情况的函\n县政府：\n报告如下。\n临江县水利局（公章）\n2023年10月9日\n抄送：人大\n", "临江县水利局"),
        ("关于报送情况的函\n县政府：\n现报告如下。\n临江县水利局2023年10月9日\n", "临江县水利局"),
        ("防汛简报\n第17期\n临江市防汛抗旱指挥部　　2020年7月20日\n\n7月18日，大雨。", "临江市防汛抗旱指挥部"),
        ("# 工业用水定额标准\n\n2019年11月30日 国家市场监督管理总局令第20号公布\n", "国家市场监督管理总局"),
        ("# 会计档案管理办法\n\n1984年6月1日 国务院批准\n1984年6月8日 财政部、国家档案局发布\n", "财政部、国家档案局"),
        (
            "# 浙江省渔港条例\n\n2015年3月27日 浙江省第十二届人民代表大会常务委员会第十八次会议通过\n",
            "浙江省第十二届人民代表大会常务委员会",
        ),
        ("商品检验局组织条例\n第一条 商品检验局隶属经济部。", None),
        ("省厅解读\n发布机构：浙江省水利厅\n发布日期：2020-07-10\n正文。", "浙江省水利厅"),
        ("政府工作报告\n1998年2月20日\n南宁市代市长 林某\n各位代表：\n我代表市人民政府报告。", "南宁市人民政府"),
        ("政府工作报告\n各位代表：\n现在，我代表海南省人民政府，向大会报告工作。", "海南省人民政府"),
        ("违约的商家应当退款\n消费者权益保护典型案例\n最高人民法院发布\n2021-05-12\n正文。", "最高人民法院"),
        ("财政部、教育部关于加强资金管理的通知\n请遵照执行。", "财政部、教育部"),
    ],
)
def test_the_issuer_of_the_report(text: str, issuer: str | None) -> None:
    """The issuer is named by the title, else by the signature; a bare 县政府 names nobody."""
    assert issuer == extract(text).reports[0].issuer


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report["about"])
def test_whole_documents(report: dict[str, str | list[tuple[str, str | None]]]) -> None:
    """In documents of many kinds and times every date has the value that a reader gives it, and nothing else is one."""
    found = extract(str(report["text"]), only=["dates"]).reports[0].dates
    assert [list(pair) for pair in report["dates"]] == [[date.text, date.value] for date in found]
