"""Places: the end of a place in the text, reading back, to the whole chain of places that ends there."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from extractor.units.bodies import Place
from extractor.units.edges import is_name
from extractor.units.regions import code_of

if TYPE_CHECKING:
    from extractor.units.edges import Edges
    from extractor.units.lexicon import Lexicon

_CHAIN = 4  # province, prefecture, county, town
_SHAPE = 4  # characters of a proper name before 县 or 镇
_PARENT = 12  # characters of the name of a party before that of a place: 中国共产主义青年团
_SHORTEST = 2  # of them, where no table knows the name
_ZONE = 12  # characters of a proper name before 开发区
_NEARBY = 3000  # characters on either side in which a name in question may stand a second time
_TITLE = 200  # characters in which the title stands
_LINE = 80  # characters of a line of it
_QUOTES = ("”", '"', "'")
_INDENT = 40  # blanks before a name that begins a line, at most
_PARTY = "party"
_WORDS = frozenset({"keep", "stop"})  # classes of words whose 市 is no place
_GOVERNMENT = "政府"  # a prefecture had an office, so 地区政府 is any
_CITY = "city"
_PREFECTURE, _AUTONOMOUS, _REGION = "州", "自治州", "自治区"
_TOWN = frozenset({"town", "village"})


class Places(Struct, frozen=True, dict=True):
    """The places of one text."""

    text: str
    lexicon: Lexicon
    edges: Edges

    @cached_property
    def title(self) -> str:
        """Return the lines at the head that are no sentences."""
        end = 0
        for line in self.text[:_TITLE].splitlines(keepends=True):
            if len(line) > _LINE or any(mark in line for mark in ",。;"):
                break
            end += len(line)
        return self.text[:end]

    @cached_property
    def _autonomous(self) -> frozenset[str]:
        """Return the words for autonomous places below a region, which no other word ends in."""
        own = _AUTONOMOUS[:-1]
        return frozenset(word for word in self.lexicon.levels if word.startswith(own) and word != _REGION)

    def before(self, end: int, depth: int = _CHAIN) -> Place | None:
        """Return the place that ends at ``end``; None where there is none or only a plural (各县, 市、县)."""
        if end <= 0 or depth == 0 or self.text[end - 1] not in self.lexicon.place_last:
            return None
        known = self._division(end, depth) or self._short(end) or self._prefecture(end)
        return known or self._sort(end, depth) or self._troop(end)

    def masked(self, end: int) -> Place | None:
        """Return the masked place that ends at ``end`` without a word for its sort: 某派出所, XX海关."""
        name = self.lexicon.masks.to(self.text, end)
        is_place = name is not None and (len(name) > 1 or name == self.lexicon.mask)
        return Place(end - len(name), end, None) if name and is_place else None

    def seated(self, place: Place) -> Place:
        """Return ``place`` with that of the body which has an office there: 中国驻 + 菲律宾."""
        if place.at == 0 or self.text[place.at - 1] not in self.lexicon.seats:
            return place
        whose = self.before(place.at - 1)
        return replace(whose, end=place.end) if whose is not None and whose.named else place

    def leading(self, at: int, end: int) -> Place | None:
        """Return the divisions with which the text from ``at`` to ``end`` begins."""
        chain: list[str] = []
        stop = at
        while stop < end and len(chain) < _CHAIN:
            name = self.lexicon.division_names.at(self.text, stop, end)
            if name is None or self._is_doubtful(name, stop):
                break
            chain.append(name)
            stop += len(name)
        if not chain:
            return None
        return self._leading_town(at, stop, end) or Place(at, stop, self._level(chain[-1]), None, tuple(chain))

    def _leading_town(self, at: int, stop: int, end: int) -> Place | None:
        """Return the place at ``at`` with the town behind its divisions: 鄞州区 + 潘火街道."""
        for behind in range(stop + _SHORTEST, min(end, stop + _SHAPE + _SHORTEST) + 1):
            sort = self.lexicon.sorts.to(self.text, behind)
            if sort is not None and self.lexicon.levels[sort] == "town":
                town = self.before(behind)
                return town if town is not None and town.at == at and town.level == "town" else None
        return None

    def leading_sort(self, at: int, end: int) -> Place | None:
        """Return the bare 县, the zone, the town of no table or 临夏州, with which the text begins."""
        short = at + _SHORTEST
        if short < end and self.text[short] == _PREFECTURE and (found := self._prefecture(short + 1)) is not None:
            return found
        sort = self.lexicon.sorts.at(self.text, at, end) if at < end else None
        if self.lexicon.classes.get(self.text[at : at + 2]) == "keep" and len(sort or "") <= _SHORTEST:
            return None  # 市场, but 高新区
        for stop in range(at + 1, min(end, at + 2 * _SHAPE) + 1):
            if self.text[stop - 1] in self.lexicon.sorts.last:
                place = self.before(stop)
                if place is not None and place.at == at:
                    longer = self.before(stop + 1) if stop < end else None  # 工业园 + 区
                    return longer if longer is not None and longer.at == at else place
        return None

    def leading_short(self, at: int, end: int) -> Place | None:
        """Return the province, city or country by whose short name the text begins: 武汉石油化工厂."""
        name = self.lexicon.short_places.at(self.text, at, end) if at < end else None
        return self._short(at + len(name)) if name else None

    def understood(self, at: int, end: int, wider: Place | None) -> Place | None:
        """Return the division within ``wider`` whose name the text gives without its 市 or 县: 国家统计局宜都调查队."""
        for sort in sorted(self.lexicon.level_characters):
            name = self.text[at:end] + sort
            chain = (*(wider.chain if wider else ()), name)
            if name in self.lexicon.divisions and (len(chain) == 1 or code_of(self.lexicon, chain)):
                return Place(at, end, self._level(name), None, (name,))
        return None

    def known_town(self, at: int, end: int) -> Place | None:
        """Return the town of the table whose sort begins the word from ``at`` to ``end``: 向阳 + 街道办事处."""
        sort = self.lexicon.sorts.at(self.text, at, end)
        if sort is None or self.lexicon.levels[sort] not in _TOWN:
            return None
        name = self.lexicon.division_names.to(self.text, at + len(sort))
        place = self.before(at + len(sort)) if name is not None and len(name) > len(sort) else None
        if name is None or place is None or place.level not in _TOWN:
            return None
        begin = at + len(sort) - len(name)
        is_longer = place.at == begin and self.edges.start(at, _PARENT) < begin  # 丛台 + 东街道
        return None if is_longer else place

    def modifier(self, end: int) -> str | None:
        """Return the word before ``end`` that says whose a body is: 全县, 我市, 原."""
        return self.lexicon.modifiers.to(self.text, end)

    def is_plural(self, at: int) -> bool:
        """Say whether the word at ``at`` stands for several: after 各, 7个, 市、 or a bracket."""
        if at == 0:
            return False
        last = self.text[at - 1]
        if last.isdigit() or last in self.lexicon.level_characters:
            return True
        word = self.lexicon.quantifiers.to(self.text, at)
        if word is not None:
            return len(word) > 1 or self.text[max(0, at - 2) : at] not in self.lexicon.keep
        before = self.text[at - 2] if at > 1 else ""
        if last in self.lexicon.counters:
            return before.isdigit()
        if before == ")":
            return last in self.lexicon.links and not self._is_quoted(at - 2)
        return before in self.lexicon.level_characters and self._is_listed(at - 1)

    def _is_listed(self, end: int) -> bool:
        """Say whether a bare 市 or 县 before the comma, conjunction or bracket ends there: 市、县, 其他市县(区)."""
        mark = self.text[end]
        is_joined = mark in self.lexicon.links and not self.lexicon.division_names.to(self.text, end)
        if (mark != ")" and not is_joined) or self._is_town(end):
            return False
        kept = self.lexicon.edges.to(self.text, end) or ""  # 校区、县, but 各地区、县
        return kept not in self.lexicon.keep or self.lexicon.quantifiers.to(self.text, end - len(kept)) is not None

    def _is_town(self, end: int) -> bool:
        """Say whether a town by its shape ends at ``end``: 马店镇, but not 乡镇."""
        if self.lexicon.levels[self.text[end - 1]] not in _TOWN or self.text[end - 2] in self.lexicon.level_characters:
            return False
        start = self.edges.start(end - 1, _SHAPE)
        return len(self.lexicon.generic.rest(self.text[start : end - 1])) >= _SHORTEST

    def _is_quoted(self, at: int) -> bool:
        """Say whether a quotation, as of a short name, ends before the bracket at ``at``: 环境保护署(“环保署”)、."""
        return self.text[max(0, at - _SHORTEST) : at].rstrip().endswith(_QUOTES)

    def _division(self, end: int, depth: int) -> Place | None:
        name = self.lexicon.division_names.to(self.text, end)
        if name is None:
            return None
        if self._is_doubtful(name, end - len(name)):
            wider = self.before(end - len(name), depth - 1) if name in self.lexicon.area_words.members else None
            is_part = wider is not None and wider.named and wider.level == _CITY  # 晋城市 + 城区
            return Place(wider.at, end, self._level(name), None, (*wider.chain, name)) if wider and is_part else None
        if len(self.lexicon.sorts.to(self.text, end) or "") > len(name):  # 高新区 is no 新区
            return None
        at = end - len(name)
        wider = self.before(at, depth - 1)
        if wider is not None and wider.named and wider.level not in _TOWN:
            return Place(wider.at, end, self._level(name), None, (*wider.chain, name))
        return Place(at, end, self._level(name), None, (name,))

    def _is_doubtful(self, name: str, at: int) -> bool:
        """Say whether a name is rather a word and 县: 代县政府拟定, 和县委, 完成县委, 会同县公安局, 城区."""
        if self._is_word(name, at):
            return not any(line.startswith(name) for line in self.title.splitlines())
        if len(name) > _SHORTEST:
            return False
        if name in self.lexicon.levels or name[-1] not in "县旗州盟":
            return not self._is_repeated(name, at)
        start = self.edges.start(at, 2)  # 安陵县 is no 陵县
        return start < at and self._is_repeated(self.text[start : at + len(name)], start)

    def _is_word(self, name: str, at: int) -> bool:
        """Say whether the name without its 县 is, or is the end of, a word that no name holds."""
        if len(name) > _SHORTEST + 1:
            return False
        classes = self.lexicon.classes
        word = self.lexicon.edges.to(self.text, at + len(name) - 1)
        return classes.get(name[:-1], "keep") != "keep" or (
            word is not None and classes[word] != "keep" and len(word) >= len(name) - 1 and len(word) > 1
        )

    def _level(self, name: str) -> str:
        entries = self.lexicon.divisions[name]
        return next((entry.level for entry in entries if entry.current), entries[0].level)

    def _sort(self, end: int, depth: int) -> Place | None:
        """Return the place whose last word says its sort: a bare 县, a town by its shape, a masked or new name."""
        word = self.lexicon.sorts.to(self.text, end)
        if word is None:
            return None
        at = end - len(word)
        if word in self.lexicon.zones:
            return self._zone(at, end)
        if word in self.lexicon.areas:
            return self._area(at, end)
        place = Place(at, end, self.lexicon.levels[word])
        start = self._name_start(at)
        if start < at:
            wider = self.before(start, depth - 1)
            if wider is not None and wider.named:
                return replace(place, at=wider.at, chain=wider.chain)
            return replace(place, at=start, sure=self.lexicon.masks.to(self.text, at) is not None)
        longer = self.lexicon.edges.to(self.text, end)  # 城市, 农村, 行政区
        hidden = longer is not None and len(longer) > len(word) and longer[0] not in self.lexicon.seats  # 驻 + 市
        hidden = hidden and self.lexicon.classes.get(longer or "") in _WORDS  # 上市, 城市
        is_none = hidden or (self.is_plural(at) and self.lexicon.prefixes.to(self.text, at) is None)  # 民盟 + 市
        return None if is_none else replace(place, word=word)

    def _name_start(self, at: int) -> int:
        """Return where the proper or masked name before 县 at ``at`` begins: 双浦镇, 某市, a new county; or ``at``."""
        masked = self.lexicon.masks.to(self.text, at)
        if masked is not None or not is_name(self.text[max(0, at - 1) : at]):
            return at - len(masked or "")
        start = self.edges.start(at, _SHAPE + _PARENT)
        prefix = self.lexicon.prefixes.at(self.text, start, at) if start < at else None
        start += len(prefix or "")
        if not 0 < at - start <= _SHAPE:
            starts = range(max(0, at - _SHAPE), at - 1)
            behind = (begin for begin in starts if self.text[begin - 1] in self.lexicon.place_last)
            divided = self.lexicon.division_names.to
            behind = (begin for begin in behind if divided(self.text, begin) or self._prefecture(begin))
            behind = (begin for begin in behind if not self._holds_body(begin, at))  # 顺德区 + 检察院在 + 省
            again = (begin for begin in starts if begin >= start and self._stands_before(begin, at + 1))
            start = next(chain(behind, again), at)
        name = self.text[start:at]
        if len(name) < _SHORTEST or not is_name(name) or name in self.lexicon.trades.members:
            return at
        if self._is_committee(start, at):
            return at
        in_list = prefix is not None or (start > 1 and self.text[start - 2] == self.text[at])  # 城关镇、马店 + 镇
        if not in_list and self.is_plural(start) and not self.lexicon.division_names.to(self.text, start):
            return at
        word = self.lexicon.sorts.to(self.text, at + 1) or self.text[at : at + 2]
        level = self.lexicon.levels.get(self.text[at : at + len(word)]) or self.lexicon.levels.get(self.text[at])
        is_sure = level in _TOWN or self.text[at : at + len(_AUTONOMOUS)] in self._autonomous  # 彭水 + 自治县
        if not is_sure and prefix is None and not self._is_repeated(self.text[start : at + 1], start):
            return at
        return start if self.lexicon.generic.rest(self.text[start:at]) else at

    def _holds_body(self, start: int, end: int) -> bool:
        """Say whether a word that ends the name of a body stands in the words."""
        return any(stop - begin > 1 for begin, stop in self.lexicon.heads.find(self.text, start, end))

    def _is_committee(self, start: int, end: int) -> bool:
        """Say whether the words end with a committee, to which no 县 or 市 belongs: 县委 + 县."""
        word = self.lexicon.heads.to(self.text, end)
        kinds = {entry.kind for entry in self.lexicon.entries[word]} if word else set()
        return word is not None and end - len(word) >= start and _PARTY in kinds

    def _is_repeated(self, name: str, at: int) -> bool:
        """Say whether the name stands in the title, begins a line, or stands a second time nearby."""
        if at >= len(self.title) and name in self.title:
            return True
        _, newline, indent = self.text[max(0, at - _INDENT) : at].rpartition("\n")
        if at == 0 or (newline and not indent.strip()):
            return True
        return self._stands_before(at, at + len(name)) or self.text.find(name, at + len(name), at + _NEARBY) >= 0

    def _stands_before(self, at: int, end: int) -> bool:
        """Say whether the name from ``at`` to ``end`` stands not far before it too."""
        return self.text.find(self.text[at:end], max(0, at - _NEARBY), at) >= 0

    def _zone(self, at: int, end: int) -> Place | None:
        """Return a development zone or scenic area with the name before it."""
        start = self.edges.start(at, _ZONE)
        if start < at and self.lexicon.generic.rest(self.text[start:at]):
            known = self.leading(start, at)
            return Place(start, end, None, None, known.chain if known else ())
        is_none = self.is_plural(at) or self.text[at:end] in self.lexicon.stops("named")
        return None if is_none else Place(at, end, None, self.text[at:end])

    def _is_part(self, name: str, wider: str) -> bool:
        """Say whether a city lies in a province; those that the standard gives no code lie in one it gives none."""
        if name == wider:
            return False
        coded = any(entry.code for entry in self.lexicon.divisions[name])
        return code_of(self.lexicon, (wider, name)) is not None if coded else wider in self.lexicon.undivided

    def _area(self, at: int, end: int) -> Place | None:
        """Return a prefecture with the name before it; None for a part of the country: 西部地区."""
        start = self.edges.start(at, _SHAPE)
        name = self.text[start:at]
        if start == at and self._is_bare(at) and not self.text.startswith(_GOVERNMENT, end):  # 批转 + 地区农林局
            return Place(at, end, _CITY, self.text[at:end])
        if not _SHORTEST <= len(name) <= _SHAPE or not is_name(name) or self.is_plural(start):
            return None
        known = self.leading_short(start, at)
        if known is not None and known.end < at:
            return None
        is_own = self.lexicon.area_words.rest(name) and self.lexicon.generic.rest(name)
        chain = known.chain if known else ()
        return Place(start, end, next(iter(self.lexicon.areas.values())), None, chain) if is_own else None

    def _is_bare(self, at: int) -> bool:
        """Say whether 地区 at ``at`` is the one of the text: at the head of a clause, behind a verb or 由."""
        if self.edges.run(at, 1) == at:
            return True
        return self.lexicon.edges.to(self.text, at) in self.lexicon.stops("opening")

    def _prefecture(self, end: int) -> Place | None:
        """Return an autonomous prefecture by its short name: 恩施 + 州."""
        short = self._short(end - 1) if self.text[end - 1] == _PREFECTURE else None
        is_one = short is not None and any(name.endswith(_AUTONOMOUS) for name in short.chain[-1:])
        return replace(short, end=end) if short is not None and is_one else None

    def _troop(self, end: int) -> Place | None:
        """Return a division of the Construction Corps, a city in rank: 第八师."""
        found = self.lexicon.rules.pattern("unit.troop").match(self.text, max(0, end - _ZONE), end)
        return Place(found.start(), end, _CITY) if found else None

    def _is_covered(self, at: int, end: int) -> bool:
        """Say whether the characters are the inside of a longer word: 医保定点."""
        word = self.lexicon.edges.at(self.text, at - 1, len(self.text)) if at else None
        return word is not None and at - 1 + len(word) > end

    def _basin(self, word: str, end: int) -> Place | None:
        """Return the province or city with its river: 陕西省 + 汉江, 省 + 黄河; None where none stands before it."""
        at = end - len(word)
        if word not in self.lexicon.basins or at == 0:
            return None
        if self.text[at - 1] in self.lexicon.level_characters and self.edges.start(at, _SHORTEST) == at - 1:
            wider = self._sort(at, 1)
        else:
            wider = self._division(at, 1)
        return replace(wider, end=end) if wider is not None else None

    def _short(self, end: int) -> Place | None:
        word = self.lexicon.short_places.to(self.text, end)
        if word is None or self._is_covered(end - len(word), end):
            return None
        full = self.lexicon.short_divisions.get(word)
        if full is None:
            return self._basin(word, end) or Place(end - len(word), end, self.lexicon.countries[word])
        at = end - len(word)
        wider = self.lexicon.short_divisions.get(self.lexicon.short_places.to(self.text, at) or "")
        if wider is not None and self._is_part(full, wider):  # 湖北武汉
            first = self.lexicon.short_places.to(self.text, at) or ""
            return Place(at - len(first), end, self._level(full), None, (wider, full))
        name = self.lexicon.division_names.to(self.text, at)
        if name is not None and self._is_part(full, name):  # 内蒙古自治区 + 呼和浩特
            return Place(at - len(name), end, self._level(full), None, (name, full))
        return Place(at, end, self._level(full), None, (full,))
