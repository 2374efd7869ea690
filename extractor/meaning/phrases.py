"""Phrases: a row of tokens to the noun phrases in it, looked for from a given place."""

from __future__ import annotations

from msgspec import Struct

from extractor.meaning.lexicon import (
    ACTS,
    ADVERB,
    ASIDE,
    COMPARISON,
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
from extractor.meaning.verbs import SPAN, Tokens

Span = tuple[int, int]
_BEGINNING = VERBS | {EXISTS}  # what may begin a relative clause behind a number
_CONTENT = (NOUNS - {ASIDE}) | VERBAL
_GROWTH = frozenset((FALLS, GROWTH, RISES, SHRINKAGE))
_RATED = frozenset((NOMINAL, NOUN, OTHER)) | JOINTS
_SKIPPED = frozenset((ADVERB, ASIDE, COUNT, DATE, DEICTIC, NOW, PARTICLE))
_WITHIN = frozenset((CONJUNCTION, DEICTIC, ETC, PARTICLE, PAUSE))  # may stand inside a noun phrase
_LONG = 16  # characters of a list too long to name a thing


class Phrase(Struct, frozen=True):
    """A noun phrase and what governs it, as positions among the tokens; -1 where there is none."""

    span: Span | None
    verb: int = -1
    relative: int = -1  # the verb of the relative clause that modifies it
    preposition: int = -1


class Row(Tokens, frozen=True):
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
        while last >= low and (self._is_skipped(last) or self._says_when(last) or self._divides(last, low)):
            last -= 1
        if last - 2 >= low and tokens[last - 1].kind == DEICTIC and self.word(last - 1) in self.lexicon.per:
            last -= 2 if tokens[last - 2].kind in (NOUN, OTHER) else 0  # 社会工作者 每 万人口 N
        first = last + 1  # where the phrase begins
        head = -1  # where it begins after its last 的
        verb = relative = preposition = -1
        dated = False  # 某人 3 月 至 5 月 工资: what stands before the date is no part of it
        for at in range(last, low - 1, -1):
            kind = tokens[at].kind
            if kind in NOUNS or (at < last and self._is_passive(at, low)):
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
        return self.word(at) in self.lexicon.sources and self.tokens[at + 1].kind == DATE

    def _divides(self, at: int, low: int) -> bool:
        """Whether the word at ``at`` only says among whom what stands before it is divided: 生活补贴 人均 增长."""
        before = self.tokens[at - 1]
        named = at > low and before.end - before.at > 1  # 月人均 is one word
        return named and self.tokens[at].kind == NOUN and self.word(at) in self.lexicon.per_head

    def _describes(self, at: int, low: int) -> bool:
        """Whether the verb at ``at`` describes the object of one before it: 作出 维持 决定, 返还 群众 被骗 资金."""
        words = self.lexicon
        if self.word(at - 1) in words.yields:
            return True
        described = self.word(at) in words.attributive or self.word(at) in words.given
        if not described or self.tokens[at + 1].kind not in NOUNS:
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
        return self.tokens[at].kind == ADVERB and at > low and self.tokens[at - 1].kind in VERBS

    def _is_inner(self, at: int, low: int, last: int, *, inner: bool) -> bool:
        """Whether the verb at ``at`` is a part of the noun phrase that ends at ``last``."""
        if inner and at > low and at == last:
            return True
        if self.word(at) in self.lexicon.main:
            return False  # 免除 学杂费 惠及 学生 9 万人
        if at > low and self._is_part(at, low, last, inner=inner):
            return True
        if not self.text[self.tokens[at].at : self.tokens[last].end].endswith(self.lexicon.means):
            return False
        return self.tokens[at].kind == NOMINAL or (at > low and self.tokens[at - 1].kind in _RATED)

    def _is_part(self, at: int, low: int, last: int, *, inner: bool) -> bool:
        """Whether the words before it make the verb at ``at`` a part of a noun phrase."""
        if inner and self.tokens[at].kind == NOMINAL:
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
        while last >= first and tokens[last].kind not in _CONTENT and not self.is_other_name(last):
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
            first += 1  # the quoted name of a thing stands before what it is
        while first < last and tokens[first].kind not in _CONTENT:
            first += 1
        return self._trim(tokens[first].at, tokens[last].end)

    def _is_skipped(self, at: int) -> bool:
        return self.tokens[at].kind in _SKIPPED and not self.is_other_name(at)

    def _last_member(self, first: int, last: int) -> int:
        """Return where the last member of a long list begins, or what a list ending in 等 is summed up by."""
        tokens = self.tokens
        long = tokens[last].end - tokens[first].at > _LONG
        for at in range(last - 1, first, -1):
            if tokens[at].kind == ETC or (long and tokens[at].kind == PAUSE) or self._repeats(first, at, last):
                return at + 1
        return first

    def _repeats(self, first: int, joint: int, last: int) -> bool:
        """Whether the conjunction joins a noun to itself: 没有 违法所得 或者 违法所得 不足 N."""
        tokens = self.tokens
        if tokens[joint].kind != CONJUNCTION:
            return False
        before = self.text[tokens[first].at : tokens[joint].at]
        return before == self.text[tokens[joint + 1].at : tokens[last].end]

    def _trim(self, at: int, end: int) -> Span | None:
        """Return the stretch without words such as 各类 at its head."""
        while self.text.startswith(self.lexicon.quantifiers, at):
            word = next(word for word in self.lexicon.quantifiers if self.text.startswith(word, at))
            if at + len(word) >= end or self.lexicon.longest(self.text, at, end) > len(word):
                break  # also 共济 金额
            at += len(word)
        return (at, end) if at < end else None

    def after(self, place: int) -> tuple[Span | None, int]:  # noqa: C901 - what may begin a noun, case by case
        """Return the noun phrase that begins just after ``place``, and the position of what follows it."""
        tokens = self.tokens
        size = len(tokens)
        at = place + 1
        if at < size and tokens[at].kind == OF:
            at += 1
        first = at
        while at < size and tokens[at].kind == DEICTIC:
            at += 1
        if at + 1 < size and self.word(at) in self.lexicon.attributive and tokens[at + 1].kind in _CONTENT:
            at += 1  # 30 万 参保 孕产妇, 200 套 结转 公租房
        elif at < size and tokens[at].kind in _BEGINNING and (tokens[at].kind == EXISTS or self.acts(at, at)):
            at = self.relative_end(at)
            if at < 0 or self._joins_in(first, place, at):
                return None, place + 1  # 选派 42 人次 参加 上级 组织 的 项目
            hollow = self._noun_end(at)
            if self.text[tokens[at].at : tokens[hollow - 1].end] not in self.lexicon.hollow:
                first = at
        elif at < size and tokens[at].kind == ADVERB and at + 1 < size and self._described(at + 1):
            at += 1  # 36 起 成功 避险案例, 518 名 新 任命 人员
        elif at < size and tokens[at].kind not in _CONTENT:
            return None, place + 1
        at = self._noun_end(at)
        if at == first or self.text[tokens[first].at : tokens[at - 1].end] in self.lexicon.locatives:
            return None, place + 1  # 在 审结 的 376 件 中
        if at < size and tokens[at].kind in VERBS:
            at = self._hollow_end(at)
        elif at + 1 < size and tokens[at].kind == OF and self.text[: tokens[at].at].endswith(self.lexicon.adjectives):
            at = max(self._noun_end(at + 1), at)
        kept = self._countable(first, at)
        begin, end = tokens[first].at, tokens[kept - 1].end
        begin += self.text.startswith(self.lexicon.grades, begin)  # 20 万吨 级 泊位
        return (self._cut(begin, end) if begin < end else None), kept

    def _joins_in(self, at: int, place: int, head: int) -> bool:
        """Whether people counted at ``place`` take part in what stands at ``head``, and are not called so."""
        if self.word(at) not in self.lexicon.joining or not self.word(place).endswith(self.lexicon.persons):
            return False
        return self.text.endswith(self.lexicon.undertakings, 0, self.tokens[self._noun_end(head) - 1].end)

    def _described(self, at: int) -> bool:
        """Whether a noun begins at ``at``, or a verb that with what follows makes one."""
        kind, after = self.tokens[at].kind, at + 1
        if kind not in VERBAL or after == len(self.tokens):
            return kind in (NOUN, OTHER)
        return self.makes_noun(self.tokens[after], NOMINAL)

    def _countable(self, first: int, end: int) -> int:
        """Return where the noun ends when a rate of it is left off: 22 条排水沟 整治率 达 100%."""
        tokens = self.tokens
        last = next((at for at in range(first + 1, end) if self._measures_each(first, at)), end)
        if last - first > 1 and self.text[tokens[first].at : tokens[last - 1].end].endswith(self.lexicon.means):
            last -= 1
            if last - first > 1 and tokens[last - 1].kind in VERBAL:
                last -= 1
        return last

    def _measures_each(self, first: int, at: int) -> bool:
        """Whether a mean of those counted begins at ``at``: 12 个 公社 平均亩产 超 N."""
        return self._divides(at, first) and self.is_agent(self.tokens[first].at, self.tokens[at - 1].end)

    def _hollow_end(self, at: int) -> int:
        """Return the end of 违法 制定 文件 的 情况, whose head names nothing by itself; ``at`` where none begins."""
        head = self.relative_end(at)
        if head >= 0:
            end = self._noun_end(head)
            if self.text[self.tokens[head].at : self.tokens[end - 1].end] in self.lexicon.hollow:
                return end
        return at

    def _cut(self, at: int, end: int) -> Span | None:
        """Return the stretch without a place word behind it."""
        for word in self.lexicon.locatives:
            if self.text.endswith(word, at + 2, end):
                end -= len(word)
                break
        return self._trim(at, end)

    def _noun_end(self, at: int) -> int:
        """Return where the noun phrase ends that begins at ``at``."""
        first = at
        while at < len(self.tokens) and self._goes_on(at) and not (at > first and self._entitles(at)):
            at += 1
        return at

    def _entitles(self, at: int) -> bool:
        """Whether a title in quotes begins at ``at``: 15 个 集体 “先进集体” 称号."""
        token, after = self.tokens[at], at + 1
        if token.kind != NOUN or self.text[token.at] != "“" or after == len(self.tokens):
            return False
        return self.text.startswith(self.lexicon.titles, self.tokens[after].at)

    def _goes_on(self, at: int) -> bool:
        """Whether a noun phrase has the token at ``at`` as a part."""
        tokens, words = self.tokens, self.lexicon
        kind = tokens[at].kind
        if kind in NOUNS:
            return True
        following = tokens[at + 1].kind if at + 1 < len(tokens) else ""
        if kind == NOMINAL:
            return following != PARTICLE and not self.does(at) and not self.is_done_there(at)
        if kind in VERBS:
            agent = self.is_agent(tokens[at - 1].at, tokens[at - 1].end)  # 46 个法庭 审结 案件 9 件
            return bool(following) and not agent and self.word(at + 1) in words.heads
        if kind == PAUSE and following in NOUNS:
            return self._joins_nouns(at)
        if kind not in (CONJUNCTION, DEICTIC) or not (following in NOUNS or following in (DEICTIC, NOMINAL)):
            return False
        return kind == DEICTIC or self.word(at + 1) not in words.pronouns

    def _joins_nouns(self, at: int) -> bool:
        """Whether the pause joins nouns behind a number, 1 万名 困境 、留守儿童, and no count of its own follows."""
        at += 1
        while at < len(self.tokens) and self.tokens[at].kind in NOUNS:
            at += 1
        return at == len(self.tokens) or self.tokens[at].kind not in (COUNT, ETC, *JOINTS)


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
    if phrase.span is None and phrase.preposition > low and row.word(phrase.preposition) in row.lexicon.placing:
        return subject(row, low, phrase.preposition, whole=whole)  # 总产值 在 全国 率先 突破 N
    if phrase.preposition < 0 or phrase.span is None:
        return phrase
    told = row.word(phrase.preposition) in row.lexicon.topical
    topical = told and not row.text.endswith(row.lexicon.locatives, *phrase.span)
    return Phrase(phrase.span if topical else None, phrase.verb)
