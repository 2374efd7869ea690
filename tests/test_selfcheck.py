"""Selfcheck: a promise that a rule does not keep is reported where it is made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractor import Extractor
from extractor.ruleset import Example, Pattern, Rule
from extractor.selfcheck import check_directories, check_examples, check_pattern, check_rule

EXTRACTOR = Extractor()
HERE = Path("mine.yaml")


@pytest.fixture(scope="module")
def rule() -> Rule:
    """Return a built-in rule that reads a year, whichever it is."""
    (record,) = EXTRACTOR.extract("2021年").reports[0].dates
    return EXTRACTOR.ruleset.by_id[record.rule]


def broken(rule: Rule, *, matches: tuple[Example, ...] = (), ignores: tuple[Example, ...] = ()) -> list[str]:
    """Return the problems of ``rule`` with other examples, without its id."""
    found = check_rule(rule._replace(matches=matches, ignores=ignores), EXTRACTOR)
    return [str(problem).replace(f"{rule.id}", "RULE") for problem in found]


@pytest.mark.parametrize(
    ("example", "problems"),
    [
        (Example("2021年", HERE, 3, 5), []),
        (Example("自2021年起草", HERE, 3, 5, span="2021年", gives=(("value", "2021"), ("part", "null"))), []),
        (
            Example("2021年", HERE, 3, 5, gives=(("granularity", "year"), ("value", "2020"))),
            ["mine.yaml:3:5: RULE: '2021年' gives value '2021', not '2020'"],
        ),
        (
            Example("2021年", HERE, 3, 5, gives=(("part", "early"),)),
            ["mine.yaml:3:5: RULE: '2021年' gives part 'null', not 'early'"],
        ),
        (
            Example("2021年", HERE, 3, 5, gives=(("valeu", "2021"),)),
            ["mine.yaml:3:5: RULE: '2021年' has no field 'valeu'"],
        ),
        (
            Example("自2021年起草", HERE, 3, 5),
            ["mine.yaml:3:5: RULE: gives no record '自2021年起草' of this rule; found: RULE '2021年'"],
        ),
        (
            Example("此处\n无物", HERE, 3, 5),
            ["mine.yaml:3:5: RULE: gives no record '此处\\n无物' of this rule; found: nothing"],
        ),
        (
            Example("2021年", HERE, 3, 5, reference="yesterday"),
            ["mine.yaml:3:5: RULE: "],
        ),
    ],
)
def test_a_match_gives_its_record(rule: Rule, example: Example, problems: list[str]) -> None:
    """The record of this rule, its text, its fields."""
    found = broken(rule, matches=(example,))
    assert len(found) == len(problems)
    assert all(line.startswith(start) for line, start in zip(found, problems, strict=True)), found


def test_an_ignored_text_gives_no_record(rule: Rule) -> None:
    """Of this rule; what others find in it does not matter."""
    assert broken(rule, ignores=(Example("三件", HERE, 3, 5),)) == []
    assert broken(rule, ignores=(Example("自2021年", HERE, 3, 5),)) == [
        "mine.yaml:3:5: RULE: gives '2021年' in '自2021年', which it should ignore"
    ]


def test_a_pattern_is_searched_for() -> None:
    """A pattern makes no record, so its examples say only where it is found."""
    examples = (Example("２０", HERE, 1, 1), Example("年", HERE, 2, 1))
    pattern = Pattern("head", "a number", r"\d+", HERE, 1, matches=examples, ignores=examples)
    rules = replace(EXTRACTOR.ruleset, patterns={"head": pattern})
    assert [str(problem) for problem in check_pattern(pattern, rules)] == [
        "mine.yaml:2:1: head: does not match '年'",
        "mine.yaml:1:1: head: matches '２０', which it should ignore",
    ]


@pytest.mark.parametrize(("applied", "ignored"), [("anywhere", []), ("start", ["年20"]), ("whole", ["年20", "20年"])])
def test_a_pattern_is_applied_as_it_says(applied: str, ignored: list[str]) -> None:
    """Anywhere, at the start of a text, or to all of it."""
    texts = ["20", "年20", "20年"]
    examples = tuple(Example(text, HERE, number, 1) for number, text in enumerate(texts))
    pattern = Pattern("head", "a number", r"\d+", HERE, 1, matches=examples, applied=applied)
    rules = replace(EXTRACTOR.ruleset, patterns={"head": pattern})
    assert [texts[problem.line] for problem in check_pattern(pattern, rules)] == ignored


def test_all_rules_of_a_set_are_checked(rule: Rule) -> None:
    """The examples run with the rules that they belong to."""
    changed = rule._replace(matches=(Example("无", HERE, 1, 1),), ignores=())
    rules = replace(EXTRACTOR.ruleset, rules=(changed,), patterns=EXTRACTOR.ruleset.patterns)
    found = [problem for problem in check_examples(rules, EXTRACTOR) if problem.rule == rule.id]
    assert [(problem.path, problem.line) for problem in found] == [(HERE, 1)]


def test_a_pattern_applied_in_no_known_way_is_one_problem(tmp_path: Path) -> None:
    """It is reported at its place, and the other examples still run."""
    (tmp_path / "mine.yaml").write_text(
        "patterns:\n- id: my.thing\n  about: x\n  pattern: 甲\n  applied: search\n  matches: [甲]\n", encoding="utf-8"
    )
    _, problems = check_directories((tmp_path,))
    assert [(one.path.name, one.line, one.rule) for one in problems] == [("mine.yaml", 5, "my.thing")]
