"""A Problem as JSON, both ways: what comes back is the same in every part."""

from __future__ import annotations

import dataclasses
import json
from datetime import date

import numpy as np
import pytest

from scheduler.domain import Promise
from scheduler.errors import InputError
from scheduler.intake.load import load
from scheduler.problem import Problem
from scheduler.problem_json import from_json, to_json
from tests.intake.agencies import GOOD, MONDAY


@pytest.fixture(scope="module")
def problem():
    """A whole agency, and what its clients were told of one visit that is there and of one that is not."""
    agency = load(GOOD, MONDAY)
    known = agency.visits[0]
    told = Promise(known.id, known.preferred, (agency.carers[0].id,)), Promise("gone", 600, ("a", "b"))
    return agency.replace(published=told)


@pytest.mark.parametrize(
    "name", [field.name for field in dataclasses.fields(Problem) if field.name != "travel"]
)
def test_every_field_comes_back(problem, name):
    assert getattr(from_json(to_json(problem)), name) == getattr(problem, name)


def test_rates_that_rise_within_the_period_come_back():
    spring = load(GOOD, date(2026, 3, 23), days=28)
    assert ("minimum_wage", 1271) in [(rise.rate, rise.pence) for rise in spring.settings.rises]
    assert from_json(to_json(spring)).settings == spring.settings


def test_travel_comes_back(problem):
    again = from_json(to_json(problem)).travel
    assert again.keys() == problem.travel.keys()
    for mode, matrix in problem.travel.items():
        np.testing.assert_array_equal(again[mode].minutes, matrix.minutes)
        np.testing.assert_array_equal(again[mode].metres, matrix.metres)
        assert again[mode].minutes.dtype == np.int32


def test_the_same_problem_gives_the_same_text(problem):
    assert to_json(from_json(to_json(problem))) == to_json(problem)


def spoiled(problem, **changes):
    return json.dumps({**json.loads(to_json(problem)), **changes})


@pytest.mark.parametrize(
    "change",
    [
        {"careround": "rota"},
        {"version": 2},
        {"clients": None},
        {"visits": [{"id": "a"}]},
        {"visits": []},
        {"travel": {}},
        {"travel": {"car": {"minutes": [[0, 1], [1]], "metres": []}}},
        {"start": "soon"},
        {"days": 3},
        {"settings": {}},
    ],
    ids=str,
)
def test_what_is_no_problem(problem, change):
    with pytest.raises(InputError, match="not a problem in JSON"):
        from_json(spoiled(problem, **change))


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", "[" * 100_000])
def test_what_is_not_even_json(text):
    with pytest.raises(InputError, match="not a problem in JSON"):
        from_json(text)
