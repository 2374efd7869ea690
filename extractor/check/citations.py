"""Citations: cited laws and numbers to whether the provisions and documents can exist."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from extractor.findings import CheckFinding
from extractor.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from extractor.findings import RegulationFinding
    from extractor.ruleset import RuleSet


_STATE = "中华人民共和国"
_LONG = len(_STATE) + 5  # characters of a title; shorter ones are alike without being misprints


class _Law(NamedTuple):
    """What a citation of a law is checked against; empty where the table does not know."""

    last_article: str
    document_number: str
    level: str


def citations(regulations: Sequence[RegulationFinding], rules: RuleSet) -> Iterator[CheckFinding]:
    """Yield a check for every citation of an article or document that cannot be."""
    if not regulations:
        return
    laws = rules.memo("check.laws", lambda: _known(rules))
    issuers = rules.table("issuers")
    since = rules.memo("check.issuers", lambda: {fold(row["name"]): int(row["since"]) for row in issuers.rows()})
    similar = rules.memo("check.similar", lambda: _by_omission(laws))
    for place, cited in enumerate(regulations):
        title = fold(cited.title or "")
        law = laws.get(title)
        misprint = _misprinted(cited, title, similar) if law is None else None
        for message in (_beyond(cited, law), _misdated(cited, law), _too_early(cited, since), misprint):
            if message:
                yield CheckFinding("citation", ok=False, message=message, records=(("r", place),))


def _by_omission(laws: Mapping[str, _Law]) -> dict[str, str]:
    """Return the laws by their titles with one character left out, so that a title with another there meets them."""
    found: dict[str, str] = {}
    for title, row in laws.items():
        if row.level == "law" and title.startswith(_STATE) and len(title) >= _LONG:
            found.update((f"{title[:at]}_{title[at + 1 :]}", title) for at in range(len(_STATE), len(title)))
    return found


def _misprinted(cited: RegulationFinding, title: str, similar: Mapping[str, str]) -> str | None:
    """Return what is wrong where the ``title`` of a law, folded, has one character that no law's has."""
    if not title.startswith(_STATE) or len(title) < _LONG:
        return None
    ways = (f"{title[:at]}_{title[at + 1 :]}" for at in range(len(_STATE), len(title)))
    right = next((similar[way] for way in ways if way in similar), None)
    if right is None:
        return None
    return f"没有《{cited.title}》，似应为《{right}》 / no law has this title, {right} has"


def _known(rules: RuleSet) -> dict[str, _Law]:
    """Return the laws by title."""
    rows = rules.table("laws").rows()
    return {fold(row["title"]): _Law(row["last_article"], row["document_number"], row["level"]) for row in rows}


def _beyond(cited: RegulationFinding, law: _Law | None) -> str | None:
    """Return what is wrong where an article is cited that comes after the last one."""
    if law is None or not law.last_article:
        return None
    last = int(law.last_article)
    numbers = [_number(article) for article, _, _ in cited.articles if article is not None]
    if not numbers or max(numbers) <= last:
        return None
    article = max(numbers)
    return f"《{cited.title}》共{last}条，没有第{article}条 / article {article} is cited, the last one is {last}"


def _number(article: int | str) -> int:
    """Return the number of an article without what was put in behind it: 30 of 30-1, 20 of 20A."""
    return int("".join(takewhile(str.isdecimal, str(article))))


def _misdated(cited: RegulationFinding, law: _Law | None) -> str | None:
    """Return what is wrong where a document bears another year than it is known to."""
    if law is None or cited.number is None or not law.document_number:
        return None
    code, year, serial = cited.number
    right = law.document_number
    known = fold(right)
    if year is None or fold(cited.document_number or "") == known or not known.startswith(f"{code}["):
        return None
    head, _, tail = known[len(code) + 1 :].partition("]")
    if tail.rstrip("号") != str(serial) or head == str(year):
        return None
    return f"《{cited.title}》文号应为 {right}，文中为 {cited.document_number} / the document is known as {right}"


def _too_early(cited: RegulationFinding, since: Mapping[str, int]) -> str | None:
    """Return what is wrong where a document is older than the body that issued it."""
    first = since.get(fold(cited.issuer)) if cited.issuer else None
    year = cited.number[1] if cited.number else None
    if first is None or year is None or year >= first:
        return None
    return f"{cited.document_number}：{cited.issuer}{first}年才成立 / the issuer did not exist before {first}"
