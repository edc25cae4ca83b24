"""`headings.toml`: what a line may say, and that a wrong one costs nothing but itself."""

import pytest

from connectors.declared import declared
from tests.connectors.drift import exports
from tests.connectors.small_home import CONTRACTS, SmallHome, table

WRONG = {
    'health.medical_settlement.total = ["总价"]': ["没有health.medical_settlement这种表"],
    'housing.medical_settlements.total = ["总价"]': ["没有housing.medical_settlements这种表"],
    'health.medical_settlements.total_cost = ["总价"]': ["没有total_cost这一列", "total"],
    'health.medical_settlements.total = ["姓 名"]': ["“姓 名”已属于name(姓名)"],
    'health.medical_settlements.total = ["总费用(美元)"]': ["单位"],
    'health.medical_settlements.total = ["总额(元/年)"]': ["单位"],
    "health.medical_settlements.total = []": ['["表头"]'],
    'health.medical_settlements.total = [""]': ['["表头"]'],
    'health.medical_settlements.total = "总价"': ['["表头"]'],
    "health.medical_settlements.total = true": ['["表头"]'],
    "health.medical_settlements.total = false": ["必填"],
    'health.medical_settlements.total = ["总价"': ["读不懂"],
    "health.medical_settlements.total = [": ["读不懂", "不能跨行"],
    "[health.medical_settlements]": ["每行要写全"],
    'total = ["总价"]': ["每行要写全"],
    'health.medical_settlements.visit_type."急诊" = "emergency"': ["没有这个代码", "outpatient"],
    'health.medical_settlements.visit_type."急诊" = "?"': ["没有这个代码", "outpatient"],
    'health.medical_settlements.visit_type."急诊" = ["outpatient"]': ["没有这个代码"],
    'health.medical_settlements.visit_type."住 院" = "outpatient"': ["“住 院”已是代码inpatient"],
    'disabled_persons_federation.disability_certificates.grade."特重" = true': ["没有这个代码", "1"],
    'health.medical_settlements.settled_on.layout = "年月日"': ["日月年"],
    'health.medical_settlements.birth_date.layout = "两位年"': ["layout只能是"],
    'health.medical_settlements.hospital.layout = "日月年"': ["不是代码列"],
    "health.medical_settlements.id_no.damaged = false": ["不能写damaged"],
    "health.medical_settlements.unused = false": ['["表头"]'],
}


@pytest.fixture
def home(tmp_path):
    return SmallHome(tmp_path / "home")


def declare(home: SmallHome, *lines: str) -> None:
    (home.home.root / "headings.toml").write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_line_is_told_with_its_place_and_leaves_everything_as_it_was(tmp_path, line):
    good = 'health.medical_settlements.hospital = ["医院"]'
    (tmp_path / "headings.toml").write_text(f"# 注释\n\n{line}\n{good}\n", encoding="utf-8")
    found = declared(CONTRACTS, tmp_path)
    (fault,) = found.faults
    for word in ["第3行", *WRONG[line]]:
        assert word in fault
    (tmp_path / "headings.toml").write_text(good, encoding="utf-8")
    assert found.contracts == declared(CONTRACTS, tmp_path).contracts != CONTRACTS


def test_one_heading_for_two_columns(tmp_path):
    lines = ['civil_affairs.deaths.death_date = ["日期"]', 'civil_affairs.deaths.cremation_date = ["日期"]']
    (tmp_path / "headings.toml").write_text("\n".join(lines), encoding="utf-8")
    (fault,) = declared(CONTRACTS, tmp_path).faults
    assert "第2行" in fault
    assert "已属于death_date" in fault


def test_lines_stand_alone(tmp_path):
    """The same line twice, a second line for a column and a known heading do no harm: lines are added at the end."""
    lines = [
        'health.medical_settlements.visit_type = ["类别"]',
        'health.medical_settlements.visit_type = ["就医类别"]',
        'health.medical_settlements.visit_type."急诊" = "outpatient"',
        'health.medical_settlements.visit_type = ["类别"]',
        'health.medical_settlements.visit_type = ["医疗类别"]',
    ]
    (tmp_path / "headings.toml").write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    found = declared(CONTRACTS, tmp_path)
    column = found.contracts["medical_settlements"].columns["visit_type"]
    assert (found.faults, column.headings) == ((), ("医疗类别", "就诊类型", "类别", "就医类别"))
    assert column.codes["急诊"] == "outpatient"


def test_wrong_lines_are_told_like_a_refused_file_until_they_are_mended(home):
    home.put_table("deaths", table("deaths", 2))
    declare(home, "civil_affairs.death.name = 1", 'civil_affairs.deaths.sex."女士" = "female"')
    report = home.night()
    told = {one.source_file: (one.status, one.reason) for one in report.deliveries}
    assert told["deaths.csv"][0] == "accepted"
    status, reason = told["headings.toml"]
    assert (status, "第1行" in reason, "第2行" in reason) == ("refused", True, False)
    assert home.night().refused == 1
    assert home.rows("select count(*) from raw.delivery where source_file = 'headings.toml'") == [(1,)]
    declare(home, 'civil_affairs.deaths.sex."女士" = "female"')
    assert home.night().refused == 0
    assert home.rows("select count(*) from raw.delivery where source_file = 'headings.toml'") == [(0,)]


def test_a_file_that_is_no_text(home):
    (home.home.root / "headings.toml").write_bytes(b"\xff\xfe\x00\xd8")
    home.put_table("deaths", table("deaths", 2))
    report = home.night()
    assert (report.accepted, report.refused) == (1, 1)


def test_a_declared_heading_carries_its_unit(home):
    """A line added for 总额(万元) or 万元总额 must not turn 1.2 into 1.20 yuan."""
    declare(home, 'health.medical_settlements.total = ["总额(万元)", "万元总额"]')
    for number, heading in enumerate(("总额(万元)", "万元总额")):
        rows = table("medical_settlements", 2, first=10 * number, total="1.2345")
        home.put_table("medical_settlements", exports.headed(rows, 11, heading), f"{number}.csv")
    assert home.night().new_rows == 4
    assert [str(total) for (total,) in home.in_force("medical_settlements", "distinct total")] == ["12345.00"]
