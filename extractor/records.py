"""Records: the validated shapes that leave the program, as RECORDS.md promises them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

from extractor.exact import from_json, plain, to_json
from extractor.labels import builtin_labels

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Qualifier = Literal["exact", "about", "over", "under", "at_least", "at_most", "range"]
Dimension = Literal[
    "count", "people", "money", "percent", "percentage_point", "ratio", "duration",
    "area", "length", "mass", "volume", "energy", "other",
]  # fmt: skip
Granularity = Literal["day", "month", "quarter", "half", "year", "decade", "plan", "interval"]
UnitKind = Literal[
    "government", "department", "party", "congress", "cppcc", "court", "procuratorate", "supervision",
    "subdistrict", "enterprise", "institution", "social", "group", "other",
]  # fmt: skip
UnitLevel = Literal["national", "province", "city", "county", "town", "village"]
RegulationLevel = Literal[
    "constitution", "law", "administrative_regulation", "judicial_interpretation", "local_regulation",
    "departmental_rule", "local_rule", "normative_document", "party_rule", "standard", "treaty",
]  # fmt: skip
Status = Literal["in_force", "amended", "repealed", "not_yet"]


def _number(value: Decimal) -> int | float:
    """Return ``value`` as a number for pydantic's own JSON, which is exact for a float only; to_json always is."""
    return int(value) if value == value.to_integral_value() else float(value)


Exact = Annotated[
    Decimal,
    AfterValidator(plain),
    PlainSerializer(_number, return_type=int | float, when_used="json"),
    WithJsonSchema({"type": "number"}),
]


class _Frozen(BaseModel):
    # built when first used, as most records are only built as parts of a report
    model_config = ConfigDict(
        frozen=True, extra="forbid", json_schema_serialization_defaults_required=True, defer_build=True
    )


class Record(_Frozen):
    """What every record has: an id unique in its report, its place in the source, its rule."""

    id: str
    start: int = Field(ge=0, description="offset of the first code point in the source text")
    end: int = Field(ge=0, description="offset behind the last code point")
    text: str = Field(min_length=1, description="source text from start to end")
    locator: str | None = Field(
        default=None, description="where the source shows it: 'page 3', 'paragraph 12', 'table 2 row 5', 'line 7'"
    )
    rule: str = Field(description="id of the rule that produced the record")


class Change(_Frozen):
    """The direction of a growth figure and what it is compared with."""

    direction: Literal["up", "down"]
    baseline: str | None = None


class Count(Record):
    """A number that states how much or how many."""

    value: Exact | None = None
    lower: Exact | None = None
    upper: Exact | None = None
    qualifier: Qualifier = "exact"
    unit: str | None = None
    dimension: Dimension = "count"
    fraction: str | None = Field(default=None, description="an exact fraction, '2/3'")
    item: str | None = None
    action: str | None = None
    indicator: str | None = None
    actor: str | None = None
    period: str | None = Field(default=None, description="EDTF")
    change: Change | None = None
    parent: str | None = Field(default=None, description="id of the total this is a part of")


class Date(Record):
    """A point or stretch of calendar time."""

    value: str | None = Field(default=None, description="EDTF level 0-2")
    start_date: str | None = None
    end_date: str | None = None
    granularity: Granularity
    kind: Literal["absolute", "relative", "masked"]
    part: Literal["early", "mid", "late"] | None = None


class Region(_Frozen):
    """An administrative division of GB/T 2260."""

    name: str
    code: str


class Unit(Record):
    """A particular organisation."""

    name: str
    kind: UnitKind
    level: UnitLevel | None = None
    region: Region | None = None


class DocumentNumber(_Frozen):
    """A document number in parts: 国办发〔2005〕37号."""

    code: str
    year: int | None = None
    serial: int | str = Field(description="text only where it is no plain number: 7-1")


