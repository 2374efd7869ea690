"""Indicators: what a count says, and where, to a code of the vocabulary; no code is better than a wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from extractor.meaning.lexicon import VERBAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    import regex

    from extractor.meaning.clauses import Clause
    from extractor.meaning.lexicon import Lexicon
    from extractor.meaning.outline import Outline
    from extractor.meaning.readings import Reading
    from extractor.meaning.vocabulary import Vocabulary

_PARAGRAPH = 600  # characters that a court is looked for in, back from what it counts
_ISSUED = "issued"  # to people: 为 98 名 人员 核发
_ANY = "total"
_LISTED = ".items"  # matters on a list are no cases, whose course is told on
# a length, a mass or a time is of nothing that the vocabulary names
_PLACED = frozenset(("count", "money", "other", "people", "percent", "percentage_point"))


class Indicators(Struct):
    """Gives the counts of one section their indicators; asked in the order of the text."""

    text: str
    vocabulary: Vocabulary
    lexicon: Lexicon
    outline: Outline
    title: str | None
    office: str | None = None  # the domain of the court or procuratorate whose report this is
    codes: dict[int, str | None] = field(default_factory=dict)  # by position of the count in the text
    recent: tuple[int, str] | None = None  # paragraph and domain of the last count that has one

    def of(
        self, reading: Reading, item: str, parent: Reading | None, earlier: Sequence[Clause], paragraph: int
    ) -> str | None:
        """Return the code for a count of ``item``; ``earlier`` are the clauses of its sentence before its own."""
        code = self._code(reading, item.strip("《》“”"), parent, earlier, paragraph)
        self.codes[reading.count.at] = code
        if code is None and reading.own_item and self._is_staged(reading):
            self.recent = None  # 受理 劳动争议案件 63 件: cases of another domain, or of none
        if code:
            domain = code.partition(".")[0]
            passing = domain not in self.vocabulary.static and not code.endswith(_LISTED)
            if passing and (domain not in self.vocabulary.deeds or self._names_domain(item)):
                self.recent = paragraph, domain
        return code

    def _code(
        self, reading: Reading, item: str, parent: Reading | None, earlier: Sequence[Clause], paragraph: int
    ) -> str | None:
        if reading.count.dimension not in _PLACED or reading.is_threshold or reading.is_limit:
            return None
        relative = reading.is_relative
        if reading.source and (relative or reading.direction):
            code = self.codes.get(reading.source.count.at)
            return f"{code.partition('.')[0]}.rate" if code and not reading.direction else code
        inherited = self._of_total(reading, item, (self.codes.get(parent.count.at) if parent else None) or "")
        if inherited:
            return self._of_people(inherited, reading)
        action = self.text[slice(*reading.action)] if reading.action else ""
        alone = reading.own_action and not reading.own_item  # 受理 复议 申请 54 件, 出庭应诉 8 件
        only = self.vocabulary.only_domain(action) if alone else None
        said = action + item if self._is_taken(reading, action, item) else item
        domain = only or self._domain(reading, said, action, earlier, paragraph)
        if domain is None:
            return None
        stage = self._stage(reading, domain, item)
        if stage is None and (reading.is_relative or reading.unit in self.lexicon.plain_units):
            whole, _, known = ((self.codes.get(parent.count.at) if parent else None) or "").partition(".")
            passing = whole == domain and known in self.vocabulary.passing
            stage = known if passing else self._default(reading, domain)
        if domain in self.vocabulary.static and stage in (*self.vocabulary.passing, "amount"):
            return None  # 法官 人均 结案 326 件, 工作人员 人均 增资 320 元
        return f"{domain}.{stage}" if stage else None

    def _of_people(self, code: str, reading: Reading) -> str:
        """Return the code of a part counted in people: of 信访 4126 件 the 来访 3740 人次."""
        domain, _, stage = code.partition(".")
        if reading.count.dimension != "people" or stage not in (*self.vocabulary.passing, "total"):
            return code
        return f"{domain}.{self.vocabulary.stage_by(reading.unit, domain) or stage}"

    def _is_staged(self, reading: Reading) -> bool:
        """Whether the verb says where things of the count are on their way: 受理, 审结."""
        if reading.action is None or not reading.counts_things:
            return False
        return self.text[slice(*reading.action)] in self.vocabulary.orders

    def _default(self, reading: Reading, domain: str) -> str:
        """Return the stage of a count that no word tells; a verb of its own tells none but the most general."""
        usual = self.vocabulary.default(domain)
        action = self.text[slice(*reading.action)] if reading.action else ""
        generic = not action or action in self.lexicon.dealing
        return usual if generic else "total"  # 注销 执法证: not issued

    def _of_total(self, reading: Reading, item: str, code: str) -> str | None:
        """Return the code of a part whose total has ``code``; None where its own words say what it is."""
        domain = code.partition(".")[0]
        cases = domain in self.vocabulary.inherited
        if reading.own_item and self.vocabulary.tells_outcome(item):  # 作出 维持 决定 30 件
            named = self.vocabulary.named(item)
            said = self._stage_said(reading, domain) if reading.own_action else None
            stage = said or self.vocabulary.stage_in(item, domain)
            return f"{domain}.{stage}" if cases and stage and (named is None or named[0] == domain) else None
        if not code or (reading.own_action and not (cases and self._is_state(reading))):
            return None
        return code if cases or not self._names_domain(item) else None

    def _is_state(self, reading: Reading) -> bool:
        """Whether the verb says what a thing is like, and not what is done with it: 不服 处罚决定 19 件."""
        return reading.action is not None and self.text[slice(*reading.action)] in self.lexicon.stative

    def _names_domain(self, item: str) -> bool:
        return bool(self.vocabulary.named(item) or self.vocabulary.placed(item))

    def _domain(  # noqa: C901, PLR0911 - from the surest sign to the least sure
        self, reading: Reading, item: str, action: str, earlier: Sequence[Clause], paragraph: int
    ) -> str | None:
        found = self.vocabulary.named(item) or self.vocabulary.placed(item)
        if found and self._is_of_office(reading, found[0]):
            return self.office
        if found:
            fits = self._fits(reading, found[0], item[found[1] :])
            beside = self._beside(reading) if found[0] == "personnel" or self.lexicon.agents.end(item) else None
            if beside and (found[0] == "personnel" or not (fits or beside == found[0])):
                return beside  # 培训 信息公开 人员 20 名, but not 培训机构 20 家
            return found[0] if fits else None
        relative = reading.is_relative
        if self._is_of_court(reading, item, action) and (court := self._court(reading, earlier)):
            return court
        if relative and not self.vocabulary.tells_stage(item):
            return self._beside(reading) if self.lexicon.agents.end(item) else None
        if reading.count.dimension == "money":
            return self._of_amount(reading, item, paragraph)
        if reading.count.dimension == "people" or (item and self.vocabulary.issues(action)):
            beside = self._beside(reading) or self._audience(item, paragraph) or self._with_cases(reading)
            beside = beside or self.vocabulary.only_domain(action)
            if beside or not self._is_generic(item):
                return beside
        if not relative and item and not self._is_generic(item):
            done = self.vocabulary.named(action)
            repeated = reading.unit.endswith(self.lexicon.repeats)
            if done and repeated and done[0] in self.vocabulary.deeds:
                return done[0]  # 检查 企业 30 家次
            cases = self.lexicon.agents.end(item) and reading.unit not in self.lexicon.agent_units
            return self.vocabulary.only_domain(action) if cases else None  # 负责人出庭应诉 19 件
        if not item and not self.vocabulary.by_action.get(action):
            return None
        domain = self._from_context(reading, item, paragraph)
        return domain if domain and (not relative or self.vocabulary.stage_in(item, domain)) else None

    def _is_taken(self, reading: Reading, action: str, item: str) -> bool:
        """Whether only verb and noun together name the domain of a sum: 没收 违法所得, but not 并处 罚金."""
        if reading.count.dimension != "money" or not (reading.own_item and reading.action):
            return False
        said = self.vocabulary.named(action + item) if reading.action[1] == reading.item[0][0] else None
        return said is not None and said[1] == len(action + item) and self.vocabulary.named(item) is None

    def _is_of_office(self, reading: Reading, domain: str) -> bool:
        """Whether the court or procuratorate counts its own all the same: 罚款 126 人, 法院 采纳率 N."""
        fined = reading.count.dimension == "people" and domain in self.vocabulary.deeds
        return self.office is not None and (fined or domain in self.vocabulary.judicial)

    def _of_amount(self, reading: Reading, item: str, paragraph: int) -> str | None:
        """Return the domain of a sum of money: that of the subject it is of, or of the cases told before it."""
        if item in self.lexicon.hollow:
            found = self.vocabulary.named(self.text[reading.clause.at : reading.count.at])
            if found:
                return found[0]
        told = self.vocabulary.tells_stage(item) or item.endswith(self.lexicon.sum_nouns)
        if told and self.recent and self.recent[0] == paragraph and self.recent[1] in self.vocabulary.inherited:
            return self.recent[1]
        return None

    def _fits(self, reading: Reading, domain: str, tail: str) -> bool:
        """Whether the words behind that for the domain leave it the thing counted: 行政复议 案件, but not 培训 基地."""
        if reading.is_relative or reading.count.dimension == "money" or not tail:
            return True
        if domain in self.vocabulary.beside and self.lexicon.agents.end(tail):
            bodies = reading.unit in self.lexicon.body_units  # 培训 机构 228 家
            return reading.unit in self.lexicon.plain_units and not bodies  # 来访 群众 30 批
        if tail.endswith((*self.lexicon.outcomes, *self.lexicon.papers)) or self.lexicon.kinds.get(tail) in VERBAL:
            return True  # 复议 意见书, 采矿许可证 延续
        first = min((tail.partition(joint)[0] for joint in self.lexicon.joints), key=len)  # 投诉 个案 及 要求
        generic = self.lexicon.generic.end(tail) or self.lexicon.generic.end(first)
        return generic or tail in self.lexicon.hollow or self.vocabulary.tells_stage(tail)

    def _beside(self, reading: Reading) -> str | None:
        """Return the domain that the clause names beside the people or papers counted: 200 人参加了培训."""
        tokens = reading.clause.tokens
        said = self.text[tokens[0].at : tokens[-1].end]
        return next((domain for word, domain in self.vocabulary.beside_words if word in said), None)

    def _audience(self, item: str, paragraph: int) -> str | None:
        """Return the domain of what the people listen to, told before: 开展 普法宣讲 18 场, 受众 5 万人次."""
        told = self.recent if item.endswith(self.lexicon.audiences) else None
        return told[1] if told and told[0] == paragraph and told[1] in self.vocabulary.beside else None

    def _with_cases(self, reading: Reading) -> str | None:
        """Return the domain of the cases whose people are told right behind them: 案件 1276 件 1489 人."""
        cases = reading.source
        if cases is None or cases.clause is not reading.clause or cases.place + 1 != reading.place:
            return None
        domain = (self.codes.get(cases.count.at) or "").partition(".")[0]
        return domain if domain in self.vocabulary.judicial else None

    def _is_of_court(self, reading: Reading, item: str, action: str) -> bool:
        """Whether a court could count it: cases in one of their stages, people judged, a share of cases.

        In a court's own report, what courts alone deal with needs no such verb: 罚金, 抗诉, 采纳率.
        """
        if self.office and item.endswith(self.lexicon.court_rates if reading.is_relative else self.lexicon.court_nouns):
            return True
        if self.office and item.endswith(self.lexicon.docketed) and not reading.is_relative:
            return True
        judged = action in self.lexicon.judicial
        if reading.count.dimension == "people":
            return judged
        staged = judged or reading.is_relative or action in self.vocabulary.by_action
        return staged and item.endswith(self.lexicon.cases)

    def _court(self, reading: Reading, earlier: Sequence[Clause]) -> str | None:
        """Return the domain of the court or procuratorate whose cases these are."""
        if self.office:
            return self.office
        for clause in (reading.clause, *reversed(earlier)):
            said = self.text[clause.at : clause.end]
            first = min(((said.find(word), domain) for word, domain in self.vocabulary.context
                         if domain in self.vocabulary.judicial and word in said), default=None)  # fmt: skip
            if first:
                return first[1]
        domain = self.vocabulary.about(self.title or "")
        return domain if domain in self.vocabulary.judicial else self._court_above(reading.clause.at)

    def _court_above(self, at: int) -> str | None:
        """Return the domain of the court or procuratorate that the paragraph names last before ``at``."""
        near = self.text[max(0, at - _PARAGRAPH) : at]
        said = near[near.rfind("\n") + 1 :]
        places = [(place, domain) for word, domain in self.vocabulary.context
                  if domain in self.vocabulary.judicial and (place := said.rfind(word)) >= 0]  # fmt: skip
        return max(places)[1] if places else None

    def _is_generic(self, item: str) -> bool:
        for word in self.lexicon.neutral:
            if word in item:
                item = item.replace(word, "")
        return not item or self.lexicon.generic.to(item, 0, len(item)) == item

    def _from_context(self, reading: Reading, item: str, paragraph: int) -> str | None:
        if reading.direction and item and not (item.endswith(self.lexicon.means) or self._is_generic(item)):
            return None  # 电诈案件 立案数 下降 26%
        is_case = item.endswith(self.lexicon.cases) or (reading.is_relative and self._is_passing(item))
        domain = self.vocabulary.about(self.text[reading.clause.at : reading.clause.end])
        if domain:
            return domain
        if self.recent and self.recent[0] == paragraph and not (is_case and self.recent[1] in self.vocabulary.papers):
            return self.recent[1]
        for heading in self.outline.above(reading.count.at):
            domain = self.vocabulary.about(self.text[heading.at : heading.end])
            if domain:
                return domain
        return self.vocabulary.about(self.title or "")

    def _is_passing(self, item: str) -> bool:
        """Whether a rate is that of cases on their way: 办复率."""
        return any(self.vocabulary.stage_in(item, domain) in self.vocabulary.passing for domain in ("", "any"))

    def _stage(self, reading: Reading, domain: str, item: str) -> str | None:
        """Return the stage: by the dimension, the verb, the noun, the measure word, in this order."""
        count, known = reading.count, self.vocabulary
        if reading.is_relative and (not reading.direction or item.endswith(self.lexicon.means)):
            return "rate"
        if count.dimension == "money":
            return "amount"
        # what a noun carried over says, it said of another count
        told = "" if reading.own_action and not reading.own_item else item
        said = self._stage_said(reading, domain)
        if count.dimension == "people" and (said in (None, _ISSUED, _ANY) or said in known.passing):
            return known.stage_by(reading.unit, domain)  # 受理 20 件 31 人
        found = said or known.stage_in(told, domain)
        return found or known.stage_by(reading.unit, domain)

    def _stage_said(self, reading: Reading, domain: str) -> str | None:
        """Return the stage that the verb says, with 正在 or 未 before it where that is another one."""
        if reading.action is None:
            return None
        at, end = reading.action
        for more in (2, 1, 0):
            word = self.text[max(at - more, 0) : end]
            if word in self.vocabulary.by_action:
                return self.vocabulary.stage_of(word, domain)
        return None


def office_of(title: str | None, issuer: str | None, known: Vocabulary, report: regex.Pattern[str]) -> str | None:
    """Return the domain of the court or procuratorate whose report has this ``title`` or comes from this ``issuer``."""
    if title is None or report.search(title) is None:
        return None
    domain = known.about(title) or known.about(issuer or "")
    return domain if domain in known.judicial else None
