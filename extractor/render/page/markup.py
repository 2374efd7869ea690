"""Markup: text and attributes to HTML in which every character of the text is inert, and seen."""

from __future__ import annotations

import unicodedata
from functools import cache

_KEPT = "\t\n\r"
_BLOCKS = (
    range(0x3000),
    range(0xD7FC, 0x11100),
    range(0x13430, 0x13440),
    range(0x1BC00, 0x1BD00),
    range(0x1D100, 0x1D200),
    range(0xE0000, 0xE0080),
)
# Characters that print nothing though they are letters, marks or symbols to Unicode.
_BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u2028\u2029\u2800\u3164\uffa0"
_VOID = frozenset({"meta", "link", "input", "rect", "line", "path"})


class Html(str):
    """Markup; a plain ``str`` is text and is escaped wherever it meets markup."""

    __slots__ = ()


def element(name: str, /, *children: str | None, **attributes: object) -> Html:
    """Return an element; None children and attributes that are None or False are left out.

    >>> element("a", "x<y", href="#c1", class_="jump", hidden=True)
    '<a href="#c1" class="jump" hidden>x&lt;y</a>'
    """
    pairs = "".join(
        _attribute(key, value) for key, value in attributes.items() if value is not None and value is not False
    )
    if name in _VOID:
        return Html(f"<{name}{pairs}>" if name not in ("rect", "line", "path") else f"<{name}{pairs}/>")
    return Html(f"<{name}{pairs}>{joined(*children)}</{name}>")


def joined(*children: str | None) -> Html:
    """Return the children one after the other, text escaped."""
    return Html(
        "".join(child if isinstance(child, Html) else escaped(child) for child in children if child is not None)
    )


def escaped(text: str) -> Html:
    """Return ``text`` as markup that shows it, character for character; invisible characters get a visible sign.

    The characters themselves stay, each isolated, so that none acts on what stands beside it.
    """
    return Html(text.translate(_signs()))


def plain(text: str) -> str:
    """Return ``text`` with names in the place of invisible characters, for where no markup is read."""
    return text.translate(_names())


@cache
def invisible() -> tuple[str, ...]:
    """Return the characters that steer or hide what is read: controls, formats and blank letters."""
    coded = (chr(code) for block in _BLOCKS for code in block)
    steering = [character for character in coded if unicodedata.category(character) in ("Cc", "Cf")]
    return tuple(character for character in (*steering, *_BLANKS) if character not in _KEPT)


@cache
def _signs() -> dict[int, str]:
    signs = {ord(character): _sign(character) for character in invisible()}
    entities = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\r": "&#13;"}
    return signs | {ord(character): entity for character, entity in entities.items()}


@cache
def _names() -> dict[int, str]:
    return {ord(character): f"[{_name(character)}]" for character in invisible()}


def _sign(character: str) -> str:
    """Return the character with its name beside it; NUL, which no page can hold, by name only."""
    held = "" if character == "\0" else character
    return f'<bdi class="sign" data-sign="{_name(character)}">{held}</bdi>'


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"


def _attribute(key: str, value: object) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    text = plain(str(value)).translate({38: "&amp;", 60: "&lt;", 62: "&gt;", 34: "&quot;", 13: "&#13;", 10: "&#10;"})
    return f' {name}="{text}"'
