"""The checks of tests/reports/test_whole_city.py on three cities: too long for the daily suite, which has the third."""

import pytest

from tests.reports.test_whole_city import (  # noqa: F401 the checks themselves, collected here again
    books,
    test_a_damaged_number_is_told_with_the_heading_its_file_prints,
    test_a_department_gets_every_open_matter_it_receives_and_its_own_bad_rows,
    test_coverage_of_the_towns_is_received_among_due,
    test_every_check_that_must_come_out_even_does,
    test_every_sheet_of_a_rule_holds_the_matters_and_yuan_of_the_warehouse,
    test_every_total_equals_the_rows_below,
    test_everybody_to_be_visited_is_in_the_departments_book_and_in_their_towns,
    test_full_numbers_are_only_in_the_book_of_whoever_delivered_them,
    test_named_changes_add_up_to_the_change_of_the_month,
    test_no_recipient_sees_a_text_it_is_not_allowed,
    test_the_office_book_holds_what_the_warehouse_holds,
    test_the_office_counts_are_those_of_the_warehouse,
    test_the_towns_share_out_what_civil_affairs_asks,
    test_the_work_of_a_rule_leads_to_its_first_matter,
)
from tests.reports.whole_city import WholeCity


@pytest.fixture(scope="module", params=[1, 2, 3], ids="seed {}".format)
def city(request, tmp_path_factory) -> WholeCity:
    return WholeCity().make(tmp_path_factory.mktemp("city") / "home", seed=request.param)
