"""Growth: time by size of input and shape of line, and time for inputs made to be slow, as ratios."""

from __future__ import annotations

import corpora
from stages import best

from extractor import Extractor

_RUNS, _READ = 20, 1_000_000  # runs of one text at most, and characters that they read together


def sizes(largest: int) -> dict[str, dict[int, float]]:
    """Return microseconds a character for inputs of growing size, of many lines and of one."""
    extractor = Extractor()
    found: dict[str, dict[int, float]] = {}
    for shape, joint in (("many lines", "\n"), ("one line", "")):
        found[shape] = {}
        for size in corpora.SIZES:
            if size <= max(largest, corpora.SIZES[1]):
                text = corpora.sized(size, joint=joint)
                extractor.extract(text[:1000])
                runs = max(1, min(_RUNS, _READ // size))
                seconds = best(runs, lambda text=text: extractor.extract(text))  # type: ignore[misc]
                found[shape][size] = seconds / len(text) * 1e6
    return found


def hostile(characters: int) -> dict[str, float]:
    """Return for each hostile input how many times as long as for ordinary text a character of it takes."""
    extractor = Extractor()
    ordinary = corpora.sized(characters)
    normal = best(1, lambda: extractor.extract(ordinary)) / len(ordinary)
    return {
        name: best(1, lambda text=text: extractor.extract(text)) / len(text) / normal  # type: ignore[misc]
        for name, text in corpora.hostile(characters).items()
    }
