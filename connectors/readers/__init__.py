"""Files of every format as rows of text; what a file is, is decided by its content, never by its ending."""

from connectors.readers.opening import open_file
from connectors.readers.sheet import DELETED, Sheet

__all__ = ["DELETED", "Sheet", "open_file"]
