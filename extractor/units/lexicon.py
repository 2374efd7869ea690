"""Lexicon: the tables of names and words, in the forms in which the search for organisations asks for them."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import regex
from msgspec import Struct

from extractor.folding import fold
from extractor.ruleset.tables import SEPARATOR
from extractor.units.frames import Frame, frame
from extractor.units.numbered import Entries, Heads, tails
from extractor.units.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from extractor.ruleset import RuleSet
    from extractor.ruleset.model import Rule

T = TypeVar("T")
KIND = "unit"
_LIST = regex.compile(r"\\L<(\w+)>")
_PROVINCE = "province"
_PARENTS = ("party", "cppcc", "social", "other")


class Word(Struct, frozen=True):
    """What the tables say of a word that ends or makes a name: the rule that knows it, and its kind and level."""

    rule: str
    kind: str | None
    level: str | None


class Division(NamedTuple):
    """A division of GB/T 2260, current or former; no code where it stands outside that standard."""

    code: str
    level: str
    current: bool


class Member(NamedTuple):
    """The department that a short form in a list means, at the level of a county or city and of a province."""

    local: str
    province: str
    kind: str


def _kept(build: Callable[[Lexicon], T]) -> cached_property[T]:
    """Return a property that is built once for a rule set, and kept with it form by form."""
    name = f"units.{build.__name__}"
    return cached_property(lambda own: own.rules.memo(name, lambda: build(own)))


class Lexicon(Struct, frozen=True, dict=True):
    """The words of the rule set; every form is built when first asked for."""

    rules: RuleSet

    @_kept
    def by_id(self) -> Mapping[str, Rule]:
        """Return the rules for organisations by id."""
        return {rule.id: rule for rule in self.rules.of_kind(KIND)}

    @_kept
    def frames(self) -> Mapping[str, Frame]:
        """Return by rule what its pattern wants before and behind the words of its lists."""
        return {name: frame(rule, self.rules) for name, rule in self.by_id.items()}

    @_kept
    def scans(self) -> Mapping[str, regex.Pattern[str]]:
        """Return the compiled patterns of the rules that look for no word of a list."""
        return {
            name: self.rules.compile(rule.pattern)
            for name, rule in self.by_id.items()
            if not _LIST.search(rule.pattern)
        }

    @_kept
    def entries(self) -> Mapping[str, tuple[Word, ...]]:
        """Return for each word that ends a name the rules that know it, the first rule first."""
        found: dict[str, tuple[Word, ...]] = {}
        for rule in self.by_id.values():
            for name in dict.fromkeys(_LIST.findall(rule.pattern)):
                for text, kind, level in self._list(name):
                    entry = Word(rule.id, rule.constant("kind") or kind, rule.constant("level") or level)
                    found[text] = (*found.get(text, ()), entry)
        return Entries(found, self.rules.pattern("unit.number"))

    @_kept
    def heads(self) -> Heads:
        """Return the words that end or make a name."""
        return Heads.read(self.entries, self.rules.pattern("unit.number"))

    @_kept
    def tails(self) -> frozenset[str]:
        """Return the last two characters of such words, and the words of a single character."""
        return frozenset(tail for word in self.entries for tail in tails(word))

    @_kept
    def head_ends(self) -> re.Pattern[str]:
        """Return a pattern that stops where such a word may end; a tail decides."""
        before: dict[str, set[str]] = {}
        for tail in self.tails:
            before.setdefault(tail[-1], set()).add(tail[:-1])
        single = {last for last, firsts in before.items() if "" in firsts}
        rare = {last for last, firsts in before.items() if len(firsts) == 1} - single
        groups = [group for group in (rare, before.keys() - rare - single) if group]
        pairs = [(set().union(*(before[last] for last in group)), group) for group in groups]
        ends = [f"[{_set(firsts)}][{_set(group)}]" for firsts, group in pairs] + [f"[{_set(single)}]"] * bool(single)
        # the engine of the standard library skips to a set of characters faster than any loop of ours
        return re.compile(f"[{_set({*before})}](?:{'|'.join(f'(?<={end})' for end in ends)})")

    @_kept
    def divisions(self) -> Mapping[str, tuple[Division, ...]]:
        """Return the divisions by full name."""
        found: dict[str, tuple[Division, ...]] = {}
        for row in self.rules.table("divisions").rows():
            entry = Division(row["code"], row["level"], not row["until"])
            found[row["name"]] = (*found.get(row["name"], ()), entry)
        return found

    @_kept
    def division_names(self) -> Words:
        """Return the full names of divisions."""
        return Words.of(self.divisions)

    @_kept
    def short_divisions(self) -> Mapping[str, str]:
        """Return the full names of provinces and cities by their short names."""
        found: dict[str, str] = {}
        for row in self.rules.table("divisions").rows():
            if row["short"]:
                found.setdefault(row["short"], row["name"])  # 吉林 and 海南 are the provinces, which stand first
        return found

    @_kept
    def provinces(self) -> Mapping[str, str]:
        """Return the provinces by the first two digits of their code."""
        return {
            entry.code[:2]: name
            for name, entries in self.divisions.items()
            for entry in entries
            if entry.level == _PROVINCE and entry.code
        }

    @_kept
    def undivided(self) -> frozenset[str]:
        """Return the provinces whose parts the standard gives no codes: 台湾."""
        codes = [entry.code for entries in self.divisions.values() for entry in entries if entry.level != _PROVINCE]
        divided = {code[:2] for code in codes}
        return frozenset(name for prefix, name in self.provinces.items() if prefix not in divided)

    @_kept
    def levels(self) -> Mapping[str, str | None]:
        """Return the level of each word for a sort of place: 省, 市, 开发区."""
        return {**self._places("level"), **self.areas, **self._places("zone")}

    @_kept
    def sorts(self) -> Words:
        """Return the words for a sort of place."""
        return Words.of(self.levels)

    @_kept
    def zones(self) -> frozenset[str]:
        """Return the words for areas that are no division: 开发区."""
        return frozenset(self._places("zone"))

    @_kept
    def level_characters(self) -> frozenset[str]:
        """Return the single characters that say the sort of a place: 省 市 县."""
        return frozenset(word for word in self._places("level") if len(word) == 1)

    @_kept
    def areas(self) -> Mapping[str, str | None]:
        """Return the level of the word for a prefecture, which also means any part of a country: 地区."""
        return self._places("area")

    @_kept
    def area_words(self) -> Words:
        """Return the words that tell such a part of a country: 西部, 沿海."""
        return Words.of(self.stops("area"))

    @_kept
    def short_places(self) -> Words:
        """Return the short names of provinces and cities, and the names of countries."""
        return Words.of({*self.short_divisions, *self.countries})

    @_kept
    def countries(self) -> Mapping[str, str | None]:
        """Return the names of countries, and of rivers and lakes that have agencies of their own."""
        return {**self._places("country"), **self._places("basin")}

    @_kept
    def basins(self) -> frozenset[str]:
        """Return the names of rivers, lakes and parts of the country."""
        return frozenset(self._places("basin"))

    @_kept
    def masks(self) -> Words:
        """Return what stands for a name that was taken out: 某, XX."""
        return Words.of(self._places("mask"))

    @_kept
    def mask(self) -> str:
        """Return the character with which a name that was taken out begins."""
        return min(self.stops("mask"))

    @_kept
    def place_last(self) -> frozenset[str]:
        """Return the characters with which a place may end."""
        return frozenset({*self.division_names.last, *self.sorts.last, *self.short_places.last, *self.stops("troop")})

    @_kept
    def edges(self) -> Words:
        """Return the words that say where a name may begin."""
        return Words.of(self.classes)

    @_kept
    def classes(self) -> Mapping[str, str]:
        """Return the class of each such word: stop, modifier, strong, soft or keep."""
        towns = (name for name, entries in self.divisions.items() if entries[0].level == "town")  # 丫他镇
        found: dict[str, str] = dict.fromkeys((*self.short_divisions, *towns), "keep")
        for name in ("keep", "stop", "modifier", "strong", "soft"):
            found.update(dict.fromkeys(self.stops(name), name))
        return found

    @_kept
    def generic(self) -> Words:
        """Return the words that by themselves do not name one organisation."""
        return Words.of(self.stops("generic"))

    @_kept
    def plural(self) -> Words:
        """Return the words that make a name a plural even behind a place: 高等, 中小."""
        return Words.of(self.stops("plural"))

    @_kept
    def lines(self) -> Words:
        """Return the lines of business that are plural only in a place that has many of them: 保险, 建筑."""
        return Words.of(self.stops("line"))

    @_kept
    def quantifiers(self) -> Words:
        """Return the words that make a plural of what follows: 各, 全, 每."""
        return Words.of(self.stops("quantifier"))

    @_kept
    def modifiers(self) -> Words:
        """Return the words that say whose a body is and are no part of its name: 全县, 我市, 原."""
        return Words.of(self.stops("modifier"))

    @_kept
    def keep(self) -> frozenset[str]:
        """Return the words whose characters divide nothing: 城市, 对外贸易."""
        return self.stops("keep")

    @_kept
    def parents(self) -> Mapping[str, str]:
        """Return the kind of the bodies whose names begin with that of the whole: 中共, 政协, 共青团."""
        return {word: kind for kind in _PARENTS for word in self.stops(f"prefix {kind}")}

    @_kept
    def prefixes(self) -> Words:
        """Return those beginnings."""
        return Words.of(self.parents)

    @_kept
    def fields(self) -> Words:
        """Return the words for what a department looks after: 教育, 投资促进."""
        return Words.of(self.stops("field"))

    @_kept
    def plain(self) -> Words:
        """Return the words that do not make a committee one of its own: 评审委员会, 工作小组."""
        return Words.of(self.stops("plain"))

    @_kept
    def trades(self) -> Words:
        """Return the verbs that also say what a company does, 建设, and the others."""
        return Words.of(self.stops("trade") | self.acts.members)

    @_kept
    def banks(self) -> Words:
        """Return the short names of banks and carriers that branches bear: 农行, 移动."""
        heads = self.rules.table("unit_heads").column("word", (("class", "local_bank"),))
        return Words.of({word for word in heads if word.endswith("行")})

    @_kept
    def acts(self) -> Words:
        """Return the verbs of two characters and more that say neither what a company does nor what a body is for."""
        acts = self.rules.table("verbs").column("word", (("class", "acts"),))
        return Words.of({verb for verb in acts if len(verb) > 1} - self.stops("trade") - self.purposes - self.keep)

    @_kept
    def purposes(self) -> frozenset[str]:
        """Return the verbs with which the name of a body may begin that is named for its purpose."""
        return self.stops("purpose")

    @_kept
    def state_last(self) -> frozenset[str]:
        """Return the characters with which the full name of the state, or of a sort of body in Taiwan, ends."""
        return frozenset(name[-1] for name in self.stops("state"))

    @_kept
    def soft(self) -> frozenset[str]:
        """Return the conjunctions, which a name may hold."""
        return self.stops("soft")

    @_kept
    def links(self) -> frozenset[str]:
        """Return the characters that link the members of a list."""
        return self.soft | self.commas

    @_kept
    def commas(self) -> frozenset[str]:
        """Return the punctuation between the members of a list."""
        return self.stops("comma")

    @_kept
    def measures(self) -> frozenset[str]:
        """Return the characters that belong to a figure before them: 年, 个."""
        return self.stops("measure")

    @_kept
    def seats(self) -> frozenset[str]:
        """Return the verbs between a body and the place where it has an office: 驻."""
        return self.stops("seat")

    @_kept
    def counters(self) -> frozenset[str]:
        """Return the characters that count bodies: 5家, 7个."""
        return self.stops("counter")

    @_kept
    def scales(self) -> frozenset[str]:
        """Return the characters that go on with a figure: 万, 吨."""
        return self.stops("scale")

    @_kept
    def members(self) -> Mapping[str, Member]:
        """Return the departments by the short forms that lists use for them."""
        found: dict[str, Member] = {}
        names = self.rules.table("departments").column("names")
        for row in self.rules.table("departments").rows():
            local, province = fold(row["local"]), fold(row["province"] or row["local"])
            for short in map(fold, filter(None, row["short"].split(SEPARATOR))):
                # 国土 was 国土局, whatever it has become
                own = local if local.startswith(short) or short + local[-1:] not in names else short + local[-1:]
                upper = province if short + province[-1:] not in names else short + province[-1:]
                found.setdefault(short, Member(own, upper, row["kind"]))
        return found

    @_kept
    def member_names(self) -> Words:
        """Return those short forms."""
        return Words.of(self.members)

    def tokens(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield the words in ``text`` that say where names begin: begin, end, class."""
        for begin, end in self.edges.find(text, 0, len(text)):
            yield begin, end, self.classes[text[begin:end]]

    def stops(self, name: str) -> frozenset[str]:
        """Return the words of one class of the table of edges."""
        return self.rules.table("unit_stops").column("word", (("class", name),))

    def _places(self, name: str) -> dict[str, str | None]:
        return {
            fold(row["word"]): row["level"] or None
            for row in self.rules.table("unit_places").rows()
            if row["class"] == name
        }

    def _list(self, name: str) -> Iterator[tuple[str, str | None, str | None]]:
        """Yield the words of a named list with the kind and level that their rows give."""
        table, column, where = self.rules.lists[name]
        for row in self.rules.table(table).rows():
            if all(row[key] in wanted.split("|") for key, wanted in where):
                for word in filter(None, row[column].split(SEPARATOR)):
                    yield fold(word), row.get("kind") or None, row.get("level") or None


def lexicon(rules: RuleSet) -> Lexicon:
    """Return the lexicon of ``rules``, built once for each rule set."""
    return rules.memo("units.lexicon", lambda: Lexicon(rules))


def _set(characters: set[str]) -> str:
    return "".join(map(re.escape, sorted(characters)))
