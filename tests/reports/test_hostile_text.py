"""Whatever stands in the departments' text, every sheet shows it as text, and the file can do nothing."""

import re
import zipfile
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from reports.monthly import write_month
from reports.safe_text import CUT_MARK, LONGEST_CELL, looks_like_formula, safe_text
from tests.reports.conftest import small_city
from tests.reports.published import ISSUED, JUNE, SECRET, publish
from tests.reports.reopened import all_text

HOSTILE = [
    '=HYPERLINK("http://example.invalid","看")', "=cmd|' /C calc'!A0", "+1+1", "-1-1", "@SUM(A1)", "＝1＋1",
    "\t=1+1", "\r\n=1+1", "'=1+1", "a\x00\x07\x1b[31mb", "𠮷😀家", "\ud83d", "_x003D_1+1", "<f>1+1</f>&amp;]]>",
    "{=1+1}", "\u202e反", "http://example.invalid/?q=1", "mailto:x@example.invalid", 'DDE("cmd";"/C calc")',
]  # fmt: skip
# Words that SQL compares: changing them changes what is found, not how it is shown.
COMPARED = re.compile(
    r"^(person_id|.*_id|kind|rule|clause|condition|department|lead_department|source_table|status|state|identity|sex|"
    r"category|cause|relation|benefit|labour_capacity|care_need|reason|quality|method|record|month|delivery_kind|"
    r"name_of_department|type|id_no|disability_no|id_quality|sha256|by|evidence_hash|value|version|measure)$"
)


def spoiled_columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    statement = """
        select table_schema, table_name, column_name from information_schema.columns
        where data_type = 'VARCHAR' and table_schema in ('core', 'identity', 'findings', 'policy', 'raw', 'mart')
        order by all
    """
    return [row for row in connection.execute(statement).fetchall() if not COMPARED.match(row[2])]


def spoil(connection: duckdb.DuckDBPyConnection) -> None:
    """Each text column gets hostile beginnings, the same for the same old value: what is joined stays joined."""
    for schema, table, column in spoiled_columns(connection):
        target = f"{schema}.{table}"
        values = [value for (value,) in connection.execute(f"select distinct {column} from {target}").fetchall()]
        for value in values:
            if value is not None:
                number = sum(map(ord, column + value)) % len(HOSTILE)
                hostile = (HOSTILE[number] + value).encode(errors="ignore").decode()
                connection.execute(f"update {target} set {column} = ? where {column} = ?", [hostile, value])
    connection.execute("update findings.finding set summary = repeat('长', 40000) where finding_id = 'f03'")


@pytest.fixture(scope="module")
def paths(tmp_path_factory) -> list[Path]:
    folder = tmp_path_factory.mktemp("hostile")
    database = publish(small_city(), folder / "full.duckdb", spoil)
    return write_month(database, folder / "outbox", JUNE, secret=SECRET, issued_on=ISSUED, dossiers=True)


@pytest.fixture(scope="module")
def books(paths):
    dossiers = [path for path in paths if path.parent.parent.name == "一户一档"]
    return [load_workbook(path) for path in paths if path not in dossiers[3:]]


def test_no_cell_is_a_formula_and_what_looks_like_one_stays_text_when_edited(books):
    seen = 0
    for book in books:
        for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
            assert cell.data_type != "f"
            if isinstance(cell.value, str) and looks_like_formula(cell.value):
                seen += 1
                assert cell.quotePrefix or cell.coordinate in ("A1", "A2")
    assert seen > 100


def test_links_lead_to_sheets_of_the_same_book_only(books):
    for book in books:
        for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink):
            assert cell.hyperlink.target is None
            tab = re.fullmatch(r"'(.+)'!A\d+", cell.hyperlink.location)
            assert tab and tab[1] in book.sheetnames


def test_every_hostile_text_is_shown(books):
    text = "\n".join(map(all_text, books)).replace("_x005F_", "_")
    for hostile in HOSTILE:
        shown = safe_text(hostile.encode(errors="ignore").decode()).replace("_x005F_", "_")
        assert shown in text


def test_an_over_long_text_is_cut_and_says_so(books):
    longest = max((cell.value for book in books for sheet in book for row in sheet.iter_rows() for cell in row
                   if isinstance(cell.value, str)), key=len)  # fmt: skip
    assert len(longest) == LONGEST_CELL
    assert longest.endswith(CUT_MARK)


def test_the_files_hold_nothing_that_runs_or_reaches_out(paths):
    for path in paths:
        with zipfile.ZipFile(path) as file:
            assert not [
                name for name in file.namelist() if re.search(r"vba|externalLink|comment|embed|customXml", name)
            ]
            content = {name: file.read(name).decode(errors="replace") for name in file.namelist()}
        for name, text in content.items():
            assert 'TargetMode="External"' not in text
            if "worksheets/sheet" in name:
                assert not re.search(r"<f[ >]|<ddeLink|<oleLink", text)
        names = re.findall(r'<definedName[^>]*name="([^"]+)"', content["xl/workbook.xml"])
        assert set(names) <= {"_xlnm.Print_Titles", "_xlnm._FilterDatabase"}


def test_properties_name_no_person_and_no_machine(paths):
    for path in paths:
        with zipfile.ZipFile(path) as file:
            core, app = file.read("docProps/core.xml").decode(), file.read("docProps/app.xml").decode()
        assert set(re.findall(r"<[^<>]*(?:creator|lastModifiedBy)[^<>]*>([^<]*)<", core)) - {""} == {"bangfu"}
        assert "2026-07-03T00:00:00Z" in core
        assert not re.search("Company|Manager|HyperlinkBase", app)
