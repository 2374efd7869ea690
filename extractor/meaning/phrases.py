"""Phrases: a row of tokens to the noun phrases and verbs in it, looked for from a given place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.meaning.lexicon import (
    ACTS, ADVERB, ASIDE, COMPARISON, COMPOUND, CONJUNCTION, COPULA, COUNT, DATE, DEICTIC, ETC, EXISTS, GROWTH, HAPPENS, LIGHT, MEASURES,
    NOMINAL, NOUN, NOW, OF, OTHER, PARTICLE, PAUSE, PREPOSITION, SHARE, SHRINKAGE, UNIT, VERBS,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.meaning.clauses import Token
    from extractor.meaning.lexicon import Lexicon

Span = tuple[int, int]
_NOUNS = frozenset((NOUN, OTHER, UNIT, ASIDE, GROWTH, SHRINKAGE))
_JOINTS = frozenset((CONJUNCTION, PAUSE))
_LOOSE = frozenset((ADVERB, NOW, PARTICLE, ASIDE, DATE, DEICTIC))  # may stand between subject and verb
_BEFORE_VERB = frozenset((ADVERB, UNIT, DATE, DEICTIC, PREPOSITION, NOW))
_MAIN = frozenset((ACTS, LIGHT, HAPPENS, COMPOUND))
_LONG = 16  # characters of a list too long to name a thing
_HEAD = 4  # characters of the longest word that makes a verb before it part of a noun


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase and what governs it, as positions among the tokens; -1 where there is none."""

    span: Span | None
    verb: int = -1
    relative: int = -1  # the verb of the relative clause that modifies it
    preposition: int = -1


