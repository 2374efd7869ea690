"""Groups: the names of groups to their numbers, with which a match is asked at a seventh of the cost.

The regex library takes a name for a number first and raises an exception, unseen, each time that it is none.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex


@lru_cache(maxsize=1024)
def numbers(pattern: regex.Pattern[str], *names: str) -> tuple[int, ...]:
    """Return the number of each group called ``names`` in ``pattern``; KeyError for one that it has not.

    >>> import regex
    >>> numbers(regex.compile("(?P<year>[0-9]{4})年(?P<month>[0-9]{1,2})月"), "month", "year")
    (2, 1)
    """
    return tuple(pattern.groupindex[name] for name in names)
