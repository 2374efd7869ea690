"""Command: the inputs of one command to its output; an input that fails stops no other."""

from __future__ import annotations

import os
import shutil
import sys
import time
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor.choices import KINDS
from extractor.errors import UsageError, reason
from extractor.output import text_line, write
from extractor.parallel import each, tried
from extractor.read import files
from extractor.read.sources import inputs, text_in
from extractor.render.files import TEXT
from extractor.run.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from extractor.choices import Language
    from extractor.engine import Extractor
    from extractor.errors import InputError
    from extractor.read import Text
    from extractor.read.model import Unread
    from extractor.records import Document
    from extractor.render.files import Style

    Sources = Iterator[Text | Unread | InputError]


class Run:
    """What is done with each of several inputs, and how many of them have failed."""

    def __init__(self, extractor: Extractor, jobs: int, complain: Callable[[str], None]) -> None:
        """Keep how the inputs are worked on, and whom to tell about those that fail."""
        self.failed = 0
        self._extractor = extractor
        self._jobs = jobs
        self._complain = complain
        self._names: Sequence[str] = ()
        self._is_single = False

    def sources(self, names: Sequence[str], encoding: str | None, text_field: str | None) -> Sources:
        """Return the texts that ``names`` mean, having looked whether there is only one."""
        self._names = names
        found = inputs(names, encoding=encoding, text_field=text_field)
        begin = list(islice(found, 2))
        self._is_single = len(begin) == 1
        return chain(begin, found)

    def write(self, found: Sources, output: str | None, style: Style, *, resume: bool = False) -> None:
        """Write the records to ``output``, a file or a directory of tables, or to standard output.

        Raises UsageError where ``style`` or ``resume`` do not go with it.
        """
        kinds = self._extractor.only
        if style.records in KINDS and style.records not in kinds:
            raise UsageError(f"--records {style.records} is not among --only {','.join(kinds)}")
        style = replace(style, labels=self._extractor.labels)
        if output is not None and _is_directory(output, style):
            self._fill(found, Path(output), style, resume=resume)
        elif resume:
            raise UsageError("--resume goes with --output DIR")
        elif style.form in ("json", "jsonl"):
            write(self._written(found, style), None if output is None else Path(output))
        elif style.form in TEXT:
            chunks = self._rendered(found, self._renderer(style, to_file=output is not None))
            write(chunks, None if output is None else Path(output))
        elif output is None:
            raise UsageError(f"--format {style.form} needs --output")
        else:
            from extractor.run.save import save  # noqa: PLC0415 - as below

            save(self._documents(found), Path(output), style)

    def _fill(self, found: Sources, target: Path, style: Style, *, resume: bool) -> None:
        """Write the tables of all inputs, show how far it is, and sum up; when stopped, say how to go on."""
        from extractor.run.batch import FAILURES, WARNINGS, Batch  # noqa: PLC0415 - formats are loaded when used

        batch = Batch(self._extractor, target, style, self._jobs)
        begin = time.monotonic()
        try:
            with Progress(lambda: sum(1 for _ in files(self._names))) as progress:
                tally = batch.run(found, progress, resume=resume)
        except KeyboardInterrupt:
            self._complain(f"stopped; what is done is kept in {target}: go on with the same command and --resume")
            raise
        self.failed = tally.failures
        failed = f", {tally.failures:,} failed ({target / FAILURES} says why)" if tally.failures else ""
        partly = f", {tally.partly:,} read in part ({target / WARNINGS} says why)" if tally.partly else ""
        self._complain(f"{_number(tally.documents, 'document')}{failed}{partly}, {time.monotonic() - begin:.1f} s")
        records = ", ".join(_number(number, kind.removesuffix("s")) for kind, number in tally.records.items())
        self._complain(f"{records} ({tally.wrong:,} failed)")

    def write_texts(self, found: Sources, output: str | None, *, as_json: bool) -> None:
        """Write the text that offsets refer to for each input, alone or as a line with its name."""
        write(self._texts(found, as_json=as_json), None if output is None else Path(output))

    def show(self, found: Sources, target: Path, language: Language) -> None:
        """Write a page to look at for each document, or the reason why there is none, and show how far it is.

        Raises UsageError for a ``target`` among the inputs: the next run would read the pages.
        """
        from extractor.render.page import Look, pages_at  # noqa: PLC0415 - as above

        for name in self._names:
            if Path(name).is_dir() and target.resolve().is_relative_to(Path(name).resolve()):
                raise UsageError(f"--html {target} lies in {name}, which is read; choose a place outside")
        pages = pages_at(target, Look(self._extractor.ruleset, language), is_single=self._is_single)
        with Progress(lambda: sum(1 for _ in files(self._names))) as progress:
            for source, result in each(partial(_found, self._extractor), found, self._jobs):
                if isinstance(result, Exception):
                    pages.miss(self._fail(source.name, result))
                else:
                    self._warn(result[0])
                    pages.add(result[1], result[0].text)
                progress.advance(failed=isinstance(result, Exception))
        pages.close()

    def _documents(self, found: Sources) -> Iterator[Document]:
        for source, result in each(partial(_found, self._extractor), found, self._jobs):
            if isinstance(result, Exception):
                self._fail(source.name, result)
            else:
                self._warn(result[0])
                yield result[1]

    def _written(self, found: Sources, style: Style) -> Iterator[str]:
        """Yield each document as JSON, which is made where it is found."""
        indent = 2 if self._is_single and style.form == "json" else None
        for source, result in each(partial(_json, self._extractor, indent), found, self._jobs):
            if isinstance(result, Exception):
                self._fail(source.name, result)
            else:
                self._warn(result[0])
                yield result[1] + "\n"

    def _rendered(self, found: Sources, render: Callable[[Document], str]) -> Iterator[str]:
        for one in self._documents(found):
            chunk = tried(render, one)
            if isinstance(chunk, Exception):
                self._fail(one.source.name, chunk)
            else:
                yield chunk

    def _texts(self, found: Sources, *, as_json: bool) -> Iterator[str]:
        for source, text in each(text_in, found, self._jobs):
            if isinstance(text, Exception):
                self._fail(source.name, text)
            else:
                self._warn(text)
                yield text_line(text) if as_json else text.text

    def _fail(self, name: str, error: object) -> str:
        """Say why there is no output for ``name``; a defect in one must not keep the others from being done."""
        self.failed += 1
        told = f"{name}: {reason(error)}"
        self._complain(told)
        return told

    def _warn(self, source: Text) -> None:
        """Say what of an input was left out."""
        for warning in source.warnings:
            self._complain(f"{source.name}: {warning}")

    def _renderer(self, style: Style, *, to_file: bool) -> Callable[[Document], str]:
        """Return what turns a document into text; CSV is of the first kind that is looked for unless one is chosen."""
        if style.form == "csv":
            from extractor.render.delimited import Delimited  # noqa: PLC0415 - as above

            return Delimited(style.records or self._extractor.only[0], style.labels, bom=style.bom)
        from extractor.render.table import table  # noqa: PLC0415 - as above

        colour = not to_file and not os.environ.get("NO_COLOR") and sys.stdout.isatty()
        width = shutil.get_terminal_size((120, 24)).columns
        return lambda document: table(document, colour=colour, width=width)


def _found(extractor: Extractor, source: Text | Unread | InputError) -> tuple[Text, Document]:
    """Return the text of an input and what is found in it; InputError where it could not be read."""
    text = text_in(source)
    return text, extractor.extract(text)


def _json(extractor: Extractor, indent: int | None, source: Text | Unread | InputError) -> tuple[Text, str]:
    """Return the text of an input and what is found in it as JSON; InputError as above."""
    text = text_in(source)
    return text, extractor.to_json(text, indent)


def _number(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _is_directory(output: str, style: Style) -> bool:
    """Return whether ``output`` means a directory: it is one, ends like one, or is to hold several Parquet files."""
    path = Path(output)
    many = style.form == "parquet" and style.records is None and not path.suffix and not path.exists()
    return many or output.endswith(("/", os.sep)) or path.is_dir()
