"""What a letter tells is what the rota plans, in figures that the workbook has too; and what changed, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from scheduler.domain import Relation, Tie
from scheduler.errors import CareroundError
from scheduler.intake.load import load
from scheduler.measures import measure
from scheduler.report.clients import for_clients
from scheduler.report.feeds import PublishedDays, client_feed
from scheduler.report.letters import Earlier, letter_page, letters, sentences
from scheduler.report.letters.calendars import client_calendar
from scheduler.report.letters.folder import letters_summary, letters_table
from scheduler.report.letters.plain import HELP, am_pm, part, spoken, times
from scheduler.report.letters.since import moved
from scheduler.rules import RULES, Level
from scheduler.uk import task_names
from scheduler.units import DAY, HOUR
from tests.builders import MONDAY, a_carer, a_client, a_leg, a_past_visit, a_problem, a_rota, a_shift, a_visit
from tests.report.weeks import _rota as a_hurried_rota

MARY = a_client("mary", interests=frozenset({"chess", "choir"}), languages=frozenset({"English", "Welsh"}))
ALED = a_carer("aled", name="Aled Rowan", interests=frozenset({"rugby"}), languages=frozenset({"English"}))
BETH = a_carer(
    "beth",
    name="Beth Teal",
    interests=frozenset({"chess", "choir", "jazz"}),
    languages=frozenset({"English", "Welsh"}),
)
VISIT = a_visit("am", "08:30", minutes=45, tasks=("get_up", "part_wash", "dress"), part="morning")


def the_only_letter(rota, problem, earlier=None):
    (letter,) = letters(rota, problem, earlier)
    return letter


def told(change):
    return " ".join(change)


def a_week_of(*visits, **rest):
    given = {"clients": [MARY], "carers": [ALED, BETH], "history": (a_past_visit("mary", "aled"),)}
    return a_problem(visits, **{**given, **rest})


# -- one letter, by hand ----------------------------------------------------------------------------------------------


def test_who_comes_when_for_how_long_and_what_for():
    letter = the_only_letter(a_rota(a_leg("am", "aled", "08:05", minutes=45)), a_week_of(VISIT))
    ((day, (coming,)),) = letter.days
    assert sentences.full_date(day) == "Monday 2 November"
    assert am_pm(coming.start) == "8:05am"
    assert sentences.visit(coming) == [
        "Aled Rowan comes for 45 minutes.",
        "It is for getting up, a wash and getting dressed.",
    ]
    assert sentences.opening(letter) == [
        "This letter tells you who will come to see you from Monday 2 November to Sunday 8 November.",
        "You have 1 visit.",
        "1 carer will come.",
        "You have met before.",
    ]


def test_a_new_face_is_introduced_by_what_the_two_share_first():
    letter = the_only_letter(a_rota(a_leg("am", "beth", "08:30")), a_week_of(VISIT))
    (face,) = letter.faces
    assert sentences.face(face) == [
        "Beth Teal comes once.",
        "Beth is new to you.",
        "You both like chess and choir.",
        "You both know Welsh.",
        "Beth also likes jazz.",
    ]
    assert "1 of them is new to you." in sentences.opening(letter)
    assert ">New</b>" in letter_page(letter, "standard")


def test_a_known_face_is_not_marked():
    letter = the_only_letter(a_rota(a_leg("am", "aled", "08:30")), a_week_of(VISIT))
    assert ">New</b>" not in letter_page(letter, "standard")


def test_a_helper_who_leaves_early_is_told():
    double = replace(VISIT, carers=2, together=20)
    rota = a_rota(a_leg("am", "aled", "08:30", 45), a_leg("am", "beth", "08:30", 20, second=True))
    letter = the_only_letter(rota, a_week_of(double))
    assert sentences.visit(letter.days[0][1][0])[:2] == [
        "Aled Rowan and Beth Teal come for 45 minutes.",
        "Beth Teal stays for 20 minutes.",
    ]


def test_a_visit_without_a_carer_is_told_with_its_usual_time():
    letter = the_only_letter(a_rota(), a_week_of(VISIT))
    assert "For 1 visit we have no carer yet." in sentences.opening(letter)
    page = letter_page(letter, "easy-read")
    assert "About 8:30 in the morning" in page
    assert "We have no carer for this visit yet." in page


def test_two_carers_with_one_first_name_are_told_apart():
    namesake = a_carer("other", name="Aled Wren")
    rota = a_rota(a_leg("am", "aled", "08:30"), a_leg("pm", "other", "Tue 08:30"))
    problem = a_week_of(VISIT, a_visit("pm", "Tue 08:30"), carers=[ALED, namesake])
    letter = the_only_letter(rota, problem)
    assert {face.short for face in letter.faces} == {"Aled Rowan", "Aled Wren"}


def test_the_phone_number_is_in_the_letter():
    letter = the_only_letter(a_rota(), a_week_of(VISIT))
    assert "Phone us on 01633 960 123." in letter_page(letter, "standard", "01633 960 123")


def test_what_people_typed_cannot_break_out():
    client = replace(MARY, name="<script>alert(1)</script>")
    page = letter_page(the_only_letter(a_rota(), a_week_of(VISIT, clients=[client])), "standard")
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "minute, short, long",
    [
        (0, "12:00am", "12:00 in the morning"),
        (DAY + 8 * HOUR + 5, "8:05am", "8:05 in the morning"),
        (12 * HOUR, "12:00pm", "12:00 in the afternoon"),
        (17 * HOUR, "5:00pm", "5:00 in the evening"),
        (DAY - 1, "11:59pm", "11:59 in the evening"),
    ],
)
def test_times_in_words(minute, short, long):
    assert (am_pm(minute), spoken(minute)) == (short, long)


def test_counts_in_words():
    assert [times(n) for n in (1, 2, 3)] == ["once", "twice", "3 times"]


def test_every_task_has_its_words():
    assert set(HELP) == set(task_names())


def test_every_hard_rule_has_a_reason_that_a_client_can_be_told():
    for rule in RULES:
        assert bool(rule.for_client) == (rule.level is Level.HARD), rule.name
        assert rule.for_client.format(carer="Aled") == "" or rule.for_client.endswith(".")


# -- what changed -----------------------------------------------------------------------------------------------------


def changes_between(before, after, problem, then=None):
    letter = the_only_letter(after, problem, Earlier(before, then or problem))
    return [told(change) for change in sentences.what_changed(letter)]


def test_nothing_changed():
    rota = a_rota(a_leg("am", "aled", "08:30"))
    assert changes_between(rota, rota, a_week_of(VISIT)) == ["Your visits are as they were before."]


def test_another_carer_because_the_first_does_not_work_then():
    problem = a_week_of(VISIT, shifts=[a_shift("beth", "07:00", "14:00")])
    before, after = a_rota(a_leg("am", "aled", "08:30")), a_rota(a_leg("am", "beth", "08:30"))
    assert changes_between(before, after, problem) == [
        "On Monday in the morning, Beth Teal comes, not Aled Rowan. Aled does not work at that time."
    ]


def test_another_carer_because_the_first_is_with_someone_else():
    other = a_visit("other", "08:30", client="john")
    problem = a_week_of(VISIT, other, clients=[MARY, a_client("john", x=9)])
    before = a_rota(a_leg("am", "aled", "08:30"))
    after = a_rota(a_leg("am", "beth", "08:30", 45), a_leg("other", "aled", "08:30"))
    found = letters(after, problem, Earlier(before, problem))
    mary = next(letter for letter in found if letter.client.id == "mary")
    assert [told(change) for change in sentences.what_changed(mary)] == [
        "On Monday in the morning, Beth Teal comes, not Aled Rowan. Aled is with someone else at that time."
    ]


def test_a_carer_who_could_still_come_is_offered():
    before, after = a_rota(a_leg("am", "aled", "08:30")), a_rota(a_leg("am", "beth", "08:30"))
    assert changes_between(before, after, a_week_of(VISIT)) == [
        "On Monday in the morning, Beth Teal comes, not Aled Rowan. "
        "Aled could still come, so tell us if you would like that."
    ]


def test_a_never_is_said_with_tact():
    problem = a_week_of(VISIT, ties=(Tie("mary", "aled", Relation.NEVER, "theft"),))
    before, after = a_rota(a_leg("am", "aled", "08:30")), a_rota(a_leg("am", "beth", "08:30"))
    (sentence,) = changes_between(before, after, problem)
    assert sentence.endswith("You and we have agreed who comes to you.")
    assert "theft" not in sentence


def test_a_carer_who_has_left_is_not_named_by_id():
    before, after = a_rota(a_leg("am", "gone", "08:30")), a_rota(a_leg("am", "beth", "08:30"))
    assert changes_between(before, after, a_week_of(VISIT)) == [
        "On Monday in the morning, Beth Teal comes. Your carer of before has left us."
    ]


@pytest.mark.parametrize("start, is_told", [("08:45", False), ("08:46", True)])
def test_a_moved_start_is_told_beyond_the_tolerance(start, is_told):
    before, after = a_rota(a_leg("am", "aled", "08:30")), a_rota(a_leg("am", "aled", start))
    (sentence,) = changes_between(before, after, a_week_of(VISIT))
    assert (
        sentence.startswith("On Monday in the morning, the visit starts at 8:46am. It was at 8:30am.")
        == is_told
    )


def test_equal_changes_of_several_days_are_told_together():
    visits = [a_visit(f"am{i}", f"{day} 08:30", part="morning") for i, day in enumerate(("Mon", "Wed"))]
    before = a_rota(*(a_leg(visit.id, "aled", visit.preferred) for visit in visits))
    after = a_rota(*(a_leg(visit.id, "beth", visit.preferred) for visit in visits))
    (sentence,) = changes_between(before, after, a_week_of(*visits))
    assert sentence.startswith("On Monday and Wednesday in the morning, Beth Teal comes, not Aled Rowan.")


def test_a_visit_that_lost_its_carer():
    problem = a_week_of(VISIT, shifts=[])
    assert changes_between(a_rota(a_leg("am", "aled", "08:30")), a_rota(), problem) == [
        "On Monday in the morning, we have no carer yet. Before, it was Aled Rowan. Aled does not work at that time."
    ]


def test_last_week_is_compared_day_by_day():
    """Last week there was a Monday and a Tuesday visit; now there is a Monday and a Wednesday one."""
    last = MONDAY - timedelta(days=7)

    def dated(day, on):
        return a_visit(f"C-am:{on}", day * DAY + 8 * HOUR, part="morning")

    then = a_week_of(dated(0, last), dated(1, last + timedelta(days=1)))
    then = then.replace(start=last)
    now = a_week_of(dated(0, MONDAY), dated(2, MONDAY + timedelta(days=2)))
    before = a_rota(*(a_leg(v.id, "aled", v.preferred) for v in then.visits), start=last)
    after = a_rota(*(a_leg(v.id, "aled", v.preferred) for v in now.visits))
    assert sorted(changes_between(before, after, now, then)) == [
        "On Tuesday in the morning, you have no visit this time.",
        "On Wednesday in the morning, you have a new visit.",
    ]


def test_weeks_that_begin_on_other_days_are_refused():
    then = a_week_of(VISIT).replace(start=MONDAY - timedelta(days=6))
    with pytest.raises(CareroundError, match="same day of the week"):
        letters(a_rota(), a_week_of(VISIT), Earlier(a_rota(start=then.start), then))


def test_ids_move_with_their_dates():
    assert moved("C01-am:2026-11-23", 7) == "C01-am:2026-11-30"
    assert moved("by hand", 7) == "by hand"
    assert part(replace(VISIT, part="other")) == "in the day"


# -- all letters of an agency -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demo():
    problem = load("scenarios/agencies/demo", start=date(2026, 11, 23))
    return a_hurried_rota(problem), problem


def test_the_figures_are_those_of_workbook_and_summary(demo):
    rota, problem = demo
    found, measured = letters(rota, problem), measure(rota, problem)
    rows = {one.client.id: one for one in for_clients(rota, problem)}
    for letter in found:
        row = rows[letter.client.id]
        assert letter.visits == len(row.asked)
        assert letter.unallocated == row.unallocated
        assert letter.new_faces == (row.carers.new_faces if row.carers else 0)
        assert len(letter.faces) == (row.carers.distinct if row.carers else 0)
    summary = letters_summary(found, problem)
    for name in ("visits", "unallocated", "new_faces"):
        assert summary[name] == measured[name]
        title = name.replace("_", " ").capitalize()
        column = [c.title for c in letters_table(found, problem).columns].index(title)
        assert sum(row[column] for row in letters_table(found, problem).rows) == measured[name]


def test_the_calendar_has_each_planned_visit_and_not_what_it_is_for(demo):
    rota, problem = demo
    letter = letters(rota, problem)[0]
    content = client_calendar(letter, problem)
    events = list(Calendar.from_ical(content).walk("VEVENT"))
    assert len(events) == letter.visits - letter.unallocated > 0
    assert len({str(event["uid"]) for event in events}) == len(events)
    assert "DESCRIPTION" not in content.decode()
    assert all(str(event["summary"]).startswith("Visit: ") for event in events)


def test_an_entry_is_the_one_of_the_calendar_link(demo):
    """A family that has both the file and the link sees each visit once."""
    rota, problem = demo
    letter = letters(rota, problem)[0]
    days = PublishedDays(rota, problem, frozenset(range(problem.days)), datetime(2026, 11, 20, tzinfo=UTC))
    link = client_feed(letter.client.id, [days], problem.settings.agency)
    own, linked = (
        {str(event["uid"]): event.decoded("dtstart") for event in Calendar.from_ical(content).walk("VEVENT")}
        for content in (client_calendar(letter, problem), link)
    )
    assert own
    assert own.items() <= linked.items()
