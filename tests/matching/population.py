"""A small noisy city for the tests of matching: staged rows in memory, and who each row really is."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import pyarrow as pa

from tests.matching.staged import TABLES, new_warehouse
from warehouse.resident_number import check_character, sex

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英霞平刚桂华建国红玉兰梅文辉志鹏飞斌宇浩凯波丹萍鑫"
    "雪琴凤洁云莉春燕海龙林峰庆荣祥瑞晨曦欣怡梓涵子轩宏俊博思佳慧婷琳颖倩蕾薇晶莹璐瑶"
)
RARE = "䶮堃喆翀禤龑犇淼赟彧玥珺瑄璟玹"
HOMOPHONES = {
    "伟": "炜",
    "芳": "方",
    "丽": "莉",
    "静": "靖",
    "军": "君",
    "英": "瑛",
    "华": "桦",
    "辉": "晖",
    "琳": "林",
    "婷": "庭",
}
TRADITIONAL = {
    "张": "張",
    "刘": "劉",
    "陈": "陳",
    "杨": "楊",
    "丽": "麗",
    "华": "華",
    "军": "軍",
    "云": "雲",
    "伟": "偉",
}


@dataclass(frozen=True)
class Person:
    """One true person; `family` and `guardian` are indexes of the city."""

    index: int
    name: str
    number: str
    birth: date
    family: int
    guardian: int
    phone: str
    address: str


def make_people(count: int, seed: int) -> list[Person]:
    source = random.Random(seed)
    people: list[Person] = []
    family = 0
    while len(people) < count:
        family += 1
        people.extend(_household(source, family, len(people)))
    return people[:count]


def _household(source: random.Random, family: int, start: int) -> list[Person]:
    parent_birth = date(1945, 1, 1) + timedelta(days=source.randrange(365 * 50))
    size = source.choice((1, 2, 3, 3, 4, 5))
    surname = source.choices(SURNAMES, weights=range(len(SURNAMES), 0, -1))[0]
    town, season = source.choice(("玉山", "巴城", "周市", "陆家")), source.choice("春夏秋冬")
    house = f"{source.randrange(1, 999)}号{source.randrange(1, 30)}幢{source.randrange(101, 2000)}室"
    address = f"江苏省昆山市{town}镇{season}路{house}"
    births = [parent_birth, parent_birth + timedelta(days=source.randrange(-1500, 1500))]
    births += [parent_birth + timedelta(days=source.randrange(8000, 13000)) for _ in range(3)]
    if source.random() < 0.05:
        births[3] = births[2]
    people = []
    for place in range(size):
        own_surname = source.choice(SURNAMES) if place == 1 else surname
        name = own_surname + _given(source)
        if place == 2 and source.random() < 0.05 and len(people[0].name) == 3:
            name = people[0].name[:2] + source.choice(GIVEN)
        while name in {other.name for other in people}:
            name = own_surname + _given(source)
        people.append(
            Person(
                start + place,
                name,
                _number(source, births[place]),
                births[place],
                family,
                start,
                f"1{source.randrange(30, 99)}{source.randrange(10**8):08d}",
                address,
            )
        )
    return people


def _given(source: random.Random) -> str:
    roll = source.random()
    if roll < 0.004:
        return source.choice(RARE) + (source.choice(GIVEN) if source.random() < 0.5 else "")
    if roll < 0.008:
        return "·".join("".join(source.choices("阿卜杜拉买提古丽木江热依汗", k=4)) for _ in range(2))
    # A fifth of the people share thirty given names: homonyms must be as common as in life.
    if roll < 0.2:
        return GIVEN[int(source.random() ** 2 * 30)]
    return "".join(source.choices(GIVEN, k=1 if roll < 0.3 else 2))


def _number(source: random.Random, birth: date) -> str:
    place = source.choice(("320583", "320523", "320582", "342601", "413026"))
    seventeen = f"{place}{birth:%Y%m%d}{source.randrange(1, 999):03d}"
    return seventeen + check_character(seventeen)


class Office:
    """Writes one person's identity as one table knows it: damage is decided once, as offices do."""

    def __init__(self, seed: int, people: list[Person], damage: float) -> None:
        self.source = random.Random(seed)
        self.people = people
        self.damage = damage

    def number(self, person: Person) -> str | None:
        roll = self.source.random() / self.damage
        number = person.number
        if roll < 0.012:
            return self.source.choice(
                (None, "无", "000000000000000000", "3.20583E+17" if number.startswith("320583") else None)
            )
        if roll < 0.02:
            return self._slip(number)
        if roll < 0.026:
            return number[:15] + "000"
        if roll < 0.030:
            return str(int(float(number))) if number[17] != "X" else number
        if roll < 0.034:
            return number[:6] + "********" + number[14:]
        if roll < 0.037:
            return number[:6] + number[8:17] if number[6:8] == "19" else number
        if roll < 0.043:
            return self.people[person.guardian].number
        return self._cosmetic(number) if roll < 0.06 else number

    def _slip(self, number: str) -> str:
        place = self.source.randrange(17)
        kind = self.source.randrange(4)
        if kind == 0:
            return number[:place] + str((int(number[place]) + self.source.randrange(1, 10)) % 10) + number[place + 1 :]
        if kind == 1:
            return number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        return number[:place] + number[place + 1 :] if kind == 2 else number[:place] + "5" + number[place:]

    def _cosmetic(self, number: str) -> str:
        return self.source.choice(
            (
                f"'{number}",
                f'="{number}"',
                f"{number[:6]} {number[6:14]} {number[14:]}",
                number.lower(),
                f"\u200b{number}",
            )
        )

    def name(self, person: Person) -> str:
        roll = self.source.random() / self.damage
        name = person.name
        if roll < 0.004:
            return "".join(HOMOPHONES.get(character, character) for character in name)
        if roll < 0.007:
            return "".join(TRADITIONAL.get(character, character) for character in name)
        if roll < 0.012:
            return self.source.choice(
                (f"{name}(户主)", f"{name[0]} {name[1:]}", f"{name} 12床", name.replace("·", "."))
            )
        if roll < 0.3:
            name = "".join("?" if character in "䶮翀禤龑赟" else character for character in name)
        return name[:4] if roll < 0.05 else name

    def birth(self, person: Person) -> date:
        wrong = self.source.random() / self.damage < 0.003
        return person.birth + timedelta(days=self.source.randrange(1, 4000)) if wrong else person.birth

    def sex(self, person: Person) -> str:
        wrong = self.source.random() / self.damage < 0.002
        true = sex(person.number)
        return {"male": "female", "female": "male"}[true] if wrong else true

    def phone(self, person: Person) -> str | None:
        roll = self.source.random()
        return None if roll < 0.2 else self.people[person.guardian].phone if roll < 0.5 else person.phone


