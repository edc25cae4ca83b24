"""A spreadsheet's cell as the text it stands for; a number keeps exactly the digits that are certain."""

from datetime import date, datetime, time, timedelta

ERROR = "#错误"
NO_VALUE = "#公式无值"
# A person number has 18 digits, of which a double keeps 16 or 17 and Excel 15.
LENGTH_OF_A_PERSON_NUMBER = 1e17


def text_of(value: object) -> str:
    """Text as it is; dates as YYYY-MM-DD with the time only if there is one; TRUE and FALSE."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, datetime):
        return _moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.replace(microsecond=0).isoformat()
    if isinstance(value, timedelta):
        return _duration_text(value)
    return "" if value is None else str(value)


def number_text(value: float) -> str:
    """A double as a spreadsheet shows it: 15 digits at most, no exponent, no '.0'.

    1234.5600000000002 is what adding up left of 1234.56. From 1e17 on, the text keeps the exponent and the
    fewest digits that name the double, 15 at least: its last digits are lost, and a rounded person number
    that happens to pass its check must not look like one that somebody wrote.
    """
    if value != value or value in (float("inf"), float("-inf")):
        return ERROR
    if abs(value) >= LENGTH_OF_A_PERSON_NUMBER:
        mantissa, exponent = f"{value!r}".split("e")
        return f"{mantissa:0<17}e{exponent}"
    if value.is_integer():
        return str(int(value))
    text = f"{value:.15g}"
    return plain_decimal(text) if "e" in text else text


def plain_decimal(text: str) -> str:
    """'1.5e-07' without its exponent."""
    from decimal import Decimal  # only here: such numbers are rare and the child must start fast

    return f"{Decimal(text):f}"


def _moment_text(value: datetime) -> str:
    nearest = value + timedelta(microseconds=500_000)
    nearest = nearest.replace(microsecond=0, tzinfo=None)
    if nearest.time() == time():
        return nearest.date().isoformat()
    return nearest.isoformat(sep=" ")


def _duration_text(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
