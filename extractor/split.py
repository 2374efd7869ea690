"""Split: a normalised text to its reports, each with its stretch and title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.findings import Section

if TYPE_CHECKING:
    from extractor.ruleset import RuleSet

_HEAD = 1500  # characters in which a title must end


def split(text: str, rules: RuleSet) -> tuple[Section, ...]:
    """Return the reports of ``text``, by position; one section for the whole text where nothing divides it."""
    starts = _marked(text, rules) or _repeated(text, rules) or _numbered(text, rules) or _ruled(text, rules)
    if not starts:
        return (_section(text, rules, 1, 0, len(text)),)
    ends = [*starts[1:], len(text)]
    return tuple(
        _section(text, rules, index, at, end) for index, (at, end) in enumerate(zip(starts, ends, strict=True), 1)
    )


def _marked(text: str, rules: RuleSet) -> list[int]:
    """Return where 【第1篇】 and its like begin a report; at least two, or it is no collection."""
    starts = [match.start() for match in rules.pattern("split.marker").finditer(text)]
    return starts if len(starts) > 1 else []


def _repeated(text: str, rules: RuleSet) -> list[int]:
    """Return where a title line stands that begins like the first line and is followed by a report of its own."""
    title = rules.pattern("split.title")
    if title.match(text, _beginning(text)) is None:
        return []
    starts = [match.start() for match in title.finditer(text)]
    return starts if _are_reports(text, starts) else []


def _numbered(text: str, rules: RuleSet) -> list[int]:
    """Return where a title line stands that says the same as the first line with another number."""
    title = rules.pattern("split.numbered")
    first = title.match(text, _beginning(text))
    if first is None:
        return []
    starts = [match.start() for match in title.finditer(text) if match["head"] == first["head"]]
    return starts if _are_reports(text, starts) else []


def _ruled(text: str, rules: RuleSet) -> list[int]:
    """Return where a document begins behind a line of signs: with its title."""
    line, named = rules.pattern("split.line"), rules.pattern("split.named")
    starts = [0]
    for match in rules.pattern("split.ruled").finditer(text):
        end = text.find("\n", match.end())
        title = line.match(text, match.end(), end if end >= 0 else len(text))
        if title is not None and named.search(text, *title.span("title")):
            starts.append(match.end())
    return starts if _are_reports(text, starts) else []


def _beginning(text: str) -> int:
    """Return where the first word of ``text`` stands."""
    return len(text) - len(text.lstrip())


def _are_reports(text: str, starts: list[int]) -> bool:
    """Return whether several stretches begin at ``starts``, none as short as a line of a table of contents."""
    lengths = [end - at for at, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    return len(starts) > 1 and min(lengths) > 200  # noqa: PLR2004 - shorter is a table of contents


def _section(text: str, rules: RuleSet, index: int, at: int, end: int) -> Section:
    """Return the section with the title that its head gives."""
    head = min(end, at + _HEAD)
    preface = rules.pattern("split.preface").match(text, at, head)
    labelled = rules.pattern("split.label").search(text, at, head) or rules.pattern("split.top").match(text, at, head)
    begin, stop = labelled.span("title") if labelled else _title(text, rules, preface.end() if preface else at, head)
    if begin >= stop:
        return Section(index, at, end, None)
    title = "".join(line.strip() for line in text[begin:stop].splitlines())
    return Section(index, at, end, title, begin - at, stop - at)


def _title(text: str, rules: RuleSet, at: int, head: int) -> tuple[int, int]:
    """Return where the title stands: the line that ends in a word for a kind of document, else the first line."""
    names = ("line", "furniture", "masthead", "named", "body")
    line, furniture, masthead, named, body = (rules.pattern(f"split.{name}") for name in names)
    first: tuple[int, int] | None = None
    before: tuple[int, int] | None = None
    series: tuple[int, int] | None = None  # the name of a series of documents, if nothing below it is a title
    while at < head:
        end = text.find("\n", at, head)
        end = head if end < 0 else end
        match = line.match(text, at, end)
        if match is not None:
            span = match.span("title")
            if furniture.fullmatch(text, *span) is not None:
                before = None
            elif masthead.match(text, at, head) is not None:
                before, series = None, series or span
            elif named.search(text, *span):
                return (before[0] if before and before == first else span[0]), span[1]
            else:
                first, before = first or span, span
        elif body.search(text, at, end):
            break
        at = end + 1
    return series or first or (0, 0)
