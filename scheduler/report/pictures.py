"""From the plan to the numbers that each chart of the page shows."""

from __future__ import annotations

from collections import Counter
from datetime import date

from scheduler.cost import Cost
from scheduler.errors import CareroundError
from scheduler.measures import continuity
from scheduler.problem import Problem
from scheduler.report import charts
from scheduler.report.carers import for_carers
from scheduler.report.continuity.window import recorded_days
from scheduler.report.run import RunInfo
from scheduler.rota import Rota
from scheduler.uk import figure
from scheduler.units import DAY, HOUR, SIXTIETHS

MOST_CARERS = 30
"""Carers in the chart of hours: more would be a wall."""
PUBLISHED = (
    ("continuity.sweden_mean", "Sweden {year}: {value:g}, national mean"),
    ("continuity.ehrc_case", "EHRC {year}: {value:g}, one woman\u2019s case"),
)


def hours_chart(rota: Rota, problem: Problem) -> str:
    """Visits by hour: planned ones by their start, unallocated ones by the preferred start."""
    planned, left = [0] * 24, [0] * 24
    for visit in problem.visits:
        legs = rota.of_visit(visit.id)
        hour = (legs[0].start if legs else visit.preferred) % DAY // HOUR
        (planned if legs else left)[hour] += 1
    return charts.by_hour(planned, left)


def carers_chart(rota: Rota, problem: Problem) -> str:
    """How many clients see how many carers, beside what was published elsewhere for as many days."""
    counts = Counter(row.distinct_rolling for row in continuity(rota, problem))
    return charts.distinct_carers(
        dict(sorted(counts.items())), published(problem), problem.settings.rolling_days
    )


def published(problem: Problem) -> list[tuple[float, str]]:
    """Published numbers of carers in 14 days that were known by the first day of the period; none beside fewer
    recorded days, which would flatter."""
    found = []
    days = problem.settings.rolling_days
    for name, words in PUBLISHED if days == 14 == recorded_days(problem, days) else ():
        entry = _figure(name, problem.start)
        if entry is not None:
            found.append((entry[0], words.format(value=entry[0], year=entry[1])))
    return found


def _figure(name: str, on: date) -> tuple[float, int] | None:
    try:
        entry = figure(name, on)
    except CareroundError:
        return None
    return entry.value, entry.since.year


def cost_chart(cost: Cost) -> str:
    """Every rule that costs or earns anything, money first, the dearest first."""
    lines = sorted(
        (line for line in cost.lines if line.price), key=lambda line: (not line.money, -line.price)
    )
    return charts.costs([(line.label, line.price / SIXTIETHS / 100, line.money) for line in lines])


def contract_chart(rota: Rota, problem: Problem) -> tuple[str, int]:
    """Paid hours of work against contracted hours, and how many carers are left out (those nearest to their
    contract)."""
    rows = [
        (one.label, one.contracted / HOUR, one.sum("paid") / HOUR)
        for one in for_carers(rota, problem)
        if one.contracted or one.visits
    ]
    farthest = sorted(rows, key=lambda row: (row[2] - row[1], row[0]))
    left_out = max(0, len(farthest) - MOST_CARERS)
    if left_out:
        half = MOST_CARERS // 2
        farthest = farthest[:half] + farthest[-half:]
    return charts.contract(farthest), left_out


def progress_chart(run: RunInfo) -> str:
    """How the total fell while the plan was searched for; empty without two points."""
    points = [(point.seconds, point.pence / 100) for point in run.progress]
    return charts.progress(points) if len(points) > 1 else ""
