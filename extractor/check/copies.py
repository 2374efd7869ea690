"""Copies: the reports of one input to which of them repeat another."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from extractor.findings import CheckFinding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WIDTH = 8  # characters of a shingle
_SIXTEENTH = bytes(code % 16 == 0 for code in range(256))  # by the last byte of a character, which is evenly spread
_SIMILAR = 0.8
_COMPARED, _HOLDERS = 8, 64  # reports that one is compared with, and that a shingle tells of, at most
_SHORT = 200  # characters; shorter texts are alike without being copies


def duplicates(texts: Sequence[str]) -> tuple[tuple[CheckFinding, ...], ...]:
    """Return for each text the checks that say which earlier one it repeats."""
    if len(texts) == 1:
        return ((),)
    packed = ["".join(text.split()) for text in texts]
    shingles: dict[int, set[str]] = {}  # of the reports that were compared
    holders: dict[str, list[int]] = defaultdict(list)  # the reports that a sampled shingle occurs in
    found: list[tuple[CheckFinding, ...]] = []
    for place, text in enumerate(packed):
        sampled = _sample(text)
        shared = Counter(holder for shingle in sampled for holder in holders.get(shingle, ()))
        likely = shared.most_common(_COMPARED)
        candidates = [candidate for candidate, number in likely if number * 2 > len(sampled)]
        for one in (place, *candidates) if candidates else ():
            if one not in shingles:
                shingles[one] = _shingles(packed[one])
        twin = _twin(place, shingles, candidates)
        found.append((_copy(place, *twin),) if twin else ())
        if twin is None:  # a copy of a copy is a copy of the first
            for shingle in sampled:
                if len(holders[shingle]) < _HOLDERS:
                    holders[shingle].append(place)
    return tuple(found)


def _sample(packed: str) -> frozenset[str]:
    """Return the shingles that stand for a text: those whose first character is one of a sixteenth of all."""
    if len(packed) < _SHORT:
        return frozenset()
    marks = packed.encode("utf-32-le", "surrogatepass")[::4].translate(_SIXTEENTH)
    last = len(packed) - _WIDTH
    found = set()
    at = marks.find(1)
    while 0 <= at <= last:
        found.add(packed[at : at + _WIDTH])
        at = marks.find(1, at + 1)
    return frozenset(found)


def _shingles(packed: str) -> set[str]:
    return {packed[at : at + _WIDTH] for at in range(len(packed) - _WIDTH + 1)}


def _twin(place: int, shingles: Mapping[int, set[str]], candidates: Sequence[int]) -> tuple[int, float] | None:
    """Return the earlier text that is most like the one at ``place`` and how like, where it is like enough."""
    likeness = [(_likeness(shingles[place], shingles[at]), -at) for at in candidates]
    best, at = max(likeness, default=(0.0, 0))
    return (-at, best) if best >= _SIMILAR else None


def _likeness(one: set[str], other: set[str]) -> float:
    """Return which share of all shingles both texts have."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)


def _copy(place: int, twin: int, similarity: float) -> CheckFinding:
    likeness = f"{similarity:.2f}"
    chinese = f"第{place + 1}篇与第{twin + 1}篇相似度为 {likeness}，内容重复"
    message = f"{chinese} / report {place + 1} repeats report {twin + 1}, similarity {likeness}"
    return CheckFinding("duplicate", ok=False, message=message, reports=(twin + 1, place + 1))
