"""Store: a rule set made ready once to a file in the user's cache, and back, so that a start compiles nothing.

The name of the file is a hash of the rules, of this program and of what its parts were made by: when one of them
changes, the file is not found and another is made. Without a place to write to, everything works as ever.
"""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
from functools import lru_cache
from hashlib import blake2b
from io import BytesIO
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import Struct
from typing import TYPE_CHECKING

import pydantic_core
import regex

from extractor.builtin import BUILTIN
from extractor.ruleset.model import Rule, RuleSet

if TYPE_CHECKING:
    from collections.abc import Sequence

VARIABLE = "EXTRACTOR_CACHE"  # names another directory; empty for none
_PROGRAM = Path(__file__).parent.parent
_NAME, _CODE = "gov-text-extractor", ".py"
_RULES = f"{BUILTIN}{os.sep}"  # installed with the program, like its code
_OTHERS = 0o022  # the permission of others to write
_KEPT = 12  # files: of so many sets of rules
_SELF = "rules"  # stands in a pickle for the rule set that it belongs to
_HEADER = Struct(">QQ")  # the lengths of index and body
Bytes = bytes | memoryview | mmap
Parts = dict[str, dict[str, Bytes]]  # of a rule set and of what was made of it, by name, each a pickle


@lru_cache(maxsize=1)
def builtin() -> RuleSet:
    """Return the rules that come with the package; its tests, not every start, prove them sound."""
    kept = load(place((BUILTIN,)))
    if kept is not None:
        return kept
    from extractor.ruleset.loading import load as read  # noqa: PLC0415 - rules that are kept ready need none of it

    return read((BUILTIN,), {}, trusted=(BUILTIN,))


def place(directories: Sequence[Path]) -> Path | None:
    """Return the file that the rules of ``directories`` are kept in; None where there can be none."""
    home = _home()
    if home is None or not all(directory.is_dir() for directory in directories):  # which loading them will tell
        return None
    digest = blake2b(digest_size=16)
    made_by = sys.implementation.cache_tag, sys.version_info, regex.__version__, pydantic_core.__version__
    digest.update(f"{made_by}\n".encode())
    try:
        for name in made_from(directories):
            if name.endswith(_CODE) or name.startswith(_RULES):  # told apart as byte code is from its source
                status = os.stat(name)  # noqa: PTH116 - a Path for each of them takes as long as all the rest
                digest.update(f"{name}\n{status.st_mtime_ns} {status.st_size}\n".encode())
            else:
                content = Path(name).read_bytes()
                digest.update(f"{name}\n{len(content)}\n".encode())
                digest.update(content)
    except OSError:
        return None
    return home / f"{digest.hexdigest()}.rules"


def load(file: Path | None) -> RuleSet | None:
    """Return the rule set kept in ``file``; None where there is none that this user alone can have written."""
    if file is None:
        return None
    try:
        if not _is_own(file):
            return None
        with file.open("rb") as opened:
            kept = mmap(opened.fileno(), 0, access=ACCESS_READ)
        return thawed(_parts(kept))
    except Exception:  # noqa: BLE001 - whatever is wrong with the file, the rules themselves are there
        return None


def save(file: Path, ruleset: RuleSet) -> None:
    """Keep ``ruleset`` with all that was made of it so far in ``file``, where that can be written."""
    try:
        content = _packed(frozen(ruleset))
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as written:
                written.write(content)
            Path(draft).replace(file)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
        for old in sorted(file.parent.glob("*.rules"), key=lambda one: one.stat().st_mtime)[:-_KEPT]:
            old.unlink(missing_ok=True)
    except (OSError, pickle.PicklingError):
        return


def can_save(file: Path | None) -> bool:
    """Whether ``file`` lies where this user can write."""
    if file is None:
        return False
    above = next((parent for parent in file.parents if parent.exists()), None)
    return above is not None and os.access(above, os.W_OK | os.X_OK)


