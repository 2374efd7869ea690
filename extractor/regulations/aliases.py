"""Aliases: short names to the citations that declare them, where they are declared and wherever they stand later."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from extractor.regulations.drafts import Draft

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import regex

    from extractor.ruleset import RuleSet

_CONTEXT = 12  # characters in which the words stand that declare a short name
_LIST = 16  # titles that one parenthesis may shorten
_JOIN = 4  # characters that join two short names
_GENERAL = 2  # 条例, 办法: a short name of so few characters is a citation only before an article


def declare(text: str, titles: Sequence[Draft], rules: RuleSet) -> None:
    """Link every short name in brackets that ``text`` declares to the citation that declares it.

    ``titles`` are all titles in brackets by position, norms or not.
    """
    before, equal = rules.pattern("regulation.before_short_name"), rules.pattern("regulation.before_equal")
    joined = rules.pattern("regulation.between_short_names")
    for position, draft in enumerate(titles):
        last = titles[position - 1] if position else None
        listed = last is not None and last.alias_of is not None and joined.match(text[last.end : draft.at][:_JOIN])
        context = text[max(0, draft.at - _CONTEXT) : draft.at]
        earlier = [title for title in titles[max(0, position - _LIST) : position] if title.alias_of is None]
        if listed or before.search(context) is not None or _is_shorter(draft, earlier, context, equal):
            _link(text, draft, earlier, rules)


def _is_shorter(draft: Draft, earlier: Sequence[Draft], context: str, equal: regex.Pattern[str]) -> bool:
    """Return whether ``context`` calls ``draft`` the same as the title before it, of which it is the shorter name."""
    if not earlier or equal.search(context) is None:
        return False
    return len(draft.name) < len(earlier[-1].name) and _shortens(draft.name, earlier[-1].name)


def declare_unbracketed(text: str, shorts: Sequence[Draft], titles: Sequence[Draft], rules: RuleSet) -> list[Draft]:
    """Return those of the ``shorts`` that a citation among ``titles`` declares, linked to it."""
    starts = [title.at for title in titles]
    found = []
    for short in shorts:
        before = bisect_left(starts, short.at)
        earlier = [title for title in titles[max(0, before - _LIST) : before] if title.alias_of is None]
        if _link(text, short, earlier, rules) and short.cited.named.norm:
            found.append(short)
    return found


def _link(text: str, short: Draft, titles: Sequence[Draft], rules: RuleSet) -> bool:
    """Link the declared ``short`` name to the one of the ``titles`` before it that it stands for, if any."""
    owner = next((title for title in reversed(titles) if title.tail >= short.end), None)
    if owner is None:
        return False
    short.alias_of = _meant(text, short.name, owner, titles, rules)
    short.alias_of.alias = short.alias_of.alias or short.name
    return True


def resolve(titles: Sequence[Draft]) -> None:
    """Link every title that is a declared short name to the latest citation before it that declared it."""
    declared: dict[str, Draft] = {}
    for draft in titles:
        if draft.alias_of is not None:
            declared[draft.name] = draft.alias_of
        elif (full := declared.get(draft.name)) is not None and full.name != draft.name:
            draft.alias_of = full


def mentions(text: str, shorts: Sequence[Draft], taken: Sequence[Draft], rules: RuleSet) -> Iterator[Draft]:
    """Yield the later mentions, without brackets, of declared short names.

    ``text`` is masked where brackets stand; ``shorts`` declare and ``taken`` are the citations, both by position.
    """
    if not shorts:
        return
    starts = [draft.at for draft in taken]
    declared: dict[str, list[Draft]] = {}
    for short in shorts:
        declared.setdefault(short.name, []).append(short)
    cites, after = rules.pattern("regulation.cites"), rules.pattern("regulation.after_short_name")
    article, strictly = rules.pattern("regulation.after_general_name"), rules.pattern("regulation.cites_strictly")
    rule = next(rule.id for rule in rules.of_kind("regulation") if rule.parser == "short_name")
    for at, end in _places(text, declared):
        near = bisect_left(starts, end) - 1
        if (near >= 0 and taken[near].end > at) or at == 0:
            continue
        before = text[max(0, at - _CONTEXT) : at]
        if text[at - 1].isalnum() and cites.search(before) is None:
            continue
        known = declared[text[at:end]]
        latest = bisect_left(known, at, key=lambda short: short.end) - 1
        general = end - at <= _GENERAL
        stands = article.match(text, end) if general else after.match(text, end) or strictly.search(before)
        if latest >= 0 and stands:
            full = known[latest].cited
            yield Draft(at, end, rule, text[at:end], None, full.named, end, alias_of=full)


def _places(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield where one of the ``names`` stands, the longest at each place."""
    lengths: dict[str, set[int]] = {}
    for name in names:
        if len(name) >= _GENERAL:
            lengths.setdefault(name[:_GENERAL], set()).add(len(name))
    known = frozenset(names)
    for head, several in lengths.items():
        longest_first = sorted(several, reverse=True)
        at = text.find(head)
        while at >= 0:
            end = next((at + length for length in longest_first if text[at : at + length] in known), at + 1)
            if end > at + 1:
                yield at, end
            at = text.find(head, end)


def _meant(text: str, name: str, owner: Draft, titles: Sequence[Draft], rules: RuleSet) -> Draft:
    """Return the title of the list that ``owner`` closes of which ``name`` leaves out least, the nearest of such."""
    joined = rules.pattern("regulation.between_short_names")
    position = titles.index(owner)
    listed = [owner]
    while position > 0 and joined.search(text[titles[position - 1].tail : titles[position].at]) is not None:
        position -= 1
        listed.append(titles[position])
    return min(
        (title for title in listed if _shortens(name, title.name)), key=lambda title: len(title.name), default=owner
    )


def _shortens(name: str, title: str) -> bool:
    """Return whether the characters of ``name`` stand in ``title`` in their order."""
    rest = iter(title)
    return all(character in rest for character in name)
