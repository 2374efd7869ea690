"""Tables: a CSV file in rules/tables to rows and sets of names, read when first asked for."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.errors import RuleProblem
from extractor.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_ENCODING = "utf-8-sig"  # spreadsheets write a byte order mark
SEPARATOR = ";"  # between several values in one cell


@dataclass(frozen=True)
class Table:
    """One or more CSV files of the same name, later ones (the user's) adding rows."""

    name: str
    paths: tuple[Path, ...]
    _cache: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    def __getstate__(self) -> dict[str, object]:
        """Leave what was read out of the pickle."""
        return {"name": self.name, "paths": self.paths}

    def __setstate__(self, state: dict[str, object]) -> None:
        """Restore from a pickle."""
        self.__dict__.update(state, _cache={})

    def rows(self) -> tuple[Mapping[str, str], ...]:
        """Return all rows as written."""
        cached = self._cache.get("rows")
        if cached is None:
            cached = self._cache["rows"] = tuple(row for path in self.paths for row in _read(path))
        return cached  # type: ignore[return-value]  # the cache holds one type per key

    def header(self) -> tuple[str, ...]:
        """Return the column names."""
        return _header(self.paths[0])

    def column(self, name: str, where: tuple[tuple[str, str], ...] = ()) -> frozenset[str]:
        """Return the folded values of one column (cells may hold several) of the rows that agree with ``where``."""
        key = (name, where)
        cached = self._cache.get(key)
        if cached is None:
            cached = self._cache[key] = frozenset(
                fold(value)
                for row in self.rows()
                if all(row[column] in wanted.split("|") for column, wanted in where)
                for value in row[name].split(SEPARATOR)
                if value
            )
        return cached  # type: ignore[return-value]  # the cache holds one type per key


def problems_of(path: Path, first: Path) -> list[RuleProblem]:
    """Return what is wrong with the shape of a table: rows of another width, a header unlike that of ``first``."""
    problems = []
    try:
        header = _header(path)
        if header != _header(first):
            wanted = ",".join(_header(first))
            problems.append(RuleProblem(f"header differs from that of {first.name} built in: {wanted}", path, 1))
        with path.open(encoding=_ENCODING, newline="") as file:
            reader = csv.reader(file)
            for row in reader:
                if row and len(row) != len(header):
                    message = f"{len(row)} cells where the header has {len(header)}"
                    problems.append(RuleProblem(message, path, reader.line_num))
    except UnicodeDecodeError:
        problems.append(RuleProblem("not UTF-8; save the table as CSV UTF-8", path, 1))
    except (OSError, csv.Error) as error:
        problems.append(RuleProblem(f"cannot be read: {error}", path, 1))
    return problems


def _header(path: Path) -> tuple[str, ...]:
    with path.open(encoding=_ENCODING, newline="") as file:
        return tuple(next(csv.reader(file), ()))


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding=_ENCODING, newline="") as file:
        return list(csv.DictReader(file))