class Article(_Frozen):
    """One cited provision: article 27, paragraph 1, item 3; ``'30-1'`` is 第三十条之一."""

    article: int | str | None = None
    paragraph: int | None = None
    item: int | None = None


class Regulation(Record):
    """A cited law, regulation, rule or normative document."""

    title: str | None = None
    level: RegulationLevel | None = None
    document_number: str | None = None
    number: DocumentNumber | None = None
    articles: tuple[Article, ...] = ()
    alias: str | None = Field(default=None, description="short name that this mention defines")
    alias_of: str | None = Field(default=None, description="id of the citation this is an alias of")
    issuer: str | None = None
    status: Status | None = None


class Check(_Frozen):
    """Whether the report agrees with itself in one respect."""

    kind: Literal["sum", "percent", "date", "citation", "duplicate"]
    ok: bool
    message: str
    records: tuple[str, ...] = ()
    reports: tuple[int, ...] = ()


class Report(_Frozen):
    """One report of a source with everything found in it."""

    index: int
    title: str | None
    start: int
    end: int
    issuer: str | None = None
    period: str | None = None
    counts: tuple[Count, ...] = ()
    dates: tuple[Date, ...] = ()
    units: tuple[Unit, ...] = ()
    regulations: tuple[Regulation, ...] = ()
    checks: tuple[Check, ...] = ()

    def region(self) -> str | None:
        """Return the division of the issuer, where the units of the report show it."""
        regions = {unit.name: unit.region.name for unit in self.units if unit.region}
        return regions.get(self.issuer or "")

    def records(self) -> Iterator[Record]:
        """Yield the records of all four kinds, kind by kind, each by position."""
        yield from self.counts
        yield from self.dates
        yield from self.units
        yield from self.regulations


class Source(_Frozen):
    """What was read: name, SHA-256 of the UTF-8 text or of the bytes read, encoding, length in code points."""

    name: str
    sha256: str
    encoding: str
    characters: int


class Document(_Frozen):
    """Everything found in one source."""

    schema_version: Literal["1"] = "1"
    source: Source
    reports: tuple[Report, ...] = ()

    def records(self) -> Iterator[Record]:
        """Yield all records, report by report."""
        for report in self.reports:
            yield from report.records()

    def to_json(self, indent: int | None = None) -> str:
        """Return the document as JSON, decimals with their exact digits, on one line unless ``indent`` is given."""
        return to_json(self.model_dump(), indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> Document:
        """Return the document that ``to_json`` wrote, decimals with their exact digits."""
        return cls.model_validate(from_json(text))

    def rows(self, labels: Mapping[str, str] | None = None) -> Iterator[dict[str, str | int | Decimal | None]]:
        """Yield a flat row for each count, as the CSV output has it.

        ``labels`` names the indicators where a user has added some (``Extractor.labels``). The ``region`` is that
        of the issuer where the report's units show it. ``parent`` is the ``id`` of another row with the same
        ``source`` and ``report``.
        """
        names = builtin_labels() if labels is None else labels
        for report in self.reports:
            region = report.region()
            for count in report.counts:
                yield {
                    "title": report.title,
                    "issuer": report.issuer,
                    "region": region,
                    "period": count.period,
                    "indicator": count.indicator,
                    "label": names.get(count.indicator or ""),
                    "item": count.item,
                    "action": count.action,
                    "value": count.value,
                    "lower": count.lower,
                    "upper": count.upper,
                    "qualifier": count.qualifier,
                    "unit": count.unit,
                    "parent": count.parent,
                    "source": self.source.name,
                    "start": count.start,
                    "end": count.end,
                    "report": report.index,
                    "id": count.id,
                    "text": count.text,
                    "locator": count.locator,
                    "dimension": count.dimension,
                    "fraction": count.fraction,
                    "actor": count.actor,
                    "change": count.change.direction if count.change else None,
                    "baseline": count.change.baseline if count.change else None,
                    "rule": count.rule,
                }
