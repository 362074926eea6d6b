"""What was clocked beside what was planned, to the minute."""

from __future__ import annotations

import pytest

from scheduler.delivered import Actual, Delivery, Fault, delivered_rota, deliveries
from scheduler.domain import PayBasis, PayTerms
from scheduler.measures import measure
from scheduler.rules.shifts import Shifts
from scheduler.true_pay import true_pay
from scheduler.units import sixtieths
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_shift, a_visit, found, minute

STAFF = [a_carer("aled"), a_carer("bea"), a_carer("cai")]


def a_visit_of_aled(*actuals: Actual, minutes: int = 30) -> tuple[Delivery, ...]:
    """Planned: Aled at 08:00 for so many minutes."""
    problem = a_problem([a_visit("one", "08:00", minutes=minutes)], STAFF)
    return deliveries(a_rota(a_leg("one", minutes=minutes)), actuals, problem)


def clocked(start: str, end: str, carer: str = "aled") -> Actual:
    return Actual("one", carer, minute(start), minute(end))


@pytest.mark.parametrize(
    "start, end, faults",
    [
        ("08:15", "08:45", frozenset()),
        ("08:16", "08:46", frozenset({Fault.LATE})),
        ("07:45", "08:15", frozenset()),
        ("07:44", "08:14", frozenset({Fault.EARLY})),
        ("08:00", "08:25", frozenset()),
        ("08:00", "08:24", frozenset({Fault.SHORT})),
        ("08:20", "08:30", frozenset({Fault.LATE, Fault.SHORT})),
    ],
)
def test_fifteen_minutes_off_and_five_missing_are_tolerated(start, end, faults):
    (one,) = a_visit_of_aled(clocked(start, end))
    assert one.faults == faults


def test_minutes_late_and_missing():
    (one,) = a_visit_of_aled(clocked("08:20", "08:30"))
    assert (one.off, one.missing) == (20, 20)
    (early,) = a_visit_of_aled(clocked("07:40", "08:40"))
    assert (early.off, early.missing) == (-20, 0)


def test_missed_is_what_a_row_says_and_no_row_is_not_recorded():
    (missed,) = a_visit_of_aled(Actual("one", "aled", None, None))
    assert (missed.faults, missed.missing) == (frozenset({Fault.MISSED}), 30)
    (unknown,) = a_visit_of_aled()
    assert (unknown.faults, unknown.missing) == (frozenset({Fault.UNRECORDED}), 0)


def test_who_came_in_anothers_place_is_set_beside_that_leg():
    (one,) = a_visit_of_aled(clocked("08:00", "08:30", "bea"))
    assert (one.carer, one.leg.carer, one.faults) == ("bea", "aled", frozenset())  # type: ignore[union-attr]  # it has a leg here
    (one,) = a_visit_of_aled(Actual("one", "aled", None, None), clocked("08:00", "08:30", "bea"))
    assert (one.carer, one.faults) == ("bea", frozenset())


def test_a_second_one_whom_nobody_planned():
    planned, extra = a_visit_of_aled(clocked("08:00", "08:30"), clocked("08:00", "08:30", "bea"))
    assert (planned.faults, extra.faults, extra.carer) == (frozenset(), frozenset({Fault.UNPLANNED}), "bea")


def test_each_carer_of_a_double_up_counts():
    problem = a_problem([a_visit("one", "08:00", carers=2)], STAFF)
    rota = a_rota(a_leg("one"), a_leg("one", "bea", second=True))
    lead, second = deliveries(rota, [clocked("08:00", "08:30"), Actual("one", "bea", None, None)], problem)
    assert (lead.faults, second.faults) == (frozenset(), frozenset({Fault.MISSED}))


def test_what_was_delivered_is_judged_as_a_rota():
    problem = a_problem([a_visit("one", "08:00"), a_visit("two", "12:00")], STAFF)
    done = delivered_rota([clocked("08:10", "08:30"), Actual("two", "bea", None, None)], problem)
    assert [(leg.carer, leg.start, leg.minutes) for leg in done.legs] == [("aled", minute("08:10"), 20)]
    measured = measure(done, problem)
    assert (measured["unallocated"], measured["contact_minutes"], measured["short_visits"]) == (1, 20, 1)


@pytest.mark.parametrize("came, missing", [("07:00", 400), ("06:59", 420)])
def test_who_clocks_in_a_minute_before_the_shift_is_owed_the_way_to_the_next_visit_too(came, missing):
    """£12 for contact alone, 20 min on the road at the minimum wage of £12; and a minute of waiting is work too."""
    problem = a_problem(
        [a_visit("one", "07:00"), a_visit("two", "07:50", "nia")],
        [a_carer("aled", pay=PayTerms(PayBasis.CONTACT, 1200))],
        [a_client("mary"), a_client("nia", x=20)],
        [a_shift("aled", "07:00", "12:00")],
    )
    left = minute(came) + 30
    done = delivered_rota(
        [Actual("one", "aled", minute(came), left), Actual("two", "aled", minute("07:50"), minute("08:20"))],
        problem,
    )
    (period,) = true_pay(done, problem)
    assert period.shortfall == sixtieths(missing)
    assert [f.visit for f in found(Shifts(), done, problem)] == (["one"] if missing == 420 else [])
