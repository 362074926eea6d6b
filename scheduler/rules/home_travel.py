"""Nobody is sent across town: the journeys from home and back are unpaid, and have a price all the same."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rounds import rounds
from scheduler.rules.base import Finding, Level, Price, Rule, Verbs
from scheduler.units import hours


class HomeTravel(Rule):
    name = "home_travel"
    label = "Travel from home and back"
    level = Level.SOFT
    unit = "minutes"
    source = "House rule: these journeys are not paid time (National Minimum Wage Regulations 2015, reg. 34)"
    prices = (
        Price(
            "home_travel.minute",
            4,
            "What we would pay to spare a carer one unpaid minute of travel from home or back home.",
        ),
    )

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        per_minute = self.price("home_travel.minute", problem)
        for work in rounds(rota, problem):
            minutes = work.home_out + work.home_back
            if minutes:
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=f"{work.carer.name} on {problem.date_of(work.day):%A}: {hours(minutes)} unpaid on the "
                    f"road from home ({work.home_out} min) and back home ({work.home_back} min).",
                    amount=minutes,
                    price=minutes * per_minute,
                    carer=work.carer.id,
                    day=work.day,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        per_minute = self.price("home_travel.minute", problem)
        for k in range(len(problem.carers)):
            verbs.charge_home(k, per_minute)
