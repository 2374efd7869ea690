"""Peers: other programs for parts of the same task, where they are installed (extra ``bench``)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stages import best

if TYPE_CHECKING:
    from collections.abc import Callable

_TITLE = re.compile("《[^》]+》")


def rates(text: str) -> dict[str, float]:
    """Return characters a second of processor time for each peer."""
    found = {}
    for name, make in (("JioNLP", _jionlp), ("JioNLP extract_time", _jionlp_time), ("Recognizers-Text", _recognizers)):
        try:
            run = make()
        except ImportError:
            continue
        run(text[:200])  # loads its tables
        found[name] = len(text) / best(3, lambda run=run: run(text))  # type: ignore[misc]
    return found


def _jionlp() -> Callable[[str], object]:
    import jionlp  # noqa: PLC0415 - a peer may be missing

    def run(text: str) -> None:
        jionlp.ner.extract_time(text)
        jionlp.ner.extract_money(text)
        jionlp.recognize_location(text)
        _TITLE.findall(text)

    return run


def _jionlp_time() -> Callable[[str], object]:
    import jionlp  # noqa: PLC0415 - as above

    return jionlp.ner.extract_time


def _recognizers() -> Callable[[str], object]:
    from recognizers_suite import (  # noqa: PLC0415 - as above
        Culture,
        recognize_currency,
        recognize_datetime,
        recognize_dimension,
        recognize_number,
        recognize_percentage,
    )

    every = (recognize_number, recognize_percentage, recognize_currency, recognize_dimension, recognize_datetime)
    return lambda text: [recognise(text, Culture.Chinese) for recognise in every]
