"""Word lists: a pattern with named lists to one in which the long ones are parted by their first characters.

The regex library tries the words of a list one after another, a thousand where a thousand measure words are listed.
Here they are tried only where one of their first characters stands: one of a set where these are few, one of a range,
which is parted again, where they are many. A look behind is read backwards, so there it goes by their last characters.
Words that share the character stay together, so that the longest of them is still the one that matches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

_MANY = 8  # words: fewer are as well tried one after another
_TOGETHER = 24  # first characters whose words are tried one after another
_WAYS = 3  # ranges that longer lists are parted into, and these again
_TOKEN = regex.compile(
    r"""\\L<(?P<list>\w+)> | \\. | \#[^\n]*+ | (?P<class> \[ \^? \]? (?: [^\[\]\\]++ | \\. | (?&class) )*+ \] )
      | (?P<open> \( ) (?: \? (?: (?P<behind> < [=!] ) | (?P<ahead> [=!] ) ) )? | (?P<close> \) )""",
    regex.VERBOSE | regex.DOTALL,
)


def parted(pattern: str, words: Callable[[str], Collection[str]]) -> tuple[str, dict[str, Collection[str]]]:
    """Return ``pattern`` (verbose mode) with its lists parted, and the words to compile each list in it with.

    ``words`` gives those of a list as the pattern names it. What the pattern matches stays the same.
    """
    lists: dict[str, Collection[str]] = {}
    parts: list[str] = []
    last = 0
    for name, is_behind, start, end in _lists(pattern):
        members = words(name)
        parts += (pattern[last:start], _choice(name, members, lists, is_behind=is_behind))
        last = end
    return "".join((*parts, pattern[last:])), lists


def _lists(pattern: str) -> Iterator[tuple[str, bool, int, int]]:
    """Yield the name of each list in ``pattern``, whether it is read backwards (in a look behind), and its span."""
    directions = [False]
    for token in _TOKEN.finditer(pattern):
        if token["open"]:
            directions.append(directions[-1] if token["ahead"] is token["behind"] else token["behind"] is not None)
        elif token["close"]:
            directions.pop()
        elif token["list"]:
            yield token["list"], directions[-1], token.start(), token.end()


def _choice(name: str, words: Collection[str], lists: dict[str, Collection[str]], *, is_behind: bool) -> str:
    """Return the pattern of a list, adding to ``lists`` those that it names."""
    if len(words) < _MANY or "" in words:
        lists[name] = words
        return rf"\L<{name}>"
    by_character: dict[str, list[str]] = {}
    for word in words:
        by_character.setdefault(word[-1 if is_behind else 0], []).append(word)

    def met(characters: str, choice: str) -> str:
        return f"(?:{choice})(?<=[{characters}])" if is_behind else f"(?=[{characters}])(?:{choice})"

    def choice(characters: Sequence[str]) -> str:
        if len(characters) <= _TOGETHER:
            own = f"{name}_{'behind' if is_behind else 'ahead'}_{ord(characters[0]):x}"
            lists[own] = [word for character in characters for word in by_character[character]]
            return rf"\L<{own}>"
        step = -(-len(characters) // _WAYS)
        ranges = (characters[at : at + step] for at in range(0, len(characters), step))
        return "|".join(met(rf"\U{ord(some[0]):08x}-\U{ord(some[-1]):08x}", choice(some)) for some in ranges)

    firsts = sorted(by_character)
    if len(firsts) > _TOGETHER:
        return f"(?:{choice(firsts)})"
    return f"(?:{met(''.join(map(regex.escape, firsts)), choice(firsts))})"
