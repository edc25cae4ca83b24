"""Drawing names as frequent as they are: usual whole names by their own share, the rest part by part."""

from bisect import bisect
from itertools import accumulate
from random import Random

from connectors.demo_city import words

RARE_SHARE = 0.002
MINORITY_SHARE = 0.003
SAME_CHARACTER_TWICE = 0.03


def _cumulated(weights: list[float]) -> list[float]:
    return list(accumulate(weights))


class NameBook:
    """Draws names; needs nothing but its random source, so the same source gives the same names."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._surnames = [surname for surname, _ in words.SURNAMES]
        self._surname_steps = _cumulated([weight for _, weight in words.SURNAMES])
        self._share = {surname: weight / self._surname_steps[-1] for surname, weight in words.SURNAMES}
        # Fashion falls off slowly: the fiftieth character is about six times rarer than the first.
        self._character_steps = _cumulated([1 / (rank + 10) for rank in range(48)])
        self._reserved = {entry[0] for entry in words.COMMON_NAMES}

    def surname(self) -> str:
        """A surname by its share of people."""
        point = self._random.random() * self._surname_steps[-1]
        return self._surnames[bisect(self._surname_steps, point)]

    def draw(self, sex: str, born: int, surname: str | None = None) -> str:
        """A name for somebody of this sex and year of birth; children are given their father's surname."""
        if surname is None and self._random.random() < MINORITY_SHARE:
            return self._minority_name()
        family = surname or self.surname()
        common = self._common_name(sex, born, family)
        if common is not None:
            return common
        while (name := family + self._given_name(sex, born)) in self._reserved:
            pass  # its whole share is drawn above; drawing it here too would make it too frequent
        return name

    def sibling_name(self, name: str, sex: str, born: int) -> str:
        """A name one character apart, as fathers and sons or brothers often have."""
        if "·" in name or len(name) < 2:
            return self.draw(sex, born)
        while (other := name[:-1] + self._character(sex, born)) == name:
            pass
        return other

    def _minority_name(self) -> str:
        return f"{self._random.choice(words.MINORITY_FIRST)}·{self._random.choice(words.MINORITY_SECOND)}"

    def _common_name(self, sex: str, born: int, surname: str) -> str | None:
        for name, name_sex, per_million, first, last in words.COMMON_NAMES:
            if name[:-1] != surname and name[0] != surname:
                continue
            if sex != name_sex or not first <= born <= last:
                continue
            # Half of the people are of that sex, and only some were born in the years of the name.
            in_fashion = 1.0 if last - first > 60 else 0.3 if last < 1970 else 0.7
            if self._random.random() < per_million / 1e6 * 2 / in_fashion / self._share[surname]:
                return name
        return None

    def _given_name(self, sex: str, born: int) -> str:
        if self._random.random() < RARE_SHARE:
            return self._character(sex, born) + self._random.choice(words.RARE_CHARACTERS)
        first = self._character(sex, born)
        if self._random.random() < self._generation(born)[1]:
            return first
        if self._random.random() < SAME_CHARACTER_TWICE:
            return first + first
        return first + self._character(sex, born)

    def _character(self, sex: str, born: int) -> str:
        _, _, mens, womens = self._generation(born)
        characters = mens if sex == "male" else womens
        point = self._random.random() * self._character_steps[-1]
        return characters[bisect(self._character_steps, point)]

    @staticmethod
    def _generation(born: int) -> tuple[int, float, str, str]:
        return next(generation for generation in words.GENERATIONS if born < generation[0])
