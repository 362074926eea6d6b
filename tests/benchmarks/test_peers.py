"""Side by side: what is taken away for a peer, days as a routing library sees them, and the judge, worked by hand."""

import dis
import os
import time

import pytest

from benchmarks.peers.base import EVERYBODY_SAYS, PeerUnavailable, Waiting, Words
from benchmarks.peers.command import PEERS
from benchmarks.peers.day import Planned, days_of, rota_of
from benchmarks.peers.in_turn import in_turn, side_by_side
from benchmarks.peers.legal import made_legal
from benchmarks.peers.score import floor, score
from benchmarks.peers.subset import put_together, subset_of, taken_apart
from benchmarks.peers.timefold import first_plan, starts_of
from scheduler.check import check
from scheduler.domain import Link, PayBasis, PayTerms
from scheduler.rules import RULES, rule
from tests.benchmarks.lazy_peers import EVERYBODY
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_shift, a_visit


def names(rules):
    return {rule.name for rule in rules}


def a_day(*visits, carers=None, **rest):
    """The only day of a problem, on everybody's rules."""
    problem = a_problem(visits, carers, days=1, **rest)
    subset = subset_of(problem, RULES, EVERYBODY)
    return days_of(subset.problem, subset.rules)[0], subset


# -- the part that a peer can say


def test_a_rule_goes_if_it_needs_a_verb_that_the_peer_lacks():
    problem = a_problem([a_visit()], [a_carer(contracted=600)])
    subset = subset_of(problem, RULES, EVERYBODY)
    assert {"daily_rest", "weekly_hours", "continuity", "punctuality", "contracted_hours", "breaks"} <= names(
        subset.left_out
    )
    assert {"travel", "shifts", "visit_window", "visit_length", "unallocated", "paid_time"} <= names(
        subset.rules
    )
    assert names(subset.rules) | names(subset.left_out) == names(RULES)
    punctual = Words(EVERYBODY_SAYS | {"charge_start_off"}, Waiting.WHOLE)
    assert "punctuality" in names(subset_of(problem, RULES, punctual).rules)


def test_a_rule_that_asks_nothing_here_stays():
    visits = [a_visit("one"), a_visit("two", "12:00")]
    assert "links" in names(subset_of(a_problem(visits), RULES, EVERYBODY).rules)
    linked = a_problem(visits, links=(Link("one", "two", at_least=60),))
    assert "links" in names(subset_of(linked, RULES, EVERYBODY).left_out)


def test_a_double_up_becomes_two_visits_and_back():
    visits = [
        a_visit("wash", carers=2, together=10, needed=40, fixed_carers=("aled", "huw")),
        a_visit("lift", "12:00", carers=2, needed=40),
    ]
    problem = a_problem(visits, [a_carer(), a_carer("huw")])
    apart = {visit.id: visit for visit in taken_apart(problem).visits}
    assert list(apart) == ["wash", "wash~2", "lift", "lift~2"]
    assert all(visit.carers == 1 and visit.together == 0 for visit in apart.values())
    assert [(v.commissioned, v.needed, v.fixed_carers) for v in apart.values()] == [
        (30, 40, ("aled",)),
        (10, 0, ("huw",)),
        (30, 40, ()),
        (30, 40, ()),
    ]
    rota = a_rota(
        a_leg("wash", "aled"), a_leg("wash~2", "huw", "08:05", minutes=10), a_leg("lift", "huw", "12:00")
    )
    assert (
        put_together(rota, problem).legs
        == a_rota(
            a_leg("wash", "aled"),
            a_leg("wash", "huw", "08:05", minutes=10, second=True),
            a_leg("lift", "huw", "12:00"),
        ).legs
    )


