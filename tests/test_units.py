"""Organisations: what is found, what is not, and what it is taken for."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractor import units
from extractor.engine import rules_of
from extractor.findings import FILLER
from extractor.units.words import Words

if TYPE_CHECKING:
    from extractor.findings import UnitFinding

DATA = yaml.safe_load((Path(__file__).parent / "data" / "units.yaml").read_text(encoding="utf-8"))
CASES = [(text, wanted) for group in DATA.values() for case in group for text, wanted in case.items()]


def shown(text: str, unit: UnitFinding) -> str:
    """Return a unit in the notation of the test data."""
    words = text[unit.at : unit.end]
    name = "" if unit.name == words else f"={unit.name}"
    region = f" {unit.region[1]}" if unit.region else ""
    return f"{words}{name} {unit.kind} {unit.level or '-'}{region}"


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[text[:30] for text, _ in CASES])
def test_organisations_in_a_sentence(text: str, wanted: list[str]) -> None:
    """Every organisation of the sentence is found with its kind, level and region, and nothing else is."""
    assert wanted == [shown(text, unit) for unit in units.search(text, rules_of())]


def test_the_table_is_wide_and_a_quarter_is_look_alikes() -> None:
    """The table holds 400 sentences and more; in at least one of four nothing may be found."""
    assert len(CASES) >= 400
    assert sum(not wanted for _, wanted in CASES) * 4 >= len(CASES)


def found(text: str) -> dict[str, UnitFinding]:
    """Return the organisations in ``text`` by their words."""
    return {text[unit.at : unit.end]: unit for unit in units.search(text, rules_of())}


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("武汉市2021年政府工作报告", "city"),
        ("上海市2021年政府工作报告", "province"),
        ("上海市闵行区2021年政府工作报告", "province"),
        ("大冶市2021年政府工作报告", "county"),
        ("大冶市机构改革方案", "county"),
        ("沣阳市2021年政府工作报告", "city"),
    ],
)
def test_the_title_says_what_a_bare_city_is(title: str, level: str) -> None:
    """市 is a province in Shanghai and a county in Daye."""
    assert found(f"{title}\n\n在市委领导下,市政府全面履行职责。")["市政府"].level == level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("县政府依法行政工作总结\n由法制办把关。", "county"),
        ("工作总结\n我镇落实责任,由法制办把关,全镇没有发生一起案件。", "town"),
        ("关于有关情况的报告\n由法制办把关。\n泸溪县人民政府\n2020年1月10日", "county"),
        ("市政府办公室:\n现将我县情况报告如下。由法制办把关。", "county"),
        ("由法制办把关。", None),
    ],
)
def test_a_body_without_a_place_has_the_level_of_its_report(text: str, level: str | None) -> None:
    """The title says it, else what the report calls itself, else who signs it; an addressee does not."""
    assert found(text)["法制办"].level == level


ARTICLES = "\n第一条 为了规范管理,制定本条例。\n第二条 {}\n第三条 本条例自公布之日起施行。"


@pytest.mark.parametrize(
    ("title", "article", "wanted"),
    [
        ("浙江省信访条例", "省人民政府统一领导,市、县人民政府分级负责。", ["省人民政府"]),
        ("浙江省信访条例", "乡人民政府和公安局、税务局应当配合。", []),
        ("济南市山体保护办法", "市人民政府、省人民政府批准,县人民政府实施。", ["市人民政府", "省人民政府"]),
        ("上海市绿色建筑条例", "市人民政府统一领导,区人民政府分级负责。", ["市人民政府"]),
        ("森林防火条例", "省人民政府和国务院有关部门、税务局应当配合。", ["国务院"]),
        ("国务院关于防火工作的通知", "省人民政府和税务局应当配合。", ["国务院"]),
        ("森林防火条例", "由北京市人民政府、国家林业局负责。", ["北京市人民政府", "国家林业局"]),
        ("森林防火条例", "公司、基金会和村民委员会应当配合。", []),
    ],
)
def test_a_statute_means_any_body_of_the_lower_levels(title: str, article: str, wanted: list[str]) -> None:
    """In a statute a bare 县人民政府 is any of many, unless the statute is its own."""
    assert wanted == list(found(title + ARTICLES.format(article)))


def test_lines_that_cite_articles_make_no_statute() -> None:
    """The tables of a yearly report stand under the articles that ask for them; 市司法局 is still that of its place."""
    rows = "\n第二十条第(一)项\n规章 2\n第二十条第(五)项\n许可 46\n第二十条第(六)项\n处罚 8\n"
    text = f"青浦市年度报告{rows}由市司法局牵头。"
    assert "市司法局" in found(text)


def test_search_gives_offsets_in_the_source() -> None:
    """Markup, full width and traditional characters do not move a name, nor change it."""
    source = "<p>經<b>臺北市政府</b>及市農業局核定，</p>"
    assert [(source[unit.at : unit.end], unit.name) for unit in units.search(source, rules_of())] == [
        ("臺北市政府", "臺北市政府"),
        ("市農業局", "市農業局"),
    ]


def test_names_do_not_cross_hidden_text() -> None:
    """What other stages have hidden belongs to no name."""
    text = f"县{FILLER}政府与市{FILLER * 3}财政局"
    assert [text[unit.at : unit.end] for unit in units.find(text, rules_of())] == ["财政局"]


@given(
    st.text(alphabet="省市县区镇村政府委员会人大法院局办公室中心公司领导小组的由和、,。()某第届一武汉青山\n" + FILLER)
)
def test_any_text_gives_names_apart(text: str) -> None:
    """Whatever the text, names lie within lines, in order and apart."""
    spans = [(unit.at, unit.end) for unit in units.find(text, rules_of())]
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    assert not any(mark in text[a:b] for a, b in spans for mark in ("\n", FILLER))


def test_words_take_the_longest() -> None:
    """Of the words that begin or end at a place the longest counts."""
    words = Words.of(["人大", "人大常委会", "常委会"])
    text = "市人大常委会"
    assert words.to(text, len(text)) == "人大常委会"
    assert words.at(text, 1, len(text)) == "人大常委会"
    assert words.at(text, 1, 4) == "人大"
    assert words.rest(text) == "市"
