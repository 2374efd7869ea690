"""Shared: what several parsers do with a word that ends a name: the place before it, the list or body it goes on."""

from __future__ import annotations

from msgspec.structs import replace

from extractor.units.bodies import Body, Head, Place, body, joined
from extractor.units.names import INNER, ITEM, PROPER, SINGLE, VILLAGE, Names

_NATION, _NATIONAL = ("中国-", "国家"), "national"
_ENTERPRISE, _GOVERNMENT, _PARTY, _SOCIAL = "enterprise", "government", "party", "social"
_INSTITUTION = "institution"
_OWN_NAMES = frozenset({"enterprise", "court"})  # kinds that have names of their own in a list
_OFFICE_OF = ("subdistrict", _GOVERNMENT)
_JUSTICE = frozenset({"court", "procuratorate"})
_TWINS = {("court", "procuratorate"), ("congress", "cppcc")}  # kinds of which a list names the whole once
_DIVIDING = frozenset({"stop", "soft"})
_OPENING = frozenset({"strong", "soft"})  # words behind which a name begins
_POST = 4  # characters of a name before 派出所
_BARE = 3  # characters of 法院 and 检察院
_LINK = 12  # characters between two members of a list
_ORDINAL = "第"
_EMBASSY = "unit.embassy"  # the rule for embassies


