"""Private-use characters that older Chinese systems wrote, and the characters they stand for.

GBK put 80 characters at bytes FE50–FEA0 on U+E815–U+E864 because Unicode did not have them yet.
GB 18030-2000 and -2005 moved most of them to real code points, GB 18030-2022 the last 24. The first
part of the table is read from Python's codec; the 24, which the codec still leaves private, are
listed here with the code points of the 2022 edition.
"""

_TRAIL_BYTES = [*range(0x50, 0x7F), *range(0x80, 0xA1)]
_FIRST_PRIVATE = 0xE815

# GB 18030-2022: eight components of Unicode 4.1, ten vertical forms, six ideographs of plane 2.
_MOVED_IN_2022 = {
    0xE81E: 0x9FB4,
    0xE826: 0x9FB5,
    0xE82B: 0x9FB6,
    0xE82C: 0x9FB7,
    0xE832: 0x9FB8,
    0xE843: 0x9FB9,
    0xE854: 0x9FBA,
    0xE864: 0x9FBB,
    0xE78D: 0xFE10,
    0xE78E: 0xFE12,
    0xE78F: 0xFE11,
    0xE790: 0xFE13,
    0xE791: 0xFE14,
    0xE792: 0xFE15,
    0xE793: 0xFE16,
    0xE794: 0xFE17,
    0xE795: 0xFE18,
    0xE796: 0xFE19,
    0xE816: 0x20087,
    0xE817: 0x20089,
    0xE818: 0x200CC,
    0xE831: 0x215D7,
    0xE83B: 0x2298F,
    0xE855: 0x241FE,
}


def _moved_before_2022() -> dict[int, int]:
    decoded = (bytes([0xFE, trail]).decode("gb18030") for trail in _TRAIL_BYTES)
    pairs = {_FIRST_PRIVATE + index: ord(character) for index, character in enumerate(decoded)}
    return {private: real for private, real in pairs.items() if private != real}


# For str.translate: private-use code point -> code point.
STANDARD_CODE_POINT: dict[int, int] = {0xE7C7: 0x1E3F, **_moved_before_2022(), **_MOVED_IN_2022}


def is_private(character: str) -> bool:
    """True for a character no standard gives a meaning to: a vendor's own rare character."""
    return "\ue000" <= character <= "\uf8ff" or character >= "\U000f0000"
