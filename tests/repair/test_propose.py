"""Proposals: what is done stays, nothing hard is broken, few promises change, time-critical visits first."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random

import pytest

from scheduler.check import check
from scheduler.errors import InputError
from scheduler.repair import Event, begin, people_to_tell, propose, take_in
from scheduler.repair.cover import cover_list
from scheduler.repair.package_answer import package_answers
from scheduler.repair.propose import affected_days
from scheduler.repair.ways import WAYS, priced
from scheduler.rota import Rota
from scheduler.solve import solve
from scheduler.travel.minutes import ModeFactors
from scheduler.verdict import place
from tests.builders import (
    a_carer,
    a_client,
    a_leg,
    a_problem,
    a_rota,
    a_shift,
    a_visit,
    minute,
    some_settings,
)
from tests.random_problems import a_random_problem

SEVEN = minute("07:00")
MODES = {mode: ModeFactors(0.1, 1.0, 0) for mode in ("car", "motorcycle", "bicycle", "foot")}


def ways(day, **changes):
    return list(propose(day, **{"iterations": 80, "workers": 1, **changes}))


def nothing_hard(day, proposal):
    assert proposal.report.hard == ()
    assert check(proposal.rota, day.problem).hard == ()


@pytest.fixture
def week():
    """Four visits on Monday by Aled, one on Tuesday by Bethan, who is there on Monday too."""
    visits = [a_visit(f"at {hour}", f"{hour:02}:00", f"client {hour}") for hour in (6, 8, 10, 12)]
    visits.append(a_visit("tuesday", "Tue 08:00"))
    shifts = [a_shift(c, f"{d}05:00", f"{d}15:00") for c in ("aled", "bethan", "carys") for d in ("", "Tue ")]
    problem = a_problem(visits, [a_carer(c) for c in ("aled", "bethan", "carys")], shifts=shifts)
    legs = [a_leg(f"at {hour}", "aled", f"{hour:02}:00") for hour in (6, 8, 10, 12)]
    return problem, a_rota(*legs, a_leg("tuesday", "bethan", "Tue 08:00"))


def test_a_carer_who_is_ill_is_covered_and_what_was_done_stays(week):
    day = _ill(week)
    assert affected_days(day) == {0}
    for proposal in ways(day):
        nothing_hard(day, proposal)
        assert proposal.unallocated == ()
        assert proposal.written.of_visit("at 6") == week[1].of_visit("at 6")
        assert proposal.written.of_visit("tuesday") == week[1].of_visit("tuesday")
        assert all(leg.start >= SEVEN for leg in proposal.rota.legs if leg.carer != "aled")
        assert proposal.changed == 3


def _ill(week):
    return take_in(begin(week[0], week[1], 0), [Event(SEVEN, "absent", carer="aled")])


def test_nothing_happened_and_nobody_is_told_anything(week):
    first = ways(take_in(begin(week[0], week[1], 0), [], now=SEVEN))[0]
    assert (first.written.legs, first.tell, first.differences, first.money) == (week[1].legs, (), (), 0)


def test_proposals_are_made_again_from_the_same_day(week):
    again = [[p.rota.legs for p in ways(_ill(week))] for _ in range(2)]
    assert again[0] == again[1]


def test_ways_that_come_to_the_same_are_one(week):
    assert len(ways(take_in(begin(week[0], week[1], 0), [], now=minute("Tue 20:00")))) == 1


def test_a_locked_visit_stays_unless_an_event_is_about_it(week):
    problem, rota = week
    day = take_in(begin(problem, rota, 0), [Event(SEVEN, "never", client="client 8", carer="aled")])
    (first, *_) = ways(day, locked=["at 8", "at 10"])
    assert first.rota.of_visit("at 10") == rota.of_visit("at 10")
    assert first.rota.of_visit("at 8")[0].carer != "aled"


def test_who_took_a_visit_over_this_morning_can_be_late_for_it(week):
    """Carys was told nothing at first; the repair at seven gives her a visit at eight, and then her car does not start.
    Both repairs together changed what is counted in all, and the one that is late again is counted once."""
    problem, rota = week
    ill = Event(SEVEN, "absent", carer="aled")
    first = rota.without(["at 8", "at 10", "at 12"]).with_legs(
        [
            a_leg("at 8", "carys", "08:00"),
            a_leg("at 10", "bethan", "10:00"),
            a_leg("at 12", "bethan", "12:00"),
        ]
    )
    late = Event(SEVEN + 10, "late", carer="carys", minutes=40)
    day = take_in(begin(problem, first, 0, rota), [ill, late])
    assert all(
        s.start >= minute("08:40")
        for s in day.problem.shifts_of("carys")
        if s.end > SEVEN + 10 and s.day == 0
    )
    second = ways(day)[0]
    nothing_hard(day, second)
    (leg,) = second.rota.of_visit("at 8")
    assert leg.carer != "carys" or leg.start >= minute("08:40")
    assert second.changed_in_all == 3
    assert second.changed < 3
    assert f"{second.changed} promise" in str(second)
    assert "(3 in all)" in str(second)


def test_a_visit_of_another_day_that_had_nobody_is_left_alone(week):
    problem, rota = week
    day = take_in(begin(problem, rota.without(["tuesday"]), 0), [Event(SEVEN, "absent", carer="aled")])
    assert affected_days(day) == {0}


def test_each_way_has_its_prices_and_the_first_prices_changes_most(week):
    prices = [priced(week[0], way).settings.prices for way in WAYS]
    assert [one["changes.other_carer"] for one in prices] == [5000, 200, 1000]
    assert prices[2]["continuity.new_face"] == 3 * prices[0]["continuity.new_face"]


def test_few_changes_where_a_free_plan_makes_many():
    """Twelve visits that anybody could do a little cheaper: with a price nobody else's carer changes."""
    visits = [a_visit(f"v{i}", 8 * 60 + 40 * i, f"c{i}", slack=60) for i in range(9)]
    staff = [a_carer(c) for c in ("aled", "bethan", "carys")]
    shifts = [a_shift(c.id, "06:00", "20:00") for c in staff]
    problem = a_problem(visits, staff, shifts=shifts, days=1)
    rota = a_rota(*(a_leg(v.id, staff[i % 3].id, v.preferred) for i, v in enumerate(visits)), days=1)
    day = take_in(begin(problem, rota, 0), [Event(SEVEN, "absent", carer="aled")])
    first = ways(day, iterations=300)[0]
    assert first.unallocated == ()
    changed = {v.id for v in visits if {leg.carer for leg in first.rota.of_visit(v.id)} != {
        leg.carer for leg in rota.of_visit(v.id)}}  # fmt: skip
    assert changed == {"v0", "v3", "v6"}


