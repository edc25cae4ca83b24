"""A written person number: cleaned, classified, and what of it can still be seen.

Cleaning undoes what carries no doubt (width, blanks, quotes, `="…"`, `.0`, the forms of X at the
end). A number that needs more than that is never repaired here: `pattern`, `low`/`high` and
`rounded` only say which whole numbers it could have been; matching.weighing decides with the name.
"""

import re
import unicodedata
from dataclasses import dataclass

from warehouse import resident_number

_WRAPPED = re.compile(r"""^=?["'“”‘’`]*(.*?)["'“”‘’`]*$""", re.DOTALL)
_ZERO_FRACTION = re.compile(r"^(\d{15,22})\.0*$")
_X_FORMS = str.maketrans("x×ХхΧχ✕╳*", "X" * 9)
_LETTER_DIGITS = str.maketrans("OoQDIlL|iZzSB", "0000111112258")
_SCIENTIFIC = re.compile(r"^(\d(?:\.\d+)?)E\+?(\d{2})$", re.IGNORECASE)
_MASKED = re.compile(r"^(\d{3,14})([*xX#?·.]{3,}|[*]+)(\d{0,6}[\dX]?)$")
_OTHER_DOCUMENT = re.compile(r"^(?:[A-Z]{1,3}\d{6,12}|[A-Z]{2}\d{7}|\d{8}|[A-Z]\d{8,10}(?:\(.\))?)$")
_CERTIFICATE = re.compile(r"^(\d{17}[\dX])[1-7][1-4](?:B[1-9])?$")
_CERTIFICATE_KEPT = re.compile(r"^(\d{17}[\dX])(?:[1-7](?:[1-4].{0,4})?)?$")
_MOBILE = re.compile(r"^1[3-9]\d{9}$")


@dataclass(frozen=True, slots=True)
class Number:
    """`number`: the whole number, known from this text alone (quality valid or upgraded_15).

    `cosmetic` is true where only harmless cleaning was needed. `digits` is the cleaned text of a
    damaged number, `pattern` a LIKE pattern of a masked one, `low`/`high` bound a number of which
    the first digits are left, `rounded` is its DOUBLE where it may have gone through one.
    """

    quality: str
    number: str | None = None
    cosmetic: bool = False
    digits: str | None = None
    pattern: str | None = None
    low: str | None = None
    high: str | None = None
    rounded: float | None = None
    phone: str | None = None


def clean(written: str) -> str:
    """Text without width variants, blanks, invisible characters, quotes, `="…"` and `.0`; idempotent."""
    text = unicodedata.normalize("NFKC", written)
    text = "".join(character for character in text if unicodedata.category(character)[0] not in "ZC")
    while (unwrapped := _unwrapped(text)) != text:
        text = unwrapped
    return text[:-1] + "X" if len(text) == 18 and text[-1] in "x×ХхΧχ✕╳" else text


def _unwrapped(text: str) -> str:
    wrapped = _WRAPPED.match(text)
    text = wrapped.group(1) if wrapped else text
    fraction = _ZERO_FRACTION.match(text)
    return fraction.group(1) if fraction else text


def read_number(written: str | None) -> Number:
    """Classify one written number; never raises."""
    text = clean(written) if written else ""
    if resident_number.is_valid(text):
        return Number("valid", number=text, cosmetic=True)
    if len(text) == 18 and text.endswith("*") and resident_number.is_valid(text[:-1] + "X"):
        # Either an X that could not be printed, or a mask: then nothing checks the 17 digits.
        return Number("valid", number=text[:-1] + "X")
    upgraded = resident_number.upgrade_15(text)
    if upgraded and not _is_placeholder(text):
        return Number("upgraded_15", number=upgraded)
    return _damaged(text)


def _damaged(text: str) -> Number:
    if _is_placeholder(text):
        return Number("missing")
    if _MOBILE.match(text):
        return Number("missing", phone=text)
    certificate = _CERTIFICATE.match(text.upper())
    if certificate and resident_number.is_valid(certificate.group(1)):
        return Number("restored_certificate", number=certificate.group(1))
    scientific = _SCIENTIFIC.match(text)
    if scientific:
        return _scientific(scientific.group(1).replace(".", ""), int(scientific.group(2)))
    masked = _MASKED.match(text)
    if masked:
        return _masked(masked.group(1), len(masked.group(2)), masked.group(3))
    if _OTHER_DOCUMENT.match(text.upper()):
        return Number("other_document", digits=text.upper())
    return _mistyped(text)


def _is_placeholder(text: str) -> bool:
    has_digits = sum(character.isdigit() for character in text)
    return has_digits < 5 or len(set(text)) == 1 or text in ("123456789012345678", "12345678")


def _scientific(mantissa: str, exponent: int) -> Number:
    """First digits only; the last one shown is rounded, so the true number lies half a unit around."""
    if exponent not in (14, 17):
        return Number("invalid")
    if len(mantissa) >= 15:
        return _mistyped(mantissa.ljust(exponent + 1, "0"))
    unit = 10 ** (exponent + 1 - len(mantissa))
    middle = int(mantissa) * unit
    low, high = middle - unit // 2, middle + unit // 2
    return Number("scientific", low=str(low), high=str(high)) if exponent == 17 else Number("scientific")


def _masked(head: str, hidden: int, tail: str) -> Number:
    exact = len(head) + hidden + len(tail) == 18
    return Number("masked", digits=head + tail, pattern=head + ("_" * hidden if exact else "%") + tail)


def _mistyped(text: str) -> Number:
    """A number with something wrong: letters for digits, cut by a spreadsheet, or a slip."""
    text = text.translate(_LETTER_DIGITS) if len(text) in (15, 17, 18, 19) else text
    text = text[:-1] + text[-1:].translate(_X_FORMS)
    if not re.fullmatch(r"\d{6,21}X?", text):
        return Number("invalid")
    if len(text) == 15 and resident_number.upgrade_15(text):
        return Number("one_slip", digits=resident_number.upgrade_15(text))
    if re.fullmatch(r"\d{15}000", text):
        return Number("excel_truncated", digits=text)
    if re.fullmatch(r"\d{18}", text) and _passed_through_double(text):
        return Number("rounded_double", digits=text, rounded=float(text))
    return Number("invalid", digits=text)


def _passed_through_double(text: str) -> bool:
    """A DOUBLE printed in full, or its shortest form filled up with zeros."""
    value = float(text)
    shortest = repr(value).replace(".", "").split("e")[0].ljust(18, "0")
    return int(value) == int(text) or shortest == text


def certificate_number(written: str | None) -> str | None:
    """The person number inside a disability certificate number, if it is whole and valid.

    Damage behind the 18th character (a lost grade, a reissue mark) does not matter.
    """
    if not written:
        return None
    found = _CERTIFICATE_KEPT.match(clean(written).upper())
    return found.group(1) if found and resident_number.is_valid(found.group(1)) else None
