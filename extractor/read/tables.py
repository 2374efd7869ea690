"""Tables: CSV, JSON lines and JSON to a text for each row; of the first two one row is in memory at a time."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from typing import TYPE_CHECKING

from extractor.errors import InputError
from extractor.read.decode import text_of
from extractor.read.model import HEAD, MOST, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from extractor.read.model import Blob, Options

    _Rows = Callable[[io.TextIOWrapper, str, str | None], Iterator[tuple[int, str | InputError]]]

# What the column of the text is called where the user names none.
_FIELDS = ("text", "content", "body", "正文", "内容", "全文", "文本")
_SIGNS = ",\t;"
_SHOWN = 8  # columns that a message lists
_MOST_JSON = 1 << 26  # bytes of one JSON, which is in memory as a whole and takes several times as much there
_OWN = {"schema_version", "source", "reports"}  # keys of what this program writes
_CHARACTER = 4  # bytes of the longest one


def texts(blob: Blob, options: Options, _depth: int) -> Iterator[Text | InputError]:
    """Yield the text of every row of a CSV; a row without one is an error and the rest goes on."""
    return _texts(blob, options, _rows)


def texts_of_lines(blob: Blob, options: Options, _depth: int) -> Iterator[Text | InputError]:
    """Yield the text of every JSON line; a line without one is an error and the rest goes on."""
    return _texts(blob, options, _objects)


def texts_of_json(blob: Blob, options: Options, _depth: int) -> Iterator[Text | InputError]:
    """Yield the text of every object of a JSON array, or of the one object that there is.

    InputError, once, where none has one.
    """
    data = blob.stream.read(_MOST_JSON + 1)
    if len(data) > _MOST_JSON:
        raise InputError(f"more than {_MOST_JSON >> 20} MB of JSON; {_as_lines('.[]')}", blob.name)
    text, encoding = text_of(data, options.encoding, blob.name)
    try:
        parsed = json.loads(text, parse_int=float)  # an integer of any length, which is no text anyway
    except (ValueError, RecursionError) as error:
        where = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise InputError(f"damaged JSON{where}; mend it, or write it anew", blob.name) from None
    rows = parsed if isinstance(parsed, list) else [parsed]
    found = [_field(row, options.text_field) for row in rows]
    if not any(isinstance(one, str) for one in found):
        raise InputError(_without_text(parsed, found), blob.name)
    for number, one in enumerate(found, 1):
        name = f"{blob.name}#{number}"
        yield InputError(one.message, name) if isinstance(one, InputError) else _text(one, name, encoding)


def _without_text(parsed: object, found: Sequence[str | InputError]) -> str:
    """Return what a JSON is in which no object has a text, and what to do."""
    if isinstance(parsed, dict):
        inside = next((key for key, value in parsed.items() if _holds_objects(value)), None)
        if inside is not None and not parsed.keys() >= _OWN:
            return f"a JSON object that holds its rows under {inside!r}; {_as_lines(f'.[{json.dumps(inside)}][]')}"
    if isinstance(parsed, dict) or _holds_objects(parsed):
        return next(one.message for one in found if isinstance(one, InputError))
    return 'JSON without objects that have a text; write it as [{"text": …}, …]'


def _holds_objects(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _as_lines(what: str) -> str:
    return f"write them as JSON lines: jq -c '{what}' FILE"


def _texts(blob: Blob, options: Options, rows: _Rows) -> Iterator[Text | InputError]:
    encoding = _encoding(blob, options)
    stream = io.TextIOWrapper(blob.stream, encoding=encoding, newline="")
    row = 0
    try:
        for row, found in rows(stream, blob.name, options.text_field):
            name = f"{blob.name}#{row}"
            yield InputError(found.message, name) if isinstance(found, InputError) else _text(found, name, encoding)
    except UnicodeError:
        message = f"not {encoding} behind row {row}; convert it to one encoding, or name its --encoding"
        raise InputError(message, blob.name) from None
    except csv.Error as error:
        raise InputError(f"no table behind row {row}: {error}; save it as CSV again", blob.name) from None
    finally:
        stream.detach()
    if not row:
        raise InputError("empty, there is no row to read", blob.name)


def _encoding(blob: Blob, options: Options) -> str:
    """Return the encoding, found in what the file begins with, whose last character may be cut."""
    head = blob.head
    for cut in range(_CHARACTER if len(head) == HEAD else 0):
        try:
            found = text_of(head[: len(head) - cut], options.encoding, blob.name)[1]
        except InputError:
            continue
        return "utf-8-sig" if found == "utf-8" else found
    found = text_of(head, options.encoding, blob.name)[1]
    return "utf-8-sig" if found == "utf-8" else found


def _rows(stream: io.TextIOWrapper, name: str, field: str | None) -> Iterator[tuple[int, str | InputError]]:
    """Yield number and text of every row of a CSV."""
    csv.field_size_limit(MOST)  # a report may be longer than the 131,072 characters that a cell may have by default
    header = stream.readline()
    sign = max(_SIGNS, key=header.count)
    columns = [cell.strip() for cell in next(csv.reader([header], delimiter=sign), [])]
    if not any(columns):
        return
    at = _column(columns, field, name)
    number = 0
    for cells in csv.reader(stream, delimiter=sign):
        if cells:
            number += 1
            yield number, cells[at] if at < len(cells) else ""


def _column(columns: Sequence[str], wanted: str | None, name: str) -> int:
    """Return which of ``columns`` holds the text; InputError where that is not plain."""
    known = [column.lower() for column in columns]
    for field in _FIELDS if wanted is None else (wanted.lower(),):
        if field in known:
            return known.index(field)
    if wanted is None and len(columns) == 1:
        return 0
    shown = ", ".join(repr(column) for column in columns[:_SHOWN]) + (", …" if len(columns) > _SHOWN else "")
    missing = "no column is named like one of text" if wanted is None else f"no column {wanted!r}"
    raise InputError(f"{missing}; name the one that holds it with --text-field: {shown}", name)


def _objects(stream: io.TextIOWrapper, _name: str, field: str | None) -> Iterator[tuple[int, str | InputError]]:
    """Yield number and text of every line of JSON lines, or why it has none."""
    number = 0
    while line := stream.readline(MOST):
        number += 1
        if line.strip():
            yield number, _value(line, field)


def _value(line: str, wanted: str | None) -> str | InputError:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    return _field(row, wanted)


def _field(row: object, wanted: str | None) -> str | InputError:
    """Return the text of an object, or why it has none."""
    if not isinstance(row, dict):
        return InputError("no JSON object; mend or remove it", "")
    for field in _FIELDS if wanted is None else (wanted,):
        if isinstance(value := row.get(field), str):
            return value
    if row.keys() >= _OWN:
        return InputError("records that this program wrote; name the file that they were found in", "")
    shown = ", ".join(repr(key) for key, value in [*row.items()][:_SHOWN] if isinstance(value, str))
    missing = "no key is named like one of text" if wanted is None else f"no text under the key {wanted!r}"
    return InputError(f"{missing}; name the one that holds it with --text-field: {shown}", "")


def _text(text: str, name: str, encoding: str) -> Text | InputError:
    if not text.strip():
        return InputError("empty, there is no text to read", name)
    try:
        digest = hashlib.sha256(text.encode()).hexdigest()
    except UnicodeEncodeError as error:
        return InputError(f"not a text: lone surrogate at offset {error.start}; decode it anew", name)
    return Text(name, text, encoding.removesuffix("-sig"), digest)
