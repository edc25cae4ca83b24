"""What the tests of pulling do at the office: declare sources, pull, look into the inbox."""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path

from connectors.inbox import walk
from connectors.pulling.landing import PART
from connectors.pulling.pull import pull
from connectors.pulling.result import Pulled
from connectors.pulling.sources import read_pulling
from warehouse.home import Home

CANARY = "canary-S3cret!"


class EveryDay(datetime):
    """Every run is a day later than the one before."""

    days = 0

    @classmethod
    def now(cls, tz=None):
        cls.days += 1
        return datetime(2026, 5, 1, 2, 30) + timedelta(days=cls.days)


class Desk:
    """One home and what its sources say; every call of `pull` is a run of its own."""

    def __init__(self, root: Path) -> None:
        self.home = Home(root / "home")
        self.home.prepare()
        self.remote = root / "remote"
        self.remote.mkdir()
        self.environment: dict[str, str] = {}
        self.slept: list[float] = []

    def declare(self, **sources: dict) -> None:
        """One section per source; `folder()` makes the commonest one."""
        lines = []
        for name, words in sources.items():
            lines += [f"[source.{name}]", *(f"{word} = {json.dumps(value)}" for word, value in words.items())]
        (self.home.root / "pulling.toml").write_text("\n".join(lines), encoding="utf-8")

    def folder(self, **more) -> dict:
        told = {"kind": "folder", "department": "health", "path": str(self.remote), "settle_seconds": 4}
        return told | more

    def send(self, name: str, content: bytes, modified: float | None = None) -> Path:
        path = self.remote / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if modified is not None:
            os.utime(path, (modified, modified))
        return path

    def secret(self, text: str = CANARY, name: str = "password.txt", mode: int = 0o600) -> str:
        file = self.home.root / name
        file.write_text(text + "\n", encoding="utf-8")
        file.chmod(mode)
        return name

    def pull(self, sleep=None) -> dict[str, Pulled]:
        pulling = read_pulling(self.home.root)
        found = pull(pulling, self.home, self.home.inbox, self.environment.get, sleep or self.slept.append)
        return {one.source: one for one in found}

    def inbox(self, source: str = "x", department: str = "health") -> dict[str, bytes]:
        """Everything below a source's folder, hidden files too."""
        folder = self.home.inbox / department / "pulled" / source
        found = (path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}

    def parts(self) -> list[Path]:
        return list(self.home.inbox.rglob(PART))

    def seen_by_intake(self) -> list[str]:
        return [one.source_file for one in walk(self.home.inbox, spill=self.home.spill)]
