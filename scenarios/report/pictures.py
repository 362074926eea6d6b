"""From the results to the numbers that each chart shows."""

from __future__ import annotations

import json
from dataclasses import dataclass

from scenarios.catalogue import BASE
from scenarios.report import charts
from scenarios.report.study import Study
from scenarios.results.counts import BANDS
from scenarios.results.formula import by_length, predicted
from scenarios.run.jobs import Outcome, Reading, as_counted
from scheduler.report.words import short_date
from scheduler.rota import Rota
from scheduler.rota_json import from_json
from scheduler.units import HOUR

_WORDS = ("up to 15 min", "16 to 30", "31 to 45", "over 45")


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing and what it shows."""

    svg: str
    caption: str


def pictures(study: Study) -> list[Picture]:
    """The four charts."""
    return [_missing(study), _money(study), _lengths(study), _carers(study)]


def _range(study: Study, key: str, reading: Reading) -> list[tuple[float, float, float]]:
    values = [study.results.value(key, name, reading) for name in study.names]
    return [(value.mean or 0.0, value.low or 0.0, value.high or 0.0) for value in values]


def _missing(study: Study) -> Picture:
    series = {}
    if study.has(Reading.TODAY):
        series["Unallocated with today\u2019s carers"] = _range(study, "unallocated_hours", Reading.TODAY)
    if study.has(Reading.ENOUGH):
        series["Worked by further carers, as many as it takes"] = _range(study, "bank_hours", Reading.ENOUGH)
    words = f"Hours {study.each} without a carer, and hours that further carers would work, by scenario"
    labels = [study.label(name) for name in study.names]
    return Picture(
        charts.bars("missing", words, labels, series, f"Hours {study.each}"),
        "Who would do the work? Lines show the range over the seeds.",
    )


def _money(study: Study) -> Picture:
    """What the period costs more than today, planned and by the formula."""
    names = study.names[1:]
    series: dict[str, list[tuple[float, float, float]]] = {}
    for reading in study.results.readings:
        values = [study.results.value("price", name, reading) for name in names]
        series[f"Planned {reading.words}"] = [
            (value.difference, min(value.differences), max(value.differences)) for value in values
        ]
    reading = study.results.readings[0]
    today = study.results.mean(BASE, reading)
    more = [
        (predicted(today, study.results.mean(name, reading)) - predicted(today, today)) / 100
        for name in names
    ]
    series["By the formula"] = [(value, value, value) for value in more]
    words = f"What the care costs {study.each} more than today, planned again and by the formula, by scenario"
    return Picture(
        charts.bars(
            "money",
            words,
            [study.label(name) for name in names],
            series,
            f"\u00a3 {study.each} more than today",
        ),
        f"The formula prices minutes; the planned {study.noun} also finds out whether anybody is free, and how far "
        "they travel.",
    )


def _lengths(study: Study) -> Picture:
    reading = study.results.readings[0]
    series: dict[str, list[float | None]] = {}
    for name in study.names:
        counts = study.results.mean(name, reading)
        series[study.label(name)] = [
            counts[f"price_pence_{n}"] * HOUR / 100 / counts[f"contact_minutes_{n}"]
            if counts[f"contact_minutes_{n}"]
            else None
            for n in BANDS
        ]
    today = study.results.mean(BASE, reading)
    series["Today, by the formula"] = [
        pence * HOUR / length / 100 for length, pence in by_length(today, today).items()
    ]
    words = "Cost of an hour with clients by the length of the visit, by scenario"
    return Picture(
        charts.lines("lengths", words, _WORDS, series, "\u00a3 an hour with clients"),
        "Short visits cost more an hour, because the way to them is as long.",
    )


def _carers(study: Study) -> Picture:
    series = {
        f"Planned {reading.words}": _range(study, "distinct_carers", reading)
        for reading in study.results.readings
    }
    words = "Different carers whom a person sees in 14 days, mean, by scenario"
    labels = [study.label(name) for name in study.names]
    return Picture(
        charts.bars("faces", words, labels, series, "Different carers in 14 days"),
        "Fewer is better. Further carers are strangers at first.",
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """One day before and after."""

    caption: str
    before: str
    after: str


def map_pair(study: Study) -> Pair | None:
    """The busiest day of the first agency, today and under the scenario that leaves most unallocated; None where
    providers are planned together only."""
    reading, seed = study.results.readings[0], study.results.seeds[0]
    agency, problem = next(iter(study.agencies.items()))
    outcomes = study.results.outcomes
    here = [name for name in study.names[1:] if (agency, name, reading, seed) in outcomes]
    if not here or not problem.clients or not problem.visits:
        return None
    chosen = max(
        here, key=lambda name: outcomes[agency, name, reading, seed]["counts"]["unallocated_minutes"]
    )
    scenario = next(one for one in study.scenarios if one.name == chosen)
    changed = as_counted(problem, scenario.changes, reading)
    day = max(range(problem.days), key=lambda day: sum(visit.day == day for visit in problem.visits))
    on = short_date(problem.date_of(day))
    base = as_counted(problem, (), reading)
    return Pair(
        f"{problem.settings.agency}, {on}, {reading.words}, seed {seed}. A line is one carer\u2019s day, a red cross a "
        f"person whose visit nobody makes. Left: today. Right: {scenario.label}.",
        charts.small_map(
            "before", f"Map of {on} today", rota_of(outcomes[agency, BASE, reading, seed]), base, day
        ),
        charts.small_map(
            "after",
            f"Map of {on}: {scenario.label}",
            rota_of(outcomes[agency, chosen, reading, seed]),
            changed,
            day,
        ),
    )


def rota_of(outcome: Outcome) -> Rota:
    """The rota of a run."""
    return from_json(json.dumps(outcome["rota"]))
