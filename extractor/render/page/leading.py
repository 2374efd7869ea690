"""Leading figures: a report's counts to one figure an indicator, the one that stands for it in charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from extractor.records import Count, Report

FUNNEL = ("received", "accepted", "concluded")
_SHARES = ("percent",)
_NO_FIGURES = ("duration", "ratio", "percentage_point", "money")


class Figure(Struct, frozen=True):
    """The figure of an indicator: the record it is, and its value."""

    domain: str
    stage: str
    count: Count
    value: Decimal

    @property
    def code(self) -> str:
        """Return the indicator."""
        return f"{self.domain}.{self.stage}"

    @property
    def is_share(self) -> bool:
        """Return whether the value is a percentage."""
        return self.count.dimension in _SHARES


class Panel(Struct, frozen=True):
    """The figures of one domain that are counted in one unit, in the order of its stages."""

    domain: str
    figures: tuple[Figure, ...]
    is_funnel: bool


def figures(report: Report) -> dict[str, Figure]:
    """Return the leading figure of each indicator: the largest of the report's own period that is no part of another.

    Growth, durations, money and ratios are no figures; a percentage stands for an indicator that is a rate only.
    """
    found: dict[str, Figure] = {}
    indicators = {count.id: count.indicator for count in report.counts}
    for count in report.counts:
        if count.parent and indicators.get(count.parent) in (None, count.indicator):
            continue  # 21 件 of 39 件 受理; but 审结 63 件 of 66 件 受理 leads in its own stage
        figure = _figure(count, report)
        if figure is not None and (figure.code not in found or figure.value > found[figure.code].value):
            found[figure.code] = figure
    return found


def panels(report: Report, order: Sequence[str]) -> tuple[tuple[Panel, ...], tuple[Figure, ...]]:
    """Return the panels of the report, the fullest first, and the others in the order of the text.

    ``order`` is that of the stages.
    """
    rank = {stage: number for number, stage in enumerate(order)}
    groups: dict[tuple[str, str | None], list[Figure]] = {}
    for figure in sorted(figures(report).values(), key=lambda figure: rank.get(figure.stage, len(rank))):
        groups.setdefault((figure.domain, figure.count.unit), []).append(figure)
    drawn = [
        Panel(domain, tuple(members), is_funnel=sum(figure.stage in FUNNEL for figure in members) > 1)
        for (domain, _), members in groups.items()
        if len(members) > 1
    ]
    single = [members[0] for members in groups.values() if len(members) == 1]
    drawn.sort(key=lambda panel: (-len(panel.figures), panel.figures[0].count.start))
    return tuple(drawn), tuple(sorted(single, key=lambda figure: figure.count.start))


def _figure(count: Count, report: Report) -> Figure | None:
    if count.indicator is None or count.value is None or count.change is not None:
        return None
    if count.dimension in _NO_FIGURES or (report.period and count.period not in (None, report.period)):
        return None
    domain, _, stage = count.indicator.partition(".")
    if (count.dimension in _SHARES) != (stage == "rate"):
        return None
    return Figure(domain, stage, count, count.value)
