"""The rule loader: what a rule file says is what runs, and every mistake is reported once, at its place."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from extractor.errors import RuleError
from extractor.ruleset import RuleSet, load, survey

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VOCABULARY = {
    "count": {"quantity": frozenset({"number", "measure"})},
    "date": {"calendar": frozenset({"year"})},
    "unit": {"name": frozenset()},
}


def problems(*directories: Path, trusted: tuple[Path, ...] = ()) -> list[str]:
    """Return the problems of ``directories`` as lines without the directory."""
    _, found = survey(directories, VOCABULARY, trusted)
    return [str(problem).replace(f"{problem.path.parent}/", "") for problem in found]


GOOD = """\
fragments:
  digit: '[0-9]'
  year: '{{digit}} {4}  # after Christ'
lists:
  measure: {table: measures, column: word, where: {kind: people|things}}
rules:
- id: date.year
  about: a year
  parser: calendar
  pattern: '(?P<year> {{year}} ) 年'
  set: {granularity: year}
  matches:
  - {text: 自2022年起, span: 2022年, gives: {value: 2022}}
  ignores:
  - {text: 3年, because: a duration}
  source: GB/T 7408
- id: count.long
  about: a number with its measure word
  parser: quantity
  pattern: |-
    (?P<number> {{digit}}++ )  # the figure
    (?P<measure> {{measure}} )
  matches: [3人, 3人次]
- id: count.short
  about: a number
  parser: quantity
  pattern: '(?P<number> {{digit}}++ )'
  matches: ['3']
patterns:
- id: head
  about: a first line
  pattern: '\\A [^\\n]++'
  matches: [标题]
"""
MEASURES = "word,kind\n人;人次,people\n件,things\n日,time\n"


@pytest.fixture
def ruleset(rules_dir: Callable[..., Path]) -> RuleSet:
    """Return the rules of GOOD."""
    return load((rules_dir(good=GOOD, tables__measures=MEASURES),), VOCABULARY)


def test_a_rule_becomes_what_its_file_says(ruleset: RuleSet) -> None:
    """Texts stay texts, fragments are filled in, places are kept."""
    rule = ruleset.by_id["date.year"]
    assert (rule.kind, rule.about, rule.parser, rule.line) == ("date", "a year", "calendar", 7)
    assert (rule.source, rule.constant("granularity"), rule.constant("part")) == ("GB/T 7408", "year", None)
    match, ignore = rule.matches[0], rule.ignores[0]
    assert (match.text, match.span, match.gives) == ("自2022年起", "2022年", (("value", "2022"),))
    assert (match.line, match.column) == (13, 5)
    assert (ignore.text, ignore.because) == ("3年", "a duration")


def test_the_first_rule_that_matches_wins(ruleset: RuleSet) -> None:
    """Hits come by position; at one place file order decides, and a list prefers its longest member."""
    hits = [(hit.rule.id, hit.match.group(), hit.group("measure")) for hit in ruleset.scan("count", "3人次5天6件")]
    assert hits == [("count.long", "3人次", "人次"), ("count.short", "5", None), ("count.long", "6件", "件")]


def test_a_list_takes_rows_by_their_cells(ruleset: RuleSet) -> None:
    """Only rows that ``where`` names, every value of a cell."""
    assert ruleset.words("measure") == {"人", "人次", "件"}


LISTED = """
patterns:
- id: word
  about: a word
  pattern: '{{word}}'
  matches: [癸]
