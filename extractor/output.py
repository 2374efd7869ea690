"""Output: chunks of text to standard output, or to a file that is replaced only when all is written."""

from __future__ import annotations

import json
import os
import sys
import tempfile
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
    try:
        _replace(chunks, Path(os.path.realpath(target)))
    except OSError as error:
        raise UsageError(f"cannot write {str(target)!r}: {error.strerror}") from None


def text_line(source: Text) -> str:
    """Return what was read as a line of JSON: its name, its digest and the text that offsets refer to."""
    return json.dumps({"name": source.name, "sha256": source.sha256, "text": source.text}, ensure_ascii=False) + "\n"


def _replace(chunks: Iterator[str], target: Path) -> None:
    if target.exists() and not target.is_file():  # a device or a pipe, such as /dev/null
        with target.open("w", encoding="utf-8", newline="") as file:
            file.writelines(chunks)
        return
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.writelines(chunks)
            is_empty = file.tell() == 0
        if is_empty:
            return
        draft.chmod(target.stat().st_mode if target.exists() else 0o666 & ~_umask())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _umask() -> int:
    """Return the mask for new files; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
