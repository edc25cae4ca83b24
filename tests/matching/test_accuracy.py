"""Precision and recall on noisy cities whose truth is known."""

import pytest

from matching.link import link
from tests.matching.measured import measure
from tests.matching.population import write_city


@pytest.mark.parametrize(("seed", "damage"), [(1, 1.0), (2, 2.5)])
def test_links_are_precise_and_nearly_complete_and_no_certain_one_is_wrong(seed, damage):
    connection, rows = write_city(3_000, seed=seed, damage=damage)
    with connection:
        report = link(connection)
        figures = measure(connection)
    assert report.rows_new == rows
    assert figures["certain_wrong"] == 0
    assert figures["precision"] >= 0.9995
    assert figures["recall"] >= (0.98 if damage == 1.0 else 0.95)
