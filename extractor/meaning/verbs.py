"""Verbs: a row of tokens to which of its verbs are used as such, and which are parts of nouns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.meaning.lexicon import (
    ACTS,
    ADVERB,
    AMONG,
    ASIDE,
    CHANGES,
    COMPOUND,
    CONJUNCTION,
    COPULA,
    COUNT,
    DATE,
    DEICTIC,
    ETC,
    HAPPENS,
    INCLUDES,
    JOINTS,
    LIGHT,
    MEASURES,
    NOMINAL,
    NOUN,
    NOUNS,
    NOW,
    OF,
    OTHER,
    PARTICLE,
    PAUSE,
    PREPOSITION,
    UNIT,
    VERBAL,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.meaning.lexicon import Lexicon
    from extractor.meaning.words import Token

_BEFORE_VERB = frozenset((ADVERB, AMONG, DATE, DEICTIC, INCLUDES, NOW, PREPOSITION, UNIT))
_BEFORE_MAIN = frozenset((ADVERB, DATE, DEICTIC, NOW))
_GOVERNING = CHANGES | {ACTS, HAPPENS, LIGHT, MEASURES}
_HEADED = frozenset((COMPOUND, HAPPENS, NOMINAL))  # more nouns make these part of one: 检查 活动, 撤诉 案件
_LISTED = NOUNS | {CONJUNCTION, DEICTIC, ETC, PAUSE}
_MAIN = frozenset((ACTS, COMPOUND, HAPPENS, LIGHT))
_OBJECT = NOUNS | {CONJUNCTION, DEICTIC, NOMINAL, PARTICLE, PAUSE}
_BRACKET = 16  # characters of a bracket that holds another name at most
SPAN = 64  # tokens that a clause is searched for what belongs to a count
_HEAD = 4  # characters of the longest word that makes a verb before it part of a noun


class Tokens(Struct, frozen=True):
    """The tokens of a clause."""

    text: str
    tokens: Sequence[Token]
    lexicon: Lexicon

    def word(self, place: int) -> str:
        """Return the text of one token."""
        token = self.tokens[place]
        return self.text[token.at : token.end]

    def compares(self, place: int) -> bool:
        """Whether the word at ``place`` says of a thing that it is more or less than another: 超过 去年 35%."""
        return self.tokens[place].kind == COPULA

    def last_of(self, kind: str, low: int, place: int) -> int:
        """Return the last token of a kind before ``place``, -1 where there is none from ``low`` on."""
        return next((at for at in range(place - 1, low - 1, -1) if self.tokens[at].kind == kind), -1)

    def acts(self, place: int, low: int) -> bool:
        """Whether the verb at ``place`` is used as one, and not as a part of a noun such as 受理 in 受理条件."""
        tokens = self.tokens
        kind = tokens[place].kind
        after = place + 1
        if after < len(tokens):
            following = tokens[after]
            if following.kind == PARTICLE:
                return True
            joined = following.at == tokens[place].end and self.makes_noun(following, kind)
            timed = joined and kind in CHANGES and self.word(after) in self.lexicon.term_nouns  # 缩短 时间
            if joined and not (timed or self._founds(place) or self.takes(place)):
                return kind not in CHANGES and self._is_told(place, low)
            if following.kind in JOINTS and kind != ACTS and self._joins_noun(after):
                return False
        described = place > low and tokens[place - 1].kind == OF and kind in (ACTS, NOMINAL)
        offends = self.word(place) in self.lexicon.offending and self._names_offence(after)
        if described or offends or self._files(place, low):
            return False
        if kind == HAPPENS and self._between_nouns(place, low):
            return False
        return kind != NOMINAL or (not self._is_trade(place) and self._in_place(place, low))

    def _is_trade(self, place: int) -> bool:
        """Whether the word at ``place`` names the trade that the noun behind it belongs to: 旅游 公路, 就业 驿站."""
        followed = place + 1 < len(self.tokens) and self.tokens[place + 1].kind in (NOUN, OTHER)
        return followed and self.word(place) in self.lexicon.trades

    def _files(self, place: int, low: int) -> bool:
        """Whether the verb says what is filed for, in the object of another: 受理 学校 设立 申请."""
        after = place + 1
        if place <= low or after == len(self.tokens) or self.word(after) not in self.lexicon.filings:
            return False
        deals = self.word(place) in self.lexicon.dealing or self.word(place) in self.lexicon.receiving
        return not deals and self.embedded(place, low)  # not 申请 办理 登记

    def _names_offence(self, at: int) -> bool:
        """Whether the nouns from ``at`` on to a number end the name of an offence or of those in it: 走私 案件 6 起."""
        tokens = self.tokens
        at += at < len(tokens) and tokens[at].kind == ETC  # 放火、爆炸 等 案件
        end = at
        while end < len(tokens) and tokens[end].kind in (NOUN, OTHER):
            end += 1
        counted = at < end < len(tokens) and tokens[end].kind == COUNT
        return counted and self.text.endswith(self.lexicon.offences, tokens[at].at, tokens[end - 1].end)

    def _founds(self, place: int) -> bool:
        """Whether something is built or begun that only begins as what makes a noun: 建设 产业园, but not 建设 项目."""
        word, after = self.word(place), place + 1
        if word in self.lexicon.founding:
            return self.text[self.tokens[after].at : self.tokens[after].end] not in self.lexicon.filings  # 设立 申请
        if word not in self.lexicon.creating or self.tokens[after].kind not in (NOUN, OTHER):
            return False
        while after + 1 < len(self.tokens) and self.tokens[after + 1].kind in (NOUN, OTHER):
            after += 1
        return self.text[self.tokens[place + 1].at : self.tokens[after].end] not in self.lexicon.heads

    def takes(self, place: int) -> bool:
        """Whether what could begin a noun has the noun behind it as object all the same: 抽查 案卷, 修订 制度."""
        if self.lexicon.taking.at(self.text, self.tokens[place].at):
            return True
        return self.word(place) in self.lexicon.drafting and self.word(place + 1) in self.lexicon.drafts

    def _is_told(self, place: int, low: int) -> bool:
        """Whether 共 before or 次 behind makes a verb of it: 共 审计 单位 46 个, 检查 机构 9 家次."""
        if place + 2 >= len(self.tokens) or self.tokens[place + 2].kind != COUNT:
            return False
        if place == low:
            return self.word(place + 2).endswith(self.lexicon.repeats)
        tallied = self.tokens[place - 1].kind == ADVERB and self.word(place - 1).endswith(self.lexicon.tallying)
        return tallied and self.word(place + 1) not in self.lexicon.means  # 平均 入住 率

    def _between_nouns(self, place: int, low: int) -> bool:
        """Whether the verb describes the noun behind it, with another before it: 公路 通车 里程."""
        tokens = self.tokens
        if place <= low or place + 1 >= len(tokens) or tokens[place + 1].kind not in (NOUN, OTHER):
            return False
        before = tokens[place - 1]
        return before.kind in (NOUN, OTHER) and not self.is_agent(before.at, before.end)

    def makes_noun(self, following: Token, kind: str) -> bool:
        """Whether the verb before ``following`` is the first part of a noun: 检查 情况, 受理 率."""
        if following.kind not in (OTHER, NOUN, NOMINAL):
            return False
        if self.text[following.at] in self.lexicon.styles and following.kind == OTHER:
            return True  # 预付 式消费
        parts = self.lexicon.heads if kind in _HEADED else self.lexicon.suffixes
        piece = self.text[following.at : min(following.end, following.at + _HEAD)]
        if len(piece) == 1 or following.kind == NOUN or kind not in _HEADED:
            return self.text[following.at : following.end] in parts
        return any(piece[:size] in parts for size in range(len(piece), 1, -1))

    def _joins_noun(self, joint: int) -> bool:
        """Whether the verbs joined from ``joint`` on end as a part of a noun: 减刑 、假释 案件."""
        tokens = self.tokens
        at = joint
        while at + 2 < len(tokens) and tokens[at].kind in JOINTS and tokens[at + 1].kind in VERBAL:
            at += 2
        verb = tokens[at - 1]
        return at > joint and tokens[at].at == verb.end and self.makes_noun(tokens[at], verb.kind)

    def _in_place(self, place: int, low: int) -> bool:  # noqa: PLR0911 - what may stand before a verb, case by case
        """Whether a verb that is a noun as often stands where a verb does."""
        tokens, words = self.tokens, self.lexicon
        while (before := place - 1) >= low:
            kind = tokens[before].kind
            word = self.word(before)
            if kind in JOINTS and before > low and tokens[before - 1].kind == NOMINAL:
                place = before - 1  # 修订、 审查: as the one, so the other
            elif word in words.modes or (kind == NOMINAL and word in words.decides):
                place = before
            elif kind == NOMINAL and self._leads(before, low):
                return True
            elif kind in JOINTS:
                return before > low and tokens[before - 1].kind in VERBAL and self.acts(before - 1, low)
            elif kind == COUNT:
                spans = before == low and word.endswith(words.spans)  # 五年 安置
                return spans or word.endswith(words.within)  # 七日内 赔偿
            elif kind in _BEFORE_VERB:
                return kind != UNIT or not self._governed(before, low)
            elif kind not in NOUNS:
                return False
            elif self.is_agent(tokens[before].at, tokens[before].end):
                return not self._governed(before, low) or self._is_made_to(place, low)
            else:
                return self._behind_preposition(before, low)
        return True

    def _is_made_to(self, place: int, low: int) -> bool:
        """Whether those before the verb are made to do it to something counted: 带动 贫困户 发展 养羊 260 只."""
        tokens, before, after = self.tokens, place - 1, place + 1
        while before > low and tokens[before].kind in (NOUN, OTHER):
            before -= 1
        while after < len(tokens) and tokens[after].kind in (NOUN, OTHER):
            after += 1
        counted = place + 1 < after < len(tokens) and tokens[after].kind == COUNT
        return counted and self.word(before) in self.lexicon.pivotal and self.acts(before, low)

    def _leads(self, place: int, low: int) -> bool:
        """Whether the verb at ``place`` begins the clause, or follows 经: 修复 治理 12 处, 经 调解 和解 终止 9 件."""
        while place > low and (self.tokens[place - 1].kind == NOMINAL or self.tokens[place - 1].kind in JOINTS):
            place -= 1
        return place == low or self.word(place - 1) in self.lexicon.via

    def _behind_preposition(self, place: int, low: int) -> bool:
        """Whether the nouns up to ``place`` have a preposition before them: 向 社会 公开."""
        return self._preposition(place, low) >= 0

    def _preposition(self, place: int, low: int) -> int:
        """Return the preposition before the nouns up to ``place``, -1 where there is none."""
        while place >= low and self.tokens[place].kind in _LISTED:
            place -= 1
        return place if place >= low and self.tokens[place].kind == PREPOSITION else -1

    def _governed(self, place: int, low: int) -> bool:
        """Whether a plain verb before ``place`` has what stands there as its object."""
        tokens = self.tokens
        for at in range(place - 1, low - 1, -1):
            kind = tokens[at].kind
            if kind in _GOVERNING or (at == low and kind == NOMINAL and self.acts(at, low)):
                return True
            if kind not in _OBJECT:
                return False
        return False

    def embedded(self, place: int, low: int) -> bool:
        """Whether the verb stands inside the object of another: 占用 in 查处违法占用耕地案件."""
        tokens = self.tokens
        for at in range(place - 1, low - 1, -1):
            kind = tokens[at].kind
            if kind in VERBAL and self.acts(at, low):
                return True
            if kind not in _OBJECT:
                return False
        return False

    def listed_in_noun(self, place: int, low: int) -> bool:
        """Whether the verb ends a list of nouns before what they all describe: 实施 强基、扩容、下沉 项目."""
        tokens, former = self.tokens, place - 2
        if former <= low or tokens[place - 1].kind not in JOINTS or tokens[former].kind not in (NOMINAL, NOUN, OTHER):
            return False
        described = self.text.startswith(self.lexicon.described, tokens[place].end)
        return described and tokens[place].kind in (ACTS, NOMINAL) and self.embedded(former, low)

    def is_completed(self, place: int, low: int) -> bool:
        """Whether the verb ends what another completes: 完成 法治示范乡镇 创建 12 个."""
        at = place - 1
        while at > low and self.tokens[at].kind in (NOMINAL, NOUN, OTHER):
            at -= 1
        return at < place - 1 and self.tokens[place].kind == ACTS and self.word(at) in self.lexicon.completing

    def behind_noun(self, place: int, low: int) -> bool:
        """Whether the verb follows a noun made of a verb, in the object of another one: 下达 取水 许可 批准 文件."""
        tokens, before = self.tokens, place - 1
        if before <= low or tokens[before].kind != NOMINAL or tokens[before - 1].kind not in NOUNS:
            return False
        return not self.acts(before, low) and self.embedded(place, low)

    def opens(self, place: int, low: int) -> bool:
        """Whether the verb at ``place`` stands where a verb does; behind a plain noun it is part of a name."""
        if place == low:
            return True
        before = self.tokens[place - 1]
        return before.kind not in (OTHER, NOUN) or self.is_agent(before.at, before.end)

    def is_agent(self, at: int, end: int) -> bool:
        """Whether the noun phrase names one who acts: an office, a person, a place."""
        named = self.lexicon.agents.to(self.text, at, end)
        return bool(named) and not self.text.endswith(self.lexicon.places, at, end)

    def does(self, at: int) -> bool:
        """Whether those counted do what is said at ``at`` to other things: 217 户 农户 重建 住房 412 间."""
        tokens, after = self.tokens, at + 1
        if not self.is_agent(tokens[at - 1].at, tokens[at - 1].end):
            return False
        if self.word(at) in self.lexicon.applying:
            return after < len(tokens) and self._is_applied_for(after)
        while after < len(tokens) and tokens[after].kind in (NOMINAL, NOUN, OTHER):
            after += 1
        return at + 1 < after < len(tokens) and tokens[after].kind == COUNT

    def _is_applied_for(self, at: int) -> bool:
        """Whether those counted apply for what stands at ``at``: 3 家 企业 申请 复议, but not 企业 投诉 事项."""
        if self.tokens[at].kind != NOMINAL:
            return not self.makes_noun(self.tokens[at], NOMINAL)
        return at + 1 == len(self.tokens) or self.tokens[at + 1].kind not in (NOUN, OTHER)

    def is_done_there(self, at: int) -> bool:
        """Whether the word at ``at`` is the only verb of what is done in places counted: 在 300 个 小区 设置 回收机."""
        tokens, place = self.tokens, at - 1
        while place > 0 and tokens[place].kind in (NOUN, OTHER):
            place -= 1
        if tokens[place].kind != COUNT or place == at - 1 or at + 1 == len(tokens):
            return False
        while place > 0 and tokens[place - 1].kind in (DEICTIC, UNIT, NOUN):
            place -= 1
        if place == 0 or self.word(place - 1) not in self.lexicon.placing:
            return False
        return all(token.kind in (NOMINAL, NOUN, OTHER) for token in tokens[at + 1 :])

    def rates(self, at: int) -> bool:
        """Whether the adverb at ``at`` begins the name of a rate: 按期 办结率, 集中 收集 率."""
        if self.word(at) in self.lexicon.rating:
            return True
        if at + 2 >= len(self.tokens) or self.tokens[at + 1].kind not in VERBAL:
            return False
        rate = self.tokens[at + 2]
        return self.word(at) in self.lexicon.manner_nouns and self.text[rate.at : rate.end] in self.lexicon.means

    def is_other_name(self, at: int) -> bool:
        """Whether the bracket at ``at`` holds another name for those who are counted: 村(社区)."""
        token = self.tokens[at]
        if token.kind != ASIDE or token.end - token.at > _BRACKET or not self.is_agent(token.at, token.end - 1):
            return False
        return not self.text.startswith(tuple(self.lexicon.containing), token.at + 1)

    def relative_end(self, at: int) -> int:
        """Return where the noun begins that a relative clause from ``at`` on modifies; -1 where there is none."""
        tokens = self.tokens
        while at < len(tokens) and tokens[at].kind not in (COUNT, PAUSE):
            if tokens[at].kind == OF:
                return at + 1 if at + 1 < len(tokens) and tokens[at + 1].kind in (*NOUNS, NOMINAL) else -1
            at += 1
        return -1

    def verb_after(self, place: int, *, main: bool) -> int:
        """Return the first verb after ``place``, or with ``main`` the last of the clause; -1 where there is none.

        After a light verb it is the noun that says what is done: 进行 普查.
        """
        tokens = self.tokens
        found = -1
        for at in range(place, min(len(tokens), place + SPAN)):
            kind = tokens[at].kind
            if kind == OF and found >= 0 and self.relative_end(at) > 0:
                found = found if COUNT in [token.kind for token in tokens[found:at]] else -1  # 判处 N 不等 的 徒刑
            elif at > place and self.word(at - 1) in self.lexicon.yields:
                continue  # 作出 有罪 判决
            elif (kind in _MAIN or self._predicates(at, place)) and self.acts(at, place):
                if not main:
                    return at
                found = at
            elif kind == NOMINAL and ((found >= 0 and tokens[found].kind == LIGHT) or self._follows_adverb(at, place)):
                found = at
                if not main:
                    return at
        return found

    def _predicates(self, at: int, place: int) -> bool:
        """Whether those counted measure up to something, or have more of it: 9 项 指标 完成, 91 户 增加 收入."""
        kind = self.tokens[at].kind
        if kind == MEASURES:
            return at == place or self._closes(at)
        more = at == place and at + 1 < len(self.tokens) and self.tokens[at + 1].kind in (NOUN, OTHER)
        return more and kind in CHANGES

    def _closes(self, at: int) -> bool:
        """Whether nothing is measured behind the verb: 9 项指标全部完成."""
        return all(token.kind != COUNT for token in self.tokens[at + 1 :])

    def opening(self, low: int, limit: int) -> int:
        """Return the verb that begins the clause, past adverbs, before ``limit``; -1 where it is joined to the next."""
        at = low
        while at < limit and self.tokens[at].kind in _BEFORE_MAIN:
            at += 1
        if at >= limit or self.tokens[at].kind not in _MAIN or not self.acts(at, low):
            return -1
        after = self.tokens[at + 1].kind
        return -1 if after in JOINTS or after in VERBAL else at

    def own_verb(self, place: int) -> int:
        """Return the first verb from ``place`` on that no count stands before."""
        verb = self.verb_after(place, main=False)
        return verb if all(self.tokens[at].kind != COUNT for at in range(place, verb)) else -1

    def _follows_adverb(self, at: int, low: int) -> bool:
        if at == low or self.tokens[at - 1].kind in (ADVERB, NOW):
            return True
        if at + 1 < len(self.tokens):
            return False
        lead = self._preposition(at - 1, low)
        return lead >= 0 and self.word(lead) not in self.lexicon.coverbs  # 以 调解 方式 处理, but not 通过 考试
