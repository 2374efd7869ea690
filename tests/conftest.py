"""What several tests need: the command line in this process, directories of rules, a document made by hand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from extractor.cli import run
from extractor.records import Article, Check, Count, Date, Document, Region, Regulation, Report, Source, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

settings.register_profile("untimed", deadline=None)  # how long an example takes is for the benchmark to say
settings.load_profile("untimed")
FIXTURES = Path(__file__).parent.parent / "fixtures"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the command line left behind."""

    status: int
    out: str
    err: str


@pytest.fixture
def extract_command(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Return a function that runs ``extract WORDS…`` in this process."""

    def run_words(*words: str | Path) -> Outcome:
        with pytest.raises(SystemExit) as ended:
            run([str(word) for word in words])
        printed = capsys.readouterr()
        status = ended.value.code
        return Outcome(status if isinstance(status, int) else 0, printed.out, printed.err)

    return run_words


@pytest.fixture
def rules_dir(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes files, ``__`` in a name for ``/``, and returns their directory."""

    def write(directory: str = "my-rules", **files: str) -> Path:
        for name, content in files.items():
            folder, _, stem = name.rpartition("__")
            path = tmp_path / directory / folder / (f"{stem}.csv" if folder else f"{stem}.yaml")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(content), encoding="utf-8")
        return tmp_path / directory

    return write


@pytest.fixture
def document() -> Document:
    """Return a document with a record of each kind, as an extractor might make it."""
    counts = (
        Count(
            id="c1", start=18, end=22, text="105件", rule="count.a", value=Decimal(105), lower=Decimal(105),
            upper=Decimal(105), unit="件", item="行政复议申请", action="收到", indicator="reconsideration.received",
            period="2022",
        ),
        Count(
            id="c2", start=25, end=34, text="957,535万元", rule="count.a", value=Decimal("9.57535E+9"),
            lower=Decimal("9.57535E+9"), upper=None, qualifier="over", unit="元", dimension="money", parent="c1",
        ),
        Count(
            id="c3", start=40, end=46, text="99.96%", rule="count.a", value=Decimal("99.960"),
            upper=Decimal("0.1234567890123456789"), qualifier="under", unit="%", dimension="percent",
        ),
    )  # fmt: skip
    date = Date(
        id="d1", start=0, end=5, text="2022年", rule="date.a", value="2022", start_date="2022-01-01",
        end_date="2022-12-31", granularity="year", kind="absolute",
    )  # fmt: skip
    unit = Unit(
        id="u1", start=6, end=14, text="进贤县人民政府", rule="unit.a", name="进贤县人民政府", kind="government",
        level="county", region=Region(name="进贤县", code="360124"),
    )  # fmt: skip
    regulation = Regulation(
        id="r1", start=50, end=57, text="《[bold]法》", rule="regulation.a",
        title="中华人民共和国行政复议法", level="law",
        articles=(Article(article=27, paragraph=1, item=3), Article(article="30-1")), status="in_force",
    )  # fmt: skip
    checks = (
        Check(kind="sum", ok=True, message="4 = 1+2+1", records=("c1",)),
        Check(kind="date", ok=False, message="x"),
    )
    report = Report(
        index=1, title="2022年总结", start=0, end=60, issuer="进贤县人民政府", period="2022", counts=counts,
        dates=(date,), units=(unit,), regulations=(regulation,), checks=checks,
    )  # fmt: skip
    source = Source(name="report.txt", sha256="0" * 64, encoding="utf-8", characters=60)
    return Document(source=source, reports=(report,))
