"""Parents: the counts of a section to the total each is a part of, by what the words claim and what the sums allow."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct, field

from extractor.meaning.lexicon import (
    ADVERB,
    AMONG,
    ASIDE,
    COMPARISON,
    DATE,
    EXISTS,
    INCLUDES,
    NOUN,
    NOW,
    OTHER,
    PREPOSITION,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from extractor.meaning.breakdown import Breakdown
    from extractor.meaning.clauses import Clause, Sentence
    from extractor.meaning.words import Token

_REACH = 15  # counts between a total and its parts at most
_LIST = 24  # parts that a list has at most
_NAMING = 3  # characters of a noun that is not in every clause
_PROOF = 5  # two parts meet a smaller total by chance
_IN = ("中", "当中", "之中")  # each ends in the first
_WITHIN = frozenset((ADVERB, ASIDE, EXISTS, NOW, PREPOSITION))


class Passage(Struct, frozen=True):
    """A sentence with the positions of its counts among the readings of the section."""

    sentence: Sentence
    first: int
    last: int  # exclusive
    paragraph: int


class Parents(Struct):
    """Finds the totals of the counts of one section."""

    found: Breakdown
    orders: Mapping[str, str]  # verbs that tell one of the stages a case passes, to its number
    endings: frozenset[str]  # verbs that tell how a case ended
    passages: Sequence[Passage]
    divided: int = -1  # the total of the last list that was whole
    places: list[int] = field(default_factory=list)  # where the counts begin
    paragraphs: list[int] = field(default_factory=list)

    def find(self) -> dict[int, int]:
        """Return for every part the position of its total."""
        self.places = [reading.count.at for reading in self.found.readings]
        self.paragraphs = [one.paragraph for one in self.passages for _ in range(one.first, one.last)]
        alike: dict[tuple[int, str], list[int]] = defaultdict(list)  # by paragraph and measure
        for at, (paragraph, reading) in enumerate(zip(self.paragraphs, self.found.readings, strict=True)):
            if reading.unit and self.found.values[at] is not None:
                alike[paragraph, reading.unit].append(at)
        for number, passage in enumerate(self.passages):
            for place, clause in enumerate(passage.sentence.clauses):
                self._clause(number, place, clause)
        for total, (paragraph, reading) in enumerate(zip(self.paragraphs, self.found.readings, strict=True)):
            row = alike.get((paragraph, reading.unit), ())
            if len(row) > 2 and self.found.values[total] is not None:  # noqa: PLR2004 - a total and two parts
                self._unannounced(total, row)
        return self.found.parents

    def _clause(self, number: int, place: int, clause: Clause) -> None:
        """Look for the breakdown that a clause begins."""
        passage = self.passages[number]
        start = bisect_left(self.places, clause.at)
        if clause.opens(AMONG):
            totals, parts = self._before(start, fresh=place == 0), self._listed(passage, place, start)
            if pair := self._pair(totals):
                self._paired(pair, parts, wide=place == 0)
            elif self.found.settle(totals, parts, self._later(number)) < 0:
                self.found.guess(totals, parts, wide=place == 0)  # 其中, 铁路 …; 公路 …
        elif clause.lead == "(":
            self._bracket(passage, place, start)
        elif clause.counts and self._is_locative(clause.tokens[-1]):
            pass  # 在 审结 的 376 件 中, 维持 182 件: parts of what the clause itself counts
        elif place and self._enumerates(passage.sentence.clauses[place - 1], clause):
            self._enumeration(passage, place, start)
        elif self._is_topic(clause):
            self._topic(passage, place, start)
        elif clause.counts and (totals := self._outside(clause, start)):
            self._paired(totals, self._listed(passage, place, start), wide=False)
        if clause.counts and start + 1 < passage.last:
            self._within(passage, clause)

    def _enumerates(self, before: Clause, clause: Clause) -> bool:
        """Whether the clause begins a list that claims to be whole."""
        if clause.lead == ":" or clause.opens(INCLUDES) or (not before.counts and self.divides(before)):
            return True
        words, first = self.found.lexicon.listing, clause.parts[0]
        said = self.found.text[first.at : first.end].lstrip()
        return said.startswith(words) and self._word(clause.read()[0]) in words

    def _word(self, token: Token) -> str:
        return self.found.text[token.at : token.end]

    def _before(self, start: int, *, fresh: bool = False) -> list[int]:
        """Return the counts of the paragraph before ``start`` that may be a total, the nearest first.

        With ``fresh`` those of the paragraph before, where none of its own stands there.
        """
        if start >= len(self.paragraphs):
            return []
        paragraph = self.paragraphs[start]
        if fresh and start and self.paragraphs[start - 1] != paragraph:
            paragraph = self.paragraphs[start - 1]  # 其中 begins a paragraph
        near = range(start - 1, max(-1, start - _REACH - 1), -1)
        return [
            at
            for at in near
            if self.paragraphs[at] == paragraph and self.found.values[at] is not None and not self._is_baseline(at)
        ]

    def _pair(self, totals: Sequence[int]) -> Sequence[int]:
        """Return the two nearest totals where they tell one thing in two measures: 贫困户 873 户 2916 人."""
        near = totals[:2]
        if len(near) < 2 or near[0] != near[1] + 1:  # noqa: PLR2004 - a pair
            return ()
        latter, former = (self.found.readings[at] for at in near)
        together = latter.clause is former.clause and latter.place == former.place + 1
        return near if together and not self.found.fits(near[1], near[0]) else ()

    def _paired(self, totals: Sequence[int], parts: Sequence[int], *, wide: bool) -> None:
        """Link each part to the total in its own measure: 其中 低保户 214 户 533 人."""
        for total in totals:
            own = [part for part in parts if self.found.fits(total, part)]
            if self.found.settle([total], own) < 0:
                self.found.guess([total], own, wide=wide, named=True)

    def _is_baseline(self, at: int) -> bool:
        """Whether the count is what another is compared with: 比去年的 40 件 增加 12 件."""
        reading = self.found.readings[at]
        return any(token.kind == COMPARISON for token in reading.clause.tokens[: reading.place])

    def _later(self, number: int) -> range:
        """Return the counts of the next sentence of the paragraph."""
        follows = self.passages[number + 1 : number + 2]
        if not follows or follows[0].paragraph != self.passages[number].paragraph:
            return range(0)
        return range(follows[0].first, min(follows[0].last, follows[0].first + _LIST))

    def _listed(self, passage: Passage, place: int, start: int) -> list[int]:
        """Return the counts of the list from ``start`` on, without what a further 其中 or a bracket breaks down."""
        clauses = passage.sentence.clauses
        depth = clauses[place].depth
        skipped: set[int] = set()
        nested = False
        for clause in clauses[place + 1 : place + 1 + 2 * _LIST]:
            nested = (nested and clause.lead != ";") or clause.opens(AMONG)
            if nested or clause.depth > depth:
                skipped.add(id(clause))
        stop = min(passage.last, start + _LIST)
        return [at for at in range(start, stop) if id(self.found.readings[at].clause) not in skipped]

    def _bracket(self, passage: Passage, place: int, start: int) -> None:
        """Link what a bracket behind a count breaks it down to, unless it tells another time's figure."""
        clauses = passage.sentence.clauses
        clause = clauses[place]
        end = next((one.at for one in clauses[place + 1 : place + 1 + _LIST] if one.depth < clause.depth
                    or one.lead == "("), passage.sentence.end)  # fmt: skip
        stop = bisect_left(self.places, end, start)
        inside = list(range(start, min(stop, start + _LIST)))
        dated = any(token.kind == DATE for token in clause.read())
        told = inside and self.found.readings[start].own_action
        beside = start > 0 and self.found.readings[start - 1].clause.depth >= clause.depth  # 盗窃(312 件)、诈骗(120 件)
        again = len(inside) == 1 and start > 0 and self._is_again(start - 1, start)
        if (
            start
            and inside
            and not (beside or again)
            and (told or not dated)
            and self.found.settle([start - 1], inside) < 0
        ):
            self.found.guess([start - 1], inside)

    def _is_again(self, at: int, inside: int) -> bool:
        """Whether a bracket only writes the number before it once more: 238 万元 (大写: 贰佰叁拾捌万元)."""
        one, other = self.found.readings[at], self.found.readings[inside]
        same = self.found.values[at] == self.found.values[inside] and one.unit == other.unit
        return same and one.count.qualifier == other.count.qualifier  # not 2 名以上 (含 2 名)

    def _enumeration(self, passage: Passage, place: int, start: int) -> None:
        """Link a list that claims to be whole: 按事项划分: 处罚 5 件, 许可 3 件."""
        clauses = passage.sentence.clauses
        before = clauses[place - 1]
        if place > 1 and before.opens(INCLUDES):
            before = clauses[place - 2]  # 共 30 件, 分别为: 警告 10 件
        totals, parts = self._before(start), self._listed(passage, place, start)
        total = self.found.settle(totals, parts)
        if total >= 0:
            self.divided = total
        elif before.counts:
            self.found.guess(totals, parts, whole=True)
        elif self.divides(before):
            self.found.guess([self.divided] if self.divided in totals else totals, parts, whole=True)

    def divides(self, clause: Clause) -> bool:
        """Whether the clause says by what the list that follows is divided: 按申请事项划分."""
        ends = self.found.text.endswith(self.found.lexicon.divisions, clause.at, clause.end)
        return ends and self._word(clause.read()[0]) in self.found.lexicon.manners

    def _is_topic(self, clause: Clause) -> bool:
        """Whether the clause only says of what the next ones speak: 受理的案件中."""
        if clause.counts or not self.found.text.endswith(self.found.lexicon.locatives, clause.at, clause.end):
            return False
        return self._is_locative(clause.read()[-1])

    def _is_locative(self, token: Token) -> bool:
        if token.kind not in (OTHER, NOUN):
            return False
        return self.found.text.endswith(self.found.lexicon.locatives, token.at, token.end)

    def _topic(self, passage: Passage, place: int, start: int) -> None:
        """Link what is told of cases named by their stage to the count of that stage: 审结的案件中, 维持 3 件."""
        text, values = self.found.text, self.found.values
        clause = passage.sentence.clauses[place]
        said = text[clause.at : clause.end]
        totals = [at for at in range(start - 1, max(-1, start - 2 * _REACH), -1) if values[at] is not None]
        named = [at for at in totals if (verb := self.found.readings[at].action) and text[slice(*verb)] in said]
        named = named or [at for at in totals if self._is_told(at, said)]
        parts = self._listed(passage, place, start)
        if self.found.settle([*named, *totals], parts) < 0 and named and parts:
            self.found.guess(named[:1], parts)

    def _is_told(self, at: int, said: str) -> bool:
        """Whether the words name what was counted at ``at``: 在国有单位投资中."""
        reading = self.found.readings[at]
        if not reading.own_item or len(reading.item) > 1:
            return False
        item = self.found.text[slice(*reading.item[0])]
        return len(item) >= _NAMING and item in said

    def _outside(self, clause: Clause, start: int) -> list[int]:
        """Return the counts before the clause whose item it begins with as what its own are in: 来访中集体访 46 批."""
        text, readings = self.found.text, self.found.readings
        first = clause.tokens[0]
        said = text[first.at : clause.tokens[clause.counts[0]].at]
        if first.kind not in (NOUN, OTHER) or _IN[0] not in said:
            return []
        return [
            at for at in self._before(start)
            if readings[at].item and readings[at].item[-1][1] < clause.at
            and text.startswith(tuple(text[slice(*readings[at].item[-1])] + word for word in _IN), first.at)
        ]  # fmt: skip

    def _within(self, passage: Passage, clause: Clause) -> None:
        """Link 5 个 to 23 个 in 23 个乡镇中只有 5 个, also across a comma."""
        places, tokens = clause.counts, clause.tokens
        for place, following in zip(places, [*places[1:], len(tokens)], strict=True):
            total = bisect_left(self.places, tokens[place].at)
            part = total + 1
            if part >= passage.last or part in self.found.parents or not self.found.fits(total, part):
                continue
            locative = next((at for at in range(place + 1, following) if self._is_locative(tokens[at])), -1)
            if locative < 0 and self._is_partly(clause, place, following):
                locative = following - 1  # 62 家 企业 已有 58 家 建成
            if locative < 0 or any(token.kind not in _WITHIN for token in tokens[locative + 1 : following]):
                continue
            parts = range(part, min(passage.last, part + _LIST))
            if self.found.settle([total], parts) < 0:
                self.found.guess([total], parts)
                self.found.link(total, [part])

    def _is_partly(self, clause: Clause, place: int, following: int) -> bool:
        """Whether only a noun and 已有 stand between two counts, and no noun of its own behind the latter."""
        if following >= len(clause.tokens) or following - place < 3:  # noqa: PLR2004 - count, noun, 已有
            return False
        token = clause.tokens[following - 1]
        if self.found.text[token.at : token.end] not in self.found.lexicon.partly:
            return False
        part = bisect_left(self.places, clause.tokens[following].at)
        return part < len(self.places) and not self.found.readings[part].behind

    def _unannounced(self, total: int, row: Sequence[int]) -> None:
        """Link counts that add up to one before them, or to one after them that says 共, with no word for it.

        ``row`` are the counts of the paragraph in the measure of the total.
        """
        place = bisect_left(row, total)
        exact = self.found.run(total, self._free(total, row[place + 1 : place + _REACH]))
        if not exact and self._says_total(total):
            exact = self.found.run(total, self._free(total, row[max(place - _REACH, 0) : place][::-1]))
        if exact and not self._passes(exact) and self._is_proof(total, exact):
            self.found.prove(total, exact)

    def _free(self, total: int, row: Sequence[int]) -> Iterator[int]:
        """Yield the counts near the total that are parts of nothing else yet."""
        parents = self.found.parents
        for at in row:
            if abs(at - total) >= _REACH:
                return
            if parents.get(at, total) != total:
                if at > total and parents[at] > total:
                    continue  # a part of one of the parts
                return
            yield at

    def _says_total(self, at: int) -> bool:
        reading = self.found.readings[at]
        before = reading.clause.tokens[reading.place - 1] if reading.place else None
        return before is not None and self.found.text[before.at : before.end] in self.found.lexicon.totals

    def _is_proof(self, total: int, parts: Sequence[int]) -> bool:
        """Whether the sum is no chance.

        Three parts agree by none, two where they are told of the same thing or the total says that it is one.
        """
        if len(parts) > 2:  # noqa: PLR2004 - a pair and more than a pair
            return True
        told_alike = parts[0] < total or not any(self.found.readings[part].own_item for part in parts)
        if told_alike and parts[0] > total and self._ends(parts):
            return True
        return told_alike and (self.found.values[total] or 0) >= _PROOF

    def _ends(self, parts: Sequence[int]) -> bool:
        """Whether the first part tells how cases ended, which few other figures do: 维持 2 件, 撤销 1 件."""
        verb = self.found.readings[parts[0]].action
        return verb is not None and self.found.text[slice(*verb)] in self.endings

    def _passes(self, parts: Sequence[int]) -> bool:
        """Whether the counts tell of cases on their way, 受理 39 件 and 审结 36 件, and so of the same ones."""
        verbs = (verb for part in parts if (verb := self.found.readings[part].action))
        return len({order for verb in verbs if (order := self.orders.get(self.found.text[slice(*verb)]))}) > 1
