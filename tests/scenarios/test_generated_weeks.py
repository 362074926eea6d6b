"""Made-up weeks can be planned: shifts, rest, hours and carers to choose from."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from scenarios.generate import SHIPPED
from scenarios.generate.drafts import FIRST_START, LAST_END
from scenarios.generate.shifts import PATTERNS
from scheduler.domain import Carer, Relation, Visit
from scheduler.problem import Problem
from scheduler.units import DAY, HOUR
from tests.scenarios.generated import PLANNABLE, loaded

PARTS = {
    "morning": (7 * HOUR, 690),
    "lunch": (690, 15 * HOUR + 30),
    "tea": (15 * HOUR + 30, 1110),
    "bed": (1110, 1335),
}


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_every_pattern_has_a_day_off_and_its_rest_unless_the_carer_leaves_the_choice(pattern):
    assert () in pattern.days
    if pattern.free:
        return
    worked = [
        (d * DAY + spells[0][0], d * DAY + spells[-1][1])
        for d, spells in enumerate(pattern.days * 2)
        if spells
    ]
    for (_, end), (start, _) in pairwise(worked):
        assert start - end >= 11 * HOUR + 15, "11 hours and the journeys home and out again"


@pytest.mark.parametrize("name", PLANNABLE)
def test_visits_and_travel_fill_two_thirds_to_three_quarters_of_the_shifts_and_never_more_than_85_percent(
    name,
):
    """20 % of travel, both carers counted, absences taken off; every part of every day has people to spare."""
    problem = loaded(name)
    work, offered = Counter[tuple[int, str]](), Counter[tuple[int, str]]()
    for visit in problem.visits:
        part = next(p for p, (a, b) in PARTS.items() if a <= visit.preferred % DAY < b)
        minutes = visit.commissioned + ((visit.together or visit.commissioned) if visit.carers == 2 else 0)
        work[visit.day, part] += round(minutes * 1.2)
    for shift in problem.shifts:
        for part, (a, b) in PARTS.items():
            offered[shift.day, part] += max(0, min(shift.end % DAY, b) - max(shift.start % DAY, a))
    assert len(work) == 7 * len(PARTS)
    for key, minutes in work.items():
        assert minutes <= 0.85 * offered[key], (name, key)
    assert 0.66 <= sum(work.values()) / sum(offered.values()) <= 0.75


@pytest.mark.parametrize("name", PLANNABLE)
def test_every_visit_has_carers_to_choose_from(name):
    """Skills, gender, relations and a shift without absence: at least one more than the visit takes."""
    problem = loaded(name)
    for visit in problem.visits:
        able = [carer for carer in problem.carers if can(problem, carer, visit)]
        assert len(able) > visit.carers, visit.id


def can(problem: Problem, carer: Carer, visit: Visit) -> bool:
    client = problem.client(visit.client)
    only = {tie.carer for tie in problem.ties if tie.client == client.id and tie.relation is Relation.ONLY}
    if not visit.skills <= carer.skills or (only and carer.id not in only):
        return False
    if visit.personal_care and client.care_gender and client.care_gender != carer.gender:
        return False
    if problem.relation(client.id, carer.id) is Relation.NEVER:
        return False
    return any(
        max(shift.start, visit.earliest) <= min(shift.end - visit.commissioned, visit.latest)
        for shift in problem.shifts_of(carer.id)
    )


@pytest.mark.parametrize("name", PLANNABLE)
def test_the_weekly_hours_of_the_law_are_far_from_used_up(name):
    """Contact, 20 % of travel and two hours a week of journeys home: under 42 of 48 hours a carer."""
    minutes = sum(
        v.commissioned + ((v.together or v.commissioned) if v.carers == 2 else 0) for v in loaded(name).visits
    )
    assert minutes * 1.2 / HOUR / len(loaded(name).carers) + 2 <= 42


@pytest.mark.parametrize("name", SHIPPED)
def test_links_hold_at_the_preferred_times(name):
    problem = loaded(name)
    assert problem.links
    for link in problem.links:
        first, second = problem.visit(link.first), problem.visit(link.second)
        gap = second.preferred - first.preferred - link.offset
        assert link.at_least is None or gap >= link.at_least
        assert link.at_most is None or gap <= link.at_most


@pytest.mark.parametrize("name", SHIPPED)
def test_all_visits_lie_within_the_day_of_care(name):
    for visit in loaded(name).visits:
        assert visit.earliest % DAY >= FIRST_START
        assert visit.latest % DAY + visit.commissioned <= LAST_END


def test_who_walks_lives_among_the_clients():
    problem = loaded("demo")
    for carer in problem.carers:
        if carer.mode == "foot":
            home = problem.home_of(carer.id)
            near = sum(problem.travel["foot"].minutes[home, c] <= 25 for c in range(len(problem.clients)))
            assert near >= 5
