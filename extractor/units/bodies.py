"""Bodies: the values that the search for organisations hands on, and how two that touch become one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from extractor.units.lexicon import Word

_KEEPING = frozenset({"congress", "party"})  # kinds that their offices share


class Place(Struct, frozen=True):
    """A place as written: 武汉市青山区, 县, 某市, 中国."""

    at: int
    end: int
    level: str | None
    word: str | None = None  # the word for the sort of place, where that is all there is: 县
    chain: tuple[str, ...] = ()  # full names of divisions in it, the widest first
    sure: bool = True  # of a table, or masked; not where only the shape speaks for it

    @property
    def named(self) -> bool:
        """Say whether it has a name of its own, known or not."""
        return self.word is None


class Head(Struct, frozen=True):
    """A word that ends a name, where it stands, and what the tables say of it."""

    at: int
    end: int
    root: int  # where the place before it must end: behind 县 in 县委
    parser: str
    word: Word

    @property
    def kind(self) -> str:
        """Return the kind that the word gives to a body."""
        return self.word.kind or "other"


class Body(Struct, frozen=True):
    """An organisation as written; what the rest of the report says of it comes later."""

    at: int
    end: int
    rule: str
    kind: str
    level: str | None = None
    place: Place | None = None
    inherits: Place | None = None  # the place of the list it stands in, where it names none
    name: str | None = None  # the canonical name where it is not the text
    bare: bool = False  # named by its subject only: 法制办
    parser: str | None = None
    whole: tuple[int, int] | None = None  # where the body stands that it is a part of: 教育部 in 教育部高等教育司


def body(head: Head, place: Place, at: int | None = None) -> Body:
    """Return the body that ``head`` makes with the place before it, and what begins before that at ``at``."""
    begin, level = place.at if at is None else at, head.word.level or place.level
    return Body(begin, head.end, head.word.rule, head.kind, level, place, parser=head.parser)


def joined(head: Head, last: Body, place: Place | None = None) -> Body:
    """Return ``last`` and what goes on from it to ``head`` as one body: 区政府办公室."""
    kind = head.word.kind or ("department" if last.kind == "government" else last.kind)
    if last.kind == "cppcc" or (last.kind in _KEEPING and kind == "department"):
        kind = last.kind  # 市人大民宗委, 市委编办, 市政协港澳台侨委员会
    level = head.word.level or (place.level if place else None) or last.level
    return replace(
        last, end=head.end, rule=head.word.rule, kind=kind, level=level, place=_merged(last.place, place), bare=False,
        parser=last.parser, whole=(last.at, last.end),
    )  # fmt: skip


def _merged(wider: Place | None, lower: Place | None) -> Place | None:
    if wider is None or lower is None:
        return wider or lower
    own = tuple(name for name in lower.chain if name not in wider.chain)
    return replace(lower, at=wider.at, word=lower.word if wider.word else None, chain=(*wider.chain, *own))
