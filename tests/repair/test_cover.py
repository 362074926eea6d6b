"""Who could cover, and can we take a package: by hand."""

from __future__ import annotations

from scheduler.repair import Event, begin, take_in
from scheduler.repair.cover import cover_list
from scheduler.repair.package_answer import package_answers
from tests.builders import a_carer, a_problem, a_rota, a_shift, a_visit, minute
from tests.repair.day import SEVEN, ways


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


def test_nobody_under_18_is_asked_for_the_night():
    staff = [a_carer("sam", young=True), a_carer("bethan")]
    problem = a_problem([a_visit("bed", "22:15")], staff, shifts=[a_shift("sam", "14:00", "22:00")])
    assert [one.carer.id for one in cover_list(a_rota(), problem, now=SEVEN)] == ["bethan"]


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
    assert "1 of 2 visits have somebody" in str(answer)
    assert "Nobody can come: Mon 20:00." in str(answer)
