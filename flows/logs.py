"""Progress on the terminal and a plain log file in the home, both free of personal data."""

import logging
import os
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

from warehouse.home import Home


def start_logs(home: Home, *, command: str, quiet: bool) -> None:
    """Send our own log lines to stderr (unless quiet) and, where the home exists, to logs/<day>.log.

    A full disk costs lines of the log and nothing else: what matters fails by itself and says so.
    """
    logger = logging.getLogger("bangfu")
    logger.handlers.clear()
    logger.propagate = False
    logger.setLevel(logging.INFO)
    logging.raiseExceptions = False
    line = logging.Formatter("%(asctime)s %(message)s", datefmt="%H:%M:%S")
    handlers: list[logging.Handler] = [] if quiet else [logging.StreamHandler(sys.stderr)]
    if home.logs.is_dir():
        with suppress(OSError):
            handlers.append(_log_file(home.logs / f"{date.today().isoformat()}.log"))
    for handler in handlers:
        handler.setFormatter(line)
        logger.addHandler(handler)
    logger.info("bangfu %s", command)


def _log_file(file: Path) -> logging.Handler:
    """Readable by its owner alone from the first byte."""
    os.close(os.open(file, os.O_CREAT | os.O_APPEND, 0o600))
    return logging.FileHandler(file, encoding="utf-8")
