"""The files of the demo city: the same at every run, and true row by row."""

import csv
import hashlib
import io
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from connectors.demo_city import EXAMPLE_PARAMETERS, CityReport, write_city
from connectors.demo_city.exports import forms
from connectors.demo_city.oracle import RULES

PEOPLE = 3000


class Written:
    """A city on disk, with its truth read back."""

    def __init__(self, root: Path) -> None:
        self.inbox = root / "inbox"
        self.report: CityReport = write_city(self.inbox, people=PEOPLE, seed=5, truth=root / "truth")
        self.rows = pq.read_table(root / "truth" / "rows.parquet").to_pylist()
        self.persons = pq.read_table(root / "truth" / "persons.parquet").to_pylist()
        self.findings = pq.read_table(root / "truth" / "findings.parquet").to_pylist()
        self.planted = pq.read_table(root / "truth" / "planted.parquet").to_pylist()

    def told(self, department: str, source_file: str, sheet: str | None = None) -> list[dict]:
        """The truth's rows of one sheet."""
        return [
            row
            for row in self.rows
            if (row["department"], row["source_file"], row["sheet"]) == (department, source_file, sheet)
        ]

    def files(self, pattern: str) -> list[tuple[str, str, Path]]:
        """(department, source_file, path) of the files on disk."""
        found = sorted(self.inbox.rglob(pattern))
        return [
            (path.relative_to(self.inbox).parts[0], "/".join(path.relative_to(self.inbox).parts[1:]), path)
            for path in found
        ]


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Written:
    return Written(tmp_path_factory.mktemp("city"))


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def records(content: bytes, encoding: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(encoding), newline=""), delimiter=delimiter))


def test_same_people_seed_and_damage_give_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        write_city(tmp_path / name / "inbox", people=1000, seed=3, truth=tmp_path / name / "truth")
    write_city(tmp_path / "other", people=1000, seed=4)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    same = set(digests(tmp_path / "one" / "inbox").values()) & set(digests(tmp_path / "other").values())
    assert not same


def test_every_table_is_delivered_to_its_department(written):
    told = {(row["department"], row["source_table"]) for row in written.rows}
    assert told == {(form.department, form.table) for form in forms().values()}
    assert len(told) == 18


def test_the_report_counts_what_is_there(written):
    files = [path for path in written.inbox.rglob("*") if path.is_file()]
    assert written.report == CityReport(len(files), len(written.rows), PEOPLE)
    assert len(written.persons) == PEOPLE


def test_each_sheet_is_told_row_by_row_without_a_gap(written):
    numbers: dict[tuple, list[int]] = {}
    for row in written.rows:
        numbers.setdefault((row["department"], row["source_file"], row["sheet"]), []).append(row["source_row"])
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())


def test_truth_has_one_row_for_each_csv_record(written):
    for department, source_file, path in written.files("*.csv"):
        content = path.read_bytes()
        encoding = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "gb18030"
        assert len(records(content, encoding)) == len(written.told(department, source_file)), source_file


def test_truth_has_one_row_for_each_record_inside_a_zip(written):
    for department, source_file, path in written.files("*.zip"):
        with zipfile.ZipFile(path) as archive:
            for member in archive.namelist():
                found = records(archive.read(member), "gb18030")
                assert len(found) == len(written.told(department, f"{source_file}/{member}"))


def test_truth_has_one_row_for_each_row_of_a_workbook(written):
    for department, source_file, path in written.files("*.xlsx"):
        book = openpyxl.load_workbook(path)
        for sheet in book.worksheets:
            told = written.told(department, source_file, sheet.title)
            assert sheet.max_row == len(told), (source_file, sheet.title)


def test_truth_has_one_row_for_each_dbf_and_parquet_record(written):
    for department, source_file, path in written.files("*.dbf"):
        count = int.from_bytes(path.read_bytes()[4:8], "little")
        assert count == len(written.told(department, source_file))
    for department, source_file, path in written.files("*.parquet"):
        assert pq.read_metadata(path).num_rows == len(written.told(department, source_file))


