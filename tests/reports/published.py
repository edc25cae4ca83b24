"""A small published warehouse, made by hand: exactly the tables the reports read, no other room's code."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import duckdb

from warehouse.connection import connect, prepare_schema
from warehouse.models import MODELS_FOLDER

SECRET = b"only for tests, thirty-two bytes"
JUNE, MAY, APRIL = date(2026, 6, 1), date(2026, 5, 1), date(2026, 4, 1)
ISSUED = date(2026, 7, 3)
ROW_BASE = 1_000_000_000
RECEIVED = datetime(2026, 6, 30, 8)

TABLES = """
create table staging.assistance_roster (month date, superseded_by integer, row_id bigint, delivery_id integer,
    family_no varchar, category varchar, relation varchar, household_amount decimal(12,2));
create table staging.benefit_payments (month date, superseded_by integer);
create table staging.contributions (month date, superseded_by integer);
create table staging.pensions (month date, superseded_by integer);
create table core.roster_month (month date);
create table core.roster (row_id bigint, person_id varchar, certain boolean, month date, family_no varchar,
    category varchar, cause varchar, relation varchar, start_date date, person_amount decimal(12,2),
    household_amount decimal(12,2), household_size integer, household_income decimal(12,2), labour_capacity varchar,
    care_need varchar, town varchar, community varchar);
create table core.payment (row_id bigint, person_id varchar, certain boolean, month date, family_no varchar,
    benefit varchar, amount decimal(12,2));
create table core.helped (person_id varchar, family_no varchar, category varchar, cause varchar, town varchar,
    community varchar, month date, certain boolean, row_id bigint);
create table core.dibao_due (month date, town varchar, row_id bigint, covered boolean);
create table core.exit (row_id bigint, person_id varchar, certain boolean, family_no varchar, category varchar,
    exit_date date, reason varchar, income_per_head decimal(12,2), grace_until date);
create table identity.link (identity_id bigint, person_id varchar, method varchar, probability double,
    certain boolean, because varchar);
create table identity.person (person_id varchar, name varchar, id_no varchar, sex varchar, birth_date date,
    id_quality varchar, departments varchar[]);
create table identity.number (id_no varchar, resolved varchar, quality varchar);
create table identity.possible_same (person_id varchar, other_person_id varchar);
create table identity.review (review_id varchar, person_id varchar, other_person_id varchar, record varchar,
    probability double, because varchar, state varchar);
create table policy.rule (rule varchar, clause varchar, title varchar, kind varchar, lead_department varchar,
    recipients varchar[], asks varchar, status varchar, uses varchar[], reason varchar, version varchar,
    parties_only boolean);
create table policy.parameter (name varchar, label varchar, unit varchar, valid_from date, value varchar,
    cite varchar, is_set boolean);
create table policy.answer_working_days as select date '2000-01-01' as valid_from, 10 as value;
create table policy.holiday_arrangement (valid_from date, day date, kind varchar, cite varchar);
create table findings.finding (finding_id varchar, rule varchar, clause varchar, kind varchar, condition varchar,
    person_id varchar, family_no varchar, as_of date, first_met_on date, amount decimal(12,2), national_bar boolean,
    identity varchar, state varchar, summary varchar, evidence_hash varchar);
create table findings.evidence (finding_id varchar, position bigint, row_id bigint, event_date date, what varchar);
create table findings.held_back (rule varchar, person_id varchar, other_person_id varchar, reason varchar,
    condition varchar, first_met_on date, kind varchar, finding_id varchar, record bigint);
create table mart.dossier_known (family_no varchar, person_id varchar, department varchar, source_table varchar,
    what varchar, first_on date, event_date date, row_count bigint, certain boolean, source_file varchar,
    sheet varchar, source_row bigint, delivery_id integer);
create table mart.dossier_measure (family_no varchar, rule varchar, clause varchar, title varchar,
    measure_state varchar, basis varchar, event_date date, open_findings bigint, department varchar,
    source_table varchar, source_file varchar, sheet varchar, source_row bigint);
create table mart.standard_growth (compared_on date, standard decimal(12,2), standard_before decimal(12,2),
    growth decimal(14,4), growth_target decimal(14,4), summary varchar, cite varchar, cite_before varchar);
create table mart.indicator (month date, town varchar, community varchar, measure varchar, value decimal(14,4),
    people bigint, suppressed boolean);
create table mart.rule_precision (rule varchar, dimension varchar, member varchar, answered bigint, found_true bigint,
    true_share decimal(5,4), on_trial boolean, suppressed boolean);
