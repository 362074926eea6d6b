"""The findings in sentences: what today is, and what each scenario would do, for people, for carers and for money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.catalogue import BASE
from scenarios.report.study import Study
from scenarios.report.words import measure, shown, step
from scenarios.results.compare import Value
from scenarios.results.formula import misleads
from scenarios.results.measures import Unit
from scenarios.run.jobs import Reading

TODAY, ENOUGH = Reading.TODAY, Reading.ENOUGH


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said of one scenario."""

    label: str
    changes: tuple[str, ...]
    sentences: tuple[str, ...]


def today(study: Study) -> list[str]:
    """The week as it is planned now."""
    reading = study.results.readings[0]

    def told(name: str) -> str:
        return shown(study.results.value(name, BASE, reading).mean, measure(name).unit)

    return [
        f"Today {told('visits_asked')} visits a week are asked for; planned afresh {reading.words}, "
        f"{told('unallocated_visits')} of them are left unallocated, and a person sees {told('distinct_carers')} "
        "different carers in 14 days on average.",
        f"The care costs {told('price')} a week, {told('price_per_contact_hour')} an hour with clients, and "
        f"{told('share_30')} of the visits last 30 minutes or more.",
    ]


def findings(study: Study) -> list[Finding]:
    """Each scenario's findings."""
    found = []
    for scenario in study.scenarios:
        sentences: list[str] = []
        if study.has(TODAY):
            sentences += _with_todays_carers(study, scenario.name)
        if study.has(ENOUGH):
            sentences += _with_enough(study, scenario.name)
        sentences.append(_formula(study, scenario.name))
        found.append(Finding(scenario.label, scenario.sentences, tuple(sentences)))
    return found


def _with_todays_carers(study: Study, name: str) -> list[str]:
    def value(key: str) -> Value:
        return study.results.value(key, name, TODAY)

    people = value("unallocated_hours")
    share, carers, price = value("share_30"), value("distinct_carers"), value("price")
    base = study.results.value("unallocated_hours", BASE, TODAY).mean
    told = [
        f"With today\u2019s carers, {_moved('unallocated_hours', people, base)} without a carer "
        f"({shown(value('clients_unallocated').mean, Unit.NUMBER)} people have such a visit); "
        f"{shown(share.mean, Unit.SHARE)} of the planned visits last 30 minutes or more."
    ]
    told.append(
        f"A person sees {shown(carers.mean, Unit.NUMBER)} different carers in 14 days ({_step('distinct_carers', carers)}), "
        f"and visits begin {shown(value('minutes_off').mean, Unit.MINUTES)} from the preferred time "
        f"({_step('minutes_off', value('minutes_off'))})."
    )
    pay = value("true_hourly")
    told.append(
        f"Carers really earn {shown(pay.mean, Unit.POUNDS)} an hour of visits, travel and waiting "
        f"({_step('true_hourly', pay)}); {shown(value('wage_shortfalls').mean, Unit.NUMBER)} pay periods are below the "
        "minimum wage."
    )
    told.append(
        f"The care costs {shown(price.mean, Unit.POUNDS)} a week ({_step('price', price)}), "
        f"{shown(value('price_per_contact_hour').mean, Unit.POUNDS)} an hour with clients."
    )
    return told


def _with_enough(study: Study, name: str) -> list[str]:
    hours, price = (study.results.value(key, name, ENOUGH) for key in ("bank_hours", "price"))
    base = study.results.value("bank_hours", BASE, ENOUGH).mean
    at_once = study.results.value("bank_at_once", name, ENOUGH).high
    told = [
        f"With as many carers as it takes, further carers work {shown(hours.mean, Unit.HOURS)} a week (today's week "
        f"takes {shown(base, Unit.HOURS)}; {_step('bank_hours', hours)}), {shown(at_once, Unit.NUMBER)} of them at one "
        f"moment at the most{_mostly(study, name)}; the care then costs {shown(price.mean, Unit.POUNDS)} a week "
        f"({_step('price', price)})."
    ]
    left = study.results.value("unallocated_visits", name, ENOUGH)
    if left.mean:
        told.append(
            f"Even so {shown(left.mean, Unit.NUMBER)} visits are left: what stands in their way is not the number of "
            "carers (a wish for one carer only, links between visits, travel), or the search was too short."
        )
    if study.results.mean(name, ENOUGH)["bank_too_few"]:
        told.append("All the made-up carers were used, so the true need may be larger.")
    return told


def _mostly(study: Study, name: str) -> str:
    """Where the need is greatest: when, and which skill."""
    times: dict[str, float] = {}
    skills: dict[str, float] = {}
    for (_, scenario, reading, _), outcome in study.results.outcomes.items():
        if (scenario, reading) == (name, ENOUGH):
            for kind, into in (("by_time", times), ("by_skill", skills)):
                for key, minutes in outcome["need"][kind].items():
                    into[key] = into.get(key, 0) + minutes
    if not times:
        return ""
    when = max(times, key=lambda key: (times[key], key))
    skill = max(skills, key=lambda key: (skills[key], key))
    return f", mostly {when}; {'what is asked for most is ' + skill if skill != 'no special skill' else 'most of it takes no special skill'}"


def _formula(study: Study, name: str) -> str:
    reading = study.results.readings[0]
    base, scenario = study.results.mean(BASE, reading), study.results.mean(name, reading)
    return misleads(base, scenario, scenario["price_pence"] - base["price_pence"], reading.words)


def _moved(key: str, value: Value, base: float) -> str:
    unit = measure(key).unit
    if not any(value.differences):
        return f"{shown(value.mean, unit)} a week are left, as today,"
    if not value.clear:
        return (
            f"{shown(value.mean, unit)} a week are left (no clear difference to today's {shown(base, unit)})"
        )
    return f"{shown(value.mean, unit)} a week are left (today {shown(base, unit)}, {step(value.difference, unit)})"


def _step(key: str, value: Value) -> str:
    if not any(value.differences):
        return "as today"
    if not value.clear:
        return "no clear difference"
    return f"{step(value.difference, measure(key).unit)} against today"


def unclear_note(seeds: Sequence[int]) -> str:
    """Why so much may be unclear."""
    if len(seeds) == 1:
        return "Only one seed was planned, so that no difference can be called clear: give --seeds 3 or more."
    return ""
