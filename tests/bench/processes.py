"""Processes: what only whole processes show: time to start, memory, work over several processes."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import corpora

from extractor import Extractor

if TYPE_CHECKING:
    from collections.abc import Sequence

_EXTRACT = [sys.executable, "-c", "from extractor.cli import main; main()"]
_SMALL = "2022年，全县共收到行政复议申请105件，受理39件。\n"
_PEAK = """
import re
def peak():
    return int(re.search(r"VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1]) // 1024
"""
_SEED = f"""{_PEAK}
import sys
from extractor.cli import run
try:
    run(sys.argv[1:])
except SystemExit:
    print(peak())
"""
_STREAM = f"""{_PEAK}
import itertools, sys
from extractor import Extractor
texts = [line for line in open(sys.argv[1], encoding="utf-8").read().splitlines() if line]
for number, _ in enumerate(Extractor().stream(itertools.islice(itertools.cycle(texts), int(sys.argv[2]))), 1):
    if number in (min(1000, int(sys.argv[2]) - 1), int(sys.argv[2])):
        print(peak())
"""
_LINES = f"""{_PEAK}
import json, sys, time
from extractor import Extractor
source = (json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8"))
characters = sum(document.source.characters for document in Extractor().stream(source))
print(characters, time.process_time(), peak())
"""


def start(repeat: int = 30) -> dict[str, float]:
    """Return seconds of wall time to start: the least of several runs, which take turns, byte code in place."""
    with tempfile.TemporaryDirectory() as directory:
        small = Path(directory) / "small.txt"
        small.write_text(_SMALL, encoding="utf-8")
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": directory}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        commands = {
            "libraries": [sys.executable, "-c", "import pydantic, typer, regex"],
            "help": [*_EXTRACT, "--help"],
            "small": [*_EXTRACT, str(small), "--json"],
        }
        turns = [{name: _taken(command, environment) for name, command in commands.items()} for _ in range(repeat + 2)]
        return {name: min(turn[name] for turn in turns[2:]) for name in commands}


def _taken(command: Sequence[str], environment: dict[str, str]) -> float:
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)  # noqa: S603 - ours
    return time.perf_counter() - begin


def peaks(documents: int) -> dict[str, int]:
    """Return the most megabytes held: for the seed text, and in a stream after its beginning and at its end."""
    found: dict[str, int] = {}
    if corpora.SEED.exists():
        words = [sys.executable, "-c", _SEED, str(corpora.SEED), "--json", "--output", os.devnull]
        found["seed"] = int(_output(words).split()[-1])
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join(corpora.mixed(0.05)[0].splitlines()))
        file.flush()
        first, last = _output([sys.executable, "-c", _STREAM, file.name, str(documents)]).split()
    return {**found, "stream at its beginning": int(first), f"stream at {documents:,}": int(last)}


def _output(command: Sequence[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - ours


def lines(megabytes: int) -> dict[str, float]:
    """Return peak memory and characters a second for JSON lines of so many megabytes, read one by one."""
    documents = corpora.mixed(2)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        size = 0
        for text in itertools.cycle(documents):
            size += file.write(json.dumps({"text": text}, ensure_ascii=False) + "\n") * 3
            if size > megabytes * 1_000_000:
                break
        file.flush()
        characters, seconds, peak = _output([sys.executable, "-c", _LINES, file.name]).split()
    return {"characters_per_second": round(int(characters) / float(seconds)), "peak_megabytes": int(peak)}


def jobs(megabytes: float, number: int, repeat: int = 3) -> dict[str, float]:
    """Return seconds of wall time for a corpus with one process and with ``number``, and how many times as fast.

    They take turns, and the least of each counts: the machine's own speed changes from one to the other.
    """
    texts = corpora.mixed(megabytes)
    extractor = Extractor()
    extractor.extract(texts[0])
    times: dict[int, float] = {}
    for _ in range(repeat):
        for several in (1, number):
            begin = time.perf_counter()
            for _ in extractor.stream(texts, jobs=several):
                pass
            times[several] = min(time.perf_counter() - begin, times.get(several, float("inf")))
    return {"one": times[1], str(number): times[number], "times_as_fast": times[1] / times[number]}
