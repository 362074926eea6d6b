"""Neighbouring providers as one: their people, carers and visits in one week, each carer free to go to anybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from scheduler.domain import Place
from scheduler.errors import DomainError
from scheduler.intake.build import rush_words
from scheduler.problem import Problem
from scheduler.travel import STRAIGHT, Journeys, ModeFactors

POOLED = "all providers together"
LIMITS = (
    "Pooling takes the rules, prices and running costs of the first provider for all; contracts, competition law and "
    "who employs whom are left out."
)


Travel = Callable[[Mapping[str, ModeFactors], Sequence[Place], Sequence[str]], Journeys]


def pool(problems: Sequence[Problem], travel: Travel = STRAIGHT.travel) -> Problem:
    """One problem of all, under the settings of the first (pay terms stay each carer's own). Ids get the number of
    their provider in front. `travel` is a `Choice.travel`: it is asked anew for all places, with the first one's
    factors, and may answer from elsewhere than each provider's did. DomainError where they do not plan the same
    days."""
    first = problems[0]
    for other in problems[1:]:
        if (other.start, other.days) != (first.start, first.days):
            raise DomainError(
                f"{other.settings.agency} plans {other.days} days from {other.start}, {first.settings.agency} "
                f"{first.days} from {first.start}: providers can only be pooled for the same days."
            )
    parts = [_numbered(problem, f"{i}/") for i, problem in enumerate(problems, start=1)]
    clients = [client for part in parts for client in part.clients]
    carers = [carer for part in parts for carer in part.carers]
    places = [client.place for client in clients] + [carer.home for carer in carers]
    journeys = travel(first.settings.modes, places, sorted({carer.mode for carer in carers}))
    rushed = [mode for mode, matrix in journeys.matrices.items() if matrix.rush is not None]
    return Problem(
        start=first.start,
        days=first.days,
        settings=replace(first.settings, agency=POOLED),
        clients=tuple(clients),
        carers=tuple(carers),
        visits=tuple(visit for part in parts for visit in part.visits),
        shifts=tuple(shift for part in parts for shift in part.shifts),
        travel=journeys.matrices,
        travel_source=journeys.source + rush_words(first.settings, rushed),
        links=tuple(link for part in parts for link in part.links),
        ties=tuple(tie for part in parts for tie in part.ties),
        history=tuple(past for part in parts for past in part.history),
        published=tuple(promise for part in parts for promise in part.published),
        funds=tuple(fund for part in parts for fund in part.funds),
    )


def _numbered(problem: Problem, mark: str) -> Problem:
    """The same problem with `mark` before every id; the carers keep the rate that their own agency pays."""

    def carer_ids(ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(mark + id for id in ids)

    rate = problem.settings.hourly
    return problem.replace(
        clients=tuple(replace(c, id=mark + c.id) for c in problem.clients),
        carers=tuple(
            replace(c, id=mark + c.id, pay=replace(c.pay, hourly=c.pay.hourly or rate))
            for c in problem.carers
        ),
        visits=tuple(
            replace(v, id=mark + v.id, client=mark + v.client, fixed_carers=carer_ids(v.fixed_carers))
            for v in problem.visits
        ),
        shifts=tuple(replace(s, carer=mark + s.carer) for s in problem.shifts),
        links=tuple(replace(k, first=mark + k.first, second=mark + k.second) for k in problem.links),
        ties=tuple(replace(t, client=mark + t.client, carer=mark + t.carer) for t in problem.ties),
        history=tuple(replace(p, client=mark + p.client, carer=mark + p.carer) for p in problem.history),
        published=tuple(
            replace(p, visit=mark + p.visit, carers=carer_ids(p.carers)) for p in problem.published
        ),
        funds=tuple(
            replace(
                f,
                client=mark + f.client,
                beyond=None if f.beyond is None else frozenset(mark + visit for visit in f.beyond),
            )
            for f in problem.funds
        ),
    )
