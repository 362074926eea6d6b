"""A visit that the rota gives to somebody else, or leaves out, at short notice is paid in part, or as a whole, to the
carer who was to do it, as `Settings` say: the Employment Rights Act 2025 will ask for it. Nothing before the figure is
in force, unless the agency's terms do. A visit that its client cancelled is no part of a problem, and not paid here."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scheduler.domain import Carer, Promise, Visit
from scheduler.pay import hourly
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Rule, Verbs
from scheduler.units import HOUR, SIXTIETHS, clock


class ShortNoticePay(Rule):
    """By the carer's hourly rate with on-costs, for the commissioned minutes of visits by one carer (of a double-up it
    is not settled which of two would have to be paid). A carer who is not on shift then, being ill, gets none."""

    name = "short_notice_pay"
    label = "Pay for visits given to somebody else at short notice"
    level = Level.SOFT
    unit = "minutes paid"
    source = "Employment Rights Act 2025 (expected 2027; unverified), figure short_notice.percent"
    money = True

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for visit, promise in _counted(problem):
            carer = problem.carer(promise.carers[0])
            if all(leg.carer != carer.id for leg in rota.of_visit(visit.id)):
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=f"{carer.name} was to be with {problem.client(visit.client).name} at "
                    f"{clock(promise.start)} and is told at short notice that it is off: "
                    f"{problem.settings.short_notice_percent} % of {visit.commissioned} min are paid.",
                    amount=visit.commissioned,
                    price=_amount(visit, carer, problem),
                    visit=visit.id,
                    client=visit.client,
                    carer=carer.id,
                    day=visit.day,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for visit, promise in _counted(problem):
            v, first = problem.visit_index[visit.id], problem.carer(promise.carers[0])
            amount = _amount(visit, first, problem)
            verbs.charge_unallocated(v, amount)
            for k, carer in enumerate(problem.carers):
                if carer.id != first.id:
                    verbs.charge(np.array([v], dtype=np.intp), k, amount)


def _counted(problem: Problem) -> Iterator[tuple[Visit, Promise]]:
    """The visits that somebody would have to be paid for."""
    settings, now = problem.settings, problem.now
    if now is None or not settings.short_notice_percent:
        return
    for id, promise in problem.promises.items():
        visit, late = problem.visit(id), promise.start - now < settings.short_notice
        if late and visit.carers == 1 and promise.carers[0] in problem.carer_index:
            shifts = problem.shifts_of(promise.carers[0])
            if any(shift.start <= promise.start < shift.end for shift in shifts):
                yield visit, promise


def _amount(visit: Visit, carer: Carer, problem: Problem) -> int:
    """Money units, rounded to the whole one."""
    settings = problem.settings
    percent = settings.short_notice_percent * settings.on_cost_percent
    return round(visit.commissioned * hourly(carer, settings) * percent * SIXTIETHS / (HOUR * 100 * 100))
