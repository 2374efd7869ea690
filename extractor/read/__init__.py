"""Read: files of any kind, directories, patterns and standard input to texts that know where their parts stood."""

from extractor.read.decode import codec
from extractor.read.files import files
from extractor.read.model import Text
from extractor.read.sources import read, sources

__all__ = ["Text", "codec", "files", "read", "sources"]