@dataclass(frozen=True, slots=True)
class Row:
    """A clause to look for phrases in."""

    text: str
    tokens: Sequence[Token]
    lexicon: Lexicon

    def word(self, place: int) -> str:
        """Return the text of one token."""
        token = self.tokens[place]
        return self.text[token.at : token.end]

    def acts(self, place: int, low: int) -> bool:
        """Whether the verb at ``place`` is used as one, and not as a part of a noun such as 受理 in 受理条件."""
        tokens = self.tokens
        kind = tokens[place].kind
        after = place + 1
        if after < len(tokens):
            following = tokens[after]
            if following.kind == PARTICLE:
                return True
            if following.at == tokens[place].end and self._makes_noun(following, kind):
                return False
            if following.kind in _JOINTS and kind != ACTS and self._joins_noun(after):
                return False
        if place > low and tokens[place - 1].kind == OF and kind in (ACTS, NOMINAL):
            return False
        return kind != NOMINAL or self._in_place(place, low)

    def _makes_noun(self, following: Token, kind: str) -> bool:
        """Whether the verb before ``following`` is the first part of a noun: 检查 情况, 受理 率."""
        if following.kind not in (OTHER, NOUN, NOMINAL):
            return False
        parts = self.lexicon.heads if kind in _NOUNLIKE else self.lexicon.suffixes
        piece = self.text[following.at : min(following.end, following.at + _HEAD)]
        if len(piece) == 1:
            return piece in parts
        return any(piece[:size] in parts for size in range(len(piece), 1, -1))

    def _joins_noun(self, joint: int) -> bool:
        """Whether the verbs joined from ``joint`` on end as a part of a noun: 减刑 、假释 案件."""
        tokens = self.tokens
        at = joint
        while at + 2 < len(tokens) and tokens[at].kind in _JOINTS and tokens[at + 1].kind in _VERBAL:
            at += 2
        verb = tokens[at - 1]
        return at > joint and tokens[at].at == verb.end and self._makes_noun(tokens[at], verb.kind)

    def _in_place(self, place: int, low: int) -> bool:
        """Whether a verb that is a noun as often stands where a verb does."""
        tokens = self.tokens
        before = place - 1
        if before < low:
            return True
        kind = tokens[before].kind
        if kind in _BEFORE_VERB:
            return kind != UNIT or not self._governed(before, low)
        if kind in _JOINTS:
            return before > low and tokens[before - 1].kind in _VERBAL and self.acts(before - 1, low)
        if kind == NOMINAL and self.word(before) in self.lexicon.decides:
            return self._in_place(before, low)
        if kind not in _NOUNS:
            return False
        if self.word(before) in self.lexicon.modes:
            return self._in_place(before, low)
        if self.is_agent(tokens[before].at, tokens[before].end):
            return not self._governed(before, low)
        while before >= low and tokens[before].kind in _LISTED:
            before -= 1
        return before >= low and tokens[before].kind == PREPOSITION

    def _governed(self, place: int, low: int) -> bool:
        """Whether a plain verb before ``place`` has what stands there as its object."""
        tokens = self.tokens
        for at in range(place - 1, low - 1, -1):
            kind = tokens[at].kind
            if kind in _GOVERNING:
                return True
            if kind not in _OBJECT:
                return False
        return False

    def _embedded(self, place: int, low: int) -> bool:
        """Whether the verb stands inside the object of another: 占用 in 查处违法占用耕地案件."""
        tokens = self.tokens
        for at in range(place - 1, low - 1, -1):
            kind = tokens[at].kind
            if kind in _VERBAL and self.acts(at, low):
                return True
            if kind not in _OBJECT:
                return False
        return False

    def opens(self, place: int, low: int) -> bool:
        """Whether the verb at ``place`` stands where a verb does; behind a plain noun it is part of a name."""
        if place == low:
            return True
        before = self.tokens[place - 1]
        return before.kind not in (OTHER, NOUN) or self.is_agent(before.at, before.end)

    def is_agent(self, at: int, end: int) -> bool:
        """Whether the noun phrase names one who acts: an office, a person, a place."""
        return self.text[at:end].endswith(self.lexicon.agents)

    def before(self, low: int, place: int, *, inner: bool = False, plain: bool = False, compound: bool = False) -> Phrase:
        """Return the noun phrase that ends just before ``place``, not looking further than ``low``.

        With ``inner`` a verb behind a plain noun is part of the phrase, as in the subject of a predicate; with
        ``plain`` every verb is, with ``compound`` a noun-like one at its head.
        """
        tokens = self.tokens
        last = place - 1
        while last >= low and tokens[last].kind in _SKIPPED:
            last -= 1
        first = last + 1  # where the phrase begins
        head = -1  # where it begins after its last 的
        verb = relative = preposition = -1
        for at in range(last, low - 1, -1):
            kind = tokens[at].kind
            if kind in _NOUNS:
                first = at
            elif kind == OF:
                head = at + 1 if head < 0 else head
            elif kind in _VERBAL:
                if plain or (compound and at == low and kind == NOMINAL) or not self.acts(at, low) or (head < 0 and self._is_inner(at, low, last, inner=inner)):
                    first = at
                elif head >= 0 and relative < 0:
                    relative = at
                elif head < 0 or not self._ends_relative(at):
                    verb = at
                    break
            elif head >= 0 or kind in _WITHIN:
                continue
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
        return Phrase(self._span(first, last, head), verb, relative, preposition)

    def _is_inner(self, at: int, low: int, last: int, *, inner: bool) -> bool:
        """Whether the verb at ``at`` is a part of the noun phrase that ends at ``last``."""
        if inner and at > low and at == last:
            return True
        if inner and self.tokens[at].kind == NOMINAL and at + 1 == last and self.tokens[last].kind == NOMINAL:
            return True
        if not self.opens(at, low) and (inner or self._embedded(at, low)):
            return True
        if not self.text[self.tokens[at].at : self.tokens[last].end].endswith(self.lexicon.means):
            return False
        return self.tokens[at].kind == NOMINAL or (at > low and self.tokens[at - 1].kind in _RATED)

    def _ends_relative(self, at: int) -> bool:
        """Whether the verb at ``at`` stands directly before the 的 of a relative clause."""
        after = at + 1
        if self.tokens[after].kind == PARTICLE:
            after += 1
        return after < len(self.tokens) and self.tokens[after].kind == OF

    def _span(self, first: int, last: int, head: int) -> Span | None:
        """Return the stretch of the phrase from ``first`` to ``last``, its head alone where that names something."""
        tokens = self.tokens
        while last >= first and tokens[last].kind not in _CONTENT:
            last -= 1
        if first > last:
            return None
        if head > last:
            head = -1
        if head > first:
            at, end = tokens[head].at, tokens[last].end
            if self.text[at:end] not in self.lexicon.hollow:
                first = head
        first = self._last_member(first, last)
        if first < last and tokens[first].kind == NOUN and self.text[tokens[first].at] in "“‘":
            first += 1  # the quoted name of a thing stands before what it is
        while first < last and tokens[first].kind not in _CONTENT:
            first += 1
        return self._trim(tokens[first].at, tokens[last].end)

    def _last_member(self, first: int, last: int) -> int:
        """Return where the last member of a long list begins, or what a list ending in 等 is summed up by."""
        tokens = self.tokens
        long = tokens[last].end - tokens[first].at > _LONG
        for at in range(last - 1, first, -1):
            if tokens[at].kind == ETC or (long and tokens[at].kind == PAUSE):
                return at + 1
        return first

    def _trim(self, at: int, end: int) -> Span | None:
        """Return the stretch without words such as 各类 at its head."""
        cut = True
        while cut:
            cut = False
            for word in self.lexicon.quantifiers:
                if self.text.startswith(word, at) and at + len(word) < end:
                    at += len(word)
                    cut = True
                    break
        return (at, end) if at < end else None

    def after(self, place: int) -> tuple[Span | None, int]:
        """Return the noun phrase that begins just after ``place``, and the position of what follows it."""
        tokens = self.tokens
        size = len(tokens)
        at = place + 1
        if at < size and tokens[at].kind == OF:
            at += 1
        first = at
        while at < size and tokens[at].kind == DEICTIC:
            at += 1
        if at < size and tokens[at].kind in _VERBAL and tokens[at].kind != NOMINAL and self.acts(at, at):
            at = self._relative_end(at)
            if at < 0:
                return None, place + 1
            hollow = self._noun_end(at)
            if self.text[tokens[at].at : tokens[hollow - 1].end] not in self.lexicon.hollow:
                first = at
        elif at < size and tokens[at].kind == ADVERB and at + 1 < size and tokens[at + 1].kind in (NOUN, OTHER):
            at += 1  # 36 起 成功 避险案例
        elif at < size and tokens[at].kind not in _CONTENT:
            return None, place + 1
        at = self._noun_end(at)
        if at == first:
            return None, place + 1
        if at < size and tokens[at].kind in VERBS:
            at = self._hollow_end(at)
        elif at + 1 < size and tokens[at].kind == OF and self.text[: tokens[at].at].endswith(self.lexicon.adjectives):
            at = max(self._noun_end(at + 1), at)
        kept = self._countable(first, at)
        return self._cut(tokens[first].at, tokens[kept - 1].end), kept

    def _countable(self, first: int, end: int) -> int:
        """Return where the noun ends when a rate of it is left off: 22 条排水沟 整治率 达 100%."""
        tokens = self.tokens
        last = end
        if last - first > 1 and self.text[tokens[first].at : tokens[last - 1].end].endswith(self.lexicon.means):
            last -= 1
            if last - first > 1 and tokens[last - 1].kind in _VERBAL:
                last -= 1
        return last

    def _hollow_end(self, at: int) -> int:
        """Return the end of 违法 制定 文件 的 情况, whose head names nothing by itself, where one begins; else ``at``."""
        head = self._relative_end(at)
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

    def _relative_end(self, at: int) -> int:
        """Return where the noun begins that a relative clause from ``at`` on modifies; -1 where there is none."""
        tokens = self.tokens
        while at < len(tokens) and tokens[at].kind not in (COUNT, PAUSE):
            if tokens[at].kind == OF:
                return at + 1 if at + 1 < len(tokens) and tokens[at + 1].kind in (*_NOUNS, NOMINAL) else -1
            at += 1
        return -1

    def _noun_end(self, at: int) -> int:
        """Return where the noun phrase ends that begins at ``at``."""
        tokens = self.tokens
        size = len(tokens)
        while at < size:
            kind = tokens[at].kind
            if kind in _NOUNS:
                at += 1
            elif kind in _VERBAL:
                if kind == NOMINAL and not (at + 1 < size and tokens[at + 1].kind == PARTICLE):
                    at += 1
                elif kind != NOMINAL and at + 1 < size and self.word(at + 1) in self.lexicon.heads:
                    at += 1
                else:
                    break
            elif kind == CONJUNCTION and at + 1 < size and self.word(at + 1) in self.lexicon.pronouns:
                break
            elif kind in (CONJUNCTION, DEICTIC) and at + 1 < size and tokens[at + 1].kind in (*_NOUNS, NOMINAL, DEICTIC):
                at += 1
            else:
                break
        return at

    def verb_after(self, place: int, *, main: bool) -> int:
        """Return the first verb after ``place``, or with ``main`` the last of the clause; -1 where there is none.

        After a light verb it is the noun that says what is done: 进行 普查.
        """
        tokens = self.tokens
        found = -1
        for at in range(place, len(tokens)):
            kind = tokens[at].kind
            if kind == OF and found >= 0 and self._relative_end(at) > 0:
                found = -1
            elif (kind in _MAIN or (kind == MEASURES and self._closes(at))) and self.acts(at, place):
                if not main:
                    return at
                found = at
            elif kind == NOMINAL and ((found >= 0 and tokens[found].kind == LIGHT) or self._follows_adverb(at, place)):
                found = at
                if not main:
                    return at
        return found

    def _closes(self, at: int) -> bool:
        """Whether nothing is measured behind the verb: 9 项指标全部完成."""
        return all(token.kind != COUNT for token in self.tokens[at + 1 :])

    def _follows_adverb(self, at: int, low: int) -> bool:
        return at == low or (at > low and self.tokens[at - 1].kind in (ADVERB, NOW))


_WITHIN = frozenset((ETC, CONJUNCTION, PAUSE, PARTICLE, DEICTIC))  # may stand inside a noun phrase
_NOUNLIKE = frozenset((NOMINAL, COMPOUND, HAPPENS))
_LISTED = frozenset((*_NOUNS, CONJUNCTION, PAUSE, ETC, DEICTIC))
_OBJECT = frozenset((*_NOUNS, NOMINAL, CONJUNCTION, PAUSE, PARTICLE, DEICTIC))
_GOVERNING = frozenset((ACTS, LIGHT, HAPPENS, MEASURES))
_RATED = frozenset((NOUN, OTHER, NOMINAL, CONJUNCTION, PAUSE))
_VERBAL = VERBS | {NOMINAL}
_CONTENT = _NOUNS - {ASIDE} | _VERBAL
_SKIPPED = frozenset((ADVERB, NOW, PARTICLE, COUNT, DATE, DEICTIC, ASIDE))
