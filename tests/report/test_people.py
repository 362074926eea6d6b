"""What is counted person by person adds up to what `measures` counts for all together."""

import pytest

from scheduler.measures import measure
from scheduler.pay import pay_weeks
from scheduler.report.carers import carers_table, for_carers
from scheduler.report.clients import clients_table, for_clients
from scheduler.report.worst import MOST, by_advocate, worst_tables
from scheduler.units import sixtieths
from tests.builders import a_client, a_leg, a_problem, a_rota, a_visit
from tests.report.weeks import a_week


@pytest.fixture(scope="module", params=[3, 4])
def counted(request):
    rota, problem = a_week(clients=25, carers=6, seed=request.param)
    return rota, problem, measure(rota, problem)


def test_clients_add_up_to_the_measures(counted):
    rota, problem, m = counted
    people = for_clients(rota, problem)
    planned = sum(len(one.planned) for one in people)
    assert sum(len(one.asked) for one in people) == m["visits"]
    assert sum(one.unallocated for one in people) == m["unallocated"]
    assert sum(one.unallocated > 0 for one in people) == m["clients_with_unallocated"]
    assert sum(one.minutes for one in people) == m["contact_minutes"]
    assert sum(one.short for one in people) == m["short_visits"]
    assert sum(one.short_agreed for one in people) == m["short_visits_agreed"]
    assert sum(one.matches for one in people) == m["interest_matches"]
    assert sum(one.off for one in people) / planned == pytest.approx(m["minutes_off_preferred_mean"])
    assert max(one.night or 0 for one in people) == m["overnight_gap_worst"]
    assert max(one.different for one in people) == m["distinct_carers_worst"]


def test_carers_add_up_to_the_measures(counted):
    rota, problem, m = counted
    people = for_carers(rota, problem)
    assert sum(one.visits for one in people) == len(rota.legs)
    assert sum(one.sum("travel") for one in people) == m["travel_minutes"]
    assert sum(one.sum("waiting") for one in people) == m["waiting_minutes"]
    assert sum(one.sum("paid") for one in people) == m["paid_minutes"]
    assert sum(one.shortfall for one in people) == sixtieths(int(m["minimum_wage_shortfall_pence"]))
    assert sum(one.sum("pay") for one in people) == sum(week.pay for week in pay_weeks(rota, problem))


def test_everybody_has_a_row(counted):
    rota, problem, _ = counted
    assert [row[0] for row in clients_table(rota, problem).rows] == [client.id for client in problem.clients]
    assert [row[0] for row in carers_table(rota, problem).rows] == [carer.id for carer in problem.carers]
    for table in (clients_table(rota, problem), carers_table(rota, problem), *worst_tables(rota, problem)):
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_a_night_is_from_the_end_of_the_last_visit_to_the_start_of_the_first():
    problem = a_problem([a_visit("bed", "20:00"), a_visit("up", "Tue 08:00")])
    rota = a_rota(a_leg("bed", start="20:00"), a_leg("up", start="Tue 08:15"))
    (mary,) = for_clients(rota, problem)
    assert mary.night == 12 * 60 - 30 + 15


def test_a_day_without_a_visit_makes_the_night_long_and_is_listed():
    """From 20:30 on Monday to 08:00 on Wednesday, since nobody comes on Tuesday."""
    times = [f"{day} {time}" for day in ("Mon", "Tue", "Wed") for time in ("08:00", "20:00")]
    problem = a_problem([a_visit(time, time) for time in times])
    rota = a_rota(*(a_leg(time, start=time) for time in times if "Tue" not in time))
    (mary,) = for_clients(rota, problem)
    assert mary.night == 35 * 60 + 30
    assert [row[0] for row in worst_tables(rota, problem)[2].rows] == ["Mary"]


def test_people_without_an_advocate_are_listed_as_plainly_as_the_rest():
    visits = [
        a_visit(f"{c}{i}", client=c, start=f"{8 + i}:00") for c in ("ann", "bob", "cat") for i in range(2)
    ]
    clients = [
        a_client("ann", has_advocate=True),
        a_client("bob", has_advocate=False),
        a_client("cat", has_advocate=None),
    ]
    problem = a_problem(visits, clients=clients)
    rota = a_rota(a_leg("ann0", start="8:00"))
    left_out = worst_tables(rota, problem)[0]
    assert [row[:4] for row in left_out.rows] == [
        ("Bob", "no", 2, 2),
        ("Cat", "not recorded", 2, 2),
        ("Ann", "yes", 2, 1),
    ]
    assert [row[:4] for row in by_advocate(rota, problem).rows] == [
        ("yes", 1, 2, 0.5),
        ("no", 1, 2, 1.0),
        ("not recorded", 1, 2, 1.0),
    ]


def test_a_long_list_of_the_worst_says_how_many_there_are():
    problem = a_problem([a_visit(f"v{i}", client=f"c{i}") for i in range(MOST + 5)])
    left_out = worst_tables(a_rota(), problem)[0]
    assert len(left_out.rows) == MOST
    assert f"The worst {MOST} of {MOST + 5}" in left_out.note
