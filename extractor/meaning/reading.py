"""Reading: clauses to what their grammar says of each count: thing counted, verb, growth."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.meaning.lexicon import (
    ACTS, ADVERB, ASIDE, COMPARISON, COMPOUND, CONJUNCTION, COPULA, COUNT, DATE, ETC, EXISTS, FALLS, GROWTH, HAPPENS,
    LIGHT, MEASURES, NOMINAL, NOUN, NOW, OF, OTHER, PARTICLE, PAUSE, PREDICATES, PREPOSITION, RISES, SHARE, SHRINKAGE, UNIT,
    VERBS,
)  # fmt: skip
from extractor.meaning.phrases import Phrase, Row, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.findings import CountFinding
    from extractor.meaning.clauses import Clause, Sentence
    from extractor.meaning.lexicon import Lexicon

_THINGS = frozenset(("count", "people"))
RELATIVE = frozenset(("percent", "percentage_point"))
_DIRECTIONS = {RISES: "up", GROWTH: "up", FALLS: "down", SHRINKAGE: "down"}
_SKIPPED = frozenset((ADVERB, NOW, PARTICLE, ASIDE))
_MEASURING = PREDICATES | {GROWTH, SHRINKAGE}
_ADJACENT = VERBS | {NOMINAL}
_FOLLOWING = frozenset((ADVERB, ACTS, HAPPENS, COMPOUND, PARTICLE))
_LEADING = frozenset((MEASURES, RISES, FALLS, COPULA))
_VERB_OBJECT = 2  # characters of 收案, whose object is the thing counted
_TO_SOMEONE = frozenset(("", ACTS))
_NONE: tuple[Span, ...] = ()


@dataclass(slots=True)
class Reading:
    """What the grammar says of one count."""

    count: CountFinding
    clause: Clause
    sentence: int
    place: int  # among the tokens of the clause
    item: tuple[Span, ...] = _NONE
    action: Span | None = None
    direction: str | None = None
    own_item: bool = False  # named beside the count, not carried over
    own_action: bool = False
    governs: bool = False  # its verb has what is counted as object, so a noun joined to it has too
    source: Reading | None = None  # the count that the item is carried over from
    behind: bool = False  # the item stands behind the number
    joined: bool = False  # by 、 or 和 to the count before it


@dataclass(slots=True)
class Reader:
    """Reads the sentences of a section in order; what is carried from count to count is kept here."""

    text: str
    lexicon: Lexicon
    by_unit: dict[str, tuple[tuple[Span, ...], int]] = field(default_factory=dict)  # item and sentence
    last: Reading | None = None
    share: Reading | None = None  # the last percentage
    passed: list[Clause] = field(default_factory=list)  # clauses without counts since the last one with
    offered: Span | None = None  # the noun behind the last number of the clause, a subject for what follows
    attributive: frozenset[int] = frozenset()  # where counts of the clause stand that only describe a thing
    levels: list[Reading] = field(default_factory=list)  # the counts of the sentence that tell no growth
    sources: list[Reading] = field(default_factory=list)  # counts that the growth figures to come are told of
    spread: list[tuple[Span, ...]] = field(default_factory=list)  # subjects for the counts to come, after 分别

    def forget(self) -> None:
        """Begin a new part of the report: nothing is carried into it."""
        self.by_unit.clear()
        self.last = None

    def sentence(self, sentence: Sentence, number: int, counts: Sequence[CountFinding]) -> list[Reading]:
        """Return a reading of every count of the sentence."""
        readings: list[Reading] = []
        self.passed.clear()
        self.levels.clear()
        for clause in sentence.clauses:
            places = clause.counts()
            if self.last and self.last.sentence == number and clause.depth < self.last.clause.depth:
                self.last = next((one for one in reversed(self.levels) if one.clause.depth <= clause.depth), self.last)
            if places:
                readings += self._clause(clause, places, number, counts)
                self.passed.clear()
            else:
                self.passed.append(clause)
        return readings

    def _clause(
        self, clause: Clause, places: list[int], number: int, counts: Sequence[CountFinding]
    ) -> list[Reading]:
        row = Row(self.text, clause.tokens, self.lexicon)
        found: list[Reading] = []
        low = 0
        self.spread.clear()
        self.sources.clear()
        self.offered = None
        self.attributive = frozenset(
            place for place in places if counts[clause.tokens[place].ref].dimension not in (*_THINGS, *RELATIVE)
        )
        for place in places:
            reading = Reading(counts[clause.tokens[place].ref], clause, number, place)
            if low > place:  # the noun of the count before stands behind this one
                low = found[-1].place + 1
            low = self._read(row, reading, low, found)
            found.append(reading)
            self.offered = reading.item[0] if low > place + 1 and reading.item else None
            if reading.count.dimension != "duration":
                self.last = reading
                if reading.direction is None:
                    self.levels.append(reading)
                self._remember(reading)
                if reading.count.dimension in RELATIVE and reading.direction is None:
                    self.share = reading
        self._share_forward(found)
        return found

    def _share_forward(self, found: Sequence[Reading]) -> None:
        """Give counts whose noun is left out that of the count they are joined to: 3 个国家级、5 个省级 园区."""
        for former, latter in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
            if latter.joined and latter.behind and (not former.own_item or self._is_adjective(former)):
                former.item, former.own_item, former.behind = latter.item, True, True

    def _is_adjective(self, reading: Reading) -> bool:
        return bool(reading.item) and self.text[: reading.item[-1][1]].endswith(self.lexicon.adjectives)

    def _remember(self, reading: Reading) -> None:
        """Keep the item for later counts of the same unit, unless it only names a part of what came before."""
        unit = reading.count.unit or ""
        if not reading.item or reading.count.dimension in RELATIVE or reading.item[0] == reading.action:
            return
        text = self.text[reading.item[0][0] : reading.item[-1][1]]
        if not reading.own_action and unit not in self.lexicon.agent_units and text.endswith(self.lexicon.agents):
            return  # one of those whose cases are counted
        if unit not in self.by_unit or reading.own_action or text.endswith(self.lexicon.generic):
            self.by_unit[unit] = reading.item, reading.sentence

    def _read(self, row: Row, reading: Reading, low: int, earlier: Sequence[Reading]) -> int:
        """Fill ``reading``; return where the search for the next count's phrases may begin."""
        tokens = row.tokens
        place = reading.place
        if earlier and tokens[low].kind in (PAUSE, CONJUNCTION):
            reading.joined = True
            low += 1
        at = place - 1
        while at >= low and tokens[at].kind in _SKIPPED:
            at -= 1
        if at > low and tokens[at].kind == DATE and row.word(at - 1) in self.lexicon.sources:
            at -= 1
        if at > low and tokens[at].kind == OF and tokens[at - 1].kind in (NOW, DATE) and tokens[at - 2].kind in _LEADING:
            at -= 2  # 增加到 现在的 N
        if earlier and at >= low and tokens[at].kind in (PAUSE, CONJUNCTION):
            reading.joined = True
            at = low - 1
        if earlier and place == earlier[-1].place + 1:
            reading.joined = True  # 980 批次 4560 人次
        kind = tokens[at].kind if at >= low else ""
        if reading.count.dimension == "duration":
            self._duration(row, reading, low, at)
            return low
        if kind in (RISES, FALLS) and (compared := self._outdone(row, low, at)) >= 0:
            self._share_of(row, reading, low, compared)
            return place + 1
        if kind in _MEASURING:
            return self._measured(row, reading, low, at)
        if kind in _ADJACENT and row.acts(at, low) and not self._is_sum(row, reading, at, low):
            return self._verbal(row, reading, low, at)
        if kind == OF:
            return self._modified(row, reading, low, at, earlier)
        if kind == SHARE:
            return self._share(row, reading, low, at)
        if kind in (PREPOSITION, COMPARISON):
            return self._after_preposition(row, reading, low, at)
        if not kind:
            return self._bare(row, reading, earlier, -1)
        return self._noun(row, reading, low, earlier)

    def _outdone(self, row: Row, low: int, at: int) -> int:
        """Return the 高于 or 快于 whose object the growth word at ``at`` ends, -1 where there is none."""
        return next((place for place in range(low, at) if row.word(place) in self.lexicon.comparatives), -1)

    def _is_sum(self, row: Row, reading: Reading, at: int, low: int) -> bool:
        """Whether the verb before an amount is the noun for it: 中央 投资 5 亿元."""
        return (
            reading.count.dimension == "money"
            and row.tokens[at].kind == NOMINAL
            and at > low
            and row.tokens[at - 1].kind in (NOUN, OTHER)
            and not row.is_agent(*row.tokens[at - 1][1:3])
        )

    def _duration(self, row: Row, reading: Reading, low: int, at: int) -> None:
        """Read a length of time: it has a verb only where one stands by it, 历时 3 个月 or 延长 期限 30 日."""
        place = reading.place
        if reading.count.qualifier == "at_most" or at < low or row.tokens[place - 1].kind in (ADVERB, DATE, NOW):
            return
        lasts = row.tokens[at].kind in PREDICATES or row.word(at) in self.lexicon.lasting
        if not lasts and place + 1 < len(row.tokens) and row.tokens[place + 1].kind in (OTHER, NOUN):
            return
        if row.tokens[at].kind in _ADJACENT | {MEASURES}:
            if row.acts(at, low):
                reading.action = self._action(row, at, low)
            return
        if row.tokens[at].kind == OF and self._changes(row, reading.place) >= 0:
            reading.action = self._action(row, self._changes(row, reading.place), low)
            return
        phrase = row.before(low, reading.place)
        if phrase.verb >= 0 and row.tokens[phrase.verb].kind in _ADJACENT:
            reading.action = self._action(row, phrase.verb, low)

    def _measured(self, row: Row, reading: Reading, low: int, at: int) -> int:
        """Read SUBJECT 达到 N, SUBJECT 比上年 增长 N, 有 N NOUN."""
        kind = row.tokens[at].kind
        direction = _DIRECTIONS.get(kind)
        reading.direction = direction
        subject = self._subject(row, low, at)
        used = reading.place + 1
        right, after = (None, used)
        if self._may_follow(row, reading) and not (subject.span and reading.count.dimension not in _THINGS):
            right, after = self._after(row, reading)
        offered = subject.span or self.offered
        if right:
            self._own(reading, right)
            used = after
            if reading.count.dimension in _THINGS and row.word(at) in self.lexicon.qualities:
                reading.direction = None  # 提升四个出入口 makes them better, not more
        elif offered:
            self._spread(row, reading, offered, low)
        elif not self._each(row, reading, low):
            self._carry(reading, measured=kind != EXISTS)
        if kind in (COPULA, EXISTS, GROWTH, SHRINKAGE):
            verb = subject.verb if subject.verb >= 0 and row.tokens[subject.verb].kind in VERBS else -1
            if verb < 0 and kind in (COPULA, EXISTS):
                verb = self._own_verb(row, after if right else used)
            if verb < 0:
                verb = subject.relative
            reading.action = self._action(row, verb, low) if verb >= 0 else None
        else:
            reading.action = self._action(row, at, low)
        reading.own_action = reading.action is not None
        return used

    def _after(self, row: Row, reading: Reading) -> tuple[Span | None, int]:
        """Return the noun behind the number, past a measure of the noun itself: 22 个 750 千伏和 330 千伏 工程."""
        tokens = row.tokens
        place = reading.place
        while place + 1 < len(tokens) and tokens[place + 1].kind == COUNT and place + 1 in self.attributive:
            place += 1
            if place + 2 < len(tokens) and tokens[place + 1].kind in (PAUSE, CONJUNCTION) and place + 2 in self.attributive:
                place += 1
        return row.after(place)

    def _own_verb(self, row: Row, place: int) -> int:
        """Return the first verb from ``place`` on that no other count stands before."""
        verb = row.verb_after(place, main=False)
        return verb if all(row.tokens[at].kind != COUNT for at in range(place, verb)) else -1

    def _subject(self, row: Row, low: int, at: int) -> Phrase:
        """Return the subject of the predicate at ``at``; what it is compared with is none."""
        tokens = row.tokens
        for place in range(at - 1, low - 1, -1):
            if tokens[place].kind == COMPARISON:
                at = place
                break
        rises = row.tokens[at].kind in _DIRECTIONS
        phrase = row.before(low, at, inner=True, compound=rises)
        if phrase.preposition < 0:
            return phrase
        topical = row.word(phrase.preposition) in self.lexicon.topical and phrase.span and not self.text.endswith(
            self.lexicon.locatives, *phrase.span
        )
        return Phrase(phrase.span if topical else None, phrase.verb)

    def _spread(self, row: Row, reading: Reading, span: Span, low: int) -> None:
        """Give a count its subject; after 分别 every count gets one of the subjects named together."""
        if self._says_each(row, reading, low):
            parts = _parts(self.text, span, self.lexicon.joints)
            followers = _followers(row, reading.place)
            if len(parts) == followers + 1 > 1:
                reading.item = parts[0]
                reading.own_item = True
                self.spread = parts[1:]
                return
        self._own(reading, span)

    def _each(self, row: Row, reading: Reading, low: int) -> bool:
        """Give the counts after 分别 the items of as many joined counts before them; say whether that was so."""
        number = _followers(row, reading.place) + 1
        former = self.levels[-number:]
        if number < 2 or len(former) < number or not self._says_each(row, reading, low):  # noqa: PLR2004 - each of two
            return False
        reading.item, reading.source = former[0].item, former[0]
        self.sources = former[1:]
        return True

    def _says_each(self, row: Row, reading: Reading, low: int) -> bool:
        between = self.text[row.tokens[low].at : row.tokens[reading.place].at]
        return any(word in between for word in self.lexicon.each)

    def _verbal(self, row: Row, reading: Reading, low: int, at: int) -> int:
        """Read VERB N: the thing counted follows, is the subject, or is carried over."""
        kind = row.tokens[at].kind
        reading.action = self._action(row, at, low)
        reading.own_action = True
        right, after = self._after(row, reading) if self._may_follow(row, reading) else (None, 0)
        if right:
            self._own(reading, right)
            reading.governs = True
            return after
        phrase = row.before(low, at)
        fronted = phrase.span if phrase.verb < 0 and not _followers(row, reading.place) else None
        people = kind == HAPPENS and reading.count.unit in self.lexicon.agent_units
        if fronted and not people and row.is_agent(*fronted):
            fronted = None
        if fronted:
            self._own(reading, fronted)
        else:
            self._carry(reading)
        events = kind == NOMINAL and (reading.count.unit in self.lexicon.events or reading.count.dimension == "money")
        verb = row.tokens[at]
        if not reading.item and (events or (kind == COMPOUND and verb.end - verb.at == _VERB_OBJECT)):
            reading.item = ((verb.at, verb.end),)
        return reading.place + 1

    def _modified(self, row: Row, reading: Reading, low: int, at: int, earlier: Sequence[Reading]) -> int:
        """Read … 的 N: a relative clause whose noun is left out, an earlier value, a share of something."""
        tokens = row.tokens
        source = next((place for place in range(at - 1, low - 1, -1) if tokens[place].kind == PREPOSITION), -1)
        if source >= 0 and self._changes(row, reading.place) >= 0:
            return self._from_value(row, reading, low, source)
        share = next((place for place in range(at - 1, low - 1, -1) if tokens[place].kind == SHARE), -1)
        phrase = row.before(low, at)
        if share >= 0:
            reading.action = tokens[share][1:3]
            self._share_of(row, reading, low, share, phrase.span)
            return reading.place + 1
        if reading.count.dimension in RELATIVE and phrase.preposition >= 0 and row.word(phrase.preposition) in self.lexicon.results:
            self._share_of(row, reading, low, phrase.preposition)  # 为 年计划 的 N%
            return reading.place + 1
        if reading.count.dimension in RELATIVE and phrase.span:
            return self._part_of(row, reading, low, phrase)
        right, after = self._after(row, reading)
        verb = next((place for place in range(at - 1, low - 1, -1) if tokens[place].kind in _ADJACENT
                     and row.acts(place, low)), -1)  # fmt: skip
        if right and source >= 0 and (main := row.verb_after(after, main=True)) >= 0:
            verb = main
        if verb >= 0:
            reading.action = self._action(row, verb, low)
            reading.own_action = True
        if right:
            self._own(reading, right)
            if verb < 0 and earlier:
                reading.action = earlier[-1].action  # 对 23 家单位的 68 份案卷 进行 评查
            return after
        self._carry(reading)
        if not reading.item and phrase.span and verb < 0 and tokens[at - 1].kind != DATE:
            self._own(reading, phrase.span)
        return reading.place + 1

    def _part_of(self, row: Row, reading: Reading, low: int, phrase: Phrase) -> int:
        """Read SUBJECT 达到 WHOLE 的 N%: the subject is told of; without one the whole."""
        predicate = phrase.verb if phrase.verb >= 0 and row.tokens[phrase.verb].kind in _MEASURING else -1
        subject = self._subject(row, low, predicate).span if predicate >= 0 else None
        self._own(reading, subject or phrase.span or (0, 0))
        if predicate >= 0 and row.tokens[predicate].kind in VERBS:
            reading.action = self._action(row, predicate, low)
        return reading.place + 1

    def _changes(self, row: Row, place: int) -> int:
        """Return the verb after ``place`` that leads to a later value: 由 19 个 增加到 29 个."""
        for at in range(place + 1, len(row.tokens)):
            kind = row.tokens[at].kind
            if kind in (MEASURES, RISES, FALLS):
                return at
            if row.word(at) in self.lexicon.results:
                return at - 1 if row.tokens[at - 1].kind in _ADJACENT else at
        return -1

    def _from_value(self, row: Row, reading: Reading, low: int, source: int) -> int:
        span = row.before(low, source, inner=True).span or self._topic()
        if span:
            self._own(reading, span)
        else:
            self._carry(reading)
        reading.action = self._action(row, self._changes(row, reading.place), low)
        return reading.place + 1

    def _share(self, row: Row, reading: Reading, low: int, at: int) -> int:
        reading.action = row.tokens[at][1:3]
        self._share_of(row, reading, low, at)
        return reading.place + 1

    def _share_of(self, row: Row, reading: Reading, low: int, share: int, whole: Span | None = None) -> None:
        """Give a share its item: the subject of 占, else the whole, else what was counted before."""
        phrase = row.before(low, share, inner=True)
        subject = phrase.span if phrase.verb < 0 else None
        if subject or whole:
            self._own(reading, subject or whole or (0, 0))
        else:
            self._inherit(reading, self.last)

    def _after_preposition(self, row: Row, reading: Reading, low: int, at: int) -> int:
        if self._changes(row, reading.place) >= 0 and row.word(at) in self.lexicon.sources:
            return self._from_value(row, reading, low, at)
        if row.word(at) in self.lexicon.results:
            return self._result(row, reading, low, at)
        return self._bare(row, reading, (), at)

    def _result(self, row: Row, reading: Reading, low: int, at: int) -> int:
        """Read SUBJECT 为 N, or VERB 到 N."""
        if at > low and row.tokens[at - 1].kind in _ADJACENT:
            return self._measured_by(row, reading, low, at - 1)
        right, after = self._after(row, reading)
        if right and row.verb_after(after, main=True) >= 0:
            return self._bare(row, reading, (), at)
        subject = row.before(low, at)
        if subject.span:
            self._spread(row, reading, subject.span, low)
        elif right:
            self._own(reading, right)
        else:
            self._carry(reading)
        if subject.verb >= 0 and row.tokens[subject.verb].kind in VERBS:
            reading.action = self._action(row, subject.verb, low)
        return reading.place + 1

    def _measured_by(self, row: Row, reading: Reading, low: int, at: int) -> int:
        subject = self._subject(row, low, at)
        if subject.span:
            self._spread(row, reading, subject.span, low)
        else:
            self._carry(reading)
        reading.action = self._action(row, at, low)
        return reading.place + 1

    def _bare(self, row: Row, reading: Reading, earlier: Sequence[Reading], preposition: int) -> int:
        """Read N NOUN VERB, or a member of an enumeration."""
        place = reading.place
        tokens = row.tokens
        following = tokens[place + 1].kind if place + 1 < len(tokens) else ""
        event = reading.count.unit in self.lexicon.events
        if event and following in (ACTS, RISES, FALLS):
            reading.action = self._action(row, place + 1, place)
            thing, after = row.after(place + 1)
            if thing:
                self._own(reading, thing)
            return after
        right, after = self._after(row, reading) if self._may_follow(row, reading) else (None, place + 1)
        if right:
            self._own(reading, right)
        elif reading.joined and self.sources:
            self._inherit(reading, self.sources.pop(0))
        elif reading.joined and self.spread:
            reading.item, reading.own_item = self.spread.pop(0), True
        elif reading.joined and earlier:
            self._inherit(reading, earlier[-1])
        else:
            self._carry(reading, measured=len(tokens) == 1 and not self._counts_things(reading))
        verb = -1
        if reading.count.dimension in _THINGS or (right and reading.count.dimension in RELATIVE):
            verb = row.verb_after(after, main=preposition >= 0)
        limit = next((at for at in range(place + 1, len(tokens)) if tokens[at].kind == COUNT), len(tokens))
        if verb >= 0 and preposition < 0 and not self._is_own(row, verb, limit):
            verb = -1
        if reading.joined and earlier and (verb < 0 or verb > limit):
            reading.action, reading.direction = earlier[-1].action, earlier[-1].direction
        elif verb >= 0:
            reading.action = self._action(row, verb, place + 1)
            reading.own_action = verb < limit
        return after

    def _is_own(self, row: Row, verb: int, limit: int) -> bool:
        """Whether the verb says something of the count before it, and not of the next one, at ``limit``."""
        joint = row.tokens[limit - 1].kind in (PAUSE, CONJUNCTION)
        return joint if verb > limit else joint or row.tokens[verb].kind != ACTS or limit == len(row.tokens)

    def _noun(self, row: Row, reading: Reading, low: int, earlier: Sequence[Reading]) -> int:
        """Read VERB NOUN N, 对 NOUN N VERB, or NOUN N."""
        former = earlier[-1] if reading.joined else None
        named = former is not None and former.own_item
        plain = named and former is not None and not former.action
        place = reading.place
        phrase = row.before(low, place, inner=named or self._is_sum(row, reading, place - 1, low), plain=plain)
        kind = row.tokens[phrase.verb].kind if phrase.verb >= 0 else ""
        joint = place > low and row.tokens[place - 1].kind in (PAUSE, CONJUNCTION)
        if self._counts_things(reading) or (joint and self._may_follow(row, reading)):
            right, after = self._after(row, reading)
            listed = row.tokens[place - 1].kind == ETC
            if right and (listed or row.tokens[place + 1].kind != NOMINAL or not phrase.span or right[1] > row.tokens[place + 1].end):
                return self._apposition(row, reading, low, phrase)
        if kind == SHARE:
            return self._share_noun(row, reading, low, phrase)
        if kind == COPULA and row.word(phrase.verb) in self.lexicon.comparatives:
            self._share_of(row, reading, low, phrase.verb)
            return place + 1
        if kind == COMPOUND and any(token.kind == ETC for token in row.tokens[phrase.verb : place]):
            phrase, kind = Phrase(phrase.span), ""  # 撤销、确认违法等 败诉案件: what they are called together
        self._take(row, reading, phrase, kind)
        verb = phrase.verb if kind in _ADJACENT else -1
        if kind in (RISES, FALLS) and not (reading.count.dimension in _THINGS and row.word(phrase.verb) in self.lexicon.qualities):
            reading.direction = _DIRECTIONS[kind]
        reading.governs = verb >= 0
        if verb < 0 and not kind and phrase.preposition >= 0:
            verb = row.verb_after(place + 1, main=True)
            if verb < 0 and row.word(phrase.preposition) in self.lexicon.coverbs:
                verb = phrase.preposition
        rate = phrase.span is not None and self.text.endswith(self.lexicon.means, *phrase.span)
        if verb < 0 and not kind and not rate:
            verb = phrase.relative
        if verb < 0 and not kind and place + 1 < len(row.tokens) and row.tokens[place + 1].kind in _FOLLOWING:
            verb = self._own_verb(row, place + 1)
        if verb >= 0:
            reading.action = self._action(row, verb, low)
            reading.own_action = True
        elif reading.joined and earlier[-1].governs and earlier[-1].count.dimension == reading.count.dimension:
            reading.action, reading.governs = earlier[-1].action, True
        return place + 1

    def _take(self, row: Row, reading: Reading, phrase: Phrase, kind: str) -> None:
        """Take the noun before the number as item, unless it names who acted or is the object of 责令履行."""
        named = phrase.span
        others = named and reading.count.unit not in self.lexicon.agent_units and row.is_agent(*named)
        if named and (kind == COMPOUND or (others and kind in _TO_SOMEONE)):
            self._carry(reading)
        if named and phrase.verb >= 0 and self.text[named[0] : named[1]] in self.lexicon.hollow:
            self._own(reading, (row.tokens[phrase.verb].at, named[1]))  # 执行 金额
        elif named and not reading.item:
            self._own(reading, named)
        elif not named:
            self._carry(reading)

    def _apposition(self, row: Row, reading: Reading, low: int, phrase: Phrase) -> int:
        """Read 甲、乙等 N NOUN, whose verb stands before the list."""
        after = self._bare(row, reading, (), phrase.preposition)
        verb = next((at for at in range(low, reading.place) if row.tokens[at].kind in (ACTS, LIGHT, MEASURES, NOMINAL)
                     and row.acts(at, low) and row.opens(at, low)), phrase.relative)  # fmt: skip
        if verb >= 0 and phrase.preposition < 0:
            reading.action = self._action(row, verb, low)
            reading.own_action = True
        return after

    def _share_noun(self, row: Row, reading: Reading, low: int, phrase: Phrase) -> int:
        """Read SUBJECT 占 WHOLE 比重 N: the share is named by all of it; without 比重 by the whole."""
        if phrase.span and self.text[phrase.span[0] : phrase.span[1]].endswith(self.lexicon.means):
            subject = row.before(low, phrase.verb).span
            self._own(reading, (subject[0] if subject else row.tokens[phrase.verb].at, phrase.span[1]))
        else:
            self._share_of(row, reading, low, phrase.verb, phrase.span)
            reading.action = row.tokens[phrase.verb][1:3]
        return reading.place + 1

    def _counts_things(self, reading: Reading) -> bool:
        return reading.count.dimension in _THINGS or reading.count.dimension == "other"

    def _may_follow(self, row: Row, reading: Reading) -> bool:
        """Whether the thing counted can stand behind the number; behind an amount it is a plain noun or has 的."""
        if self._counts_things(reading):
            return True
        after = reading.place + 1
        if after >= len(row.tokens):
            return False
        kind = row.tokens[after].kind
        return kind == OF or kind in (NOUN, OTHER) or (reading.count.dimension not in RELATIVE and kind == UNIT)

    def _own(self, reading: Reading, span: Span) -> None:
        reading.item, reading.own_item = (span,), True
        reading.behind = span[0] >= reading.count.end

    def _carry(self, reading: Reading, *, measured: bool = False) -> None:
        """Carry the item over from the counts before; that of a measure over any unit within the sentence."""
        unit = reading.count.unit or ""
        if measured and self.last and (self.last.clause is reading.clause or self._just_before(reading)):
            self._inherit(reading, self.last)
        elif reading.count.dimension in RELATIVE or reading.direction:
            topic = self._topic()
            if topic:
                self._own(reading, topic)
            else:
                self._inherit(reading, self._compared(reading))
        elif self._counts_things(reading):
            known = self.by_unit.get(unit)
            if known and (unit not in self.lexicon.agent_units or known[1] == reading.sentence):
                reading.item = known[0]
            elif setting := self._setting():
                reading.item = (setting,)

    def _setting(self) -> Span | None:
        """Return the noun of a clause that only says among what is counted: 在全部案件中."""
        for clause in self.passed:
            last = clause.tokens[-1]
            if self.text[last.at : last.end].endswith(self.lexicon.locatives):
                found = Row(self.text, clause.tokens, self.lexicon).before(0, len(clause.tokens)).span
                if found:
                    at, end = found
                    word = next((word for word in self.lexicon.locatives if self.text.endswith(word, at, end)), "")
                    return (at, end - len(word)) if end - len(word) > at else None
        return None

    def _inherit(self, reading: Reading, source: Reading | None) -> None:
        if source:
            reading.item, reading.source = source.item, source

    def _compared(self, reading: Reading) -> Reading | None:
        """Return the count that a percentage with no subject is about: the last rate of the sentence, or the last count."""
        share = self.share
        if reading.direction is None and reading.count.dimension == "percent" and share and share.sentence == reading.sentence:
            return share
        if self.last and self.last.behind:  # 跨越 7 万亿、8 万亿 两个台阶, 增长 5%: not the steps
            level = next((one for one in self.levels if one.clause is self.last.clause and not one.behind and one.item), None)
            return level or self.last
        return self.last

    def _just_before(self, reading: Reading) -> bool:
        """Whether the last count stands in the same sentence with no other clause between."""
        return self.last is not None and self.last.sentence == reading.sentence and not self.passed

    def _topic(self) -> Span | None:
        """Return the subject of a clause without counts that stands since the last count."""
        for clause in self.passed:
            row = Row(self.text, clause.tokens, self.lexicon)
            if row.word(0) in self.lexicon.objects:
                found, _ = row.after(0)
                if found:
                    return found
            for place, token in enumerate(clause.tokens):
                if token.kind in (RISES, FALLS, MEASURES, HAPPENS) and row.acts(place, 0):
                    subject = self._subject(row, 0, place)
                    if subject.span:
                        return subject.span
        return None

    def _action(self, row: Row, at: int, low: int) -> Span:
        """Return the verb at ``at``; of verbs joined by 和 or 、 the first, of 增加到 only 增加."""
        tokens = row.tokens
        while at - 2 >= low and tokens[at - 1].kind in (PAUSE, CONJUNCTION) and tokens[at - 2].kind in _ADJACENT:
            at -= 2
        begin, end = tokens[at].at, tokens[at].end
        if end - begin > 2 and self.text[end - 1] in self.lexicon.results:  # noqa: PLR2004 - 升至 stays whole
            end -= 1
        return begin, end


