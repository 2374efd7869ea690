"""Lexicon: the tables of verbs and clause words to one look-up by first character, longest word first."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.folding import fold
from extractor.meaning.affixes import Prefixes, Suffixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from extractor.ruleset import RuleSet

# What a stretch of a clause is; the kinds of a verb are what its subject and object mean for a count.
COUNT, DATE, UNIT, ASIDE, NOUN, OTHER = "N", "D", "U", "b", "o", "x"
ACTS, LIGHT, NOMINAL, HAPPENS, MEASURES, COMPOUND = "v", "l", "n", "h", "m", "w"
COPULA, EXISTS, RISES, FALLS, GROWTH, SHRINKAGE = "c", "e", "+", "-", "G", "S"
ADVERB, PREPOSITION, COMPARISON, CONJUNCTION, DEICTIC = "a", "p", "k", "&", "q"
MANNER = "M"  # an adverb before a verb, else a noun: 重点 实施, 重点 项目
CURRENCY = "$"  # an adverb before a number, else a noun: 人民币 8 万元, 人民币 贷款
AHEAD = "?"  # an adverb before a verb, else a preposition: 将 增长, 将 企业 迁出
PARTED = "/"  # begins with a verb of one character, where a longer one would be read: 处 罚金
MARK = "!"  # punctuation that bounds a clause, or encloses something
AMONG, INCLUDES, NOW, PARTICLE, OF, ETC, PAUSE, SHARE = "z", "i", "t", "y", "的", "等", "、", "%"

VERBS = frozenset((ACTS, LIGHT, HAPPENS, MEASURES, COMPOUND, RISES, FALLS))
VERBAL = VERBS | {NOMINAL}
CHANGES = frozenset((FALLS, RISES))
NOUNS = frozenset((ASIDE, GROWTH, NOUN, OTHER, SHRINKAGE, UNIT))
JOINTS = frozenset((CONJUNCTION, PAUSE))
PREDICATES = frozenset((COPULA, EXISTS, MEASURES, RISES, FALLS))  # their subject is what is counted

_KINDS = {
    "acts": ACTS, "light": LIGHT, "nominal": NOMINAL, "happens": HAPPENS, "measures": MEASURES,
    "compound": COMPOUND, "copula": COPULA, "exists": EXISTS, "rises": RISES, "falls": FALLS, "short": ACTS,
    "share": SHARE,
    "adverb": ADVERB, "preposition": PREPOSITION, "comparison": COMPARISON, "conjunction": CONJUNCTION,
    "deictic": DEICTIC, "among": AMONG, "includes": INCLUDES, "now": NOW, "particle": PARTICLE,
    "growth": GROWTH, "shrinkage": SHRINKAGE, "of": OF, "etc": ETC, "noun": NOUN, "manner_noun": MANNER,
    "but": CONJUNCTION, "currency": CURRENCY, "extreme": CURRENCY, "parted": PARTED,
}  # fmt: skip
_MARKS = ",;:\t。!?\n()“《[〈‘"
_PAIR = 2  # characters of most verbs
_AMBIGUOUS = CHANGES | {ADVERB, AHEAD, CURRENCY, MANNER, PARTED}
_TELLING = (AMONG, INCLUDES, NOW)  # kinds that a clause is searched for before its words are read
# classes whose one-character words are read only directly before a number
_TIGHT = frozenset(("short", "acts", "rises", "falls", "copula", "exists", "share", "but"))

# fields of the lexicon to the classes of their words: those that are looked up, those tried longest first, and those
# of which there are too many to try at the head or the end of every noun
_SETS = {
    "heads": "head", "hollow": "hollow", "events": "event", "each": "each", "particles": "particle",
    "results": "result", "sources": "source", "suffixes": "suffix", "agent_units": "agent_unit", "free": "free",
    "temporal": "temporal", "until": "until", "unnamed": "unnamed", "by": "by", "selves": "self",
    "totals": "total", "stative": "stative", "terms": "term", "future": "future", "decides": "decides",
    "topical": "topical", "pronouns": "pronoun", "comparatives": "comparative", "coverbs": "coverb",
    "objects": "object", "whole": "whole", "adjusted": "adjusted", "per_head": "per_head", "modes": "manner_noun",
    "qualities": "quality", "counting": "counting", "lasting": "lasting", "manners": "manner", "judicial": "judicial",
    "plain_units": "plain_unit", "via": "via", "achieved": "achieved", "yields": "yields", "growing": "growing",
    "attributive": "attributive", "dealing": "dealing", "founding": "founding", "columns": "column",
    "opening": "opening", "sending": "sending", "fronting": "fronting", "main": "main",
    "following": "following", "trades": "trade", "creating": "creating",
    "completing": "completing",
    "ensuring": "ensuring", "intransitive": "intransitive", "containing": "containing",
    "receiving": "receiving", "given": "given", "rating": "rating",
    "kind_units": "kind_unit", "arising": "arising", "selfnamed": "selfnamed", "partly": "partly",
    "manner_nouns": "manner_noun", "pivotal": "pivotal",
    "joining": "joining", "against": "against", "placing": "placing",
    "body_units": "kin_body",
    "contrasts": "but", "multiples": "multiple", "causing": "causing", "stating": "stating",
    "drafting": "drafting", "drafts": "draft", "denials": "denial", "cohorts": "cohort",
    "digging": "digging", "deducting": "deducting",
    "filings": "filing", "rewriting": "rewriting", "styles": "style", "more": "more", "degrees": "degree",
    "mustered_units": "mustered_unit", "products": "product", "paper_units": "paper_unit", "offending": "offending",
    "applying": "applying", "undertaken": "undertaken", "reviewing": "reviewing", "limits": "limit",
    "detentions": "detention", "reviewed_units": "reviewed_unit", "fines": "fine", "winning": "winning",
}  # fmt: skip
_ORDERED = {
    "means": "mean", "rest": "rest",
    "locatives": "locative", "date_suffixes": "date_suffix", "comparing": "comparing", "cases": "case",
    "term_nouns": "term_noun", "sum_nouns": "sum_noun", "adjectives": "adjective", "divisions": "division",
    "neutral": "neutral", "outcomes": "outcome", "repeats": "repeat", "captions": "caption", "within": "within",
    "full_year": "full_year", "carried": "carried", "from_day": "from_day",
    "currencies": "currency", "places": "place", "titles": "title", "extents": "extent", "described": "described",
    "sum_ends": "sum_end", "facilities": "facility",
    "owners": "owner", "deducted": "deducted", "mustered": "mustered", "closing": "closing",
    "works": "works", "offences": "offence", "ways": "way",
    "growths": "growing", "payees": "payee", "spans": "span", "per": "per",
    "adjusted_by": "adjusted_by",
    "tiers": "tier", "hours": "hours", "conferring": "conferring", "valued": "valued", "trailing": "trailing",
    "grades": "grade", "conferred": "conferred",
    "troubles": "trouble", "holdings": "holding", "holders": "holder", "holder_units": "holder_unit",
    "papers": "paper", "audiences": "audience", "persons": "person_unit",
    "undertakings": "undertaking", "listing": "listing",
    "payments": "payment", "court_nouns": "court_noun", "court_rates": "court_rate", "docketed": "docketed",
}  # fmt: skip
_PREFIXES = {"quantifiers": "quantifier", "taking": "taking"}
_SUFFIXES = {"agents": "agent", "generic": "generic", "lacking": "lacking"}


class Lexicon(Struct, frozen=True):
    """The words of clauses: ``kinds`` by word, how to find the longest at a place, and sets of words and word parts."""

    kinds: Mapping[str, str]
    pairs: Mapping[str, tuple[int, ...]]  # the first two characters of longer words, to the lengths of these
    singles: Mapping[str, str]  # words of one character
    marks: re.Pattern[str]  # punctuation, and the words that hold some
    cuts: Mapping[str, tuple[int, ...]]  # longer words to the lengths of those that they begin with
    unsure: frozenset[str]  # words that may be others by what follows them
    telling: Mapping[str, re.Pattern[str]]  # the words of some kinds
    tells: re.Pattern[str]  # those of any of these kinds
    tight: frozenset[str]
    heads: frozenset[str]
    agents: Suffixes
    hollow: frozenset[str]
    generic: Suffixes
    quantifiers: Prefixes
    events: frozenset[str]
    means: tuple[str, ...]
    rest: tuple[str, ...]
    each: frozenset[str]
    each_at: re.Pattern[str]
    particles: frozenset[str]
    results: frozenset[str]
    sources: frozenset[str]
    suffixes: frozenset[str]
    agent_units: frozenset[str]
    locatives: tuple[str, ...]
    date_suffixes: tuple[str, ...]
    free: frozenset[str]
    comparing: tuple[str, ...]
    temporal: frozenset[str]
    until: frozenset[str]
    unnamed: frozenset[str]
    by: frozenset[str]
    selves: frozenset[str]
    listing: tuple[str, ...]
    totals: frozenset[str]
    cases: tuple[str, ...]
    stative: frozenset[str]
    cores: Mapping[str, str]  # what of a verb is the action: 审结 in 尚未审结
    terms: frozenset[str]
    term_nouns: tuple[str, ...]
    future: frozenset[str]
    sum_nouns: tuple[str, ...]
    decides: frozenset[str]
    topical: frozenset[str]
    pronouns: frozenset[str]
    comparatives: frozenset[str]
    coverbs: frozenset[str]
    objects: frozenset[str]
    whole: frozenset[str]
    adjusted: frozenset[str]
    shares: frozenset[str]
    per_head: frozenset[str]
    short: frozenset[str]
    modes: frozenset[str]
    adjectives: tuple[str, ...]
    qualities: frozenset[str]
    counting: frozenset[str]
    lasting: frozenset[str]
    joints: frozenset[str]
    manners: frozenset[str]
    divisions: tuple[str, ...]
    judicial: frozenset[str]
    neutral: tuple[str, ...]
    plain_units: frozenset[str]
    kin: tuple[frozenset[str], ...]  # measure words that count the same things: 个 and 家
    via: frozenset[str]
    achieved: frozenset[str]
    outcomes: tuple[str, ...]
    tallying: tuple[str, ...]
    repeats: tuple[str, ...]
    yields: frozenset[str]
    captions: tuple[str, ...]
    growing: frozenset[str]
    attributive: frozenset[str]
    within: tuple[str, ...]
    dealing: frozenset[str]
    full_year: tuple[str, ...]
    carried: tuple[str, ...]
    from_day: tuple[str, ...]
    founding: frozenset[str]
    taking: Prefixes
    columns: frozenset[str]
    opening: frozenset[str]
    ensuring: frozenset[str]
    intransitive: frozenset[str]
    containing: frozenset[str]
    contrasts: frozenset[str]
    growths: tuple[str, ...]  # nouns that do not grow themselves: 增速
    goals: tuple[str, ...]  # they, and those of which a share is done: 年计划
    adjusted_by: tuple[str, ...]  # what growth is reckoned by: 按 可比口径
    grades: tuple[str, ...]
    conferred: tuple[str, ...]
    papers: tuple[str, ...]
    audiences: tuple[str, ...]
    kind_units: frozenset[str]
    arising: frozenset[str]
    selfnamed: frozenset[str]
    partly: frozenset[str]
    joining: frozenset[str]
    pivotal: frozenset[str]
    manner_nouns: frozenset[str]
    placing: frozenset[str]
    body_units: frozenset[str]
    against: frozenset[str]
    persons: tuple[str, ...]
    undertakings: tuple[str, ...]
    receiving: frozenset[str]
    given: frozenset[str]
    rating: frozenset[str]
    payees: tuple[str, ...]
    spans: tuple[str, ...]
    per: tuple[str, ...]
    multiples: frozenset[str]
    causing: frozenset[str]
    stating: frozenset[str]
    drafting: frozenset[str]
    denials: frozenset[str]
    digging: frozenset[str]
    deducting: frozenset[str]
    filings: frozenset[str]
    rewriting: frozenset[str]  # a label of an amount that is written once more
    styles: frozenset[str]
    more: frozenset[str]
    degrees: frozenset[str]
    mustered_units: frozenset[str]
    products: frozenset[str]
    paper_units: frozenset[str]
    empty: frozenset[str]  # what stands behind a number and is not counted
    offending: frozenset[str]
    applying: frozenset[str]  # what those counted do more often than others do to them
    cohorts: frozenset[str]  # behind a year: 2020 届 毕业生
    ways: tuple[str, ...]
    drafts: frozenset[str]  # the object of one who is drafting
    payments: tuple[str, ...]
    court_nouns: tuple[str, ...]
    court_rates: tuple[str, ...]
    docketed: tuple[str, ...]  # the object of a verb like 立案
    currencies: tuple[str, ...]
    sending: frozenset[str]
    fronting: frozenset[str]
    main: frozenset[str]
    following: frozenset[str]
    trades: frozenset[str]
    creating: frozenset[str]
    completing: frozenset[str]
    places: tuple[str, ...]
    titles: tuple[str, ...]
    extents: tuple[str, ...]
    described: tuple[str, ...]
    sum_ends: tuple[str, ...]
    owners: tuple[str, ...]
    deducted: tuple[str, ...]
    closing: tuple[str, ...]
    mustered: tuple[str, ...]  # those who are sent to do something
    works: tuple[str, ...]  # the object of a verb like 修 or 购
    offences: tuple[str, ...]
    lacking: Suffixes
    facilities: tuple[str, ...]  # what ends the name of a thing
    fines: frozenset[str]  # what is done and paid in one: 罚款
    winning: frozenset[str]
    conferring: tuple[str, ...]  # how those who confer an honour are named, or what they do
    tiers: tuple[str, ...]
    valued: tuple[str, ...]  # what is reckoned in money
    hours: tuple[str, ...]
    trailing: tuple[str, ...]  # what is no part of the noun that it stands behind: 案件 时
    undertaken: frozenset[str]  # what is done to things, behind their name: 建设
    reviewing: frozenset[str]
    limits: frozenset[str]  # what leads to the value that something comes to
    detentions: frozenset[str]  # what those are sent to who are handed over
    reviewed_units: frozenset[str]  # measures of what is gone through one by one
    troubles: tuple[str, ...]
    holdings: tuple[str, ...]  # what people have, and are counted by: 居民 不动产证
    holders: tuple[str, ...]
    holder_units: tuple[str, ...]
    forked: frozenset[str]  # verbs that begin with a preposition, which may stand before another verb

    def longest(self, text: str, at: int, limit: int) -> int:
        """Return the length of the longest word at ``at`` that ends by ``limit``, 0 where there is none."""
        sizes = self.pairs.get(text[at : at + 2])
        if sizes:
            for size in sizes:
                if at + size <= limit and text[at : at + size] in self.kinds:
                    return size
        return 1 if text[at : at + 1] in self.singles else 0

    def action(self, verb: str) -> str:
        """Return what of a verb is the action: 审结 of 尚未审结."""
        return self.cores.get(verb, verb)


def lexicon(rules: RuleSet) -> Lexicon:
    """Return the lexicon of ``rules``, built once."""
    return rules.memo("meaning.lexicon", lambda: _build(rules))


def _build(rules: RuleSet) -> Lexicon:
    classes: dict[str, set[str]] = defaultdict(set)
    kinds: dict[str, str] = {}
    tight: set[str] = set()
    for table in ("clause_words", "verbs"):
        for row in rules.table(table).rows():
            word, name = fold(row["word"]), row["class"]
            classes[name].add(word)
            if name in _KINDS:
                kinds[word] = _KINDS[name]
                if len(word) == 1 and name in _TIGHT:
                    tight.add(word)
    kinds.update(dict.fromkeys(classes["adverb"] & classes["preposition"], AHEAD))
    kinds[PAUSE] = PAUSE
    kinds.update(dict.fromkeys(_MARKS, MARK))
    lengths: dict[str, set[int]] = defaultdict(set)
    for word in kinds:
        if len(word) > 1:
            lengths[word[:2]].add(len(word))
    forked = frozenset(
        word
        for word, kind in kinds.items()
        if len(word) == _PAIR and kind in VERBS and kinds.get(word[0]) == PREPOSITION
    )
    cuts = {word: sizes for word in kinds if (sizes := _shorter(word, kinds))}
    told = {word for word in classes["achieved"] if len(word) > _PAIR}
    return Lexicon(
        kinds=kinds,
        cuts=cuts,
        unsure=forked.union(cuts, told, (word for word, kind in kinds.items() if kind in _AMBIGUOUS)),
        pairs={first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()},
        singles={word: kind for word, kind in kinds.items() if len(word) == 1},
        marks=_any_of(word for word in kinds if not set(word).isdisjoint(_MARKS)),
        tells=_any_of(word for word in kinds if kinds[word] in _TELLING),
        telling={kind: _any_of(word for word in kinds if kinds[word] == kind) for kind in _TELLING},
        each_at=_any_of(classes["each"]),
        tight=frozenset(tight - classes["loose"]),
        cores={fold(row["word"]): fold(row["core"]) for row in rules.table("verbs").rows() if row["core"]},
        shares=frozenset(classes["share"] | classes["share_lead"]),
        empty=frozenset(classes["trailing"] | classes["milestone"]),
        short=frozenset(word for word in classes["short"] | classes["acts"] if len(word) == 1),
        joints=frozenset({PAUSE, *(word for word in classes["conjunction"] if len(word) == 1)}),
        kin=tuple(frozenset(classes[name]) for name in sorted(classes) if name.startswith("kin_")),
        goals=_by_length(classes["goal"] | classes["growing"]),
        tallying=_by_length(classes["total"] | classes["tallying"]),
        forked=forked,
        **{field: frozenset(classes[name]) for field, name in _SETS.items()},  # type: ignore[arg-type]  # as declared
        **{field: _by_length(classes[name]) for field, name in _ORDERED.items()},  # type: ignore[arg-type]  # as above
        **{field: Prefixes.of(classes[name]) for field, name in _PREFIXES.items()},  # type: ignore[arg-type]  # as above
        **{field: Suffixes.of(classes[name]) for field, name in _SUFFIXES.items()},  # type: ignore[arg-type]  # as above
    )


def _shorter(word: str, kinds: Mapping[str, str]) -> tuple[int, ...]:
    """Return the lengths of the words that ``word`` begins with and which are up to two characters shorter."""
    sizes = range(len(word) - 1, max(len(word) - _PAIR, _PAIR) - 1, -1)
    return tuple(size for size in sizes if word[:size] in kinds)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _by_length(words: set[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
