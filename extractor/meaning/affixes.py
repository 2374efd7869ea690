"""Affixes: sets of words to the one that a text begins or ends with.

``startswith`` and ``endswith`` try all words of a tuple in turn, though the first or last character rules out most.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Prefixes(Struct, frozen=True):
    """Words by their first character, the longest first."""

    words: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, words: Iterable[str]) -> Prefixes:
        """Return the prefixes ``words``."""
        return cls(_grouped(words, 0))

    def at(self, text: str, at: int) -> str:
        """Return the longest prefix that stands at ``at``, empty where none does."""
        for word in self.words.get(text[at : at + 1], ()):
            if text.startswith(word, at):
                return word
        return ""


class Suffixes(Struct, frozen=True):
    """Words by their last character, the longest first.

    >>> Suffixes.of(["法院", "院"]).to("人民法院案件", 0, 4)
    '法院'
    """

    words: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, words: Iterable[str]) -> Suffixes:
        """Return the suffixes ``words``."""
        return cls(_grouped(words, -1))

    def to(self, text: str, at: int, end: int) -> str:
        """Return the longest suffix in which the stretch from ``at`` to ``end`` ends, empty where there is none."""
        if at < end:
            for word in self.words.get(text[end - 1], ()):
                if text.endswith(word, at, end):
                    return word
        return ""

    def end(self, text: str) -> bool:
        """Whether ``text`` ends in one of the suffixes."""
        return text.endswith(self.words.get(text[-1:], ()))


def _grouped(words: Iterable[str], place: int) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=lambda word: (-len(word), word)):
        groups[word[place]].append(word)
    return {character: tuple(group) for character, group in groups.items()}
