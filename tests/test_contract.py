"""What leaves as JSON obeys the records: the validator without their classes takes and refuses what they do."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from extractor import Extractor, contract, extract
from extractor.records import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TEXT = (
    "安陵县2022年依法行政工作总结\n全年收到行政复议申请105件，其中受理39件，比上年增长5%。"
    "县司法局依据《行政复议法》第二十七条第一款审结三分之二。2月30日，同期评查案卷3000余份。\n"
)
WRONG: tuple[object, ...] = (None, -1, "", "no such word", 1.5, [], {"no": "field"}, [None], object())
Fields = dict[str, Any]


def _fields() -> Fields:
    """Return the fields of a document with records of all kinds, each of them given."""
    return extract(TEXT).model_dump()


def _places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, tuple) else ()
    for key, part in parts:
        yield from _places(part, (*path, key))


def _with(fields: Fields, path: tuple[str | int, ...], change: Callable[[Any], object]) -> object:
    """Return a copy of ``fields`` in which ``change`` gives the value at ``path``."""
    if not path:
        return change(deepcopy(fields))
    key, *rest = path
    part = _with(fields[key], tuple(rest), change)  # type: ignore[index, literal-item]  # a list where it is a number
    if isinstance(fields, tuple):
        return (*fields[:key], part, *fields[key + 1 :])  # type: ignore[operator]
    return {**fields, key: part}


def _takes(check: Callable[[object], object], fields: object) -> bool:
    try:
        check(fields)
    except ValidationError:
        return False
    return True


@pytest.fixture(scope="module")
def validator() -> Callable[[object], object]:
    """Return the validator of the built-in rules."""
    return contract.validator(Extractor().ruleset).validate_python


def test_what_is_found_is_taken(validator: Callable[[object], object]) -> None:
    """The fields of a whole document."""
    assert {name for name, records in _fields()["reports"][0].items() if records and name.endswith("s")} == {
        "counts", "dates", "units", "regulations", "checks",
    }  # fmt: skip
    assert _takes(validator, _fields())


def test_it_decides_as_the_document_does(validator: Callable[[object], object]) -> None:
    """Every field of every record, left out, or with a value of the wrong type, sign, length or vocabulary."""
    fields, refused = _fields(), 0
    for path in _places(fields):
        changes: list[Callable[[Any], object]] = [lambda _, wrong=wrong: wrong for wrong in WRONG]  # type: ignore[misc]
        if isinstance(fields_at(fields, path), dict):
            changes.append(lambda value: {**value, "more": 1})
            changes += [
                lambda value, key=key: {name: part for name, part in value.items() if name != key}  # type: ignore[misc]
                for key in fields_at(fields, path)
            ]
        for change in changes:
            changed = _with(fields, path, change)
            taken = _takes(Document.model_validate, changed)
            assert _takes(validator, changed) == taken, (path, changed)
            refused += not taken
    assert refused > len(list(_places(fields)))


def fields_at(fields: Any, path: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - any part of a document
    """Return the value at ``path``."""
    for key in path:
        fields = fields[key]
    return fields
