"""One report in every format: the records are the same, only their offsets differ."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import formats
import pytest

from extractor import Extractor
from extractor.read import read

if TYPE_CHECKING:
    from collections.abc import Callable

FIXTURES = Path(__file__).parent.parent / "fixtures"
NAMES = sorted(path.stem for path in FIXTURES.glob("*.txt"))
EXTRACTOR = Extractor()
WRITERS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "gb18030": lambda text: text.encode("gb18030"),
    "utf-16": lambda text: text.encode("utf-16"),
    "markdown": formats.as_markdown,
    "html": formats.as_html,
    "html in gb18030": lambda text: formats.as_html(text, "gb18030"),
    "docx": formats.as_docx,
    "pdf": formats.as_pdf,
    "pdf in two columns": lambda text: formats.as_pdf(text, columns=2),
    "pdf without indents": lambda text: formats.as_pdf(text, indent=False),
    "csv": formats.as_csv,
    "jsonl": formats.as_jsonl,
    "zip": lambda text: formats.as_zip(report_txt=text.encode()),
    "docx in zip in zip": lambda text: formats.as_zip(a_zip=formats.as_zip(b_docx=formats.as_docx(text))),
}


@cache
def text_of(name: str) -> str:
    """Return the text of a fixture."""
    return (FIXTURES / f"{name}.txt").read_text(encoding="utf-8-sig")


def records(document: object) -> list[dict[str, object]]:
    """Return everything in a document but offsets, and blanks inside a mention."""
    found = []
    for report in document.model_dump()["reports"]:  # type: ignore[attr-defined]  # a Document
        found.append({field: report[field] for field in ("index", "title", "issuer", "period", "checks")})
        for kind in ("counts", "dates", "units", "regulations"):
            for record in report[kind]:
                plain = {field: value for field, value in record.items() if field not in ("start", "end", "locator")}
                found.append({**plain, "text": "".join(record["text"].split())})
    return found


@cache
def expected(name: str) -> list[dict[str, object]]:
    """Return the records of a fixture as plain text."""
    return records(EXTRACTOR.extract(text_of(name)))


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("name", NAMES)
def test_every_format_gives_the_same_records(name: str, form: str, tmp_path: Path) -> None:
    """Navigation, scripts, headers, page numbers, columns, encodings and packing add nothing and lose nothing."""
    suffix = {"markdown": ".md", "csv": ".csv"}.get(form, "")
    path = tmp_path / f"report{suffix}"
    path.write_bytes(WRITERS[form](text_of(name)))
    source = read(path)
    document = EXTRACTOR.extract(source)
    assert records(document) == expected(name)
    assert EXTRACTOR.to_json(source) == document.to_json()
    for record in document.records():
        assert source.text[record.start : record.end] == record.text
        assert record.locator == source.locate(record.start)


@pytest.mark.parametrize(("form", "word"), [("docx", "paragraph"), ("pdf", "page"), ("html", "paragraph")])
def test_every_record_says_where_it_stands(form: str, word: str) -> None:
    """In the format's own words."""
    document = EXTRACTOR.extract(read(WRITERS[form](text_of("notice"))))
    assert {(record.locator or "").split()[0] for record in document.records()} == {word}


@pytest.mark.parametrize("form", ["utf-8", "gb18030", "html", "docx", "pdf"])
def test_the_digest_is_that_of_the_bytes(form: str) -> None:
    """So that a changed file is another source."""
    data = WRITERS[form]("某县2022年总结\n2022年，全县收到行政复议申请105件。")
    assert read(data).sha256 == hashlib.sha256(data).hexdigest()


def test_plain_text_has_no_locators() -> None:
    """An offset is all that there is to say."""
    assert {record.locator for record in EXTRACTOR.extract(read(text_of("notice").encode())).records()} == {None}
