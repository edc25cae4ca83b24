"""One rule of the catalogue, as its folder declares it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Clause:
    """One rule of the catalogue. `sql` is None for a rule whose result is a table, that is planned,
    or that cannot come from data.

    parties_only: of the recipients, only the lead department and those whose own rows are evidence see a finding.
    """

    rule: str
    clause: str
    title: str
    kind: str
    lead_department: str
    recipients: tuple[str, ...]
    asks: str
    version: str
    status: str = "running"
    quote: str = ""
    objection: str = ""
    reason: str | None = None
    kind_of: dict[str, str] = field(default_factory=dict)
    uses: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    sql: str | None = None
    parties_only: bool = False
