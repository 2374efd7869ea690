"""Parents: the counts of a section to the total each is a part of, by what the words claim and what the sums allow."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.meaning.lexicon import (
    ADVERB, AMONG, ASIDE, CONJUNCTION, COUNT, DATE, EXISTS, INCLUDES, NOUN, NOW, OTHER, PREPOSITION,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from extractor.meaning.clauses import Clause, Sentence
    from extractor.meaning.lexicon import Lexicon
    from extractor.meaning.reading import Reading

_SUMMED = frozenset(("count", "people", "money", "area", "length", "mass", "volume", "energy", "other"))
_MIXED = frozenset(("count", "people"))  # 接待 153 人次, 其中办证 92 件: parts in another measure
_REACH = 15  # counts between a total and its parts at most
_PROOF = 5  # two parts meet a smaller total by chance
_WITHIN = frozenset((ADVERB, EXISTS, NOW, PREPOSITION, ASIDE))


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with the positions of its counts among the readings of the section."""

    sentence: Sentence
    first: int
    last: int  # exclusive
    paragraph: int


@dataclass(slots=True)
class Totals:
    """Finds the totals of the counts of one section."""

    text: str
    lexicon: Lexicon
    orders: Mapping[str, str]  # verbs that tell one of the stages a case passes, to its number
    readings: Sequence[Reading]
    passages: Sequence[Passage]
    parents: dict[int, int] = field(default_factory=dict)  # part → total
    divided: int = -1  # the total of the last list that was whole
    proven: set[int] = field(default_factory=set)  # parts whose sum is their total

    def find(self) -> dict[int, int]:
        """Return for every part the position of its total."""
        for number, passage in enumerate(self.passages):
            for place, clause in enumerate(passage.sentence.clauses):
                self._clause(number, place, clause)
        for passage in self.passages:
            self._unannounced(passage)
        return self.parents

    def _clause(self, number: int, place: int, clause: Clause) -> None:
        """Look for the breakdown that a clause begins."""
        passage = self.passages[number]
        starts = self._counts_from(passage, clause.at)
        if self._begins(clause, AMONG):
            parts = self._listed(passage, place, starts)
            self._settle(self._before(number, starts), parts, self._later(number, starts), guess=True)
        elif clause.lead == "(":
            inside = [at for at in range(starts, passage.last) if self.readings[at].clause.depth >= clause.depth
                      and self.readings[at].clause.at < self._bracket_end(passage, place)]  # fmt: skip
            if starts and inside and not self._dated(clause):
                self._settle([starts - 1], inside, (), guess=True)
        elif place and (clause.lead == ":" or self._begins(clause, INCLUDES) or self._lists(clause)):
            self._enumeration(number, place, starts)
        elif self._is_topic(clause):
            self._topic(number, place, clause, starts)
        self._within(passage, clause)

    def _enumeration(self, number: int, place: int, start: int) -> None:
        """Link a list that claims to be whole: 按事项划分: 处罚 5 件, 许可 3 件."""
        before = self.passages[number].sentence.clauses[place - 1]
        totals = self._before(number, start)
        parts = self._listed(self.passages[number], place, start)
        total = self._settle(totals, parts, (), guess=False)
        if total >= 0:
            self.divided = total
        elif any(token.kind == COUNT for token in before.tokens):
            self._guess(totals, parts, whole=True)
        elif self._divides(before) and self.divided in totals:
            self._guess([self.divided], parts, whole=True)

    def _divides(self, clause: Clause) -> bool:
        """Whether the clause says by what the list that follows is divided: 按申请事项划分."""
        first, last = clause.tokens[0], clause.tokens[-1]
        return self.text[first.at : first.end] in self.lexicon.manners and self.text[: last.end].endswith(self.lexicon.divisions)

    def _begins(self, clause: Clause, kind: str) -> bool:
        return any(token.kind == kind for token in clause.tokens[:2])

    def _lists(self, clause: Clause) -> bool:
        first = clause.tokens[0]
        return self.text[first.at : first.end] in self.lexicon.listing

    def _dated(self, clause: Clause) -> bool:
        """Whether a bracket tells another time's figure: 105 件 (上年 98 件)."""
        return any(token.kind == DATE for token in clause.tokens) and not any(
            self.readings[at].own_action for at in self._of(clause)
        )

    def _of(self, clause: Clause) -> Iterator[int]:
        return (at for at, reading in enumerate(self.readings) if reading.clause is clause)

    def _bracket_end(self, passage: Passage, place: int) -> int:
        depth = passage.sentence.clauses[place].depth
        for clause in passage.sentence.clauses[place + 1 :]:
            if clause.depth < depth or clause.lead == "(":
                return clause.at
        return passage.sentence.end

    def _counts_from(self, passage: Passage, at: int) -> int:
        """Return the first reading of the passage that begins at ``at`` or later."""
        for position in range(passage.first, passage.last):
            if self.readings[position].count.at >= at:
                return position
        return passage.last

    def _before(self, number: int, start: int) -> list[int]:
        """Return the counts before ``start`` that may be a total, the nearest first."""
        paragraph = self.passages[number].paragraph
        oldest = next(passage.first for passage in self.passages if passage.paragraph == paragraph) if number else 0
        return [at for at in range(start - 1, max(oldest, start - _REACH) - 1, -1) if self._sums(at)]

    def _later(self, number: int, start: int) -> list[int]:
        """Return the counts of the next sentence of the paragraph."""
        follows = self.passages[number + 1 : number + 2]
        if not follows or follows[0].paragraph != self.passages[number].paragraph:
            return []
        return list(range(follows[0].first, follows[0].last))

    def _listed(self, passage: Passage, place: int, start: int) -> list[int]:
        """Return the counts of the list from ``start`` on, without what a further 其中 or a bracket breaks down."""
        clauses = passage.sentence.clauses
        depth = clauses[place].depth
        skipped: set[int] = set()
        nested = False
        for clause in clauses[place + 1 :]:
            nested = nested and clause.lead != ";" or self._begins(clause, AMONG)
            if nested or clause.depth > depth:
                skipped.add(id(clause))
        return [at for at in range(start, passage.last) if id(self.readings[at].clause) not in skipped]

    def _sums(self, at: int) -> bool:
        """Whether the count is one that parts can add up to: no rate, no mean, no growth."""
        reading = self.readings[at]
        count = reading.count
        if count.value is None or count.dimension not in _SUMMED or reading.direction:
            return False
        item = self.text[reading.item[0][0] : reading.item[-1][1]] if reading.item else ""
        return not item.endswith(self.lexicon.means) and not any(word in item for word in self.lexicon.per_head)

    def _fit(self, total: int, part: int, *, mixed: bool) -> bool:
        """Whether ``part`` can be a part of ``total``."""
        if part == total or not self._sums(part) or part in self.proven:
            return False
        whole, piece = self.readings[total].count, self.readings[part].count
        if whole.unit != piece.unit and not (mixed and {whole.dimension, piece.dimension} <= _MIXED):
            return False
        return Decimal(0) <= (piece.value or 0) <= (whole.value or 0)

    def _akin(self, total: int, part: int) -> bool:
        """Whether the measure words have something in common: 件次 and 件."""
        whole, piece = self.readings[total].count.unit or "", self.readings[part].count.unit or ""
        return whole == piece or not set(whole).isdisjoint(piece)

    def _settle(self, totals: Sequence[int], parts: Sequence[int], later: Sequence[int], *, guess: bool) -> int:
        """Link ``parts`` to that of ``totals`` which they add up to, and return it, -1 for none.

        With ``guess`` they are then linked to the nearest total that they fit.
        """
        for total in totals:
            if not self._sums(total):
                continue
            fitting = [part for part in parts if self._fit(total, part, mixed=True)]
            if not any(self._akin(total, part) for part in fitting):
                continue
            exact = self._run(total, fitting) or self._skipping(total, fitting, [
                part for part in later if self._fit(total, part, mixed=False)
            ])  # fmt: skip
            if exact:
                self._link(total, exact)
                self.proven.update(exact)
                return total
        if guess:
            self._guess(totals, parts)
        return -1

    def _value(self, at: int) -> Decimal:
        return self.readings[at].count.value or Decimal(0)

    def _run(self, total: int, parts: Sequence[int]) -> list[int]:
        """Return the first of ``parts`` that add up to the total, at least two."""
        rest = self._value(total)
        for number, part in enumerate(parts):
            rest -= self._value(part)
            if rest == 0 and number:
                return list(parts[: number + 1])
            if rest < 0:
                break
        return []

    def _skipping(self, total: int, parts: Sequence[int], later: Sequence[int]) -> list[int]:
        """Return the parts that add up to the total when one that breaks the sum is left out."""
        candidates = [*parts, *later]
        for omitted in range(1, len(candidates)):
            found = self._run(total, candidates[:omitted] + candidates[omitted + 1 :])
            if len(found) > 1 and omitted < len(parts) and found[-1] > candidates[omitted]:
                return found
        return []

    def _guess(self, totals: Sequence[int], parts: Sequence[int], *, whole: bool = False) -> None:
        """Link the parts from the first on that are told alike and fit the nearest total.

        Of a list that claims to be the ``whole`` they are linked even where they come to more.
        """
        first = next((part for part in parts if self._sums(part)), None)
        if first is None:
            return
        total = next((at for at in totals if self._fit(at, first, mixed=False)), None)
        if total is None or not (whole or self._is_near(total, first)):
            return
        alike = self.readings[first]
        rest = self._value(total)
        found: list[int] = []
        for part in parts[parts.index(first) :]:
            reading = self.readings[part]
            if not self._sums(part):
                continue
            rest -= self._value(part)
            apart = part != first and (reading.clause.lead == ";" or reading.own_action != alike.own_action)
            if (rest < 0 and not whole) or apart or not self._fit(total, part, mixed=False):
                break
            found.append(part)
        self._link(total, found)

    def _is_near(self, total: int, part: int) -> bool:
        """Whether nothing else that is measured stands between: growth and shares told of the total do not count."""
        others = 0
        for at in range(total + 1, part):
            reading = self.readings[at]
            if not self._sums(at) and (reading.own_item or reading.count.dimension == "duration"):
                return False
            others += self._sums(at)
        return others <= 1

    def _link(self, total: int, parts: Sequence[int]) -> None:
        for part in parts:
            if part not in self.proven and not self._descends(total, part):
                self.parents[part] = total

    def _descends(self, at: int, ancestor: int) -> bool:
        """Whether ``at`` is itself a part of ``ancestor``."""
        while at in self.parents:
            at = self.parents[at]
            if at == ancestor:
                return True
        return False

    def _is_topic(self, clause: Clause) -> bool:
        """Whether the clause only says of what the next ones speak: 受理的案件中."""
        if any(token.kind == COUNT for token in clause.tokens):
            return False
        last = clause.tokens[-1]
        return last.kind in (OTHER, NOUN) and self.text[last.at : last.end].endswith(self.lexicon.locatives)

    def _topic(self, number: int, place: int, clause: Clause, start: int) -> None:
        said = self.text[clause.at : clause.tokens[-1].end]
        totals = [at for at in range(start - 1, max(-1, start - 2 * _REACH), -1) if self._sums(at)]
        named = [at for at in totals if (verb := self.readings[at].action) and self.text[verb[0] : verb[1]] in said]
        parts = self._listed(self.passages[number], place, start)
        self._settle([*named, *totals], parts, (), guess=False)
        if named and start < len(self.readings) and start not in self.parents:
            self._guess(named[:1], parts)

    def _within(self, passage: Passage, clause: Clause) -> None:
        """Link 5 个 to 23 个 in 23 个乡镇中只有 5 个, also across a comma."""
        counts = clause.counts()
        for number, place in enumerate(counts):
            after = place + 1
            while after < len(clause.tokens) and not self._is_locative(clause, after):
                if clause.tokens[after].kind == COUNT:
                    break
                after += 1
            else:
                if after < len(clause.tokens):
                    self._part_within(passage, clause, counts, number, after)

    def _is_locative(self, clause: Clause, place: int) -> bool:
        token = clause.tokens[place]
        return token.kind in (OTHER, NOUN) and self.text[token.at : token.end].endswith(self.lexicon.locatives)

    def _part_within(self, passage: Passage, clause: Clause, counts: list[int], number: int, place: int) -> None:
        total = self._position(passage, clause.tokens[counts[number]].at)
        following = clause.tokens[place + 1 :]
        if number + 1 < len(counts):
            between = clause.tokens[place + 1 : counts[number + 1]]
            if any(token.kind not in _WITHIN for token in between):
                return
        elif following:
            return
        part = total + 1
        if part < passage.last and self._sums(total) and self._fit(total, part, mixed=False) and part not in self.parents:
            self._settle([total], list(range(part, passage.last)), (), guess=False)
            if part not in self.parents:
                self._link(total, [part])

    def _position(self, passage: Passage, at: int) -> int:
        return self._counts_from(passage, at)

    def _unannounced(self, passage: Passage) -> None:
        """Link counts that add up to one before them, or to one after them that says 共, with no word for it."""
        for total in range(passage.first, passage.last):
            if not self._sums(total) or self.readings[total].count.unit is None:
                continue
            parts = self._same(range(total + 1, min(total + _REACH, len(self.readings))), total)
            exact = self._run(total, parts)
            if not exact and self._says_total(total):
                parts = self._same(range(total - 1, max(total - _REACH, passage.first) - 1, -1), total)
                exact = self._run(total, parts)
            if exact and not self._passes(exact) and self._is_proof(total, exact):
                self._link(total, exact)
                self.proven.update(exact)

    def _is_proof(self, total: int, parts: Sequence[int]) -> bool:
        """Whether the sum is no chance.

        Three parts agree by none, two where they are told of the same thing or the total says that it is one.
        """
        if len(parts) > 2:  # noqa: PLR2004 - a pair and more than a pair
            return True
        told_alike = parts[0] < total or not any(self.readings[part].own_item for part in parts)
        return told_alike and self._value(total) >= _PROOF

    def _passes(self, parts: Sequence[int]) -> bool:
        """Whether the counts tell of cases on their way, 受理 39 件 and 审结 36 件, and so of the same ones."""
        verbs = (verb for part in parts if (verb := self.readings[part].action))
        return len({order for verb in verbs if (order := self.orders.get(self.text[verb[0] : verb[1]]))}) > 1

    def _same(self, positions: range, total: int) -> list[int]:
        """Return the counts in a row that are in the measure of the total and of nothing else yet."""
        found: list[int] = []
        paragraph = self._paragraph(total)
        for at in positions:
            if self._paragraph(at) != paragraph:
                break
            if self.readings[at].count.unit != self.readings[total].count.unit or not self._sums(at):
                continue
            if at in self.parents and self.parents[at] != total:
                if self.parents[at] > total and positions.step > 0:
                    continue  # a part of one of the parts
                break
            found.append(at)
        return found

    def _paragraph(self, at: int) -> int:
        return next(one.paragraph for one in self.passages if one.first <= at < one.last)

    def _says_total(self, at: int) -> bool:
        reading = self.readings[at]
        before = reading.clause.tokens[reading.place - 1] if reading.place else None
        return before is not None and self.text[before.at : before.end] in self.lexicon.totals