@pytest.mark.parametrize(
    "waiting, cap, basis",
    [
        (Waiting.FREE, 0, PayBasis.CONTACT_TRAVEL),
        (Waiting.WHOLE, 1440, PayBasis.SHIFT),
        (Waiting.CAPPED, 60, PayBasis.SHIFT),
    ],
)
def test_waiting_costs_what_the_peer_can_say(waiting, cap, basis):
    carer = a_carer(pay=PayTerms(basis=PayBasis.SHIFT, hourly=1300))
    problem = subset_of(a_problem([a_visit()], [carer]), RULES, Words(EVERYBODY_SAYS, waiting)).problem
    assert problem.settings.waiting_cap == cap
    assert problem.carers[0].pay == PayTerms(basis=basis, hourly=1300)


# -- a day as a routing library sees it


def test_a_day_in_minutes_and_money():
    """Aled (car, 1,200p an hour, 130 % on-costs: 1,560 sixtieths a minute, 40p a mile) and Huw (foot, contact only)."""
    carers = [
        a_carer(pay=PayTerms(mileage=40)),
        a_carer("huw", 0, 2, mode="foot", pay=PayTerms(basis=PayBasis.CONTACT)),
    ]
    clients = [a_client("mary", 3), a_client("nia", 3, 4)]
    day, _ = a_day(
        a_visit("one", client="mary"),
        a_visit("two", "09:00", client="nia", minutes=45),
        carers=carers,
        clients=clients,
    )
    assert day.length.tolist() == [[30, 30], [45, 45]]
    assert day.price.tolist() == [[30 * 1560] * 2, [45 * 1560] * 2]
    assert day.travel(0).tolist() == [[0, 4], [4, 0]]
    assert day.travel(1).tolist() == [[0, 16], [16, 0]]
    miles = round(4000 / 1609.344 * 40 * 60)
    assert day.journeys(0).tolist() == [[0, 4 * 1560 + miles], [4 * 1560 + miles, 0]]
    unpaid = 16 * 30 * 60  # what a minute without pay is priced at: 30p
    assert day.journeys(1).tolist() == [[0, unpaid], [unpaid, 0]]
    assert day.out.tolist() == [[3 * 240, 7 * 240], [20 * 240, 20 * 240]]  # 4p a minute
    assert day.back.tolist() == day.out.tolist()
    assert day.per_waiting.tolist() == [1560, 30 * 60]
    assert [(v.column, v.start, v.end) for v in day.vehicles] == [(0, 0, 1440), (1, 0, 1440)]


def test_a_visit_that_no_shift_can_do_is_no_job():
    visits = [
        a_visit("early", "06:00"),
        a_visit("edge", "07:00", slack=0),
        a_visit("skilled", skills=frozenset("x")),
    ]
    day, subset = a_day(*visits, shifts=[a_shift(start="07:00", end="07:30")])
    assert [subset.problem.visits[v].id for v in day.visits] == ["edge"]
    late = a_shift(start="07:00", end="07:29")
    assert days_of(a_problem(visits, shifts=[late], days=1), subset.rules) == []


def test_a_plan_of_days_is_a_rota():
    problem = a_problem([a_visit("mon"), a_visit("tue", "Tue 08:00")], days=2)
    days = days_of(problem, [r for r in RULES if r.name not in ("daily_rest", "weekly_rest")])
    plans = [[Planned(0, 0, 485)], [Planned(0, 0, 1440 + 480)]]
    assert rota_of(days, plans, problem).legs == (
        a_leg("mon", start="08:05"),
        a_leg("tue", start="Tue 08:00"),
    )


# -- sharing the seconds


def three_days(sizes=(1, 3, 2)):
    visits = [a_visit(f"d{d}v{i}", d * 1440 + 480) for d, size in enumerate(sizes) for i in range(size)]
    problem = a_problem(visits, days=len(sizes))
    subset = subset_of(problem, RULES, EVERYBODY)
    return days_of(subset.problem, subset.rules)


