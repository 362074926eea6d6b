"""Mileage: the miles between two visits of a round, to the sixtieth of a penny."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scheduler import units
from scheduler.domain import PayTerms
from scheduler.pay import miles_of
from scheduler.rules.mileage import Mileage
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_visit, found, told

CLIENTS = [a_client("mary"), a_client("nia", x=10), a_client("olwen", x=10, y=1)]
ASKED = [
    a_visit("one", "08:00"),
    a_visit("two", "09:00", client="nia"),
    a_visit("three", "10:00", client="olwen"),
]
LEGS = (a_leg("one", start="08:00"), a_leg("two", start="09:00"), a_leg("three", start="10:00"))


def a_driver(id: str = "aled", rate: int = 45, **changes: Any):
    return a_carer(id, x=50, pay=PayTerms(mileage=rate), **changes)


def test_one_visit_has_no_miles_and_home_is_not_paid():
    assert found(Mileage(), a_rota(LEGS[0]), a_problem(ASKED, [a_driver()], CLIENTS)) == []


def test_each_journey_is_rounded_by_itself():
    """10 km at 45p a mile: 10,000 x 45 x 60 / 1609.344 = 16,777.02 sixtieths; 1 km: 1,677.70."""
    (finding,) = found(Mileage(), a_rota(*LEGS), a_problem(ASKED, [a_driver()], CLIENTS))
    assert finding.price == 16_777 + 1_678
    assert finding.amount == 11_000
    assert finding.sentence == "Aled on Monday: 6.8 miles between visits, at 45p a mile."


def test_nobody_without_a_rate_is_paid_mileage():
    problem = a_problem(ASKED, [a_driver(rate=0)], CLIENTS)
    assert found(Mileage(), a_rota(*LEGS), problem) == []
    assert told(Mileage(), problem) == []


def test_another_mode_has_its_own_way():
    problem = a_problem(ASKED, [a_driver(rate=20, mode="bicycle")], CLIENTS)
    (finding,) = found(Mileage(), a_rota(*LEGS), problem)
    assert finding.price == units.mileage(10_000, 20) + units.mileage(1_000, 20)


@pytest.mark.parametrize("rate", [1, 20, 45, 55])
def test_the_solvers_amounts_are_to_the_unit_those_of_units(rate):
    metres = np.arange(0, 90_000, 7, dtype=np.int32)
    assert miles_of(metres, rate).tolist() == [units.mileage(int(m), rate) for m in metres]


def test_carers_with_the_same_mode_and_rate_share_one_table():
    tables: dict[int, object] = {}

    class Verbs:
        def charge_legs(self, carer, amounts):
            tables[carer] = amounts

    carers = [a_driver("aled"), a_driver("beth"), a_driver("carys", rate=30), a_driver("dai", mode="bicycle")]
    Mileage().encode(Verbs(), a_problem(ASKED, carers, CLIENTS))  # type: ignore[arg-type]  # has what this rule asks for
    assert tables[0] is tables[1]
    assert len({id(table) for table in tables.values()}) == 3
