"""From typed rows that agree with each other to the things of the domain, for one period."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from scheduler.domain import Carer, Client, Link, PastVisit, Purpose, Shift, Tie, Visit
from scheduler.intake.funds import funds
from scheduler.intake.patterns import (
    absence,
    cut,
    days_of,
    is_excepted,
    join,
    nights,
    part_of_day,
    window,
)
from scheduler.intake.places import Places
from scheduler.intake.rows import Agency
from scheduler.intake.settings_table import Values, build_settings, pay_terms
from scheduler.intake.tables import CarerRow, ClientRow, LinkRow, VisitRow
from scheduler.intake.words import Spelling, known_tasks
from scheduler.problem import Problem
from scheduler.settings import Settings
from scheduler.travel import Choice, Journeys
from scheduler.uk import is_personal_care, task_minutes
from scheduler.units import DAY, HOUR, clock, end_clock

UNKNOWN_TIME = 12 * HOUR
"""When a past visit started of which only the day is known."""


def build(
    agency: Agency, places: Places, values: Values, start: date, days: int, choice: Choice
) -> tuple[Problem, Journeys]:
    """The Problem of these days, and what `choice` said of its travel times. Raises TravelError."""
    settings = build_settings(values, start)
    spell = Spelling()
    plans = Counter(row.client for row in agency.visits.rows)
    clients = tuple(_client(row, plans[row.client], places, spell, start) for row in agency.clients.rows)
    carers = tuple(_carer(row, places, values, spell, start) for row in agency.carers.rows)
    where = [client.place for client in clients] + [carer.home for carer in carers]
    journeys = choice.travel(settings.modes, where, sorted({carer.mode for carer in carers}))
    visits = _visits(agency, spell, start, days)
    problem = Problem(
        start=start,
        days=days,
        settings=settings,
        clients=clients,
        carers=carers,
        visits=visits,
        shifts=_shifts(agency, settings, start, days),
        travel=journeys.matrices,
        links=_links(agency, visits, start, days),
        ties=tuple(
            Tie(row.client, row.carer, row.relation, row.reason, row.since.isoformat() if row.since else "")
            for row in agency.relations.rows
        ),
        history=_history(agency, start),
        funds=funds(agency, start),
        travel_source=journeys.source + rush_words(settings, journeys.matrices),
    )
    return problem, journeys


def rush_words(settings: Settings, modes: Iterable[str]) -> str:
    """What is said beside the source of travel times where rush hours are on."""
    slower = [
        f"{mode} x {settings.modes[mode].rush_factor:g}"
        for mode in modes
        if settings.modes[mode].rush_factor > 1
    ]
    if not slower or not settings.rush_hours:
        return ""
    spells = " and ".join(f"{clock(begin)}-{end_clock(end)}" for begin, end in settings.rush_hours)
    return f"; in rush hours ({spells} on working days) {', '.join(slower)}"


def _client(row: ClientRow, plans: int, places: Places, spell: Spelling, start: date) -> Client:
    wider = True if row.wider_package is None and plans > 1 else row.wider_package
    return Client(
        id=row.client,
        name=row.name,
        place=places.of(row),
        interests=spell(row.interests),
        languages=spell(row.languages),
        care_gender="" if row.carer_gender == "any" else row.carer_gender,
        has_advocate=row.family_or_advocate,
        funding=row.funding,
        max_carers=row.max_carers,
        wider_package=wider,
        plan_from=(row.plan_from - start).days if row.plan_from else None,
        area=row.area,
        wishes=row.wishes,
        age_band=row.age_band or "",
        needs=spell(row.needs),
    )


def _carer(row: CarerRow, places: Places, values: Values, spell: Spelling, start: date) -> Carer:
    return Carer(
        id=row.carer,
        name=row.name,
        home=places.of(row),
        mode=row.mode,
        skills=spell(row.skills),
        interests=spell(row.interests),
        languages=spell(row.languages),
        gender=row.gender or "",
        contracted=row.contracted_hours,
        most=row.max_hours,
        wished=row.wished_hours,
        opt_out=row.opt_out_48h,
        young=row.young,
        pay=pay_terms(values, row.mode, row.pay_basis, row.hourly_rate, start),
    )


def visit_id(plan: str, day: date) -> str:
    """The id of one dated visit of a care-plan row: 'C01-am:2026-11-23'."""
    return f"{plan}:{day.isoformat()}"


def _visits(agency: Agency, spell: Spelling, start: date, days: int) -> tuple[Visit, ...]:
    exceptions = defaultdict(list)
    for exception in agency.exceptions.rows:
        exceptions[exception.client].append(exception)
    found = []
    for row in agency.visits.rows:
        for day in days_of(row, start, days):
            on = start + timedelta(days=day)
            if not is_excepted(exceptions[row.client], row.visit, on):
                found.append(_visit(row, day, on, spell))
    return tuple(sorted(found, key=lambda visit: (visit.preferred, visit.id)))


def _visit(row: VisitRow, day: int, on: date, spell: Spelling) -> Visit:
    earliest, latest = window(row)
    tasks = known_tasks(row.tasks)
    return Visit(
        id=visit_id(row.visit, on),
        client=row.client,
        day=day,
        earliest=day * DAY + earliest,
        latest=day * DAY + latest,
        preferred=day * DAY + row.preferred,
        commissioned=row.minutes,
        needed=task_minutes(tasks, on),
        tasks=tasks,
        skills=spell(row.skills),
        carers=row.carers,
        together=row.together_minutes or 0,
        personal_care=any(map(is_personal_care, tasks)) if tasks else row.purpose is Purpose.CARE,
        time_critical=row.time_critical,
        purpose=row.purpose,
        short_agreed=row.short_agreed,
        priority=row.priority or _priority(row),
        part=part_of_day(row),
        plan=row.visit,
        fixed_start=day * DAY + row.preferred if row.fixed_time else None,
        fixed_carers=row.fixed_carers,
    )


def _priority(row: VisitRow) -> int:
    """Where nobody said: a family carer's respite goes before ordinary visits, so that it is not the first to go."""
    if row.time_critical:
        return 1
    return 2 if row.purpose is Purpose.RESPITE else 3


