"""Behind: a row of tokens to the noun phrase that stands behind a number."""

from __future__ import annotations

from extractor.meaning.lexicon import (
    ADVERB,
    ASIDE,
    COMPARISON,
    CONJUNCTION,
    COUNT,
    DEICTIC,
    ETC,
    EXISTS,
    JOINTS,
    NOMINAL,
    NOUN,
    NOUNS,
    OF,
    OTHER,
    PARTICLE,
    PAUSE,
    VERBAL,
    VERBS,
)  # fmt: skip
from extractor.meaning.verbs import Tokens

Span = tuple[int, int]
_BEGINNING = VERBS | {EXISTS}  # what may begin a relative clause behind a number
CONTENT = (NOUNS - {ASIDE}) | VERBAL  # what a noun phrase is made of
_YEAR = 4  # its digits
_HOUR, _ABOUT = "时", "许"
_OF = "的"  # not 之, as in 三根 支柱 之一


class Behind(Tokens, frozen=True):
    """The tokens of a clause, to look for what is counted behind a number."""

    def _trim(self, at: int, end: int) -> Span | None:
        """Return the stretch without words such as 各类 at its head."""
        while word := self.lexicon.quantifiers.at(self.text, at):
            if at + len(word) >= end or self.lexicon.longest(self.text, at, end) > len(word):
                break  # also 共济 金额
            at += len(word)
        if self.text[at + _YEAR : at + _YEAR + 1] in self.lexicon.cohorts and self.text[at : at + _YEAR].isdecimal():
            at += _YEAR + 1
        at = self._past_clock(at, end)
        return (at, end) if at < end and self.text[at:end] not in self.lexicon.contrasts else None

    def _past_clock(self, at: int, end: int) -> int:
        """Return where a time of day ends that the stretch begins with: 18 时许 被困 人员."""
        hour = self.text.rfind(_HOUR, at, end)
        if hour <= at or not self.text[hour - 1].isdigit():
            return at
        return hour + 1 + self.text.startswith(_ABOUT, hour + 1)

    def after(self, place: int) -> tuple[Span | None, int]:  # noqa: C901, PLR0912 - what may begin a noun
        """Return the noun phrase that begins just after ``place``, and the position of what follows it."""
        tokens = self.tokens
        size = len(tokens)
        at = place + 1
        at += at < size and self._is_inclusive(at)
        if at < size and tokens[at].kind == OF:
            at += 1
        first = at
        while at < size and tokens[at].kind == DEICTIC:
            at += 1
        if at + 1 < size and self.word(at) in self.lexicon.attributive and tokens[at + 1].kind in CONTENT:
            at += 1  # 30 万 参保 孕产妇, 200 套 结转 公租房
        elif at < size and self._is_called(at, place):
            at += 1  # 建成 12 个 加装 电梯 项目
        elif at < size and tokens[at].kind in _BEGINNING and (tokens[at].kind == EXISTS or self.acts(at, at)):
            at = self.relative_end(at)
            if at < 0 or self._joins_in(first, place, at):
                return None, place + 1  # 选派 42 人次 参加 上级 组织 的 项目
            hollow = self._noun_end(at)
            if self.text[tokens[at].at : tokens[hollow - 1].end] not in self.lexicon.hollow:
                first = at
        elif at < size and tokens[at].kind == ADVERB and at + 1 < size and self._described(at + 1):
            at += 1  # 36 起 成功 避险案例, 518 名 新 任命 人员
        elif at < size and tokens[at].kind not in CONTENT:
            return None, place + 1
        at = self._noun_end(at)
        if at == first or self.text[tokens[first].at : tokens[at - 1].end] in self.lexicon.empty:
            return None, place + 1  # 在 审结 的 376 件 中, 突破 5 万吨 大关
        if self._tells_what_of(first, at):
            first, at = at + 1, self._noun_end(at + 1)  # 128 件 涉及 噪声 的 投诉
        elif at < size and tokens[at].kind in VERBS:
            at = self._hollow_end(at)
        elif at + 1 < size and tokens[at].kind == OF and self._qualifies(first, at):
            at = max(self._noun_end(at + 1), at)
        kept = self._countable(first, at)
        begin, end = tokens[first].at, tokens[self._thing_end(place, first, kept) - 1].end
        begin += self.text.startswith(self.lexicon.grades, begin)  # 20 万吨 级 泊位
        end = self._owner_end(place, begin, end, kept)
        return (self._cut(begin, end) if begin < end else None), kept

    def _is_inclusive(self, at: int) -> bool:
        """Whether a bracket says that the number before it is included: 2 名以上 (含 2 名) 检查人员."""
        if self.tokens[at].kind != ASIDE:
            return False
        opened = self.text.rfind("(", 0, self.tokens[at].end)
        return self.text.startswith(tuple(self.lexicon.containing), opened + 1)

    def _owner_end(self, place: int, begin: int, end: int, after: int) -> int:
        """Return where those are named whose property is said to be wanting: 27 个 项目 进度 缓慢; else ``end``.

        So too for what those have who are counted by the measure at ``place``: 3 户 居民 用水 难题.
        """
        words, tokens = self.lexicon, self.tokens
        had = self.text.endswith((*words.troubles, *words.holdings), begin, end)
        if had and self.word(place).endswith(words.holder_units):
            return self._first_of(words.holders, begin, end) or end
        denied = after < len(tokens) and tokens[after].kind == ADVERB and self.word(after) in words.denials
        slow = after < len(tokens) and tokens[after].kind == COMPARISON and self.word(after) in words.degrees  # 较 慢
        wanting = words.lacking.to(self.text, begin, end)
        if not (denied or slow or wanting):
            return end
        graded = slow or wanting[:1] in words.degrees
        return self._first_of(words.owners, begin, end) or (begin if graded and not denied else end)

    def _first_of(self, names: tuple[str, ...], begin: int, end: int) -> int:
        """Return where the first of ``names`` ends that stands from ``begin`` to ``end``, 0 where none does."""
        ends = {found + len(word) for word in names if (found := self.text.find(word, begin, end)) >= 0}
        return next((stop for stop in sorted(ends) if not self.text.startswith(names, stop)), 0)

    def _tells_what_of(self, first: int, of: int) -> bool:
        """Whether a verb at ``first`` and its object only tell, before 的, what the things counted are about."""
        tokens = self.tokens
        if of + 1 >= len(tokens) or of == first + 1 or tokens[first].kind not in VERBAL or self.word(of) != _OF:
            return False
        told = self.word(first) in self.lexicon.attributive and tokens[of + 1].kind in NOUNS
        return told and not any(token.kind in VERBS for token in tokens[first + 1 : of])

    def _qualifies(self, first: int, of: int) -> bool:
        """Whether what stands from ``first`` to 的 only tells what the noun behind it is like: 屡次 违法 的 企业."""
        if self.tokens[first].kind == ADVERB and self.tokens[of - 1].kind in VERBAL | {NOUN}:
            return True
        return self.text.endswith(self.lexicon.adjectives, 0, self.tokens[of].at)

    def _ends_name(self, at: int) -> bool:
        """Whether what stands from ``at`` to the next count ends the name of things that a verb is about.

        开展 12 支 家庭医生 签约 团队 、 3 场 讲座, but not 12 家 医院 获评 示范 基地.
        """
        tokens = self.tokens
        end = next((place for place in range(at, len(tokens)) if tokens[place].kind == COUNT), len(tokens))
        end -= at < end < len(tokens) and tokens[end - 1].kind in JOINTS
        if at >= end or any(token.kind not in (NOMINAL, NOUN, OTHER) for token in tokens[at:end]):
            return False
        if not self.text.endswith(self.lexicon.facilities, tokens[at].at, tokens[end - 1].end):
            return False
        counted = self.last_of(COUNT, 0, at)
        return any(tokens[before].kind in VERBAL and self.acts(before, 0) for before in range(counted))

    def _is_called(self, at: int, place: int) -> bool:
        """Whether a verb behind things counted begins their name, as they are the object of another verb."""
        tokens = self.tokens
        if tokens[at].kind not in VERBS or place == 0 or tokens[place - 1].kind not in VERBS:
            return False
        return not self.word(place).endswith(self.lexicon.persons) and self._ends_name(at + 1)

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
        elif last - first > 1 and last < len(tokens) and tokens[last].kind == COUNT:
            last -= self._measures_all(last)
        return last

    def _measures_all(self, counted: int) -> bool:
        """Whether what is counted at ``counted`` is told of all the things before it: 8 个 产业 规模 超 N."""
        after = counted + 1
        told = after == len(self.tokens) or self.tokens[after].kind not in (OF, PAUSE)
        return told and self.word(counted - 1) in self.lexicon.extents

    def _thing_end(self, place: int, first: int, end: int) -> int:
        """Return where the things end that are counted by the piece, without what is done to them: 3 个 园区 建设."""
        undertaken = end - first > 1 and self.word(end - 1) in self.lexicon.undertaken
        return end - 1 if undertaken and self.tokens[place + 1].kind != OF else end

    def divides(self, at: int, low: int) -> bool:
        """Whether the word at ``at`` only says among whom what stands before it is divided: 生活补贴 人均 增长."""
        if at <= low or self.tokens[at].kind != NOUN:
            return False
        before = self.tokens[at - 1]
        return before.end - before.at > 1 and self.word(at) in self.lexicon.per_head  # 月人均 is one word

    def _measures_each(self, first: int, at: int) -> bool:
        """Whether a mean of those counted begins at ``at``: 12 个 公社 平均亩产 超 N."""
        return self.divides(at, first) and self.is_agent(self.tokens[first].at, self.tokens[at - 1].end)

    def _hollow_end(self, at: int) -> int:
        """Return the end of 违法 制定 文件 的 情况, whose head names nothing by itself; ``at`` where none begins."""
        head = self.relative_end(at)
        if head >= 0:
            end = self._noun_end(head)
            if self.text[self.tokens[head].at : self.tokens[end - 1].end] in self.lexicon.hollow:
                return end
        return at

    def _cut(self, at: int, end: int) -> Span | None:
        """Return the stretch without a word for a place, a time or a limit behind it."""
        trailing = self.lexicon.trailing
        if self.text.endswith(trailing, at + 2, end) and not self.text.endswith(self.lexicon.hours, at, end):
            end -= next(len(word) for word in trailing if self.text.endswith(word, at + 2, end))
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
            return bool(following) and not agent and (self.word(at + 1) in words.heads or self._ends_name(at + 1))
        if kind == PAUSE and following in NOUNS:
            return self._joins_nouns(at)
        if kind not in (CONJUNCTION, DEICTIC) or not (following in NOUNS or following in (DEICTIC, NOMINAL)):
            return False
        return kind == DEICTIC or not (self.word(at + 1) in words.pronouns or self._has_own_count(at))

    def _has_own_count(self, at: int) -> bool:
        """Whether what is joined by the conjunction behind a number has one of its own: 12 个 部门 及 所属 34 家."""
        at += 1
        while at < len(self.tokens) and self.tokens[at].kind in NOUNS:
            at += 1
        return at < len(self.tokens) and self.tokens[at].kind == COUNT

    def _joins_nouns(self, at: int) -> bool:
        """Whether the pause joins nouns behind a number, 1 万名 困境 、留守儿童, and no count of its own follows."""
        at += 1
        while at < len(self.tokens) and self.tokens[at].kind in NOUNS:
            at += 1
        return at == len(self.tokens) or self.tokens[at].kind not in (COUNT, ETC, *JOINTS)
