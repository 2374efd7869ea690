"""Sums: totals and their parts to whether they add up, where a breakdown says that it is whole."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.check.figures import plain
from extractor.findings import CheckFinding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.check.figures import Figures
    from extractor.meaning.lexicon import Lexicon

_LISTED = 2  # parts that a list has at least


def sums(known: Figures, words: Lexicon) -> Iterator[CheckFinding]:
    """Yield a check for every breakdown whose parts should add up to its total."""
    parts: dict[int, list[int]] = defaultdict(list)
    for place, count in enumerate(known.counts):
        if count.parent is not None:
            parts[count.parent].append(place)
    for total in sorted(parts):
        for members in _lists(known, total, parts[total]):
            found = _judge(known, total, members, words)
            if found:
                yield found


def _lists(known: Figures, total: int, parts: Sequence[int]) -> Iterator[list[int]]:
    """Yield the breakdowns of a total: one over all parts where that adds up, else one for each list of them."""
    if _agrees(known, total, parts):
        yield list(parts)
        return
    members: list[int] = []
    for part in parts:
        if members and (_agrees(known, total, members) or _starts_anew(known, members[-1], part)):
            yield members
            members = []
        members.append(part)
    yield members


def _starts_anew(known: Figures, former: int, part: int) -> bool:
    """Whether a new list begins between two parts of the same total."""
    between = known.text[known.counts[former].end : known.counts[part].at]
    return known.sentence(former) != known.sentence(part) or ":" in between


def _agrees(known: Figures, total: int, parts: Sequence[int]) -> bool:
    """Whether the parts add up to the total, as exactly as the numbers are written."""
    if len(parts) < _LISTED:
        return False
    gap = abs(known.value(total) - sum(known.value(part) for part in parts))
    return not gap or gap <= sum(known.grain(at) for at in (total, *parts)) / 2


def _judge(known: Figures, total: int, parts: Sequence[int], words: Lexicon) -> CheckFinding | None:
    """Return what is to be said of one breakdown; None where it need not be whole."""
    ok = _agrees(known, total, parts)
    if not ok and not _is_whole(known, total, parts, words):
        return None
    added = " + ".join(plain(known.value(part)) for part in parts)
    whole = plain(known.value(total))
    come = sum((known.value(part) for part in parts), Decimal(0))
    name = known.name(total)
    if ok and come == known.value(total):
        message = f"{name} {whole} = {added}，各部分之和与总数相符 / the parts add up to the total"
    elif ok:
        message = f"{name} {whole} ≈ {added}，四舍五入后相符 / the parts add up to the total, rounding apart"
    else:
        message = (
            f"{name} {whole} ≠ {added} = {plain(come)}，各部分之和与总数不符"
            f" / the total is {whole}, its parts come to {plain(come)}"
        )
    return CheckFinding("sum", ok=ok, message=message, records=(("c", total), *(("c", part) for part in parts)))


def _is_whole(known: Figures, total: int, parts: Sequence[int], words: Lexicon) -> bool:
    """Whether the list says that it leaves nothing out: it follows a colon or 分别为, or ends in 其他."""
    units = {known.counts[at].unit for at in (total, *parts)}
    if len(parts) < _LISTED or len(units) > 1 or not all(known.is_exact(at) for at in (total, *parts)):
        return False
    if not _ends(known, parts[-1]):
        return False
    first = known.counts[parts[0]]
    start = max(known.stops[known.sentence(parts[0]) - 1] if known.sentence(parts[0]) else 0, known.counts[total].end)
    lead = known.text[min(start, first.at) : first.at]
    last = known.counts[parts[-1]].item or ""
    divided = lead.rpartition(",")[0].endswith(words.divisions)  # 按领域划分, 种子 23 起
    return ":" in lead or divided or any(word in lead for word in words.whole) or last.startswith(words.rest)


def _ends(known: Figures, last: int) -> bool:
    """Whether no other figure follows in the list after its last part."""
    if last + 1 == len(known.counts):
        return True
    between = known.text[known.counts[last].end : known.counts[last + 1].at]
    return ";" in between or known.sentence(last) != known.sentence(last + 1)
