"""Columns: what a row of each table has, defined once for CSV, Excel, Parquet, DuckDB, SQLite and Arrow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Table = Literal["counts", "dates", "units", "regulations", "checks", "reports", "sources"]
Type = Literal["text", "whole", "decimal", "day", "flag", "texts", "wholes", "number", "articles"]
Language = Literal["zh", "en"]

KINDS: tuple[Table, ...] = ("counts", "dates", "units", "regulations", "checks")  # those a user asks for by name
TABLES: tuple[Table, ...] = (*KINDS, "reports", "sources")
KEYS: Mapping[Table, tuple[str, ...]] = {
    "counts": ("source", "report", "id"),
    "dates": ("source", "report", "id"),
    "units": ("source", "report", "id"),
    "regulations": ("source", "report", "id"),
    "checks": ("source", "report", "id"),
    "reports": ("source", "report"),
    "sources": ("source",),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type, what it is called in English and Chinese, its width in a sheet in characters."""

    name: str
    type: Type
    english: str
    chinese: str
    width: int = 12

    def label(self, language: Language) -> str:
        """Return what the column is called in ``language``."""
        return self.chinese if language == "zh" else self.english


def whole(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Return ``tables`` with those that hold their keys, what is pointed at before what points."""
    return ("sources", "reports", *(table for table in KINDS if table in tables))


@dataclass(frozen=True, slots=True)
class Name:
    """What a table is called in English and Chinese."""

    english: str
    chinese: str

    def label(self, language: Language) -> str:
        """Return what the table is called in ``language``."""
        return self.chinese if language == "zh" else self.english


NAMES: Mapping[Table, Name] = {
    "counts": Name("Counts", "数量"),
    "dates": Name("Dates", "日期"),
    "units": Name("Units", "单位"),
    "regulations": Name("Regulations", "法规文件"),
    "checks": Name("Checks", "核对"),
    "reports": Name("Reports", "报告"),
    "sources": Name("Sources", "来源"),
}

_SOURCE = Column("source", "text", "Source", "来源", 24)
_REPORT = Column("report", "whole", "Report no.", "报告序号", 10)
_ID = Column("id", "text", "ID", "编号", 8)
_START = Column("start", "whole", "Start", "起始位置", 10)
_END = Column("end", "whole", "End", "结束位置", 10)
_TEXT = Column("text", "text", "Text", "原文", 24)
_RULE = Column("rule", "text", "Rule", "规则", 24)
_REPORT_TITLE = Column("report_title", "text", "Report", "报告", 32)
_LOCATOR = Column("locator", "text", "Place", "所在位置", 14)
_PLACE = (_SOURCE, _REPORT, _ID, _START, _END, _LOCATOR, _RULE)

COLUMNS: Mapping[Table, tuple[Column, ...]] = {
    "counts": (
        Column("title", "text", "Report", "报告", 32),
        Column("issuer", "text", "Issuer", "发布单位", 20),
        Column("region", "text", "Region", "地区", 14),
        Column("period", "text", "Period", "时期", 14),
        Column("indicator", "text", "Indicator code", "指标代码", 24),
        Column("label", "text", "Indicator", "指标", 24),
        Column("item", "text", "Item", "事项", 20),
        Column("action", "text", "Action", "行为", 10),
        Column("value", "decimal", "Value", "数值", 14),
        Column("lower", "decimal", "Lower bound", "下限", 14),
        Column("upper", "decimal", "Upper bound", "上限", 14),
        Column("qualifier", "text", "Qualifier", "精确程度", 10),
        Column("unit", "text", "Unit", "计量单位", 10),
        Column("parent", "text", "Part of", "所属总数", 10),
        _SOURCE,
        _START,
        _END,
        _REPORT,
        _ID,
        _TEXT,
        _LOCATOR,
        Column("dimension", "text", "Dimension", "量纲", 12),
        Column("fraction", "text", "Fraction", "分数", 10),
        Column("actor", "text", "Actor", "行为主体", 20),
        Column("change", "text", "Change", "增减", 10),
        Column("baseline", "text", "Compared with", "比较对象", 14),
        _RULE,
    ),
    "dates": (
        _REPORT_TITLE,
        _TEXT,
        Column("value", "text", "Value (EDTF)", "日期（EDTF）", 20),
        Column("start_date", "day", "First day", "首日", 12),
        Column("end_date", "day", "Last day", "末日", 12),
        Column("granularity", "text", "Granularity", "粒度", 12),
        Column("kind", "text", "Kind", "类别", 12),
        Column("part", "text", "Part", "部分", 10),
        *_PLACE,
    ),
    "units": (
        _REPORT_TITLE,
        _TEXT,
        Column("name", "text", "Name", "名称", 28),
        Column("kind", "text", "Kind", "类别", 14),
        Column("level", "text", "Level", "层级", 12),
        Column("region", "text", "Region", "地区", 14),
        Column("region_code", "text", "Region code", "区划代码", 12),
        *_PLACE,
    ),
    "regulations": (
        _REPORT_TITLE,
        _TEXT,
        Column("title", "text", "Title", "标题", 36),
        Column("level", "text", "Level", "效力级别", 18),
        Column("document_number", "text", "Document number", "文号", 20),
        Column("number", "number", "Number in parts", "文号各部分", 24),
        Column("articles", "articles", "Provisions", "条款", 24),
        Column("alias", "text", "Short name", "简称", 14),
        Column("alias_of", "text", "Short for", "全称编号", 10),
        Column("issuer", "text", "Issuer", "制定机关", 20),
        Column("status", "text", "Status", "效力状态", 12),
        *_PLACE,
    ),
    "checks": (
        _REPORT_TITLE,
        Column("kind", "text", "Kind", "类别", 12),
        Column("ok", "flag", "Holds", "是否一致", 10),
        Column("message", "text", "Message", "说明", 60),
        Column("records", "texts", "Records", "相关记录", 18),
        Column("reports", "wholes", "Reports", "相关报告", 12),
        _SOURCE,
        _REPORT,
        _ID,
    ),
    "reports": (
        Column("title", "text", "Title", "标题", 40),
        Column("issuer", "text", "Issuer", "发布单位", 20),
        Column("region", "text", "Region", "地区", 14),
        Column("period", "text", "Period", "时期", 14),
        _SOURCE,
        _REPORT,
        _START,
        _END,
    ),
    "sources": (
        _SOURCE,
        Column("sha256", "text", "SHA-256", "SHA-256", 24),
        Column("encoding", "text", "Encoding", "编码", 12),
        Column("characters", "whole", "Characters", "字数", 12),
    ),
}
