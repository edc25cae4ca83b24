"""DBF: records keep their own numbers, and a cut or bad one costs itself alone."""

import struct

import pytest

from tests.connectors.readers_made import cells, dbf_bytes, only, problems, write

FIELDS = [("姓名", "C", 8), ("身份证号码", "N", 18), ("出生日期", "D", 8), ("有无劳动", "L", 1), ("金额", "N", 8)]
RECORDS = [
    ["张三", "320583198501010012", "19850101", "T", "12.50"],
    ["李四", "440524188001010014", "", "?", ""],
    ["王五六七", "110105194912310021", "19491231", "F", "3"],
]


def made(tmp_path, content):
    return only(write(tmp_path, content, "a.dbf"))


@pytest.mark.parametrize(
    ("encoding", "page"), [("gb18030", 0x4D), ("gb18030", 0x00), ("gb18030", 0x03), ("utf-8", 0x00)]
)
@pytest.mark.parametrize("version", [0x03, 0x30, 0x83, 0xF5])
def test_names_are_row_0_and_records_keep_their_numbers(tmp_path, encoding, page, version):
    fields = [("姓名", "C", 12), *FIELDS[1:]] if encoding == "utf-8" else FIELDS
    rows = made(tmp_path, dbf_bytes(fields, RECORDS, page=page, version=version, encoding=encoding))
    assert [row[0] for row in rows] == [0, 1, 2, 3]
    if encoding != "utf-8":
        assert rows[0][2] == [name for name, _, _ in FIELDS]
    assert rows[1][2] == ["张三", "320583198501010012", "19850101", "TRUE", "12.50"]
    assert rows[2][2] == ["李四", "440524188001010014", None, None, None]
    assert rows[3][2] == ["王五六七", "110105194912310021", "19491231", "FALSE", "3"]


def test_a_name_of_ten_bytes_loses_half_a_character(tmp_path):
    rows = made(tmp_path, dbf_bytes([("a统计月份和", "C", 4)], [["甲"]]))
    assert rows[0][2] == ["a统计月份"]


def test_a_value_cut_by_the_fields_width_keeps_its_whole_characters(tmp_path):
    rows = made(tmp_path, dbf_bytes([("姓名", "C", 5)], [["欧阳修"], ["张三"]]))
    assert cells(rows[1:]) == [["欧阳"], ["张三"]]


def test_deleted_records_are_told(tmp_path):
    rows = made(tmp_path, dbf_bytes(FIELDS, [RECORDS[0], ["*", *RECORDS[1]], RECORDS[2]]))
    assert problems(rows) == {2: "deleted"}
    assert rows[2][2] == [None] * 5
    assert rows[3][0] == 3


@pytest.mark.parametrize("cut", [1, 5, 30])
def test_a_cut_last_record_costs_itself(tmp_path, cut):
    whole = dbf_bytes(FIELDS, RECORDS, ending=b"")
    rows = made(tmp_path, whole[:-cut])
    assert problems(rows) == {3: "记录不完整"}
    assert rows[2][2][0] == "李四"


def test_a_file_cut_between_two_records_does_not_look_complete(tmp_path):
    rows = made(tmp_path, dbf_bytes(FIELDS, RECORDS[:2], count=7, ending=b""))
    assert problems(rows) == {3: "记录不完整"}


def test_records_beyond_the_headers_count_are_not_silently_dropped(tmp_path):
    rows = made(tmp_path, dbf_bytes(FIELDS, RECORDS, count=2))
    assert problems(rows) == {3: "记录超出文件头所写条数"}


def test_bad_bytes_cost_their_record(tmp_path):
    broken = [b"\xff\xff\xc0", *RECORDS[1][1:]]
    rows = made(tmp_path, dbf_bytes(FIELDS, [RECORDS[0], broken, RECORDS[2]]))
    assert problems(rows) == {2: "编码错误"}
    assert rows[3][2][0] == "王五六七"


def test_overflowed_and_blank_numbers_stay_as_printed(tmp_path):
    rows = made(tmp_path, dbf_bytes([("金额", "N", 5), ("数", "F", 4)], [["*****", ""], ["0", "1.5"]]))
    assert cells(rows[1:]) == [["*****", ""], ["0", "1.5"]]


def test_binary_fields_of_visual_foxpro(tmp_path):
    fields = [
        ("整数", "I", 4),
        ("双精", "B", 8),
        ("金额", "Y", 8),
        ("时间", "T", 8),
        ("备注", "M", 4),
        ("_NullFlags", "0", 1),
    ]
    record = [
        struct.pack("<i", -5),
        struct.pack("<d", 2.5),
        struct.pack("<q", 1_234_500),
        struct.pack("<ii", 2_446_068, 3_600_000),
        struct.pack("<i", 7),
        b"\x00",
    ]
    rows = made(tmp_path, dbf_bytes(fields, [record], version=0x30))
    assert rows[1][2] == ["-5", "2.5", "123.45", "1985-01-02 01:00:00", None]


def test_a_text_longer_than_a_byte_can_say(tmp_path):
    raw = bytearray(dbf_bytes([("编号", "C", 5), ("说明", "C", 44)], []))
    raw[10:12] = struct.pack("<H", 1 + 5 + 300)
    raw[64 + 17] = 1  # 44 + 256
    record = b" " + b"00001" + "说明".encode("gb18030").ljust(300)
    raw[4:8] = struct.pack("<I", 1)
    assert made(tmp_path, bytes(raw[:-1]) + record)[1][2] == ["00001", "说明"]


def test_no_records_is_no_error(tmp_path):
    assert [row[0] for row in made(tmp_path, dbf_bytes(FIELDS, []))] == [0]


def test_many_records_over_several_blocks(tmp_path):
    rows = made(tmp_path, dbf_bytes([("n", "N", 6)], [[str(n)] for n in range(40_000)]))
    assert [row[2][0] for row in rows[1:]] == [str(n) for n in range(40_000)]
    assert [row[0] for row in rows] == list(range(40_001))
