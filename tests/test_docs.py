"""Docs: what README and docs show runs as it stands there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from extractor.selfcheck import check_directories

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Outcome

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]  # the Chinese README shows what the English does
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]


def fenced(page: Path, language: str) -> list[str]:
    """Return the fenced blocks of ``language`` on a page."""
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[object]:
    """Return the fenced blocks of ``language`` of all pages as parameters of a test."""
    return [
        pytest.param(code, id=f"{page.name}-{number}")
        for page in PAGES
        for number, code in enumerate(fenced(page, language), 1)
    ]


@pytest.mark.parametrize("code", blocks("python"))
def test_python_runs(code: str) -> None:
    """Every Python block runs and its assertions hold."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603 - our own docs
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("code", blocks("yaml"))
def test_rules_are_sound(code: str, tmp_path: Path) -> None:
    """Every YAML block is a rule file whose examples hold."""
    (tmp_path / "shown.yaml").write_text(code, encoding="utf-8")
    _, problems = check_directories((tmp_path,))
    assert [str(problem) for problem in problems] == []


@pytest.mark.parametrize("code", blocks("json"))
def test_shown_record_is_what_comes_out(code: str, tmp_path: Path, extract_command: Callable[..., Outcome]) -> None:
    """The record shown in the README is the first count of the sentence shown above it."""
    path = tmp_path / "sentence.txt"
    path.write_text("全年收到行政复议申请105件，受理39件，审结36件。", encoding="utf-8")
    record = json.loads(extract_command(path, "--json", "--only", "counts").out)["reports"][0]["counts"][0]
    shown = json.loads(code)
    assert {key: record[key] for key in shown} == shown


def test_a_folder_becomes_a_series(tmp_path: Path) -> None:
    """The commands of the worked example print what stands below them."""
    (code,) = [code for code in fenced(PAGES[0], "sh") if "fixtures/yearly/" in code]
    (shown,) = fenced(PAGES[0], "text")
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    shell, environment = ["/bin/sh", "-c", code], {"PATH": path}
    done = subprocess.run(shell, capture_output=True, text=True, check=False, cwd=tmp_path, env=environment)  # noqa: S603 - our own docs
    assert (done.stdout, done.returncode) == (shown, 0)


def test_both_readmes_show_the_same() -> None:
    """The Chinese README has the same blocks as the English one."""
    english, chinese = ([re.sub(r"#.*", "", code) for code in fenced(page, r"\w*")] for page in READMES)
    assert chinese == english
