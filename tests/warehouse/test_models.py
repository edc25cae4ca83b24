import duckdb
import pytest

from warehouse import models


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "core").mkdir()
    monkeypatch.setattr(models, "MODELS_FOLDER", tmp_path)
    return tmp_path / "core"


def test_models_are_built_in_the_order_their_from_clauses_ask_for(folder):
    (folder / "a_last.sql").write_text("-- grain\nselect n + 1 as n from core.b_middle")
    (folder / "b_middle.sql").write_text(
        "-- grain\nwith step as (select n from core.z_first) select n + 1 as n from step"
    )
    (folder / "z_first.sql").write_text("-- grain\nselect 1 as n")
    connection = duckdb.connect()
    connection.execute("create schema core")
    assert models.build(connection, "core") == ["core.z_first", "core.b_middle", "core.a_last"]
    assert connection.execute("select n from core.a_last").fetchall() == [(3,)]


def test_a_model_that_says_view_follows_its_source(folder):
    (folder / "seen.sql").write_text("-- view\nselect n from raw.source")
    connection = duckdb.connect()
    connection.execute("create schema core; create schema raw; create table raw.source as select 1 as n")
    models.build(connection, "core")
    connection.execute("insert into raw.source values (2)")
    assert connection.execute("select count(*) from core.seen").fetchall() == [(2,)]


def test_models_that_read_each_other_in_a_circle_are_refused(folder):
    (folder / "a.sql").write_text("-- grain\nselect n from core.b")
    (folder / "b.sql").write_text("-- grain\nselect n from core.a")
    connection = duckdb.connect()
    with pytest.raises(ValueError, match="cycle"):
        models.build(connection, "core")


def test_tables_in_subqueries_and_unions_are_seen():
    connection = duckdb.connect()
    read = models.tables_read(
        connection,
        "select a from raw.x where a in (select b from raw.y)"
        " union all (select c from raw.z asof join raw.w on w.d <= z.d)",
    )
    assert read == {"raw.x", "raw.y", "raw.z", "raw.w"}


def test_a_broken_select_is_reported_not_skipped():
    with pytest.raises(ValueError, match="syntax"):
        models.tables_read(duckdb.connect(), "selec 1")
