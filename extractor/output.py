"""Output: chunks of text to standard output, or files that are replaced only when all is written."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.read import Text


def write(chunks: Iterator[str], target: Path | None) -> None:
    """Write ``chunks`` as UTF-8 to ``target``, or to standard output; nothing at all where there is no chunk.

    Raises UsageError where ``target`` cannot be written.
    """
    if target is None:
        for chunk in chunks:
            sys.stdout.write(chunk)
            sys.stdout.flush()
        return
    with writing(target):
        _write(chunks, target)


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Turn what the system says against writing ``target`` into a UsageError."""
    try:
        yield
    except OSError as error:
        raise UsageError(f"cannot write {str(target)!r}: {error.strerror or error}") from None


@contextmanager
def replaced(target: Path) -> Iterator[Path]:
    """Yield the path of a draft, which takes the place of ``target`` when the context ends without an exception.

    The draft lies in a directory of its own, where it may have other files beside it; where it has not been
    written, ``target`` stays as it is.
    """
    home = Path(os.path.realpath(target))
    if home.exists() and not home.is_file():
        raise UsageError(f"cannot write {str(target)!r}: not a regular file")
    directory = Path(tempfile.mkdtemp(dir=home.parent, prefix=f".{home.name}."))
    try:
        draft = directory / home.name
        yield draft
        if draft.exists():
            if home.exists():
                draft.chmod(home.stat().st_mode)
            draft.replace(home)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def text_line(source: Text) -> str:
    """Return what was read as a line of JSON: its name, its digest and the text that offsets refer to."""
    return json.dumps({"name": source.name, "sha256": source.sha256, "text": source.text}, ensure_ascii=False) + "\n"


def _write(chunks: Iterator[str], target: Path) -> None:
    if target.exists() and not target.is_file():  # a device or a pipe, such as /dev/null
        with target.open("w", encoding="utf-8", newline="") as file:
            file.writelines(chunks)
        return
    with replaced(target) as draft:
        first = next(chunks, None)
        if first is not None:
            with draft.open("w", encoding="utf-8", newline="") as file:
                file.write(first)
                file.writelines(chunks)
