"""Breakdown: candidate totals and parts to those whose sums agree."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.meaning.lexicon import Lexicon
    from extractor.meaning.readings import Reading

_SUMMED = frozenset(("count", "people", "money", "area", "length", "mass", "volume", "energy", "other"))
_MIXED = frozenset(("count", "people"))  # 接待 153 人次, 其中办证 92 件: parts in another measure
_BETWEEN = 8  # counts that a part is behind its total at most where only the noun shows what it is a part of
_ALIKE = 2  # last characters that nouns of one kind share
_SCALES = (("亿", 10**8), ("万", 10**4))
_SKIPPING = 12  # counts among which one that breaks the sum is looked for


class Breakdown(Struct):
    """The counts of a section, and the total that each is found to be a part of."""

    text: str
    lexicon: Lexicon
    readings: Sequence[Reading]
    parents: dict[int, int] = field(default_factory=dict)  # part → total
    proven: set[int] = field(default_factory=set)  # parts whose sum is their total
    values: list[Decimal | None] = field(default_factory=list)  # None for what nothing adds up to

    def __post_init__(self) -> None:
        """Find the counts that parts can add up to."""
        self.values = [self._value(reading) for reading in self.readings]

    def _value(self, reading: Reading) -> Decimal | None:
        """Return the value of a count that parts can add up to: no rate, no mean, no growth."""
        count = reading.count
        if count.dimension not in _SUMMED or reading.direction or reading.is_floor:
            return None
        if reading.item:
            item = self.text[reading.item[0][0] : reading.item[-1][1]]
            if item.endswith(self.lexicon.means):
                return None
        return count.value

    def fits(self, total: int, part: int, *, mixed: bool = False) -> bool:
        """Whether one count can be a part of another; with ``mixed`` in another measure of things or people."""
        whole, piece = self.values[total], self.values[part]
        if whole is None or piece is None or part == total or part in self.proven:
            return False
        first, second = self.readings[total].count, self.readings[part].count
        alike = self._counts_alike(first.unit, second.unit)
        if not alike and not (mixed and {first.dimension, second.dimension} <= _MIXED):
            return False
        return 0 <= piece <= whole

    def settle(self, totals: Sequence[int], parts: Sequence[int], later: Sequence[int] = ()) -> int:
        """Link ``parts`` to that of ``totals`` which they add up to, and return it; -1 for none.

        ``later`` are counts of the next sentence, one of which may complete the sum.
        """
        for total in totals:
            if parts and self._exceeds(total, parts[0]):
                continue
            fitting = [part for part in parts if self.fits(total, part, mixed=True)]
            if not any(self._akin(total, part) for part in fitting):
                continue
            exact = self.run(total, fitting)
            if not exact:
                exact = self._skipping(total, fitting, [part for part in later if self.fits(total, part)])
            if exact:
                self.prove(total, exact)
                return total
        return -1

    def _exceeds(self, total: int, part: int) -> bool:
        """Whether what a list begins with is more than the total, of the same measure."""
        whole, piece = self.values[total], self.values[part]
        if whole is None or piece is None:
            return False
        return piece > whole and self.readings[total].unit == self.readings[part].unit

    def _akin(self, total: int, part: int) -> bool:
        """Whether the measure words have something in common, 件次 and 件, or count the same things, 个 and 家."""
        whole, piece = self.readings[total].unit, self.readings[part].unit
        return self._counts_alike(whole, piece) or not set(whole).isdisjoint(piece)

    def _counts_alike(self, unit: str | None, other: str | None) -> bool:
        """Whether two measure words count the same things: 个 and 家."""
        if unit == other or any(unit in group and other in group for group in self.lexicon.kin):
            return True
        return bool(unit and other) and "(" in f"{unit}{other}" and not _measures(unit).isdisjoint(_measures(other))

    def run(self, total: int, parts: Iterable[int]) -> list[int]:
        """Return the first of ``parts`` that add up to the total, at least two; none where they do not."""
        rest = self.values[total] or Decimal(0)
        found: list[int] = []
        for part in parts:
            rest -= self.values[part] or Decimal(0)
            found.append(part)
            if rest == 0 and len(found) > 1:
                return found
            if rest < 0:
                break
        return []

    def _skipping(self, total: int, parts: Sequence[int], later: Sequence[int]) -> list[int]:
        """Return the parts that add up to the total when one that breaks the sum is left out."""
        candidates = [*parts, *later][:_SKIPPING]
        for omitted in range(1, min(len(parts), len(candidates))):
            found = self.run(total, candidates[:omitted] + candidates[omitted + 1 :])
            if found and found[-1] > candidates[omitted]:
                return found
        return []

    def prove(self, total: int, parts: Sequence[int]) -> None:
        """Link parts that add up to their total."""
        self.link(total, parts)
        self.proven.update(parts)

    def guess(
        self,
        totals: Sequence[int],
        parts: Sequence[int],
        *,
        whole: bool = False,
        wide: bool = False,
        named: bool = False,
    ) -> None:
        """Link the parts from the first on that are told alike and fit the nearest total.

        Of a list that claims to be the ``whole`` they are linked even where they come to more; a ``wide`` list goes on
        behind a semicolon; a total that is ``named`` need not be near.
        """
        summed = [part for part in parts if self.values[part] is not None]
        total = next((at for at in totals if summed and self.fits(at, summed[0])), None)
        if total is None:
            return
        if not (whole or named or self._is_near(total, summed[0]) or self._names_kind(total, summed[0])):
            return
        alike = self.readings[summed[0]].own_action
        rest = self.values[total] or Decimal(0)
        found: list[int] = []
        for part in summed:
            reading = self.readings[part]
            if found and not self._counts_alike(self.readings[total].unit, reading.unit):
                continue  # 其中 毒品案件 27 起, 案值 8 亿元; 走私案件 6 起
            rest -= self.values[part] or Decimal(0)
            ended = found and reading.clause.lead == ";" and not (wide or self._parallel(found[0], part))
            apart = ended or (found and reading.own_action and not alike and not reading.joined)
            slack = self._slack([total, *summed[: len(found) + 1]]) if rest < 0 else 0
            if not self.fits(total, part) or (not whole and (apart or rest < -slack)):
                break
            found.append(part)
        self.link(total, found)

    def _slack(self, places: Sequence[int]) -> Decimal:
        """Return how much figures may be apart that are rounded to 万 or 亿: 1.78 亿 of 5510 万 and 1.2290 亿."""
        counts = [self.readings[at].count for at in places]
        return sum((self._rounding(self.text[one.at : one.end]) for one in counts), Decimal(0))

    def _rounding(self, text: str) -> Decimal:
        """Return half of the last place of a figure in 万 or 亿, nothing for another one."""
        digits = text.lstrip("0123456789,")
        scale = next((size for sign, size in _SCALES if sign in digits), 0)
        if not scale:
            return Decimal(0)
        decimals = len(digits) - len(digits[1:].lstrip("0123456789")) - 1 if digits.startswith(".") else 0
        return Decimal(scale).scaleb(-decimals) / 2

    def _parallel(self, first: int, part: int) -> bool:
        """Whether two counts are told of the same kind of thing: 著作权 案件 30 件; 商标权 案件 20 件."""
        one, other = self.readings[first], self.readings[part]
        if not (one.own_item and other.own_item) or one.own_action or other.own_action:
            return False
        return (
            self.text[one.item[-1][1] - _ALIKE : one.item[-1][1]]
            == self.text[other.item[-1][1] - _ALIKE : other.item[-1][1]]
        )

    def _is_near(self, total: int, part: int) -> bool:
        """Whether nothing else that is measured stands between: growth and shares told of the total do not count."""
        others = 0
        for at in range(total + 1, part):
            if self.values[at] is not None:
                others += 1
            elif self.readings[at].is_relative and not self.readings[at].direction:
                continue  # 占 计划 的 N%
            elif self.readings[at].is_floor:
                continue  # 其中 10 亿元以上 项目 8 个
            elif self._is_told_apart(at) and not self._grows_by(total, at):
                return False
        return others <= 1

    def _names_kind(self, total: int, part: int) -> bool:
        """Whether the part names a kind of what the total counts: 案件 9 万件, …。其中, 食品安全案件 3 万件."""
        whole, piece = self.readings[total], self.readings[part]
        if not (whole.item and piece.own_item) or part - total > _BETWEEN or whole.unit != piece.unit:
            return False
        kind = self.text[piece.item[-1][1] - _ALIKE : piece.item[-1][1]]
        return kind in self.text[whole.item[0][0] : whole.item[-1][1]]

    def _is_told_apart(self, at: int) -> bool:
        reading = self.readings[at]
        return reading.own_item and reading.count.dimension != "duration"

    def _grows_by(self, total: int, at: int) -> bool:
        """Whether growth is told of the measure word of the total: 来访 412 批, 批次 下降 9%."""
        reading, unit = self.readings[at], self.readings[total].unit
        return bool(reading.direction and unit) and self.text.startswith(unit, reading.item[0][0])

    def link(self, total: int, parts: Sequence[int]) -> None:
        """Make ``parts`` parts of the total, unless it is one of theirs."""
        for part in parts:
            if part not in self.proven and not self._descends(total, part):
                self.parents[part] = total

    def _descends(self, at: int, ancestor: int) -> bool:
        while at in self.parents:
            at = self.parents[at]
            if at == ancestor:
                return True
        return False


def _measures(unit: str | None) -> frozenset[str]:
    """Return the measure words that one with a bracket stands for: 件(批)次 for 件, 批, 件次 and 批次."""
    first, _, rest = (unit or "").partition("(")
    inner, _, tail = rest.partition(")")
    return frozenset((first, inner, first + inner, first + tail, inner + tail)) - {"", "次"}
