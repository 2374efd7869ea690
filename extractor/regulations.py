"""Regulations: a section's text to its citations, their numbers, provisions and aliases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.findings import RegulationFinding

if TYPE_CHECKING:
    from extractor.ruleset import RuleSet

PARSERS: dict[str, frozenset[str]] = {}


@dataclass(frozen=True, slots=True)
class Citations:
    """The citations; ``blocked``: every 《…》 (norm or not); ``numbers``: document numbers and provisions."""

    findings: tuple[RegulationFinding, ...]
    blocked: tuple[tuple[int, int], ...]
    numbers: tuple[tuple[int, int], ...]


def find(text: str, rules: RuleSet) -> Citations:
    """Return the citations in ``text``."""
    return Citations((), (), ())


def links(text: str, rules: RuleSet) -> tuple[tuple[int, int], ...]:
    """Return where web and mail addresses stand; nothing inside them is read."""
    return ()
