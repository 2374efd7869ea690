"""Titles: a title as cited to whether it names a norm, its canonical form, level, issuer and status."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.folding import fold
from extractor.regulations.laws import key, laws_of
from extractor.ruleset.tables import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Mapping

    import regex

    from extractor.regulations.laws import Law
    from extractor.ruleset import RuleSet

_CACHED = 4096  # titles recur within a text and between texts
_ABOUT = "关于"
_LEVEL = "regulation.level."
_NUMBER_LEVEL = "regulation.number_level."
_ADOPTED = "regulation.adopted."
_ISSUED_BY, _ISSUED, _LISTED = "regulation.issued_by.", "regulation.issued.", "regulation.listed."
_STATUTE, _STANDARD = "law", "standard"
_DEFAULT_LEVEL = "normative_document"
_NARROW = "(),:;?![]<>"
_WIDE = str.maketrans(_NARROW, "（），：；？！〔〕〈〉")
_SIGNS = frozenset(_NARROW)


class Named(Struct, frozen=True):
    """What is known of a title from the law table and its wording."""

    norm: bool
    law: Law | None = None
    canonical: str | None = None  # the title in the table, with the version cited
    shortened: bool = False  # the title cited is another than that in the table
    level: str | None = None
    issuer: str | None = None


def titles_of(rules: RuleSet) -> Titles:
    """Return the reader of titles for ``rules``."""
    return rules.memo("regulation.titles", lambda: Titles(rules))


def as_printed(written: str) -> str:
    """Return a title as official print has it: full-width punctuation, no line breaks, no blanks but between letters.

    >>> as_printed("市人民政府办法(试 行)")
    '市人民政府办法（试行）'
    """
    words = written.split()
    text = words[0] if words else ""
    for word in words[1:]:
        text += f" {word}" if text[-1].isascii() and word[0].isascii() and text[-1].isalnum() else word
    return text if text.isascii() or _SIGNS.isdisjoint(text) else text.translate(_WIDE)


class Titles:
    """Reads titles, each once."""

    def __init__(self, rules: RuleSet) -> None:
        """Bind the tables and patterns that the reading needs."""
        self._rules = rules
        self._norms: Mapping[str, tuple[str, ...]] = {
            fold(row["word"]): tuple(fold(row["needs"]).split(SEPARATOR)) for row in rules.table("norm_words").rows()
        }
        self._others = rules.table("non_norm_words").column("word")
        self._longest = max(map(len, (*self._norms, *self._others)))
        self._bodies = frozenset(rules.table("agencies").column("name"))
        self._longest_body = max(map(len, self._bodies))
        self._version = rules.pattern("regulation.version")
        self._levels = _patterns(rules, _LEVEL)
        self._number_levels = _patterns(rules, _NUMBER_LEVEL)
        self._adopted_levels = _patterns(rules, _ADOPTED)
        self._issued_levels = [
            (level, issuer, rules.pattern(_ISSUED + level)) for level, issuer in _patterns(rules, _ISSUED_BY)
        ]
        self._listed_levels = _patterns(rules, _LISTED)
        self.read = lru_cache(_CACHED)(self._read)

    def __reduce__(self) -> tuple[type[Titles], tuple[RuleSet]]:
        """Leave out of a pickle what was read."""
        return Titles, (self._rules,)

    def unlisted(self, title: str) -> Named:
        """Return what is known of the folded ``title`` of a norm from its words alone."""
        return Named(norm=True, level=self._level(self._split(title)[0]), issuer=self._issuer(title))

    def elsewhere(self, title: str) -> Named:
        """Return what is known of the folded ``title`` of a norm of a place that writes traditional characters."""
        body, _ = self._split(title)
        statute = self._rules.pattern("regulation.elsewhere").search(body) is not None
        return Named(norm=True, level=_STATUTE if statute else _DEFAULT_LEVEL, issuer=self._issuer(title))

    def standard(self, title: str) -> Named:
        """Return what is known of the folded ``title`` that carries the number of a standard."""
        return Named(norm=True, level=_STANDARD, issuer=self._issuer(title))

    def number_level(self, number: str) -> str | None:
        """Return the level that a folded document number shows; None where it shows none."""
        return next((level for level, pattern in self._number_levels if pattern.search(number)), None)

    def _read(self, title: str) -> Named:
        """Return what is known of the folded ``title``."""
        body, version = self._split(title)
        laws = laws_of(self._rules)
        law = laws.find(title)
        suffix = ""
        if law is None and version and (law := laws.find(body)) is not None:
            suffix = version
        if law is None and not (
            self._names_norm(body) or self._rules.pattern("regulation.standard_title").search(title)
        ):
            return Named(norm=False)
        known = law or (laws.by_subject(title) if title.startswith(_ABOUT) else None)
        level = (known.level if known else None) or self._level(body)
        if law is None:
            return Named(norm=True, level=level, issuer=self._issuer(title))
        full = fold(law.title)
        shortened = key(full) != key(body if suffix else title)
        return Named(True, law, f"{law.title}{as_printed(suffix)}", shortened, level, self._issuer(full))  # noqa: FBT003

    def _split(self, title: str) -> tuple[str, str]:
        """Return ``title`` without and with what stands behind the word for a norm: (试行), 草案."""
        found = self._version.search(title)
        if found is None or found.start() == 0:
            return title, ""
        return title[: found.start()], title[found.start() :]

    def _names_norm(self, body: str) -> bool:
        body = "".join(body.split()).rstrip("》〉”")
        for length in range(min(self._longest, len(body)), 0, -1):
            word = body[-length:]
            if word in self._others:
                return False
            needs = self._norms.get(word)
            if needs is not None and any(need in body[:-length] for need in needs):
                return True
        return False

    def adopted_level(self, before: str) -> str | None:
        """Return the level that the meeting named right before a decision gives it; None where none is named."""
        return next((level for level, pattern in self._adopted_levels if pattern.search(before)), None)

    def issued_level(self, title: str, before: str, text: str, tail: int) -> str | None:
        """Return the level that the words around the folded ``title`` give it: its issuer, or the list it stands in.

        ``before`` is what stands before it, ``tail`` where what stands behind it begins in ``text``.
        """
        for level, issuer, form in self._issued_levels:
            if form.match(title) and issuer.search(before):
                return level
        if not self._rules.pattern(_ISSUED + "local_rule").match(title):
            return None
        placed = self._rules.pattern("regulation.placed").match(title) is not None
        for level, listed in self._listed_levels:
            if placed == (level == "local_rule") and listed.match(text, tail):
                return level
        return None

    def _level(self, body: str) -> str:
        body = "".join(body.split())
        amended = self._rules.pattern("regulation.amends").match(body)
        if amended is not None and (level := self.read(amended.group("norm")).level) not in (None, _DEFAULT_LEVEL):
            return level
        return next((level for level, pattern in self._levels if pattern.search(body)), _DEFAULT_LEVEL)

    def _issuer(self, title: str) -> str | None:
        """Return the body that a title begins with, 国务院办公厅关于…; None where it begins with none."""
        found = self._rules.pattern("regulation.issuer").match(title)
        return self._joint(found.group("issuer")) if found else None

    def _joint(self, issuer: str) -> str:
        """Return ``issuer`` with the sign that divides bodies where blanks did: 中共中央 国务院."""
        names: list[str] = []
        at = 0
        while at < len(issuer):
            stops = range(min(len(issuer), at + self._longest_body), at, -1)
            stop = next((end for end in stops if issuer[at:end] in self._bodies), None)
            if stop is None:
                return issuer
            names.append(issuer[at:stop])
            at = stop
        return "、".join(names)


def _patterns(rules: RuleSet, family: str) -> list[tuple[str, regex.Pattern[str]]]:
    """Return the patterns whose names begin with ``family``, in file order, by the rest of their names."""
    names = [name for name in rules.patterns if name.startswith(family)]
    return [(name.removeprefix(family), rules.pattern(name)) for name in names]
