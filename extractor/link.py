"""Link: quantities and the clauses they stand in to item, action, indicator, actor, period, change and parent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.meaning.clauses import sentences
from extractor.meaning.lexicon import lexicon
from extractor.meaning.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.findings import Context, CountFinding, DateFinding, RegulationFinding, UnitFinding
    from extractor.ruleset import RuleSet


def link(
    text: str,
    counts: Sequence[CountFinding],
    dates: Sequence[DateFinding],
    units: Sequence[UnitFinding],
    regulations: Sequence[RegulationFinding],
    context: Context,
    rules: RuleSet,
) -> tuple[CountFinding, ...]:
    """Return ``counts`` with the fields that the clause gives."""
    words = lexicon(rules)
    reader = Reader(text, words)
    out = list(counts)
    for number, sentence in enumerate(sentences(text, counts, dates, units, rules.pattern("meaning.sentence_end"), words)):
        for reading in reader.sentence(sentence, number, counts):
            ref = reading.clause.tokens[reading.place].ref
            out[ref] = replace(
                reading.count,
                item="".join(text[a:b] for a, b in reading.item) or None,
                action=text[slice(*reading.action)] if reading.action else None,
                change=(reading.direction, None) if reading.direction else None,
            )
    return tuple(out)
