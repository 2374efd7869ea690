"""Phrases: a row of tokens to the noun phrases in it, looked for from a given place."""

from __future__ import annotations

from msgspec import Struct

from extractor.meaning.behind import CONTENT, Behind, Span
from extractor.meaning.lexicon import (
    ACTS,
    ADVERB,
    ASIDE,
    COMPARISON,
    COMPOUND,
    CONJUNCTION,
    COPULA,
    COUNT,
    DATE,
    DEICTIC,
    ETC,
    EXISTS,
    FALLS,
    GROWTH,
    JOINTS,
    NOMINAL,
    NOUN,
    NOUNS,
    NOW,
    OF,
    OTHER,
    PARTICLE,
    PAUSE,
    PREPOSITION,
    RISES,
    SHARE,
    SHRINKAGE,
    UNIT,
    VERBAL,
    VERBS,
)  # fmt: skip
from extractor.meaning.verbs import SPAN

_GROWTH = frozenset((FALLS, GROWTH, RISES, SHRINKAGE))
_RATED = frozenset((NOMINAL, NOUN, OTHER)) | JOINTS
_SKIPPED = frozenset((ADVERB, ASIDE, COUNT, DATE, DEICTIC, NOW, PARTICLE))
_WITHIN = frozenset((CONJUNCTION, DEICTIC, ETC, PARTICLE, PAUSE))  # may stand inside a noun phrase
_BEFORE_ADVERB = VERBS | {SHARE}  # 占 全部 投资 比重
_LONG = 16  # characters of a list too long to name a thing


class Phrase(Struct, frozen=True):
    """A noun phrase and what governs it, as positions among the tokens; -1 where there is none."""

    span: Span | None
    verb: int = -1
    relative: int = -1  # the verb of the relative clause that modifies it
    preposition: int = -1


