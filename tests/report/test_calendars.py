from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest

from scheduler.report.calendars import calendars, file_names
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_visit, at

LONDON = ZoneInfo("Europe/London")


def events(content):
    return icalendar.Calendar.from_ical(content).walk("VEVENT")


@pytest.fixture
def double_up():
    problem = a_problem(
        [a_visit("hoist", "Tue 10:00", carers=2, together=20, tasks=("wash",), time_critical=True)],
        [a_carer("aled"), a_carer("bea", name="Bea Nettleby"), a_carer("cai")],
        [a_client(name="Mary; Lee, \\ Jones", place=at(0, 0))],
    )
    legs = (
        a_leg("hoist", "aled", "Tue 10:05"),
        a_leg("hoist", "bea", "Tue 10:05", minutes=20, second=True),
    )
    return a_rota(*legs), problem


def test_each_carer_has_a_calendar_also_without_visits(double_up):
    found = calendars(*double_up)
    assert set(found) == {"aled.ics", "bea.ics", "cai.ics"}
    assert events(found["cai.ics"]) == []


def test_a_visit_reads_back_with_its_time_name_and_partner(double_up):
    (event,) = events(calendars(*double_up)["aled.ics"])
    assert event.decoded("dtstart") == datetime(2026, 11, 3, 10, 5, tzinfo=LONDON)
    assert event.decoded("dtend") == datetime(2026, 11, 3, 10, 35, tzinfo=LONDON)
    assert str(event["summary"]) == "Mary; Lee, \\ Jones (double-up)"
    assert "With Bea Nettleby, together for 20 min" in event["description"]
    assert "Tasks: wash" in event["description"]
    assert "Time-critical" in event["description"]
    assert event["dtstart"].params["TZID"] == "Europe/London"


def test_each_carer_of_a_double_up_stays_as_long_as_planned(double_up):
    (event,) = events(calendars(*double_up)["bea.ics"])
    assert (event.decoded("dtend") - event.decoded("dtstart")).seconds == 20 * 60


def test_a_calendar_carries_british_time_with_its_summer():
    problem = a_problem([a_visit()])
    calendar = icalendar.Calendar.from_ical(calendars(a_rota(a_leg()), problem)["aled.ics"])
    (zone,) = calendar.walk("VTIMEZONE")
    assert isinstance(zone, icalendar.Timezone)
    rules = zone.to_tz(lookup_tzid=False)
    for year in (2026, 2031):
        for month, day in ((1, 15), (3, 27), (4, 2), (7, 15), (10, 24), (11, 2)):
            noon = datetime(year, month, day, 12)
            assert noon.replace(tzinfo=rules).utcoffset() == noon.replace(tzinfo=LONDON).utcoffset()


def test_summer_visits_are_at_wall_clock_time():
    problem = a_problem([a_visit()]).replace(start=date(2026, 6, 1))
    (event,) = events(calendars(a_rota(a_leg(), start=date(2026, 6, 1)), problem)["aled.ics"])
    assert event.decoded("dtstart").astimezone(UTC) == datetime(2026, 6, 1, 7, 0, tzinfo=UTC)


def test_a_moved_visit_keeps_its_uid_and_another_carer_gets_another():
    problem = a_problem([a_visit()], [a_carer("aled"), a_carer("bea")])

    def uid(leg, file):
        return str(events(calendars(a_rota(leg), problem)[file])[0]["uid"])

    assert uid(a_leg(start="08:00"), "aled.ics") == uid(a_leg(start="08:20"), "aled.ics")
    assert uid(a_leg(), "aled.ics") != uid(a_leg(carer="bea"), "bea.ics")


def test_uids_are_unique(week):
    uids = [str(event["uid"]) for content in calendars(*week).values() for event in events(content)]
    assert len(set(uids)) == len(uids) == len(week[0].legs)


def test_the_stamp_is_the_one_that_is_given():
    stamp = datetime(2026, 10, 30, 9, 30, tzinfo=UTC)
    problem = a_problem([a_visit()])
    (event,) = events(calendars(a_rota(a_leg()), problem, stamp)["aled.ics"])
    assert event.decoded("dtstamp") == stamp


def test_file_names_are_safe_and_never_the_same():
    ids = [
        "K01",
        "k01",
        "../../etc/passwd",
        "a/b",
        "a\\b",
        "con",
        "",
        "..",
        "\u017b\xf3\u0142\u0107",
        "x" * 300,
        "a b",
        "a-b",
    ]
    names = file_names(ids)
    assert names["K01"] == "K01.ics"
    assert names["a-b"] == "a-b.ics"
    assert len({name.lower() for name in names.values()}) == len(ids)
    for name in names.values():
        assert not set(name) & set('/\\:*?"<>| ')
        assert not name.startswith(".")
        assert len(name) < 80
        assert name.split(".")[0].lower() != "con"
