"""Facts of a rota: whose visit it is, and what each round is on the road."""

from __future__ import annotations

from scheduler.rota import Leg
from scheduler.rounds import rounds
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_shift, a_visit

CLIENTS = [a_client("mary", 10), a_client("nan", 10, 5)]
VISITS = [
    a_visit("wash", "08:00", "mary"),
    a_visit("lunch", "10:00", "nan"),
    a_visit("tea", "17:00", "mary", carers=2),
    a_visit("up", "Tue 08:00", "mary"),
]
SHIFTS = [
    a_shift("aled", "07:00", "12:00"),
    a_shift("aled", "16:00", "21:00"),
    a_shift("aled", "Tue 07:00", "Tue 12:00"),
    a_shift("bethan", "16:00", "21:00"),
]
PROBLEM = a_problem(VISITS, [a_carer("aled"), a_carer("bethan", mode="foot")], CLIENTS, SHIFTS)
ROTA = a_rota(
    a_leg("up", "aled", "Tue 08:00"),
    a_leg("lunch", "aled", "10:00", 45),
    a_leg("tea", "aled", "17:00", 30, second=True),
    a_leg("tea", "bethan", "17:00", 30),
    a_leg("wash", "aled", "08:00", 60),
)


def test_a_rota_is_sorted_and_finds_its_legs():
    assert [leg.visit for leg in ROTA.legs] == ["wash", "lunch", "tea", "tea", "up"]
    assert [leg.carer for leg in ROTA.of_visit("tea")] == ["bethan", "aled"], "the leading carer comes first"
    assert ROTA.of_visit("nothing") == ()
    assert [leg.visit for leg in ROTA.legs_by_carer["aled"]] == ["wash", "lunch", "tea", "up"]
    assert ROTA.legs[1].end == 645


def test_a_rota_with_and_without_some_legs():
    less = ROTA.without(["tea", "wash"])
    assert [leg.visit for leg in less.legs] == ["lunch", "up"]
    assert [visit.id for visit in less.unallocated(PROBLEM)] == ["wash", "tea"]
    assert [leg.visit for leg in less.with_legs([a_leg("wash")]).legs] == ["wash", "lunch", "up"]
    assert [leg.visit for leg in ROTA.only_carers(["bethan"]).legs] == ["tea"]
    assert ROTA.unallocated(PROBLEM) == ()


def test_there_is_a_round_for_each_carer_and_shift():
    found = rounds(ROTA, PROBLEM)
    assert [(r.carer.id, r.day, r.shift) for r in found] == [
        ("aled", 0, SHIFTS[0]),
        ("aled", 0, SHIFTS[1]),
        ("aled", 1, SHIFTS[2]),
        ("bethan", 0, SHIFTS[3]),
    ]


def test_a_round_on_paper():
    """Ten minutes to Mary 08:00-09:00, five to Nan, 55 to wait, Nan 10:00-10:45, fifteen home."""
    morning = rounds(ROTA, PROBLEM)[0]
    assert (morning.start, morning.end) == (480, 645)
    assert (morning.home_out, morning.home_back, morning.home_metres) == (10, 15, 25_000)
    assert (morning.leaves_home, morning.is_home) == (470, 660)
    assert (morning.contact, morning.travel, morning.metres, morning.waiting) == (105, 5, 5_000, 55)
    assert [(stop.travel, stop.metres, stop.gap) for stop in morning.stops] == [(0, 0, 0), (5, 5_000, 55)]
    assert [morning.counted_waiting(cap) for cap in (0, 54, 55, 60)] == [0, 54, 55, 55]


def test_the_carers_own_mode_counts():
    evening = rounds(ROTA, PROBLEM)[3]
    assert (evening.home_out, evening.home_back, evening.home_metres) == (40, 40, 20_000)


def test_where_the_carer_cannot_be_in_time_the_gap_is_negative_and_nobody_waits():
    rota = a_rota(a_leg("wash", start="08:00", minutes=60), a_leg("lunch", start="09:03"))
    morning = rounds(rota, PROBLEM)[0]
    assert (morning.stops[1].gap, morning.waiting, morning.counted_waiting(60)) == (-2, 0, 0)


def test_a_leg_outside_every_shift_is_of_the_nearest_of_its_day():
    """A minute early, at the very end, and at 14:01 a minute nearer to the evening: no way is lost."""
    rota = a_rota(
        a_leg("wash", start="06:59"),
        a_leg("lunch", start="12:00"),
        a_leg("tea", start="14:01"),
        a_leg("up", start="Tue 06:00"),
    )
    assert [(r.shift, [stop.leg.visit for stop in r.stops], r.travel) for r in rounds(rota, PROBLEM)] == [
        (SHIFTS[0], ["wash", "lunch"], 5),
        (SHIFTS[1], ["tea"], 0),
        (SHIFTS[2], ["up"], 0),
    ]


def test_legs_of_a_day_without_a_shift_are_a_round_without_one():
    rota = a_rota(a_leg("wash", "bethan"), a_leg("up", "bethan", "Tue 08:00"))
    assert [(r.day, r.shift) for r in rounds(rota, PROBLEM)] == [(0, SHIFTS[3]), (1, None)]


def test_the_answer_is_kept():
    assert rounds(ROTA, PROBLEM) is rounds(ROTA, PROBLEM)


def test_legs_of_one_minute_are_sorted_in_one_way_only():
    one, other = Leg(480, "aled", "a", 30), Leg(480, "aled", "b", 15)
    assert a_rota(other, one).legs == (one, other)
