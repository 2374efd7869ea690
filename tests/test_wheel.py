"""The wheel: what is installed works as the checkout does, the rules inside it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROGRAM = "import sys; from extractor.cli import run; run(sys.argv[1:])"


def output(cwd: Path, package: Path, source: Path) -> bytes:
    """Return what the command prints for ``source``, and the page, when the package is taken from ``package``."""
    environment = {**os.environ, "PYTHONPATH": str(package)}
    printed = b""
    for options in (["--json"], ["--html", "page.html"]):
        words = [sys.executable, "-c", PROGRAM, str(source), *options]
        printed += subprocess.run(words, capture_output=True, check=True, cwd=cwd, env=environment).stdout  # noqa: S603 - our own program
    return printed + (cwd / "page.html").read_bytes()


def test_the_wheel_gives_what_the_checkout_gives(tmp_path: Path) -> None:
    """Built, unpacked elsewhere and run from another folder, it prints and draws the same bytes."""
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)  # noqa: S603 - our own package
    (wheel,) = tmp_path.glob("*.whl")
    unpacked = tmp_path / "unpacked"
    zipfile.ZipFile(wheel).extractall(unpacked)
    source = ROOT / "fixtures" / "notice.txt"
    assert (unpacked / "extractor" / "rules" / "tables" / "laws.csv").is_file()
    assert output(tmp_path, unpacked, source) == output(tmp_path, ROOT, source)
