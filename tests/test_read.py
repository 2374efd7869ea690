"""Read: bytes become exactly their text, or one line that says why not."""

from __future__ import annotations

import hashlib
import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from extractor.errors import InputError, UsageError
from extractor.read import read

SIMPLIFIED = "二〇二二年，全县共收到行政复议申请105件。\r\n受理39件，审结36件；“十四五”时期。\n"
TRADITIONAL = "2022年，全縣共收到行政復議申請105件，受理39件，審結36件；「十四五」時期開局良好。\n"


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL], ids=["simplified", "traditional"])
@pytest.mark.parametrize(
    ("written", "given", "reported"),
    [
        ("utf-8", None, "utf-8"),
        ("utf-8-sig", None, "utf-8"),
        ("utf-16", None, "utf-16"),
        ("utf-16-le", None, "utf-16-le"),
        ("utf-16-be", None, "utf-16-be"),
        ("utf-32", None, "utf-32"),
        ("gb18030", None, "gb18030"),
        ("gbk", None, "gb18030"),
        ("utf-8", "utf8", "utf-8"),
        ("utf-8-sig", "utf-8", "utf-8"),
        ("gb18030", "GB18030", "gb18030"),
        ("gbk", "gbk", "gbk"),
        ("utf-16-be", "utf-16-be", "utf-16-be"),
    ],
)
def test_bytes_become_their_text(tmp_path: Path, text: str, written: str, given: str | None, reported: str) -> None:
    """Every character, line ends too, and no byte order mark; the digest is that of the bytes."""
    path = tmp_path / "report.txt"
    data = text.encode(written)
    path.write_bytes(data)
    source = read(path, encoding=given)
    assert (source.text, source.encoding) == (text, reported)
    assert (source.name, source.sha256) == (str(path), hashlib.sha256(data).hexdigest())


def test_big_endian_utf_16_is_found(tmp_path: Path) -> None:
    """The mark says which half comes first."""
    path = tmp_path / "report.txt"
    path.write_bytes(b"\xfe\xff" + SIMPLIFIED.encode("utf-16-be"))
    assert read(str(path)).text == SIMPLIFIED


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes from standard input are decoded like those of a file."""
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(SIMPLIFIED.encode("gb18030"))))
    source = read("-")
    assert (source.name, source.text, source.encoding) == ("-", SIMPLIFIED, "gb18030")


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"", None, "empty, there is no text to read"),
        (b"\xef\xbb\xbf", None, "empty, there is no text to read"),
        (b" \r\n\t", None, "empty, there is no text to read"),
        (b"abc\x00def", None, "not a text: NUL at character 3; convert it to text, or name its --encoding"),
        (b"\xff\x00def", None, "not a text: NUL at byte 1; convert it to text, or name its --encoding"),
        (
            "二〇二二年".encode() + b"\xff",
            None,
            "neither UTF-8 (byte 15) nor plausible GB18030; name its --encoding, for example big5",
        ),
        (
            TRADITIONAL.encode("big5"),
            None,
            "neither UTF-8 (byte 4) nor plausible GB18030; name its --encoding, for example big5",
        ),
        (
            "Größe über alles".encode("latin-1"),
            None,
            "neither UTF-8 (byte 2) nor plausible GB18030; name its --encoding, for example big5",
        ),
        ("年".encode("gbk"), "utf-8", "not utf-8: byte 0 (0xc4); name another --encoding"),
        (b"\xd4\xff", "gb18030", "not gb18030: byte 0 (0xd4); name another --encoding"),
        (b"\xff\xfea", None, "not utf-16: byte 2 (0x61); name another --encoding"),
    ],
)
def test_what_is_no_text_gets_one_line(tmp_path: Path, data: bytes, encoding: str | None, message: str) -> None:
    """Which source, what is wrong with it, what to do."""
    path = tmp_path / "report.txt"
    path.write_bytes(data)
    with pytest.raises(InputError) as raised:
        read(path, encoding=encoding)
    assert str(raised.value) == f"{path}: {message}"


def test_a_missing_file_gets_one_line(tmp_path: Path) -> None:
    """So does a directory, and a path that no file system knows."""
    for path, message in [
        (str(tmp_path / "missing"), "no such file; check the path"),
        (str(tmp_path), "a directory; name one of the files in it"),
        ("a\x00b", "cannot be read: embedded null byte"),
    ]:
        with pytest.raises(InputError) as raised:
            read(path)
        assert raised.value.message == message


def test_an_unreadable_file_gets_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's refusal is passed on."""

    def refuse(_: Path, _mode: str) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # the superuser, whom tests may run as, may read everything
    with pytest.raises(InputError, match="no permission to read it"):
        read(str(tmp_path / "report.txt"))


@pytest.mark.parametrize("encoding", ["gb2313", "", "base64", "a\x00b"])
def test_an_unknown_encoding_is_wrong_usage(encoding: str) -> None:
    """A codec that makes no text is as unknown as one that does not exist."""
    with pytest.raises(UsageError, match="unknown encoding"):
        read("-", encoding=encoding)


def test_a_named_encoding_may_hold_nul(tmp_path: Path) -> None:
    """Who names the encoding has decided that this is a text."""
    path = tmp_path / "report.txt"
    path.write_bytes(b"a\x00b")
    assert read(path, encoding="utf-8").text == "a\x00b"
