"""Load: directories of rule files and tables to a RuleSet, or to a list of everything wrong with them."""

from __future__ import annotations

import csv
import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from extractor.errors import RuleError, RuleProblem
from extractor.ruleset.model import FLAGS, Example, Pattern, Rule, RuleSet, Vocabulary
from extractor.ruleset.nodes import Node, read
from extractor.ruleset.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_SECTIONS = ("fragments", "lists", "patterns", "rules")
_RULE_KEYS = ("id", "about", "pattern", "parser", "set", "matches", "ignores", "source")
_PATTERN_KEYS = ("id", "about", "pattern", "matches", "ignores", "source")
_EXAMPLE_KEYS = ("text", "span", "gives", "reference", "because", "source")
_LIST_KEYS = ("table", "column", "where")
_REFERENCE = regex.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_GROUP = regex.compile(r"\(\?P<(\w+)>")
_LEADING_GAP = regex.compile(r"^(?:\(\?(?:P<\w+>|:|>))*\s*(?:\.|\[\^[^\]]*\]|\\[pPwWsS](?:\{\w+\})?)\s*(?:[*+]|\{\d*,\d*\})")
_LAZY_GAP = regex.compile(r"(?<!\\)\.\s*[*+]|[\])]\s*[*+]\?")


@dataclass
class _Draft:
    """What has been read so far."""

    problems: list[RuleProblem] = field(default_factory=list)
    fragments: dict[str, Node] = field(default_factory=dict)
    lists: dict[str, Node] = field(default_factory=dict)
    rules: list[Node] = field(default_factory=list)
    patterns: list[Node] = field(default_factory=list)
    tables: dict[str, list[Path]] = field(default_factory=dict)


def load(directories: Sequence[Path], vocabulary: Vocabulary) -> RuleSet:
    """Return the rules of ``directories``, later ones adding to earlier ones.

    Raises RuleError with every problem found: YAML errors, unknown keys, fragments, groups and parsers,
    duplicate ids, patterns that do not compile, rules without examples.
    """
    draft = _Draft()
    for directory in directories:
        if not directory.is_dir():
            draft.problems.append(RuleProblem("no such directory of rules", directory, 1))
            continue
        for path in sorted(directory.glob("*.yaml")):
            _read_file(path, draft)
        for path in sorted((directory / "tables").glob("*.csv")):
            draft.tables.setdefault(path.stem, []).append(path)
    ruleset = _build(draft, vocabulary)
    if draft.problems:
        raise RuleError(tuple(sorted(draft.problems, key=lambda p: (str(p.path), p.line, p.column))))
    return ruleset


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return `` (did you mean '…'?)`` for the nearest known word, or nothing."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f" (did you mean {near[0]!r}?)" if near else ""


def _read_file(path: Path, draft: _Draft) -> None:
    root = read(path, draft.problems)
    if root is None:
        return
    if not isinstance(root.value, dict):
        draft.problems.append(root.problem("expected a mapping with 'rules:'"))
        return
    _known_keys(root, _SECTIONS, draft)
    for section, target in (("fragments", draft.fragments), ("lists", draft.lists)):
        for name, node in (root.get(section) or root).items() if root.get(section) else ():
            if name in target:
                draft.problems.append(node.problem(f"{section[:-1]} {name!r} is defined twice"))
            target[name] = node
    for section, rows in (("rules", draft.rules), ("patterns", draft.patterns)):
        node = root.get(section)
        rows.extend(node.elements() if node else ())


def _known_keys(node: Node, known: Sequence[str], draft: _Draft, rule: str | None = None) -> None:
    for key, value in node.items():
        if key not in known:
            draft.problems.append(value.problem(f"unknown key {key!r}{suggestion(key, known)}", rule))


def _build(draft: _Draft, vocabulary: Vocabulary) -> RuleSet:
    tables = {name: Table(name, tuple(paths)) for name, paths in draft.tables.items()}
    lists = {name: spec for name, node in draft.lists.items() if (spec := _list(name, node, tables, draft))}
    filled = {name: _fill(node, draft, lists, (name,), None) for name, node in draft.fragments.items()}
    seen: dict[str, Node] = {}
    bare = RuleSet((), {}, lists, tables)
    patterns = {p.id: p for node in draft.patterns if (p := _pattern(node, draft, lists, seen, bare))}
    rules = [rule for node in draft.rules if (rule := _rule(node, draft, lists, seen, bare, vocabulary))]
    del filled
    return RuleSet(tuple(rules), patterns, lists, tables)


