"""Words: a set of words to the longest of them that begins or ends at a place in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Words(Struct, frozen=True):
    """A set of words, with the lengths to try by the first and by the last two characters, longest first.

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
            if len(word) > 1:
                starts.setdefault(word[:2], set()).add(len(word))
                ends.setdefault(word[-2:], set()).add(len(word))
        return cls(members, frozenset(word[-1] for word in members), _sorted(starts), _sorted(ends))

    def at(self, text: str, at: int, end: int) -> str | None:
        """Return the longest word that begins at ``at`` and ends at or before ``end``."""
        for length in self.starts.get(text[at : at + 2], ()):
            if at + length <= end and text[at : at + length] in self.members:
                return text[at : at + length]
        return text[at] if text[at] in self.members and at < end else None

    def to(self, text: str, end: int) -> str | None:
        """Return the longest word that ends at ``end``."""
        if end <= 0:
            return None
        if end > 1:
            for length in self.ends.get(text[end - 2 : end], ()):
                if length <= end and text[end - length : end] in self.members:
                    return text[end - length : end]
        return text[end - 1] if text[end - 1] in self.members else None

    def all_to(self, text: str, end: int) -> list[str]:
        """Return the words that end at ``end``, longest first."""
        if end <= 0:
            return []
        lengths = (*self.ends.get(text[end - 2 : end], ()), 1) if end > 1 else (1,)
        return [
            text[end - length : end] for length in lengths if length <= end and text[end - length : end] in self.members
        ]

    def find(self, text: str, at: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield begin and end of the longest words between ``at`` and ``end``, none overlapping."""
        starts, members = self.starts, self.members
        while at < end:
            for length in starts.get(text[at : at + 2], ()):
                if at + length <= end and text[at : at + length] in members:
                    break
            else:
                if text[at] not in members:
                    at += 1
                    continue
                length = 1
            yield at, at + length
            at += length

    def rest(self, text: str) -> str:
        """Return ``text`` without these words."""
        parts: list[str] = []
        last = 0
        for begin, end in self.find(text, 0, len(text)):
            parts.append(text[last:begin])
            last = end
        return "".join((*parts, text[last:])) if parts else text


def _sorted(lengths: dict[str, set[int]]) -> dict[str, tuple[int, ...]]:
    return {characters: tuple(sorted(found, reverse=True)) for characters, found in lengths.items()}
