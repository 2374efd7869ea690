"""Regulations: what is cited, by which title, number and provision, and what only looks like a citation."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import Extractor
from extractor.engine import rules_of
from extractor.normalise import normalise
from extractor.regulations import find, laws_of, links, search

if TYPE_CHECKING:
    from extractor.findings import RegulationFinding
    from extractor.records import Regulation

CASES = yaml.safe_load((Path(__file__).parent / "data" / "regulations.yaml").read_text(encoding="utf-8"))
DOCUMENTS = yaml.safe_load((Path(__file__).parent / "data" / "citing_documents.yaml").read_text(encoding="utf-8"))
RULES = rules_of()


def field(text: str, found: RegulationFinding, name: str) -> object:
    """Return a field of ``found`` as the cases write it."""
    match name:
        case "text":
            return text[found.at : found.end]
        case "number":
            return found.document_number
        case "articles":
            return ";".join(
                "/".join("" if part is None else str(part) for part in one).rstrip("/") for one in found.articles
            )
        case _:
            return getattr(found, name)


@pytest.mark.parametrize("case", [case for case in CASES if "cites" in case], ids=lambda case: case["text"][:40])
def test_a_text_cites(case: dict[str, object]) -> None:
    """Each citation is found, in order, with the fields that the case states, and nothing else is."""
    text = str(case["text"])
    found = search(text, RULES)
    expected = case["cites"]
    assert isinstance(expected, list)
    actual = [{name: field(text, item, name) for name in wanted} for item, wanted in zip(found, expected, strict=False)]
    assert expected == actual
    assert len(expected) == len(found), [text[item.at : item.end] for item in found]


@pytest.mark.parametrize("case", [case for case in CASES if "none" in case], ids=lambda case: case["text"][:40])
def test_a_text_cites_nothing(case: dict[str, str]) -> None:
    """What looks like a citation and is none gives no record."""
    assert [case["text"][item.at : item.end] for item in search(case["text"], RULES)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document["about"])
def test_whole_documents(document: dict[str, str | list[object]]) -> None:
    """In documents of many kinds every norm is cited with what belongs to it; forms, cases and decisions are not."""
    found = Extractor(only=("regulations",)).extract(str(document["text"])).reports[0].regulations
    place = {record.id: position for position, record in enumerate(found)}
    actual = [
        [record.text, record.title, record.document_number, provisions(record), place.get(record.alias_of or "")]
        for record in found
    ]
    assert document["cites"] == actual


def provisions(record: Regulation) -> str:
    """Return the provisions of ``record`` as the documents write them."""
    parts = ((one.article, one.paragraph, one.item) for one in record.articles)
    return ";".join("/".join("" if part is None else str(part) for part in one).rstrip("/") for one in parts)


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        ("落实国务院《依法行政实施纲要》。", ["国务院"]),
        ("财政部、交通运输部联合印发的《临江航道养护资金办法》", ["财政部、交通运输部"]),
        ("市政府常务会议审议通过了《临江市养犬管理办法》。", ["市政府"]),
        ("1998年9月22日原国家计划生育委员会发布的《流动人口管理办法》", ["国家计划生育委员会"]),
        ("省委、省政府《关于优化营商环境的意见》（以下简称《意见》）印发，《意见》提出", ["省委、省政府"] * 3),
        ("县人大常委会听取关于《规划纲要》的说明，审议《县城规划》。", [None, None]),
        ("报送县政府后，转发《国务院关于加强市县政府依法行政的决定》。", ["国务院"]),
    ],
)
def test_who_issued_it(text: str, issuers: list[str | None]) -> None:
    """The organisation right before a title issued it; every mention of a short name has it too."""
    found = Extractor(only=("regulations",)).extract(text).reports[0].regulations
    assert issuers == [record.issuer for record in found]


def test_numbers_speak_the_script_of_their_source() -> None:
    """A document's number, its code and a short name are written as the source writes them."""
    text = "本署環署廢字第0960089753號公告停止適用。《公眾衞生條例》（下稱“該條例”）第118條訂明罰則。"
    letter, statute, _ = Extractor(only=("regulations",)).extract(text).reports[0].regulations
    assert letter.document_number == "環署廢字第0960089753號"
    assert letter.number is not None
    assert letter.number.code == "環署廢字"
    assert statute.alias == "該條例"


def test_there_are_enough_cases() -> None:
    """At least 200, a quarter of them look-alikes."""
    lookalikes = [case for case in CASES if "none" in case]
    assert len(CASES) >= 200
    assert len(lookalikes) >= len(CASES) / 4


