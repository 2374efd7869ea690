"""Rates: growth figures and shares to those that the figures beside them contradict."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.check.figures import plain
from extractor.findings import CheckFinding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.check.figures import Figures
    from extractor.meaning.lexicon import Lexicon
    from extractor.meaning.vocabulary import Vocabulary

_TOLD = 12  # figures between a rate and those it follows from
_NEAR = 3  # figures between a growth figure and those it follows from
_SLACK = 3  # units in the last digit by which rounding and cutting off may differ
_CENT = Decimal(100)


def rates(known: Figures, words: Lexicon, stages: Vocabulary) -> Iterator[CheckFinding]:
    """Yield a check for every growth figure and share that the figures beside it contradict."""
    for at, count in enumerate(known.counts):
        told = count.change or (at and count.dimension == "percent")
        if not told or not known.is_exact(at):
            continue
        if count.change:
            yield from _growth(known, at, words)
        else:
            yield from _share(known, at, words)
            yield from _rate(known, at, words, stages)


def _growth(known: Figures, at: int, words: Lexicon) -> Iterator[CheckFinding]:
    """Check 664 件, 比 2016 年的 572 件增加 92 件, 上升 16.1%."""
    count = known.counts[at]
    alike = [
        place
        for place in range(max(0, at - _NEAR), at)
        if count.item
        and known.counts[place].item == count.item
        and known.sentence(place) == known.sentence(at)
        and known.is_exact(place)
        and known.counts[place].dimension not in ("percent", "percentage_point", "duration")
    ]
    levels = [place for place in alike if known.counts[place].change is None]
    if not levels:
        return
    changed = [place for place in alike if known.counts[place].change and known.counts[place].change == count.change]
    steps = [place for place in changed if known.counts[place].unit == known.counts[levels[-1]].unit]
    now, then = _times(known, levels)
    if (then is None and not steps) or _is_adjusted(known, at, words):
        return
    sign = 1 if count.change and count.change[0] == "up" else -1
    if count.unit == known.counts[now].unit:
        if then is not None:
            yield from _difference(known, now, then, at, sign)
        return
    if count.dimension != "percent":
        return
    if then is not None and known.value(then):
        before, told = known.value(then), (then, steps[-1] if steps else now, at)
    elif steps:
        before, told = known.value(now) - sign * known.value(steps[-1]), (now, steps[-1], at)
    else:
        return
    if before > 0:
        rate = sign * (known.value(now) - before) / before * _CENT
        yield from _verdict(known, at, rate, f"{known.name(at)} {plain(known.value(now))} / {plain(before)} - 1", told)


def _times(known: Figures, levels: Sequence[int]) -> tuple[int, int | None]:
    """Return the later of two figures and the earlier, by their periods; None for one that is not told."""
    if len(levels) == 1:
        return levels[0], None
    first, second = levels[-2:]
    periods = known.counts[first].period, known.counts[second].period
    if None in periods or periods[0] == periods[1]:
        return second, None
    return (first, second) if str(periods[0]) > str(periods[1]) else (second, first)


def _is_adjusted(known: Figures, at: int, words: Lexicon) -> bool:
    """Whether the growth is said to be at constant prices, which the figures are not."""
    end = known.counts[at].at
    return any(word in known.text[known.counts[at - 1].end if at else 0 : end] for word in words.adjusted)


def _difference(known: Figures, now: int, then: int, at: int, sign: int) -> Iterator[CheckFinding]:
    after = known.value(then) + sign * known.value(at)
    if abs(after - known.value(now)) <= sum(known.grain(place) for place in (now, then, at)):
        return
    message = (
        f"{known.name(now)} {plain(known.value(then))} {'+' if sign > 0 else '-'} {plain(known.value(at))}"
        f" ≠ {plain(known.value(now))}，增减数与前后两数不符"
        f" / with this change the figure would be {plain(after)}, not {plain(known.value(now))}"
    )
    yield CheckFinding("sum", ok=False, message=message, records=(("c", now), ("c", then), ("c", at)))


def _share(known: Figures, at: int, words: Lexicon) -> Iterator[CheckFinding]:
    """Check 其中 158 件, 占 23.8%: the share that a part has in its total."""
    part = at - 1
    total = known.counts[part].parent
    if total is None or not known.value(total) or known.sentence(part) != known.sentence(at):
        return
    between = known.text[known.counts[part].end : known.counts[at].at]
    if known.counts[at].item != known.counts[part].item or between.strip(",(、 ") not in words.shares:
        return
    if known.is_exact(part) and known.is_exact(total) and known.counts[part].unit == known.counts[total].unit:
        rate = known.value(part) / known.value(total) * _CENT
        expression = f"{known.name(part)} {plain(known.value(part))} / {plain(known.value(total))}"
        yield from _verdict(known, at, rate, expression, (part, total, at))


def _rate(known: Figures, at: int, words: Lexicon, stages: Vocabulary) -> Iterator[CheckFinding]:
    """Check 受理 105 件, 审结 98 件, 审结率 93.3%: the share that cases of one stage have in those before."""
    said = known.counts[at].item or ""
    if not said.endswith(words.means):
        return
    near = [place for place in range(max(0, at - _TOLD), at) if _is_level(known, place, at)]
    part = near[-1] if near else at
    verb = known.counts[part].action
    if part == at or verb is None or not stages.is_rate(said, verb, words.means):
        return
    told = known.text[known.counts[near[0]].at : known.counts[at].at]
    total = known.counts[part].parent
    wholes = [place for place in near[:-1] if known.counts[place].unit == known.counts[part].unit
              and known.counts[place].action != verb and total in (None, place)
              and known.value(place) >= known.value(part) > 0]  # fmt: skip
    if any(word in told for word in words.carried):
        return
    found = [list(_part_of(known, at, part, whole)) for whole in wholes]
    if found and all(found):  # of several totals one may be meant
        yield from found[-1]


def _is_level(known: Figures, place: int, at: int) -> bool:
    """Whether the count at ``place`` is a number of things in the sentence of the percentage at ``at``."""
    count = known.counts[place]
    if count.dimension not in ("count", "people") or count.change or not known.is_exact(place):
        return False
    return known.sentence(place) == known.sentence(at)


def _part_of(known: Figures, at: int, part: int, whole: int) -> Iterator[CheckFinding]:
    rate = known.value(part) / known.value(whole) * _CENT
    expression = f"{known.name(at)} {plain(known.value(part))} / {plain(known.value(whole))}"
    yield from _verdict(known, at, rate, expression, (part, whole, at))


def _verdict(known: Figures, at: int, rate: Decimal, expression: str, told: Sequence[int]) -> Iterator[CheckFinding]:
    """Yield that the percentage at ``at`` is not ``rate``, unless it is as exactly as the numbers are written."""
    said = known.value(at)
    grain = known.grain(at) or Decimal(1)
    slack = sum((known.grain(place) / known.value(place) for place in told[:-1] if known.value(place)), Decimal(0))
    if abs(rate - said) > _SLACK * grain + slack * (abs(rate) + _CENT):
        shown = plain(rate.quantize(min(grain, Decimal("0.1"))))
        message = (
            f"{expression} = {shown}%，文中为 {plain(said)}% / the figures give {shown}%, the text says {plain(said)}%"
        )
        yield CheckFinding("percent", ok=False, message=message, records=tuple(("c", place) for place in told))
