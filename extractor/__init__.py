"""Counts, dates, organisations and cited regulations from Chinese government text, as validated records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.errors import ExtractorError

if TYPE_CHECKING:
    from extractor.engine import Extractor, extract
    from extractor.records import Document

__all__ = ["Document", "Extractor", "ExtractorError", "__version__", "extract"]
__version__ = "0.1.0"

_HOMES = {"Extractor": "extractor.engine", "extract": "extractor.engine", "Document": "extractor.records"}


def __getattr__(name: str) -> object:
    """Import the engine and the records when first used, so that ``import extractor`` costs nothing."""
    if name in _HOMES:
        from importlib import import_module  # noqa: PLC0415 - lazy on purpose

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'extractor' has no attribute {name!r}")
