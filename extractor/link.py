"""Link: quantities and the clauses they stand in to item, action, indicator, actor, period, change and parent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extractor.meaning.actors import actor
from extractor.meaning.change import baseline
from extractor.meaning.clauses import sentences
from extractor.meaning.indicators import Indicators, vocabulary
from extractor.meaning.lexicon import lexicon
from extractor.meaning.outline import outline
from extractor.meaning.parents import Passage, Totals
from extractor.meaning.periods import Periods, leading
from extractor.meaning.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.meaning.reading import Reading
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
    stops = [*(match.end() for match in rules.pattern("meaning.sentence_end").finditer(text)), len(text)]
    leads = leading(text, dates, stops, rules.pattern("meaning.lead"))
    above = outline(text, rules)
    periods = Periods(text, dates, context, above, words, leads)
    readings: list[Reading] = []
    passages: list[Passage] = []
    out = list(counts)
    for number, sentence in enumerate(sentences(text, counts, dates, units, stops, rules.pattern("meaning.enumerator"), words)):
        found = reader.sentence(sentence, number, counts)
        first = len(readings)
        readings += sorted(found, key=lambda reading: reading.count.at)
        passages.append(Passage(sentence, first, len(readings), text.count("\n", 0, sentence.at)))
    known = vocabulary(rules)
    orders = {verb: stages[0].order for verb, stages in known.by_action.items() if stages[0].order}
    totals = Totals(text, words, orders, readings, passages).find()
    refs = [reading.clause.tokens[reading.place].ref for reading in readings]
    indicators = Indicators(text, known, words, above, context.title)
    for passage in passages:
        clauses = passage.sentence.clauses
        for position in range(passage.first, passage.last):
            reading = readings[position]
            earlier = clauses[: clauses.index(reading.clause)]
            total = totals.get(position)
            out[refs[position]] = replace(
                reading.count,
                item="".join(text[a:b] for a, b in reading.item) or None,
                action=text[slice(*reading.action)] if reading.action else None,
                indicator=indicators.of(
                    reading, None if total is None else readings[total], earlier, passage.paragraph
                ),
                actor=actor(text, reading, earlier, units, context.issuer, words),
                period=periods.of(reading, earlier),
                change=(reading.direction, baseline(text, reading, earlier, dates, words)) if reading.direction else None,
                parent=None if total is None else refs[total],
            )
    return tuple(out)
