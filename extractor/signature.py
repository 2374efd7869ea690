"""Signature: the lines of a report that hold nothing but a date or a unit, to the unit that issued it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.findings import Section, UnitFinding
    from extractor.points import RawDate
    from extractor.ruleset import RuleSet

LEAD = 900  # characters of the body in which a report says what it is about
FOOT = 300  # characters at the end in which it is signed
_WORDS = 6  # characters in which the words stand that name a speaker's body
_JOINTS, _ABOUT = ("", "、"), ("关于", "印发", "联合")


class Sheet(Struct, frozen=True):
    """One section with what was found in it."""

    text: str
    section: Section
    raw: Sequence[RawDate]
    units: Sequence[UnitFinding]
    rules: RuleSet

    @property
    def body(self) -> int:
        """Return where the title ends."""
        return self.section.title_end if self.section.title else 0

    def is_titled(self, pattern: str) -> bool:
        """Return whether the section has a title in which the ``pattern`` of this name is found."""
        title = self.section.title
        return title is not None and self.rules.pattern(pattern).search(title) is not None

    def line(self, at: int, end: int) -> tuple[int, int]:
        """Return the line of what stands from ``at`` to ``end``, without a date that ends it."""
        start, stop = self.text.rfind("\n", 0, at) + 1, self.text.find("\n", end)
        stop = stop if stop >= 0 else len(self.text)
        dated = (item.at for item in self.raw if end <= item.at < stop and not self.text[item.end : stop].strip())
        return start, next(dated, stop)

    def is_line(self, at: int, end: int) -> bool:
        """Return whether what stands from ``at`` to ``end`` is all that its line says."""
        start, stop = self.line(at, end)
        return self.rules.pattern("date.weekday_note").search(self.text[start:at] + self.text[end:stop]) is not None


def issuer(sheet: Sheet) -> str | None:
    """Return the unit whose report it is: from the title, else a label, the signature or a line below the title."""
    statute = sheet.is_titled("date.statute")  # a body named in its title is what it deals with
    if not statute and (unit := _in_title(sheet)) is not None:
        return _joint(sheet, unit) if _is_named(unit, sheet.rules) or unit.kind == "department" else None
    if (stated := _labelled(sheet) or _promulgated(sheet)) is not None:
        return stated
    foot = max(sheet.body, len(sheet.text) - FOOT)
    signatures = (unit for unit in sheet.units if unit.at >= foot and sheet.is_line(unit.at, unit.end))
    if (signature := next(signatures, None)) is not None:
        return signature.name
    speaker = sheet.rules.pattern("date.speaker")
    for unit in sheet.units:
        if unit.at > sheet.body + LEAD:
            break
        start = sheet.text.rfind("\n", 0, unit.at) + 1
        if sheet.text[start : unit.at].strip() or not _is_named(unit, sheet.rules):
            continue
        if speaker.match(sheet.text, unit.end) or _is_masthead(sheet, unit):
            return unit.name
    return _represented(sheet) or _headed(sheet)


def _represented(sheet: Sheet) -> str | None:
    """Return the named body on behalf of which the speaker says, in the lead, that the report is given."""
    on_behalf = sheet.rules.pattern("date.on_behalf")
    for unit in sheet.units:
        if unit.at > sheet.body + LEAD:
            break
        if _is_named(unit, sheet.rules) and on_behalf.search(sheet.text, max(0, unit.at - _WORDS), unit.at):
            return unit.name
    return None


def _headed(sheet: Sheet) -> str | None:
    """Return the government of the place whose head gives the report."""
    if not sheet.is_titled("date.government"):
        return None
    line = sheet.rules.pattern("date.head_of_government").search(sheet.text, sheet.body, sheet.body + LEAD)
    return f"{line['place']}人民政府" if line else None


def _joint(sheet: Sheet, first: UnitFinding) -> str:
    """Return the name of ``first`` with those that the title joins to it: 最高人民法院、最高人民检察院关于…."""
    names, end = [first.name], first.end
    for unit in sheet.units:
        if unit.at > first.at and sheet.text[end : unit.at].strip() in _JOINTS:
            names.append(unit.name)
            end = unit.end
    about = sheet.text[end : sheet.section.title_end].lstrip()
    return "、".join(names) if len(names) > 1 and about.startswith(_ABOUT) else first.name


def _labelled(sheet: Sheet) -> str | None:
    """Return the unit that the page's own label names as the issuer."""
    label = sheet.rules.pattern("date.issuer_label").search(sheet.text, 0, sheet.body + LEAD)
    if label is None:
        return None
    return next((unit.name for unit in sheet.units if unit.at == label.end()), None)


def _promulgated(sheet: Sheet) -> str | None:
    """Return the body that promulgated or adopted the norm that the text is, from the lines below its title."""
    if not sheet.is_titled("date.norm"):
        return None
    line = sheet.rules.pattern("date.promulgated").search(sheet.text, sheet.body, sheet.body + LEAD)
    return line["issuer"] if line else None


def _in_title(sheet: Sheet) -> UnitFinding | None:
    """Return the unit with which the title begins, a date before it left aside."""
    section = sheet.section
    if section.title is None:
        return None
    starts = {section.title_at, section.title_at + 1, section.title_at + 2}
    starts.update(item.end for item in sheet.raw if item.at in starts)
    for unit in sheet.units:
        if unit.at in starts and unit.end <= section.title_end and unit.kind != "enterprise":  # a party to a case
            return unit
    return None


def _is_named(unit: UnitFinding, rules: RuleSet) -> bool:
    """Return whether the name says which unit it is: 县政府 alone does not."""
    if unit.region is not None or unit.level == "national":
        return True
    return rules.pattern("date.level").match(unit.name) is None


def _is_masthead(sheet: Sheet, first: UnitFinding) -> bool:
    """Return whether the line of ``first`` names units and nothing else."""
    at, end = first.at, sheet.line(first.at, first.end)[1]
    for unit in sheet.units:
        if at <= unit.at < end:
            if sheet.text[at : unit.at].strip(" 、"):
                return False
            at = unit.end
    return not sheet.text[at:end].strip()
