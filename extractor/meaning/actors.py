"""Actors: the organisations named in a sentence to the one that acted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.meaning.lexicon import (
    ADVERB,
    AMONG,
    ASIDE,
    CONJUNCTION,
    COUNT,
    DATE,
    DEICTIC,
    NOMINAL,
    NOW,
    PAUSE,
    PREPOSITION,
    UNIT,
    VERBS,
)  # fmt: skip
from extractor.meaning.verbs import SPAN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.findings import UnitFinding
    from extractor.meaning.lexicon import Lexicon
    from extractor.meaning.readings import Reading
    from extractor.meaning.words import Token

# may stand between the one who acts and the verb
_BETWEEN = frozenset((ADVERB, AMONG, ASIDE, CONJUNCTION, DATE, NOW, PAUSE, PREPOSITION))
_DOES = VERBS | {NOMINAL}
_FOLLOWING = _BETWEEN | _DOES
_NOBODY = ("", -1)


class Actors(Struct, frozen=True):
    """Tells who did what the counts of a section tell."""

    text: str
    lexicon: Lexicon
    units: Sequence[UnitFinding]
    issuer: str | None  # whose report it is: 我局

    def of(self, reading: Reading) -> str | None:
        """Return the canonical name of the organisation that acted; None where the clause of the count names none."""
        if reading.action is None or reading.direction:
            return None
        tokens = reading.clause.tokens[max(0, reading.place - SPAN) : reading.place]
        kinds = [token.kind for token in tokens]
        if UNIT not in kinds and DEICTIC not in kinds:
            return None
        last = len(kinds) - 1 - kinds[::-1].index(COUNT) if COUNT in kinds else -1
        own = tokens[last + 1 :]  # 其中县政府 5 件、县政府办公室 7 件
        kind, ref = self._subject(own if UNIT in kinds[last + 1 :] else tokens)
        if kind == UNIT:
            return self.units[ref].name
        return self.issuer if kind == DEICTIC else None

    def _subject(self, tokens: Sequence[Token]) -> tuple[str, int]:
        """Return kind and record of the one who acts in a clause."""
        text = self.text
        if not self.lexicon.future.isdisjoint([text[token.at : token.end] for token in tokens]):
            return _NOBODY  # it has not been done yet
        for place, token in enumerate(tokens):
            word = self.text[token.at : token.end]
            if token.kind == PREPOSITION and word not in self.lexicon.by:
                break
            if token.kind in _BETWEEN or (token.kind == DEICTIC and word not in self.lexicon.selves):
                continue
            if token.kind == UNIT:
                following = tokens[place + 1].kind if place + 1 < len(tokens) else ADVERB
                return (UNIT, token.ref) if following in _FOLLOWING else _NOBODY
            return (DEICTIC, -1) if token.kind == DEICTIC else _NOBODY
        return _NOBODY
