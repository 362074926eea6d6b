"""Work that is not paid: travel and waiting of carers whose terms pay for contact only, priced so that the planner
never takes their time for free. It acts before payroll has to make good what `minimum_wage` finds missing."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain import Carer
from scheduler.pay import counted
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rounds import Round, rounds
from scheduler.rules.base import Finding, Level, Price, Rule, Verbs
from scheduler.units import hours

_MINUTE = "unpaid_time.minute"


class UnpaidTime(Rule):
    name = "unpaid_time"
    label = "Work that is not paid"
    level = Level.SOFT
    unit = "unpaid minutes"
    source = "House rule: what the law counts as work and the terms do not pay (NMW Regulations 2015, regs. 32 and 34)"
    prices = (
        Price(
            _MINUTE,
            30,
            "A minute of travel or counted waiting that the carer's terms do not pay; by default a little more than a "
            "paid one costs.",
        ),
    )

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        per_minute = self.price(_MINUTE, problem)
        for work in rounds(rota, problem):
            travel, waiting = _unpaid(work, problem)
            if travel + waiting:
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=f"{work.carer.name} on {problem.date_of(work.day):%A}: {hours(travel)} of travel and "
                    f"{hours(waiting)} of waiting are work and not paid.",
                    amount=travel + waiting,
                    price=(travel + waiting) * per_minute,
                    carer=work.carer.id,
                    day=work.day,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        per_minute, cap = self.price(_MINUTE, problem), problem.settings.waiting_cap
        for k, carer in enumerate(problem.carers):
            if _leaves_out_travel(carer, problem):
                for day in range(problem.days):
                    verbs.pay(k, day, 0, per_minute, per_minute, cap)


def _leaves_out_travel(carer: Carer, problem: Problem) -> bool:
    """Do the carer's terms pay for contact only?"""
    return not counted(carer.pay.basis, problem.settings).travel


def _unpaid(work: Round, problem: Problem) -> tuple[int, int]:
    """Minutes of travel and of counted waiting that are not paid."""
    if not _leaves_out_travel(work.carer, problem):
        return 0, 0
    return work.travel, work.counted_waiting(problem.settings.waiting_cap)
