"""Home: the head of a report and what it says of itself (全县, 我区) to the place whose report it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.units.regions import code_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.units.bodies import Body
    from extractor.units.places import Places

_SAMPLE = 40_000  # characters that show how a report speaks of itself
_ARTICLES = 3  # so many lines that begin an article make a statute
_RANKS = {"national": 0, "province": 1, "city": 2, "county": 3, "town": 4, "village": 5}
_CITY, _COUNTY, _DISTRICT = "市", "县", "区"


@dataclass(frozen=True, slots=True)
class Home:
    """Whose report it is, as far as the text shows it."""

    level: str | None = None
    city: str = "city"  # the level that 市 means here
    area: str = "county"  # the level that 区 means here
    statute: bool = False

    def level_of(self, word: str | None, level: str | None) -> str | None:
        """Return the level that a bare word for a sort of place has in this report."""
        if word == _CITY:
            return self.city
        return self.area if word == _DISTRICT else level

    def is_generic(self, level: str | None) -> bool:
        """Say whether bodies of a level are many here: counties in the statute of a province."""
        if not self.statute:
            return False
        return self.level is None or level is None or _RANKS[level] > _RANKS[self.level]


def home(places: Places, bodies: Sequence[Body]) -> Home:
    """Return whose report the text is: by its title, else by what it calls itself."""
    text, rules = places.text, places.lexicon.rules
    statute = sum(1 for _, _ in zip(rules.pattern("unit.article").finditer(text), range(_ARTICLES), strict=False)) == _ARTICLES
    chain, level = _titled(places, bodies)
    if level is None and not statute:
        level = _spoken(places)
    city, area = "city", "county"
    if chain:
        code = code_of(places.lexicon, chain) or code_of(places.lexicon, chain[:1]) or ""
        province = places.lexicon.provinces.get(code[:2], "")
        if province.endswith(_CITY):
            city = "province"
        elif level == "county" and chain[-1].endswith(_CITY):
            city = "county"
        elif level == "province" and chain[-1].endswith(_DISTRICT):
            area = "province"
    return Home(level, city, area, statute)


def _titled(places: Places, bodies: Sequence[Body]) -> tuple[tuple[str, ...], str | None]:
    """Return the divisions and the level that the head of the text names first."""
    end = len(places.title)
    for found in bodies:
        if found.at >= end:
            break
        if found.place is not None and found.place.level is not None and found.rule != "unit.enterprise":
            return found.place.chain, found.place.level
    text = places.text
    for line in places.lexicon.rules.pattern("unit.title_place").finditer(text, 0, end):
        at, end = line.span("place")
        known = places.leading(at, end)
        if known is not None:
            return known.chain, known.level
        place = places.before(line.end("sort")) if line.group("sort") else None
        if place is not None and place.at == at:
            return place.chain, place.level
    return (), None


def _spoken(places: Places) -> str | None:
    """Return the level of the word with which the text most often speaks of itself: 全县, 我区."""
    pattern = places.lexicon.rules.pattern("unit.deictic")
    count = Counter(match.group("sort") for match in pattern.finditer(places.text, 0, _SAMPLE))
    if not count:
        return None
    word = min(count, key=lambda sort: (-count[sort], sort))
    return places.lexicon.levels.get(word)