# -- time-critical visits, against every way there is -----------------------------------------------------------------


def most_critical(problem, rota, now):
    """How many time-critical visits of those that have not begun can be placed at the most: every carer for every
    visit, at every tenth minute of its window, tried in turn."""
    done = Rota(rota.start, rota.days, tuple(leg for leg in rota.legs if leg.start < now))
    todo = [v for v in problem.visits if v.time_critical and not done.of_visit(v.id)]
    best = 0
    options = [
        [
            None,
            *(
                (carer.id, at)
                for carer in problem.carers
                for at in range(v.earliest, v.latest + 1, 10)
                if at >= now
            ),
        ]
        for v in todo
    ]
    for choice in product(*options):
        placed = done
        for visit, option in zip(todo, choice, strict=True):
            if option is not None:
                placed = place(placed, visit, [option[0]], option[1], problem)
        count = sum(option is not None for option in choice)
        if count > best and not check(placed, problem).hard:
            best = count
    return best


@pytest.mark.parametrize("seed", range(6))
def test_time_critical_visits_are_placed_where_any_legal_way_exists(seed):
    """Three carers, one of them ill at seven; three time-critical visits and three others compete."""
    dice = Random(seed)
    visits = [
        a_visit(f"v{i}", 420 + 30 * dice.randint(1, 5), f"c{i}", slack=10, time_critical=i < 3,
                priority=3, skills=frozenset({"insulin"} if i == 0 else ()))
        for i in range(6)
    ]  # fmt: skip
    staff = [
        a_carer(c, skills=frozenset({"insulin"} if c != "carys" else ())) for c in ("aled", "bethan", "carys")
    ]
    shifts = [a_shift(c.id, "06:00", "14:00") for c in staff]
    problem = a_problem(visits, staff, shifts=shifts, days=1)
    rota = solve(problem, iterations=200, workers=1).rota
    day = take_in(begin(problem, rota, 0), [Event(SEVEN, "absent", carer="aled")])
    first = ways(day, iterations=200)[0]
    nothing_hard(day, first)
    placed = sum(bool(first.rota.of_visit(v.id)) for v in visits if v.time_critical)
    assert placed == most_critical(day.problem, day.rota, day.now)


