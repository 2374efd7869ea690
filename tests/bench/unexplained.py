"""Unexplained: what looks like a mention, is in no record, and that no rule passes over by name.

Run ``python tests/bench/unexplained.py [--number 20] [--seed 1] [--corpus DIR]``. Of texts drawn at random it takes
every numeral, every 《, every 年, 月 and 日 and every word that ends the name of an organisation. Each is explained by
the record or the masked stretch that it lies in (titles, numbers, provisions, links, dates), by a pattern that passes
over it while counts are read (``no_count.*``), by one that shows that a date is of every year, by one that says what it
is instead (``no_measure.*``, ``no_date.*``, ``no_unit.*``), because a statute means any body of that sort by it, or
because a line break has torn a name, of which neither half is read. The rest is listed for reading.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import regex
from sample import AROUND, CORPUS, texts

from extractor import counts, dates, regulations, units
from extractor.engine import Extractor
from extractor.findings import mask
from extractor.normalise import normalise
from extractor.seams import parted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.ruleset import RuleSet
    from extractor.shape import Found

LOOKS = {
    "numeral": r"[0-9]++(?:,[0-9]{3}(?![0-9]))*+(?:\.[0-9]++)*+"
    r"|[〇零一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟半几双]++",
    "title": "《",
    "date": "[年月日]",
    "organisation": r"(?<=\p{Han})(?:政府|法院|检察院|委员会|局|厅|办公室|公司|银行|医院|学校|大学|协会|人大|政协)",
}
REASONS = {"numeral": "no_measure.", "date": "no_date.", "organisation": "no_unit."}
RECORD, MASKED, ANY = "a record", "masked for later stages", "any body of the sort, in a statute"
TORN = "torn by a line break"


def explained(found: Found, extractor: Extractor) -> Iterator[tuple[int, int, str]]:
    """Yield every stretch of the text that is accounted for, with what accounts for it."""
    text, rules = found.text, extractor.ruleset
    for findings in (found.counts, found.dates, found.units, found.regulations):
        yield from ((one.at, one.end, RECORD) for one in findings)
    cited = regulations.find(text, rules, found.section.title)
    titles = [*cited.blocked, *regulations.links(text, rules)]
    readable = mask(text, titles)
    dated = [(raw.at, raw.end) for raw in dates.scan(readable, rules)]
    yield from ((at, end, MASKED) for at, end in (*titles, *cited.numbers, *dated))
    yield from dates.passed_over(readable, rules)
    yield from counts.passed_over(mask(readable, [*cited.numbers, *dated]), rules)
    readable = mask(readable, dated)
    yield from ((at, end, ANY) for at, end in units.passed_over(readable, rules))
    torn = parted(readable, _units(readable, rules), lambda joined: _units(joined, rules))
    yield from ((one.at, one.end, TORN) for one in torn)


def _units(text: str, rules: RuleSet) -> list[tuple[int, int]]:
    return [(one.at, one.end) for one in units.find(text, rules)]


def unexplained(text: str, extractor: Extractor, tally: Counter[str]) -> Iterator[tuple[str, str]]:
    """Yield kind and surroundings of what nothing accounts for; ``tally`` counts the reasons of the rest."""
    for found in extractor.find(normalise(text)):
        reasons: dict[int, str] = {}
        for at, end, reason in explained(found, extractor):
            for place in range(at, end):
                reasons.setdefault(place, reason)
        for kind, pattern in LOOKS.items():
            own = named(found.text, kind, extractor) | reasons
            for match in regex.finditer(pattern, found.text):
                why = {own.get(place) for place in range(*match.span())}
                if None in why:
                    yield kind, _shown(found.text, *match.span())
                tally.update(f"{kind}: {reason or 'nothing'}" for reason in why)


def named(text: str, kind: str, extractor: Extractor) -> dict[int, str]:
    """Return by place the pattern that says what it is in place of a mention of ``kind``."""
    prefix = REASONS.get(kind)
    names = [name for name in extractor.ruleset.patterns if prefix and name.startswith(prefix)]
    found: dict[int, str] = {}
    for name in reversed(names):
        for match in extractor.ruleset.pattern(name).finditer(text):
            found |= dict.fromkeys(range(*match.span()), name)
    return found


def _shown(text: str, at: int, end: int) -> str:
    line = f"{text[max(0, at - AROUND) : at]}⟦{text[at:end]}⟧{text[end : end + AROUND]}"
    return line.replace("\n", "↵").replace("\t", "→")


def main() -> None:
    """Draw texts and print what is unexplained in them, then the reasons of the rest with their number."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--number", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    arguments = parser.parse_args()
    drawn = list(texts(arguments.corpus))
    drawn = random.Random(arguments.seed).sample(drawn, min(arguments.number, len(drawn)))  # noqa: S311 - repeatable
    extractor = Extractor()
    tally: Counter[str] = Counter()
    for name, text in drawn:
        for kind, around in unexplained(text, extractor, tally):
            sys.stdout.write(f"{kind:12} [{name}] {around}\n")
    for reason, number in sorted(tally.items()):
        sys.stdout.write(f"{number:7} {reason}\n")


if __name__ == "__main__":
    main()
