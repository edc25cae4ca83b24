"""How a step of work is run: called directly by the commands, as a task by Prefect.

Whatever goes wrong inside a step leaves it as a BangfuError: messages of DuckDB, pandas and
pyarrow carry the value that offended, and must reach no log, state or screen.
"""

import errno
import logging
import time
import traceback
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from warehouse.errors import BangfuError

logger = logging.getLogger("bangfu")
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
Result = TypeVar("Result")


class RunStep(Protocol):
    """Runs `function(*arguments)` under a name people can read."""

    def __call__(self, name: str, function: Callable[..., Result], /, *arguments: Any, **named: Any) -> Result: ...


def call(name: str, function: Callable[..., Result], /, *arguments: Any, **named: Any) -> Result:
    """Run a step here and now, saying that it began and how long it took."""
    logger.info("%s …", name)
    started = time.perf_counter()
    result = without_values(name, function, *arguments, **named)
    logger.info("%s 用时 %.2f 秒", name, time.perf_counter() - started)
    return result


def without_values(name: str, function: Callable[..., Result], /, *arguments: Any, **named: Any) -> Result:
    """Run a function; any error that is not ours is replaced by one that names the code line and no value."""
    try:
        return function(*arguments, **named)
    except BangfuError as error:
        raise error from None  # what caused it may quote the file; a printed traceback would repeat it
    except Exception as error:  # noqa: BLE001 - the boundary where foreign messages are stripped of values
        frames = traceback.extract_tb(error.__traceback__)
        place = " < ".join(f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno}" for frame in reversed(frames[-4:]))
        raise BangfuError(
            where=name,
            found=f"程序内部错误 {type(error).__name__}({place})",
            remedy=f"本次没有发布任何内容,上次发布的仍然有效;{_what_to_do(error)}",
        ) from None


def _what_to_do(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno in FULL:
        return "磁盘已满:清理后重新运行,会接着做完"
    return "请把这一行交给维护人员"
