"""Commands: what Typer reads: the options of every command with their help, and mistakes in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor import __version__
from extractor.choices import FORMS, KINDS, LANGUAGES, ROWS
from extractor.errors import UsageError
from extractor.job import MISUSED, Options, extractor_of, perform

if TYPE_CHECKING:
    from collections.abc import Sequence

_Misuse: type[typer.BadParameter] = typer.BadParameter.__mro__[1]  # any wrong usage
_SETTINGS = {"help_option_names": ["-h", "--help"]}
default = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=_SETTINGS
)
named = typer.Typer(
    add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=_SETTINGS
)
rules_app = typer.Typer(rich_markup_mode=None, help="Check, list and show the rules.")
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


def _choice(words: Sequence[str]) -> str:
    return f"[{'|'.join(words)}]"


def status(app: typer.Typer, words: Sequence[str]) -> int:
    """Run the command of ``app`` that ``words`` call for and return its exit status; UsageError for a mistake."""
    try:
        done = app(args=list(words), prog_name="extract", standalone_mode=False)
    except _Misuse as error:
        told = " ".join(error.format_message().split()).rstrip(".")
        command = error.ctx.command_path if error.ctx else "extract"
        raise UsageError(f"{told[:1].lower()}{told[1:]}; see {command} --help") from None
    except typer.Abort:
        raise KeyboardInterrupt from None
    return done if isinstance(done, int) else 0


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
    only: Annotated[str | None, typer.Option(metavar="KINDS", help=f"Only these: {', '.join(KINDS)}.")] = None,
    reference_date: Reference = None,
    encoding: Encoding = None,
    text_field: TextField = None,
    rules: Rules = None,
    as_text: Annotated[
        bool, typer.Option("--text", help="Write the text that offsets refer to, not the records.")
    ] = False,
    form: Annotated[
        str | None,
        typer.Option(
            "--format", metavar=_choice(FORMS), help="How to write the records; table, if --output names no other."
        ),
    ] = None,
    records: Annotated[
        str | None, typer.Option(metavar=_choice(ROWS), help="Rows of which kind, in a format of rows.")
    ] = None,
    html: Annotated[
        str | None,
        typer.Option("--html", metavar="PAGE", help="Write a page to look at, or a directory of pages with an index."),
    ] = None,
    lang: Annotated[
        str, typer.Option(metavar=_choice(LANGUAGES), help="Language of the labels on a page and in Excel.")
    ] = "zh",
    bom: Annotated[bool, typer.Option("--bom", help="Begin CSV with a byte order mark, for Excel.")] = False,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", metavar="N", help="Work on N inputs at a time, each in a process.")
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
) -> int:
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
    return perform(Options(
        names, as_json, only, reference_date, encoding, text_field, tuple(rules or ()), as_text, form, records, html,
        lang, bom, jobs, output, resume,
    ))  # fmt: skip


@named.command()
def schema() -> None:
    """Print the JSON Schema of the output."""
    from extractor.render.schema import schema as described  # noqa: PLC0415 - see extractor_of

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
    from extractor.explain import described, explain  # noqa: PLC0415 - see extractor_of
    from extractor.read import read  # noqa: PLC0415

    extractor = extractor_of(None, reference_date, rules)
    source = read(name, encoding=encoding, text_field=text_field)
    found = explain(source.text, extractor, at=at, identity=identity)
    typer.echo("\n".join(described(one) for one in found), nl=False)


@rules_app.command("check")
def check_rules(
    directory: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Rules to check with the built-in ones.")
    ] = None,
) -> int:
    """Check the built-in rules and those of DIR.

    Loads them, runs all their examples, and prints every problem as one line, file:line:column: rule: what is wrong.
    Exit status: 0 none, 2 some.
    """
    from extractor.selfcheck import check_directories  # noqa: PLC0415 - see extractor_of

    ruleset, problems = check_directories(() if directory is None else (directory,))
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        return MISUSED
    typer.echo(f"{len(ruleset.rules)} rules and {len(ruleset.patterns)} patterns: every example holds")
    return 0


@rules_app.command("list")
def list_rules(*, rules: Rules = None) -> None:
    """Print id, place and meaning of every rule.

    They come in the order in which they are tried: at one place of a text, the first that matches wins.
    """
    for rule in extractor_of(None, None, rules).ruleset.rules:
        typer.echo(f"{rule.id}\t{rule.path.name}:{rule.line}\t{rule.about}")


@rules_app.command("show")
def show_rule(identity: Annotated[str, typer.Argument(metavar="ID")], *, rules: Rules = None) -> None:
    """Print one rule as it runs.

    Its pattern has the fragments filled in; its examples follow.
    """
    from extractor.explain import rule_described  # noqa: PLC0415 - see extractor_of

    typer.echo(rule_described(identity, extractor_of(None, None, rules).ruleset), nl=False)
