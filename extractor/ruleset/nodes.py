"""Nodes: a YAML file to plain values that remember their line and column; every scalar is text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from extractor.errors import RuleProblem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Node:
    """A YAML value with its place; ``value`` is text, a tuple of nodes, or a dict of key to node."""

    value: str | tuple[Node, ...] | dict[str, Node]
    path: Path
    line: int
    column: int
    block: bool = False  # a block scalar begins on the line below its marker

    def problem(self, message: str, rule: str | None = None) -> RuleProblem:
        """Return a problem at this place."""
        return RuleProblem(message, self.path, self.line, self.column, rule)

    @property
    def text(self) -> str | None:
        """Return the scalar, or None for a list or mapping."""
        return self.value if isinstance(self.value, str) else None

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
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=_LOADER)
    except UnicodeDecodeError as error:
        problems.append(RuleProblem(f"not UTF-8 at byte {error.start}; save the file as UTF-8", path, 1))
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problems.append(RuleProblem(f"YAML error: {error.problem or error.context}", path, line, column))
        return None
    except yaml.YAMLError as error:
        problems.append(RuleProblem(f"YAML error: {' '.join(str(error).split())}", path, 1))
        return None
    if root is None:
        problems.append(RuleProblem("the file is empty; give it 'rules:' or delete it", path, 1))
        return None
    return _node(root, path, problems)


def _node(raw: yaml.Node, path: Path, problems: list[RuleProblem]) -> Node:
    line, column = raw.start_mark.line + 1, raw.start_mark.column + 1
    if isinstance(raw, yaml.MappingNode):
        entries: dict[str, Node] = {}
        for key, value in raw.value:
            if key.value in entries:
                where = key.start_mark
                problems.append(
                    RuleProblem(f"duplicate key {key.value!r}", path, where.line + 1, where.column + 1)
                )
                continue
            entries[key.value] = _node(value, path, problems)
        return Node(entries, path, line, column)
    if isinstance(raw, yaml.SequenceNode):
        return Node(tuple(_node(element, path, problems) for element in raw.value), path, line, column)
    return Node(raw.value, path, line, column, block=raw.style in ("|", ">"))