# -- slow roads -------------------------------------------------------------------------------------------------------


def test_on_slow_roads_there_is_time_for_the_slower_way():
    """Two visits that are 20 minutes apart and planned so: at 50 % more, 30 minutes are left between them."""
    visits = [a_visit("here", "08:00", "mary"), a_visit("there", "08:50", "nan", slack=60)]
    problem = a_problem(
        visits,
        clients=[a_client("mary", 0), a_client("nan", 20)],
        shifts=[a_shift("aled", "06:00", "14:00")],
        days=1,
    )
    rota = a_rota(a_leg("here", "aled", "08:00"), a_leg("there", "aled", "08:50"), days=1)
    day = take_in(begin(problem, rota, 0), [Event(SEVEN, "roads", percent=50)])
    first = ways(day)[0]
    here, there = first.rota.of_visit("here")[0], first.rota.of_visit("there")[0]
    assert there.start - here.end >= 30
    after = take_in(
        begin(problem, rota, 0), [Event(SEVEN, "roads", percent=50, until=minute("07:30"))], now=460
    )
    assert ways(after)[0].rota.legs == rota.legs, "they are quick again by then"


def test_a_slow_evening_leaves_the_night_before_tomorrow_free():
    """Aled begins at 06:00 tomorrow, an hour from home, so that he must be home by 18:00: on slow roads the tea visit
    would end too late, and is left to nobody rather than break his rest."""
    visits = [a_visit("tea", "16:10", "mary", slack=60), a_visit("dawn", "Tue 06:00", "mary", slack=0)]
    problem = a_problem(
        visits,
        clients=[a_client("mary", 60)],
        shifts=[a_shift("aled", "08:00", "20:00"), a_shift("aled", "Tue 05:00", "Tue 12:00")],
        days=2,
    )
    rota = a_rota(a_leg("tea", "aled", "16:25"), a_leg("dawn", "aled", "Tue 06:00"), days=2)
    assert check(rota, problem).hard == ()
    events = [Event(SEVEN, "roads", percent=20), Event(SEVEN + 1, "longer", visit="tea", minutes=80)]
    day = take_in(begin(problem, rota, 0), events)
    for proposal in ways(day):
        nothing_hard(day, proposal)
        assert proposal.rota.of_visit("dawn") == rota.of_visit("dawn")


# -- who is told, who could cover, can we take it ---------------------------------------------------------------------


def test_people_to_tell_by_hand(week):
    problem, rota = week
    after = rota.without(["at 8", "at 10"]).with_legs([a_leg("at 8", "bethan", "08:20")])
    told = people_to_tell(rota, after, problem)
    assert [(one.who, one.id, one.sentence) for one in told] == [
        (
            "carer",
            "aled",
            "Not yours any more: Client 8, Mon 08:00. Not yours any more: Client 10, Mon 10:00.",
        ),
        ("carer", "bethan", "New: Client 8, Mon 08:20, 30 minutes."),
        (
            "client",
            "client 8",
            "Mon 08:00: Bethan comes instead of Aled, and it is at 08:20 instead of 08:00.",
        ),
        ("client", "client 10", "Mon 10:00: nobody can come; we are still looking, and will ring you."),
    ]


def test_a_small_shift_of_time_is_told_to_the_carer_alone(week):
    problem, rota = week
    after = rota.without(["at 8"]).with_legs([a_leg("at 8", "aled", "08:10")])
    assert [(one.who, one.sentence) for one in people_to_tell(rota, after, problem)] == [
        ("carer", "Client 8: Mon 08:10 for 30 minutes, instead of 08:00 for 30.")
    ]


def test_two_small_shifts_that_make_a_large_one_are_told_to_the_client(week):
    problem, rota = week
    problem = problem.replace(published=rota.promises())
    assert problem.settings.told_tolerance == 15
    first, second = (
        rota.without(["at 8"]).with_legs([a_leg("at 8", "aled", at)]) for at in ("08:10", "08:20")
    )
    assert "client" not in {one.who for one in people_to_tell(rota, first, problem)}
    assert [one.sentence for one in people_to_tell(first, second, problem) if one.who == "client"] == [
        "Mon 08:00: it is at 08:20 instead of 08:00."
    ]


