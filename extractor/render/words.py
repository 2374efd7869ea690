"""Words: a language to what kinds, fields and values of records are called in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractor.choices import Language, Table


@cache
def words(language: Language) -> Mapping[str, str]:
    """Return the word for each key, ``field.value`` or ``qualifier.at_least``."""
    return _column("words.csv", language)


@cache
def english_indicators() -> Mapping[str, str]:
    """Return the English word for each domain and stage, ``domain.license``; the Chinese ones stand in their tables."""
    return _column("indicators.csv", "en")


def heading(table: Table, column: str, language: Language) -> str:
    """Return what a column of ``table`` is called: its own word, or else that of the field it holds."""
    known = words(language)
    return known.get(f"column.{table}.{column}") or known[f"field.{column}"]


def _column(table: str, name: str) -> Mapping[str, str]:
    import csv  # noqa: PLC0415 - the command line imports this module at start

    with Path(__file__).with_name(table).open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["key"]: row[name] for row in csv.DictReader(file)})
