"""Regulations: a section's text to its citations, their numbers, provisions and aliases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.regulations.cite import Citations, find
from extractor.regulations.issuers import with_issuers
from extractor.regulations.laws import Law, laws_of
from extractor.regulations.search import search

if TYPE_CHECKING:
    from extractor.ruleset import RuleSet

__all__ = ["PARSERS", "Citations", "Law", "find", "laws_of", "links", "search", "with_issuers"]

PARSERS: dict[str, frozenset[str]] = {
    "title": frozenset({"title"}),
    "quoted": frozenset({"title"}),
    "number": frozenset({"code", "year", "rest", "serial"}),
    "order": frozenset({"kind", "year", "serial"}),
    "macau": frozenset({"serial", "year", "kind"}),
    "standard": frozenset({"code", "serial", "year"}),
    "article_name": frozenset({"version"}),
    "known_name": frozenset({"version"}),
    "about": frozenset(),
    "about_numbered": frozenset(),
    "short_name": frozenset({"name"}),
}


def links(text: str, rules: RuleSet) -> tuple[tuple[int, int], ...]:
    """Return where web and mail addresses stand; nothing inside them is read."""
    found: list[tuple[int, int]] = []
    if "://" in text or "www." in text:
        found += [match.span() for match in rules.pattern("regulation.link").finditer(text)]
    if "@" in text:
        found += [match.span() for match in rules.pattern("regulation.mail_address").finditer(text)]
    return tuple(sorted(found))