def write_city(people_count: int, *, seed: int = 1, damage: float = 1.0) -> tuple[duckdb.DuckDBPyConnection, int]:
    """A staged warehouse and its number of rows; table `truth(row_id, person)` says who each row is."""
    people = make_people(people_count, seed)
    connection = new_warehouse()
    connection.execute("create table truth (row_id bigint, person bigint)")
    total = 0
    for delivery, table in enumerate(TABLES, start=1):
        office = Office(seed * 100 + delivery, people, damage)
        rows = [_row(office, table, person) for person in people if office.source.random() < TABLES[table].share]
        total += len(rows)
        _insert(connection, table, delivery, rows)
    return connection, total


def _row(office: Office, table: str, person: Person) -> dict:
    row: dict = {"person": person.index, "name": office.name(person), "id_no": office.number(person)}
    columns = TABLES[table].columns
    if "sex" in columns:
        row["sex"] = office.sex(person)
    if "birth_date" in columns:
        row |= {"birth_date": office.birth(person), "birth_date_precision": "day"}
    if "phone" in columns:
        row["phone"] = office.phone(person)
    if "address" in columns:
        row["address"] = person.address if office.source.random() < 0.6 else person.address[6:]
    if "family_no" in columns:
        row["family_no"] = f"F{person.family:06d}"
    if "head_id_no" in columns:
        head = office.people[person.guardian]
        relation = "head" if head.index == person.index else "child"
        row |= {"head_name": head.name, "head_id_no": head.number, "relation": relation}
    if "disability_no" in columns:
        row["disability_no"] = person.number + "42"
    return row


def _insert(connection: duckdb.DuckDBPyConnection, table: str, delivery: int, rows: list[dict]) -> None:
    numbered = [
        row | {"row_id": delivery * 1_000_000_000 + place, "delivery_id": delivery, "source_row": place}
        for place, row in enumerate(rows, start=1)
    ]
    arriving = pa.Table.from_pylist(numbered)
    connection.register("arriving", arriving)
    connection.execute(f"insert into staging.{table} by name select * exclude (person) from arriving")
    connection.execute("insert into truth select row_id, person from arriving")
    connection.unregister("arriving")
