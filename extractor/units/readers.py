"""Readers: a word that ends a name to the whole organisation, one parser for each way in which names are built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.units.bodies import Body, Head, Place, body, joined
from extractor.units.names import INNER, ITEM, SINGLE, VILLAGE
from extractor.units.shared import Shared

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_TERM, _ORDINAL = "届", "第"
_OFFICES = ("局", "办公室")  # words before which the task of an office may be a verb
_PURPOSE = 34  # characters before the last word of a body with a purpose
_NATIONAL = "national"
_ENTERPRISE, _GOVERNMENT, _PARTY, _SOCIAL = "enterprise", "government", "party", "social"
_INSTITUTION, _OTHER = "institution", "other"
_OWN_NAMES = frozenset({"enterprise", "court"})  # kinds that have names of their own in a list
_OFFICE = ("department", "province")  # one of Hong Kong or Macau
_OFFICES_OF = {("subdistrict", _GOVERNMENT), ("other", "subdistrict")}  # 学院街道办事处 + 献福路社区居委会
_NESTED = frozenset({"enterprise", "institution"})  # kinds whose names may hold the name of another
_COMMUNAL = frozenset({"unit.commune", "unit.team", "unit.brigade", "unit.regiment"})  # rules for what is a place too
_LISTED = frozenset({"social", "court", "procuratorate"})  # kinds that a list of bare departments may go on with
_ORGANS = frozenset({"department", "court", "procuratorate"})
_WHOLES = _ORGANS | {"government", "party", "congress", "cppcc", "supervision"}  # what has departments within
_JUSTICE = frozenset({"court", "procuratorate"})
_SEAT = (2, 3)  # characters of the name of a prefecture
ADJOINING = frozenset({"part", "inner"})  # parsers of what a body stands before, at most INNER characters away


class Reader(Shared, frozen=True):
    """Reads the bodies of one text in order; each may go on from the one before."""

    def read(self, head: Head, last: Body | None) -> Body | None:
        """Return the body whose name ends with ``head``; ``last`` is the one found before. None if it ends none."""
        found = PARSERS[head.parser](self, head, last)
        if found is None or found.at < SINGLE or self.text[found.at - 1] not in self.lexicon.state_last:
            return found
        state = next((name for name in self.lexicon.stops("state") if self.text.endswith(name, 0, found.at)), "")
        return replace(found, at=found.at - len(state))  # 中华人民共和国 + 拱北海关

    def named(self, head: Head, last: Body | None) -> Body | None:
        """Read a name that means one body wherever it stands: 国务院."""
        if last is not None and (found := self._within(head, last)) is not None:
            return found
        is_office = (head.kind, head.word.level) == _OFFICE
        longer = self.lexicon.heads.to(self.text, head.end) if is_office else None  # 各市生态 + 环境局
        if is_office and (self._is_subject_of(head.at, last) or len(longer or "") > head.end - head.at):
            return None
        place = self.places.before(head.at)
        found = self._of_place(head, place) if place is not None else None
        if place is not None and found is None and is_office:
            others = self.lexicon.entries[self.text[head.at : head.end]]
            if len(others) > 1:  # 县 + 消费者委员会 is none of Hong Kong
                return None
        return found or Body(head.at, head.end, head.word.rule, head.kind, head.word.level, parser=head.parser)

    def _of_place(self, head: Head, place: Place) -> Body | None:
        """Return the body of a fixed name in a place; None where the place is no part of the name."""
        if self.text[head.at : head.end] in self.lexicon.stops("branching"):  # 县 + 人民银行
            return body(replace(head, word=replace(head.word, level=None)), place)
        if head.kind == _ENTERPRISE and place.named:  # 株洲工商银行 belongs to no level
            return body(head, replace(place, level=None, chain=()))
        is_own = head.kind == _ENTERPRISE and self.opens(place)  # 县 + 邮储银行
        is_same = place.named and place.level == head.word.level  # 香港 + 廉政公署, 美国 + 商务部
        return body(head, place) if is_own or is_same else None

    def _within(self, head: Head, last: Body) -> Body | None:
        """Return the body that ``head`` makes with the one it belongs to or has an office at."""
        if last.end == head.at:
            if head.kind == _INSTITUTION and self.text[last.at : last.end] in self.lexicon.parents:
                return joined(head, replace(last, level=None))  # 中国人民解放军 + 国防科技大学
            if last.kind == _OTHER and head.kind == _OFFICE[0]:  # 广州军区联勤部 + 卫生部
                return joined(replace(head, word=replace(head.word, kind=_OTHER, level=last.level)), last)
            is_whole = last.kind == _GOVERNMENT and head.kind in _ORGANS  # 中央人民政府司法部
            is_whole = is_whole or last.kind == head.kind in _NESTED  # 河南农业大学 + 国家小麦中心, 中国石油 + 长庆油田
            if is_whole or (last.kind in _ORGANS and last.level == head.word.level != _NATIONAL):  # 内政部警政署
                return joined(head, last)
        if self._is_section(head, last):
            return joined(replace(head, word=replace(head.word, kind=_OTHER)), last)
        is_seat = last.end == head.at - 1 and self.text[last.end] in self.lexicon.seats
        return joined(head, last) if is_seat else None  # 中央纪委国家监委驻财政部

    def placed(self, head: Head, last: Body | None) -> Body | None:
        """Read a word that needs a place before it: 县政府, 武汉市第十五届人民代表大会."""
        twin = last is not None and (last.kind, head.kind) == (_PARTY, _GOVERNMENT)
        is_near = last is not None and head.at - last.end <= INNER
        if last is not None and is_near and last.end == min(self.term(head.root), head.at):
            if twin and head.root == head.at:
                return self._inherited(head, head.at, last.place or last.inherits)  # 乡党委 + 政府
            if not twin:
                return joined(head, last)
        place = self.places.before(head.root) or self.before_term(head.root)
        place = place or self.places.masked(head.root) or self._understood(head)
        if place is not None and place.word is not None and self.is_below(place) and self.lists_plural(place.at, last):
            return None  # 各专署、 + 县人民政府, but 各街办事处、 + 区政府
        if place is not None:
            prefix = self.lexicon.prefixes.to(self.text, place.at)
            if prefix and head.kind == _PARTY:  # 共青团 + 市委
                head = replace(head, word=replace(head.word, kind=self.lexicon.parents[prefix]))
            return body(head, place, place.at - len(prefix or ""))
        if last is None or head.root > head.at or (last.kind == head.kind and head.kind in _OWN_NAMES):
            return None
        place = self._list_place(last, head.at)
        is_bare = place is None and last.bare and head.kind in _LISTED  # 教育局、 + 团委
        is_bare = is_bare and 0 < head.at - last.end <= SINGLE and self.text[last.end] in self.lexicon.links
        return self._inherited(head, head.at, place) if place or is_bare else self._twin(head, last)

    def subject(self, head: Head, last: Body | None) -> Body | None:
        """Read a word that names its subject and may stand without a place: 法制办, 县财政局."""
        found = self._with_place(head, last) or (self.inner(head, last) if self._has_offices(last) else None)
        if found is not None:
            return found
        modifier = self.places.modifier(head.at)
        is_any = modifier is None or modifier in self.lexicon.quantifiers.members  # 各 + 交警大队
        if is_any and (self.places.is_plural(head.at) or self.follows_plural(head.at)):
            return None
        if modifier is None and self.lists_plural(head.at, last):
            return None
        level = self.lexicon.levels.get(modifier[-1]) if modifier else self._list_level(last, head.at)
        at = self.edges.start(head.at, INNER)
        if at < head.at and modifier is None:
            several = self.lexicon.quantifiers.find(self.text, at, head.at)
            if self.places.is_plural(at) or any(end - begin > 1 for begin, end in several):  # 五大区域疾控中心
                return None
            place = self.leading_place(at, head.at) or self.places.leading_short(at, head.at)
            place = place or self.places.understood(at, head.at, None)  # 古冶 + 公安局
            if place is not None or self._post(head) is not None:  # 茅坝 + 供销社 is a firm of its own
                return body(head, place) if place is not None else None  # 市 + 规划 + 自然资源局
            if self.lexicon.generic.rest(self.text[at : head.at]):
                at = head.at  # 提请公安局
        return self._inherited(head, at if modifier is None else head.at, self._list_place(last, at), level)

    def anchored(self, head: Head, last: Body | None) -> Body | None:
        """Read a word with free words between it and the place that it needs: 县工业办."""
        return self._anchored(head, last) or self._post(head)

    def _anchored(self, head: Head, last: Body | None) -> Body | None:
        found = self._with_place(head, last)
        if found is not None:
            return found
        is_service = head.kind == _INSTITUTION and head.end - head.at > 1
        has_task = is_service or self.text[head.at : head.end].endswith(_OFFICES)
        floor, hidden = self.free_words(head.at, self.lexicon.stops("task") if has_task else frozenset())
        for end in range(head.at - (1 if head.end - head.at > 1 else 2), floor - 1, -1):
            if self.text[end] in self.lexicon.soft:
                is_short = head.end - head.at == 1 and self.lexicon.fields.to(self.text, end) is None
                if is_short or self.lexicon.heads.to(self.text, end):
                    break
                continue
            if end < head.at and self.lexicon.acts.at(self.text, end, head.at):
                continue  # 总队 + 调集 + 消防救援站
            if last is not None and last.end == end:
                return joined(head, last)
            if end > floor and (end not in hidden or self.lexicon.division_names.to(self.text, end)):
                place = self.places.before(end)
                if place is not None and (place.named or self.opens(place)):
                    if last is not None and self._touches(last, place):
                        return joined(head, last, place)
                    return self._seated(head, place)
        return self._list_member(head, last)

    def branch(self, head: Head, last: Body | None) -> Body | None:
        """Read a branch with the body it is a branch of: 中国银行武汉分行."""
        if (found := self._of_bank(head)) is not None:
            return found
        if last is not None and head.at - INNER <= last.end <= head.at:
            classes = {name for _, _, name in self.edges.tokens(last.end, head.at)}
            if self.edges.run(head.at, INNER) <= last.end and not classes - {"keep"}:
                known = last.place if last.place and last.place.chain else None
                place = self.places.understood(last.end, head.at, known) if known else None  # 北京市公安局 + 朝阳
                place = place or self.places.leading(last.end, head.at) or self.places.before(head.at)
                if (place is None or not place.named) and last.level == _NATIONAL:
                    place = self.places.understood(last.end, head.at, last.place)
                own = replace(head, word=replace(head.word, kind=None))  # a branch is of the kind of the whole
                if place is None and last.end < head.at and last.level == _NATIONAL and last.kind not in _JUSTICE:
                    last = replace(last, level=None)  # of a place that no table knows
                return joined(own, last, place)
        found = self._anchored(head, last) or self._of_district(head)
        if found is not None and head.kind == _ENTERPRISE:
            found = self._of_brand(found)
        return None if found is not None and self._is_torn(found) else found

    def _of_brand(self, found: Body) -> Body:
        """Return a branch in a place with the name of its company: 东山农业保险 + 太湖支公司."""
        at = self.edges.start(found.at, INNER) if found.place is not None and found.place.named else found.at
        if len(self.lexicon.generic.rest(self.text[at : found.at])) < SINGLE:
            return found
        return replace(found, at=at, level=found.level if found.place and found.place.chain else None)

    def _of_district(self, head: Head) -> Body | None:
        """Return the branch in a district named before it, with its task or without: 公安 + 江岸 + 分局."""
        at = self.edges.start(head.at, ITEM)
        whole = next((word for word in self.lexicon.stops("branched") if self.text.startswith(word, at, head.at)), "")
        place = self.places.understood(at + len(whole), head.at, None) if head.at > at + len(whole) else None
        return body(head, place, at) if place is not None and head.end - head.at == SINGLE else None

    def _of_bank(self, head: Head) -> Body | None:
        """Return the branch of a bank known by its short name: 农行 + 桐川 + 支行, 工行 + 市 + 分行."""
        if head.kind != _ENTERPRISE:
            return None
        at = self.edges.start(head.at, INNER)
        bank = self.lexicon.banks.at(self.text, at, head.at) if at < head.at else None
        begin = at + len(bank or "")
        is_bare = self.text[begin : head.at] in self.lexicon.level_characters
        if bank is None or (head.at - begin < SINGLE and not is_bare):
            return None
        place = self.places.before(head.at) if is_bare else self.places.leading(begin, head.at)
        place = place or self.places.leading_short(begin, head.at)
        level = place.level if place else None
        return Body(at, head.end, head.word.rule, head.kind, level, place, parser=head.parser)

    def proper(self, head: Head, last: Body | None) -> Body | None:
        """Read a name of any words back to its edge: 武汉石油化工厂, 某建筑公司."""
        town = self.places.known_town(head.at, head.end)
        if town is None:
            is_school = last is not None and last.kind == head.kind == _INSTITUTION
            if last is not None and is_school and self.joins_fields(last.end, head.at):
                return joined(head, last)
            return (self._village_of(head, last) if head.word.level == VILLAGE else None) or self._proper(head, last)
        return joined(head, last, town) if last is not None and last.end == town.at else body(head, town)

    def _proper(self, head: Head, last: Body | None) -> Body | None:
        at = self.beginning(head)
        is_inside = last is not None and at < last.at and self.is_part(at, last)
        if last is not None and at <= last.end <= head.at and not is_inside:
            is_one = head.kind == last.kind or (head.kind, last.kind) in _OFFICES_OF
            is_one = is_one or last.rule in _COMMUNAL  # 红旗公社 + 农机厂
            is_beside = self.text[last.end] in self.lexicon.soft  # 县一中和 + 县二中
            is_one = is_one and not is_beside and not self.begins_anew(last.end, head.at)
            is_one = is_one or (head.kind == _ENTERPRISE and self.text[last.end] == _ORDINAL)  # 铁道部 + 第二工程局
            if last.end == head.at or is_one or self.is_giver(at, head.at, last):
                return joined(head, replace(last, level=None) if last.end < head.at else last)
            at = last.end + is_beside
        at = self.behind_act(self.without_verb(self.masked(at, head.at), head.at), head.at)
        if self.is_several(at, head.at):
            return None
        place = self.leading_place(at, head.at) or self._parent_place(at, head.at)
        if place is not None and self.has_many(head, place):
            return None
        begin = place.end if place else at
        if place is None and (short := self.places.leading_short(at, head.at)) is not None:
            is_national = head.kind == _SOCIAL and short.level == _NATIONAL  # 中国光彩事业促进会
            place = replace(short, level=_NATIONAL if is_national else None, chain=())  # 武汉石油化工厂 has no level
        rest = self.lexicon.generic.rest(self.text[begin : head.at])
        masked = rest in self.lexicon.masks.members or self.has_motto(at, head)
        if len(rest) < SINGLE and not masked and (place is None or not self.is_single(begin, head, place)):
            return self._sole(head, at, last)
        level = head.word.level or (place.level if place and place.level != VILLAGE else None)
        if place is not None and begin < head.at and self.is_sort(begin):
            if place.word is not None:
                return None  # 省市县企业
            place, level = None, head.word.level  # 新县 + 镇大河村村民小组
        if head.kind == _SOCIAL and place is None and (whole := self.whole(at)) < at:
            at, level = whole, _NATIONAL
        inherits = self._list_place(last, at) if place is None and self.text[at] == _ORDINAL else None
        level = level or (inherits.level if inherits else None)
        return Body(at, head.end, head.word.rule, head.kind, level, place, inherits, parser=head.parser)

    def purpose(self, head: Head, last: Body | None) -> Body | None:
        """Read a body that is named for what it is to do: 推进依法行政工作领导小组."""
        whole = self._committee_of(head, last)
        if whole is not None:
            return whole
        if last is not None and self.text[last.at : last.end] in self.lexicon.parents:
            last = None
        at = self.edges.purpose(head.at, _PURPOSE)
        if last is not None and at <= last.end < head.at:
            if last.kind == _ENTERPRISE and not self.lexicon.plain.rest(self.text[last.end : head.at]):
                return None  # any company has a 评审委员会
            if self.goes_on(last.end, head.at) and not self.lexicon.acts.at(self.text, last.end, head.at):
                return joined(head, last)
            word = self.lexicon.edges.at(self.text, last.end, head.at)
            at = last.end + (len(word) if word in self.lexicon.soft and word else 0)
            at = self.edges.without_verbs(at, head.at)
        at, place = self.purpose_place(self.behind_group(at, head), head.at)
        if head.at - at < SINGLE:  # a bare 领导小组, 县领导小组
            return None
        parent = self.lexicon.prefixes.at(self.text, at, head.at)
        if parent is not None:  # 政协武汉市委员会
            head = replace(head, word=replace(head.word, kind=self.lexicon.parents[parent]))
            place = self.leading_place(at + len(parent), head.at)
        if place is not None:
            is_any = self.has_many(head, place) or self.text[place.end : head.at] in self.lexicon.stops("residents")
            found = Body(at, head.end, head.word.rule, head.kind, place.level, place, parser=head.parser)
            return None if is_any else found
        return self._unplaced(head, at)

    def _unplaced(self, head: Head, at: int) -> Body | None:
        """Return the body with a purpose that names no place and begins at ``at``; None where any has one."""
        modifier = self.places.modifier(at)
        is_any = self.places.is_plural(at) and not self.edges.is_founded(at)
        is_any = modifier is None and (is_any or self.is_theirs(at))
        if is_any or not self.lexicon.plain.rest(self.text[at : head.at]):
            return None
        begin = self.whole(at)
        level = self.lexicon.levels.get(modifier[-1]) if modifier else None
        nation = self.lexicon.stops("nation")
        is_national = begin < at or any(self.text.startswith(word, at, head.at - SINGLE) for word in nation)
        return self._inherited(head, begin, None, _NATIONAL if is_national else level)

    def _committee_of(self, head: Head, last: Body | None) -> Body | None:
        """Return the committee of the body before, a party's in a place or of the nation: 九三学社 + 桐川市委员会."""
        if last is None or last.end == head.at:
            return joined(head, last) if last is not None else None
        if self.text[last.at : last.end] not in self.lexicon.parents or self.edges.run(head.at, _PURPOSE) > last.end:
            return None
        between = self.text[last.end : head.at]
        begin = last.end + between.find(_TERM) + 1  # 第九届 + 长丰县
        place = self.leading_place(begin, head.at) or self.places.leading_short(begin, head.at)
        place = place or self.leading_place(last.end, head.at)
        is_national = any(word in between for word in self.lexicon.stops("nation"))
        if place is None and not is_national:
            return None
        kind = self.lexicon.parents[self.text[last.at : last.end]]
        level = _NATIONAL if is_national or place is None else place.level
        return Body(last.at, head.end, head.word.rule, kind, level, place, parser=head.parser)

    def part(self, head: Head, last: Body | None) -> Body | None:
        """Read a word for a part of the body before it: 县法院行政庭."""
        if last is not None and last.end == self.term(head.at):
            return joined(head, last)
        return self._sibling(head, last)

    def inner(self, head: Head, last: Body | None) -> Body | None:
        """Read a department by its subject within the body right before it: 司法部 + 法治宣传 + 司."""
        if last is None or not 0 < head.at - last.end <= INNER or self.edges.run(head.at, INNER) > last.end:
            return self._sibling(head, last)
        between = self.text[last.end : self.term(head.at)]
        if head.kind == _ENTERPRISE:
            is_within = last.kind == _ENTERPRISE and self.lexicon.generic.rest(between) != ""
        else:
            is_within = last.kind in _WHOLES or (last.kind == head.kind and last.level == _NATIONAL)
            is_within = is_within or self._is_section(head, last)
            is_within = is_within and len(between) >= SINGLE
        is_within = is_within and self.is_subject(last.end, self.term(head.at))
        return joined(head, last) if is_within else self._sibling(head, last)

    def seated(self, head: Head, last: Body | None) -> Body | None:
        """Read the body of a prefecture, by the name of that where one stands before it: 桐川 + 地委."""
        found = self.placed(head, last)
        if found is not None:
            return found
        area = self.lexicon.sorts.to(self.text, head.at) or ""
        if area in self.lexicon.areas and not self.places.is_plural(head.at - len(area)):  # 地区 + 行署
            return self._inherited(head, head.at - len(area), None)
        if self.places.is_plural(head.at):
            return None
        at = self.edges.start(head.at, ITEM)
        named = head.at - at in _SEAT and self.lexicon.generic.rest(self.text[at : head.at])
        place = Place(at, head.at, head.word.level) if named else None
        return body(head, place) if place else self._inherited(head, head.at, None)

    def local(self, head: Head, last: Body | None) -> Body | None:
        """Read a word that needs a place before it or before the list that it stands in: 县农行、工行."""
        place = self.places.before(head.at) or self.places.masked(head.at)
        if place is None and self.text[head.at : head.end] in self.lexicon.banks.members:
            at = self.edges.start(head.at, ITEM)
            place = self.places.understood(at, head.at, None) if head.at - at >= SINGLE else None  # 桐城 + 农商行
        if place is not None:
            return body(head, place)
        place = self._list_place(last, head.at)
        if place is None:
            return None
        return Body(
            head.at, head.end, head.word.rule, head.kind, place.level, None, place, bare=True, parser=head.parser
        )

    def trader(self, head: Head, last: Body | None) -> Body | None:
        """Read a shop that bears a name of its own and stands in a named place: 桐川市文昌街道 + 小李 + 便利店."""
        found = self._proper(head, last)
        place = found.place if found is not None else None
        if place is None or not (place.named and place.level and head.at - place.end >= SINGLE):
            return None
        return found if len(self.lexicon.generic.rest(self.text[place.end : head.at])) >= SINGLE else None


PARSERS: Mapping[str, Callable[[Reader, Head, Body | None], Body | None]] = {
    "named": Reader.named,
    "placed": Reader.placed,
    "subject": Reader.subject,
    "anchored": Reader.anchored,
    "branch": Reader.branch,
    "proper": Reader.proper,
    "purpose": Reader.purpose,
    "part": Reader.part,
    "inner": Reader.inner,
    "seated": Reader.seated,
    "local": Reader.local,
    "nation": Reader.nation,
    "numbered": Reader.numbered,
    "trader": Reader.trader,
}
