"""Clauses: a section's text and the records found in it to clauses, each a row of tokens."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from msgspec import Struct, field

from extractor.meaning.lexicon import (
    ACTS,
    ADVERB,
    ASIDE,
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
    NOMINAL,
    NOUN,
    NOW,
    OTHER,
    PARTED,
    PAUSE,
    PREPOSITION,
    UNIT,
    VERBS,
    Lexicon,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import regex

    from extractor.findings import CountFinding, DateFinding, UnitFinding

_CLOSING = {"(": ")", "“": "”", "《": "》", "[": "]", "〈": "〉", "‘": "’"}
_AFTER_ADVERB = VERBS | {NOMINAL, ADVERB, COPULA, EXISTS, PREPOSITION}
_AFTER_MANNER = _AFTER_ADVERB - {NOMINAL}
_AMBIGUOUS = frozenset((ADVERB, CURRENCY, MANNER, PARTED))
_BEFORE_DIGGING = frozenset((ADVERB, DATE, DEICTIC, NOW))
_WAY = 12  # characters in which 方式 is looked for
_PAIR = 2  # characters of the shortest word that another can overlap
_BREAKS = frozenset(",;:\t。!?\n")


class Token(Struct, frozen=True):
    """A stretch of a clause: its kind (see lexicon), place, and the position of the record it is, if it is one."""

    kind: str
    at: int
    end: int
    ref: int = -1


class Clause(Struct):
    """What stands between two marks: ``lead`` is the mark before it, ``depth`` the number of brackets around it."""

    lead: str
    depth: int
    at: int
    tokens: list[Token] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)  # where counts are among the tokens


class Sentence(Struct, frozen=True):
    """The clauses of one sentence, by position."""

    at: int
    end: int
    clauses: tuple[Clause, ...]


class Scanner(Struct, frozen=True):
    """Reads a section's text clause by clause; ``stops`` are where sentences end."""

    text: str
    lexicon: Lexicon
    stops: Sequence[int]
    enumerator: regex.Pattern[str]  # what numbers a sentence and is no part of it

    def sentences(
        self, counts: Sequence[CountFinding], dates: Sequence[DateFinding], units: Sequence[UnitFinding]
    ) -> Iterator[Sentence]:
        """Yield the sentences that hold counts."""
        atoms = _atoms(counts, dates, units)
        starts = [atom.at for atom in atoms]
        places = [count.at for count in counts]
        done = 0
        for at in places:
            if at < done:
                continue
            slot = bisect_left(self.stops, at + 1)
            begin = self.stops[slot - 1] if slot else 0
            done = self.stops[slot]
            first, last = bisect_left(starts, begin), bisect_left(starts, done)
            match = self.enumerator.match(self.text, begin, done)
            start = match.end() if match else begin
            scan = _Scan(self.text, done, self.lexicon, atoms[first:last], places, Clause("", 0, start))
            yield Sentence(begin, done, scan.run(start))


def _atoms(
    counts: Sequence[CountFinding], dates: Sequence[DateFinding], units: Sequence[UnitFinding]
) -> list[Token]:
    """Return the records as tokens, by position; of two that overlap the count, then the date, stays."""
    rows = [Token(COUNT, one.at, one.end, place) for place, one in enumerate(counts)]
    rows += [Token(DATE, one.at, one.end, place) for place, one in enumerate(dates)]
    rows += [Token(UNIT, one.at, one.end, place) for place, one in enumerate(units)]
    rows.sort(key=lambda token: (token.at, "NDU".index(token.kind)))
    kept: list[Token] = []
    for token in rows:
        while kept and kept[-1].end > token.at and kept[-1].kind == UNIT and token.kind != UNIT:
            kept.pop()
        if not kept or kept[-1].end <= token.at:
            kept.append(token)
    return kept


