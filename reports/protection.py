"""Which cells may be typed into, and what they accept. Protection prevents slips; it is no security."""

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from reports.headings import Heading
from reports.style import LATE

ALLOWED = ("autoFilter", "sort", "formatColumns", "formatRows", "selectLockedCells", "selectUnlockedCells")


def guard_answers(page: Worksheet, headings: list[Heading], *, first_row: int, rows: int) -> None:
    """Protect a sheet that has answer columns: drop-downs and date checks on them, a colour for what is late.

    Filtering, sorting and widening stay possible; there is no password, since it would protect nothing.
    """
    if not any(heading.is_answer for heading in headings):
        return
    page.protection.sheet = True
    for action in ALLOWED:
        setattr(page.protection, action, False)
    if not rows:
        return
    last_row = first_row + rows - 1
    for position, heading in enumerate(headings, start=1):
        validation = _validation(heading)
        if validation:
            letter = get_column_letter(position)
            validation.add(f"{letter}{first_row}:{letter}{last_row}")
            page.data_validations.append(validation)
    _colour_late(page, headings, first_row, last_row)


def _validation(heading: Heading) -> DataValidation | None:
    if heading.kind == "answer_choice":
        choices = ",".join(heading.choices)
        validation = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True)
        validation.error = f"请从下拉中选择:{'、'.join(heading.choices)}"
    elif heading.kind == "answer_date":
        validation = DataValidation(type="date", operator="greaterThan", formula1="DATE(2000,1,1)", allow_blank=True)
        validation.error = "请填日期,例如 2026-07-15"
    else:
        return None
    # openpyxl's drop-downs refuse nothing unless this is set.
    validation.showErrorMessage = True
    validation.errorTitle = heading.zh
    return validation


def _colour_late(page: Worksheet, headings: list[Heading], first_row: int, last_row: int) -> None:
    columns = {heading.column: get_column_letter(place) for place, heading in enumerate(headings, start=1)}
    if not {"due_on", "answer_state"} <= columns.keys():
        return
    due, state = columns["due_on"], columns["answer_state"]
    formula = f'AND(${due}{first_row}<TODAY(),OR(${state}{first_row}="待核实",${state}{first_row}="已通知"))'
    rule = FormulaRule(formula=[formula], fill=PatternFill("solid", bgColor=LATE))
    page.conditional_formatting.add(f"{due}{first_row}:{due}{last_row}", rule)
