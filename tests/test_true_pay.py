"""True pay by pay period: worked examples with their sources, each number on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from scheduler.domain import PayBasis, PayTerms
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.minimum_wage import MinimumWage
from scheduler.settings import default_settings
from scheduler.true_pay import TruePay, true_pay
from scheduler.units import DAY, sixtieths
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_visit, found, some_settings


def homecare_voices(**settings: int) -> tuple[Rota, Problem]:
    """Homecare Voices, 2025 (homecarewg.org/unpaid-gaps): £13.23 for contact only, and 73.6 % of the run is contact:
    736 min with clients and 264 on the road, against a minimum wage of £12.21."""
    problem = a_problem(
        [a_visit("one", "00:10", minutes=368, slack=0), a_visit("two", "10:42", client="nia", minutes=368)],
        [a_carer(mode="foot", pay=PayTerms(PayBasis.CONTACT, 1323))],
        [a_client("mary"), a_client("nia", x=66)],
        settings=some_settings(**{"minimum_wage": 1221, **settings}),
    )
    legs = (a_leg("one", start="00:10", minutes=368), a_leg("two", start="10:42", minutes=368))
    return a_rota(*legs), problem


def the_period(rota: Rota, problem: Problem) -> TruePay:
    (period,) = true_pay(rota, problem)
    return period


def test_a_contracted_1323_is_a_true_974_and_so_247_below_the_minimum_wage():
    period = the_period(*homecare_voices())
    assert period.sum("contact") / period.counted == 0.736
    assert period.true_hourly == pytest.approx(sixtieths(974), abs=60)
    assert period.margin == pytest.approx(sixtieths(974 - 1221), abs=60)
    assert period.shortfall == sixtieths(4122)


def test_the_visit_that_causes_it_is_the_one_with_the_way():
    """The first visit brings 368 x (13.23 - 12.21) / 60 = £6.26 more than is due; the second lacks £47.47."""
    (cause,) = the_period(*homecare_voices()).causes
    assert (cause.stop.leg.visit, cause.unpaid) == ("two", 264)
    assert cause.missing == (368 + 264) * 1221 - 368 * 1323


def test_the_same_work_under_each_basis():
    """£13.23 for 736 min are £162.29; for 1000 min £220.50, £17 above what is due; a shift has no other gap here."""
    period = the_period(*homecare_voices())
    assert [round(period.under(basis) / 60) for basis in PayBasis] == [16229, 22050, 22050]
    assert period.missing(period.under(PayBasis.CONTACT)) == period.shortfall
    assert period.missing(period.under(PayBasis.CONTACT_TRAVEL)) == 0


def test_contracted_hours_are_paid_under_every_basis():
    rota, problem = homecare_voices()
    contracted = problem.replace(
        carers=(a_carer(mode="foot", contracted=1100, pay=PayTerms(PayBasis.CONTACT, 1323)),)
    )
    period = the_period(rota, contracted)
    assert {period.under(basis) for basis in PayBasis} == {1100 * 1323}
    assert (period.shortfall, period.causes) == (0, ())


def test_the_real_living_wage_is_compared_with_and_not_for_the_young():
    """1000 min at £12.60 are £210; £162.288 are paid: £47.712 lack."""
    rota, problem = homecare_voices(living_wage=1260)
    assert the_period(rota, problem).below_living_wage == sixtieths(4772)
    young = problem.replace(carers=(a_carer(mode="foot", young=True, pay=PayTerms(PayBasis.CONTACT, 1323)),))
    assert the_period(rota, young).below_living_wage is None
    assert the_period(*homecare_voices()).below_living_wage is None


def four_weeks_of_spring(**settings: Any) -> tuple[Rota, Problem]:
    """An hour on Monday of each week from 23 March 2026, paid £12.21; the figures rise to £12.71 on 1 April."""
    start = date(2026, 3, 23)
    visits = [a_visit(str(week), week * 7 * DAY + 480, minutes=60) for week in range(4)]
    settings = {"hourly": 1221, "mile_costs": {}, **settings}
    problem = a_problem(visits, days=28, start=start, settings=replace(default_settings(start), **settings))
    legs = (a_leg(visit.id, start=visit.preferred, minutes=60) for visit in visits)
    return a_rota(*legs, days=28, start=start), problem


@pytest.mark.parametrize(
    "settings, missing",
    [
        ({}, [0, 0, 50, 50]),  # the week from 30 March began before the rise
        ({"pay_period_weeks": 2}, [0, 100]),
        ({"pay_period_weeks": 3}, [0, 50]),
        ({"pay_monthly": True}, [0, 150]),  # the week that ends on 5 April is of April
        ({"rises": ()}, [0, 0, 0, 0]),
    ],
)
def test_the_minimum_wage_of_the_first_day_of_each_pay_period_counts(settings, missing):
    """Regulation 4B of the National Minimum Wage Regulations 2015."""
    rota, problem = four_weeks_of_spring(**settings)
    assert [period.shortfall for period in true_pay(rota, problem)] == [sixtieths(each) for each in missing]
    assert [finding.amount for finding in found(MinimumWage(), rota, problem)] == [m for m in missing if m]


def test_the_young_rate_and_the_living_wage_rise_on_their_own_days():
    rota, problem = four_weeks_of_spring(hourly=700)
    young = problem.replace(carers=(a_carer(young=True),))
    assert [period.wage // 60 for period in true_pay(rota, young)] == [755, 755, 800, 800]
    later = problem.replace(start=date(2026, 4, 20))
    moved = Rota(later.start, 28, rota.legs)
    assert [period.below_living_wage for period in true_pay(moved, later)] == [
        sixtieths(rate - 700) for rate in (1260, 1260, 1345, 1345)
    ]


def test_premiums_are_on_the_payslip_and_not_in_what_the_law_compares():
    """Saturday, 60 min at £12 and £3 more an hour."""
    problem = a_problem(
        [a_visit("one", "Sat 08:00", minutes=60)],
        [a_carer(pay=PayTerms(PayBasis.CONTACT, 1200, weekend_extra=300))],
    )
    period = the_period(a_rota(a_leg("one", start="Sat 08:00", minutes=60)), problem)
    assert (period.payslip, period.reckoned) == (sixtieths(1500), sixtieths(1200))


def test_a_period_without_work_owes_nothing():
    period = the_period(a_rota(), a_problem())
    assert (period.true_hourly, period.margin, period.shortfall, period.causes) == (None, None, 0, ())
