"""The gate by itself: what intake already refuses for its shape is tried in tests/connectors/drift."""

import pytest

from connectors import drift
from tests.checks.quality.judged_home import JudgedHome


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(drift, "change", lambda shape: None)
    return JudgedHome(tmp_path / "home")
