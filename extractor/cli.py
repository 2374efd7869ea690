"""Command line: arguments to one call, the result to one print."""

from __future__ import annotations

import gc
import os
import signal
import sys
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor import __version__
from extractor.errors import ExtractorError, InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.engine import Extractor

_FAILED, _MISUSED = 1, 2


class Format(StrEnum):
    """What the records are written as."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    xlsx = "xlsx"
    parquet = "parquet"
    duckdb = "duckdb"
    sqlite = "sqlite"


class Kind(StrEnum):
    """Of what there are rows."""

    counts = "counts"
    dates = "dates"
    units = "units"
    regulations = "regulations"
    checks = "checks"


class Language(StrEnum):
    """What people are addressed in."""

    zh = "zh"
    en = "en"


_SETTINGS = {"help_option_names": ["-h", "--help"]}
_NAMED = ("schema", "explain", "rules")  # any other first argument is a file, or an option of the default command
default = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=_SETTINGS
)
named = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=_SETTINGS
)
rules_app = typer.Typer(rich_markup_mode=None, help="Check, list and show the rules.", no_args_is_help=True)
named.add_typer(rules_app, name="rules")

Encoding = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help="Encoding of the files; found by itself if not given.")
]
TextField = Annotated[
    str | None,
    typer.Option("--text-field", metavar="NAME", help="Column of a CSV, or key of JSON, that holds the text."),
]
Reference = Annotated[
    str | None,
    typer.Option("--reference-date", metavar="DATE", help="What 今年 and 本月 mean: 2022, 2022-06 or 2022-06-30."),
]
Rules = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="DIR", help="Directory of rules to add to the built-in ones; repeatable."),
]


def main() -> None:
    """Run the command line as a process of its own."""
    gc.disable()  # what is made until the rules are there stays
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none has a say here, and to look for them takes long
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # end quietly when the reader of a pipe has gone
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    run(sys.argv[1:])


def run(words: Sequence[str]) -> None:
    """Run the command that ``words`` call for; an error that the caller can put right is a line and an exit status."""
    command = named if words[:1] and words[0] in _NAMED else default
    try:
        command(args=list(words), prog_name="extract")
    except InputError as error:
        _complain(str(error))
        sys.exit(_FAILED)
    except ExtractorError as error:
        _complain(str(error))
        sys.exit(_MISUSED)


def _show_version(value: bool) -> None:  # noqa: FBT001 - the signature of an option's callback
    if value:
        typer.echo(f"extract {__version__}")
        raise typer.Exit


@default.command()
def files(  # noqa: PLR0913 - one for each option
    names: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Files, directories, patterns; - is standard input.")
    ],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON; short for --format json.")] = False,
    only: Annotated[
        str | None, typer.Option(metavar="KINDS", help="Only these: counts, dates, units, regulations.")
    ] = None,
    reference_date: Reference = None,
    encoding: Encoding = None,
    text_field: TextField = None,
    rules: Rules = None,
    as_text: Annotated[
        bool, typer.Option("--text", help="Write the text that offsets refer to, not the records.")
    ] = False,
    form: Annotated[
        Format | None, typer.Option("--format", help="How to write the records; table, if --output names no other.")
    ] = None,
    records: Annotated[Kind | None, typer.Option(help="Rows of which kind, in a format of rows.")] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="PAGE", help="Write a page to look at, or a directory of pages with an index."),
    ] = None,
    lang: Annotated[Language, typer.Option(help="Language of the labels on a page and in Excel.")] = Language.zh,
    bom: Annotated[bool, typer.Option("--bom", help="Begin CSV with a byte order mark, for Excel.")] = False,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", metavar="N", min=1, help="Work on N inputs at a time, each in a process.")
    ] = 1,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE|DIR", help="Write to FILE, all or nothing, or tables to DIR."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a run to DIR that was ended; do only what is left.")
    ] = False,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Extract counts, dates, organisations and cited regulations from Chinese government text.

    Reads text, Markdown, HTML, Word (docx), PDF, CSV, JSON and JSON lines (a document a row), zip archives
    and directories of them. Data goes to standard output, all else to standard error. One JSON input gives one indented
    document, several give one document a line. Exit status: 0 done, 1 an input failed (the others are still done),
    2 wrong usage, configuration or rules, 130 stopped by Ctrl-C.

    \b
    Examples:
      extract report.txt
      extract report.txt --json --only counts,dates
      extract reports/*.txt --format csv --bom --output counts.csv
      extract reports/ --lang en --output records.xlsx
      extract reports/ --format parquet --jobs 2 --output out/
      extract reports/ --format parquet --jobs 2 --output out/ --resume
      cat report.txt | extract - --json --reference-date 2022
      extract old.txt --encoding gb18030 --rules my-rules
      extract reports/ archive.zip table.csv --text-field content --format csv
      extract report.pdf --text
      extract report.txt --html report.html
      extract reports/ --html site/ --lang en

    \b
    Other commands (write ./schema for a file of that name):
      extract schema                       the JSON Schema of the output
      extract explain FILE --at OFFSET     why a record is there, or is not
      extract rules check|list|show        the rules and their examples
    """  # noqa: D301 - \b is the character that keeps the lines below it apart
    if as_json and form not in (None, Format.json):
        raise UsageError(f"--json and --format {form} exclude each other")
    if html is not None and (as_json or as_text or form is not None or output is not None):
        raise UsageError("--html goes with no other output")
    if as_text and (records is not None or form not in (None, Format.json)):
        raise UsageError("--text goes with no format but --json, and with no --records")
    if resume and (html is not None or as_text):
        raise UsageError("--resume goes with --output DIR")
    from extractor.render.files import Style  # noqa: PLC0415 - see _extractor
    from extractor.run import Run  # noqa: PLC0415

    chosen = _format(Format.json if as_json else form, None if as_text else output)
    style = Style(chosen.value, records.value if records else None, language=lang.value, bom=bom)
    run = Run(_extractor(only, reference_date, rules), jobs, _complain)
    sources = run.sources(names, encoding, text_field)
    if html is not None:
        run.show(sources, html, lang.value)
    elif as_text:
        run.write_texts(sources, output, as_json=style.form == "json")
    else:
        run.write(sources, output, style, resume=resume)
    raise typer.Exit(_FAILED if run.failed else 0)


