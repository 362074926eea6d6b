"""How the kernel is compiled: inner functions once each, and Python calls doors only."""

import numba
import numpy as np
import pytest

from scheduler.solve.kernel.compiled import door, inner

NUMBERS = np.array([3, 4], dtype=np.int32)


@inner
def doubled(n):
    return 2 * n


@inner
def doubled_twice(n):
    return doubled(doubled(n))


@pytest.fixture
def everything(monkeypatch, tmp_path):
    """A door that is compiled now, not read from disk."""
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path))

    @door
    def everything(array):
        return doubled(1) + doubled(array[0]) + doubled(len(array)) + doubled_twice(array[1])

    return everything


def test_a_door_reaches_all_that_is_behind_it(everything):
    assert everything(NUMBERS) == 2 + 6 + 4 + 16


def test_an_inner_function_is_compiled_once_for_all_whole_numbers(everything):
    """A constant, a whole number of 32 bits and one of 64."""
    everything(NUMBERS)
    assert len(doubled.overloads) == 1


def test_only_the_door_is_kept_on_disk(everything, tmp_path):
    everything(NUMBERS)
    assert [file.name.split("-")[0] for file in tmp_path.rglob("*.nbi")] == [
        "test_compiled.everything.locals.everything"
    ]


def test_python_is_told_to_call_a_door():
    with pytest.raises(TypeError, match="doubled is called by compiled code only: call a door"):
        doubled(4)