def _list(
    name: str, node: Node, tables: dict[str, Table], draft: _Draft
) -> tuple[str, str, tuple[tuple[str, str], ...]] | None:
    _known_keys(node, _LIST_KEYS, draft, name)
    table, column = node.get("table"), node.get("column")
    if table is None or column is None or table.text is None or column.text is None:
        draft.problems.append(node.problem("a list needs 'table:' and 'column:'", name))
        return None
    if table.text not in tables:
        draft.problems.append(table.problem(f"unknown table {table.text!r}{suggestion(table.text, tables)}", name))
        return None
    header = tables[table.text].header()
    where = node.get("where")
    conditions = tuple((key, value.text or "") for key, value in where.items()) if where else ()
    for wanted, place in [(column.text, column), *((key, where or node) for key, _ in conditions)]:
        if wanted not in header:
            draft.problems.append(place.problem(f"unknown column {wanted!r}{suggestion(wanted, header)}", name))
            return None
    return table.text, column.text, conditions


def _fill(node: Node, draft: _Draft, lists: Iterable[str], chain: tuple[str, ...], rule: str | None) -> str | None:
    """Return the pattern of ``node`` with fragments filled in; None after a problem."""
    text = node.text
    if text is None:
        draft.problems.append(node.problem("a pattern is text", rule))
        return None
    parts: list[str] = []
    last, sound = 0, True
    for reference in _REFERENCE.finditer(text):
        name = reference.group(1)
        parts.append(text[last : reference.start()])
        last = reference.end()
        if name in draft.fragments:
            if name in chain:
                cycle = " → ".join((*chain[chain.index(name) :], name))
                draft.problems.append(_inside(node, reference.start(), f"cyclic fragments: {cycle}", rule))
                sound = False
                continue
            inner = _fill(draft.fragments[name], _quiet(draft), lists, (*chain, name), rule)
            sound = sound and inner is not None
            parts.append(f"(?:{inner})")
        elif name in lists:
            parts.append(rf"\L<{name}>")
        else:
            known = [*draft.fragments, *lists]
            message = f"unknown fragment {name!r}{suggestion(name, known)}"
            draft.problems.append(_inside(node, reference.start(), message, rule))
            sound = False
    parts.append(text[last:])
    return "".join(parts) if sound else None


def _quiet(draft: _Draft) -> _Draft:
    """Return a draft that swallows problems: those of a fragment are reported once, at the fragment."""
    return _Draft(fragments=draft.fragments, lists=draft.lists)


def _inside(node: Node, offset: int, message: str, rule: str | None) -> RuleProblem:
    """Return a problem at ``offset`` characters into the scalar of ``node``."""
    before = (node.text or "")[:offset]
    breaks = before.count("\n")
    if node.block:
        lines = node.path.read_text(encoding="utf-8").splitlines()
        line = node.line + 1 + breaks
        shown = lines[line - 1] if line <= len(lines) else ""
        indent = len(shown) - len(shown.lstrip())
        column = offset - (before.rfind("\n") + 1) + 1 + indent
        return RuleProblem(message, node.path, line, column, rule)
    return RuleProblem(message, node.path, node.line + breaks, node.column + offset + 1, rule)


def _head(node: Node, keys: Sequence[str], draft: _Draft, seen: dict[str, Node]) -> tuple[str, str, Node] | None:
    """Return id, about and pattern node of a rule; None after a problem that makes it useless."""
    if not isinstance(node.value, dict):
        draft.problems.append(node.problem("a rule is a mapping with 'id:' and 'pattern:'"))
        return None
    identity = node.get("id")
    name = identity.text if identity else None
    if not identity or not name:
        draft.problems.append(node.problem("a rule needs an 'id:'"))
        return None
    _known_keys(node, keys, draft, name)
    if name in seen:
        draft.problems.append(identity.problem(f"duplicate id; first defined at {seen[name].path.name}:{seen[name].line}", name))
    seen.setdefault(name, node)
    about, pattern = node.get("about"), node.get("pattern")
    if about is None or not about.text:
        draft.problems.append(node.problem("needs 'about:', a line that says what it matches", name))
    if pattern is None:
        draft.problems.append(node.problem("needs a 'pattern:'", name))
        return None
    return name, (about.text if about else "") or "", pattern


def _compiles(name: str, pattern: Node, draft: _Draft, lists: Iterable[str], bare: RuleSet) -> str | None:
    filled = _fill(pattern, draft, lists, (), name)
    if filled is None:
        return None
    try:
        bare.compile(filled) if r"\L<" in filled else regex.compile(filled, FLAGS)
    except regex.error as error:
        own = _own_error(pattern)
        place = own if own is not None else 0
        draft.problems.append(_inside(pattern, place, f"pattern does not compile: {error.msg}", name))
        return None
    return filled


