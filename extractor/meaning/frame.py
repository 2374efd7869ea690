"""Frame: a count among the tokens of its clause, and what every construction does with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.meaning.lexicon import (
    ACTS,
    ADVERB,
    AMONG,
    COMPARISON,
    COMPOUND,
    COPULA,
    COUNT,
    DATE,
    FALLS,
    JOINTS,
    LIGHT,
    MEASURES,
    NOMINAL,
    NOUN,
    NOW,
    OF,
    OTHER,
    PREPOSITION,
    RISES,
    UNIT,
    VERBAL,
)  # fmt: skip
from extractor.meaning.members import members
from extractor.meaning.readings import THINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.meaning.behind import Span
    from extractor.meaning.lexicon import Lexicon
    from extractor.meaning.memory import Memory
    from extractor.meaning.phrases import Row
    from extractor.meaning.readings import Reading

_GROWING = frozenset((FALLS, RISES))
_ALIKE = 2  # last characters that nouns of one kind share
_AROUND_EACH = frozenset((ADVERB, AMONG, COMPARISON, COPULA, DATE, FALLS, MEASURES, NOW, PREPOSITION, RISES))
_SERIES = 30  # counts that one verb has at most


class Frame(Struct):
    """A count to be read: its clause, how far back its own words reach, and the counts of the clause before it."""

    row: Row
    reading: Reading
    low: int
    earlier: Sequence[Reading]
    memory: Memory
    attributive: frozenset[int]  # where counts of the clause stand that only describe a thing
    place: int  # where the count stands among the tokens
    next: int  # where the words of the next count may begin
    lexicon: Lexicon

    def is_like(self, former: Reading | None) -> bool:
        """Whether the noun before the count ends as that of another: 结婚 登记 18 对 、离婚 登记 6 对."""
        if former is None or not former.item or former.unit != self.reading.unit:
            return False
        end = self.row.tokens[self.place - 1].end
        return self.row.text[end - _ALIKE : end] == self.row.text[former.item[-1][1] - _ALIKE : former.item[-1][1]]

    def continued(self) -> Span | None:
        """Return the verb of the clause before, whose list goes on: 审结 刑事案件 21 件, 民事案件 36 件."""
        last, memory = self.memory.last, self.memory
        if last is None or self.earlier or not (last.governs and last.own_action) or memory.among:
            return None
        before = self.row.tokens[: self.place]
        generic = bool(self.lexicon.generic.to(self.row.text, 0, before[-1].end))
        nouns = (token.kind in (NOUN, OTHER) or (token.kind in VERBAL and not self.row.acts(at, 0))
                 for at, token in enumerate(before))  # fmt: skip
        plain = before[-1].kind in (NOUN, OTHER) and all(nouns)  # 停工 通知书
        plain = plain and not self.row.text.endswith(self.lexicon.extents, 0, before[-1].end)
        goes_on = (generic or plain) and memory.follows_directly(self.reading) and self.is_like(last)
        return last.action if goes_on else None

    def kind_after(self) -> str:
        """Return the kind of the token behind the number, empty where there is none."""
        after = self.place + 1
        return self.row.tokens[after].kind if after < len(self.row.tokens) else ""

    def own(self, span: Span) -> None:
        """Give the count a noun that stands beside it."""
        reading = self.reading
        reading.item, reading.own_item = (span,), True
        reading.behind = span[0] >= reading.count.end

    def inherit(self, source: Reading | None) -> None:
        """Give the count the item of another."""
        if source:
            self.reading.item, self.reading.source = source.item, source

    def carry(self, *, measured: bool = False) -> None:
        """Carry the item over from the counts before; that of a measure over any unit within the sentence."""
        reading, memory = self.reading, self.memory
        if reading.direction and memory.term and memory.term.sentence == reading.sentence:
            self.inherit(memory.term)  # 时限 由 20 天 压缩到 7 天, 压缩 65%
        elif reading.direction and (level := memory.level(reading)):
            self.inherit(level)  # 发生 事故 64 起, 死亡 57 人, 减少 11 起
        elif measured and memory.follows_directly(reading) and not self._is_paid_for():
            self.inherit(memory.grown(reading))
        elif (measured or reading.is_relative or reading.direction) and (topic := memory.topic(whole=self.says_each())):
            self.spread(topic)  # 进出口 总值 创历史新高, 达到 N
        elif reading.is_relative or reading.direction:
            self.inherit(memory.compared(reading))
        elif reading.counts_things:
            reading.item = memory.of_unit(reading)

    def _is_paid_for(self) -> bool:
        """Whether things are counted after a sum of money: 投资 4.7 亿元, 完成 65 条."""
        last = self.memory.last
        return self.reading.count.dimension in THINGS and last is not None and last.count.dimension == "money"

    def inherit_amount(self) -> None:
        """Give an amount the item of the one just before it: 拆除 违法建筑 26 万平方米, 没收 11 万平方米."""
        last, reading = self.memory.last, self.reading
        alike = last is not None and last.unit == reading.unit and last.direction is None
        if alike and self.memory.follows_directly(reading):
            self.inherit(last)

    def act(self, verb: int) -> None:
        """Give the count its verb: of verbs joined by 和 or 、 the first, of 增加到 only 增加; -1 for none."""
        if verb < 0 or (self.reading.clause.lead == "(" and self.row.word(verb) in self.lexicon.containing):
            return  # (包括 低速货车 N)
        tokens = self.row.tokens
        while verb - 2 >= 0 and tokens[verb - 1].kind in JOINTS and (former := self._joined_verb(verb)) >= 0:
            verb = former
        begin, end = tokens[verb].at, tokens[verb].end
        if verb > self.low and tokens[verb - 1].kind in VERBAL and self.row.word(verb) in self.lexicon.achieved:
            begin = tokens[verb - 1].at  # 调处 成功
        if end - begin > 2 and self.row.text[end - 1] in self.lexicon.results:  # noqa: PLR2004 - 升至 stays whole
            end -= 1
        self.reading.action = begin, end

    def _joined_verb(self, verb: int) -> int:
        """Return the verb joined to that at ``verb``, perhaps with its object: 变更 行为 和 确认违法; -1 for none."""
        tokens, at = self.row.tokens, verb - 2
        if self.row.word(verb) in self.lexicon.causing:
            return -1  # 致人 死亡 或者 造成 损失 N
        if tokens[at].kind == COMPOUND and tokens[verb].kind == ACTS:
            return -1  # 退款 并 支付 赔偿金 N
        if tokens[verb].kind == COMPOUND:
            while at > self.low and tokens[at].kind in (NOUN, OTHER):
                at -= 1
        return at if tokens[at].kind in VERBAL else -1

    def repeats(self, at: int) -> bool:
        """Whether the word at ``at``, as often a noun, is the verb of the count before: 公报 公开 46 条."""
        last, row = self.memory.last, self.row
        if row.tokens[at].kind != NOMINAL or last is None or last.action is None or last.unit != self.reading.unit:
            return False
        said = self.lexicon.action(row.text[slice(*last.action)])
        return said == row.word(at) and self.memory.follows_directly(self.reading)

    def follows_up(self, at: int) -> bool:
        """Whether two verbs say what became of what was counted: 发现 12 条, 交办 整改 9 条."""
        tokens, last = self.row.tokens, self.memory.last
        if last is None or at <= self.low or tokens[at - 1].kind != ACTS:
            return False
        if self.row.word(at) not in self.lexicon.following or self.row.word(at - 1) in self.lexicon.dealing:
            return False
        alike = last.unit == self.reading.unit and self.reading.unit not in self.lexicon.events and last.governs
        return alike and self.memory.follows_directly(self.reading)

    def quoted(self, span: Span | None) -> Span | None:
        """Return what stands in the quotes that are all of ``span``, if it is a verb: “不同意公开” 1 件."""
        if span is None or self.row.text[span[0]] != "“" or self.row.text[span[1] - 1] != "”":
            return None
        inside = span[0] + 1, span[1] - 1
        return inside if self.lexicon.kinds.get(self.row.text[slice(*inside)]) in VERBAL else None

    def behind(self) -> tuple[Span | None, int]:
        """Return the noun behind the number, past a measure of the noun itself: 22 个 750 千伏和 330 千伏 工程."""
        tokens, described = self.row.tokens, self.attributive
        place = self._past_size()
        while place + 1 < len(tokens) and tokens[place + 1].kind == COUNT and place + 1 in described:
            place += 1
            if place + 2 < len(tokens) and tokens[place + 1].kind in JOINTS and place + 2 in described:
                place += 1
        span, after = self.row.after(place)
        counted = span is not None and after + 1 < len(tokens) and tokens[after].kind == COUNT
        if span and counted and self.row.word(after).endswith(self.lexicon.tiers):
            named, end = self.row.after(after)
            return ((span[0], named[1]), end) if named else (span, after)  # 20 个 县乡村 三级 服务网络
        return span, after

    def _past_size(self) -> int:
        """Return where what only tells the size of the things counted ends: 65 条、总长度 57.9 公里 的 道路."""
        row, at = self.row, self.place + 1
        tokens = row.tokens
        if at >= len(tokens) or tokens[at].kind not in JOINTS:
            return self.place
        at += 1
        while at < len(tokens) and tokens[at].kind in (NOUN, OTHER):
            at += 1
        sized = at in self.attributive and row.text.endswith(self.lexicon.extents, 0, tokens[at - 1].end)
        return at if sized and at + 1 < len(tokens) and tokens[at + 1].kind == OF else self.place

    def may_stand_behind(self) -> bool:
        """Whether the thing counted can follow the number; behind an amount it is a plain noun or has 的."""
        if self.reading.counts_things:
            return True
        kind = self.kind_after()
        if self.reading.joined and kind == NOMINAL and self.earlier[-1].behind:
            return True  # 12 公里 热力管网 、10 公里 供水 管网
        if kind == NOMINAL and LIGHT in self._kinds_before():
            return True  # 给予 人民币 N 奖励
        return kind in (OF, NOUN, OTHER) or (kind == UNIT and not self.reading.is_relative)

    def may_take_behind(self) -> bool:
        """Whether a noun stands behind the number that could be what it counts."""
        return self.may_stand_behind() and self.behind()[0] is not None

    def _kinds_before(self) -> tuple[str, ...]:
        """Return the kinds of the two tokens before the number."""
        return tuple(token.kind for token in self.row.tokens[max(self.low, self.place - 2) : self.place])

    def followers(self, *, grown: bool = False) -> int:
        """Return how many counts are joined to this one by 、 or 和 behind it, with ``grown`` also 下降 N 和 增长 N."""
        tokens, place = self.row.tokens, self.place
        number = 0
        while number < _SERIES and place + 2 < len(tokens) and tokens[place + 1].kind in JOINTS:
            place += 2
            if grown and tokens[place].kind in _GROWING and place + 1 < len(tokens):
                place += 1
            if tokens[place].kind != COUNT:
                break
            number += 1
        return number

    def says_each(self) -> bool:
        """Whether 分别 stands before the count."""
        tokens = self.row.tokens
        return self.lexicon.each_at.search(self.row.text, tokens[self.low].at, tokens[self.place].at) is not None

    def share(self, at: int, whole: Span | None = None) -> int:
        """Give a share its item: the subject of 占 at ``at``, else the whole, else what was counted before."""
        if whole is None and at > self.low and self.row.tokens[at - 1].kind == OF:
            doer = self._doer(at)
            if doer:
                self.own(doer)  # 手工业者 组织 起来的 占 N
                return self.next
            self.inherit(self.memory.last)  # 大专以上的 占 N: of those counted before
            return self.next
        phrase = self.row.before(self.low, at, inner=True)
        if whole and self.row.text[slice(*whole)] in self.lexicon.hollow:
            whole = None  # 占 总数 的 N
        named = phrase.span if phrase.verb < 0 else None
        if phrase.span and phrase.verb == self.low and self.row.tokens[self.low].kind in VERBAL:
            named = self.row.tokens[self.low].at, phrase.span[1]  # 参加 农户 占 N
        found = named or whole
        if found:
            self.own(found)
        else:
            self.inherit(self.memory.last)
        return self.next

    def _doer(self, at: int) -> Span | None:
        """Return who does what the 的 clause before ``at`` tells, where the clause begins with their name."""
        first = self.row.tokens[self.low]
        named = self.low + 1 < at and first.kind in (NOUN, OTHER) and self.row.is_agent(first.at, first.end)
        return (first.at, first.end) if named else None

    def spread(self, span: Span) -> None:
        """Give the count its subject; after 分别 every count gets one of the subjects named together."""
        if self.says_each():
            parts = members(self.row.text, span, self.lexicon.joints, self._first_of_last(span), self._last_noun(span))
            if len(parts) != self.followers(grown=True) + 1:
                parts = self._listed()
            if len(parts) == self.followers(grown=True) + 1 > 1:
                parts = self._headed(parts)
                self.reading.item, self.reading.own_item = parts[0], True
                self.memory.subjects = parts[1:]
                return
        self.own(span)

    def _headed(self, parts: list[tuple[Span, ...]]) -> list[tuple[Span, ...]]:
        """Give members that are mere measures the noun of the first: 上访 批次、人次."""
        text, units = self.row.text, self.lexicon.plain_units
        at, end = parts[0][0]
        sizes = [len(unit) for unit in units if text.endswith(unit, at + 1, end)]
        if not sizes:
            return parts
        head = at, end - max(sizes)
        return [(head, *part) if len(part) == 1 and text[slice(*part[0])] in units else part for part in parts]

    def _first_of_last(self, span: Span) -> int:
        """Return how long the noun is that the last member of a list begins with, 0 where the table has none."""
        begin = max(self.row.text.rfind(joint, *span) for joint in self.lexicon.joints) + 1
        size = self.lexicon.longest(self.row.text, begin, span[1])
        return size if self.lexicon.kinds.get(self.row.text[begin : begin + size]) == NOUN else 0

    def _last_noun(self, span: Span) -> int:
        """Return where the last word of a list begins that the table has as a noun; its end where it has none."""
        last = next((token for token in reversed(self.row.tokens) if token.end == span[1]), None)
        return last.at if last is not None and last.kind == NOUN else span[1]

    def _listed(self) -> list[tuple[Span, ...]]:
        """Return what 、 and 和 divide before 分别, also what holds a verb: 货值、 新增 企业 分别 增长."""
        tokens = self.row.tokens
        low, end = self.low, self.place
        end = next((at for at in range(end - 1, low, -1) if self.row.word(at) in self.lexicon.each), end)
        while end > low and tokens[end - 1].kind in _AROUND_EACH:
            end -= 1
        while low < end and tokens[low].kind in _AROUND_EACH:
            low += 1
        found: list[tuple[Span, ...]] = []
        for at in range(low, end + 1):
            if at == end or tokens[at].kind in JOINTS:
                if low == at or any(token.kind == COUNT for token in tokens[low:at]):
                    return []
                found.append(((tokens[low].at, tokens[at - 1].end),))
                low = at + 1
        return self._rated(found)

    def _rated(self, found: list[tuple[Span, ...]]) -> list[tuple[Span, ...]]:
        """Give all members of a list the rate that only the last one names: 信访、投诉 按期 办结率."""
        text, words = self.row.text, self.lexicon
        ends = [text.endswith(words.means, *one[0]) for one in found]
        if not ends or not ends[-1] or any(ends[:-1]):
            return found
        begin, end = found[-1][0]
        at = next((at for at in range(self.low, self.place) if self.row.tokens[at].end == end), self.low)
        while at > self.low and (self.row.tokens[at - 1].kind in VERBAL or self.row.word(at - 1) in words.rating):
            at -= 1
        tail = self.row.tokens[at].at
        return [*((*one, (tail, end)) for one in found[:-1]), found[-1]] if tail > begin else found

    def spread_sources(self) -> bool:
        """Give the counts after 分别 the items of as many counts before them; say whether that was so."""
        number = self.followers(grown=True) + 1
        former = self.memory.levels[-number:]
        alike = self.says_each() or len(self.memory.levels) == number  # 58 起、49 人, 下降 18% 和 15%
        if number < 2 or len(former) < number or not alike:  # noqa: PLR2004 - each of two
            return False
        grown = self.reading.is_relative or self.reading.direction
        if not grown and former[0].unit != self.reading.unit:
            return False
        self.inherit(former[0])
        self.memory.sources = former[1:]
        return True
