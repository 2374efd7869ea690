"""Nodes: a YAML file to plain values that remember their line and column; every scalar is text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml
from msgspec import Struct, field

from extractor.errors import RuleProblem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_BLOCK = ("|", ">")


class Node(Struct, frozen=True):
    """A YAML value with its place; ``value`` is text, a tuple of nodes, or a dict of key to node."""

    value: str | tuple[Node, ...] | dict[str, Node]
    path: Path
    line: int
    column: int
    style: str | None = None  # of a scalar: a quote, a block marker, or None for plain text
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)  # of a mapping: where each key stands

    def problem(self, message: str, rule: str | None = None) -> RuleProblem:
        """Return a problem at this place."""
        return RuleProblem(message, self.path, self.line, self.column, rule)

    def key_problem(self, key: str, message: str, rule: str | None = None) -> RuleProblem:
        """Return a problem at the place of ``key`` in this mapping."""
        line, column = self.keys[key]
        return RuleProblem(message, self.path, line, column, rule)

    def inside(self, offset: int, message: str, rule: str | None = None) -> RuleProblem:
        """Return a problem at ``offset`` characters into this scalar, as exactly as YAML allows."""
        before = (self.text or "")[:offset]
        breaks = before.count("\n")
        column = offset - (before.rfind("\n") + 1) + 1
        if self.style in _BLOCK:
            # the text begins on the line below its marker, moved in by the blanks that YAML took away
            line = self.line + 1 + breaks
            shown = self.path.read_text(encoding="utf-8").splitlines()[line - 1 : line]
            content = (self.text or "").split("\n")[breaks]
            return RuleProblem(message, self.path, line, column + len("".join(shown)) - len(content), rule)
        start = self.column + (self.style is not None) - 1
        return RuleProblem(message, self.path, self.line + breaks, column + (0 if breaks else start), rule)

    @property
    def text(self) -> str | None:
        """Return the scalar, or None for a list or mapping."""
        return self.value if isinstance(self.value, str) else None

    @property
    def is_mapping(self) -> bool:
        """Return whether this is a mapping."""
        return isinstance(self.value, dict)

    @property
    def is_list(self) -> bool:
        """Return whether this is a list."""
        return isinstance(self.value, tuple)

    def items(self) -> Iterator[tuple[str, Node]]:
        """Yield the entries of a mapping; nothing for other values."""
        if isinstance(self.value, dict):
            yield from self.value.items()

    def elements(self) -> tuple[Node, ...]:
        """Return the elements of a list; nothing for other values."""
        return self.value if isinstance(self.value, tuple) else ()

    def get(self, key: str) -> Node | None:
        """Return the entry ``key`` of a mapping, or None."""
        return self.value.get(key) if isinstance(self.value, dict) else None


def read(path: Path, problems: list[RuleProblem]) -> Node | None:
    """Return the tree of the YAML file ``path``; syntax errors and duplicate keys go to ``problems``."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=_LOADER)
    except OSError as error:
        problems.append(RuleProblem(f"cannot be read: {error.strerror}", path, 1))
    except UnicodeDecodeError as error:
        problems.append(RuleProblem(f"not UTF-8 at byte {error.start}; save the file as UTF-8", path, 1))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problems.append(RuleProblem(f"YAML error: {error.problem or error.context}", path, line, column))
    except yaml.YAMLError as error:
        problems.append(RuleProblem(f"YAML error: {' '.join(str(error).split())}", path, 1))
    else:
        if root is None:
            problems.append(RuleProblem("the file is empty; give it 'rules:' or delete it", path, 1))
        else:
            return _node(root, path, problems, ())
    return None


def _node(raw: yaml.Node, path: Path, problems: list[RuleProblem], parents: tuple[yaml.Node, ...]) -> Node:
    line, column = raw.start_mark.line + 1, raw.start_mark.column + 1
    if raw in parents:
        problems.append(RuleProblem("an alias that contains itself", path, line, column))
        return Node("", path, line, column)
    parents = (*parents, raw)
    if isinstance(raw, yaml.MappingNode):
        entries: dict[str, Node] = {}
        keys: dict[str, tuple[int, int]] = {}
        for key, value in raw.value:
            place = (key.start_mark.line + 1, key.start_mark.column + 1)
            if not isinstance(key, yaml.ScalarNode):
                problems.append(RuleProblem("a key is text, not a list or mapping", path, *place))
            elif key.value in entries:
                problems.append(RuleProblem(f"duplicate key {key.value!r}", path, *place))
            else:
                entries[key.value] = _node(value, path, problems, parents)
                keys[key.value] = place
        return Node(entries, path, line, column, keys=keys)
    if isinstance(raw, yaml.SequenceNode):
        elements = tuple(_node(element, path, problems, parents) for element in raw.value)
        return Node(elements, path, line, column)
    style = raw.style if isinstance(raw, yaml.ScalarNode) else None
    return Node(raw.value, path, line, column, style or None)
