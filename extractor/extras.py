"""Extras: a library that an optional format needs, or one line that says how to get it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from extractor.errors import UsageError

if TYPE_CHECKING:
    from types import ModuleType


def need(module: str, extra: str, purpose: str) -> ModuleType:
    """Return the imported ``module``; UsageError naming the ``extra`` that installs it where it is missing."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != module.partition(".")[0]:
            raise
        raise UsageError(missing(module, extra, purpose)) from None


def missing(module: str, extra: str, purpose: str) -> str:
    """Return the line that says how to get ``module``."""
    return f"{purpose} needs {module}, which is not installed: pip install 'gov-text-extractor[{extra}]'"
