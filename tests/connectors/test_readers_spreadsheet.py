"""Workbooks of every kind: cells as text without invented digits, physical rows, and a child that may die."""

import datetime
import zipfile

import openpyxl
import pytest
import xlwt

from connectors.readers import spreadsheet
from connectors.readers.cells import number_text, text_of
from tests.connectors.readers_made import PEOPLE, TABLE, cells, only, package, problems, read, write
from warehouse.errors import BangfuError


def workbook(path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("name", ["file.xlsx", "file.xls", "file.csv", "没有后缀"])
def test_an_xlsx_is_read_whatever_it_is_called(tmp_path, name):
    workbook(tmp_path / "made.xlsx", {"名册": TABLE}).replace(tmp_path / name)
    (sheet,) = read(tmp_path / name)
    assert (sheet["name"], sheet["visible"], sheet["columns"]) == ("名册", True, 6)
    assert cells(sheet["rows"]) == TABLE
    assert [row[0] for row in sheet["rows"]] == [1, 2, 3, 4]


def test_an_old_xls_with_two_sheets(tmp_path):
    book = xlwt.Workbook(encoding="utf-8")
    for name in ("玉山镇", "巴城镇"):
        sheet = book.add_sheet(name)
        for row, values in enumerate(TABLE):
            for column, value in enumerate(values):
                sheet.write(row, column, value)
    book.get_sheet(1).visibility = 1
    book.save(str(tmp_path / "a.xlsx"))
    found = read(tmp_path / "a.xlsx")
    assert [(each["name"], each["visible"]) for each in found] == [("玉山镇", True), ("巴城镇", False)]
    assert all(cells(each["rows"]) == TABLE for each in found)


def test_physical_rows_blank_ones_and_hidden_sheets(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B3"], sheet["D5"] = "甲", "乙"
    sheet["A9"].fill = openpyxl.styles.PatternFill("solid", fgColor="FF0000")
    sheet.merge_cells("B7:D7")
    sheet["B7"] = "合并"
    book.create_sheet("空").sheet_state = "hidden"
    book.create_sheet("深藏").sheet_state = "veryHidden"
    book.save(tmp_path / "a.xlsx")
    first, hidden, deep = read(tmp_path / "a.xlsx")
    assert [row[0] for row in first["rows"]] == list(range(1, 8))
    assert cells(first["rows"]) == [[""] * 4] * 2 + [
        ["", "甲", "", ""],
        [""] * 4,
        ["", "", "", "乙"],
        [""] * 4,
        ["", "合并", "", ""],
    ]
    assert not hidden["visible"] and not deep["visible"]
    assert hidden["rows"] == [] and hidden["columns"] == 0


def test_cells_of_every_kind_become_the_text_they_stand_for(tmp_path):
    row = [
        "  有空格 ", 12, 12.0, 0.1 + 0.2, 1234.5, True, False, datetime.date(1985, 1, 2),
        datetime.datetime(2024, 1, 2, 3, 4, 5), datetime.time(8, 30), "一\n二", "007",
    ]  # fmt: skip
    (found,) = cells(only(workbook(tmp_path / "a.xlsx", {"表": [row]})))
    assert found == [
        "  有空格 ", "12", "12", "0.3", "1234.5", "TRUE", "FALSE", "1985-01-02",
        "2024-01-02 03:04:05", "08:30:00", "一\n二", "007",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1e-7, "0.0000001"),
        (1234.5600000000002, "1234.56"),
        (13812345678.0, "13812345678"),
        (999999999999999.0, "999999999999999"),
        (float("320583198501010000"), "3.205831985010100e+17"),  # cut to 15 digits by Excel
        (float("320583198501011234"), "3.2058319850101126e+17"),  # rounded by another program
        (6222020000123456.0, "6222020000123456"),
        (float("nan"), "#错误"),
    ],
)
def test_a_number_prints_no_digit_it_does_not_have(value, text):
    assert number_text(value) == text


def test_a_moment_a_split_second_before_midnight_is_the_next_day():
    assert text_of(datetime.datetime(2024, 1, 1, 23, 59, 59, 999_800)) == "2024-01-02"


def test_error_cells_and_formulas_without_a_result_are_told_apart_from_empty_ones(tmp_path):
    rows = (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c><c r="B2" t="e"><v>#N/A</v></c>'
        '<c r="C2"><f>1+1</f></c><c r="D2"><f>1+1</f><v>2</v></c><c r="E2" t="str"><f>""</f><v></v></c></row>'
        '<row r="4"><c r="F4"><f>A1</f><v></v></c></row>'
    )
    found = only(package(tmp_path / "a.xlsx", rows))
    assert found[1][2] == ["甲", "#错误", "#公式无值", "2", None, None]
    assert found[3] == (4, None, [None] * 5 + ["#公式无值"])


