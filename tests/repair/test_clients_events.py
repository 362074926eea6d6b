"""A client cancels, goes into hospital, comes home, needs a package: by hand."""

from __future__ import annotations

from scheduler.domain import Link
from scheduler.repair import Event, begin, take_in
from tests.builders import minute
from tests.repair.day import EIGHT, refused


def test_a_cancelled_visit_is_gone_and_its_notice_is_told(happened):
    day = happened({"kind": "cancelled", "visit": "noon"})
    assert "noon" not in day.problem.visit_index
    assert day.rota.of_visit("noon") == ()
    assert day.notes == ("Nan: cancelled with 4 h notice.",)


def test_a_visit_that_is_over_or_under_way_cannot_be_cancelled(happened):
    assert refused(happened, {"kind": "cancelled", "visit": "early"}) == [
        "it began at 07:00 and is over by 08:00."
    ]
    assert refused(happened, {"kind": "cancelled", "visit": "early", "at": minute("07:10")}) == [
        "it began at 07:00 and is under way by 07:10."
    ]


def test_cancelled_at_two_times_is_once_and_what_is_cancelled_takes_no_longer(happened):
    off = {"kind": "cancelled", "visit": "noon"}
    assert "told twice" in happened(off, off | {"at": 500}).notes[-1]
    assert refused(happened, off, {"kind": "longer", "visit": "noon", "minutes": 60, "at": 500}) == [
        "it was cancelled by an earlier event."
    ]


def test_in_hospital_nobody_comes_and_home_again_they_do(happened, problem):
    into = {"kind": "hospital_in", "client": "mary"}
    away = happened(into)
    assert [visit.id for visit in away.problem.visits] == ["early", "noon"], "what has begun stays"
    home = happened(into, {"kind": "hospital_out", "client": "mary", "at": minute("Tue 08:00")})
    assert {visit.id for visit in home.problem.visits} == {"early", "noon", "tuesday"}
    assert "tuesday" in home.touched


def test_links_come_back_with_the_client(problem, rota):
    linked = problem.replace(links=(Link("nine", "tuesday", at_least=60),))
    events = [
        Event(EIGHT, "hospital_in", client="mary"),
        Event(EIGHT + 10, "hospital_out", client="mary"),
    ]
    assert take_in(begin(linked, rota, 0), events[:1]).problem.links == ()
    assert take_in(begin(linked, rota, 0), events).problem.links == linked.links


def test_hospital_twice_and_home_without_hospital(happened):
    into = {"kind": "hospital_in", "client": "mary"}
    assert "told twice" in happened(into, into | {"at": 500}).notes[0]
    assert refused(happened, {"kind": "hospital_out", "client": "mary"}) == [
        "no event says that Mary is in hospital."
    ]
    assert refused(happened, into, {"kind": "longer", "visit": "nine", "minutes": 50, "at": 490}) == [
        "Mary is in hospital then."
    ]


def test_a_new_package_of_a_new_client_from_this_afternoon(happened):
    new = {
        "kind": "new_package", "client": "olwen", "name": "Olwen", "lat": 51.0, "lon": -3.0,
        "client_time": 810, "minutes": 30, "begins": 720,
    }  # fmt: skip
    day = happened(new)
    calls = [visit for visit in day.problem.visits if visit.client == "olwen"]
    assert [visit.id for visit in calls][:2] == ["olwen-1330:2026-11-02", "olwen-1330:2026-11-03"]
    assert len(calls) == 7
    assert (calls[0].earliest, calls[0].preferred, calls[0].latest) == (780, 810, 840)
    # from Mary's place, where Olwen lives, the ways are as from Mary's, and the old ones did not move
    places = day.problem.place_of_client
    minutes = day.problem.travel["car"].minutes
    assert minutes[places("olwen"), places("mary")] == 1
    assert minutes[places("mary"), places("nan")] == 1
    assert minutes[day.problem.home_of("aled"), places("mary")] == 54  # as on the grid


def test_who_is_new_needs_an_address_and_a_call_needs_a_day(happened):
    call = {"kind": "new_package", "client": "olwen", "client_time": 810, "minutes": 30}
    assert refused(happened, call) == ["there is no client 'olwen' yet."]
    far = call | {"client": "mary", "begins": 7 * 1440}
    assert refused(happened, far) == ["no visit falls into the days that are planned."]
    once = call | {"client": "mary", "days": (1,)}
    assert [v.id for v in happened(once).problem.visits][-1] == "mary-1330:2026-11-03"
    assert "told twice" in happened(once, once | {"at": 490}).notes[0]
