"""The units of an installation: every placeholder filled, one place for who and where, nothing loose."""

import configparser
from pathlib import Path

import pytest

from flows.cli import build_parser, main
from flows.services_commands import TEMPLATES, write_units
from warehouse.errors import BangfuError

VALUES = {
    "USER": "bangfu", "HOME": "/srv/bangfu", "PROJECT": "/opt/bangfu", "PYTHON": "/opt/python", "PORT": "4200",
    "BACKUP": "/mnt/backup",
}  # fmt: skip
HARDENED = {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "PrivateTmp": "yes", "UMask": "0077"}


@pytest.fixture
def units(tmp_path):
    written = [path for path in write_units(tmp_path, VALUES) if path.suffix != ".sh"]
    return {path.as_posix(): read(tmp_path / path) for path in written}


def read(file: Path) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    unit.optionxform = str
    unit.read_string(file.read_text(encoding="utf-8"))
    return unit


def test_every_placeholder_is_filled(tmp_path, units):
    assert [name for name in units if "@" in (tmp_path / name).read_text(encoding="utf-8")] == []
    used = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.*") if path.is_file())
    assert [name for name in VALUES if f"@{name}@" not in used] == []


def test_all_services_share_the_user_the_home_and_the_hardening(units):
    common = units["bangfu-.service.d/common.conf"]["Service"]
    assert common.items() >= HARDENED.items()
    assert (common["User"], common["ReadWritePaths"]) == ("bangfu", "/srv/bangfu")
    assert all(name.startswith("bangfu-") for name in units)


def test_every_timer_has_its_service_and_every_command_is_one_of_the_program(units):
    timers = {name.removesuffix(".timer") for name in units if name.endswith(".timer")}
    assert timers == {f"bangfu-{name}" for name in ("nightly", "monthly", "watch", "check", "backup")}
    commands = next(action for action in build_parser()._actions if action.dest == "command").choices
    for name in timers:
        words = units[f"{name}.service"]["Service"]["ExecStart"].split("flows.cli ")[1].split()
        assert words[0] in commands
        assert units[f"{name}.timer"]["Install"]["WantedBy"] == "timers.target"


def test_the_worker_stops_before_the_server_and_sweeps_before_it_starts(tmp_path, units):
    worker = units["bangfu-prefect-worker.service"]
    assert worker["Unit"]["After"] == worker["Unit"]["Requires"] == "bangfu-prefect-server.service"
    before = [line for line in (tmp_path / "bangfu-prefect-worker.service").read_text().splitlines() if "Pre=" in line]
    assert before[-1].endswith("-m flows.sweep")


def test_the_command_fills_in_this_installation(tmp_path, capsys):
    arguments = ["services", "--home", str(tmp_path / "home"), "--write", str(tmp_path / "units"), "--user", "someone"]
    assert main([*arguments, "--quiet"]) == 0
    assert "bangfu-nightly.timer" in capsys.readouterr().out
    common = read(tmp_path / "units" / "bangfu-.service.d" / "common.conf")["Service"]
    assert common["Environment"] == f"BANGFU_HOME={tmp_path / 'home'}"


def test_without_a_place_for_back_ups_there_is_no_unit_for_them(tmp_path):
    written = write_units(tmp_path, {name: value for name, value in VALUES.items() if name != "BACKUP"})
    assert written and [path for path in written if "backup" in path.name or "restore" in path.name] == []


@pytest.mark.parametrize("value", ["/srv/bang fu", "/srv/100%", 'x"y', "a\nExecStart=/bin/evil", ""])
def test_what_a_unit_cannot_hold_is_refused(tmp_path, value):
    with pytest.raises(BangfuError):
        write_units(tmp_path, VALUES | {"HOME": value})
