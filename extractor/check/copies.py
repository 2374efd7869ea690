"""Copies: the reports of one input to which of them repeat another."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING
from zlib import crc32

from extractor.findings import CheckFinding

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTH = 8  # characters of a shingle
_SAMPLE = 16  # one shingle in so many stands for its report when candidates are looked for
_SIMILAR = 0.8
_SHORT = 200  # characters; shorter texts are alike without being copies


def duplicates(texts: Sequence[str]) -> tuple[tuple[CheckFinding, ...], ...]:
    """Return for each text the checks that say which earlier one it repeats."""
    if len(texts) == 1:
        return ((),)
    shingles = [_shingles(text) for text in texts]
    holders: dict[str, list[int]] = defaultdict(list)  # the reports that a sampled shingle occurs in
    found: list[tuple[CheckFinding, ...]] = []
    for place, own in enumerate(shingles):
        sampled = [shingle for shingle in own if crc32(shingle.encode("utf-8", "surrogatepass")) % _SAMPLE == 0]
        shared = Counter(holder for shingle in sampled for holder in holders[shingle])
        twin = _twin(own, shingles, [candidate for candidate, number in shared.items() if number * 2 > len(sampled)])
        found.append((_copy(place, *twin),) if twin else ())
        if twin is None:  # a copy of a copy is a copy of the first
            for shingle in sampled:
                holders[shingle].append(place)
    return tuple(found)


def _shingles(text: str) -> frozenset[str]:
    packed = "".join(text.split())
    if len(packed) < _SHORT:
        return frozenset()
    return frozenset(packed[at : at + _WIDTH] for at in range(len(packed) - _WIDTH + 1))


def _twin(
    own: frozenset[str], shingles: Sequence[frozenset[str]], candidates: Sequence[int]
) -> tuple[int, float] | None:
    """Return the earlier text that is most like this one and how like, where it is like enough."""
    likeness = [(len(own & shingles[at]) / len(own | shingles[at]), -at) for at in candidates]
    best, at = max(likeness, default=(0.0, 0))
    return (-at, best) if best >= _SIMILAR else None


def _copy(place: int, twin: int, similarity: float) -> CheckFinding:
    message = f"第{place + 1}篇与第{twin + 1}篇相似度 {similarity:.2f} / report {place + 1} repeats report {twin + 1}"
    return CheckFinding("duplicate", ok=False, message=message, reports=(twin + 1, place + 1))
