"""Journal: the finished sources of a batch, a line each, in a file that can be added to after any end."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Self

from extractor.errors import UsageError
from extractor.records import Document

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import BinaryIO

_KEY = 64  # characters of a key, a SHA-256
_WHOLE = re.compile(rb"[0-9a-f]{64} \[.*\] \{.*\}\n")


class Journal:
    """Documents under keys that stand for all they depend on: settings, name and content of their source.

    A line is a key, what was left out of the source, and a document. A line without its end was being written when
    a run was killed: it is cut off, and what it was to say is done again.
    """

    def __init__(self, path: Path, settings: str, *, keep: bool) -> None:
        """Keep where the lines are, what they depend on, and whether those that are there are of use."""
        self._path = path
        self._settings = settings
        self._keep = keep
        self._places: dict[bytes, int] = {}

    def __enter__(self) -> Self:
        """Open the file for this run alone; UsageError where another run has it."""
        self._file = self._path.open("a+b")
        try:
            _lock(self._file)
        except OSError:
            self._file.close()
            raise UsageError(f"another run is writing to {str(self._path.parent.parent)!r}; wait for it") from None
        if not self._keep:
            self._file.truncate(0)
        self._file.seek(0)
        end = 0
        for line in self._file:
            if not _WHOLE.fullmatch(line):
                break
            self._places[bytes.fromhex(line[:_KEY].decode())] = end
            end += len(line)
        self._file.truncate(end)
        self._end = end
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._file.close()

    def key(self, name: str, digest: str) -> bytes:
        """Return the key of a source."""
        return sha256(f"{self._settings}\n{digest}\n{name}".encode(errors="surrogateescape")).digest()

    def has(self, key: bytes) -> bool:
        """Return whether the source of ``key`` is finished."""
        return key in self._places

    def add(self, key: bytes, document: str, warnings: Sequence[str]) -> None:
        """Note that a source is finished; its line is in the file when this returns."""
        line = f"{key.hex()} {json.dumps(warnings)} {document}\n".encode()
        self._file.write(line)
        self._file.flush()
        self._places[key] = self._end
        self._end += len(line)

    def entry(self, key: bytes) -> tuple[Document, tuple[str, ...]]:
        """Return what was found in the source of ``key``, and what was left out of it."""
        self._file.seek(self._places[key])
        rest = self._file.readline()[_KEY + 1 :].decode()
        warnings, end = json.JSONDecoder().raw_decode(rest)
        return Document.from_json(rest[end + 1 :]), tuple(warnings)


def _lock(file: BinaryIO) -> None:
    """Keep ``file`` from other runs until it is closed, where the system can; OSError where another has it."""
    try:
        import fcntl  # noqa: PLC0415 - not everywhere
    except ImportError:
        return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
