"""Laws: the law table, by title, short title and document number."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.folding import fold
from extractor.ruleset.tables import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import regex

    from extractor.ruleset import RuleSet

_COUNTRY = "中华人民共和国"
_ABOUT, _INTERPRETS = "关于", "最高人民法院关于适用《"
_BRACKETS = str.maketrans("〈〉<>", "《》《》")
_BRACKETED = frozenset("〈〉<>《》")
_COLUMNS = ("title", "level", "status", "document_number", "promulgated", "last_article")
_NUMBER = _COLUMNS.index("document_number")
_SHORTEST, _ENDING = 2, 6  # characters of a name by which it is looked for: the last ones


class Law(Struct, frozen=True):
    """A row of the law table; None where the table does not know."""

    title: str
    level: str | None
    status: str | None
    document_number: str | None
    promulgated: str | None  # ISO date of the first promulgation
    last_article: int | None  # of the edition with the most articles


def laws_of(rules: RuleSet) -> LawTable:
    """Return the law table of ``rules``, read when first asked for."""
    return rules.memo("regulation.laws", lambda: LawTable(rules))


def key(title: str) -> str:
    """Return ``title``, folded, as the table is searched: without blanks, one sort of inner bracket."""
    name = "".join(title.split())
    if _BRACKETED.isdisjoint(name):
        return name
    return name.translate(_BRACKETS).replace("《《", "《").replace("》》", "》")


class LawTable:
    """The laws by the names they go by."""

    def __init__(self, rules: RuleSet) -> None:
        """Read the tables and index them by title, title without the country's name, and alias."""
        rows = rules.table("laws").rows()
        self._rows = [tuple(row[column] for column in _COLUMNS) for row in rows]
        self._keys = _keys([row["title"] for row in rows])
        self._by_key: dict[str, int] = {name: row for row, name in enumerate(self._keys)}
        for row, name in enumerate(self._keys):
            if name.startswith(_COUNTRY):
                self._by_key.setdefault(name[len(_COUNTRY) :], row)
            if aliases := rows[row]["aliases"]:
                for alias in _keys(aliases.split(SEPARATOR)):
                    self._by_key.setdefault(alias, row)
        interpretation = rules.pattern("regulation.interpretation")
        for row, name in enumerate(self._keys):
            if name.startswith(_INTERPRETS) and (found := interpretation.match(name)) is not None:
                for short in _interpreting(found):
                    self._by_key.setdefault(short, row)
        for known in rules.table("law_short_names").rows():
            target = self._by_key.get(key(fold(known["title"])))
            if target is not None:
                self._by_key.setdefault(key(fold(known["short_name"])), target)

    def find(self, title: str) -> Law | None:
        """Return the law that goes by the folded ``title``, written in full or short."""
        row = self._by_key.get(key(title))
        shared = row is not None and title.startswith(_ABOUT) and key(title) in self._shared_subjects
        return None if row is None or shared else self._law(row)

    def longest(self, text: str, floor: int, end: int) -> int | None:
        """Return where the longest name begins that ends at ``end`` of the folded ``text``, from ``floor`` on."""
        for ending in (_ENDING, _SHORTEST):
            for length in self._lengths.get(text[max(0, end - ending) : end], ()):
                if end - length >= floor and text[end - length : end] in self._by_key:
                    return end - length
        return None

    def by_subject(self, title: str) -> Law | None:
        """Return the one law whose title is an issuer and then ``title``, which begins with 关于."""
        row = self._by_subject.get(key(title))
        return None if row is None else self._law(row)

    def numbered(self, number: str) -> Law | None:
        """Return the one law of this normalised document number."""
        row = self._by_number.get(number.removeprefix(_COUNTRY))
        return None if row is None else self._law(row)

    def _law(self, row: int) -> Law:
        title, level, status, number, promulgated, last = self._rows[row]
        return Law(
            title, level or None, status or None, number or None, promulgated or None, int(last) if last else None
        )

    @cached_property
    def _lengths(self) -> Mapping[str, tuple[int, ...]]:
        """Return the lengths of the names, longest first, by their last characters: two of a short name, else more."""
        found: dict[str, set[int]] = {}
        for name in self._by_key:
            if len(name) >= _SHORTEST and "《" not in name:
                ending = name[-_ENDING:] if len(name) >= _ENDING else name[-_SHORTEST:]
                found.setdefault(ending, set()).add(len(name))
        return {ending: tuple(sorted(lengths, reverse=True)) for ending, lengths in found.items()}

    @cached_property
    def _subjects(self) -> Sequence[tuple[str, int]]:
        return [(name[name.find(_ABOUT) :], row) for row, name in enumerate(self._keys) if _ABOUT in name[1:]]

    @cached_property
    def _by_subject(self) -> Mapping[str, int]:
        return _unique(self._subjects)

    @cached_property
    def _shared_subjects(self) -> frozenset[str]:
        """Return the subjects under which several bodies, named in the titles, have issued norms of their own."""
        rows = Counter(subject for subject, _ in self._subjects)
        return frozenset(subject for subject, several in rows.items() if several > 1)

    @cached_property
    def _by_number(self) -> Mapping[str, int]:
        rows = ((row[_NUMBER].removeprefix(_COUNTRY), index) for index, row in enumerate(self._rows))
        return _unique((number, row) for number, row in rows if number)


def _interpreting(found: regex.Match[str]) -> Iterator[str]:
    """Yield the short names of an interpretation of a law, given its title."""
    law, part, kind, edition = found.group("law", "part", "kind", "edition")
    for short in dict.fromkeys((kind, "解释", "司法解释")):
        yield f"{law}{part}{short}{edition or ''}"
    if edition:
        yield f"{law}{part}司法解释{edition.strip('()')}"


def _keys(titles: list[str]) -> list[str]:
    """Return the keys of many titles at once, which is faster than one by one."""
    return [key(title) for title in fold("\n".join(titles)).split("\n")]


def _unique(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return the pairs whose name stands for one row only."""
    found: dict[str, int] = {}
    several: set[str] = set()
    for name, row in pairs:
        if found.setdefault(name, row) != row:
            several.add(name)
    return {name: row for name, row in found.items() if name not in several}