def test_the_own_title_is_no_citation() -> None:
    """A title in brackets at the head is the text's own when the caller says so."""
    text = "《河西县信访办法》\n第一条 根据《信访工作条例》，制定本办法。"
    assert [item.title for item in find(text, RULES, "《河西县信访办法》").findings] == ["信访工作条例"]


def test_a_law_named_in_the_own_title_is_part_of_it() -> None:
    """A name without brackets in the heading is not cited there; below it, and in brackets, it is."""
    title = "关于修改后的民事诉讼法施行时未结案件的规定"
    text = f"# {title}\n\n依照《民事诉讼法》和行政诉讼法第三条，制定本规定。"
    assert [text[item.at : item.end] for item in find(text, RULES, title).findings] == ["《民事诉讼法》", "行政诉讼法"]


def test_numbers_and_provisions_are_masked() -> None:
    """Whatever holds figures that are no quantities is reported, cited or not."""
    text = "根据国办发[2005]37号、本法第三条和(2013)陕民三终字第38号,执行GB 3095-2012。"
    found = [text[at:end] for at, end in find(text, RULES).numbers]
    assert found == ["国办发[2005]37号", "第三条", "(2013)陕民三终字第38号", "GB 3095-2012"]


def test_everything_in_brackets_is_blocked() -> None:
    """Norm or not, nothing inside 《…》 is read again."""
    text = "《行政许可法》、《行政执法证》和《关于〈2005年办法〉的通知》"
    blocked = [text[at:end] for at, end in find(text, RULES).blocked]
    assert blocked == ["《行政许可法》", "《行政执法证》", "《关于〈2005年办法〉的通知》"]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "请访问https://www.gov.cn/zhengce/2023-05/12/content_12.htm查询",
            "https://www.gov.cn/zhengce/2023-05/12/content_12.htm",
        ),
        ("网址:www.example.gov.cn,电话", "www.example.gov.cn"),
        ("邮箱fzb_2012@126.com。", "fzb_2012@126.com"),
    ],
)
def test_addresses(text: str, address: str) -> None:
    """Web and mail addresses are found whole."""
    assert [address] == [text[at:end] for at, end in links(text, RULES)]


def test_records_point_into_the_source() -> None:
    """Offsets survive markup, and titles are as the source has them."""
    source = "<p>依照&nbsp;《行政许\r\n可法》和《&lt;水法&gt;實施辦法》</p>"
    records = Extractor(only=("regulations",)).extract(source).reports[0].regulations
    assert [source[record.start : record.end] for record in records] == [
        "《行政许\r\n可法》",
        "《&lt;水法&gt;實施辦法》",
    ]
    assert [record.title for record in records] == ["中华人民共和国行政许可法", "〈水法〉實施辦法"]


def test_a_law_is_known_by_all_its_names() -> None:
    """Full title, short title, alias and inner brackets lead to the same row."""
    table = laws_of(RULES)
    names = ["中华人民共和国民事诉讼法", "民事诉讼法", "民诉法"]
    assert {"中华人民共和国民事诉讼法"} == {law.title for name in names if (law := table.find(name))}
    assert table.find("国务院关于没有这样一个文件的通知") is None


@pytest.mark.parametrize(
    "piece",
    [
        "《", "〈", "<<", "第十", "第十条", "(", "（以下简称", "《a", "“管理", "[2005]", "令第1号", "法", "条例",
        "行政处罚法、", "《办法》(", "《办法》（以下简称《办》）", "关于", "国办发[2005]37号", "第一条、", "《a《",
        "A@", "GB1",
    ],
)  # fmt: skip
def test_hostile_text_takes_linear_time(piece: str) -> None:
    """Four times the text takes little more than four times as long."""

    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        start = time.process_time()
        find(text, RULES)
        links(text, RULES)
        return time.process_time() - start

    seconds(1000)
    assert seconds(200_000) < 10 * max(seconds(50_000), 0.02)


@settings(max_examples=60)
@given(st.text(alphabet="《》〈〉（）“”、，。第十条款项之号法条例办以下简称国发〔〕2005令\n 关于和", max_size=200))
def test_any_text_is_read(text: str) -> None:
    """No arrangement of signs makes the search fail; every record lies in the text and aliases point back."""
    found = find(normalise(text).text, RULES).findings
    for position, item in enumerate(found):
        assert 0 <= item.at < item.end <= len(text)
        assert item.alias_of is None or item.alias_of < position
