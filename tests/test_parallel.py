"""Work over processes: order, failures, deaths, endless inputs."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import pickle
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extractor import Extractor
from extractor.errors import InputError, UsageError, WorkerError
from extractor.parallel import each

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Outcome

    Command = Callable[..., Outcome]

FIXTURES = sorted((Path(__file__).parent.parent / "fixtures").glob("*.txt"))
SEVERAL = pytest.mark.parametrize("jobs", [1, 2, 3])


class _NeedsTwo(Exception):  # noqa: N818 - what it is called does not matter
    """An exception that pickle cannot make anew."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one + other)


def square(number: int) -> int:
    """Take longer for the first, fail for 3, hand back what cannot travel for 4, die of 5 and of 6."""
    if number == 0:
        time.sleep(0.2)
    if number == 3:
        raise InputError("three", "3")
    if number == 4:
        raise _NeedsTwo("a", "b")
    if number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 6:
        os._exit(7)
    return number * number


@SEVERAL
def test_results_come_in_the_order_of_the_inputs(jobs: int) -> None:
    """Also when the first takes longest; large inputs and results go through."""
    assert list(each(square, [0, 1, 2], jobs)) == [(0, 0), (1, 1), (2, 4)]
    texts = [letter * 300_000 for letter in "abcde"]
    assert [found for _, found in each(str.upper, texts, jobs)] == [text.upper() for text in texts]


@SEVERAL
def test_an_exception_is_the_result_of_its_input(jobs: int) -> None:
    """The others are done."""
    found = [result for _, result in each(square, [2, 3, 1], jobs)]
    assert (found[0], str(found[1]), found[2]) == (4, "3: three", 1)
    assert isinstance(found[1], InputError)


def test_what_cannot_travel_is_an_error_of_its_input() -> None:
    """An exception that cannot be pickled, a result that cannot, an input that cannot."""
    (_, raised), (_, fine) = each(square, [4, 2], jobs=2)
    assert (type(raised), str(raised), fine) == (WorkerError, "_NeedsTwo: ab", 4)
    (_, result), _ = each(open, [os.devnull, os.devnull], jobs=2)
    assert str(result) == "TypeError: cannot pickle '_io.TextIOWrapper' object"
    (_, unsent), (_, sent) = each(str, [lambda: 0, 1], jobs=2)
    assert (isinstance(unsent, (pickle.PicklingError, AttributeError)), sent) == (True, "1")


@pytest.mark.parametrize("jobs", [2, 3])
def test_a_process_that_dies_is_reported_with_its_input(jobs: int) -> None:
    """The signal or the status is named, and the rest goes on, in order."""
    found = list(each(square, [1, 5, 2, 6, 7, 8, 9], jobs))
    assert [given for given, _ in found] == [1, 5, 2, 6, 7, 8, 9]
    assert [result for _, result in found if isinstance(result, int)] == [1, 4, 49, 64, 81]
    deaths = [str(result) for _, result in found if isinstance(result, WorkerError)]
    assert deaths == [
        "the process working on it was ended by SIGKILL",
        "the process working on it ended with status 7",
    ]


@SEVERAL
def test_inputs_may_have_no_end(jobs: int) -> None:
    """A few are taken ahead, and leaving off ends the processes."""
    taken: list[int] = []

    def inputs() -> Iterator[int]:
        for number in itertools.count(7):
            taken.append(number)
            yield number

    results = each(square, inputs(), jobs)
    assert [next(results) for _ in range(20)] == [(number, number * number) for number in range(7, 27)]
    assert len(taken) <= 20 + 4 * jobs
    results.close()  # type: ignore[attr-defined]  # a generator, as any iterator with yield
    assert multiprocessing.active_children() == []


@SEVERAL
def test_an_error_of_the_inputs_comes_behind_the_results(jobs: int) -> None:
    """What was taken before it is not lost."""

    def inputs() -> Iterator[int]:
        yield from (7, 8)
        raise ValueError("no more")

    results = each(square, inputs(), jobs)
    assert [next(results), next(results)] == [(7, 49), (8, 64)]
    with pytest.raises(ValueError, match="no more"):
        next(results)


@SEVERAL
def test_a_stream_is_the_same_over_processes(jobs: int) -> None:
    """Documents are equal, in order, by the same names."""
    texts = [path.read_text(encoding="utf-8-sig") for path in FIXTURES[:4]]
    extractor = Extractor()
    expected = [extractor.extract(text, name=f"text {number}") for number, text in enumerate(texts, 1)]
    assert list(extractor.stream(texts, jobs=jobs)) == expected


@SEVERAL
def test_a_text_that_cannot_be_done_is_told_or_raised(jobs: int) -> None:
    """Where somebody listens, the rest goes on."""
    texts = ["2021年", "\ud800", "2022年"]
    failures: list[tuple[str, str]] = []
    done = Extractor().stream(texts, jobs=jobs, failed=lambda name, error: failures.append((name, str(error))))
    assert [document.source.name for document in done] == ["text 1", "text 3"]
    assert failures == [("text 2", "text 2: not a text: lone surrogate at offset 0; decode it anew")]
    with pytest.raises(InputError, match="text 2"):
        list(Extractor().stream(texts, jobs=jobs))


def test_there_is_a_process_at_least() -> None:
    """Zero is a mistake, and seen at once."""
    with pytest.raises(UsageError, match="0 jobs"):
        Extractor().stream([], jobs=0)


def test_the_command_line_works_in_parallel(extract_command: Command, tmp_path: Path) -> None:
    """The output is the same, complaints too."""
    missing = tmp_path / "missing.txt"
    words = [*FIXTURES[:3], missing, FIXTURES[3], "--json"]
    alone, together = extract_command(*words), extract_command(*words, "--jobs", "2")
    assert (together.status, together.out, together.err) == (1, alone.out, alone.err)
    assert together.err == f"{missing}: no such file; check the path\n"
