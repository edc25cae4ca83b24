"""What every drifted export is held against: the same export without drift."""

import pytest

from tests.connectors.drift import exports
from tests.connectors.drift.exports import EXPORTS
from tests.connectors.drift.months import delivered, first_month, staged


@pytest.fixture(scope="package")
def undrifted(tmp_path_factory) -> dict[str, list[tuple]]:
    """Department -> the staged rows of the second month, delivered as the first."""
    expected = {}
    for department, export in EXPORTS.items():
        home = first_month(tmp_path_factory.mktemp(department), export)
        assert delivered(home, export, exports.rows_of(export, month=6))[0] == "accepted"
        expected[department] = staged(home, export)
    return expected
