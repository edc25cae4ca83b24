"""index.html in a real browser: nothing overflows on a narrow or a wide screen, and on paper it stays light."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from reports.monthly import write_month
from tests.reports.conftest import small_city
from tests.reports.published import ISSUED, JUNE, SECRET, publish

WIDTHS = (360, 768, 1400)
# Measured from outside: the page itself may not run a script.
FRAMES = """<!doctype html><meta charset="utf-8"><body><script>
const told = {}, widths = %s;
for (const width of widths) {
  const frame = document.createElement("iframe");
  frame.style.width = width + "px"; frame.style.height = "900px"; frame.style.border = 0; frame.src = "index.html";
  frame.onload = () => {
    const page = frame.contentDocument, outside = [...page.querySelectorAll("svg, h1, h2, p, .figure")];
    told[width] = {
      needed: page.documentElement.scrollWidth, charts: page.querySelectorAll("svg").length,
      over: outside.filter((part) => part.getBoundingClientRect().right > width + 1).length,
      columns: getComputedStyle(page.querySelector(".parts")).gridTemplateColumns.split(" ").length,
    };
    if (Object.keys(told).length === widths.length)
      document.body.innerHTML = "<pre>" + JSON.stringify(told) + "</pre>";
  };
  document.body.append(frame);
}
</script>"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    base = tmp_path_factory.mktemp("index")
    database = publish(small_city(), base / "full.duckdb")
    write_month(database, base / "out", JUNE, secret=SECRET, issued_on=ISSUED)
    return base / "out" / "2026-06"


def chromium(folder: Path, *options: str) -> str:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "install chromium (tests/system/install.sh)"
    command = [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
               f"--user-data-dir={folder.parent}/profile", *options]  # fmt: skip
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


@pytest.fixture(scope="module")
def measured(folder) -> dict[int, dict]:
    (folder / "frames.html").write_text(FRAMES % json.dumps(WIDTHS), encoding="utf-8")
    shown = chromium(folder, "--virtual-time-budget=8000", "--dump-dom", (folder / "frames.html").as_uri())
    found = re.search(r"<pre>(\{.+\})</pre>", shown)
    assert found, "the browser measured nothing"
    return {int(width): figures for width, figures in json.loads(found[1]).items()}


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_screen(measured, width):
    assert measured[width]["needed"] <= width
    assert measured[width]["over"] == 0
    assert measured[width]["charts"] >= 4


def test_a_wide_screen_shows_parts_beside_each_other_and_a_narrow_one_below(measured):
    assert measured[360]["columns"] == 1
    assert measured[1400]["columns"] == 2


def test_on_paper_it_is_light_and_whole(folder):
    paper = folder / "index.pdf"
    chromium(folder, f"--print-to-pdf={paper}", (folder / "index.html").as_uri())
    text = subprocess.run(["pdftotext", str(paper), "-"], check=True, capture_output=True, text=True).stdout
    assert "精准帮扶月报" in text
    assert "没有个人信息" in text
    picture = subprocess.run(["pdftoppm", "-gray", "-r", "30", "-f", "1", "-l", "1", str(paper)], check=True,
                             capture_output=True).stdout  # fmt: skip
    shades = picture.split(b"\n", 3)[3]
    assert sum(shades) / len(shades) > 0.9 * 255