def _lint(name: str, pattern: Node, draft: _Draft) -> None:
    """Refuse gaps that make a scan slower than linear; a Pattern is anchored by its stage, a Rule is not."""
    for lint, message in (
        (_LEADING_GAP, "begins with a gap; begin with a number or a literal"),
        (_LAZY_GAP, "has a gap without a bound; write {0,N} and exclude the punctuation it must not cross"),
    ):
        if found := lint.search(pattern.text or ""):
            draft.problems.append(_inside(pattern, found.start(), message, name))


def _own_error(pattern: Node) -> int | None:
    """Return the offset of a compile error in the pattern as written, references replaced by blanks of their length."""
    text = _REFERENCE.sub(lambda m: "a" + " " * (len(m.group()) - 1), pattern.text or "")
    try:
        regex.compile(text, FLAGS)
    except regex.error as error:
        return error.pos
    return None


def _pattern(
    node: Node, draft: _Draft, lists: Iterable[str], seen: dict[str, Node], bare: RuleSet
) -> Pattern | None:
    head = _head(node, _PATTERN_KEYS, draft, seen)
    if head is None:
        return None
    name, about, source = head
    filled = _compiles(name, source, draft, lists, bare)
    matches, ignores = _examples(node, "matches", name, draft), _examples(node, "ignores", name, draft)
    if not matches:
        draft.problems.append(node.problem("has no example; give it 'matches:'", name))
    return None if filled is None else Pattern(name, about, filled, node.path, node.line, matches, ignores)


def _rule(
    node: Node, draft: _Draft, lists: Iterable[str], seen: dict[str, Node], bare: RuleSet, vocabulary: Vocabulary
) -> Rule | None:  # fmt: skip
    head = _head(node, _RULE_KEYS, draft, seen)
    if head is None:
        return None
    name, about, source = head
    kind = name.partition(".")[0]
    parser = node.get("parser")
    if kind not in vocabulary:
        known = ", ".join(sorted(vocabulary))
        draft.problems.append((node.get("id") or node).problem(f"id begins with {kind!r}, not with one of {known}", name))
        return None
    if parser is None or not parser.text:
        draft.problems.append(node.problem(f"needs a 'parser:', one of {', '.join(sorted(vocabulary[kind]))}", name))
        return None
    if parser.text not in vocabulary[kind]:
        hint = suggestion(parser.text, vocabulary[kind])
        draft.problems.append(parser.problem(f"unknown parser {parser.text!r}{hint}", name))
        return None
    filled = _compiles(name, source, draft, lists, bare)
    _lint(name, source, draft)
    if filled is not None:
        _known_groups(name, source, filled, vocabulary[kind][parser.text], draft)
    matches, ignores = _examples(node, "matches", name, draft), _examples(node, "ignores", name, draft)
    if not matches:
        draft.problems.append(node.problem("has no example; give it 'matches:'", name))
    constants = node.get("set")
    sets = tuple((key, value.text or "") for key, value in constants.items()) if constants else ()
    origin = node.get("source")
    if filled is None:
        return None
    return Rule(
        name, about, filled, parser.text, node.path, node.line, sets, matches, ignores, origin.text if origin else None
    )


def _known_groups(name: str, source: Node, filled: str, known: frozenset[str], draft: _Draft) -> None:
    for group in dict.fromkeys(_GROUP.findall(filled)):
        if group not in known:
            place = (source.text or "").find(f"(?P<{group}>")
            message = f"unknown group {group!r}{suggestion(group, known)}"
            draft.problems.append(_inside(source, max(place, 0), message, name))


def _examples(node: Node, key: str, name: str, draft: _Draft) -> tuple[Example, ...]:
    found = []
    for raw in (node.get(key) or node).elements() if node.get(key) else ():
        if raw.text is not None:
            found.append(Example(raw.text, raw.path, raw.line, raw.column))
            continue
        _known_keys(raw, _EXAMPLE_KEYS, draft, name)
        text = raw.get("text")
        if text is None or not text.text:
            draft.problems.append(raw.problem("an example needs a 'text:'", name))
            continue
        gives = raw.get("gives")
        values = tuple((field, value.text or "") for field, value in gives.items()) if gives else ()
        optional = {field: (raw.get(field) or raw).text for field in ("span", "reference", "because")}
        found.append(Example(text.text, raw.path, raw.line, raw.column, gives=values, **optional))
    return tuple(found)


def table_problems(path: Path) -> list[RuleProblem]:
    """Return what is wrong with the shape of a CSV table: rows of another length than the header."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        width = len(next(reader, ()))
        return [
            RuleProblem(f"{len(row)} cells where the header has {width}", path, reader.line_num)
            for row in reader
            if len(row) != width
        ]
