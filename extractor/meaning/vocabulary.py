"""Vocabulary: the tables of indicators to the words that name a domain or a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct, field

from extractor.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractor.ruleset import RuleSet

T = TypeVar("T")
_KEPT, _LONGEST = 4096, 64  # texts that are remembered, and characters of one


class Stage(Struct, frozen=True):
    """One stage: the verbs and nouns that name it, the domains it belongs to (none: all)."""

    name: str
    actions: frozenset[str]
    words: tuple[str, ...]
    domains: frozenset[str]
    order: str  # stages that a case passes one after the other are numbered
    names: frozenset[str]  # its verbs and nouns

    def fits(self, domain: str) -> bool:
        """Whether the stage is one of ``domain``."""
        return not self.domains or domain in self.domains


class Vocabulary(Struct, frozen=True):
    """The domains by the words that name them, and the stages in the order they are tried."""

    words: tuple[tuple[str, str], ...]  # word, domain
    context: tuple[tuple[str, str], ...]  # words that name it from elsewhere in the clause
    stages: tuple[Stage, ...]
    by_action: Mapping[str, tuple[Stage, ...]]
    by_unit: Mapping[str, tuple[Stage, ...]]  # by measure word
    orders: Mapping[str, str]  # verbs of the stages that a case passes one after the other, to their number
    endings: frozenset[str]  # verbs that tell how a case ended
    inherited: frozenset[str]  # domains of cases, whose breakdown by subject stays in them
    beside: frozenset[str]  # domains that a clause names beside the people counted
    beside_words: tuple[tuple[str, str], ...]  # those of the context words that name them
    judicial: frozenset[str]
    deeds: frozenset[str]  # domains that the verb alone names: 检查 企业 30 家
    papers: frozenset[str]  # domains that tell of people or papers, and never of cases
    passing: frozenset[str]  # stages that a case passes in turn; what is told of it later is still of that stage
    static: frozenset[str]  # domains of what is there and passes to nothing told after it
    defaults: Mapping[str, str]  # the stage of a domain that no word names, where it is not total
    topics: dict[str, str | None] = field(default_factory=dict)  # what about gave before
    known: dict[str, tuple[str, int] | None] = field(default_factory=dict)  # what named gave before
    offices: dict[str, tuple[str, int] | None] = field(default_factory=dict)  # what placed gave before
    staged: dict[str, bool] = field(default_factory=dict)  # what tells_stage gave before
    ended: dict[str, bool] = field(default_factory=dict)  # what tells_outcome gave before
    nouns: dict[str, str | None] = field(default_factory=dict)  # what stage_in gave before, by domain and noun

    def about(self, text: str) -> str | None:
        """Return the domain that a heading, a title or a clause is about: the one it names last."""
        if text in (known := self.topics):
            return known[text]
        places = [(at + len(word), len(word), domain) for word, domain in self.context if (at := text.rfind(word)) >= 0]
        return _kept(known, text, max(places)[2] if places else None)

    def named(self, text: str) -> tuple[str, int] | None:
        """Return the domain that ``text`` names last, and where the word for it ends."""
        if text in (known := self.known):
            return known.get(text)
        places = [(at + len(word), len(word), domain) for word, domain in self.words if (at := text.rfind(word)) >= 0]
        best = max(places, default=None)
        return _kept(known, text, (best[2], best[0]) if best else None)

    def placed(self, text: str) -> tuple[str, int] | None:
        """Return the domain of the office that ``text`` names, and where the word for it ends."""
        if text in (known := self.offices):
            return known.get(text)
        places = [(at + len(word), domain) for word, domain in self.context if (at := text.find(word)) >= 0]
        best = max(places, default=None)
        return _kept(known, text, (best[1], best[0]) if best else None)

    def tells_stage(self, text: str) -> bool:
        """Whether ``text`` names a stage: 受理 in 受理率."""
        found = self.staged.get(text)
        if found is None:
            found = _kept(self.staged, text, any(word in text for stage in self.stages for word in stage.words))
        return found

    def tells_outcome(self, text: str) -> bool:
        """Whether ``text`` names how cases ended: 败诉 案件."""
        found = self.ended.get(text)
        if found is None:
            endings = (stage for stage in self.stages if not stage.order and stage.domains & self.inherited)
            found = _kept(self.ended, text, any(word in text for stage in endings for word in stage.words))
        return found

    def stage_of(self, action: str, domain: str) -> str | None:
        """Return the stage that a verb says in a domain."""
        fitting = (stage.name for stage in self.by_action.get(action, ()) if stage.fits(domain))
        return next(fitting, None)

    def default(self, domain: str) -> str:
        """Return the stage of a domain where no word names one."""
        return self.defaults.get(domain, "total")

    def only_domain(self, action: str) -> str | None:
        """Return the domain that a verb belongs to where it belongs to no other."""
        domains = {domain for stage in self.by_action.get(action, ()) for domain in stage.domains or ("", "any")}
        return domains.pop() if len(domains) == 1 else None

    def stage_in(self, item: str, domain: str) -> str | None:
        """Return the stage that a noun names last."""
        key = f"{domain}.{item}"
        if key in (known := self.nouns):
            return known.get(key)
        named = ((item.rfind(word), stage.name) for stage in self.stages if stage.fits(domain)
                 for word in stage.words if word in item)  # fmt: skip
        found = max(named, default=None)
        return _kept(known, key, found[1] if found else None)

    def stage_by(self, unit: str, domain: str) -> str | None:
        """Return the stage that a measure word belongs to: 份 are materials."""
        return next((stage.name for stage in self.by_unit.get(unit, ()) if stage.fits(domain)), None)

    def is_rate(self, item: str, action: str, means: tuple[str, ...]) -> bool:
        """Whether ``item`` is the rate of what ``action`` says: 结案率 of 审结."""
        stem = next((item.removesuffix(mean) for mean in means if item.endswith(mean)), "")
        return stem == action or any(stem in stage.names and action in stage.names for stage in self.stages)

    def issues(self, action: str) -> bool:
        """Whether the verb says that papers were issued."""
        return any(stage.name == "issued" for stage in self.by_action.get(action, ()))


def _kept(known: dict[str, T], text: str, found: T) -> T:
    """Return ``found``, kept for the next time that ``text`` comes; what has been kept for long is given up."""
    if len(known) >= _KEPT:
        known.clear()
    if len(text) <= _LONGEST:
        known[text] = found
    return found


def vocabulary(rules: RuleSet) -> Vocabulary:
    """Return the indicators of ``rules``, built once."""
    return rules.memo("meaning.indicators", lambda: _build(rules))


def _build(rules: RuleSet) -> Vocabulary:
    words: list[tuple[str, str]] = []
    context: list[tuple[str, str]] = []
    for row in rules.table("indicator_domains").rows():
        words += ((word, row["domain"]) for word in _cells(row["words"]))
        context += ((word, row["domain"]) for word in _cells(row["context"]))
    rows = rules.table("indicator_stages").rows()
    stages = tuple(
        Stage(
            row["stage"],
            frozenset(_cells(row["actions"])),
            tuple(_cells(row["words"])),
            frozenset(_cells(row["domains"])),
            row["order"],
            frozenset(_cells(row["actions"])).union(_cells(row["words"])),
        )
        for row in rows
    )
    domains = rules.table("indicator_domains").rows()
    kinds = {name: frozenset(row["domain"] for row in domains if name in _cells(row["kinds"]))
             for name in ("cases", "beside", "judicial", "deed", "caseless", "static")}  # fmt: skip
    by_action: dict[str, tuple[Stage, ...]] = {}
    by_unit: dict[str, tuple[Stage, ...]] = {}
    for row, stage in zip(rows, stages, strict=True):
        for action in stage.actions:
            by_action[action] = (*by_action.get(action, ()), stage)
        for unit in _cells(row["units"]):
            by_unit[unit] = (*by_unit.get(unit, ()), stage)
    orders = {action: told[0].order for action, told in by_action.items() if told[0].order}
    return Vocabulary(
        words=tuple(words),
        context=tuple(context),
        stages=stages,
        by_action=by_action,
        by_unit=by_unit,
        orders=orders,
        endings=frozenset(
            action for stage in stages if not stage.order and stage.domains & kinds["cases"] for action in stage.actions
        ),
        inherited=kinds["cases"],
        beside=kinds["beside"],
        beside_words=tuple((word, domain) for word, domain in context if domain in kinds["beside"]),
        judicial=kinds["judicial"],
        deeds=kinds["deed"],
        papers=(kinds["beside"] - kinds["cases"]) | kinds["caseless"],
        passing=frozenset(stage.name for stage in stages if stage.order),
        static=kinds["static"],
        defaults={row["domain"]: row["default"] for row in domains if row["default"]},
    )


def _cells(cell: str) -> list[str]:
    return [fold(value) for value in cell.split(";") if value]
