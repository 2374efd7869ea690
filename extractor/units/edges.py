"""Edges: where a name may begin, read back from its last word: after punctuation, verbs, prepositions, particles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from msgspec import Struct

if TYPE_CHECKING:
    from extractor.units.lexicon import Lexicon

_CUTS = frozenset({"strong", "stop", "soft", "modifier"})
_HARD_CUTS = frozenset({"strong"})
_CLOSED = ")·"
_TITLE, _HEAD = 2, "长"  # characters of 省长, and its last
_TOWNS, _VILLAGE, _COMMUNITY = "镇乡村", "村", "社区"
_ENDS = frozenset("镇乡道")  # characters with which a town ends, before the name of a village
_DONE, _ONE = "了", "一个"
_BEYOND = 4  # characters of the last word that may complete one that divides nothing
_NAME = regex.compile(r"[\p{Han}A-Za-z·]+")


def is_name(text: str) -> bool:
    """Say whether ``text`` has the characters of a proper name."""
    return _NAME.fullmatch(text) is not None


class Edges(Struct, frozen=True):
    """The left edges of names in one text."""

    text: str
    lexicon: Lexicon

    def run(self, end: int, limit: int) -> int:
        """Return where the unbroken stretch of name characters before ``end`` begins, at most ``limit`` back."""
        pattern = self.lexicon.rules.pattern("unit.run")
        found = pattern.match(self.text, max(0, end - limit), end)
        if found is None:
            return end
        at = found.start()
        # what follows a figure is its measure word: 2018年武汉某公司
        if 0 < at < end and self.text[at - 1].isdigit() and self.text[at] in self.lexicon.measures:
            at += 1
        return at

    def start(self, end: int, limit: int) -> int:
        """Return where a proper name that ends at ``end`` begins: behind the last word that no name holds."""
        at = self.run(end, limit)
        if at == end:
            return at
        for begin, stop, name in self.tokens(at, end):
            # a single character modifies what follows it only where it stands first: 原 but not 太原
            if name not in _CUTS or begin < at or (name == "modifier" and begin > at and stop - begin == 1):
                continue
            if not self._is_between_places(begin, stop) and not self._is_village(begin, stop):
                at = stop
        while at < end and self.text[at] in _CLOSED:
            at += 1
        return at

    def _is_between_places(self, begin: int, stop: int) -> bool:
        """Say whether a title is the end of one name and the head of a place: 安徽省 + 长丰县, 农行 + 长丰县支行."""
        if stop - begin != _TITLE or self.text[begin + 1] != _HEAD:
            return False
        names, middle = self.lexicon.division_names, begin + 1
        is_town = any(sort in _TOWNS for sort in self.text[middle + 2 : middle + 4])  # 资阳区 + 长春镇
        is_name = is_town or self.lexicon.heads.at(self.text, middle + 2, middle + 6) is not None  # 北京市 + 长安公证处
        if not is_name and names.at(self.text, middle, len(self.text)) is None:
            return False
        return (names.to(self.text, middle) or self.lexicon.banks.to(self.text, middle)) is not None

    def _is_village(self, begin: int, stop: int) -> bool:
        """Say whether a word of one character begins the name of a village: 龙光桥街道 + 全丰社区."""
        if stop - begin > 1:
            return False
        behind = self.text[stop : stop + 3]
        if behind[1:] != _COMMUNITY and behind[1:2] != _VILLAGE:
            return False
        is_led = self.text[begin] in self.lexicon.quantifiers.members or self.text[begin - 1 : begin] in _ENDS
        return is_led and behind[0] not in self.lexicon.level_characters

    def purpose(self, end: int, limit: int) -> int:
        """Return where the name of a body begins that may hold verbs: 推进依法行政工作领导小组."""
        at = self.run(end, limit)
        for _, stop, name in self.tokens(at, end):
            if name in _HARD_CUTS:
                at = stop
        return self.without_verbs(at, end)

    def without_verbs(self, at: int, end: int) -> int:
        """Return ``at`` moved behind the verbs there that are no purpose: 希望委员会."""
        is_founded = self.is_founded(at)
        for begin, stop, name in self.tokens(at, end):
            word = self.text[begin:stop]
            if begin > at or name not in _CUTS or word in self.lexicon.purposes:
                break
            if is_founded and stop + 1 < end and word in self.lexicon.acts.members:
                break
            at = stop
        return at

    def is_founded(self, at: int) -> bool:
        """Say whether what begins at ``at`` stands behind a verb of founding: 成立了一个 + 推动旅游发展委员会."""
        end = at - len(_ONE) if self.text.endswith(_ONE, 0, at) else at
        end -= self.text.endswith(_DONE, 0, end)
        return self.lexicon.edges.to(self.text, end) in self.lexicon.stops("founding")

    def tokens(self, at: int, end: int) -> list[tuple[int, int, str]]:
        """Return the words between ``at`` and ``end`` that say where names begin: begin, end, class.

        A word that goes on over ``end`` divides nothing: 联合 in 联合银行.
        """
        text, classes = self.text, self.lexicon.classes
        found = self.lexicon.edges.find(text, at, end, _BEYOND)
        return [(begin, stop, classes[text[begin:stop]]) for begin, stop in found if stop <= end]
