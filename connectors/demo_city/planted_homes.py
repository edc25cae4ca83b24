"""Cases for housing_gap, expropriation_priority (三(三)1, 3) and property_on_dibao (四.4)."""

from datetime import timedelta

from connectors.demo_city.months import first_day
from connectors.demo_city.planter import Family, Planter

GAP, EXPROPRIATION, SEVERAL = "housing_gap", "expropriation_priority", "property_on_dibao"


def _couple(planter: Planter, rule: str, case: str, *, due: bool, category: str = "dibao",
            first: int | None = None) -> Family:
    family = planter.family(("male", 66), ("female", 65))
    planter.roster(family, category, first=first)
    planter.case(rule, case, family.head, due=due)
    return family


def gaps(planter: Planter) -> None:
    """No dwelling and no aid in force, of any member."""
    as_of, bought = planter.city.as_of, planter.months_ago(90)
    _couple(planter, GAP, "nothing at all", due=True, first=planter.last - 3)
    family = _couple(planter, GAP, "a garage and a shop", due=True, category="dibao_edge")
    planter.own(family.head, bought, "garage")
    planter.own(family.members[1], bought, "shop", elsewhere="昆山市玉山镇朝阳路8号商铺")
    planter.house_aid(_couple(planter, GAP, "aid ended yesterday", due=True).head, planter.months_ago(50),
                      as_of - timedelta(days=1))
    family = _couple(planter, GAP, "dwelling of somebody who moved out", due=True)
    planter.own(planter.person("male", 40, family.head.home), bought)
    planter.own(_couple(planter, GAP, "one member's dwelling", due=False).members[1], bought)
    planter.house_aid(_couple(planter, GAP, "aid to the day", due=False).head, planter.months_ago(50), as_of)
    family = _couple(planter, GAP, "aid without an end, of a member", due=False, category="destitute")
    planter.house_aid(family.members[1], planter.months_ago(12), form="rent_subsidy")
    family = _couple(planter, GAP, "one aid ended, another goes on", due=False)
    planter.house_aid(family.head, planter.months_ago(70), planter.months_ago(30))
    planter.house_aid(family.members[1], planter.months_ago(20), form="purchase_subsidy")


def expropriations(planter: Planter) -> None:
    """The ledger says demolished, and it is the only dwelling."""
    def owner(case: str, *, due: bool, category: str = "dibao", **house: object) -> Family:
        family = _couple(planter, EXPROPRIATION, case, due=due, category=category)
        planter.house(family.head, **{"treatment": "demolish", **house})
        return family

    owner("not registered at all", due=True)
    planter.own(owner("the one that is registered", due=True, category="dibao_edge").head, planter.months_ago(200))
    family = owner("the wife's own dwelling is hers", due=True)
    planter.own(family.members[1], planter.months_ago(60), elsewhere="昆山市周市镇长江路88号2幢301室")
    family = owner("a garage beside it", due=True)
    planter.own(family.head, planter.months_ago(60), "garage", elsewhere="昆山市周市镇长江路88号地下12号")
    family = owner("two dwellings registered", due=False, category="dibao_edge")
    for place in ("昆山市陆家镇人民路16号1幢101室", "昆山市陆家镇人民路16号3幢502室"):
        planter.own(family.head, planter.months_ago(80), elsewhere=place)
    planter.house(owner("a second house in the ledger", due=False).head, danger_grade="C")
    owner("rebuilt", due=False, treatment="rebuild", completed_on=planter.months_ago(5))
    stranger = planter.person("male", 58)
    planter.house(stranger, treatment="demolish")
    planter.case(EXPROPRIATION, "not helped", stranger, due=False)


def several_dwellings(planter: Planter) -> None:
    """More than one dwelling of a dibao household; what shares a certificate or an address is one."""
    elsewhere = ("昆山市张浦镇前进路31号5幢402室", "昆山市千灯镇景王路7号2幢203室")
    family = _couple(planter, SEVERAL, "one each", due=True)
    planter.own(family.head, planter.months_ago(100))
    planter.own(family.members[1], planter.months_ago(70), elsewhere=elsewhere[0])
    family = _couple(planter, SEVERAL, "three, the second bought on the roster", due=True)
    planter.own(family.head, planter.months_ago(100))
    planter.own(family.head, planter.months_ago(4), elsewhere=elsewhere[0])
    planter.own(family.head, planter.months_ago(2), elsewhere=elsewhere[1])
    family = planter.family(("male", 62))
    planter.roster(family, "dibao_edge", last=planter.last - 4)
    planter.roster(family, first=planter.last - 3, contract=False)
    for place in elsewhere:
        planter.own(family.head, planter.months_ago(60), elsewhere=place)
    planter.case(SEVERAL, "from edge into dibao", family.head, due=True)
    family = _couple(planter, SEVERAL, "owned together", due=False)
    shared = planter.own(family.head, planter.months_ago(100))
    planter.own(family.members[1], planter.months_ago(100), number=shared)
    family = _couple(planter, SEVERAL, "two certificates of one home", due=False)
    for member in family.members:
        planter.own(member, planter.months_ago(100))
    family = _couple(planter, SEVERAL, "a dwelling and a garage", due=False)
    planter.own(family.head, planter.months_ago(100))
    planter.own(family.head, planter.months_ago(100), "garage", elsewhere=elsewhere[0])
    family = _couple(planter, SEVERAL, "edge", due=False, category="dibao_edge")
    for place in elsewhere:
        planter.own(family.head, planter.months_ago(60), elsewhere=place)
    family = planter.family(("male", 62))
    planter.roster(family, last=planter.last - 4)
    planter.leave(family, first_day(planter.last - 4) + timedelta(days=9), "income")
    for place in elsewhere:
        planter.own(family.head, planter.months_ago(60), elsewhere=place)
    planter.case(SEVERAL, "left dibao", family.head, due=False)


SCENARIOS = (gaps, expropriations, several_dwellings)
