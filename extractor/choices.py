"""Choices: the words that options take, and so what there are kinds, tables, formats and languages of."""

from __future__ import annotations

from typing import Literal

Kind = Literal["counts", "dates", "units", "regulations"]
Table = Literal["counts", "dates", "units", "regulations", "checks", "reports", "sources"]
Form = Literal["table", "json", "jsonl", "csv", "xlsx", "parquet", "duckdb", "sqlite"]
Language = Literal["zh", "en"]

KINDS: tuple[Kind, ...] = ("counts", "dates", "units", "regulations")
ROWS: tuple[Table, ...] = (*KINDS, "checks")  # those a user asks for by name
TABLES: tuple[Table, ...] = (*ROWS, "reports", "sources")
FORMS: tuple[Form, ...] = ("table", "json", "jsonl", "csv", "xlsx", "parquet", "duckdb", "sqlite")
LANGUAGES: tuple[Language, ...] = ("zh", "en")
