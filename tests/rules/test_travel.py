"""Mary and Nan live ten minutes apart by car, forty on foot."""

from __future__ import annotations

from scheduler.rules.travel import Travel
from scheduler.travel.base import NO_WAY, Matrix
from tests.builders import (
    a_carer,
    a_client,
    a_leg,
    a_problem,
    a_rota,
    a_shift,
    a_visit,
    found,
    grid_travel,
    told,
)

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


def cut_off(rows, columns):
    """Nobody comes by car from these places to those: Mary is 0, Nan 1, Aled's home 2."""
    travel = grid_travel([client.place for client in CLIENTS] + [a_carer("aled").home])
    minutes = travel.minutes.copy()
    minutes[rows, columns] = NO_WAY
    return a_problem(VISITS, [a_carer("aled")], CLIENTS, travel={"car": Matrix(minutes, travel.metres)})


def test_nobody_is_sent_where_no_way_leads_from_home_or_back():
    """Not even to be there all day: the one visit of a round has no travel between visits."""
    rota = a_rota(a_leg("lunch", "aled", "12:00"))
    for rows, columns in ((2, 1), (1, 2)):
        problem = cut_off(rows, columns)
        [finding] = found(Travel(), rota, problem)
        assert finding.sentence == "There is no way by car from Aled's home to Nan and back."
        assert finding.visit == "lunch"
        assert [call[0] for call in told(Travel(), problem)] == ["travel", "forbid"]
        eased = Travel().relaxed(finding, rota, problem)
        assert eased is not None
        assert found(Travel(), rota, eased) == []
    assert found(Travel(), a_rota(a_leg("wash", "aled", "08:00")), cut_off(2, 1)) == []


def test_no_way_between_two_clients_is_said_in_words():
    rota = a_rota(a_leg("wash", "aled", "08:00", 30), a_leg("lunch", "aled", "12:00"))
    [finding] = found(Travel(), rota, cut_off(0, 1))
    assert (
        "Aled ends with Mary at 08:30, has no way by car to Nan, and is planned there at 12:00"
        in finding.sentence
    )
