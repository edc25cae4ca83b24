"""Resident numbers that were never issued to anybody: right in form and check character, unique in the city."""

from datetime import date
from random import Random

from warehouse.resident_number import check_character

HOME_REGION = "320583"
# Regions people moved in from; some codes were abolished long ago and still stand in people's numbers.
OTHER_REGIONS = (
    "320503", "320524", "320525", "321025", "320926", "321322", "320881", "340122", "341224", "342601",
    "411421", "412926", "420984", "430421", "432522", "511023", "512901", "522121", "610121", "622301",
)
ABOLISHED_HOME_REGIONS = ("320523", "322726", "329012")
PERMIT_REGIONS = ("810000", "820000", "830000")


class NumberBook:
    """Gives out numbers; never the same one twice."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._next: dict[tuple[str, date, int], int] = {}

    def issue(self, sex: str, birth: date, region: str | None = None) -> str:
        """An 18-character number for this sex and day of birth."""
        place = region or self._region(birth)
        parity = 1 if sex == "male" else 0
        key = (place, birth, parity)
        start = self._next.get(key)
        if start is None:
            start = self._random.randrange(5, 240) * 2 + parity
        self._next[key] = start + 2
        body = f"{place}{birth:%Y%m%d}{start % 1000:03d}"
        return body + check_character(body)

    def _region(self, birth: date) -> str:
        point = self._random.random()
        if point < 0.0015:
            return self._random.choice(PERMIT_REGIONS)
        if point < 0.36:
            return self._random.choice(OTHER_REGIONS)
        if birth.year < 1990 and point < 0.55:
            return self._random.choice(ABOLISHED_HOME_REGIONS)
        return HOME_REGION
