"""A written name, folded for comparison; the original stays where it was read.

What is folded: width, blanks and invisible characters, separator dots, private-use characters,
notes in brackets and bed or ward notes at the end (kept as `note`), traditional and variant forms.
What a system could not print (? □ ■ * or a vendor's own character) becomes WILDCARD.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from matching.glyphs import VARIANTS
from matching.private_use import STANDARD_CODE_POINT, is_private

WILDCARD = "*"

PLAIN = re.compile("[一-龥]{2,4}")
_BRACKETED = re.compile(r"[(\[{<《〈【〔「『]([^)\]}>》〉】〕」』]*)[)\]}>》〉】〕」』]?")
_WARD_WORDS = "号床|床位|床|病区|病房|病室"
_NOTES = (
    re.compile(rf"(?<=\S\S)[\s\-_/+,]+[^\s·]*?(?:{_WARD_WORDS}|科|室|楼)[\d\s]*$"),  # 张三 十二床, 张三-内科
    re.compile(rf"(?<=\S\S)[\-_/+,#]?\d+(?:[\-#]\d+)?(?:号)?(?:{_WARD_WORDS})[\d\-#]*$"),  # 张三12床
    re.compile(rf"^\d+(?:号)?(?:{_WARD_WORDS})\s*(?=\S\S)"),  # 12床张三
    re.compile(r"[\d\-_/+#,:;\s]+$|^[\d\-_/+#,:;\s]+"),
)
_SPACED_OUT = re.compile(r"^(\S)\s+(\S)(?=\s)")  # a two-character name set wide, before a note
_DOTS = "·•‧・･∙⋅.。'`’‘·"
_WITHOUT_DOTS = {ord(dot): None for dot in _DOTS}
_UNPRINTABLE = re.compile(r"[?□■*�〓▢◻◼×]+")
_WORDS = "无 不详 无名氏 无名 未知 空 婴儿 新生儿 本人 同上 null none nan n a na test 测试"
NO_NAME = frozenset(_WORDS.split())
_TO_SIMPLIFIED = OpenCC("t2s")


@dataclass(frozen=True, slots=True)
class Name:
    """`folded` compares writings, `key` also variants, `pinyin` also homophones; '' = no name."""

    folded: str
    key: str
    pinyin: str
    note: str
    display: str

    @property
    def has_wildcard(self) -> bool:
        return WILDCARD in self.folded

    @property
    def says_dead(self) -> bool:
        return any(word in self.note for word in ("死亡", "去世", "已故", "亡故", "病故"))


class _Characters(dict[int, str]):
    """A table for str.translate that works out each character once, when it first comes."""

    def __init__(self, work_out: Callable[[str], str]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, code_point: int) -> str:
        found = self[code_point] = self._work_out(chr(code_point))
        return found


_SIMPLIFIED = _Characters(lambda character: _TO_SIMPLIFIED.convert(character).translate(VARIANTS))
_SOUND = _Characters(lambda character: lazy_pinyin(character, style=Style.NORMAL, errors="default", v_to_u=False)[0])


def simplified(character: str) -> str:
    """The usual form of one character: traditional and variant forms folded."""
    return _SIMPLIFIED[ord(character)]


def sound(character: str) -> str:
    """Pinyin of one character without tone."""
    return _SOUND[ord(character)]


def _visible(text: str) -> str:
    """NFKC with plain blanks, no format or control characters, private-use characters made real."""
    folded = unicodedata.normalize("NFKC", text.translate(STANDARD_CODE_POINT))
    return "".join(_printed(character) for character in folded)


def _printed(character: str) -> str:
    if is_private(character):
        return WILDCARD
    if character.isspace():
        return " "
    return "" if unicodedata.category(character)[0] in "ZC" else character


def _split_notes(text: str) -> tuple[str, str]:
    notes = _BRACKETED.findall(text)
    bare = _SPACED_OUT.sub(r"\1\2", _BRACKETED.sub("", text).strip())
    for pattern in _NOTES:
        rest = pattern.sub("", bare)
        if rest and rest != bare:
            notes.extend(found.strip() for found in pattern.findall(bare))
            bare = rest
    return bare.replace(" ", ""), " ".join(note for note in notes if note)


def fold_name(written: str | None) -> Name:
    """Fold one written name; never raises. Folding a folded name changes nothing."""
    if not written:
        return Name("", "", "", "", "")
    if PLAIN.fullmatch(written) and written not in NO_NAME:
        return _named(written, note="", display=written)
    bare, note = _split_notes(_visible(written))
    folded = _bare(bare)
    while (again := _bare(_split_notes(folded)[0])) != folded:
        folded = again
    display = bare.replace("×", WILDCARD)
    if folded in NO_NAME or not any(character.isalpha() for character in folded):
        return Name("", "", "", note, display)
    return _named(folded, note=note, display=display)


def _bare(text: str) -> str:
    return _UNPRINTABLE.sub(WILDCARD, text).translate(_WITHOUT_DOTS).lower()


def _named(folded: str, *, note: str, display: str) -> Name:
    key = folded.translate(_SIMPLIFIED)
    return Name(folded, key, key.translate(_SOUND), note, display)
