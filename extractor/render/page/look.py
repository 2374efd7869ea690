"""Look: a language and a set of rules to everything a page is labelled and explained with."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.labels import TABLES
from extractor.render.words import english_indicators, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractor.choices import Language
    from extractor.ruleset import RuleSet


class Look(Struct, frozen=True, dict=True):
    """How pages speak, and the rules that they explain records by."""

    rules: RuleSet
    language: Language = "zh"

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Return the word for each key; domains and stages have the labels of their tables, if no English ones."""
        domains, stages = (self.rules.table(name).rows() for name in TABLES)
        labels = {f"domain.{row['domain']}": row["label"] for row in domains}
        labels |= {f"stage.{row['stage']}": row["label"] for row in stages}
        return {**labels, **(english_indicators() if self.language == "en" else {}), **words(self.language)}

    @cached_property
    def stages(self) -> tuple[str, ...]:
        """Return the stages, the whole first, then in the order of their table, which is that of a procedure."""
        return tuple(dict.fromkeys(["total", *(row["stage"] for row in self.rules.table(TABLES[1]).rows())]))

    def indicator(self, code: str) -> str:
        """Return what the indicator ``code`` is called."""
        domain, _, stage = code.partition(".")
        return f"{self.words.get(f'domain.{domain}', domain)} · {self.words.get(f'stage.{stage}', stage)}"
