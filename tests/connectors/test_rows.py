"""What is printed around the data is told from the data."""

import pytest

from connectors.recognise import Recogniser
from connectors.rows import RowSorter
from tests.connectors.small_home import CONTRACTS, number

HEADING = ["序号", "发放月份", "家庭编号", "姓名", "身份证号码", "发放项目", "发放金额"]
TITLE = ["救助资金发放明细表", *[None] * 6]
FIT = Recogniser(CONTRACTS).recognise([TITLE, HEADING], department=None, names="")
SORTER = RowSorter(FIT, [TITLE], [HEADING])


def row(*cells):
    return [*cells, *[None] * (len(HEADING) - len(cells))]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (row("合计", None, None, None, None, None, "500"), "total"),
        (row("合 计", None, None, "12人"), "total"),
        (row(None, "小　计"), "total"),
        (row("玉山镇小计", None, None, None, None, None, "88.5"), "total"),
        (row("本页合计：500元"), "total"),
        (row("以上共35人"), "total"),
        (row("共35人，合计金额24600.00元"), "total"),
        (row("金额（大写）：贰万肆仟陆佰元整"), "total"),
        (row(None, None, "F1", "合计", None, None, "5"), "total"),
        (row("共计", "2024-05", "F1", "3户", None, "低保金", "5"), "total"),
        (row("制表人：李某", None, None, "审核人："), "signature"),
        (row("制表人", "李某", None, "审核人", "王某"), "signature"),
        (row("填报单位（盖章）：某镇"), "signature"),
        (row("单位盖章"), "signature"),
        (row("制表日期:2024-05-06"), "signature"),
        (row(None, None, None, None, None, None, "2024年5月6日"), "signature"),
        (row("负责人签字："), "signature"),
        (row("备注：按月发放"), "note"),
        (row("注：1.按月发放"), "note"),
        (row("说明：略"), "note"),
        (row("第 1 页 共 3 页"), "note"),
        (row("1/3"), "note"),
        (["序 号", "发放月份", "家庭编号", "姓 名", "身份证号码", "发放项目", "发放金额"], "repeated_heading"),
        (TITLE, "title"),
    ],
)
def test_around_the_data(cells, kind):
    assert SORTER.kind(cells) == kind


@pytest.mark.parametrize(
    "cells",
    [
        row("1", "2024-05", "F1", "张三", number(1), "低保金", "500"),
        row("合计", "2024-05", "F1", "张三", number(1), None, "500"),
        row("备注:", None, None, "张三", "3205831985"),
        row("1", "2024-05", "F1", "张小计", None, "低保金", "500"),
        row("1", None, None, "张三"),
        row("1", "2024-05", "合计户", "李四", None, "低保金", "5"),
        row("张三", "姓名"),
    ],
)
def test_data_is_never_dropped(cells):
    assert SORTER.kind(cells) is None
