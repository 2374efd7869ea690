"""Sources: names to texts, one at a time, each input read as what it is."""

from __future__ import annotations

import hashlib
import io
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from msgspec.structs import replace

from extractor.errors import InputError
from extractor.extras import missing
from extractor.read.decode import codec, text_of
from extractor.read.files import STDIN, container, files, unreadable
from extractor.read.kinds import kind_of
from extractor.read.model import HEAD, Blob, Options, Text, Unread, made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from extractor.read.kinds import Kind

    Found = Text | Unread | InputError

_READERS: dict[Kind, tuple[str, str]] = {  # the module that reads a kind, and its function
    "markdown": ("markdown", "texts"),
    "html": ("html", "texts"),
    "docx": ("docx", "texts"),
    "pdf": ("pdf", "texts"),
    "csv": ("tables", "texts"),
    "jsonl": ("tables", "texts_of_lines"),
    "json": ("tables", "texts_of_json"),
    "zip": ("archive", "texts"),
}
_SLOW: tuple[Kind, ...] = ("docx", "html", "pdf")  # each a single text


def sources(
    names: Iterable[str], *, encoding: str | None = None, text_field: str | None = None
) -> Iterator[Text | InputError]:
    """Return an iterator over every text that ``names`` mean, or the error that explains why there is none.

    Files, directories, patterns, ``-`` for standard input. Nothing is read before it is asked for, and a failure
    never ends the iteration. ``text_field`` is the column or key that holds the text in CSV and JSON.

    Raises UsageError at once for an unknown ``encoding``.
    """
    options = Options(None if encoding is None else codec(encoding), text_field)
    return cast("Iterator[Text | InputError]", _sources(names, options))


def inputs(names: Iterable[str], *, encoding: str | None = None, text_field: str | None = None) -> Iterator[Found]:
    """Return what ``sources`` does, but Word and PDF documents and web pages as Unread, for ``text_in``."""
    return _sources(names, Options(None if encoding is None else codec(encoding), text_field, puts_off=True))


def text_in(found: Found) -> Text:
    """Return the text of an input; InputError where it cannot be read."""
    if isinstance(found, Unread):
        blob = Blob(found.name, found.data[:HEAD], io.BytesIO(found.data))
        return text_in(next(_guarded(blob, replace(found.options, puts_off=False))))
    if isinstance(found, InputError):
        raise found
    return found


def read(source: str | Path | bytes, *, encoding: str | None = None, text_field: str | None = None) -> Text:
    """Return the one text in ``source``: a path, ``-`` for standard input, or the bytes of a file.

    Raises InputError where it cannot be read or holds several texts, UsageError for an unknown ``encoding``.
    """
    options = Options(None if encoding is None else codec(encoding), text_field)
    name = "bytes" if isinstance(source, bytes) else str(source)
    if isinstance(source, bytes):
        found = _guarded(Blob(name, source[:HEAD], io.BytesIO(source)), options)
    elif name != STDIN and Path(name).is_dir():
        raise InputError("a directory; name one of the files in it", name)
    else:
        found = _opened(name, options)
    first = next(found, None)
    if first is None:
        raise InputError("empty, there is no text to read", name)
    text = text_in(first)
    if next(found, None) is not None:
        raise InputError(f"holds several texts; name one of them, such as {text.name!r}", name)
    return text


def texts_of(blob: Blob, options: Options, depth: int = 0) -> Iterator[Found]:
    """Yield each text in ``blob``; InputError, raised or yielded, where there is none."""
    kind = kind_of(blob, options)
    if kind == "text":
        data = blob.data()
        text, used = text_of(data, options.encoding, blob.name)
        yield made(blob.name, text, used, data)
        return
    yield from read_as(kind, blob, options, depth)


def read_as(kind: Kind, blob: Blob, options: Options, depth: int) -> Iterator[Found]:
    """Yield each text in ``blob``, which is of a ``kind`` other than text."""
    if options.puts_off and kind in _SLOW:
        data = blob.data()
        yield Unread(blob.name, hashlib.sha256(data).hexdigest(), data, options)
    else:
        yield from _reader(kind, blob.name)(blob, options, depth)


def _reader(kind: Kind, name: str) -> Callable[[Blob, Options, int], Iterator[Found]]:
    """Return what reads ``kind``; InputError where the library that it needs is not installed."""
    module, function = _READERS[kind]
    try:
        return cast(
            "Callable[[Blob, Options, int], Iterator[Found]]",
            getattr(import_module(f"extractor.read.{module}"), function),
        )
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("extractor."):
            raise
        raise InputError(missing(error.name or "", kind, f"reading {kind}"), name) from None


def _sources(names: Iterable[str], options: Options) -> Iterator[Found]:
    for one in files(names):
        if isinstance(one, InputError):
            yield one
        else:
            yield from _opened(one, options)


def _opened(name: str, options: Options) -> Iterator[Found]:
    try:
        if name != STDIN and not Path(name).exists() and (inside := container(name)) is not None:
            yield from _inside(*inside, options)
            return
        with _Stream(name) as stream:
            begin = stream.tell() if stream.seekable() else None
            head = stream.read(HEAD)
            if begin is None:
                stream = cast("BinaryIO", _Rejoined(head, stream))  # noqa: PLW2901 - the same bytes
            else:
                stream.seek(begin)
            yield from _guarded(Blob(name, head, stream), options)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        yield unreadable(error, name)


def _inside(path: str, wanted: str, options: Options) -> Iterator[Found]:
    """Yield what the file ``path`` holds under the name ``wanted``."""
    found = False
    for one in _opened(path, options):
        if one.name == wanted or one.name.startswith((f"{wanted}/", f"{wanted}#")):
            found = True
            yield one
    if not found:
        yield InputError(f"no such part of {path!r}; check the path", wanted)


def _guarded(blob: Blob, options: Options) -> Iterator[Found]:
    """Yield each text in ``blob``; what is raised becomes the last thing yielded."""
    try:
        yield from texts_of(blob, options)
    except InputError as error:
        yield error
    except Exception as error:  # noqa: BLE001 - a defect in reading one must not keep the others from being read
        what = " ".join(f"{type(error).__name__}: {error}".split())
        yield InputError(f"cannot be read ({what}); convert it to text, and report it if it is sound", blob.name)


class _Stream:
    """An open file, or standard input, which is left open."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> BinaryIO:
        self._file = sys.stdin.buffer if self._name == STDIN else Path(self._name).open("rb")
        return self._file

    def __exit__(self, *_: object) -> None:
        if self._name != STDIN:
            self._file.close()


class _Rejoined(io.RawIOBase):
    """A stream that cannot go back, begun again with the ``head`` that was read from it."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        head, self._head = (self._head, b"") if size < 0 else (self._head[:size], self._head[size:])
        if size < 0 or len(head) < size:
            head += self._rest.read(-1 if size < 0 else size - len(head))
        return head

    def readline(self, size: int | None = -1, /) -> bytes:
        line, newline, after = self._head.partition(b"\n")
        if newline:
            self._head = after
            return line + newline
        self._head = b""
        return line + self._rest.readline(-1 if size is None else size)
