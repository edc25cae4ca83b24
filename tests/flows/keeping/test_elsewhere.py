"""What lies outside the home: back-ups in the folders it names, and runs in Prefect's database."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from flows.backup import backup
from flows.backup_store import snapshots
from flows.keeping.backups import count_backups, delete_backups
from flows.keeping.prefect_runs import NoAnswer, count_runs, delete_runs
from flows.keeping.schedule import Term

TODAY = date.today()


def test_old_back_ups_go_but_never_the_newest(office, tmp_path):
    folder = tmp_path / "backups"
    for _ in range(3):
        backup(office, folder)
    term = Term("backups", "", "", days=90, place=[str(folder), str(tmp_path / "none")])
    assert count_backups(term, TODAY) == 0
    oldest = snapshots(folder)[0]
    oldest.file.rename(oldest.file.with_name("20200101-000000-000000.manifest"))
    assert count_backups(term, TODAY) == 1
    assert delete_backups(office.home, term, TODAY) == 1
    assert len(snapshots(folder)) == 2
    long_after = TODAY + timedelta(days=1000)
    assert count_backups(term, long_after) == 1
    assert delete_backups(office.home, term, long_after) == 1
    assert len(snapshots(folder)) == 1


class _Prefect(BaseHTTPRequestHandler):
    """As much of Prefect's API as is asked: runs with the time they ended."""

    runs: dict[str, datetime] = {}

    def do_POST(self):
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        until = datetime.fromisoformat(told["flow_runs"]["end_time"]["before_"])
        found = [{"id": name} for name, ended in self.runs.items() if ended <= until]
        self._answer(len(found) if self.path == "/api/flow_runs/count" else found[: told["limit"]])

    def do_DELETE(self):
        del self.runs[self.path.rpartition("/")[2]]
        self.send_response(204)
        self.end_headers()

    def _answer(self, content):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, *arguments):
        pass


@contextmanager
def served(runs) -> Iterator[str]:
    _Prefect.runs = runs
    server = HTTPServer(("127.0.0.1", 0), _Prefect)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/"
    finally:
        server.shutdown()
        server.server_close()


def test_old_runs_are_deleted_through_the_server():
    noon = datetime.combine(TODAY, datetime.min.time()).astimezone() + timedelta(hours=12)
    runs = {f"old{place}": noon - timedelta(days=90 + place) for place in range(3)}
    runs["young"] = noon - timedelta(days=89)
    with served(runs) as api:
        term = Term("prefect_runs", "", "", days=90, place=api)
        assert count_runs(term, TODAY) == 3
        assert delete_runs(term, TODAY) == 3
        assert runs.keys() == {"young"}
        assert count_runs(term, TODAY) == 0


def test_without_a_server_nothing_is_asked_and_one_that_is_away_is_told():
    assert count_runs(Term("prefect_runs", "", "", days=90), TODAY) == 0
    with pytest.raises(NoAnswer, match="Prefect 服务没有按预期回答"):
        count_runs(Term("prefect_runs", "", "", days=90, place="http://127.0.0.1:9/api"), TODAY)
