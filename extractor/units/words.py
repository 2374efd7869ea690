"""Words: a set of words to the longest of them that begins or ends at a place in a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Words:
    """A set of words, with the lengths to try by first and by last character, longest first.

    >>> Words.of(["省", "省委", "市委"]).to("由省委", 3)
    '省委'
    """

    members: frozenset[str]
    first: dict[str, tuple[int, ...]] = field(repr=False)
    last: dict[str, tuple[int, ...]] = field(repr=False)

    @classmethod
    def of(cls, words: Iterable[str]) -> Words:
        """Return the set of ``words``."""
        members = frozenset(words)
        first: dict[str, set[int]] = {}
        last: dict[str, set[int]] = {}
        for word in members:
            first.setdefault(word[0], set()).add(len(word))
            last.setdefault(word[-1], set()).add(len(word))
        return cls(members, _sorted(first), _sorted(last))

    def at(self, text: str, at: int, end: int) -> str | None:
        """Return the longest word that begins at ``at`` and ends at or before ``end``."""
        for length in self.first.get(text[at], ()):
            if at + length <= end and text[at : at + length] in self.members:
                return text[at : at + length]
        return None

    def to(self, text: str, end: int) -> str | None:
        """Return the longest word that ends at ``end``."""
        return next(self.all_to(text, end), None)

    def all_to(self, text: str, end: int) -> Iterator[str]:
        """Yield the words that end at ``end``, longest first."""
        if end > 0:
            for length in self.last.get(text[end - 1], ()):
                if length <= end and text[end - length : end] in self.members:
                    yield text[end - length : end]

    def find(self, text: str, at: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield begin and end of the longest words between ``at`` and ``end``, none overlapping."""
        while at < end:
            word = self.at(text, at, end)
            if word is not None:
                yield at, at + len(word)
                at += len(word)
            else:
                at += 1

    def rest(self, text: str) -> str:
        """Return ``text`` without these words."""
        parts: list[str] = []
        last = 0
        for begin, end in self.find(text, 0, len(text)):
            parts.append(text[last:begin])
            last = end
        return "".join((*parts, text[last:]))


def _sorted(lengths: dict[str, set[int]]) -> dict[str, tuple[int, ...]]:
    return {character: tuple(sorted(found, reverse=True)) for character, found in lengths.items()}
