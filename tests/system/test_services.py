"""The units as systemd reads them, and the rehearsal of a restore as the administrator runs it."""

import os
import pwd
import subprocess

from flows.cli import main

DEATHS = "证明编号,姓名,死亡日期\nD1,某人,2024-04-01\n"


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path):
    units = tmp_path / "units"
    user = pwd.getpwuid(os.getuid()).pw_name
    arguments = ["--home", str(tmp_path / "home"), "--backup", str(tmp_path / "backup"), "--user", user, "--quiet"]
    assert main(["services", *arguments, "--write", str(units)]) == 0
    files = [str(path) for path in units.glob("bangfu-*.*") if path.is_file()]
    assert len(files) > 10
    verified = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False)
    assert (verified.returncode, verified.stdout, verified.stderr) == (0, "", "")


def test_systemd_says_what_is_wrong_with_a_unit(tmp_path):
    (tmp_path / "bangfu-x.service").write_text("[Service]\nExecStart=/no/such/program\nProtectSytem=strict\n")
    file = str(tmp_path / "bangfu-x.service")
    verified = subprocess.run(["systemd-analyze", "verify", file], capture_output=True, text=True, check=False)
    assert "ProtectSytem" in verified.stderr and "/no/such/program" in verified.stderr


def test_the_rehearsal_restores_and_reads_the_newest_back_up_and_leaves_nothing(tmp_path):
    home, backup, units = tmp_path / "home", tmp_path / "backup", tmp_path / "units"
    (home / "inbox" / "health").mkdir(parents=True)
    (home / "inbox" / "health" / "deaths.csv").write_text(DEATHS, encoding="utf-8")
    place = ["--home", str(home), "--quiet"]
    assert main(["nightly", *place, "--as-of", "2024-04-30"]) == 0
    assert main(["backup", *place, "--to", str(backup)]) == 0
    assert main(["services", *place, "--backup", str(backup), "--write", str(units)]) == 0
    (tmp_path / "room").mkdir()
    rehearsed = subprocess.run(
        [units / "rehearse-restore.sh"],
        env=os.environ | {"TMPDIR": str(tmp_path / "room")}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert rehearsed.returncode == 0, rehearsed.stderr
    assert "deaths.csv" not in rehearsed.stdout and "死亡" in rehearsed.stdout and "2024-04-30" in rehearsed.stdout
    assert list((tmp_path / "room").iterdir()) == []
