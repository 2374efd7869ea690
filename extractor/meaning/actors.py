"""Actors: the organisations named in a sentence to the one that acted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.meaning.lexicon import (
    ADVERB, ASIDE, CONJUNCTION, DATE, DEICTIC, NOMINAL, NOW, OTHER, PAUSE, PREPOSITION, UNIT, VERBS,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.findings import UnitFinding
    from extractor.meaning.clauses import Clause, Token
    from extractor.meaning.lexicon import Lexicon
    from extractor.meaning.reading import Reading

_BETWEEN = frozenset((ADVERB, ASIDE, DATE, NOW, PREPOSITION))  # may stand between the one who acts and the verb
_LISTED = frozenset((CONJUNCTION, PAUSE))
_DOES = VERBS | {NOMINAL}


def actor(
    text: str, reading: Reading, earlier: Sequence[Clause], units: Sequence[UnitFinding], issuer: str | None,
    lexicon: Lexicon,
) -> str | None:
    """Return the canonical name of the organisation that did what the count tells; None where none is named."""
    if reading.action is None or reading.direction:
        return None
    for clause in (reading.clause, *reversed(earlier)):
        stop = reading.place if clause is reading.clause else len(clause.tokens)
        found = _subject(text, clause.tokens, stop, lexicon)
        if found is not None:
            kind, ref = found
            if kind == UNIT:
                return units[ref].name
            return issuer if kind == DEICTIC else None
    return None


def _subject(text: str, tokens: Sequence[Token], stop: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """Return kind and record of the one who acts in a clause, ('', -1) for one with no name, None for nobody."""
    for place in range(stop):
        token = tokens[place]
        if token.kind in _BETWEEN:
            if token.kind == PREPOSITION and text[token.at : token.end] not in lexicon.by:
                return None
            continue
        if token.kind == UNIT:
            following = tokens[place + 1] if place + 1 < stop else None
            if following is None or following.kind in _BETWEEN | _DOES:
                return UNIT, token.ref
            return "", -1
        if token.kind == DEICTIC:
            if text[token.at : token.end] in lexicon.selves:
                return DEICTIC, -1
            continue
        if token.kind == OTHER and text[token.at : token.end].endswith(lexicon.agents):
            return "", -1
        return None
    return None
