"""Shell: content to the whole page, its styles and scripts inside, under a policy that allows no others."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.render.page.markup import Html, element, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

_ASSETS = Path(__file__).parent / "assets"


def page(title: str, language: str, scripts: Sequence[str], *content: str) -> Html:
    """Return the page. ``scripts`` are names of asset files, which run as one script in this order."""
    style = _asset("page.css")
    script = "\n".join(_asset(name) for name in scripts)
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("link", rel="icon", href="data:,"),  # or a browser asks for one
        element("title", title),
        element("style", Html(style)),
    )
    body = element("body", *content, element("script", Html(script)))
    return joined(Html("<!doctype html>\n"), element("html", head, Html("\n"), body, lang=language), Html("\n"))


@cache
def _asset(name: str) -> str:
    return "\n" + (_ASSETS / name).read_text(encoding="utf-8")


@cache
def _digest(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
