"""The code itself: lint, types and import direction are part of what one test command proves."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    "words",
    [
        ["-m", "ruff", "check", "."],
        ["-m", "mypy"],
        ["-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"],
    ],
    ids=["lint", "types", "layers"],
)
def test_the_tools_are_content(words: list[str]) -> None:
    """No finding of ruff, mypy or the import linter."""
    outcome = subprocess.run(  # noqa: S603 - our own tools
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_modules_are_small() -> None:
    """Fewer than 400 lines each."""
    modules = ROOT.glob("extractor/**/*.py")
    lengths = {str(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules}
    assert {name: length for name, length in lengths.items() if length >= 400} == {}


def test_ci_runs_the_command_of_the_readme() -> None:
    """So that it passes for a newcomer exactly when it passes there."""
    command = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1]
    for name in ("README.md", "CONTRIBUTING.md"):
        assert f"\n{command}\n" in (ROOT / name).read_text(encoding="utf-8")
