"""Series: what an index knows of its reports to one report a year for each issuer."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec import Struct

from extractor.choices import KINDS
from extractor.render.page.leading import Figure, figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from extractor.records import Document, Report

_YEAR = 4  # characters


class Entry(Struct, frozen=True):
    """What the index knows of a report; ``page`` is the file of its document's page."""

    source: str
    page: str
    number: int
    title: str | None
    issuer: str | None
    period: str | None
    place: str | None  # the region of the issuer
    sizes: tuple[int, ...]  # records, in the order of the kinds
    checks: int
    failed: int
    figures: Mapping[str, tuple[Figure, str]]  # indicator → leading figure, key of its record

    @classmethod
    def of(cls, document: Document, report: Report, page: str) -> Entry:
        """Return the entry of one report."""
        leading = {code: (figure, f"{report.index}-{figure.count.id}") for code, figure in figures(report).items()}
        place = next((unit.region.name for unit in report.units if unit.region and unit.name == report.issuer), None)
        return cls(
            document.source.name, page, report.index, report.title, report.issuer, report.period, place,
            tuple(len(getattr(report, kind)) for kind in KINDS), len(report.checks),
            sum(not check.ok for check in report.checks), leading,
        )  # fmt: skip

    @property
    def address(self) -> str:
        """Return the link to the report."""
        return f"{quote(self.page)}#report-{self.number}"

    @property
    def year(self) -> str | None:
        """Return the year that the report's period lies in; None where it is unknown or longer."""
        years = {part[:_YEAR] for part in (self.period or "").split("/")}
        year = years.pop()
        return year if not years and year.isdecimal() else None


def by_issuer(entries: Sequence[Entry]) -> list[tuple[str, list[tuple[str, Entry]]]]:
    """Return the issuers in their order, each with its reports by year.

    A report that names no issuer goes to the only one whose place its title names: what 永新县2020年工作报告 is set
    beside, if the other years are those of 永新县人民政府 and no other body of that county has reported.
    """
    places: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.issuer and entry.place:
            places[entry.place].add(entry.issuer)
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        issuer = entry.issuer or _likely(entry.title or "", places)
        if issuer and entry.year:
            groups[issuer].append(entry)
    return [(issuer, _by_year(group)) for issuer, group in sorted(groups.items())]


def _likely(title: str, places: Mapping[str, set[str]]) -> str | None:
    named = [issuers for place, issuers in places.items() if place in title]
    return next(iter(named[0])) if len(named) == 1 and len(named[0]) == 1 else None


def _by_year(group: Iterable[Entry]) -> list[tuple[str, Entry]]:
    """Return one report a year: that of the issuer's own name, on the whole year, with most records."""
    best: dict[str, Entry] = {}
    for entry in group:
        year = entry.year or ""
        if year not in best or _weight(entry, year) > _weight(best[year], year):
            best[year] = entry
    return sorted(best.items())


def _weight(entry: Entry, year: str) -> tuple[bool, bool, int]:
    return entry.issuer is not None, entry.period == year, sum(entry.sizes)
