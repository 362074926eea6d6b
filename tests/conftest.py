"""What holds for all tests."""

import pytest


@pytest.fixture(autouse=True)
def no_roads_of_this_machine(monkeypatch):
    """Whoever plans on a machine with roads of its own still tests what stands in the tests."""
    for name in ("CAREROUND_OSRM", "CAREROUND_MAP", "CAREROUND_STREETS"):
        monkeypatch.delenv(name, raising=False)
