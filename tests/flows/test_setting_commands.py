"""`bangfu settings` and `bangfu rules --check` as somebody types them."""

import duckdb
import pytest

from flows.cli import main
from flows.fingerprint import fingerprint
from tests.warehouse.small_city import AS_OF
from warehouse.connection import prepare_schema
from warehouse.home import Home


@pytest.fixture
def run(tmp_path, capsys):
    """Run a command in an empty home; gives its exit status and everything it said."""

    def command(*arguments: str) -> tuple[int, str]:
        status = main([arguments[0], "--home", str(tmp_path / "home"), *arguments[1:]])
        said = capsys.readouterr()
        return status, said.out + said.err

    return command


SET = ("settings", "set", "dibao_standard", "1170", "--from", "2026-07-01", "--cite", "某市文件")


def test_a_value_is_set_shown_and_taken_away(run):
    status, said = run("settings", "check")
    assert (status, "没有问题" in said) == (0, True)
    status, said = run(*SET)
    assert (status, "2026-07-01 起:1170  本地设定,依据:某市文件" in said) == (0, True)
    assert "2026-07-01 起:1170  本地设定" in run("settings")[1]
    rules = run("rules")[1]
    assert "2026-07-01 起:1170  本地设定" in rules
    assert "work_refusal" in rules
    assert "牵头 民政局" in rules
    assert "最低工资标准(未设定)、招用帮扶对象的岗位补贴" in rules
    assert "【以表列出的规则】" in rules
    assert run(*SET)[0] == 1
    assert run(*SET[:3], "1180", *SET[4:], "--replace")[0] == 0
    assert run("settings", "remove", "dibao_standard", "--from", "2026-07-01")[0] == 0
    assert "1180" not in run("settings")[1]


def test_home_may_stand_behind_the_action(tmp_path, capsys):
    assert main([*SET, "--home", str(tmp_path / "behind")]) == 0
    assert (tmp_path / "behind" / "policy" / "parameters" / "dibao_standard.toml").is_file()


@pytest.mark.parametrize("left_out", ["1170", "--from", "--cite"])
def test_half_a_value_is_wrong_usage(run, left_out):
    place = SET.index(left_out)
    half = SET[:place] + SET[place + (2 if left_out.startswith("--") else 1) :]
    with pytest.raises(SystemExit) as ended:
        run(*half)
    assert ended.value.code == 2


def test_a_file_spoilt_by_hand_fails_the_check(run, tmp_path):
    run(*SET)
    file = tmp_path / "home" / "policy" / "parameters" / "dibao_standard.toml"
    file.write_bytes(file.read_text(encoding="utf-8").encode("gbk"))
    status, said = run("settings", "check")
    assert status == 1
    assert "dibao_standard.toml" in said
    assert "GBK" in said


def test_clauses_of_the_home_are_proved_or_told(run, tmp_path):
    assert run("rules", "--check")[0] == 0
    folder = tmp_path / "home" / "policy" / "clauses" / "begun"
    folder.mkdir(parents=True)
    (folder / "clause.toml").write_text("rule =", encoding="utf-8")
    status, said = run("rules", "--check")
    assert status == 1
    assert "begun:不能运行" in said


def test_a_night_sees_a_new_value(run, tmp_path):
    with duckdb.connect() as connection:
        prepare_schema(connection)
        home = Home(tmp_path / "home")
        before = fingerprint(connection, home, AS_OF)
        assert fingerprint(connection, home, AS_OF) == before
        run(*SET)
        assert fingerprint(connection, home, AS_OF) != before
