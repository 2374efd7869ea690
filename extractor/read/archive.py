"""Archive: a zip file to the texts of its members, within limits that no report needs and every bomb exceeds."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from extractor.errors import InputError
from extractor.read.kinds import member_kind
from extractor.read.model import HEAD, MOST, Blob
from extractor.read.sources import read_as, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.read.model import Options, Text, Unread

MEMBERS = 100_000
RATIO = 200  # how many times its packed size a large member may have; text has up to 20
SMALL = 10_000_000  # bytes of which any ratio is allowed
_DEEPEST = 2  # archives inside one another
_UTF_8_NAME, _ENCRYPTED = 0x800, 0x1  # flags of a member
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


def texts(blob: Blob, options: Options, depth: int) -> Iterator[Text | Unread | InputError]:
    """Yield the texts of all members, by name; a member that fails is an error and the rest goes on."""
    opened = blob.stream if blob.stream.seekable() else io.BytesIO(blob.data())
    try:
        archive = zipfile.ZipFile(opened)
        members = archive.infolist()
    except _BROKEN:
        raise InputError("a damaged zip archive; fetch or pack it again", blob.name) from None
    with archive:
        if member_kind(frozenset(member.filename for member in members), blob.name) == "docx":
            opened.seek(0)
            yield from read_as("docx", Blob(blob.name, blob.head, opened), options, depth)
            return
        if depth >= _DEEPEST:
            raise InputError(f"an archive {depth + 1} archives deep; unpack the outer ones first", blob.name)
        if len(members) > MEMBERS:
            raise InputError(f"more than {MEMBERS} files in one archive; split it", blob.name)
        named = sorted(
            ((name_of(member), member) for member in members if not member.is_dir()), key=lambda pair: pair[0]
        )
        yield from _members(blob, archive, named, options, depth)


def _members(
    blob: Blob,
    archive: zipfile.ZipFile,
    named: list[tuple[str, zipfile.ZipInfo]],
    options: Options,
    depth: int,
) -> Iterator[Text | Unread | InputError]:
    found = False
    left = max(SMALL, RATIO * blob.stream.seek(0, io.SEEK_END)) if blob.stream.seekable() else MOST
    for name, member in named:
        if any(part.startswith((".", "~$", "__MACOSX")) for part in name.split("/")):
            continue
        found = True
        path = f"{blob.name}/{name}"
        try:
            data = content(archive, member, path)
            left -= len(data)
            yield from texts_of(Blob(path, data[:HEAD], io.BytesIO(data)), options, depth + 1)
        except InputError as error:
            yield error
        if left < 0:  # members that share their packed bytes
            raise InputError("unpacks to more than its size allows; the rest is left packed", blob.name)
    if not found:
        raise InputError("no file in this archive; name another", blob.name)


def content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    """Return the bytes of ``member``; InputError where it is encrypted, damaged or unreasonably large."""
    if member.flag_bits & _ENCRYPTED:
        raise InputError("protected by a password; unpack it with its password first", name)
    most = min(MOST, max(SMALL, RATIO * member.compress_size))  # the size that a member states may be a lie
    try:
        with archive.open(member) as stream:
            data = stream.read(most + 1)
    except _BROKEN:
        raise InputError("damaged inside its archive; fetch or pack it again", name) from None
    if len(data) > most:
        raise InputError(f"unpacks to more than {most // 1_000_000} MB, which no report does; left packed", name)
    return data


def name_of(member: zipfile.ZipInfo) -> str:
    """Return the path of ``member`` with its characters as meant, and never out of the archive.

    Without the flag for UTF-8 a name has the encoding of the system that packed it, here GBK, and was read as CP437.
    """
    name = member.filename
    if not member.flag_bits & _UTF_8_NAME:
        for encoding in ("utf-8", "gb18030"):
            try:
                name = name.encode("cp437").decode(encoding)
            except UnicodeError:
                continue
            break
    parts = name.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..") and not part.endswith(":"))
