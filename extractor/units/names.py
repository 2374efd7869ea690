"""Surroundings of a name: what the words before it allow: a term of office, a plural, a verb, free words, a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import regex

    from extractor.units.bodies import Body, Head, Place
    from extractor.units.edges import Edges
    from extractor.units.lexicon import Lexicon
    from extractor.units.places import Places

PROPER = 24  # characters before the last word of a proper name
INNER = 14  # characters between a place and the last word of a department
SINGLE = 2  # characters that make a name one of its own
VILLAGE = "village"
_LOW = frozenset({"town", "village"})
ITEM = 8  # characters of a member of a list
_WIDER = {"city": frozenset({"province"}), "county": frozenset({"province", "city"})}  # levels above another
_FIRMS = "企业"
_FEW = frozenset({"county", "town"})  # levels of places that have one company of a line of business
_INSTITUTION, _ENTERPRISE = "institution", "enterprise"
_COMMUNE = ("government", "town")  # kind and level
_CLAUSE = 24  # characters of a clause before what many are to have
_LISTED = 12  # members of a list behind the first
_BEHIND_ANY = frozenset(")辖里")  # what stands behind a bare 省 that is any or part of a word: 省辖市, 县里
_OPENED, _CLOSED = "(", ")"  # 乡镇(街道) is any of them
_TERM = 12  # characters of 第二十三届
_DIVIDING = frozenset({"strong", "modifier"})


class Names(Struct, frozen=True):
    """What the words of one text allow a name to be."""

    text: str
    lexicon: Lexicon
    places: Places
    edges: Edges

    def term(self, end: int) -> int:
        """Return where an ordinal of a term before ``end`` begins (第八届), or ``end``."""
        found = self.lexicon.rules.pattern("unit.term").match(self.text, max(0, end - _TERM), end)
        return found.start() if found else end

    def before_term(self, end: int) -> Place | None:
        """Return the place before an ordinal of a term that ends at ``end``: 武汉市 + 第十五届."""
        at = self.term(end)
        return self.places.before(at) if at < end else None

    def follows_plural(self, at: int) -> bool:
        """Say whether a body stands before ``at`` that was one of many: 县级以上人民政府 + 法制办."""
        word = self.lexicon.heads.to(self.text, at)
        return word is not None and any(
            self.lexicon.by_id[entry.rule].parser == "placed" for entry in self.lexicon.entries[word]
        )

    def has_many(self, head: Head, place: Place) -> bool:
        """Say whether a place has many bodies of the sort: any 村, or 北京市 + 街道办事处."""
        if place.word is not None:
            return place.level == VILLAGE
        is_right_before = place.end == head.at and head.word.level in _LOW
        return is_right_before and place.level is not None and place.level not in _LOW

    def behind_group(self, at: int, head: Head) -> int:
        """Return where a name begins that another of its sort is joined to: 审计委员会和 + 战略委员会; else ``at``."""
        for begin, stop in self.lexicon.edges.find(self.text, at, head.at):
            word = self.lexicon.heads.to(self.text, begin) if self.text[begin] in self.lexicon.soft else None
            if word is not None and any(entry.rule == head.word.rule for entry in self.lexicon.entries[word]):
                at = stop
        return at

    def is_theirs(self, at: int) -> bool:
        """Say whether many are to have what is named at ``at``: 各县(市)要成立 + 清理整顿领导小组."""
        return self.lexicon.rules.pattern("unit.of_each").match(self.text, max(0, at - _CLAUSE), at) is not None

    def lists_plural(self, at: int, last: Body | None) -> bool:
        """Say whether the list that goes on at ``at`` began with one of many: 各级财政局、审计局和 + 税务局."""
        if self.text[at - 1 : at] not in self.lexicon.links:
            return False
        each = self.lexicon.rules.pattern("unit.list_of_each").match(self.text, max(0, at - _CLAUSE - 1), at)
        if each is not None and (last is None or last.end <= each.start()):
            return True  # 各县(市、区)委改革办、 + 财政局
        for _ in range(_LISTED):
            end = at - 1
            if end < SINGLE or self.text[end] not in self.lexicon.links or (last is not None and last.end == end):
                return False
            if self.text[end - 1] == _CLOSED:  # 财政厅(局)
                end = self.text.rfind(_OPENED, max(0, end - ITEM), end)
            word = self.lexicon.heads.to(self.text, end)
            if word is None:
                return False
            at = end - len(word)
            if self.places.is_plural(at):
                return True
        return False

    def is_below(self, place: Place) -> bool:
        """Say whether a bare 县 stands in a list behind a body of a wider place: 专署、 + 县."""
        word = self.lexicon.heads.to(self.text, place.at - 1)
        wider = _WIDER.get(place.level or "", frozenset())
        return word is not None and any(entry.level in wider for entry in self.lexicon.entries[word])

    def opens(self, place: Place) -> bool:
        """Say whether a bare 县 stands at the edge of a name, alone, and is no village: not 省市县博物馆."""
        if self.text[place.end] in _BEHIND_ANY or self.is_sort(place.end):
            return False
        has_verb = self.lexicon.trades.to(self.text, place.at) is not None  # 维修 + 市工人文化宫
        return place.level != VILLAGE and (has_verb or self.edges.start(place.at, ITEM) == place.at)

    def is_sort(self, at: int) -> bool:
        """Say whether the word at ``at`` is 县 or another sort of place: not 乡 in 乡村振兴."""
        if self.text[at] not in self.lexicon.level_characters:
            return False
        word = self.lexicon.edges.at(self.text, at, len(self.text)) or ""
        is_any = word in self.lexicon.plural.members or word in self.lexicon.quantifiers.members  # 县级
        return len(word) <= 1 or is_any or self.lexicon.classes.get(word) != "keep"

    def free_words(self, end: int, tasks: frozenset[str]) -> tuple[int, set[int]]:
        """Return how far back free words may reach, and the offsets inside words that hide a 市 or 区: 市场.

        ``tasks`` are verbs that may be among them: 市 + 应急救援 + 指挥中心.
        """
        floor = self.edges.run(end, INNER)
        hidden: set[int] = set()
        for begin, stop, name in self.edges.tokens(floor, end):
            if name == "keep":
                word = self.text[begin:stop]
                is_place = word in self.lexicon.levels or word in self.lexicon.short_divisions
                hidden.update(range(begin + 1, stop if is_place else stop + 1))
            elif name != "soft" and self.text[begin:stop] not in tasks:
                floor = stop
        return floor, hidden

    def is_subject(self, at: int, end: int) -> bool:
        """Say whether the words name what a department does: verbs stand last, or for a purpose but not first."""
        verbs: list[tuple[int, int]] = []
        for begin, stop, name in self.edges.tokens(at, end):
            if name in _DIVIDING or (begin == at and name == "soft"):
                return False
            if name == "stop":
                verbs.append((begin, stop))
        while verbs and verbs[-1][1] == end:
            end = verbs.pop()[0]
        return all(begin > at and self.text[begin:stop] in self.lexicon.purposes for begin, stop in verbs)

    def is_several(self, at: int, end: int) -> bool:
        """Say whether a number of bodies stands before the name or begins it: 三千二百个基层供销社."""
        if at and self.text[at - 1].isdigit() and self.text[at] in self.lexicon.scales:
            return True
        numbers = self.lexicon.rules.pattern("unit.several").finditer(self.text, max(0, at - ITEM), min(end, at + ITEM))
        return any(found.end() >= at >= found.start("number") - 1 or self._counts(found, at) for found in numbers)

    def _counts(self, found: regex.Match[str], at: int) -> bool:
        """Say whether a number of more than one sign stands inside what would be a name: 地区 + 二百三十七个 + 公社."""
        return at < found.start("number") < found.end() - SINGLE

    def masked(self, at: int, end: int) -> int:
        """Return where a masked name begins: at 某, or at the place before it."""
        masked = self.text.find(self.lexicon.mask, at, end)
        if masked < 0:
            return self._with_mask(at)
        known = masked <= at or self.leading_place(at, masked) or self.places.leading_short(at, masked)
        if known or self.places.understood(at, masked, None):  # 东丰 + 某某米业
            return at
        named = self.lexicon.rules.pattern("unit.surname").fullmatch(self.text, at, masked)
        return at if named else masked  # 张 + 某某小吃店

    def _with_mask(self, at: int) -> int:
        """Return where a name begins that has a verb behind its mask: 某 + 招聘 + 公司; else ``at``."""
        begin = self.text.rfind(self.lexicon.mask, max(0, at - ITEM), at)
        if begin < 0 or self.edges.start(begin, SINGLE) < begin or self.edges.run(at, ITEM) > begin:
            return at
        words = list(self.edges.tokens(begin + 1, at))
        is_verb = bool(words) and words[0][0] == begin + 1 and all(name == "stop" for _, _, name in words)
        return begin if is_verb else at

    def without_verb(self, at: int, end: int) -> int:
        """Return where a name begins whose first word may be the verb before it: 建设 + 湖南大学."""
        verb = self.lexicon.trades.at(self.text, at, end) if at < end else None
        if verb is None or len(self.lexicon.generic.rest(self.text[at + len(verb) : end])) < SINGLE:
            return at
        return at + len(verb)

    def behind_act(self, at: int, end: int) -> int:
        """Return where a name begins that has a place behind a verb: 医疗队驰援 + 区人民医院; else ``at``."""
        for begin, stop in self.lexicon.acts.find(self.text, at, end):
            if stop - begin < SINGLE or stop >= end:
                continue
            place = self.places.leading(stop, end) or self.places.leading_short(stop, end)
            is_bare = self.is_sort(stop) and not self.lexicon.generic.rest(self.text[stop + 1 : end])
            if is_bare or (place is not None and (place.chain or place.end < end)):
                at = stop
        return at

    def begins_anew(self, at: int, end: int) -> bool:
        """Say whether what follows a company at ``at`` is another, behind a verb: 宝武 + 投资 + 鄂钢, not 控股."""
        verb = self.lexicon.trades.at(self.text, at, end)
        return verb is not None and self.lexicon.generic.rest(self.lexicon.trades.rest(self.text[at:end])) != ""

    def is_part(self, at: int, last: Body) -> bool:
        """Say whether a body found before is part of the name that begins at ``at``: 宝 + 武钢, 中国铁路 + 广州局."""
        if last.parser == "named" and last.kind != "other":  # 解放军 + 中部战区
            return last.at - at < SINGLE
        return last.parser == "named" or self.places.leading_short(at, last.at) is not None

    def is_giver(self, at: int, end: int, last: Body) -> bool:
        """Say whether a body is named after the company before it: 腾讯 + 公益慈善基金会."""
        if last.parser != "named" or last.at != at:
            return False
        if self.text[at : last.end] in self.lexicon.parents:  # 中国人民解放军 + 中部战区总医院
            return True
        return last.kind == "enterprise" and not self.lexicon.generic.rest(self.text[last.end : end])

    def beginning(self, head: Head) -> int:
        """Return where a proper name begins."""
        at = self.edges.start(head.at, PROPER)
        if at == head.at and self._is_low(head):
            return self._with_motto(at)
        is_commune = (head.kind, head.word.level) == _COMMUNE
        if is_commune and head.at - at > SINGLE and self.text[at] in self.lexicon.stops("founding"):
            return at + 1  # 建 + 红星人民公社
        if self.text[head.at : head.end] in self.lexicon.stops("legal"):
            at = self._with_word(self._with_trade(at, head.at))
        if head.kind == "social":
            at = self._with_field(self._with_task(at, head.at))
        return self._with_soft(at, head.at)

    def _is_low(self, head: Head) -> bool:
        """Say whether a name is that of a village or commune, which may be a motto."""
        return head.word.level == VILLAGE or (head.kind, head.word.level) == _COMMUNE

    def _with_motto(self, at: int) -> int:
        """Return where the name of a village begins that is a verb elsewhere: 团结 + 村委会."""
        cut = self.lexicon.edges.to(self.text, at) or ""
        return at - len(cut) if cut in self.lexicon.stops("motto") else at

    def has_motto(self, at: int, head: Head) -> bool:
        """Say whether the name of a village at ``at`` is a word that names many: 建设村 + 村委会."""
        return self._is_low(head) and self.text[at : at + SINGLE] in self.lexicon.stops("motto")

    def _with_task(self, at: int, end: int) -> int:
        """Return where the name of an association begins, alone, whose task may be a verb: 产业融合创新 + 协会."""
        cut = self.lexicon.edges.to(self.text, at) if at == end else None
        place = self.places.before(at - len(cut)) if cut and cut not in self.lexicon.trades.members else None
        if place is not None and (place.named or self.opens(place)):
            return place.at  # 省 + 法官 + 协会
        if cut is None or cut not in self.lexicon.purposes | self.lexicon.stops("task") | self.lexicon.stops("motto"):
            return at
        begin = self.edges.start(at - len(cut), PROPER)
        is_alone = self.edges.run(end, PROPER) == begin or self.text[begin - 1 : begin] in self.lexicon.soft
        is_own = len(self.lexicon.generic.rest(self.text[begin : at - len(cut)])) >= SINGLE
        return begin if is_alone and is_own else at

    def _with_field(self, at: int) -> int:
        """Return where a name begins that joins two fields, first or behind a place: 深圳市物流 + 与 + 供应链协会."""
        if at < SINGLE or self.text[at - 1] not in self.lexicon.soft or self.lexicon.heads.to(self.text, at - 1):
            return at
        begin = self.edges.start(at - 1, PROPER)
        if begin < at - 1 and self._field(at - 1) == begin == self.edges.run(at - 1, PROPER):
            return begin  # 科技 + 与 + 产业融合创新协会
        place = self.leading_place(begin, at - 1) or self.places.leading_short(begin, at - 1)
        is_field = place is not None and place.named and not self.lexicon.generic.rest(self.text[place.end : at - 1])
        return begin if is_field else at

    def two_fields(self, end: int) -> Place | None:
        """Return the place of an office for two fields before ``end``: 县 + 教育和 + 科技局, 县 + 水务和湖泊 + 局."""
        at = self._field(end)
        if at < SINGLE or self.text[at - 1] not in self.lexicon.soft:
            return None
        begin = self._field(at - 1)
        place = self.places.before(begin) if begin < at - 1 else None
        return place if place is not None and (place.named or self.opens(place)) else None

    def _field(self, end: int) -> int:
        """Return where the words for what a department looks after begin that end at ``end``."""
        while (word := self.lexicon.fields.to(self.text, end)) is not None:
            end -= len(word)
        return end

    def joins_fields(self, begin: int, end: int) -> bool:
        """Say whether a name goes on from ``begin`` with two fields: 某大学 + 海洋与地球 + 学院."""
        at = self.edges.start(end, INNER)
        if not SINGLE < at - begin < ITEM or self.text[at - 1] not in self.lexicon.soft:
            return False
        is_one = [name for _, _, name in self.edges.tokens(begin, end) if name != "keep"] == ["soft"]
        return is_one and self.edges.run(end, INNER) <= begin and not self.lexicon.heads.to(self.text, at - 1)

    def whole(self, at: int) -> int:
        """Return where a name begins that is that of the whole nation's body: 全国 + 标准化技术委员会."""
        return next((at - len(word) for word in self.lexicon.stops("nation") if self.text.endswith(word, 0, at)), at)

    def _with_trade(self, at: int, end: int) -> int:
        """Return where the name of a company begins whose trade is a verb elsewhere: 山河智能装备 + 股份有限公司."""
        cut = self.lexicon.edges.to(self.text, at)
        if cut is None or self.lexicon.classes[cut] != "stop" or self.lexicon.generic.rest(self.text[at:end]):
            return at
        begin = self.edges.start(at - len(cut), PROPER)
        return begin if len(self.lexicon.generic.rest(self.text[begin : at - len(cut)])) >= SINGLE else at

    def _with_word(self, at: int) -> int:
        """Return where the name of a company begins whose second character is a word elsewhere: 华派 + 生物技术."""
        begin = at - SINGLE
        is_word = (
            begin >= 0 and self.text[at - 1] in self.lexicon.classes and self.text[begin:at] not in self.lexicon.classes
        )
        is_whole = is_word and self.edges.run(at, ITEM) == begin and self.text[begin] not in self.lexicon.classes
        return begin if is_whole and self.text[begin] not in self.lexicon.quantifiers.members else at

    def _with_soft(self, at: int, end: int) -> int:
        """Return where a name begins whose second character is a conjunction: 天和 + 税务师事务所; else ``at``."""
        begin = at - SINGLE
        if begin < 0 or self.text[at - 1] not in self.lexicon.soft or self.lexicon.generic.rest(self.text[at:end]):
            return at
        run = self.edges.run(at, ITEM)
        place = self.places.before(begin) if run < begin else None
        if place is not None and place.named:
            return place.at
        return begin if run == begin and self.edges.start(begin + 1, ITEM) == begin else at

    def is_single(self, at: int, head: Head, place: Place) -> bool:
        """Say whether what stands between a place and the last word may name a single body: not 武汉市 高等 学校."""
        end = head.at
        is_theirs = head.kind == "social" and self.text.startswith(_FIRMS, end - SINGLE)  # 市外商投资企业 + 协会
        if at == end or is_theirs or self.lexicon.plural.rest(self.text[at:end]) != "":
            return True
        has_few = len(place.word or "") == 1 or (place.named and place.level in _FEW)
        has_one = head.kind == _INSTITUTION or (head.kind == _ENTERPRISE and has_few)  # 县 + 保险 + 公司
        return has_one and self.lexicon.lines.rest(self.text[at:end]) == ""

    def goes_on(self, at: int, end: int) -> bool:
        """Say whether the name of a body goes on with a purpose: 区委 + 全面依法治区委员会."""
        for begin, stop, name in self.edges.tokens(at, end):
            if name == "strong" or (begin == at and name != "keep" and self.text[at:stop] not in self.lexicon.purposes):
                return False
        return True

    def purpose_place(self, at: int, end: int) -> tuple[int, Place | None]:
        """Return where the name of a purposeful body begins, and the place with which it begins."""
        for begin, stop, name in self.edges.tokens(at, end):
            if name == "stop" and begin >= at:
                place = self.leading_place(stop, end)
                if place is not None:
                    return stop, place
        place = self.leading_place(at, end) or self.places.leading_short(at, end)
        behind = self.places.leading(at + 1, end) if place is None else None  # 查 + 万载县财务委员会
        return (at, place) if behind is None else (at + 1, behind)

    def leading_place(self, at: int, end: int) -> Place | None:
        """Return the divisions, the bare 县 or the zone with which the name begins."""
        return self.places.leading(at, end) or self.places.leading_sort(at, end)
