"""Link: what a count means follows from its clause, and is unknown where the clause does not say."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from extractor import Extractor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractor.records import Count

FILE = Path(__file__).parent / "data" / "meaning.yaml"
DATA = yaml.load(FILE.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - every scalar stays text
SENTENCES = [sentence for group in DATA["groups"] for sentence in group["sentences"]]
FIELDS = ("text", "item", "action", "indicator", "actor", "change", "parent")


def case(sentence: dict[str, object]) -> object:
    """Return the sentence as a test; one that is still read wrongly says under ``left`` why."""
    marks = [pytest.mark.xfail(reason=str(sentence["left"]), strict=True)] if "left" in sentence else []
    return pytest.param(sentence, id=str(sentence["text"])[:24], marks=marks)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    """Return an extractor for which 今年 is the year of the test data."""
    return Extractor(reference_date=DATA["reference"])


def counts(extractor: Extractor, text: str) -> tuple[Count, ...]:
    """Return the counts of a text that is one report."""
    (report,) = extractor.extract(text).reports
    return report.counts


def meaning(count: Count, texts: Mapping[str, str]) -> dict[str, object]:
    """Return the fields that the test data give, without those that are null."""
    change = count.change and [word for word in (count.change.direction, count.change.baseline) if word]
    values = {**{field: getattr(count, field) for field in FIELDS}, "change": change}
    values["parent"] = texts[count.parent] if count.parent else None
    return {field: value for field, value in values.items() if value is not None}


@pytest.mark.parametrize("sentence", [case(sentence) for sentence in SENTENCES])
def test_counts_mean_what_their_clause_says(extractor: Extractor, sentence: dict[str, object]) -> None:
    """Item, verb, indicator, actor, growth, total and time come from the construction, nothing else."""
    found = counts(extractor, str(sentence["text"]))
    texts = {count.id: count.text for count in found}
    wanted = sentence["counts"]
    assert isinstance(wanted, list)
    assert [meaning(count, texts) for count in found] == [
        {field: value for field, value in one.items() if field != "period"} for one in wanted
    ]
    for count, one in zip(found, wanted, strict=True):
        assert "period" not in one or count.period == one["period"]


def test_data_cover_the_language() -> None:
    """There are sentences enough, and none twice."""
    texts = [sentence["text"] for sentence in SENTENCES]
    assert len(set(texts)) == len(texts) >= 120


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("一、2022年工作\n共受理案件12件。\n二、2023年打算\n培训干部30人次。", ["2022", "2023"]),
        ("（一）受理情况。2021年共受理12件。审结11件。", ["2021", "2021"]),
        ("2021年收到申请12件，比2020年的10件增加2件。", ["2021", "2020", "2021"]),
        ("2019年和2020年分别审结案件12件和15件。", ["2019", "2020"]),
        ("截至2022年底，共有调解员30名。", ["../2022"]),
        ("2022年3月以来，办理案件12件。", ["2022-03/.."]),
        (
            "2024年1至6月，新增就业5万人。6月末，失业率3%。发放贷款6亿元。",
            ["2024-01/2024-06", "2024-06", "2024-01/2024-06"],
        ),
        ("2024年工作报告\n9月，受理诉求50件。其中，求助类30件。", ["2024-09", "2024-09"]),
    ],
)
def test_the_nearest_date_that_says_when_governs(text: str, period: list[str]) -> None:
    """A date in the clause, else at the head of the sentence or paragraph, else in the heading above."""
    assert [count.period for count in counts(Extractor(), text)] == period


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "一、复议。收到复议申请12件，受理11件。\n二、信访。接待群众3批。共办结9件。",
            ["复议申请", "复议申请", "群众", None],
        ),
        ("收到复议申请12件。\n（二）审理。共审结11件。", ["复议申请", "复议申请"]),
    ],
)
def test_items_carry_no_further_than_their_part_of_the_report(text: str, items: list[str | None]) -> None:
    """What is carried over ends at a heading of the first level."""
    assert [count.item for count in counts(Extractor(), text)] == items


def test_a_user_adds_an_indicator(tmp_path: Path) -> None:
    """A row in a table of the user's gives a domain of its own."""
    tables = tmp_path / "tables"
    tables.mkdir()
    row = "domain,label,words,context,kinds,default\npatent,专利,专利申请;专利,专利,,\n"
    (tables / "indicator_domains.csv").write_text(row, encoding="utf-8")
    found = counts(Extractor(rules=(tmp_path,)), "受理专利申请30件。")
    assert [count.indicator for count in found] == ["patent.accepted"]


@pytest.mark.parametrize("unit", ["受理行政复议申请12件，", "其中维持3件（含上年1件），", "分别增长3%、4%和5%，", "的"])
def test_time_grows_with_length(unit: str) -> None:
    """A sentence ten times as long takes about ten times as long."""
    extractor = Extractor()

    def seconds(times: int) -> float:
        text = unit * times
        begun = time.perf_counter()
        extractor.extract(text)
        return time.perf_counter() - begun

    seconds(50)
    short, long = min(seconds(200) for _ in range(3)), min(seconds(2000) for _ in range(2))
    assert long < 40 * short + 0.2
