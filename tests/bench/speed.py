"""Speed: everything that is promised about speed, measured in one run and printed as tables.

Run ``python tests/bench/speed.py``; ``--megabytes 0.5`` does all of it on a smaller scale. ``--json FILE`` writes the
figures, ``--against FILE`` prints what has changed since such a file was written.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import corpora
import growth
import peers
import processes
from stages import Figures, measure

Results = dict[str, dict[str, float]]
PARTS = ("texts", "peers", "growth", "hostile", "start", "memory", "jobs", "lines")
_USUAL = PARTS[:-1]  # a gigabyte of lines takes long
_WHOLE = 20  # megabytes with which everything is measured in full
_HOSTILE, _DOCUMENTS = 333_334, 100_000  # characters of a hostile input, a megabyte; documents of the stream


def texts(megabytes: float, repeat: int) -> Results:
    """Measure rates, stages and the ratio to the limit."""
    mixed = f"mixed {megabytes:g} MB"
    groups = {"seed": corpora.seed(), "fixtures": corpora.fixtures(), mixed: corpora.mixed(megabytes)}
    found: Results = {}
    for name, group in groups.items():
        if group:
            figures = measure(group, repeat if len(group) < 50 else 1)
            found[name] = dict(figures.row())
            found[f"{name}: share of the stages"] = shares(figures)
    return found


def shares(figures: Figures) -> dict[str, float]:
    """Return how much of the time each stage takes, the largest first."""
    total = sum(figures.stages.values())
    ordered = sorted(figures.stages.items(), key=lambda item: -item[1])
    return {name: round(seconds / total, 3) for name, seconds in ordered}


def compared() -> Results:
    """Measure the peers on the seed text, or on the fixtures, and how many times as fast as each the program is."""
    sample = (corpora.seed() or ["\n".join(corpora.fixtures())])[0]
    own = measure([sample], 5)
    rates = {"gov-text-extractor": own.characters / own.seconds, **peers.rates(sample)}
    ratios = {name: round(rates["gov-text-extractor"] / rate, 1) for name, rate in rates.items()}
    return {
        "peers, characters a second": {name: round(rate) for name, rate in rates.items()},
        "peers, times as fast": ratios,
    }


def linear(largest: int) -> Results:
    """Measure microseconds a character by size."""
    found: Results = {}
    for shape, row in growth.sizes(largest).items():
        spread = max(row.values()) / min(row.values())
        found[f"microseconds a character, {shape}"] = {
            **{f"{size:,}": round(taken, 3) for size, taken in row.items()}, "slowest / fastest": round(spread, 2),
        }  # fmt: skip
    return found


def started() -> Results:
    """Measure starts against that of the libraries alone."""
    found = processes.start()
    ratios = {f"{name} / libraries": round(found[name] / found["libraries"], 2) for name in ("help", "small")}
    return {"start, seconds": {**{name: round(taken, 3) for name, taken in found.items()}, **ratios}}


def run(parts: list[str], options: argparse.Namespace) -> Results:
    """Measure ``parts``, printing each table as it comes."""
    scale = min(1, options.megabytes / _WHOLE)
    every = {
        "texts": lambda: texts(options.megabytes, options.repeat),
        "peers": compared,
        "growth": lambda: linear(int(scale * corpora.SIZES[-1])),
        "hostile": lambda: {"hostile text, times as slow": growth.hostile(int(scale * _HOSTILE))},
        "start": started,
        "memory": lambda: {"peak memory, megabytes": dict(processes.peaks(int(scale * _DOCUMENTS)))},
        "jobs": lambda: {"two processes, seconds": processes.jobs(options.megabytes, 2)},
        "lines": lambda: {f"JSON lines of {options.lines} MB": processes.lines(options.lines)},
    }
    results: Results = {}
    for part in parts:
        for name, row in every[part]().items():
            results[name] = row
            show(name, row)
    return results


def show(name: str, row: dict[str, float]) -> None:
    """Print one table."""
    sys.stdout.write(f"\n{name}\n")
    for key, value in row.items():
        shown = f"{value:,}" if isinstance(value, int) else f"{value:,.3f}".rstrip("0").rstrip(".")
        sys.stdout.write(f"  {key:32} {shown:>14}\n")
    sys.stdout.flush()


def against(results: Results, before: Results) -> None:
    """Print the figures that both runs have, as new / old."""
    for name in results.keys() & before.keys():
        both = {key: value for key, value in results[name].items() if before[name].get(key)}
        show(f"{name}, new / old", {key: value / before[name][key] for key, value in both.items()})


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", default=",".join(_USUAL), help=f"parts to measure, of {', '.join(PARTS)}")
    parser.add_argument("--megabytes", type=float, default=20, help="size of the mixed corpus, which scales the rest")
    parser.add_argument("--repeat", type=int, default=15, help="runs of which the fastest counts")
    parser.add_argument("--lines", type=int, default=1_000, help="megabytes of JSON lines")
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--against", type=Path, help="figures of an earlier run to compare with")
    options = parser.parse_args()
    results = run(options.only.split(","), options)
    if options.json:
        options.json.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    if options.against:
        against(results, json.loads(options.against.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
