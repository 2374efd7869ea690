"""Job: the options of one ``extract FILE…`` to what it writes."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extractor.choices import FORMS, KINDS, LANGUAGES, ROWS
from extractor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.choices import Form
    from extractor.engine import Extractor

FAILED, MISUSED = 1, 2  # exit statuses


class Options(NamedTuple):
    """What the user asked for; the words are not yet looked at."""

    names: Sequence[str]
    as_json: bool = False
    only: str | None = None
    reference_date: str | None = None
    encoding: str | None = None
    text_field: str | None = None
    rules: Sequence[Path] = ()
    as_text: bool = False
    form: str | None = None
    records: str | None = None
    html: str | None = None
    lang: str = "zh"
    bom: bool = False
    jobs: int = 1
    output: str | None = None
    resume: bool = False


def perform(options: Options) -> int:
    """Do what ``options`` ask for and return the exit status; UsageError where they contradict one another."""
    _agree(options)
    from extractor.render.files import Style  # noqa: PLC0415 - see extractor_of
    from extractor.ruleset import chosen  # noqa: PLC0415
    from extractor.run import Run  # noqa: PLC0415

    style = Style(
        _form(options),
        None if options.records is None else chosen("kind of records", options.records, ROWS),
        language=chosen("language", options.lang, LANGUAGES),
        bom=options.bom,
    )
    run = Run(extractor_of(options.only, options.reference_date, options.rules), options.jobs, complain)
    sources = run.sources(options.names, options.encoding, options.text_field)
    if options.html is not None:
        run.show(sources, Path(options.html), style.language)
    elif options.as_text:
        run.write_texts(sources, options.output, as_json=style.form == "json")
    else:
        run.write(sources, options.output, style, resume=options.resume)
    return FAILED if run.failed else 0


def _agree(options: Options) -> None:
    """Raise UsageError where one option makes no sense beside another."""
    form = "json" if options.as_json else options.form
    if options.as_json and options.form not in (None, "json"):
        raise UsageError(f"--json and --format {options.form} exclude each other")
    if options.html is not None and (form or options.as_text or options.output is not None):
        raise UsageError("--html goes with no other output")
    if options.as_text and (options.records is not None or form not in (None, "json")):
        raise UsageError("--text goes with no format but --json, and with no --records")
    if options.resume and (options.html is not None or options.as_text):
        raise UsageError("--resume goes with --output DIR")
    if options.jobs < 1:
        raise UsageError(f"{options.jobs} jobs; give 1 or more")


def extractor_of(only: str | None, reference_date: str | None, rules: Sequence[Path] | None) -> Extractor:
    """Return the extractor for what the options say."""
    # imported here, as all that reads rules or draws tables, so that --help and usage errors come at once
    from extractor.engine import Extractor, kind_named  # noqa: PLC0415

    kinds = KINDS if only is None else tuple(kind_named(word.strip()) for word in only.split(","))
    extractor = Extractor(kinds, reference_date, tuple(rules or ()))
    gc.freeze()
    gc.enable()
    return extractor


def complain(message: str) -> None:
    """Tell the user what went wrong."""
    sys.stderr.write(f"{message}\n")


def _form(options: Options) -> Form:
    """Return the format that is chosen, or else that by which the file is named; UsageError where they differ."""
    from extractor.ruleset import chosen  # noqa: PLC0415 - as above

    word = "json" if options.as_json else options.form
    given = None if word is None else chosen("format", word, FORMS)
    output = "" if options.as_text or options.output is None else options.output
    ending = "" if output.endswith(("/", os.sep)) else Path(output).suffix.removeprefix(".").lower()
    named = next((form for form in FORMS if form == ending), None)
    if given and named and given != named and {given, named} != {"json", "jsonl"}:
        raise UsageError(f"--format {given} does not go with the name {output!r}; change one of them")
    return given or named or "table"
