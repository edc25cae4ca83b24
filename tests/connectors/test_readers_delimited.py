"""Delimited text: any encoding and delimiter comes back cell for cell, and a bad record costs itself alone."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.readers import encoding as encodings
from connectors.readers.delimited import Splitter, read
from connectors.readers.dialect import Dialect, learn
from connectors.readers.encoding import Encoding
from tests.connectors.readers_made import HEADING, PEOPLE, TABLE, cells, csv_text, only, problems, write

ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
DELIMITERS = [",", "\t", ";", "|", "，"]

# What csv.writer can write and a strict reader must give back: no control characters, no unpaired surrogates.
TEXT = st.text(
    st.one_of(
        st.sampled_from(list("\",\t;|，\n\r '=张三ａ。·0123𠮷é")),
        st.characters(exclude_categories=["Cs", "Cc"], max_codepoint=0x2FFFF),
    ),
    max_size=8,
)


def joined(pieces):
    return [row for batch in pieces for row in zip(*[column.to_pylist() for column in batch.columns], strict=True)]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_every_encoding_and_delimiter_comes_back_cell_for_cell(tmp_path, encoding, delimiter):
    path = write(tmp_path, csv_text(TABLE, delimiter=delimiter), encoding=encoding)
    rows = only(path)
    assert cells(rows) == TABLE
    assert [row[0] for row in rows] == [1, 2, 3, 4]
    assert not problems(rows)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends_of_every_system(tmp_path, ending, last):
    text = csv_text(TABLE, lineterminator=ending)
    rows = only(write(tmp_path, text if last else text.removesuffix(ending)))
    assert cells(rows) == TABLE


@settings(max_examples=150, deadline=None)
@given(
    data=st.data(), delimiter=st.sampled_from(DELIMITERS), quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
)
def test_what_csv_writes_comes_back_whatever_the_pieces(data, delimiter, quoting):
    width = data.draw(st.integers(2, 5))
    table = data.draw(st.lists(st.lists(TEXT, min_size=width, max_size=width), min_size=1, max_size=8))
    table = [[cell.lstrip(" \ufeff") for cell in row] for row in table]
    text = csv_text(table, delimiter=delimiter, quoting=quoting)
    splitter = Splitter(Dialect(delimiter, width, width, False))
    found, rest = [], ""
    cut = data.draw(st.integers(0, len(text)))
    for piece, final in ((text[:cut], False), (text[cut:], True)):
        batches = splitter.split(rest + piece, final=final)
        while True:
            try:
                found.append(next(batches))
            except StopIteration as stop:
                rest = stop.value
                break
    rows = joined(found)
    assert [row[0] for row in rows] == list(range(1, len(table) + 1))
    assert [[cell or "" for cell in row[2:]] for row in rows] == table
    assert all(row[1] is None for row in rows)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), encoding=st.sampled_from(ENCODINGS), delimiter=st.sampled_from(DELIMITERS))
def test_any_table_under_a_heading_is_recognised_whole(tmp_path, data, encoding, delimiter):
    row = st.lists(TEXT, min_size=6, max_size=6)
    table = [
        HEADING,
        *[[cell.lstrip(" \ufeff") for cell in each] for each in data.draw(st.lists(row, max_size=6))],
        *PEOPLE,
    ]
    path = write(tmp_path, csv_text(table, delimiter=delimiter, quoting=csv.QUOTE_ALL), encoding=encoding)
    rows = only(path)
    assert cells(rows) == table
    assert not problems(rows)


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from(list('",\n\rab 1')), max_size=60), st.integers(0, 60))
def test_no_text_is_lost_or_doubled_however_broken(text, cut):
    """Every piece of every line lies in exactly one record, and the way the text is cut changes nothing."""
    dialect = Dialect(",", 3, 3, False)
    whole = outcome(dialect, [text])
    assert outcome(dialect, [text[:cut], text[cut:]]) == whole
    assert [row[0] for row in whole] == list(range(1, len(whole) + 1))
    assert len(whole) <= len(io.StringIO(text, newline="").read().splitlines()) + 1


def outcome(dialect, pieces):
    splitter, rest, rows = Splitter(dialect), "", []
    for number, piece in enumerate(pieces, start=1):
        batches = splitter.split(rest + piece, final=number == len(pieces))
        while True:
            try:
                rows += joined([next(batches)])
            except StopIteration as stop:
                rest = stop.value
                break
    assert rest == ""
    return rows


def lines(*rows: str) -> str:
    return "编号,姓名,月份,金额,备注\n" + "".join(f"{row}\n" for row in rows)


GOOD = ["1,张三,2024-01,10,无", "2,李四,2024-01,20,有", "3,王五,2024-01,30,无"]
BAD = [
    ('9,"赵六,2024-01,40,无', "引号未闭合"),
    ('9,赵"六,2024-01,40,无', "引号错位"),
    ('9,"赵六"六,2024-01,40,无', "引号未闭合"),
    ("9,赵六,2024-01,1,234.50,无", "列数不符"),
    ("9赵六,2024-01,40,无", "列数不符"),
    ('"9","赵六","2024-01","40","无', "引号未闭合"),
]


@pytest.mark.parametrize(("bad", "reason"), BAD)
@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_one_bad_record_never_hurts_its_neighbours(tmp_path, bad, reason, place):
    rows = only(write(tmp_path, lines(*GOOD[:place], bad, *GOOD[place:])))
    assert problems(rows) == {place + 2: reason}
    kept = [row for row in cells(rows[1:]) if row[0] in "123"]
    assert kept == [each.split(",") for each in GOOD]
    assert len(rows) == 5


def test_an_unclosed_quote_stops_at_its_line_even_if_a_later_quote_would_close_it(tmp_path):
    rows = only(
        write(tmp_path, lines('9,"赵六,2024-01,40,无', '1,"张,三",2024-01,10,无', '2,李四,2024-01,20,"有\n一"'))
    )
    assert problems(rows) == {2: "引号未闭合"}
    assert cells(rows)[2:] == [["1", "张,三", "2024-01", "10", "无"], ["2", "李四", "2024-01", "20", "有\n一"]]


def test_an_unclosed_quote_in_a_file_of_quotes_takes_only_its_line(tmp_path):
    text = csv_text([HEADING, *PEOPLE * 50], quoting=csv.QUOTE_ALL).replace('"玉山镇一号"', '"玉山镇一号', 1)
    rows = only(write(tmp_path, text))
    assert problems(rows) == {2: "引号未闭合"}
    assert len(rows) == 151


def test_an_unclosed_quote_cannot_swallow_lines_that_would_make_a_row_too_wide(tmp_path):
    rows = only(write(tmp_path, lines('9,赵六,2024-01,40,"无', "1,张三,2024-01,10,无", '2,李四,2024-01,20,有",x,y')))
    assert problems(rows)[2] == "引号未闭合"
    assert cells(rows)[2] == ["1", "张三", "2024-01", "10", "无"]


def test_titles_totals_blank_lines_and_cut_ends_are_rows_like_others(tmp_path):
    text = "救助对象花名册\n\n" + lines(GOOD[0] + ",,", "4,钱七", "合计,,,60") + "制表人：某\n,,,,\n"
    rows = only(write(tmp_path, text))
    assert not problems(rows)
    assert [row[0] for row in rows] == list(range(1, 9))
    assert rows[1][2] == [None] * 5 == rows[7][2]
    assert rows[3][2] == ["1", "张三", "2024-01", "10", "无"]


def test_in_a_narrow_table_a_record_that_lost_a_delimiter_is_told_from_a_signature(tmp_path):
    text = "姓名,身份证号码,死亡日期,火化日期\n张三110105,2024-01-01,2024-01-03\n"
    text += "制表人：某,审核人：某,2024-02-01\n合 计,2\n"
    assert problems(only(write(tmp_path, text))) == {2: "列数不符"}


def test_a_heading_with_fewer_cells_than_its_rows_means_the_rows_are_wrong(tmp_path):
    rows = only(write(tmp_path, lines(*[f"{n},张三,2024-01,1,234.50,无" for n in range(20)])))
    assert len(problems(rows)) == 20
    assert set(problems(rows).values()) == {"列数不符"}


def test_empty_cells_left_out_at_the_end_are_no_damage_where_the_whole_file_does_so(tmp_path):
    rows = only(write(tmp_path, lines(*[f"{n},张三,2024-01,10" for n in range(30)], *GOOD)))
    assert not problems(rows)
    assert rows[1][2] == ["0", "张三", "2024-01", "10", None]


def test_a_delimiter_after_the_last_cell_is_no_column_of_its_own_problem(tmp_path):
    rows = only(write(tmp_path, lines(*[f"{each}," for each in GOOD])))
    assert not problems(rows)
    assert [row[2][:5] for row in rows[1:]] == [each.split(",") for each in GOOD]


def test_numbers_protected_the_excel_way_are_text(tmp_path):
    rows = only(write(tmp_path, lines('1,="张三",="2024-01",10,无', ' "2" ,李四, "2024-01",20,有')))
    assert not problems(rows)
    assert rows[1][2][1] == '="张三"'
    assert rows[2][2][0] == "2"


def test_bytes_of_no_character_mark_their_record_only(tmp_path):
    good = lines(*[f"{n},张三,2024-01,10,无" for n in range(300)]).encode("gb18030")
    broken = "7,李\ufffd,2024-01,10,无\n".encode("gb18030", "ignore").replace("李".encode("gb18030"), b"\xc0\xff")
    rows = only(write(tmp_path, good + broken + "8,王五,2024-01,20,有\n".encode("gb18030")))
    assert problems(rows) == {302: "编码错误"}
    assert rows[302][2] == ["8", "王五", "2024-01", "20", "有"]


def test_control_characters_go_and_tabs_and_line_breaks_in_quotes_stay(tmp_path):
    rows = only(write(tmp_path, lines('1,张\x00三\x07,2024-01,\t10,"一\n二\t三"') + "\x1a"))
    assert rows[1][2] == ["1", "张三", "2024-01", "\t10", "一\n二\t三"]
    assert len(rows) == 2


def test_a_short_gbk_text_that_happens_to_be_utf_8_is_read_as_chinese(tmp_path):
    raw = "姓名".encode("gb18030")
    disguised = b"\xd0\xd5\xc3\xfb"  # 姓名
    assert raw == disguised
    word = bytes([0xC4, 0x8F, 0xC5, 0x8D])  # two valid UTF-8 letters, and two GBK characters
    path = write(tmp_path, word + b",1\n" + word + b",2\n")
    assert encodings.detect(path).name == "gb18030"


def test_one_nul_in_a_small_file_does_not_make_it_utf_16(tmp_path):
    assert encodings.detect(write(tmp_path, b"a,b\n1,\x002\n")).name == "utf-8"


def test_a_large_file_comes_in_blocks_and_keeps_its_numbers(tmp_path, monkeypatch):
    monkeypatch.setattr(encodings, "BLOCK", 1000)
    body = [f'{n},"张\n三",2024-01,{n},无' if n % 7 == 0 else f"{n},李四,2024-01,{n},有" for n in range(2000)]
    body[500] = '500,"李四,2024-01,500,有'
    path = write(tmp_path, lines(*body).encode("gb18030"))
    rows = joined(read(path, Encoding("gb18030"), Dialect(",", 5, 5, False)))
    assert [row[0] for row in rows] == list(range(1, 2002))
    assert problems([(row[0], row[1], row[2:]) for row in rows]) == {502: "引号未闭合"}
    assert all(row[2] == str(number) for number, row in enumerate(rows[1:]))


def test_batches_can_be_read_twice(tmp_path):
    from connectors.readers import open_file

    with open_file(write(tmp_path, csv_text(TABLE)), spill=tmp_path) as (sheet,):
        assert [batch.num_rows for batch in sheet.batches] == [batch.num_rows for batch in sheet.batches] == [4]


def test_the_delimiter_is_the_one_the_records_agree_on():
    text = "姓名\t住址\t金额\n" + "张三\t一号,二室,东\t1,234.50\n" * 30
    assert learn(text, whole=True).delimiter == "\t"
