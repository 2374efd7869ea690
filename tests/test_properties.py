"""Promises that hold for any text: offsets, order, links, repeatability, threads, time."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extractor import Document, Extractor, ExtractorError, extract
from extractor.read import Text
from extractor.render.schema import schema

FIXTURES = Path(__file__).parent.parent / "fixtures"
TEXTS = [path.read_bytes().decode() for path in sorted(FIXTURES.glob("*.txt"))]
EXTRACTOR = Extractor()

_PIECES = [piece for text in TEXTS for piece in text.replace("。", "。\x00").replace("，", "，\x00").split("\x00")]
_SIGNS = list("《》（）()〔〕[]“”、，。；：%％-—~～\n\r\t 　０１一二三十百千万亿年月日条第其中共约<>&\u200b\ufeff𠮷")
sources = st.lists(
    st.one_of(
        st.sampled_from(_PIECES),
        st.builds(lambda piece, at: piece[at : at + 15], st.sampled_from(_PIECES), st.integers(0, 40)),
        st.sampled_from(_SIGNS),
        st.text(max_size=8),
    ),
    max_size=25,
).map("".join)
several = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])


@several
@given(sources)
def test_every_record_is_a_slice_of_the_source(source: str) -> None:
    """Offsets survive normalisation, and lie inside their report."""
    document = EXTRACTOR.extract(source)
    for report in document.reports:
        for record in report.records():
            assert record.text == source[record.start : record.end]
            assert report.start <= record.start < record.end <= report.end


@several
@given(sources)
def test_records_are_in_order_and_their_links_lead_somewhere(source: str) -> None:
    """Ids count up by position; parent, alias_of and checks name records that exist."""
    for report in EXTRACTOR.extract(source).reports:
        kinds = {"c": report.counts, "d": report.dates, "u": report.units, "r": report.regulations}
        for letter, records in kinds.items():
            assert [record.id for record in records] == [f"{letter}{number}" for number in range(1, len(records) + 1)]
            places = [(record.start, record.end) for record in records]
            assert places == sorted(places)
        ids = {record.id for record in report.records()}
        parents = {count.parent for count in report.counts} | {cited.alias_of for cited in report.regulations}
        named = {identity for check in report.checks for identity in check.records}
        assert parents - {None} <= ids
        assert named <= ids


@several
@given(sources)
def test_output_is_json_that_obeys_the_schema(source: str) -> None:
    """Whatever comes in, what goes out is what was promised."""
    validator = jsonschema.Draft202012Validator(json.loads(schema()))
    assert list(validator.iter_errors(json.loads(EXTRACTOR.extract(source).to_json()))) == []


@several
@given(sources)
def test_json_is_the_same_without_the_records(source: str) -> None:
    """What is written at once has passed no validation, and needs none."""
    text = Text("a", source, "utf-8", "0" * 64)
    assert EXTRACTOR.to_json(text) == EXTRACTOR.extract(text).to_json()


@several
@given(sources)
def test_every_rule_named_is_a_rule(source: str) -> None:
    """Any record can be explained."""
    rules = {record.rule for record in EXTRACTOR.extract(source).records()}
    assert rules <= set(EXTRACTOR.ruleset.by_id)


@several
@given(sources)
@example("才发布；对《比2017年的50件增加14件，")  # the verb is the last word before the figure
def test_two_runs_are_identical(source: str) -> None:
    """A new extractor finds the same, byte for byte."""
    assert extract(source).to_json() == extract(source).to_json()


def test_a_lone_surrogate_is_refused() -> None:
    """No encoding can hold it, so no output could."""
    with pytest.raises(ExtractorError, match="lone surrogate at offset 1"):
        extract("年\ud800")


def test_another_process_finds_the_same() -> None:
    """The order of sets, which differs from process to process, does not show."""
    program = [sys.executable, "-c", "from extractor.cli import main; main()"]
    outputs = {
        subprocess.run(  # noqa: S603 - our own program
            [*program, *sorted(map(str, FIXTURES.glob("*.txt"))), "--json"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(outputs) == 1


def test_an_extractor_survives_pickling() -> None:
    """It finds the same in another process."""
    configured = Extractor(only=("dates",), reference_date="2020")
    copy = pickle.loads(pickle.dumps(configured))  # noqa: S301 - our own bytes
    assert copy == configured
    assert [copy.extract(text) for text in TEXTS] == [configured.extract(text) for text in TEXTS]


def test_threads_share_an_extractor() -> None:
    """Eight threads at once find what one finds."""
    alone = [EXTRACTOR.extract(text) for text in TEXTS]
    fresh = Extractor(loaded=pickle.loads(pickle.dumps(EXTRACTOR.ruleset)))  # noqa: S301 - nothing compiled yet
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(fresh.extract, TEXTS * 4)) == alone * 4


def test_a_stream_gives_a_document_for_each_text() -> None:
    """One at a time, in order, without waiting for the end."""
    endless = iter(lambda: "2022年", None)
    stream = EXTRACTOR.stream(endless)
    first, second = next(stream), next(stream)
    assert isinstance(first, Document)
    assert (first.source.name, second.source.name) == ("text 1", "text 2")


@pytest.mark.parametrize("kind", ["counts", "dates", "units", "regulations"])
def test_only_limits_what_is_returned(kind: str) -> None:
    """A kind alone has the records that it has among the others."""
    for text in TEXTS:
        limited, full = Extractor(only=(kind,)).extract(text), EXTRACTOR.extract(text)  # type: ignore[arg-type]
        for some, everything in zip(limited.reports, full.reports, strict=True):
            assert list(some.records()) == list(getattr(everything, kind))


@pytest.mark.parametrize(
    "piece",
    [
        "一", "1", "1,", "1.", "十", "万", "年", "月", "2022年", "第", "第一条", "条", "《", "》", "（", "）",
        "“", "”", "县", "人民", "人民政府", "委员会", "市局", "件", "其中1件,", "1件、", "共", "约", "以上",
        " ", "\n", "\t", "1 ", "一 ", "-", "<", "<p>", "&nbsp;", "以下简称", "《法》", "〔2005〕1号", "a",
        "http://", "。", "，", "是", "𠮷", "今年", "XX", "\u200b",
    ],
)  # fmt: skip
def test_no_repetition_is_slow(piece: str) -> None:
    """Time grows with the length of a text, not with its square: four times the text in far less than 16 times."""
    EXTRACTOR.extract(piece)
    small, large = (_seconds(piece * (size // len(piece))) for size in (2_500, 10_000))
    assert large < max(8 * small, 0.3)


def _seconds(text: str) -> float:
    """Return the best of two runs."""
    best = float("inf")
    for _ in range(2):
        began = time.process_time()
        EXTRACTOR.extract(text)
        best = min(best, time.process_time() - began)
    return best
