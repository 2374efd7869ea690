"""Cite: a section's text to its citations with numbers, provisions and short names, and to where these stand."""

from __future__ import annotations

from bisect import bisect_right, insort
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.findings import RegulationFinding, mask
from extractor.regulations import aliases
from extractor.regulations.attach import find_tails, give_numbers, give_provisions
from extractor.regulations.drafts import Draft, Span, findings
from extractor.regulations.laws import key, laws_of
from extractor.regulations.scan import scan
from extractor.regulations.titles import Named, titles_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractor.regulations.numbers import Number
    from extractor.regulations.scan import Scanned
    from extractor.ruleset import RuleSet

_HEAD_LINES, _HEAD = 8, 600  # lines and characters in which a text's own title and number stand
_PAUSES = frozenset("。,;")
_CONTEXT = 12  # characters before a number that say what it is
_JOIN = 4  # characters that join two names
_DECISION, _MEETING = "决定", 40  # what a meeting takes, and the characters before it that name the meeting
_UNCITED = ("case_number", "case_of_year", "case_of_kind", "number_alone")  # numbers that are no citations
_DOCUMENT, _RULES = "normative_document", ("departmental_rule", "local_rule")


class Citations(Struct, frozen=True):
    """The citations; ``blocked``: every 《…》 (norm or not) and number; ``numbers``: numbers and provisions."""

    findings: tuple[RegulationFinding, ...]
    blocked: tuple[Span, ...]
    numbers: tuple[Span, ...]


def find(text: str, rules: RuleSet, title: str | None = None, written: str | None = None) -> Citations:
    """Return the citations in the normalised ``text``.

    ``title`` is the text's own, which it does not cite; ``written`` is the text character for character
    as the source has it, from which titles are taken; without it they are taken from ``text``.
    """
    scanned = scan(text, rules, text if written is None else written)
    plain = mask(text, scanned.blocked)
    drafts = _cited(text, scanned, title, rules)
    find_tails(text, drafts, scanned.numbers, rules)
    free = give_numbers(text, drafts, scanned.numbers, rules)
    _name_otherwise(text, drafts, rules)
    norms = _with_short_names(text, plain, drafts, scanned.shorts, rules)
    provisions = [match.span() for match in rules.pattern("regulation.provisions").finditer(plain)]
    norms += _alone(text, free, [draft.tail for draft in norms], rules)
    give_provisions(text, norms, provisions, rules, paragraph_is_xiang=scanned.taiwan)
    for draft in norms:
        draft.level = _level(text, draft, rules)
    cases = [match.span() for name in _UNCITED for match in rules.pattern(f"regulation.{name}").finditer(plain)]
    numbers = [(number.at, number.end) for number in scanned.numbers]
    return Citations(
        findings(norms), tuple(sorted([*scanned.blocked, *cases])), tuple(sorted([*numbers, *provisions, *cases]))
    )


def _name_otherwise(text: str, drafts: Sequence[Draft], rules: RuleSet) -> None:
    """Take for norms the titles that no word of theirs, but a number or what stands before them, shows to be norms."""
    before = rules.pattern("regulation.standard_before")
    for draft in drafts:
        if draft.named.norm:
            continue
        number = draft.number
        if number is not None and number.statute:
            draft.named = titles_of(rules).elsewhere(draft.name)
        elif (number is not None and number.standard) or before.search(text, max(0, draft.at - _CONTEXT), draft.at):
            draft.named = titles_of(rules).standard(draft.name)


def _cited(text: str, scanned: Scanned, title: str | None, rules: RuleSet) -> list[Draft]:
    """Return the titles, norms or not, and the names that are cited: by words around them or beside one that is."""
    joined = rules.pattern("regulation.between_names")
    own = key(title.strip("《》")) if title else None
    head = _head(text)
    titles = [draft for draft in scanned.titles if draft.at >= head or key(draft.name) != own]
    begin = text.find(title) if title else -1
    behind = begin + len(title) if title and begin >= 0 else 0  # a law named in the own title is part of it
    if not text[behind : behind + _HEAD].strip():  # a text of one line has no title
        begin, behind = -1, 0
    names = [draft for draft in (*scanned.names, *scanned.weak) if draft.at >= behind or draft.end <= begin]
    drafts = sorted([*titles, *names], key=_position)
    doubtful = set(scanned.weak)
    if not doubtful:
        return drafts
    for order in (drafts, drafts[::-1]):
        for near, draft in pairwise(order):
            if draft in doubtful and near not in doubtful:
                first, second = sorted((near, draft), key=_position)
                if second.at - first.end <= _JOIN and joined.match(text[first.end : second.at]):
                    doubtful.remove(draft)
    return [draft for draft in drafts if draft not in doubtful]


