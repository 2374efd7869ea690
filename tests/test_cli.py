"""The command line: what goes in, what comes out where, and with which status."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import formats
import jsonschema
import pytest

from extractor import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Outcome

    Command = Callable[..., Outcome]

FIXTURES = Path(__file__).parent.parent / "fixtures"
NOTICE = FIXTURES / "notice.txt"
SUMMARY = FIXTURES / "county-summary.txt"
PROGRAM = [sys.executable, "-c", "from extractor.cli import main; main()"]


def test_one_input_gives_one_indented_document(extract_command: Command) -> None:
    """The name is the path as given, the length that of the text, the rest of the output silent."""
    outcome = extract_command(NOTICE, "--json")
    source = json.loads(outcome.out)["source"]
    assert (outcome.status, outcome.err) == (0, "")
    assert (source["name"], source["characters"]) == (str(NOTICE), len(NOTICE.read_bytes().decode()))
    assert outcome.out.startswith('{\n  "schema_version": "1",\n')
    assert outcome.out.endswith("}\n")


@pytest.mark.parametrize("options", [["--json"], ["--format", "json"], ["--format", "jsonl"]])
def test_several_inputs_give_a_document_a_line(extract_command: Command, options: list[str]) -> None:
    """In the order of the arguments."""
    outcome = extract_command(NOTICE, SUMMARY, *options)
    names = [json.loads(line)["source"]["name"] for line in outcome.out.splitlines()]
    assert (outcome.status, names) == (0, [str(NOTICE), str(SUMMARY)])


def test_json_lines_are_lines_for_one_input_too(extract_command: Command) -> None:
    """The shape does not depend on how many files a pattern of the shell found."""
    assert extract_command(NOTICE, "--format", "jsonl").out.count("\n") == 1


def test_output_obeys_the_schema_printed(extract_command: Command) -> None:
    """Every fixture's document validates against ``extract schema``."""
    validator = jsonschema.Draft202012Validator(json.loads(extract_command("schema").out))
    for line in extract_command(*sorted(FIXTURES.glob("*.txt")), "--json").out.splitlines():
        assert list(validator.iter_errors(json.loads(line))) == []


def test_options_come_before_or_behind_files(extract_command: Command) -> None:
    """The default command has no name to stand first."""
    assert extract_command("--json", NOTICE).out == extract_command(NOTICE, "--json").out


