"""Find: a text to the organisations it names: words that end names, the names before them, whose they are."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.findings import UnitFinding
from extractor.normalise import normalise
from extractor.ruleset import builtin
from extractor.units import aliases, lists, peers
from extractor.units.bodies import Body, Head
from extractor.units.context import is_other
from extractor.units.edges import Edges
from extractor.units.home import Home, home
from extractor.units.lexicon import Lexicon, lexicon
from extractor.units.names import INNER
from extractor.units.places import Places
from extractor.units.readers import ADJOINING, Reader
from extractor.units.readers import PARSERS as READERS
from extractor.units.regions import code_of, coded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extractor.ruleset import RuleSet

_ANTECEDENT = 400  # characters from a named place to a bare 县 that means it
_PARTY_BODY, _COMMITTEE = "unit.party_body", "委"
_YOUTH = "unit.youth"

PARSERS: dict[str, frozenset[str]] = {
    **{name: frozenset[str]() for name in READERS}, **lists.PARSERS, **peers.PARSERS, **aliases.PARSERS
}  # fmt: skip


def find(text: str, rules: RuleSet) -> tuple[UnitFinding, ...]:
    """Return the organisations in the normalised ``text``, by position, none overlapping."""
    words = lexicon(rules)
    named, own = _named(text, words)
    generic = _generic(named, own)
    found = [own.told(body) for body in named if body not in generic and not is_other(text, body, words)]
    found = _with(found, aliases.mentions(text, found, words))
    cities = _cities(text, found, rules)
    return tuple(_finding(text, body, own, words, cities) for body in found)


def passed_over(text: str, rules: RuleSet) -> tuple[tuple[int, int], ...]:
    """Return where the normalised ``text``, a statute or a document to all, names any body of a sort."""
    named, own = _named(text, lexicon(rules))
    return tuple((body.at, body.end) for body in _generic(named, own))


def search(source: str, rules: RuleSet | None = None) -> tuple[UnitFinding, ...]:
    """Return the organisations in any text, with offsets in it and names as it writes them.

    Unlike a report, the text has no citations that hide their words.
    """
    rules = rules or builtin()
    normal = normalise(source, rules)
    found = []
    for unit in find(normal.text, rules):
        at, end = normal.span(unit.at, unit.end)
        as_written = unit.name == normal.text[unit.at : unit.end]
        found.append(replace(unit, at=at, end=end, name=source[at:end] if as_written else unit.name))
    return tuple(found)


def _named(text: str, words: Lexicon) -> tuple[list[Body], Home]:
    """Return the bodies that ``text`` names, whether they are particular ones or not, and whose report it is."""
    edges = Edges(text, words)
    places = Places(text, words, edges)
    found = _read(Reader(text, words, places, edges))
    own = home(places, found)
    found = _with(found, chain(lists.members(text, found, places), peers.members(text, found, places)))
    return _with(found, lists.neighbours(text, found, words)), own


def _generic(named: Iterable[Body], own: Home) -> dict[Body, None]:
    """Return the bodies of which a statute, or a document to all, means any; not 区委 behind 江夏区委."""
    found: dict[Body, None] = {}
    places: dict[str | None, int] = {}  # where one of each level was named last
    for body in named:
        place = body.place
        if place is not None and place.named:
            places[place.level] = body.end
        if own.is_generic(body):
            is_bare = place is not None and place.word is not None and not own.statute
            before = places.get(place.level) if place is not None and is_bare else None
            if before is None or body.at - before > _ANTECEDENT:
                found[body] = None
    return found


def _read(reader: Reader) -> list[Body]:
    """Return the bodies in a text; of two that overlap the one that began first, of those the longer."""
    text, words = reader.text, reader.lexicon
    found: list[Body] = []
    tails, singles, ending = words.tails, words.heads.members, words.heads.all_to
    for match in words.head_ends.finditer(text):
        end = match.end()
        if text[end - 2 : end] in tails:
            candidates = ending(text, end)
        elif text[end - 1] in singles:
            candidates = [text[end - 1]]
        else:
            continue
        for word in candidates:
            body = _body(word, end, reader, found)
            if body is None:
                continue
            while found and body.at <= found[-1].at:
                found.pop()
            if not found or found[-1].end <= body.at:
                found.append(body)
                break
    return found


def _body(name: str, end: int, reader: Reader, found: Sequence[Body]) -> Body | None:
    """Return the body that ends at ``end`` with the word ``name``, by the first rule that agrees."""
    text, words, at = reader.text, reader.lexicon, end - len(name)
    last = found[-1] if found else None
    if last is not None and last.end > at:  # 市人大, where the word is 人大常委会
        last = found[-2] if len(found) > 1 else None
    root = at + 1 if end > at + 1 and name[0] in words.level_characters else at
    is_near = last is not None and at - last.end <= INNER
    for word in words.entries[name]:
        parser = words.by_id[word.rule].parser
        if (is_near or parser not in ADJOINING) and words.frames[word.rule].holds(text, at, end):
            body = reader.read(Head(at, end, root, parser, word), last)
            if body is not None:
                return body
    return None


def _with(found: list[Body], more: Iterable[Body]) -> list[Body]:
    """Return both by position without those that overlap an earlier or, from the same place, a longer one."""
    others = list(more)
    if not others:
        return found
    kept: list[Body] = []
    for body in sorted((*others, *found), key=lambda body: (body.at, -body.end)):
        if not kept or body.at >= kept[-1].end:
            kept.append(body)
    return kept


def _cities(text: str, found: Iterable[Body], rules: RuleSet) -> frozenset[str]:
    """Return the cities with a court over those of counties, which the table knows as counties of that name."""
    over = rules.pattern("unit.over_counties")
    places = (body.place for body in found if body.kind == "court" and over.search(text, body.at, body.end))
    return frozenset(place.chain[-1] for place in places if place and place.chain and place.level == "county")


def _finding(text: str, body: Body, own: Home, words: Lexicon, cities: frozenset[str]) -> UnitFinding:
    """Return the record of ``body``: its level in this report, its name with that of its list, its region."""
    level, anchor = body.level, body.place or body.inherits
    if anchor is not None and anchor.word is not None and level == anchor.level:
        level = own.level_of(anchor.word, level)
    elif level == "county" and anchor is not None and anchor.chain and anchor.chain[-1] in cities:
        level = "city"
    elif body.rule == _YOUTH and anchor is None:
        level = own.level_of(text[body.at + 1], level)  # 团 + 区 + 委
    if level is None and body.bare:
        level = own.level
    name = body.name or text[body.at : body.end]
    if body.inherits is not None and body.name is None:
        seat = _COMMITTEE if body.rule == _PARTY_BODY else ""  # 县委宣传部、组织部
        name = text[body.inherits.at : body.inherits.end] + seat + name
    region = None
    chain = coded(words, body.place.chain) if body.place is not None else ()
    if chain and chain[-1] not in cities:
        code = code_of(words, chain)
        region = ("".join(chain), code) if code else None
    return UnitFinding(body.at, body.end, body.rule, name, body.kind, level, region)
