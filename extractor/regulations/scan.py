"""Scan: a section's text to the titles, names, numbers and short names in it, not yet joined."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct, field

from extractor.regulations.drafts import Draft
from extractor.regulations.names import Names
from extractor.regulations.numbers import Number, body_before, read_macau, read_number, read_order, read_standard
from extractor.regulations.titles import as_printed, titles_of
from extractor.seams import parted, untouched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.regulations.laws import Law
    from extractor.ruleset import Hit, RuleSet

_SAMPLE = 2000  # characters that show whether a text is in traditional characters
_TRADITIONAL = 0.1  # share of its characters that differ from the simplified ones; a quarter or more in such a text
_MARGIN = 24  # characters of a line around a name that stands alone in it
_SENTENCE = 48  # characters in which the date of a title's promulgation stands before it
_COUNTRY = "中华人民共和国"
_HAN = range(0x3400, 0xA000)
_NAMES = ("article_name", "known_name")


class Scanned(Struct):
    """What one text holds, each list by position."""

    titles: list[Draft] = field(default_factory=list)  # in brackets and quotes, norms or not
    names: list[Draft] = field(default_factory=list)  # without brackets, in need of no other word
    weak: list[Draft] = field(default_factory=list)  # names that are cited only beside another citation
    shorts: list[Draft] = field(default_factory=list)  # short names in declarations, without brackets
    numbers: list[Number] = field(default_factory=list)
    blocked: list[tuple[int, int]] = field(default_factory=list)
    elsewhere: bool = False  # a text of Hong Kong, Macao or Taiwan
    taiwan: bool = False

    def loose(self) -> Iterator[Draft | Number]:
        """Yield what no brackets hold together."""
        return chain(self.names, self.weak, self.numbers)


def scan(text: str, rules: RuleSet, written: str) -> Scanned:
    """Return what ``text`` holds; ``written`` is the same text as the source has it.

    Names and numbers that a line break may have torn are left out; the numbers stay blocked.
    """
    found = _scan(text, rules, written)
    near = sorted((one.at, one.end) for one in found.loose())
    torn = parted(text, near, lambda joined: [(one.at, one.end) for one in _scan(joined, rules, joined).loose()])
    if torn:
        found.names = list(untouched(found.names, torn))
        found.weak = list(untouched(found.weak, torn))
        found.numbers = list(untouched(found.numbers, torn))
    return found


def _scan(text: str, rules: RuleSet, written: str) -> Scanned:
    traditional = _is_traditional(text, written)
    scanner = _Scanner(text, rules, written, Names(text, rules), traditional)
    scanner.found.elsewhere = traditional and _has_more(text, rules, "regulation.other_places", "regulation.mainland")
    scanner.found.taiwan = scanner.found.elsewhere and _has_more(
        text, rules, "regulation.taiwan", "regulation.special_regions"
    )
    floor = 0
    for hit in rules.scan("regulation", text):
        scanner.take(hit, floor)
        if hit.rule.parser not in _NAMES:  # the end of a name may be the middle of a longer one
            floor = hit.match.end()
    return scanner.found


def _is_traditional(text: str, written: str) -> bool:
    """Return whether the source of ``text`` is in traditional characters, judged by its beginning."""
    if text[:_SAMPLE] == written[:_SAMPLE]:
        return False
    differing = [source for own, source in zip(text[:_SAMPLE], written[:_SAMPLE], strict=True) if own != source]
    return sum(ord(source) in _HAN for source in differing) > _TRADITIONAL * min(len(text), _SAMPLE)


def _has_more(text: str, rules: RuleSet, name: str, other: str) -> bool:
    """Return whether ``text`` holds the words of one pattern at least as often as those of the ``other``."""
    these, others = (sum(1 for _ in rules.pattern(one).finditer(text)) for one in (name, other))
    return these >= others


class _Scanner(Struct):
    text: str
    rules: RuleSet
    written: str
    name_finder: Names
    traditional: bool
    found: Scanned = field(default_factory=Scanned)

    def take(self, hit: Hit, floor: int) -> None:
        """Add what ``hit`` gives; nothing before ``floor`` belongs to it."""
        found = self.found
        match hit.rule.parser:
            case "article_name" | "known_name" as kind:
                self._name(hit, kind, floor)
            case "title":
                found.titles.append(self._draft(hit, hit.match.span(), hit.match.span("title")))
                found.blocked.append(hit.match.span())
            case "quoted":
                draft = self._draft(hit, hit.match.span("title"), hit.match.span("title"))
                if draft.named.norm:
                    draft.tail = hit.match.end()
                    found.titles.append(draft)
                    found.blocked.append(hit.match.span())
            case "number" | "order" | "standard" | "macau" as kind:
                self._number(hit, kind, floor)
            case "about":
                before = self.text[max(floor, hit.match.start() - _MARGIN) : hit.match.start()]
                if self.rules.pattern("regulation.subject_cited").search(before):
                    found.names.append(self._draft(hit, hit.match.span(), hit.match.span()))
            case "about_numbered":
                body = body_before(self.text, hit.match.start(), floor, self.rules)
                named = self.rules.pattern("regulation.body_end").search(body) is not None
                span = (hit.match.start() - len(body) * named, hit.match.end())
                found.names.append(self._draft(hit, span, span))
            case "short_name":
                span = hit.match.span("name")
                found.shorts.append(self._draft(hit, span, span))

    def _number(self, hit: Hit, kind: str, floor: int) -> None:
        number: Number | None
        if kind == "standard":
            number = read_standard(hit)
        elif kind == "macau":
            number = read_macau(hit)
        else:
            reader = read_number if kind == "number" else read_order
            number = reader(self.text, hit, floor, self.rules)
        if number is not None:
            self.found.numbers.append(number)
            self.found.blocked.append((number.at, number.end))

    def _name(self, hit: Hit, kind: str, floor: int) -> None:
        finder = self.name_finder
        span = finder.known(hit.match, floor)
        weak = span is not None and kind == "known_name" and finder.is_weak(*span)
        if span is None and kind == "article_name":
            span = finder.unlisted(hit.match, floor)
        if span is None or self._alone(*span) or (kind == "known_name" and self._in_slogan(*span)):
            return
        draft = self._draft(hit, span, span)
        for names in (self.found.names, self.found.weak):
            while names and names[-1].end > draft.at:
                names.pop()
        if weak and not finder.is_cited(*span):
            self.found.weak.append(draft)
        else:
            self.found.names.append(draft)

    def _in_slogan(self, at: int, end: int) -> bool:
        """Return whether the name is a part of a short quotation, as in “宪法进万家”."""
        before = self.rules.pattern("regulation.in_slogan").search(self.text[max(0, at - _MARGIN) : at])
        if before is None:
            return False
        behind = self.rules.pattern("regulation.slogan_ends").match(self.text, end)
        return behind is not None and len(before.group()) + len(behind.group()) > len("“”")

    def _draft(self, hit: Hit, span: tuple[int, int], title: tuple[int, int]) -> Draft:
        name = "".join(self.text[slice(*title)].split())
        named = titles_of(self.rules).read(name)
        if named.norm and self.found.elsewhere and not name.startswith(_COUNTRY):
            named = titles_of(self.rules).elsewhere(name)
        elif named.law is not None and self._is_older(named.law, span[0]):
            named = titles_of(self.rules).unlisted(name)
        printed = as_printed(self.written[slice(*title)])
        canonical = named.canonical if named.shortened or self.traditional else None
        return Draft(span[0], span[1], hit.rule.id, name, canonical or printed, named, span[1])

    def _is_older(self, law: Law, at: int) -> bool:
        """Return whether what stands before ``at`` dates the norm meant before the law of that name."""
        if law.promulgated is None:
            return False
        stated = self.rules.pattern("regulation.promulgated_before").search(self.text, max(0, at - _SENTENCE), at)
        return stated is not None and stated.group("year") < law.promulgated[:4]

    def _alone(self, at: int, end: int) -> bool:
        """Return whether the name is all there is in its line, as the text's own title is."""
        text = self.text
        before, after = text[max(0, at - _MARGIN) : at], text[end : end + _MARGIN]
        starts = at < _MARGIN or "\n" in before
        ends = end + _MARGIN > len(text) or "\n" in after
        left, right = before.rpartition("\n")[2], after.partition("\n")[0]
        return starts and ends and not any(ord(character) in _HAN for character in left + right)
