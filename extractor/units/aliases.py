"""Aliases: the short name that a text declares for an organisation (以下简称…) to its later mentions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.units.bodies import Body
    from extractor.units.lexicon import Lexicon

PARSERS = {"alias": frozenset({"alias"})}
_SHORTEST = 3  # characters; 公司 and 市局 mean others too
_MOST = 40  # aliases of one text


def mentions(text: str, bodies: Sequence[Body], words: Lexicon) -> Iterator[Body]:
    """Yield the mentions of each short name, that of its declaration included."""
    ends = {body.end: body for body in bodies}
    count = 0
    for rule in words.by_id.values():
        if rule.parser not in PARSERS:
            continue
        for declared in words.scans[rule.id].finditer(text):
            body = ends.get(declared.start())
            alias = declared.group("alias")
            if body is None or len(alias) < _SHORTEST or alias[0] in words.quantifiers.members or count == _MOST:
                continue
            count += 1
            name = body.name or text[body.at : body.end]
            at = declared.start("alias")
            while at >= 0:
                yield replace(body, at=at, end=at + len(alias), rule=rule.id, name=name)
                at = text.find(alias, at + len(alias))
