"""Groups of few people are not told alone: a need of an area or a skill would be somebody's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from scenarios.bank import NO_SKILL
from scenarios.report.study import Study
from scheduler.report.fairness.groups import SMALL, UNKNOWN

OTHERS, FEW = "others", f"not shown: fewer than {SMALL} people"
"""Rows of groups that are too small to be told alone."""

Needed = Mapping[str, Sequence[float | None]]
"""Group -> hours under each scenario of the study."""
People = defaultdict[str, set[tuple[str, str]]]
"""Group -> (agency, client)."""


def people_of(study: Study) -> tuple[People, People]:
    """Area -> its people with visits today, and skill -> the people with visits that ask for it."""
    areas: People = defaultdict(set)
    skills: People = defaultdict(set)
    for agency, problem in study.agencies.items():
        for visit in problem.visits:
            person = agency, visit.client
            areas[problem.client(visit.client).area or UNKNOWN].add(person)
            for skill in visit.skills or (NO_SKILL,):
                skills[skill].add(person)
    return areas, skills


def of_enough(needed: Needed, people: People) -> Needed:
    """The same with the groups of few people as one row, which has no numbers where it would still be of few. As in
    the fairness report nobody may be found by subtraction: the next larger group joins them where it must."""
    ranked = sorted(needed, key=lambda key: (len(people[key]), key))
    few = [key for key in ranked if len(people[key]) < SMALL]
    if not few:
        return needed
    together = set[tuple[str, str]]().union(*(people[key] for key in few))
    for key in ranked[len(few) :]:
        if len(together) < SMALL:
            few.append(key)
            together |= people[key]
    told = {key: hours for key, hours in needed.items() if key not in few}
    if len(together) < SMALL:
        return {**told, FEW: [None for _ in needed[few[0]]]}
    return {**told, OTHERS: [sum(column) for column in zip(*(needed[key] for key in few), strict=True)]}
