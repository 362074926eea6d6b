"""No visit is shorter than what was commissioned, what its tasks need and what the policy allows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scheduler.domain import Carer, Client, Purpose, Visit
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules.base import Finding, Level, Rule, Verbs
from scheduler.settings import Policy, Settings
from scheduler.units import DAY


class VisitLength(Rule):
    """The heart of the mission. How long a visit lasts depends on who comes: under NICE NG21 and in Wales a
    short visit needs a carer who has visited the person before.

    NICE NG21 is advisory and covers older people; an agency that chooses a policy promises it to every
    client, older or younger alike. NICE joins its conditions by AND. Wales is law (2016 Act, section 8): condition A
    for people whose care the council arranges (Individual Service Funds too), condition B for those who
    arrange their own.

    The checker takes a carer as known from an earlier visit in the same rota, too. The solver counts only
    history as known, so it never plans a visit shorter than the checker asks.
    """

    name = "visit_length"
    label = "Minimum visit length"
    level = Level.HARD
    unit = "minutes missing"
    source = (
        "NICE NG21 1.4.2 and QS123 statement 4; "
        "Regulation and Inspection of Social Care (Wales) Act 2016, section 8"
    )
    for_client = "The visit needs more time."
    effort = 50

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        first = _first_visits(rota, problem)
        for visit in problem.visits:
            legs = rota.of_visit(visit.id)
            deciding = legs if visit.together == 0 else legs[:1]
            judged = [(*_judge(leg, visit, problem, first), leg) for leg in deciding]
            if not judged:
                continue
            required, reason, decides = max(judged, key=lambda told: told[0])
            missing = required - legs[0].minutes
            if missing > 0:
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=f"The visit to {problem.client(visit.client).name} is planned for "
                    f"{legs[0].minutes} min and needs {required} min. {reason}",
                    amount=missing,
                    visit=visit.id,
                    client=visit.client,
                    carer=decides.carer,
                    day=visit.day,
                    cure=f"plan {required} min",
                )

    def least_minutes(self, visit: Visit, carer: Carer, problem: Problem) -> int:
        return required_minutes(visit, carer, problem)

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        new, known = (
            np.array([_minutes(visit, problem, seen) for visit in problem.visits], dtype=np.intp)
            for seen in (False, True)
        )
        for k, carer in enumerate(problem.carers):
            needs = new.copy()
            for client in problem.clients:
                if _has_visited(client.id, carer.id, problem):
                    visits = problem.visits_of(client.id)
                    needs[visits] = known[visits]
            for minutes in np.unique(needs):
                verbs.length(np.flatnonzero(needs == minutes), k, int(minutes))


def required_minutes(visit: Visit, carer: Carer, problem: Problem, known: bool | None = None) -> int:
    """How long the visit lasts at least when this carer comes. `known`: has the carer visited the client
    before? (None: as the history says.)"""
    return _minutes(visit, problem, _has_visited(visit.client, carer.id, problem) if known is None else known)


def _has_visited(client: str, carer: str, problem: Problem) -> bool:
    """Is the carer known, as the policy means it? The Welsh Act counts visits under the present plan only."""
    if problem.settings.policy is Policy.WALES:
        return problem.visited_under_plan(client, carer)
    return problem.knows(client, carer)


def _minutes(visit: Visit, problem: Problem, known: bool) -> int:
    settings = problem.settings
    base = _base(visit, settings)
    refused = _short_refused(visit, problem.client(visit.client), known, settings)
    return max(base, settings.floor_minutes) if refused else base


def _base(visit: Visit, settings: Settings) -> int:
    """Minutes before any policy."""
    return max(visit.commissioned, visit.needed if settings.tasks_enforced else 0)


def _short_refused(visit: Visit, client: Client, known: bool, settings: Settings) -> str:
    """Why the visit may not be shorter than the floor; empty where it may. `{carer}` stands for who comes."""
    floor = settings.floor_minutes
    match settings.policy:
        case Policy.NONE:
            return ""
        case Policy.FLOOR:
            return f"This agency promises that no visit is under {floor} minutes."
        case Policy.NICE:
            return _refused_by_nice(visit, client, known, settings)
        case Policy.WALES if client.funding == "self":
            return _refused_by_condition_b(visit, client, settings)
        case Policy.WALES:
            return _refused_by_condition_a(visit, client, known, settings)


def _refused_by_nice(visit: Visit, client: Client, known: bool, settings: Settings) -> str:
    rule = f"Under NICE NG21 a visit under {settings.floor_minutes} minutes"
    if not known:
        return f"{rule} needs a known carer: {{carer}} has not visited {client.name} before."
    if client.wider_package is not True:
        missing = "this is not recorded" if client.wider_package is None else "there is none"
        return f"{rule} must be part of a wider package of care: for {client.name} {missing}."
    if not _is_check(visit) and visit.purpose is not Purpose.TIME_LIMITED:
        return f"{rule} must be for time-limited tasks or a safe-and-well check: this one is for {visit.purpose}."
    if visit.needed > _base(visit, settings):
        return f"{rule} must be long enough for its tasks: {_tasks(visit, settings)}."
    return ""


def _refused_by_condition_a(visit: Visit, client: Client, known: bool, settings: Settings) -> str:
    rule = f"In Wales a visit under {settings.floor_minutes} minutes"
    if not known:
        return (
            f"{rule} needs a carer who has visited under the present care plan: "
            f"{{carer}} has not visited {client.name} under it."
        )
    if not _check_or_tasks_fit(visit, settings):
        return (
            f"{rule} must be a safe-and-well check or long enough for its tasks: {_tasks(visit, settings)}."
        )
    return ""


def _refused_by_condition_b(visit: Visit, client: Client, settings: Settings) -> str:
    if visit.short_agreed or _check_or_tasks_fit(visit, settings):
        return ""
    return (
        f"In Wales a visit under {settings.floor_minutes} minutes must be agreed with {client.name}, be a "
        f"safe-and-well check or be long enough for its tasks: no agreement is recorded, and "
        f"{_tasks(visit, settings)}."
    )


def _check_or_tasks_fit(visit: Visit, settings: Settings) -> bool:
    return _is_check(visit) or 0 < visit.needed <= _base(visit, settings)


def _is_check(visit: Visit) -> bool:
    """Is a safe-and-well check the sole purpose? A visit that lists personal care is more than that."""
    return visit.purpose is Purpose.CHECK and not (visit.tasks and visit.personal_care)


def _tasks(visit: Visit, settings: Settings) -> str:
    if not visit.needed:
        return "no task minutes are recorded"
    return f"they need {visit.needed} min, and {_base(visit, settings)} min are commissioned"


FirstVisits = dict[tuple[str, str], int]
"""(client, carer) -> start of the carer's first visit in the rota under the present care plan."""


def _first_visits(rota: Rota, problem: Problem) -> FirstVisits:
    found: FirstVisits = {}
    for leg in rota.legs:
        client = problem.client(problem.visit(leg.visit).client)
        wales = problem.settings.policy is Policy.WALES
        if not wales or client.plan_from is None or leg.start >= client.plan_from * DAY:
            found.setdefault((client.id, leg.carer), leg.start)
    return found


def _judge(leg: Leg, visit: Visit, problem: Problem, first: FirstVisits) -> tuple[int, str]:
    """Minutes required with this leg's carer, and why."""
    settings, carer = problem.settings, problem.carer(leg.carer)
    seen_this_period = first.get((visit.client, carer.id), leg.start) < leg.start
    known = _has_visited(visit.client, carer.id, problem) or seen_this_period
    required = required_minutes(visit, carer, problem, known)
    if required > _base(visit, settings):
        refused = _short_refused(visit, problem.client(visit.client), known, settings)
        return required, refused.replace("{carer}", carer.name)
    if required > visit.commissioned:
        return required, "Its tasks need that long."
    return required, "That long is commissioned."