def test_formats_are_what_their_names_hide(written):
    starts = {path.read_bytes()[:5] for _, _, path in written.files("*.xls")}
    assert b"<html" in starts and any(not start.startswith((b"<html", b"\xd0\xcf", b"PK")) for start in starts)
    _, _, seeking = written.files("求职登记.txt")[0]
    assert seeking.read_bytes()[:2] == b"\xff\xfe"


def test_an_undamaged_row_carries_its_own_persons_number(written):
    numbers = [person["id_no"] for person in written.persons]
    checked = 0
    for department, source_file, path in written.files("*缴费明细*.csv"):
        for row, told in zip(records(path.read_bytes(), "gb18030"), written.told(department, source_file), strict=True):
            if told["fate"] == "loaded":
                assert (numbers[told["person"]] in row) != bool(told["damaged"] and "number" in told["damage"])
                checked += 1
    assert checked > 3000


def test_rows_that_are_no_persons_have_none(written):
    for row in written.rows:
        if row["fate"] != "skipped":
            assert row["person"] is not None
    kinds = Counter((row["fate"], row["person"] is None) for row in written.rows)
    assert kinds["skipped", True] > 100 and kinds["skipped", False] > 20


def test_every_table_has_a_row_to_reject_and_a_row_pasted_twice(written):
    rejected = {row["source_table"] for row in written.rows if row["fate"] == "rejected"}
    doubled = {row["source_table"] for row in written.rows if row["fate"] == "skipped" and row["person"] is not None}
    assert len(rejected) == 18 and len(doubled) >= 17


def test_a_doubled_row_equals_the_row_before_it(written):
    for department, source_file, path in written.files("*救助金发放明细*.csv"):
        content = path.read_bytes()
        found = records(content, "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "gb18030")
        for place, told in enumerate(written.told(department, source_file)):
            if told["fate"] == "skipped" and told["person"] is not None:
                assert found[place] == found[place - 1]


def test_most_people_are_undamaged_everywhere(written):
    damaged = sum(person["damaged_anywhere"] for person in written.persons) / PEOPLE
    assert 0.04 < damaged < 0.15


def test_without_damage_every_record_is_whole(tmp_path):
    write_city(tmp_path / "inbox", people=1000, truth=tmp_path / "truth", damage=0)
    rows = pq.read_table(tmp_path / "truth" / "rows.parquet").to_pylist()
    assert {row["fate"] for row in rows} == {"loaded", "skipped"}
    assert not any(row["damaged"] for row in rows)


def test_an_office_writes_the_same_wrong_number_each_time(written):
    seen: dict[tuple[str, int], set[str]] = {}
    for row in written.rows:
        if row["damage"] and row["fate"] == "loaded" and row["source_table"] == "contributions":
            numbers = [kind for kind in row["damage"].split("+") if kind.startswith("number")]
            seen.setdefault((row["source_table"], row["person"]), set()).add("".join(numbers))
    assert len(seen) > 10 and all(len(damages) == 1 for damages in seen.values())


def test_even_a_small_city_has_three_of_each_rule(written):
    found = Counter(finding["rule"] for finding in written.findings)
    assert set(found) == set(RULES) and min(found.values()) >= 3


def test_findings_of_planted_people_are_mostly_undamaged_but_not_all(written):
    planted = {(case["rule"], case["person"]) for case in written.planted}
    damaged = Counter(
        finding["damaged"] for finding in written.findings if (finding["rule"], finding["person"]) in planted
    )
    assert damaged[False] > 10 * damaged[True] > 0


def test_too_few_people_are_refused(tmp_path):
    with pytest.raises(ValueError, match="1000"):
        write_city(tmp_path, people=50)


def test_example_parameters_say_that_they_are_examples():
    assert {"dibao_standard", "minimum_wage", "medical_burden_threshold"} <= set(EXAMPLE_PARAMETERS)
    for values in EXAMPLE_PARAMETERS.values():
        assert all("示例" in value["cite"] and isinstance(value["valid_from"], date) for value in values)
