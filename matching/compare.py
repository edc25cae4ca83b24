"""How two names agree: one word per pair, from 'exact' to 'disagree'. Symmetric.

Only classes in STRONG may stand beside a valid number as proof of the same person. The classes in
WEAK may be a clerk's slip as well as a relative, so they need that nothing else speaks against them.
"""

from functools import cache

from pypinyin import Style, pinyin
from rapidfuzz.distance import Levenshtein

from matching.glyphs import GLYPH_PAIRS
from matching.names import WILDCARD, Name

STRONG = ("exact", "folded", "variant", "prefix", "wildcard")
WEAK = ("homophone", "glyph", "partial", "swapped", "married", "one_character")
# Old systems cut names at 4, 5, 8 or 10 characters; three equal characters prove nothing.
SHORTEST_CUT = 4


def agreement(left: Name, right: Name) -> str:
    """Agreement class of two folded names; a name that is empty agrees with none."""
    if not left.key or not right.key:
        return "disagree"
    if left.key == right.key:
        return _equal_key(left, right)
    if left.has_wildcard or right.has_wildcard:
        return _wildcard(left.key, right.key)
    if _is_cut(left, right) or _is_cut(right, left):
        return "prefix"
    return _similar(left, right)


def _is_cut(cut: Name, whole: Name) -> bool:
    """True if the first could be the second cut by a system; its dots counted there like characters."""
    if len(cut.display) < SHORTEST_CUT or len(cut.key) >= len(whole.key) or not whole.key.startswith(cut.key):
        return False
    return whole.key[len(cut.key)] != "之"


def _equal_key(left: Name, right: Name) -> str:
    if left.has_wildcard and len(left.key) < 3:
        return "partial"
    if left.folded == right.folded:
        return "exact" if left.display == right.display else "folded"
    return "variant"


def _similar(left: Name, right: Name) -> str:
    if sounds_equal(left.key, right.key) or left.pinyin == right.pinyin:
        return "homophone"
    if _married(left.key, right.key) or _married(right.key, left.key):
        return "married"
    if len(left.key) == len(right.key):
        return _same_length(left.key, right.key)
    dropped = abs(len(left.key) - len(right.key)) == 1 and min(len(left.key), len(right.key)) >= 2
    if dropped and left.key[0] == right.key[0] and Levenshtein.distance(left.key, right.key) == 1:
        return "one_character"
    return "disagree"


def _married(name: str, own: str) -> bool:
    """An old woman under her husband's surname and her own: 张王氏 for 王…, 王氏 or 王某氏 as well."""
    surnames = name[:-1].replace("某", "")
    return name.endswith("氏") and not own.endswith("氏") and 1 <= len(surnames) <= 2 and surnames[-1] == own[0]


def _same_length(left: str, right: str) -> str:
    differing = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    if len(differing) == 1:
        if frozenset(differing[0]) in GLYPH_PAIRS:
            return "glyph"
        return "one_character" if len(left) >= 3 else "disagree"
    if sorted(left) == sorted(right) and len(left) <= 4:
        return "swapped"
    return "disagree"


def _wildcard(left: str, right: str) -> str:
    """'wildcard' only if each hidden character is one that old systems really could not print."""
    if WILDCARD in left and WILDCARD in right:
        return "disagree"
    masked, whole = (left, right) if WILDCARD in left else (right, left)
    hidden = _hidden_characters(masked, whole)
    if hidden is None:
        return "disagree"
    visible = len(whole) - len(hidden)
    return "wildcard" if len(hidden) == 1 and visible and _is_rare(hidden) else "partial"


def _hidden_characters(masked: str, whole: str) -> str | None:
    if len(masked) != len(whole):
        return None
    pairs = list(zip(masked, whole, strict=True))
    if any(seen != WILDCARD and seen != true for seen, true in pairs):
        return None
    return "".join(true for seen, true in pairs if seen == WILDCARD)


def _is_rare(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def sounds_equal(left: str, right: str) -> bool:
    """True if every character can be read like its counterpart, tone aside (单 shan or dan)."""
    return len(left) == len(right) and all(
        a == b or bool(_readings(a) & _readings(b)) for a, b in zip(left, right, strict=True)
    )


@cache
def _readings(character: str) -> frozenset[str]:
    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True)[0])
