"""Actors: the organisations named in a sentence to the one that acted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.meaning.lexicon import (
    ADVERB,
    ASIDE,
    DATE,
    DEICTIC,
    NOMINAL,
    NOW,
    OTHER,
    PREPOSITION,
    UNIT,
    VERBS,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.findings import UnitFinding
    from extractor.meaning.clauses import Clause, Token
    from extractor.meaning.lexicon import Lexicon
    from extractor.meaning.readings import Reading

_BETWEEN = frozenset((ADVERB, ASIDE, DATE, NOW, PREPOSITION))  # may stand between the one who acts and the verb
_DOES = VERBS | {NOMINAL}
_NOBODY = ("", -1)


@dataclass(frozen=True, slots=True)
class Actors:
    """Tells who did what the counts of a section tell."""

    text: str
    lexicon: Lexicon
    units: Sequence[UnitFinding]
    issuer: str | None  # whose report it is: 我局

    def of(self, reading: Reading, earlier: Sequence[Clause]) -> str | None:
        """Return the canonical name of the organisation that acted; None where none is named.

        ``earlier`` are the clauses of the sentence before that of the count, whose subject holds on.
        """
        if reading.action is None or reading.direction:
            return None
        for clause in (reading.clause, *reversed(earlier)):
            stop = reading.place if clause is reading.clause else len(clause.tokens)
            found = self._subject(clause.tokens[:stop])
            if found is not None:
                kind, ref = found
                if kind == UNIT:
                    return self.units[ref].name
                return self.issuer if kind == DEICTIC else None
        return None

    def _subject(self, tokens: Sequence[Token]) -> tuple[str, int] | None:
        """Return kind and record of the one who acts in a clause, that of nobody where no name says who, else None."""
        for place, token in enumerate(tokens):
            word = self.text[token.at : token.end]
            if token.kind == PREPOSITION and word not in self.lexicon.by:
                return None
            if token.kind in _BETWEEN or (token.kind == DEICTIC and word not in self.lexicon.selves):
                continue
            if token.kind == UNIT:
                following = tokens[place + 1].kind if place + 1 < len(tokens) else ADVERB
                return (UNIT, token.ref) if following in _BETWEEN | _DOES else _NOBODY
            if token.kind == DEICTIC:
                return DEICTIC, -1
            return _NOBODY if token.kind == OTHER and word.endswith(self.lexicon.agents) else None
        return None
