"""Drafts: the citations of one text while their numbers, provisions and short names are gathered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from extractor.findings import RegulationFinding

if TYPE_CHECKING:
    from extractor.regulations.numbers import Number
    from extractor.regulations.provisions import Provision
    from extractor.regulations.titles import Named

Span = tuple[int, int]


class Draft(Struct, eq=False):
    """A citation in the making; ``name`` is its title as folded, the offsets are the text's."""

    at: int
    end: int
    rule: str
    name: str
    title: str | None
    named: Named
    tail: int  # where what belongs to the title ends: numbers, dates, short names in parentheses
    number: Number | None = None
    articles: tuple[Provision, ...] = ()
    spans: list[Span] = field(default_factory=list)
    alias: str | None = None
    alias_of: Draft | None = None
    level: str | None = None

    @property
    def cited(self) -> Draft:
        """Return the citation in full: this one, or the one that it is a short name of."""
        return self if self.alias_of is None else self.alias_of


def findings(drafts: list[Draft]) -> tuple[RegulationFinding, ...]:
    """Return the citations by position, short names linked to where they were declared."""
    ordered = sorted(drafts, key=lambda draft: (draft.at, draft.end))
    place = {draft: position for position, draft in enumerate(ordered)}
    return tuple(_finding(draft, place) for draft in ordered)


def _finding(draft: Draft, place: dict[Draft, int]) -> RegulationFinding:
    number, full = draft.number, draft.cited
    law = full.named.law
    found = RegulationFinding(
        draft.at, draft.end, draft.rule, title=full.title, level=full.level, articles=draft.articles,
        number_spans=tuple(draft.spans), alias=draft.alias,
        alias_of=place[full] if full is not draft else None,
        issuer=full.named.issuer or (number.issuer if number else None), status=law.status if law else None,
    )  # fmt: skip
    if number is None:
        return found
    return replace(found, document_number=number.text, number=(number.code, number.year, number.serial))
