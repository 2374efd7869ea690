"""Peers: the members of a list of companies, one of them known, to the others that go by their brand alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.units.bodies import Body
from extractor.units.edges import is_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from extractor.units.places import Places

PARSERS: Mapping[str, frozenset[str]] = {"peer": frozenset({"closing"})}
_ENTERPRISE = "enterprise"
_SHORTEST, _LONGEST = 2, 8  # characters of a brand
_MOST = 12  # members read of one list
_DIVIDING = frozenset({"strong", "stop", "soft", "modifier"})


def members(text: str, bodies: Sequence[Body], places: Places) -> Iterator[Body]:
    """Yield the companies that a list closed by 等企业 names beside one that is known: 宁德时代、 + 天河动力."""
    words = places.lexicon
    ends = {body.end: body for body in bodies}
    for rule, pattern in words.scans.items():
        if words.by_id[rule].parser in PARSERS:
            for closed in pattern.finditer(text):
                yield from _list(places, ends, closed.start("closing"), rule)


def _list(places: Places, ends: Mapping[int, Body], end: int, rule: str) -> Iterator[Body]:
    """Yield the brands of the list that ends at ``end``; none where no member is a company that was found."""
    text, links = places.text, places.lexicon.links
    brands: list[tuple[int, int]] = []
    is_known = False
    for _ in range(_MOST):
        body = ends.get(end)
        if body is not None and body.kind != _ENTERPRISE:
            return
        at = _brand(places, end) if body is None else body.at
        if at is None:
            break
        is_known = is_known or body is not None
        if body is None:
            brands.append((at, end))
        if at == 0 or text[at - 1] not in links:
            break
        end = at - 1
    if is_known:
        yield from (Body(at, end, rule, _ENTERPRISE, parser="peer") for at, end in brands)


def _brand(places: Places, end: int) -> int | None:
    """Return where the brand begins that ends at ``end``; None where the words there are none."""
    words, text = places.lexicon, places.text
    at = places.edges.start(end, _LONGEST + 1)
    name = text[at:end]
    if not _SHORTEST <= len(name) <= _LONGEST or not is_name(name) or places.before(end) is not None:
        return None
    tokens = (kind for _, _, kind in places.edges.tokens(at, end))
    is_other = _DIVIDING.intersection(tokens) or words.heads.to(text, end) is not None
    return None if is_other or len(words.generic.rest(name)) < _SHORTEST else at