class Row(Behind, frozen=True):
    """The tokens of a clause, to look for phrases in."""

    def before(  # noqa: C901, PLR0912 - one pass, one branch for each kind of token
        self,
        low: int,
        place: int,
        *,
        inner: bool = False,
        plain: bool = False,
        compound: bool = False,
        whole: bool = False,
    ) -> Phrase:
        """Return the noun phrase that ends just before ``place``, not looking further than ``low``.

        With ``inner`` a verb behind a plain noun is part of the phrase, as in the subject of a predicate; with
        ``plain`` every verb is, with ``compound`` a noun-like one at its head; with ``whole`` a list keeps all members.
        """
        tokens = self.tokens
        low = max(low, place - SPAN)
        last = place - 1
        while last >= low and (self._is_skipped(last) or self._says_when(last) or self.divides(last, low)):
            last -= 1
        if last - 2 >= low and tokens[last - 1].kind == DEICTIC and self.word(last - 1) in self.lexicon.per:
            last -= 2 if tokens[last - 2].kind in (NOUN, OTHER) else 0  # 社会工作者 每 万人口 N
        first = last + 1  # where the phrase begins
        head = -1  # where it begins after its last 的
        verb = relative = preposition = -1
        dated = False  # 某人 3 月 至 5 月 工资: what stands before the date is no part of it
        for at in range(last, low - 1, -1):
            kind = tokens[at].kind
            if kind in NOUNS or (kind == PREPOSITION and at < last and self._is_passive(at, low)):
                first = first if dated else at
            elif kind == OF:
                head = at + 1 if head < 0 else head
            elif kind in VERBAL:
                named = plain or (compound and kind == NOMINAL)
                named = named or not (self.acts(at, low) or self._joined_to_verb(at, low))
                if named or (head < 0 and self._is_inner(at, low, last, inner=inner)):
                    first = at
                elif head >= 0 and relative < 0:
                    relative = at
                elif relative >= 0 and kind == NOMINAL and self._is_led(at, low):
                    preposition = at - 1
                    break
                elif head < 0 or not self._ends_relative(at):
                    verb = at
                    break
            elif head >= 0 or kind in _WITHIN or self._modifies(at, low):
                continue
            elif self._dates(at, low):
                dated = True
            elif kind == COUNT and at > low and tokens[at - 1].kind in VERBAL and self.acts(at - 1, low):
                verb = at - 1  # 开通 24 小时 热线 N
                break
            else:
                if kind in (PREPOSITION, COMPARISON):
                    preposition = at
                elif kind in (COPULA, EXISTS, SHARE):
                    verb = at
                break
        if verb < 0 <= relative and not self._ends_relative(relative):
            verb, relative = relative, -1
        if relative >= 0 and any(tokens[at].kind == DEICTIC for at in range(head, last)):
            relative = -1
        return Phrase(self._span(first, last, head, whole=whole), verb, relative, preposition)

    def verb_of_having(self, at: int, low: int) -> int:
        """Return the verb just before 有 at ``at``: 新增 有 进出口实绩 企业 N; -1 where there is none."""
        had = at > low and self.tokens[at].kind == EXISTS and self.tokens[at - 1].kind in VERBS
        return at - 1 if had else -1

    def _is_led(self, at: int, low: int) -> bool:
        """Whether a preposition makes what is done the reason or the way: 因 执法 不当 引发 的 复议."""
        led = at > low and self.tokens[at - 1].kind == PREPOSITION
        return led and self.word(at - 1) not in self.lexicon.via

    def _joined_to_verb(self, at: int, low: int) -> bool:
        """Whether what could begin a noun is joined to a verb before it: 改判 、发回重审 案件."""
        former = at - 2
        return former >= low and self.tokens[at - 1].kind in JOINTS and self.tokens[former].kind == ACTS

    def _is_passive(self, at: int, low: int) -> bool:
        """Whether 被 at ``at`` begins what an object is like: 收回 被 侵占 资源."""
        governed = at > low and self.tokens[at - 1].kind in VERBAL and self.tokens[at + 1].kind in VERBAL
        return governed and self.tokens[at].kind == PREPOSITION and self.word(at) in self.lexicon.by

    def _says_when(self, at: int) -> bool:
        """Whether a preposition stands before a date: 标准 从 3 月起 由 25 元 上调."""
        after = at + 1
        return after < len(self.tokens) and self.tokens[after].kind == DATE and self.word(at) in self.lexicon.sources

    def _describes(self, at: int, low: int) -> bool:
        """Whether the verb at ``at`` describes the object of one before it: 作出 维持 决定, 返还 群众 被骗 资金."""
        words = self.lexicon
        if self.word(at - 1) in words.yields or self._is_had(at, low):
            return True
        described = self.word(at) in words.attributive or self.word(at) in words.given
        if not described or not self._precedes_noun(at):
            return False
        before = at - 1
        while before > low and self.tokens[before].kind in (NOUN, OTHER, UNIT, DEICTIC):
            before -= 1
        if self.word(at) in words.given:  # 办理 市局 交办 案件
            return self.word(before) in words.receiving and self.acts(before, low)
        if self.word(before) in words.ensuring:
            return False  # 确保 新增 城镇就业
        if self.tokens[before].kind == EXISTS:
            return before == at - 1
        return self.tokens[before].kind in VERBAL and (before == at - 1 or self.acts(before, low))

    def _precedes_noun(self, at: int) -> bool:
        """Whether a noun follows the verb at ``at``, perhaps behind another verb in it: 提请 批捕 案件."""
        after = at + 1
        after += after + 1 < len(self.tokens) and self.tokens[after].kind in (COMPOUND, NOMINAL)
        return after < len(self.tokens) and self.tokens[after].kind in NOUNS

    def _is_had(self, at: int, low: int) -> bool:
        """Whether the verb at ``at`` stands in a noun for what there is: 共有 特困 供养 人员 N."""
        tokens, before = self.tokens, at - 1
        if at + 1 == len(tokens) or tokens[at + 1].kind not in (NOUN, OTHER):
            return False
        while before > low and tokens[before].kind in (NOUN, OTHER):
            before -= 1
        plain = before == at - 1 or not self.is_agent(tokens[before + 1].at, tokens[at - 1].end)
        return plain and tokens[before].kind == EXISTS

    def _dates(self, at: int, low: int) -> bool:
        """Whether a date stands inside the object of the verb before it: 完成 2010 年 任务."""
        tokens = self.tokens
        if at <= low or tokens[at].kind != DATE or tokens[at + 1].kind not in (NOUN, OTHER, DATE, PREPOSITION):
            return False
        before = at - 1
        while before > low and (tokens[before].kind in (DATE, OTHER) or self.word(before) in self.lexicon.results):
            before -= 1  # 支付 某人 3 月 至 5 月 工资
        return tokens[before].kind in VERBAL and self.acts(before, low)

    def _modifies(self, at: int, low: int) -> bool:
        """Whether an adverb stands inside a noun: 受理 首次 执行 案件, 投诉 按期 办结率."""
        if at > low and self.tokens[at - 1].kind in (NOUN, OTHER, NOMINAL) and self.rates(at):
            return True
        return self.tokens[at].kind == ADVERB and at > low and self.tokens[at - 1].kind in _BEFORE_ADVERB

    def _is_inner(self, at: int, low: int, last: int, *, inner: bool) -> bool:
        """Whether the verb at ``at`` is a part of the noun phrase that ends at ``last``."""
        if inner and at > low and at == last:
            return True
        if self.word(at) in self.lexicon.main:
            return False  # 免除 学杂费 惠及 学生 9 万人
        if at > low and self._is_part(at, low, last, inner=inner):
            return True
        rated = self.tokens[at].kind == NOMINAL or (at > low and self.tokens[at - 1].kind in _RATED)
        return rated and self.text.endswith(self.lexicon.means, self.tokens[at].at, self.tokens[last].end)

    def _is_part(self, at: int, low: int, last: int, *, inner: bool) -> bool:
        """Whether the words before it make the verb at ``at`` a part of a noun phrase."""
        if self.tokens[at].kind == NOMINAL:
            governed = at < last and self.tokens[at - 1].kind == NOMINAL and self.acts(at - 1, low)
            if inner or governed:  # 更新 灭火 救援 装备
                return True
        if self._describes(at, low) or self.listed_in_noun(at, low) or self.behind_noun(at, low):
            return True
        if self._is_passive(at - 1, low) or (at == last and self.is_completed(at, low)):
            return True
        if self.tokens[at - 1].kind == NOMINAL and self.text.startswith(self.lexicon.described, self.tokens[at].end):
            return True  # 举办 消费 促进 活动
        return not self.opens(at, low) and (inner or self.embedded(at, low))

    def _ends_relative(self, at: int) -> bool:
        """Whether the verb at ``at`` stands directly before the 的 of a relative clause."""
        after = at + 1
        if self.tokens[after].kind == PARTICLE:
            after += 1
        return after < len(self.tokens) and self.tokens[after].kind == OF

    def _span(self, first: int, last: int, head: int, *, whole: bool) -> Span | None:
        """Return the stretch of the phrase from ``first`` to ``last``, its head alone where that names something."""
        tokens = self.tokens
        while last >= first and tokens[last].kind not in CONTENT and not self.is_other_name(last):
            last -= 1
        if first > last:
            return None
        if head > last:
            head = -1
        if head > first:
            at, end = tokens[head].at, tokens[last].end
            if self.text[at:end] not in self.lexicon.hollow:
                first = head
        if not whole:
            first = self._last_member(first, last)
        if first < last and tokens[first].kind == NOUN and self.text[tokens[first].at] in "“‘":
            # the quoted name of a thing stands before what it is, but “蒙” 字标 企业
            first += self.text[tokens[first].end] not in self.lexicon.styles
        while first < last and tokens[first].kind not in CONTENT:
            first += 1
        return self._trim(tokens[first].at, tokens[last].end)

    def _is_skipped(self, at: int) -> bool:
        return self.tokens[at].kind in _SKIPPED and not self.is_other_name(at)

    def _last_member(self, first: int, last: int) -> int:
        """Return where the last member of a long list begins, or what a list ending in 等 is summed up by."""
        tokens = self.tokens
        long = tokens[last].end - tokens[first].at > _LONG
        for at in range(last - 1, first, -1):
            kind = tokens[at].kind
            if kind == ETC or (long and kind == PAUSE) or (kind == CONJUNCTION and self._repeats(first, at, last)):
                return at + 1
        return first

    def _repeats(self, first: int, joint: int, last: int) -> bool:
        """Whether the conjunction joins a noun to itself: 没有 违法所得 或者 违法所得 不足 N."""
        tokens = self.tokens
        before = self.text[tokens[first].at : tokens[joint].at]
        return before == self.text[tokens[joint + 1].at : tokens[last].end]


