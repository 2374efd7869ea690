"""Home: the head of a report and what it says of itself (全县, 我区) to the place whose report it is."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from extractor.units.regions import code_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.units.bodies import Body
    from extractor.units.places import Places

_SAMPLE = 40_000  # characters that show how a report speaks of itself
_FOOT = 120  # characters in which a signature stands
_ARTICLES = 3  # so many lines that begin an article make a statute
_RANKS = {"national": 0, "province": 1, "city": 2, "county": 3, "town": 4, "village": 5}
_NATIONAL, _INSTITUTION = "national", "institution"
_CITY, _DISTRICT, _REGION = "市", "区", "自治区"
_JUSTICE = "justice"  # the kind in the tables of a word that means a court or a procuratorate
_HIGH_COURT, _NAMED = "unit.high_court", "unit.national"
_PROVINCE = "province"
_OFFICE = ("department", _PROVINCE)  # one of Hong Kong or Macau
_SEVERAL = 2  # so often a text of a court or procuratorate names one


class Home(Struct, frozen=True):
    """Whose report it is, as far as the text shows it."""

    level: str | None = None
    city: str = "city"  # the level that 市 means here
    area: str = "county"  # the level that 区 means here
    statute: bool = False
    national: bool = False  # a document of a national body, to all
    justice: str | None = None  # whether 市院 is a court or a procuratorate here
    hong_kong: bool = False  # whether 高等法院 is that of Hong Kong

    def level_of(self, word: str | None, level: str | None) -> str | None:
        """Return the level that a bare word for a sort of place has in this report."""
        if word == _CITY:
            return self.city
        return self.area if word == _DISTRICT else level

    def told(self, body: Body) -> Body:
        """Return ``body`` with its kind where only the report tells that: 市院."""
        return replace(body, kind=self.justice) if body.kind == _JUSTICE and self.justice else body

    def is_generic(self, body: Body) -> bool:
        """Say whether a statute means any body of the sort: 县人民政府 in that of a province, 税务局 in any."""
        if (body.kind == _JUSTICE and self.justice is None) or (body.rule == _HIGH_COURT and not self.hong_kong):
            return True
        if not (self.statute or self.national) or body.level == _NATIONAL or body.parser == "named":
            return False
        if body.place is None:
            return self.statute or body.bare
        if body.place.named and (body.place.chain or body.place.sure):
            return False
        level = self.level_of(body.place.word, body.place.level)
        return self.level is None or level is None or _RANKS[level] > _RANKS[self.level]


def home(places: Places, bodies: Sequence[Body]) -> Home:
    """Return whose report the text is: by its title, else by what it calls itself."""
    articles = places.lexicon.rules.pattern("unit.article").finditer(places.text)
    statute = sum(1 for _ in islice(articles, _ARTICLES)) == _ARTICLES
    chain, level = _titled(places, bodies)
    if not chain:
        chain, signed = _signed(places, bodies)
        level = level or signed
    national = level is None and _is_national(places, bodies)
    if level is None and not statute and not national:
        level = _PROVINCE if _has_bureaux(bodies) else _spoken(places)
    city, area = "city", "county"
    if chain:
        code = code_of(places.lexicon, chain) or code_of(places.lexicon, chain[:1]) or ""
        if places.lexicon.provinces.get(code[:2], "").endswith(_CITY):
            city = "province"
        elif level == "county" and chain[-1].endswith(_CITY):
            city = "county"
        elif level == "province" and chain[-1].endswith(_DISTRICT):
            area = "province"
    elif any(body.place is not None and body.place.word == _REGION for body in bodies):
        area = "province"
    hong_kong = any(body.rule == _HIGH_COURT for body in bodies) and _is_of_hong_kong(places)
    justice = _justice(places) if any(body.kind == _JUSTICE for body in bodies) else None
    return Home(level, city, area, statute, national, justice, hong_kong)


def _has_bureaux(bodies: Sequence[Body]) -> bool:
    """Say whether a text names several offices of Hong Kong or Macau, whose 教育局 is then of that level too."""
    offices = (body for body in bodies if body.rule == _NAMED and (body.kind, body.level) == _OFFICE)
    return next(islice(offices, _SEVERAL, None), None) is not None


def _is_of_hong_kong(places: Places) -> bool:
    """Say whether the words of the text are those of Hong Kong and not of Taiwan."""
    words = places.lexicon.rules.pattern("unit.high_court_place").finditer(places.text, 0, _SAMPLE)
    return {match.lastgroup for match in words} == {"hong_kong"}


def _justice(places: Places) -> str | None:
    """Return the kind of the one sort of court that the text is about."""
    words = places.lexicon.rules.pattern("unit.justice").finditer(places.text, 0, _SAMPLE)
    count = Counter(match.lastgroup for match in words)
    kind, times = max(sorted(count.items(), key=str), key=lambda one: one[1], default=(None, 0))
    return kind if times >= _SEVERAL else None


def _is_national(places: Places, bodies: Sequence[Body]) -> bool:
    """Say whether the title begins with a national body: 国务院关于…的通知."""
    if not bodies or bodies[0].level != _NATIONAL or bodies[0].kind == _INSTITUTION:
        return False
    return bodies[0].at < len(places.title) and not any(map(str.isalnum, places.text[: bodies[0].at]))


def _titled(places: Places, bodies: Sequence[Body]) -> tuple[tuple[str, ...], str | None]:
    """Return the divisions and the level that the head of the text names first."""
    end = len(places.title)
    for body in bodies:
        if body.at >= end:
            break
        is_addressee = places.text[body.end : body.end + 1] == ":"
        if body.place is not None and body.place.level is not None and not is_addressee:
            return body.place.chain, body.place.level
    for line in places.lexicon.rules.pattern("unit.title_place").finditer(places.text, 0, end):
        known = places.leading(*line.span("place")) or places.before(line.end("place"))
        if known is not None and known.at == line.start("place"):
            return known.chain, known.level
    return (), None


def _signed(places: Places, bodies: Sequence[Body]) -> tuple[tuple[str, ...], str | None]:
    """Return the divisions and the level of the last body of the text, where that is its signature."""
    if not bodies or bodies[-1].place is None or bodies[-1].at < len(places.text) - _FOOT:
        return (), None
    line = places.text.rfind("\n", 0, bodies[-1].at) + 1
    if places.text[line : bodies[-1].at].strip():
        return (), None
    return bodies[-1].place.chain, bodies[-1].place.level


def _spoken(places: Places) -> str | None:
    """Return the level of the word with which the text most often speaks of itself: 全县, 我区."""
    pattern = places.lexicon.rules.pattern("unit.deictic")
    count = Counter(match.group("sort") for match in pattern.finditer(places.text, 0, _SAMPLE))
    if not count:
        return None
    return places.lexicon.levels.get(min(count, key=lambda sort: (-count[sort], sort)))
