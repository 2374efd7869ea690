"""Readings: what the grammar says of one count, before it becomes part of a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.meaning.lexicon import COUNT, NOUNS, VERBAL

if TYPE_CHECKING:
    from extractor.findings import CountFinding
    from extractor.meaning.behind import Span
    from extractor.meaning.clauses import Clause

THINGS = frozenset(("count", "people"))
_TINY = ("/10000", "/1000000")
RELATIVE = frozenset(("percent", "percentage_point"))


class Reading(Struct):
    """What the grammar says of one count; filled while its clause is read."""

    count: CountFinding
    clause: Clause
    sentence: int
    place: int  # among the tokens of the clause
    unit: str  # the measure word, empty where there is none
    is_relative: bool  # whether the figure is a percentage of something or points of one
    item: tuple[Span, ...] = ()
    action: Span | None = None  # the whole verb
    direction: str | None = None
    own_item: bool = False  # named beside the count, not carried over
    own_action: bool = False
    governs: bool = False  # its verb has what is counted as object, so a noun joined to it has too
    behind: bool = False  # the item stands behind the number
    joined: bool = False  # by 、 or 和 to the count before it
    source: Reading | None = None  # the count that the item is carried over from

    @property
    def is_threshold(self) -> bool:
        """Whether it is an amount that a rule allows: 处 1 万元以上 3 万元以下 的罚款."""
        return self.count.dimension == "money" and self.count.qualifier in ("at_most", "range")

    @property
    def is_floor(self) -> bool:
        """Whether it is the sum from which on things are counted: 10 亿元以上 项目 8 个."""
        if self.count.dimension != "money" or self.count.qualifier not in ("at_least", "over"):
            return False
        kinds = [token.kind for token in self.clause.tokens[self.place + 1 : self.place + 4]]
        return self.behind or (COUNT in kinds[1:] and NOUNS.issuperset(kinds[: kinds.index(COUNT)]))

    @property
    def is_limit(self) -> bool:
        """Whether a rule allows the percentage as a part of a sum: 处 价值 10% 以上 20% 以下 的罚款."""
        return self.is_relative and self.count.qualifier == "range" and self.behind

    @property
    def is_noun(self) -> bool:
        """Whether a noun stands just before the number, and no verb with it."""
        tokens = self.clause.tokens
        return self.place > 0 and not self.behind and tokens[self.place - 1].kind in NOUNS | VERBAL

    @property
    def is_portion(self) -> bool:
        """Whether the figure is a percentage or 万分之五, which measures what follows it: N 的 滞纳金."""
        return self.count.dimension == "percent" or (self.count.fraction or "").endswith(_TINY)

    @property
    def is_amount(self) -> bool:
        """Whether the figure says how much or how many there is of something, no share, no money, no length of time."""
        return not self.is_relative and self.count.dimension not in ("duration", "money", "ratio")

    @property
    def counts_things(self) -> bool:
        """Whether the figure counts things or people, or measures in a way that has no dimension of its own."""
        return self.count.dimension in THINGS or self.count.dimension == "other"
