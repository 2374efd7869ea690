"""Furniture: what of a web page is not its text, judged by elements, roles, names of classes and share of links."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from lxml import etree
from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAGS = (
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "audio", "video", "map",
    "nav", "aside", "footer", "button", "select", "input", "textarea", "dialog", "menu", "head", "frameset", "link",
    "rp", "rt",
)  # fmt: skip
_ROLES = {
    "navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "toolbar", "tablist", "dialog",
}  # fmt: skip
_PAGE_PARTS = {"header", "footer"}  # titles that LibreOffice gives to what Word repeats on each page
# Words of class names and ids: those that say what it is, and those that may say where it is.
_SURE = {
    "nav", "navbar", "navigation", "breadcrumb", "breadcrumbs", "crumb", "crumbs", "footer", "foot", "copyright",
    "sidebar", "share", "bdshare", "jiathis", "qrcode", "ewm", "pager", "pagination", "friendlink", "friendlinks",
    "yqlj",
}  # fmt: skip
_NAMES = {
    "menu", "submenu", "location", "position", "dqwz", "bottom", "aside", "toolbar", "tools", "related", "recommend",
    "comment", "comments", "login", "search", "links", "banner", "topbar", "top", "header", "logo", "print",
    "fontsize", "popup", "cookie",
}  # fmt: skip
# Words and names of what holds the text of an article, those of the common editors of official sites among them.
_HOLDERS = {
    "ucap-content", "trs_editor", "trs_uedit_content", "view", "zoom", "zoomcon", "article", "article-content",
    "article_content", "articlecontent", "article-body", "news_content", "newscontent", "wp_articlecontent",
    "v_news_content", "pages_content", "xxgk_content", "detail-content", "detail_content", "con_text", "content",
    "main-content", "conttxt", "contentbox", "text-content",
}  # fmt: skip
# Characters that a page may have and that are not allowed in what is put into its tree.
_CONTROLS = {code: " " for code in (*range(32), 0xFFFE, 0xFFFF) if chr(code) not in "\t\n\r"}
_BLOCKS = ("div", "ul", "ol", "dl", "p", "section", "table", "tr", "td", "li", "center")
_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*|[A-Z]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MUCH = 0.4  # of the text: a part that has so much of it is no furniture where its name says little
_NEARLY_ALL = 0.8  # of the text: the same, whatever the name says
_MOST = 0.7  # of the text must be in what is taken for its holder, which may be one of several
_LINKED = 0.6  # of a block's characters in links make it a menu
_MENU = 3  # links that a menu has at least
_SHORTEST, _LONGEST = 6, 120  # characters of a title


class Part(Struct, frozen=True):
    """The element that holds the text, and the title where it stands outside."""

    root: etree._Element
    title: str | None = None


class _Weights:
    """How many characters each element has, how many of them in links, and how many links."""

    def __init__(self, page: etree._Element) -> None:
        self._sizes: dict[etree._Element, tuple[int, int, int]] = {}
        for _, element in etree.iterwalk(page, events=("end",)):
            size, linked, links = _size(element.text), 0, 0
            for below in element:
                inner, in_links, number = self._sizes.get(below, (0, 0, 0))
                size += inner + _size(below.tail)
                linked += in_links
                links += number
            self._sizes[element] = (size, size, links + 1) if element.tag == "a" else (size, linked, links)

    def size(self, element: etree._Element) -> int:
        """Return the characters of an element."""
        return self._sizes.get(element, (0, 0, 0))[0]

    def words(self, element: etree._Element) -> int:
        """Return the characters that are in no link."""
        size, linked, _ = self._sizes.get(element, (0, 0, 0))
        return size - linked

    def is_menu(self, element: etree._Element) -> bool:
        """Return whether an element is mostly links, and several."""
        size, linked, links = self._sizes.get(element, (0, 0, 0))
        return links >= _MENU and linked > _LINKED * size


def title_of(page: etree._Element) -> str | None:
    """Return the title of the article as official sites state it, else that of the page."""
    for meta in page.iter("meta"):
        if meta.get("name", "").lower() == "articletitle" and (title := str(meta.get("content", "")).strip()):
            return title
    element = next(page.iter("title"), None)
    return _words(element).strip() or None if element is not None else None


def remove_furniture(page: etree._Element) -> None:
    """Take out of ``page`` what is not text, then what is furniture by its name, then menus."""
    _drop(element for element in page.iter(*_TAGS))
    _drop(element for element in page.iter("*") if _is_hidden(element))
    weights = _Weights(page)
    total = weights.words(page)
    much = _MUCH * total
    _drop(one for one in page.iter("*") if (share := _share(one)) and weights.words(one) < max(share * total, 1))
    _drop(_around(one, weights, much) for one in page.iter("a") if "beian" in one.get("href", ""))
    weights = _Weights(page)
    if weights.words(page) >= _SHORTEST:
        _drop(one for one in page.iter(*_BLOCKS) if weights.is_menu(one) and weights.words(one) < much)


def main_part(page: etree._Element, title: str | None) -> Part:
    """Return what holds the text: the smallest holder with most of it, else the body."""
    weights = _Weights(page)
    body = page if page.tag == "body" else page.find("body")
    body = page if body is None else body
    most = _MOST * weights.words(body)
    holders = [one for one in body.iter("*") if _is_holder(one) and weights.words(one) >= max(most, 1)]
    root = min(holders, key=weights.words, default=body)
    return Part(root, _outside(body, root, title, weights))


def _outside(body: etree._Element, root: etree._Element, title: str | None, weights: _Weights) -> str | None:
    """Return the title where ``root`` does not have it: a heading before it that the page's title repeats."""
    inside = _plain(_words(root))
    wanted = _plain(title or "")
    before = takewhile(lambda one: one is not root, body.iter("*"))
    for one in before if root is not body else ():
        text = _plain(_words(one)) if weights.size(one) <= _LONGEST else ""
        is_heading = one.tag in ("h1", "h2", "h3") or (len(text) >= _SHORTEST and text in wanted)
        if is_heading and len(text) >= _SHORTEST and text not in inside:
            return " ".join(_words(one).split())
    return None


