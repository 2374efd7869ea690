"""Names: the end of a name without brackets to where it begins, and whether it is cited there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.regulations.laws import laws_of
from extractor.ruleset.groups import numbers

if TYPE_CHECKING:
    import regex

    from extractor.ruleset import RuleSet

_REACH = 48  # characters in which a name must begin
_CONTEXT = 10  # characters in which the words that cite it stand
_SHORT = 3  # 刑法, 公司法: words that also stand for a subject; longer names are the text itself
_LEAST, _LEAST_LAW = 4, 2  # characters of a name, or of a law's, that no table knows
_CODE, _LAW = "法典", "法"


class Names:
    """Finds names without brackets in one text."""

    def __init__(self, text: str, rules: RuleSet) -> None:
        """Bind ``text`` and the tables and patterns that the search needs."""
        self._text = text
        self._rules = rules

    def known(self, match: regex.Match[str], floor: int) -> tuple[int, int] | None:
        """Return the longest known name that ends with ``match``, with or without the version in parentheses.

        Nothing before ``floor`` belongs to it. None where there is none.
        """
        ends = [match.end()]
        (version,) = numbers(match.re, "version")
        if match[version]:
            ends.append(match.start(version))
        for end in ends:
            at = laws_of(self._rules).longest(self._text, floor, end)
            if at is not None and self._stands_free(at, end):
                return at, end
        return None

    def unlisted(self, match: regex.Match[str], floor: int) -> tuple[int, int] | None:
        """Return a name that ends with ``match`` and that no table knows; None where there is none."""
        end = match.end()
        start = max(floor, match.start() - _REACH)
        run = self._rules.pattern("regulation.name_run").search(self._text, start, end)
        if run is None:
            return None
        at = run.start()
        for word in self._rules.pattern("regulation.name_lead").finditer(self._text, at, match.start()):
            at = word.end()
        name = self._text[at:end]
        cut_off = at == match.start() - _REACH  # it began before what was looked at
        least = _LEAST_LAW if name.endswith(_LAW) else _LEAST
        if len(name) < least or cut_off or self._rules.pattern("regulation.own_name").search(name):
            return None
        return at, end

    def is_weak(self, at: int, end: int) -> bool:
        """Return whether the known name needs a word that cites it."""
        name = self._text[at:end]
        general = self._rules.pattern("regulation.general_name").search(name) is not None
        return general or (len(name) <= _SHORT and not name.endswith(_CODE))

    def is_cited(self, at: int, end: int) -> bool:
        """Return whether the words around the name cite it."""
        before = self._text[max(0, at - _CONTEXT) : at]
        cited_behind = self._rules.pattern("regulation.is_cited").match(self._text, end) is not None
        if self._rules.pattern("regulation.general_name").search(self._text[at:end]):
            begins = not before or not before[-1].isalnum()
            return (begins and cited_behind) or self._rules.pattern("regulation.cites_generally").search(
                before
            ) is not None
        return cited_behind or self._rules.pattern("regulation.cites_strictly").search(before) is not None

    def _stands_free(self, at: int, end: int) -> bool:
        """Return whether nothing before the name makes it another one: 德国刑法, 武汉市信访条例."""
        text = self._text
        before = text[max(0, at - _CONTEXT) : at]
        if not before or not before[-1].isalnum():
            return True
        if self._rules.pattern("regulation.foreign").search(before):
            return False
        if text[end - 1] == _LAW[-1] and end - at > _SHORT:
            return self._rules.pattern("regulation.name_part").search(before) is None
        return text.endswith(_CODE, 0, end) or self._rules.pattern("regulation.cites").search(before) is not None
