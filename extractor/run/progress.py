"""Progress: how far a batch is, on standard error where that is a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.progress import Progress as Bar


class Progress:
    """A bar with rate, time remaining and failures; nothing where nobody looks."""

    def __init__(self, total: Callable[[], int]) -> None:
        """Keep how to find out how many inputs there are, at least."""
        self._total = total
        self._bar: Bar | None = None
        self._done = 0
        self._failed = 0

    def __enter__(self) -> Self:
        """Show the bar."""
        if sys.stderr.isatty():
            from rich import progress  # noqa: PLC0415 - most runs show none
            from rich.console import Console  # noqa: PLC0415 - as above

            self._bar = progress.Progress(
                progress.BarColumn(), progress.MofNCompleteColumn(),
                progress.TextColumn("{task.fields[rate]}"), progress.TimeRemainingColumn(),
                progress.TextColumn("{task.fields[failed]} failed"), console=Console(stderr=True), transient=True,
            )  # fmt: skip
            self._count = self._total()
            self._task = self._bar.add_task("", total=self._count, rate="", failed=0)
            self._bar.start()
        return self

    def advance(self, *, failed: bool = False) -> None:
        """Count one more input."""
        self._done += 1
        self._failed += failed
        if self._bar is not None:
            speed = self._bar.tasks[0].speed
            rate = "" if speed is None else f"{speed:.1f}/s"
            total = max(self._count, self._done)  # an archive holds more than one
            self._bar.update(self._task, completed=self._done, total=total, rate=rate, failed=self._failed)

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
