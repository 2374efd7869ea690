"""Checks: whether a report agrees with itself, failures first, each with the way to its records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.render.page.markup import Html, element, joined
from extractor.render.page.text import key_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extractor.records import Check, Report


def checks(report: Report, words: Mapping[str, str]) -> Html:
    """Return the checks of the report; those that passed are folded away."""
    failed = [check for check in report.checks if not check.ok]
    passed = [check for check in report.checks if check.ok]
    if not report.checks:
        return element("p", words["page.no_checks"], class_="quiet")
    texts = {record.id: record.text for record in report.records()}
    parts = (
        [element("ul", *(_line(check, report, texts, words) for check in failed), class_="checks")] if failed else []
    )
    if passed:
        lines = (_line(check, report, texts, words) for check in passed)
        tick = element("span", "✓ ", class_="tick", aria_hidden="true")
        summary = element("summary", tick, f"{len(passed)} {words['page.passed']}")
        parts.append(element("details", summary, element("ul", *lines, class_="checks")))
    return joined(*parts)


def _line(check: Check, report: Report, texts: Mapping[str, str], words: Mapping[str, str]) -> Html:
    links = [element("a", texts.get(record, record), href=f"#{key_of(report, record)}") for record in check.records] + [
        element("a", f"{words['page.report']} {index}", href=f"#report-{index}") for index in check.reports
    ]
    outcome = words["page.ok" if check.ok else "page.wrong"]
    return element(
        "li",
        element("span", "✓" if check.ok else "✗", class_="tick" if check.ok else "cross", aria_hidden="true"),
        element("span", outcome, class_="spoken"),
        element("b", words[f"check.{check.kind}"]),
        element("span", check.message, class_="message"),
        element("span", *links, class_="links"),
        class_="passed" if check.ok else "failed",
    )
