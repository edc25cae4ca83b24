import logging
import traceback

import duckdb
import pytest

from flows.steps import call
from warehouse.errors import BangfuError


def test_an_error_that_carries_a_value_leaves_its_step_without_it(caplog):
    def cast_a_number():
        duckdb.sql("select cast('320583198501010012甲' as integer)").fetchall()

    with caplog.at_level(logging.DEBUG), pytest.raises(BangfuError) as caught:
        call("收取文件", cast_a_number)
    shown = str(caught.value) + repr(caught.value.__cause__) + caplog.text
    assert "320583198501010012" not in shown
    assert "ConversionException" in shown and "test_steps.py" in shown
    assert caught.value.__suppress_context__


def test_our_own_errors_pass_through_as_they_are():
    def refuse():
        raise BangfuError(where="文件甲", found="没有表头", remedy="补上表头")

    with pytest.raises(BangfuError, match="文件甲:没有表头。处理办法:补上表头"):
        call("收取文件", refuse)


def test_the_cause_of_our_own_error_goes_no_further():
    def refuse():
        try:
            int("320583198501010012甲")
        except ValueError as error:
            raise BangfuError(where="文件甲", found="号码读不出", remedy="改正后重报") from error

    with pytest.raises(BangfuError, match="文件甲") as caught:
        call("收取文件", refuse)
    assert "320583198501010012" not in "".join(traceback.format_exception(caught.value))
