import pytest

from flows.cli import build_parser, main
from flows.settings import PROJECT


def test_reading_before_anything_is_published_says_what_to_run_first(tmp_path, capsys):
    for command in (["status"], ["explain", "P0000001"], ["monthly", "--month", "2026-06"]):
        assert main([command[0], "--home", str(tmp_path / "home"), *command[1:]]) == 1
        assert "bangfu nightly" in capsys.readouterr().err


def test_an_inbox_that_is_not_there_is_named(tmp_path, capsys):
    assert main(["nightly", "--home", str(tmp_path / "home"), "--inbox", str(tmp_path / "nowhere")]) == 1
    assert str(tmp_path / "nowhere") in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (["nightly", "--as-of", "30.06.2026"], "YYYY-MM-DD"),
        (["monthly", "--month", "2026-13"], "YYYY-MM"),
        (["demo", "--people", "999"], "不小于 1000"),
    ],
)
def test_wrong_usage_ends_with_two_and_says_the_form(arguments, remedy, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert remedy in capsys.readouterr().err


def test_a_demo_never_mixes_with_real_deliveries(tmp_path, capsys):
    inbox = tmp_path / "home" / "inbox" / "health"
    inbox.mkdir(parents=True)
    (inbox / "real.csv").write_text("姓名")
    assert main(["demo", "--home", str(tmp_path / "home"), "--people", "1000"]) == 1
    assert "--home" in capsys.readouterr().err
    assert [path.name for path in inbox.iterdir()] == ["real.csv"]


def test_the_readme_names_every_command():
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    commands = next(action for action in build_parser()._actions if action.dest == "command").choices
    assert {name for name in commands if f"bangfu {name}" not in readme} == set()
