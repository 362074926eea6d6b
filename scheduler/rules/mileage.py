"""Mileage: what the agency pays for the miles between two visits of a round."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from scheduler import units
from scheduler.pay import miles_of
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rounds import rounds
from scheduler.rules.base import Finding, Level, Rule, Verbs


class Mileage(Rule):
    name = "mileage"
    label = "Mileage"
    level = Level.SOFT
    unit = "metres"
    source = "The carers' pay terms (HMRC's approved rates are a tax ceiling, not an entitlement)"
    money = True

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for work in rounds(rota, problem):
            rate = work.carer.pay.mileage
            if rate and work.metres:
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=f"{work.carer.name} on {problem.date_of(work.day):%A}: "
                    f"{work.metres / units.METRES_PER_MILE:.1f} miles between visits, at {rate}p a mile.",
                    amount=work.metres,
                    price=sum(units.mileage(stop.metres, rate) for stop in work.stops),
                    carer=work.carer.id,
                    day=work.day,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        amounts: dict[tuple[str, int], NDArray[np.int32]] = {}
        for k, carer in enumerate(problem.carers):
            kind = (carer.mode, carer.pay.mileage)
            if carer.pay.mileage:
                if kind not in amounts:
                    amounts[kind] = miles_of(problem.travel[carer.mode].metres, carer.pay.mileage)
                verbs.charge_legs(k, amounts[kind])
