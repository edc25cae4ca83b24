"""Workbooks as a picture: LibreOffice prints them, and nothing is cut or shown as '###'. Run by `make test-system`."""

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reports.monthly import write_month
from tests.reports.conftest import small_city
from tests.reports.published import ISSUED, JUNE, SECRET, publish

TOOLS = ("soffice", "pdftotext", "pdfinfo")
SQUEEZED = str.maketrans("", "", " \n\f")


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> dict[str, Path]:
    """Every workbook of the small city as PDF, by the workbook's path."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    assert not missing, f"install libreoffice-calc-nogui, fonts-noto-cjk and poppler-utils: {missing}"
    folder = tmp_path_factory.mktemp("pictures")
    paths = write_month(
        publish(small_city(), folder / "full.duckdb"), folder / "outbox", JUNE, secret=SECRET, issued_on=ISSUED
    )
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir",
         str(folder), *map(str, paths)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return {str(path): folder / f"{path.stem}.pdf" for path in paths}


def text_of(pdf: Path) -> str:
    told = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True)
    return told.stdout


def pages_of(pdf: Path) -> int:
    told = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pages:"))


def test_every_sheet_of_the_small_city_takes_the_pages_it_is_set_to(printed):
    for workbook, pdf in printed.items():
        # The first page of every book, and the sheets of the office, may go on below.
        longer = 4 if "月度核对总表" in workbook else 1
        assert 0 <= pages_of(pdf) - sum(page.page_setup.fitToWidth for page in load_workbook(workbook)) <= longer


def test_no_number_or_date_is_too_wide_for_its_column(printed):
    assert not [workbook for workbook, pdf in printed.items() if "###" in text_of(pdf)]


def test_every_visible_word_is_on_the_paper(printed):
    for workbook, pdf in printed.items():
        paper = text_of(pdf).translate(SQUEEZED)
        for sheet in load_workbook(workbook):
            hidden = {letter for letter, column in sheet.column_dimensions.items() if column.hidden}
            for row in sheet.iter_rows():
                shown = [cell.value for cell in row if isinstance(cell.value, str) and cell.column_letter not in hidden]
                for text in shown:
                    # A wrapped cell is printed line by line between its neighbours' lines: look for its beginning.
                    assert text.translate(SQUEEZED)[:5] in paper, f"{sheet.title}: a text is cut"
