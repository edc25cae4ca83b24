"""How a written name goes wrong: heard wrong, seen wrong, cut off, annotated, or not in the office's character set."""

from collections import defaultdict
from collections.abc import Callable
from functools import cache
from random import Random

from pypinyin import lazy_pinyin

from connectors.demo_city import words

SIMILAR = (
    "王玉", "己已", "末未", "日曰", "士土", "大太", "刘列", "陈阵", "海梅", "杨扬", "莹萤", "侯候", "徐除", "晴睛",
    "妹姝", "佳住", "科料", "明朋", "文丈", "千干", "华毕", "伟韦", "宁宇", "涛铸", "静净", "锋峰", "祥样", "林材",
)
TRADITIONAL = str.maketrans(
    "张陈刘杨赵黄吴孙马郑谢许韩冯邓叶苏吕卢谭陆国华丽军伟兰凤银梦诗龙红强宁兴庆义礼贵财",
    "張陳劉楊趙黃吳孫馬鄭謝許韓馮鄧葉蘇呂盧譚陸國華麗軍偉蘭鳳銀夢詩龍紅強寧興慶義禮貴財",
)
DOTS = "•‧・･∙⋅.．。 "
NOTES = ("(户主)", "（户主）", "(死亡)", "（低保）", "(本人)", "（代）", "(同音字)")
NOT_IN_OLD_SYSTEMS = "䶮𠮷"
PRIVATE_USE = {"䶮": "\ue863"}  # what GB18030 called it before 2005


@cache
def _same_sound() -> dict[str, str]:
    """Characters of our own lists by their sound."""
    characters = sorted({character for generation in words.GENERATIONS for character in generation[2] + generation[3]})
    found: dict[str, str] = defaultdict(str)
    for character in characters:
        found[lazy_pinyin(character)[0]] += character
    return found


def _homophone(name: str, random: Random) -> str | None:
    place = random.randrange(1, len(name))
    others = _same_sound().get(lazy_pinyin(name[place])[0], "").replace(name[place], "")
    return name[:place] + random.choice(others) + name[place + 1:] if others else None


def _similar(name: str, random: Random) -> str | None:
    for pair in SIMILAR:
        for place in (0, 1):
            if pair[place] in name[1:]:
                return name[0] + name[1:].replace(pair[place], pair[1 - place], 1)
    return None


def _spaced(name: str, random: Random) -> str:
    return random.choice((f"{name[0]}　{name[1:]}", f"{name[0]} {name[1:]}", f" {name}", f"{name}\u00a0"))


def _cut(name: str, random: Random) -> str | None:
    return name[: random.choice((4, 5))] if len(name) > 5 else None


def _dots(name: str, random: Random) -> str | None:
    return name.replace("·", random.choice(DOTS)) if "·" in name else None


def _married(name: str, random: Random) -> str | None:
    return f"{random.choice(words.SURNAMES)[0]}{name[0]}氏" if len(name) in (2, 3) else None


def _unprintable(name: str, random: Random) -> str | None:
    for character in NOT_IN_OLD_SYSTEMS:
        if character in name:
            mark = random.choice(("?", "？", "□", "*", PRIVATE_USE.get(character, "■")))
            return name.replace(character, mark)
    return None


KINDS: dict[str, Callable[[str, Random], str | None]] = {
    "homophone": _homophone,
    "similar_glyph": _similar,
    "traditional": lambda name, random: name.translate(TRADITIONAL),
    "note": lambda name, random: name + random.choice(NOTES),
    "spaces": _spaced,
    "unprintable": _unprintable,
    "cut": _cut,
    "dots": _dots,
    "married_name": _married,
}
WEIGHTS = {"homophone": 26, "similar_glyph": 10, "traditional": 14, "note": 14, "spaces": 20, "married_name": 1}


def damage_name(name: str, random: Random) -> tuple[str, str]:
    """The damaged name and the kind of damage. Long and rare names are hit by what only they can suffer."""
    special = [kind for kind in ("unprintable", "dots", "cut") if KINDS[kind](name, random)]
    kinds, weights = tuple(WEIGHTS), tuple(WEIGHTS.values())
    while True:
        chosen = random.choice(special) if special else random.choices(kinds, weights)[0]
        damaged = KINDS[chosen](name, random)
        if damaged is not None and damaged != name:
            return damaged, chosen


def is_fragile(name: str) -> bool:
    """True for a name that old systems could not hold: rare characters, dots, great length."""
    return "·" in name or any(character in name for character in NOT_IN_OLD_SYSTEMS)
