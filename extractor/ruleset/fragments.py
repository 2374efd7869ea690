"""Fragments: a pattern as written to the pattern with its {{names}} filled in, or to what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from msgspec import Struct, field

from extractor.ruleset.model import FLAGS
from extractor.ruleset.suggestion import suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from extractor.errors import RuleProblem
    from extractor.ruleset.nodes import Node

_REFERENCE = regex.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_ATOM = regex.compile(r"\\[pP]\{[^}]*\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\#[^\n]*")
_LEADING_GAP = regex.compile(
    r"""(?: \s | \(\? (?: P<\w+> | [:>] ) | \( (?! \? ) | \(\?<?[!=] [^()]* \) )*+
        (?P<gap> (?: \. | \[\^ [^\]]* \] | \[ (?: [^\]\\] | \\. )*? (?: \\p\{Han\} | \\w ) [^\]]* \]
            | \\ [pPwWsS] (?: \{ [^}]* \} )? ) \s* (?: [*+] | \{ \d* , \d* \} ) )""",
    regex.VERBOSE,
)
_ANCHORED = ("count.", "date.")  # rules that are only tried where a number or a date may begin
# A choice between looks ahead and behind before any character: the engine cannot pass over what no match begins with.
_LEADING_LOOKS = regex.compile(
    r"""(?: \s | \(\? (?: P<\w+> | [:>] ) )*? \(\?: \s*+
        (?: (?P<look> \(\?<?[=!]
              (?P<inside> (?: [^()\[\\] | \\. | \[ (?: [^\]\\] | \\. )*+ \] | \( (?&inside) \) )*+ ) \) )
            \s*+ \|?+ \s*+ ){2,}+ \)""",
    regex.VERBOSE,
)
# . covers anything; NUL stands for what covers nearly anything and may at least not be given back
_ENDLESS_GAP = regex.compile(r"\.\s*(?:[*+]|\{\d*,\})|\0\s*(?:[*+]|\{\d*,\})(?!\+)|(?:[*+]|\{\d*,\})\?")
_WIDE = regex.compile(r"\\[wWSDpP].*|\[\^(?!\\S).*", regex.DOTALL)


class Fragments(Struct):
    """The named parts of patterns: fragments, and lists with whether they can be used."""

    nodes: Mapping[str, Node]
    lists: Mapping[str, bool]
    problems: list[RuleProblem]
    compile: Callable[[str], object]  # raises regex.error
    is_trusted: Callable[[Node], bool]  # whether patterns of this file are known to compile
    _filled: dict[str, str | None] = field(default_factory=dict)

    def check(self) -> None:
        """Fill in every fragment, so that one that no rule uses is checked too."""
        for name, node in self.nodes.items():
            self._fragment(name, ())
            if not self.is_trusted(node):
                self.bound(node, name)

    def pattern(self, node: Node, rule: str) -> str | None:
        """Return the pattern of ``rule`` ready to compile; None after a problem in it or in what it uses."""
        return self._checked(node, rule, ())

    def lint(self, node: Node, filled: str, rule: str) -> None:
        """Refuse a rule whose gaps would make a scan slower than linear."""
        if _LEADING_GAP.match(filled):
            message = "begins with a gap; begin with a number or a literal"
            own = _LEADING_GAP.match(node.text or "")
            self.problems.append(node.inside(own.start("gap") if own else 0, message, rule))
        looks = _LEADING_LOOKS.match(filled) if not rule.startswith(_ANCHORED) else None
        if looks and any(look.startswith(("(?=", "(?!")) for look in looks.captures("look")):
            message = "begins with a choice between looks; begin with the character that they look from"
            self.problems.append(node.inside(0, message, rule))
        self.bound(node, rule)

    def bound(self, node: Node, rule: str) -> None:
        """Refuse a pattern or fragment that has a gap without a bound."""
        if endless := _ENDLESS_GAP.search(_ATOM.sub(_neutral, node.text or "")):
            message = "has a gap without a bound; write {0,N} and exclude the punctuation it must not cross"
            self.problems.append(node.inside(endless.start(), message, rule))

    def _fragment(self, name: str, chain: tuple[str, ...]) -> str | None:
        if name not in self._filled:
            self._filled[name] = self._checked(self.nodes[name], name, (*chain, name))
        return self._filled[name]

    def _checked(self, node: Node, owner: str, chain: tuple[str, ...]) -> str | None:
        filled = self._fill(node, owner, chain)
        if filled is None or self.is_trusted(node):
            return filled
        try:
            self.compile(filled)
        except regex.error as error:
            self.problems.append(node.inside(_own_error(node), f"pattern does not compile: {_reason(error)}", owner))
            return None
        return filled

    def _fill(self, node: Node, owner: str, chain: tuple[str, ...]) -> str | None:
        text = node.text
        if text is None:
            self.problems.append(node.problem("a pattern is text", owner))
            return None
        parts: list[str | None] = []
        last = 0
        for reference in _REFERENCE.finditer(text):
            parts += (text[last : reference.start()], self._resolve(node, reference, owner, chain))
            last = reference.end()
        parts.append(text[last:])
        sound = [part for part in parts if part is not None]
        return "".join(sound) if len(sound) == len(parts) else None

    def _resolve(self, node: Node, reference: regex.Match[str], owner: str, chain: tuple[str, ...]) -> str | None:
        name = reference.group(1)
        if name in chain:
            cycle = " → ".join((*chain[chain.index(name) :], name))
            self.problems.append(node.inside(reference.start(), f"cyclic fragments: {cycle}", owner))
            return None
        if name in self.nodes:
            inner = self._fragment(name, chain)
            if inner is None:
                return None
            closing = "\n)" if "#" in inner.rpartition("\n")[2] else ")"  # the fragment may end in a comment
            return f"(?:{inner}{closing}"
        if name in self.lists:
            return rf"\L<{name}>" if self.lists[name] else None
        message = f"unknown fragment {name!r}{suggestion(name, [*self.nodes, *self.lists])}"
        self.problems.append(node.inside(reference.start(), message, owner))
        return None


def _neutral(match: regex.Match[str]) -> str:
    """Return a stand-in of the same length for an escape, a class, a comment: NUL where it is wide, else x."""
    text = match.group()
    return "x" * (len(text) - 1) + ("\0" if _WIDE.match(text) else "x")


def _own_error(node: Node) -> int:
    """Return where the pattern as written fails to compile, its references blanked; 0 where it is they that fail."""
    text = _REFERENCE.sub(lambda match: " " * (len(match.group()) - 1) + "a", node.text or "")
    try:
        regex.compile(text, FLAGS)
    except regex.error as error:
        position: object = getattr(error, "pos", None)  # the stubs know no attributes
        return position if isinstance(position, int) else 0
    return 0


def _reason(error: Exception) -> str:
    return str(getattr(error, "msg", error))
