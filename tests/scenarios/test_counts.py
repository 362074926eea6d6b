"""What is counted of a planned week, by hand, and against the planner's own figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scenarios.bank import PLANNED_AT, at_true_pay, is_bank, need, with_bank
from scenarios.changes.lengths import Lengthen
from scenarios.pool import pool
from scenarios.results.compare import mean_counts
from scenarios.results.counts import BANDS, band, combined, count
from scenarios.results.formula import formula
from scenarios.results.measures import measures
from scheduler.check import check
from scheduler.cost import cost
from scheduler.domain import PayBasis, PayTerms
from scheduler.errors import DomainError
from scheduler.intake.load import load
from scheduler.measures import measure
from scheduler.units import METRES_PER_MILE
from tests.builders import a_carer, a_client, a_leg, a_past_visit, a_problem, a_rota, a_shift, a_visit
from tests.scenarios.weeks import by_grid, no_slack, planned


@pytest.mark.parametrize("minutes, most", [(10, 15), (15, 15), (16, 30), (45, 45), (60, 60), (120, 60)])
def test_bands(minutes, most):
    assert band(minutes) == most


def test_a_week_by_hand():
    """Aled: 15 minutes at Mary's, 5 on the road, 10 waiting, 45 at John's; a visit to John is left, of two carers."""
    problem = a_problem(
        [
            a_visit("a", "08:00", minutes=15, short_agreed=True),
            a_visit("b", "08:30", client="john", minutes=45, needed=50),
            a_visit("c", "12:00", client="john", minutes=30, carers=2),
        ],
        [a_carer(pay=PayTerms(mileage=45))],
        [a_client("mary"), a_client("john", 5)],
    )
    rota = a_rota(a_leg("a", start="08:00", minutes=15), a_leg("b", start="08:30", minutes=45))
    told = count(rota, problem, rate=2000)
    assert told["unallocated_visits"] == 1
    assert told["unallocated_minutes"] == 60
    assert (told["short_visits"], told["short_agreed"], told["long_visits"]) == (1, 1, 1)
    assert (told["task_misfits"], told["task_minutes_missing"]) == (1, 5)
    assert (told["contact_minutes"], told["travel_minutes"], told["waiting_minutes"]) == (60, 5, 10)
    assert told["miles"] == pytest.approx(5000 / METRES_PER_MILE)
    assert told["cost_pence"] == 75 * 26 + 140  # 5 km at 45p a mile
    assert told["running_pence"] == 900
    assert told["rate_pence"] == 2000 * 60
    assert (told["visits_15"], told["visits_45"]) == (1, 1)
    assert told["price_pence_15"] == pytest.approx((15 * 26 + 225) / 0.97, abs=0.3)
    assert told["price_pence_45"] == pytest.approx((60 * 26 + 675 + 139.8) / 0.97, abs=0.3)
    assert (told["asked_legs"], told["asked_minutes"]) == (4, 120)


def test_prices_by_length_add_up_to_the_whole_also_with_contracted_hours_not_worked():
    today = load("scenarios/agencies/small", start=date(2026, 11, 23))
    rota = planned(today).rota
    problem = today.replace(carers=tuple(replace(c, contracted=c.most or 48 * 60) for c in today.carers))
    told = count(rota, problem)
    assert sum(told[f"price_pence_{n}"] for n in BANDS) == pytest.approx(told["price_pence"])
    assert told["guaranteed_minutes"] > 0
    known = measure(rota, problem)
    assert told["cost_pence"] == known["cost_pence"] == cost(rota, problem).money
    assert sum(told[f"contact_minutes_{n}"] for n in BANDS) == known["contact_minutes"]
    assert sum(told[f"visits_{n}"] for n in BANDS) == known["visits"] - known["unallocated"]


class TestBank:
    def test_only_what_nobody_else_can_do_is_done_by_the_bank(self):
        """08:00 to 08:30 at Mary's, and 08:20 at John's, five minutes away: one of the two takes somebody else."""
        today = Lengthen(minutes=30).apply(no_slack())
        week = with_bank(today)
        result = planned(week)
        told = need(result.rota, week)
        assert result.unallocated == 0
        assert (told.carers, told.minutes, told.at_once, told.enough) == (1, 30, 1, True)
        assert told.by_time == {"Mon morning": 30}
        assert told.by_skill == {"no special skill": 30}
        assert told.by_area == {"not recorded": 30}

    def test_with_enough_of_todays_carers_the_bank_does_nothing(self):
        week = with_bank(no_slack())
        assert need(planned(week).rota, week).minutes == 0

    def test_a_bank_carer_is_dear_to_the_search_and_paid_the_premium(self):
        today = a_problem(
            [a_visit(skills=frozenset({"peg"}))], [a_carer(pay=PayTerms(PayBasis.SHIFT, 1300, 30))]
        )
        week = with_bank(today)
        bank = [c for c in week.carers if is_bank(c.id)]
        assert {c.pay.hourly for c in bank} == {PLANNED_AT}
        assert {c.gender for c in bank} == {"female", "male"}
        assert all(c.skills == {"peg"} for c in bank)
        paid = at_true_pay(week, today)
        assert {(c.pay.basis, c.pay.hourly, c.pay.mileage) for c in paid.carers if is_bank(c.id)} == {
            (PayBasis.SHIFT, 1625, 30)
        }
        assert paid.carers[0] == today.carers[0]
        assert at_true_pay(today, today) is today

    def test_nobody_knows_a_bank_carer_and_a_week_without_visits_needs_none(self):
        week = with_bank(a_problem([a_visit()], history=[a_past_visit()]))
        assert [week.knows("mary", c.id) for c in week.carers][:2] == [True, False]
        empty = a_problem()
        assert with_bank(empty) is empty


class TestPool:
    def test_ids_are_numbered_and_everything_comes_along(self):
        one = a_problem([a_visit(fixed_carers=("aled",))], history=[a_past_visit()])
        other = a_problem([a_visit()], [a_carer("aled", 7)])
        both = pool([one, other], by_grid)
        assert [v.id for v in both.visits] == ["1/breakfast", "2/breakfast"]
        assert both.visits[0].fixed_carers == ("1/aled",)
        assert both.knows("1/mary", "1/aled")
        assert not both.knows("1/mary", "2/aled")
        assert both.travel["car"].minutes[0, both.home_of("2/aled")] == 7
        assert both.travel_source == "the grid"
        rota = a_rota(a_leg("1/breakfast", "1/aled"), a_leg("2/breakfast", "2/aled"))
        assert not check(rota, both).hard

    def test_carers_keep_the_rate_of_their_own_agency(self):
        one, other = a_problem([a_visit()]), a_problem([a_visit()])
        dearer = other.replace(settings=replace(other.settings, hourly=1500))
        assert [c.pay.hourly for c in pool([one, dearer], by_grid).carers] == [1200, 1500]

    def test_other_days_cannot_be_pooled(self):
        with pytest.raises(DomainError, match="same days"):
            pool([a_problem(), a_problem(days=14)], by_grid)


def test_minutes_that_nobody_ordered_bring_nothing_in():
    """Eight quarters of an hour are ordered at GBP 24.10 an hour; a floor of half an hour that nobody pays for adds two
    hours. An hour with clients gets cheaper by that, and an hour that is ordered dearer."""
    ordered = a_problem(
        [a_visit(f"v{hour}", f"{hour:02}:00", minutes=15) for hour in range(8, 16)], [a_carer()]
    )
    short, long = (
        count(
            a_rota(*(a_leg(f"v{hour}", start=f"{hour:02}:00", minutes=n) for hour in range(8, 16))),
            ordered,
            rate=2410,
        )
        for n in (15, 30)
    )
    assert (short["ordered_minutes"], long["ordered_minutes"], long["contact_minutes"]) == (120, 120, 240)
    assert short["rate_pence"] == long["rate_pence"] == 120 * 2410
    before, after = (
        {name: measures(told)[name] or 0.0 for name in ("unordered_hours", "price_per_contact_hour", "gap")}
        for told in (short, long)
    )
    assert (before["unordered_hours"], after["unordered_hours"]) == (0, 2)
    assert after["price_per_contact_hour"] < before["price_per_contact_hour"]
    assert before["gap"] == pytest.approx(short["price_pence"] / 200 - 24.10)
    assert after["gap"] == pytest.approx(long["price_pence"] / 200 - 24.10)
    assert after["gap"] > before["gap"]


def test_the_average_wage_is_that_of_the_staff_in_both_readings():
    """Bank carers are on offer all day at a premium, whether they are needed or not."""
    today = no_slack()
    week = at_true_pay(with_bank(today), today)
    assert len(week.carers) > len(today.carers)
    rota = planned(today).rota
    alone, beside = count(rota, today), count(rota, week)
    for name in ("shift_minutes", "shift_pence", "shift_mileage_pence", "shift_travel_paid"):
        assert beside[name] == alone[name], name
    assert formula(alone, alone).wage == formula(beside, beside).wage


def test_who_leaves_a_double_up_early_counts_with_the_visit():
    """An hour at Mary's, a second carer for its first quarter: 75 minutes are asked for, all in a visit of an hour."""
    problem = a_problem(
        [
            a_visit(minutes=60, carers=2, together=15),
            a_visit("left", "12:00", minutes=60, carers=2, together=20),
        ],
        [a_carer(), a_carer("bronwen")],
    )
    rota = a_rota(a_leg(minutes=60), a_leg(carer="bronwen", minutes=15, second=True))
    told = count(rota, problem)
    assert told["asked_minutes"] == 75 + 80
    assert told["unallocated_minutes"] == 80
    assert (told["contact_minutes_60"], told["contact_minutes_15"]) == (75, 0)
    assert told["price_pence_15"] == 0
    assert told["price_pence_60"] == pytest.approx(told["price_pence"])


def test_nobody_at_work_earns_nothing_and_is_not_the_worst_paid():
    """An agency without a planned visit has no lowest pay that could stand for the region's."""
    problem = a_problem([a_visit()])
    works, rests = count(a_rota(a_leg()), problem), count(a_rota(), problem)
    assert measures(rests)["least_true_hourly"] is None
    for parts in ([works, rests], [rests, works]):
        assert measures(combined(parts))["least_true_hourly"] == measures(works)["least_true_hourly"] == 12
        assert mean_counts(parts)["least_true_hourly_pence"] == 1200


def test_split_shifts_and_working_days():
    problem = a_problem(
        [a_visit("a", "08:00"), a_visit("b", "18:00"), a_visit("c", "Tue 08:00")],
        shifts=[
            a_shift("aled", "07:00", "12:00"),
            a_shift("aled", "16:00", "20:00"),
            a_shift("aled", "Tue 07:00", "Tue 12:00"),
        ],
    )
    rota = a_rota(a_leg("a"), a_leg("b", start="18:00"), a_leg("c", start="Tue 08:00"))
    told = count(rota, problem)
    assert (told["split_days"], told["working_days"]) == (1, 2)
