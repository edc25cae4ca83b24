"""A year of monthly deliveries: ids stay through births, deaths, renames and corrected numbers, and so do answers."""

import random

import pytest

from matching.link import link
from tests.matching.population import GIVEN
from tests.matching.staged import add_delivery, add_rows, new_warehouse, number, people_of

MONTHS = 12
START = 40
SURNAMES = "陶禤龚瞿桑"


class Village:
    """People who are born, die, take other names and get their numbers corrected, month by month."""

    def __init__(self, seed):
        self.source = random.Random(seed)
        self.people = {}
        self.born = 0
        for _ in range(START):
            self._birth()

    def _birth(self):
        self.born += 1
        name = "".join(self.source.choice(letters) for letters in (SURNAMES, GIVEN, GIVEN))
        birth = f"19{self.source.randrange(40, 99)}{self.source.randrange(1, 13):02d}{self.source.randrange(1, 29):02d}"
        whole = number(birth=birth, sequence=100 + self.born)
        self.people[self.born] = {"name": name, "id_no": whole, "family_no": f"KS{1000 + self.born}"}

    def month_passes(self):
        self._birth()
        del self.people[self.source.choice(sorted(self.people))]
        renamed, corrected = self.source.sample(sorted(self.people), 2)
        self.people[renamed] = self.people[renamed] | {"name": self.people[renamed]["name"][:2] + "德"}
        sequence = 500 + self.source.randrange(400)
        self.people[corrected] = self.people[corrected] | {"id_no": number(birth="19500101", sequence=sequence)}
        return corrected

    def rows(self):
        """(person, what the roster writes); the birth date is what tells a new name from a brother's."""
        return [
            (person, facts | {"birth_date": f"{facts['id_no'][6:10]}-{facts['id_no'][10:12]}-{facts['id_no'][12:14]}"})
            for person, facts in self.people.items()
        ]


@pytest.mark.parametrize("seed", [1, 2])
def test_ids_and_answers_outlive_a_year(seed):
    village = Village(seed)
    with new_warehouse() as city:
        city.execute("delete from raw.delivery")
        rows, owners, first_id = [], [], {}
        corrections = {}
        for month in range(1, MONTHS + 1):
            corrected = village.month_passes() if month > 1 else None
            add_delivery(city, month, "assistance_roster")
            facts = [facts for _, facts in village.rows()]
            new = add_rows(city, "assistance_roster", *facts, delivery=month)
            link(city)
            if corrected:
                number_now = village.people[corrected]["id_no"]
                before = next(row for row, owner in zip(rows, owners, strict=True) if owner == corrected)
                after = new[[person for person, _ in village.rows()].index(corrected)]
                earlier, later = people_of(city, [before, after])
                if earlier != later:
                    city.execute(
                        "insert into identity.judgement values (?, ?, 'same', '核实人', timestamp '2026-07-01')",
                        [earlier, later],
                    )
                    corrections[corrected] = number_now
            rows += new
            owners += [person for person, _ in village.rows()]
            if corrected:
                link(city)
            for row, person_id in zip(rows, people_of(city, rows), strict=True):
                assert first_id.setdefault(row, person_id) == person_id or owners[rows.index(row)] in corrections
        assert len(corrections) > MONTHS // 2
        found = {}
        for owner, person_id in zip(owners, people_of(city, rows), strict=True):
            found.setdefault(owner, set()).add(person_id)
        assert {owner: len(ids) for owner, ids in found.items()} == dict.fromkeys(found, 1)
        assert len(set.union(*found.values())) == len(found), "nobody shares an id"
        for owner in corrections:
            assert first_id[rows[owners.index(owner)]] in found[owner], "the older id lives on"


def test_two_people_told_apart_stay_apart_in_every_later_run():
    with new_warehouse() as city:
        city.execute("delete from raw.delivery")
        whole = number(birth="19600101", sequence=11)
        add_delivery(city, 1, "assistance_roster")
        rows = add_rows(
            city, "assistance_roster", {"name": "陶景岚", "id_no": whole, "family_no": "KS1001"}, delivery=1
        )
        rows += add_rows(city, "assistance_roster", {"name": "陶景岚", "family_no": "KS1001"}, delivery=1)
        link(city)
        one, other = people_of(city, rows)
        assert one == other, "a name and a family number are enough, until somebody knows better"
        ((identity,),) = city.execute("select identity_id from identity.identity where id_no is null").fetchall()
        city.execute(
            "insert into identity.judgement values (?, ?, 'different', '核实人', timestamp '2026-07-01')",
            [f"number:{whole}", f"identity:{identity}"],
        )
        for month in range(2, 6):
            add_delivery(city, month, "assistance_roster")
            facts = {"name": "陶景岚", "id_no": whole, "family_no": "KS1001", "phone": f"1381234567{month}"}
            add_rows(city, "assistance_roster", facts, delivery=month)
            link(city)
            kept, parted = people_of(city, rows)
            assert kept == one != parted
