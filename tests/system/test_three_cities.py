"""The checks of tests/reports/test_whole_city.py on two more cities: too long for the daily suite."""

import pytest

from tests.reports.test_whole_city import (  # noqa: F401 the checks themselves, collected here again
    books,
    test_a_department_gets_every_open_matter_it_receives_and_its_own_bad_rows,
    test_every_check_that_must_come_out_even_does,
    test_every_total_equals_the_rows_below,
    test_full_numbers_are_only_in_the_book_of_whoever_delivered_them,
    test_named_changes_add_up_to_the_change_of_the_month,
    test_no_recipient_sees_a_text_it_is_not_allowed,
    test_the_office_book_holds_what_the_warehouse_holds,
    test_the_towns_share_out_what_civil_affairs_asks,
)
from tests.reports.whole_city import WholeCity


@pytest.fixture(scope="module", params=[1, 2], ids="seed {}".format)
def city(request, tmp_path_factory) -> WholeCity:
    return WholeCity().make(tmp_path_factory.mktemp("city") / "home", seed=request.param)