def test_a_file_may_have_the_name_of_a_command(
    extract_command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is then written with its directory."""
    monkeypatch.chdir(tmp_path)
    Path("schema").write_text("2022年", encoding="utf-8")
    assert json.loads(extract_command("./schema", "--json").out)["source"]["name"] == "./schema"


def test_only_some_kinds(extract_command: Command) -> None:
    """The other lists are there and empty."""
    (report,) = json.loads(extract_command(SUMMARY, "--json", "--only", "counts, dates").out)["reports"]
    assert (bool(report["counts"]), bool(report["dates"])) == (True, True)
    assert (report["units"], report["regulations"]) == ([], [])


def test_a_reference_date_says_what_this_year_is(extract_command: Command, tmp_path: Path) -> None:
    """It goes before what the text shows."""
    path = tmp_path / "report.txt"
    path.write_text("今年3月，召开会议。", encoding="utf-8")
    (report,) = json.loads(extract_command(path, "--json", "--reference-date", "2019").out)["reports"]
    assert [date["value"] for date in report["dates"]] == ["2019-03"]


def test_a_named_encoding_is_used(extract_command: Command, tmp_path: Path) -> None:
    """Big5 is never guessed."""
    path = tmp_path / "report.txt"
    path.write_bytes("2022年，全縣收到申請105件。".encode("big5"))
    assert extract_command(path, "--json").status == 1
    source = json.loads(extract_command(path, "--json", "--encoding", "big5").out)["source"]
    assert (source["encoding"], source["characters"]) == ("big5", 17)


def test_csv_has_a_row_for_each_count(extract_command: Command) -> None:
    """One header, counts only, from all inputs."""
    outcome = extract_command(NOTICE, SUMMARY, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    documents = [json.loads(line) for line in extract_command(NOTICE, SUMMARY, "--json").out.splitlines()]
    counts = [
        (document["source"]["name"], str(count["start"]))
        for document in documents
        for report in document["reports"]
        for count in report["counts"]
    ]
    assert [(row["source"], row["start"]) for row in rows] == counts
    assert extract_command(NOTICE, "--format", "csv", "--bom").out.startswith("\ufefftitle,")


def test_without_a_format_there_is_a_table(extract_command: Command) -> None:
    """For people; no colour where the output is no terminal."""
    outcome = extract_command(SUMMARY)
    assert (outcome.status, outcome.err) == (0, "")
    assert "泸溪县人民政府" in outcome.out
    assert "\x1b" not in outcome.out


@pytest.mark.parametrize(("variables", "is_coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colour_is_for_terminals(variables: dict[str, str], is_coloured: bool) -> None:  # noqa: FBT001 - a parameter
    """And NO_COLOR wins."""
    master, slave = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    with subprocess.Popen([*PROGRAM, NOTICE], stdout=slave, env={**environment, **variables}) as process:  # noqa: S603
        os.close(slave)
        shown = b""
        while chunk := _read(master):
            shown += chunk
    os.close(master)
    assert (process.returncode, b"\x1b[" in shown) == (0, is_coloured)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that the other side has closed
        return b""


def test_a_dash_is_standard_input() -> None:
    """Bytes, in whatever encoding."""
    outcome = subprocess.run(  # noqa: S603 - our own program
        [*PROGRAM, "-", "--json"],
        input="二〇二二年，全县收到申请105件。".encode("gb18030"),
        capture_output=True,
        check=True,
    )
    assert json.loads(outcome.stdout)["source"]["encoding"] == "gb18030"


def test_a_closed_pipe_ends_quietly() -> None:
    """As with ``extract … | head``."""
    files = sorted(map(str, FIXTURES.glob("*.txt"))) * 3
    with subprocess.Popen(  # noqa: S603 - our own program
        [*PROGRAM, *files, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""


def test_output_does_not_depend_on_the_locale() -> None:
    """UTF-8 always."""
    outcome = subprocess.run(  # noqa: S603 - our own program
        [*PROGRAM, NOTICE, "--json"],
        env={**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        check=True,
    )
    assert "安徽省" in outcome.stdout.decode("utf-8")


def test_a_failed_input_does_not_stop_the_others(extract_command: Command, tmp_path: Path) -> None:
    """Each gets its line on standard error, and the status tells."""
    (tmp_path / "empty.txt").touch()
    (tmp_path / "none").mkdir()
    outcome = extract_command(tmp_path / "missing.txt", NOTICE, tmp_path / "empty.txt", tmp_path / "none", "--json")
    assert outcome.status == 1
    assert [json.loads(line)["source"]["name"] for line in outcome.out.splitlines()] == [str(NOTICE)]
    assert outcome.err.splitlines() == [
        f"{tmp_path}/missing.txt: no such file; check the path",
        f"{tmp_path}/empty.txt: empty, there is no text to read",
        f"{tmp_path}/none: no file in this directory; name another",
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "missing argument 'FILE"),
        (["--jsno"], "no such option: --jsno"),
        (["--only"], "option '--only' requires an argument; see extract --help\n"),
        (["--jobs", "some"], "invalid value for '--jobs' / '-j': "),
        (["--jobs", "0"], "0 jobs; give 1 or more\n"),
        (["--only", "count"], "unknown kind 'count' (did you mean 'counts'?); choose from"),
        (["--only", ""], "unknown kind ''; choose from"),
        (["--reference-date", "someday"], "'someday'"),
        (["--encoding", "gb2313"], "unknown encoding 'gb2313'"),
        (["--format", "xml"], "'xml'"),
        (["--json", "--format", "csv"], "--json and --format csv exclude each other"),
        (["--json", "--bom"], "--bom goes with --format csv only"),
        (["--rules", "/nowhere"], "/nowhere:1:1: no such directory of rules"),
        (["--output", "/nowhere/counts.json"], "cannot write '/nowhere/counts.json': No such file or directory"),
    ],
)
def test_wrong_usage_is_status_two(extract_command: Command, words: list[str], message: str) -> None:
    """Nothing is written, and the line says what to change."""
    outcome = extract_command(*([NOTICE, *words] if words else []))
    assert (outcome.status, outcome.out) == (2, "")
    assert message in outcome.err
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["rules"], "missing command; see extract rules --help"),
        (["rules", "chekc"], "no such command 'chekc'"),
        (["rules", "show"], "missing argument 'ID'; see extract rules show --help"),
        (["explain", "--at", "x", "a"], "invalid value for '--at': "),
    ],
)
def test_mistakes_in_other_commands_are_a_line(extract_command: Command, words: list[str], message: str) -> None:
    """Which names the command."""
    outcome = extract_command(*words)
    assert (outcome.status, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert outcome.err.startswith(message)


@pytest.mark.parametrize("words", [["--json"], ["--text"], ["--format", "csv", "--jobs", "2"], ["--html", "page.html"]])
def test_what_is_left_out_of_an_input_is_one_line(
    words: list[str], extract_command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On standard error, whatever is written; the rest is done, and the status is that of success."""
    monkeypatch.chdir(tmp_path)
    Path("a.pdf").write_bytes(formats.scanned_in_part(f"某县2022年总结\n{'全县收到申请105件，' * 9}"))
    outcome = extract_command("a.pdf", *words)
    ocr = "recognise their text first, for example: ocrmypdf --redo-ocr --language chi_sim IN OUT.pdf"
    assert (outcome.status, outcome.err) == (0, f"a.pdf: no text on page 2, probably scanned; {ocr}\n")
    assert "105" in outcome.out or Path("page.html").exists()


def test_output_goes_to_a_file(extract_command: Command, tmp_path: Path) -> None:
    """With the permissions that new files have; nothing else is left behind."""
    target, twin = tmp_path / "counts.json", tmp_path / "twin"
    outcome = extract_command(NOTICE, "--json", "--output", target)
    twin.touch()
    assert (outcome.status, outcome.out, outcome.err) == (0, "", "")
    assert target.read_text(encoding="utf-8") == extract_command(NOTICE, "--json").out
    assert target.stat().st_mode == twin.stat().st_mode
    assert sorted(tmp_path.iterdir()) == [target, twin]


def test_a_file_is_replaced_as_a_whole_or_not(extract_command: Command, tmp_path: Path) -> None:
    """Where no input can be read, what was there stays."""
    target = tmp_path / "counts.json"
    target.write_text("before", encoding="utf-8")
    target.chmod(0o640)
    assert extract_command(tmp_path / "missing", "--output", target).status == 1
    assert target.read_text(encoding="utf-8") == "before"
    assert extract_command(NOTICE, "--json", "--output", target).status == 0
    assert json.loads(target.read_text(encoding="utf-8"))["source"]["name"] == str(NOTICE)
    assert target.stat().st_mode & 0o777 == 0o640
    assert sorted(tmp_path.iterdir()) == [target]


def test_output_may_be_a_device_or_a_link(extract_command: Command, tmp_path: Path) -> None:
    """A device is written to, a link leads to the file that is replaced."""
    assert extract_command(NOTICE, "--json", "--output", "/dev/null").status == 0
    target, link = tmp_path / "target", tmp_path / "link"
    link.symlink_to(target)
    assert extract_command(NOTICE, "--json", "--output", link).status == 0
    assert (link.is_symlink(), target.is_file(), Path("/dev/null").is_file()) == (True, True, False)


def test_the_version_is_that_of_the_package(extract_command: Command) -> None:
    """One line, for bug reports."""
    assert extract_command("--version") == extract_command(NOTICE, "--version")
    assert extract_command("--version").out == f"extract {__version__}\n"


def test_help_names_every_option_with_examples(extract_command: Command) -> None:
    """The default command's help leads to the other commands."""
    shown = extract_command("--help").out
    options = ["--json", "--only", "--reference-date", "--encoding", "--rules", "--format", "--bom", "--output"]
    options += ["--text", "--text-field"]
    options += ["--records", "--lang", "--resume", "--jobs", "--html", "--text", "--text-field"]
    commands = ["extract report.txt", "extract schema", "extract explain", "extract rules check|list|show"]
    assert [word for word in [*options, *commands] if word not in shown] == []
    assert extract_command("-h").out == shown
    for words in (["schema"], ["explain"], ["rules"], ["rules", "check"], ["rules", "list"], ["rules", "show"]):
        assert f"Usage: extract {' '.join(words)} " in extract_command(*words, "--help").out


def test_help_and_usage_errors_need_no_heavy_module() -> None:
    """They come at once."""
    code = (
        "import sys\nfrom extractor.cli import run\ntry: run(['--help'])\nexcept SystemExit: pass\n"
        "print(sorted({'rich', 'pydantic', 'regex', 'yaml', 'cn2an', 'msgspec'} & set(sys.modules)), file=sys.stderr)"
    )
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)  # noqa: S603
    assert outcome.stderr == "[]\n"


