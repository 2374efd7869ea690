"""Engine: one text through all stages, normalise → split → scan → parse → resolve → link → check, to a Document."""

from __future__ import annotations

import gc
import hashlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from extractor import check, contract, counts, dates, link, regulations, resolve, torn, units
from extractor.builtin import BUILTIN
from extractor.choices import KINDS
from extractor.errors import InputError, UsageError
from extractor.exact import to_json
from extractor.findings import mask
from extractor.labels import TABLES, labels_of
from extractor.meaning.outline import sentence_ends
from extractor.normalise import Normal, normalise
from extractor.parallel import each, tried
from extractor.read import Text
from extractor.ruleset import RuleSet, Vocabulary, chosen, store
from extractor.shape import Found, report
from extractor.split import split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from extractor.choices import Kind
    from extractor.findings import CheckFinding, Section
    from extractor.records import Document

VOCABULARY: Vocabulary = {
    "count": counts.PARSERS,
    "date": dates.PARSERS,
    "unit": units.PARSERS,
    "regulation": regulations.PARSERS,
}


def kind_named(name: str) -> Kind:
    """Return the kind of record called ``name``; UsageError where there is none."""
    return chosen("kind", name, KINDS)


@lru_cache(maxsize=8)
def rules_of(directories: tuple[Path, ...] = ()) -> RuleSet:
    """Return the built-in rules with those of ``directories`` added; RuleError where they cannot be used.

    They are made ready once, with all patterns and what their own examples ask for, and kept for the next start.
    """
    file = store.place((BUILTIN, *directories))
    ruleset = store.load(file)
    if ruleset is None:
        from extractor.ruleset.loading import load  # noqa: PLC0415 - rules that are kept ready need none of it

        ruleset = load((BUILTIN, *directories), VOCABULARY, trusted=(BUILTIN,))
        if file is not None and store.can_save(file):
            examples = (one.text for rule in ruleset.rules for one in rule.matches)
            Extractor(loaded=ruleset).to_json(Text("examples", "\n".join(examples), "utf-8", ""))
            for name in ruleset.patterns:
                ruleset.pattern(name)
            store.save(file, ruleset)
    return ruleset


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the garbage collector from looking through what a document makes, which holds no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(frozen=True)
class Extractor:
    """A reusable extractor: immutable, picklable, safe to share between threads.

    ``only`` limits the kinds of record that are returned. ``reference_date`` (``2022``, ``2022-06`` or
    ``2022-06-30``) is what 今年 and 本月 mean; None takes it from the text. ``rules`` are directories
    whose rules and tables are added to the built-in ones; ``loaded`` is a rule set to use in place of all these.

    Raises UsageError for an unknown kind or date, RuleError for rules that cannot be used.
    """

    only: tuple[Kind, ...] = KINDS
    reference_date: str | None = None
    rules: tuple[Path, ...] = field(default=())
    loaded: RuleSet | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Check the arguments."""
        for kind in self.only:
            kind_named(kind)
        if self.reference_date is not None:
            resolve.reference(self.reference_date)
        if self.loaded is None:
            rules_of(self.rules)

    @property
    def ruleset(self) -> RuleSet:
        """Return the rules in use."""
        return rules_of(self.rules) if self.loaded is None else self.loaded

    @property
    def labels(self) -> Mapping[str, str]:
        """Return what each indicator is called, those of the user's tables too."""
        domains, stages = (self.ruleset.table(name).rows() for name in TABLES)
        return labels_of(domains, stages)

    def extract(
        self, text: str | Text, *, name: str = "text", encoding: str = "utf-8", sha256: str | None = None
    ) -> Document:
        """Return everything found in ``text``, or in a Text as ``extractor.read`` gives it, which describes itself.

        ``name``, ``encoding`` and ``sha256`` describe the source of a string; without ``sha256`` it is that of the
        text in UTF-8. Raises InputError for a text that no encoding can hold (a lone surrogate).
        """
        return _document(self._fields(text if isinstance(text, Text) else _described(text, name, encoding, sha256)))

    def to_json(self, text: Text, indent: int | None = None) -> str:
        """Return ``extract(text).to_json(indent)``: what a Document may hold is written as it was found."""
        fields = self._fields(text)
        contract.validator(self.ruleset).validate_python(fields)
        return to_json(fields, indent)

    @_no_collection()
    def _fields(self, text: Text) -> Mapping[str, object]:
        """Return the fields of the Document, as ``shape`` gives those of its reports."""
        locate = text.locate if text.places else None
        normal = normalise(text.text, self.ruleset)
        reports = tuple(report(normal, found, self.only, locate) for found in self.find(normal))
        return {
            "schema_version": "1",
            "source": {
                "name": text.name, "sha256": text.sha256, "encoding": text.encoding, "characters": len(text.text),
            },
            "reports": reports,
        }  # fmt: skip

    def stream(
        self, texts: Iterable[str | Text], *, jobs: int = 1, failed: Callable[[str, Exception], object] | None = None
    ) -> Iterator[Document]:
        """Yield a Document for each text, in order; the first is called "text 1". ``texts`` may have no end.

        With more than one of ``jobs`` as many processes do the work. A text that cannot be done, or that ended the
        process working on it, is given to ``failed`` by its name with the reason, and the rest goes on; without
        ``failed`` the reason is raised.
        """
        if jobs < 1:
            raise UsageError(f"{jobs} jobs; give 1 or more")
        return self._documents(texts, jobs, failed)

    def _documents(
        self, texts: Iterable[str | Text], jobs: int, failed: Callable[[str, Exception], object] | None
    ) -> Iterator[Document]:
        named = (
            (text.name if isinstance(text, Text) else f"text {number}", text) for number, text in enumerate(texts, 1)
        )
        for (name, _), fields in each(self._named, named, jobs):
            found = fields if isinstance(fields, Exception) else tried(_document, fields)
            if not isinstance(found, Exception):
                yield found
            elif failed is None:
                raise found
            else:
                failed(name, found)

    def _named(self, source: tuple[str, str | Text]) -> Mapping[str, object]:
        """Return the fields of a document, which travel between processes at less cost than it does."""
        name, text = source
        return self._fields(text if isinstance(text, Text) else _described(text, name))

    def find(self, normal: Normal) -> tuple[Found, ...]:
        """Return what every stage found, section by section, before it becomes records."""
        rules = self.ruleset
        sections = split(normal.text, rules)
        found = [self._section(normal, section, rules) for section in sections]
        twins = check.duplicates([one.text for one in found])
        return tuple(_with_checks(one, extra) for one, extra in zip(found, twins, strict=True))

    def _section(self, normal: Normal, section: Section, rules: RuleSet) -> Found:
        text = normal.text[section.at : section.end]
        cited = regulations.find(text, rules, section.title, normal.written(section.at, section.end))
        readable = mask(text, [*cited.blocked, *regulations.links(text, rules)])
        raw, dated = torn.dates(readable, rules)
        organisations = torn.units(mask(readable, dated), rules)
        context = resolve.context(text, section, raw, organisations, self.reference_date, rules)
        calendar = resolve.dates(raw, context)
        quantities = torn.counts(mask(readable, [*cited.numbers, *dated]), rules)
        citations = regulations.with_issuers(cited.findings, organisations, text, rules)
        stops = sentence_ends(text, rules) if quantities else ()
        linked = link.link(text, quantities, calendar, organisations, stops, context, rules)
        checks = check.check(text, linked, calendar, citations, stops, rules)
        return Found(section, text, context.issuer, context.period, linked, calendar, organisations, citations, checks)


def extract(
    text: str | Text,
    *,
    only: Sequence[Kind] = KINDS,
    reference_date: str | None = None,
    rules: Sequence[Path] = (),
    name: str = "text",
) -> Document:
    """Return everything found in ``text``; for many texts, keep an Extractor.

    >>> document = extract("全年收到行政复议申请105件，受理39件。")
    >>> [(count.action, int(count.value), count.unit) for count in document.reports[0].counts]
    [('收到', 105, '件'), ('受理', 39, '件')]
    """
    return Extractor(tuple(only), reference_date, tuple(rules)).extract(text, name=name)


@_no_collection()
def _document(fields: Mapping[str, object]) -> Document:
    from extractor.records import Document  # noqa: PLC0415 - the models are built when there is a text

    return Document.model_validate(fields)


def _described(text: str, name: str, encoding: str = "utf-8", sha256: str | None = None) -> Text:
    return Text(name, text, encoding, sha256 or hashlib.sha256(_bytes_of(text, name)).hexdigest())


def _bytes_of(text: str, name: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"not a text: lone surrogate at offset {error.start}; decode it anew", name) from None


def _with_checks(found: Found, extra: Sequence[CheckFinding]) -> Found:
    return replace(found, checks=(*found.checks, *extra)) if extra else found
