"""One home, one run: what comes second waits a while for its turn."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from warehouse.errors import HomeBusy

logger = logging.getLogger("bangfu")
Result = TypeVar("Result")
PAUSE = 20.0  # seconds between two tries


def when_free(run: Callable[[], Result], *, minutes: float) -> Result:
    """Run as soon as no other run holds the home. Raises HomeBusy when it is still held after these minutes."""
    deadline = time.monotonic() + minutes * 60
    while True:
        try:
            return run()
        except HomeBusy as busy:
            if time.monotonic() >= deadline:
                raise
            logger.info("等待:%s", busy.found)
            time.sleep(PAUSE)
