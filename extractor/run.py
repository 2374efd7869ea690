"""Run: the inputs of one command to its output; an input that fails stops no other."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from extractor.errors import ExtractorError, InputError, UsageError
from extractor.output import text_line, write
from extractor.parallel import each, tried
from extractor.read import sources
from extractor.render.files import TEXT
from extractor.save import save

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from extractor.engine import Extractor
    from extractor.read import Text
    from extractor.records import Document
    from extractor.render.columns import Language
    from extractor.render.files import Style

    Sources = Iterator[Text | InputError]


class Run:
    """What is done with each of several inputs, and how many of them have failed."""

    def __init__(self, extractor: Extractor, jobs: int, complain: Callable[[str], None]) -> None:
        """Keep how the inputs are worked on, and whom to tell about those that fail."""
        self.failed = 0
        self._extractor = extractor
        self._jobs = jobs
        self._complain = complain
        self._is_single = False

    def sources(self, names: Sequence[str], encoding: str | None, text_field: str | None) -> Sources:
        """Return the texts that ``names`` mean, having looked whether there is only one."""
        found = sources(names, encoding=encoding, text_field=text_field)
        begin = list(islice(found, 2))
        self._is_single = len(begin) == 1
        return chain(begin, found)

    def write(self, found: Sources, target: Path | None, style: Style) -> None:
        """Write the records to ``target`` or standard output; UsageError where ``style`` cannot go there."""
        style = replace(style, labels=self._extractor.labels)
        if style.form in TEXT:
            write(self._rendered(found, self._renderer(style, to_file=target is not None)), target)
        elif target is None:
            raise UsageError(f"--format {style.form} needs --output")
        else:
            save(self._documents(found), target, style)

    def write_texts(self, found: Sources, target: Path | None, *, as_json: bool) -> None:
        """Write the text that offsets refer to for each input, alone or as a line with its name."""
        write(self._texts(found, as_json=as_json), target)

    def show(self, found: Sources, target: Path, language: Language) -> None:
        """Write a page to look at for each document, or the reason why there is none."""
        from extractor.render.page import Look, pages_at  # noqa: PLC0415 - formats are loaded when used

        pages = pages_at(target, Look(self._extractor.ruleset, language), is_single=self._is_single)
        for source, result in each(partial(document, self._extractor), found, self._jobs):
            if isinstance(result, Exception) or isinstance(source, InputError):
                pages.miss(self._fail(source.name, result))
            else:
                pages.add(result, source.text)
        pages.close()

    def _documents(self, found: Sources) -> Iterator[Document]:
        for source, result in each(partial(document, self._extractor), found, self._jobs):
            if isinstance(result, Exception):
                self._fail(source.name, result)
            else:
                yield result

    def _rendered(self, found: Sources, render: Callable[[Document], str]) -> Iterator[str]:
        for one in self._documents(found):
            chunk = tried(render, one)
            if isinstance(chunk, Exception):
                self._fail(one.source.name, chunk)
            else:
                yield chunk

    def _texts(self, found: Sources, *, as_json: bool) -> Iterator[str]:
        for source in found:
            if isinstance(source, InputError):
                self._fail(source.name, source)
            else:
                yield text_line(source) if as_json else source.text

    def _fail(self, name: str, error: object) -> str:
        """Say why there is no output for ``name``; a defect in one must not keep the others from being done."""
        self.failed += 1
        told = f"{name}: {reason(error)}"
        self._complain(told)
        return told

    def _renderer(self, style: Style, *, to_file: bool) -> Callable[[Document], str]:
        """Return what turns a document into text; CSV is of counts unless another kind is chosen."""
        if style.form == "csv":
            from extractor.render.delimited import Delimited  # noqa: PLC0415 - as above

            return Delimited(style.records or "counts", style.labels, bom=style.bom)
        if style.form == "table":
            from extractor.render.table import table  # noqa: PLC0415 - as above

            colour = not to_file and not os.environ.get("NO_COLOR") and sys.stdout.isatty()
            width = shutil.get_terminal_size((120, 24)).columns
            return lambda document: table(document, colour=colour, width=width)
        indent = 2 if self._is_single and style.form == "json" else None
        return lambda document: document.to_json(indent) + "\n"


def document(extractor: Extractor, source: Text | InputError) -> Document:
    """Return what is found in an input; InputError where it could not be read."""
    if isinstance(source, InputError):
        raise source
    return extractor.extract(source)


def reason(error: object) -> str:
    """Return what is said about an input that failed."""
    if isinstance(error, InputError):
        return error.message
    if isinstance(error, ExtractorError):
        return str(error)
    return f"internal error, please report it: {type(error).__name__}: {error}"
