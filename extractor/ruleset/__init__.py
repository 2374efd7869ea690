"""Rules as data: YAML files and CSV tables in, a checked and compiled RuleSet out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.ruleset.model import Example, Hit, Marks, Pattern, Rule, RuleSet, Vocabulary
from extractor.ruleset.store import builtin
from extractor.ruleset.suggestion import chosen, suggestion
from extractor.ruleset.tables import Table

if TYPE_CHECKING:
    from extractor.ruleset.loading import load, survey

__all__ = [
    "Example", "Hit", "Marks", "Pattern", "Rule", "RuleSet", "Table", "Vocabulary",
    "builtin", "chosen", "load", "suggestion", "survey",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Import what reads rule files when first used: rules that are kept ready need none of it."""
    if name in ("load", "survey"):
        from extractor.ruleset import loading  # noqa: PLC0415 - lazy on purpose

        return getattr(loading, name)
    raise AttributeError(f"module 'extractor.ruleset' has no attribute {name!r}")
