"""Rules made ready and kept: the same results, never stale, never in the way."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from extractor.builtin import BUILTIN
from extractor.engine import Extractor, rules_of
from extractor.ruleset import store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TEXT = "2022年，全县共收到行政复议申请105件，依照行政复议法第二十八条受理39件。"
RULE = """
    rules:
    - id: count.sheep_units
      about: the carrying capacity of pasture
      parser: quantity
      pattern: '{{count_head}} (?P<measure> %s )'
      matches: [{text: 120万%s, gives: {value: 1200000, unit: %s}}]
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return where a first start has kept the rules, and what it found."""
    place = tmp_path_factory.mktemp("kept") / "cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(store.VARIABLE, str(place))
        return place, _found()


@pytest.fixture(autouse=True)
def expected(kept: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give the test a copy of what is kept; return what must be found with it or without."""
    place, found = kept
    monkeypatch.setenv(store.VARIABLE, str(shutil.copytree(place, tmp_path / "cache")))
    rules_of.cache_clear()
    yield found
    rules_of.cache_clear()


def _found() -> str:
    """Return what a new start finds."""
    rules_of.cache_clear()
    return Extractor().extract(TEXT).to_json()


def _file() -> Path:
    """Return the file in which the rules are kept."""
    file = store.place((BUILTIN,))
    assert file is not None
    return file


def test_the_second_start_finds_the_same(expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And compiles no pattern of its own accord."""
    monkeypatch.setattr("extractor.ruleset.model.RuleSet.compile", None)
    assert _found() == expected
    assert list(_file().parent.glob("*.rules")) == [_file()]


def test_a_changed_rule_is_seen_at_once(rules_dir: Callable[..., Path]) -> None:
    """The content tells, not the time of the file."""
    directory = rules_dir(pasture=RULE.replace("%s", "羊单位"))
    (first,) = Extractor(rules=(directory,)).extract("120万羊单位").reports[0].counts
    before = (directory / "pasture.yaml").stat()
    rules_dir(pasture=RULE.replace("%s", "牛单位"))
    os.utime(directory / "pasture.yaml", ns=(before.st_atime_ns, before.st_mtime_ns))
    rules_of.cache_clear()
    (second,) = Extractor(rules=(directory,)).extract("120万牛单位").reports[0].counts
    assert (first.unit, second.unit) == ("羊单位", "牛单位")


@pytest.mark.parametrize("content", [b"", b"no pickle", b"\x80\x05}."])
def test_a_spoilt_file_is_not_read(content: bytes) -> None:
    """Whatever is in it."""
    assert store.load(_file()) is not None
    _file().write_bytes(content)
    assert store.load(_file()) is None


def test_a_spoilt_file_does_no_harm(expected: str) -> None:
    """It is written anew."""
    _file().write_bytes(b"no pickle")
    assert _found() == expected
    assert store.load(_file()) is not None


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="permissions of this sort are those of POSIX")
def test_a_file_that_others_can_write_is_not_read() -> None:
    """Who could write it could make us run anything."""
    file = _file()
    assert store.load(file) is not None
    file.chmod(0o666)
    assert store.load(file) is None
    file.chmod(0o600)
    file.parent.chmod(0o777)
    assert store.load(file) is None


@pytest.mark.parametrize("place", ["", "/dev/null/cache"])
def test_without_a_place_everything_works(place: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where nothing may be kept, or can be."""
    monkeypatch.setenv(store.VARIABLE, place)
    assert _found() == expected


def test_only_the_last_sets_are_kept(tmp_path: Path) -> None:
    """Old ones do not pile up."""
    ruleset = Extractor().ruleset
    for number in range(20):
        store.save(tmp_path / "many" / f"{number}.rules", ruleset)
    assert len(list((tmp_path / "many").iterdir())) == 12
