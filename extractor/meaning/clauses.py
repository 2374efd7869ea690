"""Clauses: a section's text and the records found in it to clauses, each a row of tokens."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec import Struct, field

from extractor.meaning.lexicon import ASIDE, COUNT, DATE, NOUN, NOW, PAUSE, UNIT
from extractor.meaning.words import TEXT, Token, Words, begins

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import regex

    from extractor.findings import CountFinding, DateFinding, UnitFinding
    from extractor.meaning.lexicon import Lexicon

_CLOSING = {"(": ")", "“": "”", "《": "》", "[": "]", "〈": "〉", "‘": "’"}
_BREAKS = frozenset(",;:\t。!?\n")
TIMES = frozenset((DATE, NOW))


class Clause(Struct):
    """What stands between two marks: ``lead`` is the mark before it, ``depth`` the number of brackets around it.

    The words of one with counts are read at once, those of another when they are first asked for.
    """

    lead: str
    depth: int
    at: int
    words: Words
    parts: list[Token] = field(default_factory=list)  # its records and brackets, and the text between them
    counted: bool = False  # whether there are counts among them
    tokens: Sequence[Token] = ()  # its words and records, by position, once it has been read
    counts: Sequence[int] = ()  # where counts are among the tokens
    timed: Sequence[int] | None = None  # what ``times`` gave before

    @property
    def end(self) -> int:
        """Return where the text of the clause ends."""
        return self.parts[-1].end

    def read(self) -> Sequence[Token]:
        """Return the tokens of a clause that may not have been read yet."""
        if not self.tokens:
            self.tokens, self.counts = self.words.read(self.lead, self.parts)
        return self.tokens

    def opens(self, kind: str) -> bool:
        """Whether the first or second token is of a kind."""
        if kind not in self.words.held or not (self.tokens or self._may_hold(kind)):
            return False
        tokens = self.read()
        return tokens[0].kind == kind or (len(tokens) > 1 and tokens[1].kind == kind)

    def times(self) -> Sequence[int]:
        """Return where dates and words such as 目前 are among the tokens."""
        if self.timed is None:
            told = self.tokens or self._may_hold(NOW) or any(part.kind == DATE for part in self.parts)
            self.timed = [at for at, token in enumerate(self.read()) if token.kind in TIMES] if told else ()
        return self.timed

    def _may_hold(self, kind: str) -> bool:
        """Whether what may be a word of a kind stands in the text."""
        words = self.words
        return words.lexicon.telling[kind].search(words.text, self.at, self.end) is not None


class Sentence(Struct, frozen=True):
    """The clauses of one sentence, by position, but for those behind the clause of its last count."""

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
        records = _records(counts, dates, units)
        starts = [record.at for record in records]
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
            own = records[first:last]
            held = {record.kind for record in own}
            if self.lexicon.tells.search(self.text, start, done):
                held |= {kind for kind, told in self.lexicon.telling.items() if told.search(self.text, start, done)}
            words = Words(self.text, self.lexicon, starts, places, done, held)
            final = places[bisect_left(places, done) - 1]
            scan = _Scan(words, own, final, Clause("", 0, start, words))
            yield Sentence(begin, done, scan.run(start))


def _records(counts: Sequence[CountFinding], dates: Sequence[DateFinding], units: Sequence[UnitFinding]) -> list[Token]:
    """Return the records as tokens, by position; of two that overlap the count, then the date, stays."""
    rows = [Token(COUNT, one.at, one.end, place) for place, one in enumerate(counts)]
    rows += [Token(DATE, one.at, one.end, place) for place, one in enumerate(dates)]
    rows += [Token(UNIT, one.at, one.end, place) for place, one in enumerate(units)]
    rows.sort(key=attrgetter("at"))  # of those at one place the count stays first, then the date
    kept: list[Token] = []
    end = 0  # of the last that is kept
    for token in rows:
        while end > token.at and kept[-1].kind == UNIT and token.kind != UNIT:
            kept.pop()
            end = kept[-1].end if kept else 0
        if end <= token.at:
            kept.append(token)
            end = token.end
    return kept


class _Scan(Struct):
    """One pass over one sentence, from mark to mark."""

    words: Words
    records: Sequence[Token]  # those of the sentence
    last: int  # where the last count of the sentence begins
    clause: Clause
    found: list[Clause] = field(default_factory=list)
    open: list[Clause] = field(default_factory=list)  # clauses that a bracket interrupts

    def run(self, at: int) -> tuple[Clause, ...]:
        """Return the clauses from ``at`` on to the last that has counts."""
        for record in self.records:
            at = self._divide(at, record.at)
            if at == record.at:
                at = self._take(record)
        self._divide(at, self.words.end)
        self.found += (self.clause, *self.open)
        clauses = sorted([clause for clause in self.found if clause.parts], key=attrgetter("at"))
        for clause in clauses:
            if clause.counted:
                clause.read()
        return tuple(clauses)

    def _divide(self, at: int, limit: int) -> int:
        """Take in the text from ``at`` to the record at ``limit``; return where reading goes on."""
        if at >= limit:
            return at
        for match in self.words.lexicon.marks.finditer(self.words.text, at, limit):
            place, end = match.span()
            if place >= at and end == place + 1:  # no bracket inside a word, 审(执)结
                if place > at:
                    self._text(at, place)
                at = self._mark(place)
        if at < limit:
            self._text(at, limit)
            return limit
        return at

    def _text(self, at: int, end: int) -> None:
        """Take in text to be read later, unless it is blank."""
        said = self.words.text[at:end].rstrip()
        if said:
            self.clause.parts.append(Token(TEXT, at, at + len(said)))

    def _take(self, record: Token) -> int:
        """Take in a record; what makes 2025 年 into 2025 年底前 belongs to the date."""
        if record.kind == DATE:
            text, end, suffixes = self.words.text, record.end, self.words.lexicon.date_suffixes
            if text.startswith(suffixes, end):
                end += next(len(suffix) for suffix in suffixes if text.startswith(suffix, end))
                record = Token(DATE, record.at, end, record.ref)
        elif record.kind == COUNT:
            self.clause.counted = True
        self.clause.parts.append(record)
        return record.end

    def _mark(self, at: int) -> int:
        """Act on the punctuation at ``at``; return where reading goes on."""
        mark = self.words.text[at]
        if mark in _CLOSING:
            return self._bracket(mark, at)
        if mark == ")":
            if self.open:
                self.found.append(self.clause)
                self.clause = self.open.pop()
                self.clause.parts.append(Token(ASIDE, at, at + 1))
        elif mark == ":" and self._ratio(at):
            self.clause.parts.append(Token(PAUSE, at, at + 1))
        elif not (mark == "\t" and begins(self.words.places, at + 1)):  # a figure in the row of its label
            if at > self.last and not self.open:
                return self.words.end  # nothing that follows is asked for
            self.found.append(self.clause)
            self.clause = Clause(mark, self.clause.depth, at + 1, self.words)
        return at + 1

    def _bracket(self, mark: str, at: int) -> int:
        """Take in what a bracket or quotes hold as one noun, or, where there are counts in a bracket, as clauses."""
        stop = self.words.text.find(_CLOSING[mark], at + 1, self.words.end)
        if stop < 0:
            return at + 1
        slot = bisect_left(self.words.places, at)
        if slot == len(self.words.places) or self.words.places[slot] > stop:
            if mark == "“" and (dated := self._dated(at, stop)):
                self.clause.parts.append(dated)
                return dated.end
            self.clause.parts.append(Token(ASIDE if mark == "(" else NOUN, at, stop + 1))
            return stop + 1
        if mark == "(":
            self.open.append(self.clause)
            self.clause = Clause(mark, self.clause.depth + 1, at + 1, self.words)
        return at + 1

    def _dated(self, at: int, stop: int) -> Token | None:
        """Return the date that is all of a quotation, with what makes a time of it: “八五” 期间."""
        slot = bisect_left(self.records, at + 1, key=attrgetter("at"))
        record = self.records[slot] if slot < len(self.records) else None
        if record is None or record.kind != DATE or (record.at, record.end) != (at + 1, stop):
            return None
        text, suffixes = self.words.text, self.words.lexicon.date_suffixes
        suffix = next((one for one in suffixes if text.startswith(one, stop + 1)), "")
        return Token(DATE, at, stop + 1 + len(suffix), record.ref) if suffix else None

    def _ratio(self, at: int) -> bool:
        """Whether the colon stands between two numbers: 12.5:45.3."""
        parts = self.clause.parts
        after = at + 1
        while self.words.text[after : after + 1] == " ":
            after += 1
        return bool(parts) and parts[-1].kind == COUNT and begins(self.words.places, after)
