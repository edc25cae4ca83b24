"""quality.html in a real browser: nothing overflows on a narrow or a wide screen, and it prints."""

import json
import re
import subprocess

import pytest

from reports.quality.page import write_quality_page
from tests.reports.quality.test_page import made
from tests.system.test_index_page import FRAMES, WIDTHS, chromium
from warehouse.connection import connect

LONG_NAME = "救助对象/二〇二六年上半年全市救助对象花名册(含低保、低保边缘、特困、临时救助)最终稿_v3_民政局救助科.xlsx"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("quality") / "outbox"
    with connect() as connection:
        write_quality_page(made(connection, hostile=LONG_NAME), folder)
    (folder / "quality.html").rename(folder / "index.html")  # what FRAMES opens
    return folder


def test_nothing_is_wider_than_the_screen(folder):
    (folder / "frames.html").write_text(FRAMES % json.dumps(WIDTHS), encoding="utf-8")
    shown = chromium(folder, "--virtual-time-budget=8000", "--dump-dom", (folder / "frames.html").as_uri())
    measured = json.loads(re.search(r"<pre>(\{.+\})</pre>", shown)[1])
    assert set(measured) == {str(width) for width in WIDTHS}
    for width, figures in measured.items():
        assert figures["needed"] <= int(width)
        assert figures["over"] == 0
        assert figures["charts"] == 1


def test_it_prints_what_failed(folder):
    paper = folder / "page.pdf"
    chromium(folder, f"--print-to-pdf={paper}", (folder / "index.html").as_uri())
    text = subprocess.run(["pdftotext", str(paper), "-"], check=True, capture_output=True, text=True).stdout
    assert "数据质量" in text and "质量检查停收" in text and "没有个人信息" in text
