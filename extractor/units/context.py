"""Context: whether what looks like an organisation is one here, or part of a number, a norm or a slogan."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.units.bodies import Body
    from extractor.units.lexicon import Lexicon

_QUOTE = 16  # characters of a quoted name or slogan


def is_other(text: str, body: Body, words: Lexicon) -> bool:
    """Say whether the words belong to something that is no organisation."""
    rules = words.rules
    if rules.pattern("unit.not_before").match(text, body.end) is not None or _is_quoted(text, body):
        return True
    if rules.pattern("unit.among").match(text, max(0, body.at - 1)) is not None:
        return True  # 其中粮食作物 41.8 万亩
    is_bare = body.place is None or body.place.word is not None
    is_figure = text[body.end : body.end + 1].isdigit()
    if is_bare and is_figure and rules.pattern("unit.count_after").match(text, body.end) is not None:
        return True  # 人民调解委员会2315个
    if body.kind == "institution" and rules.pattern("unit.number_after").match(text, body.end) is not None:
        return True  # 新增省工程研究中心20家
    return body.parser == "proper" and rules.pattern("unit.project").match(text, body.end) is not None


def _is_quoted(text: str, body: Body) -> bool:
    """Say whether the name is only part of a short quotation: “县委书记大接访”."""
    opened = text.rfind("“", max(0, body.at - _QUOTE), body.at)
    if opened < 0 or "”" in text[opened : body.at]:
        return False
    closed = text.find("”", body.end, opened + _QUOTE)
    if closed < 0 or text[opened + 1 : closed].strip() == text[body.at : body.end]:
        return False
    return not any(mark in text[opened:closed] for mark in ",。;")
