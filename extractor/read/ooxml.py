"""OOXML: elements and attributes by their local names, as the two namespaces of the standard have the same ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_FALSE = {"0", "false", "off"}


def local(element: etree._Element) -> str:
    """Return the name of ``element`` without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(parent: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """Yield the children called ``name``; none where there is no parent."""
    if parent is not None:
        yield from (element for element in parent if local(element) == name)


def child(parent: etree._Element | None, name: str) -> etree._Element | None:
    """Return the first child called ``name``; None where there is none, or no parent."""
    return next(children(parent, name), None)


def value(element: etree._Element | None, name: str) -> str:
    """Return the attribute called ``name``, empty where there is none, or no element."""
    if element is None:
        return ""
    return next((str(text) for key, text in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def flag(parent: etree._Element | None, name: str) -> bool:
    """Return whether the property called ``name`` is set."""
    element = child(parent, name)
    return element is not None and value(element, "val").lower() not in _FALSE
