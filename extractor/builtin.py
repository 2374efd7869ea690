"""Where the rules that come with the package lie: in the wheel inside it, in a checkout beside it."""

from __future__ import annotations

from pathlib import Path

_INSTALLED = Path(__file__).parent / "rules"
BUILTIN = _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parent.parent / "rules"
