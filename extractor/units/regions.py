"""Regions: the chain of divisions in a name to its code in GB/T 2260."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.units.lexicon import Division, Lexicon

_TOWN = "town"
_PREFIX = {"province": 2, "city": 4}  # digits that a division shares with those within it


def coded(lexicon: Lexicon, chain: Sequence[str]) -> tuple[str, ...]:
    """Return ``chain`` without the town at its end, to which the standard gives no code."""
    is_town = bool(chain) and all(entry.level == _TOWN for entry in lexicon.divisions.get(chain[-1], ()))
    return tuple(chain[:-1] if is_town else chain)


def code_of(lexicon: Lexicon, chain: Sequence[str]) -> str | None:
    """Return the code of the last division of ``chain``; None where several answer to the name."""
    entries = [entry for entry in lexicon.divisions.get(chain[-1], ()) if entry.code]
    for name in chain[:-1]:
        wider = lexicon.divisions.get(name, ())
        entries = [entry for entry in entries if _is_within(entry, wider)]
    for group in ([entry for entry in entries if entry.current], entries):
        codes = {entry.code for entry in group}
        if codes:
            return codes.pop() if len(codes) == 1 else None
    return None


def _is_within(entry: Division, wider: Sequence[Division]) -> bool:
    return any(entry.code.startswith(one.code[: _PREFIX.get(one.level, 6)]) for one in wider if one.code)
