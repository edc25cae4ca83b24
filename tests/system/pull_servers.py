"""Real servers on loopback for the tests of pulling: sshd, smbd, PostgreSQL, each on a port of its own."""

import getpass
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

HOST = "127.0.0.1"
PATIENCE = 20


def free_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        return server.getsockname()[1]


class Served:
    """A server program; `stop` kills it with everything it started, `start` brings it back on the same port."""

    def __init__(self, command: Sequence[str | Path], port: int, log: Path) -> None:
        self.command, self.port, self.log = command, port, log
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
            )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            try:
                socket.create_connection((HOST, self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"{self.command[0]} did not start: {self.log.read_text(errors='replace')[-2000:]}")

    def stop(self) -> None:
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


class Cluster(Served):
    """PostgreSQL: its processes leave the group, so the first of them is told to go at once and take them along."""

    def __init__(self, command: Sequence[str | Path], port: int, log: Path, data: Path) -> None:
        super().__init__(command, port, log)
        self.data = data

    def stop(self) -> None:
        if self.process is not None:
            os.kill(int((self.data / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
            self.process.wait()
            self.process = None


def make_key(file: Path) -> str:
    """An ed25519 key pair in `file`; gives the public half as host_key has it."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file], check=True)
    return " ".join(file.with_suffix(".pub").read_text().split()[:2])


def sshd(folder: Path) -> Served:
    """Lets the present user in with the key in `folder/login`."""
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    make_key(folder / "host")
    shutil.copy(_made(folder / "login"), folder / "authorized")
    port = free_port()
    config = {
        "Port": port,
        "ListenAddress": HOST,
        "HostKey": folder / "host",
        "AuthorizedKeysFile": folder / "authorized",
        "PidFile": "none",
        "StrictModes": "no",
        "UsePAM": "no",
        "PermitRootLogin": "yes",
        "Subsystem": "sftp internal-sftp",
    }
    (folder / "sshd_config").write_text("".join(f"{word} {value}\n" for word, value in config.items()))
    return Served(
        [shutil.which("sshd", path="/usr/sbin:/usr/local/sbin"), "-D", "-e", "-f", folder / "sshd_config"],
        port,
        folder / "sshd.log",
    )


def _made(file: Path) -> Path:
    make_key(file)
    return file.with_suffix(".pub")


def smbd(folder: Path, share: Path, password: str) -> Served:
    """Serves one folder as the share `exchange` to the present user."""
    port = free_port()
    own = {
        word: folder / word.split()[0]
        for word in (
            "private dir",
            "lock directory",
            "state directory",
            "cache directory",
            "pid directory",
            "ncalrpc dir",
        )
    }
    for each in own.values():
        each.mkdir(exist_ok=True)
    told = own | {
        "smb ports": port,
        "interfaces": HOST,
        "bind interfaces only": "yes",
        "passdb backend": f"tdbsam:{folder}/passdb.tdb",
        "log file": folder / "smbd.log",
        "disable spoolss": "yes",
        "load printers": "no",
    }
    config = folder / "smb.conf"
    lines = [
        "[global]",
        *(f"{word} = {value}" for word, value in told.items()),
        "[exchange]",
        f"path = {share}",
        "read only = no",
    ]
    config.write_text("\n".join(lines))
    user = getpass.getuser()
    subprocess.run(
        ["pdbedit", "-s", config, "-a", "-u", user, "-t"],
        input=f"{password}\n{password}\n",
        text=True,
        check=True,
        capture_output=True,
    )
    return Served(
        [shutil.which("smbd", path="/usr/sbin:/usr/local/sbin"), "--foreground", "--no-process-group", "-s", config],
        port,
        folder / "smbd.out",
    )


def postgresql(folder: Path, password: str) -> Cluster:
    """A new cluster whose superuser is `postgres`; run by the user postgres where we are root, as it insists."""
    programs = (
        max(Path("/usr/lib/postgresql").glob("*/bin"), default=None) or Path(shutil.which("initdb") or "/").parent
    )
    as_user: list[str] = []
    if os.getuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_user = ["runuser", "-u", "postgres", "--"]
    (folder / "password").write_text(password)
    (folder / "password").chmod(0o644)
    data = folder / "data"
    initdb = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "scram-sha-256", "--pwfile", folder / "password"]
    subprocess.run([*as_user, *initdb, "--locale=C.UTF-8", "--no-sync"], check=True, capture_output=True, cwd="/")
    port = free_port()
    options = {"port": port, "listen_addresses": HOST, "unix_socket_directories": folder, "fsync": "off"}
    settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    return Cluster([*as_user, programs / "postgres", "-D", data, *settings], port, folder / "server.log", data)
