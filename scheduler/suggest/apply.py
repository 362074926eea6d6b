"""The problem as it would be if suggestions were accepted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scheduler.domain import Client, Relation, Tie, Visit
from scheduler.problem import Problem
from scheduler.suggest.base import Suggestion, What
from scheduler.travel.doors import with_doors
from scheduler.units import DAY


def accepted(problem: Problem, chosen: Iterable[Suggestion]) -> Problem:
    """The same days with these changes. A LOOK changes nothing, and a visit locked to its start keeps it."""
    chosen = list(chosen)
    plans = {(one.what, one.plan): one for one in chosen if one.plan}
    doors = {one.client: one for one in chosen if one.what is What.DOOR}
    ties = [Tie(one.client, one.carer, Relation.PREFER) for one in chosen if one.what is What.CARER]
    known = {(tie.client, tie.carer) for tie in problem.ties}
    more = [doors[c.id].then - c.place.parking if c.id in doors else 0 for c in problem.clients]
    visits = tuple(
        _visit(visit, plans.get((What.LENGTH, visit.plan or visit.id)), plans.get((What.TIME, visit.plan)))
        for visit in problem.visits
    )
    length = {visit.id: visit.commissioned for visit in visits}
    return problem.replace(
        clients=tuple(_client(client, doors.get(client.id)) for client in problem.clients),
        visits=visits,
        links=tuple(  # (an offset is the length of the first visit: the night begins when it ends)
            replace(link, offset=length[link.first]) if link.offset else link for link in problem.links
        ),
        travel={mode: with_doors(matrix, more) for mode, matrix in problem.travel.items()},
        ties=(*problem.ties, *(tie for tie in ties if (tie.client, tie.carer) not in known)),
    )


def _client(client: Client, door: Suggestion | None) -> Client:
    return client if door is None else replace(client, place=replace(client.place, parking=door.then))


def _visit(visit: Visit, length: Suggestion | None, time: Suggestion | None) -> Visit:
    if length is not None:
        visit = replace(visit, commissioned=max(visit.commissioned, length.then))
    if time is not None and visit.fixed_start is None:
        by, dawn = time.then - time.now, visit.day * DAY
        visit = replace(
            visit,
            earliest=max(visit.earliest + by, dawn),
            latest=min(visit.latest + by, dawn + DAY - 1),
            preferred=visit.preferred + by,
        )
    return visit
