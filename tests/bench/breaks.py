"""Breaks: how many records a stray line break changes where nobody can tell it from the end of a heading.

Run ``python tests/bench/breaks.py [--number 20] [--seed 1] [--flat]``. A line break is put into the first sentence of
paragraphs of the fixtures, before any comma and outside of mentions, at so many random places a text. The records that
differ are counted by kind and field; one that is found only with or only without the break counts as `found`. With
``--flat`` the texts lose their indents and empty lines first, so that nothing but the words tells a paragraph.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import regex

from extractor import Extractor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor import Document

FIXTURES = Path(__file__).parents[2] / "fixtures"
LAYOUT = regex.compile(r"\n\s++")
FIRST = regex.compile(r"(?m)^[\p{Z}\t]*+(?:[\p{Han}0-9]++(?=[\p{Han}0-9]*+[，。；,]))(?=[^\r\n]*。)")


def places(text: str, document: Document) -> list[int]:
    """Return the places in the first clauses of paragraphs that lie inside no mention."""
    inside = {at for record in document.records() for at in range(record.start + 1, record.end)}
    found = (range(match.start() + 1, match.end()) for match in FIRST.finditer(text))
    return [at for span in found for at in span if at not in inside and not text[at - 1 : at + 1].isspace()]


def changed(text: str, at: int, document: Document, extractor: Extractor) -> Iterator[str]:
    """Yield kind and field of every record that a break at ``at`` changes."""
    found = extractor.extract(f"{text[:at]}\n{text[at:]}")
    own, other = (
        {
            (type(one).__name__, one.start - (one.start > at and broken)): one.model_dump(
                exclude={"id", "start", "end", "rule", "parent", "alias_of"}
            )
            for one in document.records()
        }
        for broken, document in ((False, document), (True, found))
    )
    for key in own.keys() | other.keys():
        if key not in own or key not in other:
            yield f"{key[0]}: found"
        else:
            yield from (f"{key[0]}: {field}" for field, value in own[key].items() if value != other[key][field])


def main() -> None:
    """Draw places, and print how many records each field of which is changed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--number", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--flat", action="store_true")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)  # noqa: S311 - repeatable
    extractor = Extractor()
    tally: Counter[str] = Counter()
    breaks = harmless = records = 0
    for path in sorted(FIXTURES.glob("*.txt")):
        text = path.read_bytes().decode()
        if arguments.flat:
            text = LAYOUT.sub("\n", text).lstrip()
        document = extractor.extract(text)
        near = places(text, document)
        for at in rng.sample(near, min(arguments.number, len(near))):
            fields = list(changed(text, at, document, extractor))
            breaks, harmless = breaks + 1, harmless + (not fields)
            records += sum(1 for _ in document.records())
            tally.update(fields)
    sys.stdout.write(f"{breaks} breaks, {harmless} of them change nothing; {records} records read\n")
    for field, number in tally.most_common():
        sys.stdout.write(f"{number:7} {field}\n")


if __name__ == "__main__":
    main()
