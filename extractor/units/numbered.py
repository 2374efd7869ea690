"""Numbered: words that end names and hold a number, which a table writes once for all numbers: 第#检察部, 巡视#组."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from extractor.units.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import regex

T = TypeVar("T")
_ANY = "#"  # stands for the number
_SIGNS = "一二三四五六七八九十百"  # with one of which a number in Chinese ends
_FIGURES = 7  # characters of a number and the one before it: 一百二十一
_TAIL = 2  # characters by which these words are looked up


class Heads(Words, frozen=True):
    """The words that end names, those with a number among them."""

    numbered: dict[str, tuple[tuple[str, str], ...]]  # what stands before and behind the number, by the last characters
    number: regex.Pattern[str]  # read backwards

    @classmethod
    def read(cls, words: Iterable[str], number: regex.Pattern[str]) -> Heads:
        """Return the set of ``words``."""
        plain = Words.of(word for word in words if _ANY not in word)
        numbered: dict[str, tuple[tuple[str, str], ...]] = {}
        for word in words:
            before, any_, behind = word.partition(_ANY)
            if any_:
                for tail in tails(word):
                    numbered[tail] = (*numbered.get(tail, ()), (before, behind))
        return cls(plain.members, plain.last, plain.starts, plain.ends, numbered, number)

    def to(self, text: str, end: int) -> str | None:
        """Return the longest word that ends at ``end``."""
        found = super().to(text, end)
        if text[end - _TAIL : end] not in self.numbered:
            return found
        return max((*self._numbered(text, end), found or ""), key=len) or None

    def all_to(self, text: str, end: int) -> list[str]:
        """Return the words that end at ``end``, longest first."""
        found = super().all_to(text, end)
        if text[end - _TAIL : end] in self.numbered:
            found = sorted((*found, *self._numbered(text, end)), key=len, reverse=True)
        return found

    def _numbered(self, text: str, end: int) -> Iterable[str]:
        for before, behind in self.numbered[text[end - _TAIL : end]]:
            stop = end - len(behind)
            number = self.number.match(text, max(0, stop - _FIGURES), stop) if text.endswith(behind, 0, end) else None
            if number is None or (not before and number[0].isdigit()):  # 2018 + 中
                continue
            if text.endswith(before, 0, number.start()):
                yield text[number.start() - len(before) : end]


class Entries(dict[str, T]):
    """What the tables say of each word."""

    def __init__(self, entries: Mapping[str, T], number: regex.Pattern[str]) -> None:
        """Keep them with the pattern of a number."""
        super().__init__(entries)
        self.number = number

    def __missing__(self, word: str) -> T:
        """Return what they say of a word with any number where ``word`` has one."""
        for number in self.number.finditer(word):
            known = self.get(word[: number.start()] + _ANY + word[number.end() :])
            if known is not None:
                return known
        raise KeyError(word)


def tails(word: str) -> tuple[str, ...]:
    """Return the last two characters of a word, or its only one; of a word with a number in it all that it may have."""
    tail = word[-_TAIL:]
    return tuple(sign + tail[1:] for sign in _SIGNS) if tail[0] == _ANY and len(tail) == _TAIL else (tail,)