def _followers(row: Row, place: int) -> int:
    """Return how many counts are joined to the one at ``place`` by 、 or 和."""
    number = 0
    tokens = row.tokens
    while place + 2 < len(tokens) and tokens[place + 1].kind in (PAUSE, CONJUNCTION) and tokens[place + 2].kind == COUNT:
        number += 1
        place += 2
    return number


def _parts(text: str, span: Span, joints: Sequence[str]) -> list[tuple[Span, ...]]:
    """Return the members of 甲、乙和丙产值, each with the tail they share; empty where they cannot be told apart."""
    at, end = span
    cuts = [at]
    for place in range(at, end):
        if text[place] in joints:
            cuts.append(place + 1)
    heads = [(begin, (cuts[number + 1] - 1) if number + 1 < len(cuts) else end) for number, begin in enumerate(cuts)]
    if any(stop - begin < 1 for begin, stop in heads):
        return []
    tail = _tail(text, heads)
    members: list[tuple[Span, ...]] = [((begin, stop), (tail, end)) if tail < end else ((begin, stop),) for begin, stop in heads[:-1]]
    return [*members, (heads[-1],)]


def _tail(text: str, heads: Sequence[Span]) -> int:
    """Return where the tail begins that the last of the names shares with the others: 产值 in 一产、二产产值."""
    begin, end = heads[-1]
    first = heads[0]
    found = text.find(text[first[1] - 1], begin, end)
    if found >= 0:
        return found + 1
    alike = begin + (first[1] - first[0])
    return alike if alike < end else end
