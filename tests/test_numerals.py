"""Numerals: every spelling of a number has its one exact value, and what only looks like a number has none."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import cn2an  # type: ignore[import-untyped]  # it has no stubs
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from extractor.numerals import Numeral, find, parse

DATA = Path(__file__).parent / "data" / "numerals.yaml"
LARGEST = 10**12
SIGNS = (
    "0123456789０５，,.．·-—~/ 〇零○一二三四五六七八九十百千万亿两廿卅"
    "几数余多来半成点分之至到负下上近壹伍拾佰萬億O人\n\t"
)


@dataclass(frozen=True, slots=True)
class Script:
    """The signs one way of writing uses for digits, for the places of a section, and for the sections."""

    digits: str
    places: tuple[str, str, str, str]
    sections: tuple[str, str, str, str]


SIMPLIFIED = Script("零一二三四五六七八九", ("", "十", "百", "千"), ("", "万", "亿", "万亿"))
TRADITIONAL = Script("〇一二三四五六七八九", ("", "十", "百", "千"), ("", "萬", "億", "萬億"))
FORMAL = Script("零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"), ("", "万", "亿", "万亿"))
FORMAL_TRADITIONAL = Script("零壹貳參肆伍陸柒捌玖", ("", "拾", "佰", "仟"), ("", "萬", "億", "萬億"))


def write(number: int, script: Script) -> str:
    """Return ``number`` in Han, place by place from the figures, with one zero for each gap."""
    figures = str(number)
    written, gap = "", False
    for index, figure in enumerate(figures):
        section, place = divmod(len(figures) - 1 - index, 4)
        if figure == "0":
            gap = True
        else:
            written += (script.digits[0] if gap and written else "") + script.digits[int(figure)] + script.places[place]
            gap = False
        if place == 0 and int(figures[max(0, index - 3) : index + 1]):
            name = script.sections[section]
            # 万亿 shares its 亿 with the section below, unless that one is empty
            written += name[:1] if len(name) > 1 and int(figures[index + 1 : index + 5]) else name
    return written or script.digits[0]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    spelling: str
    numeral: Numeral


@cache
def _table() -> dict[str, list[dict[str, str | list[str]]]]:
    table: dict[str, list[dict[str, str | list[str]]]] = yaml.load(
        DATA.read_text(encoding="utf-8"),
        Loader=yaml.BaseLoader,  # noqa: S506  everything in the table is text, and it is our own
    )
    return table


def _expect(entry: dict[str, str | list[str]]) -> Numeral:
    """Return the numeral an entry describes; an exact one is bounded by its value."""
    unknown = entry.keys() - {"value", "lower", "upper", "qualifier", "fraction", "form", "spellings"}
    assert set() == unknown
    known = {name: Decimal(str(entry[name])) for name in ("value", "lower", "upper") if name in entry}
    value = known.get("value")
    if "qualifier" not in entry:
        known |= {"lower": Decimal(str(entry["value"])), "upper": Decimal(str(entry["value"]))}
    return Numeral(
        value,
        known.get("lower"),
        known.get("upper"),
        str(entry.get("qualifier", "exact")),  # type: ignore[arg-type]  # a wrong word fails the comparison
        str(entry["fraction"]) if "fraction" in entry else None,
        str(entry.get("form", "plain")),  # type: ignore[arg-type]  # as above
    )


def _rows() -> list[Row]:
    return [Row(spelling, _expect(entry)) for entry in _table()["numerals"] for spelling in entry["spellings"]]


def _look_alikes() -> list[str]:
    return [text for entry in _table()["look_alikes"] for text in entry["texts"]]


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row.spelling)
def test_spellings_have_one_value(row: Row) -> None:
    """Figures, Han, formal, mixed and traditional spellings agree in value, bounds and form."""
    assert row.numeral == parse(row.spelling)


@pytest.mark.parametrize("text", _look_alikes(), ids=repr)
def test_look_alikes_are_no_numerals(text: str) -> None:
    """A text that is not one numeral from end to end has no value."""
    assert parse(text) is None


def test_table_is_large_and_has_its_negatives() -> None:
    """At least 150 spellings, at least a quarter of the table look-alikes, and nothing twice."""
    spellings, look_alikes = [row.spelling for row in _rows()], _look_alikes()
    together = spellings + look_alikes
    assert len(spellings) >= 150
    assert len(look_alikes) * 4 >= len(together)
    assert sorted(set(together)) == sorted(together)


@pytest.mark.parametrize("script", [SIMPLIFIED, TRADITIONAL, FORMAL, FORMAL_TRADITIONAL])
@given(number=st.integers(0, LARGEST) | st.integers(0, 12).flatmap(lambda power: st.integers(0, 10**power)))
@example(number=10**8 + 5)
@example(number=LARGEST)
def test_every_integer_in_han_has_its_value(script: Script, number: int) -> None:
    """What an independent writer writes is read back."""
    exact = Decimal(number)
    assert Numeral(exact, exact, exact, "exact") == parse(write(number, script))


@given(st.integers(0, LARGEST))
def test_our_reader_agrees_with_cn2an(number: int) -> None:
    """Where cn2an is not asked, as in free text, the value is the same (but for 三亿十万, which it takes for 三亿)."""
    written = write(number, SIMPLIFIED)
    ((_, _, numeral),) = find(written)
    assert Decimal(cn2an.cn2an(written, "normal")) == numeral.value


@given(st.decimals(0, 10**9, places=3), st.sampled_from([("", 0), ("万", 4), ("亿", 8), ("万亿", 12)]))
def test_scales_multiply_out_in_plain_notation(number: Decimal, scale: tuple[str, int]) -> None:
    """The product is exact and never written with an exponent."""
    numeral = parse(f"{number}{scale[0]}")
    assert numeral is not None
    assert number * 10 ** scale[1] == numeral.value
    assert "E" not in str(parse(f"{number:.0f}{scale[0]}"))


@given(st.integers(0, 10**15))
def test_separators_do_not_change_the_value(number: int) -> None:
    """Commas of either width and blanks group figures."""
    for separator in ",， \u2009":
        numeral = parse(f"{number:,}".replace(",", separator))
        assert numeral is not None
        assert Decimal(number) == numeral.value


def test_long_figures_keep_every_digit() -> None:
    """No precision of the context cuts a number."""
    figures = "123456789" * 600
    expected = Decimal(figures + "0" * 8)
    assert expected == getattr(parse(figures + "亿"), "value", None)


@given(st.text() | st.text(alphabet=SIGNS, max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    """No text makes the readers fail."""
    parse(text)
    find(text)


@given(st.text(alphabet=SIGNS, max_size=60))
@example("1 000\n2 000 000人")
@example("几十至几百三点一四")
def test_found_spans_are_ordered_and_apart(text: str) -> None:
    """Spans lie in the text, in order, are not empty and never overlap."""
    end = 0
    for start, stop, _ in find(text):
        assert end <= start < stop <= len(text)
        end = stop


@given(st.text(alphabet=SIGNS, max_size=60))
def test_found_numerals_have_the_value_of_their_span(text: str) -> None:
    """What is found in a sentence says the same on its own."""
    for start, stop, numeral in find(text):
        assert numeral == parse(text[start:stop])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到申请3000余份，审结二百多件", ["3000余", "二百多"]),
        ("比上年增长12.5%，其中957,535万元", ["12.5", "957,535万"]),
        ("三至五家，10—20人", ["三至五", "10—20"]),
        ("共12 345 678元", ["12 345 678"]),
        ("1 250 1 300\n", ["1", "250", "1", "300"]),
        ("受理105，123件已结", ["105", "123"]),
        ("5千元以上百万元以下", ["5千", "百万"]),
        ("人数百分之五十以上", ["百分之五十"]),
        ("小组人数十七人", ["十七"]),
        ("大陆参加，队伍收拾多时", []),
        ("人民币伍拾万元整", ["伍拾万"]),
        ("近千次，上万人", ["近千", "上万"]),
        ("超千亿元", ["千亿"]),
        ("其中三千来自财政", ["三千"]),
        ("十来个", ["十来"]),
        ("上午九点三十分", ["九", "三十"]),
        ("唯一一个", ["一", "一"]),
        ("第1.2.3节", []),
        ("增长-5.2%，附件A-3", ["-5.2", "3"]),
        ("2022-12-01", ["2022", "12", "01"]),
        ("海河“23·7”", ["23", "7"]),
        ("○加强领导，○○县二○○六年", ["二○○六"]),
        ("大陆伍拾万人", ["伍拾万"]),
        ("依照《办法》办理", []),
        ("", []),
    ],
)
def test_find_reads_the_longest_numerals_of_a_sentence(text: str, expected: list[str]) -> None:
    """Numerals of free text, and none inside codes, formal words and clause punctuation."""
    assert expected == [text[start:end] for start, end, _ in find(text)]


@pytest.mark.parametrize(
    "unit", ["一", "7", "百分之", "〇", "十", "三至", "1-", "1/", "1,", "1 100 ", "1.", "三亿五千万"]
)
def test_time_grows_with_the_length_only(unit: str) -> None:
    """Sixteen times the text takes about sixteen times as long, far from the square of it."""
    times = []
    for size in (12_500, 200_000):
        text = unit * (size // len(unit))
        started = time.process_time()
        parse(text)
        find(text)
        times.append(time.process_time() - started)
    assert times[1] < 64 * max(times[0], 0.005)


def test_nothing_heavy_is_loaded() -> None:
    """The library is imported for long Han numbers only."""
    script = "import sys; from extractor.numerals import parse; parse('两万三千'); print('cn2an' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603  our own interpreter
    assert done.stdout.strip() == "False"
