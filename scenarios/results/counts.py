"""What is counted in one planned week: plain amounts that can be added up over agencies, so that every share, mean and
price of a region is that of the region and not a mean of means.

Names that begin with `most_` or `least_` are combined by the largest or smallest, all others by the sum. A count is
absent where there is nothing that could be the least.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from scenarios.bank import is_bank, need
from scenarios.results.money import by_length, margin
from scheduler.check import check
from scheduler.domain import PayBasis, Visit
from scheduler.measures import SHORT, continuity, measure
from scheduler.pay import hourly, pay_weeks
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rounds import rounds
from scheduler.rules.visit_length import required_minutes
from scheduler.true_pay import true_pay
from scheduler.uk import figure
from scheduler.units import METRES_PER_MILE, SIXTIETHS

Counts = dict[str, float]
BANDS = (15, 30, 45, 60)
"""Lengths that cost of care returns tell apart: up to 15, up to 30, up to 45 minutes, and longer."""


def band(minutes: int) -> int:
    """The band of a length; longer than an hour counts with the hour."""
    return next((most for most in BANDS if minutes <= most), BANDS[-1])


def count(rota: Rota, problem: Problem, rate: int | None = None) -> Counts:
    """Everything that is counted of one run. `rate`: what is paid for an hour that is ordered, in pence (None: the
    average that councils pay); minutes beyond the order bring nothing in."""
    told = measure(rota, problem, check(rota, problem).findings)
    paid = figure("fee.council_average", problem.start).value if rate is None else rate
    ordered = told["contact_minutes"] - told["uncommissioned_minutes"]
    return (
        _asked(problem)
        | _people(rota, problem, told)
        | _carers(rota, problem)
        | _money(rota, problem, told)
        | {"ordered_minutes": ordered, "rate_pence": paid * ordered}
    )


def combined(parts: Iterable[Mapping[str, float]]) -> Counts:
    """Several agencies as one."""
    found: Counts = {}
    for part in parts:
        for name, value in part.items():
            if name not in found:
                found[name] = value
            elif name.startswith("most_"):
                found[name] = max(found[name], value)
            elif name.startswith("least_"):
                found[name] = min(found[name], value)
            else:
                found[name] += value
    return found


def _asked(problem: Problem) -> Counts:
    """What is ordered, and what the formula method knows: lengths, staff and rates, no rota. Bank carers are on offer
    all day, needed or not: their shifts would outweigh those of the staff."""
    staff = [carer for carer in problem.carers if not is_bank(carer.id)]
    shifts = {carer.id: sum(s.end - s.start for s in problem.shifts_of(carer.id)) for carer in staff}
    travel_paid = [c for c in staff if c.pay.basis is not PayBasis.CONTACT]
    asked = [
        (visit, required_minutes(visit, problem.carers[0], problem, known=True) if problem.carers else 0)
        for visit in problem.visits
    ]
    counts: Counts = {
        "asked_visits": len(problem.visits),
        "asked_legs": sum(visit.carers for visit in problem.visits),
        "asked_minutes": sum(_of_all_carers(visit, minutes) for visit, minutes in asked),
        "clients": len({visit.client for visit in problem.visits}),
        "carers": len(problem.carers),
        "shift_minutes": sum(shifts.values()),
        "shift_pence": sum(shifts[c.id] * hourly(c, problem.settings) for c in staff),
        "shift_mileage_pence": sum(shifts[c.id] * c.pay.mileage for c in staff),
        "shift_travel_paid": sum(shifts[c.id] for c in travel_paid),
    }
    for length in BANDS:
        counts[f"asked_legs_{length}"] = sum(v.carers for v, minutes in asked if band(minutes) == length)
    return counts


def _of_all_carers(visit: Visit, minutes: int) -> int:
    """Minutes of all its carers in a visit of that length: who helps with a part only leaves early."""
    return minutes + (visit.carers - 1) * (visit.together or minutes)


def _people(rota: Rota, problem: Problem, told: Mapping[str, float]) -> Counts:
    rows = continuity(rota, problem)
    left = rota.unallocated(problem)
    planned = [(visit, rota.of_visit(visit.id)) for visit in problem.visits if rota.of_visit(visit.id)]
    lengths = Counter(band(legs[0].minutes) for _, legs in planned)
    contact = Counter[int]()
    for _, legs in planned:
        contact[band(legs[0].minutes)] += sum(leg.minutes for leg in legs)
    counts: Counts = {
        "planned_visits": len(planned),
        "unallocated_visits": len(left),
        "unallocated_minutes": sum(_of_all_carers(visit, visit.commissioned) for visit in left),
        "clients_with_unallocated": told["clients_with_unallocated"],
        "hard_findings": told["hard_findings"],
        "short_visits": told["short_visits"],
        "short_agreed": told["short_visits_agreed"],
        "long_visits": sum(legs[0].minutes >= SHORT for _, legs in planned),
        "task_misfits": sum(visit.needed > legs[0].minutes for visit, legs in planned),
        "task_minutes_missing": sum(max(0, visit.needed - legs[0].minutes) for visit, legs in planned),
        "off_preferred_minutes": sum(abs(legs[0].start - visit.preferred) for visit, legs in planned),
        "clients_served": len(rows),
        "distinct_carers": sum(row.distinct_rolling for row in rows),
        "promise_kept": sum(row.kept for row in rows),
        "new_faces": told["new_faces"],
        "legs": len(rota.legs),
        "core_team_legs": sum(row.core_team_legs for row in rows),
        "most_distinct_carers": told["distinct_carers_worst"],
        "most_overnight_minutes": told["overnight_gap_worst"],
    }
    for length in BANDS:
        counts[f"visits_{length}"] = lengths[length]
        counts[f"contact_minutes_{length}"] = contact[length]
    return counts


def _carers(rota: Rota, problem: Problem) -> Counts:
    weeks, periods, work = pay_weeks(rota, problem), true_pay(rota, problem), rounds(rota, problem)
    worked = [period for period in periods if period.counted]
    days = Counter((r.carer.id, r.day) for r in work)
    bank = need(rota, problem)
    hourly_pay = [period.true_hourly for period in worked if period.true_hourly is not None]
    counts: Counts = {
        "contact_minutes": sum(week.contact for week in weeks),
        "travel_minutes": sum(week.travel for week in weeks),
        "waiting_minutes": sum(week.waiting for week in weeks),
        "counted_minutes": sum(week.counted for week in weeks),
        "paid_minutes": sum(week.paid for week in weeks),
        "guaranteed_minutes": sum(week.guaranteed for week in weeks),
        "reckoned_pence": sum(period.reckoned for period in worked) / SIXTIETHS,
        "carers_working": len({period.carer.id for period in worked}),
        "wage_shortfalls": sum(period.shortfall > 0 for period in periods),
        "wage_shortfall_pence": sum(period.shortfall for period in periods) / SIXTIETHS,
        "below_living_wage": sum((period.below_living_wage or 0) > 0 for period in periods),
        "split_days": sum(n > 1 for n in days.values()),
        "working_days": len(days),
        "miles": sum(r.metres for r in work) / METRES_PER_MILE,
        "bank_carers": bank.carers,
        "bank_minutes": bank.minutes,
        "bank_at_once": bank.at_once,
        "bank_too_few": float(not bank.enough),
    }
    return counts | ({"least_true_hourly_pence": min(hourly_pay) / SIXTIETHS} if hourly_pay else {})


def _money(rota: Rota, problem: Problem, told: Mapping[str, float]) -> Counts:
    running = told["contact_minutes"] * problem.settings.running_cost / 60
    costs = told["cost_pence"] + running
    car = figure("co2.car", problem.start).value
    metres = sum(r.metres for r in rounds(rota, problem) if r.carer.mode == "car")
    counts: Counts = {
        "cost_pence": told["cost_pence"],
        "running_pence": running,
        "price_pence": costs / (1 - margin(problem)),
        "on_cost_percent_minutes": told["contact_minutes"] * problem.settings.on_cost_percent,
        "co2_grams": car * metres / METRES_PER_MILE,
    }
    for length, pence in by_length(rota, problem, told["cost_pence"], BANDS, band).items():
        counts[f"price_pence_{length}"] = pence
    return counts
