"""Speed: characters a second end to end, the share of each stage, and the ratio to the least that must be done.

Run ``python tests/bench/speed.py [--json FILE] [--megabytes N]``. All figures come from one run on one
core; the limit is decoding, one pass each of four naive patterns, and building as many validated
records as the extraction gave.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import regex
from pydantic import TypeAdapter

from extractor import check, counts, dates, engine, link, regulations, resolve, units
from extractor.engine import Extractor
from extractor.records import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

P = ParamSpec("P")
R = TypeVar("R")
ROOT = Path(__file__).parent.parent.parent
FIXTURES = sorted((ROOT / "fixtures").glob("*.txt"))
NAIVE = {
    "counts": r"[0-9.,]+(?:万|亿)?[个件项次人元%起宗份]",
    "dates": r"[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?",
    "units": r"[\u4e00-\u9fff]{2,12}(?:局|委|办公室|政府|法院)",
    "regulations": r"《[^》]+》",
}
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
    "link": (link, "link"),
    "check": (check, "check"),
    "duplicates": (check, "duplicates"),
    "records": (engine, "report"),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """One text's figures: sizes, seconds, and seconds by stage."""

    name: str
    characters: int
    records: int
    seconds: float
    limit: float
    naive: float
    stages: dict[str, float]

    def row(self) -> dict[str, float | int | str]:
        """Return the figures as ratios and rates."""
        return {
            "text": self.name,
            "characters": self.characters,
            "records": self.records,
            "characters_per_second": round(self.characters / self.seconds),
            "times_the_limit": round(self.seconds / self.limit, 2),
            "naive_characters_per_second": round(self.characters / self.naive),
        }


@contextmanager
def timed_stages(seconds: dict[str, float]) -> Iterator[None]:
    """Add to ``seconds`` what each stage takes while the block runs."""
    originals = {name: getattr(module, function) for name, (module, function) in STAGES.items()}

    def wrap(name: str, function: Callable[P, R]) -> Callable[P, R]:
        def timed(*args: P.args, **kwargs: P.kwargs) -> R:
            begin = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                seconds[name] += time.perf_counter() - begin

        return timed

    for name, (module, function) in STAGES.items():
        setattr(module, function, wrap(name, originals[name]))
    try:
        yield
    finally:
        for name, (module, function) in STAGES.items():
            setattr(module, function, originals[name])


def best(repeat: int, run: Callable[[], object]) -> float:
    """Return the least seconds of ``repeat`` runs."""
    times = []
    for _ in range(repeat):
        begin = time.perf_counter()
        run()
        times.append(time.perf_counter() - begin)
    return min(times)


def measure(name: str, texts: list[str], repeat: int) -> Figures:
    """Return the figures for ``texts`` taken one by one."""
    extractor = Extractor()
    documents = [extractor.extract(text) for text in texts]
    seconds = best(repeat, lambda: [extractor.extract(text) for text in texts])
    stages: dict[str, float] = defaultdict(float)
    with timed_stages(stages):
        for text in texts:
            extractor.extract(text)
    reports = [report.model_dump() for document in documents for report in document.reports]
    adapter = TypeAdapter(list[Report])
    encoded = [text.encode() for text in texts]
    naive = [regex.compile(pattern) for pattern in NAIVE.values()]

    def plain() -> None:
        for text in texts:
            for pattern in naive:
                for _ in pattern.finditer(text):
                    pass

    def limit() -> None:
        for raw in encoded:
            raw.decode()
        plain()
        adapter.validate_python(reports)

    return Figures(
        name,
        sum(map(len, texts)),
        sum(1 for document in documents for _ in document.records()),
        seconds,
        best(repeat, limit),
        best(repeat, plain),
        dict(stages),
    )


def mixed(megabytes: float) -> list[str]:
    """Return documents of 2,000 to 40,000 characters, paragraphs of the fixtures in random order, seeded."""
    rng = random.Random(7)  # noqa: S311 - a repeatable corpus, not a secret
    paragraphs = [line for path in FIXTURES for line in path.read_text(encoding="utf-8").splitlines() if line]
    size, texts = 0, []
    while size < megabytes * 1_000_000:
        wanted, lines, length = rng.randint(2_000, 40_000), [], 0
        while length < wanted:
            lines.append(rng.choice(paragraphs))
            length += len(lines[-1])
        texts.append("\n".join(lines))
        size += len(texts[-1].encode())
    return texts


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    seed = ROOT.parent / "shared" / "seed" / "yifaxingzheng-8.txt"
    groups = [("fixtures", [path.read_bytes().decode("utf-8-sig") for path in FIXTURES])]
    if seed.exists():
        groups.insert(0, ("seed", [seed.read_bytes().decode()]))
    if arguments.megabytes:
        groups.append((f"mixed {arguments.megabytes:g} MB", mixed(arguments.megabytes)))
    rows = []
    for name, texts in groups:
        figures = measure(name, texts, arguments.repeat if len(texts) < 50 else 1)
        row = figures.row()
        rows.append({**row, "stages": figures.stages})
        shown = (f"{value}:" if isinstance(value, str) else f"{key}={value:,}" for key, value in row.items())
        sys.stdout.write("  ".join(shown) + "\n")
        total = sum(figures.stages.values())
        for stage, taken in sorted(figures.stages.items(), key=lambda item: -item[1]):
            rate = figures.characters / taken / 1e6
            sys.stdout.write(f"    {stage:12} {taken / total:6.1%}  {rate:8.2f} M characters/s\n")
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
