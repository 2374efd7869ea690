"""Corpora: the texts that are measured: seed, fixtures, a mixed corpus, sizes in one line and many, hostile inputs."""

from __future__ import annotations

import random
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SEED = ROOT.parent / "shared" / "seed" / "yifaxingzheng-8.txt"
FIXTURES = sorted((ROOT / "fixtures").glob("*.txt"))
_MEGABYTE = 1_000_000
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)


def seed() -> list[str]:
    """Return the seed text where it lies beside the project."""
    return [SEED.read_bytes().decode()] if SEED.exists() else []


def fixtures() -> list[str]:
    """Return the texts of the fixtures."""
    return [path.read_bytes().decode("utf-8-sig") for path in FIXTURES]


def _paragraphs() -> list[str]:
    texts = [*seed(), *fixtures()]
    lines = (line.strip() for text in texts for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("【")]  # marks of reports would divide a document


def mixed(megabytes: float) -> list[str]:
    """Return documents of 2,000 to 40,000 characters, paragraphs of seed and fixtures in random order, seeded."""
    rng = random.Random(7)  # noqa: S311 - a repeatable corpus, not a secret
    paragraphs = _paragraphs()
    size, texts = 0, []
    while size < megabytes * _MEGABYTE:
        texts.append(sized(rng.randint(2_000, 40_000), rng, paragraphs))
        size += len(texts[-1].encode())
    return texts


def sized(
    characters: int, rng: random.Random | None = None, paragraphs: list[str] | None = None, joint: str = "\n"
) -> str:
    """Return a text of about so many characters, paragraphs joined by ``joint``."""
    rng = rng or random.Random(characters)  # noqa: S311 - as above
    paragraphs = paragraphs or _paragraphs()
    lines: list[str] = []
    length = 0
    while length < characters:
        lines.append(rng.choice(paragraphs))
        length += len(lines[-1]) + len(joint)
    return joint.join(lines)


def hostile(characters: int) -> dict[str, str]:
    """Return texts made to be slow, each of so many characters."""
    pieces = {
        "一": "一", "digits": "1234567890", "《": "《", "（": "（", "市": "市", "第十": "第十", "spaces": " ",
        "一、": "一、", "numerals and commas": "三，5，",
        "no punctuation": "".join(_paragraphs()).translate(_UNPUNCTUATED),
    }  # fmt: skip
    return {name: (piece * (characters // len(piece) + 1))[:characters] for name, piece in pieces.items()}


_UNPUNCTUATED = {ord(mark): None for mark in "，。、；：？！,.;:?!“”‘’（）()《》〈〉〔〕[]【】—-…·\n\t 　"}
