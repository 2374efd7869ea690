"""Sample: a folder of texts to records of one kind drawn at random, with their surroundings, for judging by reading.

Run ``python tests/bench/sample.py --kind counts --number 150 --seed 1 [--corpus DIR]``. Each record is printed
with its source, its span marked by ⟦ ⟧ and the fields that are set. The same seed over the same folder draws
the same records, as long as the extractor finds the same.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from extractor import Extractor, ExtractorError
from extractor.choices import KINDS
from extractor.engine import kind_named
from extractor.read import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.records import Record

ROOT = Path(__file__).parent.parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
AROUND = 40
PLACE = {"id", "start", "end", "text"}  # shown by the mark


def texts(corpus: Path) -> Iterator[tuple[str, str]]:
    """Yield name and text of every readable text file below ``corpus``, in order of the names."""
    for path in sorted(corpus.rglob("*.txt")):
        try:
            yield str(path.relative_to(corpus)), read(str(path)).text
        except ExtractorError as error:
            sys.stderr.write(f"{error}\n")


def shown(name: str, text: str, record: Record) -> str:
    """Return one record with its surroundings on one line and its fields on the next."""
    before = text[max(0, record.start - AROUND) : record.start]
    after = text[record.end : record.end + AROUND]
    line = f"{before}⟦{record.text}⟧{after}".replace("\r", "").replace("\n", "↵").replace("\t", "→")
    given = record.model_dump(exclude=PLACE)
    fields = (f"{field}={value}" for field, value in given.items() if value is not None and value != ())
    return f"[{name} @{record.start}] {line}\n    {' '.join(fields)}"


def draw(corpus: Path, kind: str, number: int, seed: int) -> list[str]:
    """Return ``number`` records of ``kind``, each shown, drawn from all that the texts of ``corpus`` give."""
    extractor = Extractor(only=(kind_named(kind),))
    found = [
        (name, text, record) for name, text in texts(corpus) for record in extractor.extract(text, name=name).records()
    ]
    drawn = random.Random(seed).sample(found, min(number, len(found)))  # noqa: S311 - repeatable, not secret
    return [shown(*one) for one in drawn]


def main() -> None:
    """Draw and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kind", choices=KINDS, default="counts")
    parser.add_argument("--number", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    arguments = parser.parse_args()
    drawn = draw(arguments.corpus, arguments.kind, arguments.number, arguments.seed)
    for number, one in enumerate(drawn, 1):
        sys.stdout.write(f"{number}. {one}\n")


if __name__ == "__main__":
    main()