- id: before
  about: a word, and what stands behind it
  pattern: |-
    (?<= # (read backwards
      ( {{word}} ) (?! [(] ) ) 午
  matches: [癸午]
"""


@pytest.mark.parametrize("size", [14, 40, 400])
def test_a_list_finds_each_of_its_words(rules_dir: Callable[..., Path], size: int) -> None:
    """Words that begin with signs of patterns, or with each other, ahead and behind, however many others there are."""
    odd = ["^甲", "]乙", "[丙", "-丁", "\\戊", "己 庚", " 辛", "&&壬", "癸", "癸子", "~~丑", "寅^", "卯]", "𠀀辰"]
    words = odd + [chr(0xAC00 + 7 * number) + "巳" for number in range(size - len(odd))]
    listed = "lists:\n  word: {table: words, column: word}\n"
    directory = rules_dir(words=listed + LISTED, tables__words="word\n" + "\n".join(words) + "\n")
    loaded = load((directory,), VOCABULARY)
    ahead, behind = loaded.pattern("word"), loaded.pattern("before")
    assert [word for word in words if ahead.fullmatch(word)] == words
    assert ahead.findall("甲癸子乙") == ["癸子"]
    assert [word for word in words if behind.search(f"癸甲{word}午")] == words
    assert behind.search("癸子午")[1] == "癸子"
    assert behind.search("癸(午") is None


def test_a_kind_without_rules_has_no_hits(ruleset: RuleSet) -> None:
    """Not even empty ones."""
    assert list(ruleset.scan("unit", "3人")) == []


def test_a_rule_set_survives_pickling(ruleset: RuleSet) -> None:
    """It scans the same in another process, compiled anew."""
    list(ruleset.scan("count", "3人"))
    ruleset.pattern("head")
    copy = pickle.loads(pickle.dumps(ruleset))  # noqa: S301 - our own bytes
    assert copy == ruleset
    assert [hit.rule.id for hit in copy.scan("count", "3人")] == ["count.long"]


def test_user_tables_add_rows(rules_dir: Callable[..., Path]) -> None:
    """A table of the same name and header extends the built-in one, a byte order mark or not."""
    first = rules_dir("first", good=GOOD, tables__measures=MEASURES)
    second = rules_dir("second", tables__measures="\ufeffword,kind\n宗,things\n")
    assert "宗" in load((first, second), VOCABULARY).words("measure")


BROKEN = """\
fragments:
  digit: '[0-9]'
  round: '{{trip}} x'
  trip: '{{round}} y'
  open: '(?: {{digit}}'
  typo: 'a {{digti}}'
lists:
  words: {table: wrods, column: word}
  cells: {table: words, colunm: word}
  cell: {table: words, column: wrd}
rules:
- id: count.keys
  about: unknown keys
  parser: quantity
  pattren: '[0-9]'
  pattern: '[0-9]'
  matches: ['1']
- id: count.block
  about: a block that does not compile
  parser: quantity
  pattern: |-
    [0-9]++

      (?P<number> 年 ]] ( 月
  matches: ['1']
- id: count.fragment
  about: an unknown fragment, and one that is broken itself
  parser: quantity
  pattern: '{{open}} {{digits}}'
  matches: ['1']
- id: count.group
  about: an unknown group
  parser: quantity
  pattern: |-
    [0-9]
    (?P<mesure> 件 )
  matches: ['1']
- id: count.parser
  about: an unknown parser
  parser: quantiy
  pattern: '[0-9]'
  matches: ['1']
- id: cuont.kind
  about: an unknown kind
  parser: quantity
  pattern: '[0-9]'
  matches: ['1']
- id: count.keys
  about: a second rule of the name
  parser: quantity
  pattern: '[0-9]'
  matches: ['1']
- id: count.bare
  about: no example
  parser: quantity
  pattern: '[0-9]'
- id: count.gap
  about: gaps without end
  parser: quantity
  pattern: '(?: [^,]{0,30} )? 件 .*? [.*+] 人'
  matches:
  - {text: 1件, spam: 1件}
  - {span: 1件}
  - {text: 1件, span: 2件}
- just text
- about: no id
- id: count.empty
- id: count.shapes
  about: wrong shapes
  parser: quantity
  pattern: [a]
  matches: 1件
  set: high
- id: unit.looks
  about: a choice that shows no first character
  parser: name
  pattern: '(?: (?<! [(] ) | (?= .{2} [发函] ) ) 乙'
  matches: [乙]
- id: unit.looks_behind
  about: no choice
  parser: name
  pattern: '(?: (?<= 甲 ) | (?<= 丙 ) ) 乙'
  matches: [甲乙]
- id: unit.needs
  about: what only rules for dates and counts have
  parser: name
  pattern: '[0-9]'
  needs: [年]
  matches: [1年]
- id: date.needs
  about: an example that the rule itself would not be tried on
  parser: calendar
  pattern: '今年 | 去年 | 2022年'
  begins: 今去
  needs: [年, 月日]
  matches: [今年1月, 2022年]
patterns:
- id: head
  about: a first line
  applied: everywhere
  pattern: a
  matches: [a]
"""

EXPECTED = """\
broken.yaml:4:10: trip: cyclic fragments: round → trip → round
broken.yaml:5:23: open: pattern does not compile: missing )
broken.yaml:6:12: typo: unknown fragment 'digti' (did you mean 'digit'?)
broken.yaml:8:18: words: unknown table 'wrods' (did you mean 'words'?)
broken.yaml:9:10: cells: a list needs 'table:' and 'column:'
broken.yaml:9:25: cells: unknown key 'colunm' (did you mean 'column'?)
broken.yaml:10:32: cell: unknown column 'wrd' (did you mean 'word'?)
broken.yaml:15:3: count.keys: unknown key 'pattren' (did you mean 'pattern'?)
broken.yaml:24:27: count.block: pattern does not compile: missing )
broken.yaml:29:22: count.fragment: unknown fragment 'digits' (did you mean 'digit'?)
broken.yaml:36:5: count.group: unknown group 'mesure' (did you mean 'measure'?)
broken.yaml:40:11: count.parser: unknown parser 'quantiy' (did you mean 'quantity'?)
broken.yaml:43:7: cuont.kind: id begins with 'cuont', not with one of count, date, unit (did you mean 'count'?)
broken.yaml:48:7: count.keys: duplicate id, first defined at broken.yaml:12
broken.yaml:53:3: count.bare: has no example; give it 'matches:'
broken.yaml:60:17: count.gap: begins with a gap; begin with a number or a literal
broken.yaml:60:33: count.gap: has a gap without a bound; write {0,N} and exclude the punctuation it must not cross
broken.yaml:62:16: count.gap: unknown key 'spam' (did you mean 'span'?)
broken.yaml:63:5: count.gap: an example needs a 'text:'
broken.yaml:64:22: count.gap: span '2件' does not stand in the text
broken.yaml:65:3: a rule is a mapping with 'id:' and 'pattern:'
broken.yaml:66:3: a rule needs an 'id:'
broken.yaml:67:3: count.empty: needs 'about:', a line that says what it matches
broken.yaml:67:3: count.empty: needs a 'pattern:'
broken.yaml:68:3: count.shapes: has no example; give it 'matches:'
broken.yaml:71:12: count.shapes: a pattern is text
broken.yaml:72:12: count.shapes: 'matches' is a list; begin each entry with '- '
broken.yaml:73:8: count.shapes: 'set' is a mapping of names
broken.yaml:77:13: unit.looks: begins with a choice between looks; begin with the character that they look from
broken.yaml:84:3: unit.needs: 'after:', 'begins:' and 'needs:' are for rules for dates and counts, tried one by one
broken.yaml:96:19: date.needs: begins with '2', which 'begins:' does not name
broken.yaml:96:19: date.needs: has none of '月日', which the rule needs
broken.yaml:100:12: head: applied 'everywhere', not one of anywhere, start, whole
"""


def test_every_mistake_is_reported_at_its_place(rules_dir: Callable[..., Path]) -> None:
    """All of them in one go, each once, where it stands."""
    directory = rules_dir(broken=BROKEN, tables__words="word\n人\n")
    assert problems(directory) == EXPECTED.splitlines()


SLOW = [
    ".{0,9} 件", "[^,]{1,9} 件", r"\w{2,8} 局", r"\p{Han}{2,8} 局", r"[\p{Han}]{2,8} 局",
    r"(?: [\p{Han}〇]{1,9} 县 )? 局", "1 .* 件", "1 .+ 件", "1 .*? 件", "1 .{2,} 件", "1 [^,]* 件", "1 [^,]*? 件",
    "1 [^,]{2,} 件", r"1 \w+ 件", r"1 \w+? 件", r"1 \p{Han}+ 件", "1 (?: 件 )+? 人", r"1 \S* 件",
]  # fmt: skip
QUICK = [
    "[0-9]+ 件", "1 .{0,9}? 件", "1 [^,]{0,9} 件", "1 [^,\\n]++ 件", r"1 \s* 件", r"1 [^\S\n]* 件", r"1 \.* 件",
    "1 [.*+]? 件", "1 (?: 件 | 人 )* 次", r"1 \*? 件", r"第 \p{Han}{1,3} 件",
]  # fmt: skip


def rule(pattern: str) -> str:
    """Return a file with a rule of ``pattern``."""
    return f"rules: [{{id: count.a, about: a, parser: quantity, pattern: '{pattern}', matches: [1件]}}]"


@pytest.mark.parametrize("pattern", SLOW)
def test_gaps_that_cost_more_than_linear_time_are_refused(rules_dir: Callable[..., Path], pattern: str) -> None:
    """At the head of a rule any, elsewhere those without a bound that are lazy or can be given back."""
    (problem,) = problems(rules_dir(slow=rule(pattern)))
    assert "gap" in problem


@pytest.mark.parametrize("pattern", QUICK)
def test_other_repetitions_are_not(rules_dir: Callable[..., Path], pattern: str) -> None:
    """Of figures and blanks, bounded, possessive, or no repetition at all."""
    assert problems(rules_dir(quick=rule(pattern))) == []


@pytest.mark.parametrize(
    "section",
    ["fragments: {gap: '1 .* 件'}", "patterns: [{id: gap, about: a, pattern: '1 .* 件', matches: [1件]}]"],
)
def test_fragments_and_patterns_have_no_gaps_without_end(rules_dir: Callable[..., Path], section: str) -> None:
    """Whatever uses them runs over whole texts."""
    (problem,) = problems(rules_dir(slow=section))
    assert "gap: has a gap without a bound" in problem


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("rules: [\n- a: ]b\n", "2:1: YAML error: did not find expected node content"),
        ("rules:\n- id: 'a\n", "3:1: YAML error: found unexpected end of stream"),
        ("", "1:1: the file is empty; give it 'rules:' or delete it"),
        ("- a\n", "1:1: expected a mapping with 'rules:'"),
        ("ruels: []\n", "1:1: unknown key 'ruels' (did you mean 'rules'?)"),
        ("rules: []\nrules: []\n", "2:1: duplicate key 'rules'"),
        ("rules: {}\n", "1:8: 'rules' is a list; begin each entry with '- '"),
        ("fragments: [a]\n", "1:12: 'fragments' is a mapping of names"),
        ("? [a]\n: b\n", "1:3: a key is text, not a list or mapping"),
        ("rules: &a [*a]\n", "1:8: an alias that contains itself"),
    ],
)
def test_a_broken_file_is_reported(rules_dir: Callable[..., Path], content: str, line: str) -> None:
    """YAML errors, empty files and wrong shapes name their place."""
    found = problems(rules_dir(broken=content))
    assert found[0].startswith(f"broken.yaml:{line}")


def test_a_file_in_another_encoding_is_reported(tmp_path: Path) -> None:
    """Rule files and tables are UTF-8."""
    (tmp_path / "tables").mkdir()
    (tmp_path / "gbk.yaml").write_bytes("rules: [年]".encode("gbk"))
    (tmp_path / "tables" / "gbk.csv").write_bytes("word\n年\n".encode("gbk"))
    assert problems(tmp_path) == [
        "gbk.yaml:1:1: not UTF-8 at byte 8; save the file as UTF-8",
        "gbk.csv:1:1: not UTF-8; save the table as CSV UTF-8",
    ]


def test_ragged_tables_are_reported(rules_dir: Callable[..., Path]) -> None:
    """A row has as many cells as the header, and a header is that of the table it adds to."""
    first = rules_dir("first", tables__words="word,kind\n人,people\n")
    second = rules_dir("second", tables__words="word,sort\n人,people\n\n件\n", tables__mine="a\n1,2\n")
    assert problems(first, second) == [
        "mine.csv:2:1: 2 cells where the header has 1",
        "words.csv:1:1: header differs from that of words.csv built in: word,kind",
        "words.csv:4:1: 1 cells where the header has 2",
    ]


def test_an_id_is_defined_once_in_all_directories(rules_dir: Callable[..., Path]) -> None:
    """A user's rule cannot silently take the place of a built-in one."""
    first = rules_dir("first", good=GOOD, tables__measures=MEASURES)
    again = GOOD[GOOD.index("rules:") : GOOD.index("- id: count")]
    second = rules_dir("second", mine=again)
    assert problems(first, second) == ["mine.yaml:2:7: date.year: duplicate id, first defined at good.yaml:7"]


def test_loading_stops_with_all_problems(rules_dir: Callable[..., Path], tmp_path: Path) -> None:
    """The error holds each problem, and its text is one line each; it survives pickling."""
    directory = rules_dir(broken="rulse: []\nfragmnets: {}\n")
    with pytest.raises(RuleError) as raised:
        load((directory, tmp_path / "missing"), VOCABULARY)
    lines = str(raised.value).splitlines()
    assert lines == [
        f"{tmp_path}/missing:1:1: no such directory of rules",
        f"{directory}/broken.yaml:1:1: unknown key 'rulse' (did you mean 'rules'?)",
        f"{directory}/broken.yaml:2:1: unknown key 'fragmnets' (did you mean 'fragments'?)",
    ]
    copy = pickle.loads(pickle.dumps(raised.value))  # noqa: S301 - our own bytes
    assert str(copy) == str(raised.value)


def test_trusted_patterns_are_compiled_when_used(rules_dir: Callable[..., Path]) -> None:
    """The package's own patterns are tried by its tests, not at each start."""
    directory = rules_dir(broken="fragments: {open: '(?:'}\n")
    assert len(problems(directory)) == 1
    assert problems(directory, trusted=(directory,)) == []
