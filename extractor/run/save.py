"""Save: documents to one file of any format, as a whole or not at all; a database can be added to."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from extractor.output import replaced, writing
from extractor.render.files import BASES, only_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from extractor.records import Document
    from extractor.render.files import Style


def save(documents: Iterator[Document], target: Path, style: Style) -> None:
    """Write ``documents`` to the file ``target``; where there are none, nothing is written.

    What was in a database stays, but for the rows of these sources.

    Raises UsageError where ``target`` cannot be written.
    """
    make = only_file(style)
    with writing(target):
        if style.form in BASES and target.is_file() and target.stat().st_size:
            with make(target) as file:
                for document in documents:
                    file.add(document)
            return
        with replaced(target) as draft:
            first = next(documents, None)
            if first is not None:
                with make(draft) as file:
                    for document in chain((first,), documents):
                        file.add(document)
