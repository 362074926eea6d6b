"""Edits that several changes share, and that keep the parts of a Problem in step: links with their visits, rows of the
travel matrices with the people who live there, funds, ties and locks with both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from scheduler.domain import Carer, Client, Link, Shift, Visit
from scheduler.problem import Problem
from scheduler.travel.base import Matrix

SAME_BUILDING = 1
"""Minutes between two people who live in one place: nobody drives off and parks again."""


def with_visits(problem: Problem, visits: Iterable[Visit], now: Mapping[str, str] | None = None) -> Problem:
    """The problem with these visits in place of its own. `now` maps a visit that went into another one to that other.
    Links follow; one that has lost an end, or would hold a visit against itself, goes. A link that counts from the end
    of a visit (a night in bed) follows its new length."""
    kept = tuple(visits)
    return problem.replace(visits=kept, links=_links(problem, kept, now or {}))


def each_visit(problem: Problem, edit: Callable[[Visit], Visit | None]) -> Problem:
    """Every visit as `edit` gives it; None drops it."""
    return with_visits(problem, (new for visit in problem.visits if (new := edit(visit)) is not None))


def with_carers(problem: Problem, edit: Callable[[Carer], Carer]) -> Problem:
    """Every carer as `edit` gives them: same people, same homes."""
    return problem.replace(carers=tuple(edit(carer) for carer in problem.carers))


def with_people(
    problem: Problem,
    clients: Sequence[Client],
    carers: Sequence[Carer],
    visits: Iterable[Visit],
    shifts: Iterable[Shift],
    lives_with: Mapping[str, str] | None = None,
) -> Problem:
    """The problem with these people. Whoever is new lives where somebody of the problem lives: `lives_with` names them
    (the id of a client or a carer). Visits, shifts, ties, funds and locks of people who have gone go with them; what is
    known of the past stays."""
    row = {client.id: problem.place_of_client(client.id) for client in problem.clients}
    row |= {carer.id: problem.home_of(carer.id) for carer in problem.carers}
    near = lives_with or {}
    ids = [*(client.id for client in clients), *(carer.id for carer in carers)]
    rows = [row[near.get(id, id)] for id in ids]
    here, staff = {client.id for client in clients}, {carer.id for carer in carers}
    kept = tuple(
        replace(visit, fixed_carers=tuple(carer for carer in visit.fixed_carers if carer in staff))
        for visit in visits
        if visit.client in here
    )
    return problem.replace(
        clients=tuple(clients),
        carers=tuple(carers),
        visits=kept,
        shifts=tuple(shift for shift in shifts if shift.carer in staff),
        travel={mode: _rows(matrix, rows) for mode, matrix in problem.travel.items()},
        links=_links(problem, kept, {}),
        ties=tuple(tie for tie in problem.ties if tie.client in here),
        funds=tuple(fund for fund in problem.funds if fund.client in here),
    )


def _links(problem: Problem, visits: Sequence[Visit], now: Mapping[str, str]) -> tuple[Link, ...]:
    by_id = {visit.id: visit for visit in visits}
    found = []
    for link in problem.links:
        first, second = (now.get(id, id) for id in (link.first, link.second))
        if first in by_id and second in by_id and first != second:
            was = problem.visit(link.first).commissioned
            from_end = link.offset > 0 and link.offset == was
            offset = by_id[first].commissioned if from_end else link.offset
            found.append(replace(link, first=first, second=second, offset=offset))
    return tuple(found)


def _rows(matrix: Matrix, rows: Sequence[int]) -> Matrix:
    one_place = np.equal.outer(rows, rows)

    def apart(minutes: NDArray[np.int32]) -> NDArray[np.int32]:
        found = minutes.copy()
        found[one_place] = np.maximum(found[one_place], SAME_BUILDING)
        np.fill_diagonal(found, 0)
        return found

    return matrix.pick(rows).with_minutes(apart)
