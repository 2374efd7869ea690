"""Suggestion: a word that is not known to the known one that was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from extractor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

T = TypeVar("T", bound=str)


def chosen(what: str, word: str, known: Sequence[T]) -> T:
    """Return the one of ``known`` that ``word`` is; UsageError, which says what is chosen from, where it is none."""
    for one in known:
        if one == word:
            return one
    raise UsageError(f"unknown {what} {word!r}{suggestion(word, known)}; choose from {', '.join(known)}")


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return `` (did you mean '…'?)`` for the nearest known word, or nothing."""
    import difflib  # noqa: PLC0415 - only mistakes need it

    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f" (did you mean {near[0]!r}?)" if near else ""
