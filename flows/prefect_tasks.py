"""A step of a run as a Prefect task: nothing is cached or kept, and no foreign message gets out of it."""

from collections.abc import Callable
from typing import Any, TypeVar

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.steps import call

Result = TypeVar("Result")


def as_task(name: str, function: Callable[..., Result], /, *arguments: Any, **named: Any) -> Result:
    """Run a step as a task, through a function without parameters: inputs would be hashed, and errors quote them."""

    def step() -> Result:
        return call(name, function, *arguments, **named)

    return task(name=name, cache_policy=NO_CACHE, persist_result=False)(step)()