def test_seconds_are_shared_by_jobs_and_what_is_saved_goes_on(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    given = []

    def plan_day(day, seconds, seed):
        given.append(seconds)
        clock[0] += 4.0 if len(given) == 1 else 6.0
        return [Planned(seed, 0, 0)]

    plans = in_turn(plan_day, three_days(), 24.0, seed=7)
    assert given == [24 / 6, 20 * 3 / 5, 14.0]  # the second day took 6 of its 12 seconds
    assert plans == [[Planned(7, 0, 0)]] * 3


def the_number_of_jobs(day, seconds, seed):
    return [Planned(day.jobs, 0, 0)]


def test_days_on_two_cores_come_back_in_order():
    plans = side_by_side(the_number_of_jobs, three_days(), 1.0, seed=1)
    assert [plan[0].row for plan in plans] == [1, 3, 2]


def dies(day, seconds, seed):
    os._exit(1)


def test_a_process_that_dies_is_told():
    with pytest.raises(PeerUnavailable, match="died"):
        side_by_side(dies, three_days(), 1.0, seed=1)


# -- the judge


def test_what_breaks_a_hard_rule_is_left_out():
    problem = a_problem([a_visit("one"), a_visit("two", "08:20"), a_visit("three", "10:00")])
    rota = a_rota(a_leg("one"), a_leg("two", start="08:29"), a_leg("three", start="10:00"))
    assert [leg.visit for leg in made_legal(rota, problem, RULES).legs] == ["one", "three"]


def test_a_finding_without_a_visit_costs_the_last_one_of_that_day():
    carer = a_carer(most=60)
    problem = a_problem([a_visit("one"), a_visit("two", "09:00"), a_visit("three", "Tue 09:00")], [carer])
    rota = a_rota(a_leg("one"), a_leg("two", start="09:00"), a_leg("three", start="Tue 09:00"))
    assert [leg.visit for leg in made_legal(rota, problem, [rule("weekly_hours")]).legs] == ["one", "three"]


def test_the_score_worked_by_hand():
    """Aled is paid 26p a minute, Huw 13p: the floor of a 30-minute visit is Huw's 390p. 'never' is nobody's."""
    carers = [a_carer(), a_carer("huw", pay=PayTerms(hourly=600))]
    visits = [a_visit("one"), a_visit("two", "09:00", client="nia"), a_visit("never", skills=frozenset("x"))]
    problem = a_problem(visits, carers, [a_client("nia", 5)])
    subset = subset_of(problem, [*RULES], Words(EVERYBODY_SAYS, Waiting.FREE))
    assert floor(subset).tolist() == [390 * 60, 390 * 60, 0]
    rota = a_rota(a_leg("one"), a_leg("two", start="08:34"))
    found = score(rota, subset, problem, RULES, seconds=1.25)
    assert (found.unallocated, found.dropped) == (2, 1)  # 34 minutes are one too few for the way
    assert found.cost == 30 * 26
    assert found.above_floor == 30 * 26 - 390
    assert found.price == found.cost + 2 * 60_000

    rota = a_rota(a_leg("one"), a_leg("two", start="08:35"))
    found = score(rota, subset, problem, RULES, seconds=1.25)
    assert (found.unallocated, found.dropped) == (1, 0)
    assert found.cost == 65 * 26 + 5 * 4  # 5 minutes on the way are paid, and 5 home are not
    assert found.above_floor == found.cost - 2 * 390
    assert found.price_of_all > found.price, "all rules price continuity too"


def test_the_floor_of_a_double_up_is_its_two_cheapest_carers():
    carers = [a_carer(pay=PayTerms(hourly=rate)) for rate in (1200,)]
    carers += [a_carer("huw", pay=PayTerms(hourly=600)), a_carer("non", pay=PayTerms(hourly=1000))]
    problem = a_problem([a_visit(carers=2, together=10)], carers)
    subset = subset_of(problem, RULES, Words(EVERYBODY_SAYS | {"together"}, Waiting.FREE, doubles=True))
    assert floor(subset)[0] <= (30 * 13 + 10 * 13) * 60


# -- the peers themselves


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_a_peer_finds_the_best_of_a_tiny_day(peer):
    """Two streets ten minutes apart, a carer in each, four visits at the same times: nobody should cross over. Huw's
    is the only shift that fits the evening, and the skilled visit is Aled's alone, though Huw lives next door."""
    if peer.package != "ortools":
        pytest.importorskip({"pyvroom": "vroom"}.get(peer.package, peer.package))
    carers = [a_carer(skills=frozenset("x")), a_carer("huw", 10)]
    clients = [a_client("mary", 1), a_client("nia", 9)]
    visits = [
        a_visit("mary 1", client="mary", slack=5),
        a_visit("mary 2", "08:40", client="mary", slack=5),
        a_visit("nia 1", client="nia", slack=5),
        a_visit("nia 2", "08:40", client="nia", slack=5),
        a_visit("skilled", "16:00", client="nia", skills=frozenset("x")),
        a_visit("evening", "19:00", client="mary"),
        a_visit("night", "23:00", client="mary"),
    ]
    shifts = [
        a_shift("aled", "07:00", "12:00"),
        a_shift("huw", "07:00", "12:00"),
        a_shift("aled", "15:00", "17:00"),
        a_shift("huw", "15:00", "20:00"),
    ]
    problem = a_problem(visits, carers, clients, shifts, days=1)
    subset = subset_of(problem, RULES, peer.words)
    rota = peer.plan(subset.problem, subset.rules, 5.0, 1)  # (seconds by the clock: others may be at work)
    assert {leg.visit: leg.carer for leg in rota.legs} == {
        "mary 1": "aled",
        "mary 2": "aled",
        "nia 1": "huw",
        "nia 2": "huw",
        "skilled": "aled",
        "evening": "huw",
    }
    assert check(rota, subset.problem, subset.rules).clean


def test_timefold_translates_all_that_scores_a_round():
    """What has long jumps is left to Python: a move then takes a tenth of a second, and nothing is improved."""
    pytest.importorskip("timefold")
    from benchmarks.peers.timefold_model import Round

    methods = [f for name, f in vars(Round).items() if not name.startswith("_") and hasattr(f, "__code__")]
    assert {f.__name__ for f in methods} >= {"late", "cost", "waiting"}
    for method in methods:
        assert "EXTENDED_ARG" not in {each.opname for each in dis.get_instructions(method)}, method.__name__


def test_the_simple_first_plan_goes_to_the_cheapest_end():
    """Aled lives beside Mary, Huw beside Nia; 'third' fits behind neither of Nia's, and 'late' in no shift at all."""
    carers = [a_carer(), a_carer("huw", 10)]
    clients = [a_client("mary"), a_client("nia", 10)]
    visits = [
        a_visit("mary", client="mary", slack=0),
        a_visit("nia", client="nia", slack=0),
        a_visit("third", "08:15", client="nia", slack=0),
        a_visit("behind", "08:30", client="nia", slack=0),
        a_visit("late", "13:00", client="nia"),
    ]
    shifts = [a_shift("aled", "07:00", "12:00"), a_shift("huw", "07:00", "12:00")]
    day, subset = a_day(*visits, carers=carers, clients=clients, shifts=shifts)
    plan = [[subset.problem.visits[day.visits[row]].id for row in rows] for rows in first_plan(day)]
    assert plan == [["mary"], ["nia", "behind"]]


def test_a_round_ends_early_and_begins_late():
    """Minutes to spare before the last visit are moved to before the first, as far as its window lets them."""
    visits = [
        a_visit("first", slack=20),
        a_visit("second", "08:30", minutes=20, slack=60),
        a_visit("third", "10:00", slack=10),
    ]
    day, _ = a_day(*visits, shifts=[a_shift(start="07:50")])
    assert starts_of(day, 0, 470, [0, 1, 2]) == [500, 570, 590]
    assert starts_of(day, 0, 470, []) == []


def test_every_peer_says_what_it_cannot():
    verbs = {name for peer in PEERS for name in peer.words.says}
    assert "limit_work" not in verbs
    for peer in PEERS:
        assert peer.cannot_say
        assert all(sentence.endswith(".") for sentence in peer.cannot_say)
        assert peer.words.says >= {"travel", "shift", "start_between", "length", "charge_unallocated"}
