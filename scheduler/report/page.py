"""The page that a manager reads in two minutes: what was asked, what was achieved, who suffers, what it costs, and
what is unallocated and why. All numbers are those of `check`, `cost` and `measures`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scheduler.check import Report, check
from scheduler.cost import Cost, cost
from scheduler.domain import PayBasis, Visit
from scheduler.measures import measure
from scheduler.places import ATTRIBUTION
from scheduler.problem import Problem
from scheduler.report import background, pictures
from scheduler.report.carers import carers_table, for_carers
from scheduler.report.html import render, static, trusted
from scheduler.report.map_roads import STRAIGHT, MapRoads
from scheduler.report.run import RunInfo
from scheduler.report.tables import costs_table, rules_table, unallocated_table
from scheduler.report.words import period
from scheduler.report.worst import by_advocate, worst_tables
from scheduler.rota import Rota
from scheduler.rules import Finding, Level, rule

FEW_HARD, SHOWN_HARD = 20, 3
"""So many hard findings are all spelled out; of more, so many of each rule. The workbook has them all."""
_PAY = (
    "Carer",
    "Visits",
    "Hours with clients",
    "Hours of travel",
    "Paid hours",
    "Contracted, not worked",
    "Pay",
    "Pay for contact only",
    "True pay an hour",
    "Missing to it",
)
_LEFT_OUT = ("Client", "Day", "May start", "Minutes", "Carers", "Priority", "Why")


NO_RUN = RunInfo()


@dataclass(frozen=True)
class Judged:
    """A rota with all that there is to say about it, each worked out once, when it is first asked for."""

    rota: Rota
    problem: Problem
    run: RunInfo = NO_RUN
    reasons: Mapping[str, Sequence[str]] | None = None
    roads: MapRoads = STRAIGHT
    checked: Report | None = None
    """What `check` found, where somebody has asked it already."""

    @cached_property
    def report(self) -> Report:
        """What the rules found."""
        return self.checked or check(self.rota, self.problem)

    @cached_property
    def cost(self) -> Cost:
        """What it costs."""
        return cost(self.rota, self.problem)

    @cached_property
    def measures(self) -> dict[str, int | float]:
        """What can be counted."""
        return measure(self.rota, self.problem, self.report.findings)

    @property
    def why(self) -> Mapping[str, Sequence[str]]:
        """Visit id -> why nobody is planned for it."""
        return self.reasons or {}


def to_page(judged: Judged) -> str:
    """The page as one HTML file that fetches nothing."""
    rota, problem = judged.rota, judged.problem
    contract, left_out = pictures.contract_chart(rota, problem)
    figures = background.figures_in_force(problem)
    return render(
        "report.html",
        styles=trusted(static("page.css")),
        problem=problem,
        settings=problem.settings,
        period=period(problem),
        policy=background.policy_words(problem.settings),
        run=judged.run,
        report=judged.report,
        cost=judged.cost,
        m=judged.measures,
        asked=_asked(problem),
        pay=_pay(rota, problem),
        planned_share=_planned_share(judged.measures),
        hard=_hard(judged.report),
        rules=rules_table(judged.report),
        worst=worst_tables(rota, problem),
        advocates=by_advocate(rota, problem),
        costs=costs_table(judged.cost),
        unallocated=unallocated_table(rota, problem, judged.why).only("Unallocated", *_LEFT_OUT),
        explained=bool(judged.why),
        carers=carers_table(rota, problem).only("Pay by carer", *_PAY),
        settings_table=background.settings_table(problem),
        prices=background.prices_table(problem),
        figures=figures,
        marks=background.mark_meanings(figures),
        attribution=ATTRIBUTION,
        published=pictures.published(problem),
        contract_left_out=left_out,
        charts={
            "hours": trusted(pictures.hours_chart(rota, problem)),
            "carers": trusted(pictures.carers_chart(rota, problem)),
            "costs": trusted(pictures.cost_chart(judged.cost)),
            "contract": trusted(contract),
            "progress": trusted(pictures.progress_chart(judged.run)),
        },
    )


def _planned_share(measures: Mapping[str, int | float]) -> float:
    return 1 - measures["unallocated"] / measures["visits"] if measures["visits"] else 1.0


def _asked(problem: Problem) -> dict[str, Any]:
    """What the week asks for, and who there is to do it."""
    carers = {shift.carer for shift in problem.shifts}
    return {
        "clients": len({visit.client for visit in problem.visits}),
        "visits": len(problem.visits),
        "minutes": sum(visit.commissioned + _second(visit) for visit in problem.visits),
        "double_ups": sum(visit.carers == 2 for visit in problem.visits),
        "time_critical": sum(visit.time_critical for visit in problem.visits),
        "short": sum(visit.commissioned < 30 for visit in problem.visits),
        "carers": len(carers),
        "shift_minutes": sum(shift.end - shift.start for shift in problem.shifts),
    }


def _second(visit: Visit) -> int:
    """Commissioned minutes of a second carer."""
    return (visit.together or visit.commissioned) if visit.carers == 2 else 0


def _pay(rota: Rota, problem: Problem) -> dict[str, Any]:
    """Pay for travel, and what a contact-only contract would have meant."""
    people = [one for one in for_carers(rota, problem) if one.visits]
    weeks = [week for one in people for week in one.weeks]
    return {
        "carers": len(people),
        "travel_paid": sum(one.carer.pay.basis is not PayBasis.CONTACT for one in people),
        "short_contact_only": sum(week.contact_only < week.required for week in weeks),
        "weeks": len(weeks),
        "contracted_minutes": sum(one.contracted for one in for_carers(rota, problem)),
        "guaranteed_minutes": sum(one.sum("guaranteed") for one in for_carers(rota, problem)),
    }


def _hard(report: Report) -> list[tuple[str, int, list[Finding]]]:
    """Rule by rule: its words, how many findings, and the first of them (all, where they are few)."""
    few = len(report.hard) <= FEW_HARD
    return [
        (rule(name).label, len(found), list(found if few else found[:SHOWN_HARD]))
        for name, found in report.by_rule().items()
        if found[0].level is Level.HARD
    ]