def _shifts(agency: Agency, settings: Settings, start: date, days: int) -> tuple[Shift, ...]:
    absences = defaultdict(list)
    for away in agency.absences.rows:
        absences[away.carer].append(absence(away, start))
    for carer in agency.carers.rows:
        if carer.young:
            absences[carer.carer] += nights(*settings.young_night, days)
    spells = defaultdict(list)
    for row in agency.shifts.rows:
        for day in days_of(row, start, days):
            spells[row.carer, day].append((day * DAY + row.start, day * DAY + row.end))
    return tuple(
        Shift(carer, day, begin, end)
        for (carer, day), found in sorted(spells.items())
        for begin, end in cut(join(found), absences[carer])
    )


def _links(agency: Agency, visits: Iterable[Visit], start: date, days: int) -> tuple[Link, ...]:
    """Each link on each day on which both its visits come within the period."""
    known = {visit.id: visit for visit in visits}
    found = []
    for row in agency.links.rows:
        for day in range(days):
            on = start + timedelta(days=day)
            first = known.get(visit_id(row.first, on))
            second = known.get(visit_id(row.second, on + timedelta(days=row.days_after)))
            if first and second:
                found.append(_link(row, first, second))
    return tuple(found)


def _link(row: LinkRow, first: Visit, second: Visit) -> Link:
    offset = first.commissioned if row.measured_from == "end" else 0
    return Link(first.id, second.id, row.at_least, row.at_most, offset, row.reason)


def _history(agency: Agency, start: date) -> tuple[PastVisit, ...]:
    past = (row for row in agency.history.rows if row.date < start)
    return tuple(
        PastVisit(
            client=row.client,
            carer=row.carer,
            start=(row.date - start).days * DAY + (UNKNOWN_TIME if row.start is None else row.start),
            minutes=row.minutes,
        )
        for row in past
    )
