"""Sources: files, directories, patterns, archives and tables to texts, what fails to one line each."""

from __future__ import annotations

import io
import json
import os
import pickle
import struct
import sys
import zipfile
from types import SimpleNamespace
from typing import TYPE_CHECKING

import formats
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.errors import InputError, UsageError
from extractor.read import Text, archive, read, sources, tables
from extractor.read.model import Unread
from extractor.read.sources import inputs, text_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Outcome

REPORT = "2022年，全县收到行政复议申请105件，受理39件。"
DATA = REPORT.encode()


def summary(*names: str | Path, **options: str) -> list[tuple[str, str]]:
    """Return name and text of every source, or name and reason of what failed."""
    found = sources([str(name) for name in names], **options)
    return [(one.name, one.text if isinstance(one, Text) else one.message) for one in found]


def names(*given: str | Path) -> list[str]:
    """Return the names of the sources, without the directory that was given."""
    return [name.removeprefix(str(given[0])) for name, _ in summary(*given)]


def test_a_directory_means_its_files(tmp_path: Path) -> None:
    """Sorted, those below too; hidden files, locks of Word, links that lead back and pipes are passed over."""
    for name in ("b.txt", "a.md", "sub/c.txt", ".hidden", ".git/d.txt", "~$b.docx", "Thumbs.db", "sub/deep/e.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(DATA)
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    (tmp_path / "link.txt").symlink_to(tmp_path / "b.txt")
    os.mkfifo(tmp_path / "pipe")
    assert names(tmp_path) == ["/a.md", "/b.txt", "/link.txt", "/sub/c.txt", "/sub/deep/e.txt"]


def test_a_pattern_means_what_matches(tmp_path: Path) -> None:
    """Sorted; ``**`` goes below; a file that has such a name itself comes first."""
    for name in ("2.txt", "1.txt", "x.md", "sub/3.txt", "[a].txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(DATA)
    assert summary(tmp_path / "[12].txt") == [(f"{tmp_path}/1.txt", REPORT), (f"{tmp_path}/2.txt", REPORT)]
    assert len(summary(tmp_path / "**" / "*.txt")) == 4
    assert summary(tmp_path / "[a].txt") == [(f"{tmp_path}/[a].txt", REPORT)]
    assert summary(tmp_path / "*.pdf") == [(f"{tmp_path}/*.pdf", "no file matches; check the pattern")]


def test_what_fails_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    """In the order of the names."""
    (tmp_path / "none").mkdir()
    (tmp_path / "broken").symlink_to(tmp_path / "gone")
    (tmp_path / "a.txt").write_bytes(DATA)
    given = [tmp_path / "missing", tmp_path / "none", tmp_path / "broken", tmp_path / "a.txt"]
    assert [reason for _, reason in summary(*given)] == [
        "no such file; check the path",
        "no file in this directory; name another",
        "no such file; check the path",
        REPORT,
    ]


def test_a_directory_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's refusal is passed on, and the other files are read."""
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.txt").write_bytes(DATA)
    scandir = os.scandir

    def refuse(directory: str) -> object:
        if directory.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(directory)

    monkeypatch.setattr(os, "scandir", refuse)  # the superuser, whom tests may run as, may read everything
    refused = "no permission to read it; change its mode or run as its owner"
    assert summary(tmp_path) == [(f"{tmp_path}/closed", refused), (f"{tmp_path}/open.txt", REPORT)]


def test_nothing_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    """Inputs may be endless; only a wrong encoding is told at once."""
    (tmp_path / "a.txt").write_bytes(DATA)
    endless = iter(lambda: str(tmp_path / "a.txt"), "")
    found = sources(endless)
    assert [next(found).name for _ in range(3)] == [str(tmp_path / "a.txt")] * 3
    with pytest.raises(UsageError, match="unknown encoding"):
        sources([], encoding="gb2313")


def test_a_walk_is_not_ahead_of_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A directory is listed when its first file is due, however many there are."""
    for number in range(3):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "a.txt").write_bytes(DATA)
    scandir, listed = os.scandir, []
    monkeypatch.setattr(os, "scandir", lambda directory: listed.append(directory) or scandir(directory))
    found = sources([str(tmp_path)])
    for number in range(3):
        assert next(found).name == f"{tmp_path}/{number}/a.txt"
        assert len(listed) == number + 2


def test_documents_wait_for_who_works_on_them(tmp_path: Path) -> None:
    """With the digest that their text has; in archives too, and what is wrong with them waits as well."""
    forms = {"a.docx": formats.as_docx(REPORT), "b.html": formats.as_html(REPORT), "c.pdf": formats.as_pdf(REPORT)}
    members = {**forms, "d.txt": DATA, "e.pdf": b"%PDF-1.7\nnothing", "f.png": b"\x89PNG\r\n"}
    (tmp_path / "a.zip").write_bytes(formats.zipped(members))
    for name, data in members.items():
        (tmp_path / name).write_bytes(data)
    found = list(inputs([str(tmp_path)]))
    kinds = {"txt": Text, "png": InputError}
    assert [type(one) for one in found] == [kinds.get(one.name.rpartition(".")[2], Unread) for one in found]
    assert len(found) == 2 * len(members)
    for late, now in zip(found, sources([str(tmp_path)]), strict=True):
        again = pickle.loads(pickle.dumps(late))  # noqa: S301 - our own
        if isinstance(now, Text):
            assert (late.name, late.sha256, text_in(again)) == (now.name, now.sha256, now)
            continue
        with pytest.raises(InputError) as raised:
            text_in(again)
        assert str(raised.value) == str(now)


@pytest.mark.parametrize(
    ("name", "data", "parts"),
    [
        ("a.csv", 'id,text\n1,甲\n2,"乙，\n丙"\n', [("#1", "甲"), ("#2", "乙，\n丙")]),
        ("a.tsv", "正文\tid\n甲\t1\n乙\t2\n", [("#1", "甲"), ("#2", "乙")]),
        ("a.csv", "id;内容\n1;甲\n", [("#1", "甲")]),
        ("a.csv", "标题\n甲\n\n乙\n", [("#1", "甲"), ("#2", "乙")]),
        ("a.csv", "\ufeffText,id\n甲,1\n", [("#1", "甲")]),
        ("a.jsonl", '{"content": "甲"}\n\n{"content": "乙"}\n', [("#1", "甲"), ("#3", "乙")]),
        ("a.txt", '{"text": "甲", "n": 1}\n{"text": "乙"}\n', [("#1", "甲"), ("#2", "乙")]),
        ("a.csv", "id,text\n1,\n2,甲\n", [("#1", "empty, there is no text to read"), ("#2", "甲")]),
        (
            "a.jsonl",
            '{"text": 1}\nnothing\n[1]\n{"text": "甲"}\n{"text": "\\ud800"}\n',
            [
                ("#1", "no key is named like one of text; name the one that holds it with --text-field: "),
                ("#2", "no JSON object; mend or remove it"),
                ("#3", "no JSON object; mend or remove it"),
                ("#4", "甲"),
                ("#5", "not a text: lone surrogate at offset 0; decode it anew"),
            ],
        ),
        ("a.csv", "", [("", "empty, there is no row to read")]),
        ("a.csv", "text\n", [("", "empty, there is no row to read")]),
        (
            "a.csv",
            "id,报告\n1,甲\n",
            [("", "no column is named like one of text; name the one that holds it with --text-field: 'id', '报告'")],
        ),
    ],
)  # fmt: skip
def test_a_row_is_a_document(tmp_path: Path, name: str, data: str, parts: list[tuple[str, str]]) -> None:
    """Named by its number; the column is the one called so, or the only one; what has no text is told."""
    path = tmp_path / name
    path.write_text(data, encoding="utf-8", newline="")
    assert summary(path) == [(f"{path}{part}", text) for part, text in parts]


@pytest.mark.parametrize(
    ("data", "parts"),
    [
        ('[{"text": "甲", "n": 1}, {"text": "乙"}]', [("#1", "甲"), ("#2", "乙")]),
        ('[\n  {"正文": "甲"},\n  {"id": 2},\n  3\n]', [
            ("#1", "甲"),
            ("#2", "no key is named like one of text; name the one that holds it with --text-field: "),
            ("#3", "no JSON object; mend or remove it"),
        ]),
        ('{\n  "content": "甲"\n}', [("#1", "甲")]),
        ('{"content": "甲"}', [("#1", "甲")]),
        ('{"content": "甲"}\n{"content": "乙"}', [("#1", "甲"), ("#2", "乙")]),
        ("2022年，受理39件。", [("", "2022年，受理39件。")]),
        ('[{"id": "1"}, {"id": "2"}]', [
            ("", "no key is named like one of text; name the one that holds it with --text-field: 'id'"),
        ]),
        ('{\n"d": [{"text": "甲"}]}', [
            ("", "a JSON object that holds its rows under 'd'; write them as JSON lines: jq -c '.[\"d\"][]' FILE"),
        ]),
        ('{\n"schema_version": "1", "source": {}, "reports": [{}]}', [
            ("", "records that this program wrote; name the file that they were found in"),
        ]),
        ('["甲", "乙"]', [("", 'JSON without objects that have a text; write it as [{"text": …}, …]')]),
        ("[]", [("", 'JSON without objects that have a text; write it as [{"text": …}, …]')]),
        ('"甲"', [("", 'JSON without objects that have a text; write it as [{"text": …}, …]')]),
        ('[{"text": "甲"},\n{"text"', [("", "damaged JSON at line 2; mend it, or write it anew")]),
        ("[" * 100_000, [("", "damaged JSON; mend it, or write it anew")]),
        ('[{"text": "甲", "n": ' + "9" * 5000 + "}]", [("#1", "甲")]),
    ],
)  # fmt: skip
def test_json_is_rows_or_one_line(tmp_path: Path, data: str, parts: list[tuple[str, str]]) -> None:
    """An object is a document; a file in which none has a text is told once, with what to do."""
    path = tmp_path / "a.json"
    path.write_text(data, encoding="utf-8")
    assert summary(path) == [(f"{path}{part}", text) for part, text in parts]


@pytest.mark.parametrize("data", ['[{"text": "甲"}]', '[\n {"text": "甲"}\n]', '{\n "text": "甲"\n}'])
def test_json_needs_no_name(tmp_path: Path, data: str) -> None:
    """Its content tells, also where it is longer than what is looked at."""
    for number, more in enumerate(["", " " * 70_000]):
        path = tmp_path / str(number)
        path.write_text(data.replace("}", more + "}"), encoding="utf-8")
        assert summary(path) == [(f"{path}#1", "甲")]


@pytest.mark.parametrize("text", ["2022", "[1]", "{甲}", '"甲"', "[]"])
def test_a_text_that_could_be_json_is_a_text(tmp_path: Path, text: str) -> None:
    """Unless its name says otherwise."""
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert summary(tmp_path / "a.txt") == [(f"{tmp_path}/a.txt", text)]


def test_too_much_json_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be in memory as a whole; as JSON lines it is not."""
    monkeypatch.setattr(tables, "_MOST_JSON", 16)
    (tmp_path / "a.json").write_text('[{"text": "甲乙丙"}]', encoding="utf-8")
    reason = "more than 0 MB of JSON; write them as JSON lines: jq -c '.[]' FILE"
    assert summary(tmp_path / "a.json") == [(f"{tmp_path}/a.json", reason)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_tables_have_encodings_too(tmp_path: Path, encoding: str) -> None:
    """Found by how the file begins, also where that ends inside a character."""
    path = tmp_path / "a.csv"
    rows = [f"{number},{REPORT}" for number in range(3000)]
    path.write_bytes("\n".join(["id,text", *rows]).encode(encoding))
    found = summary(path)
    assert (len(found), found[-1]) == (3000, (f"{path}#3000", REPORT))


def test_a_text_field_is_named(tmp_path: Path) -> None:
    """A column or a key; a file that only looks like text is a table then."""
    (tmp_path / "a.txt").write_text("编号,报告\n1,甲\n", encoding="utf-8")
    assert summary(tmp_path / "a.txt", text_field="报告") == [(f"{tmp_path}/a.txt#1", "甲")]
    (tmp_path / "a.jsonl").write_text('{"报告": "甲", "text": "乙"}', encoding="utf-8")
    assert summary(tmp_path / "a.jsonl", text_field="报告") == [(f"{tmp_path}/a.jsonl#1", "甲")]
    reason = "no text under the key '正文'; name the one that holds it with --text-field: '报告', 'text'"
    assert summary(tmp_path / "a.jsonl", text_field="正文") == [(f"{tmp_path}/a.jsonl#1", reason)]


def test_a_table_that_changes_its_encoding_is_told(tmp_path: Path) -> None:
    """With the row behind which it does; the rows before are read."""
    path = tmp_path / "a.csv"
    path.write_bytes(b"text\n" + ("甲" * 50 + "\n").encode() * 2000 + "乙".encode("gb18030") + b"\n")
    *read_rows, (name, reason) = summary(path)
    assert (len(read_rows) > 1900, name) == (True, str(path))
    assert reason.endswith("; convert it to one encoding, or name its --encoding")


def test_an_archive_means_its_files(tmp_path: Path) -> None:
    """By name, in folders and in archives inside; hidden files are passed over, the path never leads out."""
    inner = formats.zipped({"b.docx": formats.as_docx(REPORT), "a.csv": "text\n甲\n".encode()})
    path = tmp_path / "all.zip"
    path.write_bytes(
        formats.zipped({
            "2022/报告.txt": DATA, "../../up.txt": DATA, "C:\\x\\y.txt": DATA, "__MACOSX/2022/._报告.txt": b"x",
            ".DS_Store": b"x", "inner.zip": inner, "empty/": b"",
        })
    )  # fmt: skip
    assert names(path) == [
        "/2022/报告.txt", "/inner.zip/a.csv#1", "/inner.zip/b.docx", "/up.txt", "/x/y.txt",
    ]  # fmt: skip


def test_names_in_an_archive_may_be_gbk(tmp_path: Path) -> None:
    """As Chinese systems pack them, without a word about it."""
    path = tmp_path / "old.zip"
    name = "报告.txt".encode("gbk")
    path.write_bytes(formats.zipped({"xxxxxxxx": DATA}).replace(b"xxxxxxxx", name))
    assert summary(path) == [(f"{path}/报告.txt", REPORT)]


def test_what_fails_in_an_archive_is_told(tmp_path: Path) -> None:
    """Each member by its path; the others are read."""
    path = tmp_path / "all.zip"
    deep = formats.as_zip(a_zip=formats.as_zip(b_zip=formats.as_zip(c_txt=DATA)))
    path.write_bytes(formats.zipped({"a.png": b"\x89PNG\r\n\x1a\n", "b.txt": DATA, "c.zip": deep, "d.txt": b""}))
    found = summary(path)
    assert [(name.removeprefix(str(path)), reason[:40]) for name, reason in found] == [
        ("/a.png", "a PNG image; recognise its text first, f"),
        ("/b.txt", REPORT),
        ("/c.zip/a.zip", "an archive 3 archives deep; unpack the o"),
        ("/d.txt", "empty, there is no text to read"),
    ]


def test_a_bomb_is_left_packed(tmp_path: Path) -> None:
    """By what comes out, not by what its directory says."""
    path = tmp_path / "bomb.zip"
    packed = formats.zipped({"a.txt": b"0" * 30_000_000, "b.txt": DATA})
    path.write_bytes(packed)
    bomb = (f"{path}/a.txt", "unpacks to more than 10 MB, which no report does; left packed")
    assert summary(path) == [bomb, (f"{path}/b.txt", REPORT)]
    path.write_bytes(packed.replace(struct.pack("<L", 30_000_000), struct.pack("<L", 3_000)))
    assert len(summary(path)[0][1]) < 100


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And one whose members share their bytes ends when too much has come out."""
    path = tmp_path / "many.zip"
    path.write_bytes(formats.zipped({f"{number}.txt": DATA for number in range(5)}))
    monkeypatch.setattr(archive, "MEMBERS", 4)
    assert summary(path) == [(str(path), "more than 4 files in one archive; split it")]
    monkeypatch.setattr(archive, "MEMBERS", 100)
    monkeypatch.setattr(archive, "RATIO", 0)
    monkeypatch.setattr(archive, "SMALL", 3 * len(DATA))
    reason = "unpacks to more than its size allows; the rest is left packed"
    assert [text for _, text in summary(path)] == [REPORT] * 4 + [reason]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04" + b"x" * 50, "a damaged zip archive; fetch or pack it again"),
        (formats.zipped({}), "no file in this archive; name another"),
        (formats.zipped({"xl/workbook.xml": b""}), "an Excel workbook (xlsx); save its sheet as CSV"),
        (formats.zipped({"OFD.xml": b""}), "an OFD document; save it as PDF or Word with an OFD reader first"),
        (
            formats.zipped({"mimetype": b"", "content.xml": b""}),
            "an OpenDocument file (odt); convert it first: soffice --headless --convert-to docx FILE",
        ),
    ],
)
def test_a_zip_file_that_holds_no_reports_is_told(tmp_path: Path, data: bytes, reason: str) -> None:
    """What it is, and what to do."""
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert summary(path) == [(str(path), reason)]


def test_an_encrypted_member_is_told(tmp_path: Path) -> None:
    """The others are read."""
    path = tmp_path / "a.zip"
    data = bytearray(formats.zipped({"a.txt": DATA, "b.txt": DATA}))
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag in the directory entry of the first
    path.write_bytes(bytes(data))
    locked = (f"{path}/a.txt", "protected by a password; unpack it with its password first")
    assert summary(path) == [locked, (f"{path}/b.txt", REPORT)]


def test_a_damaged_member_is_told(tmp_path: Path) -> None:
    """By its checksum."""
    path = tmp_path / "a.zip"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("a.txt", DATA)
        packed.writestr("b.txt", DATA)
    path.write_bytes(file.getvalue().replace(DATA, DATA[:-3] + b"xxx", 1))
    damaged = (f"{path}/a.txt", "damaged inside its archive; fetch or pack it again")
    assert summary(path) == [damaged, (f"{path}/b.txt", REPORT)]


def test_a_part_can_be_named(tmp_path: Path) -> None:
    """A member, a folder of an archive, a row: under the name that the source had."""
    (tmp_path / "a.zip").write_bytes(formats.zipped({"x/a.txt": DATA, "x/b.csv": b"text\n1\n2\n", "c.txt": DATA}))
    assert names(tmp_path / "a.zip" / "x" / "a.txt") == [""]
    assert names(tmp_path / "a.zip" / "x") == ["/a.txt", "/b.csv#1", "/b.csv#2"]
    assert read(f"{tmp_path}/a.zip/x/b.csv#2").text == "2"
    with pytest.raises(InputError, match=r"no such part of '.*a.zip'; check the path"):
        read(tmp_path / "a.zip" / "missing.txt")
    with pytest.raises(InputError, match=r"holds several texts; name one of them, such as '.*a.zip/c.txt'"):
        read(tmp_path / "a.zip")


@pytest.mark.parametrize("form", [formats.as_html, formats.as_docx, formats.as_pdf, formats.as_jsonl])
def test_standard_input_is_read_by_content(form: Callable[[str], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no name to go by; a pipe cannot go back."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation("a pipe")

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=Pipe(form(f"某县2022年总结\n{REPORT}"))))
    (found,) = sources(["-"])
    assert isinstance(found, Text)
    assert found.text.split()[-2:] == ["某县2022年总结", REPORT]


def test_many_rows_come_through_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than what is looked at to tell the format."""
    lines = "".join(json.dumps({"text": f"{REPORT}{number}"}) + "\n" for number in range(2000)).encode()

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=Pipe(lines)))
    found = [one.text for one in sources(["-"]) if isinstance(one, Text)]
    assert found == [f"{REPORT}{number}" for number in range(2000)]


def test_a_missing_library_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That says what to install."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n")
    for module in ("extractor.read.pdf", "pypdfium2"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    reason = "reading pdf needs pypdfium2, which is not installed: pip install 'gov-text-extractor[pdf]'"
    assert summary(tmp_path / "a.pdf") == [(f"{tmp_path}/a.pdf", reason)]


_BEGINNINGS = [
    b"", b"%PDF-1.7\n", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html><body>",
    b'{"text":"', b"text,id\n", b"\xff\xfe", b"<?xml version='1.0'?><html>", b"# ", b"BM", b"MIME-Version: 1.0\n",
    formats.as_docx(REPORT)[:-40], formats.as_docx(REPORT), formats.as_pdf(REPORT), formats.as_html(REPORT),
]  # fmt: skip


@settings(max_examples=300)
@given(
    st.sampled_from(_BEGINNINGS), st.binary(max_size=200), st.integers(0, 4000),
    st.sampled_from(["", ".md", ".csv", ".html", ".jsonl"]),
)  # fmt: skip
def test_any_bytes_give_a_text_or_one_line(
    tmp_path_factory: pytest.TempPathFactory, begin: bytes, rest: bytes, at: int, suffix: str
) -> None:
    """Never a crash, whatever the name says and wherever a file is damaged."""
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_bytes(begin[:at] + rest + begin[at + len(rest) :])
    for one in sources([str(path)]):
        if isinstance(one, InputError):
            assert str(one).startswith(str(path))
            assert "\n" not in str(one)
            assert "cannot be read (" not in str(one)  # a defect of ours
        else:
            assert one.text.strip()
            one.text.encode()


def test_the_command_writes_the_text_that_offsets_refer_to(
    extract_command: Callable[..., Outcome], tmp_path: Path
) -> None:
    """Alone, or a line of JSON each with its name; what fails is told."""
    path = tmp_path / "a.docx"
    path.write_bytes(formats.as_docx(f"某县2022年总结\n{REPORT}"))
    text = extract_command(path, "--text").out
    (report,) = json.loads(extract_command(path, "--json").out)["reports"]
    for record in report["counts"]:
        assert text[record["start"] : record["end"]] == record["text"]
        assert record["locator"] == "paragraph 2"
    outcome = extract_command(path, tmp_path / "missing", "--text", "--json")
    assert (outcome.status, json.loads(outcome.out)["text"]) == (1, text)
    assert outcome.err == f"{tmp_path}/missing: no such file; check the path\n"


def test_one_document_of_a_container_can_be_explained(extract_command: Callable[..., Outcome], tmp_path: Path) -> None:
    """By the name that it has in the output."""
    (tmp_path / "a.csv").write_text(f"编号,报告\n1,甲\n2,{REPORT}\n", encoding="utf-8")
    outcome = extract_command("explain", f"{tmp_path}/a.csv#2", "--id", "c1", "--text-field", "报告")
    assert (outcome.status, "105件" in outcome.out) == (0, True)


def test_a_directory_of_one_file_gives_a_document(extract_command: Callable[..., Outcome], tmp_path: Path) -> None:
    """Several give a line each, however they are named."""
    (tmp_path / "a.txt").write_bytes(DATA)
    assert extract_command(tmp_path, "--json").out.startswith("{\n")
    (tmp_path / "b.txt").write_bytes(DATA)
    assert len(extract_command(tmp_path, "--json").out.splitlines()) == 2
