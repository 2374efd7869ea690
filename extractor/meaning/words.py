"""Words: the text of a clause to tokens, by the words of the lexicon in it."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from msgspec import Struct, field

from extractor.meaning.lexicon import (
    ACTS,
    ADVERB,
    AHEAD,
    CHANGES,
    COMPARISON,
    COMPOUND,
    COPULA,
    COUNT,
    CURRENCY,
    DATE,
    DEICTIC,
    EXISTS,
    INCLUDES,
    MANNER,
    MARK,
    MEASURES,
    NOMINAL,
    NOUN,
    NOW,
    OTHER,
    PARTED,
    PREPOSITION,
    SHARE,
    VERBS,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from extractor.meaning.lexicon import Lexicon

TEXT = ""  # the kind of a stretch whose words have not been read
_AFTER_ADVERB = VERBS | {NOMINAL, ADVERB, AHEAD, COPULA, EXISTS, PREPOSITION, SHARE}
_AFTER_MANNER = _AFTER_ADVERB - {NOMINAL}
_AFTER_AHEAD = VERBS | {ADVERB, COPULA, EXISTS, SHARE}
_LEADING = frozenset((AHEAD, PREPOSITION))
_BEFORE_DIGGING = frozenset((ADVERB, DATE, DEICTIC, NOW))
_WAY = 12  # characters in which 方式 is looked for
_PAIR = 2  # characters of the shortest word that another can overlap


class Token(Struct, frozen=True):
    """A stretch of a clause: its kind (see lexicon), place, and the position of the record it is, if it is one."""

    kind: str
    at: int
    end: int
    ref: int = -1


class Words(Struct):
    """Reads the words of the clauses of one sentence."""

    text: str
    lexicon: Lexicon
    records: Sequence[int]  # where the records of the section begin
    places: Sequence[int]  # where its counts begin
    end: int  # of the sentence
    held: AbstractSet[str]  # the kinds of its records, and of such words in it as 其中 and 目前
    lead: str = ""  # the mark before the clause
    tokens: list[Token] = field(default_factory=list)  # of the clause, as far as it has been read

    def read(self, lead: str, parts: Iterable[Token]) -> tuple[list[Token], list[int]]:
        """Return the tokens of the clause behind the mark ``lead``, and where counts are among them.

        ``parts`` are its records and brackets, and the stretches of text between them.
        """
        tokens: list[Token] = []
        self.lead, self.tokens = lead, tokens
        counts: list[int] = []
        for part in parts:
            if part.kind == TEXT:
                self._read(part.at, part.end)
                continue
            if part.kind == COUNT:
                counts.append(len(tokens))
            tokens.append(part)
        return tokens, counts

    def _read(self, at: int, end: int) -> None:
        """Take in the words from ``at`` to ``end``, and what stands between them."""
        text, words, tokens = self.text, self.lexicon, self.tokens
        kinds, pairs, singles, unsure = words.kinds, words.pairs, words.singles, words.unsure
        gap = at
        while at < end:
            kind = None
            sizes = pairs.get(text[at : at + 2])
            if sizes is not None:
                for size in sizes:
                    word = text[at : at + size]
                    if at + size <= end and (kind := kinds.get(word)):
                        break
            if kind is None:
                word = text[at]
                kind = singles.get(word)
                if kind is None or not self._stands(kind, at, gap):
                    at += 1
                    continue
            if gap < at:
                self._gap(gap, at)
            gap = at + len(word)
            if word in unsure:
                kind, gap = self._told(kind, word, at, end)
            tokens.append(Token(kind, at, gap))
            at = gap
        if gap < end:
            self._gap(gap, end)

    def _gap(self, at: int, end: int) -> None:
        """Take in text that is no word of the lexicon; blanks at its ends are none of it."""
        text = self.text
        while at < end and text[at].isspace():
            at += 1
        while at < end and text[end - 1].isspace():
            end -= 1
        if at < end:
            self.tokens.append(Token(OTHER, at, end))

    def _overlaps(self, at: int, size: int, cuts: Iterable[int], limit: int) -> int:
        """Return the length of a shorter word at ``at`` behind which a longer one begins: 承办 人大代表, not 承办人."""
        text, words = self.text, self.lexicon
        after = words.longest(text, at + size, limit)
        reach = size + (after if after > 1 else _PAIR)
        longer = (cut for cut in cuts if cut + words.longest(text, at + cut, limit) > reach)
        return next(longer, 0)  # also 纳入 失信被执行人名单

    def _told(self, kind: str, word: str, at: int, limit: int) -> tuple[str, int]:
        """Return what the ``word`` at ``at`` is by what follows it, and where what is read of it ends."""
        cuts = self.lexicon.cuts.get(word)
        if cuts is not None and (shorter := self._overlaps(at, len(word), cuts, limit)):
            return self.lexicon.kinds[word[:shorter]], at + shorter
        end = at + len(word)
        if kind == PARTED:
            return ACTS, at + 1  # 处 罚金
        if word in self.lexicon.forked:  # 在 审结 的 案件 中: not what is 在审
            follows = self.lexicon.longest(self.text, at + 1, self.end) > 1
            return (PREPOSITION, at + 1) if follows else (kind, end)
        if kind in CHANGES:  # 缩减 到, 攀升 至
            return (MEASURES, end + 1) if self.text[end : end + 1] in self.lexicon.limits else (kind, end)
        if kind == MANNER:
            mean = word in self.lexicon.per_head and self._number(end)  # 日均 57 户
            named = word in self.lexicon.per_head and self._names_mean(end)  # 平均 办理 时间
            kind = ADVERB if mean or (self._known(end, _AFTER_MANNER) and not named) else NOUN
        elif kind == AHEAD:
            kind = ADVERB if self._known(end, _AFTER_AHEAD) else PREPOSITION
        elif kind == CURRENCY:
            kind = ADVERB if self._number(end) else NOUN
        elif word in self.lexicon.achieved and self._number(end):
            kind = COMPOUND  # 调解 20 件, 成功 18 件
        return kind, end

    def _names_mean(self, at: int) -> bool:
        """Whether a verb at ``at`` begins the name of what has a mean: 办理 时间, 审理 周期, but not 缩短 时间."""
        size = self.lexicon.longest(self.text, at, self.end)
        if size < _PAIR or self.lexicon.kinds[self.text[at : at + size]] in CHANGES:
            return False
        return self.text.startswith((*self.lexicon.term_nouns, *self.lexicon.means), at + size)

    def _stands(self, kind: str, at: int, gap: int) -> bool:  # noqa: PLR0911 - each kind of word asks for its own
        """Whether the one-character word at ``at`` stands by itself, and is no part of a longer word."""
        word = self.text[at]
        after = at + 1
        if kind == MARK:
            return False  # inside what may be a word, 审(执)结
        if word in self.lexicon.digging and self._works(gap, after):
            return True
        if word in self.lexicon.winning and self.text.startswith(self.lexicon.conferring, after):
            return True  # 案例 获 国家 部委 肯定
        if word in self.lexicon.short and gap < at and not self.lexicon.agents.to(self.text, gap, at):
            return False
        if word in self.lexicon.tight:
            opens = word in self.lexicon.opening and gap == at and not self.tokens and self.lead == ","
            return opens or self._tight(at) or (gap == at and self._says_more(at))  # 处 违法所得 N 倍的罚款
        if kind == COMPARISON:
            return self.text[after : after + 1] not in self.lexicon.results  # 男女比 为 1.1
        if kind in (ADVERB, NOW):
            return self._known(after, _AFTER_ADVERB) or (word in self.lexicon.counting and self._number(after))
        if kind == INCLUDES:
            return not self.tokens and gap == at
        if kind in _LEADING and word not in self.lexicon.free:
            fronted = word in self.lexicon.fronting and not self.tokens and gap == at
            return fronted or self._known(after, None) or (gap == at and self._leads_way(at))
        return True

    def _tight(self, at: int) -> bool:
        """Whether a number follows the one-character word at ``at``, where the word asks for one."""
        if self.text[at] not in self.lexicon.tight:
            return True
        after = at + 1
        after += self.text[after : after + 1] in self.lexicon.particles
        return self._number(after) or self._number(self._past_currency(after))

    def _says_more(self, at: int) -> bool:
        """Whether 多 or 少 at ``at`` tells of a comparison how much more was done: 比 去年 多 入库 N."""
        if self.text[at] not in self.lexicon.more or not any(one.kind == COMPARISON for one in self.tokens):
            return False
        return self._known(at + 1, VERBS)

    def _works(self, gap: int, at: int) -> bool:
        """Whether what is built or bought stands at ``at``, and then a number: 修 水库 两座."""
        if gap < at - 1 and self.text[gap : at - 1] not in self.lexicon.totals:
            return False  # also 共 修
        works = self.lexicon.works
        if not self.text.startswith(works, at) or any(token.kind not in _BEFORE_DIGGING for token in self.tokens):
            return False
        return self._number(at + next(len(word) for word in works if self.text.startswith(word, at)))

    def _leads_way(self, at: int) -> bool:
        """Whether the preposition at ``at``, behind a count, leads how a thing is done: 2 宗 以 调解 方式 解决."""
        if not self.tokens or self.tokens[-1].kind != COUNT:
            return False
        said = self.text[at + 1 : min(at + _WAY, self.end)]
        return any(word in said for word in self.lexicon.ways)

    def _past_currency(self, at: int) -> int:
        """Return where a number may stand behind the name of a currency at ``at``: 处 新台币 N."""
        names = self.lexicon.currencies
        if not self.text.startswith(names, at):
            return -1
        return at + next(len(name) for name in names if self.text.startswith(name, at))

    def _number(self, at: int) -> bool:
        return begins(self.places, at)

    def _known(self, at: int, kinds: frozenset[str] | None) -> bool:
        """Whether a record begins at ``at``, or a word of the lexicon, of one of ``kinds``."""
        size = self.lexicon.longest(self.text, at, self.end)
        if size and (size > 1 or self._tight(at)):
            return kinds is None or self.lexicon.kinds[self.text[at : at + size]] in kinds
        return kinds is None and begins(self.records, at)


def begins(places: Sequence[int], at: int) -> bool:
    """Whether ``at`` is one of ``places``, which are in order."""
    slot = bisect_left(places, at)
    return slot < len(places) and places[slot] == at
