"""Frames: a rule's pattern to what must hold around a word that was looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from msgspec import Struct

if TYPE_CHECKING:
    from extractor.ruleset import RuleSet
    from extractor.ruleset.model import Rule

_LISTS = regex.compile(r"(?s)(?P<before>.*?)(?:\\L<\w+>|\(\?:\s*\\L<\w+>(?:\s*\|\s*\\L<\w+>)*\s*\))(?P<behind>.*)")


class Frame(Struct, frozen=True):
    """A rule's pattern around the word that it found: what must hold where the word begins and where it ends."""

    before: regex.Pattern[str] | None = None
    behind: regex.Pattern[str] | None = None
    whole: regex.Pattern[str] | None = None

    def holds(self, text: str, at: int, end: int) -> bool:
        """Say whether the word from ``at`` to ``end`` stands where the rule wants it."""
        if self.whole is not None:
            return _reaches(self.whole, text, at, end)
        # what stands behind tells more words apart than what stands before: 办理, 局面, 处分
        return (self.behind is None or _reaches(self.behind, text, end, end)) and (
            self.before is None or _reaches(self.before, text, at, at)
        )


def frame(rule: Rule, rules: RuleSet) -> Frame:
    """Return the parts of the pattern around its lists: words are looked up, for to compile thousands is slow.

    A pattern that has its list inside a group is compiled whole.
    """
    found = _LISTS.fullmatch(rule.pattern)
    if found is None:
        return Frame(whole=rules.compile(rule.pattern))
    before, behind = found.group("before", "behind")
    try:
        return Frame(
            rules.compile(before) if before.strip() else None, rules.compile(behind) if behind.strip() else None
        )
    except regex.error:
        return Frame(whole=rules.compile(rule.pattern))


def _reaches(pattern: regex.Pattern[str], text: str, at: int, end: int) -> bool:
    found = pattern.match(text, at)
    return found is not None and found.end() == end
