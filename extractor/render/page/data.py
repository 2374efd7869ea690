"""Data: a document to the JSON that a page's script reads, and that no parser of HTML takes for markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from extractor.render.page.markup import Html
from extractor.render.page.text import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from extractor.records import Document, Report
    from extractor.render.page.look import Look

_SPOKEN = (
    "kind.", "field.", "qualifier.", "dimension.", "granularity.", "date.", "part.", "unit.", "level.", "status.",
    "change.", "check.", "page.",
)  # fmt: skip
# ``<`` ends a script or opens a comment in one; the others end a line in old scripts
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def data(document: Document, look: Look) -> Html:
    """Return the records, what is unknown left out, with the words, the rules and the checks they are shown with."""
    records = [record for report in document.reports for record in _records(report)]
    used = {str(record["rule"]) for record in records}
    codes = {count.indicator for report in document.reports for count in report.counts if count.indicator}
    content = {
        "records": records,
        "checks": [check for report in document.reports for check in _checks(report)],
        "rules": {name: _rule(name, look) for name in sorted(used)},
        "indicators": {code: look.indicator(code) for code in sorted(codes)},
        "words": {key: word for key, word in look.words.items() if key.startswith(_SPOKEN)},
    }
    # decimals as text: a number of a script has no more than 15 exact digits
    return embedded(msgspec.json.Encoder(decimal_format="string").encode(content).decode())


def embedded(json: str) -> Html:
    """Return ``json`` as it may stand in a script element."""
    return Html(json.translate({ord(character): escape for character, escape in _ESCAPES.items()}))


def _records(report: Report) -> Iterator[dict[str, object]]:
    """Yield the fields of each record that say something; bounds that equal the value do not."""
    for record in report.records():
        fields = record.model_dump(exclude_defaults=True, exclude={"start", "end"})
        if fields.get("lower") == fields.get("upper") == fields.get("value"):
            fields.pop("lower", None), fields.pop("upper", None)
        yield {"report": report.index, **fields}


def _checks(report: Report) -> list[Mapping[str, object]]:
    return [
        {
            "kind": check.kind,
            "ok": check.ok,
            "message": check.message,
            "keys": [key_of(report, one) for one in check.records],
        }
        for check in report.checks
    ]


def _rule(name: str, look: Look) -> list[str]:
    rule = look.rules.by_id.get(name)
    return [] if rule is None else [rule.about, f"{rule.path.name}:{rule.line}"]
