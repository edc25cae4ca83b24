"""Parquet: every type as the text it stands for."""

import datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.connectors.readers_made import only, read
from warehouse.errors import BangfuError

SHANGHAI_SUMMER_1988 = datetime.datetime(1988, 5, 31, 15, tzinfo=datetime.UTC)


def stored(tmp_path, columns):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table(columns), path)
    return path


def test_every_type_as_text_under_its_names(tmp_path):
    columns = {
        "姓名": pa.array(["张三", "", None]),
        "编号": pa.array([320583198501010012, 7, None]),
        "数": pa.array([1.0, 0.1, None]),
        "大数": pa.array([3.20583198501011234e17, 3.2058319850101e17, None]),
        "金额": pa.array([Decimal("12.50"), Decimal("3.00"), None]),
        "日": pa.array([datetime.date(1985, 1, 2), None, None]),
        "时": pa.array([datetime.datetime(1985, 1, 2), datetime.datetime(1985, 1, 2, 3, 4, 5), None]),
        "当地": pa.array([SHANGHAI_SUMMER_1988, None, None], pa.timestamp("us", "UTC")),
        "是": pa.array([True, False, None]),
        "类": pa.array(["低保", "低保", None]).dictionary_encode(),
        "原": pa.array([b"\xe7\x94\xb2", None, None]),
    }
    rows = only(stored(tmp_path, columns))
    assert rows[0] == (0, None, list(columns))
    assert rows[1][2] == [
        "张三", "320583198501010012", "1", "3.2058319850101126e+17", "12.50", "1985-01-02", "1985-01-02", "1988-06-01",
        "TRUE", "低保", "甲",
    ]  # fmt: skip
    assert rows[2][2][:7] == [None, "7", "0.1", "3.205831985010100e+17", "3.00", None, "1985-01-02 03:04:05"]
    assert rows[3] == (3, None, [None] * 11)


def test_rows_are_numbered_over_all_batches(tmp_path):
    rows = only(stored(tmp_path, {"n": pa.array(range(150_000))}))
    assert [row[0] for row in rows] == list(range(150_001))
    assert rows[150_000][2] == ["149999"]


def test_columns_of_lists_are_refused(tmp_path):
    with pytest.raises(BangfuError, match="嵌套列.*展开"):
        read(stored(tmp_path, {"成员": pa.array([["张三"], []])}))