@named.command()
def schema() -> None:
    """Print the JSON Schema of the output."""
    from extractor.render.schema import schema as described  # noqa: PLC0415 - see _extractor

    typer.echo(described())


@named.command()
def explain(
    name: Annotated[str, typer.Argument(metavar="FILE", help="Text to read; - is standard input.")],
    *,
    at: Annotated[int | None, typer.Option(metavar="OFFSET", help="A place in the text, in characters from 0.")] = None,
    identity: Annotated[str | None, typer.Option("--id", metavar="ID", help="A record, such as c12.")] = None,
    reference_date: Reference = None,
    encoding: Encoding = None,
    text_field: TextField = None,
    rules: Rules = None,
) -> None:
    """Show which rule made a record, what it matched, and which other rules match there.

    \b
    Examples:
      extract explain report.txt --at 226
      extract explain report.txt --id c12
    """  # noqa: D301 - as above
    if (at is None) == (identity is None):
        raise UsageError("give either --at OFFSET or --id ID")
    from extractor.explain import described, explain  # noqa: PLC0415 - see _extractor
    from extractor.read import read  # noqa: PLC0415

    extractor = _extractor(None, reference_date, rules)
    source = read(name, encoding=encoding, text_field=text_field)
    found = explain(source.text, extractor, at=at, identity=identity)
    typer.echo("\n".join(described(one) for one in found), nl=False)


@rules_app.command("check")
def check_rules(
    directory: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Rules to check with the built-in ones.")
    ] = None,
) -> None:
    """Check the built-in rules and those of DIR.

    Loads them, runs all their examples, and prints every problem as one line, file:line:column: rule: what is wrong.
    Exit status: 0 none, 2 some.
    """
    from extractor.selfcheck import check_directories  # noqa: PLC0415 - see _extractor

    ruleset, problems = check_directories(() if directory is None else (directory,))
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        raise typer.Exit(_MISUSED)
    typer.echo(f"{len(ruleset.rules)} rules and {len(ruleset.patterns)} patterns: every example holds")


@rules_app.command("list")
def list_rules(*, rules: Rules = None) -> None:
    """Print id, place and meaning of every rule.

    They come in the order in which they are tried: at one place of a text, the first that matches wins.
    """
    for rule in _extractor(None, None, rules).ruleset.rules:
        typer.echo(f"{rule.id}\t{rule.path.name}:{rule.line}\t{rule.about}")


@rules_app.command("show")
def show_rule(identity: Annotated[str, typer.Argument(metavar="ID")], *, rules: Rules = None) -> None:
    """Print one rule as it runs.

    Its pattern has the fragments filled in; its examples follow.
    """
    from extractor.explain import rule_described  # noqa: PLC0415 - see _extractor

    typer.echo(rule_described(identity, _extractor(None, None, rules).ruleset), nl=False)


def _format(chosen: Format | None, output: str | None) -> Format:
    """Return the format that is chosen, or else that by which the file is named; UsageError where they differ."""
    ending = "" if output is None or output.endswith(("/", os.sep)) else Path(output).suffix.removeprefix(".").lower()
    named = Format(ending) if ending in set(Format) else None
    if chosen and named and chosen is not named and {chosen, named} != {Format.json, Format.jsonl}:
        raise UsageError(f"--format {chosen} does not go with the name {output!r}; change one of them")
    return chosen or named or Format.table


def _extractor(only: str | None, reference_date: str | None, rules: Sequence[Path] | None) -> Extractor:
    # imported here, as all that reads rules or draws tables, so that --help and usage errors come at once
    from extractor.engine import Extractor, kind_named  # noqa: PLC0415
    from extractor.shape import KINDS  # noqa: PLC0415

    kinds = KINDS if only is None else tuple(kind_named(word.strip()) for word in only.split(","))
    extractor = Extractor(kinds, reference_date, tuple(rules or ()))
    gc.freeze()
    gc.enable()
    return extractor


def _complain(message: str) -> None:
    typer.echo(message, err=True)
