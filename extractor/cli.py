"""Command line: arguments to one call, the result to one print."""

from __future__ import annotations

import sys
from pathlib import Path

from extractor import extract


def main() -> None:
    """Print the records of the file named first as JSON."""
    path = Path(sys.argv[1])
    document = extract(path.read_bytes().decode("utf-8-sig"), name=path.name)
    sys.stdout.write(document.model_dump_json(indent=1) + "\n")
