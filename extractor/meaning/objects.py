"""Objects: counts of what a verb is about: VERB N, VERB NOUN N, N NOUN VERB, 对 N NOUN VERB, and members of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.meaning.lexicon import (
    ACTS,
    ADVERB,
    COMPARISON,
    COMPOUND,
    COPULA,
    COUNT,
    DEICTIC,
    ETC,
    FALLS,
    HAPPENS,
    JOINTS,
    LIGHT,
    MEASURES,
    NOMINAL,
    NOUN,
    OF,
    OTHER,
    PARTICLE,
    PAUSE,
    PREPOSITION,
    RISES,
    SHARE,
    VERBAL,
)  # fmt: skip
from extractor.meaning.phrases import Phrase, share_of
from extractor.meaning.readings import THINGS
from extractor.meaning.traits import (
    arises,
    before_mark,
    describes_joined,
    does_it,
    files_itself,
    fronted,
    is_attribute,
    is_created,
    is_mustered,
    is_object_too,
    is_own,
    is_portion,
    is_quality,
    is_size,
    is_sum,
    managed_by,
    names_both,
    names_with_verb,
    pays,
    summed_up,
    what_is_paid,
)

if TYPE_CHECKING:
    from extractor.meaning.behind import Span
    from extractor.meaning.frame import Frame
    from extractor.meaning.readings import Reading

_VERB_OBJECT = 2  # characters of 收案, whose object is the thing counted
_EACH = frozenset((ADVERB, DEICTIC, NOUN, OTHER))  # 每张 床位 每年
_FOLLOWING = frozenset((ACTS, ADVERB, COMPOUND, HAPPENS, PARTICLE))  # what begins a predicate behind the number
_TO_SOMEONE = frozenset(("", ACTS))  # with no verb or a plain one the noun may be who acts or who is dealt with
_OPENING = frozenset((ACTS, LIGHT, MEASURES, NOMINAL))


def verbal(frame: Frame, at: int) -> int:
    """Read VERB N: the thing counted follows, is the subject, or is carried over."""
    row, reading = frame.row, frame.reading
    kind = row.tokens[at].kind
    if kind == COMPOUND and _is_dealt_with(frame, at):
        return frame.next
    frame.act(at)
    reading.own_action = True
    right, after = frame.behind() if frame.may_stand_behind() else (None, 0)
    if right:
        frame.own(right)
        reading.governs = True
        return after
    each = frame.says_each()
    phrase = row.before(frame.low, at, whole=each)
    caused = row.word(at) in frame.lexicon.causing
    subject = None if caused or pays(frame, at) else fronted(frame, phrase, each=each)
    led = phrase.preposition >= 0 and row.word(phrase.preposition) not in frame.lexicon.placing
    told = kind == HAPPENS or row.word(at) in frame.lexicon.intransitive or led
    if frame.follows_up(at) and not row.acts(at, frame.low):
        frame.carry()
        reading.action = row.tokens[at - 1].at, row.tokens[at].end
    elif frame.repeats(at):
        frame.carry()  # 公开 信息 326 条, 其中 政府公报 公开 46 条
    elif subject and (told or not row.is_agent(*subject) or arises(frame, at)):
        frame.spread(subject)
    elif managed := managed_by(frame, phrase, at):
        frame.own(managed)
    elif not caused and not files_itself(frame, at):
        frame.carry(measured=reading.is_amount and row.last_of(COMPARISON, frame.low, at) >= 0)  # 比 去年 多 入库 N
    _name_itself(frame, at, caused=caused)
    return frame.next


def _name_itself(frame: Frame, at: int, *, caused: bool) -> None:
    """Let the verb name what is counted where it holds the thing itself: 办证 286 件, 捐款 3 万元."""
    row, reading = frame.row, frame.reading
    kind, verb = row.tokens[at].kind, row.tokens[at]
    paid = reading.count.dimension == "money"
    if row.word(at) in frame.lexicon.selfnamed and not reading.own_item:
        frame.own((verb.at, verb.end))  # 公证处 办证 286 件
    names_sum = (kind == NOMINAL and reading.unit in frame.lexicon.events) or (
        paid and (kind == NOMINAL or row.text.endswith(frame.lexicon.sum_ends, verb.at, verb.end))
    )
    plain = (kind == ACTS or (paid and kind == HAPPENS)) and verb.end - verb.at == _VERB_OBJECT and not names_sum
    if plain and not (caused or reading.item or reading.is_relative):
        frame.inherit_amount()
    if not reading.item and (names_sum or (kind == COMPOUND and verb.end - verb.at == _VERB_OBJECT)):
        reading.item = ((verb.at, verb.end),)


def _is_dealt_with(frame: Frame, at: int) -> bool:
    """Read 办理 变更登记 N 、注销登记 N: what is done is a thing that someone deals with; say whether it is so."""
    row, reading = frame.row, frame.reading
    former = frame.earlier[-1] if reading.joined else None
    if at > frame.low and row.word(at - 1) in frame.lexicon.dealing:
        frame.act(at - 1)
    elif former and former.governs and former.own_item and frame.is_like(former):
        reading.action = former.action
    else:
        return False
    frame.own((row.tokens[at].at, row.tokens[at].end))
    reading.own_action = reading.governs = True
    return True


def bare(frame: Frame, preposition: int = -1, *, alone: bool = True) -> int:
    """Read N NOUN VERB; where the count is not ``alone``, a member of an enumeration."""
    row, reading = frame.row, frame.reading
    if reading.unit in frame.lexicon.events and frame.kind_after() in (ACTS, FALLS, RISES):
        return _repeated(frame)
    right, after = frame.behind() if frame.may_stand_behind() else (None, frame.next)
    last = frame.earlier[-1] if frame.earlier and not alone else None
    former = last if reading.joined else None
    if last and not former and row.word(frame.place - 1) in frame.lexicon.totals:
        frame.inherit(last)  # 分为三类共 30 件
        return frame.next
    if named := before_mark(frame, right):
        frame.own(named)
    else:
        _take_behind(frame, right, former)
    limit = next((at for at in range(frame.next, len(row.tokens)) if row.tokens[at].kind == COUNT), len(row.tokens))
    verb = -1
    done = reading.is_relative and not frame.earlier and frame.kind_after() in _FOLLOWING  # N% 上缴 中央
    if reading.count.dimension in THINGS or (right and reading.is_relative) or done:
        verb = row.verb_after(after, main=preposition >= 0)
        if verb < 0 and right is None and after < len(row.tokens) and row.word(after) in frame.lexicon.coverbs:
            return _by_means(frame, after)
        if verb >= 0 and preposition < 0 and not (is_own(frame, verb, limit) or (right and after == limit)):
            verb = -1
    by = preposition >= 0 and row.word(preposition) in frame.lexicon.manners
    if by and (reading.is_portion or not reading.counts_things):
        return _by_rate(frame, right, after)
    if former and (verb < 0 or verb > limit or (former.governs and right)):
        reading.action, reading.direction = former.action, former.direction
        reading.governs = former.governs
    elif verb >= 0:
        frame.act(verb)
        reading.own_action = verb < limit
    return after


def _by_means(frame: Frame, at: int) -> int:
    """Read 32 人 通过 执法证 考试, where what else only leads to a verb is the verb."""
    frame.carry()
    frame.act(at)
    frame.reading.own_action = True
    return at


def _take_behind(frame: Frame, right: Span | None, former: Reading | None) -> None:
    """Give the count the noun behind it, or that of the count before it, or what is carried over."""
    row, reading = frame.row, frame.reading
    contrasted = former is not None and row.word(frame.low - 1) in frame.lexicon.contrasts
    if names_both(frame):
        frame.inherit(frame.earlier[-1])
    elif right and not contrasted:  # 超过 1 万元 但 不超过 3 万元 的部分
        frame.own(right)
    elif not take_turn(frame, former):
        frame.carry(measured=len(row.tokens) == 1 and not reading.counts_things)


def _by_rate(frame: Frame, right: Span | None, after: int) -> int:
    """Read 按 每日 N 支付 NOUN, 按 N 的 标准 补建, 按 N 计算: what is done at a rate."""
    row = frame.row
    verb = row.verb_after(after, main=False)
    if verb < 0:
        return after
    frame.act(verb)
    thing, end = row.after(verb)
    if right is None and thing and end == len(row.tokens):
        frame.own(thing)
    return after


def take_turn(frame: Frame, former: Reading | None) -> bool:
    """Give a joined count what was kept for it after 分别, or what the count before it has; say whether it got any."""
    memory = frame.memory
    if frame.reading.joined and memory.sources:
        frame.inherit(memory.sources.pop(0))
    elif frame.reading.joined and memory.subjects:
        frame.reading.item, frame.reading.own_item = memory.subjects.pop(0), True
    else:
        frame.inherit(former)
        return former is not None
    return True


def _repeated(frame: Frame) -> int:
    """Read 5 次 调高 NOUN: how often something was done."""
    frame.act(frame.next)
    thing, after = frame.row.after(frame.next)
    if thing:
        frame.own(thing)
    return after


def noun(frame: Frame) -> int:
    """Read VERB NOUN N, 对 NOUN N VERB, or NOUN N, where no noun stands behind the number."""
    row, reading, place = frame.row, frame.reading, frame.place
    former = frame.earlier[-1] if reading.joined else None
    named = former is not None and former.own_item
    end = row.tokens[place - 1].end
    listed = former is not None and former.governs and row.tokens[frame.low - 1].kind == PAUSE
    paid = listed and row.text.endswith(frame.lexicon.payments, 0, end)  # 误工费 N 、住院费 N
    plain = (former is not None and named and not former.action) or describes_joined(frame, former)
    compound = paid or (named and frame.is_like(former)) or is_created(frame, former)
    inner = named or is_sum(frame, place - 1)  # 回收 个人住房 贷款 12 亿元
    phrase = row.before(frame.low, place, inner=inner, plain=plain, compound=compound)
    if _is_apposition(frame, phrase):
        return _apposition(frame, phrase)
    if (by := _per(frame, phrase)) >= 0:
        return bare(frame, by)
    if phrase.span is None and phrase.preposition > frame.low and row.word(phrase.preposition) in frame.lexicon.placing:
        phrase = row.before(frame.low, phrase.preposition)  # 总产值 在 全国 率先 突破 N
    kind = row.tokens[phrase.verb].kind if phrase.verb >= 0 else ""
    phrase, kind = summed_up(frame, phrase, kind)
    if kind == SHARE:
        return _share(frame, phrase)
    if kind in (COPULA, RISES) and row.word(phrase.verb) in frame.lexicon.comparatives:
        return frame.share(phrase.verb)
    if not _names_outcome(frame, phrase, kind):
        _named(frame, phrase, kind, former)
    return frame.next


def _named(frame: Frame, phrase: Phrase, kind: str, former: Reading | None) -> None:
    """Give the count the noun before it, and the verb of that."""
    row, reading = frame.row, frame.reading
    _take(frame, phrase, kind)
    if kind in (FALLS, RISES) and not is_quality(frame, phrase.verb):
        reading.direction = "up" if kind == RISES else "down"
    reading.governs = kind in VERBAL
    verb = phrase.verb if kind in VERBAL else row.verb_of_having(phrase.verb, frame.low)
    if verb >= 0 and is_attribute(frame):
        reading.governs, verb = False, -1
    if verb >= 0 and reading.item and reading.item[0][0] == row.tokens[verb].at:
        verb = -1  # 执行 金额
    if not kind:
        verb = _verb_around(frame, phrase)
        reading.governs = 0 <= verb == phrase.relative  # 移送 的 手机 N 、银行卡 N
    frame.act(verb)
    reading.own_action = verb >= 0
    if verb >= 0:
        return
    if not kind and former is None and reading.own_item and (action := frame.continued()):
        reading.action, reading.governs = action, True
    if former and former.governs and is_object_too(frame, former):
        reading.action, reading.governs = former.action, True


def _names_outcome(frame: Frame, phrase: Phrase, kind: str) -> bool:
    """Read “不同意公开” N, whose quotes hold a verb, and 走访 和 答复率 N, where one is joined to a rate."""
    row, reading = frame.row, frame.reading
    if phrase.span is None:
        return False
    if (outcome := frame.quoted(phrase.span)) is not None:
        frame.carry()
        reading.action, reading.own_action = outcome, True
        return True
    joined = kind in VERBAL and row.tokens[phrase.verb + 1].kind in JOINTS
    if not (joined and reading.is_relative and row.text.endswith(frame.lexicon.means, *phrase.span)):
        return False
    frame.own((row.tokens[phrase.verb].at, phrase.span[1]))
    return True


def _per(frame: Frame, phrase: Phrase) -> int:
    """Return the 按 before a noun that says of how many each, 按 每百户 N 的标准; -1 where there is none."""
    if not phrase.span:
        return -1
    row, per = frame.row, frame.lexicon.per
    for at in range(frame.place - 1, frame.low, -1):
        token = row.tokens[at]
        if row.text.startswith(per, token.at, token.end) and row.word(at - 1) in frame.lexicon.manners:
            return at - 1
        if token.kind not in _EACH:
            break
    return -1


def _share(frame: Frame, phrase: Phrase) -> int:
    """Read SUBJECT 占 WHOLE 比重 N: the share is named by all of it; without 比重 by its subject."""
    row, span = frame.row, phrase.span
    if named := share_of(row, frame.low, phrase):
        frame.own(named)
    else:
        frame.share(phrase.verb, span)
        frame.act(phrase.verb)
    return frame.next


def _is_apposition(frame: Frame, phrase: Phrase) -> bool:
    """Whether the noun behind the number is what is counted, and what stands before it a list or who has it."""
    before = frame.row.tokens[frame.place - 1].kind
    joint = frame.place > frame.low and before in JOINTS
    span = phrase.span if frame.reading.count.dimension == "money" and frame.kind_after() == OF else None
    if span and frame.row.text.endswith(frame.lexicon.payees, *span):
        return frame.behind()[0] is not None  # 给付 该公司 N 的 融资
    if frame.reading.is_portion and frame.kind_after() == OF and not joint:
        return is_portion(frame, phrase)
    led = phrase.span is None and phrase.verb < 0 and frame.may_stand_behind()  # 首期 1 亿元 基金
    if not (frame.reading.counts_things or led or (joint and frame.may_stand_behind()) or is_size(frame, phrase)):
        return False
    right, _ = frame.behind()
    if right is None:
        return False
    first = frame.row.tokens[frame.next]
    if is_mustered(frame, phrase):
        return False
    return before == ETC or first.kind != NOMINAL or not phrase.span or right[1] > first.end


def _apposition(frame: Frame, phrase: Phrase) -> int:
    """Read 甲、乙等 N NOUN, whose verb stands before the list."""
    row = frame.row
    after = bare(frame, phrase.preposition)
    opening = (at for at in range(frame.low, frame.place) if row.tokens[at].kind in _OPENING
               and row.acts(at, frame.low) and row.opens(at, frame.low))  # fmt: skip
    verb = next(opening, phrase.verb if frame.reading.is_portion else phrase.relative)
    if verb >= 0 and phrase.preposition < 0:
        frame.act(verb)
        frame.reading.own_action = True
    return after


def _take(frame: Frame, phrase: Phrase, kind: str) -> None:
    """Take the noun before the number as item, unless it names who acted or is the object of 责令履行."""
    row, named = frame.row, phrase.span
    said = row.text[slice(*named)] if named else ""
    if named is None or said in frame.lexicon.per_head or (frame.reading.is_relative and said in frame.lexicon.shares):
        frame.carry(measured=named is not None)  # 养猪 4100 头, 户均 2.3 头; 税收 9 亿元, 占比 72%
        return
    if frame.reading.count.dimension == "money" and kind in VERBAL:
        named = what_is_paid(frame, named)
    sent = phrase.verb >= 0 and frame.lexicon.action(row.word(phrase.verb)) in frame.lexicon.sending
    held = frame.reading.unit in frame.lexicon.events and row.word(phrase.verb) in frame.lexicon.yields  # 召开会议 N 次
    others = not held and (sent or frame.reading.unit not in frame.lexicon.agent_units) and row.is_agent(*named)
    kind = ACTS if kind == COMPOUND and sent else kind  # 移送公安机关 案件 7 件
    termed = said in frame.lexicon.terms and frame.reading.count.dimension == "people"
    termed = termed or (sent and said in frame.lexicon.detentions)  # 移送 公安机关 行政拘留 5 起
    docketed = kind == COMPOUND and row.text.endswith(frame.lexicon.docketed, *named)  # 立案 公益诉讼 案件 316 件
    if (kind == COMPOUND and not docketed) or termed or (others and kind in _TO_SOMEONE):
        frame.carry()
    if others and kind == ACTS and frame.reading.count.dimension == "money":
        frame.inherit_amount()
        return  # 退还 群众 56 万元
    if termed:
        return  # 判处 有期徒刑 37 人
    if kind in VERBAL and names_with_verb(frame, phrase, kind):
        frame.own((row.tokens[phrase.verb].at, named[1]))  # 执行 金额
    elif not (frame.reading.item or (others and not kind and does_it(frame))):
        frame.own(named)


def _verb_around(frame: Frame, phrase: Phrase) -> int:
    """Return the verb of a noun with none before it: behind 对 NOUN N, in its 的 clause, or just behind the number."""
    row = frame.row
    if phrase.preposition >= 0:
        verb = row.verb_after(frame.next, main=True)
        if verb >= 0:
            return verb
        if row.word(phrase.preposition) in frame.lexicon.coverbs:
            return phrase.preposition
    if phrase.relative >= 0 and phrase.span and not row.text.endswith(frame.lexicon.means, *phrase.span):
        return phrase.relative
    follows = frame.kind_after() in (*_FOLLOWING, PREPOSITION)  # 其中 12 宗 以 调解 方式 解决
    verb = row.own_verb(frame.next) if follows else -1
    counted = verb >= 0 and verb + 1 < len(row.tokens) and row.tokens[verb + 1].kind == COUNT
    return -1 if counted and row.word(verb) in frame.lexicon.stative else verb  # 召回 47 次 涉及 186 件
