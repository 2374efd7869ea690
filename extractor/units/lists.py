"""Lists: the short forms in an enumeration of departments (监察、人事、财政等部门) to one body for each member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.units.bodies import Body, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.units.edges import Edges
    from extractor.units.lexicon import Lexicon
    from extractor.units.places import Places

_LONGEST = 40  # members read of one list
_PROVINCE = "province"


def members(text: str, bodies: Sequence[Body], places: Places, *, statute: bool) -> Iterator[Body]:
    """Yield the bodies that short forms name in lists closed by 等部门 or standing beside full names."""
    lexicon = places.lexicon
    ends = {found.end: found for found in bodies}
    taken: set[int] = set()
    for rule in lexicon.rules.of_kind("unit"):
        if rule.parser != "member":
            continue
        for closed in lexicon.patterns[rule.id].finditer(text):
            found = _List(text, places, ends, rule.id).read(closed.start())
            for one in found:
                if one.at not in taken and not (statute and one.inherits is None and one.place is None):
                    taken.add(one.at)
                    yield one
    

class _List:
    """One enumeration, read back from its end."""

    def __init__(self, text: str, places: Places, ends: dict[int, Body], rule: str) -> None:
        self.text, self.places, self.lexicon, self.ends, self.rule = text, places, places.lexicon, ends, rule

    def read(self, end: int) -> list[Body]:
        items: list[tuple[int, int]] = []
        count, place = 0, None
        while count < _LONGEST:
            known = self.ends.get(end)
            if known is not None:
                at, place = known.at, known.place or known.inherits or place
            else:
                at = self._short(end)
                if at == end:
                    break
                items.append((at, end))
            count += 1
            if at == 0 or self.text[at - 1] not in self.lexicon.links:
                if known is None:
                    place = self.places.before(at)
                    if place is None and not self._is_clean(at):
                        items.pop()
                        count -= 1
                break
            end = at - 1
        if count < 2 and place is None:
            return []
        return [self._body(at, stop, place, first=at == items[-1][0]) for at, stop in items]

    def _short(self, end: int) -> int:
        word = self.lexicon.member_names.to(self.text, end)
        return end - len(word) if word else end

    def _is_clean(self, at: int) -> bool:
        return self.places.edges.start(at, 6) == at and not self.places.is_plural(at)

    def _body(self, at: int, end: int, place: Place | None, *, first: bool) -> Body:
        member = self.lexicon.members[self.text[at:end]]
        name = member.province if place is not None and place.level == _PROVINCE else member.local
        prefix = self.text[place.at : place.end] if place else ""
        begin = place.at if place is not None and first and place.end == at else at
        return Body(begin, end, self.rule, member.kind, place.level if place else None, None if begin == at else place,
                    place, prefix + name, bare=True)