def _words(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


def _around(link: etree._Element, weights: _Weights, much: float) -> etree._Element:
    """Return the largest block around the link to the register of sites that still has little text: the footer."""
    block = link
    for above in link.iterancestors():
        if above.tag in ("body", "html") or weights.words(above) >= much:
            break
        block = above
    return block


def _drop(elements: Iterator[etree._Element]) -> None:
    """Take out the elements with all below them; the text behind each stays."""
    for element in list(elements):
        parent = element.getparent()
        if parent is None or element.tag in ("body", "html"):
            continue
        if element.tail:
            before = element.getprevious()
            if before is None:
                parent.text = ((parent.text or "") + element.tail).translate(_CONTROLS)
            else:
                before.tail = ((before.tail or "") + element.tail).translate(_CONTROLS)
        parent.remove(element)


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and _HIDDEN.search(style) is not None)


def _share(element: etree._Element) -> float:
    """Return up to which share of the text an element is furniture by its name; 0 where the name does not say so."""
    if element.get("role", "") in _ROLES or element.get("title", "") in _PAGE_PARTS:
        return _NEARLY_ALL
    name = f"{element.get('class', '')} {element.get('id', '')}"
    words = {word.lower() for word in _WORD.findall(name)} if len(name) > 1 else set()
    return _NEARLY_ALL if not _SURE.isdisjoint(words) else _MUCH if not _NAMES.isdisjoint(words) else 0.0


def _is_holder(element: etree._Element) -> bool:
    if element.tag in ("article", "main") or element.get("role") == "main" or element.get("itemprop") == "articleBody":
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}".lower().split()
    return not _HOLDERS.isdisjoint(names)


def _plain(text: str) -> str:
    return "".join(text.split())


def _size(text: str | None) -> int:
    return len(text.strip()) if text else 0
