"""Clients and carers: limits, hours, relations, and skills that nobody has."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.errors import Fault
from scheduler.intake.raw import did_you_mean
from scheduler.intake.rows import Agency
from scheduler.units import HOUR


def client_faults(agency: Agency) -> Iterator[Fault]:
    """A limit of carers that lets nobody in."""
    for row in agency.clients.rows:
        if row.max_carers is not None and row.max_carers < 1:
            cure = "Write 1 or more, or nothing for no limit."
            yield agency.clients.fault(row, "max_carers", "then nobody could come.", cure)


def carer_faults(agency: Agency) -> Iterator[Fault]:
    """Contracts that contradict themselves."""
    sheet = agency.carers
    for row in sheet.rows:
        if row.max_hours is not None and row.contracted_hours > row.max_hours:
            problem = f"this is less than the contracted {row.contracted_hours / HOUR:g} hours."
            yield sheet.fault(row, "max_hours", problem, "Raise it, or correct contracted_hours.")
        if row.hourly_rate == 0:
            cure = "Write the rate, or nothing for the agency's."
            yield sheet.fault(row, "hourly_rate", "nobody works for nothing.", cure)


def relation_faults(agency: Agency) -> Iterator[Fault]:
    """A carer in two relations with one client."""
    first: dict[tuple[str, str], int] = {}
    for row in agency.relations.rows:
        pair = row.client, row.carer
        if pair in first:
            problem = f"row {first[pair]} already says what {row.client} and {row.carer} are to each other."
            yield agency.relations.fault(row, "relation", problem, "Keep one of the two rows.")
        first.setdefault(pair, row.at)


def skill_warnings(agency: Agency) -> Iterator[Fault]:
    """Skills that a visit needs and no carer has; told once a skill."""
    had = {skill.casefold(): skill for row in agency.carers.rows for skill in row.skills}
    told = set()
    for row in agency.visits.rows:
        for skill in row.skills:
            if skill.casefold() not in had and skill.casefold() not in told:
                told.add(skill.casefold())
                visits = sum(
                    skill.casefold() in map(str.casefold, other.skills) for other in agency.visits.rows
                )
                problem = f"no carer has the skill {skill!r}, so nobody can do {visits} row(s) of visits."
                cure = did_you_mean(skill, had.values(), "Train somebody, or record who has it.")
                yield agency.visits.fault(row, "skills", problem, cure)
