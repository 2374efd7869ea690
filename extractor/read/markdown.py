"""Markdown: its text without markup, headings, list items and rows of tables as lines of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from extractor.read.decode import text_of
from extractor.read.model import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from extractor.read.model import Blob, Options, Text

_BREAKS = ("softbreak", "hardbreak")
_VERBATIM = ("fence", "code_block", "html_block")


def texts(blob: Blob, options: Options, _depth: int) -> Iterator[Text]:
    """Yield the text of the document."""
    data = blob.data()
    source, encoding = text_of(data, options.encoding, blob.name)
    yield _lines(MarkdownIt("commonmark").enable("table").parse(source)).text(blob.name, data, encoding)


def _lines(tokens: Sequence[Token]) -> Lines:
    """Return the lines of the document, each with that of the file it began in."""
    lines = Lines()
    number = ""  # of a list item whose text is yet to come
    cells: list[str] | None = None  # of the row that is being read
    line = 1
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        if token.type == "list_item_open":
            number = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            lines.add("\t".join(cells or ()), f"line {line}")
            cells = None
        elif token.type == "inline" and cells is not None:
            cells.append(_inline(token.children or ()).replace("\n", " "))
        elif token.type == "inline" or token.type in _VERBATIM:
            content = token.content if token.type in _VERBATIM else number + _inline(token.children or ())
            for offset, one in enumerate(content.split("\n")):
                lines.add(one, f"line {line + offset}")
            number = ""
    return lines


def _inline(tokens: Sequence[Token]) -> str:
    """Return the words of a paragraph: images left out, links as what they show."""
    return "".join("\n" if token.type in _BREAKS else _words(token) for token in tokens if token.type != "image")


def _words(token: Token) -> str:
    # CommonMark does not see the end of **共105件，**其中 because it stands between a comma and a letter
    return token.content.replace("**", "") if token.type == "text" else token.content
