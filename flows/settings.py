"""The only reader of the environment."""

import os
from dataclasses import dataclass
from pathlib import Path

from warehouse.connection import DEFAULT_MEMORY
from warehouse.home import Home

PROJECT = Path(__file__).resolve().parent.parent
PROJECT_POLICY = PROJECT / "policy"


@dataclass(frozen=True)
class Settings:
    """What one installation is told from outside."""

    home: Home
    memory_limit: str = DEFAULT_MEMORY


def read_settings(home: str | Path | None = None) -> Settings:
    """Settings from the argument first, then BANGFU_HOME and BANGFU_MEMORY (a DuckDB size such as 4GB)."""
    root = Path(home or os.environ.get("BANGFU_HOME") or "home")
    return Settings(Home(root.resolve()), memory_limit=os.environ.get("BANGFU_MEMORY", DEFAULT_MEMORY))
