"""Traits: what the words around a count say of it: a sum, a size, a part of a list, one who is paid."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from extractor.meaning.lexicon import (
    ACTS,
    ADVERB,
    ASIDE,
    COMPOUND,
    CONJUNCTION,
    COUNT,
    ETC,
    JOINTS,
    LIGHT,
    NOMINAL,
    NOUN,
    OF,
    OTHER,
    PREPOSITION,
    UNIT,
    VERBAL,
    VERBS,
)  # fmt: skip
from extractor.meaning.phrases import Phrase, Row
from extractor.meaning.readings import THINGS

if TYPE_CHECKING:
    from extractor.meaning.behind import Span
    from extractor.meaning.frame import Frame
    from extractor.meaning.readings import Reading

_MEASURED = frozenset(("energy", "length", "other"))  # what things are told apart by, as much as how much there is
_SIZES = frozenset(("area", "energy", "mass", "volume"))  # of what is built: 700 万吨 露天矿
_VERB = 2  # characters of a verb without an object in it
_SHORTEST = 2  # characters of a noun for what is paid
_PREDICATE = VERBAL | {ADVERB, PREPOSITION}
_COLON = len(": ")
_LABEL = 20  # characters of a label, with its bracket
_LABELLING = VERBAL | {ASIDE, NOUN, OTHER, UNIT} | JOINTS
_GIVING = frozenset((ACTS, LIGHT, NOMINAL))


def is_sum(frame: Frame, at: int) -> bool:
    """Whether the verb before an amount is the noun for it: 中央 投资 5 亿元."""
    tokens, row = frame.row.tokens, frame.row
    if frame.reading.count.dimension != "money" or tokens[at].kind != NOMINAL or at <= frame.low:
        return False
    if tokens[at - 1].kind not in (NOUN, OTHER):
        return False
    return not row.is_agent(tokens[at - 1].at, tokens[at - 1].end) or _is_divided(frame, row.word(at))


def _is_divided(frame: Frame, word: str) -> bool:
    """Whether a sum named by the word is being broken down by who has it: 投资 8 亿元, 其中 国有单位 投资 5 亿元."""
    told = frame.memory.subject
    return frame.memory.among and told is not None and frame.row.text.endswith(word, *told.item[-1])


def is_created(frame: Frame, former: Reading | None) -> bool:
    """Whether the count goes on with a list of what is built or begun, all nouns: 新建 学校 3 所、维修 网点 2 个."""
    if former is None or former.action is None or not former.governs:
        return False
    return frame.row.text[slice(*former.action)] in frame.lexicon.creating


def describes_joined(frame: Frame, former: Reading | None) -> bool:
    """Whether a verb that describes begins what is joined to the object of another: 货款 5 万元 及 逾期 利息 86 元."""
    row, low = frame.row, frame.low
    if former is None or not former.governs or low + 1 >= frame.place or row.tokens[low - 1].kind != CONJUNCTION:
        return False
    describes = row.word(low) in frame.lexicon.attributive and row.word(low) not in frame.lexicon.arising
    return describes and row.tokens[low + 1].kind in (NOUN, OTHER)


def is_attribute(frame: Frame) -> bool:
    """Whether the number tells how large the object of the verb is: 推进 总投资 103.7 亿元 的 工程."""
    row, reading = frame.row, frame.reading
    if reading.counts_things or frame.kind_after() != OF or row.tokens[frame.place - 1].kind not in (NOUN, OTHER):
        return False
    sized = row.text.endswith(frame.lexicon.extents, 0, row.tokens[frame.place - 1].end)
    return sized and frame.behind()[0] is not None


def is_object_too(frame: Frame, former: Reading) -> bool:
    """Whether what is joined to the object of a verb is another, not how large that is: 学校 3 所、面积 9 亩."""
    reading = frame.reading
    if frame.row.word(frame.place - 1) in frame.lexicon.fines:
        return False  # 没收 违法所得 3 万元、罚款 5 万元
    dimensions = {former.count.dimension, reading.count.dimension}
    if len(dimensions) == 1 or dimensions <= THINGS:
        return True
    if not reading.own_item or reading.is_relative:
        return False
    if former.action and frame.row.text[slice(*former.action)] in frame.lexicon.stative:
        return True  # 涉及 职工 6420 人、金额 3170 万元
    return not frame.row.text.endswith(frame.lexicon.extents, *reading.item[-1])


def goes_on(frame: Frame) -> Reading | None:
    """Return the count before the comma where that of a clause of its own goes on from it: 贫困户 104 户, 472 人."""
    reading, last = frame.reading, frame.memory.last
    if len(frame.row.tokens) > 1 or last is None or reading.clause.lead != "," or last.unit == reading.unit:
        return None
    ends = last.place == len(last.clause.tokens) - 1 and frame.memory.follows_directly(reading)
    return last if ends and {last.count.dimension, reading.count.dimension} <= THINGS else None


def is_quality(frame: Frame, verb: int) -> bool:
    """Whether things are made better and not more: 提升 清洁乡村 N 个."""
    return frame.reading.count.dimension in THINGS and frame.row.word(verb) in frame.lexicon.qualities


def is_size(frame: Frame, phrase: Phrase) -> bool:
    """Whether a number between two nouns is the size of the latter: 大唐 700 万吨 露天矿, but not 产量 5 万吨."""
    row = frame.row
    if frame.reading.count.dimension not in _SIZES or not phrase.span:
        return False
    graded = row.text.startswith(frame.lexicon.grades, frame.reading.count.end)  # 20 万吨 级 泊位
    sure = phrase.verb < 0 and frame.reading.count.dimension != "area"
    if not sure and not (graded or row.is_agent(*phrase.span)):
        return False
    if frame.kind_after() not in (NOUN, OTHER) or row.text.endswith(frame.lexicon.extents, *phrase.span):
        return False
    _, after = frame.behind()
    return after == len(row.tokens) or row.tokens[after].kind != COUNT


def is_portion(frame: Frame, phrase: Phrase) -> bool:
    """Whether a share of something is the measure of what stands behind it: 持有 该公司 N% 的股权."""
    if phrase.span is None and phrase.verb < 0:
        return frame.behind()[0] is not None  # 全县 97% 的 行政村 通电
    governed = phrase.verb >= 0 and frame.row.tokens[phrase.verb].kind in _GIVING
    return governed and frame.behind()[0] is not None


def what_is_paid(frame: Frame, named: Span) -> Span:
    """Return the noun without the one who is paid before it: 支付 建筑公司 货款."""
    at, end = named
    ends = (found + len(word) for word in frame.lexicon.payees if (found := frame.row.text.rfind(word, at, end)) >= 0)
    return max((place for place in ends if end - place >= _SHORTEST), default=at), end


def names_with_verb(frame: Frame, phrase: Phrase, kind: str) -> bool:
    """Whether the noun says nothing without the verb before it: 检查 情况, 执行 金额, but not 发现 问题, 涉及 金额."""
    row = frame.row
    if not phrase.span or (noun_of := row.text[slice(*phrase.span)]) not in frame.lexicon.hollow:
        return False
    if row.takes(phrase.verb) or row.text[phrase.span[0] - 1] == "”":
        return False  # 通报 问题, 清理 “四乱” 问题
    named_sum = noun_of in frame.lexicon.sum_nouns and row.word(phrase.verb) not in frame.lexicon.stative
    return kind == NOMINAL or named_sum


def fronted(frame: Frame, phrase: Phrase, *, each: bool) -> Span | None:
    """Return the noun before the verb that may be its subject; what stands before 被 is."""
    row, words = frame.row, frame.lexicon
    if phrase.verb >= 0:
        return None
    span = phrase.span
    if phrase.preposition >= 0:
        word = row.word(phrase.preposition)
        placed = span is not None and row.text.endswith(words.locatives, *span)
        if word in words.by or (placed and word in words.placing):
            span = row.before(frame.low, phrase.preposition).span  # 学生 在 竞赛 中 获奖 8 人次
        elif word not in words.topical:
            return None
    if span is None or (frame.followers() and not each):
        return None
    said = row.text[slice(*span)]  # 计划 打井 N, 一审 审结 N, 人均 结案 N, 行动中 拘捕 N
    none = said in words.future or said in words.neutral or said in words.per_head or said in words.modes  # 临时 救助 N
    return None if none or said.endswith(words.locatives) else span


def arises(frame: Frame, at: int) -> bool:
    """Whether those named before the verb are what is counted, not who acts: 科技型企业 新增 1013 家."""
    return frame.reading.unit in frame.lexicon.agent_units and frame.row.word(at) in frame.lexicon.arising


def does_it(frame: Frame) -> bool:
    """Whether the number tells how often those before it do what follows: 窗口 人员 一次 告知."""
    return frame.reading.unit in frame.lexicon.events and frame.kind_after() in _PREDICATE


def pays(frame: Frame, at: int) -> bool:
    """Whether the verb says that an amount is paid, and who stands before it pays: 买受人 付款 8 万元."""
    verb = frame.row.tokens[at]
    done = frame.reading.count.dimension == "money" and verb.kind in (ACTS, COMPOUND)
    return done and frame.row.text.endswith(frame.lexicon.sum_ends, verb.at, verb.end)


def names_both(frame: Frame) -> bool:
    """Whether the noun behind a number of kinds is what the next number counts: 五类 案件 16150 件."""
    former = frame.earlier[-1] if frame.earlier else None
    if former is None or not former.behind:
        return False
    sized = former.count.dimension in _MEASURED or former.is_floor  # 220 千伏 线路 7 万公里
    if not sized and former.unit not in frame.lexicon.kind_units:
        return False
    return former.item[-1][1] == frame.row.tokens[frame.place - 1].end and not frame.may_take_behind()


def before_bracket(frame: Frame) -> Span | None:
    """Return the noun right before a bracket that only counts it: 盗窃案（312 件）、诈骗案（120 件）."""
    clause, around = frame.reading.clause, frame.memory.around
    if clause.lead != "(" or len(frame.row.tokens) > 1 or around is None or around.depth >= clause.depth:
        return None
    if not frame.reading.counts_things or frame.reading.unit in frame.lexicon.agent_units:
        return None  # 武汉（12 家）: who has them
    place = bisect_left(around.read(), clause.at, key=lambda token: token.end)
    low = max((at for at in range(place) if around.tokens[at].kind in JOINTS), default=-1) + 1
    if place <= low or clause.at - around.tokens[place - 1].end > len(" ("):
        return None
    row = Row(frame.row.text, around.tokens, frame.lexicon)
    found = row.before(low, place, plain=low > 0).span
    return None if found and row.is_agent(*found) else found


def labelled(frame: Frame) -> Span | None:
    """Return the noun that labels the number behind its colon: 中标金额: 238 万元."""
    clause, passed = frame.reading.clause, frame.memory.passed
    if clause.lead != ":" or frame.place or not passed:
        return None
    label = passed[-1]
    if label.depth != clause.depth or not 0 < clause.at - label.end <= _COLON or label.end - label.at > _LABEL:
        return None
    tokens = label.read()
    if any(token.kind not in _LABELLING for token in tokens) or tokens[-1].kind in VERBS:
        return None
    if frame.row.text[label.at : label.end] in frame.lexicon.rewriting:
        return frame.memory.last.item[-1] if frame.memory.last and frame.memory.last.item else None
    return Row(frame.row.text, tokens, frame.lexicon).before(0, len(tokens), plain=True).span


def before_mark(frame: Frame, right: Span | None) -> Span | None:
    """Return the noun before the bracket or the colon that the count stands behind, unless things stand behind it."""
    if right is None and (named := before_bracket(frame)):
        return named
    return labelled(frame) if right is None or not frame.reading.counts_things else None


def summed_up(frame: Frame, phrase: Phrase, kind: str) -> tuple[Phrase, str]:
    """Return the phrase without the verbs that a list ending in 等 names things by, and the kind of its verb."""
    row, verb = frame.row, phrase.verb
    named = kind in (ACTS, COMPOUND) and any(token.kind == ETC for token in row.tokens[verb : frame.place])
    if not named:
        return phrase, kind
    if kind == COMPOUND:
        return Phrase(phrase.span), ""  # 撤销、确认违法等 败诉案件: what they are called together
    if verb <= frame.low or row.tokens[verb - 1].kind not in JOINTS:
        return phrase, kind
    first = row.tokens[frame.low]
    leads = first.kind in VERBAL and row.acts(frame.low, frame.low)
    return (Phrase(phrase.span, frame.low), first.kind) if leads else (phrase, kind)  # 受理 贪污、挪用公款等 线索


def managed_by(frame: Frame, phrase: Phrase, at: int) -> Span | None:
    """Return what one verb deals with, and a second tells how: 办理 许可证 新办 12 户, 组织 群众 转移 300 人."""
    row, reading = frame.row, frame.reading
    if phrase.verb < 0 or phrase.span is None or row.word(phrase.verb) not in frame.lexicon.dealing:
        return None
    if phrase.span[1] != row.tokens[at].at or len(row.word(at)) > _VERB:
        return None  # 实施 以工代赈 吸纳就业 36 万人
    if reading.is_relative or (row.is_agent(*phrase.span) and reading.unit not in frame.lexicon.agent_units):
        return None
    return phrase.span


def files_itself(frame: Frame, at: int) -> bool:
    """Whether 立案 N has its object in it, and what else was counted so stands in another paragraph."""
    row = frame.row
    return row.text.startswith(frame.lexicon.cases, row.tokens[at].end - 1) and not frame.memory.is_near(frame.reading)


def is_paper(frame: Frame, at: int) -> bool:
    """Whether the word at ``at`` names what was written, and the measure is one of papers: 调研报告 63 篇."""
    row = frame.row
    if at <= frame.low or row.word(at) not in frame.lexicon.products:
        return False
    before = row.tokens[at - 1]
    named = before.kind in (NOMINAL, NOUN, OTHER) and before.end == row.tokens[at].at
    return named and frame.reading.unit in frame.lexicon.paper_units and not row.is_agent(before.at, before.end)


def is_own(frame: Frame, verb: int, limit: int) -> bool:
    """Whether the verb says something of the count before it, and not of the next one, at ``limit``."""
    tokens = frame.row.tokens
    joint = tokens[limit - 1].kind in JOINTS
    if verb > limit or joint or limit == len(tokens):
        return joint or verb < limit
    place = verb - 1
    while place > frame.next and tokens[place].kind == ADVERB:
        place -= 1
    office = frame.row.is_agent(tokens[place].at, tokens[place].end)
    return tokens[verb].kind != ACTS or (office and frame.row.word(verb) not in frame.lexicon.stative)


def is_mustered(frame: Frame, phrase: Phrase) -> bool:
    """Whether a verb has those before the number as object, and what follows is what they do: 抽调 干部 460 名 支农."""
    row = frame.row
    if phrase.verb < 0 or phrase.span is None or row.tokens[phrase.verb].kind not in (ACTS, NOMINAL):
        return False
    alone = phrase.span == (row.tokens[frame.place - 1].at, row.tokens[frame.place - 1].end)
    mustered = alone and row.text.endswith(frame.lexicon.mustered, *phrase.span)
    return mustered and frame.kind_after() not in (OF, NOUN) and frame.reading.unit in frame.lexicon.mustered_units
