"""Run: what the command line asks for, from the inputs to the files, over one process or many."""

from extractor.run.command import Run

__all__ = ["Run"]
