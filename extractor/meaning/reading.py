"""Reading: sentences to readings of their counts; which construction a count stands in decides how it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.meaning.frame import Frame
from extractor.meaning.lexicon import (
    ADVERB,
    ASIDE,
    COMPARISON,
    COPULA,
    DATE,
    FALLS,
    INCLUDES,
    JOINTS,
    MEASURES,
    NOMINAL,
    NOUN,
    NOW,
    OF,
    OTHER,
    PARTICLE,
    PREPOSITION,
    RISES,
    SHARE,
    VERBAL,
)  # fmt: skip
from extractor.meaning.objects import bare, noun, verbal
from extractor.meaning.phrases import Row
from extractor.meaning.predicates import MEASURING, duration, listed, measured, modified, outdone, prepositional
from extractor.meaning.readings import RELATIVE, THINGS, Reading
from extractor.meaning.traits import goes_on, is_paper, is_sum

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.findings import CountFinding
    from extractor.meaning.behind import Span
    from extractor.meaning.clauses import Clause, Sentence
    from extractor.meaning.lexicon import Lexicon
    from extractor.meaning.memory import Memory

_SKIPPED = frozenset((ADVERB, NOW, PARTICLE, ASIDE))
_GRADE = 5  # characters of 自治区级 and shorter grades
_COUNTING = THINGS | RELATIVE
_LEADING = frozenset((MEASURES, RISES, FALLS, COPULA))


class Reader(Struct):
    """Reads the sentences of a section in order."""

    text: str
    lexicon: Lexicon
    memory: Memory

    def sentence(self, sentence: Sentence, number: int, counts: Sequence[CountFinding]) -> list[Reading]:
        """Return a reading of every count of the sentence."""
        readings: list[Reading] = []
        memory = self.memory
        memory.begin_sentence()
        for clause in sentence.clauses:
            if clause.counts:
                memory.begin_clause(clause)
                readings += self._clause(clause, number, counts)
                memory.passed.clear()
            else:
                memory.passed.append(clause)
                memory.around = clause
        return readings

    def _clause(self, clause: Clause, number: int, counts: Sequence[CountFinding]) -> list[Reading]:
        row = Row(self.text, clause.tokens, self.lexicon)
        found: list[Reading] = []
        described = _described(clause, counts) if len(clause.counts) > 1 else frozenset()
        low = 0
        for place in clause.counts:
            if low > place:  # the noun of the count before stands behind this one
                low = found[-1].place + 1
            count = counts[clause.tokens[place].ref]
            reading = Reading(count, clause, number, place, count.unit or "", count.dimension in RELATIVE)
            low = _read(Frame(row, reading, low, found, self.memory, described, place, place + 1, self.lexicon))
            found.append(reading)
            self.memory.offered = reading.item[0] if low > place + 1 and reading.item else None
            self.memory.keep(reading)
        if len(found) > 1:
            self._share_forward(found)
        return found

    def _share_forward(self, found: Sequence[Reading]) -> None:
        """Give counts whose noun is left out that of the count they are joined to: 3 个国家级、5 个省级 园区."""
        for former, latter in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
            if latter.joined and latter.behind and (not former.own_item or self._is_adjective(former)):
                former.item, former.own_item, former.behind = self._graded(former, latter), True, True
            elif former.behind and latter.behind and former.action is None and self._share_verb(former, latter):
                former.action = latter.action  # 有 12 个 市 86 个 县 受灾

    def _share_verb(self, former: Reading, latter: Reading) -> bool:
        """Whether the count behind the noun of another ends in a verb that says something of both."""
        said = latter.action is not None and latter.action[0] >= latter.item[-1][1]
        between = self.text[former.item[-1][1] : latter.count.at].strip()
        return said and (not between or between in self.lexicon.joints)

    def _graded(self, former: Reading, latter: Reading) -> tuple[Span, ...]:
        """Return the noun of the latter with the grade of the former in the place of its own: 国家级 园区."""
        at, end = latter.item[0]
        places = range(at, min(at + _GRADE, end))
        own = next((place for place in places if self.text.startswith(self.lexicon.grades, place)), -1)
        graded = former.own_item and self.text.endswith(self.lexicon.grades, *former.item[-1])
        return (*former.item, (own + 1, end), *latter.item[1:]) if graded and own >= 0 else latter.item

    def _is_adjective(self, reading: Reading) -> bool:
        return bool(reading.item) and self.text.endswith(self.lexicon.adjectives, *reading.item[-1])


def _described(clause: Clause, counts: Sequence[CountFinding]) -> frozenset[int]:
    """Return where those counts stand among the tokens that may only describe a thing."""
    places = clause.counts
    return frozenset([place for place in places if counts[clause.tokens[place].ref].dimension not in _COUNTING])


def _read(frame: Frame) -> int:
    """Fill the reading of a frame; return where the words of the next count may begin."""
    at = _before(frame)
    row, low = frame.row, frame.low
    kind = row.tokens[at].kind if at >= low else ""
    if frame.reading.count.dimension == "duration":
        return duration(frame, at)
    relative = kind in (RISES, FALLS) or (frame.reading.is_relative and kind in VERBAL)
    if relative and (compared := outdone(frame, at)) >= 0:
        return frame.share(compared)
    if kind in MEASURING:
        return measured(frame, at)
    acts = kind in VERBAL and (row.acts(at, low) or frame.repeats(at) or frame.follows_up(at))
    if acts and not (is_sum(frame, at) or is_paper(frame, at) or _in_nouns(frame, at) or row.is_completed(at, low)):
        return verbal(frame, at)
    if not kind:
        return _alone(frame)
    return _READERS[kind](frame, at) if kind in _READERS else noun(frame)


def _alone(frame: Frame) -> int:
    """Read a count with no word before it."""
    if (last := goes_on(frame)) is None:
        return bare(frame, alone=False)
    frame.inherit(last)
    frame.reading.action = last.action
    return frame.next


def _in_nouns(frame: Frame, at: int) -> bool:
    """Whether the verb ends a noun in a list of nouns: 土地确权 14 件、 工伤 认定 6 件."""
    former = frame.earlier[-1] if frame.reading.joined else None
    if at == frame.low and former and former.is_noun and former.own_item and former.action is None:
        return former.unit == frame.reading.unit and frame.row.tokens[at].kind == NOMINAL  # 投诉 9 件、 咨询 6 件
    if at <= frame.low or former is None or not former.own_item or frame.row.tokens[at - 1].kind == ADVERB:
        return False
    alike = former.governs and former.unit == frame.reading.unit and frame.row.tokens[at].kind == NOMINAL
    return former.action is None or alike  # 开展 执法检查 5 次、 专题 询问 2 次


def _share(frame: Frame, at: int) -> int:
    """Read SUBJECT 占 N."""
    frame.act(at)
    return frame.share(at)


_READERS = {INCLUDES: listed, OF: modified, PREPOSITION: prepositional, COMPARISON: prepositional, SHARE: _share}


def _past_each(frame: Frame, at: int) -> int:
    """Return the measuring verb before 每百人 that ends at ``at``, ``at`` where there is none: 普及率 达到 每百人 N."""
    row, low = frame.row, frame.low
    first = at
    if row.tokens[first].kind in (NOUN, OTHER) and row.word(first - 1) in frame.lexicon.per:
        first -= 1
    measured = first > low and row.tokens[first - 1].kind in MEASURING
    return first - 1 if measured and row.word(first).startswith(frame.lexicon.per) else at


def _before(frame: Frame) -> int:  # noqa: C901 - what may stand before a count, case by case
    """Return the token that decides how the count is read; below ``low`` where there is none."""
    row, reading = frame.row, frame.reading
    tokens, place = row.tokens, reading.place
    last = frame.earlier[-1] if frame.earlier else None
    lasting = -1
    if last is not None:
        if frame.low == place and last.behind and last.governs:
            reading.joined = True  # 惠及 N 个 乡镇 N 群众
        if tokens[frame.low].kind in JOINTS:
            reading.joined = True
            frame.low += 1
        if last.count.dimension == "duration":
            lasting = last.place  # 连续 3 年 突破 N
    low = frame.low
    at = place - 1
    while at >= low and (tokens[at].kind in _SKIPPED or at == lasting):
        at -= 1
    if at > low and tokens[at].kind == DATE and (row.word(at - 1) in frame.lexicon.sources or row.compares(at - 1)):
        at -= 1
    if at > low:
        at = _past_each(frame, at)
    timed = at - 2 >= low and tokens[at].kind == OF and tokens[at - 1].kind in (DATE, NOW)
    if timed and tokens[at - 2].kind in _LEADING:
        at -= 2  # 增加到 现在的 N
    if last is not None:
        beside = place == last.place + 1 and place - 1 != lasting
        if beside or (at >= low and tokens[at].kind in JOINTS):
            reading.joined = True  # also 980 批次 4560 人次
            at = low - 1
    return at
