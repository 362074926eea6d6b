"""A visit takes longer, roads are slow, somebody is never to come again, nobody replies: by hand."""

from __future__ import annotations

from scheduler.domain import Relation
from scheduler.repair import Event, begin, take_in
from scheduler.repair.day import Slower
from tests.builders import a_shift, minute
from tests.repair.day import EIGHT, refused, spells


def test_a_visit_under_way_takes_longer_and_one_ahead_too(happened):
    day = happened({"kind": "longer", "visit": "early", "minutes": 100, "at": minute("07:20")})
    assert day.rota.of_visit("early")[0].minutes == 100
    ahead = happened({"kind": "longer", "visit": "noon", "minutes": 50})
    assert ahead.problem.visit("noon").commissioned == 50
    assert ahead.rota.of_visit("noon")[0].minutes == 30, "planning sees to that"


def test_a_visit_that_runs_past_the_shift_lengthens_it(happened, problem, rota):
    short = problem.replace(shifts=(a_shift("aled", "06:00", "08:00"), a_shift("bethan", "06:00", "14:00")))
    late = Event(minute("07:20"), "longer", visit="early", minutes=90)
    assert spells(take_in(begin(short, rota, 0), [late]), "aled") == [(360, minute("08:30"))]


def test_of_two_lengths_the_later_holds_and_shorter_is_none(happened):
    first = {"kind": "longer", "visit": "noon", "minutes": 50}
    day = happened(first, first | {"minutes": 60, "at": 490})
    assert day.problem.visit("noon").commissioned == 60
    assert day.notes == ("Nan: first 50, then 60 minutes were told; the later telling holds.",)
    assert refused(happened, first | {"minutes": 30}) == [
        "the visit is planned for 30 minutes: that is not longer."
    ]
    assert refused(happened, first | {"visit": "early", "minutes": 60}) == [
        "it began at 07:00, so that it was over before 08:00."
    ]


def test_slow_roads_are_noted(happened):
    day = happened({"kind": "roads", "percent": 30, "until": 720})
    assert day.slower == (Slower(30, EIGHT, 720),)
    assert refused(happened, {"kind": "roads", "percent": 0}) == ["travel takes 1 to 500 per cent longer."]


def test_never_again_holds_from_now_on_and_what_was_done_stays_done(happened):
    day = happened({"kind": "never", "client": "mary", "carer": "aled"})
    assert day.problem.relation("mary", "aled") is Relation.NEVER
    assert day.touched == {"nine"}
    assert [leg.visit for leg in day.aside] == ["early"]
    assert "early" not in day.problem.visit_index
    assert "early" in day.recorded().visit_index
    again = {"kind": "never", "client": "mary", "carer": "aled"}
    assert "told twice" in happened(again, again | {"at": 500}).notes[-1]


def test_who_is_broken_off_by_nobody_keeps_the_carer_until_the_end(happened):
    day = happened({"kind": "never", "client": "mary", "carer": "aled", "at": minute("07:10")})
    assert [leg.visit for leg in day.aside] == ["early"]
    assert spells(day, "aled") == [(360, 420), (450, 840)]


def test_no_reply_is_tried_again_soon_and_first(happened):
    day = happened({"kind": "no_reply", "visit": "early", "at": minute("07:15")})
    again = day.problem.visit("early")
    assert (again.earliest, again.latest) == (minute("07:45"), minute("10:15"))
    assert again.time_critical
    assert day.rota.of_visit("early") == ()
    assert "early" not in day.problem.promises
    assert "emergency" in day.notes[0]
    assert refused(happened, {"kind": "no_reply", "visit": "noon"}) == ["nobody was to be there by 08:00."]
