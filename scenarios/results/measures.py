"""The measures of the report, each with its words and how it comes from the counts: one register, `MEASURES`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scenarios.results.counts import BANDS
from scheduler.units import HOUR

Counts = Mapping[str, float]


class For(StrEnum):
    """Whom a measure speaks of."""

    PEOPLE = "For people"
    CARERS = "For carers"
    MONEY = "For money"


class Unit(StrEnum):
    """How a measure is shown."""

    NUMBER = "number"
    HOURS = "hours"
    MINUTES = "minutes"
    SHARE = "share"
    POUNDS = "pounds"
    KILOGRAMS = "kg"


@dataclass(frozen=True, slots=True)
class Measure:
    """`better`: 1 where more is better, -1 where less is, 0 where that is for the reader to say. Amounts are in the
    unit that is shown (hours, pounds), so that the CSV reads as the table does; an average of nothing is None.
    `of_planned`: visits that are left out make it look better."""

    name: str
    label: str
    whom: For
    unit: Unit
    better: int
    function: Callable[[Counts], float | None]
    doc: str = ""
    of_planned: bool = False


def _share(part: str, whole: str, factor: float = 1.0) -> Callable[[Counts], float | None]:
    return lambda c: factor * c[part] / c[whole] if c[whole] else None


def _plain(name: str, factor: float = 1.0) -> Callable[[Counts], float]:
    return lambda c: c[name] * factor


def _gap(c: Counts) -> float | None:
    """Pounds an hour that is ordered."""
    ordered = c["ordered_minutes"]
    return (c["price_pence"] * HOUR - c["rate_pence"]) / ordered / 100 if ordered else None


def _by_band() -> list[Measure]:
    words = ("up to 15 min", "16 to 30 min", "31 to 45 min", "over 45 min")
    names = dict(zip(BANDS, words, strict=True))
    visits = [
        Measure(f"visits_{n}", f"Visits of {words}", For.PEOPLE, Unit.NUMBER, 0, _plain(f"visits_{n}"))
        for n, words in names.items()
    ]
    hours = [
        Measure(f"contact_hours_{n}", f"Hours in visits of {words}", For.PEOPLE, Unit.HOURS, 0,
                _plain(f"contact_minutes_{n}", 1 / HOUR),
                "Each carer of a double-up counts, by the length of the whole visit.")
        for n, words in names.items()
    ]  # fmt: skip
    price = [
        Measure(f"price_per_contact_hour_{n}", f"Cost of an hour in visits of {words}", For.MONEY, Unit.POUNDS, 0,
                _share(f"price_pence_{n}", f"contact_minutes_{n}", HOUR / 100),
                "Its minutes, the way to it and the wait before it as far as they are paid, miles, running costs, "
                "surplus. Minutes that nobody ordered make it fall.")
        for n, words in names.items()
    ]  # fmt: skip
    return [*visits, *hours, *price]


P, C, M = For.PEOPLE, For.CARERS, For.MONEY
N, H, MIN, S, L, KG = Unit.NUMBER, Unit.HOURS, Unit.MINUTES, Unit.SHARE, Unit.POUNDS, Unit.KILOGRAMS

MEASURES: tuple[Measure, ...] = (
    Measure("visits_asked", "Visits asked for", P, N, 0, _plain("asked_visits"), "A double-up is one."),
    Measure("contact_hours", "Hours with clients", P, H, 0, _plain("contact_minutes", 1 / HOUR),
            "Each carer of a double-up counts."),
    Measure("unallocated_visits", "Unallocated visits", P, N, -1, _plain("unallocated_visits"),
            "Nobody is there to make them."),
    Measure("unallocated_hours", "Unallocated hours", P, H, -1, _plain("unallocated_minutes", 1 / HOUR),
            "Ordered minutes of the unallocated visits, for each carer that they take."),
    Measure("clients_unallocated", "People with an unallocated visit", P, N, -1, _plain("clients_with_unallocated")),
    Measure("share_30", "Visits of 30 minutes and over", P, S, 1, _share("long_visits", "planned_visits"),
            "NICE QS123, statement 4, measure a: of planned visits."),
    Measure("short_visits", "Visits under 30 minutes", P, N, -1, _plain("short_visits")),
    Measure("short_agreed_share", "Short visits with agreement", P, S, 1,
            lambda c: c["short_agreed"] / c["short_visits"] if c["short_visits"] else 1.0,
            "NICE QS123, statement 4, measure b: of visits under 30 minutes; all where there are none."),
    Measure("task_misfits", "Visits too short for their tasks", P, N, -1, _plain("task_misfits"),
            "By the assumed minutes of each task."),
    Measure("minutes_off", "Minutes off the preferred time", P, MIN, -1,
            _share("off_preferred_minutes", "planned_visits"), "Mean over planned visits.", of_planned=True),
    Measure("distinct_carers", "Different carers in 14 days", P, N, -1, _share("distinct_carers", "clients_served"),
            "Mean over people with planned visits, those of the history included.", of_planned=True),
    Measure("most_distinct_carers", "Different carers, worst served", P, N, -1, _plain("most_distinct_carers"),
            of_planned=True),
    Measure("promise_kept", "People whose number of carers is kept", P, S, 1, _share("promise_kept", "clients_served")),
    Measure("new_faces", "New faces", P, N, -1, _plain("new_faces"),
            "Pairs of a person and a carer who comes and has not been before.", of_planned=True),
    Measure("core_team_share", "Visits by the core team", P, S, 1, _share("core_team_legs", "legs")),
    Measure("overnight_hours", "Longest night", P, H, -1, _plain("most_overnight_minutes", 1 / HOUR),
            "The longest time for which nobody comes in a night that a person asks for."),
    Measure("paid_hours", "Paid hours of work", C, H, 0, _plain("paid_minutes", 1 / HOUR)),
    Measure("travel_hours", "Travel between visits", C, H, -1, _plain("travel_minutes", 1 / HOUR), of_planned=True),
    Measure("waiting_hours", "Waiting between visits", C, H, -1, _plain("waiting_minutes", 1 / HOUR), of_planned=True),
    Measure("guaranteed_hours", "Contracted hours paid, not worked", C, H, -1, _plain("guaranteed_minutes", 1 / HOUR)),
    Measure("true_hourly", "True pay an hour", C, L, 1, _share("reckoned_pence", "counted_minutes", HOUR / 100),
            "Pay without premiums, less what miles cost and nobody pays back, for each hour of visits, travel and "
            "counted waiting."),
    Measure("least_true_hourly", "True pay an hour, the lowest", C, L, 1,
            lambda c: c["least_true_hourly_pence"] / 100 if "least_true_hourly_pence" in c else None),
    Measure("wage_shortfalls", "Below the minimum wage", C, N, -1, _plain("wage_shortfalls"),
            "Carers' pay periods."),
    Measure("wage_shortfall", "Missing to the minimum wage", C, L, -1, _plain("wage_shortfall_pence", 0.01)),
    Measure("below_living_wage", "Below the real Living Wage", C, N, -1, _plain("below_living_wage"),
            "Carers' pay periods; the rate is voluntary."),
    Measure("split_days", "Split shifts", C, N, -1, _plain("split_days"), "A carer's days with two rounds or more.",
            of_planned=True),
    Measure("carers_working", "Carers with work", C, N, 0, _plain("carers_working")),
    Measure("miles", "Miles between visits", C, N, -1, _plain("miles"), of_planned=True),
    Measure("bank_hours", "Hours of further carers", C, H, -1, _plain("bank_minutes", 1 / HOUR),
            "Paid hours of bank carers, where as many as it takes are there.", of_planned=True),
    Measure("bank_carers", "Further carers used", C, N, -1, _plain("bank_carers"), of_planned=True),
    Measure("bank_at_once", "Further carers at one moment", C, N, -1, _plain("bank_at_once"),
            "The largest number out at once; of several providers, each one's own largest number added up.",
            of_planned=True),
    Measure("cost", "Wages and mileage", M, L, 0, _plain("cost_pence", 0.01),
            "Money that leaves the agency, with on-costs and contracted hours not worked."),
    Measure("price", "Cost of the care", M, L, 0, _plain("price_pence", 0.01),
            "Wages and mileage, running costs and surplus. Less is not better: care that nobody gives costs nothing."),
    Measure("price_per_contact_hour", "Cost of an hour with clients", M, L, 0,
            _share("price_pence", "contact_minutes", HOUR / 100),
            "Surplus included. Less is not better by itself: it falls also where minutes are added that nobody pays "
            "for."),
    Measure("unordered_hours", "Hours with clients that nobody pays for", M, H, 0,
            lambda c: (c["contact_minutes"] - c["ordered_minutes"]) / HOUR,
            "Planned beyond the order, by a policy or for the tasks. They make the cost of an hour with clients fall "
            "and bring nothing in."),
    Measure("travel_per_contact_hour", "Minutes of travel an hour with clients", M, MIN, -1,
            _share("travel_minutes", "contact_minutes", HOUR)),
    Measure("miles_per_contact_hour", "Miles an hour with clients", M, N, -1, _share("miles", "contact_minutes", HOUR)),
    Measure("gap", "Cost with surplus above the rate paid, an ordered hour", M, L, -1, _gap,
            "The rate pays for what is ordered, the cost is that of all minutes. Below zero: the rate covers more than "
            "the cost and the surplus in it."),
    Measure("co2", "CO2 of car miles", M, KG, -1, _plain("co2_grams", 0.001), of_planned=True),
    *_by_band(),
)  # fmt: skip
"""By name unique; the order is that of the tables."""

BY_NAME: dict[str, Measure] = {measure.name: measure for measure in MEASURES}


def measures(counts: Counts) -> dict[str, float | None]:
    """Every measure of these counts; None is an average of nothing."""
    return {measure.name: measure.function(counts) for measure in MEASURES}
