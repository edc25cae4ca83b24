"""The texts of a case hold to what their columns may hold: a misspelt code or choice would silently mean nothing."""

import tomllib
from collections.abc import Iterable
from functools import cache
from typing import Any

from checks.case_tables import CONTRACTS
from checks.parameter import Parameter
from checks.parameter_values import read_values, refusal
from warehouse.home import DEPARTMENTS


def check_given(where: str, given: dict[str, Any], parameters: Iterable[Parameter]) -> None:
    """Raises BangfuError for a code that no contract has, a parameter nobody declares, and a value of one that its
    own file would be refused for."""
    known = {parameter.name: parameter for parameter in parameters}
    tables = {name: rows for name, rows in given.items() if name != "policy"}
    for name, rows in tables.items():
        _check_codes(f"{where} given.{name}", _codes().get(name, {}), rows)
    for name, rows in given.get("policy", {}).items():
        _check_parameter(f"{where} given.policy.{name}", known.get(name), rows)


def _check_codes(where: str, codes: dict[str, list[Any]], rows: list[dict[str, Any]]) -> None:
    _check_rows(where, rows)
    for name in codes:
        if any(row[name] not in codes[name] for row in rows if name in row):
            raise refusal(where, f"{name} 不认识", f"写成 {'、'.join(map(str, codes[name]))} 之一")


def _check_parameter(where: str, parameter: Parameter | None, rows: list[dict[str, Any]]) -> None:
    if parameter is None:
        raise refusal(where, "没有叫这个名字的参数", "写 bangfu settings 列出的一个参数代号")
    _check_rows(where, rows)
    read_values(where, parameter, [_as_in_the_file(where, row) for row in rows], is_local=False)


def _check_rows(where: str, rows: Any) -> None:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise refusal(where, "没有写成一组行", "写成 [{ 列 = 值 }, { 列 = 值 }] 的样子")


def _as_in_the_file(where: str, row: dict[str, Any]) -> dict[str, Any]:
    """A case says `valid_from`, as the table does, and needs no cite."""
    if "valid_from" not in row:
        raise refusal(where, "取值没有 valid_from", "写成 valid_from = 2017-05-04 的样子")
    return {"cite": "用例", **{"from" if key == "valid_from" else key: cell for key, cell in row.items()}}


@cache
def _codes() -> dict[str, dict[str, list[Any]]]:
    """Per source table and coded column the codes, each once, in the contract's order."""
    files = [file for department in DEPARTMENTS for file in (CONTRACTS / department).glob("*.toml")]
    contracts = {file.stem: tomllib.loads(file.read_text(encoding="utf-8"))["columns"] for file in files}
    return {
        table: {
            name: list(dict.fromkeys(column["codes"].values()))
            for name, column in columns.items()
            if column.get("codes")
        }
        for table, columns in contracts.items()
    }
