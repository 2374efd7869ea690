"""Split: a normalised text to its reports, each with its stretch and title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.findings import Section

if TYPE_CHECKING:
    from extractor.ruleset import RuleSet

_HEAD = 1500  # characters in which a title must end


def split(text: str, rules: RuleSet) -> tuple[Section, ...]:
    """Return the reports of ``text``, by position; one section for the whole text where nothing divides it."""
    starts = _marked(text, rules) or _repeated(text, rules)
    if not starts:
        return (_section(text, rules, 1, 0, len(text)),)
    ends = [*starts[1:], len(text)]
    return tuple(
        _section(text, rules, index, at, end)
        for index, (at, end) in enumerate(zip(starts, ends, strict=True), 1)
    )


def _marked(text: str, rules: RuleSet) -> list[int]:
    """Return where 【第1篇】 and its like begin a report; at least two, or it is no collection."""
    starts = [match.start() for match in rules.pattern("split.marker").finditer(text)]
    return starts if len(starts) > 1 else []


def _repeated(text: str, rules: RuleSet) -> list[int]:
    """Return where a title line stands that begins like the first line and is followed by a report of its own."""
    title = rules.pattern("split.title")
    starts = [match.start() for match in title.finditer(text)]
    first = len(text) - len(text.lstrip())
    if len(starts) < 2 or starts[0] != first:  # noqa: PLR2004 - one title is no collection
        return []
    lengths = [end - at for at, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    return starts if min(lengths) > 200 else []  # noqa: PLR2004 - shorter is a table of contents


def _section(text: str, rules: RuleSet, index: int, at: int, end: int) -> Section:
    """Return the section with the title that its head gives."""
    head = min(end, at + _HEAD)
    labelled = rules.pattern("split.label").search(text, at, head)
    begin, stop = labelled.span("title") if labelled else _title(text, rules, at, head)
    if begin >= stop:
        return Section(index, at, end, None)
    title = "".join(line.strip() for line in text[begin:stop].splitlines())
    return Section(index, at, end, title, begin - at, stop - at)


def _title(text: str, rules: RuleSet, at: int, head: int) -> tuple[int, int]:
    """Return where the title stands: the line that ends in a word for a kind of document, else the first line."""
    names = ("line", "furniture", "named", "body")
    line, furniture, named, body = (rules.pattern(f"split.{name}") for name in names)
    first: tuple[int, int] | None = None
    before: tuple[int, int] | None = None
    while at < head:
        end = text.find("\n", at, head)
        end = head if end < 0 else end
        match = line.match(text, at, end)
        if match is not None:
            span = match.span("title")
            if furniture.fullmatch(text, *span) is None:
                if named.search(text, *span):
                    return (before[0] if before and before == first else span[0]), span[1]
                first, before = first or span, span
        elif body.search(text, at, end):
            break
        at = end + 1
    return first or (0, 0)
