"""quality.html: what failed in plain words, nothing that runs, nothing fetched, text that stays text."""

import re
import stat

import pytest

from reports.quality.page import FILE_NAME, write_quality_page
from warehouse import models
from warehouse.connection import connect, prepare_schema

STOPPED = 3


def made(connection, *, hostile: str = "名册.csv"):
    """Three deliveries of one list, the last one stopped; a warning and a proposal."""
    prepare_schema(connection)
    connection.execute("insert into run.context values (date '2026-06-30', timestamp '2026-06-30 08:00', 4)")
    connection.execute("insert into run.log values (4, 'nightly', date '2026-06-30', '2026-06-30', null, null, null)")
    connection.execute(
        "insert into raw.contract values ('assistance_roster', 'civil_affairs', '救助对象花名册', 'snapshot')"
    )
    for number, (rows, status, reason) in enumerate(
        [(200, "superseded", None), (210, "accepted", None), (0, "refused", "质量检查停收,每月行数 <b>0.4</b>倍")],
        start=1,
    ):
        connection.execute(
            "insert into raw.delivery values (?, 'civil_affairs', 'assistance_roster', ?, '一<i>', 'x', "
            "'2026-06-2' || ?, 211, ?, ?, 1, ?, ?, ?)",
            [number, hostile, number, rows, 210 - rows, status, reason, number],
        )
    outcome = "insert into quality.outcome values (?, ?, ?, ?, 'lower', 0.5, 0.4, ?, ?)"
    connection.execute(outcome, [2, "readable", "sex", "warning", False, "列“性别”的读得出的比例为 40.00%"])
    connection.execute(outcome, [2, "filled", "sex", "info", True, None])
    for severity in ("critical", "warning"):
        connection.execute(outcome, [STOPPED, "rows_ratio", None, severity, False, f"每月行数 0.4倍 {severity}"])
    connection.execute(
        "insert into quality.proposal values ('civil_affairs', 'assistance_roster', 'sex', 'readable', 'warning', "
        "'lower', 0.7, 0.36, 6, '最近 6 次都碰到界限', 'bound.assistance_roster.sex.readable.warning_lower = 0.36')"
    )
    connection.execute("insert into quality.layer_outcome values (4, 'x', 'critical', 'upper', 0, 0, true, null)")
    for name in ("delivery", "quality_check", "quality_proposal"):
        text = models.model_files("mart")[f"mart.{name}"].read_text("utf-8")
        connection.execute(f"create view mart.{name} as {text}")
    return connection


@pytest.fixture
def page(tmp_path):
    with connect() as connection:
        yield write_quality_page(made(connection), tmp_path / "outbox")


@pytest.fixture
def text(page):
    return page.read_text("utf-8")


def test_it_lies_in_the_outbox_for_its_owner_alone(page, tmp_path):
    assert page == tmp_path / "outbox" / FILE_NAME
    assert stat.S_IMODE(page.stat().st_mode) == 0o600


def test_figures_count_deliveries_by_their_gravest_fault(text):
    shown = dict(re.findall(r"<span>([^<]+)</span><b>(\d+)</b>", text))
    assert shown == {"停收的交付": "1", "有提醒的交付": "1", "只有备注的交付": "0", "没有问题的交付": "1"}


def test_a_stopped_delivery_says_why_and_each_fault_is_told_once(text):
    assert "民政局:质量检查停收" in text
    assert text.count("每月行数 0.4倍 critical") == 1
    assert "每月行数 0.4倍 warning" not in text, "the graver one tells it"
    assert "列“性别”的读得出的比例为 40.00%" in text


def test_the_course_of_the_rows_is_drawn(text):
    (points,) = re.findall(r'<polyline points="([^"]+)"', text)
    heights = [float(point.split(",")[1]) for point in points.split()]
    assert heights[1] < heights[0] < heights[2], "200, 210, 0: a fall to nothing"


def test_a_proposal_names_its_line(text):
    assert "bound.assistance_roster.sex.readable.warning_lower = 0.36" in text
    assert "共 1 项,全部通过" in text


def test_nothing_runs_and_nothing_is_fetched(text):
    assert not re.search(r"<script|javascript:|\son\w+=|https?://|url\(|@import|<iframe|<form", text)
    assert "default-src 'none'" in text


def test_text_from_files_stays_text(tmp_path):
    with connect() as connection:
        text = write_quality_page(made(connection, hostile="<script>x</script>.csv"), tmp_path).read_text("utf-8")
    assert "<script>" not in text and "&lt;script&gt;" in text
    assert "<b>0.4" not in text and "一<i>" not in text


def test_a_home_without_deliveries_has_a_page_too(tmp_path):
    with connect() as connection:
        made(connection)
        for table in ("raw.delivery", "quality.outcome", "quality.proposal", "quality.layer_outcome"):
            connection.execute(f"delete from {table}")
        text = write_quality_page(connection, tmp_path).read_text("utf-8")
    assert "收到的交付都已收下" in text and "还没有发布过" in text
