"""Attach: titles, numbers and provisions of one text to each other by what stands between them."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from extractor.regulations.provisions import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.regulations.drafts import Draft, Span
    from extractor.regulations.numbers import Number
    from extractor.ruleset import RuleSet

_BEFORE = 16  # characters between a number and the title that it belongs to
_ASIDES = 4  # parentheses that may follow a title
_JOIN = 4  # characters that join two provisions


def find_tails(text: str, drafts: Sequence[Draft], numbers: Sequence[Number], rules: RuleSet) -> None:
    """Set for each citation where what belongs to it ends: numbers and parentheses behind the title."""
    aside, short = rules.pattern("regulation.aside"), rules.pattern("regulation.short_name_behind")
    comma, closed = rules.pattern("regulation.number_behind"), rules.pattern("regulation.number_closed")
    ends = {number.at: number.end for number in numbers}
    for draft in drafts:
        for _ in range(_ASIDES):
            if found := aside.match(text, draft.tail) or short.match(text, draft.tail):
                draft.tail = found.end()
            elif draft.tail in ends:
                draft.tail = ends[draft.tail]
            elif (
                (found := comma.match(text, draft.tail))
                and (end := ends.get(found.end())) is not None
                and closed.match(text, end)
            ):
                draft.tail = end
            else:
                break


def give_numbers(text: str, drafts: Sequence[Draft], numbers: Sequence[Number], rules: RuleSet) -> list[Number]:
    """Give each title the number behind or before it; return the numbers that belong to none."""
    between = rules.pattern("regulation.number_before_title")
    starts = [number.at for number in numbers]
    owners: dict[Number, Draft] = {}
    for draft in reversed(drafts):  # a title inside the parentheses of another takes its own first
        for number in numbers[bisect_left(starts, draft.end) : bisect_left(starts, draft.tail)]:
            owners.setdefault(number, draft)
    begins = [draft.at for draft in drafts]
    for number in numbers:
        near = bisect_left(begins, number.end)
        if number in owners or near == len(drafts) or begins[near] - number.end > _BEFORE:
            continue
        if between.match(text[number.end : begins[near]]):
            owners[number] = drafts[near]
    for number, draft in sorted(owners.items(), key=lambda pair: pair[0].at):
        draft.number = draft.number or number
        draft.spans.append((number.at, number.end))
    return [number for number in numbers if number not in owners]


def give_provisions(
    text: str, drafts: Sequence[Draft], provisions: Sequence[Span], rules: RuleSet, *, paragraph_is_xiang: bool
) -> None:
    """Give each citation the provisions behind it."""
    before, between = rules.pattern("regulation.before_provisions"), rules.pattern("regulation.between_provisions")
    starts = [at for at, _ in provisions]
    for draft in drafts:
        found = before.match(text, draft.tail)
        at = found.end() if found else draft.tail
        near = bisect_left(starts, at)
        if near == len(provisions) or starts[near] != at:
            continue
        end = provisions[near][1]
        draft.spans.append((at, end))
        near += 1
        while near < len(provisions) and starts[near] - end <= _JOIN and between.match(text[end : starts[near]]):
            end = provisions[near][1]
            draft.spans.append((starts[near], end))
            near += 1
        draft.articles = read(text[at:end], rules, paragraph_is_xiang=paragraph_is_xiang)
