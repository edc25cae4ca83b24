"""The folders of one installation."""

from dataclasses import dataclass
from pathlib import Path

DEPARTMENTS = ("civil_affairs", "hr_social_security", "disabled_persons_federation", "health", "housing")


@dataclass(frozen=True)
class Home:
    """Paths of a home; nothing is created until `prepare`."""

    root: Path
    scratch_folder: Path | None = None

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def archive(self) -> Path:
        return self.root / "archive"

    @property
    def outbox(self) -> Path:
        return self.root / "outbox"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def policy(self) -> Path:
        """Local dated values that override the project's `policy/`."""
        return self.root / "policy"

    @property
    def warehouse(self) -> Path:
        return self.root / "warehouse"

    @property
    def spill(self) -> Path:
        """Where DuckDB spills, encrypted where the home has a key; emptied at the start of every run."""
        return self.warehouse / "spill"

    @property
    def scratch(self) -> Path:
        """Unpacked and decrypted files while a run reads them: in memory where the home has a key; emptied likewise."""
        return self.scratch_folder or self.spill

    @property
    def work_database(self) -> Path:
        return self.warehouse / "work.duckdb"

    @property
    def full_database(self) -> Path:
        return self.warehouse / "full.duckdb"

    @property
    def analyst_database(self) -> Path:
        return self.warehouse / "analyst.duckdb"

    @property
    def lock_file(self) -> Path:
        return self.warehouse / "run.lock"

    def prepare(self) -> None:
        """Make the folders, readable by their owner alone (analyst.duckdb needs its group to pass through)."""
        for folder in (self.root, self.warehouse):
            if not folder.exists():
                folder.mkdir(parents=True)
                folder.chmod(0o750)  # whatever the umask
        for folder in (self.inbox, self.archive, self.outbox, self.logs, self.spill):
            folder.mkdir(mode=0o700, exist_ok=True)
        for department in DEPARTMENTS:
            (self.inbox / department).mkdir(mode=0o700, exist_ok=True)
        (self.inbox / "answers").mkdir(mode=0o700, exist_ok=True)
