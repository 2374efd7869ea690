"""Errors: everything a caller can put right, under one root."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class ExtractorError(Exception):
    """Anything the caller can put right; catch this one."""


class InputError(ExtractorError):
    """A source cannot be read: missing, empty, binary, in an unknown encoding."""

    def __init__(self, message: str, name: str) -> None:
        """Keep ``message`` (what and what to do) and ``name`` (which source)."""
        super().__init__(message, name)
        self.message, self.name = message, name

    def __str__(self) -> str:
        """Return one line: which source, what is wrong."""
        return f"{self.name}: {self.message}"


class WorkerError(ExtractorError):
    """The process that worked on an input died, or could not hand back what it found."""


class UsageError(ExtractorError):
    """An argument has no usable value."""


class RuleProblem(NamedTuple):
    """One mistake in a rule file or table: what, where (``line`` and ``column`` from 1), in which ``rule``."""

    message: str
    path: Path
    line: int
    column: int = 1
    rule: str | None = None

    def __str__(self) -> str:
        """Return ``file:line:column: rule id: what is wrong``."""
        rule = f"{self.rule}: " if self.rule else ""
        return f"{self.path}:{self.line}:{self.column}: {rule}{self.message}"


class RuleError(ExtractorError):
    """The rule files cannot be used; ``problems`` lists every mistake found."""

    def __init__(self, problems: tuple[RuleProblem, ...]) -> None:
        """Keep all ``problems``, in file order."""
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        """Return one line for each problem."""
        return "\n".join(str(problem) for problem in self.problems)


def reason(error: object) -> str:
    """Return what is said about an input that failed."""
    if isinstance(error, InputError):
        return error.message
    if isinstance(error, ExtractorError):
        return str(error)
    return f"internal error, please report it: {type(error).__name__}: {error}"
