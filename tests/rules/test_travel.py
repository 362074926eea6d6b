"""Mary and Nan live ten minutes apart by car, forty on foot."""

from __future__ import annotations

from scheduler.rules.travel import Travel
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_shift, a_visit, found, told

CLIENTS = [a_client("mary", 0, 0), a_client("nan", 4, 6)]
VISITS = [
    a_visit("wash", client="mary"),
    a_visit("lunch", "12:00", client="nan"),
    a_visit("bed", "Tue 08:00", "nan"),
]
PROBLEM = a_problem(VISITS, [a_carer("aled"), a_carer("bethan", mode="foot")], CLIENTS)


def test_kept_to_the_minute_by_car_and_on_foot():
    for carer, arrival in (("aled", "08:40"), ("bethan", "09:10")):
        rota = a_rota(a_leg("wash", carer, "08:00", 30), a_leg("lunch", carer, arrival))
        assert found(Travel(), rota, PROBLEM) == []


def test_broken_by_one_minute():
    rota = a_rota(a_leg("wash", "aled", "08:00", 30), a_leg("lunch", "aled", "08:39"))
    [finding] = found(Travel(), rota, PROBLEM)
    assert finding.sentence == (
        "Aled ends with Mary at 08:30, takes 10 min by car to Nan, and is planned there at 08:39: 1 min too early."
    )
    assert (finding.amount, finding.visit, finding.cure) == (
        1,
        "lunch",
        "let the visit to Nan start at 08:40",
    )


def test_the_carers_own_mode_counts():
    """On foot 40 minutes are needed and 9 are there: 31 are missing."""
    rota = a_rota(a_leg("wash", "bethan", "08:00", 30), a_leg("lunch", "bethan", "08:39"))
    [finding] = found(Travel(), rota, PROBLEM)
    assert finding.amount == 31
    assert "40 min on foot" in finding.sentence


def test_from_one_shift_to_the_next_of_the_day():
    shifts = [a_shift("aled", "07:00", "08:30"), a_shift("aled", "08:35", "13:00")]
    problem = a_problem(VISITS, [a_carer("aled")], CLIENTS, shifts)
    rota = a_rota(a_leg("wash", "aled", "08:00", 30), a_leg("lunch", "aled", "08:35"))
    assert [finding.amount for finding in found(Travel(), rota, problem)] == [5]


def test_two_visits_at_once_are_missing_the_whole_of_the_first():
    problem = a_problem([a_visit("a"), a_visit("b")])
    rota = a_rota(a_leg("a", start="08:00", minutes=30), a_leg("b", start="08:00", minutes=15))
    assert [finding.amount for finding in found(Travel(), rota, problem)] == [30]


def test_days_do_not_touch():
    rota = a_rota(a_leg("wash", "bethan", "23:50", 30), a_leg("bed", "bethan", "Tue 00:25"))
    assert found(Travel(), rota, PROBLEM) == []


def test_the_solver_is_told_the_matrix_of_the_mode():
    calls = told(Travel(), PROBLEM)
    assert [call[:2] for call in calls] == [("travel", 0), ("travel", 1)]
    assert (calls[0][2][0][1], calls[1][2][0][1]) == (10, 40)
