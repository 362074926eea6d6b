"""Who is told what, by hand."""

from __future__ import annotations

from dataclasses import replace

from scheduler.repair import Event, begin, people_to_tell, take_in
from tests.builders import a_leg, some_settings
from tests.repair.day import MODES, SEVEN


def test_people_to_tell_by_hand(week):
    problem, rota = week
    after = rota.without(["at 8", "at 10"]).with_legs([a_leg("at 8", "bethan", "08:20")])
    told = people_to_tell(rota, after, problem)
    assert [(one.who, one.id, one.sentence) for one in told] == [
        (
            "carer",
            "aled",
            "Not yours any more: Client 8, Mon 08:00.\nNot yours any more: Client 10, Mon 10:00.",
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