def test_error_cells_of_an_old_xls(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    sheet.write(1, 0, "甲")
    sheet.row(1).set_cell_error(2, "#DIV/0!")
    book.add_sheet("另").row(0).set_cell_error(1, "#REF!")
    book.save(str(tmp_path / "a.xls"))
    first, second = read(tmp_path / "a.xls")
    assert first["rows"][1][2] == ["甲", None, "#错误"]
    assert second["rows"][0][2] == [None, "#错误"]


def test_control_characters_in_a_cell_are_taken_out(tmp_path):
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>张&#x7F;三</t></is></c></row>'
    assert only(package(tmp_path / "a.xlsx", rows)) == [(1, None, ["张三"])]


PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>
<table><tr><td colspan="6">救助对象花名册</td></tr>
<tr><th>统计月份</th><th>家庭编号</th><th>姓名</th><th>身份证号码</th><th>本人月保障金</th><th>家庭住址</th></tr>
<tr><td rowspan="2">2024-03</td><td>F001</td><td> 张三
 </td><td>11010519491231002X</td><td>320.50</td><td>玉山镇<br>一号</td></tr>
<tr><td>F002</td><td>李四</td><td>440524188001010014</td><td>&nbsp;</td><td>&#24052;城镇</td></tr></table>
<table style="display:none"><tr><td>甲</td></tr></table></body></html>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_web_page_called_xls(tmp_path, encoding):
    table, second = read(write(tmp_path, PAGE, "a.xls", encoding))
    assert table["columns"] == 6
    assert cells(table["rows"])[0] == ["救助对象花名册", "", "", "", "", ""]
    assert cells(table["rows"])[2:] == [
        ["2024-03", "F001", "张三", "11010519491231002X", "320.50", "玉山镇\n一号"],
        ["", "F002", "李四", "440524188001010014", "", "巴城镇"],
    ]
    assert (second["name"], second["visible"], cells(second["rows"])) == ("表2", False, [["甲"]])


def test_tables_inside_tables_are_sheets_of_their_own_and_nothing_is_said_twice(tmp_path):
    page = "<table><tr><td><table><tr><td>甲</td><td>乙</td></tr></table></td></tr></table>"
    assert [cells(each["rows"]) for each in read(write(tmp_path, page, "a.xls"))] == [[["甲", "乙"]]]


def test_a_billion_columns_in_a_web_page_are_not_believed(tmp_path):
    page = '<table><tr><td colspan="999999999" rowspan="999999999">甲</td></tr><tr><td>乙</td></tr></table>'
    (sheet,) = read(write(tmp_path, page, "a.xls"))
    assert sheet["columns"] <= 16_385


def test_a_bad_byte_in_a_web_page_costs_its_row(tmp_path):
    raw = ("<table>\n" + "<tr><td>李四</td></tr>\n" * 300 + "<tr><td>@</td></tr>\n</table>").encode("gb18030")
    rows = only(write(tmp_path, raw.replace(b"@", b"\xc0\xff"), "a.xls"))
    assert problems(rows) == {301: "编码错误"}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_tab_separated_text_called_xls(tmp_path, encoding):
    text = "\r\n".join("\t".join(row) for row in TABLE)
    assert cells(only(write(tmp_path, text, "a.xls", encoding))) == TABLE


def test_the_xml_workbook_of_2003(tmp_path):
    text = """<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>
    <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
    xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
    <Worksheet ss:Name="名册"><Table>
    <Row ss:Index="2"><Cell ss:MergeAcross="1"><Data ss:Type="String">甲</Data></Cell>
    <Cell><Data ss:Type="Number">2</Data></Cell></Row>
    <Row><Cell ss:Index="3"><Data ss:Type="DateTime">1985-01-02T00:00:00.000</Data></Cell>
    <Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
    </Table></Worksheet></Workbook>"""
    (sheet,) = read(write(tmp_path, text, "a.xls"))
    assert sheet["name"] == "名册"
    assert cells(sheet["rows"]) == [[""] * 5, ["甲", "", "2", "", ""], ["", "", "1985-01-02", "#错误", "TRUE"]]


def test_the_cell_at_the_end_of_the_world_kills_the_child_only(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(BangfuError, match="零星单元格.*删除数据区以外"):
        read(package(tmp_path / "a.xlsx", rows), tmp_path / "spill")
    assert list((tmp_path / "spill").iterdir()) == []


def test_a_stray_cell_far_to_the_right_does_not_cost_the_sheet(tmp_path):
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(2, 60))
    found = only(package(tmp_path / "a.xlsx", '<row r="1"><c r="XFD1"><v>1</v></c></row>' + rows))
    assert len(found) == 59
    assert found[58][2][0] == "59"


def test_a_child_that_never_ends_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(spreadsheet, "SECONDS", 0.01)
    with pytest.raises(BangfuError, match="读取超时"):
        read(workbook(tmp_path / "a.xlsx", {"表": TABLE}))


def test_nothing_is_left_behind_and_nobody_else_can_look(tmp_path):
    spill = tmp_path / "spill"
    path = workbook(tmp_path / "a.xlsx", {"表": PEOPLE})
    from connectors.readers import open_file

    with open_file(path, spill=spill) as (sheet,):
        (folder,) = spill.iterdir()
        assert folder.stat().st_mode & 0o077 == 0
        assert all(file.stat().st_mode & 0o077 == 0 for file in folder.iterdir())
        assert sum(batch.num_rows for batch in sheet.batches) == 3
    assert list(spill.iterdir()) == []


def test_a_package_that_swells_is_refused_before_it_is_unpacked(tmp_path):
    path = package(tmp_path / "a.xlsx", "", extra={"xl/media/image1.bmp": bytes(101 << 20)})
    assert path.stat().st_size < 1 << 20
    with pytest.raises(BangfuError, match="解开后过大"):
        read(path)


def test_rows_are_counted_the_same_by_another_reader(tmp_path):
    rows = [[f"{n}", None if n % 3 else "x", n] if n % 11 else [] for n in range(1, 500)]
    path = workbook(tmp_path / "a.xlsx", {"表": rows})
    with zipfile.ZipFile(path) as opened:
        last = opened.read("xl/worksheets/sheet1.xml").decode().rpartition('<row r="')[2].partition('"')[0]
    assert len(only(path)) == int(last) == 499
