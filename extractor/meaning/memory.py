"""Memory: what has been counted so far, and so what a count without a noun of its own is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from extractor.meaning.lexicon import AMONG, FALLS, HAPPENS, INCLUDES, MEASURES, RISES, VERBAL
from extractor.meaning.phrases import Row, subject

if TYPE_CHECKING:
    from extractor.meaning.behind import Span
    from extractor.meaning.clauses import Clause
    from extractor.meaning.lexicon import Lexicon
    from extractor.meaning.readings import Reading

_SUBJECTED = frozenset((FALLS, HAPPENS, MEASURES, RISES))


class Memory(Struct):
    """What is carried from count to count within a part of a report."""

    text: str
    lexicon: Lexicon
    by_unit: dict[str, tuple[tuple[Span, ...], int]] = field(default_factory=dict)  # item and sentence
    last: Reading | None = None
    subject: Reading | None = None  # the last count whose item is no growth: not 增速
    term: Reading | None = None  # the last count, where it tells how long something lasts
    rate: Reading | None = None  # the last percentage that tells no growth
    levels: list[Reading] = field(default_factory=list)  # the counts of the sentence that tell no growth
    among: bool = False  # whether 其中 has been said in the sentence
    passed: list[Clause] = field(default_factory=list)  # clauses without counts since the last one with
    around: Clause | None = None  # the clause without counts that brackets stand in
    offered: Span | None = None  # the noun behind the last number of the clause, a subject for what follows
    subjects: list[tuple[Span, ...]] = field(default_factory=list)  # for the counts to come, after 分别
    sources: list[Reading] = field(default_factory=list)  # counts that the growth figures to come are told of

    def forget(self) -> None:
        """Begin a new part of the report: nothing is carried into it."""
        self.by_unit.clear()
        self.last = self.rate = self.subject = None

    def begin_sentence(self) -> None:
        """Begin a new sentence."""
        self.passed.clear()
        self.around = None
        self.levels.clear()
        self.among = False

    def begin_clause(self, clause: Clause) -> None:
        """Begin a clause with counts: after a bracket the last count is that before the bracket."""
        last = self.last
        if clause.opens(AMONG):
            if self.among and last and self.levels and last is self.levels[-1] and last.own_item:
                self.among = False
                self._keep_item(last)  # 其中 维持 3 件; 诉讼案件 20 件, 其中 维持 9 件
            self.among = True
        if last and self.levels and clause.depth < last.clause.depth:
            self.last = next((one for one in reversed(self.levels) if one.clause.depth <= clause.depth), last)
        self.subjects.clear()
        self.sources.clear()
        self.offered = None

    def keep(self, reading: Reading) -> None:
        """Keep what was read, for the counts that follow."""
        if reading.count.dimension == "duration":
            self.term = reading if reading.item else None
            return
        self.last, self.term = reading, None
        unfit = self.lexicon.goals if reading.is_relative else self.lexicon.growths
        if reading.item and not self.text.endswith(unfit, *reading.item[-1]):
            self.subject = reading
        if reading.direction is None:
            self.levels.append(reading)
            if reading.is_relative:
                self.rate = reading
        grown = reading.direction is not None and reading.own_item  # 案件总数 比 上年 多 12 件
        if reading.item and not (reading.is_relative or grown) and reading.item[0] != reading.action:
            self._keep_item(reading)

    def _keep_item(self, reading: Reading) -> None:
        """Keep the item for later counts of the same unit, unless it only names a part of what came before."""
        unit = reading.unit
        text = self.text[reading.item[0][0] : reading.item[-1][1]]
        if unit not in self.lexicon.agent_units and self.lexicon.agents.end(text):
            return  # one of those whose cases are counted
        if reading.count.dimension == "people" and text.endswith(self.lexicon.conferred):
            return  # 取得 资格证书 289 人: those who got it are counted
        if text.endswith(self.lexicon.outcomes):
            return  # 维持 决定 30 件: what became of the things counted
        told = unit in self.by_unit and self.by_unit[unit][1] == reading.sentence
        if self.among and not (reading.own_action and (not told or self.lexicon.generic.end(text))):
            return  # 其中 著作权案件 30 件; 商标权案件 20 件
        if reading.own_action or self.lexicon.generic.end(text) or self._is_fresh(reading, told=told):
            self.by_unit[unit] = reading.item, reading.sentence

    def _is_fresh(self, reading: Reading, *, told: bool) -> bool:
        """Whether no list goes on and no item is kept for the unit; of those who act only one of the sentence is."""
        unit = reading.unit
        kept = told if unit in self.lexicon.agent_units else unit in self.by_unit
        return not kept and reading.clause.lead != ":" and reading.clause.tokens[0].kind not in (AMONG, INCLUDES)

    def follows_directly(self, reading: Reading) -> bool:
        """Whether the last count stands in the same clause, or the same sentence with no other clause between."""
        if self.last is None:
            return False
        return self.last.clause is reading.clause or (self.last.sentence == reading.sentence and not self.passed)

    def of_unit(self, reading: Reading) -> tuple[Span, ...]:
        """Return what was counted before in the same unit; people and places only within the sentence."""
        known = self.by_unit.get(reading.unit)
        if self.passed and reading.unit in self.lexicon.reviewed_units and (reviewed := self._reviewed()):
            return (reviewed,)
        if known is None or known[1] != reading.sentence:
            known = self._kin(reading) or known
        near = known and (known[1] == reading.sentence or not self._tells_else(known[0], reading))
        if known and near and (reading.unit not in self.lexicon.agent_units or known[1] == reading.sentence):
            return known[0]
        setting = self._setting()
        return (setting,) if setting else ()

    def is_near(self, reading: Reading) -> bool:
        """Whether what was counted in the same measure stands in the same paragraph."""
        known = self.by_unit.get(reading.unit)
        return known is None or "\n" not in self.text[known[0][-1][1] : reading.count.at]

    def _tells_else(self, item: tuple[Span, ...], reading: Reading) -> bool:
        """Whether the sentence has named other things already, and the item was counted in another paragraph."""
        named = any(one.own_item and one.counts_things and one.clause is not reading.clause for one in self.levels)
        return named and "\n" in self.text[item[-1][1] : reading.count.at]

    def _kin(self, reading: Reading) -> tuple[tuple[Span, ...], int] | None:
        """Return what was counted in a measure for the same things: 干部 3 名, 其中 2 人."""
        judged = reading.action is not None and self.text[slice(*reading.action)] in self.lexicon.judicial
        kin = next((words for words in self.lexicon.kin if reading.unit in words), frozenset())
        if not (self.among or (judged and reading.unit in self.lexicon.persons)):
            kin = frozenset()  # but 抓获 嫌疑人 3 名, 逮捕 2 人
        wider = f"{reading.unit}(次)", f"{reading.unit}(人次)"  # 信访 2360 件(次), 转交 1915 件
        told = [self.by_unit[unit] for unit in sorted(self.by_unit.keys() & {*kin, *wider})]
        return next((one for one in told if one[1] == reading.sentence), None)

    def _setting(self) -> Span | None:
        """Return the noun of a clause that only says among what is counted: 在全部案件中."""
        for clause in self.passed:
            if not self.text.endswith(self.lexicon.locatives, clause.at, clause.end):
                continue
            found = Row(self.text, clause.read(), self.lexicon).before(0, len(clause.tokens)).span
            if found:
                at, end = found
                word = next((word for word in self.lexicon.locatives if self.text.endswith(word, at, end)), "")
                return (at, end - len(word)) if end - len(word) > at else None
        return None

    def level(self, reading: Reading) -> Reading | None:
        """Return the last count of the sentence in the measure of a change that is no percentage."""
        if reading.is_relative or (self.last and self.last.unit == reading.unit):
            return None
        return next((one for one in reversed(self.levels) if one.unit == reading.unit and one.item), None)

    def compared(self, reading: Reading) -> Reading | None:
        """Return the count that a figure with no subject is about: the last rate for a rate, else the last count."""
        rate, last = self.rate, self.last
        level = reading.direction is None and reading.count.dimension == "percent"
        if level and rate and rate.sentence == reading.sentence:
            return rate
        if last and last.behind:  # 跨越 7 万亿、8 万亿 两个台阶, 增长 5%: not the steps
            told = (one for one in self.levels if one.clause is last.clause and not one.behind and one.item)
            return next(told, last)
        return last

    def grown(self, reading: Reading) -> Reading | None:
        """Return the last count, for growth in percent that of what grew: 增速 加快 N 个百分点; 环比 增长 N%."""
        last = self.last
        relative = reading.direction and reading.count.dimension == "percent"
        return self.subject if relative and last and last.item and self.subject else last

    def handled(self) -> Span | None:
        """Return what the clause before, which has no counts, says is dealt with: 清理 审批事项, 由 326 项 减少到."""
        if not self.passed:
            return None
        row = Row(self.text, self.passed[-1].read(), self.lexicon)
        phrase = row.before(0, len(row.tokens))
        return phrase.span if phrase.verb >= 0 and row.tokens[phrase.verb].kind in VERBAL else None

    def _reviewed(self) -> Span | None:
        """Return what the clause before says is gone through: 开展 文件 清理, 保留 12 件."""
        clause = self.passed[-1]
        row = Row(self.text, clause.read(), self.lexicon)
        done = next((at for at in range(len(row.tokens)) if row.word(at) in self.lexicon.reviewing), -1)
        if done < 0:
            return None
        before, behind = row.before(0, done), row.before(done + 1, len(row.tokens))
        ends = done + 1 == len(row.tokens) or row.word(done + 1) in self.lexicon.hollow  # 清理 工作
        if ends and before.span is None and before.verb > 0:
            return row.before(0, before.verb).span  # 对 案卷 进行 评查
        return before.span if ends else behind.span

    def topic(self, *, whole: bool = False) -> Span | None:
        """Return the subject of a clause without counts that stands since the last count, all of it with ``whole``."""
        for clause in self.passed:
            row = Row(self.text, clause.read(), self.lexicon)
            if row.word(0) in self.lexicon.objects:
                found, _ = row.after(0)
                if found:
                    return found
            for place, token in enumerate(clause.tokens):
                if token.kind in _SUBJECTED and row.acts(place, 0):
                    found = subject(row, 0, place, whole=whole).span
                    if found:
                        return found
        return None
