"""Headings: the words around a figure in a table to what it counts, when, and by whom."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from extractor.meaning.lexicon import FALLS, GROWTH, RISES, SHRINKAGE, VERBS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.findings import CountFinding, DateFinding, UnitFinding
    from extractor.meaning.behind import Span
    from extractor.meaning.lexicon import Lexicon
    from extractor.meaning.outline import Outline
    from extractor.meaning.tables import Cell, Measures
    from extractor.meaning.vocabulary import Vocabulary
    from extractor.ruleset import RuleSet

_Record = TypeVar("_Record", "DateFinding", "UnitFinding")
_GROWTH = frozenset((FALLS, GROWTH, RISES, SHRINKAGE))
_SLACK = 1  # characters that a date leaves of its cell: 2021年 度


class Headings(Struct, frozen=True):
    """Reads the figures of a section's tables."""

    text: str
    dates: Sequence[DateFinding]
    units: Sequence[UnitFinding]
    vocabulary: Vocabulary
    lexicon: Lexicon
    outline: Outline
    measures: Measures
    rules: RuleSet
    seen: dict[Span, tuple[str, str]]  # label or head, to verb and noun

    def told(self, cell: Cell, count: CountFinding) -> CountFinding:
        """Return a count as the headings of its table tell it, where they tell more than the words of its row."""
        if cell.measure:
            count = self.measures.give(count, cell.measure)
        period = self._date(cell.head) or self._date(cell.label) or self._date(cell.name)
        count = replace(count, period=period or count.period)
        staged = count.item and count.action in self.vocabulary.by_action
        return count if staged and not self._names_actor(cell.label) else self._read(cell, count)

    def _read(self, cell: Cell, count: CountFinding) -> CountFinding:
        """Return the count with noun and verb from the headings: the row's noun before the column's."""
        grows = self._grows(cell.head)
        spans = [span for span in (cell.label, cell.head) if not self._is_date(span)]
        told = [self._parts(span) for span in spans if not (grows and span == cell.head)]
        verbs = [verb for verb, _ in told if verb]
        nouns = [noun for _, noun in told if noun and noun not in self.lexicon.hollow]
        named = [noun for noun in nouns if not self.lexicon.agents.end(noun)]
        named = [noun for noun in named if noun not in self.lexicon.totals]
        over = "" if grows else self._parts(cell.name)[1]
        item = next(iter(named), None) or over or next(iter(nouns), None)
        action = next(iter(verbs), None)
        said = "".join(self.text[at:end] for at, end in spans)
        change = ("down" if count.value is not None and count.value < 0 else "up", None) if grows else None
        return replace(
            count,
            item=item,
            action=action,
            indicator=self._indicator(cell, count, item or "", action or "", said, grows=grows),
            actor=self._actor(cell) if action else None,
            change=change,
        )

    def _indicator(
        self, cell: Cell, count: CountFinding, item: str, action: str, said: str, *, grows: bool
    ) -> str | None:
        known = self.vocabulary
        own = known.named(item) or known.named(said)
        domain = own[0] if own else known.about(self.text[slice(*cell.name)]) or self._above(count.at)
        if domain is None:
            return None
        if count.dimension == "percent" and not grows:
            return f"{domain}.rate" if known.tells_stage(said) else None
        if count.dimension == "money":
            return f"{domain}.amount" if own else None
        stage = known.stage_of(action, domain) or known.stage_in(said, domain)
        stage = stage or known.stage_by(count.unit or "", domain) or (known.default(domain) if own else None)
        return f"{domain}.{stage}" if stage else None

    def _above(self, at: int) -> str | None:
        headings = self.outline.above(at)
        said = (self.vocabulary.about(self.text[heading.at : heading.end]) for heading in headings)
        return next((domain for domain in said if domain), None)

    def _parts(self, span: Span) -> tuple[str, str]:
        """Return the verb that a heading begins with, or is, and the noun in it; each empty where there is none."""
        if span not in self.seen:
            self.seen[span] = self._cut(*span)
        return self.seen[span]

    def _cut(self, at: int, end: int) -> tuple[str, str]:
        number = self.rules.pattern("meaning.enumerator").match(self.text, at, end)
        at = number.end() if number else at
        for date in _within(self.dates, at, end):
            at = max(at, date.end)  # 2021 年 行政复议案件 情况
        said = self.text[at:end].strip("|:; ")
        said = said[said.rfind(" ") + 1 :]  # 表 2 行政复议案件
        if said.rstrip("%‰") in self.lexicon.columns:
            return "", ""  # 预算数, 为预算%: which of its figures, not what is counted
        tail = next((word for word in self.lexicon.captions if said.endswith(word)), "")
        said = said.removesuffix(tail) or said
        for size in range(len(said), 1, -1):
            if said[:size] in self.vocabulary.by_action or self.lexicon.kinds.get(said[:size]) in VERBS:
                noun = said[size:]
                return ("", said) if noun in self.lexicon.hollow else (said[:size], noun)  # 罚没 金额
        return "", said

    def _grows(self, span: Span) -> bool:
        said = self.text[slice(*span)]
        words = (said[at:] for at in range(len(said)))
        return any(self.lexicon.kinds.get(word) in _GROWTH or word in self.lexicon.growing for word in words)

    def _date(self, span: Span) -> str | None:
        """Return the date that a heading consists of, or that the name of a table holds."""
        found = _within(self.dates, *span)
        if not found and self.rules.pattern("meaning.bare_year").fullmatch(self.text, *span):
            return self.text[slice(*span)]
        return found[0].value if len(found) == 1 and found[0].kind != "masked" else None

    def _is_date(self, span: Span) -> bool:
        found = _within(self.dates, *span)
        if not found:
            return self._date(span) is not None
        return found[0].end - found[0].at >= span[1] - span[0] - _SLACK

    def _names_actor(self, span: Span) -> bool:
        return bool(_within(self.units, *span)) or bool(self.lexicon.agents.to(self.text, *span))

    def _actor(self, cell: Cell) -> str | None:
        found = [unit for span in (cell.label, cell.head) for unit in _within(self.units, *span)
                 if unit.end - unit.at >= span[1] - span[0] - _SLACK]  # fmt: skip
        return found[0].name if found else None


def _within(records: Sequence[_Record], at: int, end: int) -> Sequence[_Record]:
    """Return the records that begin from ``at`` to ``end``."""
    first = bisect_left(records, at, key=lambda one: one.at)
    return records[first : bisect_left(records, end, key=lambda one: one.at)]
