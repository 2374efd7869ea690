"""Normalise: source text in, a text for matching out in which one thing has one spelling, with the way back."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from extractor.folding import fold
from extractor.lines import breaks
from extractor.ruleset import builtin

if TYPE_CHECKING:
    from collections.abc import Sequence

    import regex

    from extractor.ruleset import RuleSet

_COLUMNS = 2  # figures at the end of a row that show what the line over it is
_STAND_IN = {
    "block": "\n", "cell": "\t", "blank": " ", "less": "〈", "more": "〉", "below": "<", "above": ">",
}  # fmt: skip


class Normal(Struct, frozen=True):
    """A text for matching and its source: ``starts[i]``/``shifts[i]`` say how far text from there on was moved."""

    source: str
    text: str
    starts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def offset(self, at: int) -> int:
        """Return the source offset of the character at ``at``."""
        if not self.starts:
            return at
        slot = bisect_right(self.starts, at) - 1
        return at + self.shifts[slot] if slot >= 0 else at

    def span(self, at: int, end: int) -> tuple[int, int]:
        """Return the source offsets of the non-empty stretch from ``at`` to ``end``."""
        if not self.starts:
            return at, end
        last = self.offset(end - 1)
        own, written = self.text[end - 1], self.source[last]
        if own != written and _is_stand_in(own, written):  # a sign in the place of markup: &#12299;
            slot = bisect_right(self.starts, end - 1)
            if slot < len(self.starts) and self.starts[slot] == end:
                return self.offset(at), end + self.shifts[slot]
        return self.offset(at), last + 1

    def written(self, at: int, end: int) -> str:
        """Return the stretch from ``at`` to ``end`` as the source has it, the cuts left out."""
        if not self.starts:
            return self.source[at:end]
        parts: list[str] = []
        slot = bisect_right(self.starts, at)
        while at < end:
            shift = self.shifts[slot - 1] if slot else 0
            stop = min(end, self.starts[slot]) if slot < len(self.starts) else end
            piece = self.source[at + shift : stop + shift]
            if piece and _is_stand_in(self.text[stop - 1], piece[-1]):  # for what was cut here
                piece = piece[:-1] + self.text[stop - 1]
            parts.append(piece)
            at, slot = stop, slot + 1
        return "".join(parts)


def _is_stand_in(sign: str, written: str) -> bool:
    """Whether ``sign`` stands in for what was cut, and is not what the source has written there."""
    folded = fold(written)
    return folded != sign and not (folded == '"' and sign in "“”")


def normalise(source: str, rules: RuleSet | None = None) -> Normal:
    """Return ``source`` folded, without what ``rules``, or those built in, take for markup, stray blanks and breaks."""
    text, rules = fold(source), rules or builtin()
    noise = (*_markup(text, rules), *_returns(text, rules), *_notes(text, rules), *_emphasis(text, rules))
    plain = _paired(_without(source, text, sorted(noise)), rules)
    inner = ((match.start(), match.end(), "") for match in rules.pattern("noise.inner_break").finditer(plain.text))
    strays = {*_blanks(plain.text, rules), *breaks(plain.text, rules, plain.written(0, len(plain.text))), *inner}
    return _composed(_without(source, plain.text, sorted(strays)), plain) if strays else plain


def _without(source: str, text: str, cuts: Sequence[tuple[int, int, str]]) -> Normal:
    """Return ``text`` without the stretches ``cuts``, each with what stands in for it."""
    if not cuts:
        return Normal(source, text)
    parts: list[str] = []
    starts: list[int] = []
    shifts: list[int] = []
    last = at = 0
    for begin, end, stand_in in cuts:
        if begin < last:
            continue  # a blank at the end of a line whose break is cut with it
        parts += (text[last:begin], stand_in)
        at += begin - last + len(stand_in)
        last = end
        starts.append(at)
        shifts.append(end - at)
    parts.append(text[last:])
    return Normal(source, "".join(parts), tuple(starts), tuple(shifts))


def _composed(later: Normal, earlier: Normal) -> Normal:
    """Return ``later``, which was cut out of the text of ``earlier``, with the way back to the source of both."""
    if not earlier.starts:
        return later
    starts: list[int] = []
    shifts: list[int] = []
    slot = -1  # the last cut of ``earlier`` before the place
    ends = (*later.starts, len(later.text) + 1)
    for begin, stop, shift in zip((0, *later.starts), ends, (0, *later.shifts), strict=True):
        place = begin
        while place < stop:
            while slot + 1 < len(earlier.starts) and earlier.starts[slot + 1] <= place + shift:
                slot += 1
            starts.append(place)
            shifts.append(shift + (earlier.shifts[slot] if slot >= 0 else 0))
            place = earlier.starts[slot + 1] - shift if slot + 1 < len(earlier.starts) else stop
    return Normal(later.source, later.text, tuple(starts), tuple(shifts))


def _paired(plain: Normal, rules: RuleSet) -> Normal:
    """Return ``plain`` with curly quotes for pairs of straight ones, each in its place."""
    if '"' not in plain.text:
        return plain
    return replace(plain, text=rules.pattern("noise.straight_quotes").sub(r"“\g<said>”", plain.text))


def _returns(text: str, rules: RuleSet) -> list[tuple[int, int, str]]:
    """Return the carriage returns of line ends of two characters, and those that are line ends of their own."""
    if "\r" not in text:
        return []
    returns = rules.pattern("noise.return").finditer(text)
    return [(match.start(), match.start() + 1, "" if match["feed"] else "\n") for match in returns]


def _notes(text: str, rules: RuleSet) -> list[tuple[int, int, str]]:
    """Return the marks of footnotes behind a word, and the signs with which lines begin that are quoted."""
    found = [(match.start(), match.end(), "") for match in rules.pattern("noise.note_mark").finditer(text)]
    if ">" in text and text.count("\n>") > 1:  # one line alone may begin with a sign
        found += [(match.start(), match.end(), "") for match in rules.pattern("noise.quoted").finditer(text)]
    return found


def _emphasis(text: str, rules: RuleSet) -> list[tuple[int, int, str]]:
    """Return the stars around what Markdown emphasises; those that stand for a name are left: **县, 张**."""
    if "**" not in text:
        return []
    emphasised = rules.pattern("noise.emphasis").finditer(text)
    spans = (match.span(mark) for match in emphasised for mark in ("opened", "closed"))
    return [(begin, end, "") for begin, end in spans]


def _markup(text: str, rules: RuleSet) -> list[tuple[int, int, str]]:
    """Return the markup to cut, each with what stands in for it."""
    found: list[tuple[int, int, str]] = []
    if not ("<" in text or "&" in text) and "".join(text.split()).isprintable():
        return found  # as what is dropped is either markup or prints nothing
    done = 0
    markup = rules.pattern("noise.markup")
    for mark in rules.pattern("noise.mark").finditer(text):
        if mark.start() >= done and (match := markup.match(text, mark.start())):
            done = match.end()
            found.append((match.start(), done, _stand_in(match, rules)))
    return found


def _stand_in(match: regex.Match[str], rules: RuleSet) -> str:
    """Return what stands in for a piece of markup."""
    kind = "note" if match["note"] else match.lastgroup or ""
    if kind == "entity":
        from html import unescape  # noqa: PLC0415 - few texts have entities, and their names are many

        character = unescape(match.group())
        if rules.pattern("noise.hidden").fullmatch(character):
            return ""
        return fold(character) if len(character) == 1 and character.isprintable() else match.group()
    return _STAND_IN.get(kind, "")


def _blanks(text: str, rules: RuleSet) -> list[tuple[int, int, str]]:
    """Return single blanks between two characters of a run of text; those between table cells stay."""
    found = [match.start() for match in rules.pattern("noise.inner_blank").finditer(text)] if " " in text else []
    if not found:
        return []
    kept: list[tuple[int, int, str]] = []
    line_end = -1
    table = False
    for at in found:
        if at >= line_end:
            line_start = text.rfind("\n", 0, at) + 1
            line_end = text.find("\n", at)
            line_end = len(text) if line_end < 0 else line_end
            table = rules.pattern("noise.cells").search(text, line_start, line_end) is not None
            table = table or _is_heading(text, line_start, line_end, rules)
        if not table:
            kept.append((at, at + 1, ""))
    return kept


def _is_heading(text: str, start: int, end: int, rules: RuleSet) -> bool:
    """Say whether the line is the heading row over a row of figures: as many words, but for the label's."""
    stop = text.find("\n", end + 1)
    row = text[end + 1 : len(text) if stop < 0 else stop].split()
    words = len(text[start:end].split())
    figure = rules.pattern("noise.figure")
    return words > 1 and 0 <= len(row) - words <= 1 and all(figure.fullmatch(word) for word in row[-_COLUMNS:])
