"""Dates in free text: every spelling of a date has its value, and look-alikes are none."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractor import dates
from extractor.errors import UsageError
from extractor.findings import DateFinding
from extractor.ruleset import builtin

DATA = yaml.safe_load((Path(__file__).parent / "data" / "dates.yaml").read_text(encoding="utf-8"))
COUNTING = frozenset({"republic", "short", "figures"})  # all the ways in which a text may count its years
HOSTILE = ("一", "1", "年", "1年", "一月", "1、", "1-", "2000、", "2022年", "1月1日", "今年", "x年", "_", "每年1月，")

PIECES = (
    *"年月日号季度半初底末中旬上下前今去明后本同次翌至到-~、和起以来的第一二三十〇零百1230679xX×_.,。（）“”\n/ ",
    *(
        "2022",
        "1998",
        "98",
        "12",
        "31",
        "2月29日",
        "民国",
        "光绪",
        "农历",
        "正月",
        "初一",
        "春节",
        "年代",
        "世纪",
        "十四五",
    ),
    *("期间", "同期", "季度", "上半年", "今天", "以来", "每年", "比", "第一条 ", "一、", "平成", "元年", "闰", "周五"),
)


def marked(spelling: str) -> tuple[str, tuple[int, int]]:
    """Return the text without its marks, and where the date stands in it."""
    text = spelling.replace("⟦", "").replace("⟧", "")
    if "⟦" not in spelling:
        return text, (0, len(text))
    return text, (spelling.index("⟦"), spelling.index("⟧") - 1)


@pytest.mark.parametrize("group", DATA["dates"], ids=lambda group: f"{group['value']}-{group['source']}")
def test_spellings_have_one_value(group: dict[str, str | list[str]]) -> None:
    """However a date is written, its value, granularity, kind and part are the same."""
    wanted = (group["value"], group["granularity"], group["kind"], group.get("part"))
    for spelling in group["spellings"]:
        text, span = marked(spelling)
        found = {(finding.at, finding.end): finding for finding in dates.search(text, group.get("reference"))}
        assert span in found, spelling
        finding = found[span]
        assert wanted == (finding.value, finding.granularity, finding.kind, finding.part), spelling


@pytest.mark.parametrize("group", DATA["dates"], ids=lambda group: f"{group['value']}-{group['source']}")
def test_whole_spellings_parse(group: dict[str, str | list[str]]) -> None:
    """A spelling that is a date from end to end parses to one."""
    for spelling in group["spellings"]:
        if "⟦" not in spelling:
            assert dates.parse(spelling, group.get("reference")) is not None, spelling


@pytest.mark.parametrize("group", DATA["none"], ids=lambda group: group["because"])
def test_look_alikes_are_no_dates(group: dict[str, str | list[str]]) -> None:
    """What only looks like a date gives none, also where today is known."""
    for text in group["texts"]:
        assert dates.search(text, "2022-06-15") == (), text


def test_a_quarter_of_the_spellings_are_look_alikes() -> None:
    """The test data keep the balance that makes false alarms show."""
    spellings = sum(len(group["spellings"]) for group in DATA["dates"])
    texts = sum(len(group["texts"]) for group in DATA["none"])
    assert spellings >= 400
    assert texts >= (spellings + texts) / 4


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022年2月", "2022-02-01", "2022-02-28"),
        ("2024年2月下旬", "2024-02-21", "2024-02-29"),
        ("2022年第三季度", "2022-07-01", "2022-09-30"),
        ("2022年下半年", "2022-07-01", "2022-12-31"),
        ("2008年1月至2010年5月底", "2008-01-01", "2010-05-31"),
        ("2021年前三季度", "2021-01-01", "2021-09-30"),
        ("50、60年代", "1950-01-01", "1969-12-31"),
        ("十四五时期", "2021-01-01", "2025-12-31"),
        ("2024年3月20日起", "2024-03-20", None),
        ("2022年秋季", None, None),
        ("20××年", None, None),
        ("今年", None, None),
    ],
)
def test_first_and_last_day(text: str, first: str | None, last: str | None) -> None:
    """The days covered are inclusive; an open or unknown end has none."""
    found = dates.search(text)
    assert [(first, last)] == [(finding.start_date, finding.end_date) for finding in found]


@pytest.mark.parametrize("text", ["2月30日", "2021年2月30日", "2023年2月29日", "13月5日", "2022-02-30"])
def test_impossible_dates_are_kept_without_value(text: str) -> None:
    """A day of no calendar is reported, marked, and neither dropped nor moved."""
    (finding,) = dates.search(text, "2022")
    assert (finding.value, finding.impossible, finding.granularity) == (None, True, "day")


def test_a_leap_day_of_another_year_is_not_impossible() -> None:
    """29 February without a year is a day of some year, if not of the report's."""
    (finding,) = dates.search("2月29日", "2023")
    assert (finding.value, finding.impossible) == (None, False)


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("２０２２年７月１日，<b>２０２３</b>年", ["２０２２年７月１日", "２０２３</b>年"]),
        ("中華民國九十三年三月十九日槍擊", ["中華民國九十三年三月十九日"]),
        ("自 2022 年 7 月 1 日 起施行", ["2022 年 7 月 1 日 起"]),
        ("2022&nbsp;年12月，\r\n去年同期", ["2022&nbsp;年12月", "去年同期"]),
    ],
)
def test_offsets_are_those_of_the_source(source: str, texts: list[str]) -> None:
    """Offsets survive full width, traditional characters, blanks and markup."""
    assert texts == [source[finding.at : finding.end] for finding in dates.search(source)]