def test_json_needs_only_what_finds_records() -> None:
    """Rich is for tables, YAML for rules that are not kept ready."""
    code = (
        f"import sys\nfrom extractor.cli import run\ntry: run([{str(NOTICE)!r}, '--json'])\nexcept SystemExit: pass\n"
        "print(sorted({'rich', 'yaml'} & set(sys.modules)), file=sys.stderr)"
    )
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)  # noqa: S603
    assert outcome.stderr == "[]\n"


def test_a_record_is_explained_by_place_or_id(extract_command: Command) -> None:
    """Rule, place of the rule, what it matched, and who lost."""
    (report,) = json.loads(extract_command(SUMMARY, "--json").out)["reports"]
    for record in (report["counts"][0], report["dates"][0], report["units"][0], report["regulations"][0]):
        outcome = extract_command("explain", SUMMARY, "--id", record["id"])
        assert outcome.status == 0
        assert outcome.out.startswith(f"{record['id']}  {record['text']}  {record['start']}-{record['end']}\n")
        for line in (f"  rule     {record['rule']}  ", "  defined  ", "  matched  ", "  lost     "):
            assert f"\n{line}" in outcome.out
        assert outcome.out in extract_command("explain", SUMMARY, "--at", record["start"]).out


def test_a_place_without_a_record_is_explained(extract_command: Command) -> None:
    """Which rules match there in vain, if any."""
    outcome = extract_command("explain", SUMMARY, "--at", SUMMARY.read_bytes().decode().index("现总结如下"))
    assert (outcome.status, outcome.out) == (0, "no record here\n  lost     no other rule matches here\n")