def share_of(row: Row, low: int, share: Phrase) -> Span | None:
    """Return all of SUBJECT 占 WHOLE 比重, where ``share`` is what follows 占; ``None`` where it says no 比重."""
    if share.span is None or not row.text.endswith(row.lexicon.means, *share.span):
        return None
    told = row.before(low, share.verb).span
    return told[0] if told else row.tokens[share.verb].at, share.span[1]


def subject(row: Row, low: int, at: int, *, whole: bool = False) -> Phrase:
    """Return the subject of the predicate at ``at``; what it is compared with is none, nor is where or when."""
    for place in range(at - 1, low - 1, -1):
        if row.tokens[place].kind == COMPARISON:
            at = place
            break
        if row.tokens[place].kind in VERBAL and row.word(place) in row.lexicon.stating and place + 1 < at:
            low = place + 1  # 双方 约定 月工资 为 N
            break
    phrase = row.before(low, at, inner=True, compound=row.tokens[at].kind in _GROWTH, whole=whole)
    deducts = phrase.verb >= 0 and row.word(phrase.verb) in row.lexicon.deducting
    if phrase.span and deducts and row.text.endswith(row.lexicon.deducted, *phrase.span):
        return subject(row, low, phrase.verb, whole=whole)  # 收入 扣除 价格因素 实际 增长 N
    led = row.word(phrase.preposition) if phrase.span is None and phrase.preposition > low else ""
    if led in row.lexicon.placing or led in row.lexicon.manners:
        return subject(row, low, phrase.preposition, whole=whole)  # 总产值 在 全国 率先 突破 N, 收入 按 同口径 增长 N
    if phrase.verb > low and row.tokens[phrase.verb].kind == SHARE:
        return Phrase(share_of(row, low, phrase) or phrase.span, phrase.verb)
    if phrase.preposition < 0 or phrase.span is None:
        return phrase
    if phrase.preposition > low and row.text.endswith(row.lexicon.adjusted_by, *phrase.span):
        return subject(row, low, phrase.preposition, whole=whole)  # 收入 按 可比口径 增长 N
    told = row.word(phrase.preposition) in row.lexicon.topical
    topical = told and not row.text.endswith(row.lexicon.locatives, *phrase.span)
    return Phrase(phrase.span if topical else None, phrase.verb)
