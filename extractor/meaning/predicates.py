"""Predicates: counts that a subject has: 达到 N, 增长 N, 占 N, 由 N 增加到 N, … 的 N, 历时 N."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.meaning.lexicon import (
    ACTS,
    ADVERB,
    COPULA,
    DATE,
    EXISTS,
    FALLS,
    GROWTH,
    MEASURES,
    NOMINAL,
    NOUN,
    NOW,
    OF,
    OTHER,
    PARTICLE,
    PAUSE,
    PREDICATES,
    PREPOSITION,
    RISES,
    SHARE,
    SHRINKAGE,
    VERBAL,
    VERBS,
)  # fmt: skip
from extractor.meaning.objects import bare, take_turn
from extractor.meaning.phrases import subject
from extractor.meaning.readings import THINGS
from extractor.meaning.traits import labelled
from extractor.meaning.verbs import SPAN

if TYPE_CHECKING:
    from extractor.meaning.behind import Span
    from extractor.meaning.frame import Frame
    from extractor.meaning.phrases import Phrase

DIRECTIONS = {RISES: "up", GROWTH: "up", FALLS: "down", SHRINKAGE: "down"}
MEASURING = PREDICATES | {GROWTH, SHRINKAGE}
_VERBLESS = frozenset((COPULA, EXISTS, GROWTH, SHRINKAGE))


def measured(frame: Frame, at: int) -> int:
    """Read SUBJECT 达到 N, SUBJECT 比上年 增长 N, 有 N NOUN."""
    row, reading, memory = frame.row, frame.reading, frame.memory
    kind = row.tokens[at].kind
    if kind == EXISTS and (of := _headless(frame, at)) >= 0:
        return _described(frame, row.before(frame.low, of), -1, of)
    if kind == COPULA and (verb := _done_to(frame, at)) >= 0:
        return _sized(frame, verb)
    reading.direction = DIRECTIONS.get(kind)
    told = subject(row, frame.low, at, whole=frame.says_each())
    after = used = frame.next
    right: Span | None = None
    if frame.may_stand_behind() and not (told.span and reading.count.dimension not in THINGS):
        right, after = frame.behind()
    if right:
        frame.own(right)
        used = after
        if reading.count.dimension in THINGS and row.word(at) in frame.lexicon.qualities:
            reading.direction = None  # 提升四个出入口 makes them better, not more
    elif reading.joined and told.span is None and (memory.sources or memory.subjects):
        take_turn(frame, None)  # 分别 下降 N 和 增长 N
    elif offered := _told_of(frame, told.span) or _told_before(frame):
        frame.spread(offered)
    elif not frame.spread_sources():
        frame.carry(measured=kind != EXISTS)
    frame.act(_verb_of(frame, told, used) if kind in _VERBLESS else at)
    reading.own_action = reading.action is not None
    return used


def _headless(frame: Frame, at: int) -> int:
    """Return the 的 of a relative clause whose noun is left out, the subject of 有 at ``at``; -1 for none."""
    tokens, of = frame.row.tokens, at - 1
    while of > frame.low and tokens[of].kind == ADVERB:
        of -= 1
    return of if of > frame.low and tokens[of].kind == OF and frame.behind()[0] is None else -1


def _done_to(frame: Frame, at: int) -> int:
    """Return the verb before 达 at ``at`` whose object is as large as that: 收取 达 N 的 NOUN; -1 for none."""
    tokens, verb = frame.row.tokens, at - 1
    verb -= verb > frame.low and tokens[verb].kind == PARTICLE
    done = verb >= frame.low and tokens[verb].kind == ACTS and not frame.reading.is_relative
    return verb if done and frame.kind_after() == OF and frame.behind()[0] is not None else -1


def _sized(frame: Frame, verb: int) -> int:
    """Read VERB 达 N 的 NOUN."""
    right, after = frame.behind()
    if right:
        frame.own(right)
    frame.act(verb)
    frame.reading.own_action = True
    return after


def _told_of(frame: Frame, span: Span | None) -> Span | None:
    """Return the subject, or the noun behind the last number where the subject only divides it: 421 户 贫困户 户均."""
    divides = span is not None and frame.row.text[slice(*span)] in frame.lexicon.per_head
    follows = divides and frame.memory.follows_directly(frame.reading)
    if not divides:
        return span or frame.memory.offered
    return frame.memory.offered or (None if follows else frame.memory.topic() or span)


def _told_before(frame: Frame) -> Span | None:
    """Return the subjects of a clause without counts, for figures of each: 集群、园区 从无到有, 分别 达 2 个、3 个."""
    grows = frame.reading.direction or frame.reading.is_relative
    each = frame.says_each() and frame.memory.passed and not frame.earlier
    return frame.memory.topic() if each and not grows else None


def _verb_of(frame: Frame, told: Phrase, after: int) -> int:
    """Return the verb of a clause whose predicate is none: before the subject, behind the number, in a 的 clause."""
    if told.verb >= 0 and frame.row.tokens[told.verb].kind in VERBS:
        return told.verb
    verb = frame.row.own_verb(after)
    tokens = frame.row.tokens
    if verb >= 0 and tokens[after].kind == PAUSE:
        verb = -1  # 高等学校 达 66 所 、累计 招生 117 万人; 粮食 产量 达到 73 亿斤 、创新高
    return verb if verb >= 0 else told.relative


def outdone(frame: Frame, at: int) -> int:
    """Return the 高于 or 快于 whose object the growth word at ``at`` ends, -1 where there is none."""
    comparatives = frame.lexicon.comparatives
    return next((place for place in range(frame.low, at) if frame.row.word(place) in comparatives), -1)


def modified(frame: Frame, at: int) -> int:
    """Read … 的 N: a relative clause whose noun is left out, an earlier value, a share of something."""
    row, reading = frame.row, frame.reading
    source, share = row.last_of(PREPOSITION, frame.low, at), row.last_of(SHARE, frame.low, at)
    if source >= 0 and _changes(frame) >= 0:
        return _from_value(frame, source)
    phrase = row.before(frame.low, at)
    if share >= 0:
        frame.act(share)
        return frame.share(share, phrase.span)
    if reading.is_relative and phrase.preposition >= 0 and row.word(phrase.preposition) in frame.lexicon.results:
        return frame.share(phrase.preposition)  # 为 年计划 的 N%
    multiple = reading.unit in frame.lexicon.multiples and frame.behind()[0] is None
    if (reading.is_relative or multiple) and phrase.span:
        return _part_of(frame, phrase)
    return _described(frame, phrase, source, at)


def _described(frame: Frame, phrase: Phrase, source: int, at: int) -> int:
    """Read 未经复议直接起诉 的 N, 承接 的 N NOUN."""
    row, reading, low = frame.row, frame.reading, frame.low
    tokens = row.tokens
    right, after = frame.behind()
    verb = next((place for place in range(at - 1, low - 1, -1) if tokens[place].kind in VERBAL
                 and row.acts(place, low)), -1)  # fmt: skip
    if right and source >= 0 and (main := row.verb_after(after, main=True)) >= 0:
        verb = main
    elif right and (opening := row.opening(low, verb)) >= 0:
        verb = opening  # 明确 了 需要 研究 的 23 项 NOUN
    if verb < 0 <= phrase.preposition and tokens[at - 1].kind == NOMINAL:
        verb = at - 1  # 经 复议 后 起诉 的 N
    frame.act(verb)
    reading.own_action = verb >= 0
    if right:
        frame.own(right)
        if verb < 0 and frame.earlier:
            reading.action = frame.earlier[-1].action  # 对 23 家单位的 68 份案卷 进行 评查
        return after
    frame.carry()
    if tokens[at - 1].kind == DATE:
        last = frame.memory.last
        if last and last.own_action and reading.item == last.item:
            reading.action = last.action  # 收到 664 件, 比 2016 年的 572 件 增加
    elif not reading.item and phrase.span and verb < 0 and not _is_of_others(frame, phrase.span):
        frame.own(phrase.span)
    return frame.next


def _is_of_others(frame: Frame, span: Span) -> bool:
    """Whether the noun names those whose cases or papers are counted: 属于 街道办事处 的 9 件."""
    unit = frame.reading.unit
    return unit != "" and unit not in frame.lexicon.agent_units and frame.row.is_agent(*span)


def _part_of(frame: Frame, phrase: Phrase) -> int:
    """Read SUBJECT 达到 WHOLE 的 N%: the subject is told of; without one the whole."""
    tokens = frame.row.tokens
    predicate = phrase.verb if phrase.verb >= 0 and tokens[phrase.verb].kind in MEASURING else -1
    told = subject(frame.row, frame.low, predicate).span if predicate >= 0 else None
    if found := told or phrase.span:
        frame.own(found)
    if predicate >= 0 and tokens[predicate].kind in VERBS:
        frame.act(predicate)
    elif phrase.preposition >= 0 and frame.row.word(phrase.preposition) in frame.lexicon.manners:
        frame.act(frame.row.own_verb(frame.next))  # 按 NOUN 的 N% 加处
    return frame.next


def _changes(frame: Frame) -> int:
    """Return the verb behind the number that leads to a later value: 由 19 个 增加到 29 个."""
    tokens = frame.row.tokens
    for at in range(frame.next, min(len(tokens), frame.next + SPAN)):
        if tokens[at].kind in (MEASURES, RISES, FALLS):
            return at
        if frame.row.word(at) in frame.lexicon.results:
            return at - 1 if tokens[at - 1].kind in VERBAL else at
    return -1


def _from_value(frame: Frame, source: int) -> int:
    memory = frame.memory
    span = frame.row.before(frame.low, source, inner=True).span or memory.topic() or memory.handled()
    if span:
        frame.own(span)
    else:
        frame.carry()
    frame.act(_changes(frame))
    return frame.next


def prepositional(frame: Frame, at: int) -> int:
    """Read 由 N 增加到, SUBJECT 为 N, VERB 到 N, 对 N NOUN VERB."""
    word = frame.row.word(at)
    if word in frame.lexicon.sources and _changes(frame) >= 0:
        return _from_value(frame, at)
    return _result(frame, at) if word in frame.lexicon.results else bare(frame, at)


def _result(frame: Frame, at: int) -> int:
    """Read SUBJECT 为 N, or VERB 到 N."""
    row, low = frame.row, frame.low
    if at > low and row.tokens[at - 1].kind in VERBAL and _is_done(frame, at - 1):
        told = subject(row, low, at - 1).span
        frame.act(at - 1)
    else:
        right, after = frame.behind()
        if right and row.verb_after(after, main=True) >= 0:
            return bare(frame, at)
        phrase = subject(row, low, at)
        told = phrase.span or right
        if phrase.verb >= 0 and row.tokens[phrase.verb].kind in VERBS:
            frame.act(phrase.verb)
    if told:
        frame.spread(told)
    else:
        frame.carry(measured=True)
    return frame.next


def _is_done(frame: Frame, at: int) -> bool:
    """Whether what may be a noun is the verb before 到 or 为: 调整 为 N, but not 摄影 服务 为 N."""
    tokens = frame.row.tokens
    named = tokens[at].kind == NOMINAL and at > frame.low and tokens[at - 1].kind in (NOUN, OTHER)
    return not named or frame.row.acts(at, frame.low)


def listed(frame: Frame, at: int) -> int:
    """Read SUBJECT 分别为 N 和 N."""
    told = subject(frame.row, frame.low, at, whole=True).span
    if told is None:
        return bare(frame, at, alone=False)
    frame.spread(told)
    return frame.next


def duration(frame: Frame, at: int) -> int:
    """Read a length of time: it has a verb only where one stands by it, 历时 3 个月, 延长 期限 30 日, 5 日内 答复."""
    row, low, place = frame.row, frame.low, frame.place
    tokens = row.tokens
    sentence = frame.kind_after() == NOUN and row.word(frame.next) in frame.lexicon.terms
    if frame.reading.count.qualifier == "at_most" and place + 1 < len(tokens) and not sentence:
        frame.act(row.own_verb(frame.next))
        return low
    if sentence:
        frame.own((tokens[frame.next].at, tokens[frame.next].end))
    if at < low or tokens[place - 1].kind in (ADVERB, DATE, NOW):
        return _limited(frame, at)
    if row.word(at) in frame.lexicon.sources and _changes(frame) >= 0:
        return _from_term(frame, at)
    _of_subject(frame, at)
    lasts = sentence or tokens[at].kind in PREDICATES or row.word(at) in frame.lexicon.lasting
    if not lasts and frame.kind_after() in (NOUN, OTHER):
        return low
    if (term := _sentenced(frame, at)) is not None:
        frame.own(term)
        frame.reading.action = tokens[at].at, term[0]
    elif tokens[at].kind in VERBAL:
        if row.acts(at, low) or (at > low and tokens[at - 1].kind in VERBS):
            frame.act(at)  # also 停业 整顿 3 个月
    elif tokens[at].kind == OF and _changes(frame) >= 0:
        frame.act(_changes(frame))
    else:
        _term(frame)
    return low


def _limited(frame: Frame, at: int) -> int:
    """Read 期限 一般 不超过 3 个月 and 延期 最长 不超过 3 个月, with an adverb before the number."""
    row, low, place = frame.row, frame.low, frame.place
    if place > low and row.tokens[place - 1].kind == ADVERB:
        _own_term(frame, row.before(low, place).span)
        frame.act(at if at >= low and row.word(at) in frame.lexicon.lasting else -1)
    elif (label := labelled(frame)) and row.text.endswith(frame.lexicon.term_nouns, *label):
        frame.own(label)  # 投标有效期: 90 日历天
    return low


def _sentenced(frame: Frame, at: int) -> Span | None:
    """Return the punishment that ends the verb at ``at``: 判处有期徒刑 五年."""
    begin, end = frame.row.tokens[at].at, frame.row.tokens[at].end
    sizes = (len(term) for term in frame.lexicon.terms if frame.row.text.endswith(term, begin, end))
    return next(((end - size, end) for size in sizes if end - size > begin), None)


def _from_term(frame: Frame, source: int) -> int:
    """Read 年限 由 9 年 提高到: how long something lasted before."""
    span = frame.row.before(frame.low, source, inner=True).span
    if span and frame.row.text.endswith(frame.lexicon.term_nouns, *span):
        frame.own(span)
        frame.act(_changes(frame))
    return frame.low


def _of_subject(frame: Frame, at: int) -> None:
    """Read 办理 时限 缩短 5 天, 有效期 为 5 年: what lasts is the subject of the predicate at ``at``."""
    if at > frame.low and frame.row.word(at) in frame.lexicon.results and _changed_to(frame, at):
        return
    row, kind = frame.row, frame.row.tokens[at].kind
    former = frame.earlier[-1] if frame.earlier else None
    if former and former.own_item and former.count.dimension == "duration" and kind in MEASURING:
        frame.inherit(former)  # 年限 由 9 年 提高到 10 年
    changes = not frame.earlier and (kind in DIRECTIONS or kind == MEASURES)
    if not (changes or kind == COPULA or row.word(at) in frame.lexicon.results):
        return
    told = subject(row, frame.low, at).span
    term = frame.memory.term
    if told is None and kind in DIRECTIONS and term and term.sentence == frame.reading.sentence:
        frame.inherit(term)  # 审理 天数 为 58 天, 缩短 6 天
    if told and (changes or row.text.endswith(frame.lexicon.term_nouns, *told)):
        frame.own(told)
    if changes:
        frame.reading.direction = DIRECTIONS.get(kind)


def _changed_to(frame: Frame, at: int) -> bool:
    """Read 办理 时间 压减 至 15 天; say whether it is so."""
    row, low = frame.row, frame.low
    told = subject(row, low, at - 1).span if row.tokens[at - 1].kind in VERBS else None
    if told is None or not row.text.endswith(frame.lexicon.term_nouns, *told):
        return False
    frame.own(told)
    frame.act(at - 1)
    return True


def _term(frame: Frame) -> None:
    """Read 有效期 5 年, 延长 期限 30 日: the noun for a length of time is what it measures."""
    row = frame.row
    phrase = row.before(frame.low, frame.place)
    if phrase.span and row.text.endswith(frame.lexicon.from_day, *phrase.span):
        return  # 自 颁布 之日起 30 日内
    if phrase.verb >= 0 and row.tokens[phrase.verb].kind in VERBAL:
        frame.act(phrase.verb)
    if row.word(frame.place - 1) in frame.lexicon.terms:
        frame.own((row.tokens[frame.place - 1].at, row.tokens[frame.place - 1].end))  # 判处 张某 有期徒刑 四年
    else:
        _own_term(frame, phrase.span)


def _own_term(frame: Frame, span: Span | None) -> None:
    """Give the count the noun at ``span`` where it is one for a length of time."""
    if span and frame.row.text.endswith(frame.lexicon.term_nouns, *span):
        frame.own(span)
