"""Forty events, one after the other."""

from __future__ import annotations

from random import Random

import pytest

from scheduler.errors import InputError
from scheduler.repair import Event, begin, propose, take_in
from scheduler.solve import solve
from tests.builders import some_settings
from tests.random_problems import a_random_problem
from tests.repair.day import nothing_hard


@pytest.mark.parametrize("seed", [4, 7, 9])
def test_a_day_of_forty_events_stays_legal_after_each(seed):
    """Random events through a day; after each the checker passes, what has begun is as it was, and just those promises
    are counted that were changed."""
    problem = a_random_problem(3, clients=6, carers=6, days=2, visits=24, settings=some_settings(modes={}))
    rota = solve(problem, iterations=400, workers=1, exact=False).rota
    dice, current, now, taken = Random(seed), rota, 6 * 60, 0
    events: list[Event] = []
    promises = 0
    while taken < 40 and now < 22 * 60:
        now += dice.randint(2, 8)
        event = an_event(dice, problem, now)
        try:
            day = take_in(begin(problem, current, 0, rota), [*events, event])
        except InputError:  # it makes no sense, and is refused
            continue
        events.append(event)
        taken += 1
        first, *others = propose(day, iterations=25, workers=1)
        done = [leg for leg in day.rota.legs if leg.start < now]
        for proposal in (first, *others):
            nothing_hard(day, proposal)
            assert set(done) <= set(proposal.written.legs)
        assert first.changed == len(otherwise(current, first.rota, day.problem))
        promises += first.changed
        current = first.written
    assert taken == 40
    assert promises > 0


def otherwise(before, after, problem):
    """Visits of which a client was told something that does not hold any more; nobody is told of a cancelled one."""
    tolerance, found = problem.settings.told_tolerance, set()
    for id in set(before.legs_by_visit) & set(problem.visit_index):
        old, new = before.of_visit(id), after.of_visit(id)
        at, promise = old[0].start, problem.promises.get(id)
        if promise and abs(promise.start - at) <= tolerance:
            at = promise.start
        moved = not new or (new[0].start != old[0].start and abs(new[0].start - at) > tolerance)
        if moved or {leg.carer for leg in old} != {leg.carer for leg in new}:
            found.add(id)
    return found


def an_event(dice, problem, now):
    """Something that happens at that minute; it may make no sense."""
    carer, client = dice.choice(problem.carers).id, dice.choice(problem.clients).id
    visit = dice.choice(problem.visits).id
    return dice.choice(
        [
            Event(now, "absent", carer=carer, until=now + 120),
            Event(now, "late", carer=carer, minutes=dice.randint(5, 40)),
            Event(now, "cancelled", visit=visit),
            Event(now, "hospital_in", client=client),
            Event(now, "hospital_out", client=client),
            Event(now, "new_package", client=client, client_time=now + 60, minutes=30, days=(0,)),
            Event(now, "longer", visit=visit, minutes=dice.randint(30, 90)),
            Event(now, "roads", percent=dice.choice([10, 30]), until=now + 60),
            Event(now, "never", client=client, carer=carer),
            Event(now, "no_reply", visit=visit),
        ]
    )
