"""Stages: texts to characters a second end to end, the share of each stage, and the least that must be done.

Times are processor times, which other programs on the machine disturb least.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from pydantic import TypeAdapter

from extractor import check, counts, dates, engine, link, regulations, resolve, units
from extractor.engine import Extractor
from extractor.hits import hits
from extractor.records import Report
from extractor.units.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import ModuleType

P = ParamSpec("P")
R = TypeVar("R")
NAIVE = (
    r"[0-9.,]+(?:万|亿)?[个件项次人元%起宗份]",
    r"[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?",
    r"[\u4e00-\u9fff]{2,12}(?:局|委|办公室|政府|法院)",
    r"《[^》]+》",
)
STAGES: dict[str, tuple[ModuleType, str]] = {
    "normalise": (engine, "normalise"),
    "split": (engine, "split"),
    "regulations": (regulations, "find"),
    "links": (regulations, "links"),
    "dates": (dates, "scan"),
    "units": (units, "find"),
    "context": (resolve, "context"),
    "resolve": (resolve, "dates"),
    "counts": (counts, "find"),
    "meaning": (link, "link"),
    "check": (check, "check"),
    "duplicates": (check, "duplicates"),
    "records": (engine, "report"),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of some texts, in seconds."""

    characters: int
    records: int
    seconds: float
    limit: float
    naive: float
    stages: dict[str, float]

    def row(self) -> dict[str, float | int]:
        """Return the figures as rates and ratios."""
        return {
            "characters": self.characters,
            "records": self.records,
            "characters_per_second": round(self.characters / self.seconds),
            "records_per_second": round(self.records / self.seconds),
            "limit_characters_per_second": round(self.characters / self.limit),
            "times_the_limit": round(self.seconds / self.limit, 2),
            "plain_re_characters_per_second": round(self.characters / self.naive),
        }


def best(repeat: int, run: Callable[[], object]) -> float:
    """Return the least processor time of ``repeat`` runs."""
    times = []
    for _ in range(repeat):
        begin = time.process_time()
        run()
        times.append(time.process_time() - begin)
    return min(times)


def measure(texts: Sequence[str], repeat: int) -> Figures:
    """Return the figures of ``texts`` taken one by one, after one run that loads all that is needed."""
    extractor = Extractor()
    documents = [extractor.extract(text) for text in texts]
    seconds = best(repeat, lambda: [extractor.extract(text) for text in texts])
    stages: dict[str, float] = {}
    for _ in range(repeat):
        once: dict[str, float] = defaultdict(float)
        with _timed(once):
            for text in texts:
                extractor.extract(text)
        stages = {name: min(taken, stages.get(name, taken)) for name, taken in once.items()}
    reports = [report.model_dump() for document in documents for report in document.reports]
    naive = [re.compile(pattern) for pattern in NAIVE]
    return Figures(
        sum(map(len, texts)),
        sum(1 for document in documents for _ in document.records()),
        seconds,
        best(repeat, lambda: _limit([text.encode() for text in texts], reports)),
        best(repeat, lambda: [sum(1 for _ in one.finditer(text)) for text in texts for one in naive]),
        stages,
    )


def _limit(encoded: Sequence[bytes], reports: Sequence[dict[str, object]]) -> None:
    """Decode, find what the patterns match as fast as is known, and build as many validated records."""
    rules = engine.rules_of()
    scanners = [rules.scanner("regulation"), rules.pattern("regulation.provisions"), lexicon(rules).head_ends]
    dated = dates.trials_of(rules, frozenset())
    for raw in encoded:
        text = raw.decode()
        for scanner in scanners:
            for _ in scanner.finditer(text):
                pass
        for _ in hits(text, 0, len(text), rules):
            pass
        for seed in dates.seeds(text, rules):
            at = seed.start()
            any(match_at(text, at, len(text)) for _, match_at in dated.at(text, at, len(text)))
    TypeAdapter(list[Report]).validate_python(reports)


@contextmanager
def _timed(seconds: dict[str, float]) -> Iterator[None]:
    """Add to ``seconds`` what each stage takes while the block runs."""
    originals = {name: getattr(module, function) for name, (module, function) in STAGES.items()}

    def wrap(name: str, function: Callable[P, R]) -> Callable[P, R]:
        def timed(*args: P.args, **kwargs: P.kwargs) -> R:
            begin = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                seconds[name] += time.process_time() - begin

        return timed

    for name, (module, function) in STAGES.items():
        setattr(module, function, wrap(name, originals[name]))
    try:
        yield
    finally:
        for name, (module, function) in STAGES.items():
            setattr(module, function, originals[name])