create table policy.small_cell_limit as select date '2000-01-01' as valid_from, 5 as value;
create table mart.follow_up (person_id varchar, family_no varchar, category varchar, exit_date date,
    followed_until date, contact varchar, last_visited_on date, lacks_visit boolean);
create table mart.data_quality (department varchar, source_table varchar, source_file varchar, sheet varchar,
    source_row bigint, column_name varchar, problem varchar, remedy varchar, delivery_id integer);
"""
HELPED = """select person_id, family_no, category, cause, town, community, month, certain, row_id
    from core.roster where month = (select max(month) from core.roster)"""
STAGED = f"""select month, null, row_id, row_id // {ROW_BASE}, family_no, category, relation, household_amount
    from core.roster"""
MODELS = (
    "core/household", "mart/household", "mart/person", "mart/delivery", "mart/finding", "mart/identity_review",
    "mart/dossier_member", "mart/dossier_flag", "mart/dossier",
)
CONTRACTS = [
    ("assistance_roster", "civil_affairs", "救助对象花名册", "snapshot"),
    ("assistance_exits", "civil_affairs", "退出救助对象名册", "increment"),
    ("benefit_payments", "civil_affairs", "救助资金发放明细表", "increment"),
    ("job_referrals", "hr_social_security", "职业介绍登记表", "increment"),
    ("medical_settlements", "health", "医疗费用结算明细", "increment"),
    ("dangerous_houses", "housing", "危险房屋治理台账", "snapshot"),
    ("disability_certificates", "disabled_persons_federation", "持证残疾人花名册", "snapshot"),
]
DEPARTMENTS = ["civil_affairs", "hr_social_security", "disabled_persons_federation", "health", "housing"]
RULES = [
    ("relapse", "三(五)4", "返困监测", "supportive", ["civil_affairs", "health"], "running", ["medical_burden"]),
    ("family_doctor_gap", "三(一)4", "家庭医生签约缺口", "supportive", ["health"], "running", []),
    ("dangerous_house", "三(三)2", "危房治理与补助", "supportive", ["housing", "civil_affairs"], "running", []),
    ("work_refusal", "三(五)3", "拒绝就业介绍", "adverse", ["civil_affairs", "hr_social_security"], "running", []),
    ("paid_after_exit", "四.4", "退出后仍发放", "adverse", ["civil_affairs"], "running", []),
    ("training_gap", "三(二)2", "技能培训", "supportive", ["hr_social_security"], "planned", []),
]


@dataclass
class City:
    """What a test wants published; `person` and `finding` add to it."""

    people: list[tuple] = field(default_factory=list)
    identities: list[tuple] = field(default_factory=list)
    links: list[tuple] = field(default_factory=list)
    row_identities: list[tuple] = field(default_factory=list)
    roster: list[tuple] = field(default_factory=list)
    payments: list[tuple] = field(default_factory=list)
    exits: list[tuple] = field(default_factory=list)
    deliveries: dict[int, tuple] = field(default_factory=dict)
    findings: list[tuple] = field(default_factory=list)
    evidence: list[tuple] = field(default_factory=list)
    history: list[tuple] = field(default_factory=list)
    reviews: list[tuple] = field(default_factory=list)
    possible_same: list[tuple] = field(default_factory=list)
    quality: list[tuple] = field(default_factory=list)
    rejected: list[tuple] = field(default_factory=list)
    known: list[tuple] = field(default_factory=list)
    measures: list[tuple] = field(default_factory=list)
    skipped: list[tuple] = field(default_factory=list)

    def delivery(self, number: int, department: str, table: str | None, file: str, **more) -> None:
        shown = {"sheet": None, "status": "accepted", "reason": None, "rows_in": None} | more
        self.deliveries[number] = (department, table, file, shown)

    def written(self, delivery: int, row: int, person: str, name: str, id_no: str | None, **more) -> int:
        """One source row as a department wrote it; gives its row_id."""
        row_id = delivery * ROW_BASE + row
        identity = len(self.identities) + 1
        shown = {"sex": "male", "birth_date": date(1980, 5, 5), "address": None, "phone": None} | more
        self.identities.append((identity, name, id_no, None, shown["sex"], shown["birth_date"], "day",
                                shown["phone"], shown["address"], None))
        self.links.append((identity, person, "number", 1.0, True, "号码和姓名一致"))
        self.row_identities.append((row_id, identity))
        return row_id

    def person(self, person: str, name: str, id_no: str | None, departments: Iterable[str] = ("civil_affairs",),
               sex: str = "male", born: date = date(1980, 5, 5)) -> None:
        self.people.append((person, name, id_no, sex, born, "valid", list(departments)))

    def on_roster(self, row_id: int, person: str, month: date, family: str, **more) -> None:
        shown = {"category": "dibao", "relation": "head", "person_amount": 600, "household_amount": 600,
                 "town": "玉山镇", "community": "新城社区"} | more
        self.roster.append((row_id, person, True, month, family, shown["category"], "illness", shown["relation"],
                            month, shown["person_amount"], shown["household_amount"], 1, 0, "full", "none",
                            shown["town"], shown["community"]))

    def finding(self, finding: str, rule: str, person: str | None, condition: str, evidence: Sequence[tuple], **more):
        clause, kind = next((row[1], row[3]) for row in RULES if row[0] == rule)
        shown = {"kind": kind, "amount": None, "identity": "certain", "state": "待核实", "family": None, "bar": None,
                 "summary": "按规则列出,请核实", "met": date(2026, 6, 1)} | more
        self.findings.append((finding, rule, clause, shown["kind"], condition, person, shown["family"],
                              date(2026, 6, 30), shown["met"], shown["amount"], shown["bar"], shown["identity"],
                              shown["state"], shown["summary"], "hash"))
        self.evidence += [(finding, place, *fact) for place, fact in enumerate(evidence, start=1)]
        self.history.append((finding, datetime(2026, 6, 30), shown["state"], "系统", "首次发现"))


def publish(city: City, path: Path, change: Callable[[duckdb.DuckDBPyConnection], None] = lambda _: None) -> Path:
    """Write the city as a published full.duckdb; `change` may alter its facts before the mart is made of them."""
    with connect(path) as connection:
        prepare_schema(connection)
        connection.execute(TABLES)
        connection.execute("insert into run.context values ('2026-06-30', '2026-07-02 00:00:00', 1)")
        _fill(connection, city)
        connection.execute("insert into core.helped " + HELPED)
        connection.execute("insert into staging.assistance_roster " + STAGED)
        change(connection)
        connection.execute("create table mart.finding_history as select * from findings.history")
        for model in MODELS:
            statement = (MODELS_FOLDER / f"{model}.sql").read_text(encoding="utf-8")
            connection.execute(f"create table {model.replace('/', '.')} as {statement}")
    return path


def _fill(connection: duckdb.DuckDBPyConnection, city: City) -> None:
    months = sorted({row[3] for row in city.roster})
    rules = [(rule, clause, title, kind, recipients[0], recipients, "请核对", status, uses, None, "v1",
              rule == "conflict")
             for rule, clause, title, kind, recipients, status, uses in RULES]
    parameters = [("medical_burden", "大额医疗支出", "元/年", None, None, None, False),
                  ("refusal_count", "拒绝次数", "次", date(2017, 5, 4), "3", "三(五)3", True)]
    filled = {
        "core.roster_month": [(month,) for month in months], "core.roster": city.roster,
        "core.payment": city.payments, "core.exit": city.exits, "identity.identity": city.identities,
        "identity.link": city.links, "identity.row_identity": city.row_identities, "identity.person": city.people,
        "identity.review": city.reviews, "identity.possible_same": city.possible_same,
        "policy.rule": rules, "policy.parameter": parameters,
        "findings.finding": city.findings, "findings.evidence": city.evidence, "findings.history": city.history,
        "mart.dossier_known": city.known, "mart.dossier_measure": city.measures,
        "mart.data_quality": city.quality, "raw.contract": CONTRACTS, "raw.rejected_row": city.rejected,
        "raw.skipped_row": city.skipped, "raw.delivery": list(_delivery_rows(city)),
    }  # fmt: skip
    for table, rows in filled.items():
        if rows:
            places = ", ".join("?" * len(rows[0]))
            connection.executemany(f"insert into {table} values ({places})", rows)


def _delivery_rows(city: City) -> Iterable[tuple]:
    for number, (department, table, file, shown) in city.deliveries.items():
        loaded = sum(row_id // ROW_BASE == number for row_id, _ in city.row_identities)
        rejected = len({row[1] for row in city.rejected if row[0] == number})
        skipped = len({row[1] for row in city.skipped if row[0] == number})
        rows_in = shown["rows_in"] if shown["rows_in"] is not None else loaded + rejected + skipped
        yield (number, department, table, file, shown["sheet"], f"sha{number}", RECEIVED, rows_in, loaded, rejected,
               skipped, shown["status"], shown["reason"], 1)
