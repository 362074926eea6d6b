"""A day on a line, for the exact model: what is best, and what a given day costs.

Places lie a minute apart by car: Mary at 10, Nan at 30, Olwen at 50; Aled and Bethan live at 0. The rules are those of
time and place only; leaving a visit out costs 100,000. All else is said by verbs.
"""

from __future__ import annotations

from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.double_up import DoubleUp
from scheduler.rules.shifts import Shifts
from scheduler.rules.travel import Travel
from scheduler.rules.visit_length import VisitLength
from scheduler.solve.exact import Answer, price_exactly, solve_exactly
from scheduler.solve.model import Model, encode
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_shift, a_visit, minute

GROUND = (Travel(), Shifts(), VisitLength(), DoubleUp())
PLACES = {"mary": 10, "nan": 30, "olwen": 50}
LEFT_OUT = 100_000
EIGHT, NINE = minute("08:00"), minute("09:00")


def a_day(*clients: str, carers: int = 1, minutes: int = 30, shift: str = "24:00") -> Problem:
    """One visit to each of these clients, at any time of the day, and one or two carers."""
    staff = [a_carer("aled"), a_carer("bethan")][:carers]
    return a_problem(
        [a_visit(client, "08:00", client, minutes) for client in clients],
        staff,
        [a_client(client, PLACES[client]) for client in clients],
        [a_shift(carer.id, "00:00", shift) for carer in staff],
        days=1,
    )


def a_model(problem: Problem) -> Model:
    model = encode(problem, GROUND)
    for v in range(len(problem.visits)):
        model.charge_unallocated(v, LEFT_OUT)
    return model


def best(model: Model) -> Answer:
    """The best rota of all, proved."""
    problem = model.problem
    nothing = Rota(problem.start, problem.days)
    answer = solve_exactly(model, nothing, model.shifts, [visit.id for visit in problem.visits])
    assert answer.proven
    return answer


def starts(answer: Answer) -> dict[str, int]:
    assert answer.rota is not None
    return {leg.visit: leg.start for leg in answer.rota.legs}


def price(model: Model, *legs: tuple[str, str] | tuple[str, str, str]) -> int | None:
    """Price of a rota of (visit, start, carer or else Aled)."""
    made = [a_leg(leg[0], leg[2] if len(leg) == 3 else "aled", leg[1]) for leg in legs]
    return price_exactly(model, a_rota(*made, days=1))
