"""The rounds in which records find their person: ONE ordered table, strongest first.

A record goes to the person of the first round it reaches, if that round knows exactly one person.
`numbers`, `names`, `births` list what is allowed in that field (see sql/pair.sql), `contexts` of
which at least one must be shared (none listed: none needed), `bearers` bounds how many people with
a number may bear the name (0: any). Sex must never differ. A birth date read out of a number is
compared only with a birth date written beside another, missing or damaged number: never twice.
`probability` is how often such a link is right, measured on noisy populations (see tests/matching).
"""

from dataclasses import dataclass

_WRITTEN = ("exact", "variant")
_LEGIBLE = ("exact", "variant", "prefix", "wildcard")
_NOT_DIFFERENT = ("equal", "close", "unknown")
_NOT_AGAINST = ("equal", "unknown")
_NO_NUMBER = ("open", "borrowed", "glimpsed", "masked", "near", "choice")
_HOME = ("phone", "address", "family", "owner")


@dataclass(frozen=True, slots=True)
class Round:
    """One line of the table; `because` is plain Chinese without any value."""

    name: str
    because: str
    probability: float
    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    births: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    bearers: int = 0


# fmt: off
BY_NUMBER = (
    Round("number_and_name", "身份证号校验有效且一致,姓名一致", 0.9999),
    Round("certificate_and_name", "身份证号缺失或受损,由残疾人证号中的有效号码还原,姓名一致", 0.998),
    Round("old_number_and_name", "十五位旧号码升位后一致,姓名一致", 0.998),
    Round("number_and_similar_name", "身份证号校验有效且一致,姓名读音、字形相近或差一字,其他信息无矛盾", 0.99),
)

BY_EVIDENCE = (
    Round("slip_and_name", "号码只错一处即与此人的有效号码相同,姓名一致,且只有一个候选人",
          0.998, ("slip",), _LEGIBLE, _NOT_DIFFERENT),
    Round("truncated_and_name", "号码后三位被表格软件改成零,前十五位相同,姓名一致,且只有一个候选人",
          0.997, ("truncated",), _LEGIBLE, _NOT_DIFFERENT),
    Round("rounded_and_name", "号码被按数值舍入,舍入后相同,姓名一致,且只有一个候选人",
          0.997, ("rounded",), _LEGIBLE, _NOT_DIFFERENT),
    Round("masked_and_name", "号码被遮盖,可见部分相同,姓名一致,且只有一个候选人",
          0.995, ("masked",), _LEGIBLE, _NOT_DIFFERENT),
    Round("one_of_two_numbers", "身份证号与残疾人证号中的号码不同,姓名与其中一个号码的登记一致",
          0.98, ("choice",), _LEGIBLE, _NOT_DIFFERENT),
    Round("name_birth_and_home", "姓名和出生日期一致,电话、住址或家庭编号也一致,且只有一个候选人",
          0.995, _NO_NUMBER, _LEGIBLE, ("equal",), _HOME),
    Round("slip_and_homophone", "号码只错一处即与此人的有效号码相同,姓名同音,且只有一个候选人",
          0.985, ("slip",), ("homophone",), _NOT_AGAINST),
    Round("name_and_family", "姓名和家庭编号一致,其他信息无矛盾,且只有一个候选人",
          0.99, _NO_NUMBER, _WRITTEN, _NOT_AGAINST, ("family",)),
    Round("name_in_owner_family", "号码是他人的,但姓名与该号码所有人同一家庭中的一人一致",
          0.98, ("borrowed",), _WRITTEN, _NOT_AGAINST, ("owner",)),
    Round("name_and_phone", "姓名和电话一致,其他信息无矛盾,且只有一个候选人",
          0.98, _NO_NUMBER, _WRITTEN, _NOT_AGAINST, ("phone",)),
    Round("name_and_address", "姓名和住址一致,其他信息无矛盾,且只有一个候选人",
          0.97, _NO_NUMBER, _WRITTEN, _NOT_AGAINST, ("address",)),
    Round("rare_name_and_birth", "姓名少见,姓名和出生日期一致,且只有一个候选人",
          0.98, _NO_NUMBER, _WRITTEN, ("equal",), (), 10),
)

WITHOUT_NUMBER = (
    Round("agreeing_records", "没有可靠号码,但几处记录的姓名和其他信息相互一致", 0.95),
    Round("single_record", "没有可靠号码,旁证不足以归入他人,暂单独列为一人", 0.5),
    Round("judgement", "经人工核实", 1.0),
)

# fmt: on
ROUNDS = BY_NUMBER + BY_EVIDENCE + WITHOUT_NUMBER
