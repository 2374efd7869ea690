"""Files: names as a user gives them, files, directories and patterns, to one name for each file."""

from __future__ import annotations

import glob
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STDIN = "-"
_LEFT_OUT = {"thumbs.db", "desktop.ini"}
_DEEPEST = 64  # directories inside one another


def files(names: Iterable[str]) -> Iterator[str | InputError]:
    """Yield the name of every file that ``names`` mean, in order, or the error that explains why there is none.

    A directory means the files in it and below, sorted, without hidden ones; a pattern (``*.pdf``) those that
    match. A name that does not exist is passed on if it lies in a file that does: ``a.zip/b.txt``, ``a.csv#3``.
    """
    for name in names:
        try:
            if name == STDIN or _is_file(name):
                yield name
            elif Path(name).is_dir():
                yield from _below(name)
            elif glob.has_magic(name) and (found := sorted(glob.glob(name, recursive=True))):  # noqa: PTH207 - pathlib's would lose how the name was written
                for one in found:
                    yield from _below(one) if Path(one).is_dir() else (one,)
            elif glob.has_magic(name) and container(name) is None:
                yield InputError("no file matches; check the pattern", name)
            else:
                yield name  # reading it says what is wrong
        except (OSError, ValueError) as error:
            yield unreadable(error, name)


def container(name: str) -> tuple[str, str] | None:
    """Return the file in which ``name`` would lie, as a member or a row, and ``name`` as that file's reader writes it.

    >>> container("/nowhere/a.csv#3") is None
    True
    """
    path, _, row = name.rpartition("#")
    if row.isdecimal() and Path(path).is_file():
        return path, name
    path = name
    while (parent := os.path.dirname(path)) not in ("", path):  # noqa: PTH120 - as above
        if Path(parent).is_file():
            return parent, name
        path = parent
    return None


def unreadable(error: OSError | ValueError, name: str) -> InputError:
    """Return the line that says why the system refused ``name``."""
    if isinstance(error, FileNotFoundError):
        return InputError("no such file; check the path", name)
    if isinstance(error, PermissionError):
        return InputError("no permission to read it; change its mode or run as its owner", name)
    return InputError(f"cannot be read: {getattr(error, 'strerror', None) or error}", name)


def _is_file(name: str) -> bool:
    """Return whether ``name`` exists and is no directory: a file, or a pipe that was named on purpose."""
    path = Path(name)
    return path.exists() and not path.is_dir()


def _below(directory: str) -> Iterator[str | InputError]:
    """Yield the files in ``directory`` and below it."""
    found = False
    for one in _walk(directory, ()):
        found = True
        yield one
    if not found:
        yield InputError("no file in this directory; name another", directory)


def _walk(directory: str, above: tuple[tuple[int, int], ...]) -> Iterator[str | InputError]:
    try:
        state = Path(directory).stat()
        here = (state.st_dev, state.st_ino)
        if here in above or len(above) >= _DEEPEST:
            return  # a link that leads back
        with os.scandir(directory) as entries:
            names = sorted(entry.name for entry in entries)
    except OSError as error:
        yield unreadable(error, directory)
        return
    for name in names:
        if name.startswith((".", "~$")) or name.lower() in _LEFT_OUT:
            continue
        path = os.path.join(directory, name)  # noqa: PTH118 - keeps the directory as it was written, "./" too
        try:
            mode = Path(path).stat().st_mode
        except OSError as error:
            yield unreadable(error, path)
            continue
        if stat.S_ISDIR(mode):
            yield from _walk(path, (*above, here))
        elif stat.S_ISREG(mode):
            yield path
