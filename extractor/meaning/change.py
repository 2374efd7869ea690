"""Change: a growth figure and the clauses before it to what it is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.meaning.lexicon import (
    ADVERB,
    COMPARISON,
    CONJUNCTION,
    COPULA,
    COUNT,
    DATE,
    FALLS,
    GROWTH,
    RISES,
    SHRINKAGE,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.findings import DateFinding
    from extractor.meaning.clauses import Clause
    from extractor.meaning.lexicon import Lexicon
    from extractor.meaning.readings import Reading
    from extractor.meaning.words import Token

_ENDS = frozenset((ADVERB, COPULA, COUNT, FALLS, GROWTH, RISES, SHRINKAGE))
_LONGEST = 14  # characters of a baseline; more is no name of one


def baseline(
    text: str, reading: Reading, earlier: Sequence[Clause], dates: Sequence[DateFinding], lexicon: Lexicon
) -> str | None:
    """Return what the growth is measured against, as written: 比上年 增长 gives 上年; None for 同比 or where unsaid.

    ``earlier`` are the clauses of the sentence before that of the count, whose comparison holds on.
    """
    own = reading.clause.tokens[: reading.place]
    for tokens in (own, *(clause.tokens for clause in reversed(earlier) if _compares(clause))):
        for place in range(len(tokens) - 1, -1, -1):
            token = tokens[place]
            word = text[token.at : token.end]
            if word in lexicon.unnamed:
                return None
            if token.kind == COMPARISON or (token.kind == CONJUNCTION and _is_compared(text, tokens, place, lexicon)):
                found = _named(text, tokens[place + 1 :], dates)
                if found or tokens is own:
                    return found
    return None


def _compares(clause: Clause) -> bool:
    """Whether a clause speaks of growth or of another time, so that its comparison holds on."""
    return any(token.kind in (RISES, FALLS, GROWTH, SHRINKAGE, DATE) for token in clause.read())


def _is_compared(text: str, tokens: Sequence[Token], place: int, lexicon: Lexicon) -> bool:
    """Whether 与 or 同 begins a comparison: 与去年同期相比."""
    after = place + 1
    return after < len(tokens) and tokens[after].kind == DATE and text.startswith(lexicon.comparing, tokens[after].end)


def _named(text: str, tokens: Sequence[Token], dates: Sequence[DateFinding]) -> str | None:
    """Return the words of the comparison that ``tokens`` begin with."""
    if not tokens:
        return None
    if tokens[0].kind == DATE:
        date = dates[tokens[0].ref]
        return text[date.at : date.end]
    stop = next((place for place, token in enumerate(tokens) if token.kind in _ENDS), len(tokens))
    if not stop:
        return None
    found = text[tokens[0].at : tokens[stop - 1].end]
    return found if len(found) <= _LONGEST else None
