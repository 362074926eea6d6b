"""What changed between two rotas, visit by visit, in sentences."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.units import DAY, WEEKDAYS, clock


@dataclass(frozen=True, slots=True)
class Change:
    """One visit that is done otherwise than before."""

    visit: str
    client: str
    kind: str
    sentence: str


def changes(before: Rota, after: Rota, problem: Problem) -> list[Change]:
    """What changed, visit by visit in order of time, in sentences. `problem` is the one of `after`; visits that it
    does not have any more are told by their ids."""
    found = []
    visits = dict.fromkeys([*(v.id for v in problem.visits), *before.legs_by_visit])
    for id in visits:
        old, new = before.of_visit(id), after.of_visit(id)
        if old != new:
            found.append(_change(id, old, new, problem))
    return found


def _change(id: str, old: tuple[Leg, ...], new: tuple[Leg, ...], problem: Problem) -> Change:
    client = problem.visit(id).client if id in problem.visit_index else ""
    whose = (
        f"The visit to {problem.client(client).name}"
        if client
        else f"The visit {id}, which is no longer asked for,"
    )
    on = problem.visit(id).preferred if client else old[0].start
    day = f"{WEEKDAYS[problem.date_of(on // DAY).weekday()]}"
    if not new:
        return Change(
            id, client, "unallocated", f"{day}: {whose} has nobody now; it was {_who(old, problem)}."
        )
    if not old:
        return Change(id, client, "planned", f"{day}: {whose} is planned: {_who(new, problem)}.")
    if {leg.carer for leg in old} == {leg.carer for leg in new}:
        kind = "moved" if old[0].start != new[0].start else "length"
        return Change(
            id,
            client,
            kind,
            f"{day}: {whose} is at {_when(new)} instead of {_when(old)}, {_who(new, problem)}.",
        )
    told = f"{day}: {whose} is {_who(new, problem)} instead of {_who(old, problem)}."
    return Change(id, client, "carer", told)


def _when(legs: tuple[Leg, ...]) -> str:
    return f"{clock(legs[0].start)} for {legs[0].minutes} minutes"


def _who(legs: tuple[Leg, ...], problem: Problem) -> str:
    names = [problem.carer(leg.carer).name if leg.carer in problem.carer_index else leg.carer for leg in legs]
    return f"{' and '.join(names)} at {clock(legs[0].start)}"
