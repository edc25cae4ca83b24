"""What a hostile name contains is shown by LibreOffice as text, and a workbook it saves holds no formula either."""

import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reports.monthly import write_month
from tests.reports.conftest import small_city
from tests.reports.published import ISSUED, JUNE, SECRET, publish
from tests.reports.test_hostile_text import spoil


@pytest.fixture(scope="module")
def saved(tmp_path_factory) -> dict[Path, Path]:
    """Each workbook with the copy LibreOffice opened and saved."""
    folder = tmp_path_factory.mktemp("hostile")
    database = publish(small_city(), folder / "full.duckdb", spoil)
    paths = write_month(database, folder / "out", JUNE, secret=SECRET, issued_on=ISSUED)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx", "--outdir",
         str(folder / "saved"), *map(str, paths)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return {path: folder / "saved" / path.name for path in paths}


def texts(path: Path) -> list[list[str]]:
    """Text cells by sheet; line ends as LibreOffice writes them."""
    return [
        [cell.value.replace("_x005F_", "_") for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
        for page in load_workbook(path)
    ]


def test_every_text_survives_opening_and_saving(saved):
    for ours, theirs in saved.items():
        assert texts(theirs) == texts(ours)


def test_nothing_became_a_formula_or_a_link_outside(saved):
    for path in saved.values():
        cells = [cell for page in load_workbook(path) for row in page.iter_rows() for cell in row]
        assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
        assert not [cell.coordinate for cell in cells if cell.hyperlink and cell.hyperlink.target]
