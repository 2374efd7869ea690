"""Load: directories of rule files and tables to a RuleSet and a list of everything wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from msgspec import Struct, field

from extractor.errors import RuleError, RuleProblem
from extractor.folding import fold
from extractor.ruleset.fragments import Fragments
from extractor.ruleset.model import READS, WAYS, Example, Pattern, Rule, RuleSet
from extractor.ruleset.nodes import Node, read
from extractor.ruleset.suggestion import suggestion
from extractor.ruleset.tables import Table, problems_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from extractor.ruleset.model import Vocabulary

_SECTIONS = ("fragments", "lists", "patterns", "rules")
_RULE_KEYS = ("id", "about", "pattern", "parser", "set", "after", "begins", "needs", "matches", "ignores", "source")
_PATTERN_KEYS = (
    "id",
    "about",
    "pattern",
    "applied",
    "reads",
    "after",
    "begins",
    "needs",
    "matches",
    "ignores",
    "source",
)
_EXAMPLE_KEYS = ("text", "span", "gives", "reference", "because", "source")
_LIST_KEYS = ("table", "column", "where")
_TRIED_ALONE = ("date.", "count.", "no_count.")  # what is tried one by one where a date or a number stands
_WHOLE = "date."  # of these the record begins where the rule is tried, not before or behind
_GROUP = regex.compile(r"\(\?P<(\w+)>")


def load(directories: Sequence[Path], vocabulary: Vocabulary, trusted: Sequence[Path] = ()) -> RuleSet:
    """Return the rules of ``directories``; later ones add to earlier ones and are tried before them.

    Rules and tables of ``trusted`` directories are known to be sound and are not tried one by one.

    Raises RuleError with every problem found: YAML errors, unknown keys, fragments, groups and parsers,
    duplicate ids, patterns that do not compile, rules without examples, ragged tables.
    """
    ruleset, problems = survey(directories, vocabulary, trusted)
    if problems:
        raise RuleError(problems)
    return ruleset


def survey(
    directories: Sequence[Path], vocabulary: Vocabulary, trusted: Sequence[Path] = ()
) -> tuple[RuleSet, tuple[RuleProblem, ...]]:
    """Return what is sound in ``directories`` and, by file and line, every problem with the rest."""
    draft = _Draft(vocabulary, tuple(trusted))
    for directory in directories:
        draft.read(directory)
    ruleset = draft.build()
    return ruleset, tuple(sorted(draft.problems, key=lambda problem: (str(problem.path), problem.line, problem.column)))


class _Draft(Struct):
    """What has been read so far."""

    vocabulary: Vocabulary
    trusted: tuple[Path, ...]
    problems: list[RuleProblem] = field(default_factory=list)
    fragments: dict[str, Node] = field(default_factory=dict)
    lists: dict[str, Node] = field(default_factory=dict)
    rules: list[Node] = field(default_factory=list)
    patterns: list[Node] = field(default_factory=list)
    tables: dict[str, list[Path]] = field(default_factory=dict)
    seen: dict[str, Node] = field(default_factory=dict)
    read_order: list[Path] = field(default_factory=list)

    def read(self, directory: Path) -> None:
        """Take in the rule files and tables of ``directory``, whose rules are tried before those read so far."""
        self.read_order.append(directory)
        if not directory.is_dir():
            self.problems.append(RuleProblem("no such directory of rules", directory, 1))
            return
        for path in sorted(directory.glob("*.yaml")):
            self._read_file(path)
        for path in sorted((directory / "tables").glob("*.csv")):
            known = self.tables.setdefault(path.stem, [])
            known.append(path)
            if directory not in self.trusted:
                self.problems += problems_of(path, known[0])

    def build(self) -> RuleSet:
        """Return the rule set of everything sound."""
        tables = {name: Table(name, tuple(paths)) for name, paths in self.tables.items()}
        lists = {name: self._list(name, node, tables) for name, node in self.lists.items()}
        sound = {name: spec for name, spec in lists.items() if spec is not None}
        bare = RuleSet((), {}, sound, tables)
        usable = {name: spec is not None for name, spec in lists.items()}
        fragments = Fragments(self.fragments, usable, self.problems, bare.compile, self._is_trusted)
        fragments.check()
        patterns = {one.id: one for node in self.patterns if (one := self._pattern(node, fragments))}
        rules = [rule for node in self.rules if (rule := self._rule(node, fragments))]
        rules.sort(key=lambda rule: self.read_order.index(rule.path.parent), reverse=True)
        return RuleSet(tuple(rules), patterns, sound, tables)

    def _read_file(self, path: Path) -> None:
        root = read(path, self.problems)
        if root is None:
            return
        if not root.is_mapping:
            self.problems.append(root.problem("expected a mapping with 'rules:'"))
            return
        self._known_keys(root, _SECTIONS)
        for section, target in (("fragments", self.fragments), ("lists", self.lists)):
            for name, node in self._mapping(root, section):
                if name in target:
                    first = f"{target[name].path.name}:{target[name].line}"
                    message = f"{section[:-1]} {name!r} is defined twice, first at {first}"
                    self.problems.append(node.problem(message))
                target.setdefault(name, node)
        self.rules += self._elements(root, "rules")
        self.patterns += self._elements(root, "patterns")

    def _is_trusted(self, node: Node) -> bool:
        return node.path.parent in self.trusted

    def _known_keys(self, node: Node, known: Sequence[str], rule: str | None = None) -> None:
        for key in node.keys:
            if key not in known:
                self.problems.append(node.key_problem(key, f"unknown key {key!r}{suggestion(key, known)}", rule))

    def _mapping(self, parent: Node, key: str, rule: str | None = None) -> Iterator[tuple[str, Node]]:
        """Yield the entries of the mapping under ``key``, if there is one."""
        node = parent.get(key)
        if node is not None and not node.is_mapping and node.text != "":
            self.problems.append(node.problem(f"{key!r} is a mapping of names", rule))
        yield from node.items() if node else ()

    def _elements(self, parent: Node, key: str, rule: str | None = None) -> tuple[Node, ...]:
        """Return the elements of the list under ``key``, if there is one."""
        node = parent.get(key)
        if node is not None and not node.is_list and node.text != "":
            self.problems.append(node.problem(f"{key!r} is a list; begin each entry with '- '", rule))
        return node.elements() if node else ()

    def _texts(self, parent: Node, key: str, rule: str) -> tuple[tuple[str, str], ...]:
        """Return the mapping under ``key`` as pairs; what is nested gets a path for its name: 'region.code'."""
        return tuple(pair for name, node in self._mapping(parent, key, rule) for pair in _flat(name, node))

    def _list(
        self, name: str, node: Node, tables: Mapping[str, Table]
    ) -> tuple[str, str, tuple[tuple[str, str], ...]] | None:
        self._known_keys(node, _LIST_KEYS, name)
        table, column = node.get("table"), node.get("column")
        if table is None or column is None or table.text is None or column.text is None:
            self.problems.append(node.problem("a list needs 'table:' and 'column:'", name))
            return None
        if table.text not in tables:
            message = f"unknown table {table.text!r}{suggestion(table.text, tables)}"
            self.problems.append(table.problem(message, name))
            return None
        header = tables[table.text].header()
        conditions = self._texts(node, "where", name)
        where = node.get("where") or node
        for wanted, place in [(column.text, column), *((key, where) for key, _ in conditions)]:
            if wanted not in header:
                self.problems.append(place.problem(f"unknown column {wanted!r}{suggestion(wanted, header)}", name))
                return None
        return table.text, column.text, conditions

    def _head(self, node: Node, keys: Sequence[str]) -> tuple[str, str, Node] | None:
        """Return id, about and pattern node of a rule; None after a problem that makes it useless."""
        if not node.is_mapping:
            self.problems.append(node.problem("a rule is a mapping with 'id:' and 'pattern:'"))
            return None
        identity = node.get("id")
        name = identity.text if identity else None
        if not identity or not name:
            self.problems.append(node.problem("a rule needs an 'id:'"))
            return None
        self._known_keys(node, keys, name)
        if name in self.seen:
            first = f"{self.seen[name].path.name}:{self.seen[name].line}"
            self.problems.append(identity.problem(f"duplicate id, first defined at {first}", name))
            return None
        self.seen[name] = node
        about, pattern = node.get("about"), node.get("pattern")
        if about is None or not about.text:
            self.problems.append(node.problem("needs 'about:', a line that says what it matches", name))
        if pattern is None or pattern.text == "":
            self.problems.append(node.problem("needs a 'pattern:'", name))
            return None
        return name, (about.text if about else "") or "", pattern

    def _pattern(self, node: Node, fragments: Fragments) -> Pattern | None:
        head = self._head(node, _PATTERN_KEYS)
        if head is None:
            return None
        name, about, source = head
        filled = fragments.pattern(source, name)
        matches, ignores = self._examples(node, name)
        way, reads = self._choice(node, "applied", WAYS, name), self._choice(node, "reads", READS, name)
        if way == WAYS[0] and not self._is_trusted(node):
            fragments.bound(source, name)
        if filled is None:
            return None
        fit = self._fit(node, name, matches)
        return Pattern(name, about, filled, node.path, node.line, matches, ignores, way, reads, *fit)

    def _choice(self, node: Node, key: str, known: Sequence[str], rule: str) -> str:
        """Return the one of ``known`` that ``key`` names, the first where there is none."""
        chosen = node.get(key)
        if chosen is None:
            return known[0]
        if chosen.text not in known:
            self.problems.append(chosen.problem(f"{key} {chosen.text!r}, not one of {', '.join(known)}", rule))
        return chosen.text or known[0]

    def _rule(self, node: Node, fragments: Fragments) -> Rule | None:
        head = self._head(node, _RULE_KEYS)
        if head is None:
            return None
        name, about, source = head
        parser = self._parser(node, name)
        filled = fragments.pattern(source, name)
        matches, ignores = self._examples(node, name)
        constants = self._texts(node, "set", name)
        if parser is None or filled is None:
            return None
        if not self._is_trusted(node):
            fragments.lint(source, filled, name)
            self._known_groups(name, source, filled, parser)
        fit = self._fit(node, name, matches)
        origin = node.get("source")
        return Rule(
            name, about, filled, parser, node.path, node.line, constants, matches, ignores,
            origin.text if origin else None, *fit,
        )  # fmt: skip

    def _fit(self, node: Node, name: str, matches: Sequence[Example]) -> tuple[str, tuple[str, ...], str]:
        """Return the characters that a match begins with, needs and stands behind, which its examples must have."""
        first, last = node.get("begins"), node.get("after")
        begins = (first.text if first else None) or ""
        needs = tuple(needed.text or "" for needed in self._elements(node, "needs", name))
        after = (last.text if last else None) or ""
        if (begins or needs or after) and not name.startswith(_TRIED_ALONE):
            message = "'after:', 'begins:' and 'needs:' are for rules for dates and counts, tried one by one"
            self.problems.append(node.problem(message, name))
        is_whole = name.startswith(_WHOLE)
        wanted = (*needs, begins) if begins and not is_whole else needs
        for example in matches:
            found = fold(example.text[example.text.index(example.span or example.text) if is_whole else 0 :])
            absent = (needed for needed in wanted if set(needed).isdisjoint(found))
            lacking = [f"has none of {needed!r}, which the rule needs" for needed in absent]
            if begins and is_whole and found[0] not in begins:
                lacking.insert(0, f"begins with {found[0]!r}, which 'begins:' does not name")
            self.problems += [
                RuleProblem(message, example.path, example.line, example.column, name) for message in lacking
            ]
        return begins, needs, after

    def _parser(self, node: Node, name: str) -> str | None:
        """Return the name of the parser; None after a problem."""
        parser = node.get("parser")
        if parser is not None and parser.text and self._is_trusted(node):
            return parser.text
        kind = name.partition(".")[0]
        if kind not in self.vocabulary:
            known = ", ".join(sorted(self.vocabulary))
            message = f"id begins with {kind!r}, not with one of {known}{suggestion(kind, self.vocabulary)}"
            self.problems.append((node.get("id") or node).problem(message, name))
            return None
        parsers = self.vocabulary[kind]
        if parser is None or not parser.text:
            self.problems.append(node.problem(f"needs a 'parser:', one of {', '.join(sorted(parsers))}", name))
            return None
        if parser.text not in parsers:
            message = f"unknown parser {parser.text!r}{suggestion(parser.text, parsers)}"
            self.problems.append(parser.problem(message, name))
            return None
        return parser.text

    def _known_groups(self, name: str, source: Node, filled: str, parser: str) -> None:
        known = self.vocabulary[name.partition(".")[0]][parser]
        for group in dict.fromkeys(_GROUP.findall(filled)):
            if group not in known:
                place = (source.text or "").find(f"(?P<{group}>")
                message = f"unknown group {group!r}{suggestion(group, known)}"
                self.problems.append(source.inside(max(place, 0), message, name))

    def _examples(self, node: Node, name: str) -> tuple[tuple[Example, ...], tuple[Example, ...]]:
        """Return what the rule matches and what it ignores."""
        matches = tuple(self._example(raw, name) for raw in self._elements(node, "matches", name))
        ignores = tuple(self._example(raw, name) for raw in self._elements(node, "ignores", name))
        if not matches:
            self.problems.append(node.problem("has no example; give it 'matches:'", name))
        return (
            tuple(example for example in matches if example is not None),
            tuple(example for example in ignores if example is not None),
        )

    def _example(self, node: Node, name: str) -> Example | None:
        if node.text:
            return Example(node.text, node.path, node.line, node.column)
        self._known_keys(node, _EXAMPLE_KEYS, name)
        text = node.get("text")
        if text is None or not text.text:
            self.problems.append(node.problem("an example needs a 'text:'", name))
            return None
        span = node.get("span")
        if span is not None and (not span.text or span.text not in text.text):
            self.problems.append(span.problem(f"span {span.text!r} does not stand in the text", name))
            return None
        optional = {key: (node.get(key) or node).text for key in ("span", "reference", "because")}
        gives = self._texts(node, "gives", name)
        return Example(text.text, node.path, node.line, node.column, gives=gives, **optional)


def _flat(name: str, node: Node) -> Iterator[tuple[str, str]]:
    """Yield the scalars under ``name``, each with its path."""
    if node.text is not None:
        yield name, node.text
    for key, inner in node.items():
        yield from _flat(f"{name}.{key}", inner)
    for number, inner in enumerate(node.elements()):
        yield from _flat(f"{name}.{number}", inner)