class Shared(Names, frozen=True):
    """What the parsers share."""

    def _with_place(self, head: Head, last: Body | None) -> Body | None:
        """Return the body that ``head`` makes with the body or place right before it."""
        if last is not None and last.end == head.at and head.end - head.at > 1:
            return joined(head, last)
        place = self.places.before(head.at) or self.places.masked(head.at) or self.two_fields(head.at)
        is_name = place is not None and place.word is not None and place.word in self.lexicon.stops("named sort")
        if place is None or (is_name and self._post(head)):  # 横村 + 派出所, 东街 + 派出所
            return None
        if last is not None and self._touches(last, place):
            return joined(head, last, place)
        return self._seated(head, place)

    def _is_subject_of(self, at: int, last: Body | None) -> bool:
        """Say whether the words before ``at`` are what an office is for: 建设 + 发展局 of a zone."""
        if last is not None and last.kind == _GOVERNMENT and self.edges.start(at, INNER) <= last.end < at:
            return True  # 台北市政府 + 都市发展局
        is_trade = self.text[at - SINGLE : at] in self.lexicon.stops("trade")
        return is_trade or self.lexicon.member_names.to(self.text, at) is not None

    def _is_torn(self, found: Body) -> bool:
        """Say whether a branch in a part of the country has lost its whole: 药品检查 + 华中分中心."""
        place = found.place
        if place is None or place.level is not None or place.chain or self.edges.run(found.at, SINGLE) == found.at:
            return False
        before = self.lexicon.edges.to(self.text, found.at)
        return before is None or self.lexicon.classes[before] not in _OPENING

    def _seated(self, head: Head, place: Place) -> Body:
        """Return the body in a place, or with an office there, which is then no subdistrict: 湖北省驻北京办事处."""
        whose = self.places.seated(place)
        if whose is not place and (head.kind, _GOVERNMENT) == _OFFICE_OF:
            head = replace(head, word=replace(head.word, kind="department"))
        is_sent = whose is place and place.named and self.text[place.at - 1 : place.at] in self.lexicon.seats
        return body(head, whose, place.at - 1 if is_sent and head.word.rule == _EMBASSY else None)  # 驻 + 英国使馆

    def _parent_place(self, at: int, end: int) -> Place | None:
        """Return the place behind the word for the whole with which the name begins: 武警 + 福建 + 总队."""
        parent = self.lexicon.prefixes.at(self.text, at, end) if at < end else None
        begin = at + len(parent or "")
        return (self.leading_place(begin, end) or self.places.leading_short(begin, end)) if parent else None

    def _understood(self, head: Head) -> Place | None:
        """Return the county whose name a court gives without its 区 or 县: 玄武法院."""
        at = self.edges.start(head.at, ITEM) if head.kind in _JUSTICE and head.root == head.at else head.at
        return self.places.understood(at, head.at, None) if head.at - at >= SINGLE else None

    def _touches(self, last: Body, place: Place) -> bool:
        """Say whether a named place goes on from the body before, or any place behind 驻."""
        if place.named and last.end == place.at:
            return not self._is_beside(last, place)
        return last.end == place.at - 1 and self.text[last.end] in self.lexicon.seats

    def _is_beside(self, last: Body, place: Place) -> bool:
        """Say whether a place is no part of that of the body right before it: 广东省物价局 + 广东省财政厅."""
        own = last.place.chain if last.place is not None else ()
        return bool(own) and place.chain[:1] == own[:1] and len(place.chain) <= len(own)

    def _inherited(self, head: Head, at: int, place: Place | None, level: str | None = None) -> Body:
        """Return a body that names no place; ``place`` is that of its list, unless its own word says the level."""
        is_bare = at == head.at and head.end - at <= _BARE  # 县公安局、法院
        place = place if head.word.level is None and (is_bare or head.kind not in _OWN_NAMES) else None
        level = head.word.level or level or (place.level if place else None)
        return Body(at, head.end, head.word.rule, head.kind, level, None, place, bare=True, parser=head.parser)

    def _list_place(self, last: Body | None, at: int) -> Place | None:
        """Return the place of the body before, where ``at`` goes on with its list: 区人大、政协."""
        if last is None or not 0 < at - last.end <= _LINK:
            return None
        link = self.lexicon.rules.pattern("unit.list_link")
        return (last.place or last.inherits) if link.fullmatch(self.text, last.end, at) else None

    def _list_level(self, last: Body | None, at: int) -> str | None:
        """Return the level of a national list that goes on at ``at``: 财政部、国资委."""
        if last is None or last.level != _NATIONAL or not 0 < at - last.end <= _LINK:
            return None
        link = self.lexicon.rules.pattern("unit.list_link")
        return _NATIONAL if link.fullmatch(self.text, last.end, at) else None

    def nation(self, head: Head, last: Body | None) -> Body | None:
        """Read a centre of the nation by its field, which must be one of its own: 国家 + 超导材料 + 工程研究中心."""
        run = self.edges.run(head.at, PROPER)
        mark = next((mark for mark in _NATION if self.text.rfind(mark, run, head.at) >= 0), _NATION[-1])
        at = self.text.rfind(mark, run, head.at)
        field = self.text[at + len(mark) : head.at]
        words = list(self.edges.tokens(at + len(mark), head.at))
        is_clause = any(
            name == "strong"
            or (name in _DIVIDING and begin == at + len(mark))  # 国家 + 支持, 国家 + 和
            or (name == "soft" and self.lexicon.heads.to(self.text, begin))  # 国家区域医疗中心 + 和
            for begin, _, name in words
        )
        is_one = at >= 0 and not is_clause
        if not is_one or not self.lexicon.plural.rest(field) or (last is not None and last.end > at):
            return None
        if last is not None and last.end == at:
            return joined(head, last)
        return Body(at, head.end, head.word.rule, head.kind, _NATIONAL, parser=head.parser)

    def numbered(self, head: Head, last: Body | None) -> Body | None:
        """Read a unit of the army or the Corps by its number: 8341部队, 第八师一四二团, 解放军301医院."""
        found = self.lexicon.rules.pattern("unit.troop_figures").match(self.text, max(0, head.at - ITEM), head.at)
        if found is None:
            return None
        at, place = found.start(), None
        if last is not None and last.end == at:  # 解放军 + 95829部队
            return joined(head, last)
        if head.kind == _INSTITUTION:
            army = self.lexicon.prefixes.to(self.text, at)
            at = at - len(army) if army else self.edges.start(at, ITEM)
        elif head.word.level is not None:
            place = self.places.before(at)
            at = place.at if place is not None and place.named else at
        return Body(at, head.end, head.word.rule, head.kind, head.word.level, place, parser=head.parser)

    def _village_of(self, head: Head, last: Body | None) -> Body | None:
        """Return the second body of a village in a list: 官庄村党支部、 + 村委会."""
        if last is None or last.level != VILLAGE or not 0 < head.at - last.end <= SINGLE:
            return None
        link = self.lexicon.rules.pattern("unit.list_link").fullmatch(self.text, last.end, head.at)
        ends = (self.text.find(sort, last.at + SINGLE, last.end) + len(sort) for sort in self.lexicon.stops("village"))
        end = next((end for end in ends if end > last.at + SINGLE), last.at)
        place = Place(last.at, end, VILLAGE) if end > last.at else last.inherits
        if place is None or link is None:
            return None
        return Body(head.at, head.end, head.word.rule, head.kind, VILLAGE, None, place, parser=head.parser)

    def _twin(self, head: Head, last: Body) -> Body | None:
        """Return the second of two national bodies that share the first word: 解放军军事法院、军事检察院."""
        if self._list_level(last, head.at) is None or (last.kind, head.kind) not in _TWINS:
            return None
        entries, own = self.lexicon.entries, self.text[head.at : head.end]
        words = [word for word in self.lexicon.heads.all_to(self.text, last.end) if len(word) < last.end - last.at]
        words = [word for word in words if any(one.kind == last.kind for one in entries[word])]
        if not words:
            return None
        shared = next((word for word in words if own.startswith(word[:SINGLE])), words[-1])
        name = self.text[last.at : last.end - len(shared)] + own
        return Body(head.at, head.end, head.word.rule, head.kind, _NATIONAL, name=name, parser=head.parser)

    def _list_member(self, head: Head, last: Body | None) -> Body | None:
        """Return a body with no place that goes on with a list: 县信访局、工业办."""
        if last is None or not 0 < head.at - last.end <= _LINK + ITEM:
            return None
        link = self.lexicon.rules.pattern("unit.list_link").match(self.text, last.end, head.at)
        place = last.place or last.inherits
        if link is None or place is None or not 1 < head.end - link.end() <= ITEM:
            return None
        if self.edges.start(head.at, ITEM) > link.end() or self.edges.run(head.at, ITEM) > link.end():
            return None
        if head.kind == _INSTITUTION and self.text[head.at : head.end] in self.lexicon.stops("post"):
            return None  # 八五九 + 农场 bears a name of its own
        own = self.leading_place(link.end(), head.at) or self.places.understood(link.end(), head.at, None)
        own = own or self.places.leading_short(link.end(), head.at)
        if own is not None:  # 市公安局、江岸 + 分局
            return body(head, own)
        return self._inherited(head, link.end(), place)

    def _is_section(self, head: Head, last: Body) -> bool:
        """Say whether a department goes on from a staff of the army, with its subject: 总后勤部 + 军事 + 交通部."""
        is_staff = last.level == _NATIONAL and self.text[last.at : last.end] in self.lexicon.stops("staff")
        is_near = is_staff and last.end < head.at and self.edges.run(head.at, _POST) <= last.end
        return is_near and self.is_subject(last.end, head.at)

    def _sole(self, head: Head, at: int, last: Body | None) -> Body | None:
        """Return what a place has one of, by its sort alone in a list of that place: 县教育局、 + 实验小学."""
        place = self._list_place(last, at) if self.text[at : head.end] in self.lexicon.stops("sole") else None
        if place is None or not place.level:
            return None
        return Body(at, head.end, head.word.rule, head.kind, place.level, None, place, bare=True, parser=head.parser)

    def _sibling(self, head: Head, last: Body | None) -> Body | None:
        """Return the next part of a body whose parts a list names: 教育部高等教育司、 + 中等教育司."""
        if last is None or last.whole is None or not 0 < head.at - last.end <= _LINK + ITEM:
            return None
        link = self.lexicon.rules.pattern("unit.part_link").match(self.text, last.end, head.at)
        if link is None or self.text[head.end - 1] != self.text[last.end - 1]:
            return None
        at = link.end()
        subject = self.text[at : head.at]
        is_own = head.kind != _INSTITUTION and SINGLE <= len(subject) <= ITEM and self.is_subject(at, head.at)
        if not (is_own or self.text.startswith(_ORDINAL, at, head.end)) or subject in self.lexicon.generic.members:
            return None
        begin, end = last.whole
        name = self.text[begin:end] + self.text[at : head.end]
        place = last.place or last.inherits
        return Body(
            at, head.end, head.word.rule, last.kind, last.level, None, place, name, parser=head.parser, whole=last.whole
        )

    def _post(self, head: Head) -> Body | None:
        """Return a post by the name of its place that no table knows: 太和 + 派出所."""
        if self.text[head.at : head.end] not in self.lexicon.stops("post"):
            return None
        at = self.edges.start(head.at, ITEM)
        name = self.text[at : head.at]
        own = name[:-1] if name[-1:] in self.lexicon.level_characters else name  # 横村
        is_any = not own or self.lexicon.generic.rest(own) != own or self.places.is_plural(at)
        if not SINGLE <= len(name) <= _POST or is_any:
            return None
        return Body(at, head.end, head.word.rule, head.kind, head.word.level, parser=head.parser)

    def _has_offices(self, last: Body | None) -> bool:
        """Say whether the body before is one whose offices bear any subject: 国务院国防工业办公室."""
        return last is not None and last.kind == _GOVERNMENT and last.level == _NATIONAL
