"""Indicators: what a count says, and where, to a code of the vocabulary; no code is better than a wrong one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.meaning.readings import RELATIVE
from extractor.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from extractor.meaning.clauses import Clause
    from extractor.meaning.lexicon import Lexicon
    from extractor.meaning.outline import Outline
    from extractor.meaning.readings import Reading
    from extractor.ruleset import RuleSet

_PLACED = frozenset(("percent", "percentage_point", "count", "people", "money", "other"))


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: the verbs and nouns that name it, the domains it belongs to (none: all), its measure words."""

    name: str
    actions: frozenset[str]
    words: tuple[str, ...]
    domains: frozenset[str]
    units: frozenset[str]
    order: str = ""  # stages that a case passes one after the other are numbered


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The domains by the words that name them, and the stages in the order they are tried."""

    words: tuple[tuple[str, str], ...]  # word, domain
    context: tuple[tuple[str, str], ...]  # words that name it from elsewhere in the clause
    stages: tuple[Stage, ...]
    by_action: Mapping[str, tuple[Stage, ...]]
    orders: Mapping[str, str]  # verbs of the stages that a case passes one after the other, to their number
    inherited: frozenset[str]  # domains of cases, whose breakdown by subject stays in them
    beside: frozenset[str]  # domains that a clause names beside the people counted
    judicial: frozenset[str]
    known: dict[str, tuple[str, int] | None] = field(default_factory=dict)  # domains of texts looked up before

    def about(self, text: str) -> str | None:
        """Return the domain that a heading, a title or a clause is about: the one it names last."""
        places = [(at + len(word), len(word), domain) for word, domain in self.context if (at := text.rfind(word)) >= 0]
        return max(places)[2] if places else None

    def issues(self, action: str) -> bool:
        """Whether the verb says that papers were issued."""
        return any(stage.name == "issued" for stage in self.by_action.get(action, ()))


def vocabulary(rules: RuleSet) -> Vocabulary:
    """Return the indicators of ``rules``, built once."""
    return rules.memo("meaning.indicators", lambda: _build(rules))


def _build(rules: RuleSet) -> Vocabulary:
    words: list[tuple[str, str]] = []
    context: list[tuple[str, str]] = []
    for row in rules.table("indicator_domains").rows():
        words += ((word, row["domain"]) for word in _cells(row["words"]))
        context += ((word, row["domain"]) for word in _cells(row["context"]))
    stages = tuple(
        Stage(
            row["stage"],
            frozenset(_cells(row["actions"])),
            tuple(_cells(row["words"])),
            frozenset(_cells(row["domains"])),
            frozenset(_cells(row["units"])),
            row["order"],
        )
        for row in rules.table("indicator_stages").rows()
    )
    kinds = {name: frozenset(row["domain"] for row in rules.table("indicator_domains").rows()
                             if name in _cells(row["kinds"])) for name in ("cases", "beside", "judicial")}  # fmt: skip
    by_action: dict[str, tuple[Stage, ...]] = {}
    for stage in stages:
        for action in stage.actions:
            by_action[action] = (*by_action.get(action, ()), stage)
    orders = {action: told[0].order for action, told in by_action.items() if told[0].order}
    return Vocabulary(tuple(words), tuple(context), stages, by_action, orders, kinds["cases"], kinds["beside"], kinds["judicial"])


def _cells(cell: str) -> list[str]:
    return [fold(value) for value in cell.split(";") if value]


@dataclass(slots=True)
class Indicators:
    """Gives the counts of one section their indicators; asked in the order of the text."""

    text: str
    vocabulary: Vocabulary
    lexicon: Lexicon
    outline: Outline
    title: str | None
    codes: dict[int, str | None] = field(default_factory=dict)  # by position of the count in the text
    recent: tuple[int, str] | None = None  # paragraph and domain of the last count that has one

    def of(self, reading: Reading, parent: Reading | None, earlier: Sequence[Clause], paragraph: int) -> str | None:
        """Return the code for a count; ``earlier`` are the clauses of its sentence before its own."""
        code = self._code(reading, parent, earlier, paragraph)
        self.codes[reading.count.at] = code
        if code:
            self.recent = paragraph, code.partition(".")[0]
        return code

    def _code(self, reading: Reading, parent: Reading | None, earlier: Sequence[Clause], paragraph: int) -> str | None:
        if reading.count.dimension not in _PLACED:
            return None
        relative = reading.count.dimension in RELATIVE
        if reading.source and (relative or reading.direction):
            code = self.codes.get(reading.source.count.at)
            return f"{code.partition('.')[0]}.rate" if code and not reading.direction else code
        item = "".join(self.text[at:end] for at, end in reading.item).strip("《》“”")
        if parent and not reading.own_action and not (reading.own_item and self._tells_outcome(item)):
            code = self.codes.get(parent.count.at)
            if code and code.partition(".")[0] in self.vocabulary.inherited:
                return code
        action = self.text[slice(*reading.action)] if reading.action else ""
        domain = self._domain(reading, item, action, earlier, paragraph)
        if domain is None:
            return None
        stage = self._stage(reading, domain, item, action)
        return f"{domain}.{stage}" if stage else None

    def _domain(
        self, reading: Reading, item: str, action: str, earlier: Sequence[Clause], paragraph: int
    ) -> str | None:
        found = self._named(item) or self._placed(item)
        if found:
            people = self._beside(reading) if found[0] == "personnel" else None
            return people or (found[0] if self._fits(reading, item[found[1] :]) else None)
        relative = reading.count.dimension in RELATIVE
        if relative and not self._tells_stage(item):
            return self._beside(reading) if item.endswith(self.lexicon.agents) else None
        if reading.count.dimension == "money":
            return self._of_amount(reading, item, paragraph)
        if reading.count.dimension == "people" or (item and self.vocabulary.issues(action)):
            return self._beside(reading)
        if item.endswith(self.lexicon.cases) and self._is_judicial(action):
            court = self._court(reading, earlier)
            if court:
                return court
        if not relative and item and not self._is_generic(item):
            return None
        if not item and not self.vocabulary.by_action.get(action):
            return None
        return self._from_context(reading, earlier, paragraph)

    def _named(self, text: str) -> tuple[str, int] | None:
        """Return the domain that ``text`` names last, and where the word for it ends."""
        known = self.vocabulary.known
        if text not in known:
            best = max(((at + len(word), len(word), domain) for word, domain in self.vocabulary.words
                        if (at := text.rfind(word)) >= 0), default=None)  # fmt: skip
            known[text] = (best[2], best[0]) if best else None
        return known[text]

    def _placed(self, text: str) -> tuple[str, int] | None:
        """Return the domain of the office that ``text`` names, and where the word for it ends."""
        places = [(at + len(word), domain) for word, domain in self.vocabulary.context if (at := text.find(word)) >= 0]
        return max(places)[::-1] if places else None

    def _of_amount(self, reading: Reading, item: str, paragraph: int) -> str | None:
        """Return the domain of a sum of money: that of the subject it is of, or of the cases told before it."""
        if item in self.lexicon.hollow:
            found = self._named(self.text[reading.clause.at : reading.count.at])
            return found[0] if found else None
        if self._tells_stage(item) and self.recent and self.recent[0] == paragraph:
            return self.recent[1]
        return None

    def _fits(self, reading: Reading, tail: str) -> bool:
        """Whether the words behind that for the domain leave it the thing counted: 行政复议 案件, but not 培训 基地."""
        if reading.count.dimension in RELATIVE or reading.count.dimension == "money" or not tail:
            return True
        return tail.endswith(self.lexicon.generic) or tail in self.lexicon.hollow or self._tells_stage(tail)

    def _tells_stage(self, text: str) -> bool:
        return any(word in text for stage in self.vocabulary.stages for word in stage.words)

    def _tells_outcome(self, text: str) -> bool:
        """Whether ``text`` names how cases ended: 败诉 案件."""
        return any(word in text for stage in self.vocabulary.stages if stage.domains and not stage.order for word in stage.words
                   if stage.domains & self.vocabulary.inherited)  # fmt: skip

    def _beside(self, reading: Reading) -> str | None:
        """Return the domain that the clause names beside the people or papers counted: 200 人参加了培训."""
        tokens = reading.clause.tokens
        said = self.text[tokens[0].at : tokens[-1].end]
        return next((domain for word, domain in self.vocabulary.context
                     if domain in self.vocabulary.beside and word in said), None)  # fmt: skip

    def _is_judicial(self, action: str) -> bool:
        return action in self.lexicon.judicial or action in self.vocabulary.by_action

    def _court(self, reading: Reading, earlier: Sequence[Clause]) -> str | None:
        """Return the domain of the court or procuratorate whose cases these are."""
        for clause in (reading.clause, *reversed(earlier)):
            said = self.text[clause.at : clause.tokens[-1].end]
            first = min(((said.find(word), domain) for word, domain in self.vocabulary.context
                         if domain in self.vocabulary.judicial and word in said), default=None)  # fmt: skip
            if first:
                return first[1]
        domain = self.vocabulary.about(self.title or "")
        return domain if domain in self.vocabulary.judicial else None

    def _is_generic(self, item: str) -> bool:
        for word in self.lexicon.neutral:
            item = item.replace(word, "")
        return not item or item in self.lexicon.generic

    def _from_context(self, reading: Reading, earlier: Sequence[Clause], paragraph: int) -> str | None:
        tokens = reading.clause.tokens
        domain = self.vocabulary.about(self.text[reading.clause.at : tokens[-1].end])
        if domain:
            return domain
        if self.recent and self.recent[0] == paragraph:
            return self.recent[1]
        for heading in self.outline.above(reading.count.at):
            domain = self.vocabulary.about(self.text[heading.at : heading.end])
            if domain:
                return domain
        return self.vocabulary.about(self.title or "")

    def _stage(self, reading: Reading, domain: str, item: str, action: str) -> str | None:
        count = reading.count
        if count.dimension in RELATIVE and (not reading.direction or item.endswith(self.lexicon.means)):
            return "rate"
        if count.dimension == "money":
            return "amount"
        said = self._stages_of(reading)
        named = [stage.name for stage in said if not stage.domains or domain in stage.domains]
        if named:
            return named[0]
        carried = reading.own_action and not reading.own_item  # what the noun says, it said of another count
        item = "" if carried else item
        found = max(((item.rfind(word), stage.name) for stage in self.vocabulary.stages
                     if not stage.domains or domain in stage.domains
                     for word in stage.words if word in item), default=None)  # fmt: skip
        if found:
            return found[1]
        unit = count.unit or ""
        for stage in self.vocabulary.stages:
            if unit in stage.units and (not stage.domains or domain in stage.domains):
                return stage.name
        if count.dimension in RELATIVE or unit in self.lexicon.plain_units:
            return "issued" if domain == "certificate" else "total"
        return None

    def _stages_of(self, reading: Reading) -> tuple[Stage, ...]:
        """Return the stages that the verb says, with 正在 or 未 before it where that is another one."""
        if reading.action is None:
            return ()
        at, end = reading.action
        words = (self.text[max(at - more, 0) : end] for more in (2, 1, 0))
        return next((stages for word in words if (stages := self.vocabulary.by_action.get(word))), ())