def frozen(ruleset: RuleSet) -> Parts:
    """Return the parts of ``ruleset`` and all that was made of it, each pickled by itself."""
    return {
        "state": {name: pickle.dumps(part, pickle.HIGHEST_PROTOCOL) for name, part in ruleset.__getstate__().items()},
        "made": {key: _dumped(value, ruleset) for key, value in ruleset.made.items()},
    }


def _packed(parts: Parts) -> bytes:
    """Return the content of a file: how long index and body are, where each part begins and ends, the parts."""
    places: dict[str, dict[str, tuple[int, int]]] = {}
    body: list[Bytes] = []
    end = 0
    for name, group in parts.items():
        places[name] = {}
        for key, part in group.items():
            places[name][key] = end, end + len(part)
            end += len(part)
            body.append(part)
    index = pickle.dumps(places, pickle.HIGHEST_PROTOCOL)
    return b"".join((_HEADER.pack(len(index), end), index, *body))


def _parts(content: Bytes) -> Parts:
    """Return the parts of a file, none of them read yet; ValueError where it is not whole."""
    view = memoryview(content)
    size, length = _HEADER.unpack_from(view)
    start = _HEADER.size + size
    if len(view) != start + length:
        raise ValueError("not the whole of a file")
    places: dict[str, dict[str, tuple[int, int]]] = pickle.loads(view[_HEADER.size : start])  # noqa: S301 - as safe as our byte code
    return {
        name: {key: view[start + at : start + end] for key, (at, end) in group.items()}
        for name, group in places.items()
    }


def thawed(state: Parts) -> RuleSet:
    """Return the rule set again; what was made of it is unpickled when asked for."""
    ruleset = RuleSet.__new__(RuleSet)
    ruleset.__setstate__({name: pickle.loads(part) for name, part in state["state"].items()})  # noqa: S301 - as above
    made = state["made"]
    ruleset.kept.update({key: lambda key=key: _Loader(made[key], ruleset).load() for key in made})  # type: ignore[misc]
    return ruleset


class _Dumper(pickle.Pickler):
    def __init__(self, file: BytesIO, ruleset: RuleSet) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._ruleset = ruleset

    def persistent_id(self, value: object) -> str | None:
        """Return the id of a rule, and what stands for the rule set itself."""
        if isinstance(value, Rule) and self._ruleset.by_id.get(value.id) is value:
            return value.id
        return _SELF if value is self._ruleset else None


class _Loader(pickle.Unpickler):
    def __init__(self, data: Bytes, ruleset: RuleSet) -> None:
        super().__init__(BytesIO(data))
        self._ruleset = ruleset

    def persistent_load(self, identity: str) -> RuleSet | Rule:
        """Return the rule, or the rule set, that ``identity`` stands for."""
        return self._ruleset if identity == _SELF else self._ruleset.by_id[identity]


def _dumped(value: object, ruleset: RuleSet) -> bytes:
    file = BytesIO()
    _Dumper(file, ruleset).dump(value)
    return file.getvalue()


def _home() -> Path | None:
    named = os.environ.get(VARIABLE)
    if named is not None:
        return Path(named) if named else None
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        return (Path(base) if base else Path.home() / ".cache") / _NAME
    except RuntimeError:  # a user without a home
        return None


def made_from(directories: Sequence[Path]) -> list[str]:
    """Return all that a rule set is made from, by path: rules, tables, and the program that reads them."""
    program = ((above, name) for above, _, names in os.walk(_PROGRAM) for name in names if name.endswith(_CODE))
    files = [f"{above}{os.sep}{name}" for above, name in program]
    for directory in directories:
        files += map(str, (*directory.glob("*.yaml"), *(directory / "tables").glob("*.csv")))
    return sorted(files)


def _is_own(file: Path) -> bool:
    """Whether nobody but this user can have written ``file``."""
    if not hasattr(os, "getuid"):
        return True  # a user's cache is closed to others where there are no such permissions
    for path in (file, file.parent):
        status = path.stat()
        if status.st_uid != os.getuid() or status.st_mode & _OTHERS:
            return False
    return True
