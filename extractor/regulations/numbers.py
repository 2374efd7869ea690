"""Numbers: what a rule matched of a document number to the whole number, its code, year and serial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from extractor.numerals import parse

if TYPE_CHECKING:
    from extractor.ruleset import Hit, RuleSet

_REACH = 40  # characters in which a code or the body that issued an order must lie
_LONG_CODE = 8  # a longer code is cut to the known one that it ends in


class Number(Struct, frozen=True):
    """A document number in place, normalised."""

    at: int
    end: int
    rule: str
    text: str  # 国办发〔2005〕37号
    code: str
    year: int | None
    serial: str
    order: bool = False  # 令 or 公告: promulgates a text, so that alone it is rarely a citation
    standard: bool = False
    statute: bool = False  # names a statute whatever the words of its title
    issuer: str | None = None  # of an order, which names it


def read_number(text: str, hit: Hit, floor: int, rules: RuleSet) -> Number | None:
    """Return the number whose year in brackets ``hit`` is; None where no code stands before it.

    Nothing before ``floor`` belongs to it.
    """
    at = hit.match.start()
    groups = hit.match.groupdict()
    first = groups.get("code")  # behind the year: 〔2019〕政国土字第412号
    code = "" if first else _code(text[max(floor, at - _REACH) : at], rules)
    if not first and not code.strip():
        return None
    year, serial = "".join((groups.get("year") or "").split()), _figures("".join(groups["serial"].split()))
    name, rest = first or "".join(code.split()), "".join((groups.get("rest") or "").split())
    if rest:  # 财办〔1987〕财监字第12号
        rest += "第"
    if not year and not first:
        name = f"{name}字"
    text = f"{name}〔{year}〕{rest}{serial}号" if year else f"{name}第{serial}号"
    return Number(at - len(code), hit.match.end(), hit.rule.id, text, name, _year(year) if year else None, serial)


def read_order(text: str, hit: Hit, floor: int, rules: RuleSet) -> Number | None:
    """Return the order or announcement whose number ``hit`` is; None where no body stands before it."""
    at = min(start for start in (hit.match.start(), *map(hit.match.start, ("serial", "year"))) if start >= 0)
    body = body_before(text, at, floor, rules)
    if not body.strip():
        return None
    year, serial, kind = hit.match.group("year"), _figures(hit.match.group("serial")), hit.match.group("kind")
    name = "".join(body.split())
    in_brackets = "]" in hit.match.group()
    middle = f"〔{year}〕" if in_brackets else f"{year}年第" if year else "第"
    return Number(
        at - len(body), hit.match.end(), hit.rule.id, f"{name}{kind}{middle}{serial}号", f"{name}{kind}",
        _year(year) if year else None, serial, order=True, issuer=name if len(name) > 1 else None,  # 国令
    )  # fmt: skip


def body_before(text: str, at: int, floor: int, rules: RuleSet) -> str:
    """Return the names of the bodies that stand right before ``at``; empty where none do."""
    run = rules.pattern("regulation.bodies").search(text[max(floor, at - _REACH) : at])
    return _behind(run.group(), rules, "regulation.before_order") if run else ""


def read_standard(hit: Hit) -> Number:
    """Return the number of a standard, GB/T 15835-2011."""
    code, serial, year = (hit.match.group(name) for name in ("code", "serial", "year"))
    text = f"{code}{'' if code.endswith('/') else ' '}{serial}{':' if ':' in hit.match.group() else '-'}{year}"
    return Number(*hit.match.span(), hit.rule.id, text, code, _year(year), serial, standard=True)


def read_macau(hit: Hit) -> Number:
    """Return the number of a statute of Macao, 第9/2003号法律."""
    serial, year, kind = (hit.match.group(name) for name in ("serial", "year", "kind"))
    text = "".join(hit.match.group().split())
    return Number(*hit.match.span(), hit.rule.id, text, kind, _year(year), serial, statute=True)


def _code(before: str, rules: RuleSet) -> str:
    """Return the code at the end of ``before``, with the blank behind it."""
    run = rules.pattern("regulation.code").search(before)
    if run is None or rules.pattern("regulation.no_code").search(before):
        return ""
    code = _behind(run.group(), rules, "regulation.before_number")
    known, body = rules.table("doc_codes").column("code"), rules.pattern("regulation.body_end")
    for start in range(1, len(code)):
        if code[start:].strip() in known and (len(code) > _LONG_CODE or body.search(code[:start])):
            return code[start:]
    return code


def _behind(run: str, rules: RuleSet, pattern: str) -> str:
    """Return what stands behind the last word in ``run`` that belongs to the sentence and not to the name."""
    end = 0
    for word in rules.pattern(pattern).finditer(run):
        if word.end() < len(run.rstrip()):
            end = word.end()
    return run[end:]


def _figures(serial: str) -> str:
    """Return ``serial`` in figures; as it stands where it is masked."""
    if serial[0] <= "9":
        return serial
    numeral = parse(serial)
    return serial if numeral is None or numeral.value is None else str(int(numeral.value))


def _year(year: str) -> int | None:
    """Return the year; None where it is masked."""
    if not year.isdecimal():
        return None
    return int(year) if len(year) > 2 else 1900 + int(year)  # noqa: PLR2004 - 〔63〕 is of the last century
