"""Rules as data: YAML files and CSV tables in, a checked and compiled RuleSet out."""

from __future__ import annotations

from extractor.ruleset.fragments import suggestion
from extractor.ruleset.load import builtin, load, survey
from extractor.ruleset.model import Example, Hit, Pattern, Rule, RuleSet, Vocabulary
from extractor.ruleset.tables import Table

__all__ = [
    "Example", "Hit", "Pattern", "Rule", "RuleSet", "Table", "Vocabulary", "builtin", "load", "suggestion", "survey",
]  # fmt: skip
