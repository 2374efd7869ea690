"""The built-in rules: each keeps every promise that its examples make."""

from __future__ import annotations

import pytest

from extractor import Extractor
from extractor.builtin import BUILTIN
from extractor.engine import VOCABULARY
from extractor.ruleset import Pattern, Rule, survey
from extractor.selfcheck import check_pattern, check_rule

RULES, PROBLEMS = survey((BUILTIN,), VOCABULARY)  # the parameters of the tests below
EXTRACTOR = Extractor(loaded=RULES)


def test_the_rule_files_have_no_mistakes() -> None:
    """Patterns compile one by one, tables are even, nothing is unknown or defined twice."""
    assert [str(problem) for problem in PROBLEMS] == []


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)
def test_a_rule_holds_on_its_examples(rule: Rule) -> None:
    """Each match gives its record with its fields, each ignored text none of this rule."""
    assert [str(problem) for problem in check_rule(rule, EXTRACTOR)] == []


@pytest.mark.parametrize("pattern", RULES.patterns.values(), ids=lambda pattern: pattern.id)
def test_a_pattern_holds_on_its_examples(pattern: Pattern) -> None:
    """Each match is found, each ignored text is not."""
    assert [str(problem) for problem in check_pattern(pattern, RULES)] == []


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)
def test_a_rule_says_what_it_gives(rule: Rule) -> None:
    """An example without fields proves only half."""
    assert any(example.gives for example in rule.matches)
