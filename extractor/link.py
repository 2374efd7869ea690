"""Link: quantities and the clauses they stand in to item, action, indicator, actor, period, change and parent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.findings import CountFinding
from extractor.meaning.actors import Actors
from extractor.meaning.breakdown import Breakdown
from extractor.meaning.change import baseline
from extractor.meaning.clauses import Scanner
from extractor.meaning.headings import Headings
from extractor.meaning.indicators import Indicators, office_of
from extractor.meaning.lexicon import lexicon
from extractor.meaning.memory import Memory
from extractor.meaning.outline import outline
from extractor.meaning.parents import Parents, Passage
from extractor.meaning.periods import Periods, leading
from extractor.meaning.reading import Reader
from extractor.meaning.readings import THINGS
from extractor.meaning.tables import Measures, tables
from extractor.meaning.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extractor.findings import Context, DateFinding, UnitFinding
    from extractor.meaning.clauses import Clause, Sentence
    from extractor.meaning.outline import Outline
    from extractor.meaning.readings import Reading
    from extractor.meaning.vocabulary import Vocabulary
    from extractor.ruleset import RuleSet

_SUM = 100_000_000  # no smaller number is said of money without 元
_BACK = 40  # clauses of a sentence that a count is read with, at most


def link(
    text: str,
    counts: Sequence[CountFinding],
    dates: Sequence[DateFinding],
    units: Sequence[UnitFinding],
    stops: Sequence[int],
    context: Context,
    rules: RuleSet,
) -> tuple[CountFinding, ...]:
    """Return ``counts`` with the fields that the clause gives; ``stops`` are where sentences end."""
    if not counts:
        return ()
    words, known, above = lexicon(rules), vocabulary(rules), outline(text, rules)
    scanner = Scanner(text, words, stops, rules.pattern("meaning.enumerator"))
    passages, readings = _read(scanner.sentences(counts, dates, units), scanner, counts, above, known)
    parents = Parents(Breakdown(text, words, readings), known.orders, known.endings, passages).find()
    office = office_of(context.title, context.issuer, known, rules.pattern("meaning.report_title"))
    indicators = Indicators(text, known, words, above, context.title, office)
    actors = Actors(text, words, units, context.issuer)
    periods = Periods(text, dates, context, above, words, leading(text, dates, stops, rules.pattern("meaning.lead")))
    out = list(counts)
    refs = [reading.clause.tokens[reading.place].ref for reading in readings]
    for passage, position, earlier in _places(passages, readings):
        reading, total = readings[position], parents.get(position)
        parent = None if total is None else readings[total]
        item = "".join([text[at:end] for at, end in reading.item])
        if parent and reading.action is None and parent.count.dimension in THINGS and reading.is_noun:
            # 受理 41 件, 其中 治安处罚 18 件; but 其中 败诉案件 3 件
            reading.action = None if known.tells_outcome(item) else parent.action
        grown = baseline(text, reading, earlier, dates, words) if reading.direction else None
        count = reading.count
        valued = count.unit is None and (count.value or 0) >= _SUM and item.endswith(words.valued)  # GDP 突破 126 万亿
        out[refs[position]] = CountFinding(  # written out: dataclasses.replace takes five times as long
            count.at, count.end, count.rule, count.value, count.lower, count.upper,
            count.qualifier, count.unit, "money" if valued else count.dimension, count.fraction,
            item=item or None,
            action=words.action(text[slice(*reading.action)]) if reading.action else None,
            indicator=indicators.of(reading, item, parent, earlier, passage.paragraph),
            actor=actors.of(reading),
            period=periods.of(reading, earlier, out[refs[total]].period if total is not None else None),
            change=(reading.direction, grown) if reading.direction else None,
            parent=None if total is None else refs[total],
        )  # fmt: skip
    measures = Measures(rules)
    cells = tables(text, counts, measures)
    if cells:
        headings = Headings(text, dates, units, known, words, above, measures, rules, {})
        for place, cell in cells.items():
            out[place] = headings.told(cell, out[place])
    return tuple(out)


def _read(
    sentences: Iterable[Sentence], scanner: Scanner, counts: Sequence[CountFinding], above: Outline, known: Vocabulary
) -> tuple[list[Passage], list[Reading]]:
    """Return the sentences with counts, and the readings of these by position."""
    reader = Reader(scanner.text, scanner.lexicon, Memory(scanner.text, scanner.lexicon))
    passages: list[Passage] = []
    readings: list[Reading] = []
    paragraph = at = 0
    for number, sentence in enumerate(sentences):
        parts = above.parts_between(at, sentence.end)
        if any(known.about(scanner.text[part.at : part.end]) for part in parts):
            reader.memory.forget()  # a part about something else
        paragraph += scanner.text.count("\n", at, sentence.at)
        at = sentence.at
        first = len(readings)
        readings += sorted(reader.sentence(sentence, number, counts), key=lambda one: one.count.at)
        passages.append(Passage(sentence, first, len(readings), paragraph))
    return passages, readings


def _places(
    passages: Iterable[Passage], readings: Sequence[Reading]
) -> Iterator[tuple[Passage, int, tuple[Clause, ...]]]:
    """Yield each reading's sentence, its position, and the clauses of the sentence before its own."""
    for passage in passages:
        clauses = passage.sentence.clauses
        place = {id(clause): number for number, clause in enumerate(clauses)}
        for position in range(passage.first, passage.last):
            number = place[id(readings[position].clause)]
            yield passage, position, clauses[max(0, number - _BACK) : number]
