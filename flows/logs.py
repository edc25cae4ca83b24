"""Progress on the terminal and a plain log file in the home, both free of personal data."""

import logging
import os
import sys
from datetime import date

from warehouse.home import Home


def start_logs(home: Home, *, command: str, quiet: bool) -> None:
    """Send our own log lines to stderr (unless quiet) and, where the home exists, to logs/<day>.log."""
    logger = logging.getLogger("bangfu")
    logger.handlers.clear()
    logger.propagate = False
    logger.setLevel(logging.INFO)
    line = logging.Formatter("%(asctime)s %(message)s", datefmt="%H:%M:%S")
    handlers: list[logging.Handler] = [] if quiet else [logging.StreamHandler(sys.stderr)]
    if home.logs.is_dir():
        file = home.logs / f"{date.today().isoformat()}.log"
        os.close(os.open(file, os.O_CREAT | os.O_APPEND, 0o600))
        handlers.append(logging.FileHandler(file, encoding="utf-8"))
    for handler in handlers:
        handler.setFormatter(line)
        logger.addHandler(handler)
    logger.info("bangfu %s", command)
