"""The findings in sentences: what today is, and what each scenario would do, for people, for carers and for money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.bank import NO_SKILL
from scenarios.catalogue import BASE
from scenarios.report.few import people_of
from scenarios.report.study import Study
from scenarios.report.words import against_today, measure, shown
from scenarios.results.compare import LEAST_SEEDS, Value
from scenarios.results.formula import misleads
from scenarios.results.measures import Unit
from scenarios.run.jobs import Reading
from scheduler.report.fairness.groups import SMALL

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
        f"Today {told('visits_asked')} visits {study.each} are asked for; planned afresh {reading.words}, "
        f"{told('unallocated_visits')} of them are left unallocated, and a person sees {told('distinct_carers')} "
        "different carers in 14 days on average.",
        f"The care costs {told('price')} {study.each}, {told('price_per_contact_hour')} an hour with clients"
        f"{_unpaid(study.results.value('unordered_hours', BASE, reading))}, and "
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
            sentences += _with_enough(study, scenario.name, scenario.pool)
        sentences.append(_formula(study, scenario.name))
        found.append(Finding(scenario.label, scenario.sentences, tuple(sentences)))
    return found


def _with_todays_carers(study: Study, name: str) -> list[str]:
    def value(key: str) -> Value:
        return study.results.value(key, name, TODAY)

    def told(key: str) -> str:
        one = value(key)
        return f"{shown(one.mean, measure(key).unit)} ({against_today(one, measure(key))})"

    below, an_hour = value("wage_shortfalls").mean, shown(value("price_per_contact_hour").mean, Unit.POUNDS)
    return [
        f"With today\u2019s carers, {_left(value('unallocated_hours'), value('clients_unallocated'), study.each)}; "
        f"{shown(value('share_30').mean, Unit.SHARE)} of the planned visits last 30 minutes or more.",
        f"A person sees {told('distinct_carers')} different carers in 14 days, and visits begin {told('minutes_off')} "
        "from the preferred time.",
        f"Carers really earn {told('true_hourly')} an hour of visits, travel and waiting; "
        f"{f'{below:,.1f} pay periods are' if below else 'no pay is'} below the minimum wage.",
        f"The care costs {told('price')} {study.each}, {an_hour} an hour with clients"
        f"{_unpaid(value('unordered_hours'))}.",
    ]


def _unpaid(hours: Value) -> str:
    """Beside the cost of an hour: what makes it fall and brings nothing in."""
    told = shown(hours.mean, Unit.HOURS)
    if told == shown(0.0, Unit.HOURS):
        return ""
    return f" ({told} beyond the order, which nobody pays for, make that fall)"


def _left(hours: Value, people: Value, each: str) -> str:
    """How many hours are left without a carer."""
    if not hours.mean:
        return "no visit is left without a carer" + (", as today" if not any(hours.differences) else "")
    return (
        f"{shown(hours.mean, Unit.HOURS)} of care {each} are left without a carer "
        f"({against_today(hours, measure('unallocated_hours'))}), of {shown(people.mean, Unit.NUMBER)} "
        f"{'person' if people.mean == 1 else 'people'}"
    )


def _with_enough(study: Study, name: str, pooled: bool) -> list[str]:
    hours, price = (study.results.value(key, name, ENOUGH) for key in ("bank_hours", "price"))
    at_once = shown(study.results.value("bank_at_once", name, ENOUGH).high, Unit.NUMBER)
    most = (
        f"the most at one moment, added up over the providers, {at_once}"
        if study.several and not pooled
        else f"{at_once} of them at one moment at the most"
    )
    more = against_today(price, measure("price"))
    cost = f"the care then costs {shown(price.mean, Unit.POUNDS)} {study.each} ({more})"
    if hours.mean:
        told = [
            f"With as many carers as it takes, further carers work {shown(hours.mean, Unit.HOURS)} {study.each} "
            f"({against_today(hours, measure('bank_hours'))}), {most}{_mostly(study, name)}; {cost}."
        ]
    else:
        told = [f"No further carer is needed; {cost}."]
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
    if skill == NO_SKILL:
        what = "; no special skill is asked for most"
    elif len(people_of(study)[1][skill]) >= SMALL:
        what = f"; the skill asked for most is {skill}"
    else:
        what = ""  # it would be somebody's
    return f", most of all on {when}{what}"


def _formula(study: Study, name: str) -> str:
    reading = study.results.readings[0]
    base, scenario = study.results.mean(BASE, reading), study.results.mean(name, reading)
    clear = study.results.value("price", name, reading).clear
    return misleads(base, scenario, reading.words, clear, study.days)


def unclear_note(seeds: Sequence[int]) -> str:
    """Why so much may be unclear."""
    if len(seeds) < LEAST_SEEDS:
        planned = "one seed was" if len(seeds) == 1 else f"{len(seeds)} seeds were"
        return f"Only {planned} planned, so that no difference can be called clear: give --seeds {LEAST_SEEDS} or more."
    return ""
