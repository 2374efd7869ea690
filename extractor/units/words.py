"""Words: a set of words to the longest of them that begins or ends at a place in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

_FIRST, _LAST = 2, 3  # characters by which words are looked up: names end alike more often than they begin
_SHORT = (2, 1)  # lengths of the words that end with fewer


class Words(Struct, frozen=True):
    """A set of words, with the lengths to try by the first two and by the last three characters, longest first.

    >>> Words.of(["省", "省委", "市委"]).to("由省委", 3)
    '省委'
    """

    members: frozenset[str]
    last: frozenset[str]  # characters with which they end
    starts: dict[str, tuple[int, ...]]
    ends: dict[str, tuple[int, ...]]

    @classmethod
    def of(cls, words: Iterable[str]) -> Words:
        """Return the set of ``words``."""
        members = frozenset(words)
        starts: dict[str, set[int]] = {}
        ends: dict[str, set[int]] = {}
        for word in members:
            if len(word) >= _FIRST:
                starts.setdefault(word[:_FIRST], set()).add(len(word))
            if len(word) >= _LAST:
                ends.setdefault(word[-_LAST:], set(_SHORT)).add(len(word))
        return cls(members, frozenset(word[-1] for word in members), _sorted(starts), _sorted(ends))

    def at(self, text: str, at: int, end: int) -> str | None:
        """Return the longest word that begins at ``at`` and ends at or before ``end``."""
        for length in self.starts.get(text[at : at + _FIRST], ()):
            if at + length <= end and text[at : at + length] in self.members:
                return text[at : at + length]
        return text[at] if text[at] in self.members and at < end else None

    def to(self, text: str, end: int) -> str | None:
        """Return the longest word that ends at ``end``."""
        if end <= 0 or text[end - 1] not in self.last:
            return None
        for length in self.ends.get(text[end - _LAST : end], _SHORT) if end >= _LAST else _SHORT:
            if length <= end and (word := text[end - length : end]) in self.members:
                return word
        return None

    def all_to(self, text: str, end: int) -> list[str]:
        """Return the words that end at ``end``, longest first."""
        members = self.members
        lengths = self.ends.get(text[end - _LAST : end], _SHORT) if end >= _LAST else _SHORT
        return [word for length in lengths if length <= end and (word := text[end - length : end]) in members]

    def find(self, text: str, at: int, end: int, beyond: int = 0) -> list[tuple[int, int]]:
        """Return begin and end of the longest words that begin between ``at`` and ``end``, none overlapping.

        They may end so many characters ``beyond`` that.
        """
        starts, members = self.starts, self.members
        limit = min(end + beyond, len(text))
        found: list[tuple[int, int]] = []
        while at < end:
            for length in starts.get(text[at : at + _FIRST], ()):
                if at + length <= limit and text[at : at + length] in members:
                    break
            else:
                if text[at] not in members:
                    at += 1
                    continue
                length = 1
            found.append((at, at + length))
            at += length
        return found

    def rest(self, text: str) -> str:
        """Return ``text`` without these words."""
        parts: list[str] = []
        last = 0
        for begin, end in self.find(text, 0, len(text)):
            parts.append(text[last:begin])
            last = end
        return "".join((*parts, text[last:])) if parts else text


def _sorted(lengths: dict[str, set[int]]) -> dict[str, tuple[int, ...]]:
    one_of: dict[tuple[int, ...], tuple[int, ...]] = {}  # equal ones are kept once
    ordered = {characters: tuple(sorted(found, reverse=True)) for characters, found in lengths.items()}
    return {characters: one_of.setdefault(found, found) for characters, found in ordered.items()}
