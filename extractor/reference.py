"""Reference: the date that a caller gives to the context of a text of which nothing else is known."""

from __future__ import annotations

from datetime import date

from extractor.errors import UsageError
from extractor.findings import Context

_YEARS = range(1500, 2200)  # those that are read as years in texts, so that 明年 and 去年 stay within the calendar
_REST = {4: "-01-01", 7: "-01", 10: ""}  # by length, what completes 2022, 2022-06, 2022-06-30


def reference(text: str) -> tuple[int, int | None, int | None]:
    """Return year, month, day of a reference date '2022', '2022-06' or '2022-06-30'; UsageError otherwise."""
    found = _iso(text + _REST[len(text)]) if len(text) in _REST and text.isascii() else None
    if found is None or found.year not in _YEARS:
        message = f"reference date {text!r} is no date; write 2022, 2022-06 or 2022-06-30"
        raise UsageError(message)
    missing = _REST[len(text)].count("-")
    return found.year, found.month if missing < len("MD") else None, found.day if missing == 0 else None


def given(text: str) -> Context:
    """Return the context of a text of which only the reference date is known; UsageError where it is no date."""
    year, month, day = reference(text)
    return Context(year=year, month=month, day=day, base=year, told=True)


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
