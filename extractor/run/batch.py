"""Batch: many inputs to a directory of tables; a run that ends early is gone on with and not begun again.

Each finished source is a line in a journal. When all are through, the tables are made from it, in the order of the
inputs and in one pass, so that they do not depend on how often the run was ended, and then take their places.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from contextlib import ExitStack
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from extractor.builtin import BUILTIN
from extractor.choices import ROWS
from extractor.errors import InputError, reason
from extractor.output import writing
from extractor.parallel import each
from extractor.read.sources import text_in
from extractor.ruleset.store import made_from
from extractor.run.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.choices import Table
    from extractor.engine import Extractor
    from extractor.read import Text
    from extractor.read.model import Unread
    from extractor.records import Document
    from extractor.render.files import Style
    from extractor.run.progress import Progress

    Sources = Iterator[Text | Unread | InputError]

FAILURES = "failures.jsonl"
WARNINGS = "warnings.jsonl"
_TOLD = (FAILURES, WARNINGS)
_WORK = ".extract"


class Tally(Struct):
    """What a batch came to: documents, failures, sources read in part, records by kind, checks that did not hold."""

    documents: int = 0
    failures: int = 0
    partly: int = 0
    records: Counter[Table] = field(default_factory=Counter)
    wrong: int = 0

    def add(self, document: Document) -> None:
        """Count ``document`` and what is in it."""
        self.documents += 1
        for report in document.reports:
            for kind in ROWS:
                self.records[kind] += len(getattr(report, kind))
            self.wrong += sum(not check.ok for check in report.checks)


class Batch(Struct, frozen=True):
    """What is done with the inputs, and the directory where the tables go."""

    extractor: Extractor
    target: Path
    style: Style
    jobs: int = 1

    def run(self, found: Sources, progress: Progress, *, resume: bool = False) -> Tally:
        """Write the tables of all inputs; with ``resume``, sources that an earlier run finished are not done again.

        Raises UsageError where ``target`` cannot be written, or another run is writing there.
        """
        files = self.style.files()
        work = self.target / _WORK
        with writing(self.target):
            work.mkdir(parents=True, exist_ok=True)
            with Journal(work / "journal", self._settings(), keep=resume) as journal:
                done = _Done(journal, {os.path.abspath(self.target / name) for name in (*files, *_TOLD)})  # noqa: PTH100 - links stay links
                for source, result in each(partial(_entry, self.extractor), done.left(found, progress), self.jobs):
                    done.add(source, result, progress)
                draft = work / "tables"
                shutil.rmtree(draft, ignore_errors=True)
                draft.mkdir()
                tally = self._assemble(done, draft)
                for name in (*files, *_TOLD):
                    (draft / name).replace(self.target / name)
                shutil.rmtree(draft)
        return tally

    def _assemble(self, done: _Done, draft: Path) -> Tally:
        """Write all tables in the directory ``draft``."""
        tally = Tally()
        with ExitStack() as stack:
            writers = [stack.enter_context(make(draft / name)) for name, make in self.style.files().items()]
            failures, warnings = (
                stack.enter_context((draft / name).open("w", encoding="utf-8", newline="")) for name in _TOLD
            )
            for entry in done.entries():
                if isinstance(entry, dict):
                    tally.failures += 1
                    failures.write(json.dumps(entry, ensure_ascii=False) + "\n")
                    continue
                document, told = entry
                tally.add(document)
                tally.partly += bool(told)
                for warning in told:
                    line = {"source": document.source.name, "warning": warning}
                    warnings.write(json.dumps(line, ensure_ascii=False) + "\n")
                for writer in writers:
                    writer.add(document)
        return tally

    def _settings(self) -> str:
        """Return a digest of all that the records depend on besides their sources."""
        digest = sha256(repr((self.extractor.only, self.extractor.reference_date)).encode())
        for name in made_from((BUILTIN, *self.extractor.rules)):
            digest.update(sha256(Path(name).read_bytes()).digest())
        return digest.hexdigest()


class _Done:
    """The inputs in their order, each with its document in the journal or the reason why there is none."""

    def __init__(self, journal: Journal, own: set[str]) -> None:
        self._journal = journal
        self._own = own  # files that we write, and that may lie in a directory that we read
        self._order: list[tuple[str, bytes | None]] = []
        self._names: set[str] = set()
        self._failures: dict[str, str] = {}

    def left(self, found: Sources, progress: Progress) -> Sources:
        """Yield the sources that are left to do; a source that is named twice is done once."""
        for source in found:
            if source.name in self._names or self._is_own(source.name):
                continue
            self._names.add(source.name)
            if isinstance(source, InputError):
                self._order.append((source.name, None))
                self.add(source, source, progress)
                continue
            key = self._journal.key(source.name, source.sha256)
            self._order.append((source.name, key))
            if self._journal.has(key):
                progress.advance()
            else:
                yield source

    def _is_own(self, name: str) -> bool:
        return not self._own.isdisjoint(map(os.path.abspath, (name, name.rpartition("#")[0])))

    def add(
        self, source: Text | Unread | InputError, result: tuple[str, tuple[str, ...]] | Exception, progress: Progress
    ) -> None:
        """Note what came of a source."""
        if isinstance(result, Exception) or isinstance(source, InputError):
            self._failures[source.name] = reason(result)
            progress.advance(failed=True)
        else:
            self._journal.add(self._journal.key(source.name, source.sha256), *result)
            progress.advance()

    def entries(self) -> Iterator[tuple[Document, tuple[str, ...]] | dict[str, str]]:
        """Yield the document of each source and what was left out of it, or what failed and why."""
        for name, key in self._order:
            if name in self._failures or key is None:
                yield {"source": name, "reason": self._failures[name]}
            else:
                yield self._journal.entry(key)


def _entry(extractor: Extractor, source: Text | Unread | InputError) -> tuple[str, tuple[str, ...]]:
    """Return what is found in ``source`` as JSON, which travels between processes at less cost, and its warnings."""
    text = text_in(source)
    return extractor.to_json(text), text.warnings
