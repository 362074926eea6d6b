"""An agency as it is, and without one of its promises at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from scheduler.domain import Carer, PayBasis
from scheduler.problem import Problem
from scheduler.rules import rule
from scheduler.settings import Policy


@dataclass(frozen=True, slots=True)
class Variant:
    """How an agency is planned (never how a rota is judged): `off` takes the promise out of its problem."""

    name: str
    off: Callable[[Problem], Problem]


def as_it_is(problem: Problem) -> Problem:
    """All promises."""
    return problem


def without_lengths(problem: Problem) -> Problem:
    """Every visit may be as short as it was commissioned, whoever comes."""
    settings = replace(problem.settings, policy=Policy.NONE, tasks_enforced=False)
    return problem.replace(settings=settings)


def without_continuity(problem: Problem) -> Problem:
    """It costs nothing that a person sees many carers or new ones."""
    return without_prices(without_prices(problem, "continuity"), "worst_served")


def without_interests(problem: Problem) -> Problem:
    """Shared interests and languages are worth nothing."""
    return without_prices(problem, "interests")


def without_paid_travel(problem: Problem) -> Problem:
    """As if carers were paid for minutes with clients only: travel, waiting and miles cost the agency nothing."""
    carers = tuple(_paid_for_contact_only(carer) for carer in problem.carers)
    return without_prices(problem.replace(carers=carers), "unpaid_time")


def without_prices(problem: Problem, name: str) -> Problem:
    """A rule whose every price is nothing."""
    prices = dict(problem.settings.prices) | {price.name: 0 for price in rule(name).prices}
    return problem.replace(settings=replace(problem.settings, prices=prices))


def _paid_for_contact_only(carer: Carer) -> Carer:
    return replace(carer, pay=replace(carer.pay, basis=PayBasis.CONTACT, mileage=0))


KEPT = Variant("kept", as_it_is)
LENGTHS = Variant("lengths", without_lengths)
CONTINUITY = Variant("continuity", without_continuity)
INTERESTS = Variant("interests", without_interests)
PAID_TRAVEL = Variant("paid travel", without_paid_travel)
VARIANTS = (KEPT, LENGTHS, CONTINUITY, INTERESTS, PAID_TRAVEL)
