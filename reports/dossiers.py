"""一户一档: one file per helped household, on request."""

from pathlib import Path

import duckdb

from reports.disclosure import OFFICE
from reports.names import common_names
from reports.session import Request, turn_to_dossiers, turn_to_family
from reports.tabs import file_name
from reports.workbook import GUIDE, Binder

NO_TOWN = "未登记"


def write_dossiers(connection: duckdb.DuckDBPyConnection, request: Request, folder: Path) -> list[Path]:
    """Write `一户一档/<town>/<family_no>.xlsx` for every household on the month's roster."""
    turn_to_dossiers(connection, request)
    names = common_names(connection, request)
    families = connection.execute(
        "select family_no, town from temp.dossier_family where family_no is not null order by family_no"
    ).fetchall()
    taken: set[Path] = set()
    for family_no, town in families:
        turn_to_family(connection, family_no)
        binder = Binder(connection, request, OFFICE, "dossier", {**names, "family_no": family_no})
        for slug in binder.files:
            if slug != GUIDE:
                binder.add(slug)
        path = _free_path(folder / "一户一档" / file_name(town or NO_TOWN), file_name(family_no), taken)
        path.parent.mkdir(parents=True, exist_ok=True)
        binder.write(path)
    return sorted(taken)


def _free_path(folder: Path, wanted: str, taken: set[Path]) -> Path:
    """Two family numbers may become the same file name once unsafe letters are gone; neither may be lost."""
    path, number = folder / f"{wanted}.xlsx", 2
    while path in taken:
        path, number = folder / f"{wanted}_{number}.xlsx", number + 1
    taken.add(path)
    return path
