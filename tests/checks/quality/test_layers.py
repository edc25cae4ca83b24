"""Before anything is published: each way in which the layers may not add up stops the night."""

import duckdb
import pytest

from checks.quality.layers import verify_layers
from tests.warehouse.small_city import build_city
from warehouse.errors import BangfuError

# name -> what goes wrong, words of the error
BROKEN = {
    "a row that was counted and is not there": ("update raw.delivery set rows_loaded = 5, rows_in = 6", "没有全部归人"),
    "rows that do not add up": ("update raw.delivery set rows_in = rows_in + 1", "不守恒"),
    "a row of a delivery that is refused": (
        "update raw.delivery set rows_rejected = rows_loaded, rows_loaded = 0, status = 'refused'", "没有全部归人",
    ),
    "a link to nobody": ("update identity.link set person_id = 'P9'", "不存在的人"),
    "a record linked twice": ("insert into identity.link from (from identity.link limit 1)", "归了两次"),
    "a record not linked": (
        "delete from identity.link where identity_id = (select min(identity_id) from identity.link)", "没有归人",
    ),
    "a finding about nobody": ("update mart.finding set person_id = 'P9'", "人员不存在"),
    "a finding without evidence": ("delete from mart.finding_evidence", "没有依据"),
    "evidence that leads nowhere": ("update findings.evidence set row_id = row_id + 1000", "对不上来源行"),
    "evidence under nothing": ("update findings.evidence set finding_id = 'nowhere'", "对不上来源行"),
    "a person without a record": (
        "insert into mart.person select 'P2', * exclude (person_id) from mart.person", "没有任何记录",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def built():
    with duckdb.connect() as connection:
        yield build_city(connection)


@pytest.fixture
def city(built):
    """The same city for every test: what a test breaks is rolled back."""
    built.execute("begin")
    yield built
    built.execute("rollback")


def test_a_city_that_adds_up_is_published(city):
    verify_layers(city)
    judged = city.execute("select count(*), bool_and(passed) from quality.layer_outcome where severity = 'critical'")
    assert judged.fetchall() == [(8, True)]


@pytest.mark.parametrize("case", BROKEN)
def test_what_does_not_add_up_stops_the_night(city, case):
    statement, words = BROKEN[case]
    city.execute(statement)
    with pytest.raises(BangfuError, match=words) as raised:
        verify_layers(city)
    assert "发布前检查" in str(raised.value)


def test_a_sudden_change_is_told_and_stops_nothing(city):
    verify_layers(city)
    city.execute("update quality.layer_figure set value = 10 where measure = 'total_people'")
    city.execute("update run.context set run_id = run_id + 1")
    verify_layers(city)
    told = "select measure, side, what from quality.layer_outcome where not passed"
    assert city.execute(told).fetchall() == [("people_ratio", "lower", "人员数与上次相比为 0.1倍,低于界限 0.8倍")]
