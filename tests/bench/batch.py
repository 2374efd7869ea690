"""A folder of 2,000 reports, 20 of them broken, done at one go and with kills in between; prints what came of it.

    python tests/bench/batch.py [--reports 2000] [--jobs 2] [--seed 1]

Ends with status 1 where the tables of the two differ, or a broken file is not explained.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import duckdb

FIXTURES = Path(__file__).parents[2] / "fixtures"
PROGRAM = [sys.executable, "-c", "from extractor.cli import main; main()"]
COUNTIES = ["进贤县", "泸溪县", "安义县", "武宁县", "奉新县", "靖安县", "铜鼓县", "万载县", "上高县", "宜丰县"]
FORMS = ["csv", "jsonl", "xlsx", "sqlite"]  # besides Parquet; DuckDB is compared by rows
KILLS = 3
BROKEN = 20


def main() -> int:
    """Make the folder, run, kill, compare."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=int, default=2000)
    asked.add_argument("--jobs", type=int, default=2)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    chance = random.Random(options.seed)  # noqa: S311 - no secret
    with tempfile.TemporaryDirectory() as directory:
        home = Path(directory)
        sound = options.reports - BROKEN
        broken = make_reports(home / "reports", sound, chance)
        words = [str(home / "reports"), "--jobs", str(options.jobs)]
        seconds, told, peak = run(words, home / "whole", "parquet")
        say(f"at one go: {told}\n  {seconds:.1f} s in all, {peak} MB at most in one process")
        kill_and_resume(words, home, seconds, chance)
        return report(words, home, sound, broken)


def make_reports(folder: Path, number: int, chance: random.Random) -> set[str]:
    """Write ``number`` reports and 20 files that cannot be read; return the names of these."""
    folder.mkdir()
    paragraphs = [
        line
        for path in sorted(FIXTURES.glob("*.txt"))
        for line in path.read_bytes().decode().splitlines()
        if len(line) > 80
    ]
    for serial in range(number):
        title = f"{chance.choice(COUNTIES)}人民政府{chance.randrange(2004, 2025)}年依法行政工作总结"
        body = "\n".join(chance.sample(paragraphs, chance.randrange(2, 8)))
        (folder / f"{serial:04}.txt").write_text(f"{title}\n\n{body}\n第{serial + 1}号报告。\n", encoding="utf-8")
    broken = {
        "empty.txt": b"",
        "blank.txt": b" \n\n",
        "nul.txt": b"\x00\x01\x02" * 99,
        "old.doc": b"\xd0\xcf\x11\xe0" + bytes(600),
        "scan.png": b"\x89PNG\r\n\x1a\n" + bytes(99),
        "photo.jpg": b"\xff\xd8\xff\xe0" + bytes(99),
        "cut.zip": b"PK\x03\x04cut",
        "cut.pdf": b"%PDF-1.7\ncut",
        "bytes.txt": bytes(range(128, 256)) * 9,
        "columns.csv": b"a,b\n1,2\n",
    }
    names = set()
    for name, content in broken.items():
        for copy in (0, 1):
            path = folder / f"{chance.randrange(number):04}-{copy}-{name}"
            path.write_bytes(content)
            names.add(str(path))
    with zipfile.ZipFile(folder / "9999.zip", "w") as archive:  # its members count as reports
        archive.write(folder / "0000.txt", "inside.txt")
    (folder / "0000.txt").unlink()
    return names


def run(words: list[str], out: Path, form: str, *more: str) -> tuple[float, str, int]:
    """Run to the end; return the seconds, the summary, and the memory of the largest process in megabytes."""
    begin = time.monotonic()
    code = (
        "import resource, sys; from extractor.cli import run\n"
        "try: run(sys.argv[1:])\n"
        "finally: print(max(resource.getrusage(who).ru_maxrss for who in "
        "(resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024, file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, *words, "--format", form, "--output", f"{out}/", *more]
    outcome = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603 - our own program
    *told, peak = outcome.stderr.splitlines()
    return time.monotonic() - begin, "\n  ".join(told), int(peak)


def kill_and_resume(words: list[str], home: Path, seconds: float, chance: random.Random) -> None:
    """Run into ``home/killed``, killed at random moments and once when tables are being written, and resumed."""
    out = home / "killed"
    command = [*PROGRAM, *words, "--format", "parquet", "--output", f"{out}/", "--resume"]
    for number in range(KILLS + 1):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603 - our own program
        moment = chance.uniform(0.05, 0.95) * seconds / KILLS
        begin = time.monotonic()
        at_tables = number == KILLS
        while process.poll() is None and not (
            (out / ".extract" / "tables").exists() if at_tables else time.monotonic() - begin > moment
        ):
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
        process.wait()
        journal = out / ".extract" / "journal"
        done = journal.read_bytes().count(b"\n") if journal.exists() else 0
        when = "while writing tables" if at_tables else f"after {moment:.1f} s"
        how = "killed" if process.returncode < 0 else "ENDED BEFORE IT WAS KILLED"
        say(f"{how} {when}: {done:,} done, {len(tables(out))} tables there")


def report(words: list[str], home: Path, number: int, broken: set[str]) -> int:
    """Resume to the end, compare all formats, print and return the status."""
    seconds, told, _ = run(words, home / "killed", "parquet", "--resume")
    say(f"resumed: {told}\n  {seconds:.1f} s in all")
    verdicts = {"same parquet": tables(home / "whole") == tables(home / "killed")}
    for form in FORMS:
        for out in ("whole", "killed"):
            run(words, home / out, form, "--resume")
        verdicts[f"same {form}"] = tables(home / "whole") == tables(home / "killed")
    for out in ("whole", "killed"):
        run(words, home / out, "duckdb", "--resume")
    verdicts["same duckdb, by rows"] = rows(home / "whole") == rows(home / "killed")
    told_failures = (home / "whole" / "failures.jsonl").read_text(encoding="utf-8")
    failures = [json.loads(line) for line in told_failures.splitlines()]
    verdicts["every broken file explained, and no other"] = {one["source"] for one in failures} == broken
    verdicts[f"{number:,} documents"] = len(rows(home / "whole")["sources"]) == number
    for what, holds in verdicts.items():
        say(f"{'holds' if holds else 'FAILS'}: {what}")
    for reason in sorted({one["reason"] for one in failures}):
        say(f"  {reason}")
    return 0 if all(verdicts.values()) else 1


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def tables(out: Path) -> dict[str, bytes]:
    """Return the files that a run has left for the user, but for DuckDB's."""
    return {path.name: path.read_bytes() for path in out.glob("[!.]*") if path.suffix != ".duckdb"}


def rows(out: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows in a DuckDB file."""
    with duckdb.connect(str(out / "records.duckdb"), read_only=True) as base:
        names = [name for (name,) in base.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
        return {name: base.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall() for name in names}  # noqa: S608 - our own names


if __name__ == "__main__":
    sys.exit(main())