class _Scan(Struct):
    """One pass over one sentence."""

    text: str
    end: int
    lexicon: Lexicon
    atoms: list[Token]
    places: list[int]  # where counts begin
    clause: Clause
    found: list[Clause] = field(default_factory=list)
    open: list[Clause] = field(default_factory=list)  # clauses that a bracket interrupts

    def run(self, at: int) -> tuple[Clause, ...]:
        """Return the clauses from ``at`` on."""
        text, end = self.text, self.end
        words = self.lexicon
        kinds, pairs, singles, firsts = words.kinds, words.pairs, words.singles, words.firsts
        upcoming = iter(self.atoms)
        atom = next(upcoming, None)
        limit = atom.at if atom else end
        gap = at
        while at < end:
            if at >= limit and atom:
                if gap < at:
                    self._gap(gap, at)
                gap = at = self._atom(atom) if atom.at == at else at
                atom = next(upcoming, None)
                limit = atom.at if atom else end
                continue
            kind = None
            for size in pairs.get(text[at : at + 2], ()) if text[at] in firsts else ():
                if at + size <= limit and (kind := kinds.get(text[at : at + size])):
                    break
            else:
                size, kind = 1, singles.get(text[at])
                if kind is None or (kind != MARK and not self._stands(kind, at, gap)):
                    at += 1
                    continue
            if gap < at:
                self._gap(gap, at)
            if kind == MARK:
                gap = at = self._mark(at)
                continue
            if size > _PAIR or kind in _AMBIGUOUS or text[at : at + size] in words.forked:
                kind, size = self._told(kind, at, size, limit)
            self.clause.tokens.append(Token(kind, at, at + size))
            gap = at = at + size
        self._gap(gap, end)
        self.found += (self.clause, *self.open)
        return tuple(sorted((clause for clause in self.found if clause.tokens), key=lambda clause: clause.at))

    def _overlaps(self, at: int, size: int, limit: int) -> int:
        """Return the length of a shorter word at ``at`` behind which a longer one begins: 承办 人大代表, not 承办人."""
        text, words = self.text, self.lexicon
        if words.longest(text, at + size, limit) > 1:
            return 0
        for cut in range(size - 1, max(size - _PAIR, 1) - 1, -1):
            known = cut > 1 and text[at : at + cut] in words.kinds
            if known and words.longest(text, at + cut, limit) > size - cut + _PAIR:
                return cut
        return 0

    def _told(self, kind: str, at: int, size: int, limit: int) -> tuple[str, int]:
        """Return what a word of ``size`` at ``at`` is by what follows it, and how much of it that is."""
        if size > _PAIR and (shorter := self._overlaps(at, size, limit)):
            return self.lexicon.kinds[self.text[at : at + shorter]], shorter
        end = at + size
        if kind == PARTED:
            return ACTS, 1  # 处 罚金
        if self.text[at:end] in self.lexicon.forked:  # 在 审结 的 案件 中: not what is 在审
            return (PREPOSITION, 1) if self.lexicon.longest(self.text, at + 1, self.end) > 1 else (kind, size)
        if kind == MANNER:
            mean = self.text[at:end] in self.lexicon.per_head and self._number(end)  # 日均 57 户
            kind = ADVERB if mean or self._known(end, _AFTER_MANNER) else NOUN
        elif kind == CURRENCY:
            kind = ADVERB if self._number(end) else NOUN
        elif self.text[at:end] in self.lexicon.achieved and self._number(end):
            kind = COMPOUND  # 调解 20 件, 成功 18 件
        return kind, size

    def _gap(self, at: int, end: int) -> None:
        """Take in text that is no word of the lexicon; blanks at its ends are none of it."""
        while at < end and self.text[at].isspace():
            at += 1
        while at < end and self.text[end - 1].isspace():
            end -= 1
        if at < end:
            self.clause.tokens.append(Token(OTHER, at, end))

    def _atom(self, atom: Token) -> int:
        """Take in a record; what makes 2025 年 into 2025 年底前 belongs to the date."""
        end = atom.end
        if atom.kind == DATE:
            for suffix in self.lexicon.date_suffixes:
                if self.text.startswith(suffix, end):
                    end += len(suffix)
                    break
        if atom.kind == COUNT:
            self.clause.counts.append(len(self.clause.tokens))
        self.clause.tokens.append(Token(atom.kind, atom.at, end, atom.ref))
        return end

    def _stands(self, kind: str, at: int, gap: int) -> bool:  # noqa: PLR0911 - each kind of word asks for its own
        """Whether the one-character word at ``at`` stands by itself, and is no part of a longer word."""
        word = self.text[at]
        after = at + 1
        if word in self.lexicon.digging and self._works(gap, after):
            return True
        if word in self.lexicon.winning and self.text.startswith(self.lexicon.conferring, after):
            return True  # 案例 获 国家 部委 肯定
        if word in self.lexicon.short and gap < at and not self.text[gap:at].endswith(self.lexicon.agents):
            return False
        if word in self.lexicon.tight:
            opens = word in self.lexicon.opening and gap == at and not self.clause.tokens and self.clause.lead == ","
            return opens or self._tight(at) or (gap == at and self._says_more(at))  # 处 违法所得 N 倍的罚款
        if kind == COMPARISON:
            return self.text[after : after + 1] not in self.lexicon.results  # 男女比 为 1.1
        if kind in (ADVERB, NOW):
            return self._known(after, _AFTER_ADVERB) or (word in self.lexicon.counting and self._number(after))
        if kind == INCLUDES:
            return not self.clause.tokens and gap == at
        if kind == PREPOSITION and word not in self.lexicon.free:
            fronted = word in self.lexicon.fronting and not self.clause.tokens and gap == at
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
        if self.text[at] not in self.lexicon.more or not any(one.kind == COMPARISON for one in self.clause.tokens):
            return False
        return self._known(at + 1, VERBS)

    def _works(self, gap: int, at: int) -> bool:
        """Whether what is built or bought stands at ``at``, and then a number: 修 水库 两座."""
        if gap < at - 1 and self.text[gap : at - 1] not in self.lexicon.totals:
            return False  # also 共 修
        word = next((word for word in self.lexicon.works if self.text.startswith(word, at)), "")
        if any(token.kind not in _BEFORE_DIGGING for token in self.clause.tokens):
            return False
        return bool(word) and self._number(at + len(word))

    def _leads_way(self, at: int) -> bool:
        """Whether the preposition at ``at``, behind a count, leads how a thing is done: 2 宗 以 调解 方式 解决."""
        tokens = self.clause.tokens
        if not tokens or tokens[-1].kind != COUNT:
            return False
        said = self.text[at + 1 : min(at + _WAY, self.end)]
        return any(word in said for word in self.lexicon.ways)

    def _past_currency(self, at: int) -> int:
        """Return where a number may stand behind the name of a currency at ``at``: 处 新台币 N."""
        word = next((word for word in self.lexicon.currencies if self.text.startswith(word, at)), "")
        return at + len(word) if word else -1

    def _number(self, at: int) -> bool:
        slot = bisect_left(self.places, at)
        return slot < len(self.places) and self.places[slot] == at

    def _known(self, at: int, kinds: frozenset[str] | None) -> bool:
        """Whether a record begins at ``at``, or a word of the lexicon, of one of ``kinds``."""
        size = self.lexicon.longest(self.text, at, self.end)
        if size and (size > 1 or self._tight(at)):
            return kinds is None or self.lexicon.kinds[self.text[at : at + size]] in kinds
        if kinds is not None:
            return False
        slot = bisect_left(self.atoms, at, key=lambda atom: atom.at)
        return slot < len(self.atoms) and self.atoms[slot].at == at

    def _ratio(self, at: int) -> bool:
        """Whether the colon stands between two numbers: 12.5:45.3."""
        tokens = self.clause.tokens
        after = at + 1
        while self.text[after : after + 1] == " ":
            after += 1
        return bool(tokens) and tokens[-1].kind == COUNT and self._number(after)

    def _dated(self, at: int, stop: int) -> Token | None:
        """Return the date that is all of a quotation, with what makes a time of it: “八五” 期间."""
        slot = bisect_left(self.atoms, at + 1, key=lambda atom: atom.at)
        atom = self.atoms[slot] if slot < len(self.atoms) else None
        if atom is None or atom.kind != DATE or (atom.at, atom.end) != (at + 1, stop):
            return None
        suffix = next((one for one in self.lexicon.date_suffixes if self.text.startswith(one, stop + 1)), "")
        return Token(DATE, at, stop + 1 + len(suffix), atom.ref) if suffix else None

    def _mark(self, at: int) -> int:
        """Act on the punctuation at ``at``; return where reading goes on."""
        mark = self.text[at]
        closing = _CLOSING.get(mark)
        if closing:
            stop = self.text.find(closing, at + 1, self.end)
            if stop < 0:
                return at + 1
            slot = bisect_left(self.places, at)
            if slot == len(self.places) or self.places[slot] > stop:
                if mark == "“" and (dated := self._dated(at, stop)):
                    self.clause.tokens.append(dated)
                    return dated.end
                self.clause.tokens.append(Token(ASIDE if mark == "(" else NOUN, at, stop + 1))
                return stop + 1
            if mark == "(":
                self.open.append(self.clause)
                self.clause = Clause(mark, self.clause.depth + 1, at + 1)
        elif mark == ")":
            if self.open:
                self.found.append(self.clause)
                self.clause = self.open.pop()
                self.clause.tokens.append(Token(ASIDE, at, at + 1))
        elif mark == ":" and self._ratio(at):
            self.clause.tokens.append(Token(PAUSE, at, at + 1))
        elif mark in _BREAKS and not (mark == "\t" and self._number(at + 1)):  # a figure in the row of its label
            self.found.append(self.clause)
            self.clause = Clause(mark, self.clause.depth, at + 1)
        return at + 1