def _position(draft: Draft) -> Span:
    return draft.at, draft.end


def _head(text: str) -> int:
    """Return where the lines end that hold a text's own title and number: before the first sentence."""
    at = 0
    for _ in range(_HEAD_LINES):
        end = text.find("\n", at, _HEAD)
        if end < 0 or not _PAUSES.isdisjoint(text[at:end]):
            return at
        at = end + 1
    return at


def _with_short_names(
    text: str, plain: str, drafts: Sequence[Draft], shorts: Sequence[Draft], rules: RuleSet
) -> list[Draft]:
    """Return the norms among ``drafts`` and every mention of the short names that they declare, by position."""
    aliases.declare(text, drafts, rules)
    declared = aliases.declare_unbracketed(text, shorts, drafts, rules)
    norms = sorted([*(draft for draft in drafts if draft.cited.named.norm), *declared], key=_position)
    aliases.resolve(norms)
    later = aliases.mentions(plain, [draft for draft in norms if draft.alias_of], norms, rules)
    return sorted([*norms, *later], key=_position)


def _alone(text: str, numbers: Sequence[Number], ends: Sequence[int], rules: RuleSet) -> Iterator[Draft]:
    """Yield the numbers that stand for a document: not the text's own, nor how it was promulgated.

    ``ends`` is where the citations end beside which an order is cited as well.
    """
    head = _head(text)
    label, cites = rules.pattern("regulation.number_label"), rules.pattern("regulation.cites_order")
    own_line, joined = rules.pattern("regulation.own_line"), rules.pattern("regulation.between_names")
    article = rules.pattern("regulation.after_general_name")
    cited = sorted(ends)
    for number in numbers:
        before = text[max(0, number.at - _CONTEXT) : number.at]
        first = number.at < _CONTEXT or "\n" in before
        own = first and not before.rpartition("\n")[2].strip(" \t(") and own_line.match(text, number.end)
        if number.end <= head or own or label.search(before) or _is_decision(text, number, rules):
            continue
        near = bisect_right(cited, number.at) - 1
        listed = near >= 0 and number.at - cited[near] <= _JOIN and joined.match(text[cited[near] : number.at])
        if number.order and not listed and not cites.search(before) and not article.match(text, number.end):
            continue
        insort(cited, number.end)
        law = laws_of(rules).numbered(number.text)
        named = Named(norm=True, law=law, level=_DOCUMENT)
        yield Draft(
            number.at, number.end, number.rule, number.text, law.title if law else None, named, number.end,
            number=number, spans=[(number.at, number.end)],
        )  # fmt: skip


def _is_decision(text: str, number: Number, rules: RuleSet) -> bool:
    """Return whether the number is that of a decision or certificate on one matter, which is no norm."""
    coded = rules.pattern("regulation.number_of_decision").search(number.code) is not None
    before = text[max(0, number.at - _CONTEXT) : number.at]
    named = rules.pattern("regulation.decision_before").search(before) is not None
    return coded or named or rules.pattern("regulation.decision_behind").match(text, number.end) is not None


def _level(text: str, draft: Draft, rules: RuleSet) -> str | None:
    """Return the level that the table gives, else the number, else the wording, else the meeting before a decision."""
    full = draft.cited
    law = full.named.law
    if law is not None and law.level is not None:
        return law.level
    worded = full.named.level
    if full.number is None:
        before = text[max(0, full.at - _MEETING) : full.at]
        if worded in (_DOCUMENT, *_RULES):
            issued = titles_of(rules).issued_level(full.name, before, text, full.tail)
            worded = issued or worded
        return titles_of(rules).adopted_level(before if full.name.endswith(_DECISION) else "") or worded
    shown = titles_of(rules).number_level(full.number.text)
    # a rule is promulgated by order, so what bears any other number is none
    return shown or (_DOCUMENT if worded in _RULES and not full.number.order else worded)
