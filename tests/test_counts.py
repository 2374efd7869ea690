"""Counts: one quantity has one value in all its spellings, and what counts nothing gives none."""

from __future__ import annotations

import time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractor import counts
from extractor.engine import rules_of
from extractor.hits import tried

if TYPE_CHECKING:
    from extractor.findings import CountFinding

FOLDER = Path(__file__).parent / "data"
FILES = [
    yaml.load((FOLDER / name).read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - every scalar stays text
    for name in ("counts.yaml", "quantities.yaml")
]
DATA = {part: [entry for file in FILES for entry in file[part]] for part in ("counts", "several", "none")}
SIGNS = "一二三四五六七八九十百千万亿两半几0123456789.,:-/、()“”年月日个元件人%次第约近以上下内余多 \n\t"
UNKNOWN = "null"


def marked(spelling: str) -> tuple[str, str]:
    """Return the text without ⟦ ⟧, and what they mark; all of it where they are missing."""
    before, found, rest = spelling.partition("⟦")
    if not found:
        return spelling, spelling
    inside, _, after = rest.partition("⟧")
    return before + inside + after, inside


def number(value: str | None) -> Decimal | None:
    """Return a number of the test data; None where it is unknown."""
    return None if value in {None, UNKNOWN} else Decimal(value)


def fields(text: str, finding: CountFinding) -> dict[str, object]:
    """Return what a finding says, by the names of the test data."""
    return {
        "text": text[finding.at : finding.end],
        "value": finding.value, "lower": finding.lower, "upper": finding.upper, "qualifier": finding.qualifier,
        "unit": finding.unit, "dimension": finding.dimension, "fraction": finding.fraction,
    }  # fmt: skip


def expected(entry: dict[str, str], text: str) -> dict[str, object]:
    """Return what an entry of the test data promises for one spelling."""
    value = number(entry.get("value"))
    qualifier = entry.get("qualifier", "exact")
    both = value if qualifier == "exact" else None
    unit = entry.get("unit", UNKNOWN)
    return {
        "text": text,
        "value": value,
        "lower": number(entry["lower"]) if "lower" in entry else both,
        "upper": number(entry["upper"]) if "upper" in entry else both,
        "qualifier": qualifier,
        "unit": None if unit == UNKNOWN else unit,
        "dimension": entry.get("dimension", "count"),
        "fraction": entry.get("fraction"),
    }


@pytest.mark.parametrize("entry", DATA["counts"], ids=lambda entry: entry["spellings"][0])
def test_spellings_of_one_quantity_agree(entry: dict[str, object]) -> None:
    """Every spelling gives one count with the same value, bounds and unit, and no other count."""
    for spelling in entry["spellings"]:
        text, inside = marked(spelling)
        found = [fields(text, finding) for finding in counts.search(text, rules_of())]
        assert found == [expected(entry, inside)], spelling


@pytest.mark.parametrize("entry", DATA["several"], ids=lambda entry: entry["text"][:20])
def test_quantities_of_one_text_are_told_apart(entry: dict[str, object]) -> None:
    """Lists, ratios, tables and neighbours give one count each, in order."""
    text = entry["text"]
    found = [fields(text, finding) for finding in counts.search(text, rules_of())]
    assert [one["text"] for one in found] == [want["text"] for want in entry["counts"]]
    for one, want in zip(found, entry["counts"], strict=True):
        assert {name: one[name] for name in want if name not in {"value", "unit"}} == {
            name: value for name, value in want.items() if name not in {"value", "unit"}
        }
        assert one["value"] == number(want["value"])
        assert "unit" not in want or one["unit"] == (None if want["unit"] == UNKNOWN else want["unit"])


@pytest.mark.parametrize(
    ("text", "because"), [(text, entry["because"]) for entry in DATA["none"] for text in entry["texts"]]
)
def test_look_alikes_are_no_quantity(text: str, because: str) -> None:
    """Ordinals, names, slogans, codes and words with a numeral in them give no count."""
    assert [fields(text, finding) for finding in counts.search(text, rules_of())] == [], because


def test_a_quarter_of_the_data_are_look_alikes() -> None:
    """A table of forms proves little without the forms that are none; each entry names where it is from."""
    right = {spelling for entry in DATA["counts"] for spelling in entry["spellings"]}
    wrong = {text for entry in DATA["none"] for text in entry["texts"]}
    assert len(right) >= 400
    assert len(wrong) >= len(right | wrong) / 4
    assert all(entry["source"] for part in DATA.values() for entry in part)


@given(st.text(alphabet=SIGNS, max_size=60))
def test_any_text_gives_counts_in_order(text: str) -> None:
    """Whatever the text, counts do not overlap, stand in order and have sound bounds."""
    found = counts.search(text, rules_of())
    for one, following in pairwise(found):
        assert one.end <= following.at
    for one in found:
        assert 0 <= one.at < one.end <= len(text)
        assert one.lower is None or one.upper is None or one.lower <= one.upper


HOSTILE = [
    "一",
    "1",
    "一、",
    "1,",
    "1、2和",
    "(",
    "第",
    "“",
    "1:2",
    "三至",
    "百分之",
    "1\t",
    "约",
    "近",
    "2年",
    "一个",
    "万亿",
    "届",
]


@pytest.mark.parametrize("unit", [*HOSTILE, "〇", "1-", "十五", "几", "半", "1.1", "一年", "二分之"])
def test_hostile_text_takes_linear_time(unit: str) -> None:
    """Ten times the text takes about ten times as long, whatever is repeated."""
    rules = rules_of()
    short, long = unit * 4_000, unit * 40_000
    counts.find(short, rules)
    begin = time.process_time()
    counts.find(short, rules)
    middle = time.process_time()
    counts.find(long, rules)
    end = time.process_time()
    assert end - middle < 30 * (middle - begin) + 0.5


EXAMPLES = [example.text for rule in rules_of().of_kind("count") for example in (*rule.matches, *rule.ignores)]


@given(st.lists(st.sampled_from([*SIGNS, *EXAMPLES]), max_size=9).map("".join))
def test_no_rule_is_passed_over_where_it_matches(text: str) -> None:
    """What a rule says it begins with and needs stands wherever its pattern matches, and a number is looked for."""
    rules = rules_of()
    alone, bare, hedged = tried(rules)
    starts = {found.start() for found in rules.plain("count.start").finditer(text)}
    for at in range(len(text)):
        if text[at].isascii() and text[at].isdigit() and text[at - 1 : at].isascii() and text[at - 1 : at].isdigit():
            continue  # figures are taken whole
        trials = [(alone, at)]
        if (head := rules.pattern("count.head").match(text, at)) is not None:
            trials.append((bare if head["before"] is None else hedged, head.end()))
        for kind, begin in trials:
            worth = {rule.id for rule, _ in kind.at(text, begin, len(text))} if at in starts else set()
            missed = [rule for rule in kind.rules if rule.id not in worth]
            assert [rule.id for rule in missed if rules.alone(rule).match(text, at)] == []


def test_offsets_are_those_of_the_source() -> None:
    """Markup, full width and traditional characters do not move a count."""
    source = "<p>共收到<b>１，２００</b>　餘件，佔百分之八十。</p>"
    found = [source[finding.at : finding.end] for finding in counts.search(source, rules_of())]
    assert found[-1] == "百分之八十"


@pytest.mark.parametrize(
    "tail", ["年2个月", "年半", "元5角", "个月以上2年以下", "万元", "分之一", "个至5个", "%", "个和1个百分点"]
)
def test_numbers_of_any_length_are_read(tail: str) -> None:
    """A number of thousands of digits is no error."""
    for finding in counts.search("9" * 6_000 + tail, rules_of()):
        assert finding.at < finding.end
