"""Parallel: inputs to one result each, in order, over processes; what fails takes nothing else with it."""

from __future__ import annotations

import pickle
import signal
from collections import deque
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct, field

from extractor.errors import WorkerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

I = TypeVar("I")  # noqa: E741 - what goes in
R = TypeVar("R")

_AHEAD = 4  # inputs for each process that are taken before the result of the first of them is


def each(work: Callable[[I], R], inputs: Iterable[I], jobs: int = 1) -> Iterator[tuple[I, R | Exception]]:
    """Yield every input with ``work(input)``, or with the exception that it raised, in the order of the inputs.

    With more than one of ``jobs`` the work is done in as many processes, for which work, inputs and results must be
    picklable. A few inputs for each are taken ahead, so ``inputs`` may have no end. A process that dies is
    replaced; the input that it died of has a WorkerError.
    """
    if jobs == 1:
        for given in inputs:
            yield given, tried(work, given)
        return
    pool = _Pool(work, inputs, jobs)
    try:
        yield from pool.results()
    finally:
        pool.stop()


def tried(work: Callable[[I], R], given: I) -> R | Exception:
    """Return ``work(given)``, or the exception that it raised."""
    try:
        return work(given)
    except Exception as error:  # noqa: BLE001 - one input must not keep the others from being done
        return error


class _Task(Struct, Generic[I, R]):
    """An input on its way; ``result`` is a list of one when it is there."""

    given: I
    result: list[R | Exception] = field(default_factory=list)


class _Worker(Struct, Generic[I, R]):
    """A process, our end of the pipe to it, and what it is working on."""

    process: BaseProcess
    pipe: Connection
    task: _Task[I, R] | None = None


class _Pool(Generic[I, R]):
    """A number of processes and the inputs between the first without a result and the last taken."""

    def __init__(self, work: Callable[[I], R], inputs: Iterable[I], jobs: int) -> None:
        self._work = work
        self._inputs = iter(inputs)
        self._jobs = jobs
        self._window: deque[_Task[I, R]] = deque()
        self._waiting: deque[_Task[I, R]] = deque()
        self._workers: list[_Worker[I, R]] = []
        self._has_more = True
        self._broken: Exception | None = None  # what the inputs themselves raised

    def results(self) -> Iterator[tuple[I, R | Exception]]:
        """Yield the inputs with their results."""
        while self._feed():
            while self._window and self._window[0].result:
                task = self._window.popleft()
                yield task.given, task.result.pop()
            if self._window:
                self._collect()
        if self._broken is not None:
            raise self._broken

    def stop(self) -> None:
        """End all processes, also those at work."""
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
            worker.process.close()
        self._workers.clear()

    def _feed(self) -> bool:
        """Take inputs up to the bound and give each idle process one; return whether any is on its way."""
        while self._has_more and len(self._window) < self._jobs * _AHEAD:
            try:
                task: _Task[I, R] = _Task(next(self._inputs))
            except StopIteration:
                self._has_more = False
            except Exception as error:  # noqa: BLE001 - raised again behind the results of what came before
                self._has_more, self._broken = False, error
            else:
                self._window.append(task)
                self._waiting.append(task)
        while self._waiting and (worker := self._idle()) is not None:
            self._give(worker, self._waiting.popleft())
        return bool(self._window)

    def _idle(self) -> _Worker[I, R] | None:
        for worker in [worker for worker in self._workers if worker.task is None]:
            if worker.process.is_alive():
                return worker
            self._bury(worker)
        return self._start() if len(self._workers) < self._jobs else None

    def _start(self) -> _Worker[I, R]:
        import multiprocessing  # noqa: PLC0415 - one process needs none of it

        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.Process(target=_serve, args=(self._work, theirs, ours), daemon=True)
        process.start()
        theirs.close()
        worker: _Worker[I, R] = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _give(self, worker: _Worker[I, R], task: _Task[I, R]) -> None:
        worker.task = task
        try:
            worker.pipe.send(task.given)
        except OSError:  # it died of reading it, which is seen when the result is due
            return
        except Exception as error:  # noqa: BLE001 - what cannot be pickled raises anything
            worker.task = None
            task.result.append(error)

    def _collect(self) -> None:
        """Wait until a process has a result or is dead, and take all that are there."""
        from multiprocessing.connection import wait  # noqa: PLC0415 - as above

        busy = {worker.pipe: worker for worker in self._workers if worker.task is not None}
        for pipe in wait(list(busy)) if busy else ():
            worker = busy[pipe]  # type: ignore[index]  # wait returns what it was given
            try:
                message = worker.pipe.recv_bytes()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            done = worker.task
            worker.task = None
            if self._waiting:  # before the result is read, so that nobody waits for us
                self._give(worker, self._waiting.popleft())
            if done is not None:
                done.result.append(pickle.loads(message))  # noqa: S301 - from our own process

    def _bury(self, worker: _Worker[I, R]) -> None:
        """Take leave of a dead process and report the input that it died of, if it was working on one."""
        worker.process.join()
        code = worker.process.exitcode or 0
        how = f"was ended by {_signal(-code)}" if code < 0 else f"ended with status {code}"
        if worker.task is not None:
            worker.task.result.append(WorkerError(f"the process working on it {how}"))
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.close()


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _serve(work: Callable[[I], R], pipe: Connection, others: Connection) -> None:
    """Work on what comes through ``pipe`` until its other end is closed, also by the death of who holds it."""
    others.close()  # a copy of that other end, which would keep it open
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started us, which ends us
    while True:
        try:
            given = pipe.recv()
        except (EOFError, OSError):
            return
        message = _packed(tried(work, given))
        try:
            pipe.send_bytes(message)
        except OSError:
            return


def _packed(result: R | Exception) -> bytes:
    """Return the result as it travels; one that cannot travel is an error that says so."""
    try:
        message = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
        if isinstance(result, Exception):
            pickle.loads(message)  # noqa: S301 - an exception may only fail when it is made anew
    except Exception as error:  # noqa: BLE001 - pickling raises anything
        cause = result if isinstance(result, Exception) else error
        return pickle.dumps(WorkerError(f"{type(cause).__name__}: {cause}"))
    return message
