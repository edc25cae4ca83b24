"""What a killed monthly run left half-written holds names: the next run of any kind removes it."""

import tempfile

from flows.settings import read_settings
from warehouse.scratch import private_run


def test_a_month_half_written_goes_and_a_finished_one_stays(tmp_path):
    home = read_settings(tmp_path / "home").home
    home.prepare()
    for folder in (".2026-06.a1b2", "2026-06"):
        (home.outbox / folder).mkdir()
        (home.outbox / folder / "book.xlsx").write_text("姓名", encoding="utf-8")
    (home.spill / "openpyxl.x").write_text("姓名", encoding="utf-8")
    with private_run(home):
        assert [path.name for path in home.outbox.iterdir()] == ["2026-06"]
        assert not any(home.spill.iterdir())
        with tempfile.NamedTemporaryFile() as file:
            assert file.name.startswith(str(home.scratch))
    assert (home.outbox / "2026-06" / "book.xlsx").exists()