@pytest.mark.parametrize("text", ["", "在2022年", "2022年和2023年5月", "没有日期", "2022年，"])
def test_parse_wants_one_whole_date(text: str) -> None:
    """A text that is no date, or more than one, parses to nothing."""
    assert dates.parse(text) is None


def test_parse_gives_the_finding() -> None:
    """Blanks around a date are no part of it."""
    finding = dates.parse(" 2022年第三季度 ")
    assert finding == DateFinding(1, 10, "date.quarter", "2022-35", "2022-07-01", "2022-09-30", "quarter", "absolute")


@pytest.mark.parametrize("reference", ["22", "2022-13", "2022-02-30", "今年", "2022/06/30", "", "0001", "9999-12-31"])
def test_a_bad_reference_is_refused(reference: str) -> None:
    """The message quotes the value and says what to write."""
    with pytest.raises(UsageError, match="write 2022, 2022-06 or 2022-06-30"):
        dates.search("今年", reference)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.sampled_from((None, "2022", "2022-06-15")))
def test_any_text_gives_sound_findings(text: str, reference: str | None) -> None:
    """Whatever is put together, findings are in order, apart, inside the text, and run forwards."""
    end = 0
    for finding in dates.search(text, reference):
        assert end <= finding.at < finding.end <= len(text)
        end = finding.end
        if finding.start_date is not None and finding.end_date is not None:
            assert date.fromisoformat(finding.start_date) <= date.fromisoformat(finding.end_date)
        assert finding.value is not None or (finding.start_date, finding.end_date) == (None, None)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_no_rule_is_passed_over_where_it_matches(text: str) -> None:
    """What a rule says it begins with and needs stands wherever its pattern matches."""
    rules = builtin()
    trials = dates.trials_of(rules, COUNTING)
    for at in range(len(text)):
        tried = {rule.id for rule, _ in trials.at(text, at, len(text))}
        missed = [rule.id for rule in rules.of_kind("date") if rule.id not in tried]
        assert [name for name in missed if rules.alone(rules.by_id[name]).match(text, at)] == []


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_what_begins_a_date_is_looked_at(text: str) -> None:
    """The search for two characters finds whatever the seed knows."""
    rules = builtin()
    if rules.pattern("date.seed").match(text) is not None:
        assert rules.plain("date.start").match(text) is not None


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    """Twice the text takes about twice the time, whatever is repeated."""
    dates.search("2022年1月1日")
    taken = []
    for size in (20_000, 80_000):
        begin = time.process_time()
        dates.search(unit * (size // len(unit)))
        taken.append(time.process_time() - begin)
    assert taken[1] < 8 * taken[0] + 0.2
