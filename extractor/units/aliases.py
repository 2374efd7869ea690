"""Aliases: the short name that a text declares for an organisation (以下简称…) to its later mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.units.bodies import Body
    from extractor.units.lexicon import Lexicon

PARSERS = {"alias": frozenset({"alias"})}
_OTHERS = frozenset({"strong", "modifier"})
_SORTS, _PART = {"unit.group"}, "unit.part"  # rules for words that say a sort of body
_MOST = 40  # aliases of one text


def mentions(text: str, bodies: Sequence[Body], words: Lexicon) -> Iterator[Body]:
    """Yield the mentions of each short name, that of its declaration included."""
    ends = {body.end: body for body in bodies}
    count = 0
    for rule, pattern in words.scans.items():
        if words.by_id[rule].parser not in PARSERS:
            continue
        for declared in pattern.finditer(text):
            body = ends.get(declared.start())
            alias = declared.group("alias")
            if body is None or count == _MOST or not _is_own(alias, words):
                continue
            count += 1
            name = body.name or text[body.at : body.end]
            at = declared.start("alias")
            while at >= 0:
                if not _is_within_word(text, at, at + len(alias), words) and not _is_another(text, at, alias, words):
                    yield replace(body, at=at, end=at + len(alias), rule=rule, name=name)
                at = text.find(alias, at + len(alias))


def _is_own(alias: str, words: Lexicon) -> bool:
    """Say whether the short name can be told from other words: not 公司, 我局, 该院."""
    first = words.classes.get(alias[0])
    return first not in _OTHERS and alias[0] not in words.quantifiers.members and alias not in words.generic.members


def _is_another(text: str, at: int, alias: str, words: Lexicon) -> bool:
    """Say whether a short name that only says a sort ends another name here: 咨询 + 委员会, 市人大 + 常委会.

    其常委会 is that of the body named just before.
    """
    if text[at - 1 : at] in words.stops("whose"):
        return True
    rules = {entry.rule for entry in words.entries.get(alias, ())}
    before = words.plain if rules & _SORTS else words.heads if _PART in rules else None
    if before is None:
        return False
    return text[at - 1 : at] in words.counters or len(before.to(text, at) or "") > 1


def _is_within_word(text: str, at: int, end: int, words: Lexicon) -> bool:
    """Say whether the last character belongs to a word that goes on: 房协 in 住房协会."""
    return end < len(text) and any(
        end - len(word) + 1 > at for word in words.heads.all_to(text, end + 1) if len(word) > 1
    )
