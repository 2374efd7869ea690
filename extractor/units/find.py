"""Find: a section's text to the organisations it names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.findings import UnitFinding
from extractor.units.bodies import Body, Head
from extractor.units.context import is_other
from extractor.units.edges import Edges
from extractor.units.home import Home, home
from extractor.units.lexicon import Lexicon, lexicon
from extractor.units.lists import members
from extractor.units.places import Places
from extractor.units.readers import PARSERS as _READERS
from extractor.units.readers import Reader
from extractor.units.regions import code_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.ruleset import RuleSet

PARSERS: dict[str, frozenset[str]] = {**{name: frozenset() for name in _READERS}, "member": frozenset()}


def find(text: str, rules: RuleSet) -> tuple[UnitFinding, ...]:
    """Return the organisations in ``text``."""
    words = lexicon(rules)
    edges = Edges(text, words)
    places = Places(text, words, edges)
    bodies = _read(text, words, Reader(text, words, places, edges))
    place = home(places, bodies)
    bodies = _with_members(bodies, list(members(text, bodies, places, statute=place.statute)))
    return tuple(_finding(text, one, place, words) for one in bodies if not _is_generic(one, place) and not is_other(text, one, words))


def search(text: str, rules: RuleSet) -> tuple[UnitFinding, ...]:
    """TODO."""
    return ()


def _read(text: str, words: Lexicon, reader: Reader) -> list[Body]:
    """Return the bodies in ``text``, by position; of two that overlap the one that began first, then the longer."""
    found: list[Body] = []
    tails = words.tails
    for match in words.head_ends.finditer(text):
        end = match.end()
        if text[end - 2 : end] not in tails and text[end - 1] not in tails:
            continue
        for word in words.heads.all_to(text, end):
            one = _body(text, end - len(word), end, words, reader, found)
            if one is None:
                continue
            while found and one.at <= found[-1].at:
                found.pop()
            if not found or found[-1].end <= one.at:
                found.append(one)
                break
    return found


def _body(text: str, at: int, end: int, words: Lexicon, reader: Reader, found: Sequence[Body]) -> Body | None:
    """Return the body whose name ends with the word from ``at`` to ``end``, by the first rule that agrees."""
    last = found[-1] if found else None
    if last is not None and last.end > at:  # 市人大, where the word is 人大常委会
        last = found[-2] if len(found) > 1 else None
    root = at + 1 if end > at + 1 and text[at] in words.level_characters else at
    for word in words.entries[text[at:end]]:
        agreed = words.patterns[word.rule].match(text, at)
        if agreed is not None and agreed.end() == end:
            one = reader.read(Head(at, end, root, words.by_id[word.rule].parser, word), last)
            if one is not None:
                return one
    return None


def _with_members(bodies: Sequence[Body], found: Sequence[Body]) -> list[Body]:
    merged: list[Body] = []
    for one in sorted([*bodies, *found], key=lambda body: (body.at, -body.end)):
        if not merged or one.at >= merged[-1].end:
            merged.append(one)
    return merged


def _is_generic(body: Body, place: Home) -> bool:
    if not place.statute or body.rule in {"unit.national", "unit.organisation"}:
        return False
    if body.place is not None and body.place.named:
        return False
    if body.place is None:
        return True
    return place.is_generic(body.place.level)


def _finding(text: str, body: Body, place: Home, words: Lexicon) -> UnitFinding:
    level = body.level
    anchor = body.place or body.inherits
    if anchor is not None and anchor.word is not None and level == anchor.level:
        level = place.level_of(anchor.word, level)
    if level is None and body.bare:
        level = place.level
    name = body.name or text[body.at : body.end]
    if body.inherits is not None and body.name is None:
        name = text[body.inherits.at : body.inherits.end] + name
    region = None
    if body.place is not None and body.place.chain:
        code = code_of(words, body.place.chain)
        if code is not None:
            region = ("".join(body.place.chain), code)
    return UnitFinding(body.at, body.end, body.rule, name, body.kind, level, region)