def test_the_client_of_a_package_hears_that_it_is_off_when_the_repair_is_undone(week):
    problem, rota = week
    problem = problem.replace(settings=some_settings(modes=MODES))
    call = Event(
        SEVEN, "new_package", client="new", name="Nora", lat=51.0, lon=-3.0, client_time=840, minutes=30
    )
    asked = take_in(begin(problem, rota, 0), [replace(call, until=1440)]).recorded()
    (id,) = set(asked.visit_index) - set(problem.visit_index)
    applied = rota.with_legs([a_leg(id, "aled", "14:00")])
    assert [
        (one.who, one.name, one.sentence)
        for one in people_to_tell(applied, rota, problem, asked, undone=True)
    ] == [
        ("carer", "Aled", "Not yours any more: Nora, Mon 14:00."),
        ("client", "Nora", "Mon 14:00: nobody comes after all; what was told of this visit does not hold."),
    ]


def test_the_cover_list_asks_who_wishes_for_hours_first():
    """Mary's tea has nobody; Bethan and Carys are off, and only Carys wishes for more hours."""
    staff = [a_carer("aled"), a_carer("bethan"), a_carer("carys", wished=600)]
    problem = a_problem([a_visit("tea", "16:00")], staff, shifts=[a_shift("aled", "06:00", "10:00")])
    asked = cover_list(a_rota(), problem, now=SEVEN)
    assert asked[0].carer.id == "carys"
    assert {cover.carer.id for cover in asked} == {"aled", "bethan", "carys"}
    assert asked[0].visits == ("tea",)
    assert (asked[0].spell.start, asked[0].spell.end) == (minute("16:00"), minute("16:30"))
    assert "wishes for 10 h more this week" in str(asked[0])
    assert str(asked[0]).endswith(" less than with nobody.")
    assert cover_list(a_rota(), problem, now=minute("17:00")) == []


def test_nobody_asks_a_carer_who_is_ill_for_an_extra_spell():
    staff = [a_carer("aled"), a_carer("bethan")]
    problem = a_problem([a_visit("tea", "16:00")], staff, shifts=[a_shift("aled", "06:00", "10:00")])
    day = take_in(begin(problem, a_rota(), 0), [Event(SEVEN, "absent", "aled")])
    assert [one.carer.id for one in cover_list(day.rota, day.problem, day.now, day.absent)] == ["bethan"]


def test_can_we_take_it_names_team_times_and_what_nobody_can_do(week):
    problem, rota = week
    calls = [
        Event(SEVEN, "new_package", client="client 8", client_time=at, minutes=30, days=(0,))
        for at in (minute("09:00"), minute("20:00"))
    ]
    day = take_in(begin(problem, rota, 0), calls)
    (answer,) = package_answers(day, ways(day)[0])
    assert len(answer.times) == 1
    assert answer.left == ("client 8-2000:2026-11-02",)
    assert sum(count for _, count in answer.team) == 1
    assert answer.others == ()
    assert "1 of 2 calls have somebody" in str(answer)
    assert "Nobody can come: Mon 20:00." in str(answer)


# -- forty events, one after the other --------------------------------------------------------------------------------


def test_a_day_of_forty_events_stays_legal_after_each():
    """Random events through a day; after each the checker passes, and no promise is counted that was not changed."""
    problem = a_random_problem(3, clients=6, carers=6, days=2, visits=24, settings=some_settings(modes={}))
    rota = solve(problem, iterations=400, workers=1, exact=False).rota
    dice, current, now, taken = Random(1), rota, 6 * 60, 0
    events: list[Event] = []
    promises = 0
    while taken < 40 and now < 22 * 60:
        now += dice.randint(5, 25)
        event = an_event(dice, problem, now)
        try:
            day = take_in(begin(problem, current, 0, rota), [*events, event])
        except InputError:  # it makes no sense, and is refused
            continue
        events.append(event)
        taken += 1
        first = next(propose(day, iterations=25, workers=1))
        assert check(first.rota, day.problem).hard == ()
        promises += first.changed
        current = first.written
    assert taken >= 25
    assert promises > 0


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