def test_what_stands_in_place_of_a_record_is_said(extract_command: Command, tmp_path: Path) -> None:
    """An ordinal is no count, and the pattern that knows it is named."""
    report = tmp_path / "report.txt"
    report.write_text("公布第三批事项。", encoding="utf-8")
    said = extract_command("explain", report, "--at", "3").out
    assert said.startswith("no record here\n  instead  no_count.ordinal  第三  an ordinal")


def test_what_makes_a_date_one_of_every_year_is_said(extract_command: Command, tmp_path: Path) -> None:
    """上年度 in a statute is any year, and the pattern that shows the statute is named."""
    statute = tmp_path / "statute.txt"
    statute.write_text("第一条 按年填报。\n第二条 报送上年度数据。\n第三条 逾期补报。\n", encoding="utf-8")
    said = extract_command("explain", statute, "--at", "16").out
    assert said.startswith("no record here\n  instead  date.provision  上年度  an article of a statute")


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        ([NOTICE], 2, "give either --at OFFSET or --id ID\n"),
        ([NOTICE, "--at", "1", "--id", "c1"], 2, "give either --at OFFSET or --id ID\n"),
        ([NOTICE, "--at", "100000"], 2, "offset 100000 is outside the text, which has "),
        ([NOTICE, "--id", "c999"], 2, "no record has the id 'c999'; there are "),
        (["missing.txt", "--at", "1"], 1, "missing.txt: no such file; check the path\n"),
    ],
)
def test_what_cannot_be_explained(extract_command: Command, words: list[str | Path], status: int, message: str) -> None:
    """One line says why."""
    outcome = extract_command("explain", *words)
    assert (outcome.status, outcome.out) == (status, "")
    assert outcome.err.startswith(message)


def test_the_built_in_rules_are_sound(extract_command: Command) -> None:
    """Every rule holds on its examples."""
    outcome = extract_command("rules", "check")
    assert outcome.status == 0, outcome.out
    assert outcome.out.endswith(" patterns: every example holds\n")


USER_RULES = """\
rules:
- id: date.mine
  about: a year that stands in signs of its own
  parser: nonesuch
  pattern: '‡ (?P<year> 20 [0-9]{2} ) ‡'
  matches: ['‡2022‡']
patterns:
- id: mine.head
  about: a sign
  pattern: '‡'
  matches: ['‡', '†']
"""


def test_rules_check_prints_every_problem(extract_command: Command, rules_dir: Callable[..., Path]) -> None:
    """Mistakes and examples that do not hold, each at its place; status 2."""
    directory = rules_dir(mine=USER_RULES, tables__mine="a,b\n1\n")
    outcome = extract_command("rules", "check", directory)
    assert (outcome.status, outcome.err) == (2, "")
    assert [line for line in outcome.out.splitlines() if str(directory) in line] == [
        f"{directory}/mine.yaml:4:11: date.mine: unknown parser 'nonesuch'",
        f"{directory}/mine.yaml:11:18: mine.head: does not match '†'",
        f"{directory}/tables/mine.csv:2:1: 1 cells where the header has 2",
    ]


def test_broken_rules_are_status_two(extract_command: Command, rules_dir: Callable[..., Path]) -> None:
    """Nothing is read with rules that are not sound."""
    directory = rules_dir(mine=USER_RULES)
    outcome = extract_command(NOTICE, "--json", "--rules", directory)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == f"{directory}/mine.yaml:4:11: date.mine: unknown parser 'nonesuch'\n"


def test_rules_can_be_listed_and_shown(extract_command: Command) -> None:
    """A line for each rule; a rule with its filled pattern and its examples."""
    lines = extract_command("rules", "list").out.splitlines()
    identity, place, about = lines[0].split("\t")
    shown = extract_command("rules", "show", identity).out
    assert shown.startswith(f"id       {identity}\nabout    {about}\ndefined  ")
    assert place in shown
    assert "{{" not in shown
    assert "\nmatches  " in shown


def test_an_unknown_rule_is_wrong_usage(extract_command: Command) -> None:
    """With the name that was perhaps meant."""
    outcome = extract_command("rules", "show", "split.markre")
    assert (outcome.status, outcome.err) == (2, "no rule 'split.markre' (did you mean 'split.marker'?)\n")
