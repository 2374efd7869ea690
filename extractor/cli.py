"""Command line: arguments to one call, an error that the user can put right to one line and an exit status."""

from __future__ import annotations

import gc
import os
import signal
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

from extractor.errors import ExtractorError, InputError
from extractor.job import FAILED, MISUSED, complain

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMED = ("schema", "explain", "rules")  # any other first argument is a file, or an option of the default command
_STOPPED = 130  # as shells have it for Ctrl-C


def main() -> None:
    """Run the command line as a process of its own."""
    gc.disable()  # what is made until the rules are there stays
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none has a say here, and to look for them takes long
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # end quietly when the reader of a pipe has gone
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    run(sys.argv[1:])


def run(words: Sequence[str]) -> None:
    """Run the command that ``words`` call for, and exit with its status."""
    try:
        sys.exit(_status(words))
    except InputError as error:
        complain(str(error))
        sys.exit(FAILED)
    except ExtractorError as error:
        complain(str(error))
        sys.exit(MISUSED)
    except KeyboardInterrupt:
        sys.exit(_STOPPED)


def _status(words: Sequence[str]) -> int:
    from extractor.commands import default, named, status  # noqa: PLC0415 - an error in them is one line too

    return status(named if words[:1] and words[0] in NAMED else default, words)


if __name__ == "__main__":
    main()
