"""Batches: a directory of tables that does not depend on what went wrong on the way to it."""

from __future__ import annotations

import csv
import fcntl
import io
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import formats
import pytest

from extractor.choices import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Outcome

    Command = Callable[..., Outcome]

PROGRAM = [sys.executable, "-c", "from extractor.cli import main; main()"]
FILES = {
    "csv": [f"{table}.csv" for table in TABLES],
    "parquet": [f"{table}.parquet" for table in TABLES],
    "json": ["documents.jsonl"],
    "jsonl": ["documents.jsonl"],
    "xlsx": ["records.xlsx"],
    "sqlite": ["records.sqlite"],
    "duckdb": ["records.duckdb"],
}
SAME = [form for form in FILES if form != "duckdb"]  # DuckDB puts a random number into each file


def write_report(path: Path, number: int) -> None:
    """Write a small report like no other."""
    path.write_text(
        f"进贤县人民政府{2000 + number}年依法行政工作总结\n"
        f"{2000 + number}年，全县收到行政复议申请{number + 5}件，受理{number + 3}件，其中维持{number + 1}件、撤销2件。"
        f"根据《中华人民共和国行政复议法》第{number + 1}条，县财政局罚款{number}.{number}万元。\n",
        encoding="utf-8",
    )


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Return a directory of six reports and two files that cannot be read."""
    directory = tmp_path / "reports"
    directory.mkdir()
    for number in range(6):
        write_report(directory / f"{number}.txt", number)
    (directory / "3a.txt").touch()
    (directory / "7.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    return directory


def content(directory: Path) -> dict[str, bytes]:
    """Return the files of a directory, those that begin with a dot left out."""
    return {path.name: path.read_bytes() for path in sorted(directory.iterdir()) if not path.name.startswith(".")}


@pytest.mark.parametrize("form", list(FILES))
def test_a_directory_gets_all_tables(form: str, reports: Path, extract_command: Command, tmp_path: Path) -> None:
    """And a line for each failure; the summary says how much there is."""
    out = tmp_path / "deep" / "out"
    outcome = extract_command(reports, "--format", form, "--output", f"{out}/")
    assert (outcome.status, outcome.out) == (1, "")
    assert sorted(content(out)) == sorted([*FILES[form], "failures.jsonl", "warnings.jsonl"])
    failures = [json.loads(line) for line in (out / "failures.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [failure["source"] for failure in failures] == [str(reports / "3a.txt"), str(reports / "7.doc")]
    assert failures[0]["reason"] == "empty, there is no text to read"
    first, second = outcome.err.splitlines()
    assert first.startswith(f"6 documents, 2 failed ({out / 'failures.jsonl'} says why), ")
    assert second.startswith("30 counts, 12 dates, ")
    assert second.endswith(" (0 failed)")


def test_what_was_read_in_part_is_told(reports: Path, extract_command: Command, tmp_path: Path) -> None:
    """In a file of its own, also by a run that goes on; it is no failure."""
    for name in ("3a.txt", "7.doc"):
        (reports / name).unlink()
    (reports / "2a.pdf").write_bytes(formats.scanned_in_part(f"某县2022年总结\n{'全县收到申请105件，' * 9}"))
    words = [reports, "--format", "csv", "--output", f"{tmp_path}/out/"]
    for more in (["--jobs", "2"], [], ["--resume"]):
        outcome = extract_command(*words, *more)
        told = f"7 documents, 1 read in part ({tmp_path / 'out' / 'warnings.jsonl'} says why), "
        assert (outcome.status, outcome.err.startswith(told)) == (0, True)
        (line,) = (tmp_path / "out" / "warnings.jsonl").read_text(encoding="utf-8").splitlines()
        assert json.loads(line)["source"] == str(reports / "2a.pdf")
        assert json.loads(line)["warning"].startswith("no text on page 2, probably scanned; ")


def test_the_rows_are_those_of_one_file(reports: Path, extract_command: Command, tmp_path: Path) -> None:
    """For every kind, in the same order."""
    extract_command(reports, "--format", "csv", "--output", f"{tmp_path}/out/")
    for kind in ("counts", "dates", "units", "regulations", "checks"):
        alone = extract_command(reports, "--format", "csv", "--records", kind).out
        assert (tmp_path / "out" / f"{kind}.csv").read_text(encoding="utf-8") == alone
    extract_command(reports, "--format", "jsonl", "--output", f"{tmp_path}/out/")
    assert (tmp_path / "out" / "documents.jsonl").read_text(encoding="utf-8") == extract_command(reports, "--json").out


def test_every_row_leads_to_its_report_and_source(reports: Path, extract_command: Command, tmp_path: Path) -> None:
    """By the keys."""
    extract_command(reports, "--format", "csv", "--output", f"{tmp_path}/out/")
    tables = {
        table: list(csv.DictReader(io.StringIO((tmp_path / "out" / f"{table}.csv").read_text(encoding="utf-8"))))
        for table in TABLES
    }
    sources = {row["source"] for row in tables["sources"]}
    known = {(row["source"], row["report"]) for row in tables["reports"]}
    assert {source for source, _ in known} == sources == {str(path) for path in reports.glob("[0-5].txt")}
    for kind in TABLES[:5]:
        assert {(row["source"], row["report"]) for row in tables[kind]} <= known


@pytest.mark.parametrize("words", [["--jobs", "2"], ["--records", "counts"], []])
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_run_again_gives_the_same_bytes(
    form: str, words: list[str], reports: Path, extract_command: Command, tmp_path: Path
) -> None:
    """With one process or several, into a new directory or an old one."""
    extract_command(reports, "--format", form, *words, "--output", f"{tmp_path}/out/")
    before = content(tmp_path / "out")
    extract_command(reports, "--format", form, *words, "--output", f"{tmp_path}/out/")
    extract_command(reports, "--format", form, "--output", f"{tmp_path}/new/")
    assert content(tmp_path / "out") == before
    assert before.items() <= content(tmp_path / "new").items()


def stopped(words: list[str | Path], out: Path, finished: int, how: signal.Signals) -> subprocess.Popen[str]:
    """Run the program until ``finished`` sources are in its journal, then send it a signal; return how it ended."""
    process = subprocess.Popen([*PROGRAM, *map(str, words)], stderr=subprocess.PIPE, text=True)  # noqa: S603 - our own program
    journal = out / ".extract" / "journal"
    limit = time.monotonic() + 60
    try:
        while not journal.exists() or journal.read_bytes().count(b"\n") < finished:
            assert process.poll() is None, process.stderr and process.stderr.read()
            assert time.monotonic() < limit
            time.sleep(0.01)
        process.send_signal(how)
        process.wait(60)
    finally:
        process.kill()
    return process


@pytest.fixture
def stuck(reports: Path) -> Path:
    """Return an input at which a run waits for ever, as nobody writes into it."""
    path = reports.parent / "pipe"
    os.mkfifo(path)
    return path


@pytest.mark.parametrize("form", SAME)
@pytest.mark.parametrize("finished", [2, 4])
def test_a_killed_run_is_gone_on_with(
    form: str, finished: int, reports: Path, stuck: Path, extract_command: Command, tmp_path: Path
) -> None:
    """It leaves no table; gone on with, it gives the same bytes as a run that was not killed."""
    names = sorted(reports.iterdir())
    names.insert(finished + (finished > 3), stuck)
    words = [*names, "--format", form, "--output", f"{tmp_path}/out/"]
    assert stopped(words, tmp_path / "out", finished, signal.SIGKILL).returncode == -signal.SIGKILL
    assert content(tmp_path / "out") == {}
    stuck.unlink()
    write_report(stuck, 9)
    extract_command(*words[:-1], f"{tmp_path}/whole/")
    outcome = extract_command(*words, "--resume")
    assert outcome.err.startswith("7 documents, 2 failed")
    assert content(tmp_path / "out") == content(tmp_path / "whole")


def test_what_is_finished_is_not_done_again(reports: Path, extract_command: Command, tmp_path: Path) -> None:
    """The journal has no line twice; new and changed sources are done, those that have gone leave the tables."""
    words = [reports, "--format", "csv", "--output", f"{tmp_path}/out/"]
    journal = tmp_path / "out" / ".extract" / "journal"
    extract_command(*words)
    before = journal.read_bytes()
    extract_command(*words, "--resume")
    assert journal.read_bytes() == before
    (reports / "0.txt").unlink()
    write_report(reports / "1.txt", 11)
    write_report(reports / "8.txt", 8)
    extract_command(*words, "--resume")
    assert journal.read_bytes().startswith(before)
    assert journal.read_bytes()[len(before) :].count(b"\n") == 2
    extract_command(*words[:-1], f"{tmp_path}/whole/")
    assert content(tmp_path / "out") == content(tmp_path / "whole")


@pytest.mark.parametrize("option", [["--only", "counts"], ["--reference-date", "2020"], ["--rules", "mine"]])
def test_other_settings_make_other_records(
    option: list[str], reports: Path, extract_command: Command, rules_dir: Callable[..., Path], tmp_path: Path
) -> None:
    """What was found under other settings is not used."""
    mine = rules_dir(
        "mine",
        more="rules:\n- id: count.more\n  about: more\n  parser: quantity\n"
        "  pattern: '{{count_head}} (?P<measure> 羊单位 )'\n"
        "  matches: [{text: 120羊单位, gives: {value: 120, unit: 羊单位}}]\n",
    )
    words = [reports, "--format", "csv", "--output", f"{tmp_path}/out/"]
    extract_command(*words)
    more = [str(mine) if word == "mine" else word for word in option]
    extract_command(*words, *more, "--resume")
    extract_command(*words[:-1], f"{tmp_path}/whole/", *more)
    assert content(tmp_path / "out") == content(tmp_path / "whole")
    assert (tmp_path / "out" / ".extract" / "journal").read_bytes().count(b"\n") == 12


@pytest.mark.parametrize("torn", [1, 100, 3000])
def test_a_torn_journal_is_mended(torn: int, reports: Path, extract_command: Command, tmp_path: Path) -> None:
    """What was being written when a run ended is done again, and half made tables are made anew."""
    words = [reports, "--format", "csv", "--output", f"{tmp_path}/out/"]
    extract_command(*words)
    before = content(tmp_path / "out")
    journal = tmp_path / "out" / ".extract" / "journal"
    os.truncate(journal, journal.stat().st_size - torn)
    (journal.parent / "tables").mkdir()
    (journal.parent / "tables" / "counts.csv").write_text("half", encoding="utf-8")
    extract_command(*words, "--resume")
    assert content(tmp_path / "out") == before
    assert journal.read_bytes().count(b"\n") == 6
    assert [path.name for path in journal.parent.iterdir()] == ["journal"]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_says_how_to_go_on(
    jobs: str, reports: Path, stuck: Path, extract_command: Command, tmp_path: Path
) -> None:
    """And ends with 130; what is done is kept."""
    names = [*sorted(reports.glob("?.txt"))[:3], stuck]
    words = [*names, "--jobs", jobs, "--format", "csv", "--output", f"{tmp_path}/out/"]
    process = stopped(words, tmp_path / "out", 3 if jobs == "1" else 0, signal.SIGINT)
    assert process.stderr
    told = process.stderr.read()
    assert (process.returncode, told) == (
        130, f"stopped; what is done is kept in {tmp_path}/out: go on with the same command and --resume\n",
    )  # fmt: skip
    assert content(tmp_path / "out") == {}
    stuck.unlink()
    write_report(stuck, 9)
    assert extract_command(*words, "--resume").err.startswith("4 documents, ")


def test_a_full_disk_loses_nothing(reports: Path, extract_command: Command, tmp_path: Path) -> None:
    """One line says so, no table is there, and the run can be gone on with."""
    words = [reports, "--format", "csv", "--output", f"{tmp_path}/out/"]
    code = (
        "import resource, sys; from extractor.cli import run; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)); run(sys.argv[1:])"
    )
    outcome = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code, *map(str, words)], capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 2
    assert outcome.stderr == f"cannot write '{tmp_path}/out': File too large\n"
    assert content(tmp_path / "out") == {}
    extract_command(*words, "--resume")
    extract_command(*words[:-1], f"{tmp_path}/whole/")
    assert content(tmp_path / "out") == content(tmp_path / "whole")


def test_a_journal_of_another_make_is_not_used(reports: Path, extract_command: Command, tmp_path: Path) -> None:
    """What is no line of ours, and what follows it, is done again."""
    words = [reports, "--format", "csv", "--output", f"{tmp_path}/out/"]
    extract_command(*words)
    before, journal = content(tmp_path / "out"), tmp_path / "out" / ".extract" / "journal"
    first, *others = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([first, b"something else\n", *others]))
    extract_command(*words, "--resume")
    assert content(tmp_path / "out") == before
    assert journal.read_bytes().count(b"\n") == 6


def test_two_runs_do_not_write_to_one_place(reports: Path, extract_command: Command, tmp_path: Path) -> None:
    """The second is told to wait, and harms nothing."""
    words = [reports, "--format", "csv", "--output", f"{tmp_path}/out/"]
    extract_command(*words)
    before = content(tmp_path / "out")
    journal = tmp_path / "out" / ".extract" / "journal"
    kept = journal.read_bytes()
    with journal.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        outcome = extract_command(*words)
    assert (outcome.status, outcome.err) == (2, f"another run is writing to '{tmp_path}/out'; wait for it\n")
    assert (content(tmp_path / "out"), journal.read_bytes()) == (before, kept)


def test_tables_may_lie_among_the_inputs(reports: Path, extract_command: Command) -> None:
    """They are not read as inputs the next time."""
    words = [reports, "--format", "csv", "--output", reports]
    assert extract_command(*words).err.startswith("6 documents, 2 failed")
    assert extract_command(*words).err.startswith("6 documents, 2 failed")


def test_an_input_named_twice_is_done_once(reports: Path, extract_command: Command, tmp_path: Path) -> None:
    """Its rows have one key."""
    outcome = extract_command(reports / "0.txt", reports, "--format", "csv", "--output", f"{tmp_path}/out/")
    assert outcome.err.startswith("6 documents, 2 failed")


def test_nothing_but_failures(reports: Path, extract_command: Command, tmp_path: Path) -> None:
    """The tables are there, and empty."""
    outcome = extract_command(reports / "7.doc", "--format", "csv", "--output", f"{tmp_path}/out/")
    assert outcome.status == 1
    assert outcome.err.startswith("0 documents, 1 failed")
    assert {(tmp_path / "out" / name).read_text(encoding="utf-8").count("\n") for name in FILES["csv"]} == {1}


def test_progress_is_for_terminals(reports: Path, tmp_path: Path) -> None:
    """It shows how many are done, how fast, and how many have failed."""
    master, slave = pty.openpty()
    words = [str(reports), "--format", "csv", "--output", f"{tmp_path}/out/"]
    with subprocess.Popen([*PROGRAM, *words], stderr=slave, env={**os.environ, "TERM": "xterm"}) as process:  # noqa: S603 - our own program
        os.close(slave)
        shown = b""
        while chunk := _read(master):
            shown += chunk
    os.close(master)
    assert process.returncode == 1
    assert b"/8" in shown
    assert b"failed" in shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that the other side has closed
        return b""


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--resume"], "--resume goes with --output DIR\n"),
        (["--json", "--resume", "--output", "a.json"], "--resume goes with --output DIR\n"),
        (["--text", "--resume"], "--resume goes with --output DIR\n"),
        (["--output", "out/"], "a table is for reading; choose another --format for a directory\n"),
        (["--json", "--output", "taken/out/"], "cannot write 'taken/out': Not a directory\n"),
        (["--format", "csv", "--output", "/proc/no/"], "cannot write '/proc/no': No such file or directory\n"),
        (["--json", "--records", "counts", "--output", "out/"], "--records goes with a format of rows"),
    ],
)
def test_what_does_not_go_together(
    words: list[str],
    message: str,
    reports: Path,
    extract_command: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Status 2 and one line; nothing is made."""
    monkeypatch.chdir(tmp_path)
    Path("taken").touch()
    outcome = extract_command(reports, *words)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith(message)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["reports", "taken"]


def test_what_stands_in_the_place_of_a_table(reports: Path, extract_command: Command, tmp_path: Path) -> None:
    """A directory is not replaced; a file is."""
    out = tmp_path / "out"
    (out / "dates.csv").mkdir(parents=True)
    (out / "counts.csv").write_text("old", encoding="utf-8")
    outcome = extract_command(reports, "--format", "csv", "--output", out)
    assert (outcome.status, outcome.err) == (2, f"cannot write '{out}': Is a directory\n")
    shutil.rmtree(out / "dates.csv")
    assert extract_command(reports, "--format", "csv", "--output", out, "--resume").status == 1
    assert (out / "counts.csv").read_text(encoding="utf-8").startswith("title,")
