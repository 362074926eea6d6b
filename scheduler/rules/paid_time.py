"""Wages: the minutes that each carer's terms pay, at what a minute costs the agency."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.pay import counted, minute_cost, premium_days, wages
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rounds import Round, rounds
from scheduler.rules.base import Finding, Level, Rule, Verbs
from scheduler.units import hours


class PaidTime(Rule):
    name = "paid_time"
    label = "Wages"
    level = Level.SOFT
    unit = "paid minutes"
    source = "The carers' pay terms and the agency's on-costs"
    money = True

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for work in rounds(rota, problem):
            basis = work.carer.pay.basis
            yield Finding(
                rule=self.name,
                level=self.level,
                sentence=self._sentence(work, problem),
                amount=counted(basis, problem.settings).minutes(work),
                price=wages(work, basis, problem),
                carer=work.carer.id,
                day=work.day,
            )

    def _sentence(self, work: Round, problem: Problem) -> str:
        terms = counted(work.carer.pay.basis, problem.settings)
        travel, waiting = work.travel if terms.travel else 0, work.counted_waiting(terms.waiting_cap)
        paid = _listed(work.contact, travel, waiting)
        unpaid = _listed(0, work.travel - travel, work.waiting - waiting)
        day = f"{problem.date_of(work.day):%A}"
        return f"{work.carer.name} on {day}: paid {paid}{'; unpaid ' if unpaid else ''}{unpaid}."

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        premium = premium_days(problem)
        for k, carer in enumerate(problem.carers):
            terms = counted(carer.pay.basis, problem.settings)
            waiting = terms.waiting_cap > 0
            verbs.paid(k, True, terms.travel, waiting)
            for day in range(problem.days):
                rate = minute_cost(carer, problem.settings, day in premium)
                travel = rate if terms.travel else 0
                verbs.pay(k, day, rate, travel, rate if waiting else 0, terms.waiting_cap)


def _listed(contact: int, travel: int, waiting: int) -> str:
    """'1 h with clients, 10 min of travel'; what there is none of is left out."""
    kinds = ((contact, "with clients"), (travel, "of travel"), (waiting, "of waiting"))
    return ", ".join(f"{hours(minutes)} {kind}" for minutes, kind in kinds if minutes)
