"""How a record found its person, and the plain words for it; never a value, only what agrees."""

from dataclasses import dataclass

from matching.compare import STRONG, WEAK


@dataclass(frozen=True, slots=True)
class Method:
    """`probability` is how often such a link is right on noisy populations (tests/matching); None: per pair."""

    name: str
    because: str
    probability: float | None


METHODS = (
    Method("number_and_name", "身份证号校验有效且一致,姓名一致", 0.9999),
    Method("certificate_and_name", "身份证号缺失或受损,由残疾人证号中的有效号码还原,姓名一致", 0.998),
    Method("old_number_and_name", "十五位旧号码升位后一致,姓名一致", 0.998),
    Method("number_and_similar_name", "身份证号校验有效且一致,姓名读音、字形相近或差一字,其他信息无矛盾", 0.99),
    Method("weighed_evidence", "号码缺失、受损或是他人的,按各项证据的权重认定", None),
    Method("agreeing_records", "没有可靠号码,但几处记录的姓名和其他信息相互一致", 0.95),
    Method("single_record", "没有可靠号码,旁证不足以归入他人,暂单独列为一人", 0.5),
    Method("judgement", "经人工核实", 1.0),
)

# Agreement classes of names, best first: a person's best agreeing spelling counts.
NAME_CLASSES = (*STRONG, "homophone", "glyph", *(name for name in WEAK if name not in ("homophone", "glyph")))

_WORDS = {
    "number": {
        "slip": "号码只错一处", "truncated": "号码后三位被表格软件改成零,前十五位相同",
        "rounded": "号码被按数值舍入,舍入后相同", "near": "号码有两三处不同", "far": "号码相差较多",
        "masked": "号码被遮盖,可见部分相同", "masked_away": "号码被遮盖,可见部分不同",
        "tail": "号码只剩首尾几位,与此人相同", "tail_away": "号码只剩首尾几位,与此人不同",
        "glimpsed": "号码只剩开头几位,与此人相同", "glimpsed_away": "号码只剩开头几位,与此人不同",
        "choice": "两个号码之一是此人的", "neither": "两个号码都不是此人的",
    },
    "name": {
        "exact": "姓名一致", "variant": "姓名是异体或繁体写法", "prefix": "姓名被截短",
        "wildcard": "姓名有一字系统打不出",
        "homophone": "姓名同音", "glyph": "姓名一字形近", "swapped": "姓名字序颠倒", "married": "姓名为冠夫姓写法",
        "one_character": "姓名一字之差", "partial": "姓名部分可见且相符",
    },
    "birth": {
        "equal": "出生日期一致", "close": "出生日期只错一处", "different": "出生日期不同", "month": "出生年月一致",
        "month_away": "出生年月不同", "year": "出生年份一致", "year_away": "出生年份不同",
    },
    "sex": {"equal": "性别一致", "different": "性别不同"},
    "phone": {"agree": "电话一致", "differ": "电话不同"},
    "address": {"agree": "住址一致", "differ": "住址不同"},
    "family": {"agree": "家庭编号一致", "differ": "家庭编号不同"},
    "owner": {"agree": "与所写号码的所有人同住一处"},
}  # fmt: skip

# (position, field, level, phrase): the order in which a sentence names what was compared.
PHRASES = tuple(
    (position, field, level, phrase)
    for position, (field, levels) in enumerate(_WORDS.items())
    for level, phrase in levels.items()
)
