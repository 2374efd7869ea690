"""Labels: the tables of indicator domains and stages to what each indicator is called."""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING

from extractor.builtin import BUILTIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Rows = Iterable[Mapping[str, str]]

TABLES = ("indicator_domains", "indicator_stages")


def labels_of(domains: Rows, stages: Rows) -> dict[str, str]:
    """Return a label for each indicator: ``reconsideration.received`` is 行政复议·收到."""
    stages = tuple(stages)
    return {
        f"{domain['domain']}.{stage['stage']}": f"{domain['label']}·{stage['label']}"
        for domain in domains
        for stage in stages
    }


@cache
def builtin_labels() -> Mapping[str, str]:
    """Return the labels of the built-in indicators."""
    domains, stages = (_rows(name) for name in TABLES)
    return labels_of(domains, stages)


def _rows(name: str) -> list[dict[str, str]]:
    with (BUILTIN / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
