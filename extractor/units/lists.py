"""Lists: the short forms in an enumeration of departments (监察、人事、财政等部门) to one body for each member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.units.bodies import Body, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from extractor.units.lexicon import Lexicon
    from extractor.units.places import Places

PARSERS: Mapping[str, frozenset[str]] = {"member": frozenset({"closing"})}
_OFFICES = frozenset({"department", "supervision", "subdistrict"})
_ITEM = 7  # characters of an office in a list
_LONGEST = 40  # members read of one list
_UNKNOWN = 2  # members of one list that no table knows, at most
_EDGE = 6  # characters before the first member that show whether a name begins there
_PROVINCE, _NATIONAL = "province", "national"


def members(text: str, bodies: Sequence[Body], places: Places) -> Iterator[Body]:
    """Yield the bodies that short forms name in lists closed by 等部门 or standing side by side."""
    words = places.lexicon
    ends = {body.end: body for body in bodies}
    taken: set[int] = set()
    for rule, pattern in words.scans.items():
        if words.by_id[rule].parser not in PARSERS:
            continue
        listed = _List(text, places, ends, rule)
        for closed in pattern.finditer(text):
            for body in listed.read(closed.start("closing")):
                if body.end not in taken:
                    taken.add(body.end)
                    yield body


def neighbours(text: str, bodies: Sequence[Body], words: Lexicon) -> Iterator[Body]:
    """Yield the offices that stand in a list beside one that was found: 司法所、派出所、综治办."""
    taken = {body.at for body in bodies} | {body.end for body in bodies}
    for body in bodies:
        if body.kind not in _OFFICES:
            continue
        at = body.at
        while at > 1 and text[at - 1] in words.commas and (item := _office_to(text, at - 1, words)):
            at -= len(item) + 1
            if at in taken or at + len(item) in taken:
                break
            taken.add(at)
            yield _office(at, item, words, None)
        end = body.end
        while end + 1 < len(text) and text[end] in words.commas and (item := _office_at(text, end + 1, words)):
            end += len(item) + 1
            if end in taken or end - len(item) in taken:
                break
            taken.add(end)
            yield _office(end - len(item), item, words, body.place or body.inherits)


def _office_to(text: str, end: int, words: Lexicon) -> str | None:
    """Return the office that ends at ``end`` and begins behind a comma or a verb."""
    match = words.rules.pattern("unit.list_item").match(text, max(0, end - _ITEM), end)
    item = match.group() if match else None
    return item if item and _is_office(item, words) else None


def _office_at(text: str, at: int, words: Lexicon) -> str | None:
    """Return the office that begins at ``at`` and ends before a comma, a conjunction or 等."""
    match = words.rules.pattern("unit.list_next").match(text, at, at + _ITEM)
    item = match.group("item") if match else None
    return item if item and _is_office(item, words) else None


def _is_office(item: str, words: Lexicon) -> bool:
    known = words.heads.to(item, len(item))
    if known is None or any(name != "keep" for _, _, name in words.tokens(item)):
        return False
    return any(words.by_id[entry.rule].parser == "anchored" for entry in words.entries[known])


def _office(at: int, item: str, words: Lexicon, place: Place | None) -> Body:
    known = words.heads.to(item, len(item)) or item
    entry = next(one for one in words.entries[known] if words.by_id[one.rule].parser == "anchored")
    level = entry.level or (place.level if place else None)
    return Body(at, at + len(item), entry.rule, entry.kind or "department", level, None, place, bare=True)


class _List(Struct, frozen=True):
    """One enumeration, read back from its end."""

    text: str
    places: Places
    ends: Mapping[int, Body]
    rule: str

    def read(self, end: int) -> list[Body]:
        """Return the bodies that the short forms before ``end`` name; none where only one stands there."""
        words = self.places.lexicon
        spans: list[tuple[int, int]] = []
        place: Place | None = None
        unknown = 0
        for count in range(1, _LONGEST + 1):
            known = self.ends.get(end)
            short = words.member_names.to(self.text, end)
            if known is not None:
                at, place = known.at, known.place or known.inherits or place
            elif short is not None:
                at = end - len(short)
                spans.append((at, end))
            elif spans and unknown < _UNKNOWN and (other := self._other(end)):
                at, unknown = other, unknown + 1
            else:
                break
            if at == 0 or self.text[at - 1] not in words.links:
                if known is None:
                    place = self.places.before(at)
                    place = None if place is not None and place.level == _NATIONAL else place
                    companion = self._companion(at) if place is None else None
                    place = place or companion
                    if place is None and not self._is_edge(at):
                        spans.pop()
                return self._bodies(spans, place) if count > 1 or place else []
            end = at - 1
        place = place or (self._companion(spans[-1][0]) if spans else None)
        return self._bodies(spans, place) if len(spans) > 1 else []

    def _other(self, end: int) -> int | None:
        """Return where a member that no table knows begins before ``end``, behind another: 税务、 + 银行 + 、海关."""
        item = self.places.lexicon.rules.pattern("unit.list_other").match(self.text, max(0, end - _ITEM), end)
        is_plain = item is not None and self.places.edges.start(end, _ITEM) == item.start()
        return item.start() if item is not None and is_plain else None

    def _companion(self, at: int) -> Place | None:
        """Return the place of the body that works with those listed from ``at`` on: 区教育局会同公安、住建等部门."""
        match = self.places.lexicon.rules.pattern("unit.companion").search(self.text, max(0, at - _EDGE), at)
        body = self.ends.get(match.start()) if match else None
        place = (body.place or body.inherits) if body else None
        return None if place is None or place.level == _NATIONAL else place

    def _is_edge(self, at: int) -> bool:
        return self.places.edges.start(at, _EDGE) == at and not self.places.is_plural(at)

    def _bodies(self, spans: Sequence[tuple[int, int]], place: Place | None) -> list[Body]:
        members = self.places.lexicon.members
        found = []
        for at, end in spans:
            member = members[self.text[at:end]]
            provincial = place is not None and place.level == _PROVINCE
            name = member.province if provincial else member.local
            prefix = self.text[place.at : place.end] if place else ""
            own = place is not None and place.end == at  # the first member stands behind the place itself
            begin = place.at if place is not None and own else at
            level = place.level if place else None
            found.append(
                Body(begin, end, self.rule, member.kind, level, place if own else None, place, prefix + name, bare=True)
            )
        return found
